"""ACLED's public aggregate on HDX: political-violence events and fatalities by cercle and month."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import pandas as pd

from helpers import definitions as d
from helpers.errors import DataError
from helpers.ingest.account import seen
from helpers.windows import half_of

LARGEST = 2**28
"""Bytes that the workbook may unpack to; the one of 2026 has 7 million."""

MONTHS_FROM = "2017-01"
"""First month of the table by cercle and month: the earliest that a date of the bases' closures is held against."""

COLUMNS = ("Country", "Admin1", "Admin2", "Month", "Year", "Events", "Fatalities")


def read_aggregate(path: Path) -> pd.DataFrame:
    """Read the HDX workbook.

    Parameters
    ----------
    path : Path
        Workbook with a sheet `Data`, one row per cercle and month.

    Returns
    -------
    DataFrame
        `month` (`YYYY-MM`), `region`, `cercle`, `events`, `fatalities`.

    Raises
    ------
    DataError
        The sheet or a column is missing, another country's rows are inside, or a month has gaps.
    """
    name = seen(path.name, 120)
    sheets = _sheets(path, name)
    if "Data" not in sheets:
        raise DataError(f"{name}: sheet 'Data' is missing; found {seen(', '.join(map(str, sheets)))}.")
    raw = sheets["Data"]
    missing = [column for column in COLUMNS if column not in raw]
    if missing:
        raise DataError(
            f"{name}: column {', '.join(missing)} is missing from sheet 'Data'; download it again from HDX."
        )
    if raw.empty:
        raise DataError(f"{name}: sheet 'Data' holds no rows; expected one per cercle and month. Download it again.")
    other = ~raw["Country"].eq("Mali")
    if other.any():
        where, found = int(other.idxmax()) + 2, seen(str(raw["Country"][other.idxmax()]))
        raise DataError(
            f"{name}: rows of {found}; expected Mali alone (row {where}, column Country). Download Mali's workbook."
        )
    when = raw["Month"].astype(str).str.strip() + " " + raw["Year"].map(_whole).astype(str)
    month = pd.to_datetime(when, format="%B %Y", errors="coerce")
    _refuse(month.isna(), raw["Month"].astype(str) + " " + raw["Year"].astype(str), name, "Month and Year", "June 2023")
    counts = {}
    for column in ("Events", "Fatalities"):
        counts[column] = raw[column].map(_whole)
        _refuse(counts[column] < 0, raw[column], name, column, "a whole number from 0 on")
    frame = pd.DataFrame(
        {
            "month": month.dt.strftime("%Y-%m"),
            "region": raw["Admin1"],
            "cercle": raw["Admin2"],
            "events": counts["Events"].astype(int),
            "fatalities": counts["Fatalities"].astype(int),
        }
    )
    _refuse(~frame["region"].isin(d.REGIONS), frame["region"], name, "Admin1", f"one of {', '.join(d.REGIONS)}")
    named = frame["cercle"].map(lambda value: isinstance(value, str) and value == seen(value))
    _refuse(~named, frame["cercle"], name, "Admin2", "the name of a cercle")
    per_month = frame.groupby("month").size()
    if per_month.nunique() != 1 or frame.duplicated(["month", "region", "cercle"]).any():
        raise DataError(f"{name}: months do not hold the same cercles, once each; the file is incomplete.")
    held = pd.PeriodIndex(per_month.index, freq="M")
    if len(held) != (held.max() - held.min()).n + 1:
        raise DataError(f"{name}: months are missing between {held.min()} and {held.max()}; the file is incomplete.")
    return frame


def _sheets(path: Path, name: str) -> dict:
    """Open the workbook, which is a zip of XML, or say in one sentence that it is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
            if unpacked > LARGEST:
                raise DataError(f"{name}: unpacks to {unpacked:,} bytes; that is no workbook of HDX.")
            damaged = archive.testzip()
            if damaged:
                raise zipfile.BadZipFile(damaged)
        return pd.read_excel(path, sheet_name=None, engine="openpyxl")
    except (
        zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, ValueError, TypeError, AttributeError, IndexError,
        SyntaxError, NotImplementedError, RuntimeError,
    ) as error:  # fmt: skip
        raise DataError(
            f"{name}: not readable as an Excel workbook ({seen(str(error)) or type(error).__name__}); expected the "
            "workbook of political violence by cercle and month from HDX. Download it again."
        ) from error


def _whole(value: object) -> int:
    try:
        number = float(str(value))
    except ValueError:
        return -1
    return int(number) if number.is_integer() and 0 <= number < 1e6 else -1


def _refuse(wrong: pd.Series, values: pd.Series, name: str, column: str, expected: str) -> None:
    if wrong.any():
        at = wrong.idxmax()
        raise DataError(
            f"{name}: row {int(at) + 2}, column {column} holds {seen(str(values[at]))!r}; expected {expected}. "
            "Download it again from HDX."
        )


def totals_table(aggregate: pd.DataFrame) -> pd.DataFrame:
    """Sum the aggregate by month and region (`month`, `region`, `events`, `fatalities`)."""
    keys = ["month", "region"]
    return aggregate.groupby(keys, as_index=False)[["events", "fatalities"]].sum()


def cercle_halves_table(aggregate: pd.DataFrame) -> pd.DataFrame:
    """Sum the aggregate by half-year and cercle (`half`, `region`, `cercle`, `months`, `events`, `fatalities`).

    `months` tells a half-year that the data do not complete (fewer than six). The four cercles of Menaka
    region are one, because the boundary file predates their making.
    """
    frame = _one_menaka(aggregate.assign(half=half_of(aggregate["month"])))
    keys = ["half", "region", "cercle"]
    sums = frame.groupby(keys, as_index=False)[["events", "fatalities"]].sum()
    months = frame.groupby("half")["month"].nunique()
    sums.insert(3, "months", sums["half"].map(months))
    return sums


def cercle_months_table(aggregate: pd.DataFrame) -> pd.DataFrame:
    """Count the aggregate's events by month and cercle since `MONTHS_FROM` (`month`, `cercle`, `events`).

    Months of a cercle without an event have no row; deaths are left out, since nothing rests on them. The four cercles
    of Menaka region are one, as in `cercle_halves_table`.
    """
    frame = _one_menaka(aggregate[aggregate["month"] >= MONTHS_FROM])
    counts = frame.groupby(["month", "cercle"], as_index=False)["events"].sum()
    return counts[counts["events"].gt(0)].reset_index(drop=True)


def _one_menaka(aggregate: pd.DataFrame) -> pd.DataFrame:
    return aggregate.assign(cercle=aggregate["cercle"].mask(aggregate["region"].eq("Menaka"), "Menaka"))

"""ACLED's public aggregate on HDX: political-violence events and fatalities by cercle and month."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from helpers import definitions as d
from helpers.errors import DataError
from helpers.ingest import workbook
from helpers.ingest.account import seen
from helpers.ingest.months import quiet_months, short_months
from helpers.ingest.sums import NEARLY, amount
from helpers.windows import half_of

MONTHS_FROM = "2017-01"
"""First month of the table by cercle and month: the earliest that a date of the bases' closures is held against."""

COLUMNS = ("Country", "Admin1", "Admin2", "Month", "Year", "Events", "Fatalities")

REGION_ONLY = "counted by region only: its cercle is none of the project's map"
"""How a row counts whose cercle the map does not have."""


OTHER_TITLES = re.compile(r"civilian|demonstration|targeting|protest", re.I)
"""Words in a sheet's name, its licence page or the workbook's title that tell ACLED's other workbooks on HDX."""


def read_aggregate(path: Path, *, against: pd.DataFrame | None = None) -> pd.DataFrame:
    """Read the HDX workbook.

    Parameters
    ----------
    path : Path
        Workbook with a sheet `Data`, one row per cercle and month.
    against : DataFrame, optional
        The project's `totals`: a workbook that counts something else in the same months is refused.

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
    raw, sheets, title = workbook.read_sheet(path, "Data", name)
    _refuse_shape(raw, (title, *sheets), name)
    frame = _values(raw, name)
    per_month = frame.groupby("month").size()
    if per_month.nunique() != 1 or frame.duplicated(["month", "region", "cercle"]).any():
        raise DataError(f"{name}: months do not hold the same cercles, once each; the file is incomplete.")
    held = pd.PeriodIndex(per_month.index, freq="M")
    if len(held) != (held.max() - held.min()).n + 1:
        raise DataError(f"{name}: months are missing between {held.min()} and {held.max()}; the file is incomplete.")
    if against is not None:
        _refuse_sister(frame, against, name)
    return frame


def _refuse_shape(raw: pd.DataFrame, titles: Iterable[str], name: str) -> None:
    """Refuse a workbook that bears another title, lacks a column, or holds nothing or another country."""
    if told := next((text for text in titles if OTHER_TITLES.search(text)), ""):
        raise DataError(f"{name}: bears the title {seen(told)!r}; {_EXPECTED}")
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


def _values(raw: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the rows as `read_aggregate` does, each field looked at."""
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
    return frame


_EXPECTED = (
    "expected the whole workbook of political violence events and fatalities; ACLED's other workbooks on HDX (civilian targeting, "
    "demonstrations) have the same columns and count something else. Download that one."
)


def _refuse_sister(frame: pd.DataFrame, against: pd.DataFrame, name: str) -> None:
    """Refuse a workbook that holds other events than the project's in more than a tenth, or too few deaths.

    The tenth is that of all own data (`sums.NEARLY`): a newer vintage differs by a few hundredths, the workbook of
    civilian targeting by half. A workbook has no filter that could be meant, and totals have no verdict to be withheld.
    """
    keys = ["month", "region"]
    mine = frame.groupby(keys)["events"].sum()
    known = against[against["month"].isin(frame["month"].unique())]
    # The newest months of the project's table were still filling up.
    settled = known[known["month"] <= str(pd.Period(against["month"].max(), "M") - 3)]
    known = settled if settled["events"].sum() else known
    gone = known[~known["region"].isin(frame["region"])].groupby("region")["events"].sum()
    if gone.sum():
        lost = ", ".join(f"{region} ({events:,} events)" for region, events in gone[gone > 0].items())
        raise DataError(
            f"{name}: holds no row of {lost}, where the project's workbook has events in the same months; expected all "
            "regions. Download the whole workbook again from HDX."
        )
    theirs = known.set_index(keys)["events"]
    whole = int(theirs.sum())
    if not whole:
        raise DataError(
            f"{name}: holds no month in which the project's table has events ({against['month'].min()} to "
            f"{against['month'].max()}), so that nothing tells what it counts; {_EXPECTED}"
        )
    gap = int((mine.reindex(theirs.index, fill_value=0) - theirs).abs().sum())
    if gap > (1 - NEARLY) * whole:
        held = int(mine.reindex(theirs.index, fill_value=0).sum())
        raise DataError(
            f"{name}: holds {held:,} events where the project's workbook of political violence has {whole:,} in the same "
            f"months, and its regions and months differ by {gap:,}; {_EXPECTED}"
        )
    died, dead = (rows["fatalities"].sum() for rows in (frame[frame["month"].isin(known["month"])], known))
    if died < NEARLY * dead:
        raise DataError(
            f"{name}: holds {died:,} deaths where the project's workbook of political violence has {dead:,} in the same "
            f"months; {_EXPECTED}"
        )


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


def shortfalls(counted: pd.DataFrame, project: pd.DataFrame, cercles: pd.Series) -> list[str]:
    """Say how many events and deaths of the project's `totals` a workbook holds, which cercles and months it may lack.

    `counted` is what `read_aggregate` returns, without a last month that is left out.
    """
    there = set(counted["cercle"]) | {"Menaka"}
    lost = [name for name in cercles if name not in there]
    counts = counted.groupby("month")["events"].sum()
    short = short_months(counts, project.groupby("month")["events"].sum())
    quiet = [
        *short[:3],
        *(said for said in quiet_months(counts.iloc[-24:]) if said.split(" holds")[0] not in " ".join(short)),
    ]
    more = f" and {len(lost) - 5} more" if len(lost) > 6 else ""
    return [
        said
        for said in (
            amount(counted, project, "the project's workbook counts"),
            f"No row names {', '.join(lost[:5] if more else lost)}{more}: zero there is not what was counted."
            if lost
            else "",
            f"{'; '.join(quiet)}: such months may not be whole." if quiet else "",
        )
        if said
    ]


def totals_table(aggregate: pd.DataFrame) -> pd.DataFrame:
    """Sum the aggregate by month and region (`month`, `region`, `events`, `fatalities`)."""
    keys = ["month", "region"]
    return aggregate.groupby(keys, as_index=False)[["events", "fatalities"]].sum()


def of_cercles(aggregate: pd.DataFrame, names: Iterable[str]) -> pd.Series:
    """Tell for each row whether its cercle is one of these names; those of Menaka region are all `Menaka`."""
    return aggregate["cercle"].where(~aggregate["region"].eq("Menaka"), "Menaka").isin(set(names))


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

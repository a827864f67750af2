"""ACLED's public aggregate on HDX: political-violence events and fatalities by cercle and month."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers import definitions as d
from helpers.errors import DataError
from helpers.windows import half_of

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
    sheets = pd.read_excel(path, sheet_name=None)
    if "Data" not in sheets:
        raise DataError(f"{path.name}: sheet 'Data' is missing; found {', '.join(map(str, sheets))}.")
    raw = sheets["Data"]
    missing = [column for column in COLUMNS if column not in raw]
    if missing:
        raise DataError(f"{path.name}: column {', '.join(missing)} is missing from sheet 'Data'.")
    other = sorted(set(raw["Country"]) - {"Mali"})
    if other:
        raise DataError(f"{path.name}: rows of {other[0]}; expected Mali alone.")
    month = pd.to_datetime(raw["Month"] + " " + raw["Year"].astype(str), format="%B %Y").dt.strftime("%Y-%m")
    frame = pd.DataFrame(
        {
            "month": month,
            "region": raw["Admin1"],
            "cercle": raw["Admin2"],
            "events": raw["Events"].astype(int),
            "fatalities": raw["Fatalities"].astype(int),
        }
    )
    unknown = sorted(set(frame["region"]) - set(d.REGIONS))
    if unknown:
        raise DataError(f"{path.name}: Admin1 holds {unknown[0]!r}; expected one of {', '.join(d.REGIONS)}.")
    per_month = frame.groupby("month").size()
    if per_month.nunique() != 1 or frame.duplicated(["month", "region", "cercle"]).any():
        raise DataError(f"{path.name}: months do not hold the same cercles, once each; the file is incomplete.")
    return frame


def totals_table(aggregate: pd.DataFrame) -> pd.DataFrame:
    """Sum the aggregate by month and region (`month`, `region`, `events`, `fatalities`)."""
    keys = ["month", "region"]
    return aggregate.groupby(keys, as_index=False)[["events", "fatalities"]].sum()


def cercle_halves_table(aggregate: pd.DataFrame) -> pd.DataFrame:
    """Sum the aggregate by half-year and cercle (`half`, `region`, `cercle`, `months`, `events`, `fatalities`).

    `months` tells a half-year that the data do not complete (fewer than six). The four cercles of Menaka
    region are one, because the boundary file predates their making.
    """
    frame = aggregate.assign(half=half_of(aggregate["month"]))
    frame.loc[frame["region"].eq("Menaka"), "cercle"] = "Menaka"
    keys = ["half", "region", "cercle"]
    sums = frame.groupby(keys, as_index=False)[["events", "fatalities"]].sum()
    months = frame.groupby("half")["month"].nunique()
    sums.insert(3, "months", sums["half"].map(months))
    return sums

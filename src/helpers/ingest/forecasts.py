"""Published forecasts of deaths in Mali, by vintage: VIEWS and PaCE."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from helpers.errors import DataError
from helpers.ingest.ucdp import _read

STATE_BASED, ALL_DEATHS = "UCDP state-based deaths", "UCDP deaths"

SIX_LIVE_FROM = "2024-10"
"""First data month whose six-month file of PaCE was in public before its first month was over. Those before came all
at once on 31 October 2024. Dates of adding were looked up for 18 files, not for all."""

TWELVE_LIVE_FROM = "2026-04"
"""First month forecast whose twelve-month file of PaCE was in public before that month was over, by its repository's history.

Those before 2026-03 were added from 27 March 2026 on; that of 2026-03 was added on 19 March and written again until 2 April.
They were computed in 2026 from the counts known then, with a training window of ten months, and are no record of what PaCE
said in their day: the six-month files of the same rerun lie as far above the counts, in Mali and over all countries."""

_MONTHS = {"Aug": "08", "Sept": "09", "Oct": "10"}
_COLUMNS = ["model", "variant", "data_to", "target", "outcome", "status", "deaths", "p25"]


def table(views_months: list[Path], views_years: list[Path], six: Path, twelve: Path) -> pd.DataFrame:
    """Return every forecast for Mali.

    Parameters
    ----------
    views_months, views_years : list of Path
        VIEWS by country and month, and by country and year; the vintage stands in the file's name.
    six, twelve : Path
        PaCE's mean forecasts for Mali, six and twelve months ahead, all vintages.

    Returns
    -------
    DataFrame
        `model`, `variant`, `data_to` (last month of data), `target` (month or year), `outcome`, `status` (live or
        backfilled), `deaths` (mean), `p25` (probability of 25 deaths or more, where VIEWS gave one).
    """
    parts = [*map(_views_months, views_months), *map(_views_year, views_years), _six(six), _twelve(twelve)]
    return pd.concat(parts, ignore_index=True).reindex(columns=_COLUMNS)


def _mali(path: Path, needed: tuple[str, ...]) -> pd.DataFrame:
    raw = _read(path, needed)
    mali = raw[raw["country"].eq("Mali")]
    if mali.empty:
        raise DataError(f"{path.name}: no row of Mali in column country.")
    return mali


def _views_months(path: Path) -> pd.DataFrame:
    vintage = re.search(r"_(\d{4})_(\d{2})_t01", path.name)
    if not vintage:
        raise DataError(f"{path.name}: no vintage in the name; expected fatalities002_YYYY_MM_t01_cm.csv.")
    mali = _mali(path, ("country", "year", "month", "main_mean"))
    return pd.DataFrame(
        {
            "model": "VIEWS",
            "variant": "by month",
            "data_to": f"{vintage[1]}-{vintage[2]}",
            "target": mali["year"].astype(str) + "-" + mali["month"].astype(str).str.zfill(2),
            "outcome": STATE_BASED,
            "status": "live",
            "deaths": mali["main_mean"].astype(float),
            # The older file holds the mean alone.
            "p25": mali.get("main_dich", pd.Series(float("nan"), index=mali.index)).astype(float),
        }
    )


def _views_year(path: Path) -> pd.DataFrame:
    vintage = re.search(r"_cy_([A-Z][a-z]+)-(\d{2})(?:_(new|old)_pipeline)?\.csv$", path.name)
    if not vintage or vintage[1] not in _MONTHS:
        raise DataError(f"{path.name}: no vintage in the name; expected views_cy_Sept-24.csv.")
    mali = _mali(path, ("country", "year", "main_mean"))
    return pd.DataFrame(
        {
            "model": "VIEWS",
            "variant": "by year" + (f", {vintage[3]} pipeline" if vintage[3] else ""),
            "data_to": f"20{vintage[2]}-{_MONTHS[vintage[1]]}",
            "target": mali["year"].astype(str),
            "outcome": STATE_BASED,
            "status": "live",
            "deaths": mali["main_mean"].astype(float),
        }
    )


def _six(path: Path) -> pd.DataFrame:
    raw = _read(path, ("file", "month", "pace"))
    data_to = raw["file"].str[:7]
    return pd.DataFrame(
        {
            "model": "PaCE",
            "variant": "six months",
            "data_to": data_to,
            "target": raw["month"],
            "outcome": ALL_DEATHS,
            "status": ["live" if month >= SIX_LIVE_FROM else "backfilled" for month in data_to],
            "deaths": raw["pace"].astype(float),
        }
    )


def _twelve(path: Path) -> pd.DataFrame:
    raw = _read(path, ("file_month", "month", "pace_mean"))
    begins = pd.PeriodIndex(raw["file_month"], freq="M")
    return pd.DataFrame(
        {
            "model": "PaCE",
            "variant": "twelve months",
            "data_to": (begins - 1).astype(str),
            "target": raw["month"],
            "outcome": ALL_DEATHS,
            "status": ["live" if month >= TWELVE_LIVE_FROM else "backfilled" for month in raw["file_month"]],
            "deaths": raw["pace_mean"].astype(float),
        }
    )

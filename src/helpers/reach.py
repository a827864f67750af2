"""How far a table goes: its last complete month, the day its source was taken, and the months that may still move.

A month counts when its source was taken after the month's end. Where that day is not known, the counts warn: a last
month below all of the 24 before it is taken for one that is still filling up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

MONTHLY: tuple[str, ...] = (
    "totals",
    "cercle_months",
    "actors",
    "ucdp_months",
    "methods",
    "ucdp_types",
    "ucdp_dyad_months",
)
"""Tables by month."""

LOOK_BACK = 24
"""Months before the last one among which it would have to be the lowest to raise a doubt."""


@dataclass(frozen=True)
class Reach:
    """How far a monthly table goes."""

    complete_to: str
    """Last complete month (`YYYY-MM`); later months of the table are partial."""
    taken: str = ""
    """Day, or month, on which the source was taken; empty where unknown."""
    provisional_from: str = ""
    """First month whose figures the producer calls provisional; empty where there is none."""


def whole_to(last: str, taken: str) -> str:
    """Return the last month that is complete in a table, by the day its source was taken.

    `last`: last month in the table (`YYYY-MM`). `taken`: day (`YYYY-MM-DD`), or month where the day is not known: then
    that month does not count.

    Examples
    --------
    >>> whole_to("2026-04", "2026-04"), whole_to("2026-04", "2026-04-30"), whole_to("2026-04", "2026-05-01")
    ('2026-03', '2026-03', '2026-04')
    """
    if not taken:
        return last
    return str(min(pd.Period(last, "M"), pd.Period(taken[:7], "M") - 1))


def low(counts: pd.Series) -> bool:
    """Tell whether the last month of a series is lower than each of the 24 months before it.

    `counts`: events by month, in order, months without events as zeros.

    Examples
    --------
    >>> low(pd.Series([90] * 24 + [60])), low(pd.Series([90] * 23 + [55, 60])), low(pd.Series([90, 60]))
    (True, False, False)
    """
    before = counts.iloc[-LOOK_BACK - 1 : -1]
    return len(before) == LOOK_BACK and bool(counts.iloc[-1] < before.min())


def monthly(frame: pd.DataFrame) -> pd.Series:
    """Return a table's events by month, months without a row as zeros."""
    sums = frame.groupby("month")["events"].sum()
    months = pd.period_range(sums.index.min(), sums.index.max(), freq="M").astype(str)
    return sums.reindex(months, fill_value=0)


def doubted(frame: pd.DataFrame) -> str:
    """Return the last complete month of a table of unknown date, by its counts.

    Only the last month can be doubted: an export is taken once, so only its end fills up.
    """
    counts = monthly(frame)
    months = counts.index
    return str(months[-2] if low(counts) else months[-1])


def of(resource: Mapping[str, Any]) -> Reach | None:
    """Return what a table's entry in the data package says of its reach; None where it says nothing."""
    if "complete_to" not in resource:
        return None
    return Reach(
        str(resource["complete_to"]), str(resource.get("taken", "")), str(resource.get("provisional_from", ""))
    )


def cut(frame: pd.DataFrame, reach: Reach | None) -> pd.DataFrame:
    """Return the complete months of a monthly table."""
    if reach is None:
        return frame
    return frame[frame["month"] <= reach.complete_to].reset_index(drop=True)


def first_provisional(frame: pd.DataFrame) -> str:
    """Return the first month of a table that its rows call provisional; empty where there is none."""
    for column, value in (("provisional", "yes"), ("status", "candidate")):
        if column in frame and frame[column].eq(value).any():
            return str(frame.loc[frame[column].eq(value), "month"].min())
    return ""

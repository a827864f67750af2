"""One date, every defensible way of estimating its effect: a specification curve.

An effect that is there under one choice of months, model, outcome and place and gone under another says more of the
choice than of the date. Simonsohn, U., Simmons, J. P. and Nelson, L. D. (2020), Specification curve analysis, Nature
Human Behaviour 4, pp. 1208-1214.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import product

import numpy as np
import pandas as pd

from helpers.errors import NotInData
from helpers.estimates import interruptions as it

AFTERS = (6, it.AFTER)
"""Months after a date; the longer as far as the series goes."""
MODELS = {"step and slope": True, "step only": False}
"""What may change at the date."""


def curve(series: Mapping[tuple[str, str], pd.Series], date: pd.Period) -> pd.DataFrame:
    """Estimate a date's effect under every combination of outcome, place, months before, months after and model.

    Parameters
    ----------
    series : mapping of (str, str) to Series
        Monthly counts, as `interruptions.counts_of` returns them, by outcome and place.

    Returns
    -------
    DataFrame
        `outcome`, `place`, `model` (text), `before`, `after` (months), `ratio`, `low`, `high` (95 percent interval),
        sorted by ratio. Combinations with too few months or events are left out.

    Raises
    ------
    NotInData
        No combination can be estimated.
    """
    records = []
    for (outcome, place), counts in series.items():
        afters = dict.fromkeys(min(months, it.months_after(counts, date)) for months in AFTERS)
        for before, after, (model, slope) in product(it.LENGTHS, afters, MODELS.items()):
            one = _one(tuple(counts), str(counts.index[0]), str(date), before, after, slope)
            if one is not None:
                records.append((outcome, place, model, before, after, *one))
    if not records:
        raise NotInData(f"no way of estimating the effect of {date} has enough months and events.")
    found = pd.DataFrame(records, columns=["outcome", "place", "model", "before", "after", "ratio", "low", "high"])
    return found.sort_values("ratio", kind="stable", ignore_index=True)


@cache
def _one(
    values: tuple[float, ...], first: str, date: str, before: int, after: int, slope: bool
) -> tuple[float, float, float] | None:
    counts = pd.Series(values, index=pd.period_range(first, periods=len(values), freq="M"))
    try:
        found = it.effect(counts, pd.Period(date, "M"), before=before, after=after, slope=slope)
    except NotInData:
        return None
    return found.ratio, found.interval.low, found.interval.high


def by_choice(found: pd.DataFrame) -> pd.DataFrame:
    """Return the median effect of the specifications that share a choice.

    `found`: as `curve` returns it. Returns `choice` (column name), `option` (text), `specifications` (int), `ratio`
    (median), `apart` (share of the specifications whose interval leaves out 1).
    """
    apart = (found["low"] > 1) | (found["high"] < 1)
    parts = []
    for choice in ("outcome", "place", "model", "before", "after"):
        grouped = found.assign(apart=apart).groupby(choice)
        part = grouped.agg(specifications=("ratio", "size"), ratio=("ratio", "median"), apart=("apart", "mean"))
        parts.append(part.rename_axis("option").reset_index().assign(choice=choice).astype({"option": str}))
    out = pd.concat(parts, ignore_index=True)
    return out[["choice", "option", "specifications", "ratio", "apart"]]


def middle(found: pd.DataFrame) -> tuple[float, float]:
    """Return the ends between which the middle 90 percent of the specifications' effects lies."""
    low, high = np.quantile(found["ratio"], [0.05, 0.95])
    return float(low), float(high)

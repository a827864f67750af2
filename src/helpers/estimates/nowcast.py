"""Militant Islamist events and deaths after the last table by actor, estimated from what still reaches further.

Ways of fighting by region are known for a year in which actors are not. In each zone the militant Islamist part of each way is
fitted on the months in which both are known, and carried to the months in which one is. Twelve-month stretches are left out in
turn to see whether the ranges hold what they promise; a measure whose ranges, all zones together, do not is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers import definitions as d
from helpers import measures as m
from helpers.errors import NotInData
from helpers.windows import Window, month

FIRST = "2019-01"
"""First month of the fit: before it other groups fought otherwise."""
LENGTH = 12
TESTED = 4
"""Stretches of twelve months, the last before the end of the table by actor, that are left out in turn."""
MORE = 2
"""Stretches before those whose errors make the range too."""
LEVEL = 0.8
"""Share of outcomes that a range should hold, and least share of a measure's left-out stretches, over all zones, that its ranges
must have held."""
LEFT_OUT = ("protests",)
"""Ways that are no violence."""
MEASURES = {"events": "Events", "fatalities": "Deaths"}


@dataclass(frozen=True)
class Estimate:
    """An estimate of one zone."""

    value: float
    low: float
    high: float
    """Sum of twelve months with its `LEVEL` range."""


def parts(ways: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """Return the militant Islamist part of each way of fighting, between none and all.

    `ways`: counts by month and way, of all actors. `counted`: militant Islamist counts by month.

    Notes
    -----
    Least squares with bounds, months weighted by one over their count of all actors, as for a Poisson mean; scipy's `lsq_linear`.

    Examples
    --------
    >>> import numpy as np
    >>> parts(np.array([[10.0, 0.0], [0.0, 20.0], [10.0, 20.0]]), np.array([5.0, 20.0, 25.0])).round(3).tolist()
    [0.5, 1.0]
    """
    from scipy.optimize import lsq_linear

    weight = 1 / np.sqrt(np.maximum(ways.sum(axis=1), 1))
    return lsq_linear(ways * weight[:, None], counted * weight, bounds=(0, 1)).x


def _stretches(last: pd.Period, number: int) -> list[Window]:
    return [Window(last - LENGTH * (back + 1) + 1, last - LENGTH * back) for back in range(number)]


def _wide(methods: pd.DataFrame, actors: pd.DataFrame, zone: str, value: str) -> tuple[pd.DataFrame, pd.Series]:
    """Return counts of all actors by month and way, and militant Islamist counts by month."""
    kept = methods[
        methods["region"].map(d.ZONE_OF).eq(zone) & ~methods["method"].isin(LEFT_OUT) & methods["month"].ge(FIRST)
    ]
    names = pd.period_range(FIRST, str(methods["month"].max()), freq="M").astype(str)
    ways = kept.pivot_table(index="month", columns="method", values=value, aggfunc="sum").reindex(names).fillna(0)
    mine = m.in_zone(m.militant_islamist(actors), zone).groupby("month")[value].sum()
    last = str(actors["month"].max())
    return ways, mine.reindex(names[names <= last]).fillna(0)


def _from(ways: pd.DataFrame, counted: pd.Series, stretch: Window, without: list[Window]) -> float:
    """Estimate the sum of a stretch from the months outside it and outside some others."""
    known = pd.Series(counted.index, index=counted.index)
    fit = ~stretch.contains(known)
    for other in without:
        fit &= ~other.contains(known)
    found = parts(ways.loc[counted.index][fit].to_numpy(float), counted[fit].to_numpy(float))
    inside = stretch.contains(pd.Series(ways.index, index=ways.index))
    return float((ways[inside].to_numpy(float) @ found).sum())


def estimate(ways: pd.DataFrame, counted: pd.Series, stretch: Window) -> Estimate:
    """Estimate a stretch of twelve months, with a range from the errors that the other stretches would have had.

    `ways`: counts of all actors by month (index) and way. `counted`: militant Islamist counts by month; those of the
    stretch itself are not looked at.

    Notes
    -----
    Each of the other stretches is estimated without itself and without this one; the range is that of Student's t around the
    logarithm, with the root mean square of their errors.
    """
    from scipy import stats

    value = _from(ways, counted, stretch, [])
    errors = []
    for other in _stretches(month(str(counted.index[-1])), TESTED + MORE):
        if other == stretch or str(other.first) < FIRST:
            continue
        actual = float(counted[other.contains(pd.Series(counted.index, index=counted.index))].sum())
        errors.append(np.log1p(actual) - np.log1p(_from(ways, counted, other, [stretch])))
    if len(errors) < TESTED - 1:
        raise NotInData("too few stretches of twelve months are known to say how far an estimate may be off.")
    reach = float(stats.t.ppf((1 + LEVEL) / 2, len(errors)) * np.sqrt(np.mean(np.square(errors))))
    middle = np.log1p(value)
    return Estimate(value, max(float(np.expm1(middle - reach)), 0.0), float(np.expm1(middle + reach)))


def table(methods: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Estimate the twelve months after the table by actor, by zone, and try the same on stretches that are known.

    Parameters
    ----------
    methods : DataFrame
        The `methods` table: events and deaths of all actors by month, region and way of fighting.
    actors : DataFrame
        Rows of the `actors` table.

    Returns
    -------
    DataFrame
        `zone`, `measure` (key of `MEASURES`), `first`, `last` (months), `known` (bool: a stretch left out, not the estimate),
        `value`, `low`, `high`, `actual` (missing for the estimate), `held` (share of the measure's left-out stretches, all zones
        together, whose count lay in the range), `shown` (bool: that share is at least `LEVEL`).

    Raises
    ------
    NotInData
        The table of ways does not reach twelve months beyond that by actor.
    """
    end = month(str(actors["month"].max()))
    if month(str(methods["month"].max())) < end + LENGTH:
        raise NotInData(f"methods: the months do not reach to {end + LENGTH}, twelve after those by actor.")
    records = []
    for zone in ("north", "centre", "south"):
        for value in MEASURES:
            ways, counted = _wide(methods, actors, zone, value)
            months = pd.Series(counted.index, index=counted.index)
            tried = []
            for stretch in _stretches(end, TESTED)[::-1]:
                made = estimate(ways, counted, stretch)
                tried.append((stretch, made, float(counted[stretch.contains(months)].sum())))
            ahead = Window(end + 1, end + LENGTH)
            tried.append((ahead, estimate(ways, counted, ahead), float("nan")))
            records += [
                (zone, value, str(when.first), str(when.last), when != ahead, made.value, made.low, made.high, actual)
                for when, made, actual in tried
            ]  # fmt: skip
    columns = ["zone", "measure", "first", "last", "known", "value", "low", "high", "actual"]
    found = pd.DataFrame(records, columns=columns)
    tested = found[found["known"]]
    inside = tested["low"].le(tested["actual"]) & tested["actual"].le(tested["high"])
    held = found["measure"].map(inside.groupby(tested["measure"]).mean())
    return found.assign(held=held, shown=held >= LEVEL)

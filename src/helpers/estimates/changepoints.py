"""Where a monthly series changes its level, without being told where to look.

The counts are brought to a scale on which their noise is even, and ruptures' exact search (PELT) finds the steps that
lower the squared error by more than a penalty for each step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from helpers.errors import NotInData
from helpers.estimates import breaks_coverage as simulation
from helpers.estimates import interruptions
from helpers.estimates.intervals import SEED

SHORTEST = 6
"""Months that a level must last."""
REACH = 3
"""Months by which a change may miss a date and still count as at it."""
PENALTIES = (1.0, 2.0, 3.0, 4.0, 5.0)
"""Multiples of the noise's variance times log n that are tried."""
USUAL = 3.0
"""The multiple that the book uses: that of the modified criterion of Zhang and Siegmund (2007, Biometrics 63, pp. 22-32)."""


DEGREE = 3
"""Degree of the polynomial of the smooth course that changes are held against."""
RUNS = 300
"""Series drawn about it."""


@dataclass(frozen=True)
class Change:
    """A change of level."""

    month: pd.Period
    """First month of the new level."""
    before: float
    after: float
    """Mean monthly counts of the levels on both sides."""
    firmness: int
    """How many of `PENALTIES` find a change within `REACH` months of it."""


def even(counts: np.ndarray) -> np.ndarray:
    """Return counts on a scale on which their chance variation is about 1 at every level.

    Notes
    -----
    2·sqrt(y + 3/8). Anscombe, F. J. (1948), Biometrika 35, pp. 246-254.

    Examples
    --------
    >>> import numpy as np
    >>> even(np.array([0.625, 24.625])).tolist()
    [2.0, 10.0]
    """
    return 2 * np.sqrt(np.asarray(counts, float) + 0.375)


def noise(values: np.ndarray) -> float:
    """Return the variance of a series' noise from its month-to-month differences, which few changes of level touch.

    Notes
    -----
    Half the mean squared difference. Neumann, J. von (1941), Annals of Mathematical Statistics 12, pp. 367-395.

    Examples
    --------
    >>> import numpy as np
    >>> noise(np.array([0.0, 1.0, 0.0, 1.0, 0.0]))
    0.5
    """
    return float((np.diff(values) ** 2).mean() / 2)


def breaks(values: np.ndarray, penalty: float) -> list[int]:
    """Return the places at which the mean of a series changes, each the first of its new level.

    The series has even noise; `penalty` is the squared error that one more change must save.

    Notes
    -----
    Killick, R., Fearnhead, P. and Eckley, I. A. (2012), Journal of the American Statistical Association 107,
    pp. 1590-1598; Truong, C., Oudre, L. and Vayatis, N. (2020), Signal Processing 167, 107299 (ruptures).
    """
    import ruptures

    # The linear kernel's cost is the squared error; this search is exact too, looks at every month, and runs in C.
    search = ruptures.KernelCPD(kernel="linear", min_size=SHORTEST)
    found = search.fit(values.reshape(-1, 1)).predict(pen=penalty)
    return [int(place) for place in found[:-1]]


def changes(counts: pd.Series) -> list[Change]:
    """Return the changes of level in monthly counts.

    `counts`: as `interruptions.counts_of` returns it. Raises `NotInData`: the series has no month-to-month variation to
    measure noise by.
    """
    values = even(counts.to_numpy(float))
    variance = noise(values)
    if variance == 0:
        raise NotInData("every month equals the month before: no noise to weigh changes against.")
    unit = variance * np.log(len(values))
    by_penalty = {factor: breaks(values, factor * unit) for factor in PENALTIES}
    places = by_penalty[USUAL]
    edges = [0, *places, len(values)]
    means = [float(counts.iloc[a:b].mean()) for a, b in pairwise(edges)]
    return [
        Change(
            counts.index[place],
            means[i],
            means[i + 1],
            sum(any(abs(place - other) <= REACH for other in found) for found in by_penalty.values()),
        )
        for i, place in enumerate(places)
    ]


def near(date: pd.Period, found: list[Change]) -> Change | None:
    """Return the change within `REACH` months of a date, the closest one; None where there is none."""
    close = [change for change in found if abs((change.month - date).n) <= REACH]
    return min(close, key=lambda change: abs((change.month - date).n)) if close else None


@dataclass(frozen=True)
class Chance:
    """What the search finds where there is nothing to find: months drawn about a smooth course."""

    runs: int
    """Simulated series."""
    changes: float
    """Changes found in one, on average."""
    low: float
    high: float
    """Ends between which 90 percent of the runs' changes lie."""
    any_near: float
    """Share of runs with a change near at least one of the dates."""
    near: float
    """Dates with a change near them, on average."""
    as_many: float
    """Share of runs with as many dates near a change as were found, or more."""


def smooth(counts: pd.Series) -> tuple[np.ndarray, float]:
    """Return a course without any change of level that follows monthly counts, and their dispersion about it.

    Notes
    -----
    Negative binomial with a logarithm that is a polynomial of degree `DEGREE` in time; the dispersion solves Breslow's
    equation, as in `interruptions`.
    """
    time = np.linspace(-1, 1, len(counts))
    result, alpha = interruptions.fit(counts.to_numpy(float), np.polynomial.legendre.legvander(time, DEGREE))
    return np.asarray(result.fittedvalues), alpha


def chance(counts: pd.Series, dates: Sequence[pd.Period], found: list[Change], runs: int = RUNS) -> Chance:
    """Run the search on months drawn about a smooth course, which has no change of level to find.

    Parameters
    ----------
    counts : Series
        As `interruptions.counts_of` returns it.
    dates : sequence of Period
        Dates to hold against what is found.
    found : list of Change
        What the search found in the counts.
    runs : int
        Series to draw; the seed is fixed.

    Notes
    -----
    The months carry over as `interruptions.CARRY` has it. A search for steps turns growth into a staircase: this, and not
    the share of months near a change, is what the changes found are to be held against.
    """
    means, alpha = smooth(counts)
    rng = np.random.default_rng(SEED)
    numbers, hits = [], []
    for _ in range(runs):
        values = even(simulation.draw(rng, means, alpha, interruptions.CARRY))
        places = breaks(values, USUAL * noise(values) * np.log(len(values)))
        numbers.append(len(places))
        hits.append(_hits([counts.index[place] for place in places], dates))
    own = _hits([change.month for change in found], dates)
    low, high = np.quantile(numbers, [0.05, 0.95])
    near_any = np.array(hits) > 0
    return Chance(
        runs,
        float(np.mean(numbers)),
        float(low),
        float(high),
        float(near_any.mean()),
        float(np.mean(hits)),
        float((np.array(hits) >= own).mean()),
    )


def _hits(months: Sequence[pd.Period], dates: Sequence[pd.Period]) -> int:
    return sum(any(abs((month - date).n) <= REACH for month in months) for date in dates)

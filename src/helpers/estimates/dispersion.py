"""How much monthly counts vary beyond chance, and how long a good or a bad month lasts.

A month's count is chance around a level, and the level itself moves: `alpha` is the variance of the level over its mean
squared, `carry` the correlation of the level of one month with that of the next. Both are measured around one steady
trend of five years, from which each window that is compared may depart. A regression takes part of the movement with
it; the estimates give it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from helpers.errors import NotInData

MOST_CARRIED = 0.8
"""Largest correlation of the levels of neighbouring months. Attacks on civilians come near it; beyond it five years cannot
tell a level that lingers from a trend, and intervals would have no end. With 0.7 as the bound, intervals of whole years
of that series held too few."""
_WIDEST = 1e3
_GRID = np.linspace(0.0, MOST_CARRIED, 81)
_POWERS = _GRID[:, None] ** np.arange(600)
_ROUNDS = 50


@dataclass(frozen=True)
class Dispersion:
    """How much monthly counts vary beyond chance."""

    months: int
    """Months measured, those of pieces without any event left out."""
    index: float
    """Variance over mean, pooled over pieces: 1 where months vary as chance alone would have it."""
    p_value: float
    """Probability of an index at least as large by chance alone (chi-squared, upper tail)."""
    alpha: float
    """Variance of a month's count = mean + alpha x mean²."""
    carry: float
    """Correlation of the level of one month with that of the next, from 0 to `MOST_CARRIED`; it falls off by this
    factor with every month between."""
    df: float = float("inf")
    """Months that the estimate of `alpha` is worth, each piece's mean taken off."""

    def inflation(self, number: float, months: int) -> float:
        """Return by how much the variance of a window's count exceeds the Poisson one.

        Notes
        -----
        1 + alpha · y / k · (1 + 2 Σ (1 - j / k) · carry^j) over j = 1 … k - 1, the variance of a sum of k months whose
        levels follow an autoregression of order one.

        Examples
        --------
        >>> Dispersion(60, 3.0, 0.0, 0.1, 0.0).inflation(120, 12)
        2.0
        >>> Dispersion(60, 3.0, 0.0, 0.1, 0.5).inflation(20, 2)
        2.5
        """
        lags = np.arange(1, months)
        together = 1 + 2 * float(((1 - lags / months) * self.carry**lags).sum())
        return 1 + self.alpha * number / months * together

    def variance(self, means: np.ndarray) -> float:
        """Return the variance of the sum of months with these expected counts, chance and movement together.

        Examples
        --------
        >>> import numpy as np
        >>> Dispersion(60, 3.0, 0.0, 0.1, 0.5).variance(np.array([10.0, 10.0]))
        50.0
        """
        apart = np.abs(np.subtract.outer(np.arange(len(means)), np.arange(len(means))))
        return float(means.sum() + self.alpha * means @ (self.carry**apart) @ means)

    def student(self, level: float) -> float:
        """Return the point of Student's t with `df` degrees of freedom, of the normal law where all is chance."""
        return float(special.stdtrit(self.df, (1 + level) / 2)) if np.isfinite(self.df) else _normal(level)

    def level(self, level: float) -> float:
        """Return the coverage to ask of a normal law so that Student's t with `df` degrees of freedom gives `level`."""
        return float(2 * special.ndtr(self.student(level)) - 1) if np.isfinite(self.df) else level


def _normal(level: float) -> float:
    return float(special.ndtri((1 + level) / 2))


CHANCE = Dispersion(0, 1.0, 1.0, 0.0, 0.0)
"""What is known of months without any event."""


def breslow(counts: np.ndarray, means: np.ndarray, df: int) -> float:
    """Return the negative binomial dispersion at which Pearson's statistic equals its degrees of freedom.

    `counts`, `means`: observed counts and their fitted means, all above zero. Returns zero where the counts vary no
    more than chance. Raises `NotInData`: no dispersion accounts for the distance of the counts from their means.

    Notes
    -----
    Solves sum((y - mu)² / (mu + alpha mu²)) = df. Breslow, N. E. (1984), Applied Statistics 33, pp. 38-44.

    Examples
    --------
    >>> import numpy as np
    >>> round(breslow(np.array([5.0, 15.0]), np.array([10.0, 10.0]), 1), 6)
    0.4
    """

    def excess(alpha: float) -> float:
        return float(((counts - means) ** 2 / (means + alpha * means**2)).sum()) - df

    if excess(0.0) <= 0:
        return 0.0
    if excess(_WIDEST) > 0:
        raise NotInData(
            "the means are too far from the counts to measure how they vary; choose months with more events."
        )
    return float(optimize.brentq(excess, 0.0, _WIDEST))


def labels(months: int, windows: Sequence[tuple[int, int]] = (), block: int = 0) -> np.ndarray:
    """Say which months share a level.

    Parameters
    ----------
    windows : sequence of (int, int)
        First and last position of the windows that are compared, each of which keeps its own level: the change under
        test must not count as its own noise. They may reach beyond the months.
    block : int
        Instead of windows, blocks of so many months, counted back from the end.

    Returns
    -------
    ndarray of int
        A number a month; 0 for months in no window.

    Examples
    --------
    >>> labels(6, [(4, 5), (2, 3)]).tolist(), labels(5, block=2).tolist()
    ([0, 0, 2, 2, 1, 1], [2, 1, 1, 0, 0])
    """
    if block:
        return np.arange(months)[::-1] // block
    found = np.zeros(months, int)
    for number, (first, last) in enumerate(windows, start=1):
        found[max(first, 0) : max(last + 1, 0)] = number
    return found


def _fit(counts: np.ndarray, design: np.ndarray, offset: np.ndarray) -> np.ndarray:
    """Return the means of a Poisson regression (Newton's method from the logarithms)."""
    bend = 1e-9 * np.eye(design.shape[1])
    found = np.linalg.lstsq(design, np.log(counts + 0.5) - offset, rcond=None)[0]
    for _ in range(_ROUNDS):
        means = np.exp(np.clip(offset + design @ found, -15, 15))
        step = np.linalg.solve(design.T @ (means[:, None] * design) + bend, design.T @ (counts - means))
        found = found + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-9:
            break
    return np.exp(np.clip(offset + design @ found, -15, 15))


def _diagonals(matrix: np.ndarray) -> np.ndarray:
    """Return the sums of a matrix's elements by distance from the diagonal."""
    apart = np.abs(np.subtract.outer(np.arange(len(matrix)), np.arange(len(matrix))))
    return np.bincount(apart.ravel(), matrix.ravel(), len(matrix))


def dispersion_of(
    counts: np.ndarray, level: np.ndarray | None = None, *, trend: bool = True, exposure: np.ndarray | None = None
) -> Dispersion:
    """Measure how monthly counts vary around their level.

    Parameters
    ----------
    level : ndarray of int, optional
        Which months share a level (`labels`); all where missing.
    trend : bool
        Whether the levels grow or shrink at one steady rate.
    exposure : ndarray, optional
        What the counts are counted in, as events for deaths: the levels are then rates. Months without any are left out.

    Returns
    -------
    Dispersion
        Chance alone (index 1) where no month had an event. Levels without an event are left out.

    Notes
    -----
    A Poisson regression of the counts on the levels and, with `trend`, on time gives means m and residuals
    y - m = (I - H) e, where H is its hat matrix and e = chance (variance m) + movement of the level (variance alpha m²,
    correlation carry^j between months j apart). The sum of squared residuals and that of the products of neighbours, each
    month divided by m + alpha m², have expectations that follow from this; carry and alpha are those at which both are
    met. Without movement to carry over and without a regression it is Breslow's equation.
    The degrees of freedom are those of the regression times (1 - carry) / (1 + carry), the number of independent months
    that a mean of such months is worth: Bartlett, M. S. (1935), Journal of the Royal Statistical Society 98, pp. 536-543.
    """
    which = np.zeros(len(counts), int) if level is None else level
    base = np.ones(len(counts)) if exposure is None else exposure
    some = (np.bincount(which, counts)[which] > 0) & (base > 0)
    if not some.any():
        return CHANCE
    y, which, offset = counts[some].astype(float), which[some], np.log(base[some])
    columns = [(which == one).astype(float) for one in np.unique(which)]
    if trend:
        time = np.flatnonzero(some) / 12
        columns.append(time - time.mean())
    design = np.column_stack(columns)
    if len(y) <= np.linalg.matrix_rank(design):
        return CHANCE
    return movement_of(y, _fit(y, design, offset), design)


def movement_of(counts: np.ndarray, means: np.ndarray, design: np.ndarray) -> Dispersion:
    """Measure how monthly counts vary around the means of a Poisson regression.

    `counts`, `means`: observed counts and fitted means. `design`: the regression's design (months x columns).
    """
    df = len(counts) - int(np.linalg.matrix_rank(design))
    pearson = float(((counts - means) ** 2 / means).sum())
    alpha, carry = _movement(counts, means, design)
    worth = max(df * (1 - carry) / (1 + carry), 2.0)
    return Dispersion(len(counts), pearson / df, float(special.chdtrc(df, pearson)), alpha, carry, worth)


def _movement(y: np.ndarray, means: np.ndarray, design: np.ndarray) -> tuple[float, float]:
    """Return alpha and carry of `dispersion_of`."""
    inverse = np.linalg.pinv(design.T @ (means[:, None] * design))
    left = np.eye(len(y)) - (means[:, None] * design) @ inverse @ design.T
    alpha = 0.1
    for _ in range(_ROUNDS):
        scale = np.sqrt(means + alpha * means**2)
        residual = (y - means) / scale
        chance, moved = left / scale[:, None] * np.sqrt(means), left / scale[:, None] * means
        squares = float((residual**2).sum()) - float((chance**2).sum())
        beside = float((residual[1:] * residual[:-1]).sum()) - float((chance[1:] * chance[:-1]).sum())
        if squares <= 0:
            return 0.0, 0.0
        whole = _POWERS[:, : len(y)] @ _diagonals(moved.T @ moved)
        neighbours = _POWERS[:, : len(y)] @ _diagonals(moved[:-1].T @ moved[1:])
        carry = float(np.interp(beside / squares, neighbours / whole, _GRID))
        before, alpha = alpha, squares / float(np.interp(carry, _GRID, whole))
        if abs(alpha - before) < 1e-9:
            break
    return alpha, carry

"""Intervals for ratios and changes that allow for events coming in bouts: rows and two windows in, estimate out.

A plain Poisson interval asks what chance alone would do to independent events. Attacks are not independent: the months
of one year differ more than chance explains, and neighbouring months resemble each other. `dispersion` measures both
in the five years up to the later window; `compare` widens the exact Poisson interval by what it finds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import optimize, special

from helpers import measures as m
from helpers import prose as p
from helpers.errors import DataError, NotInData
from helpers.measures import Interval
from helpers.windows import Window, trailing

YEARS = 5
"""Years up to the later window in which the dispersion of monthly counts is measured."""
BLOCK = 6
"""Months that share one level when the dispersion is measured."""
BOOTSTRAPS = 1999
"""Resamples of the block bootstrap."""
BOOTSTRAP_BLOCK = 3
"""Months in a block of the bootstrap."""
SEED = 20230710
"""Seed of every resampling in the book."""
_WIDEST = 1e3
MOST_CARRIED = 0.5
"""Largest correlation of neighbouring months that a first-order moving average allows."""

CAVEAT = (
    "Ranges in brackets behind a change or a ratio are 95 percent intervals; they allow for events that come in bouts "
    "(negative binomial), not for missed reports."
)
"""What a reader must know of the ranges in sentences."""
CAVEAT_FR = (
    "Les fourchettes entre parenthèses derrière une variation ou un rapport sont des intervalles à 95\u202f%\u202f; ils "
    "tiennent compte d’événements qui viennent par vagues (loi binomiale négative), non de ceux que personne n’a signalés."
)
"""The same in French."""
BARS = "95 percent intervals that allow for events coming in bouts (thick part: chance alone)"
"""What the bars beside ratios stand for in charts of `charts.dots` with inner bars."""
BARS_FR = (
    "intervalles à 95\u202f% qui tiennent compte d’événements venant par vagues (partie épaisse\u202f: le seul hasard)"
)
"""The same in French."""
ENDS = ("Low", "High", "Low, chance alone", "High, chance alone")
"""Columns of the ends of both intervals, in the order of `Comparison.ends`."""
INNER = (ENDS[2], ENDS[3])
"""Columns of the plain Poisson interval, drawn inside the other."""


@dataclass(frozen=True)
class Dispersion:
    """How much monthly counts vary beyond chance.

    Attributes
    ----------
    months : int
        Months measured, those of half-years without any event left out.
    index : float
        Variance over mean, pooled over half-years: 1 where months vary as chance alone would have it.
    p_value : float
        Probability of an index at least as large by chance alone (chi-squared, upper tail).
    alpha : float
        Negative binomial dispersion: variance = mean + alpha x mean².
    carry : float
        Correlation of one month with the next within a half-year, bounded to 0 and 0.5.
    """

    months: int
    index: float
    p_value: float
    alpha: float
    carry: float

    def inflation(self, number: float, months: int) -> float:
        """Return by how much the variance of a window's count exceeds the Poisson one.

        Parameters
        ----------
        number : float
            Count of the window.
        months : int
            Its months.

        Examples
        --------
        >>> Dispersion(60, 3.0, 0.0, 0.1, 0.0).inflation(120, 12)
        2.0
        """
        return (1 + self.alpha * number / months) * (1 + 2 * self.carry * (months - 1) / months)


@dataclass(frozen=True)
class Comparison:
    """A ratio of two windows with its intervals.

    Attributes
    ----------
    now, before : int
        Counts.
    ratio : float
        Of the counts, or of the monthly rates where `rates`.
    poisson : Interval
        By chance alone, exact.
    interval : Interval
        With overdispersion and carry-over.
    dispersion : Dispersion
        As measured up to the later window.
    months_now, months_before : int
        Months of the windows.
    rates : bool
        Whether the ratio is one of monthly rates.
    """

    now: int
    before: int
    ratio: float
    poisson: Interval
    interval: Interval
    dispersion: Dispersion
    months_now: int
    months_before: int
    rates: bool

    def ends(self) -> tuple[float, float, float, float]:
        """Return the ends of both intervals, the wider one first (columns `ENDS`)."""
        return self.interval.low, self.interval.high, self.poisson.low, self.poisson.high

    def times(self) -> str:
        """Write the ratio with its interval, as in `4.7 times (3.2 to 5.1)`."""
        return f"{p.times(self.ratio)} ({self.spread()})"

    def spread(self, digits: int = 1) -> str:
        """Write the interval of the ratio."""
        return p.spread(self.interval.low, self.interval.high, digits)

    def change(self) -> str:
        """Write the interval of the change in percent, with signs: `+2 to +57`."""
        return f"{signed(self.interval.low)} to {signed(self.interval.high)}"

    def moved(self) -> str:
        """Choose the verb and say by how much, with the interval: `rose by 26 percent (−11 to +78)`."""
        text = p.moved(self.ratio, 1)
        return f"{text} ({self.change()})" if text.endswith("percent") or text == "hardly changed" else text


def attempt(
    rows: pd.DataFrame, now: Window, before: Window, value: str = "events", *, rates: bool = False
) -> Comparison | None:
    """Compare two windows (`compare`) where the earlier one has events; else return nothing."""
    return compare(rows, now, before, value, rates=rates) if m.count(rows, before, value) else None


def behind(**found: Comparison | None) -> str:
    """End a subtitle with the intervals of the changes that the title states.

    Parameters
    ----------
    found : Comparison
        By noun, in the title's order; without an earlier event there is no change to bound. One comparison needs no noun.

    Returns
    -------
    str
        As in `; 95 percent interval of the change: −3 to +45 percent`, or nothing.
    """
    known = {noun: one for noun, one in found.items() if one}
    if not known:
        return ""
    if len(found) == 1:
        return f"; 95 percent interval of the change: {next(iter(known.values())).change()} percent"
    named = ", ".join(f"{noun} {one.change()} percent" for noun, one in known.items())
    return f"; 95 percent intervals of the changes: {named}"


def signed(ratio: float) -> str:
    """Write a ratio as a change in percent with its sign.

    Examples
    --------
    >>> signed(1.26), signed(0.9), signed(1.001)
    ('+26', '−10', '0')
    """
    text = p.number((ratio - 1) * 100)
    return text if text.startswith("−") or text == "0" else f"+{text}"


def shift(now: int, before: int, when_now: str, when_before: str, found: Comparison) -> str:
    """Say how a count moved (`prose.shift`), with the interval where it states a percentage.

    Parameters
    ----------
    now, before : int
        Counts.
    when_now, when_before : str
        Labels of the windows.
    found : Comparison
        Of the same two windows.
    """
    text = p.shift(now, before, when_now, when_before)
    return text.replace(" percent,", f" percent ({found.change()}),", 1)


def monthly(rows: pd.DataFrame, end: pd.Period, months: int, value: str = "events") -> np.ndarray:
    """Return the counts of the months up to one, zeros included.

    Parameters
    ----------
    rows : DataFrame
        With `month` and the column.
    end : Period
        Last month.
    months : int
        How many.
    value : str
        Column to sum.

    Returns
    -------
    ndarray of float
    """
    return m.series(rows, trailing(end, months), "month", values=[value])[value].to_numpy(float)


def breslow(counts: np.ndarray, means: np.ndarray, df: int) -> float:
    """Return the negative binomial dispersion at which Pearson's statistic equals its degrees of freedom.

    Parameters
    ----------
    counts, means : ndarray
        Observed counts and their fitted means, all above zero.
    df : int
        Degrees of freedom.

    Returns
    -------
    float
        Zero where the counts vary no more than chance.

    Raises
    ------
    DataError
        No dispersion accounts for the distance of the counts from their means.

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
        raise DataError(
            "the means are too far from the counts to measure how they vary; choose months with more events."
        )
    return float(optimize.brentq(excess, 0.0, _WIDEST))


def dispersion_of(counts: np.ndarray, block: int = BLOCK) -> Dispersion:
    """Measure how monthly counts vary around the level of their half-year.

    Parameters
    ----------
    counts : ndarray
        Monthly counts, whole half-years.
    block : int
        Months that share one level.

    Returns
    -------
    Dispersion
        Chance alone (index 1) where no month had an event.

    Notes
    -----
    A trend inside a half-year counts as variation, which errs on the side of wide intervals. The carry-over is the first
    autocorrelation of the Pearson residuals, corrected for the mean taken out of each half-year: white noise in a block of
    b months has an expected product sum of -(b - 1) / b² per unit of variance.
    """
    halves = counts.reshape(-1, block)
    halves = halves[halves.sum(axis=1) > 0]
    if not len(halves):
        return Dispersion(0, 1.0, 1.0, 0.0, 0.0)
    means = np.repeat(halves.mean(axis=1), block)
    flat = halves.ravel()
    df = len(halves) * (block - 1)
    pearson = float(((flat - means) ** 2 / means).sum())
    alpha = breslow(flat, means, df)
    z = ((flat - means) / np.sqrt(means + alpha * means**2)).reshape(-1, block)
    whole = float((z**2).sum())
    # Months that never leave their level have no residual to carry over.
    first = float((z[:, 1:] * z[:, :-1]).sum()) / whole * block / (block - 1) + 1 / block if whole else 0.0
    return Dispersion(
        len(flat),
        pearson / df,
        float(special.chdtrc(df, pearson)),
        alpha,
        min(max(first, 0.0), MOST_CARRIED),
    )


def dispersion(rows: pd.DataFrame, end: pd.Period, value: str = "events") -> Dispersion:
    """Measure the dispersion of monthly counts in the five years up to a month.

    Parameters
    ----------
    rows : DataFrame
        With `month` and the column.
    end : Period
        Last month; later ones are not looked at.
    value : {"events", "fatalities"}
        Column to sum.
    """
    return dispersion_of(monthly(rows, end, YEARS * 12, value))


def interval(
    now: int, before: int, months_now: int, months_before: int, found: Dispersion, level: float = 0.95
) -> Interval:
    """Return the interval of the ratio of two monthly rates, given how monthly counts vary.

    Parameters
    ----------
    now, before : int
        Counts.
    months_now, months_before : int
        Months of the windows.
    found : Dispersion
        As `dispersion` returns it.
    level : float
        Coverage.

    Notes
    -----
    Each count is divided by the inflation of its variance, as if so many independent events had been seen, and the
    exact conditional interval of `measures.poisson_ratio_interval` is taken of the two. Without overdispersion it is
    that interval.
    """
    wide_now, wide_before = found.inflation(now, months_now), found.inflation(before, months_before)
    plain = m.poisson_ratio_interval(
        now / wide_now,  # type: ignore[arg-type]  # the beta law takes fractions
        before / wide_before,  # type: ignore[arg-type]
        months_now,
        months_before,
        level,
    )
    scale = wide_now / wide_before
    return Interval(plain.low * scale, plain.high * scale, level)


def compare(
    rows: pd.DataFrame, now: Window, before: Window, value: str = "events", *, rates: bool = False
) -> Comparison:
    """Compare two windows: ratio, plain interval, and the interval that allows for overdispersion.

    Parameters
    ----------
    rows : DataFrame
        With `month` and the column.
    now, before : Window
        Windows; the dispersion is measured up to the end of the later one.
    value : {"events", "fatalities"}
        Column to sum.
    rates : bool
        Compare monthly rates instead of counts, for windows of different length.

    Raises
    ------
    DataError
        The earlier window has no events.

    Examples
    --------
    >>> from helpers import data
    >>> from helpers.windows import window
    >>> rows = m.militant_islamist(data.actors())
    >>> compare(rows, window("2023-01", "2023-06"), window("2022-07", "2022-12")).moved()
    'rose by 4 percent (−21 to +37)'
    """
    here, base = m.count(rows, now, value), m.count(rows, before, value)
    if base == 0:
        raise NotInData(f"a ratio to no {value} in {before.label} has no value; choose a window with {value}.")
    found = dispersion(rows, max(now.last, before.last), value)
    wide = interval(here, base, now.months, before.months, found)
    plain = m.poisson_ratio_interval(here, base, now.months, before.months)
    scale = 1.0 if rates else now.months / before.months
    return Comparison(
        here,
        base,
        here / base * (before.months / now.months if rates else 1.0),
        Interval(plain.low * scale, plain.high * scale),
        Interval(wide.low * scale, wide.high * scale),
        found,
        now.months,
        before.months,
        rates,
    )


def block_bootstrap(
    rows: pd.DataFrame,
    now: Window,
    before: Window,
    value: str = "events",
    *,
    block: int = BOOTSTRAP_BLOCK,
    resamples: int = BOOTSTRAPS,
    level: float = 0.95,
) -> Interval:
    """Return the circular block bootstrap interval of the ratio of two monthly rates.

    Parameters
    ----------
    rows : DataFrame
        With `month` and the column.
    now, before : Window
        Windows; each is resampled by itself.
    value : str
        Column to sum.
    block : int
        Months that are drawn together.
    resamples : int
        Number of resamples; the seed is fixed.
    level : float
        Coverage.

    Notes
    -----
    Percentile interval. Politis, D. N. and Romano, J. P. (1992), in LePage and Billard (eds), Exploring the Limits of
    Bootstrap, pp. 263-270. A window of a few months has too few blocks to show how much its kind of months can vary.
    """
    rng = np.random.default_rng(SEED)

    def means(when: Window) -> np.ndarray:
        counts = monthly(rows, when.last, when.months, value)
        starts = rng.integers(0, len(counts), size=(resamples, -(-len(counts) // block)))
        places = (starts[:, :, None] + np.arange(block)) % len(counts)
        return counts[places.reshape(resamples, -1)[:, : len(counts)]].mean(axis=1)

    here, base = means(now), means(before)
    # A resample without any event in the base has no ratio: it stands for an infinite one.
    ratios = np.divide(here, base, out=np.full(resamples, np.inf), where=base > 0)
    tail = (1 - level) / 2
    low, high = np.quantile(ratios, [tail, 1 - tail], method="inverted_cdf")
    return Interval(float(low), float(high), level)


def halves_check(series: dict[str, tuple[pd.DataFrame, str]], years: list[Window]) -> pd.DataFrame:
    """Hold the kinds of interval against parts of a year that should not differ: its odd and its even months.

    Parameters
    ----------
    series : dict of str to (DataFrame, str)
        Rows and column by name.
    years : list of Window
        Calendar years, all before the edition's end.

    Returns
    -------
    DataFrame
        `series`, `year`, `ratio` and whether the interval holds 1: `poisson`, `wide`, `bootstrap` (bool). Pairs with
        no event in the even months are left out.
    """
    records = []
    for name, (rows, value) in series.items():
        for when in years:
            counts = monthly(rows, when.last, when.months, value)
            odd, even = counts[::2], counts[1::2]
            if not even.sum() or not odd.sum():
                continue
            a, b, k = int(odd.sum()), int(even.sum()), len(odd)
            found = dispersion(rows, when.last, value)
            # Interleaved months share what carries over from one to the next: it takes no part in their difference.
            alone = Dispersion(found.months, found.index, found.p_value, found.alpha, 0.0)
            wide, plain = interval(a, b, k, k, alone), m.poisson_ratio_interval(a, b)
            boot = _plain_bootstrap(odd, even)
            records.append(
                {
                    "series": name,
                    "year": when.label,
                    "ratio": a / b,
                    **{
                        kind: bool(band.low <= 1 <= band.high)
                        for kind, band in (("poisson", plain), ("wide", wide), ("bootstrap", boot))
                    },
                }
            )
    if not records:
        raise DataError("no year has events in both its odd and its even months; choose years with events.")
    return pd.DataFrame(records)


def _plain_bootstrap(now: np.ndarray, before: np.ndarray, level: float = 0.95) -> Interval:
    rng = np.random.default_rng(SEED)
    here = now[rng.integers(0, len(now), size=(BOOTSTRAPS, len(now)))].sum(axis=1)
    base = before[rng.integers(0, len(before), size=(BOOTSTRAPS, len(before)))].sum(axis=1)
    ratios = np.divide(here, base, out=np.full(BOOTSTRAPS, np.inf), where=base > 0)
    low, high = np.quantile(ratios, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf")
    return Interval(float(low), float(high), level)

"""Did a date change the course of a monthly series, beyond the trend before it?

Interrupted time series: a segmented negative binomial regression of monthly counts on a trend, a step after the date
and a change of slope. The months of a series rise and fall together for a while, so the standard error lets the factor
that they share carry over from month to month. A departure of the same size may come about at any date of such a
series: each effect is held, in units of its standard error, against those of other dates (placebo dates) of the same
series. Estimation is statsmodels'; this module prepares the months and reads the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from helpers import measures as m
from helpers import prose as p
from helpers.errors import NotInData
from helpers.estimates import intervals
from helpers.measures import Interval
from helpers.windows import Window, month_name

BEFORE = 24
"""Months before a date from which the trend is taken."""
AFTER = 12
"""Months after a date over which the effect is averaged."""
LEAST_AFTER = 9
"""Fewer months after a date are too few to estimate an effect."""
LEAST_EVENTS = 24
"""Events before a date, one a month on average, below which no trend is fitted."""
LEAST_LATER = 6
"""Events after a date below which no effect is estimated."""
LEAST_RATE = 10
"""Events a month before a placebo date, on average: a trend that ran down to nothing shows effects of any size."""
LEAST_PLACEBOS = 20
"""Placebo dates, below which no share of one in twenty can be told."""
CARRY = 0.7
"""Correlation, from one month to the next, of the factor by which months exceed their trend together.

The median of what this book's own series show. With it, and with the degrees of freedom that such months are worth
(`worth`), simulated intervals hold the truth in about 95 percent of cases where months carry over by as much, and in more
where they do by less (`helpers.estimates.breaks_coverage`)."""
RARE = 0.05
"""Share of placebo dates with an effect as large, up to which an effect is called rare."""
SEEN = 0.8
"""Share of cases in which the effect that is printed as power would be seen."""
LENGTHS = (18, 24, 36, 48)
"""Months before a date from which a trend is taken, where the answer is held against their choice."""


@dataclass(frozen=True)
class Effect:
    """What a date changed in a monthly series."""

    date: pd.Period
    """Month of the event; it counts neither as before nor as after."""
    months_after: int
    """Months after it that were used."""
    ratio: float
    """Mean ratio, over those months, of the fitted course to the trend carried on."""
    interval: Interval
    """95 percent."""
    growth: float
    """Yearly growth factor of the trend before the date."""
    growth_interval: Interval
    """Its 95 percent interval."""
    step: float
    """Ratio at the first month after the date."""
    alpha: float
    """Negative binomial dispersion."""
    before: float
    after: float
    """Monthly means of the counts."""
    error: float
    """Standard error of the logarithm of `ratio`."""
    df: float
    """Degrees of freedom of its t distribution (`worth`)."""

    @property
    def size(self) -> float:
        """The effect in units of its standard error, without its sign."""
        return abs(float(np.log(self.ratio))) / self.error


@dataclass(frozen=True)
class Judgement:
    """An effect among those of other dates."""

    verdict: str
    """A key of `STRENGTHS`."""
    others: int
    """Placebo dates."""
    share: float | None
    """Part of them with an effect as large, in units of its error; None with fewer than `LEAST_PLACEBOS` of them."""
    seen: float
    """Factor above 1 that would be told from none in 80 percent of cases; its inverse for a fall."""


def counts_of(rows: pd.DataFrame, whole: Window) -> pd.Series:
    """Return monthly events with zeros, indexed by month.

    `rows`: with `month` and `events`. The index is of `Period` months.
    """
    found = m.series(rows, whole, "month", values=["events"])
    return pd.Series(found["events"].to_numpy(float), index=pd.PeriodIndex(found["period"], freq="M"))


def _design(before: int, after: int, gap: int, slope: bool = True) -> np.ndarray:
    """Return intercept, trend in years (zero at the first month after), step, and change of slope."""
    time = np.r_[np.arange(-before - gap, -gap), np.arange(after)] / 12.0
    later = (np.arange(before + after) >= before).astype(float)
    columns = [np.ones(before + after), time, later] + ([later * time] if slope else [])
    return np.column_stack(columns)


def fit(y: np.ndarray, design: np.ndarray) -> tuple[Any, float]:
    """Fit the log-linear model with the dispersion at which Pearson's statistic equals its degrees of freedom."""
    # Imported here: statsmodels would double the time in which every other page starts.
    from statsmodels.genmod.families import NegativeBinomial, Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    first = GLM(y, design, family=Poisson()).fit()
    alpha = intervals.breslow(y, np.asarray(first.fittedvalues), len(y) - design.shape[1])
    if alpha == 0:
        return first, alpha
    return GLM(y, design, family=NegativeBinomial(alpha=alpha)).fit(), alpha


def together(means: np.ndarray, alpha: float, time: np.ndarray, carry: float = CARRY) -> np.ndarray:
    """Return the covariance of counts whose shared factor carries over from month to month.

    `time`: months, in whole numbers; some may be left out. `carry`: correlation of the factor from one month to the
    next.

    Notes
    -----
    The factor has mean 1, variance alpha and correlation carry^|i - j|; given it, counts are Poisson. A parameter-driven
    model after Zeger, S. L. (1988), A regression model for time series of counts, Biometrika 75, pp. 621-629.

    Examples
    --------
    >>> together(np.array([10.0, 20.0]), 0.1, np.array([0, 1]), 0.5).tolist()
    [[20.0, 10.0], [10.0, 60.0]]
    """
    apart = np.abs(np.subtract.outer(time, time))
    return alpha * np.outer(means, means) * carry**apart + np.diag(means)


def _covariance(design: np.ndarray, means: np.ndarray, alpha: float, time: np.ndarray) -> np.ndarray:
    """Return the covariance of the coefficients of a negative binomial fit under `together`.

    The fit takes out of the residuals some of what carries over, so that they show too little of it: the trace says how
    much of the variance they should have kept.
    """
    root = design / np.sqrt(1 / means + alpha)[:, None]
    bread = np.linalg.inv(root.T @ root)
    sd = np.sqrt(means + alpha * means**2)
    alike = together(means, alpha, time) / np.outer(sd, sd)
    kept = np.trace(alike) - float((root @ bread * (alike @ root)).sum())
    scale = (len(means) - design.shape[1]) / kept
    return scale * bread @ root.T @ alike @ root @ bread


def months_after(counts: pd.Series, date: pd.Period, gap: int = 1) -> int:
    """Return how many months after a date the series has, at most `AFTER`.

    `counts`: as `counts_of` returns it. `gap`: months that count to neither side, the first being `date`.
    """
    return max(0, min(AFTER, (counts.index[-1] - (date + gap - 1)).n))


def effect(
    counts: pd.Series,
    date: pd.Period,
    *,
    gap: int = 1,
    after: int | None = None,
    before: int = BEFORE,
    slope: bool = True,
) -> Effect:
    """Estimate what a date changed.

    Parameters
    ----------
    counts : Series
        As `counts_of` returns it; months after those used are not looked at.
    date : Period
        First month that counts to neither side.
    gap, before, after : int
        Months that count to neither side, before the date, and after them: as many as there are, up to `AFTER`, where not
        given.
    slope : bool
        Let the slope change at the date too, and not the level alone.

    Raises
    ------
    NotInData
        Too few months on either side, or too few events before.

    Notes
    -----
    log E(y) = a + b·t + c·D + d·D·t, with t in years from the first month after, D = 1 after; y negative binomial.
    Effect: exp(c + d·mean t), the mean over the months after; interval from the covariance of `together` and Student's t
    with what n - 4 degrees of freedom are worth (`worth`). Wagner, A. K. et al. (2002), Journal of Clinical Pharmacy and Therapeutics 27,
    pp. 299-309.
    """
    if after is None:
        after = months_after(counts, date, gap)
        if after < LEAST_AFTER:
            raise NotInData(f"{month_name(date)} has {p.count(after, 'month')} after it; {LEAST_AFTER} are needed.")
    y = _window(counts, date, gap, before, after)
    design = _design(before, after, gap, slope)
    result, alpha = fit(y, design)
    covariance = _covariance(design, np.asarray(result.fittedvalues), alpha, _time(design))
    weights = np.array([0.0, 0.0, 1.0, (after - 1) / 24])[: design.shape[1]]
    log, error = float(weights @ result.params), float(np.sqrt(weights @ covariance @ weights))
    growth, growth_error = float(result.params[1]), float(np.sqrt(covariance[1, 1]))
    df = worth(len(y) - design.shape[1])
    level, ratio, yearly = (float(np.exp(x)) for x in (result.params[2], log, growth))
    means = float(y[:before].mean()), float(y[before:].mean())
    bands = band(log, error, df), band(growth, growth_error, df)
    return Effect(date, after, ratio, bands[0], yearly, bands[1], level, alpha, *means, error, df)


def _time(design: np.ndarray) -> np.ndarray:
    return np.round(design[:, 1] * 12)


def worth(df: int, carry: float = CARRY) -> float:
    """Return the degrees of freedom that those of a fit are worth where months carry over.

    Notes
    -----
    df · (1 - carry) / (1 + carry), the number of independent months that tell as much of the mean of such months:
    Bartlett, M. S. (1935), Journal of the Royal Statistical Society 98, pp. 536-543. The dispersion rests on no more of
    them, and Student's t must know it: with df itself, intervals held the truth in 90 of 100 cases.

    Examples
    --------
    >>> round(worth(32, 0.7), 3), worth(32, 0.0)
    (5.647, 32.0)
    """
    return df * (1 - carry) / (1 + carry)


def _t(level: float, df: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(df, level))


def band(log: float, error: float, df: float) -> Interval:
    """Return the 95 percent interval of a ratio, from its logarithm, the error of that, and degrees of freedom."""
    reach = _t(0.975, df) * error
    return Interval(float(np.exp(log - reach)), float(np.exp(log + reach)))


def _window(counts: pd.Series, date: pd.Period, gap: int, before: int, after: int) -> np.ndarray:
    at = (date - counts.index[0]).n
    if at < before or at + gap + after > len(counts):
        raise NotInData(f"the series does not hold {before} months before and {after} after {month_name(date)}.")
    y = np.r_[counts.iloc[at - before : at], counts.iloc[at + gap : at + gap + after]]
    if y[:before].sum() < LEAST_EVENTS or y[before:].sum() < LEAST_LATER:
        raise NotInData(
            f"fewer than {LEAST_EVENTS} events before {month_name(date)}, or than {LEAST_LATER} after it: no trend."
        )
    return y


def placebos(counts: pd.Series, date: pd.Period) -> pd.DataFrame:
    """Estimate the effect at other dates of a series, in the same way.

    Parameters
    ----------
    counts : Series
        As `counts_of` returns it.
    date : Period
        The date itself: a placebo date takes none of its months, neither before nor after, from around it.

    Returns
    -------
    DataFrame
        `month` (text), `ratio` and `size` (float; in units of the standard error, without sign). Dates with fewer than
        `LEAST_RATE` events a month before them are left out; without any other date, no row.
    """
    after = months_after(counts, date)
    found = _all_effects(tuple(counts), str(counts.index[0]), after)
    kept = {
        when: value
        for when, value in found.items()
        if not pd.Period(when, "M") - BEFORE <= date or not date <= pd.Period(when, "M") + after
    }
    logs, errors = np.array([*kept.values()]).reshape(-1, 2).T
    return pd.DataFrame({"month": list(kept), "ratio": np.exp(logs), "size": np.abs(logs) / errors})


@cache
def _all_effects(values: tuple[float, ...], first: str, after: int) -> dict[str, tuple[float, float]]:
    """Return the logarithm of the effect and its error at every date that can be estimated."""
    counts = pd.Series(values, index=pd.period_range(first, periods=len(values), freq="M"))
    out = {}
    for place in range(BEFORE, len(values) - after):
        if counts.iloc[place - BEFORE : place].mean() < LEAST_RATE:
            continue
        try:
            found = effect(counts, counts.index[place], after=after)
        except NotInData:
            continue
        out[str(found.date)] = float(np.log(found.ratio)), found.error
    return out


STRENGTHS = {
    "break": "a departure from the trend before, larger than at 19 of 20 other dates",
    "common": "a departure from the trend before of a size that other dates show too",
    "alone": "a departure from the trend before; too few other dates to say how rare that is",
    "none": "not distinguishable from the trend before",
}
"""What the evidence allows one to say of a date, from the strongest to the weakest."""


def strength(found: Interval, share: float | None) -> str:
    """Judge an effect: `break`, `common`, `alone` or `none`.

    `share` is the part of the placebo dates with an effect as large; None where there are too few of them.

    Notes
    -----
    `break` asks for both: an interval that leaves out 1, and no more than one in twenty placebo dates with an effect as
    large. An interval alone gives `common`. `none` is no finding of no effect: `Judgement.seen` says how large an effect
    would have been seen.

    Examples
    --------
    >>> strength(Interval(1.2, 2.0), 0.01), strength(Interval(1.2, 2.0), 0.4), strength(Interval(0.8, 1.4), 0.02)
    ('break', 'common', 'none')
    >>> strength(Interval(1.2, 2.0), None)
    'alone'
    """
    if found.low <= 1 <= found.high:
        return "none"
    if share is None:
        return "alone"
    return "break" if share <= RARE else "common"


def judge(found: Effect, others: pd.DataFrame) -> Judgement:
    """Hold an effect against placebo dates, and say how large it would have had to be.

    `found`: as `effect` returns it. `others`: as `placebos` returns it.

    Notes
    -----
    An effect is seen where its size exceeds both Student's t and the 95th percentile of the placebo dates' sizes. It is
    then seen in 80 percent of cases if it is larger than that by t(0.8) standard errors.

    Examples
    --------
    >>> one = Effect(pd.Period("2020-08", "M"), 12, 1.0, Interval(0.7, 1.4), 1, Interval(1, 1), 1, 0.1, 1, 1, 0.2, 32)
    >>> none = pd.DataFrame({"month": [], "ratio": [], "size": []})
    >>> judge(one, none).verdict, round(judge(one, none).seen, 2)
    ('none', 1.78)
    """
    cut, share = _t(0.975, found.df), None
    if len(others) >= LEAST_PLACEBOS:
        share = float((others["size"] >= found.size - 1e-12).mean())
        cut = max(cut, float(np.quantile(others["size"], 1 - RARE)))
    seen = float(np.exp((cut + _t(SEEN, found.df)) * found.error))
    return Judgement(strength(found.interval, share), len(others), share, seen)


def difference(one: Effect, other: Effect) -> tuple[float, Interval]:
    """Return the ratio of two effects at the same date and its interval, as if the two series were independent.

    `one`, `other`: of the place where it happened, and of the comparison.
    """
    log = float(np.log(one.ratio) - np.log(other.ratio))
    error = float(np.hypot(one.error, other.error))
    return float(np.exp(log)), band(log, error, min(one.df, other.df))


WAYS = ("steady", "straight")
"""Ways of carrying a trend on: the same growth rate, or as many more each month."""


def carried_on(counts: pd.Series, date: pd.Period, until: pd.Period) -> pd.DataFrame:
    """Carry the trend before a date on, in two ways.

    Parameters
    ----------
    counts : Series
        As `counts_of` returns it.
    date : Period
        Month of the event; the trend is taken from the months before it.
    until : Period
        Last month to carry it to.

    Returns
    -------
    DataFrame
        `month` (text, from the first month of the trend), `observed`, and for each of `WAYS` (the same growth rate,
        log-linear negative binomial; the same number more each month, least squares, not below zero) the course and
        `_low`, `_high`: 95 percent interval of a month's count, were the trend to go on.
    """
    trend = _Trend(counts, date, BEFORE)
    length = (until - (date - BEFORE)).n + 1
    at = (date - counts.index[0]).n
    out: dict[str, Any] = {
        "month": pd.period_range(date - BEFORE, until, freq="M").astype(str),
        "observed": counts.iloc[at - BEFORE : at - BEFORE + length].to_numpy(float),
    }
    for way in WAYS:
        course = trend.means(way, np.arange(length))
        months = [trend.sum(way, np.array([step])) for step in range(length)]
        out |= {way: course, f"{way}_low": [x[1].low for x in months], f"{way}_high": [x[1].high for x in months]}
    return pd.DataFrame(out)


def carried_sum(
    counts: pd.Series, date: pd.Period, when: Window, way: str = "steady", before: int = BEFORE
) -> tuple[float, Interval]:
    """Return what a trend carried on gives for a window, and the 95 percent interval of the count it would bring.

    Parameters
    ----------
    counts, date, before
        As in `carried_on`.
    when : Window
        Months after the date.
    way : {"steady", "straight"}
        How the trend is carried on.

    Notes
    -----
    The variance of the logarithm of the count is that of the trend's sum, from the covariance of its coefficients, plus
    that of the months themselves about it (`together`); Student's t with what two fewer than the months are worth (`worth`).
    """
    first = (when.first - (date - before)).n
    return _Trend(counts, date, before).sum(way, np.arange(first, first + when.months))


class _Trend:
    """The trend of the months before a date; months are counted from the first of them."""

    def __init__(self, counts: pd.Series, date: pd.Period, before: int):
        at = (date - counts.index[0]).n
        y = counts.iloc[max(0, at - before) : at].to_numpy(float)
        if at < before or y.sum() < LEAST_EVENTS:
            raise NotInData(f"fewer than {before} months or {LEAST_EVENTS} events before {month_name(date)}: no trend.")
        self.before, time = before, np.arange(before)
        design = self._rows(time)
        result, self.alpha = fit(y, design)
        fitted = np.asarray(result.fittedvalues)
        hat = np.linalg.pinv(design)
        line = np.maximum(design @ (hat @ y), 0.5)
        self.at = {"steady": np.asarray(result.params), "straight": hat @ y}
        self.covariance = {
            "steady": _covariance(design, fitted, self.alpha, time),
            "straight": hat @ together(line, self.alpha, time) @ hat.T,
        }

    def _rows(self, steps: np.ndarray) -> np.ndarray:
        return np.column_stack([np.ones(len(steps)), (steps - self.before) / 12.0])

    def means(self, way: str, steps: np.ndarray) -> np.ndarray:
        linear = self._rows(steps) @ self.at[way]
        return np.exp(linear) if way == "steady" else np.maximum(linear, 0.0)

    def sum(self, way: str, steps: np.ndarray) -> tuple[float, Interval]:
        means = np.maximum(self.means(way, steps), 0.5)
        gradient = (means if way == "steady" else np.ones(len(steps))) @ self._rows(steps)
        own = float(together(means, self.alpha, steps).sum())
        total = float(means.sum())
        error = float(np.sqrt(gradient @ self.covariance[way] @ gradient + own)) / total
        return total, band(float(np.log(total)), error, worth(self.before - 2))

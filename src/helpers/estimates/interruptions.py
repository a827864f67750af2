"""Did a date change the course of a monthly series, beyond the trend before it?

Interrupted time series: a segmented negative binomial regression of monthly counts on a trend, a step after the date
and a change of slope. A step of the same size may come about at any date of a series that moves in bouts, so each
effect is held against the effects of all other dates (placebo dates) estimated in the same way. Estimation is
statsmodels'; this module prepares the months and reads the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from helpers import measures as m
from helpers import prose as p
from helpers.errors import DataError
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
APART = 6
"""Months around a date in which no other date is a placebo for it."""
LAGS = 3
"""Months over which residuals may be correlated (Newey and West)."""
VAGUE = 4.0
"""Upper over lower end of an interval that holds 1, from which it says neither change nor none."""
RARE = 0.05
"""Share of placebo dates with an effect as large, up to which an effect is called unusual."""


@dataclass(frozen=True)
class Effect:
    """What a date changed in a monthly series.

    Attributes
    ----------
    date : Period
        Month of the event; it counts neither as before nor as after.
    months_after : int
        Months after it that were used.
    ratio : float
        Mean ratio, over those months, of the fitted course to the trend carried on.
    interval : Interval
        95 percent, from Newey-West standard errors.
    growth : float
        Yearly growth factor of the trend before the date.
    growth_interval : Interval
        Its 95 percent interval.
    step : float
        Ratio at the first month after the date.
    alpha : float
        Negative binomial dispersion.
    before, after : float
        Monthly means of the counts.
    error : float
        Standard error of the logarithm of `ratio`.
    """

    date: pd.Period
    months_after: int
    ratio: float
    interval: Interval
    growth: float
    growth_interval: Interval
    step: float
    alpha: float
    before: float
    after: float
    error: float


def counts_of(rows: pd.DataFrame, whole: Window, value: str = "events") -> pd.Series:
    """Return monthly counts with zeros, indexed by month.

    Parameters
    ----------
    rows : DataFrame
        With `month` and the column.
    whole : Window
        Months to cover.
    value : str
        Column to sum.

    Returns
    -------
    Series of float
        Index: `Period` months.
    """
    found = m.series(rows, whole, "month", values=[value])
    return pd.Series(found[value].to_numpy(float), index=pd.PeriodIndex(found["period"], freq="M"))


def _design(before: int, after: int, gap: int) -> np.ndarray:
    """Return intercept, trend in years (zero at the first month after), step, and change of slope."""
    time = np.r_[np.arange(-before - gap, -gap), np.arange(after)] / 12.0
    later = (np.arange(before + after) >= before).astype(float)
    return np.column_stack([np.ones(before + after), time, later, later * time])


def _fit(y: np.ndarray, design: np.ndarray, *, robust: bool) -> tuple[Any, float]:
    """Fit the log-linear model with the dispersion at which Pearson's statistic equals its degrees of freedom."""
    # Imported here: statsmodels would double the time in which every other page starts.
    from statsmodels.genmod.families import NegativeBinomial, Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    first = GLM(y, design, family=Poisson()).fit()
    alpha = intervals.breslow(y, np.asarray(first.fittedvalues), len(y) - design.shape[1])
    model = GLM(y, design, family=NegativeBinomial(alpha=alpha) if alpha > 0 else Poisson())
    if robust:
        return model.fit(cov_type="HAC", cov_kwds={"maxlags": LAGS}), alpha
    return model.fit(), alpha


def months_after(counts: pd.Series, date: pd.Period, gap: int = 1) -> int:
    """Return how many months after a date the series has, at most `AFTER`.

    Parameters
    ----------
    counts : Series
        As `counts_of` returns it.
    date : Period
        Month of the event.
    gap : int
        Months that count to neither side, the first being `date`.
    """
    return max(0, min(AFTER, (counts.index[-1] - (date + gap - 1)).n))


def effect(
    counts: pd.Series, date: pd.Period, *, gap: int = 1, after: int | None = None, before: int = BEFORE
) -> Effect:
    """Estimate what a date changed.

    Parameters
    ----------
    counts : Series
        As `counts_of` returns it; months after those used are not looked at.
    date : Period
        First month that counts to neither side.
    gap : int
        Months that count to neither side.
    after : int, optional
        Months after them to use; as many as there are, up to `AFTER`, where not given.
    before : int
        Months before the date to use.

    Raises
    ------
    DataError
        Too few months on either side, or too few events before.

    Notes
    -----
    log E(y) = a + b·t + c·D + d·D·t, with t in years from the first month after, D = 1 after; y negative binomial.
    Effect: exp(c + d·mean t), the mean over the months after. Standard errors after Newey and West (1987, Econometrica
    55, pp. 703-708), lag 3. Wagner, A. K. et al. (2002), Journal of Clinical Pharmacy and Therapeutics 27,
    pp. 299-309.
    """
    after = months_after(counts, date, gap) if after is None else after
    if after < LEAST_AFTER:
        raise DataError(f"{month_name(date)} has {p.count(after, 'month')} after it; {LEAST_AFTER} are needed.")
    y = _window(counts, date, gap, before, after)
    result, alpha = _fit(y, _design(before, after, gap), robust=True)
    weights = np.array([0.0, 0.0, 1.0, (after - 1) / 24])
    covariance = np.asarray(result.cov_params())
    log, error = float(weights @ result.params), float(np.sqrt(weights @ covariance @ weights))
    slope, slope_error = float(result.params[1]), float(np.sqrt(covariance[1, 1]))
    return Effect(
        date,
        after,
        float(np.exp(log)),
        _band(log, error),
        float(np.exp(slope)),
        _band(slope, slope_error),
        float(np.exp(result.params[2])),
        alpha,
        float(y[:before].mean()),
        float(y[before:].mean()),
        error,
    )


def _band(log: float, error: float) -> Interval:
    from scipy.special import ndtri

    reach = float(ndtri(0.975)) * error
    return Interval(float(np.exp(log - reach)), float(np.exp(log + reach)))


def _window(counts: pd.Series, date: pd.Period, gap: int, before: int, after: int) -> np.ndarray:
    at = (date - counts.index[0]).n
    if at < before or at + gap + after > len(counts):
        raise DataError(f"the series does not hold {before} months before and {after} after {month_name(date)}.")
    y = np.r_[counts.iloc[at - before : at], counts.iloc[at + gap : at + gap + after]]
    if y[:before].sum() < LEAST_EVENTS or y[before:].sum() < LEAST_LATER:
        raise DataError(
            f"fewer than {LEAST_EVENTS} events before {month_name(date)}, or than {LEAST_LATER} after it: no trend."
        )
    return y


def placebos(
    counts: pd.Series, date: pd.Period, *, gap: int = 1, after: int | None = None, base: pd.Series | None = None
) -> pd.DataFrame:
    """Estimate the effect at every other date of a series, in the same way.

    Parameters
    ----------
    counts : Series
        As `counts_of` returns it.
    date : Period
        The date itself: dates fewer than `APART` months from it are left out.
    gap, after
        As in `effect`.
    base : Series, optional
        Series of a comparison: the effect in it at the same date is taken off.

    Returns
    -------
    DataFrame
        `month` (text), `ratio` (float). Dates with too few events before them are left out.

    Raises
    ------
    DataError
        No other date can be estimated.
    """
    after = months_after(counts, date, gap) if after is None else after
    found = _all_effects(tuple(counts), str(counts.index[0]), gap, after)
    if base is not None:
        other = _all_effects(tuple(base), str(base.index[0]), gap, after)
        found = {when: value - other[when] for when, value in found.items() if when in other}
    near = {str(date + step) for step in range(-APART + 1, APART)}
    kept = {when: value for when, value in found.items() if when not in near}
    if not kept:
        raise DataError(f"no other date than {month_name(date)} has enough months and events around it.")
    return pd.DataFrame({"month": list(kept), "ratio": np.exp(list(kept.values()))})


@cache
def _all_effects(values: tuple[float, ...], first: str, gap: int, after: int) -> dict[str, float]:
    """Return the logarithm of the effect at every date that can be estimated."""
    counts = pd.Series(values, index=pd.period_range(first, periods=len(values), freq="M"))
    design = _design(BEFORE, after, gap)
    out = {}
    for place in range(BEFORE, len(values) - gap - after + 1):
        when = counts.index[place]
        try:
            y = _window(counts, when, gap, BEFORE, after)
            result, _ = _fit(y, design, robust=False)
        except DataError:
            continue
        out[str(when)] = float(result.params[2] + result.params[3] * (after - 1) / 24)
    return out


def share_as_large(ratio: float, others: pd.DataFrame) -> float:
    """Return the share of placebo dates whose effect, up or down, is at least as large.

    Examples
    --------
    >>> share_as_large(2.0, pd.DataFrame({"month": ["a", "b", "c", "d"], "ratio": [1.1, 0.4, 2.5, 0.9]}))
    0.5
    """
    size = abs(np.log(ratio))
    return float((np.abs(np.log(others["ratio"])) >= size - 1e-12).mean())


STRENGTHS = {
    "break": "a break with the trend before",
    "common": "a departure from the trend of a size that other dates show too",
    "none": "no departure from the trend before",
    "unclear": "too uncertain to tell a change from none",
}
"""What the evidence allows one to say of a date, from the strongest to the weakest."""


def strength(found: Interval, share: float) -> str:
    """Judge an effect: `break`, `common`, `none` or `unclear`.

    Parameters
    ----------
    found : Interval
        Interval of the effect.
    share : float
        As `share_as_large` returns it.

    Notes
    -----
    `break` asks for both: an interval that leaves out 1, and no more than one in twenty placebo dates with an effect as
    large. An interval alone gives `common`, since months that move in bouts depart from their trend all the time. An
    interval that holds 1 gives `none`, or `unclear` where it is so wide that it holds a doubling and a halving alike.

    Examples
    --------
    >>> strength(Interval(1.2, 2.0), 0.01), strength(Interval(1.2, 2.0), 0.4), strength(Interval(0.8, 1.4), 0.02)
    ('break', 'common', 'none')
    >>> strength(Interval(0.3, 1.7), 0.5)
    'unclear'
    """
    if found.low <= 1 <= found.high:
        return "none" if found.high / found.low < VAGUE else "unclear"
    return "break" if share <= RARE else "common"


def difference(one: Effect, other: Effect) -> tuple[float, Interval]:
    """Return the ratio of two effects at the same date and its interval, as if the two series were independent.

    Parameters
    ----------
    one, other : Effect
        Of the place where it happened, and of the comparison.
    """
    log = float(np.log(one.ratio) - np.log(other.ratio))
    error = float(np.hypot(one.error, other.error))
    return float(np.exp(log)), _band(log, error)


def carried_on(counts: pd.Series, date: pd.Period, until: pd.Period, before: int = BEFORE) -> pd.DataFrame:
    """Carry the trend before a date on, in two ways.

    Parameters
    ----------
    counts : Series
        As `counts_of` returns it.
    date : Period
        Month of the event; the trend is taken from the months before it.
    until : Period
        Last month to carry it to.
    before : int
        Months the trend is taken from.

    Returns
    -------
    DataFrame
        `month` (text, from the first month of the trend), `observed`, `steady` (the same growth rate, log-linear
        negative binomial), `low`, `high` (its 95 percent interval), `straight` (the same number more each month, least
        squares).

    Notes
    -----
    An interval for the mean of a trend says nothing on whether the trend would have gone on.
    """
    from statsmodels.regression.linear_model import OLS

    at = (date - counts.index[0]).n
    y = counts.iloc[at - before : at].to_numpy(float)
    if at < before or y.sum() < LEAST_EVENTS:
        raise DataError(f"fewer than {before} months or {LEAST_EVENTS} events before {month_name(date)}: no trend.")
    length = (until - (date - before)).n + 1
    time = (np.arange(length) - before) / 12.0
    design = np.column_stack([np.ones(length), time])
    result, _ = _fit(y, design[:before], robust=True)
    mean = result.get_prediction(design).summary_frame(alpha=0.05)
    straight = OLS(y, design[:before]).fit().predict(design)
    return pd.DataFrame(
        {
            "month": pd.period_range(date - before, until, freq="M").astype(str),
            "observed": counts.iloc[at - before : at - before + length].to_numpy(float),
            "steady": np.asarray(mean["mean"]),
            "low": np.asarray(mean["mean_ci_lower"]),
            "high": np.asarray(mean["mean_ci_upper"]),
            "straight": np.maximum(straight, 0.0),
        }
    )

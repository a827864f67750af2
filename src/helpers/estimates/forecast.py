"""The next half-year as a forecast: four simple rules, their skill and the coverage of their ranges in back-tests.

Months are added up in blocks of six that end with the edition's month, so that the next block is the half-year that
follows it. Every forecast of the back-test is made from the blocks that were over by then (rolling origin). The rules
are simple on purpose: with some twenty blocks no rich model can be told from a lucky one. `statsmodels` and `scipy` do
the estimation.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from helpers import measures as m
from helpers.data import Tables
from helpers.errors import NotInData
from helpers.measures.foreseen import BY_ACTOR
from helpers.windows import Window, month, month_name

MONTHS = 6
"""Length of a block, months."""
LEVEL = 0.8
"""Coverage that the ranges aim at."""
LEAST = 8
"""Blocks that a forecast needs behind it at least: four years."""
MEMORY = 8
"""Past errors that a range rests on: those of four years. All errors since 2012 would count those of years with a tenth
of today's events, whose chance variation is far larger; in the back-test their ranges held nearly every outcome."""

WEIGHTS: tuple[float, ...] = tuple(tenth / 10 for tenth in range(1, 11))
"""Weights of the last block that exponential smoothing chooses from."""

NAIVE = "seasonal"
"""The rule that the others are held against."""


@dataclass(frozen=True)
class Forecast:
    """A forecast of one block."""

    value: float
    """Middle of the forecast."""
    low: float
    high: float
    """Range that should hold the outcome with `LEVEL` probability."""


def blocks(rows: pd.DataFrame, data_window: Window, value: str = "events") -> pd.DataFrame:
    """Add up a column over blocks of six months that end with the last month of a window, oldest first.

    Months at its beginning that fill no block are left out; `last` is the last month of a block (`YYYY-MM`).
    """
    number = data_window.months // MONTHS
    windows = [
        Window(data_window.last - MONTHS * (back + 1) + 1, data_window.last - MONTHS * back)
        for back in range(number - 1, -1, -1)
    ]
    return pd.DataFrame(
        {
            "last": [str(when.last) for when in windows],
            "label": [when.label for when in windows],
            "count": [m.count(rows, when, value) for when in windows],
        }
    )


# --------------------------------------------------------------------------- the rules


def _from_errors(counts: np.ndarray, lag: int) -> Forecast:
    """Repeat the count some blocks ago, with a range from the rule's own past errors on the log scale."""
    from scipy import stats

    logs = np.log1p(counts)
    errors = (logs[lag:] - logs[:-lag])[-MEMORY:]
    spread = float(np.sqrt(np.mean(errors**2))) * float(stats.t.ppf((1 + LEVEL) / 2, len(errors)))
    middle = logs[-lag]
    return Forecast(float(counts[-lag]), max(0.0, float(np.expm1(middle - spread))), float(np.expm1(middle + spread)))


def by_pace(counts: np.ndarray) -> Forecast:
    """Forecast that the next block is like the last one."""
    return _from_errors(counts, 1)


def by_season(counts: np.ndarray) -> Forecast:
    """Forecast that the next block is like the one a year before it."""
    return _from_errors(counts, 2)


def by_smoothing(counts: np.ndarray) -> Forecast:
    """Forecast by simple exponential smoothing of log(1 + count).

    Notes
    -----
    Level l(t) = l(t-1) + a · (y(t) - l(t-1)), begun at the first block; a is the one of `WEIGHTS` with the least
    squared error one block ahead. An optimiser would find a to more digits than some twenty blocks carry, and other digits on
    other machines. a = 1 is the pace rule.
    Hyndman, R. J., Koehler, A. B., Ord, J. K. and Snyder, R. D. (2008), Forecasting with Exponential Smoothing,
    Springer, chapter 2.
    """
    from scipy import stats
    from statsmodels.tsa.holtwinters import SimpleExpSmoothing

    logs = np.log1p(counts.astype(float))
    model = SimpleExpSmoothing(logs, initialization_method="known", initial_level=logs[0])
    fits = [model.fit(smoothing_level=weight, optimized=False) for weight in WEIGHTS]
    # The first block is its own forecast, so it holds no error.
    losses = [round(float((fit.resid[1:] ** 2).sum()), 9) for fit in fits]
    best = fits[int(np.argmin(losses))]
    errors = np.asarray(best.resid)[1:][-MEMORY:]
    middle = float(best.forecast(1)[0])
    spread = float(np.sqrt(np.mean(errors**2))) * float(stats.t.ppf((1 + LEVEL) / 2, len(errors)))
    return Forecast(
        float(np.expm1(middle)), max(0.0, float(np.expm1(middle - spread))), float(np.expm1(middle + spread))
    )


def dispersion(counts: np.ndarray, mean: np.ndarray) -> float:
    """Return the dispersion of the negative binomial (variance = mean + dispersion · mean²), at least zero.

    Notes
    -----
    Regression without a constant of ((y - m)² - y) / m on m, after a Poisson fit m.
    Cameron, A. C. and Trivedi, P. K. (1990), Journal of Econometrics 46, pp. 347-364.
    """
    z = ((counts - mean) ** 2 - counts) / mean
    return float(max(0.0, (z * mean).sum() / (mean**2).sum()))


def by_trend(counts: np.ndarray) -> Forecast:
    """Forecast by a log-linear trend through all blocks, with negative binomial scatter.

    Notes
    -----
    log m(t) = b0 + b1 · t. The range is that of a negative binomial whose variance is m + a · m² + m² · v, where v is
    the variance of the fitted log m. Hilbe, J. M. (2011), Negative Binomial Regression, 2nd edition, Cambridge.
    """
    import statsmodels.api as sm
    from scipy import stats
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

    y = counts.astype(float)
    time = np.arange(len(y)) - len(y)
    design = np.column_stack([np.ones(len(y)), time])
    with warnings.catch_warnings():
        # Counts that lie on the very line are no separation: the line is identified, its scatter is zero.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        first = sm.GLM(y, design, family=sm.families.Poisson()).fit()
        alpha = dispersion(y, first.mu)
        family = sm.families.NegativeBinomial(alpha=alpha) if alpha > 1e-6 else sm.families.Poisson()
        fitted = sm.GLM(y, design, family=family).fit()
    ahead = np.array([1.0, 0.0])
    mean = float(np.exp(ahead @ fitted.params))
    variance = mean + alpha * mean**2 + mean**2 * float(ahead @ fitted.cov_params() @ ahead)
    size = mean**2 / max(variance - mean, 1e-9)
    tail = (1 - LEVEL) / 2
    low, high = stats.nbinom.ppf([tail, 1 - tail], size, size / (size + mean))
    return Forecast(mean, float(low), float(high))


METHODS: dict[str, Callable[[np.ndarray], Forecast]] = {
    "pace": by_pace,
    "seasonal": by_season,
    "smoothing": by_smoothing,
    "trend": by_trend,
}


# --------------------------------------------------------------------------- back-test


def backtest(series: pd.DataFrame) -> pd.DataFrame:
    """Forecast every block (see `blocks`) from the blocks before it, by every rule; `error` is forecast less actual."""
    counts = series["count"].to_numpy()
    records = []
    for i in range(LEAST, len(series)):
        for rule, method in METHODS.items():
            made = method(counts[:i])
            actual = int(counts[i])
            # Counts are whole: a range from 3.2 to 9.7 holds 4 to 9, and rounding outwards would widen it.
            held = made.low <= actual <= made.high
            records.append(
                (
                    series["last"][i],
                    series["label"][i],
                    actual,
                    rule,
                    made.value,
                    made.low,
                    made.high,
                    made.value - actual,
                    held,
                )
            )
    columns = ["last", "label", "actual", "rule", "value", "low", "high", "error", "covered"]
    return pd.DataFrame(records, columns=columns)


def skill(table: pd.DataFrame) -> pd.DataFrame:
    """Sum up a back-test by rule.

    Parameters
    ----------
    table : DataFrame
        As `backtest` returns it.

    Returns
    -------
    DataFrame
        `rule`, `forecasts`, `mae` (mean absolute error), `skill` (1 - mae / that of `NAIVE`), `better` (forecasts
        nearer than the naive one), `ties`, `p` (two-sided sign test of better against worse), `coverage` (share of outcomes
        within the range), `coverage_low`, `coverage_high` (95 percent Wilson interval), `bias` (mean error), `width`
        (mean width of the range over the mean actual).

    Notes
    -----
    Skill score: Murphy, A. H. (1988), Monthly Weather Review 116, pp. 2417-2424, with absolute errors.
    """
    from scipy import stats
    from statsmodels.stats.proportion import proportion_confint

    wide = table.pivot(index="last", columns="rule", values="error").abs()
    records = []
    for rule in METHODS:
        mine = table[table["rule"].eq(rule)]
        gap = (wide[NAIVE] - wide[rule]).round(9)
        better, worse = int(gap.gt(0).sum()), int(gap.lt(0).sum())
        covered, number = int(mine["covered"].sum()), len(mine)
        low, high = proportion_confint(covered, number, method="wilson")
        naive = float(wide[NAIVE].mean())
        records.append(
            {
                "rule": rule,
                "forecasts": number,
                "mae": float(wide[rule].mean()),
                "skill": 1 - float(wide[rule].mean()) / naive if naive else float("nan"),
                "better": better,
                "ties": number - better - worse,
                "p": float(stats.binomtest(better, better + worse).pvalue) if better + worse else float("nan"),
                "coverage": covered / number,
                "coverage_low": float(low),
                "coverage_high": float(high),
                "bias": float(mine["error"].mean()),
                "width": float((mine["high"] - mine["low"]).mean() / max(mine["actual"].mean(), 1e-9)),
            }
        )
    return pd.DataFrame(records)


def ahead(series: pd.DataFrame) -> dict[str, Forecast]:
    """Return each rule's forecast of the block after the last one."""
    counts = series["count"].to_numpy()
    return {rule: method(counts) for rule, method in METHODS.items()}


def next_window(last: str | pd.Period) -> Window:
    """Return the six months after a month."""
    end = month(last)
    return Window(end + 1, end + MONTHS)


@dataclass(frozen=True, eq=False)
class History:
    """A series with its back-test at an edition's date."""

    series: pd.DataFrame
    """As `blocks` returns it."""
    table: pd.DataFrame
    """As `backtest` returns it."""
    skills: pd.DataFrame
    """As `skill` returns it."""
    next: dict[str, Forecast]
    """As `ahead` returns it."""


@cache
def history(name: str, last: str, tables: Tables) -> History:
    """Return a series of `foreseen.BY_ACTOR` with its back-test, from the months up to one.

    `name`: a key of `foreseen.BY_ACTOR`. `last`: last month (`YYYY-MM`) that the forecaster knows.
    """
    actors = tables.actors()
    known = actors[actors["month"] <= last]
    rows, value = BY_ACTOR[name].rows(known), BY_ACTOR[name].value
    series = blocks(rows, Window(month(str(actors["month"].min())), month(last)), value)
    if not series["count"].sum():
        raise NotInData("the months hold no event of this kind to forecast from.")
    table = backtest(series)
    if NAIVE not in set(table["rule"]):
        raise NotInData(
            f"a forecast is judged by those before it, and the months to {month_name(month(last))} allow none."
        )
    return History(series, table, skill(table), ahead(series))

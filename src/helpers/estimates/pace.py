"""Is a year's pace any good as a forecast? The rule behind the reports' projections, tried on every year we have.

"On pace for" means: count to date x 12 / months elapsed. The rule needs no model and assumes that the rest of the year
is like its beginning. Here it is applied to every half-year since 2012 and held against what came, beside two rules
that are as simple: the year will be like the one before, and its rest will be like the rest of the year before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers import measures as m
from helpers.editions import Report
from helpers.errors import NotInData
from helpers.measures.foreseen import BY_ACTOR
from helpers.windows import Window, half, window

WITHIN = 0.10
"""How near a forecast must come to count as good: 10 percent of the outcome."""

RULES: dict[str, str] = {
    "pace": "the pace of the months so far",
    "naive": "the same as the 12 months before",
    "rest": "the months so far, and the rest as in the year before",
}
"""The rules that are compared."""


def halves(first: str, last: str) -> list[Window]:
    """Return the half-years from one to another, by name.

    Examples
    --------
    >>> [when.label for when in halves("2022H2", "2023H1")]
    ['July-December 2022', 'January-June 2023']
    """
    names = [f"{year}H{number}" for year in range(int(first[:4]), int(last[:4]) + 1) for number in (1, 2)]
    return [half(name) for name in names if first <= name <= last]


def backtest(rows: pd.DataFrame, windows: list[Window], data: Window, value: str = "events") -> pd.DataFrame:
    """Forecast the 12 months that begin with each window from the window alone, and hold it against what came.

    The windows are half-years, or January to August; those whose 12 months are not complete in `data` are left out. For
    each rule of `RULES` there is its forecast, and its error as a share of what came, missing where nothing came, or
    the rule reaches back before the data.
    """
    records = []
    for when in windows:
        whole = Window(when.first, when.first + 11)
        if whole.first < data.first or whole.last > data.last:
            continue
        to_date, realised = m.count(rows, when, value), m.count(rows, whole, value)
        before = whole.year_earlier()
        known = before.first >= data.first
        last = m.count(rows, before, value) if known else None
        rest = to_date + last - m.count(rows, when.year_earlier(), value) if last is not None else None
        forecasts = {"pace": m.pace(to_date, when.months), "naive": last, "rest": rest}
        records.append(
            {
                "window": when.label,
                "year": whole.label,
                "to_date": to_date,
                "realised": realised,
                **forecasts,
                **{
                    f"{rule}_error": None if number is None or not realised else m.change(number, realised)
                    for rule, number in forecasts.items()
                },
            }
        )
    columns = ["window", "year", "to_date", "realised", *RULES, *(f"{rule}_error" for rule in RULES)]
    frame = pd.DataFrame(records, columns=columns)
    return frame.astype(dict.fromkeys(columns[4:], float))


@dataclass(frozen=True)
class Skill:
    """How good a rule was."""

    rule: str
    """A key of `RULES`."""
    forecasts: int
    """How many could be judged."""
    error: float
    """Mean absolute error, as a share of what came."""
    median: float
    """Median absolute error: one wild year does not move it."""
    within: float
    """Share of forecasts within `WITHIN` of what came."""
    over: float
    """Share of forecasts above what came."""


def skill(table: pd.DataFrame, rule: str = "pace") -> Skill:
    """Sum up a backtest for one of `RULES`, over the forecasts that every rule could make; refused where there is none."""
    errors = table.dropna(subset=[f"{name}_error" for name in RULES])[f"{rule}_error"]
    if errors.empty:
        raise NotInData("a pace is judged by the years after it, and these months hold none that is over.")
    size = errors.abs()
    return Skill(
        rule,
        len(errors),
        float(size.mean()),
        float(size.median()),
        float(size.le(WITHIN).mean()),
        float(errors.gt(0).mean()),
    )


def skills(r: Report, months: int = 6) -> pd.DataFrame:
    """Compare the rules for every series, with the data that an edition had.

    `r`: edition: only forecasts whose 12 months were over by its month are judged. `months`: 6 for every half-year; any
    other number for January to that month of every year. Returns `series` (key of `foreseen.BY_ACTOR`), and the fields
    of `Skill`; one row a series and rule.
    """
    records = []
    for name in BY_ACTOR:
        table = history(r, name, months)
        records += [{"series": name, **vars(skill(table, rule))} for rule in RULES]
    return pd.DataFrame(records)


def history(r: Report, name: str = "events", months: int = 6) -> pd.DataFrame:
    """Return the backtest of a series with the data that an edition had.

    `name`: a key of `foreseen.BY_ACTOR`. `months`: as in `skills`.
    """
    counted = BY_ACTOR[name].of(r)
    years = range(r.whole.first.year, r.as_of.year + 1)
    windows = (
        halves(f"{years[0]}H1", r.half)
        if months == 6
        else [window(f"{number}-01", f"{number}-{months:02d}") for number in years]
    )
    return backtest(counted.rows, windows, r.whole, counted.value)


def band(table: pd.DataFrame, forecast: float, share: float = 0.8) -> m.Interval:
    """Return the range that should hold what a pace foretells, were it to err as past ones did.

    Parameters
    ----------
    table : DataFrame
        A backtest up to the forecast's date.
    forecast : float
        The count that the pace points to.
    share : float
        Share of outcomes that the range should hold.

    Returns
    -------
    Interval
        Missing bounds where no past forecast can be judged; the least and the largest error of all where they are too few
        for the share ((1 + share) / (1 - share) forecasts are needed, nine for 80 percent).

    Notes
    -----
    The quantiles of n past errors at n + 1 even steps, between which a further one lies with probability `share`; the usual
    ones are those of the past itself and hold too few of what is to come (Weibull's plotting positions; Hyndman, R. J. and
    Fan, Y. (1996), The American Statistician 50, pp. 361-365, definition 6).
    """
    ratios = (table["realised"] / table["pace"].where(table["pace"].gt(0))).dropna()
    tail = (1 - share) / 2
    if ratios.empty:
        return m.Interval(float("nan"), float("nan"), share)
    low, high = forecast * np.quantile(ratios, [tail, 1 - tail], method="weibull")
    return m.Interval(float(low), float(high), share)

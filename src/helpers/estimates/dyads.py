"""Who does what to whom: acting side against other side, deaths per event, and the share of acts against civilians.

Counts come from the `actors` table; `statsmodels` does the estimation. Intervals are by month: events of one campaign
and deaths of one massacre come together, so a month, not an event, is taken as the unit that could have gone otherwise.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers import definitions as d
from helpers import measures as m
from helpers.windows import Window

SIDES: dict[str, tuple[str, ...]] = {
    "jnim": d.JNIM_WIDE,
    "is-sahel": ("is-sahel",),
    "islamist": ("jnim-or-is", "islamist-other"),
    "state": ("state",),
    "wagner": ("wagner",),
    "militia": ("militia", "platform"),
    "separatist": ("separatist",),
    "international": ("un", "france-partners"),
    "unidentified": ("unidentified",),
    "civilians": ("civilians",),
    "neutral": ("other", "none"),
}
"""Groups of the tables by the side of the matrix they belong to; the ids are the palette's."""

SIDE_OF: dict[str, str] = {group: side for side, groups in SIDES.items() for group in groups}

ACTING: tuple[str, ...] = ("jnim", "is-sahel", "islamist", "state", "wagner", "militia", "separatist", "unidentified")
"""Sides whose acts are compared with one another."""

FEW_MONTHS = 5
"""Months with events that an interval by month needs at least."""


def violent(rows: pd.DataFrame) -> pd.DataFrame:
    """Return violent events with the sides of the matrix.

    Parameters
    ----------
    rows : DataFrame
        Rows of the `actors` table.

    Returns
    -------
    DataFrame
        Rows of the three violent event types, with `acting` and `other` (keys of `SIDES`).
    """
    kept = rows[rows["event_type"].isin(d.VIOLENT)]
    return kept.assign(acting=kept["side1"].map(SIDE_OF), other=kept["side2"].map(SIDE_OF))


def matrix(rows: pd.DataFrame, window: Window) -> pd.DataFrame:
    """Count events and deaths by acting side and other side.

    Parameters
    ----------
    rows : DataFrame
        Rows of the `actors` table.
    window : Window
        Whole months.

    Returns
    -------
    DataFrame
        `acting`, `other` (keys of `SIDES`), `events`, `fatalities` (int): pairs with at least one event. Deaths are all
        those recorded in the pair's events, whichever side they were on: ACLED does not split them by side.
    """
    inside = rows[window.contains(rows["month"])]
    sums = violent(inside).groupby(["acting", "other"], as_index=False)[["events", "fatalities"]].sum()
    order = {side: place for place, side in enumerate(SIDES)}
    keys = sums["acting"].map(order), sums["other"].map(order)
    return sums.iloc[np.lexsort((keys[1], keys[0]))].reset_index(drop=True)


def monthly(rows: pd.DataFrame, window: Window, part: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return events and deaths by month, with those of a part of the rows.

    Returns
    -------
    DataFrame
        `month`, `events`, `fatalities` and, with a part, `part` (its events): months with events only.
    """
    inside = rows[window.contains(rows["month"])]
    out = inside.groupby("month")[["events", "fatalities"]].sum()
    if part is not None:
        chosen = part[window.contains(part["month"])].groupby("month")["events"].sum()
        out["part"] = chosen.reindex(out.index, fill_value=0)
    return out.reset_index()


@dataclass(frozen=True)
class Rate:
    """A rate or share with its interval.

    Attributes
    ----------
    value : float
        The rate.
    low, high : float
        Bounds; missing where the data carry no interval.
    events : int
        Events it rests on.
    counted : int
        What was counted in them: deaths, or events against civilians.
    design : float
        Design effect: how many times wider the variance by month is than that of independent events.
    """

    value: float
    low: float
    high: float
    events: int
    counted: int
    design: float


def lethality(rows: pd.DataFrame, window: Window, level: float = 0.95) -> Rate | None:
    """Return deaths per event with an interval that lets deaths come in bouts.

    Parameters
    ----------
    rows : DataFrame
        Rows of the `actors` table.
    window : Window
        Whole months.
    level : float
        Coverage.

    Returns
    -------
    Rate or None
        None where the window has no event; bounds are missing with fewer than `FEW_MONTHS` months with events, or
        without a death.

    Notes
    -----
    A Poisson regression of monthly deaths on a constant with the log of monthly events as offset: its rate is D / E.
    The variance is the sandwich by month, G / (G - 1) · Σ (D_g - L · E_g)² / D² on the log scale, with L = D / E,
    which is Cochran's variance of a ratio estimator. The bounds are L · exp(± z · s).
    Cochran, W. G. (1977), Sampling Techniques, 3rd edition, chapter 6; Liang, K.-Y. and Zeger, S. L. (1986),
    Biometrika 73, pp. 13-22.
    """
    months = monthly(rows, window)
    events, deaths = int(months["events"].sum()), int(months["fatalities"].sum())
    if not events:
        return None
    value = deaths / events
    if not deaths or len(months) < FEW_MONTHS:
        return Rate(value, np.nan, np.nan, events, deaths, np.nan)
    import statsmodels.api as sm
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

    model = sm.GLM(
        months["fatalities"].to_numpy(float),
        np.ones((len(months), 1)),
        family=sm.families.Poisson(),
        offset=np.log(months["events"].to_numpy(float)),
    )
    with warnings.catch_warnings():
        # Months that all have the very same rate are no separation: the rate is identified, its spread is zero.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        fitted = model.fit(cov_type="cluster", cov_kwds={"groups": np.arange(len(months))})
    low, high = np.exp(fitted.conf_int(alpha=1 - level)[0])
    return Rate(value, float(low), float(high), events, deaths, float(fitted.bse[0] ** 2 * deaths))


def design_effect(months: pd.DataFrame) -> float:
    """Return how much wider the variance of a share is by month than for independent events, at least 1.

    Parameters
    ----------
    months : DataFrame
        `events` and `part` by month.

    Notes
    -----
    deff = G / (G - 1) · Σ (x_g - p · n_g)² / (n · p · (1 - p)), with x_g of n_g events in month g.
    Kish, L. (1965), Survey Sampling, section 8.2.
    """
    n, x = months["events"].sum(), months["part"].sum()
    p = x / n
    groups = len(months)
    if groups < 2 or p in (0, 1):
        return 1.0
    spread = (groups / (groups - 1)) * ((months["part"] - p * months["events"]) ** 2).sum()
    return float(max(1.0, spread / (n * p * (1 - p))))


def share(rows: pd.DataFrame, part: pd.DataFrame, window: Window, level: float = 0.95) -> Rate | None:
    """Return the share of events that a part of them makes, with Wilson's interval for what the months carry.

    Parameters
    ----------
    rows, part : DataFrame
        All events, and those of them whose share is wanted.
    window : Window
        Whole months.
    level : float
        Coverage.

    Returns
    -------
    Rate or None
        None where the window has no event.

    Notes
    -----
    Wilson's score interval with n / deff events in place of n (see `design_effect`).
    Wilson, E. B. (1927), Journal of the American Statistical Association 22, pp. 209-212.
    """
    months = monthly(rows, window, part)
    n, x = int(months["events"].sum()), int(months["part"].sum())
    if not n:
        return None
    from statsmodels.stats.proportion import proportion_confint

    design = design_effect(months)
    low, high = proportion_confint(x / design, n / design, alpha=1 - level, method="wilson")
    return Rate(x / n, float(max(low, 0.0)), float(min(high, 1.0)), n, x, design)


COUNTS: dict[str, tuple[str, str]] = {
    "jnim": ("named JNIM or Katiba Macina", "and events of JNIM or Islamic State"),
    "is-sahel": ("named Islamic State Sahel", "and events of JNIM or Islamic State"),
    "state": ("state forces, Wagner not mentioned", "all acts of state forces"),
    "wagner": ("Wagner named as the acting side", "and state forces where Wagner is mentioned"),
    "militia": ("self-defence and communal militias", "and pro-government northern groups"),
    "separatist": ("separatist groups", ""),
    "unidentified": ("unidentified armed groups", ""),
}
"""The narrow and the wide count of each side's acts, in words; empty where there is only one."""


def acts(rows: pd.DataFrame, side: str, *, wide: bool) -> pd.DataFrame:
    """Return the violent events in which a side acts.

    Parameters
    ----------
    rows : DataFrame
        Rows of the `actors` table.
    side : str
        A key of `COUNTS`.
    wide : bool
        The wide count of `COUNTS`, else the narrow one.
    """
    kept = rows[rows["event_type"].isin(d.VIOLENT)]
    if side == "wagner":
        return m.wagner_side(rows, wide=wide)
    groups = set(SIDES[side])
    if wide and side in ("jnim", "is-sahel"):
        groups.add("jnim-or-is")
    if not wide and side == "militia":
        groups.discard("platform")
    acting = kept[kept["side1"].isin(groups)]
    return acting[acting["wagner"].eq("no")] if side == "state" and not wide else acting


def civilian_shares(rows: pd.DataFrame, window: Window) -> pd.DataFrame:
    """Return the share of each side's acts that is violence against civilians, narrow and wide.

    Parameters
    ----------
    rows : DataFrame
        Rows of the `actors` table.
    window : Window
        Whole months.

    Returns
    -------
    DataFrame
        `side`, `count` (`narrow` or `wide`), `events`, `against`, `deaths` (in the events against civilians), `share`,
        `low`, `high`, `design`; sides without an act in the window are left out, and so is a wide count that is the
        narrow one.
    """
    records = []
    for side, (_, wider) in COUNTS.items():
        for name in ("narrow", "wide") if wider else ("narrow",):
            acted = acts(rows, side, wide=name == "wide")
            against = m.against_civilians(acted)
            rate = share(acted, against, window)
            if rate is None:
                continue
            deaths = m.count(against, window, "fatalities")
            records.append(
                (side, name, rate.events, rate.counted, deaths, rate.value, rate.low, rate.high, rate.design)
            )
    columns = ["side", "count", "events", "against", "deaths", "share", "low", "high", "design"]
    return pd.DataFrame(records, columns=columns)


def lethalities(rows: pd.DataFrame, window: Window, least: int = 1) -> pd.DataFrame:
    """Return deaths per event of each side's acts.

    Parameters
    ----------
    rows : DataFrame
        Rows of the `actors` table.
    window : Window
        Whole months.
    least : int
        Leave out sides with fewer events.

    Returns
    -------
    DataFrame
        `side`, `events`, `deaths`, `rate`, `low`, `high`, `design`, `deadliest` (deaths of the deadliest single
        event or of Moura), `without` (the rate without it).
    """
    records = []
    kept = violent(rows)
    for side in ACTING:
        acted = kept[kept["acting"].eq(side)]
        rate = lethality(acted, window)
        if rate is None or rate.events < least:
            continue
        worst = m.deadliest_operation(acted, window)
        less = (rate.counted - worst) / max(rate.events - 1, 1)
        records.append((side, rate.events, rate.counted, rate.value, rate.low, rate.high, rate.design, worst, less))
    columns = ["side", "events", "deaths", "rate", "low", "high", "design", "deadliest", "without"]
    return pd.DataFrame(records, columns=columns)

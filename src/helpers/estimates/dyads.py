"""Who does what to whom: acting side against other side, deaths per event, and the share of acts against civilians.

Counts come from the `actors` table. Intervals are by month: events of one campaign and deaths of one massacre come
together, so a month, not an event, is taken as the unit that could have gone otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from helpers import definitions as d
from helpers import measures as m
from helpers.estimates.dispersion import dispersion_of
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

FEW_LAGGED = 9
"""Months from which it can be seen whether neighbours are alike."""

MOST_ALIKE = 0.6
"""Largest correlation of neighbouring months that a share's interval allows for."""

MEMORY = 60
"""Months in which it is measured how deaths per event vary."""


def violent(rows: pd.DataFrame) -> pd.DataFrame:
    """Return violent events with the sides of the matrix.

    `rows`: rows of the `actors` table. Returns rows of the three violent event types, with `acting` and `other` (keys
    of `SIDES`).
    """
    kept = rows[rows["event_type"].isin(d.VIOLENT)]
    return kept.assign(acting=kept["side1"].map(SIDE_OF), other=kept["side2"].map(SIDE_OF))


def matrix(rows: pd.DataFrame, window: Window) -> pd.DataFrame:
    """Count events and deaths by acting side and other side.

    `rows`: rows of the `actors` table. Returns `acting`, `other` (keys of `SIDES`), `events`, `fatalities` (int): pairs
    with at least one event. Deaths are all those recorded in the pair's events, whichever side they were on: ACLED does
    not split them by side.
    """
    inside = rows[window.contains(rows["month"])]
    sums = violent(inside).groupby(["acting", "other"], as_index=False)[["events", "fatalities"]].sum()
    order = {side: place for place, side in enumerate(SIDES)}
    keys = sums["acting"].map(order), sums["other"].map(order)
    return sums.iloc[np.lexsort((keys[1], keys[0]))].reset_index(drop=True)


def monthly(rows: pd.DataFrame, window: Window, part: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return events and deaths by month, with those of a part of the rows.

    Returns `month`, `events`, `fatalities` and, with a part, `part` (its events): months with events only.
    """
    inside = rows[window.contains(rows["month"])]
    out = inside.groupby("month")[["events", "fatalities"]].sum()
    if part is not None:
        chosen = part[window.contains(part["month"])].groupby("month")["events"].sum()
        out["part"] = chosen.reindex(out.index, fill_value=0)
    return out.reset_index()


@dataclass(frozen=True)
class Rate:
    """A rate or share with its interval."""

    value: float
    """The rate."""
    low: float
    high: float
    """Bounds; missing where the data carry no interval."""
    events: int
    """Events it rests on."""
    counted: int
    """What was counted in them: deaths, or events against civilians."""
    design: float
    """Design effect: how many times wider the variance by month is than that of independent events."""


def lethality(rows: pd.DataFrame, window: Window) -> Rate | None:
    """Return deaths per event with an interval that lets deaths come in bouts.

    `rows`: rows of the `actors` table. Returns None where the window has no event; bounds are missing with fewer than
    `FEW_MONTHS` months with events, or without a death.

    Notes
    -----
    The rate is L = D / E. Its variance is that of deaths whose monthly rate moves: V = D + alpha · L² Σ E_g E_h
    carry^|g - h|, with alpha and carry (`dispersion_of`) around one rate of the months with events of five years. The bounds are L · exp(± t · √V / D), with Student's
    t. A year alone, with the sandwich by month and the normal law, held 77 to 91 of 100 cases in simulations that were
    meant to give 95 (`helpers.estimates.coverage`): the worst month of five years is seldom among its twelve.
    Cochran, W. G. (1977), Sampling Techniques, 3rd edition, chapter 6, for the ratio estimator.
    """
    months = monthly(rows, window)
    events, deaths = int(months["events"].sum()), int(months["fatalities"].sum())
    if not events:
        return None
    value = deaths / events
    if not deaths or len(months) < FEW_MONTHS:
        return Rate(value, np.nan, np.nan, events, deaths, np.nan)
    span = Window(min(window.last - (MEMORY - 1), window.first), window.last)
    long = monthly(rows, span)
    inside = window.contains(long["month"]).to_numpy().astype(int)
    band = rate_interval(long["events"].to_numpy(float), long["fatalities"].to_numpy(float), inside)
    design = (np.log(band.high / value) / _normal(0.95)) ** 2 * deaths
    return Rate(value, band.low, band.high, events, deaths, float(design))


def rate_interval(events: np.ndarray, deaths: np.ndarray, inside: np.ndarray) -> m.Interval:
    """Return the interval of deaths per event of the months of a window (see `lethality`).

    `events`, `deaths`: by month, those of the window and those before it. `inside`: 1 for the months of the window,
    which must have deaths; 0 for the others.
    """
    found = dispersion_of(deaths, trend=False, exposure=events)
    here, dead = events[inside == 1], float(deaths[inside == 1].sum())
    value = dead / here.sum()
    error = float(np.sqrt(found.variance(value * here))) / dead
    reach = found.student(0.95) * error
    # The logarithm of a mean of lopsided months falls short of that of the truth by half its variance.
    return m.Interval(float(value * np.exp(error**2 / 2 - reach)), float(value * np.exp(error**2 / 2 + reach)))


def _normal(level: float) -> float:
    return float(special.ndtri((1 + level) / 2))


def _student(level: float, months: float) -> float:
    """Return the point of Student's t for as many months, each of which could have gone otherwise."""
    return float(special.stdtrit(months - 1, (1 + level) / 2))


def likeness(months: pd.DataFrame) -> float:
    """Return how much neighbouring months resemble each other in their share, between 0 and `MOST_ALIKE`.

    `months`: `events` and `part` by month.

    Notes
    -----
    The first autocorrelation r of z_g = x_g - p · n_g, for x_g of n_g events in month g, its bias for short series taken
    off: (r + 1 / G) / (1 - 4 / G). Nothing can be seen with fewer than `FEW_LAGGED` months.
    Marriott, F. H. C. and Pope, J. A. (1954), Biometrika 41, pp. 390-402.
    """
    groups = len(months)
    z = (months["part"] - months["part"].sum() / months["events"].sum() * months["events"]).to_numpy(float)
    squares = float((z**2).sum())
    if groups < FEW_LAGGED or not squares:
        return 0.0
    found = (float((z[1:] * z[:-1]).sum()) / squares + 1 / groups) / (1 - 4 / groups)
    return min(max(found, 0.0), MOST_ALIKE)


def design_effect(months: pd.DataFrame) -> float:
    """Return how much wider the variance of a share is by month than for independent events, at least 1.

    `months`: `events` and `part` by month.

    Notes
    -----
    deff = G / (G - 1) · Σ z_g² / (n · p · (1 - p)) · (1 + r) / (1 - r), with z and the likeness r of `likeness`.
    Kish, L. (1965), Survey Sampling, section 8.2.
    """
    n, x = months["events"].sum(), months["part"].sum()
    p = x / n
    groups = len(months)
    if groups < 2 or p in (0, 1):
        return 1.0
    squares = float(((months["part"] - p * months["events"]) ** 2).sum())
    alike = likeness(months)
    spread = groups / (groups - 1) * squares * (1 + alike) / (1 - alike)
    return float(max(1.0, spread / (n * p * (1 - p))))


def months_worth(months: pd.DataFrame) -> float:
    """Return how many independent months the months of a share are worth: G · (1 - r) / (1 + r), at least half of them."""
    alike = likeness(months)
    return max(len(months) * (1 - alike) / (1 + alike), len(months) / 2, min(len(months), 2.0))


def seen_apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far two estimates must truly lie apart for their 95 percent intervals mostly not to overlap.

    `one`, `other`: ends of two independent intervals, of the width that the estimates have.

    Notes
    -----
    Both reaches, and the normal quantile of 0.8 (the intervals lie apart in four cases of five) times the error of the
    difference. Intervals that may overlap a little at a true difference make this a stricter test than one of the
    difference itself: Schenker, N. and Gentleman, J. F. (2001), The American Statistician 55, pp. 182-186.

    Examples
    --------
    >>> round(seen_apart((0.3, 0.5), (0.4, 0.6)), 3)
    0.261
    """
    from scipy import stats

    reach = np.array([(high - low) / 2 for low, high in (one, other)])
    errors = reach / stats.norm.ppf(0.975)
    return float(reach.sum() + stats.norm.ppf(0.8) * np.hypot(*errors))


def wilson(part: int, whole: int, design: float = 1.0, months: float = 1) -> m.Interval:
    """Return Wilson's interval of a share, for as many events as the months are worth (see `share`).

    `months`: months that the design effect was seen in, or what they are worth (`months_worth`).

    Examples
    --------
    >>> band = wilson(8, 10)
    >>> round(band.low, 2), round(band.high, 2)
    (0.49, 0.94)
    """
    from statsmodels.stats.proportion import proportion_confint

    tail = float(2 * special.ndtr(-_student(0.95, months))) if months > 1 else 0.05
    low, high = proportion_confint(part / design, whole / design, alpha=tail, method="wilson")
    return m.Interval(float(max(low, 0.0)), float(min(high, 1.0)))


def share(rows: pd.DataFrame, part: pd.DataFrame, window: Window) -> Rate | None:
    """Return the share of events that a part of them makes, with Wilson's interval for what the months carry.

    `rows`, `part`: all events, and those of them whose share is wanted. Returns None where the window has no event.

    Notes
    -----
    Wilson's score interval with n / deff events in place of n (see `design_effect`), and Student's t of G - 1 degrees of
    freedom in place of the normal law, since the design effect is itself an estimate from G months
    (`months_worth`). With one month
    neither can be seen, and the interval is the plain one.
    Korn, E. L. and Graubard, B. I. (1998), Survey Methodology 24, pp. 193-201, for the degrees of freedom;
    Wilson, E. B. (1927), Journal of the American Statistical Association 22, pp. 209-212.
    """
    months = monthly(rows, window, part)
    n, x = int(months["events"].sum()), int(months["part"].sum())
    if not n:
        return None
    design = design_effect(months)
    band = wilson(x, n, design, months_worth(months))
    return Rate(x / n, band.low, band.high, n, x, design)


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
    """Return the violent events in which a side (a key of `COUNTS`) acts, by its wide count or its narrow one."""
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

    `rows`: rows of the `actors` table. Returns `side`, `count` (`narrow` or `wide`), `events`, `against`, `deaths` (in
    the events against civilians), `share`, `low`, `high`, `design`; sides without an act in the window are left out,
    and so is a wide count that is the narrow one.
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

    `rows`: rows of the `actors` table. `least`: leave out sides with fewer events. Returns `side`, `events`, `deaths`,
    `rate`, `low`, `high`, `design`, `deadliest` (deaths of the deadliest single event or of Moura), `without` (the rate
    without it).
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

"""How far two sources agree month by month: ACLED and UCDP on the same country.

The two count different things (see `helpers.audit.second`), so agreement is asked on three levels: do months rank alike, do
they differ by a stable factor, and do they give the same numbers.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from helpers import definitions as d
from helpers import measures as m
from helpers.errors import DataError, NotInData
from helpers.windows import Window, month

SPAN = 24
"""Months in the rolling window of the history."""

DIRECTIONS = (1, 3, 6, 12)
"""Months over which directions are compared."""

SOURCES = ("acled", "ucdp")

CLUSTERS = (6, 12)
"""Months that make one unit when the factor between the sources is bounded: half-years in a short run, years in one of
`LONG` months or more."""

LONG = 96

LAGS = 12
"""Months over which one month is taken to resemble another at most."""

LEAST_PAIRS = 4.5
"""Pairs that the most alike of series are still worth: Fisher's interval needs more than three."""

STATE_SIDE = ("state", "wagner", "un", "france-partners")
"""Groups that fight on the side of a state, for UCDP's state-based type."""

ARMED = tuple(g for g in d.GROUP_IDS if g not in (*STATE_SIDE, "civilians", "other", "none"))
"""Organised armed groups other than states, for UCDP's types."""

TYPES = {"state_based": "Between states and groups", "non_state": "Between groups", "one_sided": "Against civilians"}
"""UCDP's types of violence as readers see them."""


def lin(one: np.ndarray, other: np.ndarray) -> float:
    """Return Lin's concordance coefficient: 1 where two series give the same numbers, less for every way they differ.

    Raises `DataError`: both series are constant and equal, so that there is nothing to measure.

    Notes
    -----
    2·cov(x, y) / (var(x) + var(y) + (mean(x) - mean(y))²), with divisor n. Lin, L. I. (1989), Biometrics 45,
    pp. 255-268.

    Examples
    --------
    >>> import numpy as np
    >>> round(lin(np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 4.0])), 4)
    0.5714
    """
    x, y = np.asarray(one, float), np.asarray(other, float)
    spread = x.var() + y.var() + (x.mean() - y.mean()) ** 2
    if spread == 0:
        raise NotInData("both series are constant and equal: agreement has no value; choose more months.")
    return float(2 * ((x - x.mean()) * (y - y.mean())).mean() / spread)


def rank_correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Return Spearman's rank correlation (pandas), 1 where months rank alike.

    Examples
    --------
    >>> import numpy as np
    >>> round(rank_correlation(np.array([1, 2, 3, 4, 5]), np.array([5, 6, 7, 8, 7])), 4)
    0.8208
    """
    return float(pd.Series(one).rank().corr(pd.Series(other).rank()))


def worth(one: np.ndarray, other: np.ndarray) -> float:
    """Return how many independent pairs two series by month are worth, between `LEAST_PAIRS` and their length.

    Notes
    -----
    n / (1 + 2 Σ (1 - j / n) · r_j · s_j) over the lags j up to a fifth of n and to a year, where r and s are the autocorrelations of the
    ranks: months that resemble their neighbours in both series repeat much of what the neighbours say. Pyper, B. J. and
    Peterman, R. M. (1998), Canadian Journal of Fisheries and Aquatic Sciences 55, pp. 2127-2140.

    Examples
    --------
    >>> import numpy as np
    >>> steady = np.arange(24.0)
    >>> worth(steady, steady) < 12 < worth(steady, np.tile([1.0, 2.0], 12)) <= 24
    True
    """
    length = len(one)
    ranks = [pd.Series(x).rank().to_numpy() for x in (one, other)]
    centred = [x - x.mean() for x in ranks]
    if not all((x**2).any() for x in centred):
        return float(length)
    together = 0.0
    for lag in range(1, max(min(length // 5, LAGS), 1) + 1):
        # Divisor n - j: short series hide part of their likeness, and the usual divisor hides more.
        r, s = (float((x[lag:] * x[:-lag]).mean() / (x**2).mean()) for x in centred)
        together += (1 - lag / length) * r * s
    return float(np.clip(length / (1 + 2 * together), LEAST_PAIRS, length))


def rank_interval(found: float, pairs: float) -> m.Interval:
    """Return the interval of a rank correlation of independent pairs.

    `pairs`: pairs, or what dependent ones are worth (`worth`).

    Notes
    -----
    Fisher's z with standard error sqrt((1 + r²/2) / (n - 3)). Bonett, D. G. and Wright, T. A. (2000), Psychometrika 65,
    pp. 23-28.

    Examples
    --------
    >>> band = rank_interval(0.5, 53)
    >>> round(band.low, 2), round(band.high, 2)
    (0.25, 0.69)
    """
    reach = float(special.ndtri(0.975)) * np.sqrt((1 + found**2 / 2) / (pairs - 3))
    z = np.arctanh(found)
    return m.Interval(float(np.tanh(z - reach)), float(np.tanh(z + reach)))


def factor(one: np.ndarray, other: np.ndarray) -> tuple[float, m.Interval]:
    """Return by what factor the one source exceeds the other in a typical month, with its interval.

    Returns the geometric mean of (one + ½) / (other + ½), which a single month with a massacre does not move, and its
    bounds.

    Notes
    -----
    The mean of the logarithms of the monthly factors; half-years or years (`CLUSTERS`) are its units, so that months alike
    within them count once. The interval is that of the mean of so many units, with Student's t. Months at the beginning
    that fill no unit join the first.
    """
    gaps = np.log((one + 0.5) / (other + 0.5))
    length = len(gaps)
    unit = CLUSTERS[length >= LONG]
    groups = length // unit
    middle = float(gaps.mean())
    if groups < 2:
        return float(np.exp(middle)), m.Interval(float("nan"), float("nan"))
    which = np.maximum((np.arange(length) - length % unit) // unit, 0)
    sums = np.bincount(which, gaps - middle, groups)
    reach = float(special.stdtrit(groups - 1, 0.975) * np.sqrt(groups / (groups - 1) * (sums**2).sum())) / length
    return float(np.exp(middle)), m.Interval(float(np.exp(middle - reach)), float(np.exp(middle + reach)))


def directions(frame: pd.DataFrame, what: str, spans: tuple[int, ...] = DIRECTIONS) -> pd.DataFrame:
    """Return how often both sources move the same way from some months to as many after them.

    Parameters
    ----------
    frame : DataFrame
        As `by_month` returns it, without candidate months.
    what : str
        One of `MEASURES`.
    spans : tuple of int
        Months in each of the two windows.

    Returns
    -------
    DataFrame
        `months`, `pairs` (pairs of windows in which both sources move, one for every month at which the later one
        ends), `alike`, `share`, `low`, `high`: Wilson's 95 percent interval for as many pairs as do not overlap.
    """
    from statsmodels.stats.proportion import proportion_confint

    records = []
    for months in spans:
        sums = [np.convolve(frame[f"{source}_{what}"].to_numpy(float), np.ones(months), "valid") for source in SOURCES]
        turns = [np.sign(x[months:] - x[:-months]) for x in sums]
        both = (turns[0] != 0) & (turns[1] != 0)
        pairs, alike = int(both.sum()), int((both & (turns[0] == turns[1])).sum())
        if not pairs:
            continue
        low, high = proportion_confint(alike / months, pairs / months, method="wilson")
        records.append((months, pairs, alike, alike / pairs, float(low), float(high)))
    return pd.DataFrame(records, columns=["months", "pairs", "alike", "share", "low", "high"])


def by_month(actors: pd.DataFrame, totals: pd.DataFrame, ucdp: pd.DataFrame, whole: Window) -> pd.DataFrame:
    """Set the two sources side by side, month by month.

    Returns
    -------
    DataFrame
        `month`, `status` (of UCDP's month), and for each of `deaths`, `civilians` and the three `TYPES` a column
        `acled_…` and `ucdp_…`; `ucdp_high`, and `largest` (deaths of the deadliest single event in ACLED). Deaths of
        ACLED are those of all political violence; `acled_civilians` are deaths in attacks on civilians, `ucdp_civilians`
        civilians killed in any event. Types are events.
    """
    violent = actors[actors["event_type"].isin(d.VIOLENT)]
    first, second = (
        {kind: violent[side].isin(ids) for kind, ids in (("state", STATE_SIDE), ("group", ARMED))}
        for side in ("side1", "side2")
    )
    sides = first["state"] & second["group"] | first["group"] & second["state"]
    groups = first["group"] & second["group"]
    vac = m.against_civilians(actors)
    parts = {
        "acled_deaths": (totals, "fatalities"),
        "acled_civilians": (vac, "fatalities"),
        "acled_state_based": (violent[sides & violent["event_type"].ne(d.VAC)], "events"),
        "acled_non_state": (violent[groups & violent["event_type"].ne(d.VAC)], "events"),
        "acled_one_sided": (vac, "events"),
    }
    out = pd.DataFrame({"month": pd.period_range(whole.first, whole.last, freq="M").astype(str)})
    for name, (rows, value) in parts.items():
        sums = m.series(rows, whole, "month", values=[value]).set_index("period")[value]
        out[name] = sums.reindex(out["month"]).to_numpy()
    largest = violent.groupby("month")["deadliest"].max().reindex(out["month"]).fillna(0).astype(int)
    out["largest"] = largest.to_numpy()
    other = ucdp.set_index("month").reindex(out["month"])
    if other["best"].isna().any():
        raise NotInData(f"UCDP's months do not cover {whole.label}; choose a window inside its table.")
    out["status"] = other["status"].to_numpy()
    for name, column in (("deaths", "best"), ("civilians", "civilians"), *((t, t) for t in TYPES)):
        out[f"ucdp_{name}"] = other[column].astype(int).to_numpy()
    out["ucdp_high"] = other["high"].astype(int).to_numpy()
    return out


MEASURES = ("deaths", "civilians", *TYPES)
"""What is compared."""


def summary(frame: pd.DataFrame, what: str) -> dict[str, float]:
    """Return how far the two sources agree on one measure.

    Parameters
    ----------
    frame : DataFrame
        As `by_month` returns it; candidate months must have been taken out.
    what : str
        One of `MEASURES`.

    Returns
    -------
    dict
        `months`, `pairs` (independent pairs they are worth), `rank`, `rank_low`, `rank_high`, `concordance` (of
        log(1 + count)), `ratio` (sum of ACLED over sum of UCDP), `factor` (of a typical month, see `factor`),
        `factor_low`, `factor_high`.
    """
    if frame["status"].eq("candidate").any():
        raise DataError("candidate months are provisional; take them out before measuring agreement.")
    one, other = frame[f"acled_{what}"].to_numpy(float), frame[f"ucdp_{what}"].to_numpy(float)
    rank = rank_correlation(one, other)
    pairs = worth(one, other)
    band = rank_interval(rank, pairs)
    typical, apart = factor(one, other)
    return {
        "months": float(len(frame)),
        "pairs": pairs,
        "rank": rank,
        "rank_low": band.low,
        "rank_high": band.high,
        "concordance": lin(np.log1p(one), np.log1p(other)),
        "ratio": m.ratio(one.sum(), other.sum()),
        "factor": typical,
        "factor_low": apart.low,
        "factor_high": apart.high,
    }


def history(frame: pd.DataFrame, what: str) -> pd.DataFrame:
    """Return the agreement over every run of final months as `summary` does; `month` is the run's last."""
    if len(frame) < SPAN:
        raise NotInData(f"{len(frame)} months are fewer than the {SPAN} of one run.")
    records = []
    for end in range(SPAN, len(frame) + 1):
        run = frame.iloc[end - SPAN : end]
        found = summary(run, what)
        records.append(
            {"month": run["month"].iloc[-1], **{k: x for k, x in found.items() if k not in ("months", "pairs")}}
        )
    return pd.DataFrame(records)


REASONS = {
    "one event": "one event makes up most of ACLED's count",
    "civilians": "the gap is one of deaths in attacks on civilians",
    "fighting": "the gap is one of deaths in fighting",
    "UCDP higher": "UCDP has more deaths than ACLED",
}
"""Why a month differs, by rules of `apart`."""


def apart(frame: pd.DataFrame, count: int = 8) -> pd.DataFrame:
    """Return the months in which the deaths of the two sources differ most, with what the difference consists of.

    `frame`: as `by_month` returns it. Returns `month`, `acled`, `ucdp`, `gap` (ACLED less UCDP), `civilian_gap` (of
    deaths in attacks on civilians over civilians killed), `largest`, `reason` (key of `REASONS`), in the order of the
    gap's size.
    """
    gap = frame["acled_deaths"] - frame["ucdp_deaths"]
    civil = frame["acled_civilians"] - frame["ucdp_civilians"]
    out = pd.DataFrame(
        {
            "month": frame["month"],
            "acled": frame["acled_deaths"],
            "ucdp": frame["ucdp_deaths"],
            "gap": gap,
            "civilian_gap": civil,
            "largest": frame["largest"],
        }
    )
    out["reason"] = np.select(
        [gap < 0, out["largest"] * 2 >= out["acled"], civil * 2 >= gap],
        ["UCDP higher", "one event", "civilians"],
        default="fighting",
    )
    order = gap.abs().sort_values(ascending=False, kind="stable").index
    return out.loc[order].head(count).reset_index(drop=True)


def final_months(ucdp: pd.DataFrame, upto: pd.Period) -> Window:
    """Return the months from 2012 to the last that UCDP has finalised, at most to `upto`.

    Raises `DataError`: no finalised month lies in that span.
    """
    final = ucdp[ucdp["status"].eq("final") & ucdp["month"].between("2012-01", str(upto))]
    if final.empty:
        raise NotInData(f"UCDP has no finalised month between 2012-01 and {upto}.")
    return Window(month("2012-01"), month(str(final["month"].max())))

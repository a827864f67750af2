"""Forecasts of six months from every month on, scored as distributions, and others' forecasts on the same months.

Half-years that end with an edition's month are one of six ways to cut a series: here every month is an origin. A rule is a
point forecast with the errors it made before; both make a distribution, and proper scores judge it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from scipy import special, stats

from helpers.data import Tables
from helpers.errors import NotInData
from helpers.estimates import intervals, rivals
from helpers.estimates.forecast import LEVEL, MEMORY, MONTHS, NAIVE
from helpers.measures.foreseen import BY_ACTOR
from helpers.windows import Window, month

LEAST = 24
"""Months behind the first point forecast: its error must be known before a range can be made."""
FEW = 4
"""Past errors, half a year apart, that a range needs at least."""
_LEVELS = np.arange(1, 100) / 100

RULES: dict[str, str] = {
    "pace": "pace of six months",
    "year": "pace of twelve months",
    "seasonal": "seasonal naive",
    **{name: label.lower() for name, label in rivals.RIVALS.items()},
}
"""The rules that are compared; the rivals are fitted by statsmodels and stored."""

POINTS: dict[str, Callable[[np.ndarray], float]] = {
    "pace": lambda months: float(months[-MONTHS:].sum()),
    "year": lambda months: float(months[-12:].sum()) / 2,
    "seasonal": lambda months: float(months[-12:-MONTHS].sum()),
}


@dataclass(frozen=True)
class Predicted:
    """A forecast as a distribution: log(1 + count) is the middle plus a scaled Student's t."""

    middle: float
    """Of log(1 + count)."""
    scale: float
    """Root mean square of the rule's past errors of log(1 + count), above zero."""
    df: int
    """How many of them."""

    def quantile(self, at: np.ndarray | float) -> np.ndarray:
        """Return the counts below which these shares of outcomes should lie, none below zero."""
        return np.maximum(np.expm1(self.middle + self.scale * special.stdtrit(self.df, at)), 0.0)

    def share_below(self, count: float) -> float:
        """Return the share of outcomes that should lie below a count: the probability integral transform."""
        return float(special.stdtr(self.df, (np.log1p(count) - self.middle) / self.scale))

    def crps(self, count: float) -> float:
        """Return the continuous ranked probability score: a mean absolute error for distributions, in counts.

        Notes
        -----
        Twice the mean of the quantile scores at 1, 2 … 99 percent. Gneiting, T. and Raftery, A. E. (2007), Journal of the
        American Statistical Association 102, pp. 359-378.
        """
        at = self.quantile(_LEVELS)
        return float(2 * np.mean((np.where(count < at, 1.0, 0.0) - _LEVELS) * (at - count)))

    def log_score(self, count: float) -> float:
        """Return minus the logarithm of the density at a count."""
        density = stats.t.logpdf((np.log1p(count) - self.middle) / self.scale, self.df)
        return float(-(density - np.log(self.scale) - np.log1p(count)))

    def interval_score(self, count: float) -> float:
        """Return the width of the central interval plus the miss, weighted: low is good (Gneiting and Raftery 2007)."""
        low, high = self.quantile(np.array([(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
        return float(high - low + 2 / (1 - LEVEL) * (max(low - count, 0) + max(count - high, 0)))


def predicted(points: np.ndarray, actual: np.ndarray, place: int) -> Predicted | None:
    """Make a distribution for the origin at `place` from a rule's forecasts and the errors it is known to have made.

    Errors are half a year apart and end where the outcome was just known at the origin; at most `MEMORY`, and with
    fewer than `FEW` there is none.
    """
    known = np.arange(place - MONTHS, -1, -MONTHS)[:MEMORY]
    errors = np.log1p(actual[known]) - np.log1p(points[known])
    errors = errors[np.isfinite(errors)]
    if len(errors) < FEW:
        return None
    # A rule that never erred would promise certainty: one event more or less is the least it may promise.
    scale = max(float(np.sqrt(np.mean(errors**2))), float(np.log1p(1 / (1 + points[place]))))
    return Predicted(float(np.log1p(points[place])), scale, len(errors))


def _made(
    counts: np.ndarray, others: dict[str, np.ndarray] | None
) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """Return the months known at each origin, what came in the six after (missing where not known), and every rule's points."""
    places = np.arange(LEAST, len(counts) + 1)
    sums = np.convolve(counts, np.ones(MONTHS), "valid")
    actual = np.array([sums[k] if k + MONTHS <= len(counts) else np.nan for k in places])
    points = {rule: np.array([make(counts[:k]) for k in places]) for rule, make in POINTS.items()}
    return places, actual, points | (others or {})


def ahead(counts: np.ndarray) -> dict[str, Predicted]:
    """Return the forecast of each rule of `POINTS` for the six months after the last one.

    Raises `NotInData`: the months are too few.
    """
    _, actual, points = _made(counts, None)
    found = {rule: predicted(made, actual, len(actual) - 1) for rule, made in points.items()} if len(actual) else {}
    made = {rule: one for rule, one in found.items() if one is not None}
    if not made:
        raise NotInData(f"{len(counts)} months are too few to forecast; {LEAST + MONTHS * FEW} are needed.")
    return made


def table(counts: np.ndarray, first: pd.Period, others: dict[str, np.ndarray] | None = None) -> pd.DataFrame:
    """Forecast the six months after every month, by every rule, and score the forecasts.

    Parameters
    ----------
    others : dict of str to ndarray, optional
        Point forecasts of further rules, one an origin from the month numbered `LEAST` on.

    Returns
    -------
    DataFrame
        `origin` (last month known), `phase` (0 to 5: which of six ways to cut half-years), `rule`, `actual`, `value`, `low`,
        `high` (of `LEVEL`), `covered` (bool), `crps`, `log_score`, `interval_score`, `pit`.

    Raises
    ------
    NotInData
        The months are too few for a single scored forecast.
    """
    places, actual, points = _made(counts, others)
    records = []
    for rule, made in points.items():
        for place, k in enumerate(places):
            found = predicted(made, actual, place)
            if found is None or not np.isfinite(actual[place]):
                continue
            low, high = found.quantile(np.array([(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
            y = float(actual[place])
            scores = (found.crps(y), found.log_score(y), found.interval_score(y), found.share_below(y))
            row = (str(first + int(k) - 1), int(k) % MONTHS, rule, int(y), float(made[place]), float(low), float(high))
            records.append((*row, bool(low <= y <= high), *scores))
    if not records:
        raise NotInData(
            f"{len(counts)} months are too few to forecast and score; {LEAST + MONTHS * (FEW + 1)} are needed."
        )
    columns = ["origin", "phase", "rule", "actual", "value", "low", "high", "covered", "crps", "log_score", "interval_score", "pit"]  # fmt: skip
    return pd.DataFrame(records, columns=columns)


def diebold_mariano(losses: np.ndarray, horizon: int = MONTHS) -> tuple[float, float]:
    """Test whether differences of losses, by origin, have a mean of zero, where forecasts `horizon` months ahead overlap.

    Returned are the statistic, negative where the one is better, and its two-sided p-value.

    Notes
    -----
    The variance of the mean counts the covariances up to horizon - 1 lags in full, and the statistic has the correction for few
    origins and Student's t. Bartlett's weights, which take its place where that sum is not positive, count too little of the
    overlap: with six months they reject in 14 percent of cases without a difference where 5 are meant, this in 7. Diebold, F. X.
    and Mariano, R. S. (1995), Journal of Business and Economic Statistics 13, pp. 253-263; Harvey,
    D., Leybourne, S. and Newbold, P. (1997), International Journal of Forecasting 13, pp. 281-291.

    Examples
    --------
    >>> import numpy as np
    >>> diebold_mariano(np.tile([1.0, -1.0], 10), 1)
    (0.0, 1.0)
    """
    length = len(losses)
    centred = losses - losses.mean()
    lags = np.arange(1, min(horizon, length))
    shared = np.array([2 * float((centred[lag:] * centred[:-lag]).sum()) / length for lag in lags])
    own = float((centred**2).mean())
    variance = own + float(shared.sum())
    if variance <= 0:
        variance = own + float(((1 - lags / horizon) * shared).sum())
    if variance <= 0:
        return 0.0, 1.0
    few = np.sqrt((length + 1 - 2 * horizon + horizon * (horizon - 1) / length) / length)
    found = float(losses.mean() / np.sqrt(variance / length) * few)
    return found, float(2 * special.stdtr(length - 1, -abs(found)))


def seen(skill: float, dm: float, origins: int) -> float:
    """Return the skill that Diebold and Mariano's test would tell from none in four of five cases: its power.

    Its standard error is that of the skill at hand, skill over statistic; missing where the test says nothing.

    Examples
    --------
    >>> round(seen(0.27, -3.17, 85), 2)
    0.24
    """
    if not np.isfinite(dm) or dm == 0:
        return np.nan
    return float(abs(skill / dm) * (special.stdtrit(origins - 1, 0.975) + special.stdtrit(origins - 1, 0.8)))


def summary(scored: pd.DataFrame, against: str = NAIVE) -> pd.DataFrame:
    """Sum up the scores of every rule.

    Parameters
    ----------
    scored : DataFrame
        As `table` returns it.
    against : str
        Rule that the others are held against.

    Returns
    -------
    DataFrame
        `rule`, `forecasts`, `mae`, `crps`, `log_score`, `interval_score` (means), `coverage`, `skill` (1 - crps / that of
        `against`), `dm`, `p` (Diebold and Mariano on the CRPS; missing for `against`), `seen`, `low_fifth`, `high_fifth` (shares of
        outcomes in the lowest and the highest fifth of the distributions: a fifth each where they are right).
    """
    wide = scored.pivot(index="origin", columns="rule", values="crps").dropna()
    kept = scored[scored["origin"].isin(wide.index)]
    records = []
    for rule in wide.columns:
        mine = kept[kept["rule"].eq(rule)]
        dm, p = diebold_mariano((wide[rule] - wide[against]).to_numpy()) if rule != against else (np.nan, np.nan)
        skill = 1 - float(wide[rule].mean()) / float(wide[against].mean())
        means = mine[["crps", "log_score", "interval_score"]].mean()
        records.append(
            {
                "rule": rule,
                "forecasts": len(mine),
                "mae": float((mine["value"] - mine["actual"]).abs().mean()),
                **{name: float(x) for name, x in means.items()},
                "coverage": float(mine["covered"].mean()),
                "skill": skill,
                "dm": dm,
                "p": p,
                "seen": seen(skill, dm, len(wide)),
                "low_fifth": float(mine["pit"].le(0.2).mean()),
                "high_fifth": float(mine["pit"].ge(0.8).mean()),
            }
        )
    frame = pd.DataFrame(records)
    order = {rule: place for place, rule in enumerate(RULES)}
    return frame.sort_values("rule", key=lambda x: x.map(order), ignore_index=True)


def phases(scored: pd.DataFrame) -> pd.Series:
    """Return the skill of the pace's point forecasts in each of the six ways to cut half-years.

    `scored`: as `table` returns it. By `phase`: 1 less the mean absolute error over that of the naive rule.
    """
    errors = (scored["value"] - scored["actual"]).abs()
    means = scored.assign(error=errors).pivot_table(index="phase", columns="rule", values="error", aggfunc="mean")
    return 1 - means["pace"] / means[NAIVE]


@cache
def history(name: str, last: str, tables: Tables) -> pd.DataFrame:
    """Return the scored forecasts (see `table`) of a series of `foreseen.BY_ACTOR`, from the months up to one.

    The stored rivals take part where the months are those they were fitted to.
    """
    actors = tables.actors()
    rows, value = BY_ACTOR[name].rows(actors[actors["month"] <= last]), BY_ACTOR[name].value
    whole = Window(month(str(actors["month"].min())), month(last))
    counts = intervals.monthly(rows, whole.last, whole.months, value)
    made = rivals.stored()
    made = made[made["series"].eq(name) & made["origin"].le(last)]
    others: dict[str, np.ndarray] = {}
    for rule, part in made.groupby("rule"):
        origins = [str(whole.first + k - 1) for k in range(LEAST, len(counts) + 1)]
        sums = np.cumsum(counts)[LEAST - 1 :]
        if list(part["origin"]) == origins and np.array_equal(part["known"], sums):
            others[str(rule)] = part["value"].to_numpy()
    return table(counts, whole.first, others)


def recorded(types: pd.DataFrame, *, state_based: bool) -> pd.Series:
    """Return UCDP's deaths by month (`YYYY-MM`), all or the state-based ones alone: the outcome that a forecast names."""
    chosen = types[types["type"].eq("state-based")] if state_based else types
    return chosen.groupby("month")["deaths"].sum()


def published(forecasts: pd.DataFrame, types: pd.DataFrame, last: str) -> pd.DataFrame:
    """Hold published forecasts of deaths against what UCDP recorded, and our paces against the same months.

    Parameters
    ----------
    types : DataFrame
        The `ucdp_types` table: deaths by month and type.
    last : str
        Last month whose outcome counts.

    Returns
    -------
    DataFrame
        By `model`, `variant`, `status` (`live` or `backfilled`): `vintages`, `months` (forecasts of single months that have an
        outcome), `provisional` (of these, with a candidate outcome), `recorded`, `forecast` (sums), `mae`, `pace`, `year`
        (mean absolute error of a month: theirs, and those of the mean of the six and the twelve months before the vintage),
        `dm`, `p` (Diebold and Mariano on absolute errors by vintage, theirs less those of `year`).

    Notes
    -----
    Each is scored on the outcome that it forecasts: all deaths, or state-based ones. Vintages overlap, so the test takes their
    mean errors with as many lags as a vintage has months.
    """
    kept = forecasts[forecasts["target"].str.len().eq(7) & forecasts["target"].le(last)]
    records = []
    for (model, variant, status), part in kept.groupby(["model", "variant", "status"]):
        deaths = recorded(types, state_based=part["outcome"].str.contains("state-based").all())
        unsure = set(types.loc[types["provisional"].eq("yes"), "month"])
        scored = []
        for vintage, rows in part.groupby("data_to"):
            before = deaths[deaths.index <= vintage]
            actual = deaths.reindex(rows["target"]).to_numpy(float)
            if len(before) < 12 or np.isnan(actual).any():
                continue
            made = rows["deaths"].to_numpy(float)
            for target, a, theirs in zip(rows["target"], actual, made, strict=True):
                errors = (abs(theirs - a), abs(before.tail(6).mean() - a), abs(before.tail(12).mean() - a))
                scored.append((vintage, target in unsure, a, theirs, *errors))
        if not scored:
            continue
        frame = pd.DataFrame(scored, columns=["vintage", "unsure", "actual", "made", "theirs", "pace", "year"])
        by = frame.groupby("vintage")[["theirs", "year"]].mean()
        span = int(frame.groupby("vintage").size().max())
        few = len(by) < 2 * max(span, MONTHS) + 1
        dm, p = (np.nan, np.nan) if few else diebold_mariano((by["theirs"] - by["year"]).to_numpy(), span)
        records.append(
            {
                "model": model, "variant": variant, "status": status, "vintages": len(by), "months": len(frame),
                "provisional": int(frame["unsure"].sum()), "recorded": int(frame["actual"].sum()),
                "forecast": float(frame["made"].sum()), "mae": float(frame["theirs"].mean()),
                "pace": float(frame["pace"].mean()), "year": float(frame["year"].mean()), "dm": dm, "p": p,
            }
        )  # fmt: skip
    if not records:
        raise NotInData(f"no published forecast has an outcome by {last}.")
    return pd.DataFrame(records)

"""How often the intervals of `interruptions` hold the truth: simulated months, whose truth is known.

`breaks_coverage.csv` beside this module is what `simulate` returned, `breaks_measured.csv` what the book's own series
look like. `python -m helpers.estimates.breaks_coverage` makes both again, in about half an hour; nothing in a build
does.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import definitions as d
from helpers import measures as m
from helpers.data import Tables
from helpers.errors import NotInData
from helpers.estimates import interruptions as it
from helpers.estimates.intervals import SEED
from helpers.windows import Window, month

RUNS = 400
"""Simulated series a cell of the stored table."""
MEANS = (15.0, 36.0)
ALPHAS = (0.05, 0.1, 0.2)
CARRIES = (0.0, 0.3, 0.5, 0.7)
GROWTH = 0.25
"""Yearly growth, as a logarithm, of the simulated series."""
LAGS = 3
"""Lag of the Newey-West errors that are simulated beside ours."""
LAST = 36
"""Months after the date that a simulated series has."""

_AT = pd.Period("2020-08", "M")
_FIRST = _AT - it.BEFORE
_DESIGN = it._design(it.BEFORE, it.AFTER, 1)
_WEIGHTS = np.array([0.0, 0.0, 1.0, (it.AFTER - 1) / 24])
KINDS = {
    "effect": "effect of a date, as printed",
    "growth": "growth before it, as printed",
    "next": "trend carried on: the year after",
    "third": "trend carried on: the third year after",
    "straight_next": "as many more each month: the year after",
    "straight_third": "as many more each month: the third year after",
    "difference": "effect over that of another place",
    "apart": "effect, were months independent",
    "newey_west": "effect, Newey-West errors with lag 3",
    "seen": "effects of the size printed as seen in 80 percent of cases: seen",
}
"""Columns of the table that are shares of runs, in words."""


@dataclass(frozen=True)
class Cell:
    """Months to simulate: their mean at the date, dispersion, and carry-over of the factor that they share."""

    mean: float
    alpha: float
    carry: float


def draw(rng: np.random.Generator, means: np.ndarray, alpha: float, carry: float) -> np.ndarray:
    """Draw counts about their means whose shared factor carries over (synthetic).

    `means`: expected counts, one a month. `alpha`, `carry`: as in `interruptions.together`.

    Notes
    -----
    A gamma factor by month, made from a normal first-order autoregression; the counts are Poisson given it.
    """
    from scipy import special

    steps = rng.standard_normal(len(means))
    for place in range(1, len(steps)):
        steps[place] = carry * steps[place - 1] + np.sqrt(1 - carry**2) * steps[place]
    factor = special.gdtrix(1 / alpha, 1 / alpha, special.ndtr(steps)) if alpha > 0 else np.ones(len(means))
    return rng.poisson(means * factor).astype(float)


def _series(values: np.ndarray) -> pd.Series:
    return pd.Series(values, index=pd.period_range(_FIRST, periods=len(values), freq="M"))


def _holds(interval: m.Interval, truth: float) -> bool:
    return bool(interval.low <= truth <= interval.high)


def _newey_west(y: np.ndarray, alpha: float) -> tuple[float, float]:
    """Return the logarithm of the effect and its Newey-West error, as this book had it before."""
    from statsmodels.genmod.families import NegativeBinomial, Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    family = NegativeBinomial(alpha=alpha) if alpha > 0 else Poisson()
    result = GLM(y, _DESIGN, family=family).fit(cov_type="HAC", cov_kwds={"maxlags": LAGS})
    return float(_WEIGHTS @ result.params), float(np.sqrt(_WEIGHTS @ np.asarray(result.cov_params()) @ _WEIGHTS))


def simulate(cell: Cell, runs: int = RUNS, seed: int = SEED) -> dict[str, float]:
    """Return the share of simulated series whose intervals hold the truth.

    `seed`: the cell takes part in it. Returns the cell; `KINDS`, each a share of runs; `shown_alpha`, `shown_carry`:
    dispersion and first autocorrelation that the residuals of such months show, on average.
    """
    rng = np.random.default_rng([seed, *(round(x * 1000) for x in astuple(cell))])
    time = (np.arange(it.BEFORE + 1 + LAST) - it.BEFORE) / 12
    means, line = cell.mean * np.exp(GROWTH * time), cell.mean * (1 + GROWTH * time)
    after = np.arange(len(means)) > it.BEFORE

    def months(course: np.ndarray) -> pd.Series:
        return _series(draw(rng, course, cell.alpha, cell.carry))

    rows = []
    for _ in range(runs):
        counts, straight = months(means), months(line)
        found, other = it.effect(counts, _AT, after=it.AFTER), it.effect(months(means), _AT, after=it.AFTER)
        y = it._window(counts, _AT, 1, it.BEFORE, it.AFTER)
        result, alpha = it.fit(y, _DESIGN)
        plain = float(np.sqrt(_WEIGHTS @ np.asarray(result.cov_params()) @ _WEIGHTS))
        log, error = _newey_west(y, alpha)
        seen = it.judge(found, pd.DataFrame({"size": []})).seen
        moved = it.effect(months(np.where(after, means * seen, means)), _AT, after=it.AFTER)
        rows.append(
            (
                _holds(found.interval, 1.0),
                _holds(found.growth_interval, float(np.exp(GROWTH))),
                *_reached(counts, "steady"),
                *_reached(straight, "straight"),
                _holds(it.difference(found, other)[1], 1.0),
                abs(np.log(found.ratio)) <= it._t(0.975, len(y) - _DESIGN.shape[1]) * plain,
                abs(log) <= 1.96 * error,
                moved.interval.low > 1,
                alpha,
                _neighbours(y, np.asarray(result.fittedvalues), alpha),
            )
        )
    shares = np.array(rows, float).mean(axis=0)
    return {**cell.__dict__, "runs": runs, **dict(zip([*KINDS, "shown_alpha", "shown_carry"], shares, strict=True))}


def _reached(counts: pd.Series, way: str) -> list[bool]:
    """Tell whether the bands of the year after and of the third year hold what came."""
    trend = it._Trend(counts, _AT, it.BEFORE)
    held = []
    for start in (1, 25):
        when = Window(_AT + start, _AT + start + 11)
        _, band = trend.sum(way, np.arange(it.BEFORE + start, it.BEFORE + start + 12))
        held.append(_holds(band, float(counts.loc[when.first : when.last].sum())))
    return held


def _neighbours(y: np.ndarray, means: np.ndarray, alpha: float, before: int = it.BEFORE) -> float:
    """Return the first autocorrelation of residuals, the date's month left out."""
    z = (y - means) / np.sqrt(means + alpha * means**2)
    pairs = np.delete(z[1:] * z[:-1], before - 1)
    return float(pairs.sum() / (z**2).sum())


def residual(y: np.ndarray) -> tuple[float, float]:
    """Return the first autocorrelation of a fit's residuals, the date's month left out, and its dispersion."""
    result, alpha = it.fit(y, it._design(it.BEFORE, len(y) - it.BEFORE, 1))
    return _neighbours(y, np.asarray(result.fittedvalues), alpha, it.BEFORE), alpha


def _own() -> dict[str, pd.Series]:
    """Return the series of the book that are held against dates, as far as the tables go."""
    whole = Window(month("2012-01"), Tables().last_month("actors"))
    actors, totals = Tables().actors(), Tables().totals()
    mi = m.militant_islamist(actors)
    rows = {"Militant Islamist events, Mali": mi}
    rows |= {f"Militant Islamist events, {zone}": m.in_zone(mi, zone) for zone in ("centre", "north")}
    rows["Their attacks on civilians, Mali"] = m.against_civilians(actors, d.MILITANT_ISLAMIST)
    found = {name: it.counts_of(part, whole) for name, part in rows.items()}
    for region in ("Mopti", "Segou", "Gao", "Tombouctou"):
        found[f"All political violence, {d.REGION_NAMES.get(region, region)}"] = it.counts_of(
            m.in_regions(totals, region), whole
        )
    return found


def measured(coverage: pd.DataFrame) -> pd.DataFrame:
    """Measure how the book's own series carry over, by the simulated months that show the same residuals.

    Parameters
    ----------
    coverage : DataFrame
        Rows of `simulate`.

    Returns
    -------
    DataFrame
        `series`, `windows` (36 months each, moved by six, with `interruptions.LEAST_RATE` events a month or more),
        `mean`, `shown_alpha`, `shown_carry` (means over the windows), and `carry`: that of the simulated months, closest
        in mean, whose residuals show the same dispersion and first autocorrelation; the largest simulated where they
        show more.
    """
    records = []
    for name, counts in _own().items():
        found = []
        for start in range(0, len(counts) - it.BEFORE - it.AFTER, 6):
            try:
                y = it._window(counts, counts.index[start + it.BEFORE], 1, it.BEFORE, it.AFTER)
            except NotInData:
                continue
            if y[: it.BEFORE].mean() >= it.LEAST_RATE:
                found.append((y.mean(), *residual(y)))
        mean, shown, alpha = np.mean(found, axis=0)
        carry = _matching(coverage, mean, alpha, shown)
        records.append((name, len(found), mean, alpha, shown, carry))
    return pd.DataFrame(records, columns=["series", "windows", "mean", "shown_alpha", "shown_carry", "carry"])


def _matching(coverage: pd.DataFrame, mean: float, alpha: float, shown: float) -> float:
    """Return the carry-over of the simulated months whose residuals show this dispersion and autocorrelation."""
    near = min(coverage["mean"].unique(), key=lambda one: abs(np.log(one / mean)))
    pairs = []
    for carry, cells in coverage[coverage["mean"].eq(near)].sort_values("alpha").groupby("carry"):
        # The dispersion that months must have had for their residuals to show this one, and what else those then show.
        true = np.interp(alpha, cells["shown_alpha"], cells["alpha"])
        pairs.append((float(np.interp(true, cells["alpha"], cells["shown_carry"])), float(carry)))
    seen, carries = np.array(pairs).T
    return float(np.interp(shown, seen, carries))


def _file(name: str) -> Path:
    return Path(__file__).with_name(f"{name}.csv")


@cache
def _stored(name: str) -> pd.DataFrame:
    return pd.read_csv(_file(name))


def coverage() -> pd.DataFrame:
    """Return the stored table of `simulate`, one row a cell."""
    return _stored("breaks_coverage").copy()


def carries() -> pd.DataFrame:
    """Return the stored table of `measured`, one row a series."""
    return _stored("breaks_measured").copy()


def main() -> None:
    """Simulate every cell, measure the series, and store both tables."""
    cells = [Cell(mean, alpha, carry) for mean in MEANS for alpha in ALPHAS for carry in CARRIES]
    with ProcessPoolExecutor() as pool:
        rows = []
        for place, row in enumerate(pool.map(simulate, cells), 1):
            rows.append(row)
            sys.stderr.write(f"{place} of {len(cells)} cells\n")
    found = pd.DataFrame(rows)
    found.round(4).to_csv(_file("breaks_coverage"), index=False, lineterminator="\n")
    measured(found).round(4).to_csv(_file("breaks_measured"), index=False, lineterminator="\n")


if __name__ == "__main__":
    main()

"""How often the book's intervals hold the truth: simulated months whose truth is known, as unruly as those of Mali.

Each kind of interval is asked of months drawn with the dispersion and the carry-over that `dispersion` measures in the
tables of the project, at two dates. The results are stored in `coverage.csv` beside this module, made by
`python -m helpers.estimates.coverage` with the seed below; each kind is stored as soon as it is drawn, and names of kinds
behind the command draw only these. A slow test draws them again. Trends and effects of dates are those of
`breaks_coverage`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import special, stats

from helpers import measures as m
from helpers.data import Tables
from helpers.errors import DataError
from helpers.estimates import agreement, breaks_coverage, coverage_others, dyads, forecast, intervals, spread
from helpers.estimates.dispersion import dispersion_of, labels
from helpers.estimates.simulated import (
    SEED,
    counts,
    course,
    first_autocorrelation,
    levels,
    movement,
    pair,
    series,
    streams,
)
from helpers.windows import Window, month, trailing

STORED = Path(__file__).with_name("coverage.csv")
RUNS = 400
"""Simulated series a row: a coverage of 95 percent is then known to within 2 points."""
ENDS = ("2023-06", "2025-02")
"""Months up to which the tables are measured: the later report's, and the last one by actor."""
MONTHS = intervals.YEARS * 12
WINDOWS = {"six months over six": (6, 6), "a year over a year": (12, 12), "eight months over a year": (8, 12)}
STEADY = ", were growth the same throughout"
BLOCKS = (2, 3, 6, 12)
"""Block lengths that are tried in place of the trend."""
COLUMNS = ["kind", "series", "setting", "aim", "printed", "runs", "coverage", "power_half", "power_twice", "mean", "alpha", "carry"]  # fmt: skip
KINDS = {
    "ratio": "Ratios and changes of counts",
    "share": "Shares",
    "lethality": "Deaths per event",
    "rank": "Rank correlation of two sources",
    "factor": "Factor between two sources",
    "forecast": "Forecast ranges",
    "effect": "Effects of a date",
    "growth": "Growth before a date",
    "carried": "Trends carried on",
    "difference": "Effects of a date over another place's",
    "departure": "Cercles with a base over cercles without one",
    "direction": "Directions of two sources",
    "year": "Range of a year's pace",
    "ahead": "Ranges of kept forecasts",
    "beyond": "Estimates after the last table by actor",
    "held": "Shares of outcomes that ranges held",
    "centre": "Radius around the centre of the events",
    "two": "Ratios of two series in the same months",
    "chance": "By chance alone, where chance alone is at work",
}
"""Kinds of interval that are printed, as readers see them."""
BESIDE = {"bootstrap": "Bootstrap in blocks, shown beside ratios"}
"""Kinds that pages show beside the one in use, to say why they are not used."""


def _ratios(runs: int, blocks: tuple[int, ...]) -> Iterator[tuple]:
    """Ratios of the last window to the one before it; the truth is the trend, and the trend with a jump."""
    actors = Tables().actors()
    for end in ENDS:
        for name, (rows, value) in series(actors).items():
            real = intervals.monthly(rows, month(end), MONTHS, value)
            for bend in (True, False):
                trend, found = course(real, bend)
                drawn = counts(streams("ratio", end, name, str(bend)), runs, trend, found)
                for setting, (now, before) in WINDOWS.items():
                    places = [(MONTHS - now, MONTHS - 1), (MONTHS - now - before, MONTHS - now - 1)]
                    truth = trend[-now:].mean() / trend[-now - before : -now].mean()
                    for block in (0, *blocks) if bend and end == ENDS[0] else (0,):
                        held, powers = _held_ratios(drawn, places, now, before, block, truth)
                        what = setting + ("" if bend else STEADY) + (f", blocks of {block}" if block else "")
                        shown = (float(trend[-12:].mean()), found.alpha, found.carry)
                        yield ("ratio", f"{name}, {end}", what, 0.95, bend and not block, len(held), np.mean(held), *powers, *shown)  # fmt: skip


def _held_ratios(
    drawn: np.ndarray, places: list[tuple[int, int]], now: int, before: int, block: int, truth: float
) -> tuple[list[bool], tuple[float, float]]:
    """Return which intervals held the truth, and how often half as much again and twice as much would have been seen."""
    level = labels(MONTHS, places, block)
    held: list[bool] = []
    seen: dict[float, list[bool]] = {1.5: [], 2.0: []}
    for months in drawn:
        later, earlier = months[-now:].sum(), months[-now - before : -now].sum()
        if not earlier:
            continue
        found = dispersion_of(months, level, trend=not block)
        band = intervals.interval(int(later), int(earlier), now, before, found)
        held.append(bool(band.low <= truth <= band.high))
        for times, sure in seen.items():
            # The jump alone: what the trend gives is taken off first.
            raised = intervals.interval(int(later / truth * times), int(earlier), now, before, found)
            sure.append(bool(raised.low > 1))
    return held, (float(np.mean(seen[1.5])), float(np.mean(seen[2.0])))


def _sides(span: Window) -> Iterator[tuple[str, pd.DataFrame]]:
    """Return monthly events, deaths and events against civilians of the sides that act often enough."""
    actors = Tables().actors()
    for side in dyads.COUNTS:
        for wide in (False, True):
            acted = dyads.acts(actors, side, wide=wide)
            months = dyads.monthly(acted, span, m.against_civilians(acted))
            if len(months) > span.months / 2 and 0 < months["part"].sum() < months["events"].sum():
                yield f"{side}, {'wide' if wide else 'narrow'}", months


def _shares(runs: int) -> Iterator[tuple]:
    """Shares of a side's acts that are against civilians, by month beta-binomial with a share that carries over."""
    for name, real in _sides(trailing(month(ENDS[-1]), 39)):
        n, p = float(real["events"].mean()), float(real["part"].sum() / real["events"].sum())
        squares = float((real["events"] ** 2).sum() / real["events"].sum())
        plain = real.sample(frac=1, random_state=SEED)  # the design effect without what neighbours share
        alike = float(np.clip(first_autocorrelation(real["part"] - p * real["events"]), 0, 0.6))
        within = max((dyads.design_effect(plain) - 1) / max(squares - 1, 1), 1e-3)
        for months in (12, 39) if name.startswith("wagner") else (12,):
            rng = streams("share", name, str(months))
            events = rng.poisson(n * levels(rng, runs, months, 0.1, 0.3))
            k = (1 - within) / within
            shares = stats.beta.ppf(special.ndtr(movement(rng, runs, months, alike)), p * k, (1 - p) * k)
            part = rng.binomial(events, np.nan_to_num(shares, nan=p))
            held = []
            for row, x in zip(events, part, strict=True):
                frame = pd.DataFrame({"events": row, "part": x}).query("events > 0")
                if len(frame):
                    total, some = int(frame["events"].sum()), int(frame["part"].sum())
                    band = dyads.wilson(some, total, dyads.design_effect(frame), dyads.months_worth(frame))
                    held.append(band.low <= p <= band.high)
            yield ("share", name, f"{months} months", 0.95, True, len(held), np.mean(held), np.nan, np.nan, n, within, alike)  # fmt: skip


def _lethality(runs: int) -> Iterator[tuple]:
    """Deaths per event of a side, whose monthly rate moves and carries over."""
    for name, real in _sides(trailing(month(ENDS[-1]), 39)):
        n, rate = float(real["events"].mean()), float(real["fatalities"].sum() / real["events"].sum())
        found = dispersion_of(real["fatalities"].to_numpy(float), exposure=real["events"].to_numpy(float))
        for months in (6, 12):
            rng = streams("lethality", name, str(months))
            events = rng.poisson(n * levels(rng, runs, MONTHS, 0.1, 0.3)).astype(float)
            deaths = rng.poisson(rate * events * levels(rng, runs, MONTHS, found.alpha, found.carry)).astype(float)
            held = []
            for e, x in zip(events, deaths, strict=True):
                inside = (np.arange(MONTHS) >= MONTHS - months).astype(int)
                if not x[-months:].sum() or (e[-months:] > 0).sum() < dyads.FEW_MONTHS:
                    continue
                band = dyads.rate_interval(e, x, inside)
                held.append(band.low <= rate <= band.high)
            yield ("lethality", name, f"{months} months", 0.95, True, len(held), np.mean(held), np.nan, np.nan, n, found.alpha, found.carry)  # fmt: skip


def _sources(runs: int) -> Iterator[tuple]:
    """Two sources that see the same months, each with misses and mistakes of its own."""
    whole = agreement.final_months(Tables().ucdp_months(), month(ENDS[0]))
    frame = agreement.by_month(Tables().actors(), Tables().totals(), Tables().ucdp_months(), whole)
    for what in agreement.MEASURES:
        one, other = (frame[f"{source}_{what}"].to_numpy(float) for source in agreement.SOURCES)
        apart = np.log((one + 0.5) / (other + 0.5))
        common = np.log(one + other + 1)
        own, alike = float(apart.std()) / np.sqrt(2), float(np.clip(first_autocorrelation(pd.Series(apart)), 0, 0.6))
        carry = float(np.clip(first_autocorrelation(pd.Series(common)), 0, 0.85))
        scale = float(common.std())
        for months in (agreement.SPAN, len(frame)) if what == "deaths" else (len(frame),):
            rng = streams("sources", what, str(months))

            draw = pair(rng, scale, carry, own, alike, (one.mean(), other.mean()))
            # What runs of this length give on average: in a short one, slow movements do not show.
            many = [agreement.rank_correlation(x, y) for x, y in zip(*draw(2 * runs, months), strict=True) if x.std() and y.std()]  # fmt: skip
            truth = float(np.tanh(np.mean(np.arctanh(np.clip(many, -0.999, 0.999)))))
            long = draw(1, 200_000)
            ratio = agreement.factor(long[0][0], long[1][0])[0]
            held: dict[str, list[bool]] = {"rank": [], "factor": []}
            for x, y in zip(*draw(runs, months), strict=True):
                if x.std() and y.std():
                    band = agreement.rank_interval(agreement.rank_correlation(x, y), agreement.worth(x, y))
                    held["rank"].append(band.low <= truth <= band.high)
                _, band = agreement.factor(x, y)
                held["factor"].append(band.low <= ratio <= band.high)
            for kind, found in held.items():
                span = f"{months} months"
                yield (kind, what, span, 0.95, True, len(found), np.mean(found), np.nan, np.nan, one.mean(), own**2, alike)  # fmt: skip


def _forecasts(runs: int) -> Iterator[tuple]:
    """Ranges of the next half-year by every rule, from months around a steady trend."""
    actors = Tables().actors()
    for name, (rows, value) in series(actors).items():
        if name not in FORECAST:
            continue
        real = intervals.monthly(rows, month(ENDS[-1]), 2 * MONTHS + forecast.MONTHS, value)
        trend, found = course(real, bend=True)
        drawn = counts(streams("forecast", name), runs, trend, found)
        blocks = drawn.reshape(runs, -1, forecast.MONTHS).sum(axis=2)
        for rule, method in forecast.METHODS.items():
            held = []
            for row in blocks[: runs // 2]:
                made = method(row[:-1])
                held.append(made.low <= row[-1] <= made.high)
            yield ("forecast", name, rule, forecast.LEVEL, True, len(held), np.mean(held), np.nan, np.nan, real[-12:].mean(), found.alpha, found.carry)  # fmt: skip


HALVES = ("2016H1", "2019H1", "2023H1", "2024H2")
"""Half-years whose centre is drawn: few events and many."""
MAPS = 4
"""Half-years up to each whose events make the map that is drawn from."""


def _moved(frame: pd.DataFrame, by: str) -> float:
    """Return how much the places of a map move from half-year to half-year beyond chance (variance over mean squared)."""
    table = frame.pivot_table(index=by, columns="half", values="mi_events", aggfunc="sum", fill_value=0).to_numpy(float)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    free = 1 - 1 / table.shape[1]
    return float(max((((table - expected) ** 2).sum() / free - expected.sum()) / (expected**2).sum(), 0))


def _centres(runs: int) -> Iterator[tuple]:
    """Centres of half-years drawn from a map that is known, whose cercles, or regions and cercles, move up and down."""
    shapes = Tables().shapes("cercles")
    cells = spread.spots(Tables().footprint()).query("mi_events > 0")
    cells = cells.assign(cercle=spread.cercle_of(cells, shapes))
    cells["region"] = cells["cercle"].map(
        {x["properties"]["cercle"]: x["properties"]["region"] for x in shapes["features"]}
    )
    halves = sorted(cells["half"].unique())
    for name in HALVES:
        place = halves.index(name)
        known = cells[cells["half"].isin(halves[place - MAPS + 1 : place + 1])]
        spots = known.groupby(["x", "y", "cercle", "region"], as_index=False)["mi_events"].sum()
        mean = spots["mi_events"] * known.loc[known["half"].eq(name), "mi_events"].sum() / spots["mi_events"].sum()
        truth = np.array([(spots[axis] * mean).sum() / mean.sum() for axis in ("x", "y")])
        single, joint = _moved(known, "cercle"), _moved(known, "region")
        rest = max((1 + single) / (1 + joint) - 1, 0.0)
        for setting, parts in {
            "cercles move each for itself": {"cercle": single},
            "regions move as a whole": {"region": joint, "cercle": rest},
        }.items():
            rng = streams("centre", name, setting)
            level = np.ones((runs, len(spots)))
            for by, alpha in parts.items():
                code = pd.factorize(spots[by])[0]
                level *= levels(rng, runs, code.max() + 1, alpha, 0.0)[:, code]
            held = []
            for row in rng.poisson(level * mean.to_numpy()):
                seen = spots.assign(mi_events=row).query("mi_events > 0")
                if seen["cercle"].nunique() > 1:
                    found = spread.centre(seen, name)
                    held.append(
                        np.hypot(*(np.array(spread.project(found.longitude, found.latitude)) - truth)) <= found.error_km
                    )
            yield (
                "centre",
                name,
                setting,
                0.95,
                True,
                len(held),
                np.mean(held),
                np.nan,
                np.nan,
                mean.sum(),
                single,
                0.0,
            )


FORECAST = ("Militant Islamist events", "Attacks on civilians", "Deaths in militant Islamist events")

SIMULATIONS: dict[str, Callable[[int], Iterator[tuple]]] = {
    "ratio": lambda runs: _ratios(runs, ()),
    "blocks": lambda runs: _ratios(runs, BLOCKS),
    "share": _shares,
    "lethality": _lethality,
    "sources": _sources,
    "forecast": _forecasts,
    "centre": _centres,
    "departure": coverage_others.departures,
    "direction": coverage_others.directions,
    "year": coverage_others.years,
    "ahead": coverage_others.ahead,
    "beyond": coverage_others.beyond,
    "held": coverage_others.held_shares,
    "two": coverage_others.two_series,
    "chance": coverage_others.chances,
    "bootstrap": coverage_others.resampled,
}
BREAKS = {
    "effect": {"effect": "the date alone"},
    "growth": {"growth": "36 months"},
    "carried": {
        "next": "the next year",
        "third": "the third year",
        "straight_next": "the next year, as many more each month",
        "straight_third": "the third year, as many more each month",
    },
    "difference": {"difference": "two places"},
}
"""Columns of `breaks_coverage` that belong to a kind, and how the table names them."""


def _breaks() -> pd.DataFrame:
    """Return what `breaks_coverage` holds as rows of the one table."""
    rows = [
        (
            kind,
            f"{cell.mean:.0f} events a month, dispersion {cell.alpha:g}, carry-over {cell.carry:g}",
            setting,
            0.95,
            True,
            cell.runs,
            getattr(cell, column),
            np.nan,
            np.nan,
            cell.mean,
            cell.alpha,
            cell.carry,
        )
        for kind, settings in BREAKS.items()
        for column, setting in settings.items()
        for cell in breaks_coverage.coverage().itertuples()
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def simulate(what: str, runs: int = RUNS) -> pd.DataFrame:
    """Draw one kind of interval again.

    `what`: a key of `SIMULATIONS`: `blocks` draws ratios with every block length as well as with the trend. The table
    is as `stored` returns it.
    """
    frame = pd.DataFrame(list(SIMULATIONS[what](runs)), columns=COLUMNS)
    return frame.round({name: 4 for name in COLUMNS[6:]})


@cache
def stored() -> pd.DataFrame:
    """Return the stored table.

    Returns
    -------
    DataFrame
        `kind` (key of `KINDS`), `series`, `setting`, `aim` (coverage the interval promises), `printed` (bool: the kind that
        the book prints, not one tried beside it), `runs`, `coverage`, `power_half`, `power_twice` (share of runs in which a
        jump by half, or to twice as much, would have left out no change; ratios only), `mean`, `alpha`, `carry` (as
        measured and drawn).
    """
    return pd.concat([pd.read_csv(STORED, dtype={"printed": bool}), _breaks()], ignore_index=True)


def write(kinds: Sequence[str] = (), path: Path = STORED, runs: int = RUNS) -> None:
    """Draw kinds again, each stored as soon as it is drawn, so that a run that was stopped can go on with the rest.

    `kinds`: keys of `SIMULATIONS`; all (ratios with every block length) where empty. `path`: table to change; rows of
    other kinds stay as they are. Raises `DataError`: a kind that is not known; nothing is drawn.
    """
    if unknown := [one for one in kinds if one not in SIMULATIONS]:
        raise DataError(f"{unknown[0]!r} is no kind of interval; choose from {', '.join(SIMULATIONS)}.")
    for what in kinds or [one for one in SIMULATIONS if one != "ratio"]:
        drawn = simulate(what, runs)
        old = pd.read_csv(path, dtype={"printed": bool}) if path.exists() else pd.DataFrame(columns=COLUMNS)
        key = ["kind", "series", "setting"]
        again = pd.MultiIndex.from_frame(old[key]).isin(pd.MultiIndex.from_frame(drawn[key]))
        # `blocks` draws all ratios; the others draw all rows of their kinds. A case that is no longer drawn goes.
        kept = old[~again] if what == "ratio" else old[~old["kind"].isin(drawn["kind"].unique())]
        whole = pd.concat([x for x in (kept, drawn) if len(x)], ignore_index=True)
        order = {kind: place for place, kind in enumerate([*KINDS, *BESIDE])}
        whole = whole.sort_values("kind", key=lambda column: column.map(order), kind="stable")
        new = path.with_suffix(".new")
        whole.to_csv(new, index=False, lineterminator="\n")
        new.replace(path)


if __name__ == "__main__":
    write(sys.argv[1:])

"""Coverage of the intervals that are not of ratios or shares: cercles compared, directions, ranges of a year, chance alone.

Parts of the one table of `helpers.estimates.coverage`, which draws and stores them; each function yields its rows.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers import definitions as d
from helpers import measures as m
from helpers.data import Tables
from helpers.errors import NotInData
from helpers.estimates import agreement, forecast, handovers, intervals, nowcast, pace, rolling
from helpers.estimates import simulated as sim
from helpers.estimates.dispersion import dispersion_of, labels, movement_of
from helpers.measures.catalogue import STATE_SIDE
from helpers.measures.foreseen import BY_ACTOR
from helpers.windows import Window, month
from helpers.words import judgement

Row = tuple[str, str, str, float, bool, int, float, float, float, float, float, float]

CLOSED = "2023-08"
"""Month of the handover that is simulated: the median one of MINUSMA's."""
COMPARED = {"eight of 20 cercles": (8, 12), "two of 14 cercles": (2, 12), "one of 13 cercles": (1, 12)}
"""Cercles with a base, and without one, as the page compares them."""
TWO = (3, 6, 12)
"""Months of the windows in which two series are held against each other."""
CHANCES = (5, 20, 100)
"""Expected events of a window whose months differ by chance alone."""
SLOW = 4
"""Estimates after the last table by actor take long: one run for so many of the others."""
YEAR = 12
_NO = float("nan")


def _share(held: list[bool]) -> tuple[int, float]:
    return len(held), float(np.mean(held))


def departures(runs: int) -> Iterator[Row]:
    """Yield the comparison of cercles with and without a base; which lost one is drawn, as the test supposes.

    Cercles are those of the north and the centre that the page could compare, with their own means, dispersion and
    carry-over; the truth is no change, or a halving where bases closed.
    """
    rows, cercles = Tables().cercle_months(), Tables().cercles()
    whole = Window(month(str(rows["month"].min())), Tables().last_month("totals"))
    at = month(CLOSED)
    table = handovers.panel(rows, cercles.loc[cercles["zone"].isin(("north", "centre")), "cercle"].tolist(), whole)
    table = table.loc[handovers.comparable(table, at, table.index.tolist())]
    span = table.loc[:, at - handovers.BEFORE : at + handovers.AFTER]
    found = [dispersion_of(row) for row in table.loc[:, at - 48 : at + handovers.AFTER].to_numpy(float)]
    means = span.mean(axis=1).to_numpy()
    typical = float(np.median([one.alpha for one in found])), float(np.median([one.carry for one in found]))
    for setting, (closed, others) in COMPARED.items():
        for truth, label in ((1.0, "no change"), (0.5, "a halving")):
            rng = sim.streams("departure", setting, label)
            held: list[bool] = []
            while len(held) < runs:
                chosen = rng.permutation(len(table))[: closed + others]
                drawn = np.array(
                    [sim.counts(rng, 1, np.full(span.shape[1], means[one]), found[one])[0] for one in chosen]
                )
                after = np.arange(span.shape[1]) > handovers.BEFORE
                drawn[:closed] = rng.binomial(drawn[:closed].astype(int), np.where(after, truth, 1.0))
                names = [f"c{place}" for place in range(len(chosen))]
                panel = pd.DataFrame(drawn, index=names, columns=span.columns)
                try:
                    made = handovers.departure(panel, dict.fromkeys(names[:closed], (at, at)), names[closed:])
                except NotInData:
                    continue
                held.append(bool(made.interval.low <= truth <= made.interval.high))
            yield ("departure", label, setting, 0.95, True, *_share(held), _NO, _NO, float(means.mean()), *typical)


def directions(runs: int) -> Iterator[Row]:
    """Yield how often two sources move the same way: the truth is the share in as many other draws."""
    whole = agreement.final_months(Tables().ucdp_months(), month("2023-06"))
    frame = agreement.by_month(Tables().actors(), Tables().totals(), Tables().ucdp_months(), whole)
    for what in ("deaths", "civilians"):
        one, other = (frame[f"{source}_{what}"].to_numpy(float) for source in agreement.SOURCES)
        apart, common = np.log((one + 0.5) / (other + 0.5)), np.log(one + other + 1)
        own = float(apart.std()) / np.sqrt(2)
        alike, carry = (
            float(np.clip(sim.first_autocorrelation(pd.Series(x)), 0, top)) for x, top in ((apart, 0.6), (common, 0.85))
        )
        draw = sim.pair(
            sim.streams("direction", what), float(common.std()), carry, own, alike, (one.mean(), other.mean())
        )
        made = [
            agreement.directions(pd.DataFrame({f"acled_{what}": x, f"ucdp_{what}": y}), what).set_index("months")
            for x, y in zip(*draw(2 * runs, len(frame)), strict=True)
        ]
        truth = pd.concat([one["share"] for one in made[runs:]], axis=1).mean(axis=1)
        for months in agreement.DIRECTIONS:
            held = [
                bool(one.at[months, "low"] <= truth[months] <= one.at[months, "high"])
                for one in made[:runs]
                if months in one.index
            ]
            yield ("direction", what, "1 month" if months == 1 else f"{months} months", 0.95, True, *_share(held), _NO, _NO, float(frame[f"acled_{what}"].mean()), own**2, alike)  # fmt: skip


def years(runs: int) -> Iterator[Row]:
    """Yield the range that past errors put on the pace of a year, told from six months and from eight."""
    actors = Tables().actors()
    for name in BY_ACTOR:
        rows, value = BY_ACTOR[name].rows(actors), BY_ACTOR[name].value
        last, length = month("2024-12"), 2 * intervals.YEARS * YEAR
        trend, found = sim.course(intervals.monthly(rows, last, length, value), bend=True)
        for known in (6, 8):
            drawn = sim.counts(sim.streams("year", name, str(known)), runs, trend, found)
            step = 6 if known == 6 else YEAR
            starts = np.arange(0, length - YEAR + 1, step)
            held = []
            for months in drawn:
                table = pd.DataFrame(
                    {
                        "pace": [months[a : a + known].sum() * YEAR / known for a in starts],
                        "realised": [months[a : a + YEAR].sum() for a in starts],
                    }
                )
                # What is known at the last start: forecasts whose twelve months are over by the months that it knows.
                over = table[starts + YEAR <= starts[-1] + known]
                now = table.iloc[-1]
                if now["pace"]:
                    made = pace.band(over, float(now["pace"]), forecast.LEVEL)
                    held.append(bool(made.low <= now["realised"] <= made.high))
            yield ("year", name, f"from {known} months", forecast.LEVEL, True, *_share(held), _NO, _NO, float(trend[-YEAR:].mean()), found.alpha, found.carry)  # fmt: skip


def ahead(runs: int) -> Iterator[Row]:
    """Yield the ranges of the forecasts that are kept as they were made, by rule."""
    actors, length = Tables().actors(), 2 * intervals.YEARS * YEAR
    ends = [(1 - forecast.LEVEL) / 2, (1 + forecast.LEVEL) / 2]
    for name in BY_ACTOR:
        rows, value = BY_ACTOR[name].rows(actors), BY_ACTOR[name].value
        whole = length + forecast.MONTHS
        trend, found = sim.course(intervals.monthly(rows, month("2025-02"), whole, value), bend=True)
        held: dict[str, list[bool]] = {rule: [] for rule in rolling.POINTS}
        for months in sim.counts(sim.streams("ahead", name), runs, trend, found):
            for rule, made in rolling.ahead(months[:length]).items():
                low, high = made.quantile(np.array(ends))
                held[rule].append(bool(low <= months[length:].sum() <= high))
        for rule, one in held.items():
            yield ("ahead", name, rule, forecast.LEVEL, True, *_share(one), _NO, _NO, float(trend[-YEAR:].mean()), found.alpha, found.carry)  # fmt: skip


def beyond(runs: int) -> Iterator[Row]:
    """Yield the estimate of twelve months from ways of fighting, whose militant Islamist parts are known."""
    methods, actors = Tables().methods(), Tables().actors()
    for zone in ("north", "centre", "south"):
        ways, counted = nowcast._wide(methods, actors, zone, "events")
        known = len(counted)
        parts = nowcast.parts(ways.iloc[:known].to_numpy(float), counted.to_numpy(float))
        fitted = np.maximum(ways.iloc[:known].to_numpy(float) @ parts, 0.1)
        found = movement_of(counted.to_numpy(float), fitted, fitted[:, None])
        trends = [sim.course(ways[way].to_numpy(float), bend=True) for way in ways]
        rng = sim.streams("beyond", zone)
        held = []
        for _ in range(max(runs // SLOW, 3)):
            drawn = np.column_stack([sim.counts(rng, 1, trend, moved)[0] for trend, moved in trends])
            mine = sim.counts(rng, 1, np.maximum(drawn @ parts, 1e-9), found)[0]
            frame = pd.DataFrame(drawn, index=ways.index, columns=ways.columns)
            ahead = Window(month(str(counted.index[-1])) + 1, month(str(counted.index[-1])) + YEAR)
            made = nowcast.estimate(frame, pd.Series(mine[:known], index=counted.index), ahead)
            held.append(bool(made.low <= mine[known : known + YEAR].sum() <= made.high))
        yield ("beyond", zone, "12 months", nowcast.LEVEL, True, *_share(held), _NO, _NO, float(counted.mean()), found.alpha, found.carry)  # fmt: skip


def held_shares(runs: int) -> Iterator[Row]:
    """Yield Wilson's interval of the share of outcomes that ranges held, in back-tests of as many half-years as there are."""
    actors = Tables().actors()
    rows, value = BY_ACTOR["events"].rows(actors), BY_ACTOR["events"].value
    last, blocks = month("2025-02"), 2 * intervals.YEARS * YEAR // forecast.MONTHS
    trend, found = sim.course(intervals.monthly(rows, last, blocks * forecast.MONTHS, value), bend=True)
    drawn = sim.counts(sim.streams("held"), runs, trend, found).reshape(runs, blocks, forecast.MONTHS).sum(axis=2)
    from statsmodels.stats.proportion import proportion_confint

    for rule in ("pace", "seasonal"):
        covered = np.array(
            [
                [
                    made.low <= row[place] <= made.high
                    for place in range(forecast.LEAST, blocks)
                    for made in [forecast.METHODS[rule](row[:place])]
                ]
                for row in drawn
            ]
        )
        truth = covered.mean()
        low, high = proportion_confint(covered.sum(axis=1), covered.shape[1], method="wilson")
        held = [bool(a <= truth <= b) for a, b in zip(low, high, strict=True)]
        yield ("held", rule, f"{covered.shape[1]} half-years", 0.95, True, *_share(held), _NO, _NO, float(trend[-YEAR:].mean()), found.alpha, found.carry)  # fmt: skip


def chances(runs: int) -> Iterator[Row]:
    """Yield the exact intervals by chance alone, of months that do differ by chance alone."""
    for expected in CHANCES:
        rng = sim.streams("chance", str(expected))
        now, before = rng.poisson(expected, (2, runs))
        bands = [m.poisson_interval(int(x)) for x in now]
        held = [band.low <= expected <= band.high for band in bands]
        yield ("chance", f"{expected} events expected", "a count", 0.95, True, *_share(held), _NO, _NO, float(expected), 0.0, 0.0)  # fmt: skip
        ratios = [m.poisson_ratio_interval(int(x), int(y)) for x, y in zip(now, before, strict=True) if y]
        held = [band.low <= 1 <= band.high for band in ratios]
        yield ("chance", f"{expected} events expected", "a ratio of two counts", 0.95, True, *_share(held), _NO, _NO, float(expected), 0.0, 0.0)  # fmt: skip


def resampled(runs: int) -> Iterator[Row]:
    """Yield the block bootstrap that the page shows beside the interval in use, from year to year."""
    actors = Tables().actors()
    for name, (rows, value) in sim.series(actors).items():
        real = intervals.monthly(rows, month("2023-06"), intervals.YEARS * YEAR, value)
        trend, found = sim.course(real, bend=True)
        truth = trend[-YEAR:].sum() / trend[-2 * YEAR : -YEAR].sum()
        held = []
        for months in sim.counts(sim.streams("bootstrap", name), runs, trend, found):
            band = intervals._resample(months[-YEAR:], months[-2 * YEAR : -YEAR], intervals.BOOTSTRAP_BLOCK, 499, 0.95)
            held.append(bool(band.low <= truth <= band.high))
        yield ("bootstrap", name, "a year over a year", 0.95, False, *_share(held), _NO, _NO, float(trend[-YEAR:].mean()), found.alpha, found.carry)  # fmt: skip


def _two(actors: pd.DataFrame) -> Iterator[tuple[str, str, list[pd.DataFrame]]]:
    """Return pairs that a reader can hold against each other and that share no event: name, column and rows of both."""
    mi = m.militant_islamist(actors)
    zones = [m.in_zone(mi, zone) for zone in ("north", "centre", "south")]
    for value, what in (("events", "Events"), ("fatalities", "Deaths")):
        yield f"{what}, centre and north", value, [zones[1], zones[0]]
        yield f"{what}, south and centre", value, [zones[2], zones[1]]
    sides = (d.MILITANT_ISLAMIST, STATE_SIDE)
    yield "Attacks on civilians, two sides", "events", [m.against_civilians(actors, side) for side in sides]


def two_series(runs: int) -> Iterator[Row]:
    """Yield ratios of two series in the same months: each with levels of its own, and with as much in common as measured."""
    length = intervals.YEARS * YEAR
    for name, value, both in _two(Tables().actors()):
        real = [intervals.monthly(rows, month("2023-06"), length, value) for rows in both]
        courses = [sim.course(one, bend=True) for one in real]
        left = [(one - trend) / trend for one, (trend, _) in zip(real, courses, strict=True)]
        scale = float(np.prod([np.sqrt(found.alpha) for _, found in courses]))
        # Chance is each series' own: what moves together is all movement of the levels.
        shared = float(np.clip(np.mean(left[0] * left[1]) / scale, -0.9, 0.9)) if scale else 0.0
        for common, label in ((0.0, "each for itself"), (shared, "together as measured")):
            drawn = sim.together(sim.streams("two", name, label), runs, courses, common)
            for months in TWO:
                level = labels(length, [(length - months, length - 1)])
                truth = float(np.divide(*(trend[-months:].sum() for trend, _ in courses)))
                held = []
                for one, other in zip(*drawn, strict=True):
                    here, base = int(one[-months:].sum()), int(other[-months:].sum())
                    # As the page does, which prints no ratio of counts as small as these.
                    if judgement.small(here, base):
                        continue
                    band = intervals.of_two(
                        here, base, months, (dispersion_of(one, level), dispersion_of(other, level))
                    )
                    held.append(bool(band.low <= truth <= band.high))
                yield ("two", name, f"{months} months, {label}", 0.95, True, *_share(held), _NO, _NO, float(courses[0][0][-YEAR:].mean()), courses[0][1].alpha, courses[0][1].carry)  # fmt: skip

"""The stored table of coverage is a floor for what the book prints, is drawn again, and can fail."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import helpers
import trees
from helpers.editions import Report
from helpers.errors import DataError
from helpers.estimates import coverage as cv
from helpers.estimates import dispersion as dp
from helpers.estimates import simulated as sim
from helpers.figures import Figure, Table
from helpers.story import uncertainty

PRINTED = cv.stored()[cv.stored()["printed"]]

FLOOR = 0.92
"""Least coverage of what the book prints as 95 percent."""
MAKERS: dict[str, tuple[str, ...]] = {
    "estimates.agreement.directions": ("direction",),
    "estimates.agreement.factor": ("factor",),
    "estimates.agreement.rank_interval": ("rank",),
    "estimates.dyads.rate_interval": ("lethality",),
    "estimates.dyads.wilson": ("share",),
    "estimates.forecast._from_errors": ("forecast",),
    "estimates.forecast.by_smoothing": ("forecast",),
    "estimates.forecast.by_trend": ("forecast",),
    "estimates.forecast.skill": ("held",),
    "estimates.handovers.departure": ("departure",),
    "estimates.interruptions.band": ("effect", "growth", "carried", "difference"),
    "estimates.intervals.Comparison.around": ("ratio",),
    "estimates.intervals._resample": ("bootstrap",),
    "estimates.intervals.compare": ("ratio",),
    "estimates.intervals.interval": ("ratio",),
    "estimates.intervals.of_two": ("two",),
    "estimates.ledger.made": ("ahead",),
    "estimates.nowcast.estimate": ("beyond",),
    "estimates.pace.band": ("year",),
    "estimates.spread.centre": ("centre",),
    "measures.counts.poisson_interval": ("chance",),
    "measures.counts.poisson_ratio_interval": ("chance",),
    "story.trends.Carried.ratio": ("carried",),
}
"""Every function that makes an interval a page prints, and the kinds under which its coverage is stored."""


def _short(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose coverage is below the floor by more than their own chance (two standard errors)."""
    slack = 2 * np.sqrt(FLOOR * (1 - FLOOR) / frame["runs"])
    return frame[frame["aim"].eq(0.95) & frame["coverage"].lt(FLOOR - slack)]


def test_what_is_printed_as_95_percent_holds_at_least_92():
    assert set(PRINTED["kind"]) == set(cv.KINDS)
    assert PRINTED.loc[PRINTED["aim"].eq(0.95), "runs"].min() >= 300
    assert _short(PRINTED).empty, _short(PRINTED)
    # And on average over the cases of a kind, without slack.
    means = PRINTED[PRINTED["aim"].eq(0.95)].groupby("kind")["coverage"].mean()
    assert (means >= FLOOR).all(), means


#: What asks for a bound: of an interval, of a law, of simulated or resampled values.
BOUNDS = {
    "Interval", "proportion_confint", "conf_int", "stdtrit", "ppf", "ndtri", "gammaincinv", "quantile", "percentile", "interval",
}  # fmt: skip
#: Functions that ask for a bound and print no interval of an estimate, and why.
NO_INTERVAL = {
    "estimates.changepoints.chance": "what a search finds in simulated series: the reference itself",
    "estimates.coverage._held_ratios": "the simulation",
    "estimates.coverage._shares": "the simulation",
    "estimates.coverage_others.ahead": "the simulation",
    "estimates.coverage_others.held_shares": "the simulation",
    "estimates.dispersion.Dispersion.student": "a point of Student's law",
    "estimates.dispersion._normal": "a point of the normal law",
    "estimates.dyads._normal": "a point of the normal law",
    "estimates.dyads._student": "a point of Student's law",
    "estimates.dyads.seen_apart": "power",
    "estimates.handovers._course": "where random choices lie: the reference itself",
    "estimates.handovers._seen": "power",
    "estimates.interruptions._t": "a point of Student's law",
    "estimates.interruptions.judge": "power, and the sizes at other dates",
    "estimates.intervals.middles": "a check of intervals",
    "estimates.rolling.Predicted.crps": "a score",
    "estimates.rolling.Predicted.interval_score": "a score",
    "estimates.rolling.Predicted.quantile": "the law that is scored",
    "estimates.rolling.seen": "power",
    "estimates.rolling.table": "ranges that are scored; their coverage is printed, they are not",
    "estimates.specifications.middle": "the middle of several estimates",
    "story.estimates_space.forecast_steps": "a worked example of an interval in use",
    "story.estimates_space.share_steps": "a worked example of an interval in use",
    "story.method.numbers": "worked examples of intervals in use",
    "story.turning.said": "what several intervals have in common",
}


def _asking(source: str) -> set[str]:
    """Return the functions of a module that ask for a bound."""
    found: set[str] = set()

    def visit(node: ast.AST, path: tuple[str, ...]) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                visit(child, (*path, child.name))
                continue
            if isinstance(child, ast.Call) and path:
                name = child.func.attr if isinstance(child.func, ast.Attribute) else getattr(child.func, "id", "")
                if name in BOUNDS:
                    found.add(".".join(path))
            visit(child, path)

    visit(trees.parsed(source), ())
    return found


def test_every_function_that_makes_an_interval_has_its_coverage_in_the_table():
    root = Path(helpers.__file__).parent
    made = {
        f"{'.'.join(path.relative_to(root).with_suffix('').parts)}.{name}"
        for path in sorted(root.rglob("*.py"))
        for name in _asking(path.read_text(encoding="utf-8"))
    }
    assert made == {*MAKERS, *NO_INTERVAL}
    assert {kind for kinds in MAKERS.values() for kind in kinds} == {*cv.KINDS, *cv.BESIDE}
    assert set(cv.stored()["kind"]) == {*cv.KINDS, *cv.BESIDE}


def test_the_search_for_intervals_finds_a_new_one():
    assert _asking("def new(x):\n    return np.quantile(x, [0.025, 0.975])\n") == {"new"}
    assert _asking("class A:\n    def b(self):\n        return m.Interval(1, 2)\n") == {"A.b"}
    assert _asking("def other(x):\n    return x.mean()\n") == set()


def test_the_ranges_of_a_years_pace_hold_about_what_they_promise():
    """With the quantiles of the past errors themselves they held 55 to 85 percent."""
    made = PRINTED[PRINTED["kind"].eq("year")]["coverage"]
    assert made.min() >= 0.7
    assert made.mean() >= 0.77


def test_the_bootstrap_beside_falls_through_the_floor_and_is_not_used():
    made = cv.stored()[cv.stored()["kind"].eq("bootstrap")]
    assert not made["printed"].any()
    assert made["coverage"].median() < FLOOR


def test_the_ranges_of_the_pace_and_of_smoothing_hold_what_they_promise_and_those_of_the_trend_do_not():
    made = PRINTED[PRINTED["kind"].eq("forecast")].groupby("setting")["coverage"].mean()
    assert (made[["pace", "seasonal", "smoothing"]] >= 0.77).all()
    assert made["trend"] < 0.5


def test_the_one_table_has_what_is_stored_of_dates_and_trends_and_the_page_names_their_worst_case():
    from helpers.estimates import breaks_coverage as bc

    cells = bc.coverage()
    for kind, columns in cv.BREAKS.items():
        part = PRINTED[PRINTED["kind"].eq(kind)]
        assert len(part) == len(columns) * len(cells)
        assert part["coverage"].min() == cells[list(columns)].to_numpy().min()
    shown = uncertainty.covered(Report("2023-07")).frame.set_index("Interval")
    assert shown.at["Trends carried on", "Held, worst case"] == "95 percent"


def test_were_growth_the_same_throughout_the_interval_falls_short_and_the_page_says_so():
    ratios = cv.stored()[cv.stored()["kind"].eq("ratio")]
    steady = ratios[ratios["setting"].str.endswith(cv.STEADY)]
    assert steady["coverage"].min() == pytest.approx(0.8797)
    assert steady["coverage"].median() >= FLOOR
    shown = uncertainty.covered(Report("2023-07")).frame.set_index("Interval")
    assert shown.at["The same, were growth the same throughout", "Held, worst case"] == "88 percent"
    assert (
        "88 percent in the worst (events around Bamako, February 2025, a year over a year)"
        in uncertainty.holds_words(Report("2023-07"))
    )


def test_the_ratio_of_two_series_holds_whether_or_not_their_months_move_together():
    made = PRINTED[PRINTED["kind"].eq("two")]
    assert made["coverage"].min() >= FLOOR
    events = made[made["series"].eq("Events, south and centre")]
    together = events["setting"].str.endswith("together as measured")
    # Months that are good or bad for both at once: too wide rather than too narrow.
    assert events[together]["coverage"].min() > events[~together]["coverage"].max()
    said = uncertainty.holds_words(Report("2023-07"))
    assert "The interval of a ratio of two series in the same months held in 93 percent of cases or more" in said


def test_two_series_drawn_together_have_the_correlation_asked_for_and_each_its_own_spread():
    found = dp.Dispersion(60, 2.0, 0.0, 0.3, 0.4)
    courses = [(np.full(60, mean), found) for mean in (5000.0, 9000.0)]
    one, other = (np.log(x).ravel() for x in sim.together(np.random.default_rng(2), 400, courses, 0.6))
    assert np.corrcoef(one, other)[0, 1] == pytest.approx(0.6, abs=0.03)
    assert [x.std() for x in (one, other)] == pytest.approx([np.sqrt(np.log1p(0.3))] * 2, rel=0.05)


def test_the_radius_around_a_centre_holds_the_centre_of_the_map_that_events_are_drawn_from():
    made = PRINTED[PRINTED["kind"].eq("centre")]
    assert set(made["series"]) == set(cv.HALVES)
    assert made["coverage"].min() >= FLOOR


def test_each_kind_is_stored_as_soon_as_it_is_drawn_and_the_others_stay(tmp_path):
    path = tmp_path / "coverage.csv"
    kept = pd.read_csv(cv.STORED)
    kept[kept["kind"].isin(["share", "centre"])].to_csv(path, index=False)
    cv.write(["share"], path, runs=3)
    found = pd.read_csv(path)
    assert found.loc[found["kind"].eq("share"), "runs"].max() == 3
    pd.testing.assert_frame_equal(
        found[found["kind"].eq("centre")].reset_index(drop=True), kept[kept["kind"].eq("centre")].reset_index(drop=True)
    )
    before = path.read_bytes()
    with pytest.raises(DataError, match="'shares' is no kind of interval"):
        cv.write(["share", "shares"], path)
    assert path.read_bytes() == before


def test_a_map_that_moves_by_chance_alone_has_no_more_movement():
    rng = np.random.default_rng(1)
    rows = [(half, place, rng.poisson(200)) for half in ("a", "b", "c", "d") for place in range(40)]
    frame = pd.DataFrame(rows, columns=["half", "place", "mi_events"])
    assert cv._moved(frame, "place") < 0.003
    moved = frame.assign(mi_events=rng.poisson(200 * cv.levels(rng, 1, len(frame), 0.2, 0.0)[0]))
    assert cv._moved(moved, "place") == pytest.approx(0.2, abs=0.08)


def test_short_blocks_fall_through_the_floor():
    """The check can fail: the dispersion around means of two or three months gives intervals that are too narrow."""
    ratios = cv.stored()[cv.stored()["kind"].eq("ratio")]
    for block in (2, 3):
        assert not _short(ratios[ratios["setting"].str.endswith(f"blocks of {block}")]).empty
    assert not ratios["setting"].str.endswith("blocks of 2")[ratios["printed"]].any()


def test_a_larger_change_is_seen_more_often():
    ratios = PRINTED[PRINTED["kind"].eq("ratio")]
    assert (ratios["power_twice"] >= ratios["power_half"]).all()
    assert ratios["power_twice"].max() > 0.9


def test_levels_have_the_mean_the_variance_and_the_carry_over_asked_for():
    drawn = cv.levels(np.random.default_rng(1), 4000, 12, 0.2, 0.5)
    assert drawn.mean() == pytest.approx(1, abs=0.01)
    assert drawn.var() == pytest.approx(0.2, rel=0.05)
    logs = np.log(drawn)
    assert np.corrcoef(logs[:, 5], logs[:, 6])[0, 1] == pytest.approx(0.5, abs=0.05)


def test_the_table_and_the_words_of_the_page_are_those_of_the_store():
    table = uncertainty.covered(Report("2023-07"))
    assert isinstance(table, Table)
    steady = "The same, were growth the same throughout"
    assert set(table.frame["Interval"]) == {*cv.KINDS.values(), *cv.BESIDE.values(), steady}
    shown = uncertainty.block_lengths(Report("2023-07"))
    assert isinstance(shown, Figure)
    assert set(shown.frame["Measured around"]) == {*(f"Blocks of {b}" for b in cv.BLOCKS), "Trend"}
    ours = shown.frame[shown.frame["Measured around"].eq("Trend")]
    assert list(ours["Low"]) == [round(s.ours.interval.low, 6) for s in uncertainty.stated(Report("2023-07"))]
    assert "percent of cases" in uncertainty.power_words(Report("2023-07"))


def test_blocks_are_counted_back_from_the_end():
    assert dp.labels(7, block=3).tolist() == [2, 1, 1, 1, 0, 0, 0]


@pytest.mark.long
@pytest.mark.parametrize("what", sorted({*cv.SIMULATIONS} - {"blocks"}))
def test_the_simulation_gives_the_stored_coverage_again(what):
    """Half as many runs: within the chance of both (three standard errors), and above the floor again."""
    made = cv.simulate(what, 200)
    key = ["kind", "series", "setting"]
    both = made.merge(cv.stored(), on=key, suffixes=("", "_stored"))
    assert len(both) == len(made)
    assert _short(made[made["printed"]]).empty, _short(made[made["printed"]])
    rate = both["coverage_stored"].clip(0.02, 0.98)
    slack = 3.5 * np.sqrt(rate * (1 - rate) * (1 / both["runs"] + 1 / both["runs_stored"]))
    apart = both[(both["coverage"] - both["coverage_stored"]).abs() > slack]
    assert apart.empty, apart

"""The stored coverage of the intervals around dates: a floor, and drawn again in the long lane."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.estimates import breaks_coverage as bc
from helpers.estimates import interruptions as it

PRINTED = ("effect", "growth", "next", "third")


def test_what_is_printed_as_95_percent_covers_at_least_the_floor():
    found = bc.coverage()
    assert set(found["carry"]) == set(bc.CARRIES)
    usual = found[found["carry"] <= 0.5]
    assert (usual[list(PRINTED)] >= bc.FLOOR).all(axis=None)
    # Where months carry over as much as the interval takes them to, it falls a little short; never below nine in ten on average.
    most = found[found["carry"].eq(it.CARRY)]
    assert len(most) == len(bc.MEANS) * len(bc.ALPHAS)
    assert (most[list(PRINTED)].mean() >= bc.LEAST).all()


def test_at_the_carry_over_of_the_books_series_the_floor_holds_too():
    """The effect of a date keeps the floor there; a trend carried on for years falls a little short of it."""
    by = bc.coverage().groupby("carry")[list(PRINTED)].mean()
    measured = bc.carries()["carry"].median()
    found = {kind: float(np.interp(measured, by.index, by[kind])) for kind in PRINTED}
    assert round(found["effect"], 2) >= bc.FLOOR
    assert min(found.values()) >= bc.LEAST


def test_the_errors_of_before_covered_far_less():
    found = bc.coverage()
    assert found["newey_west"].max() < found["effect"].min()


def test_the_power_that_is_printed_is_about_the_power_there_is():
    found = bc.coverage()
    assert found["seen"].between(0.65, 0.95).all()


def test_the_carry_over_in_use_is_about_what_the_series_show():
    found = bc.carries()
    assert found["carry"].median() == pytest.approx(it.CARRY, abs=0.1)


def test_the_series_are_measured_anew_as_stored():
    found, stored = bc.measured(bc.coverage()), bc.carries()
    assert found["series"].tolist() == stored["series"].tolist()
    for column in ("mean", "shown_alpha", "shown_carry", "carry"):
        assert np.allclose(found[column], stored[column], atol=2e-3), column


def test_drawn_months_have_the_mean_dispersion_and_carry_over_asked_for():
    rng = np.random.default_rng(1)
    drawn = np.array([bc.draw(rng, np.full(40, 30.0), 0.2, 0.6) for _ in range(3000)])
    assert drawn.mean() == pytest.approx(30, rel=0.02)
    assert drawn.var(axis=0).mean() == pytest.approx(30 + 0.2 * 900, rel=0.05)
    together = np.mean((drawn[:, 1:] - 30) * (drawn[:, :-1] - 30))
    assert together == pytest.approx(0.6 * 0.2 * 900, rel=0.08)
    plain = np.array([bc.draw(rng, np.full(40, 30.0), 0.0, 0.6) for _ in range(500)])
    assert plain.var(axis=0).mean() == pytest.approx(30, rel=0.08)


@pytest.mark.long
@pytest.mark.parametrize("carry", [0.0, 0.5, 0.7])
def test_coverage_drawn_again_is_that_of_the_table(carry):
    """Other draws than the stored ones; within four standard errors of both."""
    cell, runs = bc.Cell(36.0, 0.1, carry), 300
    found = bc.simulate(cell, runs, seed=1)
    stored = bc.coverage().set_index(["mean", "alpha", "carry"]).loc[(36.0, 0.1, carry)]
    for kind in bc.KINDS:
        share = max(min(float(stored[kind]), 0.995), 0.005)
        reach = 4 * np.sqrt(share * (1 - share) * (1 / runs + 1 / stored["runs"]))
        assert found[kind] == pytest.approx(stored[kind], abs=reach), kind

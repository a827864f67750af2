"""The stored coverage of the intervals around dates: a floor, and drawn again in the long lane."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.estimates import breaks_coverage as bc
from helpers.estimates import interruptions as it

PRINTED = ("effect", "growth", "next", "third", "straight_next", "straight_third", "difference")

FLOOR = 0.92
"""Least coverage of what is printed as a 95 percent interval."""


def test_what_is_printed_as_95_percent_covers_at_least_the_floor():
    """At every carry-over up to that which the intervals take: the mean without slack, each case within its own chance."""
    found = bc.coverage()
    assert set(found["carry"]) == set(bc.CARRIES)
    assert max(bc.CARRIES) == it.CARRY
    slack = 2 * np.sqrt(FLOOR * (1 - FLOOR) / found["runs"].min())
    assert (found[list(PRINTED)] >= FLOOR - slack).all(axis=None)
    assert (found.groupby("carry")[list(PRINTED)].mean() >= FLOOR).all(axis=None)


@pytest.mark.slow
def test_the_degrees_of_freedom_are_those_that_months_are_worth():
    """Bartlett: 32 months that carry over by 0.7 tell of their mean as much as 32 · 0.3 / 1.7 independent ones."""
    assert it.worth(32, 0.7) == pytest.approx(5.647, abs=1e-3)
    means = np.ones(4000)
    shared = it.together(means, 1.0, np.arange(4000), 0.7) - np.eye(4000)
    assert shared.sum() / 4000 == pytest.approx(1.7 / 0.3, rel=0.01)


def test_the_errors_of_before_covered_far_less():
    found = bc.coverage()
    assert (found["newey_west"] < found["effect"] - 0.05).all()


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

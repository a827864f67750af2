"""The nowcast: parts found again, no look at what is left out, and shown only where it held."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.chapters import NotInEdition
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import DataError
from helpers.estimates import nowcast as nc
from helpers.story import nowcast as story
from helpers.windows import window


def made(seed: int, jump: float = 1.0) -> tuple[pd.DataFrame, pd.Series]:
    """Return synthetic ways of fighting of eight years and a militant Islamist part of seven; the last known year may jump."""
    rng = np.random.default_rng(seed)
    names = pd.period_range("2019-01", periods=96, freq="M").astype(str)
    ways = pd.DataFrame(rng.poisson([60.0, 30.0], (96, 2)).astype(float), index=names, columns=["clashes", "bombs"])
    counted = pd.Series(
        rng.binomial(ways["clashes"].astype(int), 0.5) + rng.binomial(ways["bombs"].astype(int), 0.9), index=names
    )
    counted = counted[:84].astype(float)
    counted.iloc[72:] *= jump
    return ways, counted


def test_the_parts_of_each_way_are_found_again():
    ways = made(1)[0].to_numpy()
    assert nc.parts(ways, ways @ [0.5, 0.9]) == pytest.approx([0.5, 0.9], abs=1e-6)
    assert nc.parts(np.array([[1.0], [2.0]]), np.array([5.0, 9.0])) == pytest.approx([1])


def test_an_estimate_does_not_look_at_the_stretch_it_estimates():
    ways, counted = made(2)
    last = window("2025-01", "2025-12")
    changed = counted.copy()
    changed.iloc[72:] = 9999
    assert nc.estimate(ways, counted, last) == nc.estimate(ways, changed, last)
    one = nc.estimate(ways, counted, last)
    assert one.low <= counted.iloc[72:].sum() <= one.high
    assert not nc.estimate(ways, made(2, jump=2.0)[1], last).high > made(2, jump=2.0)[1].iloc[72:].sum()


def test_a_stretch_that_went_otherwise_widens_the_ranges_of_the_others():
    calm, wild = (nc.estimate(*made(3, jump), window("2026-01", "2026-12")) for jump in (1.0, 2.0))
    assert wild.high / wild.low > 2 * calm.high / calm.low


@pytest.mark.slow
def test_only_a_measure_that_held_over_all_zones_is_shown():
    found = nc.table(Tables().methods(), Tables().actors())
    known = found[found["known"]]
    assert known.groupby(["zone", "measure"]).size().eq(nc.TESTED).all()
    inside = known["low"].le(known["actual"]) & known["actual"].le(known["high"])
    held = inside.groupby(known["measure"]).agg(["sum", "size"])
    # By hand, over three zones and four stretches each: 11 of 12 counts of events lie in their ranges, 9 of 12 of deaths.
    assert held.loc["events"].tolist() == [11, 12]
    assert held.loc["fatalities"].tolist() == [9, 12]
    ahead = found[~found["known"]].set_index(["zone", "measure"])
    assert (ahead["first"].eq("2025-03") & ahead["last"].eq("2026-02")).all()
    assert ahead["shown"].to_dict() == {
        (zone, measure): measure == "events" for zone in ("north", "centre", "south") for measure in nc.MEASURES
    }
    shown = set(story.estimates(Report("latest")).frame["Militant Islamist"])
    assert shown == {"Events, Northern Mali", "Events, Central Mali", "Events, Southern Mali"}
    text = story.words(Report("latest"))
    assert "11 of 12 for events and 9 of 12 for deaths" in text.en
    assert "11 sur 12 pour les événements et 9 sur 12 pour les morts" in text.fr
    assert "after a first trial" in text.en
    assert "événements le sont, les morts ne le sont pas" in text.fr


def test_a_measure_that_held_too_seldom_is_shown_nowhere(monkeypatch):
    # Synthetic: ranges without width hold no count.
    monkeypatch.setattr(nc, "estimate", lambda *_: nc.Estimate(100.5, 100.5, 100.5))
    story._made.cache_clear()
    try:
        with pytest.raises(NotInEdition, match="none is shown"):
            story.estimates(Report("latest"))
        assert "0 of 12 for events and 0 of 12 for deaths. A measure is shown only" in story.words(Report("latest")).en
        assert "promise: none is." in story.words(Report("latest")).en
    finally:
        story._made.cache_clear()


def test_what_does_not_reach_a_year_further_is_refused():
    with pytest.raises(DataError, match="do not reach"):
        nc.table(Tables().methods()[lambda x: x["month"] <= "2025-12"], Tables().actors())


def test_an_edition_whose_tables_end_together_has_nothing_to_estimate():
    for make in (story.estimates, story.tried, story.words):
        with pytest.raises(NotInEdition, match="nothing to estimate"):
            make(Report("2023-07"))

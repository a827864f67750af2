"""Words cannot leave the data: where a window or a place changes a figure's table, subtitle and text change with it."""

from __future__ import annotations

import pytest

import story_figures
import test_stills
from helpers import definitions as d
from helpers.chapters import Chapter
from helpers.errors import DataError
from helpers.figures import Words
from helpers.measures.measure import Measure

EDITION, BEFORE = "2023-07", "2022-08"
PARTS = ("subtitle", "alt")


def stays(before, after) -> list[str]:
    """Return what beneath a figure's title stayed as it was, in either language, though its table changed."""
    if before.frame.equals(after.frame):
        return []
    pairs = {"en": (before, after), "fr": (before.fr, after.fr)}
    return [
        f"{after.id}, {part} ({tongue}): {getattr(after_, part)}"
        for tongue, (before_, after_) in pairs.items()
        for part in PARTS
        if getattr(before_, part) == getattr(after_, part)
    ]


def changed(before, after) -> tuple[int, list[str]]:
    """Return how many figures have another table, and what stayed beneath their titles."""
    known = {one.id: one for one in before}
    pairs = [(known[one.id], one) for one in after if one.id in known]
    found = [line for pair in pairs for line in stays(*pair)]
    return sum(not one.frame.equals(other.frame) for one, other in pairs), found


@pytest.mark.slow
@pytest.mark.parametrize("edition", [EDITION])
@pytest.mark.parametrize("name", story_figures.NAMES)
def test_another_window_is_told_beneath_every_figure(name, edition):
    """Every figure of the book: two editions are two windows, and a table that they change is not told as before."""
    _, found = changed(story_figures.figures(name, BEFORE), story_figures.figures(name, edition))
    assert found == []


ALL_ZONES = {"now-months", "southern-people"}
"""Figures that show every zone: exchanging them changes which is which, and not where."""


@pytest.mark.slow
@pytest.mark.parametrize("edition", [EDITION])
@pytest.mark.parametrize("page", story_figures.PAGES)
def test_another_place_is_told_beneath_every_figure_that_a_measure_makes(page, edition, monkeypatch):
    zones, regions = ({a: b for a, b in zip(x, [*x[1:], x[0]], strict=True)} for x in (list(d.ZONES), list(d.REGIONS)))
    within, in_zone, in_region = Measure.within, Measure.in_zone, Measure.in_region
    before = story_figures.figures(f"page {page}", edition)
    monkeypatch.setattr(Measure, "within", lambda self, km: within(self, 100 if km == 150 else km))
    monkeypatch.setattr(Measure, "in_zone", lambda self, *names: in_zone(self, *(zones[x] for x in names)))
    monkeypatch.setattr(Measure, "in_region", lambda self, *names: in_region(self, *(regions[x] for x in names)))
    after = story_figures.changed(page, edition, str)
    moved, found = changed(before, [one for one in after if one.id not in ALL_ZONES])
    assert found == []
    assert moved or page not in {"southern", "central"}, "the exchange of places changed nothing"


def test_words_that_stay_behind_are_found():
    """Synthetic: the same words over another table, as a subtitle written by hand would leave them."""
    one, other = test_stills.figure(events=14), test_stills.figure(events=15)
    for made in (one, other):
        object.__setattr__(made, "fr", made)
    assert [line.split(":")[0] for line in stays(one, other)] == ["made-up, subtitle (en)", "made-up, subtitle (fr)"]
    assert stays(one, one) == []


def test_a_figure_with_a_forgotten_half_is_refused():
    with pytest.raises(DataError, match="Figure made-up has English words only; give the French too"):
        Chapter("southern", "2023-07").show(lambda report: test_stills.figure())
    for forgotten in (("", "b", "c"), ("a", "", "c"), ("a", "b", "")):
        with pytest.raises(DataError, match="The translation of a figure needs"):
            Words(*forgotten)

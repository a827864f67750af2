"""Words cannot leave the data: where a window or a place changes a figure's table, subtitle and text change with it."""

from __future__ import annotations

import re

import pytest

import story_figures
import test_stills
from helpers import definitions as d
from helpers.chapters import Chapter
from helpers.editions import Report
from helpers.errors import DataError
from helpers.figures import Words
from helpers.measures.measure import Measure
from helpers.page import translate
from helpers.story import overview, trajectory, wagner
from helpers.windows import month

EDITION, BEFORE = "2023-07", "2022-08"
PARTS = ("subtitle", "alt")


def different(before, after) -> set[str]:
    """Return the ids of the figures that both have, with another table."""
    known = {one.id: one for one in before}
    return {one.id for one in after if one.id in known and not known[one.id].frame.equals(one.frame)}


def stays(before, after) -> list[str]:
    """Return what beneath the titles stayed as it was, in either language, though a figure's table changed."""
    known, moved = {one.id: one for one in before}, different(before, after)
    return [
        f"{one.id}, {part} ({tongue}): {getattr(new, part)}"
        for one in after
        if one.id in moved
        for tongue, old, new in (("en", known[one.id], one), ("fr", known[one.id].fr, one.fr))
        for part in PARTS
        if getattr(old, part) == getattr(new, part)
    ]


STILL = {
    "data-differences", "data-vintages",  # two exports of one day
    "data-reach", "places-map", "junta-bases-map", "turning-minusma", "turning-minusma-course",  # to the end of the data
    "southern-next-bamako", "southern-next-kayes", "trajectory-later-totals", "wagner-later-quarters",  # what came after
    "outlook-bamako-record",  # a record that stood in both
}  # fmt: skip
"""Figures that show the same in both editions."""
NEW = {
    "central-minusma-events", "junta-bases-events", "junta-turnout", "outlook-exit-regions", "outlook-war-regions",
    "spread-area-published", "turning-wagner", "wagner-readings",
}  # fmt: skip
"""Figures that the earlier edition cannot have yet."""


@pytest.mark.slow
@pytest.mark.parametrize("edition", [EDITION])
@pytest.mark.parametrize("name", story_figures.NAMES)
def test_another_window_is_told_beneath_every_figure(name, edition):
    """Every figure of the book: two editions are two windows, and a table that they change is not told as before."""
    before, now = (story_figures.figures(name, one) for one in (BEFORE, edition))
    assert stays(before, now) == []
    # No figure passes because nothing was compared.
    assert {one.id for one in now} - different(before, now) <= STILL | NEW


ALL_ZONES = {"now-months", "southern-people"}
"""Figures that show every zone: exchanging them changes which is which, and not where."""
PLACED = {"southern", "central", "change"}
"""Pages with a figure of a part of the country, made from a measure."""


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
    after = [one for one in story_figures.changed(page, edition, str) if one.id not in ALL_ZONES]
    assert stays(before, after) == []
    assert bool(different(before, after)) == (page in PLACED), "the exchange of places changed nothing"


DATED = {"summary": 1, "trajectory": 5, "wagner": 1, "central": 1, "southern": 6, "change": 2}
"""Pages whose cells begin a series at a month, and how many figures do."""


@pytest.mark.slow
@pytest.mark.parametrize("edition", [EDITION])
@pytest.mark.parametrize("page", story_figures.PAGES)
def test_another_first_month_is_told_beneath_every_figure_over_time(page, edition, monkeypatch):
    since = Measure.since
    before = story_figures.figures(f"page {page}", edition)
    monkeypatch.setattr(Measure, "since", lambda self, first: since(self, str(month(first) + 24)))
    after = story_figures.changed(page, edition, str)
    assert stays(before, after) == []
    assert len(different(before, after)) == DATED.get(page, 0)


ONE_WORD = (
    ("change", "change-bamako", "within(150)", "within(100)", r"\b150\s?km"),
    ("central", "central-two-regions", '"Segou"', '"Gao"', "S[eé]gou"),
    ("southern", "southern-totals", 'in_zone("south")', 'in_zone("north")', "southern|le sud"),
    ("southern", "southern-next-bamako", "within(150)", "within(100)", r"\b150\s?km"),
    ("southern", "southern-supply", 'in_zone("south")', 'in_zone("centre")', "southern|le sud"),
    ("summary", "summary-regions", "report).last_year", "report).last_year.before()", r"\b(?:June|juin) 2023"),
    ("now", "now-map", "totals(report)", "totals(report).deaths", None),
    (
        "trajectory",
        "trajectory-events-quarters",
        "islamist(report)",
        'islamist(report).in_zone("north")',
        " in Mali| au Mali",
    ),
    ("trajectory", "trajectory-events-years", "islamist(report)", 'fought_by(report, "air")', "[Ii]slamist"),
    ("trajectory", "trajectory-how", "report, way)", 'report, way).in_zone("south")', "sides, Mali|belligérants, Mali"),
    ("wagner", "wagner-air", '"air"', '"bombs"', "drone"),
)
"""A page, a figure, what of place, months or group is changed in its cell, and what no word of it may say any more."""


@pytest.mark.slow
@pytest.mark.parametrize(("page", "identity", "old", "new", "gone"), ONE_WORD)
def test_one_word_changed_in_a_cell_is_followed_by_all_that_stands_beneath_the_title(page, identity, old, new, gone):
    (before,) = [one for one in story_figures.figures(f"page {page}", EDITION) if one.id == identity]
    after = story_figures.redrawn(page, EDITION, identity, lambda source: source.replace(old, new))
    assert different([before], [after]) == {identity}
    assert stays([before], [after]) == []
    tables = [translate.french(one.spec())["usermeta"]["mali"]["table"] for one in (before, after)]
    assert tables[0] != tables[1]
    said = [
        " ".join([*(getattr(words, part) for words in (one, one.fr) for part in PARTS), one.caveat.en, one.caveat.fr])
        for one in (before, after)
    ]
    assert not gone or (re.search(gone, said[0]) and not re.search(gone, said[1])), said


def test_words_that_stay_behind_are_found():
    """Synthetic: the same words over another table, as a subtitle written by hand would leave them."""
    one, other = test_stills.figure(events=14), test_stills.figure(events=15)
    for made in (one, other):
        object.__setattr__(made, "fr", made)
    told = [line.split(":")[0] for line in stays([one], [other])]
    assert told == ["made-up, subtitle (en)", "made-up, subtitle (fr)"]
    assert stays([one], [one]) == []


def test_a_figure_with_a_forgotten_half_is_refused():
    with pytest.raises(DataError, match="Figure made-up has English words only; give the French too"):
        Chapter("southern", "2023-07").show(lambda report: test_stills.figure())
    for forgotten in (("", "b", "c"), ("a", "", "c"), ("a", "b", "")):
        with pytest.raises(DataError, match="The translation of a figure needs"):
            Words(*forgotten)


ALONE = (
    re.compile(r"\b[Ss]tate forces\b(?! and (?:(?:their )?Russian )?partners)"),
    re.compile(r"\b[Ff]orces de l’État\b(?! et (?:(?:de )?leurs )?partenaires)"),
)
"""State forces where nobody stands beside them."""


@pytest.mark.parametrize("edition", ["2021-06", "2022-08", "2023-07", "latest"])
def test_the_words_of_a_count_name_whom_it_counts(edition):
    """Titles said state forces over counts of theirs and of Wagner's: 3.3 times, where the forces alone have 3.0."""
    r = Report(edition)
    attacks = trajectory.sides(r)["state"]
    both = "wagner" in set(attacks.rows["side1"])
    assert both == (edition != "2021-06")
    told = [
        trajectory.attackers(r).title,
        trajectory.ranking(r)[0].title,
        trajectory.who_kills(r),
        overview.civilians(r),
    ]
    told += [trajectory.side_labels(r)["state"], wagner.answer(r).answer, *(key.label for key in wagner.answer(r).keys)]
    told += [overview.answer(r).answer, attacks.phrase]
    named = [text for text in told if "tate forces" in text.en]
    assert len(named) > 4
    for text in named:
        assert all(bool(alone.search(said)) != both for alone, said in zip(ALONE, (text.en, text.fr), strict=True)), (
            text
        )

"""Caveats in French: none of a page that has a French twin stays in English, and none is lost on the way."""

from __future__ import annotations

import pytest

import story_figures
from helpers.editions import Report
from helpers.figures import SMALL_CAVEAT, SMALL_CAVEAT_FR
from helpers.page import translate
from helpers.story import evidence_country
from helpers.words import caveats

NAMES = [name for name in story_figures.NAMES if name.removeprefix("page ") in story_figures.REPORT]
"""Chapters of the report and of the audit, by their module and by their cells."""


@pytest.mark.parametrize("edition", ["2022-08", "2023-07", "latest"])
@pytest.mark.parametrize("name", NAMES)
def test_every_caveat_of_the_report_has_its_french(name, edition):
    for figure in story_figures.figures(name, edition):
        if figure.fr is None or not figure.caveat:
            continue
        told = translate.french_caveat(figure.caveat, {"caveat": figure.fr.caveat})
        assert told, f"{figure.id}: {figure.caveat}"
        # As many sentences as the English: none is left out.
        sentences = [caveats.sentences(text.replace("\u202f", " ")) for text in (figure.caveat, told)]
        assert abs(len(sentences[0]) - len(sentences[1])) <= 1, (figure.id, told)


def test_a_caveat_with_one_sentence_that_has_no_french_stays_whole_and_english():
    assert caveats.french("Totals name no actor.") == "Les totaux ne nomment aucun acteur."
    assert caveats.french("Totals name no actor. Nobody has put this into French.") == ""
    assert translate.french_caveat("Nobody has put this into French.", {}) == ""


def test_numbers_and_names_of_a_pattern_are_written_as_in_french():
    told = caveats.french("The deadliest single event, in Ménaka in August 2022, cost 1,042 lives.")
    assert told == "L’événement le plus meurtrier, à Ménaka en août 2022, a fait 1\u202f042 morts."


def test_the_sentence_on_small_counts_stands_with_the_figures_own():
    own = "Totals name no actor."
    for text in (f"{own} {SMALL_CAVEAT}", f"{SMALL_CAVEAT} {own}"):
        assert translate.french_caveat(text, {}) == f"Les totaux ne nomment aucun acteur. {SMALL_CAVEAT_FR}"


def test_a_night_that_the_source_splits_by_place_is_explained_where_the_largest_event_is_named():
    told = evidence_country.civilian_deaths_by_quarter(Report("2023-07")).caveat
    assert "132 civilians killed at Diallassagou" in told
    assert "140 deaths, the largest of them 57" in told
    assert "Diallassagou" not in evidence_country.civilian_deaths_by_quarter(Report("2022-05")).caveat

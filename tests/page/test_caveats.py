"""Caveats in French: a figure has its own in both languages or in neither, and none is lost on the way."""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import pandas as pd
import pytest

import story_figures
from helpers import keys
from helpers.editions import Report
from helpers.errors import DataError
from helpers.figures import SMALL_CAVEAT, SMALL_CAVEAT_FR, Figure, Words
from helpers.page import translate
from helpers.story import evidence_country
from helpers.words import caveats


@pytest.mark.parametrize("edition", story_figures.EDITIONS)
@pytest.mark.parametrize("name", story_figures.NAMES)
def test_every_figure_has_its_caveat_in_both_languages(name, edition):
    for figure in story_figures.figures(name, edition):
        assert bool(figure.caveat) == bool(figure.fr.caveat), figure.id
        told = translate.french(figure.spec())["usermeta"]["mali"]["caveat"]
        assert told == keys.spelled(figure.fr.caveat, "fr"), figure.id
        # As many sentences as the English: none is left out.
        sentences = [caveats.sentences(text.replace("\u202f", " ")) for text in (figure.caveat, told)]
        assert abs(len(sentences[0]) - len(sentences[1])) <= 1, (figure.id, told)
        assert not figure.caveat or figure.caveat != told, figure.id


def figure(caveat: str, told: str, **more) -> Figure:
    frame = pd.DataFrame({"Year": [2021, 2022], "Events": [1250, 2400]})
    chart = alt.Chart(frame).mark_bar().encode(x="Year:O", y="Events:Q")
    words = Words(title="Deux années", subtitle="Par an, 2021 et 2022", alt="Deux barres.", caveat=told)
    return Figure(
        "made-up", "Two years", "By year, 2021 and 2022", chart, frame, "Two bars.", "Synthetic", caveat, words, **more
    )


@pytest.mark.parametrize(
    ("caveat", "told"),
    [
        ("Nobody has put this into French.", ""),
        ("Totals name no actor. Nobody has put this into French.", ""),
        (f"Nobody has put this into French. {SMALL_CAVEAT}", ""),
        (f"Nobody has put this into French. {SMALL_CAVEAT}", SMALL_CAVEAT_FR),
        ("", "Personne ne l’a mis en anglais."),
        (SMALL_CAVEAT, "Personne ne l’a mis en anglais."),
    ],
)
def test_a_figure_with_a_caveat_in_one_language_is_refused(caveat, told):
    with pytest.raises(
        DataError, match=r"made-up has a caveat in one language only; give the other too: .*(?:Nobody|Perso)"
    ):
        figure(caveat, told)


def test_a_figure_has_its_whole_french_however_often_it_is_said_again():
    own, own_fr = "Own words.", "Mots propres."
    for caveat, told, few, whole in (
        ("", "", False, ""),
        ("", "", True, SMALL_CAVEAT_FR),
        (own, own_fr, False, own_fr),
        (own, own_fr, True, f"{own_fr} {SMALL_CAVEAT_FR}"),
        ("Totals name no actor.", "", True, f"Les totaux ne nomment aucun acteur. {SMALL_CAVEAT_FR}"),
        (f"{SMALL_CAVEAT} Totals name no actor.", "", True, f"Les totaux ne nomment aucun acteur. {SMALL_CAVEAT_FR}"),
    ):
        made = figure(caveat, told, rests_on=(3, 6) if few else ())
        assert made.fr.caveat == replace(made).fr.caveat == whole, caveat


def test_a_caveat_with_one_sentence_that_has_no_french_has_none():
    assert caveats.french("Totals name no actor.") == "Les totaux ne nomment aucun acteur."
    assert caveats.french("Totals name no actor. Nobody has put this into French.") == ""


def test_numbers_and_names_of_a_pattern_are_written_as_in_french():
    told = caveats.french("The deadliest single event, in Ménaka in August 2022, cost 1,042 lives.")
    assert told == "L’événement le plus meurtrier, à Ménaka en août 2022, a fait 1\u202f042 morts."


def test_a_night_that_the_source_splits_by_place_is_explained_where_the_largest_event_is_named():
    told = evidence_country.civilian_deaths_by_quarter(Report("2023-07")).caveat
    assert "132 civilians killed at Diallassagou" in told
    assert "140 deaths, the largest of them 57" in told
    assert "Diallassagou" not in evidence_country.civilian_deaths_by_quarter(Report("2022-05")).caveat

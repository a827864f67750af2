"""Caveats in French: a figure has its own in both languages or in neither, and none is lost on the way."""

from __future__ import annotations

import re
from dataclasses import replace

import altair as alt
import pandas as pd
import pytest

import story_figures
from helpers import french, keys
from helpers.editions import Report
from helpers.errors import DataError
from helpers.figures import SMALL_CAVEAT, Figure, Words
from helpers.page import translate
from helpers.story import central, evidence_country
from helpers.words import NOTHING, Both, joined

SENTENCE = re.compile(r"(?<=[\w)]\.)\s+(?=[A-ZÀ-Ý\d])")


@pytest.mark.parametrize("edition", story_figures.EDITIONS)
@pytest.mark.parametrize("name", story_figures.NAMES)
def test_every_figure_has_its_caveat_in_both_languages(name, edition):
    for figure in story_figures.figures(name, edition):
        assert bool(figure.caveat.en) == bool(figure.caveat.fr), figure.id
        told = translate.french(story_figures.spec(figure))["usermeta"]["mali"]["caveat"]
        assert told == keys.spelled(figure.caveat.fr, "fr"), figure.id
        # As many sentences as the English: none is left out.
        sentences = [SENTENCE.split(" ".join(text.split())) for text in (figure.caveat.en, told)]
        assert abs(len(sentences[0]) - len(sentences[1])) <= 1, (figure.id, told)
        assert not figure.caveat.en or figure.caveat.en != told, figure.id


def figure(caveat: Both, **more) -> Figure:
    frame = pd.DataFrame({"Year": [2021, 2022], "Events": [1250, 2400]})
    chart = alt.Chart(frame).mark_bar().encode(x="Year:O", y="Events:Q")
    words = Words(title="Deux années", subtitle="Par an, 2021 et 2022", alt="Deux barres.")
    return Figure(
        "made-up", "Two years", "By year, 2021 and 2022", chart, frame, "Two bars.", "Synthetic", caveat, words, **more
    )


@pytest.mark.parametrize("caveat", ["Nobody has put this into French.", "", "Personne ne l’a mis en anglais."])
def test_a_figure_with_a_caveat_in_one_language_is_refused(caveat):
    with pytest.raises(DataError, match=f"made-up has a caveat in one language only; give the other too: '{caveat}'"):
        figure(caveat)
    with pytest.raises(DataError, match="needs both languages: the French of"):
        figure(Both(caveat or "Nobody has put this into French.", ""))
    with pytest.raises(DataError, match="needs both languages: the English of"):
        figure(Both("", caveat or "Personne ne l’a mis en anglais."))


def test_a_figure_has_its_whole_caveat_however_often_it_is_said_again():
    own = Both("Own words.", "Mots propres.")
    for caveat, few, whole in (
        (NOTHING, False, NOTHING),
        (NOTHING, True, SMALL_CAVEAT),
        (own, False, own),
        (own, True, joined([own, SMALL_CAVEAT])),
        (joined([SMALL_CAVEAT, own]), True, joined([SMALL_CAVEAT, own])),
    ):
        made = figure(caveat, rests_on=(3, 6) if few else ())
        for said in (made.caveat, replace(made).caveat):
            assert (said.en, said.fr) == (whole.en, whole.fr), caveat
        words = made.spec()["usermeta"]["mali"]
        assert (words["caveat"], words["fr"].get("caveat", "")) == (whole.en, whole.fr)


def test_numbers_and_names_of_a_caveat_are_written_as_in_french():
    told = central.who_kills_whom(Report("2023-07")).caveat
    place, month, dead = re.search(r"single event, in (\w+) in (\w+ \d{4}), cost ([\d,]+) lives", told.en).groups()
    wanted = f"à {place} en {french.month_name(pd.Period(month, 'M'))}, a fait {french.number(int(dead))} morts."
    assert wanted in told.fr, told


def test_a_night_that_the_source_splits_by_place_is_explained_where_the_largest_event_is_named():
    told = evidence_country.civilian_deaths_by_quarter(Report("2023-07")).caveat.en
    assert "132 civilians killed at Diallassagou" in told
    assert "140 deaths, the largest of them 57" in told
    assert "Diallassagou" not in evidence_country.civilian_deaths_by_quarter(Report("2022-05")).caveat.en

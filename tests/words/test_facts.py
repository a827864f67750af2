"""Dated facts in French: each entry of the chronology has a sentence of this very English, with its numbers."""

from __future__ import annotations

import csv
import re

import story_figures
from helpers.data import Tables
from helpers.editions import Report
from helpers.page import translate
from helpers.page.frame import Facts
from helpers.story import came
from helpers.words import Both, facts
from test_french_words import faults

ROWS = Tables(None).load("chronology")


def numbers(text: str, thousands: str, point: str) -> set[str]:
    text = re.sub(rf"(?<=\d){thousands}(?=\d{{3}})", "", text)
    return set(re.findall(r"\d+(?:\.\d+)?", text.replace(point, ".")))


def test_every_entry_has_french_of_this_very_english():
    lacking = [row.id for row in ROWS.itertuples() if (said := facts.both(row.id, row.event)).fr == said.en]
    assert not lacking, "put them into src/helpers/words/chronology_fr.csv, with facts.digest(event)"
    with facts.FILE.open(encoding="utf-8", newline="") as file:
        kept = [row["id"] for row in csv.DictReader(file)]
    assert sorted(kept) == sorted(ROWS["id"]), "no sentence of an entry that is gone, and none twice"


def test_french_entries_hold_the_numbers_of_the_english_and_no_fault():
    for row in ROWS.itertuples():
        said = facts.both(row.id, row.event)
        assert numbers(said.fr, "\u202f", ",") == numbers(said.en, ",", "."), said
        assert faults(said.fr) == [], said
        assert not re.search(r"\b(?:the|and|of|with|from)\b|[.;]$", said.fr), said


def test_a_changed_entry_stays_english_and_is_marked():
    row = ROWS[ROWS["id"].eq("2023-11-14-army-takes-kidal")]
    for shown, words in (
        (row, '<span lang="fr">L’armée malienne prend Kidal aux rebelles.</span>'),
        (row.assign(event="Army takes Kidal"), '<span lang="en">Army takes Kidal.</span>'),
    ):
        made = Facts(shown, Both("One fact", "Un fait"))
        told = str(made._repr_mimebundle_())
        assert words in told
        assert "en anglais" not in told


def test_the_calendar_of_events_is_french_in_its_table():
    made = came.calendar(Report(story_figures.EDITIONS[-2]))
    spec = translate.french(made.spec())
    told = " ".join(str(row[-1]) for row in spec["usermeta"]["mali"]["table"]["rows"])
    assert "La MINUSMA ferme sa première base" in told
    assert "closes its first base" not in str(spec)

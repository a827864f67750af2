"""Dated facts in French: each entry of the chronology has a sentence of this very English, with its numbers."""

from __future__ import annotations

import csv
import re
import unicodedata

import story_figures
from helpers import prose
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


def test_every_toll_of_an_entry_s_own_day_is_told_in_both_languages():
    """Moura’s 500 and Ogossagou’s 157 stood in the table and in no list."""
    told = {row.id: facts.told(row) for row in ROWS.itertuples()}
    for row in ROWS[ROWS["unit"].str.contains(r"killed(?: \(|$)") & ROWS["category"].eq("violence")].itertuples():
        assert facts.toll(row.value, row.unit) is not None, row.unit
        assert re.search(rf"\b(?:{row.value:.0f}|{prose.word(int(row.value))})\b", told[row.id].en, re.IGNORECASE), (
            told[row.id]
        )
        assert numbers(told[row.id].fr, "\u202f", ",") >= numbers(facts.both(row.id, row.event).fr, "\u202f", ",")
        assert faults(told[row.id].fr) == [], told[row.id]
    assert told["2022-03-27-moura"].en.endswith(": at least 500 people killed, by the UN’s count")
    assert told["2024-09-17-bamako-attack"].fr.endswith("\u202f: 77 morts, selon une source sécuritaire")
    # A sentence that says its toll says it once.
    assert told["2022-08-07-tessit"].en == "Attack at Tessit kills 42 soldiers, according to the government"


def test_a_changed_entry_stays_english_and_is_marked():
    row = ROWS[ROWS["id"].eq("2023-11-14-army-takes-kidal")]
    for shown, words in (
        (row, '<span lang="fr">L’armée malienne prend Kidal aux rebelles.</span>'),
        (row.assign(event="Army takes Kidal"), '<span lang="en">Army takes Kidal.</span>'),
    ):
        made = Facts(shown, Both("One fact", "Un fait"))
        told = str(made._repr_mimebundle_())
        assert words in told
        assert told.count("en anglais") == told.count("(sources citées en anglais)")


def test_the_calendar_of_events_is_french_in_its_table():
    made = came.calendar(Report(story_figures.EDITIONS[-2]))
    spec = translate.french(made.spec())
    told = " ".join(str(row[-1]) for row in spec["usermeta"]["mali"]["table"]["rows"])
    assert "La MINUSMA ferme sa première base" in told
    assert "closes its first base" not in str(spec)


def test_a_name_is_spelled_in_one_way(root):
    """A word with a capital letter stands with the same accents in every entry, and Al Qaeda without a hyphen."""
    rows = ROWS
    spelled: dict[str, set[str]] = {}
    for word in re.findall(r"[A-ZÀ-Ý]\w+", " ".join([*rows["event"], *rows["detail"], *rows["place"]])):
        plain = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
        spelled.setdefault(plain.lower(), set()).add(word.lower())
    assert not {plain: ways for plain, ways in spelled.items() if len(ways) > 1}
    texts = [path.read_text(encoding="utf-8") for path in (root / "src" / "helpers").rglob("*.py")]
    assert not [text for text in (*texts, *rows["event"], *rows["detail"]) if "al-Qaeda" in text]

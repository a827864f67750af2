"""No verdict box contradicts itself: each kind of contradiction that was found, or could be, looked for in every box.

The boxes are read as a reader sees them: from their HTML, in every edition that shows them.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
from bs4 import BeautifulSoup, Tag

from helpers.audit import claims as c
from helpers.audit import null, rule, space
from helpers.editions import Report
from helpers.page import claimbox
from helpers.page.claimbox import UCDP, ClaimBox

EDITIONS = ("2022-08", "2023-07", "2024-06", "2025-02", "latest")
REPORT = "Africa Center"
NONE_GIVES = ("Right way, wrong size", "Does not hold", "Did not come true")
BOTH = [(row.id, outcome) for row in c.claims() for outcome in ((False, True) if row.outcome else (False,))]


class Box:
    """A box as read: its face, its parts, its notes and the table of all readings."""

    def __init__(self, claim_id: str, outcome: bool):
        self.made = ClaimBox(c.evaluate(claim_id), outcome=outcome)
        self.page = BeautifulSoup(self.made._repr_mimebundle_()["text/html"], "html.parser").details
        self.face = self.page.find("summary", recursive=False)
        tables = self.page.select("table")
        self.parts = [cells(tr) for tr in tables[0].select("tbody tr")] if self.made.rows[:1] and tables else []
        listed = self.page.select(".mali-claim__readings table tbody tr")
        self.readings = [cells(tr) for tr in listed]
        self.notes = [
            (name.get_text(), name.find_next("dd").get_text()) for name in self.page.select(".mali-claim__notes > dt")
        ]

    def of(self, part: str, kind: str) -> list[list[str]]:
        """Return the readings of a part that are of a kind."""
        return [row for row in self.readings if row[0] == part and row[2] == kind]

    def text(self, css: str) -> str:
        """Return a piece of the face, or nothing."""
        found = self.face.select_one(css)
        return found.get_text() if found else ""


def cells(tr: Tag) -> list[str]:
    return [cell.get_text() for cell in tr.find_all(["th", "td"])]


@cache
def box(claim_id: str, outcome: bool) -> Box:
    return Box(claim_id, outcome)


def numbers(text: str) -> list[str]:
    """Return the numbers of a text, however its language groups and points them."""
    text = re.sub(r"(?<=\d)[\u202f,](?=\d{3})", "", text)
    return sorted(found.replace(",", ".") for found in re.findall(r"\d+(?:[.,]\d+)?", text))


def test_five_editions_show_every_box():
    shown = {edition: {row.id for row in c.due(Report(edition))} for edition in EDITIONS}
    assert shown["2022-08"] == {row.id for row in c.claims() if row.report == "R22"}
    for edition in EDITIONS[1:]:
        assert shown[edition] == {row.id for row in c.claims()}
    # A box is made at its statement's own date, so one edition's boxes are every edition's.
    assert {claim_id for claim_id, _ in BOTH} == shown["latest"]


@pytest.mark.parametrize(("claim_id", "outcome"), BOTH)
def test_the_line_says_what_the_parts_say(claim_id, outcome):
    one = box(claim_id, outcome)
    verdicts = [row.verdict for row in one.made.rows]
    whole = rule.whole(verdicts)
    settled = not whole and (claim_id, True) in BOTH
    assert one.text(".mali-claim__verdict") == (claimbox.SETTLED if settled else rule.FACES[whole])[0]
    found = one.text(".mali-claim__found")
    for piece in re.sub(r"^(?:We find|Sources give) ", "", found).split("; ") if found else []:
        name, _, counts = piece.rpartition(": ")
        ours = [part[3].split(":")[0] for part in one.parts if not name or part[0].lower() == name.lower()]
        # A part that is named says its unit in the name: "deaths in them: 961 against 923".
        assert ours, piece
        assert counts in ours or (name and numbers(counts) in [numbers(text) for text in ours]), piece
    sides = {rule.SIDES[verdict] for verdict in verdicts}
    assert (one.text(".mali-claim__verdict") == "Mixed") == (len(sides) > 1 and "holds" in sides)


@pytest.mark.parametrize(("claim_id", "outcome"), BOTH)
def test_a_part_and_its_readings_agree(claim_id, outcome):
    one = box(claim_id, outcome)
    for name, verdict, _, ours, spread in one.parts:
        words, gives = one.of(name, "reading of the words"), [row[4] for row in one.of(name, "reading of the words")]
        if verdict in NONE_GIVES:
            assert "yes" not in gives, "a reading gives what the verdict says that none gives"
        if verdict in ("Holds", "Came true"):
            assert gives[0] == "yes"
        if "by another reading" in ours:
            main, other = ours.split(", by another reading ")
            assert verdict == "Close"
            assert (words[0][3], words[0][4]) == (main, "no")
            assert [other, "yes"] in [row[3:] for row in words[1:]]
        elif verdict == "Close" and words:
            assert "yes" not in gives, "close for revisions, where a reading gives the figure"
        if verdict == "Cannot be measured":
            assert not words, "what cannot be measured has stand-ins, and no reading of the words"
        if verdict in ("Sourced", "No other source"):
            assert not words
            assert (ours in ("no other source", "0 sources")) == (verdict == "No other source")
        if "agree" in spread:
            yes = gives.count("yes")
            assert spread == f"{yes} of {len(gives)} {'agrees' if yes == 1 else 'agree'}"
        elif " to " in spread and words:
            values = [row[3] for row in words]
            low, high = spread.split(" to ")
            assert {low, high} <= set(values)


@pytest.mark.parametrize(("claim_id", "outcome"), BOTH)
def test_the_search_says_what_it_found_and_no_more(claim_id, outcome):
    one = box(claim_id, outcome)
    said = [text for name, text in one.notes if name == "Beyond the words"]
    spaces = [row.figure for row in space.SPACES if row.claim == claim_id] if not outcome else []
    tried = [space.search(claim_id, name).dropna(subset="value") for name in spaces]
    tried = [found for found in tried if len(found) > 1]
    assert len(said) == len(tried)
    for text, found in zip(said, tried, strict=True):
        assert text.lower().startswith("none of") == (not found["match"].any())
        assert (null.LEVELS["none"].rstrip(".") in text) is False, "told once"
        level = re.search(r"Level: ([\w ]+)\.$", text)[1]
        assert (level == "none") == (not found["match"].any())
        assert (level in ("robust", "fragile")) == bool(found["match"].iloc[0])
        as_well = re.search(r"(\d+) percent by definitions of as much weight", text)
        if level in ("weak match", "rival"):
            assert (int(as_well[1]) > 10) == (level == "weak match"), "many others do as well, or they do not"
        if level == "undecided":
            assert as_well is None, "no share of a handful of numbers"
    whole = one.page.get_text()
    assert not ("No word of the report points" in whole and "definition that the words suggest" in whole)


@pytest.mark.parametrize(("claim_id", "outcome"), BOTH)
def test_no_report_vouches_for_itself(claim_id, outcome):
    one = box(claim_id, outcome)
    assert not any(REPORT in cell for row in one.readings for cell in row)
    assert not any(REPORT in text for name, text in one.notes if name == "Sources")
    for row in one.made.rows:
        assert REPORT not in row.definition + row.matching
        assert row.verdict != "unsourced" or row.computed is None, "the report's own figure is none of ours"


@pytest.mark.parametrize(("claim_id", "outcome"), BOTH)
def test_marks_have_their_reason_in_the_box(claim_id, outcome):
    one = box(claim_id, outcome)
    marks = {tag.get_text() for tag in one.face.select(".mali-claim__flag")}
    differs = any(opinion.agrees is False for opinion in one.made.opinions)
    assert (UCDP[0] in marks) == differs
    notes = dict(one.notes)
    assert not differs or "Second source" in notes
    if claimbox.PROXY[0] in marks:
        assert re.search(r"of which|does not (?:tell|count|give)", notes["Measure"]), (
            "a proxy says what it stands in for"
        )
    # One part: the verdict's meaning is that of the way it came about.
    meaning = notes.get("What the verdict means", "")
    if "Another reading" in meaning:
        assert any(row.other is not None for row in one.made.rows)
    if "revised" in meaning and not meaning.startswith("Another"):
        assert any(row.reason == "vintage" for row in one.made.rows)


@pytest.mark.parametrize(("claim_id", "outcome"), BOTH)
def test_both_languages_give_the_same_numbers(claim_id, outcome):
    one = box(claim_id, outcome)
    tags = [*one.face.select("span[data-fr]"), *one.page.select("table")[:1], *one.page.select("dd[data-fr]")]
    pairs = [
        (tag.get_text(), tag["data-fr"])
        for outer in tags
        for tag in ([outer] if outer.has_attr("data-fr") else outer.select("[data-fr]"))
        if not tag.find_parent("summary") or "statement" not in tag["class"][0]
    ]
    assert pairs
    for english, french in pairs:
        digits = [x for x in numbers(english) if x in numbers(french)]
        # Days, and small counts that one language writes as a word, aside: every figure stands in both.
        missing = [x for x in numbers(english) if x not in digits and float(x) > 12]
        assert not missing, (english, french)
    assert not re.search(r"(?<!\d)1 (?:events|deaths|sources|clashes)\b", one.page.get_text())

"""No verdict box contradicts itself: each kind of contradiction that was found, or could be, looked for in every box.

The boxes are read as a reader sees them: from their HTML, in every edition that shows them.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
from bs4 import BeautifulSoup, Tag

from helpers import prose as p
from helpers.audit import claims as c
from helpers.audit import null, rule, second, space
from helpers.editions import Report
from helpers.page import claimbox, meaning
from helpers.page.claimbox import UCDP, ClaimBox

EDITIONS = ("2022-08", "2023-07", "2024-06", "2025-02", "latest")
REPORT = "Africa Center"
NONE_GIVES = ("Right way, wrong size", "Right order, wrong size", "Does not hold", "Did not come true")
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
    for piece in re.sub(r"^(?:We find|Sources give|What came:) ", "", found).split("; ") if found else []:
        name, _, counts = piece.rpartition(": ")
        ours = [
            part[3].removesuffix(f"; {claimbox.DISSENT[0]}").split(":")[0]
            for part in one.parts
            if not name or part[0].lower() == name.lower()
        ]
        # A part that is named says its unit in the name: "deaths in them: 961 against 923".
        assert ours, piece
        assert counts in ours or (name and numbers(counts) in [numbers(text) for text in ours]), piece
    sides = {rule.SIDES[verdict] for verdict in verdicts}
    assert (one.text(".mali-claim__verdict") == "Mixed") == (len(sides) > 1 and "holds" in sides)


@pytest.mark.parametrize(("claim_id", "outcome"), BOTH)
def test_a_part_and_its_readings_agree(claim_id, outcome):
    one = box(claim_id, outcome)
    for name, verdict, published, ours, spread in one.parts:
        # What chance may explain, or too few leave open, is said as counts in every reading of a statement: no yes and no no.
        doubted = ours.endswith((meaning.UNCLEAR[0], meaning.FEW[0]))
        open_ = doubted and published == "statement"
        answers = {row[4] for row in one.readings if row[0] == name}
        assert answers <= ({told for told, _ in claimbox.COUNTED.values()} if open_ else {"yes", "no"})
        assert doubted or verdict != "Not settled"
        words, gives = one.of(name, "reading of the words"), [row[4] for row in one.of(name, "reading of the words")]
        if verdict in NONE_GIVES:
            assert "yes" not in gives, "a reading gives what the verdict says that none gives"
        if verdict in ("Holds", "Came true"):
            assert gives[0] in ("yes", claimbox.COUNTED[True][0])
        if beside := re.fullmatch(r"(.+), by (another|the nearest) reading (.+)", ours):
            main, which, other = beside.groups()
            assert verdict == "Close"
            assert (words[0][3], words[0][4]) == (main, "no")
            # Another reading gives the figure; where none does, the nearest misses it within the room for revisions.
            assert [other, "yes" if which == "another" else "no"] in [row[3:] for row in words[1:]]
            assert ("yes" in gives) == (which == "another")
        elif verdict == "Close" and words:
            assert "yes" not in gives, "close for revisions, where a reading gives the figure"
        if verdict == "Cannot be measured":
            assert not words, "what cannot be measured has stand-ins, and no reading of the words"
        if verdict in ("Sourced", "No other source"):
            assert not words
            assert (ours.split(";")[0] == "no other source") == (verdict == "No other source")
        if "by count" in spread:
            assert open_
            more = gives.count(claimbox.COUNTED[True][0])
            assert spread == f"more by count in {p.of_all(more, len(gives))}"
        elif "agree" in spread:
            yes = gives.count("yes")
            assert spread == f"{yes} of {len(gives)} {'agrees' if yes == 1 else 'agree'}"
        elif " to " in spread and words:
            values = [row[3] for row in words]
            low, high = spread.split(" to ")
            assert high in values
            assert any(re.match(rf"{re.escape(low)}(?![\d.])", value) for value in values)


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
        of, as_well = (
            re.search(r"Of the (\S+) numbers", text),
            re.search(r"and (\S+) (percent )?by definitions", text),
        )
        small = ["none", *map(p.word, range(1, 20))]
        if of and of[1] in small:
            assert not re.search(r"instead, \S+ percent", text), "no share of a handful"
        if level in ("weak match", "rival"):
            share = int(as_well[1]) / 100 if as_well[2] else small.index(as_well[1]) / small.index(of[1])
            assert (share > null.TELLING) == (level == "weak match"), "many others do as well, or they do not"
        if level == "undecided":
            assert as_well is None, "no share of a handful of numbers"
    whole = one.page.get_text()
    assert not ("No word of the report points" in whole and "definition that the words suggest" in whole)


@pytest.mark.parametrize(("claim_id", "outcome"), BOTH)
def test_the_meaning_of_a_verdict_speaks_of_this_box_alone(claim_id, outcome):
    """Boxes told what verdicts of other kinds mean: rooms that outcomes lack, numbers where there was none."""
    one = box(claim_id, outcome)
    meaning = dict(one.notes).get("What the verdict means", "")
    tests = {row.figure.test == "true" for row in one.made.rows if row.figure and row.verdict == one.made.verdict}
    assert ("no room for revisions" in meaning) == ((claim_id, outcome) == ("R22-03", True))
    if one.made.verdict in ("reproduced", "not reproduced") and len(tests) == 1:
        assert ("statement" in meaning) == tests.pop()
        assert ", or " not in meaning
    if one.made.verdict == "mixed":
        fails = any(rule.SIDES[row.verdict] in ("fails", "partly") for row in one.made.rows)
        assert ("another does not" in meaning) == fails
    if one.made.verdict == "unsettled":
        assert ("chance" in meaning) != ("below twenty" in meaning)


@pytest.mark.parametrize(("claim_id", "outcome"), BOTH)
def test_a_box_names_each_source_once_and_none_by_a_zero(claim_id, outcome):
    one = box(claim_id, outcome)
    named = [text for name, text in one.notes if name == "Sources"]
    assert len(named) <= 1
    sources = [] if outcome else one.made.result.sources["source"].tolist() if len(one.made.result.sources) else []
    used = {
        source for row in one.made.rows if row.fact or row.documents for source in sources if source in row.matching
    }
    assert all(named[0].count(source) == 1 for source in used)
    text = one.page.get_text(" ") + " ".join(tag["data-fr"] for tag in one.page.select("[data-fr]"))
    assert not re.search(r"\b0 sources?\b|against 0\b|contre 0\b|\d{4}-\d\d-\d\d", text)
    for why in second.WHY.values():
        assert text.count(why.en) <= 1, "told once for all parts"
    # Of 13 events and 13 events against 12 the second says both.
    found = re.sub(r"^(?:We find|Sources give) ", "", one.text(".mali-claim__found")).split("; ")
    assert not any(a != b and b.startswith(f"{a} against") for a in found for b in found)


def test_three_sources_of_one_statement_all_stand_in_its_line():
    said = dict(box("R22-15", False).notes)["Sources"]
    assert [name in said for name in ("AJCAD Mali", "Handara", "Mali Tribune")] == [True] * 3


def test_a_value_beside_its_bound_is_printed_with_what_sets_it_off():
    """50 % stood beside a yes to more than half."""
    (row,) = [row for row in box("R22-13", False).readings if row[1] == "with unidentified armed groups"]
    assert row[3] != "50 %"
    assert (float(row[3].removesuffix(" %")) > 50) == (row[4] == "yes")


def test_a_report_is_quoted_to_its_own_digits_and_a_range_says_its_unit_once():
    assert [row[2] for row in box("R23-03", False).parts] == ["nearly 3 times"]
    assert [row[4] for row in box("R22-16", False).parts] == ["1,114 to 1,115 deaths", "32 to 43 %"]
    assert c.claim("R23-28").figures[0].text_fr == "un triplement"


def test_no_direction_is_told_of_what_chance_may_explain():
    """Kayes "rose from eight to 24" over an interval that holds no change; UCDP's counts "fell" without any interval."""
    kayes = dict(box("R23-28", False).notes)["In the data"]
    assert "went from eight in" in kayes
    for claim_id, outcome in BOTH:
        said = dict(box(claim_id, outcome).notes).get("Second source", "")
        assert not re.search(r"\b(?:rose|fell)\b", said)


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

"""The verdict boxes: verdict, statement and finding closed, parts opened, two languages, everything escaped, replies where there are any."""

import re
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

import browser as chromium
import sample_book
from helpers import palette
from helpers.audit import claims as c
from helpers.audit import rule
from helpers.audit.questions import OUTCOMES, QUESTIONS
from helpers.audit.replies import folder, replies
from helpers.editions import Report
from helpers.errors import ClaimError
from helpers.page import claimbox
from helpers.page.claimbox import PROJECTED, SETTLED, ClaimBox, computed
from helpers.page.meaning import rule_words
from helpers.story import scorecard

BOXES = [(row.id, False) for row in c.claims()] + [(row.id, True) for row in c.claims() if row.outcome]


@cache
def html(claim_id: str, outcome: bool = False, **words) -> str:
    return ClaimBox(c.evaluate(claim_id), outcome=outcome, **words)._repr_mimebundle_()["text/html"]


def box(claim_id: str, outcome: bool = False, **words) -> BeautifulSoup:
    return BeautifulSoup(html(claim_id, outcome, **words), "html.parser")


def marks(claim_id: str, outcome: bool = False) -> set[str]:
    return {mark[0] for mark in ClaimBox(c.evaluate(claim_id), outcome=outcome).marks()}


@pytest.mark.parametrize(("claim_id", "outcome"), BOXES, ids=lambda value: str(value))
def test_every_box_is_one_line_with_its_parts_behind(claim_id, outcome):
    page = box(claim_id, outcome)
    claim = c.claim(claim_id)
    assert [tag.name for tag in page.find_all(recursive=False)] == ["details"]
    face = page.details.find("summary", recursive=False)
    assert not page.details.has_attr("open")
    assert claim.statement in face.get_text()
    assert face.select_one(".mali-claim__id").get_text() == claim_id
    verdict = face.select_one(".mali-claim__verdict")
    assert (verdict.get_text(), verdict["data-fr"]) in (*rule.FACES.values(), SETTLED)
    assert face.select_one(".mali-claim__statement")["data-fr"] == f"{PROJECTED[1] if outcome else ''}{claim.fr}"
    notes = [tag.get_text() for tag in page.select(".mali-claim__notes > dt")]
    assert notes[:3] == ["Measure", "Held against" if outcome else "As of", "Published"]
    result = c.evaluate(claim_id)
    rows = [row for row in (result.outcomes if outcome else result.rows) if row.figure or row.fact]
    lines = page.select("table")[0].select("tbody tr") if rows else []
    assert [tr.th.get_text() for tr in lines] == [row.name for row in rows]
    assert [tr.select("td")[0].get_text() for tr in lines] == [
        rule.part_face(row.verdict, row.figure)[0] for row in rows
    ]
    # Every word of the face has its French, and nothing reads as code.
    for tag in face.find_all("span"):
        assert tag.has_attr("data-fr") or tag["class"][0] in ("mali-claim__mark", "mali-claim__id")
    assert not re.search(r"\bnan\b|_|Statement;|reproduced", page.get_text())


@pytest.mark.parametrize(("claim_id", "outcome"), BOXES, ids=lambda value: str(value))
def test_a_box_has_the_colour_that_its_verdict_has_in_charts(claim_id, outcome):
    rules = dict(re.findall(r"\.mali-claim--(\w+) { --mali-verdict: (#\w+); }", palette.css()))
    one = box(claim_id, outcome)
    classes = {name.removeprefix("mali-claim--") for name in one.details["class"]}
    drawn = scorecard.VERDICT_COLOURS
    face = one.select_one(".mali-claim__verdict").get_text()
    for name, label in drawn.items():
        assert rules[name] == palette.colour(name)
        assert (label == face) <= (name in classes)
    assert len(classes & set(rules)) <= 1


def test_tables_in_a_box_fade_into_the_ground_of_the_box():
    """On the page's ground the shadows of a table in a box would be holes of another colour."""
    sheet = (Path(claimbox.__file__).parent / "static" / "mali.css").read_text(encoding="utf-8")
    wrap = re.search(r"^\.mali-table-wrap \{(.*?)^}", sheet, re.DOTALL | re.MULTILINE)[1]
    assert "--pst-color-background" in wrap.split("background:")[0]
    assert "--pst-color-background" not in wrap.split("background:")[1]
    boxed = re.search(r"^\.mali-claim \{(.*?)^}", sheet, re.DOTALL | re.MULTILINE)[1]
    assert "background: var(--mali-ground)" in boxed
    assert "--mali-ground:" in boxed


@pytest.mark.parametrize(("claim_id", "outcome"), BOXES, ids=lambda value: str(value))
def test_nothing_of_a_box_is_in_english_only_but_names_of_sources(claim_id, outcome):
    page = box(claim_id, outcome)
    for text in page.select("dd"):
        assert text.has_attr("data-fr") or text.find_previous_sibling("dt").get_text() == "Sources", text
    for cell in page.select("caption, th, td"):
        assert cell.has_attr("data-fr") or cell.find("a") or not re.search(r"[^\W\d]", cell.get_text()), cell
    told = {tag["data-fr"] for tag in page.select("[data-fr]")}
    english = re.compile(r"\b(?:of|with|the|and|by|events|deaths|over|before|since|within|named|attacks)\b")
    assert [text for text in told if english.search(text) and not text.startswith("«")] == []


NUMBERS = re.compile(r"\d+(?:[.,]\d+)?")


def said_numbers(text: str, grouped: str) -> list[str]:
    """Return the numbers of a text but years, which the two languages name at other places."""
    plain = re.sub(rf"(?<=\d){grouped}(?=\d{{3}})", "", text)
    found = (number.replace(",", ".") for number in NUMBERS.findall(plain))
    return sorted(number for number in found if not re.fullmatch(r"20[12]\d", number))


@pytest.mark.parametrize("edition", ["2021-05", "2022-08", "2023-07", "2024-12"])
def test_the_answer_to_a_question_has_the_same_numbers_in_both_languages(edition):
    r = Report(edition)
    asked = [*QUESTIONS.items(), *OUTCOMES.items()]
    answers = [(name, ask(r)) for name, ask in asked if name not in ("documented", "evidence")]
    assert len(answers) > 40
    for name, answer in answers:
        assert said_numbers(answer.said.fr, "\u202f") == said_numbers(answer.said.en, ","), (name, answer.said)
        for quantity in answer.quantities.values():
            for reading in quantity.readings if name != "referendum" else ():  # a label of its own names a day
                assert said_numbers(reading.label.fr, "\u202f") == said_numbers(reading.label.en, ","), (
                    name,
                    reading.label,
                )


@pytest.mark.parametrize(("claim_id", "outcome"), BOXES, ids=lambda value: str(value))
def test_no_box_contradicts_itself(claim_id, outcome):
    """What the verdict says of the readings of the words holds in the table of readings below it."""
    result = c.evaluate(claim_id)
    answer = result.outcome_answer if outcome else result.answer
    for row in result.outcomes if outcome else result.rows:
        if (
            row.figure is None
            or row.verdict in ("sourced", "unsourced", "not measurable")
            or row.claim.kind == "documented"
        ):
            continue
        stated = [
            c.meets(row.figure, row.figure.convert(x.value)) for x in answer.quantities[row.figure.quantity].stated
        ]
        if row.verdict in ("direction only", "not reproduced", "not borne out"):
            assert not any(stated)
        if row.verdict == "reproduced":
            assert stated[0]


@pytest.mark.parametrize(("claim_id", "outcome"), BOXES, ids=lambda value: str(value))
def test_every_verdict_says_to_which_month_its_data_run(claim_id, outcome):
    """A chip said that a statement holds, or came true, without the months for which that is so."""
    made = ClaimBox(c.evaluate(claim_id), outcome=outcome)
    said = box(claim_id, outcome).select_one("summary > .mali-claim__until")
    if made.face == SETTLED or made.verdict in ("", "open"):
        assert said is None
        return
    own = {
        "R22": ("to August 2022", "données jusqu’en août 2022"),
        "R23": ("to June 2023", "données jusqu’en juin 2023"),
    }
    came = {"R22-03": "December 2022", "R22-10": "December 2022", "R23-01": "December 2023", "R23-02": "December 2023",
            "R23-29": "December 2024", "R23-30": "June 2024"}  # fmt: skip
    if outcome:
        assert said.get_text() == f"to {came[claim_id]}"
        assert said["data-fr"].startswith("données jusqu’en ")
        assert f"later months, to {came[claim_id]}, in tables" in box(claim_id, True).get_text()
    else:
        assert (said.get_text(), said["data-fr"]) == own[claim_id[:3]]
    assert f"{made.face[0]}, {said.get_text()}." in made._repr_mimebundle_()["text/plain"]


def test_what_is_close_says_in_which_way():
    meaning = {claim_id: box(claim_id).select("dd")[3].get_text() for claim_id in ("R22-16", "R23-15", "R23-26")}
    assert meaning["R23-26"].startswith("A reading of the words misses it by no more than the source usually changes")
    assert meaning["R22-16"] == "Another reading of the words gives it; the likeliest does not."
    assert meaning["R23-15"] == meaning["R23-26"]
    assert (
        box("R22-16").select_one(".mali-claim__found").get_text()
        == "We find 1,114 deaths; 32 %, by another reading 43 %"
    )
    # A document is not revised: it rounds and converts.
    assert rule_words("close", c.evaluate("R23-14").rows)[0] == "A source gives it but for rounding or conversion."


def test_a_documented_claim_shows_its_sources_and_other_counts_apart():
    kinds = {
        tuple(cell.get_text() for cell in tr.select("th, td"))[1:3] for tr in box("R23-17").select("table tbody tr")
    }
    assert ("AP via The Hill, 12 May 2023", "source") in kinds
    assert ("ACLED, sum of three daily events", "another count") in kinds
    assert "14 km from the centre of Bamako" in box("R22-12").get_text(), "an upper bound, beside what was not measured"


@pytest.mark.parametrize(
    ("matches", "said"),
    [
        (0, ("0 of 2 agree", "0 sur 2 concorde")),
        (1, ("1 of 2 agrees", "1 sur 2 concorde")),
        (2, ("2 of 2 agree", "2 sur 2 concordent")),
    ],
)
def test_readings_that_agree_do_so_in_number(matches, said):
    row = replace(c.evaluate("R23-20").rows[0], matches=matches, readings=2)
    assert claimbox._agreeing(row) == said


def test_marks_stand_where_they_should():
    assert marks("R22-07") == {"by a stand-in", "the stand-in settles nothing"}
    assert marks("R23-23") == {"by a stand-in", "the stand-in settles nothing"}
    for claim_id in ("R22-01", "R22-06", "R23-02"):
        assert "UCDP differs" in marks(claim_id)
    assert marks("R22-13") == set()


def test_a_proxy_by_construction_is_not_printed_as_ours():
    assert box("R23-23").select_one(".mali-claim__found") is None
    assert box("R22-12").select_one(".mali-claim__found") is None, "the distance to another place"
    assert "349,533" in box("R23-04").select_one(".mali-claim__found").get_text()


def test_counts_are_printed_behind_statements():
    found = {row.name: computed(row) for row in c.evaluate("R23-20").rows}
    assert found["Events in Ménaka"] == ("79 events against 23", "79 événements contre 23")
    assert computed(c.evaluate("R23-21").rows[0])[0] == "18 events"


def test_pairs_of_one_unit_are_each_named():
    """Four pairs of counts stood side by side, and no word said which were whose."""
    for claim_id, outcome, en, french in (
        (
            "R23-29",
            True,
            "What came: militant Islamist events: 393 against 348; deaths in them: 961 against 923; "
            "events, all sides: 461 against 522; deaths, all sides: 1,164 against 1,462",
            "Constaté depuis : événements impliquant des groupes islamistes armés : 393 contre 348 ; leurs morts : 961 contre 923 ; "
            "événements, tous belligérants : 461 contre 522 ; morts, tous belligérants : 1\u202f164 contre 1\u202f462",
        ),
        (
            "R23-30",
            True,
            "What came: war with the separatists: 47 events against none; violence in Ménaka: 65 events against 89",
            "Constaté depuis : guerre avec les séparatistes : 47 événements contre zéro ; violence à Ménaka : 65 événements contre 89",
        ),
        # Of two units each says itself what it counts; a single pair is the statement's own.
        ("R23-27", False, "We find 21 events against 13", "Nous trouvons 21 événements contre 13"),
    ):
        line = box(claim_id, outcome).select_one(".mali-claim__found")
        assert (line.get_text(), line["data-fr"].replace("\xa0", " ")) == (en, french)


def test_a_change_within_its_interval_is_called_what_it_is():
    cells = [tr.get_text("|") for tr in box("R23-29", True).select("table")[0].select("tbody tr")]
    assert cells[0].startswith(
        "Militant Islamist events|Not settled|statement|393 events against 348: chance may explain it|–"
    )
    few = [tr.get_text("|") for tr in box("R22-10", True).select("table")[0].select("tbody tr")]
    assert "|Not settled|statement|13 events against 12: too few to tell" in few[1]
    rose = [tr.get_text("|") for tr in box("R23-20").select("table")[0].select("tbody tr")]
    assert "79 events against 23|" in rose[0], "a clear rise says nothing more"
    meant = next(dt for dt in box("R23-20").select("dt") if dt.get_text() == "What the verdict means").find_next("dd")
    assert meant.get_text().endswith("holds ground. Deaths in Ménaka: more by count; chance may explain it.")
    assert meant["data-fr"].endswith("en hausse d’après le décompte ; le hasard peut l’expliquer.")


def test_the_rise_since_2021_is_judged_by_the_words_of_the_statement():
    """Deaths since Wagner came stood first, which no word names and a later source had suggested."""
    change, deaths = c.evaluate("R23-15").answer.quantities.values()
    first = change.readings[0].label.en
    assert first == "militant Islamist attacks on civilians, since January 2021 over as many months before"
    assert deaths.readings[0].label.en.endswith("since January 2021")
    assert not any("coup" in reading.label.en for one in (change, deaths) for reading in one.stated)
    told = box("R23-15").get_text()
    assert "We find +220 %, by the nearest reading +267 %; 1,546 deaths" in told
    # Each beginning gives both numbers, and none gives the published two: 278 percent and at least 1,632.
    assert "No single beginning gives both numbers." in told
    assert (
        "Since January 2021 attacks rose by 220 percent and deaths in them rose by 242 percent, to 1,546; "
        "since December 2021 attacks rose by 70 percent and deaths in them rose by 267 percent, to 1,338."
    ) in told
    toll = {reading.label.en: reading.value for reading in deaths.readings if reading.value >= 1632}
    assert len(toll) == 3
    assert "or from January 2021 with bombs and shelling" in told, "the list has two more that reach it"


def test_what_is_written_in_a_claim_or_a_reply_is_escaped(tmp_path):
    evil = "<img src=x onerror=alert(1)> & \"quoted\" 'text'"
    (tmp_path / "R22-06.yml").write_text(
        f"- from: '<b>A</b>'\n  role: invented, for this test\n  date: 2026-01-02\n  language: en\n  received: letter\n"
        f"  text: |\n    {evil}\n\n    Second <i>paragraph</i>.\n"
    )
    result = c.evaluate("R22-06")
    claim = replace(result.claim, statement=evil, fr=evil, measure=evil, measure_fr=evil, why=evil, why_fr=evil)
    html = ClaimBox(replace(result, claim=claim), folder=tmp_path)._repr_mimebundle_()["text/html"]
    page = BeautifulSoup(html, "html.parser")
    assert not page.select("img, b, i, script")
    assert page.select_one(".mali-claim__statement").get_text() == evil
    assert page.select_one(".mali-claim__statement")["data-fr"] == evil
    reply = page.select_one("blockquote.mali-claim__reply")
    assert reply["lang"] == "en"
    assert [tag.get_text() for tag in reply.select("p")] == [
        "<b>A</b> (invented, for this test), 2 January 2026",
        evil,
        "Second <i>paragraph</i>.",
    ]


def test_a_reply_passes_the_inert_door(tmp_path):
    (tmp_path / "R23-06.yml").write_text(
        '- from: "Inven\\u202eted \\e[31mbody"\n  role: invented, for this test\n  date: 2026-01-02\n  language: fr\n'
        '  received: letter\n  text: "One\\u2066 line\\n\\nand {{7*7}} another"\n'
    )
    (reply,) = replies("R23-06", tmp_path)
    assert all(sign.isprintable() or sign == "\n" for sign in reply.sender + reply.text)
    shown = box("R23-06", folder=tmp_path).select("blockquote p")
    assert [tag.get_text() for tag in shown] == [
        "Inven ted [31mbody (invented, for this test), 2 January 2026",
        "One line",
        "and {{7*7}} another",
    ]


def test_no_reply_has_been_received_and_none_is_shown():
    assert sorted(path.name for path in folder().iterdir()) == ["README.md"]
    assert all(replies(claim.id) == () for claim in c.claims())
    assert box("R22-06").select("blockquote") == []


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("R99-01.yml", "[]", "named after a statement"),
        ("R22-06.yml", "a: [", "not YAML"),
        ("R22-06.yml", "[]", "expected a list"),
        ("R22-06.yml", "- {from: A}", "needs exactly the fields from, role"),
        (
            "R22-06.yml",
            "- {from: A, role: b, date: soon, language: en, received: c, text: d}",
            "needs a date such as",
        ),
        (
            "R22-06.yml",
            "- {from: A, role: b, date: 2026-01-01, language: en, received: c, text: ' '}",
            "the field text is empty",
        ),
    ],
)
def test_a_bad_reply_is_one_sentence(tmp_path, name, text, message):
    (tmp_path / name).write_text(text)
    with pytest.raises(ClaimError, match=message):
        replies("R22-06", tmp_path)


@pytest.mark.parametrize(("claim_id", "outcome"), BOXES, ids=lambda value: str(value))
def test_every_source_in_a_box_is_a_link_to_its_page(claim_id, outcome):
    """Sources of dated facts below the parts, and sources of figures in the table of readings."""
    page = box(claim_id, outcome)
    found = c.evaluate(claim_id).sources
    pages = dict(zip(found["source"], found["url"], strict=True)) if len(found) else {}
    named = [dd for dd in page.select(".mali-claim__notes > dd") if dd.find_previous("dt").get_text() == "Sources"]
    named += [tr for tr in page.select(".mali-claim__readings tbody tr") if tr.select("td")[1].get_text() == "source"]
    assert named or claim_id not in ("R22-12", "R22-15", "R23-14"), "these rest on documents"
    for tag in named:
        links = {a.get_text(): a["href"] for a in tag.select("a")}
        assert links, f"{claim_id}: {tag.get_text()}"
        assert links.items() <= pages.items()
        left = tag.get_text() if tag.name == "dd" else tag.select("td")[0].get_text()
        for source in links:
            left = left.replace(source, "")
        assert not left.strip("; "), f"{left} is no link"


def test_a_page_that_tells_a_projection_says_below_what_came_of_it_and_never_twice_the_same(root):
    shown: dict[str, list[tuple[str, str]]] = {}
    for path in (root / "chapters").glob("*.ipynb"):
        for cell in nbformat.read(path, 4).cells:
            for call, named in re.findall(r"chapter\.(claim|settled)\(([^)]*)\)", cell.source):
                shown.setdefault(path.stem, []).extend((call, one) for one in re.findall(r"R\d\d-\d\d", named))
    ahead = [one for one in c.claims() if one.outcome]
    assert ahead
    for claim in ahead:
        there = [call for call, name in shown[claim.chapter] if name == claim.id]
        assert there == ["claim", "settled"], claim.id
        result = c.evaluate(claim.id)
        before, after = (ClaimBox(result, outcome=outcome)._html() for outcome in (False, True))
        assert "For later months" not in before + after, claim.id
        assert f"Projected: {claim.statement}" in unescape(after)
        assert "Projected: " not in before
        # What came stands before what was counted, never before what was foreseen.
        assert 'mali-claim__found" data-fr="Constaté depuis : ' in unescape(after).replace("\xa0", " ")
        assert ">What came: " in after
        assert f"What came: {claim.statement}" not in unescape(before + after)
        assert (SETTLED[0] in before) == (not ClaimBox(result).verdict)


STYLES = sample_book.REPOSITORY / "src" / "helpers" / "page" / "static" / "mali.css"


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_a_closed_box_shows_statement_and_finding_whole(browser, tmp_path, width):
    html = "".join(str(box(*one)) for one in (("R22-10", True), ("R23-04", False), ("R23-07", False)))
    page = tmp_path / "boxes.html"
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="{STYLES.as_uri()}">'
        f'<body style="max-width:688px;font:16px/1.65 DejaVu Sans, sans-serif">{html}',
        encoding="utf-8",
    )
    with chromium.visit(browser, width=width) as seen:
        seen.go(page, drawn=False)
        cut = seen.page.locator(
            "summary :is(.mali-claim__statement, .mali-claim__found, .mali-claim__flag)"
        ).evaluate_all(
            """parts => parts.filter((part) => {
                 const text = document.createRange(), box = part.closest("details").getBoundingClientRect();
                 text.selectNodeContents(part);
                 const lines = [...text.getClientRects()];
                 return getComputedStyle(part).webkitLineClamp !== "none" || part.scrollHeight > part.clientHeight && part.clientHeight
                   || !lines.length || lines.some((line) => line.right > box.right || line.bottom > box.bottom);
               }).map((part) => part.textContent)"""
        )
        assert seen.page.locator(".mali-claim__found").count() == 3
        assert cut == []


def test_no_label_of_a_reading_is_lost_in_french():
    """`APA News, May 2022` alone stood for a count of violations by Malian forces."""
    lost = []
    for row in c.claims():
        result = c.evaluate(row.id)
        for answer in filter(None, (result.answer, result.outcome_answer)):
            for reading in (one for quantity in answer.quantities.values() for one in quantity.readings):
                if len(reading.label.fr) < len(reading.label.en) / 2:
                    lost.append((row.id, reading.label))
    assert lost == []
    labels = [cell["data-fr"] for cell in box("R23-17").select(".mali-claim__readings td[data-fr]")]
    assert "violations des forces maliennes, janvier-mars 2022 (MINUSMA)\u202f; APA News, May 2022" in labels

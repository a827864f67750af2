"""What a chapter of the report may cost its reader: words, figures, numbers in a title, and words that belong elsewhere.

The chapters' cells are run in this process. Body prose is what stands between the figures: Markdown cells, computed
paragraphs and the answer; not figures, tables, closed claims, dated facts and their sources.
"""

from __future__ import annotations

import hashlib
import re
from importlib import import_module

import nbformat
import pytest
from IPython.display import Markdown

import story_figures
from helpers.audit import claims, published
from helpers.audit.second import WHY
from helpers.builds.recipe import project
from helpers.editions import Report
from helpers.figures import Figure
from helpers.measures.catalogue import fought_by, islamist, totals
from helpers.page.bilingual import Bilingual
from helpers.page.claimbox import ClaimBox
from helpers.page.frame import AnswerBox, Facts
from helpers.story import (
    actors,
    attackers,
    came,
    central,
    evidence_wagner,
    footprint,
    ledger_figures,
    overview,
    profiles,
    scorecard,
    sources,
    southern,
    trajectory,
    wagner,
)
from helpers.story.overview import ANSWERS
from helpers.words import joined, names

WORDS, FRENCH_MORE, FIGURES = 900, 1.2, 8
BANNED = re.compile(r"\b(?:edition|chart|table|figure|box|code|interval|reading|definition)s?\b", re.IGNORECASE)
MAY_LOOK_BEHIND = ("What happened next", "What these numbers cannot show")
"""Headings under which a page speaks of itself: of its edition's date, and of what its tables hold."""
JUDGES = ("scorecard",)
"""Pages whose subject is what readings and definitions of a statement give."""
KEYS = re.compile(r"\b\d{4}(?:Q|H)\d\b")

report = pytest.mark.parametrize("page", story_figures.REPORT)
edition = pytest.mark.parametrize("edition", ["2023-07", "latest"])
every = pytest.mark.parametrize("edition", story_figures.EDITIONS)


def cells(page: str) -> list[nbformat.NotebookNode]:
    return nbformat.read(project().find(page), as_version=4).cells


def prose(page: str, edition: str) -> list[tuple[str, str, str]]:
    """Return the body prose of a chapter: heading it stands under, English, French."""
    shown = story_figures.sections(page, edition)
    found = []
    for heading, one in shown:
        if isinstance(one, tuple):
            found.append((heading, *one))
        elif isinstance(one, AnswerBox):
            found.append((heading, f"{one.question.en} {one.answer.en}", f"{one.question.fr} {one.answer.fr}"))
            found += [
                (heading, f"{k.value.en} {k.label.en} {k.judged.en}", f"{k.value.fr} {k.label.fr} {k.judged.fr}")
                for k in one.keys
            ]
        elif isinstance(one, Bilingual) and isinstance(one.english, str) and isinstance(one.french, str):
            found.append((heading, one.english, one.french))
        elif isinstance(one, Markdown):
            found.append((heading, one.data, one.data))
        elif isinstance(one, Facts):
            found.append((heading, one.title.en, one.title.fr))
    return found


def words(text: str) -> int:
    """Count words as a reader does: addresses of links and signs alone are none."""
    return len(re.findall(r"[^\W_][\w’'.,\u202f-]*", re.sub(r"\]\([^)]*\)", "]", text)))


def test_words_are_counted_as_readers_count_them():
    assert words("State forces’ attacks fell by 32 percent, from 1,527 to 356.") == 11
    assert words("[What changed](depth/turning-points.ipynb) — and when") == 4


LONGEST = 48
"""Words of an answer in English; French may be two fifths longer."""


@edition
@pytest.mark.parametrize("page", list(ANSWERS))
def test_an_answer_is_read_in_one_breath(page, edition):
    box = import_module(f"helpers.story.{ANSWERS[page]}").answer(Report(edition))
    assert len(box.answer.en.split()) <= LONGEST
    assert words(box.answer.fr) <= LONGEST * 7 / 5
    # As a head of the page of all editions a label that only goes on from its number would lack who it is of.
    assert all(key.change or key.subject for key in box.keys)


@edition
@report
def test_a_chapter_is_short(page, edition):
    said = prose(page, edition)
    english, french = (sum(words(row[language]) for row in said) for language in (1, 2))
    assert 150 <= english <= WORDS, f"{page}, {edition}: {english} words"
    assert french <= WORDS * FRENCH_MORE, f"{page}, {edition}: {french} words of French"
    drawn = [one.id for one in story_figures.shown(page, edition) if isinstance(one, Figure)]
    assert len(drawn) <= FIGURES, f"{page}, {edition}: {drawn}"
    assert len(drawn) == len(set(drawn))


@edition
@pytest.mark.parametrize("page", [page for page in story_figures.REPORT if page not in JUDGES])
def test_body_prose_speaks_of_mali_and_not_of_the_book(page, edition):
    for heading, english, _ in prose(page, edition):
        if heading in MAY_LOOK_BEHIND or re.fullmatch(r"\*[^*]+\*", english):
            continue  # a line in italics says which edition this is, or what it lacks
        found = BANNED.findall(re.sub(r"\]\([^)]*\)", "]", english))
        assert not found, f"{page}, under {heading!r}: {found} in {english}"


@edition
@report
def test_no_interval_stands_in_body_prose(page, edition):
    brackets = re.compile(r"\([−+]?\d[\d.,\u202f]*(?:\s?%)? (?:to|à) [−+]?\d")
    for heading, english, french in prose(page, edition):
        for text in (english, french):
            assert not brackets.search(text), f"{page}, under {heading!r}: {text}"


@every
@pytest.mark.parametrize("page", story_figures.PAGES)
def test_no_reader_sees_the_key_of_a_period(page, edition):
    for figure, _ in story_figures.made(page, edition):
        texts = [figure.title, figure.subtitle, figure.alt, figure.caveat.en, figure.frame.to_csv(index=False)]
        texts += [figure.fr.title, figure.fr.subtitle, figure.fr.alt, figure.caveat.fr, *figure.fr.chart.values()]
        for text in texts:
            assert not KEYS.search(text), f"{figure.id}: {KEYS.search(text)[0]}"


@every
@pytest.mark.parametrize("page", story_figures.PAGES)
def test_no_title_says_rose_or_fell_over_an_interval_that_holds_no_change(page, edition):
    moved = re.compile(r"\b(?:rose|fell|doubled|halved|tripled|grew)\b")
    bouge = re.compile(r"\b(?:augment\w+|recul\w+|diminu\w+|doubl\w+|tripl\w+)\b")
    for figure, finding in story_figures.made(page, edition):
        if not finding.changes:
            continue
        clear = [change for change in finding.changes if change.clear]
        for found in (moved.findall(figure.title), bouge.findall(figure.fr.title)):
            assert len(found) <= len(clear), f"{figure.id}: {figure.title} | {figure.fr.title}"
        for change in clear:
            assert not change.ends[0] <= 1 <= change.ends[1]
        if "no clear change" in figure.title or "held level" in figure.title:
            assert not clear, f"{figure.id}: {figure.title}"


@pytest.mark.parametrize("page", story_figures.REPORT)
def test_every_markdown_cell_has_the_french_of_its_own_english(page):
    for cell in cells(page):
        if cell.cell_type == "markdown":
            french = cell.metadata.get("fr", {})
            assert french.get("text", "").strip(), f"{page}: no French for {cell.source[:60]!r}"
            fresh = hashlib.sha256(cell.source.encode()).hexdigest()[:12]
            assert french["of"] == fresh, f"{page}: the French of {cell.source[:60]!r} is older than its English"
            # A heading may be a name, the same in both.
            assert french["text"] != cell.source or re.fullmatch(r"#+ .*", cell.source), cell.source


CLAIMED = [path.stem for path in project().notebooks if path.parent.name == "chapters"]


def boxes(edition: str) -> list[str]:
    return [
        one.result.claim.id
        for page in CLAIMED
        for one in story_figures.shown(page, edition)
        if isinstance(one, ClaimBox) and not one.outcome
    ]


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["2021-12", "2022-08", "2023-07"])
def test_every_claim_stands_in_one_chapter_once_it_is_made(edition):
    made = sorted(row.id for row in claims.due(Report(edition)))
    assert sorted(boxes(edition)) == made
    assert (
        len(made)
        == {"2021-12": 0, "2022-08": sum(one.report == "R22" for one in published.claims()), "2023-07": 49}[edition]
    )


@pytest.mark.parametrize("edition", ["2023-07", "latest"])
def test_what_the_reports_say_of_islamic_state_and_of_the_gold_stands_on_the_pages_with_its_source(edition):
    (facts,) = [
        one._repr_mimebundle_()["text/plain"]
        for one in story_figures.shown("northern", edition)
        if isinstance(one, Facts) and one.title.en == "Its setbacks and its return"
    ]
    assert "France announces that its forces have killed ISGS leader al-Sahraoui" in facts
    assert "offensive in Ménaka marks its return after the death of its leader" in facts
    said = wagner.gold(Report(edition))
    assert "sold through Dubai" in said.en
    assert "(https://www.theafricareport.com/" in said.en
    assert "vendu par Dubaï" in said.fr
    assert wagner.gold(Report("2022-08")) is None


def test_no_heading_of_the_newest_outlook_stands_over_nothing_but_a_reason():
    """A heading on past errors stood over one line that said there was too little to project."""
    computed: dict[str, list[object]] = {}
    for heading, one in story_figures.sections("outlook", "latest"):
        if not isinstance(one, tuple):
            computed.setdefault(heading, []).append(one)
    assert len(computed) > 3
    for heading, found in computed.items():
        assert not all(isinstance(one, Bilingual) and str(one.english).startswith("*") for one in found), heading


@pytest.mark.parametrize("edition", ["2022-08", "2023-07", "latest"])
def test_what_the_junta_chapter_lists_as_later_is_later_than_the_totals_it_names(edition):
    (said,) = [cell for cell in cells("junta") if cell.source.startswith("## What happened next")]
    assert "later than the totals by region" in said.source
    assert "postérieur aux totaux par région plus haut" in said.metadata.fr.text
    (later,) = [
        one
        for head, one in story_figures.sections("junta", edition)
        if head == "What happened next" and isinstance(one, Facts)
    ]
    end = str(Report(edition).end("totals"))
    assert len(later.rows)
    assert (later.rows["date"].str[:7] > end).all()


@pytest.mark.parametrize(("edition", "said", "fr"), [
    ("2022-08", "points the same way for 2021, the last year by side in our data: 48 civilians killed by governments, 168 by armed groups (ACLED, all deaths in attacks on civilians: 78, 325).", "(ACLED, tous les morts des attaques contre des civils\u202f: 78, 325)."),
    ("2023-07", "sets them further apart than ACLED for 2022, the last year by side in our data: 275 civilians killed by governments, 1,186 by armed groups (ACLED, all deaths in attacks on civilians: 948, 1,077).", "les sépare davantage qu’ACLED pour 2022"),
    ("latest", "points the same way less clearly for 2024, the last year by side in our data: 345 civilians killed by governments, 274 by armed groups (ACLED, all deaths in attacks on civilians: 1,009, 443); for 2023 it gives the opposite order (204, 301; ACLED: 947, 530).", "pour 2023, l’UCDP donne l’ordre inverse (204, 301\u202f; ACLED\u202f: 947, 530)."),
])  # fmt: skip
def test_a_second_source_is_held_against_the_same_year(edition, said, fr):
    """Its year by side ends before the last 12 months: Moura, of March 2022, lies in these and not in its 2021."""
    told = trajectory.who_kills(Report(edition))
    assert said in told.en
    assert fr in told.fr
    # Without ACLED's numbers, the order of both years all the same.
    short = trajectory.who_kills(Report(edition), whole=False)
    for page in (short, attackers.in_numbers(Report(edition))):
        assert "ACLED, all deaths" not in page.en
        assert page.en.endswith("; for 2023 it gives the opposite order.") == (edition == "latest")
        assert page.fr.endswith("pour 2023, l’UCDP donne l’ordre inverse.") == (edition == "latest")


def test_attacks_by_side_say_that_they_hold_abductions_and_no_unknown_attackers():
    """Beside 293 and 273 attacks a page gave 527 with abductions apart; 43 by unidentified groups were in no line of the figure."""
    latest = Report("latest")
    for told in (trajectory.who_kills(latest), attackers.in_numbers(latest), trajectory.CIVILIANS):
        assert "abductions included" in told.en
        assert "enlèvements compris" in told.fr
    state, _, armed = wagner.answer(latest).keys
    for key in (state, armed):
        assert key.label.en.endswith("in the year to February 2025, abductions included")
        assert key.label.fr.endswith(", enlèvements compris")
    note = trajectory.attackers(latest).caveat
    assert note.en.startswith(
        "Abductions are counted, 43 attacks by unknown attackers in the year to February 2025 (45 killed) are not; "
    )
    assert "43 attaques d’auteurs inconnus" in note.fr


def test_attacks_on_property_carry_no_ratio_and_no_title_of_their_own():
    """ACLED files looting and burning with its strategic developments, which it does not code systematically."""
    for edition in story_figures.EDITIONS:
        report = Report(edition)
        ways = {way: fought_by(report, way) for way in trajectory.METHODS}
        found = trajectory.ways({way: one.in_a_year() for way, one in ways.items()})
        assert "property" not in found.title.en
        assert names.UNEVEN.en in found.caveat.en
        assert "property" not in trajectory.how(report).en
        south = southern.supply({way: ways[way].in_zone("south") for way in southern.SUPPLY})
        assert south.caveat == names.UNEVEN
        assert "times as many" not in south.title.en
    assert south.title.en == "Attacks on property in the south: 67 recorded in the year to February 2026, after 10"


def test_no_text_says_that_ucdp_does_not_know_by_month_who_acted():
    """Its events name both sides and their day; the table by month that the second opinion rests on does not."""
    assert WHY["all sides"].en.startswith("The UCDP table used here does not say, by month, who acted")
    assert WHY["by year"].en.startswith("The UCDP table used here ")
    # Events of a pair of sides stay in the data in years below the threshold too.
    assert "between sides or by actors that reached 25 deaths in at least one year" in WHY["threshold"].en
    caveat = scorecard.directions(Report("2023-07")).caveat
    assert caveat == joined([WHY["all sides"], WHY["threshold"]])
    for note in (sources.THRESHOLD, footprint._FLOOR):
        assert note.en.startswith(WHY["threshold"].en)
        assert note.fr.startswith(WHY["threshold"].fr)


def test_moura_is_one_event_wherever_the_deadliest_is_named():
    """ACLED enters it as three; the note of the centre named the deadliest of these days, 130 dead, without its name."""
    assert central.who_kills_whom(Report("2022-08")).caveat.en.endswith(
        "The deadliest, at Moura in March 2022, cost 388 lives in three daily entries."
    )
    assert "Moura" not in central.who_kills_whom(Report("2023-07")).caveat.en


def test_a_statement_of_2023_has_no_figure_in_2022():
    assert evidence_wagner.readings(Report("2022-08")) == ""
    assert evidence_wagner.readings(Report("2023-07")).title.endswith("gives the published +278 percent.")


def test_small_counts_stand_as_counts_and_not_as_percentages():
    """One event of 11 more or less would move a percentage by nine points."""
    assert "(nine of 11 where it is an actor)" in wagner.targets(Report("2022-08")).title
    assert "(73 percent where it is an actor)" in wagner.targets(Report("2023-07")).title
    assert evidence_wagner._of(9, 17).en == "9"
    assert evidence_wagner._of(16, 17).en == "16"
    assert evidence_wagner._of(30, 52).en == "30 (58 percent)"


def test_what_came_after_is_told_with_its_months():
    report = Report("2022-08")
    made = southern.later_around_bamako(
        *(islamist(report).within(150).over(w) for w in (report.recent, report.recent_before))
    )
    assert "May-August 2022" in made.title.en
    assert "the months that followed" not in made.title.en
    assert "The newest months" not in came.calendar(report).caveat.en
    assert "The newest months" in came.calendar(Report("latest")).caveat.en


def test_two_records_of_a_year_are_told_alike_and_its_months_once():
    strikes = overview.findings(Report("2022-08")).en.splitlines()[3]
    assert strikes.count("In the year to August 2022") == 1
    # What a record is stands once; the others "did so" too.
    assert strikes.count("than in any earlier year to August, though chance may explain the difference") == 1
    assert "difference.** So did armed clashes (430 after 346)" in strikes


def test_the_card_of_foreign_forces_knows_the_end_of_the_mandate():
    foreign = next(one for one in profiles.PROFILES if one.id == "foreign")
    said = [actors.card(Report(edition), foreign).text.en for edition in ("2022-08", "2023-07")]
    assert "MINUSMA is still there" in said[0]
    assert said[1].endswith("the Security Council has ended the mandate of the UN mission MINUSMA.")


def test_the_whole_of_which_a_part_involved_jnim_says_what_it_leaves_out():
    """The 188 of the totals by region hold other political violence too, which these 157 by actor leave out."""
    said = southern._by_whom(Report("2023-07"))
    assert said.en.startswith(
        " Of 157 fights, attacks on civilians and blasts in the year to June 2023, 108 involved JNIM"
    )
    assert said.fr.startswith(" Sur 157 combats, attaques contre des civils et explosions")


def test_a_title_names_the_months_after_the_edition_that_it_counts():
    report = Report("2022-08")
    said = trajectory.afterwards(report, totals(report, later=True).by("month")).title
    assert said.en.startswith("Violent events in the year to March 2026 show no clear change")
    assert said.fr.startswith("Les événements violents dans l’année qui s’achève en mars 2026 ne montrent pas")


def test_k_of_n_is_said_as_in_speech():
    then, now = Report("2022-08"), Report("2023-07")
    assert came.foreseen(then).title == (
        "The published number was reached in neither of two projections; one is not settled."
    )
    assert came.foreseen(then).fr.title.endswith("dans aucune des deux projections\u202f; une reste à trancher.")
    assert "(2021) in both numbers" in came.simple_rule(then).en
    assert ledger_figures.graded(now).title.startswith("Both audited projections came nearer than the mean")
    assert ledger_figures.graded(now).fr.title.startswith("Les deux projections auditées sont tombées plus près")

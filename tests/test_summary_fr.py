"""The summary in French says what the English says, with the same numbers, in every edition."""

from __future__ import annotations

import re

import pytest

import story_figures
from helpers import data
from helpers.audit.questions import QUESTIONS
from helpers.chapters import NotInEdition
from helpers.editions import FIRST_MONTH, Report
from helpers.page.bilingual import Bilingual
from helpers.story import summary, summary_fr
from helpers.story.summary_words import FIXED
from test_figure_contract import ENGLISH, FRENCH, numbers

#: Beside the editions that the figures are tried in: months at which sentences change their form.
MONTHS = ("2019-01", "2020-08", "2022-01", "2023-12")
EDITIONS = (*story_figures.EDITIONS, *MONTHS)
REPORTS = {edition: Report(edition) for edition in EDITIONS}
PAGE = (
    summary.opening,
    summary.about,
    summary.findings,
    summary.score,
    summary.outcomes_in_short,
    *(getattr(summary, name) for name in FIXED),
)


def same_numbers(english: str, french: str) -> None:
    a, b = numbers(english, ENGLISH, ",", "."), numbers(french, FRENCH, "\u202f", ",")
    assert a == b, f"{sorted(a ^ b)}:\n{english}\n{french}"


def said(make, report: Report) -> Bilingual:
    """Return what a function of the page says, or why the edition has nothing to say, in both languages."""
    try:
        return make(report)
    except NotInEdition as why:
        return Bilingual(str(why), why.french)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_french_page_carries_the_numbers_of_the_english(edition):
    report = REPORTS[edition]
    for make in PAGE:
        both = said(make, report)
        assert isinstance(both, Bilingual)
        assert both.english != both.french, make.__name__
        if make.__name__ not in FIXED:
            same_numbers(both.english, both.french)
            assert not re.search(r"\d [%\d]|\d\.\d", both.french), both.french


@pytest.mark.parametrize("name", sorted(summary_fr.ANSWERS))
def test_every_french_sentence_says_what_its_answer_says(name):
    for edition in EDITIONS:
        report = REPORTS[edition]
        # These two are asked only where the page asks them.
        if name == "vac_against_pre_coup" and str(report.as_of) <= "2020-07":
            continue
        if (name == "wagner_vac_share" and str(report.as_of) < "2021-12") or (
            name == "referendum" and report.referendum.empty
        ):
            continue
        same_numbers(QUESTIONS[name](report).sentence, summary_fr.say(name, report))


def test_findings_ask_nothing_that_has_no_french():
    asked = set()
    for edition in EDITIONS:
        lines = summary.findings(REPORTS[edition]).french.splitlines()
        asked |= {line.split("**")[1] for line in lines if line.startswith("* ")}
    assert asked == {"Le pays.", "Les civils.", "Le nord.", "Le centre.", "Le sud.", "Wagner.", "La politique."}


def test_every_count_of_the_turnout_has_a_french_name():
    latest = QUESTIONS["referendum"](REPORTS["latest"]).quantities["turnout"].readings
    assert {reading.label.rsplit(", ", 1)[0] for reading in latest} <= set(summary_fr.STATED_BY)
    assert set(summary_fr.STATED_BY) <= set(data.load("referendum")["stated_by"]), "a name that the table does not hold"


def test_fixed_paragraphs_lead_to_the_same_pages():
    for name, (english, french) in FIXED.items():
        links = [re.findall(r"\]\(([^)]+)\)", text) for text in (english, french)]
        assert links[0] == links[1], name
        assert english.count("\n* ") == french.count("\n* "), name


def test_the_first_edition_has_a_page():
    report = Report(str(FIRST_MONTH))
    assert "précède les deux rapports" in summary.about(report).french

"""The opening of a page in French says what the English says, with the same numbers, in every edition."""

from __future__ import annotations

import re

import pytest

import story_figures
from helpers.editions import Report
from helpers.page import frame
from helpers.page.bilingual import Bilingual
from helpers.story import summary
from test_figure_contract import ENGLISH, FRENCH, numbers

#: Beside the editions that the figures are tried in: months at which sentences change their form.
MONTHS = ("2019-01", "2020-08", "2022-01", "2023-12")


@pytest.mark.parametrize("edition", [*story_figures.EDITIONS, *MONTHS])
def test_the_opening_says_the_same_in_french(edition):
    both = summary.opening(Report(edition))
    assert isinstance(both, Bilingual)
    assert both.english != both.french
    a, b = numbers(both.english, ENGLISH, ",", "."), numbers(both.french, FRENCH, "\u202f", ",")
    assert a == b, f"{sorted(a ^ b)}:\n{both.english}\n{both.french}"
    assert not re.search(r"\d [%\d]|\d\.\d", both.french), both.french


@pytest.mark.parametrize(
    ("edition", "english", "french"),
    [
        (
            "latest",
            "Figures run to February 2025 by actor, to March 2026 by region, by UCDP’s count to May 2026, dated facts to 6 October 2026.",
            "Les chiffres vont jusqu’en février 2025 par acteur, jusqu’en mars 2026 par région, jusqu’en mai 2026 selon l’UCDP, les faits datés jusqu’au 6 octobre 2026.",
        ),
        (
            "2023-07",
            "Figures run to June 2023, dated facts to 10 July 2023.",
            "Les chiffres vont jusqu’en juin 2023, les faits datés jusqu’au 10 juillet 2023.",
        ),
    ],
)
def test_each_page_says_where_its_figures_end_and_where_its_dated_facts_do(edition, english, french):
    report = Report(edition)
    both = frame.opening(report)
    assert english in both.english
    assert french in both.french
    last = str(report.chronology["date"].max())
    assert last == "2026-10-06" if edition == "latest" else last <= "2023-07-10"

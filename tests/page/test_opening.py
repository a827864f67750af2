"""The opening of a page in French says what the English says, with the same numbers, in every edition."""

from __future__ import annotations

import re

import pytest

import story_figures
from helpers.editions import Report
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

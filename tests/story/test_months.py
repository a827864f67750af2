"""Every month from 2019 on as an edition: each figure exists, in two languages, or the edition says why not (make long)."""

from __future__ import annotations

import pytest

import story_figures
import test_figure_contract as contract
import test_measure
from helpers.builds.front import every_month

pytestmark = pytest.mark.long

MONTHS = every_month("2019-01")
OWED = [
    contract.test_every_figure_speaks_french_with_the_same_numbers,
    contract.test_french_words_are_french,
    contract.test_every_figure_says_what_where_and_on_which_terms,
    contract.test_a_title_that_states_a_change_in_percent_gives_its_interval,
]


@pytest.fixture
def month(request):
    """A month; what was made for it is forgotten after it."""
    yield request.param
    for kept in (story_figures.figures, story_figures.told, story_figures.sections):
        kept.cache_clear()


@pytest.mark.parametrize("month", MONTHS, indirect=True)
def test_every_figure_of_a_month_is_what_it_owes_its_readers(month):
    made = 0
    for name in story_figures.NAMES:
        made += len(story_figures.figures(name, month))
        for owed in OWED:
            owed(name, month)
    for page in story_figures.PAGES:
        test_measure.test_numbers_of_an_alternative_text_are_in_the_frame(page, month)
    assert made > 80

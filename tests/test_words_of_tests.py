"""Words no stronger than the test behind them, and numbers rounded once: when they are printed."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

import story_figures
from helpers.editions import Report
from helpers.figures import _formatters, table_data
from helpers.story import forecast, scores, sources, spread, uncertainty, who_whom

MODULES = ("uncertainty", "sources", "spread", "forecast", "who_whom", "scores")
every = pytest.mark.parametrize("edition", ["2023-07", "latest"])
module = pytest.mark.parametrize("name", MODULES)

#: More than a test of a mean, an interval or a share can say.
TOO_MUCH = (
    r"larger than chance alone", r"should not expect", r"can be tested on either source", r"proves?\b", r"rules? out chance",
    r"\b(\w+) of \1 series", r"will (rise|fall|go on)", r"was not affected", r"had no effect",
)  # fmt: skip
TEXTS = {
    "uncertainty": (uncertainty.which_words, uncertainty.power_words),
    "sources": (sources.agreement_words, sources.apart_words),
    "spread": (spread.centre_words, spread.diffusion),
    "forecast": (forecast.verdict,),
    "scores": (scores.weighed, scores.published_words),
    "who_whom": (who_whom.centre_words,),
}


def _digits(value: float) -> int:
    return max(-int(Decimal(repr(value)).normalize().as_tuple().exponent), 0)


@every
@module
def test_a_number_of_a_figure_is_rounded_when_it_is_printed_and_not_before(name, edition):
    """2.7449 rounded to 2.745 for a table and to 2.75 for its reader is 2.74 in the sentence beside it."""
    for figure in story_figures.figures(name, edition):
        data = table_data(figure.frame)
        for place, form in enumerate(_formatters(data, {})):
            values = [row[place] for row in data["rows"] if isinstance(row[place], float)]
            if not values or all(value.is_integer() for value in values):
                continue
            kept = max(_digits(value) for value in values)
            shown = max(len(form(value).partition(".")[2]) for value in values)
            assert kept <= shown or kept >= 5, (figure.id, data["columns"][place], kept, shown)


def test_the_check_finds_a_number_that_is_rounded_twice():
    import pandas as pd

    data = table_data(pd.DataFrame({"Ratio": [2.745, 1.5]}))
    form = _formatters(data, {})[0]
    assert (_digits(2.745), form(2.745)) == (3, "2.75")


@every
@module
def test_titles_and_sentences_say_no_more_than_their_test(name, edition):
    report = Report(edition)
    said = [
        text
        for figure in story_figures.figures(name, edition)
        for text in (figure.title, figure.alt, figure.caveat or "")
    ]
    for make in TEXTS[name]:
        try:
            said.append(make(report))
        except story_figures.NotInEdition:
            continue
    assert said
    for text in said:
        found = [pattern for pattern in TOO_MUCH if re.search(pattern, text)]
        assert not found, (found, text)


@every
def test_most_is_more_than_half(edition):
    for figure in story_figures.figures("who_whom", edition):
        if figure.id not in ("who-whom-events", "who-whom-deaths"):
            continue
        whole = figure.frame["Deaths" if figure.id.endswith("deaths") else "Events"].sum()
        named = [int(x.replace(",", "")) for x in re.findall(r"\(([\d,]+)\)", figure.title)]
        assert len(named) == 2
        assert (": most " in figure.title) == (2 * sum(named) > whole), figure.title

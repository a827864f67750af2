"""Words no stronger than the test behind them, and numbers rounded once: when they are printed."""

from __future__ import annotations

import math
import re
from decimal import Decimal

import pytest

import story_figures
from helpers.editions import Report
from helpers.figures import _formatters, table_data
from helpers.story import coverage, scores, sources, spread, uncertainty

every = pytest.mark.parametrize("edition", ["2023-07", "latest"])
editions = pytest.mark.parametrize("edition", story_figures.EDITIONS)
module = pytest.mark.parametrize("name", story_figures.NAMES)

#: More than a test of a mean, an interval or a share can say.
TOO_MUCH = (
    r"larger than chance alone", r"should not expect", r"can be tested on either source", r"\bproves?\b", r"rules? out chance",
    r"\b(\w+) of \1 series", r"will (rise|fall|go on)", r"was not affected", r"had no effect", r"can explain\b",
    r"\b(has|have|had|with|killed) most\b", r"plus forte? que le seul hasard", r"(ne )?peu(t|vent) l’expliquer", r"prouv(e|ent)\b",
)  # fmt: skip
#: Numbers that have these digits themselves: shares of 80 or so choices, a turnout and deaths as they were published, months
#: between two whole counts.
EXACT = {
    ("turning-minusma", "Share of random choices"), ("junta-turnout", "Turnout"), ("outlook-published", "Deaths forecast"),
    ("outlook-running-deaths", "Count"), ("outlook-running-deaths", "Low"), ("outlook-running-deaths", "High"),
}  # fmt: skip
_BEHIND = re.compile(r"intervals? of the changes?: (.*?) percent$|intervals? of the changes?: (.*? percent)")
_ENDS = re.compile(r"([+−]?[\d,]+) to ([+−]?[\d,]+)")
_MOVED = re.compile(r"\b(rose|fell) by [\d,]+ percent(?! \([+−\d])")
TEXTS = {
    "uncertainty": (uncertainty.which_words, uncertainty.power_words),
    "coverage": (coverage.holds_words, coverage.power_words),
    "sources": (sources.agreement_words, sources.apart_words),
    "spread": (spread.centre_words, spread.diffusion),
    "scores": (scores.weighed, scores.published_words),
}


def _digits(value: float) -> int:
    return max(-int(Decimal(repr(value)).normalize().as_tuple().exponent), 0)


def _kept(value: float, shown: float) -> int:
    """Return the digits of a figure's number; one cut to six digits for the page (1.0061041 to 1.0061) has them all."""
    return _digits(shown) if math.isclose(value, shown, rel_tol=1e-12) else _digits(value)


@editions
@module
def test_a_number_of_a_figure_is_rounded_when_it_is_printed_and_not_before(name, edition):
    """2.7449 rounded to 2.745 for a table and to 2.75 for its reader is 2.74 in the sentence beside it."""
    for figure in story_figures.figures(name, edition):
        data = table_data(figure.frame)
        for place, form in enumerate(_formatters(data, {})):
            values = [row[place] for row in data["rows"] if isinstance(row[place], float)]
            if not values or all(value.is_integer() for value in values):
                continue
            if (figure.id, data["columns"][place]) in EXACT:
                continue
            own = [
                value for value in figure.frame.iloc[:, place].tolist() if isinstance(value, float) and value == value
            ]
            written = [row[place] for row in data["rows"] if row[place] is not None]
            kept = max(_kept(*pair) for pair in zip(own, written, strict=True) if isinstance(pair[1], float))
            shown = max(len(form(value).partition(".")[2]) for value in values)
            assert kept <= shown or kept >= 5, (figure.id, data["columns"][place], kept, shown)


def test_the_check_finds_a_number_that_is_rounded_twice():
    import pandas as pd

    data = table_data(pd.DataFrame({"Ratio": [2.745, 1.5]}))
    form = _formatters(data, {})[0]
    assert (_digits(2.745), form(2.745)) == (3, "2.75")
    assert _kept(2.745, 2.745) == 3
    assert _kept(4004.3 / 3980, 1.0061) > 5


def _unsure(text: str, subtitle: str) -> list[str]:
    """Return the changes that a text states in percent beyond those whose interval, in the subtitle, leaves out no change."""
    stated = [match.group(0) for match in _MOVED.finditer(text)]
    behind = _BEHIND.search(subtitle)
    ends = _ENDS.findall(behind.group(0)) if behind else []
    values = [tuple(int(x.replace("−", "-").replace(",", "")) for x in pair) for pair in ends]
    clear = {"rose": sum(low >= 0 for low, _ in values), "fell": sum(high <= 0 for _, high in values)}
    return [said for verb in clear for said in [x for x in stated if x.startswith(verb)][clear[verb] :]]


@editions
@module
def test_a_change_in_percent_stands_on_an_interval_that_leaves_out_no_change(name, edition):
    for figure in story_figures.figures(name, edition):
        assert not _unsure(figure.title, figure.subtitle), (figure.title, figure.subtitle)


def test_the_check_finds_a_change_whose_interval_holds_no_change():
    behind = "Events; 95 percent intervals of the changes: events −20 to +30 percent, deaths +5 to +1,070 percent"
    assert _unsure("events rose by 9 percent, deaths rose by 1,020 percent", behind) == ["rose by 1,020 percent"]
    assert _unsure("deaths rose by 80 percent", behind) == []
    assert _unsure("deaths fell by 8 percent", behind) == ["fell by 8 percent"]
    assert _unsure("events rose by 9 percent", "Events") == ["rose by 9 percent"]
    assert _unsure("events rose by 9 percent (−5 to +20)", "Events") == []


@editions
@module
def test_titles_and_sentences_say_no_more_than_their_test(name, edition):
    report = Report(edition)
    said = [
        text
        for figure in story_figures.figures(name, edition)
        for text in (
            figure.title,
            figure.alt,
            figure.caveat or "",
            getattr(figure.fr, "title", ""),
            getattr(figure.fr, "alt", ""),
        )
    ]
    for make in TEXTS.get(name, ()):
        try:
            said.append(make(report))
        except story_figures.NotInEdition:
            continue
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


@every
def test_the_map_of_the_centre_says_in_its_title_whether_its_move_is_more_than_luck(edition):
    """Exchanged by cercle, the move is luck's in these editions; cell by cell alone it would not be."""
    report = Report(edition)
    figure = spread.centre_map(report)
    assert figure.title.endswith(", which luck by district can bring about.")
    assert figure.fr.title.endswith(", ce que le hasard par cercle peut donner.")
    assert "the move is not established" in spread.centre_words(report)

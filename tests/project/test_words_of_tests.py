"""Words no stronger than the test behind them, and numbers rounded once: when they are printed."""

from __future__ import annotations

import ast
import math
import re
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import helpers
import story_figures
import trees
from helpers import prose
from helpers.audit import claims
from helpers.definitions import half_up
from helpers.editions import Report
from helpers.html_table import _formatters, table_data
from helpers.page import claimbox
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


#: In last digits: half of one, and half of a tenth of one that a rounding before it can add.
REACH = 0.551
_SAID = re.compile(r"(?<![\w.,-])[−+]?(\d[\d,]*)(?:\.(\d+))?(?= percent)?")


def _twice(text: str, frame: pd.DataFrame) -> list[str]:
    """Return the numbers of a text that no cell of its figure rounds to, but a cell rounded twice would.

    Shares and factors are also read as percent, and as changes in percent; whole numbers only where percent follows.
    """
    cells = [
        float(value)
        for column in frame
        for value in frame[column].tolist()
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    ]
    percent = [100 * value for value in cells] + [100 * (value - 1) for value in cells]
    found = []
    for said in _SAID.finditer(text):
        digits, share = len(said[2] or ""), text[said.end() :].startswith(" percent")
        if not digits and not share:
            continue
        number = float(f"{said[1].replace(',', '')}.{said[2] or 0}")
        near = [
            abs(value)
            for value in (*cells, *(percent if share else ()))
            if abs(abs(value) - number) < REACH * 10**-digits
        ]
        if near and all(float(half_up(value, digits)) != number for value in near):
            found.append(said[0])
    return found


@editions
@module
def test_a_number_said_is_rounded_as_its_table_rounds_it(name, edition):
    for figure in story_figures.figures(name, edition):
        for text in (figure.title, figure.alt):
            assert not _twice(text, figure.frame), (figure.id, _twice(text, figure.frame), text)


@editions
def test_a_ratio_of_the_reports_is_one_number_in_box_figure_and_table(edition):
    """The box prints a change, the figure and the table a factor, with other digits: all of one value, rounded once."""
    frames = {figure.id: figure.frame for figure in story_figures.figures("uncertainty", edition)}
    if "uncertainty-ratios" not in frames:
        pytest.skip(f"no report was published by {edition}")
    drawn = frames["uncertainty-ratios"].groupby("Ratio")["Computed"].first()
    table = uncertainty.doubts(Report(edition)).frame.set_index("Claim")["Computed"]
    held = 0
    for name, value in drawn.items():
        claim = name.split()[0]
        rows = [row for row in claims.evaluate(claim).rows if row.figure and row.figure.unit in ("times", "percent")]
        if len(rows) == 1:
            row = rows[0]
            ours = row.computed if row.figure.unit == "times" else 1 + row.computed / 100
            assert math.isclose(value, ours, rel_tol=1e-6)
            assert str(table[claim]) == prose.number(ours, 2)
            assert claimbox.computed(row)[0].startswith(row.figure.number(row.computed))
            held += 1
    assert held >= 4


def test_the_check_finds_one_value_in_two_roundings():
    frame = pd.DataFrame({"Ratio": [2.7449, 0.855], "Count": [12, 40]})
    assert _twice("It came to 2.75 times.", frame) == ["2.75"]
    assert _twice("It came to 2.74 times, and 0.86 in Gao.", frame) == []
    assert _twice("It came to 0.85 in Gao.", frame) == ["0.85"]
    assert _twice("It rose by 175 percent.", frame) == ["175"]
    assert _twice("It rose by 174 percent, to 2.7 times of 12.0.", frame) == []


def test_nothing_is_rounded_for_a_reader_as_machines_round():
    """Python and pandas round 12.5 to 12 where a sentence says 13: what is printed is rounded by `definitions`."""
    source = Path(helpers.__file__).parent
    found = []
    for path in sorted((*(source / "story").glob("*.py"), *(source / "forms").glob("*.py"))):
        tree = trees.parsed(path.read_text(encoding="utf-8"))
        sizes = {one.value for one in ast.walk(tree) if isinstance(one, ast.keyword) and one.arg in ("width", "height")}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or node in sizes:
                continue
            own = isinstance(node.func, ast.Name) and node.func.id == "round"
            if not own and not (isinstance(node.func, ast.Attribute) and node.func.attr == "round"):
                continue
            given = [*node.args[own:], *(word.value for word in node.keywords)]
            values = given[0].values if given and isinstance(given[0], ast.Dict) else given
            if not values or any(isinstance(one, ast.Constant) and one.value in (0, 1) for one in values):
                found.append(f"{path.name}:{node.lineno}")
    assert not found, found


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
            figure.caveat.en,
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

"""The page *Change a figure*: its cell is the chapter's own, what it says follows a change does, and its lists are whole."""

from __future__ import annotations

import inspect

import nbformat
import pytest

from helpers import forms
from helpers.builds.recipe import project
from helpers.editions import Report
from helpers.errors import DataError
from helpers.measures import catalogue
from helpers.story import changing
from helpers.words import judgement


@pytest.fixture(scope="module")
def report():
    return Report("2023-07")


def test_the_page_shows_the_chapters_own_cell():
    cells = [cell.source for cell in nbformat.read(project().find("method/change"), as_version=4).cells]
    wanted, _ = changing.cells()
    assert wanted.replace(changing.FIGURE, "change-bamako") in cells


@pytest.mark.parametrize(("what", "old", "new"), changing.WORDS)
def test_one_word_brings_its_title_subtitle_text_and_table_in_both_languages(report, what, old, new):
    wanted, _ = changing.cells()
    assert old in wanted
    before, after = changing.redrawn(report), changing.redrawn(report, old, new)
    assert not before.frame.equals(after.frame)
    for one, other in ((before, after), (before.fr, after.fr)):
        assert one.subtitle != other.subtitle
        assert one.alt != other.alt
        assert (one.title == other.title) == (what == "quarters")
    if what == "around Bamako":
        assert (
            "Bamako" not in after.title + after.subtitle + after.alt + after.fr.title + after.fr.subtitle + after.fr.alt
        )


def test_the_table_has_a_row_for_the_cell_as_it_stands_and_one_a_change(report):
    table = changing.followed(report).frame
    assert len(table) == 1 + len(changing.WORDS)
    assert table["Title"].iloc[0] == changing.redrawn(report).title
    assert table["Subtitle"].is_unique


def public(module) -> set[str]:
    made = (name for name, one in vars(module).items() if inspect.isfunction(one) and one.__module__ == module.__name__)
    return {name for name in made if not name.startswith("_")}


def test_the_lists_hold_every_public_name_with_its_own_words(report):
    for make, wanted in (
        (changing.starts, public(catalogue)),
        (changing.rules, public(judgement)),
        (changing.drawn, {name for name in forms.__all__ if inspect.isfunction(getattr(forms, name))}),
    ):
        frame = make(report).frame
        assert set(frame["Call"].str.split("(").str[0]) == wanted
        assert frame["What it does"].str.endswith(".").all()
    verbs = set(changing.verbs(report).frame["Call"].str.split("(").str[0])
    assert {"measure.within", "measure.deaths", "series.partial", "tally.part_of", "change.kind"} <= verbs
    assert not [one for one in verbs if "._" in one]


def test_a_chapter_without_the_cell_is_said(monkeypatch):
    monkeypatch.setattr(changing, "FIGURE", "no-such-figure")
    with pytest.raises(DataError, match="the chapter southern has no cell that makes the figure no-such-figure"):
        changing.cells()

"""One colour, one meaning on a page; what needs no colour takes none; names and axes that say what they stand by."""

from __future__ import annotations

import importlib
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator

import nbformat
import pandas as pd
import pytest

import story_figures
from helpers import charts, palette
from helpers.builds.recipe import project
from helpers.charts import curves
from helpers.editions import Report
from helpers.figures import Figure
from helpers.story import evidence_power, junta_press, sides, who_whom_matrix

EDITIONS = ("2022-08", "2023-07", "latest")
PAGES = [
    str(path.relative_to(project().root / "chapters").with_suffix(""))
    for path in project().notebooks
    if path.parent.name in ("evidence", "depth") or path.stem in {*story_figures.REPORT, "outlook", "ledger"}
]
"""Pages of the report, the audit, the evidence and in depth."""


def figures_of(page: str, edition: str) -> list[Figure]:
    """Return the figures of a page; those that functions make are made once for all tests, tables and texts not at all."""
    named = [
        getattr(importlib.import_module(f"helpers.story.{module}"), make)
        for cell in nbformat.read(project().find(page), as_version=4).cells
        if cell.cell_type == "code"
        for module, make in re.findall(r"chapter\.show\((\w+)\.(\w+)\)", cell.source)
    ]
    drawn = [make for make in named if "Figure" in str(make.__annotations__.get("return"))]
    made = [story_figures.told(make, edition) for make in drawn]
    own = story_figures.figures(f"page {page}", edition) if page in story_figures.PAGES else ()
    return [one for one in [*made, *own] if isinstance(one, Figure)]


def test_pages_have_the_figures_that_readers_see():
    assert {one.id for one in figures_of("junta", "latest")} >= {"junta-power", "junta-forces", "junta-bases-map"}
    assert len(figures_of("depth/forecast", "2023-07")) == 7
    assert "central-two-regions" in {one.id for one in figures_of("central", "2023-07")}


GREYS = {palette.colour(name) for name in palette.GREYS} | {palette.PAPER, palette.MUTED}

every = pytest.mark.parametrize("edition", EDITIONS)


def scales(node) -> Iterator[tuple[list[str], list[str]]]:
    """Give the names and colours of every scale of categories in a specification; ramps of a number are none."""
    if isinstance(node, list):
        for part in node:
            yield from scales(part)
    elif isinstance(node, dict):
        names, shades = node.get("domain"), node.get("range")
        named = isinstance(names, list) and isinstance(shades, list) and node.get("type") != "threshold"
        if named and all(str(shade).startswith("#") for shade in shades):
            yield [str(name) for name in names], shades
        for key, part in node.items():
            if key not in ("datasets", "usermeta", "config"):
                yield from scales(part)


def words_of(name: str) -> frozenset[str]:
    """Return what a name says, without how the record writes it: `JNIM alone` is JNIM."""
    return frozenset(re.findall(r"\w+", re.sub(r"\(.*\)", "", name).lower())) - {"alone"}


def at_odds(specs: list[dict]) -> list[tuple[str, str, str]]:
    """Return hues with two names of which neither says all that the other does, over the figures of a page."""
    meant: dict[str, set[str]] = defaultdict(set)
    for names, shades in (pair for spec in specs for pair in scales(spec)):
        # Where all have one colour it tells nothing apart: shapes do.
        if len(set(shades)) > 1 or len(shades) == 1:
            for name, shade in zip(names, shades, strict=False):
                meant[shade].add(name)
    return [
        (shade, one, two)
        for shade, found in meant.items()
        if shade not in GREYS
        for one, two in itertools.combinations(sorted(found), 2)
        if not (words_of(one) <= words_of(two) or words_of(two) <= words_of(one))
    ]


def scale(**colours: str) -> dict:
    return {"color": {"scale": {"domain": list(colours), "range": list(colours.values())}}}


def test_two_names_of_one_hue_are_seen_and_greys_are_free():
    red, blue, grey = palette.colour("missed"), palette.colour("firm"), palette.colour("neutral")
    assert at_odds([scale(Fails=red, Holds=blue), scale(None_exactly=red, Robust=blue)]) == [
        (red, "Fails", "None_exactly"),
        (blue, "Holds", "Robust"),
    ]
    assert at_odds([scale(Fails=grey, Holds=blue), scale(Undecided=grey, Holds=blue)]) == []
    shares_words = {"domain": ["JNIM alone", "both"], "range": [red, blue]}
    assert at_odds([scale(JNIM=red, x=grey), {"color": {"scale": shares_words}}]) == []
    ramp = {"type": "threshold", "domain": [1, 2], "range": [red, blue]}
    assert at_odds([scale(Fails=red, Holds=blue), {"color": {"scale": ramp}}]) == []


@every
@pytest.mark.parametrize("page", PAGES)
def test_a_colour_has_one_meaning_on_a_page(page, edition):
    specs = [story_figures.spec(one) for one in figures_of(page, edition)]
    assert at_odds(specs) == []


def colours_of(node) -> Iterator[dict]:
    """Give the channels of colour with a scale of names and a legend."""
    if isinstance(node, list):
        for part in node:
            yield from colours_of(part)
    elif isinstance(node, dict):
        for key, part in node.items():
            scaled = (
                key in ("color", "fill", "stroke") and isinstance(part, dict) and isinstance(part.get("scale"), dict)
            )
            if scaled and part["scale"].get("type") != "threshold" and part.get("legend", "") is not None:
                yield part
            if key not in ("datasets", "usermeta", "config"):
                yield from colours_of(part)


@every
@pytest.mark.parametrize("page", PAGES)
def test_no_key_has_a_single_entry(page, edition):
    for one in figures_of(page, edition):
        for channel in colours_of(story_figures.spec(one)):
            assert len(channel["scale"].get("domain", [0, 0])) != 1, one.id


def test_foreign_forces_have_one_colour_and_their_shapes_tell_them_apart():
    by_id = {one.id: one for one in figures_of("junta", "latest")}
    (marks,) = {tuple(shades) for names, shades in scales(by_id["junta-bases-map"].spec()) if "MINUSMA" in names}
    assert set(marks) == {palette.colour("international")}
    (forces,) = scales(by_id["junta-forces"].spec())
    kinds = dict(zip(*forces, strict=True))
    assert kinds["Foreign forces"] == palette.colour("international")
    assert kinds["ECOWAS sanctions"] in GREYS


def test_a_name_stands_nearer_to_its_own_line_than_to_another():
    """Freedom of expression stood on the line of civil society, Ségou beside that of Mopti."""
    frame = pd.DataFrame({"x": ["1", "2", "3"] * 2, "y": [60, 60, 60, 52, 52, 52], "by": ["One"] * 3 + ["Two"] * 3})
    spots = curves._spots(frame, "x", "y", "by", 260, (0, 100))
    assert spots["_dy"].tolist() == [-11, 13], "between the lines a name would do for both"
    wide = frame.assign(y=[60, 60, 60, 40, 40, 40])
    assert curves._spots(wide, "x", "y", "by", 260, (0, 100))["_dy"].tolist() == [-11, -11]


def test_coups_are_the_same_in_every_chart_of_freedoms():
    marked = evidence_power.vdem(Report("latest")).spec()
    dates = [rows for rows in marked["datasets"].values() if rows and "label" in rows[0]]
    assert {(row["Year"], row["label"]) for rows in dates for row in rows} == set(junta_press.COUPS)


@every
def test_a_side_has_one_name_and_the_note_explains_no_row_that_is_missing(edition):
    assert sides.LABELS["jnim"] == sides.SHORT["jnim"] == sides.INSIDE["jnim"] == "JNIM"
    for make in (who_whom_matrix.matrix_events, who_whom_matrix.matrix_deaths):
        made = make(Report(edition))
        shown = {str(row["Acting side"]) for rows in made.spec()["datasets"].values() for row in rows}
        assert ("MI:" in made.caveat.en) == ("Other MI" in shown)


def test_rows_of_a_kind_stand_under_its_name():
    frame = pd.DataFrame({"Who": ["a", "b", "c"], "Share": [0.5, 0.2, 0.1], "Level": ["Robust", "Fragile", "Fragile"]})
    spec = charts.bars(frame, "Who", "Share", unit="share", head="Level").to_dict()
    (rows,) = spec["datasets"].values()
    assert [row["Level"] if row["_head"] else row["Who"] for row in rows] == ["Robust", "a", "Fragile", "b", "c"]
    assert len({row["Who"] for row in rows}) == len(rows)
    assert {part["encoding"].get("color", {}).get("value") for part in spec["layer"][:1]} == {
        palette.colour("islamist")
    }


@every
def test_dots_are_full_where_the_difference_is_beyond_chance(edition):
    (figure,) = [x for x in figures_of("depth/forecast", edition) if x.id == "forecast-skill"]
    spec = figure.spec()
    points = [part for part in spec["layer"] if part["mark"]["type"] == "point"]
    assert [part["transform"][0]["filter"] for part in points] == ["!datum['Sure']", "datum['Sure']"]
    assert "hollow" in figure.subtitle
    (rows,) = [rows for rows in spec["datasets"].values() if rows and "Sure" in rows[0]]
    for row in rows:
        assert row["Sure"] == (row["Rule"] == "Seasonal naive" or (row["p"] is not None and row["p"] < 0.05)), row


@every
def test_no_interval_around_a_handover_ends_at_the_edge_of_its_axis(edition):
    """Kidal's ran into the edge, as if it were cut there."""
    seen = 0
    for figure in figures_of("junta", edition):
        if figure.id in ("junta-bases-events", "junta-next-events"):
            low, high = next(
                part["encoding"]["x"]["scale"]["domain"]
                for part in figure.spec()["layer"]
                if "domain" in part["encoding"]["x"].get("scale", {})
            )
            assert low * 1.2 < figure.frame["Low"].min() < figure.frame["High"].max() < high / 1.2, figure.id
            seen += 1
    assert seen

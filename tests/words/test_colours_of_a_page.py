"""One colour, one meaning on a page; what needs no colour takes none; names and axes that say what they stand by."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator

import altair as alt
import pandas as pd
import pytest

import story_figures
from helpers import charts, letters, palette
from helpers.builds.recipe import project
from helpers.charts import curves, parts
from helpers.editions import Report
from helpers.forms import periods
from helpers.page import translate
from helpers.story import evidence_power, junta_press, sides, who_whom_matrix
from story_figures import figures_of

EDITIONS = ("2022-08", "2023-07", "latest")
PAGES = [
    str(path.relative_to(project().root / "chapters").with_suffix(""))
    for path in project().notebooks
    if path.parent.name in ("evidence", "depth")
    or path.stem in {*story_figures.REPORT, "outlook", "ledger", "actors", "places"}
]
"""Pages of the report and its background, the audit, the evidence and in depth."""


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


FORETELLING = ("outlook", "ledger", "depth/forecast")


@every
@pytest.mark.parametrize("page", FORETELLING)
def test_rules_and_kinds_of_forecasts_have_inks_and_no_actors_or_verdicts_hue(page, edition):
    """`Added later` was the blue of foreign forces, `Trend` the violet of a weak match, `Theta` the red of a missed number."""
    free = GREYS | {palette.colour("finding"), *map(palette.colour, palette.ZONES)}
    for one in figures_of(page, edition):
        for names, shades in scales(story_figures.spec(one)):
            odd = {name: shade for name, shade in zip(names, shades, strict=False) if shade not in free}
            assert not odd, one.id
            zones = {n for n, s in zip(names, shades, strict=False) if s in map(palette.colour, palette.ZONES)}
            assert all(name.endswith("Mali") for name in zones), one.id


@every
def test_kinds_of_violence_are_no_actor(edition):
    """Fights between groups were violet, as a weak match is."""
    (months,) = [one for one in figures_of("now", edition) if one.id == "now-ucdp"]
    for _, shades in scales(story_figures.spec(months)):
        assert set(shades) <= GREYS


@every
def test_a_second_group_of_a_family_has_a_dashed_line(edition):
    """Two rows of militias were one hue, and nothing told their lines apart."""
    (strip,) = [one for one in figures_of("actors", edition) if one.id == "actors-strip"]
    (line,) = [part for part in marks_of(story_figures.spec(strip)) if part["mark"]["type"] == "line"]
    (rows,) = [rows for rows in story_figures.spec(strip)["datasets"].values() if "when" in rows[0]]
    dashes = line["encoding"]["strokeDash"]["scale"]
    looks = {
        (dict(zip(dashes["domain"], map(str, dashes["range"]), strict=True))[x["label"]], x["group"]) for x in rows
    }
    assert len(looks) == len({row["label"] for row in rows})


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


INKS = {palette.LIGHT_PAGE: palette.INK, palette.DARK_PAGE: "#ced6dd"}
"""Ink on either page."""


def marks_of(node) -> Iterator[dict]:
    """Give each mark of a specification, with what it encodes."""
    for part in node if isinstance(node, list) else [node]:
        if isinstance(part, dict):
            if "mark" in part:
                yield part
            for key in ("layer", "vconcat", "hconcat", "concat", "spec"):
                yield from marks_of(part.get(key, []))


def dashes_and_shapes(part: dict) -> dict[str, str]:
    """Return the dash or the shape of each name, where a mark has any."""
    found = {}
    for channel in ("shape", "strokeDash"):
        scale = part.get("encoding", {}).get(channel, {}).get("scale", {})
        found |= {one: str(look) for one, look in zip(scale.get("domain", []), scale.get("range", []), strict=True)}
    return found


def greys_not_told_apart(spec: dict) -> list[tuple[str, str]]:
    """Return pairs of names whose greys are nearer than `palette.STEP` on a page, and which no dash or shape tells apart.

    Lines of two greys need a dash each, however far their greys are apart.
    """
    found = []
    apart: dict[str, str] = {}
    for part in marks_of(spec):
        apart |= dashes_and_shapes(part)
    for part in marks_of(spec):
        encoded = part.get("encoding", {})
        kind = part["mark"]["type"] if isinstance(part["mark"], dict) else part["mark"]
        # What spans and points share a key with tells them apart; lines do it themselves.
        told = dashes_and_shapes(part) if kind == "line" else apart
        for names, shades in scales({key: encoded.get(key, {}) for key in ("color", "fill", "stroke")}):
            pairs = zip(names, shades, strict=False)
            greys = [(name, shade) for name, shade in pairs if shade in GREYS - {palette.PAPER}]
            for (one, a), (other, b) in itertools.combinations(greys, 2):
                alike = a != b and any(
                    palette.contrast(*(ink if x == palette.INK else x for x in (a, b))) < palette.STEP
                    for ink in INKS.values()
                )
                if (kind == "line" or alike) and told.get(one) == told.get(other):
                    found.append((one, other))
    return found


def test_greys_too_near_are_seen_and_shapes_and_dashes_tell_them_apart():
    """Accident lay on what is not known, Civil society beside Liberal democracy, at a contrast of 1.4."""
    frame = pd.DataFrame({"x": ["1", "2"] * 2, "y": [1, 2, 3, 4], "by": ["One", "One", "Two", "Two"]})
    near, far = {"neutral": "One", "pale": "Two"}, {"unidentified": "One", "pale": "Two"}
    for colours, seen in ((near, [("One", "Two")]), (far, [])):
        assert greys_not_told_apart(charts.stacked(frame, "x", "y", "by", colours).to_dict()) == seen
    assert greys_not_told_apart(charts.lines(frame, "x", "y", by="by", colours=near).to_dict()) == []
    line = alt.Chart(frame).mark_line().encode(color=alt.Color("by:N", scale=palette.scale(far)))
    assert greys_not_told_apart(line.to_dict()) == [("One", "Two")]
    ranges = frame.assign(Low=0, High=9).rename(columns={"by": "kind"})
    dots = charts.intervals(ranges, "x", "y", "Low", "High", "kind", near, title="Ratio").to_dict()
    assert greys_not_told_apart(dots) == []
    assert any("shape" in part["encoding"] for part in marks_of(dots))


@every
@pytest.mark.parametrize("page", [*PAGES, "method/data"])
def test_greys_of_a_chart_are_told_apart(page, edition):
    for one in figures_of(page, edition):
        assert greys_not_told_apart(story_figures.spec(one)) == [], one.id


def test_dashes_of_lines_stand_in_their_legend_and_in_no_other():
    frame = pd.DataFrame({"x": ["1", "2"] * 2, "y": [1, 2, 2, 1], "by": ["One", "One", "Two", "Two"]})
    for colours, dashed in (({"ink": "One", "neutral": "Two"}, True), ({"ink": "One", "state": "Two"}, False)):
        spec = charts.lines(frame, "x", "y", by="by", colours=colours, legend=True).to_dict()
        (line,) = [part for part in marks_of(spec) if part["mark"]["type"] == "line"]
        assert ("strokeDash" in line["encoding"]) == dashed
        assert (line["encoding"]["color"]["legend"].get("symbolType") == "stroke") == dashed
        assert ("strokeCap" in line["mark"]) == dashed, "round ends close the gaps"


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


def test_a_name_of_a_line_keeps_clear_of_the_lines_of_dates():
    """Ségou was printed on the line at which the closures begin."""
    years = [str(year) for year in range(2001, 2010)]
    frame = pd.DataFrame({"x": years, "y": [60] * len(years), "by": "One"})
    at = {
        name: curves._spots(frame, "x", "y", "by", 260, (0, 100), dates)["x"].item()
        for name, dates in (("free", ()), ("dated", ["2009"]))
    }
    assert at["free"] == "2009"
    assert at["dated"] < "2009"
    assert curves._spots(frame, "x", "y", "by", 260, (0, 100), years) is None


def named_dates(spec: dict) -> Iterator[tuple[str, float, float]]:
    """Give the names of dates over a chart of a wide page, with where they begin and end (px from the plot's left)."""
    data = spec["datasets"]
    for part in marks_of(spec):
        if part["mark"].get("style") == parts.DATE_STYLE and part["encoding"]["x"]["type"] == "ordinal":
            field = part["encoding"]["x"]["field"]
            periods = max(([row[field] for row in rows if field in row] for rows in data.values()), key=len)
            places = list(dict.fromkeys(periods))
            for row in data[part["data"]["name"]]:
                if row[field] not in places or not row["label"]:
                    continue
                at = (places.index(row[field]) + 0.5) / len(places) * parts.WIDE + part["mark"]["dx"]
                wide = letters.width(row["label"], parts.DATE_SIZE)
                yield row["label"], *((at - wide, at) if part["mark"]["align"] == "right" else (at, at + wide))


@every
@pytest.mark.parametrize("page", PAGES)
def test_names_of_dates_end_inside_the_picture_in_both_languages(page, edition):
    """The French name of the UN's end was cut at the right edge."""
    for one in figures_of(page, edition):
        for spec in (story_figures.spec(one), translate.french(story_figures.spec(one))):
            for name, begin, end in named_dates(spec):
                assert -40 <= begin < end <= parts.WIDE + 4, (one.id, name)


def test_a_name_near_the_end_runs_left_of_its_line():
    keys = [f"{year}-{month:02}" for year in range(2018, 2025) for month in range(1, 13)][:75]
    words: dict[str, str] = {}
    rules = periods._rules(keys, pd.Period("2024-03", "M"), words)
    (late,) = [one.data["label"].tolist() for one in rules[1:] if one.mark.align == "right"]
    assert late == ["UN gone"]
    assert words["UN gone"] == "départ de l’ONU"


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

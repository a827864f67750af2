"""Names on maps: none on another, none over the edge, at every width, on every map of the book."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import altair as alt
import pandas as pd
import pytest
import vl_convert

import story_figures
from helpers import charts, palette, plane, prose
from helpers import labels as lb
from helpers.data import Tables
from helpers.definitions import BAMAKO
from helpers.editions import Report
from helpers.forms.maps import BORDERS
from helpers.forms.periods import _in_lines
from helpers.hollow import hollow
from helpers.page import translate
from helpers.page.pictures import VEGA_LITE
from helpers.story import central, junta_forces
from helpers.words import Both

MALI = lb.extent(Tables().shapes("regions"))
WHOLE = lb.Ground(MALI, 460)
CROWD = [(f"Place {i}", 13.0 + 0.02 * (i % 5), -6.0 + 0.4 * i) for i in range(12)]


def boxes(placed: list[lb.Placed], box, width: float, height: float) -> list[tuple]:
    shown = [one for one in placed if one.least <= width]
    points = lb.fitted(box, width, height, [(one.longitude, one.latitude) for one in shown])
    return [one.spot.box(x, y, one.name) for one, (x, y) in zip(shown, points, strict=True)]


@pytest.mark.parametrize("names", [CROWD, None], ids=["crowd", "all places"])
def test_no_name_lies_on_another_wide_or_narrow(names):
    if names is None:
        places = Tables().load("places").sort_values(["rank", "place"])
        names = list(places[["place", "latitude", "longitude"]].itertuples(index=False, name=None))
    placed = lb.place(names, WHOLE)
    assert len(placed) >= 4
    for width in lb.WIDTHS:
        found = boxes(placed, MALI, width, 460 * width / lb.WIDE)
        assert len(found) >= 3
        for one, other in combinations(found, 2):
            assert not plane.overlap(one, other)
        for left, top, right, bottom in found:
            assert left >= 0
            assert top >= 0
            assert right <= width
            assert bottom <= 460 * width / lb.WIDE


def test_the_most_important_name_comes_first_and_the_order_decides():
    twins = [("Bamako", *BAMAKO), ("Elsewhere", BAMAKO[0], BAMAKO[1] + 0.01)]
    first = lb.place(twins, WHOLE)
    assert first[0].name == "Bamako"
    assert lb.place(twins[:1], WHOLE)[0].spot == lb.AROUND[0]
    assert lb.place(twins[::-1], WHOLE)[0].name == "Elsewhere"


def test_a_name_stands_nearest_to_its_own_point_or_nowhere():
    """The month of one base stood aslant over another's, and was read as that one's."""
    gao, menaka = ("Gao, Jul 2024", 16.27, -0.04), ("Ménaka, Aug 2023", 15.92, 2.4)
    (aslant,) = [one for one in lb.AROUND if (one.align, one.baseline) == ("left", "bottom")]
    phone, wide = (replace(WHOLE, widths=[width], reach=8) for width in (340, 640))
    assert lb.place([gao], phone, spots=[aslant])
    assert not lb.place([gao, menaka], phone, spots=[aslant])
    assert lb.place([("Gao", *gao[1:]), menaka], wide, spots=[aslant])[0].name == "Gao"
    # The middle of the long name is nearer to the other.
    assert [one.name for one in lb.place([gao, menaka], wide, spots=[aslant])] == [menaka[0]]


@pytest.mark.parametrize("edition", story_figures.EDITIONS)
def test_the_seats_of_regions_are_named_on_the_map_of_bases(edition):
    spec = junta_forces.bases_map(Report(edition)).spec()
    texts = [one for one in spec["layer"] if one["mark"].get("type") == "text"]
    shown = {row["place"].split(",")[0] for one in texts for row in spec["datasets"][one["data"]["name"]]}
    assert shown >= {"Bamako", "Kidal", "Gao", "Ménaka", "Tombouctou", "Mopti-Sévaré"}


def test_placement_is_the_same_on_every_run():
    assert lb.place(CROWD, WHOLE) == lb.place(list(CROWD), WHOLE)


def test_names_keep_clear_of_what_stands_already():
    ring = lb.Spot("center", "bottom", 0, -3)
    name, latitude, longitude = "Somewhere", 14.0, -8.0
    rows, over = [(name, latitude, longitude)], latitude + 0.15
    free = lb.place(rows, WHOLE)[0]
    for more in (
        {"taken": [("150 km", latitude, longitude, ring)]},
        {"marks": [(over, longitude, 3)]},
        {"solid": [(over, longitude, 3)]},
    ):
        assert free.spot != lb.place(rows, replace(WHOLE, **more))[0].spot


def test_a_map_is_fitted_as_d3_does_it():
    corners = lb.fitted(MALI, 640, 460, [(MALI[0], MALI[1]), (MALI[2], MALI[3])])
    (left, bottom), (right, top) = corners
    assert 0 <= left < right <= 640
    assert top == pytest.approx(0, abs=0.01)
    assert bottom == pytest.approx(460, abs=0.01)


@pytest.mark.parametrize("edition", ["2019-06", "2023-07", "latest"])
def test_the_sliders_start_at_the_last_half_year_and_reach_every_one(edition):
    found = 0
    for module in ("page trajectory", "page southern"):
        for figure in story_figures.figures(module, edition):
            spec = story_figures.spec(figure)
            params = [param for param in spec.get("params", []) if isinstance(param.get("bind"), dict)]
            if not params:
                continue
            found += 1
            (param,) = params
            steps = next(rows for rows in spec["datasets"].values() if {"step", "label"} <= set(rows[0]))
            assert param["bind"]["name"] == "Half-year"  # the control's accessible name
            assert [row["step"] for row in steps] == list(range(param["bind"]["min"], param["bind"]["max"] + 1))
            assert param["value"] == steps[-1]["step"]
            # The corner's total is that of the table at every step, whose newest half-year comes first.
            table = figure.frame.groupby("Half-year", sort=False)["Events"].sum()
            halves = list(table.index)
            assert halves == sorted(halves, key=lambda name: (name[-4:], name[:3] == "Jul"), reverse=True)
            named = {
                name.replace("Jan-Jun", "January-June").replace("Jul-Dec", "July-December"): name for name in halves
            }
            assert {row["label"] for row in steps} >= set(named)
            assert named[steps[-1]["label"]] == halves[0]
            for row in steps:
                # A map of the south shows some of the centre: its corner counts what lies on the map, and says so.
                noun = "on the map" if module == "page southern" else "events"
                assert row["text"] == f"{row['label']}: {table.get(named.get(row['label']), 0):,} {noun}"
            assert ("and around it" in figure.subtitle) == (module == "page southern")
            assert BORDERS.en in figure.caveat.en
    assert found == 2


def test_counts_by_area_are_circles_not_shades():
    for figure in story_figures.figures("central", "2023-07"):
        spec = story_figures.spec(figure)
        if figure.id == "central-cercle-map":
            marks = [layer["mark"]["type"] for layer in spec["layer"]]
            assert "circle" in marks
            assert "color" not in spec["layer"][0].get("encoding", {})
            top = figure.frame["Events"].max()
            sizes = [layer for layer in spec["layer"] if "size" in layer.get("encoding", {})]
            assert sizes[0]["encoding"]["size"]["scale"]["domain"] == [0, top]
            return
    raise AssertionError("no map of the centre")


def test_places_of_equal_rank_stand_in_a_fixed_order():
    places = pd.DataFrame({"place": ["B", "A"], "latitude": [14.0, 15.0], "longitude": [-8.0, -6.0], "rank": [1, 1]})
    one, other = (
        alt.layer(*charts.place_names(frame, (-12.0, 10.0, 4.0, 25.0), 460)).to_dict()
        for frame in (places, places.iloc[::-1])
    )
    texts = [[layer["data"] for layer in spec["layer"] if layer["mark"]["type"] == "text"] for spec in (one, other)]
    assert all(texts)
    assert texts[0] == texts[1]


@pytest.mark.parametrize("edition", story_figures.EDITIONS)
def test_a_logarithmic_axis_of_an_amount_begins_near_its_smallest_and_has_no_line_at_one(edition):
    (figure,) = [x for x in story_figures.figures("footprint", edition) if x.id == "trajectory-footprint-levels"]
    spec = figure.chart.to_dict()
    drawn = [layer["encoding"]["x"] for layer in spec["layer"]]
    assert any(x.get("scale", {}).get("type") == "log" for x in drawn)
    assert not any("values" in (x.get("axis") or {}) for x in drawn), "ticks of ratios"
    held = [
        row[x["field"]] for layer, x in zip(spec["layer"], drawn, strict=True)
        for row in spec["datasets"][layer.get("data", spec.get("data"))["name"]]
    ]  # fmt: skip
    assert min(held) >= min(figure.frame.iloc[:, 1:].min()) > 1


@pytest.mark.parametrize("edition", story_figures.EDITIONS)
def test_what_a_click_on_a_mark_selects_a_menu_selects_too(edition):
    found = set()
    for figure in story_figures.figures("evidence_country", edition):
        for param in story_figures.spec(figure).get("params", []):
            if param.get("select", {}).get("type") != "point" or param.get("bind") == "legend":
                continue
            found.add(figure.id)
            (column,) = param["select"]["fields"]
            menu = param["bind"]
            assert (menu["input"], menu["name"], menu["options"][0]) == ("select", column, None)
            assert set(menu["options"][1:]) == set(figure.frame[column])
            french = translate.french(story_figures.spec(figure))
            (told,) = [one["bind"] for one in french["params"] if one["name"] == param["name"]]
            assert (told["name"], told["labels"][0]) == ("Région", "Toutes les régions")
            shown = {row[column] for rows in french["datasets"].values() for row in rows if column in row}
            assert set(told["options"][1:]) <= shown
    assert found == {"trajectory-regions"}


def test_names_of_dates_stand_on_one_line_where_they_run_into_no_other():
    """`coup`, `Wagner` and `French leave` stood at three heights, as if they were of three kinds."""
    far = [(0.1, Both("coup", "coup")), (0.4, Both("Wagner", "Wagner")), (0.8, Both("UN gone", "ONU partie"))]
    assert _in_lines(far, [False] * 3) == [0, 0, 0]
    near = [(0.10, Both("a long name", "un nom long")), (0.12, Both("another", "un autre")), (0.6, Both("far", "loin"))]
    assert _in_lines(near, [False] * 3) == [0, 1, 0]


def test_a_hollow_column_has_one_edge_and_in_its_own_colour():
    """The last quarter had a second edge in the grey of the columns before the arrival: a group cuts round ends out."""
    frame = pd.DataFrame({"Quarter": ["2024Q1", "2024Q2"], "Events": [3, 2], "Since": [False, True]})
    drawn = hollow(charts.columns(frame, "Quarter", "Events", highlight="Since"), "Quarter", "2024Q2")
    found = re.findall(
        r'stroke="(#\w+)" stroke-width="1.5"', vl_convert.vegalite_to_svg(drawn.to_dict(), vl_version=VEGA_LITE)
    )
    assert found == [palette.colour("islamist")]


def test_the_figure_of_schools_names_the_cercles_that_it_leaves_out():
    """Four of the fifteen cercles of the centre had no bar, without a word."""
    report = Report("latest")
    caveat, shown = central.schools(report).caveat, set(central.schools_form(report).frame.iloc[:, 0])
    every = {
        prose.cercle_name(one["properties"]["cercle"])
        for one in report.tables.shapes("cercles")["features"]
        if one["properties"]["zone"] == "centre"
    }
    assert every - shown
    for name in every - shown:
        assert name in caveat.en
        assert name in caveat.fr

"""Names on every map of the book, in both languages, wide and on a phone: by their own mark, and none lost."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from shapely.geometry import Point, shape

import story_figures
from helpers import french, palette, plane
from helpers import labels as lb
from helpers.charts import circle
from helpers.charts.maps import _RING_NAME
from helpers.editions import Report
from helpers.forms.maps import CAPITALS
from helpers.forms.places import NAMED_AT, NEIGHBOURS
from helpers.page import translate
from helpers.words import names

EDITIONS = ("2022-08", "2023-07", "latest")
#: What makes maps with names; a figure of each is asked for below.
MAPS = (
    "central",
    "ground",
    "junta_forces",
    "spread",
    *(f"page {name}" for name in ("summary", "now", "places", "trajectory", "southern")),
)
#: A page's width less its margins, and a map's on a screen of 390 px.
WIDE, PHONE = 640, 350


@cache
def maps(edition: str) -> dict[str, dict[str, Any]]:
    """Return the specifications of all maps of an edition that name places, by figure and language."""
    found = {}
    for name in MAPS:
        for figure in story_figures.figures(name, edition):
            spec = story_figures.spec(figure)
            if "projection" in spec and any(True for _ in texts(spec, WIDE)):
                found |= {f"{figure.id} en": spec, f"{figure.id} fr": translate.french(spec)}
    return found


def rows(spec: dict[str, Any], layer: dict[str, Any]) -> list[dict[str, Any]]:
    data = layer.get("data", spec.get("data", {}))
    return data.get("values") or spec.get("datasets", {}).get(data.get("name"), [])


def kept(layer: dict[str, Any], data: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows that a layer draws: those of which its filter's facts hold."""
    tests = [one["filter"] for one in layer.get("transform", []) if "datum." in one["filter"]]
    # The first and the last point of a way are larger.
    order = [int(test.split()[-1]) for test in tests if "_order" in test]
    facts = [fact for test in tests if "==" not in test for fact in test.split(" && ")]
    data = [row for row in data if not order or row["_order"] in order]
    return [row for row in data if all(row.get(fact.split(".")[-1]) != fact.startswith("!") for fact in facts)]


def holds(test: str, width: int) -> bool:
    return any(
        width < int(edge) if sign == "<" else width >= int(edge)
        for _, sign, edge in (part.split() for part in test.split(" || "))
    )


def texts(spec: dict[str, Any], width: int) -> Iterator[tuple[str, float, float, lb.Spot]]:
    """Yield the names that a map shows at a width, with their points and spots."""
    for layer in spec["layer"]:
        mark, encoding = layer["mark"], layer.get("encoding", {})
        if mark["type"] != "text" or "longitude" not in encoding or "stroke" in mark:
            continue
        text = encoding["text"]
        if "condition" in text and holds(text["condition"]["test"], width):
            continue
        field = text.get("field") or text["condition"].get("field") or "place"
        spot = lb.Spot(mark["align"], mark["baseline"], mark.get("dx", 0), mark.get("dy", 0))
        for row in rows(spec, layer):
            yield row[field], row["latitude"], row["longitude"], spot


def key(spec: dict[str, Any]) -> dict[str, str]:
    """Return what the key below a phone's map says of each letter."""
    return {
        row["letter"]: row["place"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "text" and "down" in str(layer.get("encoding", {}).get("y"))
        for row in rows(spec, layer)
    }


def sized(layer: dict[str, Any], data: list[dict[str, Any]], width: int) -> Iterator[tuple[dict[str, Any], float]]:
    """Yield the rows of a layer of circles or points with their reach (px): Vega's area is that of the square around one."""
    size = layer["encoding"].get("size", {})
    scale, field = size.get("scale") or {}, size.get("field")
    most = scale.get("domain", [0, max((row.get(field, 0) for row in data), default=1)])[-1]
    low, high = scale.get("range", [layer["mark"].get("size", 30)] * 2)
    if isinstance(high, dict):
        # The largest circle of a map shrinks with it.
        high = int(high["expr"].split()[0]) * min(1, (width / WIDE) ** 2)
    for row in data:
        yield row, math.sqrt(low + (high - low) * row.get(field, 0) / (most or 1)) / 2


def marks(spec: dict[str, Any], width: int = WIDE) -> set[tuple[float, float, float]]:
    """Return the circles and points of a map, with their reach (px)."""
    found: dict[tuple[float, float], float] = {}
    dots = [layer for layer in spec["layer"] if layer["mark"].get("size") in (14, 130)]
    # Where dots are drawn on circles, it is they that carry the names.
    for layer in dots or spec["layer"]:
        if layer["mark"]["type"] not in ("point", "circle") or "longitude" not in layer.get("encoding", {}):
            continue
        for row, px in sized(layer, kept(layer, rows(spec, layer)), width):
            # Cells of a grid are called like nothing: a town's name is not read as theirs.
            if {"place", "region", "Half-year"} & set(row):
                at = (row["latitude"], row["longitude"])
                found[at] = max(found.get(at, 0), px)
    return {(*at, px) for at, px in found.items()}


def frame(name: str, spec: dict[str, Any]) -> tuple[float, float, float, float]:
    fit = spec["projection"].get("fit")
    if fit:
        (west, south), (east, north) = fit["geometry"]["coordinates"]
        return west, south, east, north
    shapes = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "geoshape")
    return lb.extent({"features": rows(spec, shapes)})


def astray(name: str, spec: dict[str, Any], width: int) -> list[str]:
    """Return the names that stand about as near to another mark as to their own."""
    box, height = frame(name, spec), spec["height"] * width / WIDE
    points = sorted(marks(spec, width))
    placed = lb.fitted(box, width, height, [(longitude, latitude) for latitude, longitude, _ in points])
    drawn = {at[:2]: (*xy, at[2]) for at, xy in zip(points, placed, strict=True)}
    found = []
    for text, latitude, longitude, spot in texts(spec, width):
        if own := drawn.get((latitude, longitude)):
            label = spot.box(*own[:2], text)
            middle = spot.aslant and plane.astray(plane.middle(label), own, [*drawn.values()])
            # By its nearest corner `Ségou 350` was Ségou's; it stood right over Koulikoro.
            if middle or plane.astray(label, own, [*drawn.values()]):
                found.append(text)
    return found


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_name_or_its_number_stands_nearest_to_its_own_mark_and_no_phone_loses_it(edition):
    """`Macina 238` lay on the dot of Ségou, `Koulikoro 158` by the circle of Kayes; nine bases had no name on a phone."""
    drawn = maps(edition)
    assert {name.split()[0] for name in drawn} >= {
        "junta-bases-map",
        "summary-cercles",
        "places-map",
        "central-cercle-map",
    }
    around = {label.en for label in NEIGHBOURS} | {label.fr for label in NEIGHBOURS}
    around |= {_RING_NAME, french.held(_RING_NAME)}
    for name, spec in drawn.items():
        # Towns that no words of the figure promise, for a reader to find his way.
        context = around | (set(CAPITALS) if name.startswith("summary-cercles") else set())
        wide, phone, told = (
            {text for text, *_ in texts(spec, WIDE)},
            {text for text, *_ in texts(spec, PHONE)},
            key(spec),
        )
        assert wide - set(told) - context <= phone | set(told.values()), name
        assert not phone & set(told.values()), f"{name}: both a name and a letter"
        assert set(told) <= phone, f"{name}: a key to a letter that is not on the map"
        letters = {text for text in phone | wide if len(text) == 1}
        assert letters <= set(told), f"{name}: a letter without a key"
        # Digits beside a mark of a chart are the date's that the key along its foot names: never a place's.
        assert not any(text.isdigit() for text in phone | wide | set(told)), name
        assert not (found := [astray(name, spec, width) for width in (WIDE, PHONE)])[0] + found[1], name


def lines(spec: dict[str, Any], width: int) -> dict[tuple[float, float], tuple[float, float]]:
    """Return the thin lines of a map at a width: from which middle of a mark they lead to a name (latitude, longitude)."""
    return {
        (row["latitude"], row["longitude"]): (row["from_latitude"], row["from_longitude"])
        for layer in spec["layer"]
        if layer["mark"]["type"] == "rule" and holds(layer["transform"][0]["filter"], width)
        for row in rows(spec, layer)
    }


def framed(edition: str, width: int) -> Iterator[tuple[str, dict[str, Any], tuple[float, ...], tuple[float, float]]]:
    """Yield the maps of an edition with the part of the world that they show and their size at a width."""
    for name, spec in maps(edition).items():
        yield name, spec, frame(name, spec), (width, spec["height"] * width / WIDE)


def counted(spec: dict[str, Any], width: int) -> list[tuple[float, float, float]]:
    """Return all marks of a map that is first shown, also cells that are called like nothing, with their reach (px)."""
    steps = {one["name"]: one["value"] for one in spec.get("params", []) if "value" in one}
    found = []
    for layer in spec["layer"]:
        where = layer.get("encoding", {}).get("longitude", {})
        # A dot at the end of a line lies on the middle of a mark.
        if layer["mark"]["type"] not in ("point", "circle") or where.get("field") != "longitude":
            continue
        data = [row for row in kept(layer, rows(spec, layer)) if row.get("step", 0) == steps.get("step", 0)]
        found += [(row["latitude"], row["longitude"], px) for row, px in sized(layer, data, width)]
    return found


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_no_name_or_letter_touches_a_mark_and_one_that_stands_far_off_has_a_line_from_its_own(edition, width):
    """`5` lay on the base of Tombouctou, `Gao` among marks of events, `KOULIKORO` on the ring around Bamako."""
    for name, spec, box, size in framed(edition, width):
        every = sorted(counted(spec, width))
        drawn = lb.fitted(box, *size, [(longitude, latitude) for latitude, longitude, _ in every])
        told = key(spec)
        ring = lb.along(circle()["geometry"]["coordinates"]) if '"150 km"' in json.dumps(spec) else []
        line = lb.fitted(box, *size, [(longitude, latitude) for latitude, longitude, _ in ring])
        for text, latitude, longitude, spot in texts(spec, width):
            label = lb.boxes(box, size, [(text, latitude, longitude, spot)])[0]
            met = [
                mark for (x, y), mark in zip(drawn, every, strict=True)
                if plane.off(label, (x, y, mark[2]))[0] <= 0
            ]  # fmt: skip
            assert not met, (name, text, told.get(text), met)
            on = [label[0] <= x <= label[2] and label[1] <= y <= label[3] for x, y in line]
            assert not any(on), (name, text, told.get(text), "on the ring")
        wide, phone = owners(spec, WIDE), owners(spec, PHONE)
        assert {said: wide[said] for said in set(wide) & set(phone)}.items() <= phone.items(), name
    assert any(lines(spec, PHONE) for spec in maps(edition).values()), "no map has a line: the test looks at nothing"


@pytest.mark.parametrize("edition", EDITIONS)
def test_marks_stand_out_on_the_land_of_their_map_by_day_and_by_night(edition):
    """Grey and red circles lay on a dark blue land at a contrast of 2 to 3."""
    found: set[str] = set()
    for spec in maps(edition).values():
        for layer in spec["layer"]:
            encoding = layer.get("encoding", {})
            if layer["mark"]["type"] not in ("point", "circle") or "longitude" not in encoding:
                continue
            scales = [encoding.get(channel, {}).get("scale") or {} for channel in ("color", "stroke")]
            found |= {layer["mark"].get("stroke"), *(hue for one in scales for hue in one.get("range", []))} - {None}
    shown = found - {palette.INK, palette.MUTED, palette.PAPER}  # these follow the theme
    assert shown >= {palette.colour("neutral"), palette.colour("islamist"), palette.colour("jnim")}
    for hue in shown:
        assert min(palette.contrast(hue, land) for land in (palette.LAND, palette.LAND_NIGHT)) >= 3, hue
    assert palette.css().count(f"--mali-land: {palette.LAND_NIGHT};") == 2, "the front page and the chapters"


def owners(spec: dict[str, Any], width: int) -> dict[str, tuple[float, float]]:
    """Return the point that each name or letter of a map stands for: its own, or the mark in whose middle its line ends."""
    named, led, told = marks(spec, width), lines(spec, width), key(spec)
    found = {}
    for text, *at, _ in texts(spec, width):
        # The names of areas stand at no mark, and where there is room.
        if tuple(at) in {mark[:2] for mark in named}:
            found[told.get(text, text)] = tuple(at)
        if start := led.get(tuple(at)):
            assert start in {mark[:2] for mark in named}, (text, "a line that ends in the middle of no mark")
            found[told.get(text, text)] = start
    return found


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_no_line_to_a_name_crosses_another_or_a_mark_that_has_a_name(edition, width):
    """The line of Ansongo ran through the base of Ménaka, that of `Gao` over another, that of Ménaka through `Niger`."""
    for name, spec, box, size in framed(edition, width):

        def flat(*ends: tuple[float, float], box=box, size=size) -> tuple[float, ...]:
            return tuple(one for end in lb.fitted(box, *size, [end[::-1] for end in ends]) for one in end)

        owned = {at: mark for mark in marks(spec, width) if (at := mark[:2]) in owners(spec, width).values()}
        drawn = [(start, flat(start, end)) for end, start in lines(spec, width).items()]
        for (one, line), (other, second) in combinations(drawn, 2):
            assert one == other or not plane.cross(line, second), (name, one, other)
        shown = [(text, lb.boxes(box, size, [(text, *at, spot)])[0]) for text, *at, spot in texts(spec, width)]
        for start, line in drawn:
            for at, mark in owned.items():
                over = math.dist(flat(at), flat(start)) > mark[2] and plane.passes(line, (*flat(at), 0)) < min(
                    mark[2], 4
                )
                assert at == start or not over, (name, start, at)
            assert not [text for text, label in shown if plane.through(line, label)], (name, start)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_dot_of_a_town_has_a_name_or_a_letter_at_every_width(edition):
    """A phone's map of cercles had a dot on Tombouctou and no name."""
    for name, spec in maps(edition).items():
        for width in (WIDE, PHONE):
            dots = {
                (row["latitude"], row["longitude"])
                for layer in spec["layer"]
                if layer["mark"].get("size") == 14
                and all(holds(one["filter"], width) for one in layer.get("transform", []))
                for row in rows(spec, layer)
            }
            assert dots <= set(owners(spec, width).values()), (name, width)


@pytest.mark.parametrize("edition", EDITIONS)
def test_zones_are_as_pale_in_the_key_as_on_the_land_and_stand_out_by_night(edition):
    spec = maps(edition)["places-map en"]
    (zones,) = [layer for layer in spec["layer"] if "color" in layer.get("encoding", {})]
    share = zones["mark"]["fillOpacity"]
    assert zones["encoding"]["color"]["legend"]["symbolOpacity"] == share

    def over(hue: str, land: str) -> str:
        pairs = [(int(hue[at : at + 2], 16), int(land[at : at + 2], 16)) for at in (1, 3, 5)]
        return "#" + "".join(f"{round(share * one + (1 - share) * other):02x}" for one, other in pairs)

    for hue in palette.ZONES.values():
        assert palette.contrast(over(hue, palette.LAND_NIGHT), palette.DARK_PAGE) >= 1.3, hue
        assert palette.contrast(over(hue, palette.LAND), palette.MUTED) >= 3, "towns and axes on it"


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_the_name_of_a_region_stands_on_its_own_ground(edition, width):
    """`MOPTI` and `SÉGOU` stood outside their regions, on a wide page and on a phone."""
    found = {name: spec for name, spec in maps(edition).items() if name.startswith("places-map")}
    grounds = {
        one["properties"]["region"]: shape(one["geometry"])
        for one in Report(edition).tables.shapes("regions")["features"]
    }
    for name, spec in found.items():
        language = name.split()[1]
        box, size, told = frame(name, spec), (width, spec["height"] * width / WIDE), key(spec)
        at = {told.get(one[0], one[0]): lb.boxes(box, size, [one])[0] for one in texts(spec, width)}
        for region, ground in grounds.items():
            left, top, right, bottom = (
                at[getattr(names.short(region), language).upper()] if region in NAMED_AT else (0,) * 4
            )
            if region in NAMED_AT:
                corners = lb.degrees(box, *size, [(left, top), (right, top), (left, bottom), (right, bottom)])
                assert all(ground.contains(Point(east, north)) for north, east in corners), (name, region)
        assert {getattr(label, language) for label in NEIGHBOURS} <= set(at), name
        assert any("150" in text for text in at), f"{name}: the ring has no name"


@pytest.mark.parametrize("edition", EDITIONS)
def test_towns_from_which_the_text_starts_have_their_names_on_a_phone(edition):
    """`Bamako` and `Gao` were letters of the key, on maps of the whole country, of the south and of the north."""
    drawn = maps(edition)
    assert {name.split()[0] for name in drawn} >= {"places-map", "southern-ring-map", "trajectory-footprint-map"}
    for name, spec in drawn.items():
        assert not {"Bamako", "Gao"} & set(key(spec).values()), name


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_wide_map_says_what_its_letters_stand_for(edition):
    for name, spec in maps(edition).items():
        (below,) = [one for one in spec["layer"] if "down" in str(one.get("encoding", {}).get("y"))] or [None]
        letters = {text for text, *_ in texts(spec, WIDE) if len(text) == 1}
        told = {row["letter"] for row in rows(spec, below) if row["always"]} if below else set()
        assert letters == told, name


def test_a_letter_that_finds_no_room_stands_off_its_mark_at_the_end_of_a_line():
    crowd = [(f"A place with a long name {i}", 14.0 + 0.001 * i, -4.0) for i in range(9)]
    box = (-12.0, 10.0, 4.5, 25.0)
    placed = lb.named(crowd, lb.grounds(box, 460))
    phone = [one for one in placed if one.most != lb.WIDE]
    wide = [one for one in placed if one.most == lb.WIDE]
    for some, width in ((wide, 640), (phone, 340)):
        assert {one.said or one.name for one in some} == {name for name, *_ in crowd}
        size = (width, 460 * width / lb.WIDE)
        shown = lb.boxes(box, size, lb.standing(some))
        assert not any(plane.overlap(one, other) for one, other in combinations(shown, 2))
        marks = lb.fitted(box, *size, [(-4.0, north) for _, north, _ in crowd])
        assert not any(plane.overlap(one, (x - 2, y - 2, x + 2, y + 2)) for one in shown for x, y in marks)
    assert any(one.led and one.said for one in placed)
    around = [(14.0 + 0.4 * math.sin(at), -4.0 + 0.4 * math.cos(at), 3) for at in range(7)]
    for one in lb.named(crowd[:1], lb.grounds(box, 460, marks=(around, around))):
        assert (one.name, one.said) == (crowd[0][0], "")
        assert one.led
    assert {one.name: one.said for one in wide if one.said}.items() <= {one.name: one.said for one in phone}.items()

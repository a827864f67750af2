"""Names on every map of the book, in both languages, wide and on a phone: by their own mark, and none lost."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from shapely.geometry import Point, shape

import story_figures
from helpers import french
from helpers import labels as lb
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
    facts = [
        fact for one in layer.get("transform", []) if "datum." in one["filter"] for fact in one["filter"].split(" && ")
    ]
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
    """Return what the key below a phone's map says of each number."""
    return {
        str(row["number"]): row["place"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "text" and "down" in str(layer.get("encoding", {}).get("y"))
        for row in rows(spec, layer)
    }


def marks(spec: dict[str, Any], width: int = WIDE) -> set[tuple[float, float, float]]:
    """Return the circles and points of a map, with their reach (px)."""
    found: dict[tuple[float, float], float] = {}
    dots = [layer for layer in spec["layer"] if layer["mark"].get("size") == 14]
    # Where dots are drawn on circles, it is they that carry the names.
    for layer in dots or spec["layer"]:
        size, where = layer.get("encoding", {}).get("size", {}), layer.get("encoding", {})
        if layer["mark"]["type"] not in ("point", "circle") or "longitude" not in where:
            continue
        data = kept(layer, rows(spec, layer))
        most = (size.get("scale") or {}).get(
            "domain", [0, max((row.get(size.get("field"), 0) for row in data), default=1)]
        )[-1]
        low, high = (size.get("scale") or {}).get("range", [layer["mark"].get("size", 30)] * 2)
        if isinstance(high, dict):
            # The largest circle of a map shrinks with it.
            high = int(high["expr"].split()[0]) * min(1, (width / WIDE) ** 2)
        # Cells of a grid are called like nothing: a town's name is not read as theirs.
        for row in (row for row in data if {"place", "region"} & set(row)):
            area = low + (high - low) * row.get(size.get("field"), 0) / (most or 1)
            at = (row["latitude"], row["longitude"])
            found[at] = max(found.get(at, 0), math.sqrt(area / math.pi))
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
            if lb.is_astray(label, own, drawn.values()):
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
        assert not phone & set(told.values()), f"{name}: both a name and a number"
        assert set(told) <= phone, f"{name}: a key to a number that is not on the map"
        numbers = {text for text in phone | wide if text.isdigit()}
        assert numbers <= set(told), f"{name}: a number without a key"
        assert not (found := [astray(name, spec, width) for width in (WIDE, PHONE)])[0] + found[1], name


def lines(spec: dict[str, Any], width: int) -> dict[tuple[float, float], tuple[float, float]]:
    """Return the thin lines of a map at a width: from which edge of a mark they lead to a number (latitude, longitude)."""
    return {
        (row["latitude"], row["longitude"]): (row["from_latitude"], row["from_longitude"])
        for layer in spec["layer"]
        if layer["mark"]["type"] == "rule" and holds(layer["transform"][0]["filter"], width)
        for row in rows(spec, layer)
    }


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_no_number_hides_a_mark_and_one_that_stands_far_off_has_a_line_from_its_own(edition, width):
    """`5` lay on the base of Tombouctou, `1` on Bandiagara and on Bamako."""
    for name, spec in maps(edition).items():
        box, size = frame(name, spec), (width, spec["height"] * width / WIDE)
        every = sorted(marks(spec, width))
        drawn = lb.fitted(box, *size, [(longitude, latitude) for latitude, longitude, _ in every])
        led, told = lines(spec, width), key(spec)
        at = {said: point for point, said in called(spec).items()}
        for text, latitude, longitude, spot in texts(spec, width):
            if not text.isdigit():
                continue
            label = lb.boxes(box, size, [(text, latitude, longitude, spot)])[0]
            for (x, y), (*_, reach) in zip(drawn, every, strict=True):
                core = min(reach, 5)
                assert not lb.overlap(label, (x - core, y - core, x + core, y + core)), (name, text, told[text])
            if (latitude, longitude) in led and told[text] in at:
                north, east = led[latitude, longitude]
                edge, *others = lb.fitted(box, *size, [(east, north), *((lon, lat) for lat, lon, _ in every)])
                gaps = [math.dist(edge, other) - mark[2] for other, mark in zip(others, every, strict=True)]
                own = next(i for i, mark in enumerate(every) if mark[:2] == at[told[text]])
                assert gaps[own] == min(gaps), (name, text, told[text])
    assert any(lines(spec, PHONE) for spec in maps(edition).values()), "no map has a line: the test looks at nothing"


def called(spec: dict[str, Any]) -> dict[tuple[float, float], str]:
    """Return what a wide map writes beside each mark."""
    return {(latitude, longitude): text for text, latitude, longitude, _ in texts(spec, WIDE) if not text.isdigit()}


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
def test_a_wide_map_says_what_its_numbers_stand_for(edition):
    for name, spec in maps(edition).items():
        (below,) = [one for one in spec["layer"] if "down" in str(one.get("encoding", {}).get("y"))] or [None]
        numbers = {text for text, *_ in texts(spec, WIDE) if text.isdigit()}
        told = {str(row["number"]) for row in rows(spec, below) if row["always"]} if below else set()
        assert numbers == told, name


def test_a_number_that_finds_no_room_stands_off_its_mark_at_the_end_of_a_line():
    crowd = [(f"Place {i}", 14.0 + 0.001 * i, -4.0) for i in range(5)]
    box = (-12.0, 10.0, 4.5, 25.0)
    placed = lb.numbered(lb.place(crowd, box, 460), crowd, box, 460)
    phone = [one for one in placed if one.least == lb.PHONE]
    assert {one.said or one.name for one in phone} == {name for name, *_ in crowd}
    assert {one.said or one.name for one in placed if one.most == lb.WIDE} >= {name for name, *_ in crowd}
    size = (340, 460 * 340 / lb.WIDE)
    shown = lb.boxes(box, size, lb.standing(phone))
    assert not any(lb.overlap(one, other) for one, other in combinations(shown, 2))
    marks = lb.fitted(box, *size, [(-4.0, north) for _, north, _ in crowd])
    assert not any(lb.overlap(one, (x - 2, y - 2, x + 2, y + 2)) for one in shown for x, y in marks)
    assert sum(one.led is not None for one in phone) >= 1

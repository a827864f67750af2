"""Where the names of places stand on a map, so that none lies on another: the same on every run.

Each name may stand at one of eight spots around its point. Names are set one after another, the most important
first, each at the first spot that is free; a name that finds none is left out. The sum is done for the width a
map is drawn at and again for phones, where the country shrinks and the letters do not: a name knows the least width
that has room for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

#: A letter of 11 px is about this wide in a wide face (DejaVu Sans); the line is this high.
LETTER, LINE = 6.7, 12.0
CAPITAL = 8.0
"""A letter of a name in capitals is about this wide."""
_ASLANT = 1.4
"""A name that stands aslant of its point is so many times nearer to it than to any other: else it would be read as that
one's."""
WIDE, PHONE = 640, 272
WIDTHS = (WIDE, 340, PHONE)
"""Widths (px) that names are placed for: the chart as designed, on a screen of 390 px with its margins, and of 320."""


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)


@dataclass(frozen=True)
class Spot:
    """A place for a name relative to its point."""

    align: str
    baseline: str
    """As Vega-Lite's text mark takes them."""
    dx: int
    dy: int
    """Offset of the text, px."""

    def off(self, px: int) -> Spot:
        """Return the spot farther from its point, each way in which it stands off it."""
        return replace(self, dx=self.dx + px * _sign(self.dx), dy=self.dy + px * _sign(self.dy))

    def box(self, x: float, y: float, text: str) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of the text around a point (px)."""
        width = (CAPITAL if text.isupper() else LETTER) * len(text)
        left = x + self.dx - {"left": 0.0, "center": width / 2, "right": width}[self.align]
        top = y + self.dy - {"top": 0.0, "middle": LINE / 2, "bottom": LINE}[self.baseline]
        return left, top, left + width, top + LINE


#: Above first, where readers of the book are used to find names, then round the point.
AROUND: tuple[Spot, ...] = (
    Spot("center", "bottom", 0, -4),
    Spot("left", "middle", 6, 0),
    Spot("right", "middle", -6, 0),
    Spot("center", "top", 0, 4),
    Spot("left", "bottom", 4, -3),
    Spot("right", "bottom", -4, -3),
    Spot("left", "top", 4, 3),
    Spot("right", "top", -4, 3),
)
#: For the name of an area: on its middle, or a line higher or lower.
WITHIN: tuple[Spot, ...] = (
    Spot("center", "middle", 0, 0),
    Spot("center", "middle", 0, -12),
    Spot("center", "middle", 0, 12),
)


@dataclass(frozen=True)
class Placed:
    """A name with the spot it was given."""

    name: str
    latitude: float
    longitude: float
    """Degrees."""
    spot: Spot
    least: int
    """The narrowest width at which it fits at this spot."""
    most: int = WIDE
    """The widest for which it was placed."""


def mercator(longitude: float, latitude: float) -> tuple[float, float]:
    """Return a point on Mercator's plane (radians, y downwards)."""
    return math.radians(longitude), -math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def extent(shapes: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """Return west, south, east and north of GeoJSON features."""

    def points(node: Any) -> Iterator[Sequence[float]]:
        if isinstance(node[0], int | float):
            yield node
        else:
            for part in node:
                yield from points(part)

    every = [point for feature in shapes["features"] for point in points(feature["geometry"]["coordinates"])]
    lon, lat = [point[0] for point in every], [point[1] for point in every]
    return min(lon), min(lat), max(lon), max(lat)


def fitted(
    box: Sequence[float], width: float, height: float, points: Iterable[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Return points (longitude, latitude) as px on a map of a box (west, south, east, north), as d3's `fitSize` does."""
    (left, bottom), (right, top) = mercator(box[0], box[1]), mercator(box[2], box[3])
    scale = min(width / (right - left), height / (bottom - top))
    shift_x = (width - scale * (left + right)) / 2
    shift_y = (height - scale * (top + bottom)) / 2
    flat = (mercator(*point) for point in points)
    return [(scale * x + shift_x, scale * y + shift_y) for x, y in flat]


def overlap(one: Sequence[float], other: Sequence[float]) -> bool:
    """Tell whether two boxes (left, top, right, bottom) come closer than a pixel."""
    return one[0] < other[2] + 1 and other[0] < one[2] + 1 and one[1] < other[3] + 1 and other[1] < one[3] + 1


def _gap(box: Sequence[float], point: tuple[float, float]) -> float:
    """Return how far a point lies from a box (px)."""
    x, y = point
    return math.hypot(max(box[0] - x, 0, x - box[2]), max(box[1] - y, 0, y - box[3]))


def _standing(
    points: Sequence[tuple[float, float]], taken: Sequence[tuple[str, float, float, Spot]]
) -> list[tuple[float, float, float, float]]:
    return [spot.box(x, y, name) for (name, _, _, spot), (x, y) in zip(taken, points, strict=True)]


def _is_astray(
    spot: Spot, box: tuple[float, float, float, float], own: tuple[float, float], points: Sequence[tuple[float, float]]
) -> bool:
    """Tell whether a name that stands aslant of its own point may be read as another's, which is about as near."""
    aslant = spot.align != "center" and spot.baseline != "middle"
    near = _ASLANT * _gap(box, own) if aslant else 0.0
    return any(point != own and _gap(box, point) < near for point in points)


def place(
    names: Sequence[tuple[str, float, float]],
    box: Sequence[float],
    height: float,
    *,
    spots: Sequence[Spot] = AROUND,
    taken: Sequence[tuple[str, float, float, Spot]] = (),
    dots: bool = True,
    reach: int = 2,
    phone: bool = False,
    widths: Sequence[int] = WIDTHS,
) -> list[Placed]:
    """Give each name a spot where it covers no other name and no other point, and is nearest to its own.

    Parameters
    ----------
    names : sequence of tuple
        Name, latitude, longitude; the most important first.
    box, height : sequence of float, float
        What the map shows: west, south, east, north (degrees); its height on a wide page, px.
    spots, phone : sequence of Spot, bool
        Where a name may stand, best first; with `phone`, one that is free on narrower maps too goes before.
    taken : sequence of tuple
        Names that stand already: name, latitude, longitude, spot.
    widths : sequence of int
        Of the map, px, the widest first; a name that the first has no room for is left out.
    dots, reach : bool, int
        Whether a dot marks each point, which names must keep clear of, and how far it reaches, px.

    Returns
    -------
    list of Placed
        In the order given; names that found no spot are missing.
    """
    spots = [spot.off(reach - 2) for spot in spots]
    sizes = [(width, height * width / WIDE) for width in widths]
    drawn = [fitted(box, *size, [(one[2], one[1]) for one in names]) for size in sizes]
    used = [_standing(fitted(box, *size, [(one[2], one[1]) for one in taken]), taken) for size in sizes]

    def free(layer: int, index: int, spot: Spot) -> tuple[float, float, float, float] | None:
        where, (across, down) = drawn[layer], sizes[layer]
        found = spot.box(*where[index], names[index][0])
        points = [point for i, point in enumerate(where) if dots and i != index]
        others = [*used[layer], *((x - reach, y - reach, x + reach, y + reach) for x, y in points)]
        away = min(found) < 0 or found[2] > across or found[3] > down or _is_astray(spot, found, where[index], points)
        return None if away or any(overlap(found, other) for other in others) else found

    out = []
    for index, (name, latitude, longitude) in enumerate(names):
        if not (could := [spot for spot in spots if free(0, index, spot)]):
            continue
        fits = {spot: [free(at, index, spot) for at in range(len(widths))] for spot in could}
        spot = min(could, key=lambda spot: fits[spot].count(None)) if phone else could[0]
        boxes = fits[spot]
        # A name that a narrow map has no room for does not come back on a narrower one.
        kept = boxes.index(None) if None in boxes else len(boxes)
        for at, found in enumerate(filter(None, boxes[:kept])):
            used[at].append(found)
        out.append(Placed(name, latitude, longitude, spot, widths[kept - 1], widths[0]))
    return out

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

from helpers import letters

SIZE, LINE = 11, 12.0
"""Size of the letters, and height of a line (px)."""
_ASLANT = 1.4
"""A name that stands aslant of its point is so many times nearer to it than to any other: else it would be read as that
one's."""
Row = tuple[str, float, float]
"""A name, with latitude and longitude (degrees)."""
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

    @property
    def times(self) -> float:
        """How much nearer its own point must be to a name that stands here than any other: aslant, more than a hair."""
        return _ASLANT if self.align != "center" and self.baseline != "middle" else 1.0

    def off(self, px: int) -> Spot:
        """Return the spot farther from its point, each way in which it stands off it."""
        return replace(self, dx=self.dx + px * _sign(self.dx), dy=self.dy + px * _sign(self.dy))

    def box(self, x: float, y: float, text: str) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of the text around a point (px)."""
        width = letters.width(text, SIZE)
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
ON, _DOT = Spot("center", "middle", 0, 0), "·"
#: For a number, which is short enough to stand on its own mark where nothing around it is free.
_NUMBERS: tuple[Spot, ...] = (*AROUND, *(spot.off(5) for spot in AROUND), ON)
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
    said: str = ""
    """The name that a number stands for: the key under the map tells it."""


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


Box = tuple[float, float, float, float]
"""Left, top, right and bottom (px)."""
Mark = tuple[float, float, float]
"""A mark of a map: its middle, and how far it reaches from there (px; degrees for what is not placed yet)."""


def _away(box: Sequence[float], mark: Mark) -> tuple[float, float]:
    """Return how far a mark's edge lies from a box, and how far its middle (px)."""
    x, y, reach = mark
    gap = math.hypot(max(box[0] - x, 0, x - box[2]), max(box[1] - y, 0, y - box[3]))
    return max(0.0, gap - reach), gap


def _standing(
    points: Sequence[tuple[float, float]], taken: Sequence[tuple[str, float, float, Spot]]
) -> list[tuple[float, float, float, float]]:
    return [spot.box(x, y, name) for (name, _, _, spot), (x, y) in zip(taken, points, strict=True)]


def is_astray(box: Sequence[float], own: Mark, marks: Iterable[Mark], times: float = 1.0) -> bool:
    """Tell whether a name may be read as that of another mark, which is about as near as its own."""
    edge, middle = _away(box, own)
    near = (times * edge, times * middle)
    return any(mark[:2] != own[:2] and _away(box, mark) <= near for mark in marks)


def _drawn(box: Sequence[float], size: tuple[float, float], marks: Sequence[Mark]) -> list[Mark]:
    """Return marks (degrees) as px on a map of a box."""
    at = fitted(box, *size, [(longitude, latitude) for latitude, longitude, _ in marks])
    return [(x, y, reach) for (x, y), (_, _, reach) in zip(at, marks, strict=True)]


@dataclass(frozen=True)
class _Layer:
    """A map at one width: its size, the marks that have names, and others (px)."""

    size: tuple[float, float]
    points: list[Mark]
    others: list[Mark]

    def free(self, index: int, name: str, spot: Spot, used: Sequence[Box], clear: int | None) -> Box | None:
        """Return the box of a name, or none where it leaves the map, may be read as another's or meets what stands."""
        own, points = self.points[index], self.points[:index] + self.points[index + 1 :]
        found = spot.box(*own[:2], name)
        away = min(found) < 0 or found[2] > self.size[0] or found[3] > self.size[1]
        if away or is_astray(found, own, [*points, *self.others], spot.times):
            return None
        middles = [] if clear is None else [(x, y, min(px, clear)) for x, y, px in points]
        solid = [*used, *((x - px, y - px, x + px, y + px) for x, y, px in middles)]
        return None if any(overlap(found, other) for other in solid) else found


def place(
    names: Sequence[Row],
    box: Sequence[float],
    height: float,
    *,
    spots: Sequence[Spot] = AROUND,
    taken: Sequence[tuple[str, float, float, Spot]] = (),
    dots: bool = True,
    reach: int | Mapping[str, int] = 2,
    clear: int = 99,
    marks: Sequence[Mark] = (),
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
    dots, reach, clear : bool, int or mapping, int
        Whether a mark stands on each point; how far it reaches, px, also by name, of which at most `clear` stays uncovered.
    marks : sequence of tuple
        Others to which no name may be as near as to its own, but which it may cover: latitude, longitude, reach.
    widths : sequence of int
        Of the map, px, the widest first; a name that the first has no room for is left out.

    Returns
    -------
    list of Placed
        In the order given; names that found no spot are missing.
    """
    own = [(north, east, reach if isinstance(reach, int) else reach[name]) for name, north, east in names]
    sizes = [(width, height * width / WIDE) for width in widths]
    layers = [_Layer(size, _drawn(box, size, own), _drawn(box, size, marks)) for size in sizes]
    used = [_standing(fitted(box, *size, [(one[2], one[1]) for one in taken]), taken) for size in sizes]

    def free(layer: int, index: int, spot: Spot) -> Box | None:
        return layers[layer].free(index, names[index][0], spot, used[layer], clear if dots else None)

    out = []
    for index, (name, latitude, longitude) in enumerate(names):
        off = [spot.off(int(own[index][2]) - 2) for spot in spots]
        if not (could := [spot for spot in off if free(0, index, spot)]):
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


def standing(placed: Iterable[Placed]) -> list[tuple[str, float, float, Spot]]:
    """Return placed names as `place` takes those that stand."""
    return [(one.name, one.latitude, one.longitude, one.spot) for one in placed]


def _crowded(numbers: Mapping[str, Placed]) -> int:
    """Return how many numbers have found no room beside what stands on a phone."""
    return sum(one.least > max(width for width in WIDTHS if width < WIDE) for one in numbers.values())


def numbered(
    placed: Sequence[Placed],
    promised: Sequence[Row],
    box: Sequence[float],
    height: float,
    *,
    taken: Sequence[tuple[str, float, float, Spot]] = (),
    dots: bool = True,
    reach: int | Mapping[str, int] = 2,
    marks: Sequence[Mark] = (),
) -> list[Placed]:
    """Give a number on phones to each name for which they have no room; a key below the map tells it.

    Parameters
    ----------
    placed, promised : sequence
        Names as `place` has set them, and those that must not be lost, the most important first: where their numbers
        find no room beside the names that a phone shows, the least of those is a number too.
    taken, dots, reach, marks
        As `place` takes them.

    Returns
    -------
    list of Placed
        The names, those with a number on wide maps alone, then the numbers.
    """
    wide, narrow = [[width for width in WIDTHS if (width < WIDE) == small] for small in (False, True)]
    far = {name: reach if isinstance(reach, int) else reach[name] for name, *_ in promised}
    wider = [one for one in placed if one.most == WIDE]
    # What a wide map has no room for either comes first: its key is the beginning of a phone's.
    order = sorted(promised, key=lambda row: row[0] in {one.name for one in wider})

    def set_down(kept: Sequence[Placed], widths: Sequence[int]) -> dict[str, Placed]:
        shown = {one.name for one in kept}
        lost = [row for row in order if row[0] not in shown]
        rows: dict[str, Row] = {name: (str(at), north, east) for at, (name, north, east) in enumerate(lost, 1)}
        stood = [(latitude, longitude, far[name]) for name, latitude, longitude in order if name in shown]
        fixed = [*taken, *standing(kept), *((_DOT, north, east, ON) for north, east, _ in stood if dots)]
        found = place(
            list(rows.values()), box, height, spots=_NUMBERS, taken=fixed, dots=dots, marks=[*marks, *stood], phone=True,
            clear=1, reach={row[0]: far[name] for name, row in rows.items()}, widths=widths,
        )  # fmt: skip
        at = {one.name: one for one in found}
        bare = {name: Placed(*row, ON, WIDE, widths[0]) for name, row in rows.items()}
        return {name: replace(at.get(one.name, one), said=name) for name, one in bare.items()}

    kept = [one for one in placed if one.least == PHONE]
    others = [one for one in kept if one.name not in far]
    numbers, fewest = set_down(kept, narrow), _crowded(set_down([], narrow))
    while kept and _crowded(numbers) > fewest:
        kept.remove(others.pop() if others else kept[-1])
        numbers = set_down(kept, narrow)
    names = [one if one in kept else replace(one, least=WIDE) for one in placed if one in kept or one.most == WIDE]
    above = set_down(wider, wide) if wider else {}
    return [
        *names,
        *(replace(one, least=WIDE) for one in above.values()),
        *(replace(one, least=PHONE) for one in numbers.values()),
    ]

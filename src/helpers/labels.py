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
FARTHER: tuple[Spot, ...] = (*AROUND, *(spot.off(5) for spot in AROUND))
"""The same, and again a little farther off: for maps on which names shun other marks."""
ON = Spot("center", "middle", 0, 0)
_CORE = 6
"""How much of a mark, from its middle (px), no number may touch: a small mark is hidden by less."""
_LED = tuple((far, turn) for far in range(14, 150, 6) for turn in range(0, 360, 15))
"""Where a number may stand at the end of a line: how far from its mark's edge (px), and which way; the nearest first."""


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
    led: tuple[float, float] | None = None
    """Latitude and longitude of the edge of its mark, from which a thin line leads to a number that stands far off."""


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


def degrees(
    box: Sequence[float], width: float, height: float, points: Iterable[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Return latitude and longitude of points of a map (px): `fitted` the other way."""
    (x0, y0), (x1, y1) = fitted(box, width, height, [(box[0], box[1]), (box[2], box[3])])
    (left, bottom), (right, top) = mercator(box[0], box[1]), mercator(box[2], box[3])
    out = []
    for x, y in points:
        east = left + (x - x0) / (x1 - x0) * (right - left)
        north = -(bottom + (y - y0) / (y1 - y0) * (top - bottom))
        out.append((math.degrees(2 * math.atan(math.exp(north)) - math.pi / 2), math.degrees(east)))
    return out


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


Taken = Sequence[tuple[str, float, float, Spot]]
"""Names that stand already: name, latitude, longitude, spot."""


def boxes(box: Sequence[float], size: tuple[float, float], taken: Taken) -> list[Box]:
    """Return the boxes of names on a map of a box and a size."""
    points = fitted(box, *size, [(longitude, latitude) for _, latitude, longitude, _ in taken])
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
    """A map at one width: its size, the marks that have names, others, what stands, and what is better left free (px)."""

    size: tuple[float, float]
    points: list[Mark]
    others: list[Mark]
    used: list[Box]
    shun: list[Box]

    @classmethod
    def of(cls, box: Sequence[float], size: tuple[float, float], *, taken: Taken, **marks: Sequence[Mark]) -> _Layer:
        """Draw marks given in degrees, and names that stand, on a map of a box (`solid`: marks that no name may cover)."""
        px = {name: _drawn(box, size, some) for name, some in marks.items()}
        used = [*boxes(box, size, taken), *map(_around, px["solid"])]
        return cls(size, px["points"], px["others"], used, [*map(_around, px["shun"])])

    def free(self, index: int, name: str, spot: Spot, clear: int) -> Box | None:
        """Return the box of a name, or none where it leaves the map, may be read as another's or meets what stands."""
        own, points = self.points[index], self.points[:index] + self.points[index + 1 :]
        found = spot.box(*own[:2], name)
        away = min(found) < 0 or found[2] > self.size[0] or found[3] > self.size[1]
        if away or is_astray(found, own, [*points, *self.others], spot.times):
            return None
        middles = [(x, y, min(px, clear)) for x, y, px in points]
        solid = [*self.used, *map(_around, middles)]
        return None if any(overlap(found, other) for other in solid) else found


def _covered(found: Sequence[Box | None], layers: Sequence[_Layer]) -> int:
    """Count the marks better left free that a name's boxes, one a layer, cover."""
    return sum(overlap(one, other) for one, at in zip(found, layers, strict=True) if one for other in at.shun)


def place(
    names: Sequence[Row],
    box: Sequence[float],
    height: float,
    *,
    spots: Sequence[Spot] = AROUND,
    taken: Taken = (),
    reach: int | Mapping[str, int] = 2,
    clear: int = 99,
    marks: Sequence[Mark] = (),
    solid: Sequence[Mark] = (),
    shun: Sequence[Mark] = (),
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
    reach, clear : int or mapping, int
        How far the mark on each point reaches, px, also by name, of which at most `clear` stays uncovered.
    marks, solid, shun : sequence of tuple
        Latitude, longitude, reach: marks to which no name may be as near as to its own; marks that no name may cover; marks
        of which names cover as few as they can.
    widths : sequence of int
        Of the map, px, the widest first; a name that the first has no room for is left out.

    Returns
    -------
    list of Placed
        In the order given; names that found no spot are missing.
    """
    own = [(north, east, reach if isinstance(reach, int) else reach[name]) for name, north, east in names]
    layers = [
        _Layer.of(box, (width, height * width / WIDE), points=own, others=marks, taken=taken, solid=solid, shun=shun)
        for width in widths
    ]

    out = []
    for index, (name, latitude, longitude) in enumerate(names):
        off = [spot.off(int(own[index][2]) - 2) for spot in spots]
        if not (could := [spot for spot in off if layers[0].free(index, name, spot, clear)]):
            continue
        fits = {spot: [at.free(index, name, spot, clear) for at in layers] for spot in could}
        spot = min(could, key=lambda spot: (fits[spot].count(None) * phone, _covered(fits[spot], layers)))
        where = fits[spot]
        # A name that a narrow map has no room for does not come back on a narrower one.
        kept = where.index(None) if None in where else len(where)
        for at, found in enumerate(filter(None, where[:kept])):
            layers[at].used.append(found)
        out.append(Placed(name, latitude, longitude, spot, widths[kept - 1], widths[0]))
    return out


def _lies(line: Sequence[float], box: Sequence[float]) -> bool:
    """Tell whether a line (its two ends, px) runs through a box."""
    x0, y0, x1, y1 = line
    steps = [at / 24 for at in range(25)]
    return any(box[0] <= x0 + at * (x1 - x0) <= box[2] and box[1] <= y0 + at * (y1 - y0) <= box[3] for at in steps)


def _around(mark: Mark, most: float = math.inf) -> Box:
    """Return the box of a mark, or of its core."""
    x, y, px = mark[0], mark[1], min(mark[2], most)
    return x - px, y - px, x + px, y + px


def _lead(
    rows: Sequence[Row],
    box: Sequence[float],
    sizes: Sequence[tuple[float, float]],
    taken: Taken,
    marks: Sequence[Mark],
    reach: Mapping[str, int],
) -> list[Placed]:
    """Set numbers on open ground, each at the end of a thin line from its mark: no line runs over a mark, name or line.

    `sizes`: of the map, px, the widest first: a number keeps its degrees. Where some crossing cannot be avoided, the
    fewest on the widest map.
    """
    used = [boxes(box, size, taken) for size in sizes]
    drawn = [_drawn(box, size, marks) for size in sizes]
    lines: list[list[tuple[float, float, float, float]]] = [[] for _ in sizes]

    def cost(at: int, own: tuple[float, float], edge: tuple[float, float], end: tuple[float, float], text: str) -> int:
        """Count what a number and its line meet: the number's own place weighs more than any crossing."""
        found, size = ON.box(*end, text), sizes[at]
        line = (*edge, *end)
        others = [mark for mark in drawn[at] if math.hypot(mark[0] - own[0], mark[1] - own[1]) > 0.5]
        away = min(found[:2]) < 0 or found[2] > size[0] or found[3] > size[1]
        wide = (found[0] - 2, found[1] - 2, found[2] + 2, found[3] + 2)
        met = sum(overlap(wide, other) for other in (*used[at], *map(_around, drawn[at])))
        met += sum(_lies(other, wide) for other in lines[at])
        crossed = sum(_lies(line, other) for other in (*used[at], *(_around(mark, _CORE) for mark in others)))
        crossed += sum(_cross(line, other) for other in lines[at])
        return 1000 * away + 30 * met + crossed

    out = []
    for text, latitude, longitude in rows:
        best: tuple[float, list[tuple[float, float]], list[list[tuple[float, float]]]] = (math.inf, [], [])
        own = [fitted(box, *size, [(longitude, latitude)])[0] for size in sizes]
        for far, turn in _LED:
            east, south = math.cos(math.radians(turn)), math.sin(math.radians(turn))
            near, off = reach[text], reach[text] + far
            (x, y), size = own[0], sizes[0]
            ends = degrees(box, *size, [(x + near * east, y + near * south), (x + off * east, y + off * south)])
            at = [fitted(box, *one, [(end[1], end[0]) for end in ends]) for one in sizes]
            found = sum(
                weight * cost(layer, own[layer], at[layer][0], at[layer][1], text)
                for layer, weight in enumerate((10, *[1] * (len(sizes) - 1)))
            )
            if found < best[0]:
                best = (found, ends, at)
            if not found:
                break
        _, ends, at = best
        for layer, (edge, end) in enumerate(at):
            used[layer].append(ON.box(end[0], end[1], text))
            lines[layer].append((*edge, *end))
        out.append(Placed(text, ends[1][0], ends[1][1], ON, PHONE, led=ends[0]))
    return out


def _cross(one: Sequence[float], other: Sequence[float]) -> bool:
    """Tell whether two lines (their ends, px) cross."""

    def side(line: Sequence[float], x: float, y: float) -> bool:
        return (line[2] - line[0]) * (y - line[1]) > (line[3] - line[1]) * (x - line[0])

    return side(one, *other[:2]) != side(one, *other[2:]) and side(other, *one[:2]) != side(other, *one[2:])


def standing(placed: Iterable[Placed]) -> Taken:
    """Return placed names as `place` takes those that stand."""
    return [(one.name, one.latitude, one.longitude, one.spot) for one in placed]


def _beside_or_led(
    rows: Sequence[Row],
    box: Sequence[float],
    height: float,
    *,
    taken: Taken,
    marks: Sequence[Mark],
    reach: Mapping[str, int],
    shun: Sequence[Mark],
    widths: Sequence[int],
) -> dict[str, Placed]:
    """Set each number close by its mark, or off it at the end of a line where no such spot is free; all find a place."""
    every = [*marks, *((north, east, reach[number]) for number, north, east in rows)]
    solid = [(north, east, min(px, _CORE)) for north, east, px in every]
    found = place(
        rows, box, height, taken=taken, marks=marks, phone=True,
        clear=_CORE, reach=reach, widths=widths, solid=solid, shun=shun,
    )  # fmt: skip
    at = {one.name: one for one in found if one.least < WIDE or WIDE in widths}
    sizes = [(width, height * width / WIDE) for width in widths]
    rest = [row for row in rows if row[0] not in at]
    led = _lead(rest, box, sizes, [*taken, *standing(at.values())], [*every, *shun], reach)
    return at | {one.name: replace(one, least=widths[-1], most=widths[0]) for one in led}


def numbered(
    placed: Sequence[Placed],
    promised: Sequence[Row],
    box: Sequence[float],
    height: float,
    *,
    taken: Taken = (),
    reach: int | Mapping[str, int] = 2,
    small: Mapping[str, int] | None = None,
    marks: Sequence[Mark] = (),
    shun: Sequence[Mark] = (),
    first: int = 1,
) -> list[Placed]:
    """Give a number on phones to each name for which they have no room; a key below the map tells it.

    Parameters
    ----------
    placed, promised : sequence
        Names as `place` has set them, and those that must not be lost, the most important first.
    taken, reach, marks, shun
        As `place` takes them.
    small : mapping
        How far the marks reach on a phone, where they shrink with the map.
    first : int
        The first number.

    Returns
    -------
    list of Placed
        The names, those with a number on wide maps alone, then the numbers.
    """
    wide, narrow = [[width for width in WIDTHS if (width < WIDE) == small] for small in (False, True)]
    large = {name: reach if isinstance(reach, int) else reach[name] for name, *_ in promised}
    wider = [one for one in placed if one.most == WIDE]
    # What a wide map has no room for either comes first: its key is the beginning of a phone's.
    order = sorted(promised, key=lambda row: row[0] in {one.name for one in wider})

    def set_down(kept: Sequence[Placed], widths: Sequence[int]) -> dict[str, Placed]:
        far = large if widths == wide or small is None else small
        shown = {one.name for one in kept}
        lost = [row for row in order if row[0] not in shown]
        rows: dict[str, Row] = {name: (str(at), north, east) for at, (name, north, east) in enumerate(lost, first)}
        stood = [(latitude, longitude, far[name]) for name, latitude, longitude in order if name in shown]
        px = {row[0]: far[name] for name, row in rows.items()}
        at = _beside_or_led(
            list(rows.values()), box, height, taken=[*taken, *standing(kept)], marks=[*marks, *stood], reach=px,
            shun=shun, widths=widths,
        )  # fmt: skip
        return {name: replace(at[row[0]], said=name) for name, row in rows.items()}

    kept = [one for one in placed if one.least == PHONE]
    numbers = set_down(kept, narrow)
    names = [one if one in kept else replace(one, least=WIDE) for one in placed if one in kept or one.most == WIDE]
    above = set_down(wider, wide) if wider else {}
    return [
        *names,
        *(replace(one, least=WIDE) for one in above.values()),
        *(replace(one, least=PHONE) for one in numbers.values()),
    ]


def beside(rows: Sequence[Row], box: Sequence[float], height: float, reach: Mapping[str, int]) -> list[Placed]:
    """Name discs beside them, on a wide map and on a phone's, where discs are smaller; what finds no room has a number.

    `rows`: the most important first. `reach`: how far each disc reaches on a wide map, px, by name.
    """
    small = {name: math.ceil(px * WIDTHS[1] / WIDE) for name, px in reach.items()}
    placed = place(rows, box, height, spots=FARTHER, reach=reach, widths=WIDTHS[:1])
    placed += place(rows, box, height, spots=FARTHER, reach=small, phone=True, widths=WIDTHS[1:])
    return numbered(placed, rows, box, height, reach=reach, small=small)

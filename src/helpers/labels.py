"""Where the names of places stand on a map, so that none lies on another: the same on every run.

Each name may stand at one of eight spots around its point. Names are set one after another, the most important
first, each at the first spot that is free; a name that finds none is left out. The sum is done for the width a
map is drawn at and again for phones, where the country shrinks and the letters do not: a name knows the least width
that has room for it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Any

from helpers import letters

SIZE, LINE = 11, 12.0
"""Size of the letters, and height of a line (px)."""
_ASLANT = 1.4
"""A name that stands aslant of its point is so many times nearer to it than to any other: else it would be read as that
one's."""
_CORNER = math.sqrt(0.5)
"""How far a circle reaches either way where a corner stands off it."""
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
    def aslant(self) -> bool:
        """Whether a name that stands here touches its point with a corner."""
        return self.align != "center" and self.baseline != "middle"

    def off(self, px: int) -> Spot:
        """Return the spot farther from its point, each way in which it stands off it."""
        return replace(self, dx=self.dx + px * _sign(self.dx), dy=self.dy + px * _sign(self.dy))

    def beyond(self, reach: float) -> Spot:
        """Return the spot just beyond a round mark that reaches so far (px): a corner comes as near as a side."""
        return self.off(max(0, int(reach * _CORNER - 1) if self.aslant else int(reach) - 2))

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
_LED = tuple((far, turn) for far in range(8, 150, 6) for turn in range(0, 360, 15))
"""Where a name may stand at the end of a line: how far from its mark's edge (px), and which way; the nearest first."""
_APART = 0.1
"""From one mark along a line to the next, degrees."""
_LEGEND = (74, 90)
"""Width and height of a legend in a corner of a map, px."""
_OPEN = 10.0
"""What a line to a name may cost, else a letter serves it better: 10 px of its length cost 1, a mark that it crosses `_PASSED`."""
_PASSED = 3
_MET = 20
"""What it costs a line to run over another line or a mark that is named; over a name, five times that."""
_TRIES = (_OPEN, 4.0, 0.0)
"""What lines to names may cost, where lines get into each other's way: with more letters there is more room."""


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
    """The name that a letter stands for: the key under the map tells it."""
    led: tuple[float, float] | None = None
    """Latitude and longitude of its mark's middle, from which a thin line leads to a name that stands far off."""


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


def reaches(box: Sequence[float], mark: Mark) -> bool:
    """Tell whether a mark reaches into a box."""
    return _away(box, mark)[0] <= 0


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


def middle_of(box: Sequence[float]) -> Box:
    """Return the middle of a box, as a box of no size: where the eye finds a name that stands aslant."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return x, y, x, y


def _drawn(box: Sequence[float], size: tuple[float, float], marks: Sequence[Mark], share: float = 1.0) -> list[Mark]:
    """Return marks (degrees) as px on a map of a box, where they reach a share of what they do."""
    at = fitted(box, *size, [(longitude, latitude) for latitude, longitude, _ in marks])
    return [(x, y, share * reach) for (x, y), (_, _, reach) in zip(at, marks, strict=True)]


def _lies(line: Sequence[float], box: Sequence[float]) -> bool:
    """Tell whether a line (its two ends, px) runs through a box."""
    left, top, right, bottom = box
    within = any(left <= x <= right and top <= y <= bottom for x, y in (line[:2], line[2:]))
    return within or _cross(line, box) or _cross(line, (left, bottom, right, top))


def _gap(line: Sequence[float], mark: Mark) -> float:
    """Return how far a line passes from the middle of a mark (px)."""
    x0, y0, x1, y1 = line
    long = (x1 - x0) ** 2 + (y1 - y0) ** 2
    at = ((mark[0] - x0) * (x1 - x0) + (mark[1] - y0) * (y1 - y0)) / (long or 1)
    at = min(1.0, max(0.0, at))
    return math.hypot(x0 + at * (x1 - x0) - mark[0], y0 + at * (y1 - y0) - mark[1])


def _around(mark: Mark) -> Box:
    """Return the box of a mark."""
    x, y, px = mark
    return x - px, y - px, x + px, y + px


def _cross(one: Sequence[float], other: Sequence[float]) -> bool:
    """Tell whether two lines (their ends, px) cross."""

    def side(line: Sequence[float], x: float, y: float) -> bool:
        return (line[2] - line[0]) * (y - line[1]) > (line[3] - line[1]) * (x - line[0])

    return side(one, *other[:2]) != side(one, *other[2:]) and side(other, *one[:2]) != side(other, *one[2:])


def along(line: Sequence[Sequence[float]]) -> list[Mark]:
    """Return a line (longitude and latitude of its points) as marks along it, without its ends: no name fits between two.

    Examples
    --------
    >>> along([(0.0, 10.0), (0.0, 10.3)])
    [(10.1, 0.0, 1), (10.2, 0.0, 1)]
    """
    out: list[Mark] = []
    for (west, south), (east, north) in itertools.pairwise(line):
        steps = max(1, round(math.hypot(east - west, north - south) / _APART))
        shares = [at / steps for at in range(steps)]
        out += [(round(south + at * (north - south), 4), round(west + at * (east - west), 4), 1) for at in shares]
    return out[1:]


def squares(box: Sequence[float], size: tuple[float, float], marks: Sequence[Mark]) -> list[Box]:
    """Return the boxes of marks (degrees) on a map of a box and a size."""
    return [*map(_around, _drawn(box, size, marks))]


def leads(placed: Iterable[Placed]) -> list[Mark]:
    """Return the thin lines that lead to placed names as marks along them."""
    ends = [((one.led[1], one.led[0]), (one.longitude, one.latitude)) for one in placed if one.led]
    return [mark for line in ends for mark in along(line)]


def standing(placed: Iterable[Placed]) -> Taken:
    """Return placed names as `Ground` takes those that stand."""
    return [(one.name, one.latitude, one.longitude, one.spot) for one in placed]


def _at_end(east: float, south: float) -> Spot:
    """Return where a name stands at the end of a line that runs this way, which it does not touch."""
    if abs(east) > 0.7:
        return Spot("left", "middle", 2, 0) if east > 0 else Spot("right", "middle", -2, 0)
    return Spot("center", "top", 0, 2) if south > 0 else Spot("center", "bottom", 0, -2)


@dataclass(frozen=True)
class Ground:
    """What names are set on: a part of the world on maps of some widths, and what stands there already."""

    box: Sequence[float]
    """What the maps show: west, south, east, north (degrees)."""
    height: float
    """Of a map `WIDE` px wide, px; a narrower one is lower."""
    widths: Sequence[int] = WIDTHS
    """Of the maps, px, the widest first."""
    reach: int | Mapping[str, int] = 2
    """How far the mark on each point that is named reaches, px, also by name."""
    taken: Taken = ()
    """Names that stand already."""
    shrinks: bool = False
    """Whether those marks shrink with the map."""
    marks: Sequence[Mark] = ()
    """Other marks, which do: no name may cover them or be as near to one as to its own (latitude, longitude, reach)."""
    solid: Sequence[Mark] = ()
    """Lines, as marks along them: no name may cover them."""
    ways: Sequence[Sequence[Sequence[float]]] = ()
    """Lines (longitude and latitude of their points) that names and the thin lines to them shun."""
    longer: int = 2
    """How much longer a French name may be than the English one that is placed, px: no line comes so near."""
    legend: str = ""
    """Corner of the map in which its legend stands: `top-left`, `bottom-left`."""

    @property
    def sizes(self) -> list[tuple[float, float]]:
        """Width and height of the maps, px."""
        return [(width, self.height * width / WIDE) for width in self.widths]

    def own(self, rows: Sequence[Row]) -> list[Mark]:
        """Return the marks of points that are named (degrees)."""
        return [
            (north, east, self.reach if isinstance(self.reach, int) else self.reach[name]) for name, north, east in rows
        ]


class _Layer:
    """A map at one width: the marks that have names, other marks, and what stands, which grows (px)."""

    def __init__(self, rows: Sequence[Row], ground: Ground, size: tuple[float, float]) -> None:
        self.size = size
        share = size[0] / ground.widths[0]
        self.points = _drawn(ground.box, size, ground.own(rows), share if ground.shrinks else 1.0)
        self.others = _drawn(ground.box, size, ground.marks, share)
        self.used = boxes(ground.box, size, ground.taken)
        if ground.legend:
            top = 0.0 if ground.legend.startswith("top") else size[1] - _LEGEND[1]
            self.used.append((0.0, top, _LEGEND[0], top + _LEGEND[1]))
        self.longer = ground.longer
        self.far: dict[int, list[Mark]] = {}
        self.solid = squares(ground.box, size, ground.solid)
        drawn = [fitted(ground.box, *size, [(east, north) for east, north in way]) for way in ground.ways]
        self.lines: list[Box] = [(*one, *other) for way in drawn for one, other in itertools.pairwise(way)]

    def leaves(self, found: Box) -> bool:
        """Tell whether a box leaves the map."""
        return min(found) < 0 or found[2] > self.size[0] or found[3] > self.size[1]

    def meets(self, found: Box) -> Iterator[bool]:
        """Tell of each thing that stands and of each mark whether a box comes too near to it."""
        yield from (overlap(found, other) for other in self.used)
        yield from (overlap(found, other) for other in self.solid)
        yield from (_away(found, mark)[0] < 1 for mark in self.points)
        yield from (_away(found, mark)[0] < 1 for mark in self.others)

    def apart(self, index: int) -> list[Mark]:
        """Return the marks that are not named, without those in which a point lies: they are no other place's."""
        if index not in self.far:
            own = self.points[index]
            self.far[index] = [mark for mark in self.others if math.dist(mark[:2], own[:2]) > mark[2]]
        return self.far[index]

    def free(self, index: int, text: str, spot: Spot) -> Box | None:
        """Return the box of a name, or none where it leaves the map, may be read as another's or meets what stands."""
        own, points = self.points[index], self.points[:index] + self.points[index + 1 :]
        found = spot.box(*own[:2], text)
        if self.leaves(found) or any(self.meets(found)) or any(_lies(line, found) for line in self.lines):
            return None
        middles = [(x, y, 0.0) for x, y, _ in points]
        astray = (
            is_astray(found, own, [*points, *self.apart(index)], _ASLANT if spot.aslant else 1.0)
            or is_astray(found, (*own[:2], 0.0), middles)
            or (spot.aslant and is_astray(middle_of(found), own, points))
        )
        return None if astray else found

    def met(self, index: int, line: Box, found: Box, most: float) -> int:
        """Count what a name at the end of a line and its line meet, up to `most`: its own place weighs more than any crossing."""
        left, top, right, bottom = found
        wide, wider = (
            (left - 2, top - 2, right + 2, bottom + 2),
            (left - self.longer, top - 2, right + self.longer, bottom + 2),
        )
        named = self.points[:index] + self.points[index + 1 :]
        weights = itertools.chain(
            (1000 * self.leaves(found),),
            (5 * _MET * one for one in self.meets(wide)),
            (5 * _MET * _lies(other, wider) + _MET * _cross(line, other) for other in self.lines),
            (5 * _MET * _lies(line, (x - self.longer, y, u + self.longer, v)) for x, y, u, v in self.used),
            (_MET * (_gap(line, mark) < max(mark[2], 4)) for mark in named if mark[:2] != self.points[index][:2]),
            (_PASSED * (_gap(line, mark) < mark[2]) for mark in self.apart(index)),
        )
        cost = 0
        for weight in weights:
            cost += weight
            if cost >= most:
                break
        return cost


class _Board:
    """Maps of one ground, on which the names of points find their places one after another."""

    def __init__(self, rows: Sequence[Row], ground: Ground) -> None:
        self.rows, self.ground = rows, ground
        self.layers = [_Layer(rows, ground, size) for size in ground.sizes]
        self.met = 0

    def beside(
        self, index: int, text: str, spots: Sequence[Spot], *, phone: bool, whole: bool = False
    ) -> Placed | None:
        """Set a name at the first spot by its point that is free on the widest map, with `whole` on all of them.

        `phone`: one that is free on narrower maps too goes before.
        """
        own = self.layers[0].points[index]
        fits = {
            spot: [at.free(index, text, spot) for at in self.layers] for spot in (one.beyond(own[2]) for one in spots)
        }
        could = {spot: found for spot, found in fits.items() if found[0] and not (whole and None in found)}
        if not could:
            return None
        spot = min(could, key=lambda spot: could[spot].count(None) * phone)
        # A name that a narrow map has no room for does not come back on a narrower one.
        kept = next((at for at, found in enumerate(could[spot]) if not found), len(self.layers))
        for at, found in zip(self.layers, could[spot][:kept], strict=False):
            at.used.append(found)  # type: ignore[arg-type]
        widths = self.ground.widths
        return Placed(text, *self.rows[index][1:], spot, widths[kept - 1], widths[0])

    def lead(self, index: int, text: str, most: float = math.inf) -> Placed | None:
        """Set a name on open ground, at the end of a thin line from its mark, where they meet least: less than `most`.

        It keeps its degrees on narrower maps.
        """
        box, widths = self.ground.box, self.ground.widths
        x, y, near = self.layers[0].points[index]
        best: tuple[float, Placed, list[tuple[Box, Box]]] | None = None
        for far, turn in _LED:
            east, south = math.cos(math.radians(turn)), math.sin(math.radians(turn))
            spot, off = _at_end(east, south), near + far
            (end,) = degrees(box, *self.layers[0].size, [(x + off * east, y + off * south)])
            met, drawn = far / 10, []
            least = best[0] if best else most
            if met >= least:
                break
            for at in self.layers:
                (to,) = fitted(box, *at.size, [end[::-1]])
                u, v, reach = at.points[index]
                drawn.append(((u + reach * east, v + reach * south, *to), spot.box(*to, text)))
                met += at.met(index, *drawn[-1], least - met)
            if met < least:
                led = self.rows[index][1:]
                best = met, Placed(text, *end, spot, widths[-1], widths[0], led=led), drawn
        if best:
            self.met += int(best[0] // _MET)
            for at, (line, found) in zip(self.layers, best[2], strict=True):
                at.lines.append(line)
                at.used.append(found)
        return best[1] if best else None


def place(rows: Sequence[Row], ground: Ground, *, spots: Sequence[Spot] = AROUND, phone: bool = False) -> list[Placed]:
    """Give each name a spot where it covers no other name and no mark, and is nearest to its own.

    `rows`: the most important first; one that the widest map has no room for is left out. `spots`, `phone`: where a name
    may stand, best first; with `phone`, a spot that is free on narrower maps too goes before.
    """
    board = _Board(rows, ground)
    found = [board.beside(index, name, spots, phone=phone) for index, (name, *_) in enumerate(rows)]
    return [one for one in found if one]


def named(
    rows: Sequence[Row],
    grounds: Sequence[Ground],
    *,
    promised: Sequence[str] | None = None,
    spots: Sequence[Spot] = FARTHER,
    first: int = 0,
) -> list[Placed]:
    """Name points beside them; else off them, at the end of a line; else by a letter, which a key below the map tells.

    Parameters
    ----------
    rows : sequence of tuple
        Name, latitude, longitude; the most important first.
    grounds : sequence of Ground
        A wide map, then a phone's; what has a letter on a wide map has the same on a phone.
    promised : sequence of str
        Names that must not be lost; all where not given.
    spots : sequence of Spot
        Where a name may stand, best first.
    first : int
        How many letters other names have already.

    Returns
    -------
    list of Placed
        Names, then letters (`said`: the names that they stand for), for each ground.
    """
    out: list[Placed] = []
    told: dict[str, str] = {}
    for ground in grounds:
        tries: list[tuple[int, dict[str, str], list[Placed]]] = []
        for most in _TRIES:
            tries.append(_tried(rows, ground, (spots, most, promised), told, first))
            if not tries[-1][0]:
                break
        _, told, found = min(tries, key=lambda one: one[0])
        out += found
    return out


def _tried(
    rows: Sequence[Row],
    ground: Ground,
    how: tuple[Sequence[Spot], float, Sequence[str] | None],
    before: Mapping[str, str],
    first: int,
) -> tuple[int, dict[str, str], list[Placed]]:
    """Name points on one ground: return how often lines are in another's way, the letters that names have, and all placed.

    `how`: where names may stand beside their points, what a line to one may cost, and which must not be lost.
    """
    spots, most, promised = how
    board, told = _Board(rows, ground), dict(before)
    found: dict[int, Placed] = {}
    for index, (name, *_) in enumerate(rows):
        if name not in before and (one := board.beside(index, name, spots, phone=True, whole=True)):
            found[index] = one
    for index, (name, *_) in enumerate(rows):
        if index not in found and name not in before:
            if one := board.lead(index, name, most):
                found[index] = one
            elif promised is None or name in promised:
                told[name] = ascii_uppercase[first + len(told)]
    for index, (name, *_) in enumerate(rows):
        if text := told.get(name):
            letter = board.beside(index, text, spots, phone=True, whole=True) or board.lead(index, text)
            if letter:
                found[index] = replace(letter, said=name)
    return board.met, told, [*found.values()]


def grounds(
    box: Sequence[float],
    height: float,
    *,
    reach: int | Mapping[str, int] = 2,
    shrinks: bool = False,
    marks: tuple[Sequence[Mark], Sequence[Mark]] = ((), ()),
    taken: Taken = (),
    solid: Sequence[Mark] = (),
    legend: str = "",
) -> tuple[Ground, Ground]:
    """Return the ground of a wide map and of a phone's, as `named` takes them; with `shrinks`, marks shrink with the map."""
    wide = Ground(box, height, WIDTHS[:1], reach, taken, shrinks, marks[0], solid, legend=legend)
    small = (
        {name: math.ceil(px * WIDTHS[1] / WIDE) for name, px in reach.items()} if isinstance(reach, Mapping) else reach
    )
    return wide, replace(wide, widths=WIDTHS[1:], reach=small if shrinks else reach, marks=marks[1])

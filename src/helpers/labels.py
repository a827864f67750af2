"""Where the names of places stand on a map, so that none lies on another: the same on every run.

Each name may stand at one of eight spots around its point. Names are set one after another, the most important
first, each at the first spot that is free; a name that finds none is left out. The sum is done for the width a
map is drawn at and again for phones, where the country shrinks and the letters do not: a name knows the least width
that has room for it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers import letters, plane

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
_FAR = range(8, 150, 6)
"""How far from its mark's edge a name may stand at the end of a line, px."""
_WAYS = tuple((math.cos(math.radians(turn)), math.sin(math.radians(turn))) for turn in range(0, 360, 15))
"""Which way: east and south."""
_ALL_WAYS = np.array(_WAYS)
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


Box = tuple[float, float, float, float]
"""Left, top, right and bottom (px)."""
Mark = tuple[float, float, float]
"""A mark of a map: its middle, and how far it reaches from there (px; degrees for what is not placed yet)."""


Taken = Sequence[tuple[str, float, float, Spot]]
"""Names that stand already: name, latitude, longitude, spot."""


def boxes(box: Sequence[float], size: tuple[float, float], taken: Taken) -> list[Box]:
    """Return the boxes of names on a map of a box and a size."""
    points = fitted(box, *size, [(longitude, latitude) for _, latitude, longitude, _ in taken])
    return [spot.box(x, y, name) for (name, _, _, spot), (x, y) in zip(taken, points, strict=True)]


def _drawn(box: Sequence[float], size: tuple[float, float], marks: Sequence[Mark], share: float = 1.0) -> list[Mark]:
    """Return marks (degrees) as px on a map of a box, where they reach a share of what they do."""
    at = fitted(box, *size, [(longitude, latitude) for latitude, longitude, _ in marks])
    return [(x, y, share * reach) for (x, y), (_, _, reach) in zip(at, marks, strict=True)]


def _around(mark: Mark) -> Box:
    """Return the box of a mark."""
    x, y, px = mark
    return x - px, y - px, x + px, y + px


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
        self.share = size[0] / ground.widths[0]
        self.points = plane.rows(_drawn(ground.box, size, ground.own(rows), self.share if ground.shrinks else 1.0), 3)
        self.others = plane.rows(_drawn(ground.box, size, ground.marks, self.share), 3)
        self.used = plane.rows(boxes(ground.box, size, ground.taken))
        if ground.legend:
            top = 0.0 if ground.legend.startswith("top") else size[1] - _LEGEND[1]
            self.used = np.vstack([self.used, (0.0, top, _LEGEND[0], top + _LEGEND[1])])
        self.longer = ground.longer
        self.far: dict[int, plane.Array] = {}
        self.solid = plane.rows(squares(ground.box, size, ground.solid))
        drawn = [fitted(ground.box, *size, [(east, north) for east, north in way]) for way in ground.ways]
        self.lines = plane.rows([(*one, *other) for way in drawn for one, other in itertools.pairwise(way)])

    def stand(self, found: ArrayLike, line: ArrayLike = ()) -> None:
        """Let a name stand, and the line that leads to it."""
        self.used = np.vstack([self.used, plane.rows(found)])
        self.lines = np.vstack([self.lines, plane.rows(line)])

    def drawn(
        self, index: int, reached: tuple[float, float, float], found: plane.Array
    ) -> tuple[plane.Array, plane.Array]:
        """Return the lines from a mark every way, and the boxes of a name at their ends, which keep their degrees.

        `reached`: the mark's middle on the widest map, and how far from there lines end. `found`: the boxes at an end of 0, 0.
        """
        x, y, off = reached
        u, v, reach = self.points[index]
        ends = self.share * (np.array([x, y]) + off * _ALL_WAYS)
        return np.hstack([np.array([u, v]) + reach * _ALL_WAYS, ends]), found + np.hstack([ends, ends])

    def leaves(self, found: plane.Array) -> plane.Answer:
        """Tell which boxes leave the map."""
        return (found.min(axis=1) < 0) | (found[:, 2] > self.size[0]) | (found[:, 3] > self.size[1])

    def meets(self, found: plane.Array) -> Any:
        """Count to how many of the things that stand, and of the marks, each box comes too near."""
        each = plane.pairs(found)
        near = plane.off(each, np.vstack([self.points, self.others]))[0] < 1
        return plane.overlap(each, np.vstack([self.used, self.solid])).sum(axis=1) + near.sum(axis=1)

    def apart(self, index: int) -> plane.Array:
        """Return the marks that are not named, without those in which a point lies: they are no other place's."""
        if index not in self.far:
            away = self.others[:, :2] - self.points[index, :2]
            self.far[index] = self.others[np.hypot(*away.T) > self.others[:, 2]]
        return self.far[index]

    def free(self, index: int, text: str, spots: Sequence[Spot]) -> list[Box | None]:
        """Return the box of a name at each spot, or none where it leaves the map, may be read as another's or meets what stands."""
        own, points = self.points[index], np.delete(self.points, index, axis=0)
        boxes: list[Box] = [spot.box(float(own[0]), float(own[1]), text) for spot in spots]
        found, aslant = plane.rows(boxes), np.array([spot.aslant for spot in spots])
        bare, every = np.array([1, 1, 0]), np.vstack([points, self.apart(index)])
        tests: tuple[Callable[[plane.Array, Any], Any], ...] = (
            lambda box, _: self.leaves(box) | (self.meets(box) > 0),
            lambda box, _: plane.through(self.lines, plane.pairs(box)).any(axis=1),
            lambda box, slant: plane.astray(box, own, every, np.where(slant, _ASLANT, 1.0)),
            lambda box, _: plane.astray(box, own * bare, points * bare),
            lambda box, slant: slant & plane.astray(plane.middle(box), own, points),
        )
        open_ = np.arange(len(boxes))
        for lost in tests:
            open_ = open_[~lost(found[open_], aslant[open_])] if len(open_) else open_
        return [box if at in open_ else None for at, box in enumerate(boxes)]

    def weigh(self, index: int, cost: plane.Array, lines: plane.Array, found: plane.Array, most: float) -> None:
        """Add to their cost what names at the ends of lines, and the lines, meet; those that cost `most` are not looked at further."""
        for each in (self._off, self._crowded, self._crossing, self._passing):
            (left,) = np.nonzero(cost < most)
            if len(left):
                cost[left] += each(index, lines[left], found[left])

    def _off(self, index: int, lines: plane.Array, found: plane.Array) -> Any:
        return 1000 * self.leaves(found)

    def _crowded(self, index: int, lines: plane.Array, found: plane.Array) -> Any:
        return 5 * _MET * self.meets(found + np.array([-2, -2, 2, 2]))

    def _crossing(self, index: int, lines: plane.Array, found: plane.Array) -> Any:
        """Weigh lines over names and over lines: a name's own place weighs more than any crossing."""
        sides, each = np.array([-self.longer, 0, self.longer, 0]), plane.pairs(lines)
        over = plane.through(self.lines, plane.pairs(found + sides + np.array([0, -2, 0, 2]))).sum(axis=1)
        over += plane.through(each, self.used + sides).sum(axis=1)
        return 5 * _MET * over + _MET * plane.cross(each, self.lines).sum(axis=1)

    def _passing(self, index: int, lines: plane.Array, found: plane.Array) -> Any:
        """Weigh the marks that lines run over, those that are named the most."""
        named, apart, each = np.delete(self.points, index, axis=0), self.apart(index), plane.pairs(lines)
        # A line cannot but run over a mark in which it begins.
        named = named[np.hypot(*(named[:, :2] - self.points[index, :2]).T) > named[:, 2]]
        met = (plane.passes(each, named) < np.maximum(named[:, 2], 4)).sum(axis=1)
        return _MET * met + _PASSED * (plane.passes(each, apart) < apart[:, 2]).sum(axis=1)


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
        beyond = [spot.beyond(float(own[2])) for spot in spots]
        fits = dict(zip(beyond, zip(*(at.free(index, text, beyond) for at in self.layers), strict=True), strict=True))
        could = {spot: found for spot, found in fits.items() if found[0] and not (whole and None in found)}
        if not could:
            return None
        spot = min(could, key=lambda spot: could[spot].count(None) * phone)
        # A name that a narrow map has no room for does not come back on a narrower one.
        kept = next((at for at, found in enumerate(could[spot]) if not found), len(self.layers))
        for at, found in zip(self.layers, could[spot][:kept], strict=False):
            at.stand(found or ())
        widths = self.ground.widths
        return Placed(text, *self.rows[index][1:], spot, widths[kept - 1], widths[0])

    def lead(self, index: int, text: str, most: float = math.inf) -> Placed | None:
        """Set a name on open ground, at the end of a thin line from its mark, where they meet least: less than `most`.

        It keeps its degrees on narrower maps.
        """
        box, widths, first = self.ground.box, self.ground.widths, self.layers[0]
        x, y, near = map(float, first.points[index])
        at_ends = [_at_end(*way) for way in _WAYS]
        found = plane.rows([spot.box(0.0, 0.0, text) for spot in at_ends])
        best: tuple[float, int] | None = None
        for far in _FAR:
            if far / 10 >= most:
                break
            met = far / 10 + np.zeros(len(_WAYS))
            for at in self.layers:
                at.weigh(index, met, *at.drawn(index, (x, y, near + far), found), most)
            turn = int(met.argmin())
            if met[turn] < most:
                most, best = float(met[turn]), (near + far, turn)
        if best is None:
            return None
        self.met += int(most // _MET)
        off, turn = best
        east, south = _WAYS[turn]
        (end,) = degrees(box, *first.size, [(x + off * east, y + off * south)])
        for at in self.layers:
            lines, names = at.drawn(index, (x, y, off), found)
            at.stand(names[turn], lines[turn])
        return Placed(text, *end, at_ends[turn], widths[-1], widths[0], led=self.rows[index][1:])


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
    kept: Sequence[str] = (),
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
    kept : sequence of str
        Names that the text rests on: where one would have a letter, it is set before all others, on a line of any length.

    Returns
    -------
    list of Placed
        Names, then letters (`said`: the names that they stand for), for each ground.
    """
    out: list[Placed] = []
    told: dict[str, str] = {}
    for ground in grounds:
        best = _Names(rows, ground, spots, promised, first).best(told)
        if any(name in best.told for name in kept):
            ahead = sorted(rows, key=lambda row: kept.index(row[0]) if row[0] in kept else len(kept))
            best = _Names(ahead, ground, spots, promised, first, kept).best(told)
        told = best.told
        out += best.placed
    return out


@dataclass(frozen=True)
class _Try:
    """Names as they were set once."""

    met: int
    """How often their lines are in another's way."""
    told: dict[str, str]
    """The letters that names have."""
    placed: list[Placed]


@dataclass(frozen=True)
class _Names:
    """Points that are named on one ground, and how: as `named` takes them."""

    rows: Sequence[Row]
    ground: Ground
    spots: Sequence[Spot]
    promised: Sequence[str] | None
    first: int
    kept: Sequence[str] = ()

    def best(self, before: Mapping[str, str]) -> _Try:
        """Name the points so that no line is in another's way, or as seldom as can be."""
        tries: list[_Try] = []
        for most in _TRIES:
            tries.append(self.tried(most, before))
            if not tries[-1].met:
                break
        return min(tries, key=lambda one: one.met)

    def tried(self, most: float, before: Mapping[str, str]) -> _Try:
        """Name the points where a line to a name may cost less than `most`; some have letters `before`."""
        board, told = _Board(self.rows, self.ground), dict(before)
        found: dict[int, Placed] = {}
        bare = [(index, name) for index, (name, *_) in enumerate(self.rows) if name not in before]
        for index, name in bare:
            one = board.beside(index, name, self.spots, phone=True, whole=True)
            if one or (name in self.kept and (one := board.lead(index, name, _MET))):
                found[index] = one
        for index, name in bare:
            if index not in found:
                if one := board.lead(index, name, most):
                    found[index] = one
                elif self.promised is None or name in self.promised:
                    told[name] = ascii_uppercase[self.first + len(told)]
        for index, (name, *_) in enumerate(self.rows):
            if text := told.get(name):
                letter = board.beside(index, text, self.spots, phone=True, whole=True) or board.lead(index, text)
                if letter:
                    found[index] = replace(letter, said=name)
        return _Try(board.met, told, [*found.values()])


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

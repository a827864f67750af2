"""The drawing of a path in an SVG, in steps from each point to the next: half the letters of the same points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
_TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "q": 4, "a": 7, "z": 0}
"""Numbers that a command takes."""
_FIXED = 5
"""Numbers of an arc that are no place: radii, turn, flags."""
Point = tuple[int, int]
Box = tuple[int, int, int, int]
Step = tuple[str, list[str], list[Point], Point]
_MANY = 12
"""Straight steps from which on a drawing is the border of a place, and no bar."""
_NEAR = 4
"""Tenths of a pixel by which a border may leave its points."""
_ROUND = 25
"""Tenths of a pixel up to which the corner of a bar may be rounded by a parabola: a tenth of a pixel from the circle."""


def tenths(number: str) -> int:
    """Return a number of pixels in tenths."""
    return round(float(number) * 10)


def steps(*drawings: tuple[str, int, int]) -> str | None:
    """Return drawings as one, in steps; None where one has commands that Vega does not write.

    Steps are between points that were rounded before, so that no step adds to the error of another.

    `drawings` (tuple of str, int and int): of a path, whose places are rounded to tenths of a pixel; by how much to
    move it to the right and down, tenths.

    Examples
    --------
    >>> steps(("M10,20L14.5,20L14.5,19.6Z", 0, 0), ("M0,0h3", 15, 5)), steps(("M0,0T1,1", 0, 0))
    ('m10 20h4.5v-.4zm-8.5-19.5h3', None)
    """
    out, last = "", ""
    at, origin = (0, 0), (0, 0)
    for d, right, down in drawings:
        found = list(_placed(d))
        if None in found:
            return None
        # Each drawing has a frame of its own.
        at, origin = (at[0] + origin[0] - right, at[1] + origin[1] - down), (right, down)
        for kind, fixed, points, then in _thinned([one for one in found if one]):
            moved = [(x - at[0], y - at[1]) for x, y in points]
            at = then
            if kind == "c" and not any(any(each) for each in moved):
                continue
            if kind == "c" and (corner := _corner(*moved)):
                kind, moved = "q", [corner, moved[-1]]
            if kind == "l" and 0 in moved[0]:
                kind = "h" if not moved[0][1] else "v"
            axes = {"h": (0,), "v": (1,)}.get(kind, (0, 1))
            told = [*fixed, *(_pixels(each[axis]) for each in moved for axis in axes)]
            # A step like the one before needs no letter, nor does a line after a move.
            like = kind in (last, {"m": "l"}.get(last)) and kind not in "mz"
            out += _joined("0" if like else kind, told)[like:]
            last = kind
    return out


def _corner(one: Point, other: Point, end: Point) -> Point | None:
    """Return where the edges of a small round corner would meet; None where a curve is anything else."""
    if not (0 < abs(end[0]) <= _ROUND and 0 < abs(end[1]) <= _ROUND):
        return None
    if one[1] == 0 and other[0] == end[0] and 0 <= one[0] / end[0] <= 1 and 0 <= other[1] / end[1] <= 1:
        return end[0], 0
    if one[0] == 0 and other[1] == end[1] and 0 <= one[1] / end[1] <= 1 and 0 <= other[0] / end[0] <= 1:
        return 0, end[1]
    return None


def _thinned(found: list[Step]) -> list[Step]:
    """Return a drawing whose edges round a surface are drawn without points that nobody could tell from the line without them."""
    kept: list[Step] = []
    for kind, group in groupby(found, lambda step: step[0]):
        run = [*group]
        if kind == "l" and len(run) >= _MANY and kept and len(kept) + len(run) < len(found):
            points = [kept[-1][3], *(step[3] for step in run)]
            # Without its ends, which other runs share.
            run = [run[at - 1] for at in _corners(points) if at]
        kept += run
    return kept if found and found[-1][0] == "z" else found


def _corners(points: list[Point]) -> list[int]:
    """Return which points of a line are needed for all others to lie near it (Douglas and Peucker 1973)."""
    needed = {0, len(points) - 1}
    parts = [(0, len(points) - 1)]
    while parts:
        first, last = parts.pop()
        (x, y), (u, v) = points[first], points[last]
        wide, high = u - x, v - y
        long = wide * wide + high * high
        most, far = 0.0, 0
        for at in range(first + 1, last):
            p, q = points[at][0] - x, points[at][1] - y
            off = (p * high - q * wide) ** 2 / long if long else p * p + q * q
            if off > most:
                most, far = off, at
        if most > _NEAR * _NEAR:
            needed.add(far)
            parts += [(first, far), (far, last)]
    return sorted(needed)


def reach(d: str) -> Box | None:
    """Return the place that a drawing takes without its edge (left, top, right, bottom), tenths of a pixel; None as in `steps`.

    Examples
    --------
    >>> reach("M1,2h3v4Z"), reach("M0,0T1,1")
    ((10, 20, 40, 60), None)
    """
    across: list[int] = []
    below: list[int] = []
    for step in _placed(d):
        if step is None:
            return None
        _, fixed, points, _ = step
        # An arc leaves its ends by two radii at most.
        wide, high = (2 * tenths(one) for one in (fixed or ["0", "0"])[:2])
        across += [x + by for x, _ in points for by in (-wide, wide)]
        below += [y + by for _, y in points for by in (-high, high)]
    return (min(across), min(below), max(across), max(below)) if across else None


def _placed(d: str) -> Iterator[Step | None]:
    """Yield commands in small letters: what of them is no place, their points, and where they end; None where unknown."""
    at = begun = (0, 0)
    for step in _commands(d):
        if step is None:
            yield None
            return
        command, numbers = step
        kind = command.lower()
        base = (0, 0) if command.isupper() else at
        fixed, places = (numbers[:_FIXED], numbers[_FIXED:]) if kind == "a" else ([], numbers)
        if kind in "hv":
            far = tenths(places[0]) + base[kind == "v"]
            points = [(far, at[1]) if kind == "h" else (at[0], far)]
            kind = "l"
        else:
            points = [
                (tenths(x) + base[0], tenths(y) + base[1]) for x, y in zip(places[::2], places[1::2], strict=True)
            ]
        at = points[-1] if points else begun
        begun = at if kind == "m" else begun
        yield kind, fixed, points, at


def _commands(d: str) -> Iterator[tuple[str, list[str]] | None]:
    tokens = _TOKEN.findall(d)
    place, command = 0, ""
    while place < len(tokens):
        if tokens[place].isalpha():
            command, place = tokens[place], place + 1
        elif command.lower() in ("", "z"):
            yield None
            return
        takes = _TAKES.get(command.lower(), -1)
        numbers = tokens[place : place + takes]
        if takes < 0 or len(numbers) < takes or any(one.isalpha() for one in numbers):
            yield None
            return
        yield command, numbers
        place += takes
        command = {"M": "L", "m": "l"}.get(command, command)


def _pixels(number: int) -> str:
    return re.sub(r"^(-?)0(?=\.)", r"\1", f"{number / 10:.1f}".removesuffix(".0"))


def _joined(letter: str, numbers: list[str]) -> str:
    """Return a command with its numbers; a sign, or a second point, parts two numbers as well as a blank."""
    out, last = letter, letter
    for one in numbers:
        parted = one[0] == "-" or (one[0] == "." and "." in last) or last.isalpha()
        out += one if parted else f" {one}"
        last = one
    return out

"""The drawing of a path in an SVG, in steps from each point to the next: half the letters of the same points."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
_TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "a": 7, "z": 0}
"""Numbers that a command takes."""
_FIXED = 5
"""Numbers of an arc that are no place: radii, turn, flags."""


def tenths(number: str) -> int:
    """Return a number of pixels in tenths."""
    return round(float(number) * 10)


def steps(d: str, right: int = 0, down: int = 0) -> str | None:
    """Return a drawing moved, in steps; None where it has commands that Vega does not write.

    Steps are between points that were rounded before, so that no step adds to the error of another.

    Parameters
    ----------
    d : str
        Of a path; places are rounded to tenths of a pixel.
    right, down : int
        By how much to move it, tenths of a pixel.

    Examples
    --------
    >>> steps("M10,20L14.5,20L14.5,19.6Z"), steps("M0,0h3", 15, 5), steps("M0,0Q1,1,2,2")
    ('m10 20 4.5 0 0-.4z', 'm1.5.5h3', None)
    """
    out, last = "", ""
    at, begun = (0, 0), (0, 0)
    for step in _commands(d):
        if step is None:
            return None
        command, numbers = step
        kind = command.lower()
        fixed, places = (numbers[:_FIXED], numbers[_FIXED:]) if kind == "a" else ([], numbers)
        axes = {"h": [0], "v": [1]}.get(kind, [0, 1] * (len(places) // 2))
        ends = [tenths(one) + (0 if command.isupper() else at[axis]) for one, axis in zip(places, axes, strict=True)]
        # Nothing is before the first move; it alone says where the drawing is.
        moved = (-right, -down) if not out else at
        told = [*fixed, *(_pixels(end - moved[axis]) for end, axis in zip(ends, axes, strict=True))]
        for end, axis in zip(ends, axes, strict=True):
            at = (end, at[1]) if axis == 0 else (at[0], end)
        if kind == "m":
            begun = at
        if kind == "z":
            at = begun
        # A step like the one before needs no letter, nor does a line after a move.
        like = kind in (last, {"m": "l"}.get(last)) and kind not in "mz"
        out += _joined("0" if like else kind, told)[like:]
        last = kind
    return out


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

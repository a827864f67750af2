"""Lines and surfaces of a PDF with coordinates that a printer can show, said from where each begins.

Chromium says where each point stands on the page, so that no two bars, dots or bullets of one shape are the same bytes. Here a
drawing begins at its first point (ISO 32000-1, 8.3.3): what looks alike is alike, and is packed as one.
"""

from __future__ import annotations

import re
from math import hypot

GRID = 32
"""Units of a font, of which a letter has two thousand, that a drawn glyph is drawn to: a twentieth of a millimetre on paper."""
FLAT = 0.7
"""Such steps by which a curve may leave the line between its ends to be drawn as that line."""

_NUMBER = re.compile(rb"(?<![\w.#])-?\d*\.\d{2,}")
_WRITES = (b"Tf", b"Tm", b"Td")
_BUILDS = (b"m", b"l", b"c", b"v", b"y", b"re", b"h")
_PAINTS = (b"f", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*")
_SEGMENTS = 3
"""Segments from which on a drawing of its own is shorter."""
Point = tuple[int, int]


def page(drawing: bytes) -> bytes:
    r"""Return the drawing of a page or of a form, one operator a line, in fewer bytes.

    A path that only cuts what follows stays where it is: what cuts holds until the state is restored.

    Examples
    --------
    >>> print(page(b"10 20.123 m\n12.5 20.123 l\n12.5 30 l\nh\nf\n1 0 0 1 10.123 0 cm").decode())
    q 1 0 0 1 10 20.1 cm
    0 0 m
    2.5 0 l
    2.5 9.9 l
    h
    f Q
    1 0 0 1 10.123 0 cm
    """
    out: list[bytes] = []
    path: list[bytes] = []
    for line in drawing.split(b"\n"):
        kind = line.rsplit(b" ", 1)[-1]
        if kind in _BUILDS:
            path.append(_rounded(line, kind))
            continue
        if len(path) > _SEGMENTS and kind in _PAINTS:
            out += [*_begun(path), line + b" Q"]
        else:
            out += [*path, _rounded(line, kind) if kind in _WRITES else line]
        path = []
    return b"\n".join([*out, *path])


def _begun(path: list[bytes]) -> list[bytes]:
    right, down = path[0].split(b" ")[:2]
    origin = float(right), float(down)
    out = [b"q 1 0 0 1 %s %s cm" % (right, down)]
    for line in path:
        *numbers, kind = line.split(b" ")
        # A rectangle is as wide and as high wherever it stands.
        moved = [float(one) - (0 if kind == b"re" and at > 1 else origin[at % 2]) for at, one in enumerate(numbers)]
        out.append(b" ".join([*(_short(one, 2 if abs(one) < 10 else 1) for one in moved), kind]))
    return out


def _rounded(line: bytes, kind: bytes) -> bytes:
    """Return an operator that draws, or places a line of text, with numbers that a printer can show.

    Matrices stay as they are: what lies far from the origin would move with their scale.
    """
    return _NUMBER.sub(
        lambda found: _short(float(found[0]), 1 if abs(float(found[0])) >= 10 and kind not in _WRITES else 2), line
    )


def tenths(told: bytes) -> bytes:
    """Return what is told with its numbers in tenths of a point."""
    return _NUMBER.sub(lambda found: _short(float(found[0]), 1), told)


def _short(value: float, digits: int) -> bytes:
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    text = text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text
    return (text if text not in ("-0", "") else "0").encode()


def glyph(drawing: bytes) -> bytes:
    r"""Return the drawing of a glyph on a grid that paper cannot show, curves as lines where nobody could tell them apart.

    Parameters
    ----------
    drawing : bytes
        As `glyphs.is_drawn` knows them; the first line says how wide the glyph is.

    Examples
    --------
    >>> print(glyph(b"1303 0 0 0 9 9 d1\n0 0 m\n160 1 320 0 640 2 c\n641 3 642 4 640 5 c\n0 640 0 640 0 320 c\nh\nf").decode())
    1303 0 0 0 9 9 d1
    32 0 0 32 0 0 cm
    0 0 m
    20 0 l
    0 20 0 20 0 10 c
    h
    f
    """
    head, *lines = drawing.split(b"\n")
    out = [_NUMBER.sub(lambda found: b"%d" % round(float(found[0])), head), b"%d 0 0 %d 0 0 cm" % (GRID, GRID)]
    at: Point = (0, 0)
    for line in lines:
        *numbers, kind = line.split(b" ")
        if kind not in (b"m", b"l", b"c"):
            out.append(line)
            continue
        told = [round(float(one) / GRID) for one in numbers]
        points = [*zip(told[::2], told[1::2], strict=True)]
        if kind == b"m" or any(point != at for point in points):
            if kind == b"c" and _is_flat(at, points):
                kind, points = b"l", points[-1:]
            out.append(b" ".join([*(b"%d %d" % point for point in points), kind]))
        at = points[-1]
    return b"\n".join(out)


def _is_flat(begin: Point, points: list[Point]) -> bool:
    """Tell whether the two points that bend a curve lie on the line from its begin to its end."""
    end = points[-1]
    wide, high = end[0] - begin[0], end[1] - begin[1]
    long = hypot(wide, high)
    return long > 0 and all(
        abs((x - begin[0]) * high - (y - begin[1]) * wide) <= FLAT * long
        and -FLAT * long <= (x - begin[0]) * wide + (y - begin[1]) * high <= long * (long + FLAT)
        for x, y in points[:-1]
    )

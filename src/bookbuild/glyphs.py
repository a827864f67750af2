"""Text of a PDF as Chromium places it, letter by letter, in lines: the same letters in the same places, in a quarter of the bytes.

Chromium says of each glyph how far it stands from the one before. A reader knows that from the font, and needs only be told
where the text runs otherwise (ISO 32000-1, 9.4.3); here that is where it would be off by a fiftieth of the letters' size.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from bookbuild.errors import BookError

OFF = 20
"""Thousandths of the letters' size by which a glyph may stand elsewhere than it was placed."""

_GLYPH = re.compile(rb"(?:-?[\d.]+ ){6}d1\n")
_FONT = re.compile(rb"/Type /Font\s*/Subtype /(Type0|Type3)\b")
_CHOICE = re.compile(rb"/F(\d+) ([\d.]+) Tf")
_GLYPHS = re.compile(rb"(?:(-?[\d.]+) 0 Td )?<([0-9A-F]+)> Tj")
_PLACED = re.compile(rb"T[djJmDLs*]\b|['\"]$")
_WIDTHS = re.compile(rb"(\d+)\s*\[([^\]]*)\]|(\d+)\s+(\d+)\s+([\d.]+)")


@dataclass(frozen=True)
class Font:
    """How wide glyphs are, by code and in sizes of the letters, and how many digits a code has."""

    digits: int
    wide: dict[int, float]
    else_wide: float = 0.0

    def width(self, codes: bytes) -> float:
        """Return how wide glyphs are together."""
        ends = range(0, len(codes) + 1, self.digits)
        return sum(self.wide.get(int(codes[a:b], 16), self.else_wide) for a, b in pairwise(ends))


def is_drawn(drawing: bytes) -> bool:
    """Tell whether a drawing is that of one glyph of a font whose glyphs are drawn (9.6.5)."""
    return bool(_GLYPH.match(drawing))


def fonts(objects: dict[int, bytes]) -> dict[int, Font]:
    """Return the fonts of a file by the number of their object, which is their name too.

    `objects`: what is no stream, by number.
    """
    found = {}
    for number, body in objects.items():
        kind = _FONT.search(body)
        if kind and kind[1] == b"Type3":
            scale = float(_told(rb"/FontMatrix \[([\d.]+)", body))
            first = int(_told(rb"/FirstChar (\d+)", body))
            widths = _told(rb"/Widths \[([^\]]*)\]", body).split()
            found[number] = Font(2, {code: float(one) * scale for code, one in enumerate(widths, first)})
        elif kind:
            described = objects[int(_told(rb"/DescendantFonts \[(\d+) 0 R\]", body))]
            other = re.search(rb"/DW ([\d.]+)", described)
            found[number] = Font(4, _wide(described), float(other[1]) / 1000 if other else 1.0)
    return found


def _told(pattern: bytes, body: bytes) -> bytes:
    found = re.search(pattern, body)
    if found is None:
        raise BookError(f"a font of the printed PDF does not say what is expected of it: {pattern.decode()}.")
    return found[1]


def _wide(font: bytes) -> dict[int, float]:
    told = re.search(rb"/W \[(.*)\]", font, re.DOTALL)
    wide: dict[int, float] = {}
    for begin, list_, first, last, same in _WIDTHS.findall(told[1] if told else b""):
        if begin:
            wide |= {code: float(one) / 1000 for code, one in enumerate(list_.split(), int(begin))}
        else:
            wide |= dict.fromkeys(range(int(first), int(last) + 1), float(same) / 1000)
    return wide


@dataclass
class _Line:
    """A line of glyphs: where it began, where its last glyph was placed, where the pen stands; all from the text's place."""

    begun: float = 0.0
    placed: float = 0.0
    pen: float = 0.0
    shown: list[bytes] = field(default_factory=list)


def lined(drawing: bytes, known: dict[int, Font]) -> bytes:
    """Return a page's drawing with its text in lines; as it is where it places text in a way that is not known here.

    `drawing`: operators, one a line, as Chromium writes them. `known`: what `fonts` returns.
    """
    out: list[bytes] = []
    line, font, size = _Line(), None, 1.0
    for told in drawing.split(b"\n"):
        glyphs = _GLYPHS.fullmatch(told)
        if glyphs and font and size and len(glyphs[2]) % font.digits == 0:
            out += _place(line, glyphs, font, size)
            continue
        out += _ended(line)
        out.append(told)
        if choice := _CHOICE.fullmatch(told):
            font, size = known.get(int(choice[1])), float(choice[2])
        elif told == b"BT" or told.endswith(b" Tm"):
            line = _Line()
        elif _PLACED.search(told):
            return drawing
    return b"\n".join([*out, *_ended(line)])


def _place(line: _Line, glyphs: re.Match[bytes], font: Font, size: float) -> list[bytes]:
    """Add glyphs to a line; return what begins it."""
    begins = []
    if glyphs[1]:
        line.placed += float(glyphs[1])
    target = line.placed if glyphs[1] else line.pen
    if not line.shown:
        if target != line.begun:
            begins = [b"%s 0 Td" % _number(target - line.begun)]
        line.begun = line.pen = target
        line.shown = [b"<"]
    off = round((line.pen - target) / size * 1000)
    if abs(off) >= OFF:
        line.shown.append(b">%d<" % off)
        line.pen -= off * size / 1000
    line.shown.append(glyphs[2])
    line.pen += font.width(glyphs[2]) * size
    return begins


def _number(value: float) -> bytes:
    return f"{value:.4f}".rstrip("0").rstrip(".").encode()


def _ended(line: _Line) -> list[bytes]:
    shown, line.shown = b"".join(line.shown), []
    if not shown:
        return []
    return [b"[%s>] TJ" % shown if b">" in shown else b"%s> Tj" % shown]

"""A PDF as Chromium prints it, in a quarter of the bytes: the same pages, text, links and tags.

Chromium writes each of some forty thousand tags as an object by itself, half of them of no kind (`bookbuild.tags`), every
coordinate with up to nine digits, and every letter with its place. Here what is no stream stands compressed in object
streams (ISO 32000-1, 7.5.7), with a cross-reference stream (7.5.8); coordinates keep what a printer can show
(`bookbuild.paths`), and text stands in lines (`bookbuild.glyphs`).
"""

from __future__ import annotations

import re
import zlib

import deflate

from bookbuild import glyphs, paths, tags
from bookbuild.errors import BookError

TOGETHER = 3000
"""Objects in one object stream."""

_OBJECT = re.compile(rb"(\d+) 0 obj\s*(.*?)\s*endobj", re.DOTALL)
_STREAM = re.compile(rb"(<<.*?>>)\s*stream\r?\n", re.DOTALL)
_LENGTH = re.compile(rb"/Length (\d+)(?! \d+ R)")
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_SAID_ANYWAY = re.compile(rb"(?<=<<)/Type /StructElem\s+|\s*<</O /Table\s*/(?:Row|Col)Span 1>>")
"""What a tag need not say: that it is one, and that a cell covers one row and column (14.7.2, 14.8.5.7)."""
_PLACES = re.compile(rb"(?<=/Rect )\[[^\]]*\]|(?<=/XYZ )[\d. -]+")
"""Where a link can be pressed, and where one leads."""
_KEPT = re.compile(rb"/(?:Root|Info) \d+ 0 R|/ID\s*\[.*?\]", re.DOTALL)


def slim(pdf: bytes) -> bytes:
    """Return a PDF that shows the same in fewer bytes.

    `pdf`: as Chromium prints it, with one table of references; any other, which may be slim already, is returned as it
    is.
    """
    start = pdf.rfind(b"startxref")
    table = int(pdf[start:].split()[1]) if start >= 0 else -1
    if table < 0 or not pdf[table:].startswith(b"xref") or pdf.count(b"startxref") != 1:
        return pdf
    plain, streams, kept = _numbered(*_objects(pdf, table), b" ".join(_KEPT.findall(pdf[table:])))
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, tuple[int, int, int]] = {}
    for number, body in streams.items():
        places[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    last = max([*plain, *streams])
    numbers = sorted(plain)
    for begin in range(0, len(numbers), TOGETHER):
        group = numbers[begin : begin + TOGETHER]
        last += 1
        places[last] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (last, _together([(number, plain[number]) for number in group]))
        places |= {number: (2, last, place) for place, number in enumerate(group)}
    last += 1
    at = len(out)
    places[last] = (1, at, 0)
    rows = [places.get(number, (0, 0, 65535)) for number in range(last + 1)]
    data = _up([b"%c%s%s" % (kind, a.to_bytes(4, "big"), b.to_bytes(2, "big")) for kind, a, b in rows])
    shape = b"/W [1 4 2] /DecodeParms <</Predictor 12 /Columns 7>>"
    head = b"/Type /XRef /Size %d %s %s" % (last + 1, shape, kept)
    out += b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (last, _flate(head, data), at)
    return bytes(out)


def _numbered(
    plain: dict[int, bytes], streams: dict[int, bytes], kept: bytes
) -> tuple[dict[int, bytes], dict[int, bytes], bytes]:
    """Return objects, and the end of the file that names some, with numbers that follow one another: gaps take room too."""
    new = {old: number for number, old in enumerate([*sorted(plain), *streams], 1)}

    def named(body: bytes) -> bytes:
        # What is named and is not there is nothing (7.3.10).
        return _REFERENCE.sub(lambda at: b"%d 0 R" % new[int(at[1])] if int(at[1]) in new else b"null", body)

    def headed(body: bytes) -> bytes:
        head, mark, data = body.partition(b"\nstream\n")
        return named(head) + mark + data

    return (
        {new[old]: named(body) for old, body in plain.items()},
        {new[old]: headed(body) for old, body in streams.items()},
        named(kept),
    )


def _up(rows: list[bytes]) -> bytes:
    """Return rows as differences to the row above (PNG's filter 2), which are nearly all alike."""
    before = bytes(len(rows[0]))
    out = bytearray()
    for row in rows:
        out += b"\x02" + bytes((one - last) % 256 for one, last in zip(row, before, strict=True))
        before = row
    return bytes(out)


def _objects(pdf: bytes, table: int) -> tuple[dict[int, bytes], dict[int, bytes]]:
    """Return the objects of a file, those that are no streams and those that are, by number."""
    plain: dict[int, bytes] = {}
    streams: dict[int, tuple[bytes, bytes]] = {}
    at = 0
    while found := _OBJECT.search(pdf, at, table):
        number, body = int(found[1]), found[2]
        at = found.end()
        head = _STREAM.match(pdf, found.start(2), found.end())
        if head is None:
            plain[number] = _PLACES.sub(lambda found: paths.tenths(found[0]), _SAID_ANYWAY.sub(b"", body))
            continue
        length = _LENGTH.search(head[1])
        if length is None:
            raise BookError(f"object {number} of the printed PDF does not say how long it is.")
        end = head.end() + int(length[1])
        streams[number] = (head[1], pdf[head.end() : end])
        at = pdf.index(b"endobj", end) + len(b"endobj")
    fonts = glyphs.fonts(plain)
    drawn = {int(found) for body in plain.values() if b"/Type3" in body for found in _REFERENCE.findall(body)}
    plain = tags.plain(plain)
    return _once(plain, {number: _lean(head, data, fonts) for number, (head, data) in streams.items()}, drawn)


def _once(
    plain: dict[int, bytes], streams: dict[int, bytes], drawn: set[int]
) -> tuple[dict[int, bytes], dict[int, bytes]]:
    """Keep a drawn glyph once; letters with an edge are drawn anew for each size, and are the same up to it."""
    first: dict[bytes, int] = {}
    same = {number: first.setdefault(body, number) for number, body in streams.items() if number in drawn}
    gone = {number: kept for number, kept in same.items() if number != kept}

    def named(found: re.Match[bytes]) -> bytes:
        return b"%d 0 R" % gone.get(int(found[1]), int(found[1]))

    held = {number: _REFERENCE.sub(named, body) if b"/Type3" in body else body for number, body in plain.items()}
    return held, {number: body for number, body in streams.items() if number not in gone}


def _lean(head: bytes, data: bytes, fonts: dict[int, glyphs.Font]) -> bytes:
    """Return a stream, packed as tightly as it can be; drawings with coordinates that a printer can show."""
    other = _LENGTH.sub(b"", head.strip()[2:-2]).strip()
    if b"/Filter /FlateDecode" not in other or b"/DecodeParms" in other:
        return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (other, len(data), data)
    other = other.replace(b"/Filter /FlateDecode", b"").strip()
    raw = zlib.decompress(data)
    # A drawing: of a page, which says nothing of itself, or one that others show. Texts in brackets stay as they are.
    if glyphs.is_drawn(raw):
        return _flate(b"", paths.glyph(raw))
    if b"/Subtype /Form" in other or not other:
        raw = paths.page(glyphs.lined(raw, fonts))
    return _flate(re.sub(rb"\s+", b" ", other), raw)


def _flate(head: bytes, raw: bytes) -> bytes:
    data = bytes(deflate.zlib_compress(raw, 12))
    return b"<<%s /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream" % (head, len(data), data)


def _together(group: list[tuple[int, bytes]]) -> bytes:
    begins, at = [], 0
    for number, body in group:
        begins.append(b"%d %d" % (number, at))
        at += len(body) + 1
    first = b" ".join(begins) + b"\n"
    data = first + b"\n".join(body for _, body in group)
    return _flate(b"/Type /ObjStm /N %d /First %d" % (len(group), len(first)), data)

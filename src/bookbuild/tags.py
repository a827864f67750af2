"""The tags of a PDF without those that say nothing: half of what Chromium writes are of no kind, and hold what their parent could.

A tag of no kind (`NonStruct`; ISO 32000-1, 14.8.4.2) passes on what is in it. Its parent holds that instead, and what named it
names the parent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NOTHING = re.compile(
    rb"<<(?:/Type /StructElem\s+)?/S /NonStruct\s+/P (\d+) 0 R\s+(?:/Pg (\d+) 0 R\s+)?/K (\[.*\]|\d+ 0 R|\d+)\s*>>",
    re.DOTALL,
)
_TAG = re.compile(rb"<<(?:/Type /StructElem\s+)?/S /")
_KIDS = re.compile(rb"/K (\[(?:[^\[\]]|\[[^\]]*\])*\]|\d+ 0 R|\d+)")
_KID = re.compile(rb"(\d+) 0 R|(\d+)|(<<.*?>>)", re.DOTALL)
_PAGE = re.compile(rb"/Pg (\d+) 0 R")
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")

Kid = tuple[int, bytes]
"""Page on which marked content stands, 0 for what is none; how it is named."""


def plain(objects: dict[int, bytes]) -> dict[int, bytes]:
    """Return what is no stream of a PDF without the tags that say nothing.

    `objects`: by number.
    """
    gone = {number: found for number, body in objects.items() if (found := _NOTHING.fullmatch(body.strip()))}
    # One without a kept tag above it stays.
    above = {number: int(found[1]) for number, found in gone.items()}
    heirs = {number: _heir(number, above) for number in gone}
    gone = {number: found for number, found in gone.items() if _TAG.match(objects.get(heirs[number], b""))}

    def named(found: re.Match[bytes]) -> bytes:
        number = int(found[1])
        return b"%d 0 R" % (heirs[number] if number in gone else number)

    held = {}
    for number, body in objects.items():
        if number in gone:
            continue
        kids = _KIDS.search(body) if _TAG.match(body) else None
        if kids and any(int(one) in gone for one in _REFERENCE.findall(kids[1])):
            body = _with(body, kids, [*_kids(body, kids[1], gone)])
        held[number] = _REFERENCE.sub(named, body)
    return held


def _heir(number: int, above: dict[int, int]) -> int:
    while number in above:
        number = above[number]
    return number


def _kids(tag: bytes, kids: bytes, gone: dict[int, re.Match[bytes]]) -> Iterator[Kid]:
    """Yield what is in a tag, and in those in it that say nothing."""
    page = _PAGE.search(_KIDS.sub(b"", tag))
    for found in _KID.finditer(kids):
        if found[1] and int(found[1]) in gone:
            inner = gone[int(found[1])]
            yield from _kids(inner[0], inner[3], gone)
        else:
            yield (int(page[1]) if found[2] and page else 0), found[0]


def _with(tag: bytes, kids: re.Match[bytes], told: list[Kid]) -> bytes:
    """Return a tag with other kids; marked content on another page than the tag's says on which."""
    page = _PAGE.search(tag[: kids.start()] + tag[kids.end() :])
    own = int(page[1]) if page else next((on for on, _ in told if on), 0)
    items = [b"<</Type /MCR /Pg %d 0 R /MCID %s>>" % (on, name) if on not in (0, own) else name for on, name in told]
    text = items[0] if len(items) == 1 and not items[0].startswith(b"<<") else b"[%s]" % b" ".join(items)
    where = b"" if page or not own else b"/Pg %d 0 R\n" % own
    return tag[: kids.start()] + where + b"/K " + text + tag[kids.end() :]

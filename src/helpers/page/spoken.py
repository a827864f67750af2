"""One SVG that speaks two languages: English by itself, French at the address that ends in ``#fr``.

Two thirds of a chart are marks that say nothing. They stand once; what differs stands in both languages, and the style sheet
in the file shows the one that the address asks for, in a page as a picture too, without a script.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from xml.etree import ElementTree as ET

FRENCH = "fr"
"""Name of the part of the address at which the French shows."""
_NS = "{http://www.w3.org/2000/svg}"
_STYLE = f".f,#{FRENCH}:target .e{{display:none}}#{FRENCH}:target .f{{display:inline}}"
_ITS_OWN = ("id", "aria-label", "data-fr-label")


def bilingual(english: str, french: str) -> str | None:
    """Return both drawings as one, or None where they differ in size and cannot be.

    `english`, `french`: SVGs as `lean` returns them.
    """
    one, other = ET.fromstring(english), ET.fromstring(french)
    if any(one.get(name) != other.get(name) for name in ("viewBox", "width", "height")):
        return None
    for name in _ITS_OWN:
        other.attrib.pop(name, None)
    _rename(one, other)
    _merge(one, other)
    one.set("id", FRENCH)
    style = ET.Element(f"{_NS}style")
    style.text = _STYLE
    one.insert(0, style)
    return ET.tostring(one, encoding="unicode").replace(" />", "/>")


def _rename(one: ET.Element, other: ET.Element) -> None:
    """Give what the French defines otherwise under the same name a name of its own."""
    named = {part.get("id"): _text(part) for part in one.iter() if part.get("id")}
    names = [part.get("id", "") for part in other.iter() if part.get("id") and named.get(part.get("id")) != _text(part)]
    for part in other.iter():
        for key, value in part.attrib.items():
            for name in names:
                if value in (name, f"#{name}", f"url(#{name})"):
                    part.set(key, value.replace(name, f"{name}-{FRENCH}"))


def _text(part: ET.Element) -> str:
    return ET.tostring(part, encoding="unicode")


def _merge(one: ET.Element, other: ET.Element) -> None:
    """Put the parts of the French into the English where they differ."""
    mine, theirs = list(one), list(other)
    told = SequenceMatcher(None, [_text(part) for part in mine], [_text(part) for part in theirs], autojunk=False)
    children: list[ET.Element] = []
    for what, a, b, c, d in told.get_opcodes():
        if what == "equal":
            children += mine[a:b]
            continue
        pairs = list(zip(mine[a:b], theirs[c:d], strict=False)) if b - a == d - c else []
        if pairs and all(x.tag == y.tag and x.attrib == y.attrib and len(x) and len(y) for x, y in pairs):
            for x, y in pairs:
                _merge(x, y)
            children += mine[a:b]
            continue
        children += [*(_said(part, "e") for part in mine[a:b]), *(_said(part, "f") for part in theirs[c:d])]
    one[:] = children


def _said(part: ET.Element, language: str) -> ET.Element:
    # Titles and what others refer to show nothing by themselves.
    if part.tag not in (f"{_NS}{name}" for name in ("title", "desc", "defs", "clipPath", "linearGradient", "style")):
        part.set("class", language)
    return part

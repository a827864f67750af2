"""An SVG of Vega's as a file of its own: the same picture in half the bytes.

Vega repeats on every mark what holds for all of them, and draws a shape anew wherever it stands. Here what the children
of a group share stands on the group, a shape that comes again is drawn by reference, and a tenth of a pixel is enough.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree as ET

_NS = "{http://www.w3.org/2000/svg}"
_INHERITED = (
    "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "font-size", "font-weight", "font-style", "text-anchor",
)  # fmt: skip
"""Attributes that a group hands down to what is in it."""
_TENTHS = re.compile(r"(\.\d)\d+")
_PLACES = re.compile(r' (?:d|transform|x|y|x1|x2|y1|y2)="[^"]*"')
_SHIFT = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")
_RECTANGLE = re.compile(r"M(-?[\d.]+),(-?[\d.]+)h-?[\d.]+v-?[\d.]+h-?[\d.]+Z")
_LONG = 24
"""Letters of a path from which on a reference is shorter."""

ET.register_namespace("", _NS[1:-1])


def lean(svg: str) -> str:
    """Return an SVG that draws the same in fewer bytes.

    Parameters
    ----------
    svg : str
        What `drawing.static_svg` returns.
    """
    root = ET.fromstring(_PLACES.sub(lambda found: _TENTHS.sub(r"\1", found[0]), svg))
    for name in [name for name in root.attrib if name.startswith("data-")]:
        del root.attrib[name]
    _one_font(root)
    _flatten(root)
    _gather(root)
    _refer(root)
    _unwrap(root)
    _place(root)
    return ET.tostring(root, encoding="unicode").replace(" />", "/>")


def _one_font(root: ET.Element) -> None:
    families = Counter(text.get("font-family") for text in root.iter(f"{_NS}text"))
    families.pop(None, None)
    if families:
        root.set("font-family", str(families.most_common(1)[0][0]))
        for text in root.iter(f"{_NS}text"):
            if text.get("font-family") == root.get("font-family"):
                del text.attrib["font-family"]


def _flatten(root: ET.Element) -> None:
    """Draw a bar with round corners as its shape; Vega draws a rectangle and cuts it to the shape."""
    clips = {clip.get("id", ""): clip for clip in root.iter(f"{_NS}clipPath")}
    for group in root.iter(f"{_NS}g"):
        for at, child in enumerate(list(group)):
            bar = _bar(child, clips)
            if bar is not None:
                group[at] = bar
    used = set(re.findall(r"url\(#([^)]+)\)", ET.tostring(root, encoding="unicode")))
    for parent in list(root.iter()):
        for clip in [child for child in parent if child.tag == f"{_NS}clipPath" and child.get("id") not in used]:
            parent.remove(clip)


def _bar(outer: ET.Element, clips: dict[str, ET.Element]) -> ET.Element | None:
    """Return the shape that a cut rectangle shows, or None where the group is anything else."""
    drawn = [mark for mark in outer.iter() if mark.tag != f"{_NS}g" and not _nothing(mark)]
    cuts = [part.get("clip-path", "") for part in outer.iter() if part.get("clip-path")]
    clip = clips.get(cuts[0][5:-1]) if len(cuts) == 1 else None
    if len(drawn) != 1 or clip is None or len(clip) != 1 or drawn[0].get("stroke") or drawn[0].tag != f"{_NS}path":
        return None
    shifts = [found for part in outer.iter(f"{_NS}g") if (found := part.get("transform"))]
    rectangle = _RECTANGLE.fullmatch(drawn[0].get("d", ""))
    corner = _SHIFT.fullmatch(shifts[-1]) if len(shifts) == 2 else None
    # The rectangle, in the frame of the cut, begins where the cut does: inside it, the cut alone is what shows.
    if not rectangle or not corner or abs(float(rectangle[1]) + float(corner[1])) > 0.2:
        return None
    if abs(float(rectangle[2]) + float(corner[2])) > 0.2:
        return None
    kept = {name: value for name, value in drawn[0].attrib.items() if name not in ("d", "transform")}
    return ET.Element(f"{_NS}path", {"transform": shifts[0], "d": clip[0].get("d", ""), **kept})


def _nothing(mark: ET.Element) -> bool:
    """Tell whether a shape draws nothing: hidden, empty, or one of the frames that Vega puts into each group."""
    frame = mark.get("class") in ("background", "foreground") and not mark.get("fill") and not mark.get("stroke")
    return mark.tag == f"{_NS}path" and (mark.get("display") == "none" or frame or not mark.get("d"))


def _place(root: ET.Element) -> None:
    """Say where a text or a reference stands in fewer letters."""
    for mark in root.iter():
        found = _SHIFT.fullmatch(mark.get("transform", ""))
        if found and mark.tag in (f"{_NS}text", f"{_NS}use"):
            del mark.attrib["transform"]
            mark.set("x", found[1])
            mark.set("y", found[2])


def _gather(element: ET.Element) -> None:
    """Take out what draws nothing, and put on a group what its children share."""
    for child in list(element):
        if _nothing(child):
            element.remove(child)
            continue
        _gather(child)
        if child.tag == f"{_NS}g" and not len(child):
            element.remove(child)
    for name, default in (("class", None), ("pointer-events", None), ("opacity", "1"), ("aria-hidden", None)):
        if name in element.attrib and default in (None, element.get(name)) and element.tag != f"{_NS}svg":
            del element.attrib[name]
    if element.tag != f"{_NS}g" or len(element) < 2:
        return
    for name in _INHERITED:
        values = [child.get(name) for child in element]
        value, times = Counter(values).most_common(1)[0]
        # A child without the attribute would take over what was not its own.
        if None not in values and value is not None and times > 1:
            element.set(name, value)
            for child in element:
                if child.get(name) == value:
                    del child.attrib[name]


def _refer(root: ET.Element) -> None:
    """Draw once what comes again."""
    paths = [path for path in root.iter(f"{_NS}path") if len(path.get("d", "")) > _LONG]
    again = [d for d, times in Counter(path.get("d", "") for path in paths).items() if times > 1]
    names = {d: f"p{number}" for number, d in enumerate(again)}
    if not names:
        return
    # The parts of a clip path may not refer on in all renderers.
    clipped = {id(path) for clip in root.iter(f"{_NS}clipPath") for path in clip.iter(f"{_NS}path")}
    for path in paths:
        if path.get("d", "") in names and id(path) not in clipped:
            path.tag = f"{_NS}use"
            path.set("href", f"#{names[path.attrib.pop('d')]}")
    used = {use.get("href") for use in root.iter(f"{_NS}use")}
    defs = ET.Element(f"{_NS}defs")
    for d, name in names.items():
        if f"#{name}" in used:
            ET.SubElement(defs, f"{_NS}path", {"id": name, "d": d})
    root.insert(0, defs)


def _unwrap(element: ET.Element) -> None:
    """Take groups away that say nothing."""
    kept: list[ET.Element] = []
    for child in list(element):
        _unwrap(child)
        says = {name: value for name, value in child.attrib.items() if value != "translate(0,0)"}
        kept += list(child) if child.tag == f"{_NS}g" and not says else [child]
    element[:] = kept

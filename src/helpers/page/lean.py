"""An SVG of Vega's as a file of its own: the same picture in half the bytes.

Vega repeats on every mark what holds for all of them, and draws a shape anew wherever it stands. Here what the children
of a group share stands on the group, a shape that comes again is drawn by reference, and a tenth of a pixel is enough.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree as ET

from helpers.page.strokes import steps, tenths

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
_LINE = re.compile(r"M([-\d.]+),([-\d.]+)L([-\d.]+),([-\d.]+)")
_APART = 40
"""Tenths of a pixel between lines that do not touch."""
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
    _line(root)
    _gather(root)
    _refer(root)
    _unwrap(root)
    _place(root)
    _join(root)
    for path in root.iter(f"{_NS}path"):
        _shorten(path)
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


def _line(root: ET.Element) -> None:
    """Draw a straight line as a path, and its opacity, and that of a surface without an edge, as what a group hands down."""
    for mark in root.iter():
        if mark.tag == f"{_NS}line":
            ends = (mark.attrib.pop(name, "0") for name in ("x1", "y1", "x2", "y2"))
            mark.tag = f"{_NS}path"
            mark.set("d", "M{},{}L{},{}".format(*ends))
            mark.set("fill", "none")
        own = mark.get("opacity")
        fill, stroke = (mark.get(name, "none") not in ("none", "transparent") for name in ("fill", "stroke"))
        part = "fill-opacity" if fill else "stroke-opacity"
        if own and fill != stroke and part not in mark.attrib and mark.tag in (f"{_NS}path", f"{_NS}text"):
            mark.set(part, mark.attrib.pop("opacity"))


def _join(element: ET.Element) -> None:
    """Draw the lines of a grid, which stand side by side and look alike, as one path."""
    last, kept = None, element
    for child in list(element):
        _join(child)
        line = _straight(child)
        if line and last and line[2:] == last[2:] and abs(line[1] - last[1]) >= _APART:
            kept.set("d", kept.get("d", "") + line[0])
            element.remove(child)
        elif line:
            kept = child
            kept.attrib.pop("transform", None)
            kept.set("d", line[0])
        last = line


def _straight(mark: ET.Element) -> tuple[str, int, bool, dict[str, str]] | None:
    """Return a line across or down: drawn where it stands, its place, whether it goes across, how it looks; None for others."""
    found = _LINE.fullmatch(mark.get("d", ""))
    shift = _SHIFT.fullmatch(mark.get("transform", "translate(0,0)"))
    if mark.tag != f"{_NS}path" or not found or not shift:
        return None
    looks = {name: value for name, value in mark.attrib.items() if name not in ("d", "transform")}
    x, y, u, v = (tenths(found[i]) + tenths(shift[2 - i % 2]) for i in (1, 2, 3, 4))
    if (x == u) == (y == v) or "clip-path" in looks or "url(" in looks.get("stroke", ""):
        return None
    drawn = f"M{x / 10:g},{y / 10:g}L{u / 10:g},{v / 10:g}"
    return drawn, y if y == v else x, y == v, looks


def _shorten(path: ET.Element) -> None:
    """Say a drawing in steps, and where it stands in it."""
    shift = _SHIFT.fullmatch(path.get("transform", ""))
    # Patterns and cuts are placed where the mark is.
    placed = path.get("clip-path") or "url(" in path.get("fill", "") + path.get("stroke", "")
    by = (tenths(shift[1]), tenths(shift[2])) if shift and not placed else None
    drawn = steps(path.get("d", ""), *(by or (0, 0)))
    if drawn is not None:
        path.set("d", drawn)
        if by:
            del path.attrib["transform"]


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

"""An SVG of Vega's as a file of its own: the same picture in half the bytes.

Vega repeats on every mark what holds for all of them, and draws a shape anew wherever it stands. Here what the children
of a group share stands on the group, a shape that comes again is drawn by reference, and a tenth of a pixel is enough.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from helpers.page.strokes import Box, reach, steps, tenths

_NS = "{http://www.w3.org/2000/svg}"
_INHERITED = (
    "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "font-family", "font-size", "font-weight", "font-style", "text-anchor",
)  # fmt: skip
"""Attributes that a group hands down to what is in it."""
_DEFAULTS = {
    "stroke": "none",
    "stroke-width": "1",
    "font-weight": "normal",
    "font-style": "normal",
    "text-anchor": "start",
}
"""What holds where nothing is said of them (SVG 2, appendix B)."""
_LONG_NAME = re.compile(r'((?<= id=")|(?<=="#)|(?<=="url\(#))[\w-]+-((?:clip|gradient_)\d+)(?=[")])')
"""A name that tells the parts of one figure from those of others, of which there are none in a file of its own."""
_TENTHS = re.compile(r"(\.\d)\d+")
_PLACES = re.compile(r' (?:d|transform|x|y|x1|x2|y1|y2)="[^"]*"')
_SHIFT = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")
_RECTANGLE = re.compile(r"M(-?[\d.]+),(-?[\d.]+)h-?[\d.]+v-?[\d.]+h-?[\d.]+Z")
_DISC = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0Z?")
_COLOUR = re.compile(r'(?<==")rgb\((\d+), ?(\d+), ?(\d+)\)(?=")')
_VEILED = {"opacity", "fill-opacity", "stroke-opacity"}
_HERE = "translate(0,0)"
_SEEN = 0.01
"""Opacity from which on something is seen."""
_LONG = 24
"""Letters of a path from which on a reference is shorter."""

ET.register_namespace("", _NS[1:-1])


def lean(svg: str, *, edges: bool = True) -> str:
    """Return an SVG that draws the same in fewer bytes.

    `svg`: what `drawing.static_svg` returns. `edges`: whether a pale disc keeps an edge of its own colour; on white a
    fuller one without stands out too.
    """
    root = ET.fromstring(_PLACES.sub(lambda found: _TENTHS.sub(r"\1", found[0]), svg))
    for name in [name for name in root.attrib if name.startswith("data-")]:
        del root.attrib[name]
    _one_font(root)
    _show(root)
    _flatten(root)
    _line(root)
    if not edges:
        _edgeless(root)
    _dot(root)
    _gather(root)
    _unwrap(root)
    _join(root, {})
    _refer(root)
    _place(root)
    for path in root.iter(f"{_NS}path"):
        _shorten(path)
    _say_once(root, _DEFAULTS)
    text = _LONG_NAME.sub(r"\1\2", ET.tostring(root, encoding="unicode").replace(" />", "/>"))
    return _COLOUR.sub(lambda found: "#" + "".join(f"{int(part):02x}" for part in found.groups()), text)


def _one_font(root: ET.Element) -> None:
    """Say on the root how most of the text is set."""
    for name in ("font-family", "font-size"):
        told = Counter(text.get(name) for text in root.iter(f"{_NS}text"))
        if told and None not in told:
            root.set(name, str(told.most_common(1)[0][0]))


def _say_once(element: ET.Element, above: Mapping[str, str]) -> None:
    """Take away what an element is handed down anyway."""
    for name in _INHERITED:
        if name in element.attrib and above.get(name) == element.get(name):
            del element.attrib[name]
    handed = {**above, **{name: element.attrib[name] for name in _INHERITED if name in element.attrib}}
    for child in element:
        # What others refer to is handed down where it is shown.
        if child.tag not in (f"{_NS}defs", f"{_NS}clipPath"):
            _say_once(child, handed)


def _show(root: ET.Element) -> None:
    """Take away what nobody sees: edges without a width, and the surfaces that wait for a pointer."""
    for mark in root.iter(f"{_NS}path"):
        for paint in ("fill", "stroke"):
            seen = float(mark.get(f"{paint}-opacity", 1)) * float(mark.get("opacity", 1))
            if mark.get(paint) and (seen < _SEEN or (paint == "stroke" and mark.get("stroke-width") == "0")):
                mark.set("fill", "none" if paint == "fill" else mark.get("fill", "none"))
                for name in ("stroke", "stroke-width", "stroke-opacity") if paint == "stroke" else ("fill-opacity",):
                    mark.attrib.pop(name, None)
                if mark.get("fill") == "none" and not mark.get("stroke"):
                    mark.set("display", "none")
    for mark in root.iter():
        for name in ("opacity", "fill-opacity", "stroke-opacity"):
            if mark.get(name) == "1":
                del mark.attrib[name]


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
    if mark.tag == f"{_NS}text" and float(mark.get("fill-opacity", 1)) < _SEEN:
        return True
    if mark.tag != f"{_NS}path" or mark.get("display") == "none" or frame or not mark.get("d"):
        return mark.tag == f"{_NS}path"
    box = reach(mark.get("d", "")) if mark.get("fill", "none") != "none" and "stroke" not in mark.attrib else None
    return box is not None and (box[0] == box[2] or box[1] == box[3])


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


def _edgeless(root: ET.Element) -> None:
    """Draw a pale disc with an edge of its own colour as a fuller one without."""
    for mark in root.iter(f"{_NS}path"):
        own = mark.get("stroke") == mark.get("fill") and "fill-opacity" in mark.attrib
        if own and _DISC.fullmatch(mark.get("d", "")):
            mark.set("fill-opacity", "0.85")
            for name in [name for name in mark.attrib if name.startswith("stroke")]:
                del mark.attrib[name]


def _dot(root: ET.Element) -> None:
    """Draw a disc without an edge as the round end of a line without length: what says where it stands is all of it."""
    for mark in root.iter(f"{_NS}path"):
        found = _DISC.fullmatch(mark.get("d", ""))
        fill = mark.get("fill", "")
        if not found or not fill.startswith(("#", "rgb(")) or mark.get("stroke", "none") not in ("none", "transparent"):
            continue
        for name in ("stroke-opacity", "stroke-dasharray", "stroke-linejoin", "stroke-miterlimit"):
            mark.attrib.pop(name, None)
        if shine := mark.attrib.pop("fill-opacity", None):
            mark.set("stroke-opacity", shine)
        mark.attrib |= {"d": "M0,0h0", "fill": "none", "stroke": fill, "stroke-linecap": "round"}
        mark.set("stroke-width", f"{2 * float(found[1]):.1f}".removesuffix(".0"))


def _join(element: ET.Element, above: Mapping[str, str]) -> None:
    """Draw marks that stand one after the other, look alike and do not touch, as one path.

    Where marks have one colour it does not matter which of them lies on top, and those of a size are drawn together.
    """
    above = {**above, **element.attrib}
    layers: list[tuple[ET.Element, dict[Box, str]]] = []
    for child in list(element):
        _join(child, above)
        box, drawn, looks = _alone(child, above), child.get("d", ""), {**above, **child.attrib}
        one_colour = "none" in (looks.get("fill"), looks.get("stroke", "none"))
        size = ["stroke-width"] * one_colour
        if not box or (layers and _looks(layers[0][0], *size) != _looks(child, *size)):
            layers = []
        if not box:
            continue
        opaque = not _VEILED & looks.keys()
        for mark, boxes in layers if one_colour else layers[-1:]:
            if _looks(mark) != _looks(child):
                continue
            again = opaque and boxes.get(box) == drawn
            if again or (opaque and looks.get("fill") == "none") or not any(_touch(box, other) for other in boxes):
                element.remove(child)
                boxes[box] = drawn
                if not again:
                    joined = steps(*((each.get("d", ""), *_shift(each)) for each in (mark, child)))
                    mark.set("d", joined or "")
                    mark.attrib.pop("transform", None)
                break
        else:
            layers.append((child, {box: drawn}))


def _looks(mark: ET.Element, *but: str) -> dict[str, str]:
    return {name: value for name, value in mark.attrib.items() if name not in ("d", "transform", *but)}


def _alone(mark: ET.Element, above: Mapping[str, str]) -> Box | None:
    """Return the place that a mark takes, in tenths of a pixel; None where it cannot be drawn with others."""
    looks = {**above, **mark.attrib}
    # Patterns and cuts are placed where the mark is.
    placed = "clip-path" in mark.attrib or "url(" in looks.get("fill", "") + looks.get("stroke", "")
    if mark.tag != f"{_NS}path" or len(mark) or placed or not _SHIFT.fullmatch(mark.get("transform", _HERE)):
        return None
    box = reach(mark.get("d", ""))
    if not box:
        return None
    wide = tenths(looks.get("stroke-width", "1")) if looks.get("stroke", "none") != "none" else 0
    # A line or a dot reaches half its width, a corner further.
    wide = wide // 2 + 1 if box[0] == box[2] or box[1] == box[3] else wide
    right, down = _shift(mark)
    return box[0] + right - wide, box[1] + down - wide, box[2] + right + wide, box[3] + down + wide


def _shift(mark: ET.Element) -> tuple[int, int]:
    found = _SHIFT.fullmatch(mark.get("transform", _HERE))
    return (tenths(found[1]), tenths(found[2])) if found else (0, 0)


def _touch(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _shorten(path: ET.Element) -> None:
    """Say a drawing in steps, and where it stands in it."""
    # Patterns and cuts are placed where the mark is.
    placed = path.get("clip-path") or "url(" in path.get("fill", "") + path.get("stroke", "")
    moved = _SHIFT.fullmatch(path.get("transform", "")) and not placed
    drawn = steps((path.get("d", ""), *(_shift(path) if moved else (0, 0))))
    if drawn is not None:
        path.set("d", drawn)
        if moved:
            del path.attrib["transform"]


def _place(root: ET.Element) -> None:
    """Say where a text or a reference stands in fewer letters."""
    for mark in root.iter():
        found = _SHIFT.fullmatch(mark.get("transform", ""))
        if found and mark.tag in (f"{_NS}text", f"{_NS}use"):
            del mark.attrib["transform"]
            for name, number in (("x", found[1]), ("y", found[2])):
                # Both are zero where nothing is said.
                if float(number):
                    mark.set(name, number.removesuffix(".0"))


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
        says = {name: value for name, value in child.attrib.items() if value != _HERE}
        kept += list(child) if child.tag == f"{_NS}g" and not says else [child]
    element[:] = kept

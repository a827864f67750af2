"""A figure as HTML: its words, the chart drawn without scripts, the specification for the script, table and downloads."""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import Markup

from helpers.borrowed import vl_convert
from helpers.figures import TABLE_ROWS
from helpers.html_table import html_table
from helpers.markup import PAGES, piece
from helpers.page.pictures import Pictures
from helpers.page.twins import Tongue
from helpers.words import inside

STATIC_WIDTH = 680

_LONG_NUMBER = re.compile(r"(\.\d\d)\d+")
SWITCHED = Tongue()
"""English, with the French for the switch of the page."""


def figure_html(
    spec: dict[str, Any],
    *,
    anchor: str,
    number: str = "",
    citation: str = "",
    edition: str = "",
    notebook: str = "",
    files: str = "",
    pictures: Pictures | None = None,
    tongue: Tongue = SWITCHED,
    lang: str = "",
) -> str:
    """Return a figure as a self-contained piece of HTML.

    Parameters
    ----------
    spec
        Result of :meth:`helpers.figures.Figure.spec`.
    anchor, number
        HTML id of the figure, with which every id inside begins; HTML of its number, if it has one.
    citation, edition
        How to cite the figure, which the downloads carry too; title of the edition, for the downloads.
    notebook, files
        Addresses of the notebook that makes the figure and of the folder with its files, if there are any.
    pictures
        What draws the chart, if not to be drawn anew.
    tongue, lang
        Language of the page, whose French has a specification of its own (`helpers.page.translate`); that of the figure,
        where it is another.
    """
    if tongue.name == "en":
        spec = _without_french(spec)
    words = spec["usermeta"]["mali"]
    french = words.get("fr", {})
    # In a script element only "</" and "<!--" could end it.
    payload = json.dumps(spec, sort_keys=True, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")
    on_map = _has_map(spec)
    data = words["table"]
    hrefs = {data["columns"][int(at)]: addresses for at, addresses in words.get("hrefs", {}).items()}
    caption = tongue.says(f"Data: {words['title']}", f"Données\u202f: {words['title']}")
    table = html_table(data, caption=caption, max_rows=TABLE_ROWS, hrefs=hrefs, french=tongue.name == "fr", dated=True)
    shown = PAGES.render(
        "figure.html", anchor=anchor, number=Markup(number), citation=citation, edition=edition, notebook=notebook, files=files,
        tongue=tongue, lang=lang, words=words, french=dict.fromkeys(("title", "subtitle", "alt", "caveat"), "") | french,
        classes="mali-figure" + " mali-figure--map" * on_map + " mali-figure--shaded" * _is_shaded(spec),
        svg=Markup(static_svg(spec, anchor, pictures=pictures)), payload=Markup(payload), table=Markup(table),
        # The name of a source and of its licence stays as it is.
        credit=inside.credit(words["source"]) if tongue.name == "fr" else (),
    )  # fmt: skip
    return f"{shown}\n"


def _without_french(spec: dict[str, Any]) -> dict[str, Any]:
    words = {key: value for key, value in spec["usermeta"]["mali"].items() if key != "fr"}
    return {**spec, "usermeta": {**spec["usermeta"], "mali": words}}


def static_svg(
    spec: dict[str, Any], anchor: str, width: int = STATIC_WIDTH, *, pictures: Pictures | None = None
) -> str:
    """Return the chart as an SVG for readers without JavaScript and for print.

    Parameters
    ----------
    spec
        Specification of the figure.
    anchor
        Prefix of every id in the SVG: clip paths of two figures on one page must not collide.
    width
        Width of charts of a single view, pixels; others keep their own.
    pictures
        What draws the chart, if not to be drawn anew.
    """
    svg = (pictures or Pictures()).svg(bare(spec, width))
    svg = vl_convert.counted_anew(svg, anchor)
    svg = re.sub(r' (?:aria-[a-z]+|role)="[^"]*"', "", svg)
    # Hundredths of a pixel are enough; maps shrink by half. Text is not touched.
    svg = re.sub(r' (?:d|transform)="[^"]*"', lambda m: _LONG_NUMBER.sub(r"\1", m[0]), svg)
    words = spec["usermeta"]["mali"]
    head, rest = svg.split(">", 1)
    wide, high = vl_convert.size(f"{head}>")
    french = words["fr"]["alt"] if "fr" in words else None
    return f"{piece('svg', wide, high, words['alt'], french)}{rest}"


def bare(spec: dict[str, Any], width: int = STATIC_WIDTH) -> dict[str, Any]:
    """Return a specification as the page draws it: its words are HTML, its background the page."""
    bare = {key: value for key, value in spec.items() if key not in ("title", "usermeta", "background")}
    encoding = spec.get("encoding", {})
    if ("mark" in spec or "layer" in spec) and not {"row", "column", "facet"} & set(encoding):
        ratio = _ratio(spec)
        bare["width"] = width
        bare["autosize"] = {"type": "fit-x", "contains": "padding"}
        if ratio:
            bare["height"] = round(width * ratio)
    return bare


def _ratio(spec: dict[str, Any]) -> float | None:
    """Return height by width of a map, which must keep its shape, or ``None`` for other charts."""
    if not _is_map(spec):
        return None
    return float(spec.get("height", 480)) / float(spec.get("width", 640))


def _is_map(view: dict[str, Any]) -> bool:
    mark = view.get("mark", "")
    kind = mark.get("type") if isinstance(mark, dict) else mark
    return kind == "geoshape" or "projection" in view or any(_is_map(part) for part in view.get("layer", []))


def _has_map(spec: dict[str, Any]) -> bool:
    parts = [p for key in ("concat", "hconcat", "vconcat") for p in spec.get(key, [])]
    return _is_map(spec) or any(_has_map(part) for part in [*parts, *([spec["spec"]] if "spec" in spec else [])])


def _is_shaded(node: Any) -> bool:
    """Tell whether cells or areas of a chart are shaded from few to many: on the dark page few is dark."""
    if isinstance(node, list):
        return any(map(_is_shaded, node))
    if not isinstance(node, dict):
        return False
    mark = node.get("mark")
    kind = mark.get("type") if isinstance(mark, dict) else mark
    colour = node.get("encoding", {}).get("color", {})
    given = colour.get("condition", [])
    ramps = [one.get("type") for one in (colour, *(given if isinstance(given, list) else [given]))]
    if kind in ("rect", "geoshape") and "quantitative" in ramps:
        return True
    return any(_is_shaded(node[name]) for name in ("layer", "concat", "hconcat", "vconcat", "spec") if name in node)

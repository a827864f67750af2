"""A figure as HTML: its words, the chart drawn without scripts, the specification for the script, table and downloads."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

from helpers.borrowed import vl_convert
from helpers.figures import TABLE_ROWS
from helpers.html_table import html_table
from helpers.page.pictures import Pictures
from helpers.page.twins import Tongue
from helpers.words import inside

STATIC_WIDTH = 680

_LONG_NUMBER = re.compile(r"(\.\d\d)\d+")
_COLON = "\u202f:"
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
    classes = "mali-figure" + " mali-figure--map" * on_map + " mali-figure--light" * (on_map or _is_shaded(spec))
    link = tongue.says("Link to this figure", "Lien vers cette figure")
    return f"""\
<figure class="{classes}" id="{anchor}"{f' lang="{lang}"' if lang else ""} \
data-edition="{escape(edition)}">
<figcaption class="mali-figure__head">
<p class="mali-figure__title">{number}<span class="mali-figure__finding"{tongue.fr(french.get("title"))}>\
{escape(words["title"], quote=False)}</span>\
<a class="headerlink" href="#{anchor}" title="{link}">#</a></p>
<p class="mali-figure__subtitle"{tongue.fr(french.get("subtitle"))}>{escape(words["subtitle"], quote=False)}</p>
</figcaption>
<div class="mali-figure__chart"><div class="mali-figure__static">{static_svg(spec, anchor, pictures=pictures)}</div></div>
<script type="application/json" class="mali-figure__spec">{payload}</script>
<div class="mali-figure__notes">
{_notes(words, tongue)}
<div class="mali-figure__tools">
{_table(words, tongue)}{_cite(citation, tongue)}{_french_apart(french)}{_downloads(words, notebook, files, tongue)}\
</div>
</div>
</figure>
"""


def _notes(words: dict[str, Any], tongue: Tongue) -> str:
    """Return what would mislead, and the source."""
    told = tongue.fr(words.get("fr", {}).get("caveat"))
    caveat = (
        f'<p class="mali-figure__caveat"{told}>{escape(words["caveat"], quote=False)}</p>\n' if words["caveat"] else ""
    )
    source = f"<span{tongue.fr('Source' + _COLON)}>Source{tongue.says(':', _COLON)}</span>"
    # The name of a source and of its licence stays as it is.
    name = escape(words["source"], quote=False)
    if tongue.name == "fr":
        names, own_words = inside.credit(words["source"])
        name = f'<span lang="en">{escape(names, quote=False)}</span> {own_words}'.strip()
    return f'{caveat}<p class="mali-figure__source">{source} {name}</p>'


def _without_french(spec: dict[str, Any]) -> dict[str, Any]:
    words = {key: value for key, value in spec["usermeta"]["mali"].items() if key != "fr"}
    return {**spec, "usermeta": {**spec["usermeta"], "mali": words}}


def _table(words: dict[str, Any], tongue: Tongue) -> str:
    caption = tongue.says(f"Data: {words['title']}", f"Données{_COLON} {words['title']}")
    data = words["table"]
    hrefs = {data["columns"][int(at)]: addresses for at, addresses in words.get("hrefs", {}).items()}
    table = html_table(data, caption=caption, max_rows=TABLE_ROWS, hrefs=hrefs, french=tongue.name == "fr")
    label, french = "Data table", "Données"
    return f"""\
<details class="mali-figure__data"><summary{tongue.fr(french)}>{tongue.says(label, french)}</summary>
{table}
</details>
"""


def _cite(citation: str, tongue: Tongue) -> str:
    label, french = "Cite this figure", "Citer"
    copy, copy_fr = "Copy the citation", "Copier la citation"
    return f"""\
<details class="mali-figure__cite"><summary{tongue.fr(french)}>{tongue.says(label, french)}</summary>
<p class="mali-figure__citation">{escape(citation, quote=False)}</p>
<button type="button" class="mali-figure__copy" hidden{tongue.fr(copy_fr)}>{tongue.says(copy, copy_fr)}</button>
<span class="mali-figure__copied" role="status"></span>
</details>
"""


def _french_apart(french: dict[str, str]) -> str:
    """Return the French of a figure in a disclosure, for readers of a page with a switch who have no scripts."""
    if not french:
        return ""
    return (
        f'<details class="mali-figure__fr" lang="fr"><summary>En français</summary>\n'
        f"<p><strong>{escape(french['title'], quote=False)}</strong></p>\n"
        f"<p>{escape(french['subtitle'], quote=False)}</p>\n<p>{escape(french['alt'], quote=False)}</p>\n"
        f"{''.join(f'<p>{escape(told, quote=False)}</p>' for told in [french.get('caveat')] if told)}</details>\n"
    )


def _downloads(words: dict[str, Any], notebook: str, files: str, tongue: Tongue) -> str:
    title, french = words["title"], words.get("fr", {}).get("title", "")
    of = f" de{_COLON} {french or title}" if french or tongue.name == "fr" else ""

    def label(english: str, told: str) -> str:
        said = escape(tongue.says(english, told))
        return f'aria-label="{said}"{tongue.fr_label(told)}'

    buttons = "".join(
        f'<button type="button" data-mali-download="{kind}" hidden '
        f"{label(f'Download {name} of: {title}', f'Télécharger {name}{of}')}>{name}</button>"
        for kind, name in (("csv", "CSV"), ("svg", "SVG"), ("png", "PNG"), ("json", "Vega-Lite"))
    )
    if files:
        named = label(f"JSON: data and words of: {title}", f"JSON, données et textes{of}")
        buttons += f'<a href="{escape(files)}{words["id"]}.json" {named}>JSON</a>'
    if notebook:
        named = label(f"Notebooks, with the one that makes: {title}", f"Notebooks, avec celui{of}")
        buttons += f'<a href="{escape(notebook)}" download="{escape(notebook.rsplit("/", 1)[1])}" {named}>Notebooks</a>'
    embed, embed_fr = "Embed", "Intégrer"
    named = label(f"Embed: one HTML file of: {title}", f"Intégrer, un seul fichier HTML{of}")
    buttons += (
        f'<button type="button" data-mali-download="html" hidden {named}{tongue.fr(embed_fr)}>'
        f"{tongue.says(embed, embed_fr)}</button>"
    )
    word, told = "Download", "Télécharger"
    return (
        f'<div class="mali-figure__downloads" role="group" {label(word, told)}>'
        f'<span aria-hidden="true"{tongue.fr(told)}>{tongue.says(word, told)}</span>{buttons}</div>\n'
    )


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
    label = escape(words["alt"])
    french = f' data-fr-label="{escape(words["fr"]["alt"])}"' if "fr" in words else ""
    head, rest = svg.split(">", 1)
    wide, high = vl_convert.size(f"{head}>")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="marks" viewBox="0 0 {wide} {high}" '
        f'width="{wide}" height="{high}" role="img" aria-label="{label}"{french}>{rest}'
    )


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
    """Tell whether cells of a chart are shaded from few to many: pale is little only on a light ground."""
    if isinstance(node, list):
        return any(map(_is_shaded, node))
    if not isinstance(node, dict):
        return False
    mark = node.get("mark")
    kind = mark.get("type") if isinstance(mark, dict) else mark
    colour = node.get("encoding", {}).get("color", {})
    if kind == "rect" and colour.get("type") == "quantitative":
        return True
    return any(_is_shaded(node[name]) for name in ("layer", "concat", "hconcat", "vconcat", "spec") if name in node)

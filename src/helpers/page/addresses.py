"""Addresses: a visible link at every claim, sentence, card and dated fact, and each figure as files beside the pages of its edition.

A newsroom can take a figure's `.json` (its form is `_static/figure.schema.json`), `.csv`, `.svg` and `.vl.json` without
reading the book; `helpers.builds.light` ships all but pictures in one archive. The hash in a citation is the SHA-256 of the CSV, so that anybody can hold a figure against it.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from helpers import inert
from helpers.borrowed import sphinx
from helpers.markup import piece
from helpers.page.drawing import static_svg
from helpers.page.lean import lean
from helpers.page.pictures import Pictures
from helpers.page.twins import SUFFIX, Tongue, tongue

FOLDER = "figures"
"""Folder of the files of figures, in that of an edition."""
SCHEMA = "../_static/figure.schema.json"
"""The form of the JSON files, seen from them."""
CLAIMS_SCHEMA = "claims.schema.json"
"""The form of claims files, which pages offer from `_static`."""
DIGITS = 16
"""Letters of a hash that a citation carries."""

_SAYS = ("say", "answer", "show")
"""Calls of a chapter that write sentences."""
_CLAIM = re.compile(r'<details class="mali-claim[^>]*\bid="(claim-[a-z0-9-]+)"')
_CARD = re.compile(
    r'(<section class="mali-card" id="(group-[a-z0-9-]+)">\s*<p class="mali-card__title"[^>]*>.*?)(</p>)'
)
_ENTRY = re.compile(r'(<li) (?:id|data-entry)="(entry-[^"]+)"([^>]*>.*?)(</li>)', re.DOTALL)

_NUMBER = re.compile(r"\d")
_ANSWER = re.compile(r'(<p class="mali-answer__text">.*?)(</p>)')


def csv(words: dict[str, Any]) -> str:
    """Return the table of a figure as CSV, with nothing but names and numbers.

    `words`: `usermeta["mali"]` of the figure.
    """
    table = words["table"]
    return inert.to_csv(pd.DataFrame(table["rows"], columns=table["columns"], dtype=object))


def digest(words: dict[str, Any]) -> str:
    """Return the SHA-256 of a figure's CSV."""
    return hashlib.sha256(csv(words).encode()).hexdigest()


def address(config: Any, page: str, anchor: str) -> str:
    """Return the address of a place on a page: in full where it is known where the book is published.

    `config`: Sphinx configuration; `html_baseurl` is the address of the edition. `page`, `anchor`: name of the page, id
    of the place.
    """
    base = str(config.html_baseurl or "").rstrip("/") or str(config.mali_edition)
    return f"{base}/{page}.html#{anchor}" if base else f"{page}.html#{anchor}"


def reference(config: Any, page: str, anchor: str, sha256: str, *, french: bool = False) -> str:
    """Return what a citation says of where a figure stands and how to know that it is the same.

    Where nothing says where the book is published, the address is that in the book's folder, and says so.

    Examples
    --------
    >>> from types import SimpleNamespace as N
    >>> reference(N(html_baseurl="", mali_edition="2023-07"), "chapters/southern", "fig-x", "ab" * 32)
    'Address in the book: 2023-07/chapters/southern.html#fig-x, sha256:abababababababab'
    """
    inside = "Adresse dans le livre\u202f: " if french else "Address in the book: "
    return f"{'' if config.html_baseurl else inside}{address(config, page, anchor)}, sha256:{sha256[:DIGITS]}"


def licence(source: str) -> list[str]:
    """Return the terms that a source line names in brackets.

    Examples
    --------
    >>> licence("ACLED, mid-2021 (ACLED terms, non-commercial); geoBoundaries (CC BY 4.0). Own computation.")
    ['ACLED terms, non-commercial', 'CC BY 4.0']
    """
    return list(dict.fromkeys(re.findall(r"\(([^()]+)\)(?=[;.])", source)))


# ---- files -------------------------------------------------------------------------------------------------


def record(words: dict[str, Any], *, edition: tuple[str, str], where: str, cited: str) -> dict[str, Any]:
    """Return a figure as the JSON file holds it: all that is said of its table, whose rows its CSV file holds."""
    told = words.get("fr", {})

    def both(name: str) -> dict[str, str]:
        return {"en": words[name], **({"fr": told[name]} if told.get(name) else {})}

    return {
        "$schema": SCHEMA,
        "id": words["id"],
        "edition": {"id": edition[0], "title": edition[1]},
        "title": both("title"),
        "subtitle": both("subtitle"),
        "alt": both("alt"),
        **({"caveat": both("caveat")} if words["caveat"] else {}),
        "source": words["source"],
        "licence": licence(words["source"]),
        "citation": cited,
        "address": where,
        "sha256": digest(words),
        "table": {
            "csv": f"{words['id']}.csv",
            "rows": len(words["table"]["rows"]),
            "columns": {name: _type(values) for name, values in _columns(words["table"])},
        },
    }


def _columns(table: dict[str, Any]) -> Iterator[tuple[str, set[str]]]:
    """Yield the columns of a table, each with the types of what it holds."""
    for at, name in enumerate(table["columns"]):
        yield name, {type(row[at]).__name__ for row in table["rows"] if row[at] is not None}


def _type(found: set[str]) -> str:
    """Return the type of a column in the words of JSON Schema: text where its values are of several."""
    if not found:
        return "null"
    kinds = {{"bool": "boolean", "int": "integer", "float": "number"}.get(name, "string") for name in found}
    return kinds.pop() if len(kinds) == 1 else "number" if kinds == {"integer", "number"} else "string"


_MARKS = ("arc", "area", "bar", "concat", "errorband", "facet", "geoshape", "header", "line", "point", "rule")
"""Parts of the theme that only matter to a chart that names them."""


def _themed(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the theme of a chart without what no part of it uses."""
    said = set(re.findall(r'"(\w+)"', json.dumps({k: v for k, v in spec.items() if k not in ("config", "datasets")})))
    # Heads stand over the panels of a facet, and views of any kind may be set side by side.
    said |= {"header", "facet"} if said & {"facet", "row", "column"} else set()
    said |= {"concat"} if said & {"hconcat", "vconcat"} else set()
    return {name: value for name, value in spec["config"].items() if name not in _MARKS or name in said}


def _compact(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def files(spec: dict[str, Any], held: dict[str, Any], pictures: Pictures) -> dict[str, bytes]:
    """Return the files of a figure by the end of their names, from its specification and what `record` returns."""
    words = spec["usermeta"]["mali"]
    kept = {name: words[name] for name in ("id", "source")}  # its title it says itself
    svg = lean(static_svg(spec, f"fig-{words['id']}", pictures=pictures))
    # For a program that shows the file alone: what the page has around the chart, and the citation after its title.
    said = piece("described", words["title"], held["citation"].split("”. ", 1)[-1])
    return {
        "json": _compact(held),
        "csv": csv(words).encode(),
        "svg": svg.replace(">", f">{said}", 1).encode(),
        "vl.json": _compact({**spec, "config": _themed(spec), "usermeta": {"mali": kept}}),
    }


def figures(env: Any, kind: type[nodes.Element]) -> Iterator[tuple[str, nodes.Element]]:
    """Yield every figure once, with the page it stands on first, in the order of the book; English pages only."""
    seen: set[str] = set()
    for page in sphinx.pages_in_order(env):
        if page.endswith(SUFFIX):
            continue
        for node in env.get_doctree(page).findall(kind):
            if node["ids"][0] not in seen:
                seen.add(node["ids"][0])
                yield page, node


def write(app: Sphinx, kind: type[nodes.Element], cite: Any, title: str) -> None:
    """Write the files of all figures beside the pages of a built book.

    Parameters
    ----------
    app : Sphinx
        Its environment has read all pages.
    kind : type
        Class of the figures' nodes.
    cite : callable
        Makes the citation of a figure from its words, its page and its anchor.
    title : str
        Title of the edition.
    """
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(exist_ok=True)
    pictures = Pictures(app.config.mali_pictures)
    for page, node in figures(app.env, kind):
        spec = json.loads(node["spec"])
        words, anchor = spec["usermeta"]["mali"], node["ids"][0]
        held = record(
            words,
            edition=(app.config.mali_edition, title),
            where=address(app.config, page, anchor),
            cited=cite(words, page, anchor),
        )
        for end, content in files(spec, held, pictures).items():
            (folder / f"{words['id']}.{end}").write_bytes(content)


# ---- links -------------------------------------------------------------------------------------------------


class mali_address(nodes.General, nodes.Element):
    """A link to a place on its own page; it holds no text, so that nothing takes it for a word of the page."""


def visit_address_html(self: Any, node: mali_address) -> None:
    """Write the link."""
    self.body.append(anchor_html(node["refid"], node["speaks"], node["to"]))
    raise nodes.SkipNode


def visit_address_other(self: Any, node: mali_address) -> None:
    """Write nothing where nothing can be followed."""
    raise nodes.SkipNode


def anchor_html(anchor: str, speaks: str, to: str) -> str:
    """Return a link to a place on the page itself, which Tab reaches and everybody sees.

    `speaks` is empty where a switch chooses the language; `to` says what stands there: sentence, claim, card or entry.
    """
    english, french = {
        "sentence": ("Link to this passage", "Lien vers ce passage"),
        "claim": ("Link to this verdict", "Lien vers ce verdict"),
        "card": ("Link to this card", "Lien vers cette fiche"),
        "entry": ("Link to this fact", "Lien vers ce fait"),
    }[to]
    return piece("address", to, anchor, Tongue(speaks), english, french)


def slug(source: str) -> str:
    """Return a name for what a cell says, from the function it calls: the same in every edition; empty for others.

    Examples
    --------
    >>> slug("chapter.say(southern.near_bamako, southern.ring)"), slug('chapter.answer("southern")')
    ('near-bamako', 'southern')
    >>> slug('chapter.claim("R22-13")'), slug("chapter.show(lambda r: table(r))"), slug("not python(")
    ('', 'table', '')
    """
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return ""
    for node in body:
        call = node.value if isinstance(node, ast.Expr) else None
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or not call.args:
            continue
        if call.func.attr in _SAYS and isinstance(call.func.value, ast.Name) and call.func.value.id == "chapter":
            return re.sub(r"[^a-z0-9]+", "-", _name(call.args[0]).lower()).strip("-")
    return ""


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Lambda):
        return _name(node.body)
    if isinstance(node, ast.Call):
        return _name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Name):
        return node.id
    return str(node.value) if isinstance(node, ast.Constant) else ""


class Addresses(SphinxPostTransform):
    """Give what cells and pages by hand say an id of its own, and a link to it; claims, cards and facts have ids."""

    # After `OneLanguage`, which rewrites outputs.
    default_priority = 30

    def run(self, **kwargs: Any) -> None:
        """Add ids and links on pages for browsers."""
        if self.app.builder.name != "html":
            return
        speaks = tongue(self.env, self.env.docname).name
        taken: set[str] = set()
        cells = list(self.document.findall(_is("cell")))
        if not cells:
            self._written(speaks)
        for cell in cells:
            source = next((node.astext() for node in cell.findall(_is("cell_input"))), "")
            outputs = list(cell.findall(_is("cell_output")))
            # Where a page holds both languages its English half carries the links.
            other = set() if speaks == "fr" else {raw for output in outputs for raw in _french(output, nodes.raw)}
            raws = [raw for output in outputs for raw in list(output.findall(nodes.raw)) if raw not in other]
            boxed = [_linked(raw, speaks, taken) for raw in raws]
            if outputs and not any(boxed) and (name := slug(source)):
                self._say(outputs[0], f"says-{name}", speaks, taken)

    def _written(self, speaks: str) -> None:
        """Link each paragraph and table with a number of a page that was written by hand, numbered under its heading."""
        for section in self.document.findall(nodes.section):
            parts = [one for one in section.findall(_numbered) if _above(one, nodes.section) is section]
            for number, part in enumerate(parts, start=1):
                anchor = f"{section['ids'][0]}-says-{number}"
                part["ids"].append(anchor)
                link = mali_address(refid=anchor, speaks=speaks, to="sentence")
                if isinstance(part, nodes.table):
                    part.parent.insert(part.parent.index(part) + 1, nodes.paragraph("", "", link))
                else:
                    part.append(link)

    def _say(self, output: nodes.Element, name: str, speaks: str, taken: set[str]) -> None:
        if next(output.findall(lambda node: isinstance(node, nodes.figure | nodes.table)), None) is not None:
            return
        number = 2
        anchor = name
        while anchor in taken:
            anchor, number = f"{name}-{number}", number + 1
        taken.add(anchor)
        output["ids"].append(anchor)
        french = set(_french(output))
        parts = [part for part in output.findall() if part not in french]
        paragraphs = [part for part in parts if isinstance(part, nodes.paragraph)]
        boxes = [part for part in parts if isinstance(part, nodes.raw) and _ANSWER.search(part.astext())]
        if boxes:
            link = anchor_html(anchor, speaks, "sentence")
            _rewrite(boxes[0], _ANSWER.sub(lambda found: f"{found[1]} {link}{found[2]}", boxes[0].astext(), count=1))
        else:
            (paragraphs[-1] if paragraphs else output).append(mali_address(refid=anchor, speaks=speaks, to="sentence"))


def _numbered(node: nodes.Node) -> bool:
    """Tell whether a node is a table, or a paragraph outside of one, that states a number; code states none."""
    if not isinstance(node, nodes.paragraph | nodes.table) or _above(node, nodes.table):
        return False
    return any(_NUMBER.search(text) for text in node.findall(nodes.Text) if not _above(text, nodes.literal))


def _above(node: nodes.Node, kind: type[nodes.Node]) -> nodes.Node | None:
    above = node.parent
    while above is not None and not isinstance(above, kind):
        above = above.parent
    return above


def _french(output: nodes.Element, kind: type[nodes.Node] | None = None) -> Iterator[nodes.Node]:
    for block in output.findall(_is("language-fr")):
        yield from block.findall(kind)


def _is(css: str) -> Any:
    return lambda node: isinstance(node, nodes.Element) and css in node.get("classes", ())


def _linked(raw: nodes.raw, speaks: str, taken: set[str]) -> bool:
    """Put a link behind a claim's box and on each card and dated fact of a piece of HTML; tell whether it had any."""
    html = raw.astext()
    if found := _CLAIM.search(html):
        raw.parent.insert(raw.parent.index(raw) + 1, mali_address(refid=found[1], speaks=speaks, to="claim"))
        return True

    def entry(found: re.Match[str]) -> str:
        # A fact that a page tells twice has its address at the first place.
        own = "" if found[2] in taken else f' id="{found[2]}"'
        taken.add(found[2])
        return f"{found[1]}{own}{found[3]} {anchor_html(found[2], speaks, 'entry')}{found[4]}"

    told = _CARD.sub(lambda card: f"{card[1]}{anchor_html(card[2], speaks, 'card')}{card[3]}", _ENTRY.sub(entry, html))
    if told != html:
        _rewrite(raw, told)
    return told != html


def _rewrite(raw: nodes.raw, html: str) -> None:
    raw.children = [nodes.Text(html)]
    raw.rawsource = html


def setup(app: Sphinx) -> None:
    """Register the links."""
    nothing = (visit_address_other, None)
    app.add_node(mali_address, html=(visit_address_html, None), latex=nothing, text=nothing)
    app.add_post_transform(Addresses)

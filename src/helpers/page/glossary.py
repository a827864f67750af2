"""The words a reader may not know: a page that lists them, and definitions where each first stands in a page.

The directive ``{mali-glossary}`` writes the page; a post-transform turns the first mention of each term in the ordinary
text of any other page into a link to it. ``mali-page.js`` shows the definition at the word on hover, focus and touch;
without scripts the link remains. Definitions at the word say nothing that became known after the term itself did,
since pages of early editions show them too; what the book counts under a group stands on the glossary's page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from helpers import definitions as d
from helpers import french as fr
from helpers import prose as p
from helpers.audit import claims, rule
from helpers.markup import piece
from helpers.page.twins import SUFFIX
from helpers.windows import month, month_name

PAGE = "chapters/method/glossary"
_FILE = Path(__file__).parent / "templates" / "glossary.yml"


@dataclass(frozen=True)
class Term:
    """A term of the glossary."""

    id: str
    """Slug; the entry's anchor is ``term-<id>``."""
    name: str
    """Heading of the entry."""
    text: str
    """Definition in one or two sentences."""
    forms: str = ""
    """Regular expression of the forms in which pages mention the term; empty where only the glossary has it."""
    group: str = ""
    """Id of `definitions.GROUPS` whose note says what the book counts under it; empty where there is none."""
    more: str = ""
    """Address, from the glossary, of what explains the term at length; empty where nothing does."""


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"<{name}>", value)
    return text


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    """Return the terms of `templates/glossary.yml` by id and language, with what the code knows filled in."""
    found = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    cells = sorted(d.FOOTPRINT_CELLS)
    dates = {"wagner": d.WAGNER_ARRIVAL, "coup": d.COUP_2020, "second": d.COUP_2021}
    zones = {"north", "centre", "south"}
    values = {
        "en": {zone: p.listing(p.region_name(region) for region in d.ZONES[zone]) for zone in zones}
        | {name: month_name(month(day)) for name, day in dates.items()}
        | {
            "edges": f"{cells[0]:g} to {cells[-1]:g} degrees",
            "violent": p.listing(kind.lower() for kind in d.VIOLENT),
            "reports": "; ".join(f"{name}, {text}" for name, text in claims.REPORTS.items()),
        },
        "fr": {zone: fr.listing(fr.region_name(region) for region in d.ZONES[zone]) for zone in zones}
        | {name: fr.month_name(month(day)) for name, day in dates.items()},
    }
    return {
        id: {
            language: {
                key: _filled(text, values[language] | {"km": str(d.BAMAKO_RADIUS_KM)}) for key, text in told.items()
            }
            for language, told in both.items()
        }
        for id, both in found.items()
    }


@cache
def terms() -> tuple[Term, ...]:
    """Return the terms in the order of the page, by name."""
    found = [Term(id, **both["en"]) for id, both in _words().items()]
    found += [
        Term(f"verdict-{name.replace(' ', '-')}", f"Verdict: {rule.FACES[name][0].lower()}", text)
        for name, text in claims.VERDICTS.items()
    ]
    return tuple(sorted(found, key=lambda term: term.name.casefold()))


@cache
def french_terms() -> tuple[Term, ...]:
    """Return the terms that French pages mention, in French, in the order of the glossary."""
    told = {id: both["fr"] for id, both in _words().items() if "fr" in both}
    return tuple(
        Term(term.id, told[term.id]["name"], fr.spaced(told[term.id]["text"]), told[term.id]["forms"])
        for term in terms()
        if term.id in told
    )


def _known(french: bool) -> tuple[Term, ...]:
    return french_terms() if french else terms()


@cache
def _pattern(left: frozenset[str], french: bool) -> re.Pattern[str]:
    """Return the pattern of the terms not yet met; longer forms win over shorter ones inside them."""
    parts = [f"(?P<{term.id.replace('-', '_')}>{term.forms})" for term in _known(french) if term.id in left]
    # At one place the alternatives are tried in order: longest pattern first.
    parts.sort(key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w]|-\w)")


def mentions(text: str, left: frozenset[str], *, french: bool = False) -> Iterator[tuple[int, int, str]]:
    """Return the first mention of each term in a text without markup: start, end and the term's id, in the text's order.

    `left` are the ids of the terms to look for.

    Examples
    --------
    >>> [name for _, _, name in mentions("JNIM and Katiba Macina; JNIM again.", frozenset({"jnim", "katiba-macina"}))]
    ['jnim', 'katiba-macina']
    """
    at = 0
    while left and (match := _pattern(left, french).search(text, at)):
        name = str(match.lastgroup).replace("_", "-")
        yield match.start(), match.end(), name
        left = left - {name}
        at = match.end()


class mali_term(nodes.reference):
    """The first mention of a term on a page; ``term`` is its id, ``refuri`` its entry."""


#: Where a definition would be out of place, or a link inside a link.
_OUTSIDE = (
    nodes.title, nodes.subtitle, nodes.rubric, nodes.reference, nodes.literal, nodes.literal_block, nodes.raw,
    nodes.figure, nodes.caption, nodes.legend, nodes.table, nodes.term, nodes.footnote, nodes.topic, nodes.image,
)  # fmt: skip


def _is_text(node: nodes.Node, foreign: str) -> bool:
    """Tell whether a node is ordinary text in its page's language; `foreign` is the class of what is not."""
    if not isinstance(node, nodes.Text):
        return False
    inside = False
    above = node.parent
    while above is not None:
        if isinstance(above, _OUTSIDE) or foreign in above.get("classes", []):
            return False
        inside = inside or isinstance(above, nodes.paragraph)
        above = above.parent
    return inside


class LinkTerms(SphinxPostTransform):
    """Make the first mention of each term in a page's text a link to its definition."""

    # After references are resolved: their text is then inside a link.
    default_priority = 400

    def run(self, **kwargs: Any) -> None:
        """Change the page's text, unless it is the glossary or the builder writes no pages of its own."""
        docname = self.env.docname
        if docname == PAGE or PAGE not in self.env.found_docs:
            return
        if self.app.builder.name != "html":
            return
        address = self.app.builder.get_relative_uri(docname, PAGE)
        french = docname.endswith(SUFFIX)
        left = frozenset(term.id for term in _known(french) if term.forms)
        foreign = "language-en" if french else "language-fr"
        for node in list(self.document.findall(lambda node: _is_text(node, foreign))):
            text = node.astext()
            pieces: list[nodes.Node] = []
            at = 0
            for start, end, name in mentions(text, left, french=french):
                link = mali_term("", text[start:end], refuri=f"{address}#term-{name}", term=name, french=french)
                pieces += [nodes.Text(text[at:start]), link]
                at = end
                left -= {name}
            if pieces:
                node.parent.replace(node, [piece for piece in [*pieces, nodes.Text(text[at:])] if piece.astext()])


def visit_term_html(self: Any, node: mali_term) -> None:
    """Open the link of a term, which its definition describes."""
    name = node["term"]
    # The definition is in the page's language, the glossary's own page in English.
    self.body.append(piece("term", node["refuri"], name, "en" if node["french"] else ""))


def depart_term_html(self: Any, node: mali_term) -> None:
    """Close it."""
    self.body.append(piece("end", "a"))


def tips_html(doctree: nodes.document) -> str:
    """Return the definitions of the terms that a page mentions, hidden until a script shows them."""
    met = [
        (next(term for term in _known(node["french"]) if term.id == node["term"]), node["french"])
        for node in doctree.findall(mali_term)
    ]
    return piece("tips", met)


class GlossaryDirective(SphinxDirective):
    """List every term with its definition and what the book counts under it."""

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        groups = {group.id: group for group in d.GROUPS}
        listed = nodes.definition_list(classes=["mali-glossary"])
        for term in terms():
            texts = [term.text]
            if term.group:
                texts.append(f"Counted here: {groups[term.group].note}")
            told = [nodes.paragraph("", text) for text in texts]
            if term.more:
                told.append(nodes.paragraph("", "", nodes.reference("", "How it is reckoned", refuri=term.more)))
            listed += nodes.definition_list_item(
                "", nodes.term("", term.name, ids=[f"term-{term.id}"]), nodes.definition("", *told)
            )
        return [listed]


def setup(app: Sphinx) -> None:
    """Register the directive, the links and their look."""
    app.add_directive("mali-glossary", GlossaryDirective)
    app.add_post_transform(LinkTerms)
    app.add_node(mali_term, html=(visit_term_html, depart_term_html))

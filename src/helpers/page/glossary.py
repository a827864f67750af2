"""The words a reader may not know: a page that lists them, and definitions where each first stands in a page.

The directive ``{mali-glossary}`` writes the page; a post-transform turns the first mention of each term in the ordinary
text of any other page into a link to it. ``mali-page.js`` shows the definition at the word on hover, focus and touch;
without scripts the link remains. Definitions at the word say nothing that became known after the term itself did,
since pages of early editions show them too; what the book counts under a group stands on the glossary's page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from helpers import definitions as d
from helpers import prose as p
from helpers.audit import claims, rule
from helpers.french import spaced
from helpers.page import glossary_fr
from helpers.page.twins import SUFFIX
from helpers.windows import month, month_name

PAGE = "chapters/method/glossary"


@dataclass(frozen=True)
class Term:
    """A term of the glossary.

    Parameters
    ----------
    id : str
        Slug; the entry's anchor is ``term-<id>``.
    name : str
        Heading of the entry.
    text : str
        Definition in one or two sentences.
    forms : str
        Regular expression of the forms in which pages mention the term; empty where only the glossary has it.
    group : str
        Id of `definitions.GROUPS` whose note says what the book counts under it; empty where there is none.
    """

    id: str
    name: str
    text: str
    forms: str = ""
    group: str = ""


def _regions(zone: str) -> str:
    return p.listing(p.region_name(region) for region in d.ZONES[zone])


@cache
def terms() -> tuple[Term, ...]:
    """Return the terms in the order of the page, by name."""
    edges = f"{min(d.FOOTPRINT_CELLS):g} to {max(d.FOOTPRINT_CELLS):g} degrees"
    found = [
        Term(
            "acled",
            "ACLED",
            "Armed Conflict Location and Event Data: a project that records political violence one event at a time, "
            "with type, sides, place, day and an estimate of deaths, from news, local sources and partners.",
            r"ACLED",
        ),
        Term(
            "ucdp",
            "UCDP",
            "Uppsala Conflict Data Program: counts deaths in organised violence and gives each count a low, a best and "
            "a high estimate. It takes in only groups and events that meet its stricter rules.",
            r"UCDP",
        ),
        Term(
            "hdx",
            "HDX",
            "Humanitarian Data Exchange: the data site of the UN's office for humanitarian affairs, where ACLED "
            "publishes monthly totals of political violence.",
            r"HDX|Humanitarian Data Exchange",
        ),
        Term(
            "jnim",
            "JNIM",
            "Jama'at Nusrat al-Islam wal-Muslimin, the Group for the Support of Islam and Muslims: a coalition of "
            "militant Islamist groups formed in March 2017 and bound to Al Qaeda.",
            r"JNIM",
            "jnim",
        ),
        Term(
            "katiba-macina",
            "Katiba Macina (FLM)",
            "The Macina Liberation Front, in French Front de libération du Macina: the part of JNIM that fights in the "
            "centre and the south of Mali.",
            r"Katiba Macina|FLM|Macina Liberation Front|Front de libération du Macina",
            "flm",
        ),
        Term(
            "islamic-state",
            "Islamic State in the Sahel (ISGS)",
            "The Sahelian branch of the Islamic State, first known as Islamic State in the Greater Sahara; a rival of "
            "JNIM, with its ground in Ménaka and Gao.",
            r"ISGS|Islamic State Sahel(?: Province)?|Islamic State in the (?:Greater )?Sahara|Islamic State",
            "is-sahel",
        ),
        Term(
            "militant-islamist",
            "Militant Islamist event",
            "A violent event with a militant Islamist group on either side, whoever attacked.",
            r"[Mm]ilitant Islamist events?",
        ),
        Term(
            "violent-event",
            "Violent event",
            f"An event of one of three types that ACLED tells apart: {p.listing(x.lower() for x in d.VIOLENT)}.",
            r"[Vv]iolent events?",
        ),
        Term(
            "vac",
            "Violence against civilians (VAC)",
            "ACLED's type of event in which an armed group attacks people who do not fight. Bombs and shelling that "
            "hit civilians are of another type.",
            r"[Vv]iolence against civilians|VAC",
        ),
        Term(
            "minusma",
            "MINUSMA",
            "United Nations Multidimensional Integrated Stabilization Mission in Mali, at work from July 2013.",
            r"MINUSMA",
            "un",
        ),
        Term(
            "wagner",
            "Wagner",
            f"Russian private military company, in Mali beside the army from {month_name(month(d.WAGNER_ARRIVAL))}. The book "
            "counts it narrowly, where it is a named actor, and widely, where a record names it anywhere.",
            r"Wagner",
            "wagner",
        ),
        Term(
            "barkhane",
            "Barkhane and Takuba",
            "France's military operation in the Sahel from August 2014, and the task force of European special forces "
            "beside it.",
            r"Barkhane|Takuba",
            "france-partners",
        ),
        Term(
            "separatists",
            "Separatist groups",
            "Armed movements for the independence or autonomy of Azawad, the name they give to the north of Mali.",
            r"[Ss]eparatist groups?|[Ss]eparatists|Azawad",
            "separatist",
        ),
        Term(
            "platform",
            "Pro-government northern groups",
            "Armed groups of the north that sided with the state against the separatists.",
            r"GATIA|MSA",
            "platform",
        ),
        Term(
            "militias",
            "Self-defence militias",
            "Armed men of a village, community or hunters' society, who fight militants, and each other, without being "
            "part of the state's forces.",
            r"[Ss]elf-defen[cs]e (?:militias?|groups?)|Dan Na Ambassagou|Dozos?",
            "militia",
        ),
        Term(
            "unidentified",
            "Unidentified armed groups",
            "Armed groups that the source could not name. The book leaves them out of militant Islamist counts and "
            "shows what adding them would change.",
            r"[Uu]nidentified (?:armed )?groups?",
        ),
        Term(
            "junta",
            "Junta",
            f"The military that took power in {month_name(month(d.COUP_2020))} and again, from its own transitional "
            f"government, in {month_name(month(d.COUP_2021))}.",
            r"[Jj]unta",
        ),
        Term(
            "cercle",
            "Cercle",
            "The unit below a region in Mali's administration, as a district elsewhere.",
            r"[Cc]ercles?",
        ),
        Term(
            "northern-mali",
            "Northern Mali",
            f"The regions {_regions('north')}, as both reports group them.",
            r"[Nn]orthern Mali",
        ),
        Term(
            "central-mali",
            "Central Mali",
            f"The regions {_regions('centre')}, as both reports group them.",
            r"[Cc]entral Mali",
        ),
        Term(
            "southern-mali",
            "Southern Mali",
            f"The regions {_regions('south')}, as both reports group them.",
            r"[Ss]outhern Mali",
        ),
        Term(
            "around-bamako",
            "Around Bamako",
            f"Within {d.BAMAKO_RADIUS_KM} kilometres of Bamako in a straight line over the ground, as both reports "
            "draw it.",
            rf"[Aa]round Bamako|[Ww]ithin {d.BAMAKO_RADIUS_KM} (?:km|kilometres) of Bamako",
        ),
        Term(
            "half-year",
            "Half-year",
            "January to June, or July to December.",
            r"[Hh]alf-years?",
        ),
        Term(
            "footprint",
            "Footprint",
            "The ground that events touch, as an area: the cells of a grid that hold at least one event, or discs "
            f"around the places of events. The book gives it for cells of {edges} and for several radii.",
            r"[Ff]ootprint",
        ),
        Term(
            "pace",
            "Pace of a year",
            "What a year would bring if it went on as it began: the count so far, times 12, divided by the months "
            "elapsed.",
            r"[Aa]nnual pace|[Yy]early pace|[Pp]ace of (?:the|a) year|annuali[sz]ed",
        ),
        Term(
            "interval",
            "Interval",
            "The range of values that chance makes plausible at 95 percent. That of a ratio or a change also allows for "
            "attacks that come in bouts. It knows nothing of gaps in reporting or of later revisions.",
            r"(?:95 percent )?[Ii]ntervals?",
        ),
        Term(
            "proxy",
            "Proxy",
            "Something countable that stands in for what cannot be counted. For Katiba Macina: all events of JNIM in "
            "the centre and the south.",
            r"[Pp]roxy",
        ),
        Term(
            "fatalities",
            "Deaths, fatalities",
            "Deaths as the source estimates them, often from a party to the fighting; fighters, soldiers and civilians "
            "together unless the text says otherwise.",
            r"[Ff]atalit(?:y|ies)",
        ),
        Term(
            "dyad",
            "Dyad",
            "A pair of sides that fight each other, in the words of UCDP.",
            r"[Dd]yads?",
        ),
        Term(
            "vintage",
            "Vintage",
            "The data as they stood on one day. Later exports add, move and drop events of the same months.",
            r"[Vv]intages?",
        ),
        Term(
            "edition",
            "Edition",
            "The book as of one month: every chapter computed with what was known by then, except under What "
            "happened next.",
            r"editions?",
        ),
        Term(
            "reports",
            "R22 and R23",
            "The two reports that the book holds against the data: "
            f"{'; '.join(f'{name}, {text}' for name, text in claims.REPORTS.items())}.",
            "|".join(claims.REPORTS),
        ),
        Term("claim", "Claim", "A statement of one of the two reports that can be checked, with its verdict."),
        Term(
            "projection",
            "Projection",
            "A statement of a report about months that had not happened yet. Later months settle it.",
            r"[Pp]rojections?",
        ),
        *(
            Term(f"verdict-{name.replace(' ', '-')}", f"Verdict: {rule.FACES[name][0].lower()}", text)
            for name, text in claims.VERDICTS.items()
        ),
    ]
    return tuple(sorted(found, key=lambda term: term.name.casefold()))


@cache
def french_terms() -> tuple[Term, ...]:
    """Return the terms that French pages mention, in French, in the order of the glossary."""
    told = {id: (name, spaced(text), forms) for id, (name, text, forms) in glossary_fr.words().items()}
    return tuple(Term(term.id, *told[term.id]) for term in terms() if term.id in told)


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
    """Return the first mention of each term in a text.

    Parameters
    ----------
    text : str
        Text without markup.
    left : frozenset of str
        Ids of the terms to look for.
    french : bool
        Whether the text is in French.

    Yields
    ------
    tuple of int, int, str
        Start and end of the mention, and the term's id, in the order of the text.

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
    leads = ' hreflang="en"' if node["french"] else ""
    self.body.append(
        f'<a class="mali-term" href="{escape(node["refuri"])}"{leads} data-term="tip-{name}" '
        f'aria-describedby="tip-{name}">'
    )


def depart_term_html(self: Any, node: mali_term) -> None:
    """Close it."""
    self.body.append("</a>")


def tips_html(doctree: nodes.document) -> str:
    """Return the definitions of the terms that a page mentions, hidden until a script shows them."""
    met = [
        next(term for term in _known(node["french"]) if term.id == node["term"]) for node in doctree.findall(mali_term)
    ]
    return "".join(
        f'<div class="mali-tip" id="tip-{term.id}" role="tooltip" hidden><strong>{escape(term.name)}</strong> '
        f"{escape(term.text, quote=False)}</div>\n"
        for term in met
    )


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
            listed += nodes.definition_list_item(
                "",
                nodes.term("", term.name, ids=[f"term-{term.id}"]),
                nodes.definition("", *[nodes.paragraph("", text) for text in texts]),
            )
        return [listed]


def setup(app: Sphinx) -> None:
    """Register the directive, the links and their look."""
    app.add_directive("mali-glossary", GlossaryDirective)
    app.add_post_transform(LinkTerms)
    app.add_node(mali_term, html=(visit_term_html, depart_term_html))

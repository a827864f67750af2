"""What a page says to programs (schema.org, as JSON-LD): a `Dataset` for each figure, a `ClaimReview` for each verdict.

It stands in the head of a page as a script element of type `application/ld+json`: data, which no browser runs, so that
the page's policy needs nothing for it. Statements and verdicts are read from the boxes of the page itself, so that what a
program is told is what a reader sees. A statement that nobody judged (an assessment, a projection that is still open) has
no review, and no verdict is turned into a number: `alternateName` carries its word.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag
from docutils import nodes

from helpers import __version__
from helpers.audit import rule
from helpers.audit.published import REPORTS, TITLES, claim
from helpers.editions import listed
from helpers.markup import piece
from helpers.page import addresses

UNJUDGED = tuple(word for name in ("evidence", "open", "") for word in rule.FACES[name])
"""Words on a box that are no verdict."""
FORMATS = {
    "svg": "image/svg+xml",
    "csv": "text/csv",
    "json": "application/json",
    "vl.json": "application/vnd.vegalite.v5+json",
}
"""Media type of each file of a figure, by the end of its name."""


_AUTHOR, _COUNTRY, _BOOK = ({"@id": f"#{name}"} for name in ("author", "country", "book"))
"""What all figures and verdicts of a page name; it stands once in its graph (`shared`)."""


def shared(config: Any) -> list[dict[str, Any]]:
    """Return what the figures and verdicts of a page have in common, by the names under which they refer to it."""
    told = (("Organization", str(config.author)), ("Country", "Mali"), ("Book", str(config.html_title)))
    made = [
        {"@type": kind, **one, "name": name} for one, (kind, name) in zip((_AUTHOR, _COUNTRY, _BOOK), told, strict=True)
    ]
    made[2]["bookEdition"] = str(config.mali_edition)
    return [*made, *map(report, REPORTS)]


def dataset(words: dict[str, Any], config: Any, page: str, anchor: str, language: str) -> dict[str, Any]:
    """Return a figure as a schema.org `Dataset`, from its `usermeta["mali"]` in the language of the page."""
    where = addresses.address(config, page, anchor)
    # Relative addresses are seen from the page, as those of its links.
    base = str(config.html_baseurl or "").rstrip("/")
    folder = f"{base}/" if base else "../" * page.count("/")
    return {
        "@type": "Dataset",
        "@id": where,
        "url": where,
        "identifier": words["id"],
        "name": words["title"],
        "description": words["subtitle"],
        "inLanguage": language,
        "creator": _AUTHOR,
        "version": __version__,
        "creditText": words["source"],
        "license": [{"@type": "CreativeWork", "name": terms} for terms in addresses.licence(words["source"])],
        "isAccessibleForFree": True,
        "spatialCoverage": _COUNTRY,
        "variableMeasured": words["table"]["columns"],
        "isPartOf": _BOOK,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": f"{folder}{addresses.FOLDER}/{words['id']}.{end}",
            }
            for end, kind in FORMATS.items()
        ],
    }


def report(name: str) -> dict[str, Any]:
    """Return a published report, by its title, publisher and day; we know no address that is certain to last."""
    publisher = {"@type": "Organization", "@id": f"#publisher-{name}", "name": REPORTS[name].rsplit(",", 1)[0]}
    day = next(edition.published for edition in listed() if edition.report == name)
    return {
        "@type": "Report", "@id": f"#report-{name}", "name": TITLES[name], "publisher": publisher, "datePublished": day
    }  # fmt: skip


def claim_review(box: Tag, config: Any, page: str, language: str) -> dict[str, Any] | None:
    """Return the verdict in a box (`page.claimbox`) as a schema.org `ClaimReview`; nothing where it is none."""
    said, verdict = (box.select_one(f".mali-claim__{part}") for part in ("statement", "verdict"))
    word = verdict.get_text(strip=True) if verdict else ""
    if said is None or word in UNJUDGED:
        return None
    anchor = str(box["id"])
    made = report(claim(anchor.removeprefix("claim-").removesuffix("-outcome").upper()).report)
    where = addresses.address(config, page, anchor)
    return {
        "@type": "ClaimReview",
        "@id": where,
        "url": where,
        "claimReviewed": said.get_text(strip=True),
        "inLanguage": language,
        "author": _AUTHOR,
        "reviewRating": {"@type": "Rating", "alternateName": word},
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@id": made["publisher"]["@id"]},
            "datePublished": made["datePublished"],
            "appearance": {"@id": made["@id"]},
        },
    }


def _boxes(doctree: nodes.document) -> Iterator[Tag]:
    for raw in doctree.findall(nodes.raw):
        if "mali-claim__verdict" in raw.astext():
            yield from BeautifulSoup(raw.astext(), "html.parser").select("details.mali-claim[id]")


def _named(found: list[dict[str, Any]], nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the nodes to which others refer."""
    text = json.dumps(found)
    return [node for node in nodes if json.dumps({"@id": node["@id"]}) in text]


def script(doctree: nodes.document, figure: type[nodes.Element], config: Any, page: str, language: str) -> str:
    """Return the element for a page's head; empty where the page has neither figure (nodes of a class) nor verdict."""
    found: list[dict[str, Any]] = []
    for node in doctree.findall(figure):
        words = json.loads(node["spec"])["usermeta"]["mali"]
        # A figure without French stands on a French page as it is.
        found.append(dataset(words, config, page, node["ids"][0], "en" if node["lang"] == "en" else language))
    found += [made for box in _boxes(doctree) if (made := claim_review(box, config, page, language))]
    if not found:
        return ""
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": [*found, *_named(found, shared(config))]},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    # Inside a script element only "</" and "<!--" could end or change it.
    text = text.replace("<", "\\u003c")
    return f"\n{piece('data', 'ld+json', text)}"

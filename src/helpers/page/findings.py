"""What the search page knows of figures: their titles, which are the book's findings, in a file that works offline.

Sphinx's own search returns pages. ``mali-search.js`` puts the figures that match above them, from a script file,
because a page opened from a folder may not fetch anything.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from helpers.borrowed import sphinx
from helpers.page import glossary
from helpers.page.twins import SUFFIX

FILE = "mali-findings.js"


def findings(env: Any, figure: type[nodes.Element]) -> list[dict[str, str]]:
    """Return every figure of the book, and every term of the glossary, in the order of its pages.

    `href` is from the root of the edition, `kind` is `Figure 5` or `Term`, `page` its page's title; `fr` is the title
    in French, where there is one, `hrefFr` stands where it has a page of its own. `more` is searched but not shown,
    `text` shown but not searched.
    """
    found = []
    # A figure with two pages is one finding, with an address for each language.
    for page in [page for page in sphinx.pages(env) if not page.endswith(SUFFIX)]:
        numbers = sphinx.figure_numbers(env, page)
        for node in env.get_doctree(page).findall(figure):
            words = json.loads(node["spec"])["usermeta"]["mali"]
            anchor = node["ids"][0]
            number = ".".join(str(n) for n in numbers.get(anchor, ()))
            found.append(
                {
                    "href": f"{page}.html#{anchor}",
                    "kind": f"Figure {number}".strip(),
                    "title": words["title"],
                    "page": env.titles[page].astext(),
                    "more": words["subtitle"],
                    **({"fr": words["fr"]["title"]} if "fr" in words else {}),
                    **({"hrefFr": f"{page}{SUFFIX}.html#{anchor}"} if page + SUFFIX in env.found_docs else {}),
                }
            )
    if glossary.PAGE in env.found_docs:
        found += [
            {
                "href": f"{glossary.PAGE}.html#term-{term.id}",
                "kind": "Term",
                "title": term.name,
                "page": env.titles[glossary.PAGE].astext(),
                "text": term.text,
            }
            for term in glossary.terms()
        ]
    return found


def write(app: Sphinx, figure: type[nodes.Element]) -> None:
    """Write the file beside the other static files of a built book."""
    content = json.dumps(findings(app.env, figure), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    target = Path(app.outdir) / "_static" / FILE
    target.write_text(f"globalThis.maliFindings={content};\n", encoding="utf-8")

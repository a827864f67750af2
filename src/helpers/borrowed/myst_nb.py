"""From MyST-NB: the words at the button that shows code, the class of outputs, and what its renderer lets a plugin see.

Plugins for MIME types are promised (`myst_nb.mime_renderers`); how one asks for Sphinx's environment, the document and the
rendering of another type is not. A button's accessible name must begin with what it shows, so the one that MyST-NB gives it
goes. The words of the button come from ``_config.yml``; where they stand in the HTML is MyST-NB's. Since 1.0.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from docutils import nodes

from bookbuild.borrowed import Loan

LOAN = Loan("myst-nb", "1.4.0", ("helpers.borrowed.sphinx", "helpers.page.book", "helpers.page.french_pages"))
NAMED = '<summary aria-label="Toggle hidden content">'
PROMPT = "admonition-title"
"""Class of the element that holds the words at hidden code."""
OUTPUT = "cell_output"
"""Class of the node that holds the outputs of a cell."""


def unnamed(body: str) -> str:
    """Return a page's HTML with buttons that are called what they show."""
    return body.replace(NAMED, "<summary>")


def prompted(body: str, words: str, attributes: str, shown: str) -> str:
    """Return a page's HTML with other words at hidden code.

    Parameters
    ----------
    body : str
        HTML.
    words : str
        As MyST-NB wrote them.
    attributes : str
        Attributes to add to their element, with a space before each.
    shown : str
        Words to show.
    """
    return body.replace(f'{PROMPT}">{words}<', f'{PROMPT}"{attributes}>{shown}<')


def environment(renderer: Any) -> Any:
    """Return Sphinx's environment from the renderer that a plugin is given."""
    return renderer.renderer.sphinx_env


def document(renderer: Any) -> nodes.document:
    """Return the document that is being read."""
    return renderer.renderer.document


def rendered(renderer: Any, data: Any, kind: str, content: Any) -> list[nodes.Element]:
    """Return the nodes of an output as if it were of another MIME type.

    `renderer`, `data`: as a plugin is given them. `kind`: MIME type. `content`: of that type.
    """
    return renderer.render_mime_type(replace(data, mime_type=kind, content=content))


def shown(metadata: dict[str, Any]) -> dict[str, Any]:
    """Return what is noted of a page without how many words it has, and the lines of its headings."""
    kept = {name: value for name, value in metadata.items() if name != "wordcount"}
    if "myst_slugs" in kept:
        kept["myst_slugs"] = {slug: found[1:] for slug, found in kept["myst_slugs"].items()}
    return kept

"""From sphinx-thebe: the scripts that it appends to every page, which the book takes out again.

jupyter-book 1 always loads the extension; without a `launch_buttons` setting it still writes its configuration and loads a
script from another host. Goes with jupyter-book.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes

from bookbuild.borrowed import Loan

LOAN = Loan("sphinx-thebe", "0.3.1", ("helpers.builds.light", "helpers.page.book"))
FILES = "sphinx-thebe"
"""What the names of its files begin with: no page loads any."""


def appended(text: str) -> bool:
    """Tell whether a piece of raw HTML at the end of a page is one that sphinx-thebe appends."""
    return "thebe" in text or text.startswith("<script>kernelName")


def drop(app: Any, doctree: nodes.document, docname: str) -> None:
    """Take them out of a page (Sphinx's `doctree-resolved`)."""
    for node in [n for n in doctree.children if isinstance(n, nodes.raw)]:
        if appended(node.astext()):
            doctree.remove(node)


def is_script(name: str, body: str) -> bool:
    """Tell whether a page's script, by its address and its code, is one of Thebe's."""
    return "thebe" in f"{name} {body}".lower()

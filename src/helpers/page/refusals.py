"""What no page of the book may do: run a template, or take a file, an address or markup from a role or directive.

The pages use none of these. Were a text from a file ever to reach a page as Markdown (`helpers.inert` is there to prevent
it), it could otherwise copy files of the machine into the site. A page that uses one is a warning, and warnings end a
build.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)

ROLES = ("download", "raw", "eval", "eval:inline")
DIRECTIVES = (
    "include", "literalinclude", "raw", "eval-rst", "csv-table", "image", "figure", "figure-md", "substitution", "jinja",
    "graphviz", "code-cell", "eval", "eval:figure", "glue:figure", "iframe", "video",
)  # fmt: skip


def _refused(kind: str, name: str) -> str:
    return f"{kind} {name!r}: pages of this book take nothing from files, addresses or templates"


def _role(
    name: str, rawtext: str, text: str, lineno: int, inliner: Any, options: Any = None, content: Any = None
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    LOGGER.warning(_refused("role", name))
    return [nodes.Text(text)], []


class _Refused(Directive):
    has_content = True
    optional_arguments = 100
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        LOGGER.warning(_refused("directive", self.name))
        return [nodes.paragraph("", "\n".join(self.content))]


def _install(app: Sphinx, *_: object) -> None:
    for name in ROLES:
        app.add_role(name, _role, override=True)
    for name in DIRECTIVES:
        app.add_directive(name, _Refused, override=True)


def setup(app: Sphinx) -> None:
    """Register the refusals once all other extensions have theirs (`helpers.page.book` calls it)."""
    app.connect("builder-inited", _install, priority=900)

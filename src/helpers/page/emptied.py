"""A heading under which an edition has nothing to show is left out of its page, and of the page's contents."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from helpers.page import bilingual


class EmptySections(SphinxTransform):
    """Leave out a section whose cells show nothing, or only why the edition has nothing (`Chapter.show`)."""

    # Before the event (880) at which Sphinx collects the contents of the page.
    default_priority = 870

    def apply(self, **kwargs: Any) -> None:
        """Remove them."""
        drop(self.document)


def drop(document: nodes.document) -> None:
    """Remove the empty sections of a page, the innermost first."""
    for section in reversed(list(document.findall(nodes.section))):
        if empty(section):
            section.parent.remove(section)


def empty(section: nodes.section) -> bool:
    """Tell whether a section below the page's own has cells and none of them shows more than reasons."""
    if not isinstance(section.parent, nodes.section):
        return False
    below = [node for node in section.findall(nodes.Element) if node is not section]
    cells = [node for node in below if node.get("nb_element") == "cell_code"]
    outputs = [node for node in below if node.get("nb_element") == "cell_code_output"]
    if any(isinstance(node, nodes.section) for node in below):
        return False
    return bool(cells) and all(_is_reason(part) for output in outputs for part in output.children)


def _is_reason(output: nodes.Element) -> bool:
    """Tell whether an output is nothing but sentences in emphasis, in both languages."""
    told = [node for node in output.findall(nodes.container) if node.get("mime_type") == bilingual.MIME]
    texts = [text for part in told for text in part.findall(nodes.TextElement) if text.parent is not None]
    paragraphs = [text for text in texts if isinstance(text, nodes.paragraph)]
    plain = all(isinstance(text, nodes.paragraph | nodes.emphasis) for text in texts)
    return bool(paragraphs) and plain and all(
        len(one.children) == 1 and isinstance(one.children[0], nodes.emphasis) for one in paragraphs
    )  # fmt: skip


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(EmptySections)

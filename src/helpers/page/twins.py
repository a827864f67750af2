"""French pages: the twin of a chapter whose Markdown cells carry their French.

A Markdown cell's French stands in its metadata, beside the hash of the English that it translates::

    {"fr": {"text": "## Et depuis ?", "of": "0f3c…"}}

A chapter whose first text, its name, has French gets a page of its own, ``<page>.fr.html``, made from a second notebook with the
French in its cells; `helpers.page.book` shows the French of its outputs. A cell whose French is missing, or is that of
another English, is shown in English there, marked as English, so that the page says nothing that the English does not.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from helpers.markup import piece

SUFFIX = ".fr"
"""What the name of a French page ends with."""
FOR_NOW = {
    "missing": "Passage en anglais\u202f: il n’a pas encore de version française.",
    "stale": "Passage en anglais\u202f: il a changé depuis sa version française.",
}
"""What stands above a passage that a French page shows in English."""

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$")
# As `helpers.french.spaced`, but Markdown's own colons (tables, fences) stay.
_SPACE = re.compile(r"(?<=«) |(?<=\S) (?=[;?!%»])|(?<=\S) (?=:(?:\s|$))|(?<=\d) (?=km\b|km²)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def spaced(markdown: str) -> str:
    """Return French Markdown with its narrow spaces (`helpers.french.spaced`)."""
    return _SPACE.sub("\u202f", markdown)


def digest(english: str) -> str:
    """Return the hash by which a cell's French knows its English."""
    return hashlib.sha256(english.encode()).hexdigest()[:12]


def fault(cell: Mapping[str, Any]) -> str:
    """Return what is wrong with the French of a Markdown cell: `missing`, `stale`, or nothing.

    `cell`: a cell of a notebook.

    Examples
    --------
    >>> fault({"cell_type": "markdown", "source": "One.", "metadata": {}})
    'missing'
    >>> fault({"cell_type": "markdown", "source": "Two.", "metadata": {"fr": {"text": "Un.", "of": digest("One.")}}})
    'stale'
    """
    english = _text(cell)
    if cell["cell_type"] != "markdown" or not _COMMENT.sub("", english).strip():
        return ""
    french = cell["metadata"].get("fr") or {}
    if not str(french.get("text", "")).strip():
        return "missing"
    return "" if french.get("of") == digest(english) else "stale"


def has_french(notebook: Mapping[str, Any]) -> bool:
    """Tell whether a notebook is to have a French page: its first Markdown cell, which names it, carries French."""
    texts = (cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    return "fr" in next(texts, {"metadata": {}})["metadata"]


def twin(content: bytes) -> bytes | None:
    """Return a notebook with the French of its Markdown cells in place, or None where it has none.

    `content`: an executed notebook as JSON. Its outputs are kept: the page chooses the language of each.
    """
    notebook = json.loads(content)
    if not has_french(notebook):
        return None
    for cell in notebook["cells"]:
        if cell["cell_type"] != "markdown":
            continue
        english, wrong = _text(cell), fault(cell)
        french = cell["metadata"].pop("fr", {})
        told = spaced(french.get("text", english))
        cell["source"] = _english(english, FOR_NOW[wrong]) if wrong else told
    # The contents name the English page; the French one is reached from it.
    notebook["metadata"]["orphan"] = True
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _text(cell: Mapping[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _english(text: str, note: str) -> str:
    """Return English Markdown marked as such, headings as headings, with a note in French below the first of them."""
    parts: list[str] = []
    body: list[str] = []
    for line in [*_COMMENT.sub("", text).strip().splitlines(), ""]:
        heading = _HEADING.match(line)
        if heading:
            parts += [*_marked(body), f"{heading[1]} [{heading[2]}]{{.language-en}}"]
            body = []
        else:
            body.append(line)
    parts += _marked(body)
    parts.insert(1 if parts and parts[0].startswith("#") else 0, f"*{note}*")
    return "\n\n".join(parts)


def _marked(lines: list[str]) -> list[str]:
    body = "\n".join(lines).strip()
    return [f"::::::{{container}} language-en\n{body}\n::::::"] if body else []


def english_page(docname: str) -> str:
    """Return the name of the English page of a page, without suffix."""
    return docname.removesuffix(SUFFIX)


@dataclass(frozen=True)
class Tongue:
    """The language of a page."""

    name: str = ""
    """``"en"`` or ``"fr"`` where the page has a twin in the other language; empty where it is in English and a switch
    changes what it has in French."""

    def says(self, english: str, french: str) -> str:
        """Return the words that the page shows."""
        return french if self.name == "fr" else english

    def fr(self, text: str | None) -> Markup:
        """Return the attribute from which the switch takes the French of an element."""
        return self._attribute("fr", text) if text else Markup()

    def fr_label(self, text: str) -> Markup:
        """Return the attribute from which the switch takes the French of an element's label."""
        return self._attribute("fr_label", text)

    def _attribute(self, name: str, text: str) -> Markup:
        return Markup() if self.name else Markup(piece(name, text))


def tongue(env: Any, docname: str) -> Tongue:
    """Return the language of a page of a book.

    `env`: Sphinx's environment. `docname`: name of the page.
    """
    if docname.endswith(SUFFIX):
        return Tongue("fr")
    return Tongue("en" if f"{docname}{SUFFIX}" in env.found_docs else "")

"""A register on a page: entries with a name, a state, a few lines, and links to the pages that they touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from helpers.errors import DataError
from helpers.markup import PAGES


@dataclass(frozen=True)
class Entry:
    """One entry."""

    id: str
    """Anchor on the page."""
    title: str
    text: str
    """What is the matter, and what that means."""
    state: str
    """One or two words, shown beside the title."""
    facts: Sequence[str] = ()
    """What stands in small print below."""
    links: Sequence[tuple[str, str]] = ()
    """Names of pages and their addresses."""


@dataclass(frozen=True)
class Register:
    """A list of entries, the same in JupyterLab and in the book."""

    name: str
    """What the list holds, for those who hear the page."""
    entries: Sequence[Entry]
    """At least one."""

    def __post_init__(self) -> None:
        if not self.entries:
            raise DataError(f"The register {self.name!r} needs at least one entry.")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        plain = "\n".join(f"{one.title} ({one.state}) {one.text}" for one in self.entries)
        return {
            "text/html": PAGES.render("register.html", name=self.name, entries=self.entries),
            "text/plain": f"{self.name}\n{plain}",
        }

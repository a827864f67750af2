"""Cards and background boxes: a name, a few sentences, dated facts and sources, in two languages.

What a card says may depend on the edition: each sentence names the entry of the chronology from which on, or up to
which, it holds. Text that comes from a table is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from helpers import palette
from helpers.markup import PAGES
from helpers.page.frame import told, two_languages
from helpers.words.both import Both


@dataclass(frozen=True)
class Source:
    """A page that was read: its name as readers see it, and its address."""

    name: str
    url: str


@dataclass(frozen=True, eq=False)
class Card:
    """One card."""

    id: str
    """Slug: the anchor is `group-<id>`."""
    title: Both
    text: Both
    """Heading and plain text."""
    counts: Both | None = None
    """A computed line."""
    rows: pd.DataFrame | None = None
    """Dated facts, rows of the `chronology` table."""
    sources: Sequence[Source] = ()
    """What the text rests on."""
    colour: str = ""
    """Palette name of the mark beside the heading; none where empty."""

    def facts(self) -> list[dict[str, Any]]:
        """Return its dated facts, newest first."""
        return [] if self.rows is None else told(self.rows.sort_values("date", ascending=False, kind="stable"))


@dataclass(frozen=True, eq=False)
class Cards:
    """Cards one after another."""

    cards: Sequence[Card] = field(default_factory=tuple)
    level: int = 3
    """Level of their headings."""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        en, fr = (
            PAGES.render("cards.html", cards=self.cards, level=self.level, lang=language, colour=palette.colour)
            for language in ("en", "fr")
        )
        plain = [
            f"{card.title.en}: {card.text.en}" + (f" {card.counts.en}" if card.counts else "") for card in self.cards
        ]
        return two_languages(en, fr, "\n".join(plain))

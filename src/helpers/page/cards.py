"""Cards and background boxes: a name, a few sentences, dated facts and sources, in two languages.

What a card says may depend on the edition: each sentence names the entry of the chronology from which on, or up to
which, it holds. Text that comes from a table is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd

from helpers import palette
from helpers.page.frame import Facts, two_languages
from helpers.words.both import Both


@dataclass(frozen=True)
class Source:
    """A page that was read: its name as readers see it, and its address."""

    name: str
    url: str


@dataclass(frozen=True, eq=False)
class Card:
    """One card.

    Attributes
    ----------
    id : str
        Slug: the anchor is `group-<id>`.
    title, text : Both
        Heading and plain text.
    counts : Both or None
        A computed line.
    rows : DataFrame or None
        Dated facts, rows of the `chronology` table.
    sources : sequence of Source
        What the text rests on.
    colour : str
        Palette name of the mark beside the heading; none where empty.
    """

    id: str
    title: Both
    text: Both
    counts: Both | None = None
    rows: pd.DataFrame | None = None
    sources: Sequence[Source] = ()
    colour: str = ""

    def _html(self, language: str, level: int) -> str:
        def of(text: Both) -> str:
            return escape(getattr(text, language), quote=False)

        # One anchor a card: the English half carries it, the French half repeats the words only.
        anchor = f' id="group-{self.id}"' if language == "en" else ""
        mark = (
            f'<span class="mali-card__mark" style="background:{palette.colour(self.colour)}"></span>'
            if self.colour
            else ""
        )
        parts = [
            f'<section class="mali-card"{anchor}>',
            f'<p class="mali-card__title" role="heading" aria-level="{level}">{mark}{of(self.title)}</p>',
            f"<p>{of(self.text)}</p>",
        ]
        if self.counts is not None:
            parts.append(f'<p class="mali-card__counts">{of(self.counts)}</p>')
        if self.rows is not None and len(self.rows):
            rows = self.rows.sort_values("date", ascending=False, kind="stable").itertuples()
            items = "\n".join(Facts(self.rows, self.title).item(row, language) for row in rows)
            parts.append(f'<ul class="mali-facts">\n{items}\n</ul>')
        if self.sources:
            links = ", ".join(
                f'<a href="{escape(one.url)}" rel="noopener">{escape(one.name)}</a>' for one in self.sources
            )
            word = {"en": "Sources", "fr": "Sources"}[language]
            parts.append(
                f'<p class="mali-facts__source">{word}: <span lang="en">{links}</span></p>'.replace(
                    "Sources:", "Sources\u202f:" if language == "fr" else "Sources:"
                )
            )
        return "\n".join([*parts, "</section>"])


@dataclass(frozen=True, eq=False)
class Cards:
    """Cards one after another.

    Attributes
    ----------
    cards : sequence of Card
    level : int
        Level of their headings.
    """

    cards: Sequence[Card] = field(default_factory=tuple)
    level: int = 3

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        en, fr = (
            '<div class="mali-cards">\n'
            + "\n".join(card._html(language, self.level) for card in self.cards)
            + "\n</div>"
            for language in ("en", "fr")
        )
        plain = [
            f"{card.title.en}: {card.text.en}" + (f" {card.counts.en}" if card.counts else "") for card in self.cards
        ]
        return two_languages(en, fr, "\n".join(plain))

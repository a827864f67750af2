"""Words in two languages that a reader can switch between: computed prose, tables and key figures.

Examples
--------
>>> both = Bilingual("**12** events.", "**12** événements.")
>>> print(both._repr_mimebundle_()["text/plain"])
**12** events.
<BLANKLINE>
**12** événements.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from helpers.errors import DataError
from helpers.figures import Listing, Table
from helpers.markup import piece
from helpers.page.twins import spaced
from helpers.words.both import NOTHING, Both

MIME = "application/vnd.mali.bilingual+json"

_HEADING = re.compile(r"^ {0,3}#{1,6}\s|^(?:=+|-+)\s*$", re.MULTILINE)


@dataclass(frozen=True, eq=False)
class Bilingual:
    """One piece of a page in English and in French.

    The book shows one of the two, by the page's language switch; JupyterLab shows both, the French below. Without
    scripts the page shows the English, and the French behind a disclosure.

    Raises `DataError`: if one of the two is empty, holds a heading, or is of another kind than the other.
    """

    english: str | Table
    french: str | Table
    """Markdown without headings (references to figures and pages work in both), or a `Table` made twice from the
    same numbers. Both of one kind."""

    def __post_init__(self) -> None:
        for name, made in (("English", self.english), ("French", self.french)):
            if isinstance(made, str):
                if not made.strip():
                    raise DataError(f"Words in two languages need both: the {name} is empty.")
                if found := _HEADING.search(made):
                    raise DataError(
                        f"Words in two languages hold no headings, which belong to Markdown cells: "
                        f"{made[found.start() :].strip().splitlines()[0]!r} in the {name}."
                    )
            elif not isinstance(made, Table):
                raise DataError(f"Words in two languages are Markdown or tables, not {type(made).__name__}.")
        if isinstance(self.english, str) != isinstance(self.french, str):
            raise DataError("Words in two languages are both Markdown, or both a table.")
        if isinstance(self.french, str):
            object.__setattr__(self, "french", spaced(self.french))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        parts = [_bundle(self.english), _bundle(self.french)]
        if isinstance(self.french, Table):
            parts[1]["text/html"] = self.french.html(french=True)
        kind = next(kind for kind in parts[0] if kind != "text/plain")
        if kind == "text/html":
            both = halves(*(part[kind] for part in parts))
        else:
            both = "\n\n".join(part[kind] for part in parts)
        return {
            MIME: {"kind": kind, "en": parts[0][kind], "fr": parts[1][kind]},
            kind: both,
            "text/plain": "\n\n".join(part["text/plain"] for part in parts),
        }


def in_both(
    title: Both,
    heads: Sequence[Both],
    lines: Sequence[tuple[Any, ...]],
    note: Both = NOTHING,
    source: str = "",
    *,
    decimals: Mapping[Both, int] | None = None,
    menus: Mapping[Both, Sequence[Both]] | None = None,
    **listing: Any,
) -> Bilingual:
    """Make a table twice from the same lines, whose words are pairs.

    Parameters
    ----------
    title, heads, note
        Its words.
    lines
        Rows: pairs, or what is the same in both languages.
    source
        Its source line.
    decimals
        Number of decimals by head, where the default does not suit.
    menus
        The heads of the columns that get a menu, each with its values in their order.
    **listing
        `id`, `links` and `csv` of a `Listing`; where there is no id, a `Table` is made.
    """

    def made(language: str) -> Table:
        def say(cell: Any) -> Any:
            return getattr(cell, language) if isinstance(cell, Both) else cell

        frame = pd.DataFrame([[say(cell) for cell in line] for line in lines], columns=[say(head) for head in heads])
        frame = frame.astype(
            {say(head): "Int64" for head, column in zip(heads, zip(*lines, strict=True), strict=True) if _whole(column)}
        )
        words: dict[str, Any] = {"decimals": {say(head): many for head, many in (decimals or {}).items()}}
        for head, order in (menus or {}).items():
            known = dict.fromkeys(say(value) for value in order)
            found = set(frame[say(head)])
            frame[say(head)] = pd.Categorical(frame[say(head)], [value for value in known if value in found])
        words |= {"title": say(title), "frame": frame, "source": source, "note": say(note)}
        if not listing:
            return Table(**words)
        return Listing(**words, **listing, filters=tuple(say(head) for head in menus or {}))

    return Bilingual(made("en"), made("fr"))


def _whole(column: Sequence[Any]) -> bool:
    """Tell whether a column holds whole numbers with gaps, which pandas would make fractions of."""
    return None in column and all(one is None or isinstance(one, int) for one in column)


def halves(en: str, fr: str) -> str:
    """Return a piece of a page in two languages, given as HTML, for where both are shown."""
    return piece("halves", [("en", Markup(en)), ("fr", Markup(fr))])


def _bundle(made: str | Table) -> dict[str, str]:
    if isinstance(made, str):
        text = made.strip()
        return {"text/markdown": text, "text/plain": text}
    return made._repr_mimebundle_()

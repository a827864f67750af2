"""The bar of editions and languages on the pages of a site that stand before its editions: the one that every chapter has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from markupsafe import Markup

from helpers import editions, page
from helpers.markup import piece
from helpers.page.twins import Tongue

SWITCH = 6
"""Up to so many editions stand in the switch of every page, and as a card on the front page; where a site has more,
the listed ones do, and the others are found by year on the front page."""
INDEX = "index"
"""What the front page itself is called among the editions."""
_STYLE = Path(page.__file__).parent / "static" / "mali.css"
_BEGIN = "/* Edition and language switches: one line where there is room for it */"
_END = "/* The end of what the site's own front pages take too. */"


def switched(ids: Sequence[str]) -> list[str]:
    """Return the editions of a site that its switch shows."""
    listed = {edition.id for edition in editions.listed()}
    return [name for name in ids if len(ids) <= SWITCH or name in listed]


def bar(lang: str, shown: Iterable[tuple[str, str]], addresses: Mapping[str, str], current: str = "") -> Markup:
    """Return the bar of a page.

    Parameters
    ----------
    lang : str
        Language of the page.
    shown : iterable of pairs
        Ids and titles of the editions of the switch: each leads to its summary.
    addresses : mapping
        Address of the page in each language.
    current : str, optional
        `INDEX` on the front page.
    """
    tongue = Tongue(lang)
    summary = "chapters/summary.fr" if lang == "fr" else "chapters/summary"
    return Markup(piece("editions", list(shown), current, summary, "", tongue) + piece("languages", addresses, tongue))


def look() -> Markup:
    """Return the rules of the bar in the style sheet of the chapters."""
    text = _STYLE.read_text(encoding="utf-8")
    return Markup(text.partition(_BEGIN)[2].partition(_END)[0])

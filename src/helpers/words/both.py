"""A text for readers is a pair: English and French, or it does not exist.

Examples
--------
>>> Both("12 events", "12 événements").sentence()
Both(en='12 events.', fr='12 événements.')
>>> Both("only one", "")
Traceback (most recent call last):
...
helpers.errors.DataError: A text for readers needs both languages: the French of 'only one' is empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from helpers import french, prose
from helpers.errors import DataError

_LETTERS = re.compile(r"[^\W\d_]")
_SIGN = re.compile(r"(?<!\s)(?=[;:?!%])")


@dataclass(frozen=True)
class Both:
    """The same words in English and in French, made from the same numbers.

    Raises
    ------
    DataError
        If one of the two is empty or no text.
    """

    en: str
    fr: str
    """The text. French spaces before signs are put in by itself."""

    def __post_init__(self) -> None:
        for name, text, other in (("English", self.en, self.fr), ("French", self.fr, self.en)):
            if not isinstance(text, str) or not text.strip():
                raise DataError(f"A text for readers needs both languages: the {name} of {other!r} is empty.")
        object.__setattr__(self, "fr", french.spaced(self.fr))

    def __add__(self, more: Both | str) -> Both:
        """Join two texts; a plain string may hold signs, spaces and digits only, which no language owns."""
        if isinstance(more, str):
            if _LETTERS.search(more):
                raise DataError(f"{more!r} is words in one language; give both.")
            more = _bare(more)
        return Both(self.en + more.en, self.fr + more.fr)

    def each(self, change: Callable[[str], str]) -> Both:
        """Return both texts after the same change, such as a capital letter."""
        return Both(change(self.en), change(self.fr))

    def sentence(self) -> Both:
        """Return both as sentences: a capital letter, one full stop."""
        return self.each(prose.sentence)

    def upper(self) -> Both:
        """Return both with a capital first letter."""
        return self.each(french.upper)


class _Bare(Both):
    """Signs between words: may be empty or blank."""

    def __post_init__(self) -> None:
        """Accept what `Both` refuses."""


def _bare(text: str) -> _Bare:
    return _Bare(text, _SIGN.sub("\u202f", text))


NOTHING: Both = _bare("")
"""No words, in either language: what a sum of optional parts begins with."""


def joined(parts: Iterable[Both | None], between: str = " ") -> Both:
    r"""Join the texts that are there.

    Examples
    --------
    >>> joined([Both("a.", "b."), None, Both("c.", "d.")])
    Both(en='a. c.', fr='b. d.')
    >>> joined([Both("a", "b"), Both("c", "d")], "; ").fr
    'b\u202f; d'
    """
    known = [part for part in parts if part is not None and part.en]
    if not known:
        return NOTHING
    return Both(between.join(part.en for part in known), _bare(between).fr.join(part.fr for part in known))


def listing(items: Iterable[Both]) -> Both:
    """Join texts as a list: `a, b and c`, `a, b et c`."""
    known = list(items)
    return Both(prose.listing(item.en for item in known), french.listing(item.fr for item in known))

"""Fields of raw rows to numbers, each distinct text once."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from helpers.windows import MONTHS

BAD = -(2**31)
"""What a text becomes that cannot be read."""

_MOST = 200_000
_EPOCH = date(1970, 1, 1).toordinal()
_OFFSET = r"[+-]\d{2}:?\d{2}"
_ISO = re.compile(
    rf"(\d{{4}})([-/])(\d{{2}})\2(\d{{2}})(?:[T ]\d{{2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?(?:Z|{_OFFSET})?)?"
)
_LONG = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})")
_MONTH = {name.lower(): n for n, name in enumerate(MONTHS, 1)} | {
    name[:3].lower(): n for n, name in enumerate(MONTHS, 1)
}
_WHOLE = re.compile(r"\d{1,9}(?:\.0+)?")
_STAMP = re.compile(r"(\d{1,11}|\d{13})(?:\.\d+)?")
_DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,15})?")


MISSING = frozenset({"", "na", "n/a", "#n/a", "nan", "none", "null", "nil", "<na>", "-", "--"})
"""How programs write that a field is empty, in small letters."""


class Memo(dict):
    """Values already read; `read` says how to read a new one. It forgets when it grows too large."""

    def __missing__(self, text: str) -> Any:
        if len(self) > _MOST:
            self.clear()
        value = self[text] = self.read(text)
        return value

    def read(self, text: str) -> Any:
        """Read a text not met before."""
        raise NotImplementedError

    def column(self, texts: Sequence[str], dtype: Any) -> np.ndarray:
        """Read a whole column."""
        return np.fromiter(map(self.__getitem__, texts), dtype, len(texts))


class Days(Memo):
    """Dates written without doubt (`2023-06-01`, `2023/06/01`, `1 June 2023`) as days since 1970; others are `BAD`."""

    def read(self, text: str) -> int:
        """Return the days since 1970."""
        text = text.strip()
        try:
            if found := _ISO.fullmatch(text):
                return date(int(found[1]), int(found[3]), int(found[4])).toordinal() - _EPOCH
            if (found := _LONG.fullmatch(text)) and found[2].lower() in _MONTH:
                return date(int(found[3]), _MONTH[found[2].lower()], int(found[1])).toordinal() - _EPOCH
        except ValueError:
            pass
        return BAD


class Whole(Memo):
    """Whole numbers from 0 on; others are `BAD`."""

    def read(self, text: str) -> int:
        """Return the number."""
        text = text.strip()
        return int(text.partition(".")[0]) if text.isascii() and _WHOLE.fullmatch(text) else BAD


class Stamps(Memo):
    """Unix times or ISO dates as seconds; empty is 0, others are `BAD`."""

    def read(self, text: str) -> int:
        """Return the seconds since 1970."""
        text = text.strip()
        if text.lower() in MISSING:
            return 0
        if text.isascii() and (found := _STAMP.fullmatch(text)):
            # Thirteen digits are milliseconds, as some programs write times.
            return int(found[1][:10]) if len(found[1]) == 13 else int(found[1])
        day = Days().read(text)
        if day == BAD:
            return BAD
        clock = re.search(r"(\d{2}):(\d{2})(?::(\d{2}))?", text)
        seconds = (
            sum(int(part or 0) * unit for part, unit in zip(clock.groups(), (3600, 60, 1), strict=True)) if clock else 0
        )
        if zone := re.search(rf":\d{{2}}(?:\.\d+)?({_OFFSET})$", text):
            ahead = 3600 * int(zone[1][1:3]) + 60 * int(zone[1][-2:])
            seconds -= ahead if zone[1][0] == "+" else -ahead
        return day * 86400 + seconds


class Degrees(Memo):
    """Decimal degrees; what is no number is not-a-number."""

    def read(self, text: str) -> float:
        """Return the degrees."""
        text = text.strip()
        return float(text) if text.isascii() and _DEGREES.fullmatch(text) else math.nan


class Codes(Memo):
    """Texts to numbers from 0 on in the order met; `names` turns them back. It never forgets."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self._of: dict[str, int] = {}

    def read(self, text: str) -> int:
        """Return the number of a text; blanks around it do not count."""
        text = " ".join(text.split())
        if text not in self._of:
            self._of[text] = len(self.names)
            # Bytes that are not UTF-8 stand in rows that are set aside; some frames cannot hold them.
            self.names.append(text if text.isascii() else text.encode("utf-8", "replace").decode())
        return self._of[text]


class Names(Codes):
    """Names of actors to numbers; what only says that there is none is the empty name."""

    def read(self, text: str) -> int:
        """Return the number of a name."""
        return super().read("" if text.strip().lower() in MISSING else text)


class Chosen(Memo):
    """Texts of a fixed choice to their place in it; others are -1. Accents and capitals do not count.

    `choice`: what is known. `spellings`: other spellings and what they mean.
    """

    def __init__(self, choice: Sequence[str], spellings: dict[str, str] | None = None):
        super().__init__()
        self._of = {plain(name): n for n, name in enumerate(choice)}
        self._of |= {plain(other): self._of[plain(name)] for other, name in (spellings or {}).items()}

    def read(self, text: str) -> int:
        """Return the place in the choice."""
        return self._of.get(plain(text), -1)


def plain(text: str) -> str:
    """Return a name without accents, capitals and blanks around it.

    Examples
    --------
    >>> plain(" Ségou ")
    'segou'
    """
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().strip().lower()

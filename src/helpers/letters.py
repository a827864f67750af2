"""How wide words are before anything is drawn: the one table by which charts give them room.

The book is read in the reader's own sans serif (`palette.FONT`). The widths are those of DejaVu Sans, the widest face that
the list is likely to end in: what has room there has room in all others, in most of them in bold letters too. A page that
is open measures for itself (`legends.js`).
"""

from __future__ import annotations

import unicodedata

_BY_WIDTH = (
    (0.20, "\u202f"), (0.28, "'IJijl"), (0.32, " .,’\u00a0·"), (0.34, ":;/"), (0.36, "-f"), (0.40, "()rt"),
    (0.50, "–"), (0.52, "sz“”"), (0.55, "Lc"), (0.59, "Fkvxy"), (0.61, "PTY«»aoe"), (0.66, "K"), (0.69, "ABCRVXZ"),
    (0.74, "HNU"), (0.78, "DGOQ&"), (0.83, "w+=<>→−"), (0.86, "M"), (0.97, "Wm%—…"),
)  # fmt: skip
_EMS = {letter: em for em, letters in _BY_WIDTH for letter in letters}
_OTHER = 0.64
"""Width of a figure and of most small letters, in ems; those above are of another."""
_MEAN = 0.58
"""Width of a letter in a name, in ems, where only the number of letters counts."""


def width(text: str, size: float) -> float:
    """Return how wide a line of text is in letters of a size (px).

    Examples
    --------
    >>> round(width("Ménaka", 11)), round(width("Menaka", 11)), round(width("illi", 12)), round(width("WWWW", 12))
    (43, 43, 13, 47)
    """
    plain = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return size * sum(_EMS.get(letter, _OTHER) for letter in plain)


def fitting(room: float, size: float) -> int:
    """Return how many letters of a size a line of some width takes, whichever they are.

    Examples
    --------
    >>> fitting(220, 12)
    31
    """
    return int(room / (size * _MEAN))

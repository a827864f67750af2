"""Text whose letters an encoding has spoiled: which one, and what stood there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from helpers import definitions as d
from helpers.errors import DataError
from helpers.ingest.account import seen
from helpers.ingest.acled import REGION_SPELLINGS
from helpers.ingest.parse import plain

UNREADABLE = re.compile("[\ufffd\udc80-\udcff]")
"""Bytes that are not UTF-8, as `rows.Reader` hands them on, and the sign that others put in their place."""

ONE_BYTE = {"cp1252": "windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS code page 850"}
"""Encodings that spreadsheets and older programs save in."""

SAME = 3
"""Rows with one and the same unreadable name from which the encoding is taken to be the file's, not a slip."""

_REGIONS = {plain(name): REGION_SPELLINGS.get(name, name) for name in (*d.REGIONS, *REGION_SPELLINGS)}
# What is left of an accented letter: a question mark, a box, or two or three signs of another encoding.
_HOLED = {
    re.compile(name.replace("é", "[^a-z]{1,3}"), re.I): REGION_SPELLINGS[name]
    for name in REGION_SPELLINGS
    if "é" in name
}


def unreadable(text: str) -> bool:
    """Tell whether a text holds bytes that are not UTF-8."""
    return not text.isascii() and UNREADABLE.search(text) is not None


def readings(text: str) -> list[tuple[str, str]]:
    """Return what a text may have been: pairs of encoding and text, the likeliest first."""
    out: list[tuple[str, str]] = []
    try:
        raw = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        # Half a sign, which JSON can hold: no bytes are behind it.
        return out
    if UNREADABLE.search(text) and "\ufffd" not in text:
        for codec, name in ONE_BYTE.items():
            try:
                out.append((name, raw.decode(codec)))
            except UnicodeDecodeError:
                continue
        return out
    for codec in ("cp1252", "latin-1"):
        try:
            out.append(("UTF-8 that was read as windows-1252", text.encode(codec).decode("utf-8")))
        except (UnicodeDecodeError, UnicodeEncodeError):
            continue
    return out


def spoiled_region(text: str) -> tuple[str, str, str] | None:
    r"""Return encoding, region and what was written, where a text is a region's name that an encoding spoiled, else None.

    Examples
    --------
    >>> spoiled_region("S\udce9gou"), spoiled_region("SÃ©gou"), spoiled_region("M?naka")
    (('windows-1252', 'Segou', 'Ségou'), ('UTF-8 that was read as windows-1252', 'Segou', 'Ségou'), ('an unknown encoding', 'Menaka', 'M?naka'))
    >>> spoiled_region("Moptii") is None
    True
    """
    text = text.strip()
    if plain(text) in _REGIONS:
        return None
    for encoding, reading in readings(text):
        if plain(reading) in _REGIONS:
            return encoding, _REGIONS[plain(reading)], reading
    for pattern, region in _HOLED.items():
        if pattern.fullmatch(text):
            return "an unknown encoding", region, text
    return None


def refuse_regions(texts: Sequence[str], region: np.ndarray, order: np.ndarray, name: str) -> None:
    """Refuse names of regions that an encoding spoiled: `region` is below 0 where a name is not known."""
    for at in np.flatnonzero(region < 0).tolist():
        if found := spoiled_region(texts[at]):
            encoding, meant, written = found
            raise DataError(
                f"{name}: row {order[at]}, column admin1 holds {seen(written)!r} ({meant}) in {encoding}; expected UTF-8, "
                "or the region's rows would be lost. Save or export the file as CSV UTF-8."
            )


def refuse_names(texts: Sequence[str], here: np.ndarray, column: str, order: np.ndarray, name: str) -> None:
    """Refuse a column in which one and the same unreadable name stands in several rows (`here` marks such rows)."""
    counted = Counter(texts[at] for at in np.flatnonzero(here).tolist())
    text, count = counted.most_common(1)[0]
    encoding, written = next(iter(readings(text)), ("", seen(text)))
    if count >= SAME:
        first = order[next(at for at in np.flatnonzero(here).tolist() if texts[at] == text)]
        raise DataError(
            f"{name}: row {first}, column {column} holds {seen(written)!r}, as in {count:,} rows, in "
            f"{encoding or 'an unknown encoding'}; expected UTF-8. Save or export the file as CSV UTF-8."
        )

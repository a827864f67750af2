"""French of the chronology's sentences, each beside the hash of the English that it translates (`chronology_fr.csv`)."""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path

from helpers.french import spaced
from helpers.words.both import Both

FILE = Path(__file__).parent / "chronology_fr.csv"


@cache
def _told() -> dict[tuple[str, str], str]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {(row["id"], row["of"]): spaced(row["fr"]) for row in csv.DictReader(file)}


def digest(event: str) -> str:
    """Return the hash by which a French sentence knows its English."""
    return hashlib.sha256(event.encode()).hexdigest()[:12]


def both(identity: str, event: str) -> Both:
    """Return an entry's sentence in both languages; twice the English where nobody has put this very English into French.

    Parameters
    ----------
    identity, event : str
        `id` and `event` of a row of the `chronology` table.

    Examples
    --------
    >>> both("2023-11-14-army-takes-kidal", "Malian army takes Kidal from the rebels").fr
    'L’armée malienne prend Kidal aux rebelles'
    >>> both("2023-11-14-army-takes-kidal", "Changed since").fr
    'Changed since'
    """
    return Both(event, _told().get((identity, digest(event)), event))

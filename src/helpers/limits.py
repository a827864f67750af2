"""What a user's own data cannot support, said in place.

The project's own tables support every figure, so there a failure is a fault and must stop the book. A folder made
from a user's files may begin in 2021, end early or come without notes: then the sentence that says so stands where
the figure would.
"""

from __future__ import annotations

import re

from helpers import inert
from helpers.data import Tables
from helpers.errors import NotInData, PastData

_WINDOW = re.compile(r"the window (.+) runs past the data \((.+)\)")

LACKING = "Not in these data: "
"""How the sentence that stands in a figure's place begins."""

SHORTFALLS = (NotInData,)
"""What is raised where a month, a group or a place is known to be missing; anything else is a fault of the book."""


NO_PAST = (
    "the range of a pace rests on past forecasts, and these months allow none.",
    "la fourchette d’un rythme repose sur des prévisions passées, et ces mois n’en permettent aucune",
)
"""Why own data that begin late give no pace, in both languages."""


NO_PAIR = ("pair of complete half-years by cercle", "aucune paire de semestres complets par cercle")
"""What `held` says where own data give no two half-years by cercle, in both languages."""


def countable(tables: Tables, *, published: bool = False) -> None:
    """Refuse to count events from which a filter has taken some away.

    `published`: whether a published figure is held against the count: then it is refused even where the owner of the
    data says that the filter is meant, because the figure is of all events. Raises `NotInData`: the data are partial.
    """
    said, meant = tables.partial()
    if said and (published or not meant):
        raise NotInData(
            f"{said.rstrip('.')}, and this needs all events.",
            "un filtre en a retiré des événements, et il les faudrait tous",
        )


def enough(tables: Tables) -> None:
    """Refuse to hold a published figure against events of which too many are missing.

    Raises `NotInData`: the data hold clearly less than ACLED's totals count in the same months.
    """
    if said := tables.short():
        raise NotInData(
            f"{said}, and a verdict needs nearly all events.",
            "il y manque trop d’événements pour un verdict",
        )


def held(found: bool, what: str, fr: str) -> None:
    """Refuse a figure whose subject the data hold nothing of.

    Parameters
    ----------
    found : bool
        Whether they hold it.
    what : str
        What it is, as `event in central Mali`.
    fr : str
        The same in French, as `aucun événement dans le centre du Mali`.

    Raises
    ------
    NotInData
        They do not.
    """
    if not found:
        raise NotInData(f"they hold no {what}.", f"elles n’ont {fr}")


def why_not(error: Exception, tables: Tables) -> inert.Plain:
    """Return the sentence that stands in a figure's place: inert, since an error may quote a file.

    `error`: one of `SHORTFALLS`. Raises the error itself where the tables are the project's own.
    """
    if not tables.limits():
        raise error
    if found := _WINDOW.search(str(error)):
        return _said(f"this needs {found[1]}, and they run from {found[2]}")
    said = str(error).rstrip(".")
    return _said(f"{said[:1].lower() + said[1:]}")


def in_french(error: Exception) -> str:
    """Return the sentence of `why_not` in French; empty where its reason has English words only."""
    if isinstance(error, PastData) and error.windows:
        from helpers import french

        needed, there = (french.label(window) for window in error.windows)
        return f"Absent de ces données\u202f: il faudrait {needed}, et elles vont sur {there}."
    own = getattr(error, "french", "")
    return f"Absent de ces données\u202f: {inert.text(own)}." if own else ""


def _said(why: str) -> inert.Plain:
    return inert.Plain(f"{LACKING}{inert.text(why)}.")

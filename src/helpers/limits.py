"""What a user's own data cannot support, said in place.

The project's own tables support every figure, so there a failure is a fault and must stop the book. A folder made
from a user's files may begin in 2021, end early or come without notes: then the sentence that says so stands where
the figure would.
"""

from __future__ import annotations

import re

from helpers import inert
from helpers.data import Tables
from helpers.errors import NotInData

_WINDOW = re.compile(r"the window (.+) runs past the data \((.+)\)")

SHORTFALLS = (NotInData,)
"""What is raised where a month, a group or a place is known to be missing; anything else is a fault of the book."""


def countable(tables: Tables, *, published: bool = False) -> None:
    """Refuse to count events from which a filter has taken some away.

    Parameters
    ----------
    published : bool
        Whether a published figure is held against the count: then it is refused even where the owner of the data says
        that the filter is meant, because the figure is of all events.

    Raises
    ------
    NotInData
        The data are partial.
    """
    said, meant = tables.partial()
    if said and (published or not meant):
        raise NotInData(f"{said.rstrip('.')}, and this needs all events.")


def enough(tables: Tables) -> None:
    """Refuse to hold a published figure against events of which too many are missing.

    Raises
    ------
    NotInData
        The data hold clearly less than ACLED's totals count in the same months.
    """
    if said := tables.short():
        raise NotInData(f"{said}, and a verdict needs nearly all events.")


def held(found: bool, what: str) -> None:
    """Refuse a figure whose subject the data hold nothing of.

    Parameters
    ----------
    found : bool
        Whether they hold it.
    what : str
        What it is, as `event in central Mali`.

    Raises
    ------
    NotInData
        They do not.
    """
    if not found:
        raise NotInData(f"they hold no {what}.")


def why_not(error: Exception, tables: Tables) -> inert.Plain:
    """Return the sentence that stands in a figure's place: inert, since an error may quote a file.

    Parameters
    ----------
    error : Exception
        One of `SHORTFALLS`.

    Raises
    ------
    Exception
        The error itself, where the tables are the project's own.
    """
    if not tables.limits():
        raise error
    if found := _WINDOW.search(str(error)):
        return _said(f"this needs {found[1]}, and they run from {found[2]}")
    said = str(error).rstrip(".")
    return _said(f"{said[:1].lower() + said[1:]}")


def _said(why: str) -> inert.Plain:
    return inert.Plain(f"Not in these data: {inert.text(why)}.")

"""What a user's own data cannot support, said in place.

The project's own tables support every figure, so there a failure is a fault and must stop the book. A folder made
from a user's files may begin in 2021, end early or come without notes: then the sentence that says so stands where
the figure would.
"""

from __future__ import annotations

import re
from pathlib import Path

from helpers import data, inert
from helpers.errors import DataError, EditionError, WindowError

_WINDOW = re.compile(r"the window (.+) runs past the data \((.+)\)")

SHORTFALLS = (WindowError, DataError, EditionError, LookupError, ValueError, ArithmeticError, TypeError, AssertionError)
"""What goes wrong where a month, a group or a place is missing from the data."""


def why_not(error: Exception, data_dir: str | Path | None) -> inert.Plain:
    """Return the sentence that stands in a figure's place: inert, since an error may quote a file.

    Parameters
    ----------
    error : Exception
        One of `SHORTFALLS`.
    data_dir : str or Path, optional
        Folder of tables.

    Raises
    ------
    Exception
        The error itself, where the tables are the project's own.
    """
    if not data.limits(data_dir):
        raise error
    if found := _WINDOW.search(str(error)):
        return _said(f"this needs {found[1]}, and they run from {found[2]}")
    if isinstance(error, (WindowError, DataError, EditionError)):
        return _said(str(error).rstrip("."))
    return _said("this needs months, groups or places that they do not hold")


def _said(why: str) -> inert.Plain:
    return inert.Plain(f"Not in these data: {inert.text(why)}.")

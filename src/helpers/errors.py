"""What can go wrong that the user can mend, said in one sentence."""

from __future__ import annotations

from typing import Any

from bookbuild.errors import BookError


class MaliError(BookError):
    """Base class of every error whose message is written for the user.

    The command line prints the message alone, without a traceback, and exits with 2.
    """


class DataError(MaliError):
    """A table or a raw file is missing, altered, or not of the expected form."""


class NotInData(DataError):
    """The tables are as they should be, but hold no months, groups or places that a figure needs.

    Raised where it is known, and only there: in a user's own tables it is said in the figure's place, whereas any other
    error is a fault of the book and stops it.

    `why`: one sentence. `french`: what follows "these data" in French, without a full stop; empty where the reason has
    English words only.
    """

    def __init__(self, why: str, french: str = ""):
        super().__init__(why)
        self.french = french


class WindowError(MaliError):
    """A window of months runs past the data or is not made of whole months."""


class PastData(WindowError, NotInData):
    """A window of months begins before the tables or ends after them."""

    windows: tuple[Any, ...] = ()
    """The window, and the one that the tables hold, where both are known."""


class EditionError(MaliError):
    """An edition, chapter or parameter does not exist or has the wrong type."""


class NotCovered(EditionError, NotInData):
    """An edition's month lies outside the months that the tables hold."""


class ClaimError(MaliError):
    """A claim cannot be evaluated and does not say why."""


class NotInEdition(MaliError):
    """A figure cannot be made for an edition; the message says why, and the page shows it in the figure's place.

    `why`: one sentence. `french`: the same in French, for pages that exist in both languages.
    """

    def __init__(self, why: str, french: str = ""):
        super().__init__(why)
        self.french = french

"""What can go wrong that the user can mend, said in one sentence."""

from __future__ import annotations


class MaliError(Exception):
    """Base class of every error whose message is written for the user.

    The command line prints the message alone, without a traceback, and exits with 2.
    """


class DataError(MaliError):
    """A table or a raw file is missing, altered, or not of the expected form."""


class WindowError(MaliError):
    """A window of months runs past the data or is not made of whole months."""


class EditionError(MaliError):
    """An edition, chapter or parameter does not exist or has the wrong type."""


class ClaimError(MaliError):
    """A claim cannot be evaluated and does not say why."""


class NotInEdition(MaliError):
    """A figure cannot be made for an edition; the message says why, and the page shows it in the figure's place.

    Parameters
    ----------
    why : str
        One sentence.
    french : str
        The same in French, for pages that exist in both languages.
    """

    def __init__(self, why: str, french: str = ""):
        super().__init__(why)
        self.french = french

"""What can go wrong in a build that the user can mend, said in one sentence."""

from __future__ import annotations


class BookError(Exception):
    """Base class of every error whose message is written for the user; a book's own errors are subclasses."""


class BuildError(BookError):
    """jupyter-book failed or warned, or the disk did; the message says what, and that the site is as it was."""


class RequestError(BookError):
    """A chapter or parameter that was asked for does not exist or has the wrong type, or a place is not free."""

"""The templates of the book's pages (`page/templates`), for every room that writes HTML."""

from functools import partial

from bookbuild.markup import Templates

PAGES = Templates("helpers.page")
piece = partial(PAGES.piece, "pieces.html")
"""Fill a macro of `pieces.html`."""

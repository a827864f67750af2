"""From pydata-sphinx-theme: the option behind its second search field, and its French.

The book's side bar has a search field already; the theme adds a bar with a second one above the page unless the option is
empty. French pages take its words where the book's own language is English.
"""

from __future__ import annotations

from pathlib import Path

import pydata_sphinx_theme

from bookbuild.borrowed import Loan

LOAN = Loan("pydata-sphinx-theme", "0.17.1", ("helpers.page.book", "helpers.page.french_pages"))
SECOND_SEARCH = "navbar_persistent"
WORDS = ("sphinx", Path(str(pydata_sphinx_theme.__file__)).parent / "locale")
"""Domain and folder of its translations."""

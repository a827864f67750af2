"""From sphinx-book-theme: its labels in English, which stand on French pages too, and its French words.

Its translations know the theme's buttons but not these labels, which no template takes from the page's context.
"""

from __future__ import annotations

from pathlib import Path

import sphinx_book_theme

from bookbuild.borrowed import Loan

LOAN = Loan("sphinx-book-theme", "1.3.0", ("helpers.page.french_pages",))
LABELS = {
    'aria-label="Main"': 'aria-label="Sommaire du livre"',
    'aria-label="Page"': 'aria-label="Sommaire de la page"',
    'aria-label="Download this page"': 'aria-label="Télécharger cette page"',
    'title="Toggle primary sidebar"': 'title="Ouvrir ou fermer le sommaire du livre"',
    'title="Toggle secondary sidebar"': 'title="Ouvrir ou fermer le sommaire de la page"',
    '<i class="fa-solid fa-list"></i> Contenu': '<i class="fa-solid fa-list"></i> Sur cette page',
}
"""What the theme writes, and its French."""
WORDS = (
    "booktheme",
    Path(str(sphinx_book_theme.__file__)).parent / "theme/sphinx_book_theme/static/locales",
)
"""Domain and folder of its translations."""

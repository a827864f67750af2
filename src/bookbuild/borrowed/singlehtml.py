"""From Sphinx: how the page looks in which its singlehtml builder joins a book. Written for 7.4; 8 was not tried."""

from __future__ import annotations

from bookbuild.borrowed import Loan

LOAN = Loan("sphinx", "7.4.7", ("bookbuild.pdf",))
SCREEN_ONLY = (".headerlink", ".toctree-wrapper > p.caption")
CHAPTERS = ":scope > section, .toctree-wrapper > section"
SHALLOW = ":scope > section > section"
"""In the one page of the singlehtml builder: what paper has no use for, its chapters, and the sections of the first page,
which stand one level above those of the others."""

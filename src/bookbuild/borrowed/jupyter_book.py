"""From jupyter-book: its command as a function, and where it puts what it built.

The script `jupyter-book` may lie in another folder than Python, and a book is built in a fork, so the command is called as
a function, which is no interface of its own. ``docs/leaving-jupyter-book.md`` says how the book would do without.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from bookbuild.borrowed import Loan

LOAN = Loan("jupyter-book", "1.0.4.post1", ("bookbuild.books", "bookbuild.making", "bookbuild.reading"))
PROGRAM = (sys.executable, "-c", "from jupyter_book.cli.main import main; main()")
"""Command that begins a process of its own."""
LABELS = {
    'aria-label="Search this book..."': 'aria-label="Chercher dans ce livre"',
    'placeholder="Search this book..."': 'placeholder="Chercher dans ce livre"',
}
"""Attributes with the words it gives the search field, and their French."""
SURROUNDINGS = {"PYTHONWARNINGS": "ignore", "JUPYTER_PLATFORM_DIRS": "1"}
"""Variables with which it does not warn of its own dependencies."""


def run(arguments: Sequence[str]) -> None:
    """Run the command in this process, which it may leave in any state.

    Raises `SystemExit`: it has ended; with the code with which it would end the process.
    """
    from jupyter_book.cli.main import main

    main(list(arguments))


def built(work: Path, builder: str = "html") -> Path:
    """Return the folder in which a builder of Sphinx leaves its files, for a book in a folder."""
    return work / "_build" / builder


def doctrees(work: Path) -> Path:
    """Return the folder in which Sphinx leaves what it read, for a book in a folder."""
    return work / "_build" / ".doctrees"

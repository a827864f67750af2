"""Where the tables lie. Apart from the loaders, so that a build with nothing to do need not import pandas."""

from __future__ import annotations

import os
from pathlib import Path

from helpers.errors import DataError

MARK = "mali"
"""What the book is known by in what builds and ingests leave, and with what the names of its variables begin."""
BOOK = Path(__file__).resolve().parent / "book"
"""Where an installed package keeps the project's tables, chapters and settings; a clone has none."""


def _beside(start: Path) -> Path | None:
    """Return the nearest folder of tables beside a place or above it."""
    return next((parent / "data" for parent in start.parents if (parent / "data" / "datapackage.json").is_file()), None)


def _shipped() -> Path | None:
    """Return the tables that came with this code: in the package, or else beside its source."""
    return BOOK / "data" if (BOOK / "data" / "datapackage.json").is_file() else _beside(BOOK)


def default_folder() -> Path:
    """Return the project's own `data/`: in the package, beside its source, or in the current folder or one above it.

    Raises `DataError`: no such folder is found.
    """
    found = _shipped() or _beside(Path.cwd() / "x")
    if found:
        return found
    raise DataError(
        "the project's tables are neither in the package nor beside it nor above the current folder; install the "
        "package from a clone (pip install .), run in one, or give a folder of tables with --data."
    )


def workspace() -> Path:
    """Return where commands write when they are told no other place: the clone, or else the current folder."""
    root = default_folder().parent
    return Path.cwd() if root == BOOK else root


def trusted(path: Path) -> bool:
    """Tell whether a folder is the one in the package or beside its source: its texts are the project's, as its code is.

    Every other folder is somebody's, also one of the same name in the current folder: what is read from it passes
    `helpers.inert` first.
    """
    return path.resolve() == _shipped()


def folder(data_dir: str | Path | None = None) -> Path:
    """Return the folder of tables to read: the one given, else `$MALI_DATA`, else the project's own.

    Raises `DataError`: the folder does not exist or holds no data package.
    """
    data_dir = data_dir or os.environ.get("MALI_DATA")
    if not data_dir:
        return default_folder()
    path = Path(data_dir).expanduser().resolve()
    if not path.is_dir():
        raise DataError(f"{path}: no such folder; expected a folder of tables made by 'python -m helpers ingest'.")
    if not (path / "datapackage.json").is_file():
        raise DataError(f"{path}: datapackage.json is missing; make the tables with 'python -m helpers ingest'.")
    return path

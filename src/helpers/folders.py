"""Where the tables lie. Apart from the loaders, so that a build with nothing to do need not import pandas."""

from __future__ import annotations

import os
from pathlib import Path

from helpers.errors import DataError


def default_folder() -> Path:
    """Return the project's own `data/`: beside the source, or in the current folder or one above it.

    Raises
    ------
    DataError
        No such folder is found.
    """
    here = Path(__file__).resolve()
    for start in (here, Path.cwd() / "x"):
        for parent in start.parents:
            if (parent / "data" / "datapackage.json").is_file():
                return parent / "data"
    raise DataError(
        "no data folder found beside the package or above the current folder; "
        "run from a clone of the project, or give a folder of tables (data_dir)."
    )


def trusted(path: Path) -> bool:
    """Tell whether a folder is the one beside this source: its texts are the project's, as its code is.

    Every other folder is somebody's, also one of the same name in the current folder: what is read from it passes
    `helpers.inert` first.
    """
    here = Path(__file__).resolve()
    beside = next(
        (parent / "data" for parent in here.parents if (parent / "data" / "datapackage.json").is_file()), None
    )
    return beside is not None and path.resolve() == beside


def folder(data_dir: str | Path | None = None) -> Path:
    """Return the folder of tables to read: the one given, else `$MALI_DATA`, else the project's own.

    Raises
    ------
    DataError
        The folder does not exist or holds no data package.
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

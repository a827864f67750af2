"""The status page of an edition: how long its chapters ran, with which packages, on which vintages of the data.

The page is made when the book is built, from what the runs left behind; nothing on it is kept in the repository.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata

import pandas as pd

from helpers import prose as p
from helpers.data import Tables
from helpers.errors import DataError, NotInData
from helpers.windows import covered

DISTRIBUTION = "mali-executable-report"


@dataclass(frozen=True)
class Run:
    """How one chapter was run."""

    chapter: str
    """Name, as `trajectory` or `method/data`."""
    seconds: float
    """Wall-clock time of the run."""
    day: str
    """Day of the run, UTC (`YYYY-MM-DD`)."""
    cells: int
    """Code cells run."""


def packages(names: Iterable[str] | None = None) -> dict[str, str]:
    """Return the versions of the packages that the book is made with.

    `names`: distributions; those that this project itself requires where not given. Raises `DataError`: one of them is
    not installed.
    """
    if names is None:
        required = metadata.requires(DISTRIBUTION) or []
        names = [re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0] for line in required if "extra ==" not in line]
    found = {}
    for name in sorted(set(names), key=str.lower):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError as error:
            raise DataError(f"package {name} is not installed; run make again to complete .venv.") from error
    return found


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], right: Iterable[int] = ()) -> str:
    """Return a Markdown table, with some columns aligned on the right; a pipe in a cell is escaped."""
    numbers = set(right)
    lines = [list(columns), ["---:" if i in numbers else "---" for i in range(len(columns))]]
    lines += [[str(cell).replace("|", r"\|").replace("\n", " ") for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def vintages(tables: Tables) -> list[tuple[str, str, str]]:
    """Return the sources of tables: title, version, first letters of the raw file's SHA-256."""
    sources = tables.package()["sources"]
    return [(source["title"], source["version"], f"`{source['sha256'][:12]}`") for source in sources]


def extents(tables: Tables) -> list[tuple[str, str, int]]:
    """Return the monthly and yearly tables with the time they cover and their rows."""
    out = []
    for resource in tables.package()["resources"]:
        if "schema" not in resource:
            continue
        name = str(resource["path"]).removesuffix(".csv")
        try:
            frame = tables.load(name)
        except NotInData:  # a user's folder that is short of a table
            continue
        if when := covered(frame):
            out.append((name, when, len(frame)))
    return out


def page(title: str, coverage: str, runs: Sequence[Run], tables: Tables) -> str:
    """Return the status page of an edition as MyST Markdown; without a chapter that was run there is none.

    `coverage` is a sentence on the months its figures run to; `runs` are in the order of the book.
    """
    if not runs:
        raise DataError(f"edition {title}: no chapter was run, so there is no status to report.")
    total = sum(run.seconds for run in runs)
    slowest = max(runs, key=lambda run: run.seconds)
    days = sorted({run.day for run in runs})
    when = covered(pd.DataFrame({"date": days}))
    facts = [
        f"Edition {title}. {coverage}",
        p.sentence(
            f"Its {p.count(len(runs), 'chapter')} ran in {p.number(total)} seconds of kernel time in all, without an "
            f"error; {slowest.chapter} took longest, {p.number(slowest.seconds, 1)} seconds"
        ),
        "A chapter is run again only where its sources, tables or packages changed: the day and the seconds are those of the "
        "first run that gave what its page shows.",
    ]
    return "\n\n".join(
        [
            "# Status",
            " ".join(facts),
            f"## Runs ({when})",
            table(
                ("Chapter", "Code cells", "Seconds", "Run on (UTC)"),
                [
                    (run.chapter, run.cells, p.number(run.seconds, 1), covered(pd.DataFrame({"date": [run.day]})))
                    for run in runs
                ],
                right=(1, 2),
            ),
            "## Vintages of the data",
            "The letters are the first twelve of the SHA-256 of the file each was derived from; "
            "the data page has them whole.",
            table(("Source", "Version", "File"), vintages(tables)),
            "## Tables",
            table(("Table", "Covers", "Rows"), [(n, c, p.number(r)) for n, c, r in extents(tables)], right=(2,)),
            "## Packages",
            f"Python {platform.python_version()} on {platform.system()}, {platform.machine()}.",
            table(("Package", "Version"), packages().items()),
            "",
        ]
    )

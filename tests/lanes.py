"""Which tests run in which lane, in which order, and on which worker.

``make quick`` runs what is about one edition or none, and so no test that names another, and nothing that builds a book, opens a
browser or is marked `slow`; ``make test`` all five editions; ``make long`` what takes hours: every month, simulations, a hundred times more damaged files. A built
site is looked at only where that is asked for (``-m site``, as CI does after ``make book``): ``make test`` takes as long after
``make book`` as before.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from types import CodeType

import pytest
from xdist.scheduler import LoadScopeScheduling

EDITION = "2023-07"
"""The one edition of the quick lane: that of the stored chapters."""
OTHERS = frozenset({"2019-06", "2021-12", "2022-08", "latest"})
"""Those that its tests do not name: what is made of an edition takes seconds, whichever test asks first."""
LANES = ("quick", "test")
BOOKS = (
    "test_browser", "test_build", "test_hostile", "test_french_pages", "test_pdf", "test_book_renderer", "test_borrowed",
    "test_installed", "test_notebooks", "test_ingest", "test_own", "test_fuzz", "test_mutation", "test_policy", "test_preview",
    "test_lab", "test_timeline_browser", "test_lanes", "test_own_partial", "test_light", "test_over", "test_weekly", "test_workbook", "test_new_tables",
)  # fmt: skip
"""Files whose tests build books, run chapters in kernels, ingest whole exports, or read damaged files by the hundred. They begin
first, the longest before the others, so that no worker is left with one at the end."""
_EDITION = re.compile(r"[\[-](20\d\d-\d\d|latest)[\]-](?:[^\[]*\])?$")
_NEVER = re.compile(r"^pytestmark = pytest\.mark\.(?:slow|browser|book)$", re.MULTILINE)


def has_quick(path: Path) -> bool:
    """Tell whether a file may hold quick tests: reading those that hold none takes longer than many a test."""
    if path.suffix != ".py" or not path.name.startswith("test_"):
        return True
    return path.stem not in BOOKS and _NEVER.search(path.read_text(encoding="utf-8")) is None


def is_quick(item: pytest.Item) -> bool:
    """Tell whether a test belongs to the quick lane."""
    asks = {*getattr(item, "fixturenames", ()), *(mark.name for mark in item.iter_markers())}
    return (
        not asks & {"browser", "built", "book", "slow"}
        and group(item.nodeid) not in BOOKS
        and edition(item.nodeid) in ("", EDITION)
        and not named(getattr(getattr(item, "function", None), "__code__", None))
    )


@cache
def named(code: CodeType | None) -> frozenset[str]:
    """Return the editions that a function's own code names, with those of functions in it."""
    found: set[str] = set()
    for one in code.co_consts if code else ():
        if isinstance(one, CodeType):
            found |= named(one)
        elif isinstance(one, str | tuple | frozenset):
            found |= OTHERS & ({one} if isinstance(one, str) else set(one))
    return frozenset(found)


def edition(nodeid: str) -> str:
    """Return the edition that a test is about, by its name (a scheduler knows no more); empty where there is none."""
    found = _EDITION.search(nodeid)
    return found[1] if found else ""


def group(nodeid: str) -> str:
    """Return the group of tests that run on one worker: those about one edition, whose figures are made once, or a file."""
    name = Path(nodeid.partition("::")[0]).stem
    return f"edition {edition(nodeid)}" if edition(nodeid) and name not in BOOKS else name


def place(item: pytest.Item) -> int:
    """Return where a test's group stands in the order: long files, then editions, then the rest."""
    name = group(item.nodeid)
    return BOOKS.index(name) if name in BOOKS else len(BOOKS) + (not name.startswith("edition "))


class Scheduling(LoadScopeScheduling):
    """xdist's scheduling by scopes, with groups as scopes; its own `loadgroup` does nothing with pytest 9.2."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)

"""Which tests run in which lane, in which order, and on which worker.

``make quick`` runs one edition and nothing that builds a book, opens a browser or names another edition; ``make test`` all five editions; ``make
long`` what takes hours: every month, simulations, a hundred times more damaged files. A built site is looked at only where
that is asked for (``-m site``, as CI does after ``make book``): ``make test`` takes as long after ``make book`` as before.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

EDITION = "2023-07"
"""The one edition of the quick lane: that of the stored chapters."""
LANES = ("quick", "test")
BUILDS = {"browser", "built", "sample_folder", "chapters", "lab", "page"}
"""Fixtures that open a browser or build a book."""
BOOKS = {
    "test_build", "test_installed", "test_french_pages", "test_pdf", "test_book_renderer", "test_browser", "test_policy",
    "test_preview", "test_lab", "test_borrowed", "test_hostile", "test_mutation", "test_fuzz", "test_timeline_browser", "test_lanes",
    "test_notebooks", "test_own", "test_ingest", "test_own_partial", "test_light", "test_over",
}  # fmt: skip
"""Files whose tests build books, run chapters in kernels, ingest whole exports, or read damaged files by the hundred."""
LONG = (
    "test_browser", "test_build", "test_hostile", "test_french_pages", "test_pdf", "test_book_renderer", "test_borrowed",
    "test_installed", "test_notebooks", "test_ingest", "test_own", "test_fuzz", "test_mutation",
)  # fmt: skip
"""Files that take longest, longest first: they begin first, so that no worker is left with one at the end."""


def is_quick(item: pytest.Item) -> bool:
    """Tell whether a test belongs to the quick lane."""
    if {"browser", "slow", "book"} & {mark.name for mark in item.iter_markers()}:
        return False
    if BUILDS & set(getattr(item, "fixturenames", ())) or Path(item.path).stem in BOOKS:
        return False
    return edition(item) in ("", EDITION) and not any(names_another(made) for made in makers(item))


def makers(item: pytest.Item) -> list[Callable[..., object]]:
    """Return the function of a test and those of its fixtures."""
    fixtures = getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {})
    own = [item.function] if hasattr(item, "function") else []
    return own + [one.func for held in fixtures.values() for one in held]


@cache
def names_another(function: Callable[..., object]) -> bool:
    """Tell whether a function's source names an edition other than the quick lane's, which would be made whole for it."""
    try:
        return bool(_ANOTHER.search(inspect.getsource(function)))
    except (OSError, TypeError):  # written in C, or made while tests run
        return False


def edition(item: pytest.Item) -> str:
    """Return the edition that a test is about; empty where there is none."""
    spec = getattr(item, "callspec", None)
    return str(spec.params.get("edition", "")) if spec else ""


def group(nodeid: str) -> str:
    """Return the group of tests that run on one worker: those about one edition's figures, which are made once, or a file.

    Parameters
    ----------
    nodeid : str
        Name of a test: a scheduler knows no more.
    """
    name = Path(nodeid.partition("::")[0]).stem
    found = _EDITION.search(nodeid)
    return f"edition {found[1]}" if found and name in _figures() else name


_ANOTHER = re.compile(rf'"latest"|Report\("(?!{EDITION}")')
_EDITION = re.compile(r"[\[-](20\d\d-\d\d|latest)[\]-](?:[^\[]*\])?$")


@cache
def _figures() -> frozenset[str]:
    """Return the files whose tests make figures of editions."""
    here = Path(__file__).parent
    return frozenset(p.stem for p in here.rglob("test_*.py") if "import story_figures" in p.read_text(encoding="utf-8"))


def place(item: pytest.Item) -> int:
    """Return where a test's group stands in the order: long files, then editions, then the rest."""
    name = group(item.nodeid)
    if name in LONG:
        return LONG.index(name)
    return len(LONG) + (not name.startswith("edition "))


class Scheduling(LoadScopeScheduling):
    """xdist's scheduling by scopes, with groups as scopes; its own `loadgroup` does nothing with pytest 9.2."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)

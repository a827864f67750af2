"""Every figure that the chapters can make, by edition: functions of `helpers.story`, and cells that join form and finding.

A chapter's cells are run here in this process, without a kernel, so that a test can look at what they show.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache

import nbformat

import helpers.chapters
from helpers import story
from helpers.builds.builder import project
from helpers.editions import Report
from helpers.errors import NotInEdition
from helpers.figures import Figure

#: The editions of the book, and two months that no report was made in, one of them early.
EDITIONS = ("2019-06", "2021-12", "2022-08", "2023-07", "latest")
MODULES = tuple(sorted(module.name for module in pkgutil.iter_modules(story.__path__)))
PAGES = {path.stem: path for path in project().notebooks if "chapter.figure(" in path.read_text(encoding="utf-8")}
"""Chapters whose cells make figures."""
NAMES = (*MODULES, *(f"page {name}" for name in PAGES))


def makers(module: str) -> Iterator:
    """Return the functions of a module that make a figure of an edition."""
    loaded = importlib.import_module(f"helpers.story.{module}")
    for name, function in vars(loaded).items():
        if (
            inspect.isfunction(function)
            and function.__module__ == loaded.__name__
            and not name.startswith("_")
            and function.__annotations__.get("return") in ("Figure", "Figure | str")
            and len(inspect.signature(function).parameters) == 1
        ):
            yield function


@cache
def figures(module: str, edition: str) -> tuple[Figure, ...]:
    """Make every figure of a module, or of a page's cells, for an edition; what the edition cannot support is left out."""
    if module.startswith("page "):
        return tuple(one for one in shown(module.removeprefix("page "), edition) if isinstance(one, Figure))
    report = Report(edition)
    made = []
    for make in makers(module):
        try:
            figure = make(report)
        except NotInEdition:
            continue
        if isinstance(figure, Figure):  # some give an empty text where the page has said it already
            made.append(figure)
    return tuple(made)


@cache
def shown(page: str, edition: str) -> tuple[object, ...]:
    """Run a chapter's cells for an edition and return what it displays, in order."""
    return _run(page, edition)


def redrawn(page: str, edition: str, identity: str, old: str, new: str) -> Figure:
    """Return a figure after a change of words in the cell that makes it."""
    made = _run(page, edition, lambda source: source.replace(old, new) if f'"{identity}"' in source else source)
    return next(one for one in made if isinstance(one, Figure) and one.id == identity)


def _run(page: str, edition: str, change: Callable[[str], str] = lambda source: source) -> tuple[object, ...]:
    seen: list[object] = []
    kept = helpers.chapters.display
    helpers.chapters.display = seen.append
    names: dict[str, object] = {}
    try:
        for cell in nbformat.read(PAGES[page], as_version=4).cells:
            if cell.cell_type != "code":
                continue
            source = cell.source
            if "parameters" in cell.metadata.get("tags", []):
                source = f'edition = "{edition}"\ndata_dir = ""'
            exec(compile(change(source), f"{page}.ipynb", "exec"), names)
    finally:
        helpers.chapters.display = kept
    return tuple(seen)

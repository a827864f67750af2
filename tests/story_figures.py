"""Every figure that the chapters can make, by edition: functions of `helpers.story`, and cells that join form and finding.

A chapter's cells are run here in this process, without a kernel, so that a test can look at what they show.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import cache

import nbformat

import helpers.chapters
from helpers import story
from helpers.builds.recipe import project
from helpers.editions import Report
from helpers.errors import NotInEdition
from helpers.figures import Figure
from helpers.forms import Finding, Form

#: The editions of the book, and two months that no report was made in, one of them early.
EDITIONS = ("2019-06", "2021-12", "2022-08", "2023-07", "latest")
MODULES = tuple(sorted(module.name for module in pkgutil.iter_modules(story.__path__)))
PAGES = {path.stem: path for path in project().notebooks if "chapter.figure(" in path.read_text(encoding="utf-8")}
"""Chapters whose cells make figures."""
REPORT = {
    path.stem: path
    for path in project().notebooks
    if path.parent.name == "chapters" and "chapter.answer(" in path.read_text(encoding="utf-8")
}
"""Chapters of the report: those that open with a question and its answer."""
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
def told(make: Callable[[Report], object], edition: str) -> object:
    """Return what a function of the chapters' modules shows of an edition; None where the edition cannot support it."""
    try:
        return make(_report(edition))
    except NotInEdition:
        return None


_report = cache(Report)


@cache
def figures(module: str, edition: str) -> tuple[Figure, ...]:
    """Make every figure of a module, or of a page's cells, for an edition; what the edition cannot support is left out."""
    page = module.removeprefix("page ")
    made = shown(page, edition) if page != module else (told(make, edition) for make in makers(module))
    # Some give an empty text where the page has said it already.
    return tuple(one for one in made if isinstance(one, Figure))


def figures_of(page: str, edition: str) -> list[Figure]:
    """Return the figures of a page; those that functions make are made once for all tests, tables and texts not at all."""
    named = [
        getattr(importlib.import_module(f"helpers.story.{module}"), make)
        for cell in _cells(page)
        if cell.cell_type == "code"
        for module, make in re.findall(r"chapter\.show\((\w+)\.(\w+)\)", cell.source)
    ]
    drawn = [make for make in named if "Figure" in str(make.__annotations__.get("return"))]
    made = [told(make, edition) for make in drawn]
    own = figures(f"page {page}", edition) if page in PAGES else ()
    return [one for one in [*made, *own] if isinstance(one, Figure)]


spec = cache(Figure.spec)
"""A figure's specification, made once: to be read, not changed."""


def shown(page: str, edition: str) -> tuple[object, ...]:
    """Run a chapter's cells for an edition and return what it displays, in order."""
    return tuple(one for _, one in sections(page, edition) if not isinstance(one, tuple))


@cache
def sections(page: str, edition: str) -> tuple[tuple[str, object], ...]:
    """Return what a chapter says and shows, in order, each under its heading; a Markdown cell is its two languages."""
    return _run(page, edition)


def made(page: str, edition: str) -> tuple[tuple[Figure, Finding], ...]:
    """Return the figures that a chapter's own cells make, each with the finding that its title says."""
    figures = [one for one in shown(page, edition) if isinstance(one, Figure)]
    findings = _FINDINGS[page, edition]
    return tuple((one, findings[one.id]) for one in figures if one.id in findings)


_FINDINGS: dict[tuple[str, str], dict[str, Finding]] = {}


def changed(page: str, edition: str, change: Callable[[str], str]) -> list[Figure]:
    """Return the figures that a chapter's cells make after a change of their source."""
    return [one for _, one in _run(page, edition, change) if isinstance(one, Figure)]


def redrawn(page: str, edition: str, identity: str, change: Callable[[str], str]) -> Figure:
    """Return a figure after a change of the cell that makes it; of the other cells those run whose names it needs."""
    cells = [cell.source for cell in _cells(page) if cell.cell_type == "code"]
    at = next(i for i, source in enumerate(cells) if f'"{identity}"' in source)
    wanted, _ = _names(change(cells[at]))
    idle = set()
    for source in reversed(cells[:at]):
        reads, sets = _names(source)
        if sets & wanted:
            wanted |= reads
        else:
            idle.add(source)

    def only(source: str) -> str:
        return change(source) if source == cells[at] else "" if source in {*idle, *cells[at + 1 :]} else source

    (made,) = [one for one in changed(page, edition, only) if one.id == identity]
    return made


def _names(source: str) -> tuple[set[str], set[str]]:
    """Return the names that a cell reads and those that it sets."""
    nodes = list(ast.walk(ast.parse(source)))
    names = [node for node in nodes if isinstance(node, ast.Name)]
    imported = {
        alias.asname or alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    return (
        {name.id for name in names if isinstance(name.ctx, ast.Load)},
        imported | {name.id for name in names if isinstance(name.ctx, ast.Store)},
    )


@cache
def _cells(page: str) -> list[nbformat.NotebookNode]:
    return nbformat.read(PAGES.get(page) or project().find(page), as_version=4).cells


def _run(
    page: str, edition: str, change: Callable[[str], str] = lambda source: source
) -> tuple[tuple[str, object], ...]:
    seen: list[tuple[str, object]] = []
    findings: dict[str, Finding] = {}
    kept, join = helpers.chapters.display, helpers.chapters.figure
    heading = ""

    def joined(id: str, form: Form, finding: Finding) -> Figure:
        findings[id] = finding
        return join(id, form, finding)

    helpers.chapters.display = lambda one: seen.append((heading, one))
    helpers.chapters.figure = joined
    names: dict[str, object] = {}
    try:
        for cell in _cells(page):
            if cell.cell_type == "markdown":
                heading = next(
                    (line.lstrip("# ") for line in cell.source.splitlines() if line.startswith("#")), heading
                )
                seen.append((heading, (cell.source, cell.metadata.get("fr", {}).get("text", ""))))
            if cell.cell_type != "code":
                continue
            source = cell.source
            if "parameters" in cell.metadata.get("tags", []):
                source = f'edition = "{edition}"\ndata_dir = ""'
            exec(compile(change(source), f"{page}.ipynb", "exec"), names)
    finally:
        helpers.chapters.display, helpers.chapters.figure = kept, join
    _FINDINGS.setdefault((page, edition), findings)
    return tuple(seen)

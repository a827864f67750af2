"""Every figure that the chapters can make, by module and edition: functions of `helpers.story` that return a figure."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache

from helpers import story
from helpers.editions import Report
from helpers.errors import NotInEdition
from helpers.figures import Figure

#: The editions of the book, and two months that no report was made in, one of them early.
EDITIONS = ("2019-06", "2021-12", "2022-08", "2023-07", "latest")
MODULES = tuple(sorted(module.name for module in pkgutil.iter_modules(story.__path__)))


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
    """Make every figure of a module for an edition; those that the edition cannot support are left out."""
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

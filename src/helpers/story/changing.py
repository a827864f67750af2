"""What the page *Change a figure* shows: a chapter's own cell after a change of one word, and every word there is."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from types import ModuleType

import nbformat
import pandas as pd

from helpers import forms
from helpers.chapters import Chapter
from helpers.editions import Report
from helpers.errors import DataError
from helpers.figures import Figure, Table
from helpers.forms import Finding, Form, figure
from helpers.measures import catalogue
from helpers.measures.measure import Change, Measure, Series, Tally
from helpers.words import judgement

CHAPTER, FIGURE = "southern", "southern-bamako-quarters"
"""The cell that the page takes as its example."""
WORDS = (
    ("150 km", "within(150)", "within(100)"),
    ("quarters", '"quarter"', '"month"'),
    ("events", "islamist(report)", "islamist(report).deaths"),
    ("around Bamako", ".within(150)", '.in_region("Sikasso")'),
)
"""What is changed, and the words that stand for it in the cell before and after."""


class _Drawn(Chapter):
    """A chapter that keeps its figures instead of showing them."""

    def __init__(self, r: Report):
        super().__init__(CHAPTER, str(r.as_of), r.tables)
        self.kept: list[Figure] = []

    def figure(self, id: str, form: Form, finding: Finding) -> None:
        self.kept.append(figure(id, form, finding))

    def _missing(self, error: Exception) -> None:
        """Leave what the tables lack to who asked, instead of saying it in the figure's place."""
        raise error


def cells() -> tuple[str, str]:
    """Return the source of the example's cell and of the cell of imports of its chapter.

    Raises `DataError`: the chapter has no such cell.
    """
    from helpers.builds.recipe import project

    sources = [cell.source for cell in nbformat.read(project().find(CHAPTER), as_version=4).cells]
    imports = next((one for one in sources if one.startswith("from helpers.chapters")), "")
    wanted = next((one for one in sources if f'"{FIGURE}"' in one), "")
    if not (imports and wanted):
        raise DataError(f"the chapter {CHAPTER} has no cell that makes the figure {FIGURE}.")
    return wanted, imports[: imports.index("\nchapter = ")]


def redrawn(r: Report, old: str = "", new: str = "") -> Figure:
    """Run the example's cell for an edition after a change of words, and return its figure."""
    source, imports = cells()
    chapter = _Drawn(r)
    scope: dict[str, object] = {}
    exec(imports, scope)
    scope |= {"chapter": chapter, "report": chapter.report}
    exec(source.replace(old, new) if old else source, scope)
    return chapter.kept[0]


def followed(r: Report) -> Table:
    """What follows each change of one word."""
    rows = []
    for what, old, new in (("as it stands", "", ""), *WORDS):
        made = redrawn(r, old, new)
        last = made.frame.iloc[-1]
        rows.append(
            {
                "Changed": f"{what}: {old} becomes {new}" if old else what,
                "Title": made.title,
                "Subtitle": made.subtitle,
                "Last row of the table": ", ".join(f"{name} {value}" for name, value in last.items()),
            }
        )
    return Table("One word changed in the cell above, and what follows it", pd.DataFrame(rows))


def _calls(owner: ModuleType | type) -> Iterator[tuple[str, Callable]]:
    """Return the public functions of a module or class, in the order of its text."""
    for name, found in vars(owner).items():
        made = found.fget if isinstance(found, property) else found
        mine = inspect.isfunction(made) and made.__module__ == (
            owner.__module__ if inspect.isclass(owner) else owner.__name__
        )
        if mine and not name.startswith("_"):
            yield name, found


def _reference(calls: Iterator[tuple[str, Callable]], before: str = "") -> pd.DataFrame:
    rows = []
    for name, found in calls:
        if isinstance(found, property):
            call = name
        else:
            names = [one for one in inspect.signature(found).parameters if one != "self"]
            call = f"{name}({', '.join(names)})"
        said = (inspect.getdoc(found) or "").split("\n\n")[0].replace("\n", " ").replace("`", "")
        rows.append({"Call": before + call, "What it does": said})
    return pd.DataFrame(rows)


def starts(r: Report) -> Table:
    """Measures to start from."""
    return Table("Measures to start from", _reference(_calls(catalogue)))


def verbs(r: Report) -> Table:
    """What a measure, its series, its tallies and its changes can be asked."""
    parts = [_reference(_calls(one), f"{one.__name__.lower()}.") for one in (Measure, Series, Tally, Change)]
    return Table("What narrows a measure, and what it gives", pd.concat(parts, ignore_index=True))


def drawn(r: Report) -> Table:
    """Forms that draw."""
    public = ((name, getattr(forms, name)) for name in forms.__all__)
    return Table("Forms", _reference((name, made) for name, made in public if inspect.isfunction(made)))


def rules(r: Report) -> Table:
    """Rules that choose words from numbers."""
    return Table("Rules of judgement", _reference(_calls(judgement)))

"""What this book hands in to be built (`bookbuild.recipe`): where its sources lie, its pages, and what it is known by.

What only some builds need is imported where it is needed: a build with nothing to do imports no pandas.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bookbuild import pdf
from bookbuild.errors import BuildError
from bookbuild.recipe import Over, Project, Recipe
from bookbuild.site import Marks
from helpers.builds import light, over_files
from helpers.builds.paper import PRESS
from helpers.folders import BOOK, MARK, default_folder, folder
from helpers.page.twins import SUFFIX

PACKAGE = Path(__file__).parents[1]
"""Folder of the modules that chapters and pages may use."""
FRONT = "<title>Mali at war, in figures</title>"
"""Line of every English front page that a build makes."""
MARKS = Marks(
    manifest=f".{MARK}-site.json",
    # The last is of versions before this one; in `within`, until version 0.3.
    fronts=(FRONT, "<title>Le Mali en guerre, en chiffres</title>", "<title>Mali: an executable report</title>"),
    pages=("index.html", "index.fr.html"),
    within=("_static/figure.schema.json", "_static/mali.css"),
    shared=light.SHARED,
    uses=light.uses,
    parts=r"(_sources|_static|_images|_downloads|_sphinx_design_static|chapters|figures)/|[\w.-]+\.(html|js|inv|xml)|\.buildinfo",
)
"""By what a site is known as made by builds."""


def project() -> Project:
    """Return the project: the clone, or the copy of its sources in an installed package.

    Raises `BuildError`: the tables lie apart from the book's sources.
    """
    root = default_folder().parent
    if not (root / "_toc.yml").is_file():
        raise BuildError(f"{root}: no _toc.yml; run in a clone of the project, or install the package from one.")
    return Project(root, RECIPE, _users_cache() if root == BOOK else None)


def _users_cache() -> Path:
    """Return the user's own folder of results, where the sources lie in an installed package."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if os.path.isabs(base) else Path.home() / ".cache") / "mali-executable-report"


def listed() -> list[str]:
    """Return the ids of the editions of `data/editions.yml`, in order, without opening any table."""
    rows = yaml.safe_load((default_folder() / "editions.yml").read_text(encoding="utf-8"))
    return [str(row["id"]) for row in rows]


def read_tables(data_dir: str) -> None:
    """Read every table, so that it is in memory for all processes that are forked from this one."""
    from helpers.data import SCHEMAS, Tables

    tables = Tables(data_dir)
    for table in SCHEMAS:
        try:
            tables.load(table)
        except Exception:  # noqa: BLE001 - it fails where it is used, with the reason
            continue


def _plan(wanted: Sequence[str], kept: Sequence[str], data_dir: str | None) -> dict[str, Any]:
    from helpers.builds import front
    from helpers.data import Tables

    return front.plan(wanted, kept, Tables(data_dir))


def _plan_files(data_dir: str) -> Iterator[Path]:
    for each in {default_folder(), folder(data_dir or None), PACKAGE / "page" / "templates"}:
        yield from (file for file in each.iterdir() if file.is_file())


def _tables(data_dir: str) -> Path:
    return folder(data_dir or None)


def _given(data_dir: str) -> str:
    data_dir = data_dir or os.environ.get("MALI_DATA", "")
    return str(folder(data_dir)) if data_dir else ""


def _lay_out(*args: Any, **options: Any) -> None:
    from helpers.builds import books

    books.lay_out(*args, **options)


def _front(page: str, over_too: bool, site: Path, known: Mapping[str, str]) -> str:
    """Return the front page with links to the PDFs that show what the site will hold."""
    if not over_too:
        page = over_files.without(page)
    return pdf.fill(page, pdf.links(site, PRESS, known))


def _over(records: list[str], known: Mapping[str, str], pictures: Path) -> dict[str, str]:
    from helpers.builds import over, told
    from helpers.page.pictures import Pictures

    return over.pages([told.read(record) for record in records], known.keys(), Pictures(pictures))


RECIPE = Recipe(
    mark=MARK,
    packages=(PACKAGE,),
    marks=MARKS,
    listed=listed,
    plan=_plan,
    plan_code=("helpers.builds.front",),
    plan_files=_plan_files,
    tables=_tables,
    given=_given,
    lay_out=_lay_out,
    make="helpers.builds.books:make",
    pages_code=("helpers.page.book",),
    ship="helpers.builds.light:lighten",
    unshipped=light.index,
    record=(light.TOLD, "helpers.builds.told:make"),
    ahead=("helpers.data", "helpers.builds.recipe:read_tables"),
    front=_front,
    over=Over(over_files.FILES, _over, over_files.is_one, ("helpers.builds.over",)),
    twin=SUFFIX,
    alone=True,
)
"""How this book is made."""

"""What a book hands in to be built: where its sources lie, and what is its own in each step.

Steps that run in processes of their own are named, as `module:function`, so that no process imports what it has no use
for; what such a function rests on is found through the imports of its module. The others are functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bookbuild.errors import BuildError, RequestError
from bookbuild.site import Marks


def _nothing(*_: Any) -> Any:
    return ()


@dataclass(frozen=True)
class Over:
    """Pages of a site that stand over its editions, made from what each edition tells."""

    files: Sequence[str]
    """Their names in the site."""
    make: Callable[[list[str], Mapping[str, str], Path], dict[str, str]]
    """Takes the records of the editions, the paths of the files that the site will hold, and the folder of drawn
    charts; returns content by name."""
    is_one: Callable[[Path], bool]
    """Tells whether a file is such a page, as a build has made it."""
    code: Sequence[str]
    """Modules that make them."""


@dataclass(frozen=True)
class Recipe:
    """How a book is made, as far as it is its own."""

    mark: str
    """Short name. It stands in names of what builds leave (`.MARK-build-SITE`), in notebooks that were written, and
    begins the names of the book's environment variables (`MARK_DATA`)."""
    packages: tuple[Path, ...]
    """Folders of the packages of which chapters and pages may use modules: one that changed runs again what reaches
    it."""
    plan: Callable[[Sequence[str], Sequence[str], str | None], dict[str, Any]]
    """Takes the ids of the editions that are wanted, of those that the site keeps, and the folder of tables (or
    None); returns what JSON can carry: `chosen` and `shown`, lists of id and title of the editions to be built and of
    all; `switch`, ids to which every page links; `front`, HTML of the front pages by the name of their file
    (`bookbuild.site.Marks.pages`)."""
    lay_out: Callable[..., None]
    """Writes the sources of one edition's book into a folder (see `bookbuild.books.lay_out`): keywords `config`,
    `toc`, `edition`, `shown`, `pages`, `runs`, `pictures`, `changed`."""
    make: str = "bookbuild.books:make"
    """Builds that folder (see `bookbuild.books.make`), given its path and that of the drawn charts."""
    ship: str = "bookbuild.books:ship"
    """Writes the built pages as they are shipped, given their folder, the one to fill, and the files that stay from
    before."""
    unshipped: Callable[[bytes], bytes] = bytes
    """Takes the search index of a book as `ship` has written it, and returns it as Sphinx had."""
    marks: Marks = field(default_factory=Marks)
    """By what a site is known as made by builds."""
    listed: Callable[[], Sequence[str]] = _nothing
    """Returns the ids of editions that are no months."""
    plan_code: tuple[str, ...] = ()
    """Modules that `plan` runs."""
    plan_files: Callable[[str], Iterable[Path]] = _nothing
    """Takes the folder of tables as given, and returns the files on which `plan` may rest."""
    tables: Callable[[str], Path] = Path
    """Takes the folder of tables as given, empty where none is, and returns the folder that is read."""
    given: Callable[[str], str] = str
    """Takes the same, and returns it as chapters get it: absolute, from the environment where none is given."""
    pages_code: tuple[str, ...] = ()
    """Further modules that pages are made with."""
    record: tuple[str, str] | None = None
    """Name of the file in an edition's folder in which it tells what it holds, and what makes that, given edition,
    folder of tables and folder of chapters: returns `script`, `reads` and `beyond`. None where empty."""
    ahead: tuple[str, str] | None = None
    """Module, and a function that is called once with the folder of tables, in the process that all others are forked
    from, where chapters reach that module: what it reads is in memory for all. None where empty."""
    front: Callable[[str, bool, Path, Mapping[str, str]], str] = lambda page, *_: page
    """Takes a front page of a plan, whether there are pages over the editions, the site and the hashes of the files
    that it will hold by path; returns the page as it is written."""
    over: Over | None = None
    """Pages over the editions."""
    twin: str = ""
    """What the name of a page in a second language, which the contents do not name, ends with."""
    alone: bool = False
    """Where prose changed, the pages that `lay_out` is told as `changed` can be made alone: an extension of the book
    sees to it, and `make` tells where it could not (`bookbuild.reading`)."""

    @property
    def book_code(self) -> tuple[str, ...]:
        """Modules with which an edition's book is made."""
        return (*(target.partition(":")[0] for target in (self.make, self.ship)), *self.pages_code)


@dataclass(frozen=True)
class Project:
    """Where a book's sources lie, and how it is made."""

    root: Path
    """Folder with `_config.yml`, `_toc.yml` and `chapters/`."""
    recipe: Recipe
    """How it is made."""
    kept: Path | None = None
    """Folder of results; `build/cache` beside the sources where not given."""

    @property
    def cache(self) -> Path:
        """Folder of results."""
        return self.kept or self.root / "build" / "cache"

    @property
    def chapters(self) -> Path:
        """Folder of the chapters."""
        return self.root / "chapters"

    @property
    def notebooks(self) -> list[Path]:
        """Chapters that are run, in the order of the table of contents."""
        return [path for path in self._pages() if path.suffix == ".ipynb"]

    @property
    def texts(self) -> list[Path]:
        """Pages that are only copied, and their twins, which the table of contents does not name."""
        found = [path for path in self._pages() if path.suffix != ".ipynb"]
        twins = [path.with_suffix(f"{self.recipe.twin}.md") for path in found] if self.recipe.twin else []
        return found + [twin for twin in twins if twin.is_file()]

    @property
    def assets(self) -> list[Path]:
        """Other files among the chapters, which pages may show (images, say)."""
        found = [path for path in self.chapters.rglob("*") if path.is_file() and path.suffix not in (".ipynb", ".md")]
        return sorted(path for path in found if not any(part.startswith(".") for part in path.parts[-2:]))

    def _pages(self) -> list[Path]:
        toc = yaml.safe_load((self.root / "_toc.yml").read_text(encoding="utf-8"))
        names = [toc["root"]] + [page["file"] for part in toc["parts"] for page in part["chapters"]]
        out = []
        for name in names:
            found = [
                self.root / f"{name}{suffix}"
                for suffix in (".ipynb", ".md")
                if (self.root / f"{name}{suffix}").is_file()
            ]
            if not found:
                raise BuildError(f"_toc.yml names {name}, but there is no such notebook or text.")
            out.append(found[0])
        return out

    def find(self, chapter: str) -> Path:
        """Return a chapter's notebook by its name (`trajectory`, `method/data`)."""
        path = self.chapters / f"{chapter}.ipynb"
        if path not in self.notebooks:
            names = ", ".join(str(p.relative_to(self.chapters).with_suffix("")) for p in self.notebooks)
            raise RequestError(f"no chapter {chapter!r}; expected one of {names}.")
        return path

"""What the last build of an edition's book read and wrote, kept for the next: where prose changed, its page alone is new.

Kept are Sphinx's doctrees and environment, as contents of the cache, with the hash of everything they rest on. They serve
only where all of that is as it was (modules, configuration, contents, tables, templates, scripts, styles), but for some
pages; and where one of these shows on others (a book says so), the book is made from nothing after all. The site is
then the same to the byte (``tests/bookbuild/test_changed_pages.py`` holds one against the other).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bookbuild.borrowed import jupyter_book
from bookbuild.cache import Cache
from bookbuild.inputs import Read, canonical, sha256

PAGE = "page "
"""What the name of a part begins with that is a page's own content (`bookbuild.state.State.book_parts`)."""
SEARCH = "searchindex.js"
"""File of a book into which Sphinx puts the words of the pages that it writes."""

SOURCES = "_sources/"
"""Folder of a book for its pages' sources, of which Sphinx copies those that it writes."""


@dataclass(frozen=True)
class Reading:
    """What an earlier build left of a book."""

    changed: list[str]
    """Pages, without suffix, that are others now."""
    doctrees: dict[str, str]
    tree: dict[str, str]
    """SHA-256 by path: of what Sphinx read, and of the built book."""
    reads: list[list[str]]
    """What the book read: kind, name as kept, detail."""

    def lay(self, cache: Cache, work: Path, unshipped: Callable[[bytes], bytes] = bytes) -> None:
        """Put it below a laid-out book. Sphinx writes into these files: they are copies.

        `unshipped` gives the search index back as Sphinx wrote it, from the one that was shipped. The pages' sources
        lie there as they were shipped.
        """
        for name, digest in self.doctrees.items():
            _write(jupyter_book.doctrees(work) / name, cache.get(digest))
        index = cache.get(self.tree[SEARCH])
        _write(jupyter_book.built(work) / SEARCH, index and unshipped(index))
        for name in (name for name in self.tree if name.startswith(SOURCES)):
            _write(jupyter_book.built(work) / name, cache.get(self.tree[name]))
        for path in work.rglob("*"):
            # Older than anything read: what changed is named, and no clock decides.
            if path.is_file():
                os.utime(path, (0, 0))


def _write(path: Path, content: bytes | None) -> None:
    if content is None:
        raise FileNotFoundError(f"{path.name} was lost from the cache")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _apart(parts: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    pages = {name.removeprefix(PAGE): digest for name, digest in parts.items() if name.startswith(PAGE)}
    rest = {name: digest for name, digest in parts.items() if not name.startswith(PAGE)}
    return sha256(canonical([rest, sorted(pages)])), pages


def find(cache: Cache, work: Path, parts: Mapping[str, str], digest: Callable[[Read], str]) -> Reading | None:
    """Return what an earlier build left of a book, where all but some pages is as it was; else None.

    Parameters
    ----------
    cache : Cache
        Where it was kept.
    work : Path
        Folder of the book's sources: Sphinx's environment is of one folder.
    parts : mapping
        Everything known before the book is built (`bookbuild.state.State.book_parts`).
    digest : callable
        Gives the hash of an input as it is now.
    """
    noted = cache.last(f"reading {work}")
    rest, pages = _apart(parts)
    if not noted or noted["rest"] != rest:
        return None
    if any(digest((kind, path, detail)) != was for kind, path, detail, was in noted["reads"]):
        return None
    changed = [name.rsplit(".", 1)[0] for name, was in noted["pages"].items() if pages[name] != was]
    if not cache.holds([*noted["doctrees"].values(), *noted["tree"].values()]):
        return None
    reads = [row[:3] for row in noted["reads"]]
    return Reading(changed, noted["doctrees"], noted["tree"], reads) if changed else None


def keep(
    cache: Cache,
    work: Path,
    parts: Mapping[str, str],
    read: dict[Read, str],
    tree: dict[str, str],
    left: dict[str, str],
) -> None:
    """Note what a build left of a book.

    `cache`, `work`, `parts`: as in `find`. `read`: what the book read, with hashes. `tree`, `left`: the built book and
    the doctrees (`take`).
    """
    rest, pages = _apart(parts)
    reads = [[*one, was] for one, was in read.items()]
    cache.set_last(f"reading {work}", {"rest": rest, "pages": pages, "reads": reads, "tree": tree, "doctrees": left})


def take(cache: Cache, work: Path, mark: str) -> dict[str, str]:
    """Keep the doctrees of a book that was built, without its own folders, named by its mark; return them by path."""
    folder = jupyter_book.doctrees(work)
    for path in folder.iterdir():
        if path.is_dir() and path.name.startswith(f"{mark}-"):
            shutil.rmtree(path)
    return cache.put_tree(folder)


def forget(cache: Cache, work: Path) -> None:
    """Forget what was left of a book."""
    cache.set_last(f"reading {work}", {})

"""The site that a build changes: what stands in it, what may be replaced, and the one step from old to new."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from bookbuild import site as sites
from bookbuild import swaps
from bookbuild.cache import Cache
from bookbuild.files import link
from bookbuild.inputs import canonical, sha256
from bookbuild.recipe import Recipe
from bookbuild.state import Made, State

Tree = dict[str, str]
"""SHA-256 by path."""


def digest_of(tree: Tree) -> str:
    """Return the hash of a built book."""
    return sha256(canonical(tree))


class Place:
    """A site as it is, for builds of a book.

    Parameters
    ----------
    site : Path
        Its folder, resolved; it need not exist.
    recipe : Recipe
        Of the book.
    cache : Cache
        Where what was built is kept.
    state : State
        What the build knows.
    anew : bool
        Make the pages over the editions again even where they are kept.
    """

    def __init__(self, site: Path, recipe: Recipe, cache: Cache, state: State, anew: bool = False):
        self.site, self.recipe, self.cache, self.state, self.anew = site, recipe, cache, state, anew
        self.marks = recipe.marks

    @cached_property
    def noted(self) -> dict[str, Any]:
        """What the last build noted."""
        return sites.manifest(self.site, self.marks)

    @cached_property
    def there(self) -> list[str]:
        """Editions in it."""
        return sites.editions(self.site, self.marks, self.noted, self.recipe.listed())

    @cached_property
    def touched(self) -> set[str]:
        """Editions, pages over them and shared folder of which a file is missing or another than noted."""
        return sites.touched(self.site, self.noted) if self.noted else set()

    def stands(self, edition: str, tree: Tree) -> bool:
        """Tell whether a book stands in the site as it was noted."""
        same = self.noted.get("books", {}).get(edition) == digest_of(tree)
        return same and not self.touched & {edition, self.marks.shared}

    def refuse(self, wanted: list[str]) -> None:
        """Refuse what would have to be destroyed before anything runs.

        Raises `bookbuild.swaps.SwapError`, which says what lies there, and what to do.
        """
        sites.refuse(self.site, self.marks, self.noted, wanted)
        made = sites.made(self.marks, self.noted, self.there)
        over = self.recipe.over
        for name in over.files if over else ():
            path = self.site / name
            if over and os.path.lexists(path) and not (made(name) or over.is_one(path)):
                raise swaps.taken(path)

    def put(self, books: Mapping[str, Tree], front: Mapping[str, str], work: Path) -> list[Path]:
        """Put books, the front pages and the pages over the editions into the site, where they do not stand there yet.

        Returns the files that were saved meanwhile under a name that one of ours has.
        """
        digests = {edition: digest_of(tree) for edition, tree in books.items()}
        known = {name: row[0] for name, row in self.noted["files"].items()} if self.noted else {}
        for edition, tree in books.items():
            known = {name: h for name, h in known.items() if not name.startswith(f"{edition}/")}
            known |= {self.marks.place(edition, name): h for name, h in tree.items()}
        pages = self._over(known)
        over = bool(pages)
        pages = pages | {name: self.recipe.front(page, over, self.site, known) for name, page in front.items()}
        own = {name: sha256(html) for name, html in pages.items()}
        if self._stand(digests, own, known):
            return []
        staged = work / "site"
        staged.mkdir()
        files = self._stage(staged, books)
        for name, html in pages.items():
            (staged / name).write_bytes(html.encode())
        files |= own
        sites.refuse(self.site, self.marks, self.noted, digests)
        seen = self._carry(staged, files, set(books)) if self.site.is_dir() else {}
        digests |= {
            name: was for name, was in self.noted.get("books", {}).items() if name in self.there and name not in digests
        }
        sites.write_manifest(staged, self.marks, digests, own["index.html"], files)
        return swaps.swap(staged, self.site, seen)

    def _stand(self, digests: dict[str, str], own: Tree, known: Tree) -> bool:
        """Tell whether all of it stands there already."""
        over = {name: digest for name, digest in own.items() if name != "index.html"}
        return bool(
            self.noted
            and not self.touched & {"index.html", self.marks.shared, *over, *digests}
            and over.items() <= known.items()
            and all(self.noted["books"].get(edition) == digest for edition, digest in digests.items())
            and self.noted["front"] == own["index.html"]
        )

    def _stage(self, staged: Path, books: Mapping[str, Tree]) -> Tree:
        files: Tree = {}
        for edition, tree in books.items():
            stands = self.stands(edition, tree)
            for name, digest in tree.items():
                place = self.marks.place(edition, name)
                if place in files:
                    continue
                if stands:
                    link(self.site / place, staged / place)
                else:
                    self.cache.lay(digest, staged / place)
                files[place] = digest
        return files

    def _over(self, known: Tree) -> dict[str, str]:
        """Return the pages over the editions that a site with these files has."""
        over, record = self.recipe.over, self.recipe.record
        if over is None or record is None:
            return {}
        told = {name: digest for name, digest in known.items() if name.endswith(f"/{record[0]}")}
        # Which pages an edition has; those at the top of a site are these themselves.
        names = (name for name in known if name.endswith(".html") and "/" in name)
        parts = self.state.over_parts(told, names, over.code)

        def make() -> Made:
            records = [self.cache.get(digest) or (self.site / name).read_bytes() for name, digest in told.items()]
            return Made(over.make([content.decode() for content in records], known, self.cache.pictures))

        pages: dict[str, str] = self.state.made(parts, self.site, make, anew=self.anew).value
        return pages

    def _is(self, name: str, digest: str) -> bool:
        path = self.site / name
        return path.is_file() and not path.is_symlink() and sha256(path.read_bytes()) == digest

    def _carry(self, staged: Path, files: Tree, built: set[str]) -> dict[str, Any]:
        """Take over what is not built now; note among the files what an earlier build has made of it."""
        made, shared, over = sites.made(self.marks, self.noted, self.there), self.marks.shared, self.recipe.over
        replaced = {*self.marks.pages, self.marks.manifest}
        # Shared files go with the last edition that uses them.
        kept = {use for name in self.there if name not in built for use in self.marks.uses(self.site / name)}

        def ours(name: str) -> bool:
            part, _, rest = name.partition("/")
            if not rest:
                is_over = over is not None and over.is_one(self.site / name)
                return name in replaced or (name in files and (made(name) or is_over))
            gone = part in built or (part == shared and (name in files or rest.split("/")[0] not in kept))
            # What lies there already as it would be laid is ours, whatever was noted of it.
            return gone and (made(name) or (part == shared and name in files and self._is(name, files[name])))

        seen = swaps.carry(self.site, staged, ours)
        known = {name: row[0] for name, row in self.noted.get("files", {}).items()}
        for name in seen:
            edition = name.split("/")[0]
            carried = len(seen[name]) > 1
            if carried and edition in {*self.there, shared} and edition not in built and made(name):
                fresh = name in known and edition not in self.touched
                files[name] = known[name] if fresh else sha256((staged / name).read_bytes())
        return seen

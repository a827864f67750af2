"""The book of one edition: laid out, built with warnings as errors, shipped into the cache, and told of in a record."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from bookbuild import reading
from bookbuild.borrowed import jupyter_book
from bookbuild.cache import Cache
from bookbuild.errors import BuildError
from bookbuild.inputs import Read
from bookbuild.state import Made, State
from bookbuild.tasks import Options, Task

Call = Callable[..., Any]


class Maker:
    """What makes books.

    `state`: what the build knows. `cache`: where it keeps what it made. `options`: how to build.
    """

    def __init__(self, state: State, cache: Cache, options: Options):
        self.state, self.cache, self.options = state, cache, options
        self.source, self.recipe = state.source, state.recipe

    def make(self, task: Task, pages: Mapping[str, str], call: Call, work: Path) -> dict[str, Any]:
        """Make the book of an edition; `pages` are the contents of its chapters' pages by path, as the cache keeps them.

        `call` runs a function in a process (`bookbuild.warm.Warm.call`).

        Returns
        -------
        dict
            `tree` and `left`: SHA-256 by path, of what is shipped and of what Sphinx read; `work`, the folder they were made
            in; `reads`, `beyond` and `seconds`.

        Raises
        ------
        BuildError
            jupyter-book failed or warned; the message ends with what it said.
        """
        begun = time.monotonic()
        folder = work / task.edition
        earlier = None
        if self.recipe.alone and not self.options.force:
            earlier = reading.find(self.cache, folder, task.parts, self.state.files.digest)
        done = self.lay_out_and_make(task, pages, call, folder, earlier)
        if done["lost"]:
            earlier = None
            shutil.rmtree(folder)
            done = self.lay_out_and_make(task, pages, call, folder, None)
        log = folder.with_suffix(".log")
        if done["code"]:
            tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-25:])
            raise BuildError(f"the book of edition {task.title} did not build without warnings:\n{tail}")
        shipped = folder / "shipped"
        known = sorted(earlier.tree) if earlier else []
        call(self.recipe.ship, str(jupyter_book.built(folder)), str(shipped), known, log=str(log))
        tree = self.cache.put_tree(shipped)
        record, told, beyond = self._record(task.edition, call, str(log))
        reads = [*done["reads"], *told]
        if earlier:
            tree = earlier.tree | tree
            reads += [[kind, str(self.state.files.path(name)), detail] for kind, name, detail in earlier.reads]
        tree |= record
        left = reading.take(self.cache, folder, self.recipe.mark) if self.recipe.alone else {}
        # Its files are in the cache now; a build of many editions would fill the disk with them twice.
        shutil.rmtree(folder, ignore_errors=True)
        made = {"tree": tree, "left": left, "work": str(folder), "reads": reads, "beyond": done["beyond"] or beyond}
        return made | {"seconds": time.monotonic() - begun}

    def lay_out_and_make(
        self, task: Task, kept: Mapping[str, str], call: Call, folder: Path, earlier: reading.Reading | None
    ) -> dict[str, Any]:
        """Lay out a book and build its pages, or those alone that changed since an earlier reading (see `make`)."""
        # Whoever forces a build wants to see everything made, the charts too.
        pictures = None if self.options.force else self.cache.pictures.resolve()
        pages: dict[str, Path | bytes] = {
            self.state.files.name(path): path for path in [*self.source.texts, *self.source.assets]
        }
        for name, digest in kept.items():
            content = self.cache.get(digest)
            if content is None:
                raise BuildError(f"{name} of edition {task.title} was lost from the cache; start the build again.")
            pages[name] = content
        self.recipe.lay_out(
            folder,
            config=self.source.root / "_config.yml",
            toc=self.source.root / "_toc.yml",
            edition=task.edition,
            shown=yaml.safe_load(task.parts["editions in the switch"]),
            pages=pages,
            runs={"data_dir": self.state.data_dir, "runs": yaml.safe_load(task.parts["runs of its chapters"])},
            pictures=pictures,
            changed=earlier.changed if earlier else (),
        )
        if earlier:
            earlier.lay(self.cache, folder, self.recipe.unshipped)
        log = folder.with_suffix(".log")
        done: dict[str, Any] = call(self.recipe.make, str(folder), str(pictures or ""), log=str(log))
        return done

    def _record(self, edition: str, call: Call, log: str) -> tuple[dict[str, str], list[Read], str]:
        """Return the hash of what an edition tells by its file, none where it tells nothing, and what that was made from.

        Of the chapters' prose only titles have a part in it.
        """
        if self.recipe.record is None:
            return {}, [], ""
        file, target = self.recipe.record
        chapters = {self.state.files.name(path): self.state.chapter(path) for path in self.source.notebooks}
        parts = {
            "told": edition,
            "parameter data_dir": self.state.data_dir,
            **{f"chapter {name}": chapter.digest for name, chapter in chapters.items()},
            **{f"title {name}": chapter.title for name, chapter in chapters.items()},
            **self.state.code(target.partition(":")[0], *(chapter.imports for chapter in chapters.values())),
            **self.state.surroundings,
        }

        def make() -> Made:
            done = call(target, edition, self.state.data_dir, str(self.source.chapters), log=log)
            return Made(done["script"], done["reads"], done["beyond"])

        made = self.state.made(parts, self.source.root / "_toc.yml", make, anew=self.options.force)
        named = {file: self.cache.put(made.value.encode())} if made.value else {}
        return named, list(made.reads), made.beyond

"""What a build knows before anything runs: the hash of everything a task depends on, and in words what changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bookbuild import inputs
from bookbuild.cache import Cache
from bookbuild.errors import BuildError
from bookbuild.inputs import Read, canonical, sha256
from bookbuild.recipe import Project

PACKAGE = Path(__file__).parent
"""Folder of these modules, which count among what results rest on as a book's own do."""
RUNS = "bookbuild.notebooks"
"""Module that runs chapters."""
SETTLED = 0.02
"""Seconds by which a file must be older than a build for the build's results to be kept: clocks of files are coarse."""


class Made(NamedTuple):
    """What is made by its parts: a value that JSON can carry, what was read for it, and why it may not be kept, if so."""

    value: Any
    reads: Iterable[Read] = ()
    beyond: str = ""


class State:
    """What a build knows about its sources, each hash computed once."""

    def __init__(self, source: Project, cache: Cache, data_dir: str):
        self.recipe = source.recipe
        self.begun = time.time() - SETTLED
        self.source = source
        self.cache = cache
        self.data_dir = data_dir
        self.files = inputs.Files(source.root)
        self.known: dict[str, Any] = cache.last("imports")
        self._known = len(self.known)
        self.modules = inputs.Modules(PACKAGE, *source.recipe.packages, known=self.known)
        self._chapters: dict[Path, inputs.Chapter] = {}
        self._parts: dict[Path, dict[str, str]] = {}

    def remember_imports(self) -> None:
        """Keep which module imports what, by the hash of its source."""
        if len(self.known) != self._known:
            now = {f"{name} {digest}" for name, digest in self.modules.digests.items()}
            self.cache.set_last("imports", {key: row for key, row in self.known.items() if key in now})

    @cached_property
    def surroundings(self) -> dict[str, str]:
        """Format, Python, packages, environment."""
        return inputs.surroundings(self.recipe.mark)

    def chapter(self, path: Path) -> inputs.Chapter:
        """Return a chapter's source as its results depend on it."""
        if path not in self._chapters:
            try:
                self._chapters[path] = inputs.chapter(path)
            except (ValueError, KeyError, TypeError) as error:
                raise BuildError(f"{path}: not a notebook ({error}); restore it (git checkout).") from error
        return self._chapters[path]

    def code(self, *starts: inputs.Imports | str) -> dict[str, str]:
        """Return the hash of every module of the packages that code can reach."""
        return {f"module {name}": self.modules.digest(name) for name in self.modules.reach(*starts)}

    def chapter_parts(self, path: Path, edition: str) -> dict[str, str]:
        """Return everything known before a chapter runs."""
        if path not in self._parts:
            chapter = self.chapter(path)
            self._parts[path] = {
                "chapter's source": chapter.digest,
                "chapter's name": self.files.name(path),
                "parameter data_dir": self.data_dir,
                **self.code(chapter.imports, RUNS),
                **self.surroundings,
            }
        return {"parameter edition": edition, **self._parts[path]}

    def plan_parts(self, wanted: Sequence[str], kept: Iterable[str]) -> dict[str, str]:
        """Return everything that the list of editions and the front page may depend on."""
        parts = {"wanted": canonical(list(wanted)), "kept": canonical(sorted(kept)), "data_dir": self.data_dir}
        return {**parts, **self._plan_files(), **self.code(*self.recipe.plan_code), **self.surroundings}

    def over_parts(self, records: Mapping[str, str], names: Iterable[str], code: Sequence[str]) -> dict[str, str]:
        """Return everything that the pages over editions may depend on; `records` are hashes by path in the site."""
        parts = {"records": canonical(dict(records)), "names": canonical(sorted(names))}
        return {**parts, **self._plan_files(), **self.code(*code), **self.surroundings}

    def _plan_files(self) -> dict[str, str]:
        paths = sorted(self.recipe.plan_files(self.data_dir))
        return {f"file {path}": self.files.digest(("file", self.files.name(path), "")) for path in paths}

    def book_parts(
        self, edition: str, switch: Sequence[Sequence[str]], pages: dict[str, str], runs: list[list[Any]]
    ) -> dict[str, str]:
        """Return everything known before a book is built; `pages` are hashes by relative path."""
        root = self.source.root
        return {
            "edition": edition,
            "editions in the switch": canonical(switch),
            "runs of its chapters": canonical(runs),
            "parameter data_dir": self.data_dir,
            **{name: self.files.digest(("file", name, "")) for name in ("_config.yml", "_toc.yml")},
            **{f"page {name}": digest for name, digest in pages.items()},
            **{self.files.name(p): self.files.digest(("file", self.files.name(p), "")) for p in self.source.assets},
            **self.code(*self.recipe.book_code, *self._extensions(root)),
            **self.surroundings,
        }

    def _extensions(self, root: Path) -> list[str]:
        settings = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
        named = (settings.get("sphinx") or {}).get("extra_extensions") or []
        return [name for name in named if name in self.modules.files]

    def made(self, parts: Mapping[str, str], path: Path, make: Callable[[], Made], *, anew: bool = False) -> Made:
        """Return what the cache keeps for these parts, or what `make` makes, which it keeps from now on.

        Parameters
        ----------
        parts : mapping of str to str
            All that it may depend on before it is made; a key `file ...` or `module ...` names a file.
        path : Path
            Folder or file whose change during the build makes the result one that is not kept.
        make : callable
            Makes it, with what it read beside its parts.
        anew : bool
            Make it even where it is kept.
        """
        key = sha256(canonical(parts))
        kept = None if anew else self.cache.find(key, self.files.digest)
        if kept is not None:
            return Made(kept.value, [(kind, str(self.files.path(name)), detail) for kind, name, detail in kept.reads])
        made = make()
        named = {(kind, self.files.name(name), detail) for kind, name, detail in made.reads}
        files = [("file", part.removeprefix("file "), "") for part in parts if part.startswith("file ")]
        if not made.beyond and not self.unsettled(parts, [*files, *named], path):
            self.cache.store(key, {read: self.files.digest(read) for read in named}, made.value)
        return made

    def unsettled(self, parts: Iterable[str], reads: Iterable[Read], path: Path) -> str:
        """Return the input that was written since the build began, so that nobody knows which state was read."""
        modules = [self.modules.files[part.removeprefix("module ")] for part in parts if part.startswith("module ")]
        seen: list[Read] = [("file", str(file), "") for file in [path, *modules]]
        for read in [*seen, *reads]:
            if self.files.changed_since(read, self.begun):
                return self.files.name(read[1])
        return ""


def why(cache: Cache, name: str, parts: dict[str, str], digest: Callable[[Read], str]) -> str:
    """Return in words why a task has no result: what differs from its last run."""
    last = cache.last(name)
    if not last:
        return "never run here"
    was = last["parts"]
    changed = [key for key in parts if key in was and parts[key] != was[key]]
    words = [f"{key} {was[key]} -> {parts[key]}" if key.startswith("package ") else f"{key} changed" for key in changed]
    words += [f"{key} is new" for key in parts if key not in was] + [
        f"{key} is gone" for key in was if key not in parts
    ]
    for kind, path, detail, before in last["reads"]:
        if digest((kind, path, detail)) != before:
            words.append(
                f"{path}/datapackage.json: entry of {detail} changed" if kind == "resource" else f"{path} changed"
            )
    if not words:
        return last.get("beyond") or "its result is no longer in the cache, or was damaged"
    return "; ".join(words[:4]) + (f" and {len(words) - 4} more" if len(words) > 4 else "")

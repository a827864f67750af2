"""Results of earlier builds, kept by what they depend on and checked by hash whenever they are used.

The cache is a folder that may be deleted at any time. `objects/` holds contents under their own SHA-256; `results/`
holds, under a key (the hash of everything known before a run), one record for each set of inputs that runs with this
key have read; `last/` says what the last run of a task depended on, to explain the next one; `pictures/` holds drawn charts. Every file is written
beside its place and moved into it, so that builds can share a cache; a file that does not match its hash counts as
absent and is made again.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bookbuild.files import link, private, touch, write_whole
from bookbuild.inputs import Read, canonical, sha256

KEEP_DAYS = 60
"""Contents that no build used for so long are removed."""


@dataclass(frozen=True)
class Result:
    """A kept result: `value` as JSON, and the inputs it rests on with their hashes."""

    value: Any
    reads: dict[Read, str]


class Cache:
    """A folder of results.

    `folder`: made when something is first kept, for this user alone: who may write here decides what the book shows.
    Raises `BookError`: a link, a file or another user's folder lies there.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        if os.path.lexists(folder):
            private(folder)

    @property
    def pictures(self) -> Path:
        """Folder in which a book may keep drawn charts, by what they are drawn from."""
        return self.folder / "pictures"

    # ------------------------------------------------------------------ contents

    def _write(self, path: Path, content: bytes) -> None:
        private(self.folder)
        write_whole(path, content)

    def _object(self, digest: str) -> Path:
        return self.folder / "objects" / digest[:2] / digest[2:]

    def put(self, content: bytes) -> str:
        """Keep a content and return its SHA-256."""
        digest = sha256(content)
        path = self._object(digest)
        if self.get(digest) is None:
            self._write(path, content)
        return digest

    def get(self, digest: str) -> bytes | None:
        """Return a content, or None where it is absent or damaged (and then removed)."""
        path = self._object(digest)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        if sha256(content) != digest:
            path.unlink(missing_ok=True)
            return None
        return content

    def use(self, digest: str) -> None:
        """Note that a content is in use (see `prune`)."""
        touch(self._object(digest))

    def put_tree(self, folder: Path) -> dict[str, str]:
        """Keep every file of a folder and return hash by relative path."""
        return {
            path.relative_to(folder).as_posix(): self.put(path.read_bytes())
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    def holds(self, tree: Iterable[str]) -> bool:
        """Return whether every content is there and sound."""
        return all(self.get(digest) is not None for digest in tree)

    def lay(self, digest: str, target: Path) -> None:
        """Lay a content out as a file: a hard link where the file system can, else a copy.

        Raises `FileNotFoundError`: the content is absent.
        """
        link(self._object(digest), target)

    # ------------------------------------------------------------------ results

    def find(self, key: str, digest: Callable[[Read], str]) -> Result | None:
        """Return the result for a key whose inputs are all as they were, or None.

        `key`: hash of all that is known before a run. `digest`: gives the hash of an input as it is now.
        """
        folder = self.folder / "results" / key
        try:
            paths = sorted(folder.iterdir())
        except OSError:
            return None
        for path in paths:
            try:
                content = path.read_bytes()
            except OSError:
                continue
            if path.name != f"{sha256(content)}.json":
                if not path.name.startswith(".part-"):
                    path.unlink(missing_ok=True)
                continue
            kept = json.loads(content)
            reads = {(kind, name, detail): was for kind, name, detail, was in kept["reads"]}
            if all(digest(read) == was for read, was in reads.items()):
                touch(path)
                return Result(kept["value"], reads)
        return None

    def store(self, key: str, reads: dict[Read, str], value: Any) -> None:
        """Keep a result under its key and inputs."""
        kept = {"reads": [[*read, was] for read, was in sorted(reads.items())], "value": value}
        content = canonical(kept).encode()
        self._write(self.folder / "results" / key / f"{sha256(content)}.json", content)

    # ------------------------------------------------------------------ memory of the last run

    def last(self, name: str) -> dict[str, Any]:
        """Return what was noted about the last run of a task; empty where nothing, or damaged."""
        try:
            content = json.loads((self.folder / "last" / f"{sha256(name)}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def set_last(self, name: str, value: dict[str, Any]) -> None:
        """Note what the last run of a task depended on."""
        self._write(self.folder / "last" / f"{sha256(name)}.json", canonical(value).encode())

    # ------------------------------------------------------------------ room

    def prune(self, used: Iterable[str] = (), days: float = KEEP_DAYS) -> int:
        """Remove what no build has used for a while.

        `used`: hashes of contents this build used: they count as used now. `days`: age from which a file is removed.
        Returns how many files were removed.
        """
        for digest in used:
            self.use(digest)
        limit = time.time() - days * 86400
        removed = 0
        for part in ("objects", "results", "last", "pictures"):
            for path in (self.folder / part).rglob("*"):
                try:
                    if path.is_file() and path.stat().st_mtime < limit:
                        path.unlink()
                        removed += 1
                except OSError:
                    # Another build may have removed it.
                    continue
        return removed

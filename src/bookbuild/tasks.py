"""What a build is made of: tasks, how long the rest will take, and how the user wants it done."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bookbuild.inputs import canonical, sha256


@dataclass
class Task:
    """One thing to do: a chapter (`path`) or the book (no `path`) of an edition."""

    edition: str
    title: str
    path: Path | None
    parts: dict[str, str]
    why: str = ""

    @property
    def name(self) -> str:
        """Name under which its last run is noted."""
        return f"{self.edition} {self.path.as_posix() if self.path else 'book'}"

    @cached_property
    def key(self) -> str:
        """Hash of its parts: everything known before it runs."""
        return sha256(canonical(self.parts))

    @property
    def words(self) -> str:
        """What it is, for the user."""
        what = f"chapter {self.path.with_suffix('').as_posix().removeprefix('chapters/')}" if self.path else "the book"
        return f"{what} of edition {self.title}"


@dataclass
class Clock:
    """How long the rest will take, from what was done so far."""

    jobs: int
    left: dict[str, int]
    spent: dict[str, list[float]] = field(default_factory=lambda: {"chapter": [], "book": []})

    def done(self, kind: str, seconds: float) -> None:
        """Note how long a chapter or a book took."""
        self.left[kind] -= 1
        self.spent[kind].append(seconds)

    @property
    def words(self) -> str:
        """How long the rest will take, for the user; empty where too little was done to tell."""
        if sum(self.left.values()) < 2 * self.jobs or len(self.spent["chapter"]) < 2 * self.jobs:
            return ""
        mean = {kind: sum(row) / len(row) if row else 0.0 for kind, row in self.spent.items()}
        mean["book"] = mean["book"] or 5 * mean["chapter"]
        minutes = sum(self.left[kind] * mean[kind] for kind in mean) / self.jobs / 60
        return f", about {minutes:.0f} min left" if minutes >= 1 else ", less than a minute left"


@dataclass(frozen=True)
class Options:
    """How to build."""

    jobs: int = 0
    """Processes; as many as there are cores where 0."""
    force: bool = False
    """Run everything, whatever the cache holds."""
    scheduler: str = ""
    """Address of a Dask scheduler whose workers run the chapters (sources, tables and Python environment must be at
    the same places for them); this machine runs them where empty."""
    cold: bool = False
    """Start every kernel and every book in a process of its own instead of forking a warm one."""
    cache: Path | None = None
    """Folder of results; `build/cache` in the project where not given."""

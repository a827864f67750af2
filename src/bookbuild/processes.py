"""Where tasks run: forks of a warm process or cold ones on this machine, and the workers of a Dask cluster."""

from __future__ import annotations

import os
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bookbuild import warm
from bookbuild.errors import BuildError
from bookbuild.recipe import Project
from bookbuild.state import RUNS, State

PATIENCE = 60
"""Seconds to wait for a Dask scheduler; one that has other work answers late."""


@dataclass(frozen=True)
class Lanes:
    """Where tasks run: threads that wait for processes of this machine, and a cluster for chapters, if any."""

    pool: ThreadPoolExecutor
    warm: Any
    cluster: Executor | None
    jobs: int

    @property
    def width(self) -> int:
        """Tasks that may be under way at once: a cluster keeps its own queue."""
        return self.jobs if self.cluster is None else 10_000


def chapter_call(source: Project, path: Path, edition: str, data_dir: str, address: str) -> tuple[str, ...]:
    """Return the function that runs a chapter in a process, and its arguments."""
    return f"{RUNS}:task", str(path), edition, data_dir, str(source.root), source.recipe.mark, address


def processes(state: State, cold: bool, chapters_too: bool = True) -> Any:
    """Return the processes of a build: forks of one that has imported what its chapters and books use, or cold ones.

    Where no chapter is to be run, what only chapters use is not imported.
    """
    recipe = state.recipe
    if cold or not hasattr(os, "fork"):
        return warm.Cold(recipe.mark)
    run = state.source.notebooks if chapters_too else []
    chapters = state.modules.reach(*(state.chapter(path).imports for path in run))
    modules = state.modules.reach(*chapters, RUNS, *recipe.book_code)
    used = [*modules, *state.modules.outside(modules)]
    ahead = (recipe.ahead[1], state.data_dir) if recipe.ahead and recipe.ahead[0] in chapters else ()
    return warm.Warm([*used, *WARM], ahead, recipe.mark)


WARM = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "jupyter_book.cli.main",
    "jupyter_book.sphinx",
    "sphinx.application",
    "sphinx.builders.html",
    "myst_nb.sphinx_ext",
    "sphinx_book_theme",
)
"""Modules that kernels and jupyter-book import when they start, read beforehand for speed only."""


def cluster(address: str) -> Any:
    """Return a Dask cluster's workers as an executor.

    Raises `BuildError`: dask.distributed is not installed, or nothing answers at the address.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise BuildError(
            f"--scheduler needs dask.distributed, which is not installed ({error}); "
            "pip install distributed, in the environment of the workers too."
        ) from error
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise BuildError(f"no Dask scheduler answers at {address} ({error}); expected tcp://HOST:PORT.") from error
    return _Workers(client)


class _Workers:
    """The workers of a Dask client, as an executor that ends with the client."""

    def __init__(self, client: Any):
        self._client = client

    def __enter__(self) -> Executor:
        return self._client.get_executor(pure=False)

    def __exit__(self, *_: object) -> None:
        self._client.close()

"""Chapters run for one edition, without a build: one, or all of them side by side."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import ExitStack
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from bookbuild import notebooks
from bookbuild.cache import Cache
from bookbuild.processes import chapter_call, processes
from bookbuild.recipe import Project
from bookbuild.state import State

Store = Callable[[NotebookNode], None]
"""Puts into an executed chapter what it holds when it is stored beside its outputs."""


def run_chapter(
    source: Project, path: Path, edition: str, data_dir: str, out: Path, *, store: Store | None = None
) -> Path:
    """Run one chapter for one edition and write it, where nothing of the user's lies (see `run_chapters`)."""
    mark = source.recipe.mark
    if not store:
        notebooks.refuse(out, mark)
    done = notebooks.execute(path, {"edition": edition, "data_dir": data_dir}, source.root, mark)
    _write(done, out, mark, store)
    return out


def _write(notebook: NotebookNode, out: Path, mark: str, store: Store | None) -> None:
    """Write a chapter once and whole: stopped at any moment, a run leaves it as it was or as it is meant to be."""
    if store:
        store(notebook)
    notebooks.write(notebook, out, "" if store else mark)


def run_chapters(
    source: Project, edition: str, data_dir: str, out: Callable[[Path], Path], *, store: Store | None = None
) -> None:
    """Run every chapter for one edition, side by side, and write each; whatever an earlier build has kept.

    Parameters
    ----------
    source : Project
        The book's sources.
    edition, data_dir : str
        Parameters.
    out : callable
        Gives the file to write for a chapter's source.
    store : callable, optional
        The files are the project's own chapters, to be stored executed with what this puts into each; nothing of the
        user's is replaced where it is not given.
    """
    for path in () if store else source.notebooks:
        notebooks.refuse(out(path), source.recipe.mark)
    state = State(source, Cache(source.cache), data_dir)
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(os.cpu_count() or 1))
        warm = stack.enter_context(processes(state, cold=False))
        futures = {
            pool.submit(warm.call, *chapter_call(source, path, edition, data_dir, warm.address)): path
            for path in source.notebooks
        }
        try:
            while futures:
                for future in wait(futures, return_when=FIRST_COMPLETED).done:
                    path = futures.pop(future)
                    notebook = nbformat.reads(future.result()["notebook"], as_version=4)
                    _write(notebook, out(path), source.recipe.mark, store)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise

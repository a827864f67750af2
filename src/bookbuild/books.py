"""One edition's book: its pages laid out, jupyter-book run with warnings as errors, and a record of what it read."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import traceback
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from bookbuild.borrowed import jupyter_book
from bookbuild.environment import allowed
from bookbuild.errors import BookError
from bookbuild.inputs import Read, Recorder


def lay_out(
    work: Path,
    *,
    config: Path,
    toc: Path,
    pages: Mapping[str, Path | bytes],
    settings: Mapping[str, Any] | None = None,
    listed_only: bool = True,
    **_: Any,
) -> None:
    """Write a book's sources into a folder.

    Parameters
    ----------
    work : Path
        Folder to fill.
    config, toc : Path
        `_config.yml` and `_toc.yml` of the book.
    pages : mapping
        File or content by relative path.
    settings : mapping, optional
        Added to what `_config.yml` tells Sphinx.
    listed_only : bool
        No page is built that the contents do not name.
    **_
        What else a build tells a recipe, of which a plain book has no need: edition, editions shown, runs.
    """
    found = yaml.safe_load(config.read_text(encoding="utf-8"))
    if settings:
        found.setdefault("sphinx", {}).setdefault("config", {}).update(settings)
    found["only_build_toc_files"] = listed_only
    work.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(found, allow_unicode=True, sort_keys=False)
    (work / "_config.yml").write_text(text, encoding="utf-8")
    shutil.copy(toc, work / "_toc.yml")
    for name, page in pages.items():
        target = work / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(page, bytes):
            target.write_bytes(page)
        else:
            shutil.copy(page, target)


def join(work: Path, mark: str = "") -> Path:
    """Build the pages of a laid-out book as one HTML file, in a process of its own.

    `work`: folder made by `lay_out`. Raises `BookError`: jupyter-book failed; the message ends with what it said.
    """
    command = [*jupyter_book.PROGRAM, "build", str(work), "--builder", "singlehtml"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=allowed(os.environ, mark) | jupyter_book.SURROUNDINGS,
    )
    root = yaml.safe_load((work / "_toc.yml").read_text(encoding="utf-8"))["root"]
    page = jupyter_book.built(work, "singlehtml") / f"{root}.html"
    if done.returncode or not page.is_file():
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise BookError(f"the pages of {work.name} could not be joined into one:\n{tail}")
    return page


def html_of(work: Path) -> Path:
    """Return the folder of the built pages."""
    return jupyter_book.built(work)


def make(
    work: str,
    pictures: str = "",
    *,
    before: Callable[[Path], None] = lambda _: None,
    after: Callable[[Path], None] = lambda _: None,
    lost: Callable[[Path], bool] = lambda _: False,
) -> dict[str, Any]:
    """Run jupyter-book on a folder, in this process, which it leaves in a state of its own.

    Parameters
    ----------
    work : str
        Folder made by `lay_out`.
    pictures : str
        Folder of drawn charts that was named there: they are known by what they are drawn from, and no input.
    before : callable
        Called with the folder before it is built: what it reads is an input of the book too.
    after : callable
        Called with the folder of the pages, where they were built without a warning.
    lost : callable
        Takes the folder of what Sphinx has read, and tells whether pages that were to be made alone take the whole book.

    Returns
    -------
    dict
        `code` (0 where it built without a warning), `lost`, `reads` and `beyond` (see `bookbuild.inputs.Recorder`); what
        jupyter-book said went to the standard output and error.
    """
    # A book is made of millions of small objects that live to its end; looking for garbage among them took a third of
    # the time, and the process ends with the book.
    gc.disable()
    recorder = Recorder(ignore=[work, *([pictures] if pictures else [])])
    recorder.start()
    # Deprecation notices of its dependencies are no warnings of the book: those come from Sphinx, through -W.
    warnings.simplefilter("ignore")
    os.environ |= jupyter_book.SURROUNDINGS
    code = 1
    try:
        before(Path(work))
        jupyter_book.run(["build", work, "-W", "-n", "--keep-going"])
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    except Exception:  # noqa: BLE001 - whatever it was, it is shown with the rest of what jupyter-book said
        traceback.print_exc()
    if not code:
        after(html_of(Path(work)))
    recorder.stop()
    sys.stdout.flush()
    reads: list[Read] = recorder.record()
    whole = lost(jupyter_book.doctrees(Path(work)))
    return {"code": code, "lost": whole, "reads": reads, "beyond": recorder.beyond}


def ship(built: str, out: str, known: list[str]) -> None:
    """Ship built pages as they are, but for the `known` files of an earlier build: a recipe may name what does more."""
    shutil.copytree(built, out, dirs_exist_ok=True)

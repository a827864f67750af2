"""One edition's book: its pages laid out, jupyter-book run with warnings as errors, and a record of what it read."""

from __future__ import annotations

import os
import shutil
import sys
import traceback
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from helpers.inputs import Read, Recorder


def lay_out(
    work: Path, *, config: Path, toc: Path, edition: str, shown: Sequence[Sequence[str]], pages: dict[str, Path | bytes]
) -> None:
    """Write a book's sources into a folder.

    Parameters
    ----------
    work : Path
        Folder to fill.
    config, toc : Path
        `_config.yml` and `_toc.yml` of the project.
    edition : str
        Edition id.
    shown : sequence of (id, title)
        Editions that the pages link to.
    pages : dict
        File or content by relative path.
    """
    settings = yaml.safe_load(config.read_text(encoding="utf-8"))
    settings["sphinx"]["config"] |= {"mali_edition": edition, "mali_editions": [list(row) for row in shown]}
    work.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    (work / "_config.yml").write_text(text, encoding="utf-8")
    shutil.copy(toc, work / "_toc.yml")
    for name, page in pages.items():
        target = work / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(page, bytes):
            target.write_bytes(page)
        else:
            shutil.copy(page, target)


def html_of(work: Path) -> Path:
    """Return the folder of the built pages."""
    return work / "_build" / "html"


def make(work: str) -> dict[str, Any]:
    """Run jupyter-book on a folder, in this process, which it leaves in a state of its own.

    Parameters
    ----------
    work : str
        Folder made by `lay_out`.

    Returns
    -------
    dict
        `code` (0 where it built without a warning), `reads` and `beyond` (see `helpers.inputs.Recorder`); what
        jupyter-book said went to the standard output and error.
    """
    recorder = Recorder(ignore=[work])
    recorder.start()
    # Deprecation notices of its dependencies are no warnings of the book: those come from Sphinx, through -W.
    warnings.simplefilter("ignore")
    os.environ |= {"PYTHONWARNINGS": "ignore", "JUPYTER_PLATFORM_DIRS": "1"}
    code = 1
    try:
        from jupyter_book.cli.main import main

        main(["build", work, "-W", "-n", "--keep-going"])
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    except Exception:  # noqa: BLE001 - whatever it was, it is shown with the rest of what jupyter-book said
        traceback.print_exc()
    recorder.stop()
    sys.stdout.flush()
    reads: list[Read] = recorder.record()
    return {"code": code, "reads": reads, "beyond": recorder.beyond}

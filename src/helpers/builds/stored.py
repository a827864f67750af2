"""The chapters as they are stored, executed: for which edition, and what no comparison would see in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat

EDITION = "2023-07"
"""Edition for which the chapters in the repository are stored executed: nbval compares with it."""
SILENT = "may-be-silent"
"""Tag of a cell that shows something in some editions only: without a word where there is nothing to tell."""


def _may_be_silent(cell: Any, said: Sequence[Any]) -> bool:
    """Tell whether a cell may show nothing: it has the tag for it, or the last output before it gives the reason.

    A chapter says once why an edition lacks something, however many cells would show it (`Chapter.show`).
    """
    if SILENT in cell.metadata.get("tags", []):
        return True
    if re.fullmatch(r"chapter\.show\([\w.]+\)", cell.source.strip()) is None:
        return False
    texts = [output.get("data", {}).get("text/markdown", "") for output in said]
    return any(map(_is_reason, texts))


def _is_reason(text: str) -> bool:
    """Tell whether a text is nothing but sentences in emphasis, in one language or in both."""
    return all(re.fullmatch(r"\*[^*\n]+\*", paragraph) for paragraph in text.split("\n\n"))


def faults(path: Path) -> list[str]:
    """Return what nbval would not see in a stored chapter.

    Strict nbval compares outputs with a fresh run, but passes a notebook whose outputs were stripped, never looks at
    images, and ignores warnings printed to stderr.

    Returns one sentence a fault; empty where all is well.
    """
    notebook = nbformat.read(path, as_version=4)
    found = []
    said: list[Any] = []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        where = f"{path.name}, cell {index}"
        if cell.execution_count is None:
            found.append(f"{where}: was not run.")
        calls = re.findall(r"\bchapter\.(show|opening)\(", cell.source)
        if calls and not cell.outputs and not _may_be_silent(cell, said):
            found.append(f"{where}: shows nothing, but calls chapter.{calls[0]}.")
        said = cell.outputs or said
        for output in cell.outputs:
            kinds = set(output.get("data", {}))
            if output.output_type == "error":
                found.append(f"{where}: holds an error.")
            if output.output_type == "stream" and output.name == "stderr":
                found.append(f"{where}: wrote to stderr.")
            if kinds & {"image/png", "image/jpeg"} and not kinds & {
                "application/vnd.vegalite.v5+json",
                "image/svg+xml",
            }:
                found.append(f"{where}: holds an image without its data.")
    return found

"""Kernels for chapters: the usual ipykernel, with a record of what it reads, forked from a warm process or started cold.

papermill and nbclient speak to them as to any kernel; only how they are started differs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from bookbuild import warm
from bookbuild.borrowed import ipykernel
from bookbuild.borrowed.jupyter_client import manager as manager
from bookbuild.inputs import Read, Recorder


def serve(arguments: Sequence[str]) -> None:
    """Be a kernel until told to shut down.

    `arguments`: those of ipykernel, after a first one: the file into which the record of inputs is written.
    """
    target, *rest = arguments
    sys.argv[1:] = arguments
    recorder = Recorder()
    cells = 0

    def write(result: Any) -> None:
        nonlocal cells
        cells += 1
        record = {"reads": recorder.record(), "beyond": recorder.beyond, "cells": cells}
        # Where it cannot be written, it is short of a cell, and the run is not kept; the chapter is not disturbed.
        with suppress(OSError):
            Path(target).write_text(json.dumps(record), encoding="utf-8")

    app = ipykernel.begun(rest, lambda: recorder.reads.update(warm.common_reads()), write)
    recorder.start()
    app.start()


def read_record(path: Path, cells: int) -> tuple[list[Read], str]:
    """Return what a kernel recorded: inputs, and why they are not all (empty where they are).

    `path`: the record. `cells`: cells that were run; a record of fewer is not whole.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return [], "its inputs were not recorded"
    if record["cells"] < cells:
        return [], "its inputs were recorded only in part"
    return [(kind, name, detail) for kind, name, detail in record["reads"]], record["beyond"]


if __name__ == "__main__":
    serve(sys.argv[1:])

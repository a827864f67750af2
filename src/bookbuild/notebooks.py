"""Chapters as notebooks: check the parameters, run with papermill, and store the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from bookbuild import kernels
from bookbuild.borrowed import ipykernel, nbclient
from bookbuild.borrowed import papermill as borrowed
from bookbuild.errors import BookError, RequestError
from bookbuild.files import write_whole
from bookbuild.inputs import Read

KERNEL = "python3"


class ChapterError(BookError):
    """A cell of a chapter failed; the message names chapter, edition, cell and error."""


def parameters_of(path: Path) -> dict[str, Any]:
    """Return the parameters a chapter declares, with their defaults; one without such a cell is refused."""
    logging.getLogger("papermill").setLevel(logging.ERROR)
    declared = papermill.inspect_notebook(str(path))
    if not declared:
        raise RequestError(
            f"{path.name}: no parameters; expected one cell tagged 'parameters' with edition and data_dir."
        )
    out = {}
    for name, row in declared.items():
        text = str(row["default"]).strip()
        out[name] = text[1:-1] if re.fullmatch(r"(['\"]).*\1", text) else text
    return out


def check_parameters(path: Path, given: Mapping[str, Any]) -> None:
    """Refuse, in one sentence, parameters that the chapter does not declare or that are not text.

    papermill only logs an unknown name and turns 2022 into a number; both would run and mislead.
    """
    known = parameters_of(path)
    for name, value in given.items():
        if name not in known:
            raise RequestError(f"{path.name} has no parameter {name!r}; expected one of {', '.join(known)}.")
        if not isinstance(value, str):
            raise RequestError(
                f"{path.name}: parameter {name} is {value!r} ({type(value).__name__}); expected text, as in '2023-07'."
            )


def execute(source: Path, parameters: Mapping[str, str], cwd: Path, mark: str = "") -> NotebookNode:
    """Run a chapter as `run` does, and return the executed notebook alone."""
    return run(source, parameters, cwd, mark=mark).notebook


@dataclass(frozen=True)
class Run:
    """A chapter that was run."""

    notebook: NotebookNode
    """Executed and normalised."""
    reads: list[Read]
    """What it read (see `bookbuild.inputs.Recorder`)."""
    beyond: str
    """Why `reads` is not all it depends on; empty where it is."""


def run(source: Path, parameters: Mapping[str, str], cwd: Path, warm: str = "", mark: str = "") -> Run:
    """Run a chapter with papermill and record what it reads.

    Parameters
    ----------
    source : Path
        Notebook.
    parameters : mapping of str to str
        Values for its `parameters` cell.
    cwd : Path
        Working directory of the kernel; chapters do not depend on it.
    warm : str
        Socket of a warm process to fork the kernel from (see `bookbuild.warm`); a kernel is started where empty.

    Raises
    ------
    RequestError
        A parameter is unknown or not text.
    ChapterError
        A cell failed.
    """
    check_parameters(source, parameters)
    name = source.relative_to(cwd) if source.is_relative_to(cwd) else Path("chapters") / source.name
    with tempfile.TemporaryDirectory(prefix="book-") as scratch:
        record = Path(scratch) / "record.json"
        try:
            done = papermill.execute_notebook(
                str(source),
                None,
                parameters=dict(parameters),
                kernel_name=KERNEL,
                **nbclient.arguments(kernels.manager(record, warm, mark), cwd),
                start_timeout=nbclient.PATIENCE,
                progress_bar=False,
                log_output=False,
                extra_arguments=list(ipykernel.QUIET),
            )
        except PapermillExecutionError as error:
            edition = parameters.get("edition", "")
            raise ChapterError(
                f"chapter {source.stem}, edition {edition}: cell {error.cell_index} failed with "
                f"{_sentence(error.ename, str(error.evalue))} To reproduce: open {name} in JupyterLab (make lab), set "
                f"edition = {edition!r} in the first cell and run all cells."
            ) from error
        except (DeadKernelError, RuntimeError) as error:
            raise ChapterError(
                f"chapter {source.stem}, edition {parameters.get('edition', '')}: its kernel ended before the chapter "
                f"did ({error}); most often the machine ran out of memory. To reproduce: open {name} in JupyterLab "
                "(make lab) and run all cells."
            ) from error
        cells = sum(cell.cell_type == "code" and bool(cell.source.strip()) for cell in done.cells)
        reads, beyond = kernels.read_record(record, cells)
        notebook = nbformat.reads(nbformat.writes(done), as_version=4)
        return Run(normalise(notebook, parameters), reads, beyond)


def _sentence(name: str, message: str) -> str:
    """Return an error as a sentence: its name, the last line of its message if it has one, and a full stop."""
    said = ": ".join([name, *message.strip().splitlines()[-1:]])
    return said if said.endswith((".", "!", "?")) else f"{said}."


def task(source: str, edition: str, data_dir: str, root: str, mark: str, address: str = "") -> dict[str, Any]:
    """Run one chapter for one edition: what a process of the build, or a Dask worker, does (see `run`).

    Returns `notebook` (JSON), `reads` and `beyond` (see `bookbuild.inputs.Recorder`), `seconds`, and `run`: seconds,
    day and code cells for the status page.
    """
    begun = time.monotonic()
    done = run(Path(source), {"edition": edition, "data_dir": data_dir}, Path(root), address, mark)
    text = nbformat.writes(done.notebook) + "\n"
    cells = sum(cell.cell_type == "code" for cell in done.notebook.cells)
    seconds = time.monotonic() - begun
    ran = [round(seconds, 2), time.strftime("%Y-%m-%d", time.gmtime()), cells]
    return {"notebook": text, "reads": done.reads, "beyond": done.beyond, "seconds": seconds, "run": ran}


def normalise(notebook: NotebookNode, parameters: Mapping[str, str] | None = None) -> NotebookNode:
    """Remove what differs from run to run: times, papermill's own metadata and random cell ids.

    The values of papermill's injected cell move into the `parameters` cell, so that a stored chapter can be run again
    and shows the values it was run with.
    """
    cells = []
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if borrowed.INJECTED in tags:
            continue
        if borrowed.DECLARED in tags:
            for name, value in (parameters or {}).items():
                line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
                # A backslash in a value would be an escape in re.sub's template.
                template = line.replace("\\", r"\\")
                cell.source = re.sub(rf"^{re.escape(name)}\s*=.*$", template, cell.source, flags=re.M)
        borrowed.forget(cell)
        cells.append(cell)
    notebook.cells = cells
    # The merge above leaves a gap in the counts: number the code cells as a fresh run of the stored notebook would.
    for number, cell in enumerate((c for c in cells if c.cell_type == "code"), start=1):
        cell.execution_count = number
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = number
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number:02d}"
    notebook.metadata = NotebookNode(
        {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": KERNEL},
            "language_info": {"name": "python"},
        }
    )
    return notebook


def with_prose(executed: bytes, source: Path) -> bytes:
    """Return an executed notebook with the prose that its chapter has now: the same bytes as a run would give.

    `executed`: a chapter as `normalise` left it. `source`: the chapter; its code is that of the run.
    """
    done = nbformat.reads(executed.decode(), as_version=4)
    ran = iter([cell for cell in done.cells if cell.cell_type == "code"])
    now = nbformat.read(source, as_version=4)
    for cell in now.cells:
        cell.metadata.setdefault("tags", [])  # as papermill does
    done.cells = [next(ran) if cell.cell_type == "code" else cell for cell in now.cells]
    return (nbformat.writes(normalise(done)) + "\n").encode()


def _seal(notebook: NotebookNode) -> str:
    return hashlib.sha256(json.dumps(notebook.cells, sort_keys=True).encode()).hexdigest()


def refuse(path: Path, mark: str) -> None:
    """Refuse to write over what this program has not made, or what was changed since: a notebook says so itself.

    `path`: file to write. `mark`: of the book (`bookbuild.recipe.Recipe`): under it the notebook says so. Raises
    `RequestError`, which says what lies there, and what to do.
    """
    for parent in path.absolute().parents:
        if os.path.lexists(parent) and not parent.is_dir():
            raise RequestError(f"{parent}: a file lies there; expected a folder for {path.name}. Give another --out.")
    if path.is_dir():
        raise RequestError(f"{path}: a folder; expected a file to write, as {path / 'chapter.ipynb'}.")
    if not os.path.lexists(path):
        return
    try:
        # A device or a pipe may be read without end.
        ours = path.is_file() and not path.is_symlink()
        there = nbformat.reads(path.read_text(encoding="utf-8") if ours else "{}", as_version=4)
        ours = ours and there.metadata.get(mark, {}).get("sealed") == _seal(there)
    except (OSError, ValueError, AttributeError, nbformat.ValidationError):
        ours = False
    if not ours:
        raise RequestError(
            f"{path}: lies there and was not made by 'run', or was changed since; nothing was run. Move it away, or "
            "give another --out."
        )


def write(notebook: NotebookNode, path: Path, sealed: str = "") -> None:
    """Write a notebook whole: beside its place first, then moved into it.

    `notebook`: executed and normalised. `path`: the file. `sealed`: mark under which the hash of its cells is noted in
    it, so that a later run knows that nobody has changed it (see `refuse`); not noted where empty.
    """
    if sealed:
        notebook.metadata[sealed] = {"sealed": _seal(nbformat.reads(nbformat.writes(notebook), as_version=4))}
    write_whole(path, (nbformat.writes(notebook) + "\n").encode())

"""Chapters as notebooks: refusal of parameters, same bytes on every run, and guards that can go red."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

import story_figures
from bookbuild import notebooks
from bookbuild.chapters import run_chapter
from bookbuild.errors import RequestError
from helpers.builds import stored
from helpers.builds.recipe import project
from helpers.ingest.tables import sha256
from helpers.page import stills

CHAPTERS = project().notebooks


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A synthetic notebook with the two parameters every chapter has."""
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell('edition = "2023-07"\ndata_dir = ""', metadata={"tags": ["parameters"]}),
            nbformat.v4.new_markdown_cell("# A page"),
            nbformat.v4.new_code_cell("edition"),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    path = tmp_path / "small.ipynb"
    nbformat.write(notebook, path)
    return path


def test_parameters_are_those_of_the_tagged_cell(small):
    assert notebooks.parameters_of(small) == {"edition": "2023-07", "data_dir": ""}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"editon": "2022-08"}, "no parameter 'editon'; expected one of edition, data_dir"),
        ({"edition": 2022}, r"parameter edition is 2022 \(int\); expected text"),
        ({"edition": None}, "expected text"),
    ],
)
def test_unknown_or_mistyped_parameters_are_refused_before_anything_runs(small, given, message, monkeypatch):
    monkeypatch.setattr(notebooks.papermill, "execute_notebook", lambda *a, **k: pytest.fail("it ran"))
    with pytest.raises(RequestError, match=message):
        notebooks.execute(small, given, small.parent)


def test_a_run_sets_the_parameters_and_gives_the_same_bytes_twice(small, tmp_path):
    for name in ("one.ipynb", "two.ipynb"):
        notebooks.write(notebooks.execute(small, {"edition": "2021-12"}, tmp_path), tmp_path / name)
    assert (tmp_path / "one.ipynb").read_bytes() == (tmp_path / "two.ipynb").read_bytes()
    stored = nbformat.read(tmp_path / "one.ipynb", as_version=4)
    assert stored.cells[0].source == 'edition = "2021-12"\ndata_dir = ""'
    assert stored.cells[2].outputs[0]["data"]["text/plain"] == "'2021-12'"
    notebooks.write(
        notebooks.execute(tmp_path / "one.ipynb", {"edition": "2023-07"}, tmp_path), tmp_path / "back.ipynb"
    )
    assert nbformat.read(tmp_path / "back.ipynb", as_version=4).cells[0].source.startswith('edition = "2023-07"')


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero. To reproduce: open "),
        ("assert False", "AssertionError. To reproduce: open "),
        ("raise ValueError('Stop.')", "ValueError: Stop. To reproduce: open "),
    ],
)
def test_a_failing_cell_names_chapter_edition_cell_error_and_what_to_do(small, tmp_path, cell, said):
    notebook = nbformat.read(small, as_version=4)
    notebook.cells[2].source = cell
    nbformat.write(notebook, small)
    with pytest.raises(
        notebooks.ChapterError,
        match=re.escape(f"chapter small, edition 2021-12: cell 3 failed with {said}") + ".* JupyterLab",
    ):
        notebooks.execute(small, {"edition": "2021-12"}, tmp_path)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_stored_chapters_have_no_fault_that_nbval_would_miss(path):
    assert stored.faults(path) + stills.faults(path) == []


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_stored_chapters_are_of_the_stored_edition_with_the_usual_cells(path):
    notebook = nbformat.read(path, as_version=4)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    assert first.metadata["tags"][0] == "parameters"
    assert first.source == f'edition = "{stored.EDITION}"\ndata_dir = ""'
    assert notebooks.parameters_of(path) == {"edition": "2023-07", "data_dir": ""}


def code_faults(source: str) -> list[str]:
    """Return what a chapter's cell may not hold: long code, arithmetic, and libraries that only helpers use."""
    tree = ast.parse(source)
    lines = [line for line in source.splitlines() if line.strip()]
    faults = [f"{len(lines)} lines"] if len(lines) > 12 else []
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.AugAssign | ast.For | ast.While | ast.FunctionDef | ast.Lambda):
            faults.append(ast.unparse(node))
        modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        modules += [name.name for name in node.names] if isinstance(node, ast.Import) else []
        faults += [f"import of {name}" for name in modules if name.split(".")[0] != "helpers"]
    return faults


def test_arithmetic_long_cells_and_other_libraries_are_faults():
    assert code_faults("import pandas as pd\nx = 1 / 2") == ["import of pandas", "1 / 2"]
    assert code_faults("\n".join(f"x{i} = {i}" for i in range(13))) == ["13 lines"]
    assert code_faults('with chapter:\n    chapter.figure("a", form(report), finding(report))') == []


LAYERED = "change"
"""The one page that shows how a cell lays a chart of its own on a form."""


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_chapters_hold_no_arithmetic_and_no_numbers_of_their_own(path):
    """Code cells call helpers; figures in typed prose would go stale in another edition."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
            layered = path.stem == LAYERED and "alt" in cell.source
            allowed = {"import of altair", "form.chart + mean"} if layered else set()
            assert not set(code_faults(cell.source)) - allowed, cell.source
            altair = () if layered else ("alt.", "import altair")
            for forbidden in ("groupby", "pd.", ".sum(", " / ", "import pandas", *altair):
                assert forbidden not in cell.source, cell.source
        if cell.cell_type == "markdown":
            assert "percent" not in cell.source.split("\n\n> ")[0] or "%" not in cell.source


@pytest.mark.parametrize("path", story_figures.PAGES.values(), ids=lambda p: p.stem)
def test_a_cell_that_makes_a_figure_can_say_why_an_edition_has_none(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code" and "chapter.figure(" in cell.source:
            assert cell.source.startswith("with chapter:"), cell.source


def test_stripped_outputs_go_red(tmp_path):
    path = tmp_path / "central.ipynb"
    notebook = nbformat.read(project().find("central"), as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    nbformat.write(notebook, path)
    found = stored.faults(path)
    assert any("shows nothing" in fault for fault in found)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = None
    nbformat.write(notebook, path)
    assert any("was not run" in fault for fault in stored.faults(path))


def test_errors_warnings_and_bare_images_go_red(tmp_path):
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(
                "x",
                execution_count=1,
                outputs=[
                    nbformat.v4.new_output("stream", name="stderr", text="Warning"),
                    nbformat.v4.new_output("error", ename="E", evalue="e", traceback=[]),
                    nbformat.v4.new_output("display_data", data={"image/png": "aGVsbG8="}),
                ],
            )
        ]
    )
    path = tmp_path / "bad.ipynb"
    nbformat.write(notebook, path)
    assert len(stored.faults(path)) == 3


def _nbval(path: Path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--nbval",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:randomly",
            "--rootdir",
            str(path.parent),
            "-c",
            os.devnull,
            str(path),
        ],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
        cwd=path.parent,
    )


@pytest.mark.parametrize(("name", "code"), [("edtion", 1), ("edition", 0)])
def test_papermill_by_hand_with_a_parameter_that_no_chapter_has_fails(tmp_path, root, name, code):
    notebook = nbformat.read(root / "chapters" / "central.ipynb", as_version=4)
    notebook.cells = notebook.cells[:3]
    nbformat.write(notebook, tmp_path / "start.ipynb")
    command = [
        sys.executable,
        "-m",
        "papermill",
        "start.ipynb",
        "out.ipynb",
        "-p",
        name,
        "2021-12",
        "--no-progress-bar",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert (f"no chapter has a parameter '{name}'; expected edition or data_dir" in done.stderr) is bool(code)


@pytest.mark.parametrize("folder", [".", "chapters"])
def test_papermill_by_hand_runs_a_chapter_for_an_edition_from_any_folder(tmp_path, root, folder):
    chapter = (root / "chapters" / "method" / "updates.ipynb").relative_to(root / folder)
    command = [sys.executable, "-m", "papermill", str(chapter), str(tmp_path / "out.ipynb"), "-p", "edition", "2022-08"]
    done = subprocess.run(
        [*command, "--no-progress-bar"], capture_output=True, text=True, check=False, cwd=root / folder
    )
    assert done.returncode == 0, done.stderr
    ran = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    said = [output for cell in ran.cells for output in cell.get("outputs", [])]
    assert said
    assert not [output for output in said if output.output_type in ("error", "stream")]
    assert "August 2022" in str(said)


def test_pictures_beside_charts_neither_hide_from_nbval_nor_reach_a_book(small):
    """nbval looks at no picture, but at the chart beside it; what a book runs anew has no picture."""
    notebook = nbformat.read(small, as_version=4)
    notebook.cells[2].source = (
        "from helpers.chapters import Chapter\nfrom helpers.measures.catalogue import islamist\n"
        "islamist(Chapter('southern', edition).report).within(150).by('half')"
    )
    nbformat.write(notebook, small)
    done = notebooks.execute(small, {}, small.parent)
    stills.add(done)
    notebooks.write(done, small)
    (output,) = nbformat.read(small, as_version=4).cells[2].outputs
    assert {stills.MIME, stills.PNG} <= set(output["data"])
    assert _nbval(small).returncode == 0
    (anew,) = notebooks.execute(small, {}, small.parent).cells[2].outputs
    assert set(output["data"]) - set(anew["data"]) == {stills.PNG}
    assert stills.PNG not in anew["metadata"]
    text = small.read_text().replace("150 km", "151 km")
    small.write_text(text)
    assert _nbval(small).returncode == 1


def test_a_chapter_is_stored_with_its_pictures_at_once_or_stays_as_it_was(small):
    """A run that was stopped between a chapter and its pictures had left it without any."""
    before = small.read_bytes()
    source = SimpleNamespace(root=small.parent, recipe=SimpleNamespace(mark="mali"))

    def stopped(notebook):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_chapter(source, small, "2023-07", "", small, store=stopped)
    assert small.read_bytes() == before
    run_chapter(source, small, "2023-07", "", small, store=lambda notebook: notebook.metadata.update(held=True))
    assert nbformat.read(small, as_version=4).metadata["held"]


def test_one_changed_figure_in_a_copy_of_a_table_turns_nbval_red(tmp_path, root, data_copy):
    """Proof by mutation: one death more in one row, with a matching hash, and the stored chapter no longer holds."""
    lines = (data_copy / "actors.csv").read_text().splitlines()
    at = next(
        i
        for i, line in enumerate(lines)
        if line.startswith("2023-03,Mopti,Battles,jnim,state") and not line.endswith(",0,0")
    )
    fields = lines[at].split(",")
    fields[-2] = str(int(fields[-2]) + 1)
    lines[at] = ",".join(fields)
    text = "\n".join(lines) + "\n"
    (data_copy / "actors.csv").write_text(text)
    package = json.loads((data_copy / "datapackage.json").read_text())
    for resource in package["resources"]:
        if resource["path"] == "actors.csv":
            resource["hash"] = f"sha256:{sha256(text.encode())}"
    (data_copy / "datapackage.json").write_text(json.dumps(package))
    chapter = Path(shutil.copy(root / "chapters" / "central.ipynb", tmp_path / "central.ipynb"))
    changed = _nbval(chapter, MALI_DATA=str(data_copy))
    assert changed.returncode == 1, changed.stdout[-2000:]
    assert "failed" in changed.stdout
    # And the same copy with the tables as they are stays green, so the red above is the figure's.
    unchanged = _nbval(chapter, MALI_DATA=str(root / "data"))
    assert unchanged.returncode == 0, unchanged.stdout[-2000:]

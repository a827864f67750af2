"""What a result depends on: imports wherever they stand, files as they are read, surroundings. All input is synthetic."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookbuild import inputs


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A synthetic package in which `top` reaches the others by every kind of import."""
    folder = tmp_path / "pack"
    sources = {
        "__init__": "",
        "top": "from pack import direct\n\n\ndef later():\n    from pack.sub import lazy\n    return lazy\n",
        "direct": "from . import across\nfrom .sub.deep import thing\n",
        "across": "X = 1\n",
        "sub/__init__": "from pack import through_init\n",
        "sub/lazy": "import pack.named\n",
        "sub/deep": "thing = 1\n",
        "through_init": "",
        "named": "",
        "unused": "from pack import top\n",
        "by_name": "import importlib\n\n\ndef get(name):\n    return importlib.import_module(name)\n",
        "broken": "def (\n",
    }
    for name, source in sources.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    return folder


def test_reach_follows_imports_also_in_functions_relative_ones_and_packages(package):
    modules = inputs.Modules(package)
    assert modules.reach("pack.top") == [
        "pack",
        "pack.across",
        "pack.direct",
        "pack.named",
        "pack.sub",
        "pack.sub.deep",
        "pack.sub.lazy",
        "pack.through_init",
        "pack.top",
    ]
    assert modules.reach("pack.across") == ["pack", "pack.across"]


@pytest.mark.parametrize("name", ["by_name", "broken"])
def test_code_that_imports_by_name_or_cannot_be_read_depends_on_everything(package, name):
    modules = inputs.Modules(package)
    assert modules.reach(f"pack.{name}") == sorted(modules.files)


@pytest.mark.parametrize(
    ("code", "module"),
    [
        ("from pack import sub\nsub.lazy.f()", "pack.sub.lazy"),
        ("import pack.sub as s\ns.deep", "pack.sub.deep"),
        ("import pack\npack.named.x.y", "pack.named"),
        ("from pack.sub import *", "pack.sub.deep"),
        ("def f():\n  def g():\n    from pack.sub.lazy import anything", "pack.named"),
        ("try:\n  import pack.unused\nexcept ImportError: pass", "pack.unused"),
    ],
)
def test_modules_are_found_however_they_are_named(package, code, module):
    assert module in inputs.Modules(package).reach(inputs.imports_of(code))


@given(st.lists(st.sets(st.integers(0, 7)), min_size=8, max_size=8), st.lists(st.booleans(), min_size=8, max_size=8))
def test_reach_is_the_closure_of_any_graph_of_imports(tmp_path_factory, edges, lazy):
    folder = tmp_path_factory.mktemp("graph") / "pack"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    for number, targets in enumerate(edges):
        lines = [f"from pack import m{target}" for target in sorted(targets)] or ["pass"]
        body = "def f():\n    " + "\n    ".join(lines) if lazy[number] else "\n".join(lines)
        (folder / f"m{number}.py").write_text(body + "\n")
    reached, pending = set(), [0]
    while pending:
        at = pending.pop()
        if at not in reached:
            reached.add(at)
            pending.extend(edges[at])
    assert inputs.Modules(folder).reach("pack.m0") == sorted({"pack"} | {f"pack.m{number}" for number in reached})


def test_what_is_known_of_a_module_goes_by_its_content(package):
    known = {}
    inputs.Modules(package, known=known).reach("pack.top")
    (package / "across.py").write_text("from pack import unused\n")
    assert "pack.unused" in inputs.Modules(package, known=known).reach("pack.top")


RECORD = """
import json, os, subprocess, sys
from pathlib import Path
from bookbuild import inputs
recorder = inputs.Recorder(ignore=["ignored"])
Path("before.txt").read_text()
recorder.start()
open("read.txt").read()
os.close(os.open("low.txt", os.O_RDONLY))
Path("made.txt").write_text("x")
Path("made.txt").read_text()
with inputs.unrecorded():
    open("quiet.txt").read()
open("ignored/inside.txt").read()
os.listdir("folder")
try:
    open("absent.txt")
except FileNotFoundError:
    pass
import beside
inputs.note("resource", "data", "actors.csv")
if len(sys.argv) > 1:
    subprocess.run(["true"])
print(json.dumps([recorder.record(), recorder.beyond]))
"""


def _record(folder: Path, *arguments: str) -> tuple[set, str]:
    for name in ("before", "read", "low", "quiet", "ignored/inside", "folder/x"):
        path = folder / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (folder / "beside.py").write_text("")
    environment = os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{Path(inputs.__file__).parents[1]}"}
    done = subprocess.run(
        [sys.executable, "-c", RECORD, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    reads, beyond = json.loads(done.stdout)
    return {(kind, os.path.relpath(path, folder), detail) for kind, path, detail in reads}, beyond


def test_a_recorder_sees_what_is_read_and_nothing_else(tmp_path):
    reads, beyond = _record(tmp_path)
    assert beyond == ""
    assert reads == {
        ("file", "read.txt", ""),
        ("file", "low.txt", ""),
        ("file", "absent.txt", ""),
        ("file", "beside.py", ""),
        ("folder", "folder", ""),
        ("resource", "data", "actors.csv"),
    }


def test_a_recorder_says_where_it_cannot_follow(tmp_path):
    assert _record(tmp_path, "run")[1] == "it started another program"


def _notebook(path: Path, source: str, **more) -> inputs.Chapter:
    cells = [nbformat.v4.new_markdown_cell("# A page", id="a"), nbformat.v4.new_code_cell(source, id="b", **more)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return inputs.chapter(path)


def test_outputs_are_no_part_of_a_chapters_source_but_everything_else_is(tmp_path):
    path = tmp_path / "a.ipynb"
    plain = _notebook(path, "from helpers import data")
    output = nbformat.v4.new_output("stream", text="x")
    assert _notebook(path, "from helpers import data", outputs=[output], execution_count=3) == plain
    assert _notebook(path, "from helpers import  data").digest != plain.digest
    assert _notebook(path, "from helpers import data", metadata={"tags": ["x"]}).digest != plain.digest
    text = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("from helpers import data", id="c")])
    nbformat.write(text, path)
    assert inputs.chapter(path).digest == plain.digest, "the prose and its place are apart from the code"
    assert inputs.chapter(path).prose != plain.prose
    assert inputs.chapter(path).title != plain.title
    _notebook(path, "from helpers import data")
    longer = nbformat.read(path, as_version=4)
    longer.cells.append(nbformat.v4.new_markdown_cell("More.", id="d"))
    longer.cells[0].source += "\n\nMore under the title."
    nbformat.write(longer, path)
    more = inputs.chapter(path)
    assert (more.digest, more.title) == (plain.digest, plain.title)
    assert more.prose != plain.prose
    longer.cells[0].metadata["fr"] = {"text": "# Une page\n\nSuite.", "of": "x"}
    nbformat.write(longer, path)
    french = inputs.chapter(path).title
    assert french != plain.title, "a title in another language is one"
    longer.cells[0].metadata["fr"]["text"] = "# Une page\n\nAutre suite."
    nbformat.write(longer, path)
    assert inputs.chapter(path).title == french
    assert "helpers.data" in plain.imports.names
    assert _notebook(path, "%run other.py").imports.dynamic


def test_files_are_hashed_as_they_are_and_tables_by_their_own_entry(tmp_path):
    (tmp_path / "a.csv").write_text("1")
    package = {"sources": [1], "resources": [{"path": "a.csv", "hash": "1"}, {"path": "b.csv", "hash": "2"}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(package))
    reads = [("file", "a.csv", ""), ("resource", ".", "a.csv"), ("sources", ".", ""), ("folder", ".", "")]

    def now() -> list[str]:
        files = inputs.Files(tmp_path)
        return [files.digest(read) for read in reads]

    first = now()
    package["resources"][1]["hash"] = "3"
    (tmp_path / "datapackage.json").write_text(json.dumps(package))
    assert now() == first
    package["resources"][0]["hash"] = "3"
    (tmp_path / "datapackage.json").write_text(json.dumps(package))
    assert [was == is_ for was, is_ in zip(first, now(), strict=True)] == [True, False, True, True]
    (tmp_path / "a.csv").unlink()
    assert now()[0] == "missing"
    (tmp_path / "datapackage.json").write_text("{")
    assert now()[1:3] == ["damaged", "damaged"]


def test_surroundings_hold_packages_python_and_the_environment_that_matters(monkeypatch):
    monkeypatch.setenv("TZ", "Africa/Bamako")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    monkeypatch.setenv("MALI_DATA", "elsewhere")
    found = inputs.surroundings("mali")
    assert found["package pandas"] == __import__("pandas").__version__
    assert sys.version in found["Python"]
    assert found["environment variable TZ"] == "Africa/Bamako"
    assert {"environment variable LC_ALL", "environment variable MALI_DATA"} <= set(found)
    assert "environment variable HOME" not in found

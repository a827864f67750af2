"""What builds books knows nothing of this one, and builds another. The book of rain is synthetic."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

import bookbuild
import waits
from bookbuild.errors import BookError
from helpers import errors

PACKAGE = Path(bookbuild.__file__).parent
CODE = sorted(PACKAGE.rglob("*.py"))
README = (PACKAGE / "README.md").read_text(encoding="utf-8")
SUBJECT = re.compile(r"(?<![a-z])(mali|acled|ucdp|jnim|helpers)", re.IGNORECASE)
"""Words of this book; `normalise` holds one only by its letters."""


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_a_module_imports_nothing_of_this_book(path):
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports are not looked at here"
            imported.add(str(node.module).split(".")[0])
    assert "helpers" not in imported


@pytest.mark.parametrize("path", [*CODE, PACKAGE / "README.md"], ids=_name)
def test_a_file_names_nothing_of_this_book(path):
    assert SUBJECT.findall(path.read_text(encoding="utf-8")) == []


def test_the_words_are_found_where_they_stand():
    assert SUBJECT.findall("`MALI_DATA`, .mali-site, from helpers import x; normalise") == ["MALI", "mali", "helpers"]


def test_errors_of_this_book_are_said_as_those_of_builds():
    assert issubclass(errors.MaliError, BookError)


# ---------------------------------------------------------------------------------------------- another book

CONFIG = "title: Rain\nexecute:\n  execute_notebooks: 'off'\n"
TOC = "format: jb-book\nroot: chapters/rain\nparts:\n- caption: More\n  chapters:\n  - file: chapters/words\n"
PLUGIN = """from myst_nb.core.render import MimeRenderPlugin


class FigureRenderer(MimeRenderPlugin):
    pass
"""
"""In the place of what this environment registers with MyST-NB, which loads it for every book."""


@pytest.fixture(scope="module")
def rain(tmp_path_factory) -> Path:
    """A folder with a book of a notebook and a text, and the README's lines as a script."""
    folder = tmp_path_factory.mktemp("rain")
    (folder / "book" / "chapters").mkdir(parents=True)
    (folder / "book" / "_config.yml").write_text(CONFIG)
    (folder / "book" / "_toc.yml").write_text(TOC)
    (folder / "book" / "chapters" / "words.md").write_text("# Words\n\nRain is water.\n")
    v4 = nbformat.v4
    cells = [
        v4.new_code_cell('edition = "2024-05"\ndata_dir = ""', metadata={"tags": ["parameters"]}, id="a"),
        v4.new_markdown_cell("# Rain\n\nA page.", id="b"),
        v4.new_code_cell("import os, sys\nprint('rain of', edition, os.environ.get('RAIN_UNIT'), 'RAIN_TOKEN' in os.environ)", id="c"),
    ]  # fmt: skip
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(v4.new_notebook(cells=cells, metadata=metadata), folder / "book" / "chapters" / "rain.ipynb")
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len([line for line in example.splitlines() if line.strip()]) <= 15
    (folder / "build.py").write_text(example)
    # First on every process' path: a package of that name in which there is nothing.
    for name, content in (("__init__", ""), ("page/__init__", ""), ("page/book", PLUGIN)):
        path = folder / "other" / "helpers" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    waits.settled(folder)
    return folder


def _run(folder: Path) -> subprocess.CompletedProcess:
    surroundings = os.environ | {"RAIN_UNIT": "mm", "RAIN_TOKEN": "planted", "PYTHONPATH": str(folder / "other")}
    command = [sys.executable, "build.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=surroundings)


def _build(folder: Path) -> list[str]:
    done = _run(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return re.findall(r"\] (?:ran chapter|built the book) ?\w* of edition (Rain in \S+)", done.stdout)


@pytest.mark.book
@pytest.mark.slow
def test_the_lines_of_the_readme_build_another_book_without_this_one(rain):
    assert sorted(_build(rain)) == ["Rain in 2024-05", "Rain in 2024-05", "Rain in 2024-06", "Rain in 2024-06"]
    for edition in ("2024-05", "2024-06"):
        page = (rain / "site" / edition / "chapters" / "rain.html").read_text(encoding="utf-8")
        assert f"rain of {edition} mm False" in page
        assert (rain / "site" / edition / "chapters" / "words.html").is_file()
    front = (rain / "site" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'href="([^"]+)"', front) == ["2024-05/chapters/rain.html", "2024-06/chapters/rain.html"]
    noted = json.loads((rain / "site" / ".book-site.json").read_text(encoding="utf-8"))
    assert set(noted["books"]) == {"2024-05", "2024-06"}
    assert sorted(path.name for path in rain.iterdir()) == ["book", "build.py", "other", "site"]
    # Nothing changed: nothing runs. A text changed: books alone are built, and hold it.
    assert _build(rain) == []
    words = rain / "book" / "chapters" / "words.md"
    words.write_text(words.read_text() + "\nAnd cloud.\n")
    waits.settled(rain)
    assert sorted(_build(rain)) == ["Rain in 2024-05", "Rain in 2024-06"]
    assert "And cloud" in (rain / "site" / "2024-06" / "chapters" / "words.html").read_text(encoding="utf-8")
    # What somebody else put in a page's place is not replaced.
    (rain / "site" / "index.html").write_text("mine")
    assert "a file that this program did not make" in _run(rain).stderr
    assert (rain / "site" / "index.html").read_text() == "mine"

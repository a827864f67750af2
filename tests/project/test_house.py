"""Which room of the package may ask which: arrows run one way, and a table is read in one place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import trees

PACKAGE = Path(__file__).parents[2] / "src" / "helpers"
ABOVE = {
    "words": {"forms", "audit", "story", "page", "builds"},
    "measures": {"audit", "story", "page", "builds"},
    "estimates": {"forms", "audit", "story", "page", "builds"},
    "forms": {"estimates", "audit", "story", "page", "builds"},
    "audit": {"forms", "story", "page", "builds"},
    "ingest": {"measures", "forms", "audit", "story", "page", "builds"},
}
"""What a room stands below, and so never imports."""


def imported(code: str) -> Iterator[str]:
    """Yield the modules of the package that code imports, wherever in it it does so."""
    for node in trees.nodes(code):
        if isinstance(node, ast.ImportFrom) and node.module == "helpers":
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("helpers."):
            yield node.module.removeprefix("helpers.")
        elif isinstance(node, ast.Import):
            yield from (name.name.removeprefix("helpers.") for name in node.names if name.name.startswith("helpers."))


def test_imports_are_found_however_they_are_written():
    code = (
        "import helpers.audit.pace\nfrom helpers import story\ndef f():\n    from helpers.page import book\nimport json"
    )
    assert set(imported(code)) == {"audit.pace", "story", "page"}


@pytest.mark.parametrize("room", ABOVE)
def test_no_room_imports_one_above_it(room):
    files = sorted((PACKAGE / room).rglob("*.py"))
    assert files
    for path in files:
        found = {name.split(".")[0] for name in imported(path.read_text(encoding="utf-8"))} & ABOVE[room]
        assert not found, f"{path.relative_to(PACKAGE)} imports {', '.join(sorted(found))}"


READERS = {
    "tabular.py": "the one reader of tables by their schemas",
    "estimates/coverage.py": "what its simulations have stored",
    "estimates/breaks_coverage.py": "what its simulations have stored",
    "estimates/rivals.py": "what its simulations have stored",
}
"""Modules outside `ingest` that read a CSV, and what."""


def test_tables_are_read_by_one_typed_loader():
    """Raw files are read in `ingest`; every table of the project by `helpers.tabular`, by its schema."""
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).parts[0] != "ingest"
        for node in trees.nodes(path.read_text(encoding="utf-8"))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("read_csv", "read_excel"))
    }
    assert found == set(READERS)


QUOTED = re.compile(r'(?:^|(?<=[\s(]))"[A-Za-z][^"<>=]*(?:"|$)')
"""What stands between straight quotes, or begins to where a part that is computed follows."""


def test_sentences_of_readers_have_no_straight_quotes():
    """Figures are drawn as they are written: only the text of a page gets its quotes set (`“since 2021”`)."""
    assert QUOTED.search('28 readings of "since 2021", Mali')
    found = []
    for path in sorted((PACKAGE / "story").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        # Beneath a name a string says what it is; a line of Python is shown as it is run.
        apart = [node for node in ast.walk(tree) if isinstance(node, ast.Expr)]
        code = {id(one) for node in apart for one in ast.walk(node) if isinstance(node.value, ast.Constant)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in code:
                said = "" if "print(" in node.value or " " not in node.value else node.value
                found += [(path.name, node.lineno, one) for one in QUOTED.findall(said)]
    assert found == []

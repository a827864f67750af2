"""Which room of the package may ask which: arrows run one way, and a table is read in one place."""

from __future__ import annotations

import ast
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

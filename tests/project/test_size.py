"""How large the rooms are: a module at most 600 lines, a function at most 60, its docstring among them.

Branches are ruff's to count (C901, at most 15 in a function: `pyproject.toml`).
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import trees

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
MODULE, FUNCTION = 600, 60


def long_functions(source: str) -> Iterator[str]:
    """Yield the names of functions and methods that take more lines than they may, docstring included."""
    for node in trees.nodes(source):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= FUNCTION:
            yield node.name


def _name(path: Path) -> str:
    return path.relative_to(ROOT / "src").as_posix()


def test_no_module_is_longer_than_600_lines():
    assert SOURCES
    assert {_name(path) for path in SOURCES if len(path.read_text(encoding="utf-8").splitlines()) > MODULE} == set()


def test_no_function_is_longer_than_60_lines():
    long = {f"{_name(path)} {name}" for path in SOURCES for name in long_functions(path.read_text(encoding="utf-8"))}
    assert long == set()


@pytest.mark.parametrize(("lines", "found"), [(FUNCTION - 1, []), (FUNCTION, ["grown"])])
def test_a_function_is_long_from_its_61st_line_on(lines, found):
    assert list(long_functions("def grown():\n" + "    pass\n" * lines)) == found


def test_no_function_has_more_than_15_branches():
    command = [sys.executable, "-m", "ruff", "check", "--select", "C901", "--config", "lint.mccabe.max-complexity=15"]
    done = subprocess.run([*command, str(ROOT / "src")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_counts_branches():
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    assert "C901" in lint["select"]
    assert "C901" not in lint["ignore"]
    assert lint["mccabe"]["max-complexity"] <= 15

"""No outcome of a test depends on the clock: what a test may not do, and that waiting itself fails as it should."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import hypothesis
import pytest

import trees
import waits

TESTS = Path(__file__).parents[1]
FORBIDDEN = {
    "time.sleep": "wait for a condition (waits.until)",
    "time.time": "say the moment, or let the code be told it",
    "time.monotonic": "a time that was taken is no result",
    "time.perf_counter": "a time that was taken is no result",
    "date.today": "let the code be told the day",
    "datetime.now": "let the code be told the moment",
    "datetime.utcnow": "let the code be told the moment",
    "Timestamp.now": "let the code be told the moment",
    "wait_for_timeout": "wait for what should be seen, or for a timer of the page (Visit.after)",
    "socket.bind": "a port that was let go of may be taken: hand the socket over",
    "free.bind": "a port that was let go of may be taken: hand the socket over",
    "signal.alarm": "a time that has passed is no result",
}
#: The one module that may.
MAY = {"waits.py", "test_waits.py"}


def clocks(code: str) -> list[tuple[int, str]]:
    """Return what code does that depends on the clock, with its line and what to do instead."""
    found = []
    for node in trees.nodes(code):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("/proc"):
            found.append((node.lineno, "/proc: not on every system (waits.programs)"))
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            found.append((node.lineno, "import time by its name, so that its use is seen"))
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        words = {word.arg for word in node.keywords}
        for name, instead in FORBIDDEN.items():
            if called == name or called.endswith(f".{name}"):
                found.append((node.lineno, f"{name}: {instead}"))
        if called.endswith(".wait_for_function") and _is_expression(node.args[0]):
            found.append(
                (node.lineno, "an expression that does not hold at once is refused by the page's policy: () => …")
            )
        if called.endswith(".bind"):
            found.append((node.lineno, "bind: hand the bound socket over (see the fixture lab)"))
        if called == "gzip.compress" and "mtime" not in words:
            found.append((node.lineno, "gzip.compress without mtime holds the second it was made"))
        if called in ("settings", "hypothesis.settings") and words & {"deadline", "suppress_health_check"}:
            found.append((node.lineno, "deadlines stand in the one profile of conftest.py"))
        if "timeout" in words and called.split(".")[-1] in ("run", "communicate", "wait", "check_output", "join"):
            found.append((node.lineno, f"{called}: a time that has passed is no result"))
        for word in node.keywords:
            if word.arg == "timeout" and isinstance(word.value, ast.Constant):
                found.append((node.lineno, "timeout: one cap for all (waits.CAP, browser.PATIENCE)"))
    return found


def _is_expression(asked: ast.expr) -> bool:
    """Tell whether a condition of a page is written out, and not as a function."""
    return isinstance(asked, ast.Constant) and re.match(r"\s*\(\w*\) =>", str(asked.value)) is None


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=lambda path: path.name)
def test_no_test_depends_on_the_clock(path):
    assert path.name in MAY or clocks(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        "time.sleep(1)",
        "from time import sleep",
        "day = datetime.date.today()",
        "day = datetime.datetime.now(UTC)",
        "page.wait_for_timeout(400)",
        "page.wait_for_function('document.title')",
        "free.bind(('127.0.0.1', 0))",
        "process.wait(timeout=10)",
        "term.wait_for(timeout=30_000)",
        "gzip.compress(b'x')",
        "settings(deadline=200)",
        "Path('/proc').glob('*')",
        "began = time.perf_counter()",
    ],
)
def test_the_check_finds_a_clock(code):
    assert clocks(code)


def test_waiting_for_what_never_comes_fails_with_the_log(monkeypatch):
    monkeypatch.setattr(waits, "CAP", 0.0)
    with pytest.raises(pytest.fail.Exception, match="for the server\nit said no"):
        waits.until(lambda: False, "the server", lambda: "it said no")
    waits.until(lambda: True, "nothing")


def test_a_program_ends_with_its_children_when_a_test_does(tmp_path):
    """A parent that has started a child and never ends by itself: both are gone when the test is."""
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()', sys.argv[1]], stdin=0)"
    child, parent = os.pipe()
    command = [sys.executable, "-c", code.replace("stdin=0", f"stdin={child}"), str(tmp_path)]
    with waits.running(command, tmp_path / "log", cwd=tmp_path, env=dict(os.environ), pass_fds=(child,)) as process:
        waits.until(lambda: len(waits.programs(str(tmp_path))) == 2, "both", (tmp_path / "log").read_text)
        assert process.poll() is None
    waits.until(lambda: not waits.programs(str(tmp_path)), "both to end")
    for end in (child, parent):
        os.close(end)


def test_hypothesis_has_no_deadline():
    assert hypothesis.settings().deadline is None
    assert hypothesis.HealthCheck.too_slow in hypothesis.settings().suppress_health_check


@pytest.mark.slow
def test_nbval_waits_for_a_cell_as_long_as_everything_else(root):
    """What `make test` asks of nbval, on one small page: its own five seconds for a cell's last word are a threshold."""
    (line,) = re.findall(r"^\t(PYTHONPATH=tests .*--nbval .*)$", (root / "Makefile").read_text(), re.MULTILINE)
    assert re.search(r"--nbval-kernel-startup-timeout 600 .*-p patience\b", line)
    code = (
        "import sys, pytest, nbval.plugin as n, waits\nclass See:\n    def pytest_collection_finish(self, session):\n"
    )
    code += "        print(sorted({item.output_timeout for item in session.items if isinstance(item, n.IPyNbCell)}))\n"
    code += "pytest.main(sys.argv[1:], plugins=[See()])"
    options = [
        "--nbval",
        "--collect-only",
        "-q",
        "-p",
        "patience",
        "-p",
        "no:cacheprovider",
        "chapters/evidence/audit.ipynb",
    ]
    environment = os.environ | {"PYTHONPATH": str(TESTS)}
    done = subprocess.run(
        [sys.executable, "-c", code, *options], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert f"[{waits.CAP}]" in done.stdout, done.stdout + done.stderr

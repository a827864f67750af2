"""The lanes of the tests: what is left out of which, and that nothing falls between them."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest

import lanes


def item(name="test_x", edition="", markers=(), fixtures=(), **module):
    return SimpleNamespace(
        path=f"/tests/{name}.py",
        callspec=SimpleNamespace(params={"edition": edition} if edition else {}),
        iter_markers=lambda: [SimpleNamespace(name=name) for name in markers],
        fixturenames=list(fixtures),
        module=SimpleNamespace(**module),
    )


def test_the_quick_lane_has_one_edition_no_browser_and_no_book():
    assert lanes.is_quick(item())
    assert lanes.is_quick(item(edition="2023-07"))
    assert not lanes.is_quick(item(edition="latest"))
    assert not lanes.is_quick(item(fixtures=["browser"]))
    assert not lanes.is_quick(item(fixtures=["built"]))
    assert not lanes.is_quick(item("test_build"))
    for marker in ("browser", "slow", "book"):
        assert not lanes.is_quick(item(markers=[marker]))


def test_figures_of_an_edition_are_made_by_one_worker():
    one, other = (item(name, "latest", story_figures=1) for name in ("test_a", "test_b"))
    assert lanes.group(one) == lanes.group(other) == "edition latest"
    assert lanes.group(item("test_a", "latest")) == "test_a", "a test that makes no figures stays with its file"
    assert lanes.place(item(lanes.LONG[0])) < lanes.place(one) < lanes.place(item("test_a"))


def test_the_longest_files_exist(root):
    assert all((root / "tests" / f"{name}.py").is_file() for name in {*lanes.LONG, *lanes.BOOKS})


def collected(root, *options: str) -> set[str]:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *options]
    files = ["tests/test_site.py", "tests/test_months.py", "tests/test_coverage.py", "tests/test_junta.py"]
    done = subprocess.run([*command, *files], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 5), done.stdout + done.stderr
    return {line for line in done.stdout.splitlines() if "::" in line}


@pytest.mark.slow
def test_what_a_built_site_or_hours_are_needed_for_is_asked_for_by_name(root):
    """`make test` collects the same tests whether a site was built or not, and none that simulate or run every month."""
    usual, site, long = (collected(root, *options) for options in ((), ("-m", "site"), ("-m", "long")))
    assert usual
    assert site
    assert long
    assert not usual & (site | long)
    assert {line.split("::")[0] for line in site} == {"tests/test_site.py"}
    assert {line.split("::")[0] for line in long} == {"tests/test_months.py", "tests/test_coverage.py"}
    quick = collected(root, "--lane", "quick")
    assert quick < usual

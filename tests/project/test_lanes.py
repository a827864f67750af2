"""The lanes of the tests: what is left out of which, and that nothing falls between them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from types import SimpleNamespace

import pytest

import lanes


def item(nodeid, *markers, fixtures=(), function=None):
    marks = [SimpleNamespace(name=name) for name in markers]
    return SimpleNamespace(nodeid=nodeid, iter_markers=lambda: marks, fixturenames=fixtures, function=function)


def test_the_quick_lane_has_one_edition_no_browser_and_no_book():
    assert lanes.is_quick(item("tests/test_x.py::test_y"))
    assert lanes.is_quick(item("tests/test_x.py::test_y[page now-2023-07]"))
    assert not lanes.is_quick(item("tests/test_x.py::test_y[page now-latest]"))
    assert not lanes.is_quick(item("tests/bookbuild/test_build.py::test_y"))
    assert not lanes.is_quick(item("tests/test_x.py::test_y", fixtures=["browser"]))
    assert not lanes.is_quick(item("tests/test_x.py::test_y", fixtures=["built"]))
    for marker in ("browser", "slow", "book"):
        assert not lanes.is_quick(item("tests/test_x.py::test_y", marker))


def test_a_test_that_names_another_edition_is_not_quick():
    """One that looked at a key's shades made every map of the newest edition: a sixth of the lane's time."""

    def here():
        return [one for one in ("2023-07", "2023-06")]

    def plain():
        return "latest"

    def inside():
        return [edition for edition in ("2022-08", "2023-07")], (lambda: "2021-12")

    assert lanes.is_quick(item("tests/test_x.py::test_y", function=here))
    for function in (plain, inside):
        assert not lanes.is_quick(item("tests/test_x.py::test_y", function=function))
    assert lanes.named(inside.__code__) == {"2022-08", "2021-12"}


def test_the_quick_lane_does_not_read_a_file_without_a_quick_test(tmp_path):
    assert not lanes.has_quick(tmp_path / f"{lanes.BOOKS[0]}.py")
    for head, read in (("slow", False), ("browser", False), ("site", True)):
        (tmp_path / "test_x.py").write_text(f"import pytest\n\npytestmark = pytest.mark.{head}\n")
        assert lanes.has_quick(tmp_path / "test_x.py") == read, head
    assert lanes.has_quick(tmp_path)


def test_figures_of_an_edition_are_made_by_one_worker():
    one, other = (
        "tests/story/test_key_figures.py::test_x[latest]",
        "tests/words/test_figure_contract.py::test_y[page now-latest]",
    )
    assert lanes.group(one) == lanes.group(other) == "edition latest"
    assert lanes.group("tests/words/test_figure_contract.py::test_y[2023-07-page now]") == "edition 2023-07"
    assert lanes.group("tests/bookbuild/test_build.py::test_x[latest]") == "test_build", "its books are made once"
    assert lanes.group("tests/words/test_figure_contract.py::test_y[2023-07 and more]") == "test_figure_contract"
    places = [lanes.place(item(nodeid)) for nodeid in (f"tests/{lanes.BOOKS[0]}.py::test_x", one, "tests/a.py::b")]
    assert places == sorted(set(places))


def test_workers_get_whole_groups(tmp_path):
    """Two workers, two editions: what xdist itself schedules by these groups."""
    (tmp_path / "conftest.py").write_text(
        "import lanes\ndef pytest_xdist_make_scheduler(config, log):\n    return lanes.Scheduling(config, log)\n"
    )
    test = "import pytest\n@pytest.mark.parametrize('edition', ['2023-07', 'latest'])\ndef test_x(edition): pass\n"
    for name in ("test_figure_contract", "test_key_figures"):
        (tmp_path / f"{name}.py").write_text(test)
    command = [sys.executable, "-m", "pytest", "-v", "-n", "2", "--dist", "loadfile", "-p", "no:cacheprovider", "."]
    environment = os.environ | {"PYTHONPATH": os.path.dirname(lanes.__file__)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    ran = re.findall(r"\[(gw\d)\].*\[(.*)\]", done.stdout)
    assert len(ran) == 4, done.stdout
    assert len(set(ran)) == 2, ran


def test_the_longest_files_exist(root):
    assert {*lanes.BOOKS} <= {path.stem for path in (root / "tests").rglob("test_*.py")}


def test_every_room_has_quick_tests_but_the_one_that_builds(root):
    rooms = {path.parent.name for path in (root / "tests").glob("*/test_*.py") if path.stem not in lanes.BOOKS}
    assert {path.parent.name for path in (root / "tests").glob("*/test_*.py")} - rooms == {"builds"}


def collected(root, *options: str) -> set[str]:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *options]
    files = [
        "tests/page/test_site.py",
        "tests/story/test_months.py",
        "tests/estimates/test_coverage.py",
        "tests/story/test_junta.py",
    ]
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
    assert {line.split("::")[0] for line in site} == {"tests/page/test_site.py"}
    assert {line.split("::")[0] for line in long} == {"tests/story/test_months.py", "tests/estimates/test_coverage.py"}
    quick = collected(root, "--lane", "quick")
    assert quick < usual

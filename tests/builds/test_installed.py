"""The package installed from a wheel, without a clone: commands from an empty folder, with the tables that came along."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import synthetic as syn
from helpers.audit.claims import audit

SOURCES = (
    "src", "data", "chapters", "benchmarks/results", "setup.py", "pyproject.toml", "README.md", "LICENSE", "CITATION.cff",
    "_config.yml", "_toc.yml",
)  # fmt: skip


@pytest.fixture(scope="module")
def python(root, tmp_path_factory) -> Path:
    """Python of an environment that has the wheel, and this environment's other packages, but not this clone."""
    folder = tmp_path_factory.mktemp("installed")
    for name in SOURCES:
        target = folder / "source" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (root / name).is_dir():
            shutil.copytree(
                root / name, target, ignore=shutil.ignore_patterns("*.egg-info", "__pycache__", ".ipynb_checkpoints")
            )
        else:
            shutil.copy(root / name, target)
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    fresh = folder / "venv" / "bin" / "python"
    where = [fresh, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"]
    packages = Path(subprocess.run(where, capture_output=True, text=True, check=True).stdout.strip())
    # The lines of a path file are not read for path files of their own: the clone's editable install stays out.
    (packages / "others.pth").write_text(
        "\n".join(dict.fromkeys(sysconfig.get_paths()[k] for k in ("purelib", "platlib")))
    )
    # Python 3.11 gives new environments an old one of its own.
    subprocess.run([fresh, "-m", "pip", "uninstall", "--yes", "--quiet", "setuptools"], check=True)
    command = [fresh, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
    done = subprocess.run([*command, folder / "source"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.rmtree(folder / "source")
    assert (packages / "helpers" / "book" / "data" / "datapackage.json").is_file()
    return fresh


@pytest.fixture
def mali(python, tmp_path):
    """Run the entry point in an empty folder, as a user whose home is another."""
    (tmp_path / "home").mkdir()
    (tmp_path / "here").mkdir()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MALI_", "PYTHON", "XDG_"))}

    def run(*arguments, code: int = 0, **variables) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [python.with_name("mali"), *arguments],
            cwd=tmp_path / "here",
            env=environment | {"HOME": str(tmp_path / "home")} | variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout[-2000:] + done.stderr[-2000:]
        assert "Traceback" not in done.stderr
        return done

    run.here = tmp_path / "here"
    return run


def _package(python: Path) -> dict[str, tuple[int, int]]:
    (folder,) = python.parent.parent.glob("lib/python*/site-packages/helpers/book")
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in found}


def test_the_audit_is_that_of_the_clone_and_check_passes(mali):
    done = mali("audit", "--edition", "2022-08", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["id"], row["verdict"]) for row in rows] == list(
        audit("2022-08")[["id", "verdict"]].itertuples(index=False, name=None)
    )
    done = mali("check")
    assert "stored chapters: " in done.stdout
    assert "looked at, 0 faults" in done.stdout
    assert list(mali.here.iterdir()) == []


def test_own_files_are_ingested_checked_and_used_by_option_and_by_variable(mali):
    (mali.here / "mine.csv").write_text(syn.to_csv(syn.events(240)))
    mali("ingest", "acled", "mine.csv", "--out", "my-data", "--until", "2022-12")
    mali("check", "--data", "my-data")
    package = json.loads((mali.here / "my-data" / "datapackage.json").read_text())
    assert package["limits"]["acled"]
    by_option = mali("audit", "--edition", "2022-08", "--format", "csv", "--data", "my-data").stdout
    by_variable = mali("audit", "--edition", "2022-08", "--format", "csv", MALI_DATA=str(mali.here / "my-data")).stdout
    assert by_option == by_variable
    assert by_option != mali("audit", "--edition", "2022-08", "--format", "csv").stdout
    assert sorted(path.name for path in mali.here.iterdir()) == ["mine.csv", "my-data"]


def test_chapters_are_run_and_books_are_built_where_one_stands(mali, python):
    before = _package(python)
    mali("run", "method/definitions", "--edition", "2021-12")
    assert (mali.here / "build" / "2021-12" / "chapters" / "method" / "definitions.ipynb").is_file()
    lines = mali("build", "--edition", "2021-12", "--dry-run").stdout.splitlines()
    assert lines[0].startswith("would run chapter summary of edition December 2021: ")
    assert lines[-1].startswith("would build the book of edition December 2021")
    assert [path.name for path in mali.here.iterdir()] == ["build"]
    cache = mali.here.parent / "home" / ".cache" / "mali-executable-report"
    assert cache.stat().st_mode & 0o777 == 0o700
    assert _package(python) == before


def test_without_tables_a_clear_word_says_where_they_come_from(mali, python):
    (book,) = python.parent.parent.glob("lib/python*/site-packages/helpers/book")
    book.rename(book.with_name("away"))
    try:
        done = mali("audit", code=2)
        assert "install the package from a clone (pip install .), run in one, or give a folder of tables" in done.stderr
    finally:
        book.with_name("away").rename(book)


def test_jupyterlab_finds_what_shows_the_words_of_figures(python):
    folder = python.parent.parent / "share" / "jupyter" / "labextensions" / "mali-figures"
    described = json.loads((folder / "package.json").read_text(encoding="utf-8"))["jupyterlab"]
    assert (folder / described["_build"]["load"]).is_file()
    assert ".mali-keys" in (folder / "static" / "mali.css").read_text(encoding="utf-8")

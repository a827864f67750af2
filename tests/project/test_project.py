"""What a well-kept project promises: layout, pins, real metadata, no placeholder, no machine's path."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
import yaml

from helpers.page import scripts

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = {
    ".git",
    ".venv",
    "build",
    "site",
    "raw",
    "dist",
    "_build",
    "__pycache__",
    ".ipynb_checkpoints",
    ".hypothesis",
}
"""Folders that no archive holds, where git cannot say so; others that begin with a dot and end in `cache` neither."""


def _git(*arguments: str) -> str | None:
    """Return what git says of this folder; None where there is no git, or it knows no clone here (a ZIP, say)."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        return None
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return None if done.returncode else done.stdout


def _files(folder: Path) -> list[Path]:
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in LEFT_OUT and not path.name.endswith((".egg-info", "_cache")):
            found += _files(path)
        elif path.is_file():
            found.append(path)
    return found


def tracked() -> list[Path]:
    """Return the files of the project: as git lists them, or, in an unpacked archive, all that lie there."""
    listed = _git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed is None:
        return _files(ROOT)
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


TRACKED = tracked()
TEXTS = [path for path in TRACKED if path.suffix not in {".png", ".ico"}]


@pytest.mark.parametrize(
    "name",
    [
        "_config.yml",
        "_toc.yml",
        "README.md",
        "requirements.txt",
        "pyproject.toml",
        "Makefile",
        "LICENSE",
        "data/LICENSE.md",
        "CITATION.cff",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        ".gitignore",
        ".pre-commit-config.yaml",
        ".github/workflows/book.yml",
        ".ci/run",
        "data/datapackage.json",
        "chapters/summary.ipynb",
    ],
)
def test_the_files_a_reader_expects_are_there(name):
    assert (ROOT / name).is_file()


def test_every_requirement_is_pinned_by_version_and_hash_and_make_asks_for_them():
    text = (ROOT / "requirements.txt").read_text().replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert len(lines) > 50
    for line in lines:
        pattern = r"^[A-Za-z0-9._-]+==[^\s;]+( ; [^#]*?)?( +--hash=sha256:[0-9a-f]{64})+$"
        assert re.match(pattern, line), line
    assert "--require-hashes --requirement requirements.txt" in (ROOT / "Makefile").read_text()


def test_the_workflow_pins_what_it_uses_and_keeps_no_credentials():
    workflow = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text())
    steps = [step for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step]
    assert len(steps) >= 4
    for step in steps:
        assert re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", step["uses"]), step["uses"]
        if step["uses"].startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
    assert workflow["permissions"] == {"contents": "read"}


def test_no_machine_path_and_no_registry_host():
    # Spelled in parts so that this file does not hold what it looks for.
    forbidden = ["/" + "work/", "/root" + "/", ".py" + "env", "pypi" + ".org", "npmjs" + ".", "debian" + ".org"]
    for path in TEXTS:
        text = path.read_text(encoding="utf-8", errors="ignore")
        for word in forbidden:
            assert word not in text, f"{path.relative_to(ROOT)} holds {word}"


def test_nothing_is_a_placeholder():
    words = re.compile(
        r"\b(lorem ipsum|TODO|FIXME|XXX|TBD|example\.com|your[-_ ]?name|changeme|placeholder text)\b", re.I
    )
    for path in TEXTS:
        if path.name in {"test_project.py", "requirements.txt"}:
            continue
        # A picture's letters are no words.
        text = re.sub(r'"image/png": "[^"]*"', "", path.read_text(encoding="utf-8", errors="ignore"))
        found = words.search(text)
        assert not found, f"{path.relative_to(ROOT)}: {found.group() if found else ''}"


def test_titles_are_the_same_everywhere():
    config = yaml.safe_load((ROOT / "_config.yml").read_text())
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert config["title"] == citation["title"] == "Mali at war, in figures"
    assert (ROOT / "README.md").read_text().startswith("# Mali at war, in figures\n")


def test_the_readme_finds_what_the_front_page_finds():
    from helpers.editions import Report
    from helpers.story import overview

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = [" ".join(item.split()) for item in re.findall(r"^- (.+?)(?=\n- |\n\n)", text, re.M | re.S)]
    assert listed == [
        one.text.en for make, page in overview.FACTS for one in overview.fact(make, page)(Report("latest"))
    ]


def test_the_readme_counts_the_chronology_as_it_is():
    rows = len((ROOT / "data/chronology.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert f"Chronology of {rows} dated events" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_no_button_points_to_a_repository_that_is_not_known():
    html = yaml.safe_load((ROOT / "_config.yml").read_text())["html"]
    assert not any(html[key] for key in html if key.startswith("use_"))


@pytest.mark.slow
def test_citation_file_has_what_cff_asks_for():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    done = subprocess.run([*command, str(ROOT / "CITATION.cff")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    newest = re.search(r"^## (\d\S+) \((.+)\)$", (ROOT / "CHANGELOG.md").read_text(), re.M)
    day = citation["date-released"]
    assert newest.groups() == (citation["version"], f"{day.day} {day:%B %Y}")
    import helpers

    lab = json.loads((ROOT / "src/helpers/page/lab/mali-figures/package.json").read_text())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert citation["version"] == helpers.__version__ == project["version"] == lab["version"]


def test_the_citation_file_names_every_paper_that_a_source_asks_to_be_cited():
    """Four of seven were missing: those of the boundaries, the bases and both forecasts."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    named = {" ".join(row["title"].split()) for row in citation["references"]}
    sources = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))["sources"]
    # A paper is cited as: authors (year). Title. Journal …; those without a year in brackets are data sets.
    papers = {title for source in sources for title in re.findall(r"\(\d{4}\)\. (.+?)\. [A-Z]", source["citation"])}
    assert len(papers) == 7
    assert papers <= named


def test_the_tag_of_the_version_stands_on_a_tree_of_that_version():
    import helpers

    tag = f"v{helpers.__version__}"
    if tag not in (_git("tag", "--list", "v*") or "").split():
        pytest.skip("a copy without the tag")
    assert yaml.safe_load(_git("show", f"{tag}:CITATION.cff"))["version"] == helpers.__version__


@pytest.mark.slow
def test_the_workflow_is_valid_by_its_schema_and_runs_ci_run():
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "check_jsonschema",
            "--builtin-schema",
            "vendor.github-workflows",
            str(ROOT / ".github/workflows/book.yml"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    workflow = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text())
    assert any(step.get("run") == ".ci/run" for step in workflow["jobs"]["book"]["steps"])


def test_the_workflow_runs_every_version_that_the_package_takes():
    book = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text())["jobs"]["book"]
    versions = book["strategy"]["matrix"]["python"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = [c.rpartition(" ")[2] for c in project["classifiers"] if "Python :: 3." in c]
    assert versions == named == ["3.11", "3.12", "3.13"]
    assert project["requires-python"] == ">=3.11,<3.14"
    (setup,) = (step for step in book["steps"] if step.get("uses", "").startswith("actions/setup-python@"))
    assert setup["with"]["python-version"] == "${{ matrix.python }}"
    for version in versions:
        assert version in (ROOT / "README.md").read_text()


def test_ci_runs_exactly_the_commands_of_the_readme():
    readme, script = (ROOT / "README.md").read_text(), (ROOT / ".ci/run").read_text()
    for command in ("make test", "make book"):
        assert command in readme
        assert re.search(rf"^{command}$", script, re.M)


def test_commands_the_readme_and_the_pages_show_exist():
    from helpers.arguments import parser

    known = {"ingest", "fetch", "diff", "seal", "check", "run", "build", "audit", "forecast", "pdf"}
    assert known == set(next(a for a in parser()._actions if a.dest == "command").choices)
    for path in [ROOT / "README.md", *(ROOT / "chapters" / "method").glob("*.md")]:
        for command in re.findall(r"python -m helpers ([a-z]+)", path.read_text()):
            assert command in known, f"{path.name}: {command}"
        for target in re.findall(r"`make ([a-z]+)`", path.read_text()):
            assert f"{target}:" in (ROOT / "Makefile").read_text(), f"{path.name}: make {target}"


def test_the_files_of_an_archive_are_those_that_git_tracks(tmp_path, monkeypatch):
    """In a ZIP or a `git archive` nothing is missing from the tests, and nothing that was built is among the files."""
    archived = _git("ls-files", "-z", "--cached")
    if archived is None:
        pytest.skip("no clone: there is nothing to compare an archive with")
    names = [name for name in archived.split("\0") if name and (ROOT / name).is_file()]
    for name in [*names, ".venv/bin/python", "site/index.html", "src/x.egg-info/PKG-INFO", ".ruff_cache/x"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tracked()) == sorted(names)


def _written() -> set[str]:
    """Return what the commands that the README and the pages show write or read beside the project's own files."""
    found = {"site/", "build/"}
    for path in [ROOT / "README.md", *(ROOT / "chapters" / "method").glob("*.md")]:
        for line in path.read_text().splitlines():
            if re.match(r"(\.venv/bin/)?(python -m helpers|mali|papermill) ", line):
                words = line.partition("#")[0].split()
                found |= {word for before, word in pairwise(words) if before in ("--out", "--site", "--data", ">")}
                found |= {word for word in words if word.endswith((".csv", ".xlsx", ".ipynb", ".zip", ".json"))}
    return {name for name in found if not (ROOT / name).is_file() or name in ("site/", "build/")}


def test_what_the_commands_of_the_readme_write_is_ignored_by_git():
    if _git("status") is None:
        pytest.skip("no clone: git ignores nothing here")
    written = _written()
    assert {"raw/", "my-data/", "my-site/", "my-export.csv", "central-2021-12.ipynb", "audit.csv"} <= written
    command = ["git", "check-ignore", "--no-index", "--stdin"]
    done = subprocess.run(command, cwd=ROOT, input="\n".join(written), capture_output=True, text=True, check=False)
    assert set(done.stdout.split()) == written
    tracked_and_ignored = _git("ls-files", "--cached", "--ignored", "--exclude-standard")
    assert tracked_and_ignored == ""


def _make(*words: str, make: str = "make") -> str:
    """Return what a target prints; a make that runs these tests tells its own children its name and its flags."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run([make, *words], cwd=ROOT, env=outside, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("make", ["make", "bmake"])
def test_help_lists_every_target_with_any_make(make):
    if shutil.which(make) is None:
        pytest.skip(f"no {make} here")
    lines = _make("help", make=make).splitlines()
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.M)[1].split()
    assert sorted(line.split()[1] for line in lines) == sorted(phony)
    assert all(len(line.split()) > 3 for line in lines)


@pytest.mark.parametrize("make", ["make", "bmake"])
def test_the_lab_starts_for_root_too_with_any_make(make, tmp_path):
    """JupyterLab refuses root unless told otherwise; a stand-in for it prints what it is told."""
    if shutil.which(make) is None:
        pytest.skip(f"no {make} here")
    (tmp_path / "bin").mkdir()
    (tmp_path / ".ready").touch()
    stand_in = tmp_path / "bin" / "jupyter"
    stand_in.write_text('#!/bin/sh\necho "$@"\n')
    stand_in.chmod(0o755)
    said = _make("lab", f"VENV={tmp_path}", make=make)
    assert f"labextensions_path={ROOT}/build/lab " in said.splitlines()[-1]
    assert "lab --notebook-dir=. " in said
    assert (" --allow-root chapters/" in said.splitlines()[-1]) is (os.geteuid() == 0)


def test_the_book_holds_enough_charts_and_maps():
    charts = maps = 0
    for path in (ROOT / "chapters").rglob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                spec = output.get("data", {}).get("application/vnd.vegalite.v5+json")
                if spec:
                    charts += 1
                    # The theme names every kind of mark in `config`; only a mark of the chart itself makes a map.
                    maps += '"type": "geoshape"' in json.dumps({k: v for k, v in spec.items() if k != "config"})
    assert charts >= 25
    assert maps >= 5


def test_figure_ids_are_unique_in_the_whole_book():
    ids = []
    for path in (ROOT / "chapters").rglob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                spec = output.get("data", {}).get("application/vnd.vegalite.v5+json")
                if spec:
                    ids.append(spec["usermeta"]["mali"]["id"])
    assert len(ids) == len(set(ids))


def test_every_claim_has_a_sentence_and_a_box_in_its_chapter():
    from helpers.audit.claims import claims

    paths = {claim.chapter: ROOT / "chapters" / f"{claim.chapter}.ipynb" for claim in claims()}
    plain = {
        chapter: [
            output.get("data", {}).get("text/plain", "")
            for cell in nbformat.read(path, as_version=4).cells
            for output in cell.get("outputs", [])
        ]
        for chapter, path in paths.items()
    }
    for claim in claims():
        found = any(text.startswith(f"Claim {claim.id} ") for text in plain[claim.chapter])
        assert found, f"{claim.id} has no box in {paths[claim.chapter].name}"


@pytest.mark.parametrize("command", ["ruff check .", pytest.param("mypy", marks=pytest.mark.slow)])
def test_style_and_types(command):
    name, *words = command.split()
    called = [str(Path(sys.executable).with_name(name)), *words]
    done = subprocess.run(called, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


# The scripts that one page loads together.
TOGETHER = (
    {"mali-page.js", "mali.js", "explore.js"},
    {"mali-page.js", "mali.js", "judge.js", "mali-sort.js", "mali-timeline.js"},
    {"mali-page.js", "mali-search.js"},
)


@pytest.mark.parametrize("page", TOGETHER, ids=lambda page: "+".join(sorted(page)))
def test_a_page_has_no_two_functions_of_one_name(page):
    """In one script the later would take the other's place without a word; in two, readers would."""
    parts = {part for script in page for part in scripts.PARTS[script]}
    rule = r"^(?:async )?function (\w+)\(|^const (\w+) = (?:async )?(?:\([^)]*\)|\w+) =>"
    names = [
        "".join(found)
        for part in sorted(parts)
        for found in re.findall(rule, (scripts.FOLDER / f"{part}.js").read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert len(names) > 10
    assert {name for name in names if names.count(name) > 1} == set()


def test_scripts_are_files_by_purpose_of_250_lines_at_most():
    files = {path.stem: path.read_text(encoding="utf-8").count("\n") for path in scripts.FOLDER.glob("*.js")}
    assert set(files) == {part for parts in scripts.PARTS.values() for part in parts}
    assert {name for name, lines in files.items() if lines > 250} == set()
    assert set(scripts.PARTS) == set().union(*TOGETHER)

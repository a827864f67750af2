"""What a well-kept project promises: layout, pins, real metadata, no placeholder, no machine's path."""

import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    if name and (ROOT / name).is_file()
]
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
        found = words.search(path.read_text(encoding="utf-8", errors="ignore"))
        assert not found, f"{path.relative_to(ROOT)}: {found.group() if found else ''}"


def test_titles_are_the_same_everywhere():
    config = yaml.safe_load((ROOT / "_config.yml").read_text())
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert config["title"] == citation["title"] == "Mali: an executable report"
    assert (ROOT / "README.md").read_text().startswith("# Mali: an executable report")


def test_no_button_points_to_a_repository_that_is_not_known():
    html = yaml.safe_load((ROOT / "_config.yml").read_text())["html"]
    assert not any(html[key] for key in html if key.startswith("use_"))


def test_citation_file_has_what_cff_asks_for():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert str(citation["version"]) in (ROOT / "CHANGELOG.md").read_text()
    import helpers

    assert citation["version"] == helpers.__version__


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


def test_ci_runs_exactly_the_commands_of_the_readme():
    readme, script = (ROOT / "README.md").read_text(), (ROOT / ".ci/run").read_text()
    for command in ("make test", "make book"):
        assert command in readme
        assert re.search(rf"^{command}$", script, re.M)


def test_commands_the_readme_and_the_pages_show_exist():
    from helpers.cli import _parser

    known = {"ingest", "fetch", "diff", "seal", "check", "run", "build", "audit", "pdf"}
    assert known == set(next(a for a in _parser()._actions if a.dest == "command").choices)
    for path in [ROOT / "README.md", *(ROOT / "chapters" / "method").glob("*.md")]:
        for command in re.findall(r"python -m helpers ([a-z]+)", path.read_text()):
            assert command in known, f"{path.name}: {command}"
        for target in re.findall(r"`make ([a-z]+)`", path.read_text()):
            assert f"{target}:" in (ROOT / "Makefile").read_text(), f"{path.name}: make {target}"


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

    for claim in claims():
        path = ROOT / "chapters" / f"{claim.chapter}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        plain = [
            output.get("data", {}).get("text/plain", "")
            for cell in notebook.cells
            for output in cell.get("outputs", [])
        ]
        assert any(text.startswith(f"Claim {claim.id} ") for text in plain), f"{claim.id} has no box in {path.name}"


def test_style_and_types():
    for command in (["ruff", "check", "."], ["mypy"]):
        done = subprocess.run(
            [str(Path(sys.executable).with_name(command[0])), *command[1:]],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]

"""Commands as a user types them: results on standard output, one sentence and a code where something is wrong."""

import csv
import errno
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from helpers import cli, data

pytestmark = pytest.mark.slow

COMMANDS = ("ingest", "fetch", "diff", "seal", "check", "run", "build", "audit", "pdf", "forecast")


@pytest.fixture(autouse=True)
def fresh_caches():
    yield
    data._load.cache_clear()
    data._package.cache_clear()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "--edition", "2018-12"], "edition 2018-12 is too early"),
        (["build", "--edition", "2023-7"], "edition '2023-7' does not exist"),
        (["build", "--edition", "2030-01"], "the last complete month of the tables"),
        (["build", "--edition", "2023-07", "--data", "nowhere"], "nowhere: no such folder"),
        (["run", "nothing", "--edition", "2023-07"], "no chapter 'nothing'; expected one of"),
        (["run", "central", "--edition", "last year"], "edition 'last year' does not exist"),
        (["run", "all", "--edition", "2021-12", "--out", "x.ipynb"], "--out takes one chapter"),
        (["audit", "--edition", "2010-01"], "edition 2010-01 is too early"),
        (["check", "--data", "nowhere"], "nowhere: no such folder"),
        (["ingest", "all", "nowhere", "--out", "unused"], "the raw file is missing"),
        (["ingest", "acled", "-", "--out", "unused"], "-: standard input is not read; save it as a file"),
        (["ingest", "acled", ".", "--out", "unused"], ".: a folder; expected files. Name those in it, as *.csv"),
        (["ingest", "ucdp", "/dev/null", "--out", "unused"], "/dev/null: a pipe or a device; expected a file"),
        (
            ["audit", "--edition", "2021-12"],
            "2021-12: no report was published by then, so nothing is audited; expected 2022-08",
        ),
        (["audit", "--edition", "2021-12", "--format", "csv"], "expected 2022-08 or later"),
        (["build", "--from", "2020-01"], "--from and --to bound the months of --every month"),
        (["build", "--to", "2020-01", "--edition", "2021-12"], "--from and --to bound the months of --every month"),
        (["build", "--jobs", "0"], "--jobs 0: expected 1 or more"),
        (["build", "--jobs", "-2"], "--jobs -2: expected 1 or more"),
        (["build", "--edition", "2022-08", "--site", "."], "the current folder lies in it"),
        (["run", "central", "--out", "/dev/zero"], "/dev/zero: lies there and was not made by 'run'"),
        (["run", "central", "--out", "."], ".: a folder; expected a file to write, as chapter.ipynb"),
        (
            ["run", "central", "--edition", "2021-12", "--store"],
            "--store stores the chapters of a clone for edition 2023-07",
        ),
        (["pdf", "--site", "nowhere"], "nowhere: no edition in it; build the site first"),
    ],
)
def test_bad_requests_give_one_sentence_and_exit_with_2(arguments, message, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cli.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    last = err.strip().splitlines()[-1]
    assert last.startswith("error: ")
    assert message in last
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("out", ["mine.ipynb", "mine.ipynb/x.ipynb", "edited.ipynb", "link.ipynb"])
def test_run_replaces_only_what_a_run_has_made(tmp_path, capsys, out):
    from bookbuild import notebooks

    (tmp_path / "mine.ipynb").write_text("not a notebook")
    (tmp_path / "link.ipynb").symlink_to("sealed.ipynb")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("edition = 1", id="a")])
    for name in ("sealed", "edited"):
        notebooks.write(notebook, tmp_path / f"{name}.ipynb", "mali")
    notebooks.refuse(tmp_path / "sealed.ipynb", "mali")
    edited = tmp_path / "edited.ipynb"
    edited.write_text(edited.read_text().replace("edition = 1", "edition = 2"))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert cli.main(["run", "central", "--edition", "2021-12", "--out", str(tmp_path / out)]) == 2
    assert re.search("was not made by 'run', or was changed since|a file lies there", capsys.readouterr().err)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("edition", ["2021-12", ""])
def test_run_writes_beside_the_project_and_not_over_its_chapters(tmp_path, monkeypatch, edition):
    from bookbuild import notebooks
    from helpers import folders

    given = {}

    def execute(source, parameters, cwd, mark):
        given.update(parameters)
        return nbformat.v4.new_notebook()

    monkeypatch.setattr(folders, "workspace", lambda: tmp_path)
    monkeypatch.setattr(notebooks, "execute", execute)
    for _ in range(2):
        assert cli.main(["run", "central", *(["--edition", edition] if edition else [])]) == 0
    assert given["edition"] == (edition or "2023-07")
    files = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.as_posix() for path in files] == [f"build/{given['edition']}/chapters/central.ipynb"]


def test_tables_named_by_the_environment_are_those_of_the_option(data_copy, monkeypatch, tmp_path):
    from bookbuild import builder, notebooks
    from helpers.builds.recipe import project

    given = []
    monkeypatch.setenv("MALI_DATA", str(data_copy))
    monkeypatch.setattr(
        notebooks, "execute", lambda _, parameters, *__: given.append(parameters) or nbformat.v4.new_notebook()
    )
    assert cli.main(["run", "central", "--out", str(tmp_path / "x.ipynb")]) == 0
    assert given[0]["data_dir"] == str(data_copy)
    made = builder.Builder(project(), ["2022-08"], tmp_path / "site", "", builder.Options(), print)
    assert made.state.data_dir == str(data_copy)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("buffered", ["", "1"], ids=["buffered", "at once"])
@pytest.mark.parametrize("command", ["audit --edition 2022-08", "check", "forecast", "--help"])
def test_a_full_disk_under_the_output_is_one_sentence(command, buffered):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "helpers", *command.split()],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=os.environ | {"PYTHONUNBUFFERED": buffered},
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("error: output: cannot be read or written (No space left on device)")
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("command", ["", *COMMANDS, "ingest all", "ingest acled", "ingest ucdp", "ingest hdx"])
def test_help_that_cannot_be_written_ends_as_any_output(command, monkeypatch, capsys):
    class Full(io.StringIO):
        def write(self, _):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(sys, "stdout", Full())
    assert cli.main([*command.split(), "--help"]) == 2
    assert capsys.readouterr().err.startswith("error: output: cannot be read or written (No space left on device)")


def test_a_closed_output_is_no_fault():
    done = subprocess.run(
        f"{sys.executable} -m helpers check >&-", shell=True, stderr=subprocess.PIPE, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("code", [errno.EROFS, errno.ENOSPC, errno.EACCES])
def test_a_disk_that_takes_nothing_is_one_sentence(monkeypatch, tmp_path, capsys, code):
    from bookbuild import files, notebooks

    def fails(*_, **__):
        raise OSError(code, os.strerror(code), str(tmp_path))

    monkeypatch.setattr(files.tempfile, "mkstemp", fails)
    monkeypatch.setattr(notebooks, "execute", lambda *_: nbformat.v4.new_notebook())
    assert cli.main(["run", "central", "--out", str(tmp_path / "x.ipynb")]) == 2
    err = capsys.readouterr().err
    assert (
        err
        == f"error: {tmp_path}: cannot be read or written ({os.strerror(code)}); make room or give access, then run it again.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_on_windows_the_way_out_is_named(monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "win32")
    assert cli.main(["audit"]) == 2
    assert "in WSL" in capsys.readouterr().err


def test_audit_prints_the_same_rows_in_every_format(capsys):
    assert cli.main(["audit", "--edition", "2023-07", "--format", "json"]) == 0
    records = json.loads(capsys.readouterr().out)
    assert cli.main(["audit", "--edition", "2023-07", "--format", "csv"]) == 0
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert cli.main(["audit", "--edition", "2023-07"]) == 0
    table = capsys.readouterr().out
    assert len(records) == len(lines)
    assert [r["id"] for r in records] == [line["id"] for line in lines]
    assert all(r["verdict"] in table for r in records)
    assert {"id", "kind", "published", "computed", "low", "high", "verdict", "reason", "definition"} <= set(records[0])
    assert all(r["report"] == "R23" for r in records)


def test_check_passes_on_the_project(capsys):
    assert cli.main(["check"]) == 0
    assert "0 faults" in capsys.readouterr().out


def test_seal_says_what_it_sealed(data_copy, capsys):
    assert cli.main(["seal", "--data", str(data_copy)]) == 0
    assert "chronology.csv" in capsys.readouterr().err


def test_ingest_into_a_users_folder(raw_folder, tmp_path, capsys):
    out = tmp_path / "my-data"
    assert cli.main(["ingest", "all", str(raw_folder), "--out", str(out)]) == 0
    assert "actors:" in capsys.readouterr().err
    assert cli.main(["check", "--data", str(out)]) == 0
    assert not list(out.glob(".ingest-*"))


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_says_more_than_its_name(command, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main([command, "--help"])
    assert stop.value.code == 0
    assert len(capsys.readouterr().out) > 200


def test_a_claim_that_cannot_be_evaluated_ends_the_audit_with_2(capsys, monkeypatch):
    from helpers.audit import claims
    from helpers.errors import ClaimError

    def fail(*_):
        raise ClaimError("claim R23-01: the question pace_of_events gives no 'pace' at its date.")

    monkeypatch.setattr(claims, "evaluate", fail)
    assert cli.main(["audit", "--edition", "2023-07"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: claim R23-01")


def test_fetch_says_that_weekly_aggregates_are_not_fetched_and_what_to_do(capsys):
    with pytest.raises(SystemExit):
        cli.main(["fetch", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "ACLED's weekly aggregates are not fetched" in told
    assert "give it to 'ingest acled'" in told
    page = (Path(cli.__file__).resolve().parents[2] / "chapters/method/fetch.md").read_text(encoding="utf-8")
    assert "documents no way for programs" in page
    assert "https://acleddata.com/aggregated/aggregated-data-africa" in page


def test_a_current_folder_that_is_gone_is_called_so(tmp_path):
    code = "import os, sys; from helpers import cli; os.rmdir(os.getcwd()); sys.exit(cli.main(['check']))"
    gone = tmp_path / "gone"
    gone.mkdir()
    done = subprocess.run([sys.executable, "-c", code], cwd=gone, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        "error: the current folder is no longer there; go to one that is, and run it again."
    )


def test_a_link_to_a_device_in_a_front_pages_place_is_not_read(tmp_path, capsys):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").symlink_to("/dev/zero")
    assert cli.main(["build", "--edition", "2022-08", "--site", str(site)]) == 2
    assert "index.html: a file that this program did not make" in capsys.readouterr().err
    assert os.readlink(site / "index.html") == "/dev/zero"


@pytest.mark.parametrize(("day", "said"), [("2999-01-01", "is yet to come"), ("2026-13-01", "is no day")])
def test_a_workbook_is_not_taken_on_a_day_that_has_not_been(tmp_path, capsys, day, said):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["ingest", "hdx", "x.xlsx", "--taken", day, "--out", str(tmp_path / "made")])
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "made").exists()

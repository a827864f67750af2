"""Commands as a user types them: results on standard output, one sentence and a code where something is wrong."""

import csv
import io
import json

import pytest

from helpers import cli, data


@pytest.fixture(autouse=True)
def fresh_caches():
    yield
    data._load.cache_clear()
    data.package.cache_clear()


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


@pytest.mark.parametrize("command", ["ingest", "fetch", "diff", "seal", "check", "run", "build", "audit"])
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

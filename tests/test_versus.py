"""Two editions side by side: what is compared, what moved it, and the command. Tables changed here are synthetic."""

from __future__ import annotations

import io
import json
import shutil

import pandas as pd
import pytest

from helpers import cli, versus
from helpers.builds import over
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import EditionError
from helpers.measures.catalogue import totals
from helpers.page.frame import Key
from helpers.story import ledger, southern, standing
from helpers.words import Both

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def south(tmp_path_factory, root):
    """Return a folder with the southern chapter alone."""
    folder = tmp_path_factory.mktemp("chapters")
    shutil.copy(root / "chapters" / "southern.ipynb", folder)
    return folder


def test_every_answer_and_paragraph_of_the_chapters_is_asked(root):
    found = versus.asked(root / "chapters")
    answers = {one.page for one in found if one.kind == "answer"}
    assert answers >= {"summary", "now", "trajectory", "junta", "wagner", "northern", "central", "southern", "outlook"}
    assert len([one for one in found if one.kind == "sentence"]) > 40
    assert all(callable(one.make) for one in found)
    with pytest.raises(EditionError, match="no chapter that answers"):
        versus.asked(root / "data")


def test_what_an_edition_says_is_what_its_chapter_shows(south):
    found = versus.stated("2023-07", south).set_index(["kind", "item"])
    report = Report("2023-07")
    assert found.loc[("answer", "southern"), "fr"] == southern.answer(report).answer.fr
    assert found.loc[("sentence", "southern.whole"), "en"] == southern.whole(report).en
    change = totals(report).in_zone("south").in_a_year()
    assert found.loc[("key figure", "southern-1"), "en"].startswith(f"{int(change.now)} events of political violence")
    assert "year to June 2023; " in found.loc[("key figure", "southern-1"), "en"]
    assert ("verdict", "R23-28 ratio") in found.index
    assert set(found["page"]) == {"southern"}


def test_what_differs_between_two_editions_and_nothing_else(south):
    found = versus.compare("2023-07", "latest", south)
    assert set(found["moved_by"]) == {"time"}
    answer = found[found["kind"].eq("answer")].iloc[0]
    assert answer["old"].startswith("It has begun to")
    assert answer["new_fr"].startswith("Dans le sud, oui")
    assert found["old"].ne(found["new"]).all()
    assert versus.compare("2023-07", "2023-07", south).empty


def test_what_counts_something_else_is_not_said_to_have_moved():
    """The fastest-growing region is another one in the newest edition: its number is no later value of the old one's."""
    made = {name: standing.answer(Report(name)).keys[1] for name in ("2023-07", "latest")}
    sides = [
        pd.DataFrame([("key figure", "now", "standing-2", one.value.en, one.value.fr, versus.counts(one))], columns=list(versus.STATED))
        for one in made.values()
    ]  # fmt: skip
    assert ["Koulikoro" in side["counts"].item() for side in sides] == [True, False]
    found = versus.differences(*sides)
    assert found["moved_by"].item() == "question"
    record = {"tables": "a", "pages": {"now": {"en": "Where things stand"}}, "title": {"en": "July 2023"}}
    told = over.said(found, record, record | {"title": {"en": "Latest"}})
    assert "  Where things stand [standing-2]\n    The question changed: " in told
    assert "    July 2023: " in told


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("24 months", "in power on 29 August 2022"), ("1 month", "in power on 6 October 2026"), True),
        (("111th", "of 180 in the ranking of 2022"), ("121st", "of 180 in the ranking of 2026"), True),
        (("42", "miss"), ("× 1.08", "miss"), False),
        (("42", "deaths in Gao"), ("42", "deaths in Kidal"), False),
        (("1,105", "deaths forecast for June to November 2026"), ("980", "deaths forecast for December 2026 to May 2027"), True),
    ],
)  # fmt: skip
def test_figures_compare_where_measure_place_and_unit_are_the_same(one, other, same):
    told = [versus.counts(Key(Both(value, value), Both(label, label), Both("-", "-"))) for value, label in (one, other)]
    assert (told[0] == told[1]) is same


def test_a_revision_is_told_from_time(south, data_copy, root):
    """Synthetic: in a copy of the tables every month of Sikasso since 2022 has ten more events."""
    from helpers.ingest.tables import sha256

    path = data_copy / "totals.csv"
    table = pd.read_csv(path)
    table.loc[table["region"].eq("Sikasso") & table["month"].ge("2022-01"), "events"] += 10
    table.to_csv(path, index=False, lineterminator="\n")
    package = json.loads((data_copy / "datapackage.json").read_text())
    for resource in package["resources"]:
        if resource["path"] == "totals.csv":
            resource |= {"hash": f"sha256:{sha256(path.read_bytes())}", "bytes": path.stat().st_size}
    (data_copy / "datapackage.json").write_text(json.dumps(package))
    revised = versus.compare("2023-07", "2023-07", south, Tables(root / "data"), Tables(data_copy))
    assert set(revised["moved_by"]) == {"revision"}
    assert "southern-1" in set(revised["item"])
    both = versus.compare("2023-07", "latest", south, Tables(root / "data"), Tables(data_copy)).set_index(
        ["kind", "item"]
    )
    assert both.loc[("key figure", "southern-1"), "moved_by"] == "time and revision"
    assert both.loc[("key figure", "southern-2"), "moved_by"] == "time"  # events by actor were not touched
    record = {"tables": "a", "pages": {}, "title": {"en": "July 2023"}}
    lines = over.said(
        revised.assign(new=revised["new"].where(revised.index > 0, "")), record, record | {"tables": "b"}
    ).split("\n")
    assert sum(line.startswith("    July 2023, old tables: ") for line in lines) == len(revised)
    assert "    July 2023, new tables: not said" in lines
    assert lines.count("    Only one of the two sets of tables supports it.") == 1
    assert lines.count("    Moved by revision.") == len(revised) - 1


@pytest.mark.parametrize(
    "words",
    [["diff"], ["diff", "data"], ["diff", "--editions", "2023-07", "2019-99"]],
    ids=["none", "one", "no edition"],
)
def test_the_command_refuses_in_one_sentence(words, capsys):
    assert cli.main(words) == 2
    assert capsys.readouterr().err.count("error: ") == 1


def test_the_three_forms_of_the_command_hold_the_same(south, monkeypatch, capsys, tmp_path):
    class Sources:
        chapters = south
        cache = tmp_path

    monkeypatch.setattr("helpers.builds.recipe.project", lambda: Sources)
    printed = {}
    for form in ("table", "csv", "json"):
        assert cli.main(["diff", "--editions", "2022-08", "2023-07", "--format", form]) == 0
        printed[form] = capsys.readouterr().out
    records = json.loads(printed["json"])
    assert printed["csv"].splitlines()[0] == ",".join(versus.DIFFERENCES)
    assert records
    table = pd.read_csv(io.StringIO(printed["csv"]), keep_default_na=False)
    assert table["new"].str.len().tolist() == [len(record["new"]) for record in records]
    table = printed["table"]
    assert table.startswith(f"{len(records)} differences. Both rest on the same tables: time has moved them")
    assert table.count("\n    August 2022: ") == table.count("\n    July 2023: ") == len(records)
    assert "\n  The south and the capital [southern]\n" in table, "a page has its title, an id stands in brackets"
    # Nothing is worked out again where nothing has changed.
    monkeypatch.setattr("helpers.builds.told.record", None)
    assert cli.main(["diff", "--editions", "2022-08", "2023-07"]) == 0
    assert capsys.readouterr().out == table


def test_answers_to_two_questions_are_not_compared(root):
    """The ledger of an edition without forecasts by others asks which rule was best, that of the newest who was."""
    asked = {name: ledger.answer(Report(name)) for name in ("2023-07", "latest")}
    sides = [
        pd.DataFrame([("answer", "ledger", "ledger", one.answer.en, one.answer.fr, versus.undated(one.question.en))], columns=list(versus.STATED))
        for one in asked.values()
    ]  # fmt: skip
    assert versus.differences(*sides)["moved_by"].item() == "question"
    assert versus.differences(sides[0], sides[0].assign(en="Another."))["moved_by"].item() == "time"

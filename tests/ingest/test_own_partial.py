"""Own data that lack what the book asks for: a table, a place, one side of the war, most of the months.

Every row is synthetic. What is missing is said in its place; a plan does not fail where a build would say it.
"""

import ast
import datetime
import html
import json
from hashlib import sha256
from pathlib import Path

import nbformat
import pytest

import synthetic as syn
from helpers import chapters, cli, data, french, limits, prose
from helpers.audit.questions import QUESTIONS
from helpers.builds import front
from helpers.builds.recipe import project
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import DataError, NotInData
from helpers.ingest import own, own_folder
from helpers.page import status
from helpers.story import audited, evidence_wagner, method, overview, trajectory, wagner

TODAY = datetime.date(2026, 11, 24)
ROWS = syn.events(84 * 18)
"""A year and a half, from January 2022."""


@pytest.fixture(autouse=True)
def fresh_caches():
    yield
    data._load.cache_clear()
    data._package.cache_clear()


@pytest.fixture
def folder(tmp_path):
    """A folder of own tables: a year and a half of events, in which state forces attack nobody."""
    return ingested(tmp_path, ROWS)


def ingested(tmp_path: Path, rows: list[dict[str, str]], **options) -> Path:
    export = tmp_path / "mine.csv"
    export.write_text(syn.to_csv(rows))
    out = tmp_path / "mine"
    own_folder.write(own.from_acled([export], today=TODAY, until="2023-06", **options), out, today=TODAY)
    return out


def without(folder: Path, table: str, *names: str) -> None:
    """Take rows that begin with a name out of a table, and seal it."""
    path = folder / f"{table}.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if line.split(",")[0] not in names), encoding="utf-8")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    entry = next(row for row in package["resources"] if row["path"] == path.name)
    entry["hash"] = f"sha256:{sha256(path.read_bytes()).hexdigest()}"
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    data._load.cache_clear()
    data._package.cache_clear()


# --------------------------------------------------------------------------- a table that is not there


@pytest.mark.parametrize(
    "table", ["regions.csv", "cercle_halves.csv", "cercles.geojson", "methods.csv", "chronology.csv"]
)
def test_a_plan_lists_what_it_would_do_over_a_folder_that_is_short_of_a_table(folder, tmp_path, capsys, table):
    (folder / table).unlink()
    site = str(tmp_path / "site")
    assert cli.main(["build", "--dry-run", "--data", str(folder), "--site", site, "--edition", "latest"]) == 0
    said = capsys.readouterr()
    assert "would build the book of edition Latest" in said.out + said.err
    page = front.plan(["latest"], [], Tables(folder))["front"]["index.html"]
    assert "These are a user’s own data" in page
    assert "Events by actor are the user’s own, from January 2022 to June 2023." in html.unescape(page)
    reason = f"Not in these data: mine/{table}: the table is missing; run ingest again into this folder."
    needed = table not in ("regions.csv", "methods.csv")
    assert (reason in page) == needed, "the front page needs no table of regions and none of ways of fighting"


def test_a_folder_without_events_or_totals_is_refused_in_one_sentence(folder, tmp_path, capsys):
    (folder / "totals.csv").unlink()
    site = str(tmp_path / "site")
    for more in ([], ["--dry-run"]):
        assert cli.main(["build", *more, "--data", str(folder), "--site", site, "--edition", "latest"]) == 2
        assert capsys.readouterr().err.count("mine/totals.csv: the table is missing") == 1
    assert not (tmp_path / "site").exists()


def test_chapters_say_in_place_that_a_table_is_missing_and_show_the_rest(folder, monkeypatch):
    (folder / "regions.csv").unlink()
    (folder / "ucdp_months.csv").unlink()
    shown = []
    monkeypatch.setattr(chapters, "display", shown.append)
    chapter = chapters.Chapter("places", "latest", str(folder))
    chapter.show(lambda r: f"{len(r.regions)} regions")
    chapter.show(lambda r: f"{len(r.cercles)} cercles")
    assert shown[0].sentence == (
        "Not in these data: mine/regions.csv: the table is missing; run ingest again into this folder."
    )
    assert shown[1].data == f"{len(Tables().cercles())} cercles"
    assert "regions" not in {name for name, _, _ in status.extents(Tables(folder))}
    assert "actors" in {name for name, _, _ in status.extents(Tables(folder))}
    with pytest.raises(DataError, match=r"mine/\w+\.csv: the table is missing"):
        data.check(Tables(folder))


def test_a_table_of_the_projects_own_that_is_missing_stays_a_fault(root, monkeypatch, data_copy):
    monkeypatch.setattr(data, "trusted", lambda path: True)
    (data_copy / "regions.csv").unlink()
    with pytest.raises(DataError, match="restore it") as refused:
        Tables(data_copy).regions()
    assert not isinstance(refused.value, NotInData)


def test_a_spoiled_table_still_stops_the_chapter(folder):
    (folder / "regions.csv").write_text("region\n")
    with pytest.raises(DataError, match="differs from its hash"):
        chapters.Chapter("places", "latest", str(folder))


# --------------------------------------------------------------------------- a place that is not named


@pytest.mark.parametrize("place", ["Kati", "Bamako"])
def test_a_place_that_the_tables_do_not_name_is_said_and_no_fault(folder, place):
    assert Tables().spot(place) == Tables(folder).spot(place)
    without(folder, "places", place)
    with pytest.raises(NotInData, match=rf"places\.csv names no {place}\."):
        Tables(folder).spot(place)
    said = QUESTIONS["kati"](Report("latest", folder)).sentence
    assert said == f"Not in these data: places.csv names no {place}."


@pytest.mark.parametrize(("table", "name"), [("regions", "Gao"), ("cercles", "Kati")])
def test_a_table_of_the_country_that_is_short_of_a_row_gives_no_share(folder, table, name):
    without(folder, table, name)
    report = Report("latest", folder)
    with pytest.raises(NotInData, match=rf"{table}\.csv names no {name}\."):
        getattr(report, table)
    if table == "regions":
        assert QUESTIONS["southern_population"](report).sentence == "Not in these data: regions.csv names no Gao."


# --------------------------------------------------------------------------- one side alone


def test_a_count_held_against_none_is_not_written_as_a_number():
    for times in (prose.times, french.times):
        with pytest.raises(NotInData, match="nothing to hold a count against"):
            times(float("inf"))
    assert (audited.off(0), audited.off(0.5), audited.off(3)) == (float("inf"), 2, 3)


def test_data_in_which_one_side_attacks_nobody_say_so(folder):
    report = Report("latest", folder)
    for make in (trajectory.who_kills, trajectory.attackers, wagner.state_vac):
        with pytest.raises(NotInData):
            make(report)
    missing = []
    told = [fact for make, page in overview.FACTS for fact in front._said(overview.fact(make, page), report, missing)]
    assert told, "what can be said is said"
    assert any("nothing to hold a count against" in why for why in missing)


def test_a_rise_against_months_before_the_data_is_said_and_no_fault(folder):
    """Own data from January 2022: the months before Wagner's arrival, and before the coup of 2020, are not in them."""
    report = Report("2023-06", str(folder))
    for name in ("change", "deaths"):
        with pytest.raises(NotInData, match="runs past the data") as said:
            evidence_wagner._readings(report, name)
        assert "Not in these data: this needs" in limits.why_not(said.value, Tables(folder))


def test_events_that_equal_the_totals_in_every_cell_give_no_table_of_differences(tmp_path):
    counted = Tables().totals().query("'2022-01' <= month <= '2023-06' and events > 0")
    rows = syn.as_counted(counted[["month", "region", "events", "fatalities"]].itertuples(index=False))
    report = Report("latest", ingested(tmp_path, rows))
    assert method.differences_by_reason(report) == ""
    assert "180 cells of month and region; 180 are equal in events and in deaths, 0 differ." in method.agreement(report)


@pytest.mark.slow
@pytest.mark.parametrize("region", ["", "Gao"])
def test_no_cell_of_any_chapter_fails_on_partial_own_data(tmp_path, monkeypatch, region):
    """Every code cell of every chapter: it shows something, or says what these data lack; anything else is a fault."""
    rows = [row for row in ROWS if row["admin1"] == region or not region]
    folder = ingested(tmp_path, rows, meant=bool(region))
    monkeypatch.setattr(chapters, "display", lambda made: getattr(made, "_repr_mimebundle_", dict)())
    faults = []
    for path in project().notebooks:
        scope: dict = {}
        for number, cell in enumerate(nbformat.read(path, as_version=4).cells):
            if cell.cell_type != "code":
                continue
            try:
                exec(compile(ast.parse(cell.source), path.name, "exec"), scope)
                if "parameters" in cell.metadata.get("tags", []):
                    scope |= {"edition": "latest", "data_dir": str(folder)}
            except Exception as error:  # noqa: BLE001 - every fault is listed, with its place
                faults.append(f"{path.stem}, cell {number}: {type(error).__name__}: {error}")
    assert not faults, "\n".join(faults)

import pandas as pd
import pytest

from helpers import editions, entries
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import DataError, EditionError, WindowError
from helpers.words import facts


def test_listed_editions_and_their_months():
    assert [e.id for e in editions.listed()] == ["2022-08", "2023-07", "latest"]
    assert [(e.as_of, e.compare, e.report) for e in editions.listed()] == [
        ("2022-08", 4, "R22"),
        ("2023-06", 6, "R23"),
        ("latest", 6, ""),
    ]


@pytest.mark.parametrize("bad", ["2018-12", "2023-13", "yesterday", "2023", "", 2022, None])
def test_editions_that_do_not_exist_are_refused_in_one_sentence(bad):
    with pytest.raises(EditionError, match=r"does not exist|too early"):
        editions.find(bad)


def test_an_edition_past_the_data_is_refused():
    with pytest.raises(EditionError, match="the last complete month of the tables is March 2026"):
        Report("2026-04")


@pytest.mark.parametrize(
    ("edition", "totals", "types"), [("2025-12", "2025-12", "2025-12"), ("2026-03", "2026-03", "2026-03")]
)
def test_an_edition_after_the_event_tables_gives_their_last_window(edition, totals, types):
    r = Report(edition)
    assert (str(r.as_of), str(r.end("totals")), str(r.end("ucdp_types"))) == ("2025-02", totals, types)
    assert r.last_12.label == "March 2024 to February 2025"
    assert r.edition.facts_to == str(pd.Period(edition, "M").end_time.date())
    assert "February 2025" in r.coverage
    assert r.ucdp_years["year"].max() == 2024
    assert r.chronology["date"].max() <= r.edition.facts_to


def test_a_toll_that_was_published_after_the_editions_day_is_not_told_in_it():
    """The UN counted the dead of Moura in May 2023; the edition of August 2022 gave its number."""
    for edition, known in (("2022-08", False), ("2023-07", True), ("latest", True)):
        rows = Report(edition).chronology.set_index("id", drop=False)
        assert ("500 people killed" in facts.told(rows.loc["2022-03-27-moura"]).en) is known
        # It stays among the deadliest: what happened was known.
        assert entries.tolls(rows)["2022-03-27-moura"] == 500
        assert "at least 157 people killed" in facts.told(rows.loc["2019-03-23-ogossagou"]).en


def test_nothing_is_told_of_a_year_from_fewer_than_six_months():
    assert Report("latest").year_to_date.label == "2024"
    assert Report("2021-05").year_to_date.label == "2020"
    assert Report("2021-06").year_to_date.label == "January-June 2021"


def test_the_latest_edition_is_named_after_the_newest_month_of_any_table():
    assert editions.find("latest").title == "Latest (May 2026)"
    assert str(Tables().newest_month()) == "2026-05"


def test_an_unknown_folder_is_refused(tmp_path):
    with pytest.raises(DataError, match="no such folder"):
        Report("2023-07", tmp_path / "nowhere")


def test_windows_of_the_july_2023_edition():
    r = Report("2023-07")
    assert r.recent.label == "January-June 2023"
    assert r.recent_before.label == "July-December 2022"
    assert r.year_to_date.label == "January-June 2023"
    assert r.last_12.label == "July 2022 to June 2023"
    assert r.before_12.label == "July 2021 to June 2022"
    assert r.half == "2023H1"


def test_the_august_2022_edition_compares_four_months():
    r = Report("2022-08")
    assert (r.recent.label, r.recent_before.label) == ("May-August 2022", "January-April 2022")
    assert r.half == "2022H1"


def test_latest_runs_to_the_last_month_of_each_table_and_says_which():
    r = Report("latest")
    assert str(r.end("actors")) == Tables().actors()["month"].max() == "2025-02"
    assert str(r.end("totals")) == Tables().totals()["month"].max() == r.totals["month"].max() == "2026-03"
    assert r.all_totals["month"].max() == "2026-03"
    assert "February 2025" in r.coverage
    assert "March 2026" in r.coverage


@pytest.mark.parametrize("edition", ["2019-01", "2021-12", "2022-08", "2023-07"])
def test_nothing_after_the_edition_is_seen(edition):
    r = Report(edition)
    end = str(r.as_of)
    for table in (r.actors, r.totals, r.ucdp_months):
        assert table["month"].max() <= end
    assert r.areas["half"].max() <= r.half
    assert r.footprint["half"].max() <= r.half
    assert r.cercle_halves["half"].max() <= r.half
    assert r.ucdp_years["year"].max() <= int(end[:4])
    assert r.chronology["date"].max() <= (r.edition.published or f"{end}-31")
    if len(r.bases):
        assert r.bases["date"].max() <= (r.edition.published or f"{end}-31")
    assert r.indices["year"].max() <= int(end[:4])


def test_facts_count_to_the_day_of_publication():
    r = Report("2022-08")
    assert r.chronology["date"].max() <= "2022-08-29"
    later = r.later_chronology
    assert (later.loc[later["source_kind"].ne("report"), "date"] > "2022-08-29").all()
    # What only the report of July 2023 states was not known in August 2022, whatever day it speaks of.
    assert "2021-12-wagner-deployment-men" in set(later["id"])
    assert "2021-12-wagner-deployment-men" in set(Report("2023-07").chronology["id"])
    assert len(r.chronology) + len(r.later_chronology) == len(Tables().chronology())


def test_a_window_past_the_edition_is_an_error():
    r = Report("2022-08")
    with pytest.raises(WindowError, match="runs past the data"):
        r.window("2022-01", "2022-12")
    assert r.later().first == pd.Period("2022-09", "M")
    assert Report("latest").later() is None


def test_source_lines_name_version_and_licence():
    line = Report("2023-07").source("actors", "totals")
    assert "ACLED through HDX, April 2026" in line
    assert "non-commercial" in line
    assert "spring 2025" in line

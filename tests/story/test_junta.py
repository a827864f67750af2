"""The chapter on military rule: its new figures hold the numbers of the tables, and dated facts keep to the edition's day."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pandas as pd
import pytest

import story_figures
from helpers import prose
from helpers.chapters import Chapter
from helpers.data import Tables
from helpers.editions import Report
from helpers.page.frame import Facts
from helpers.story import (
    evidence_power,
    junta,
    junta_departures,
    junta_facts,
    junta_forces,
    junta_press,
    places,
    southern,
)
from helpers.words import Both

pytestmark = pytest.mark.slow

EDITIONS = ["2019-06", "2021-12", "2022-08", "2023-07", "latest"]


@pytest.mark.parametrize(
    ("edition", "title"),
    [
        ("2020-09", "Three of four indices stand lower than five years earlier."),
        ("2021-12", "Three of four indices stand lower than before the coup."),
        ("2023-07", "All three indices with one method stand lower than before the coup."),
        ("latest", "All three indices with one method stand lower than before the coup."),
    ],
)
def test_freedoms_are_judged_against_the_last_whole_year_before_the_coup(edition, title):
    figure = junta_press.freedoms(Report(edition))
    assert figure.title == title
    table = figure.frame.set_index("Year")
    raw = Tables().load("indices").set_index(["index", "year"])["value"]
    # A rank and Freedom House's score stand at the year that they describe, one before that of their edition.
    for label, name, lag in (("Press freedom", "rsf-rank", 1), ("Rights", "fh-total", 1), ("Liberal", "vdem-ldi", 0)):
        (full,) = [column for column in table if column.startswith(label)]
        assert table[full][2015] == raw[name, 2015 + lag]


@pytest.mark.parametrize(
    ("edition", "opens", "forces", "rank", "base"),
    [
        ("2021-12", "More than one year on, ", "0 of 5", "99th", "108th in 2020"),
        ("2022-08", "Two years on, ", "2 of 5", "111th", "earlier ranks follow another method"),
        ("2023-07", "Nearly three years on, ", "2 of 5", "113th", "111th in 2022"),
        ("latest", "Six years on, ", "4 of 5", "121st", "111th in 2022"),
    ],
)
def test_the_answer_counts_years_forces_and_ranks_as_they_are(edition, opens, forces, rank, base):
    """34 months were two years, the G5 Sahel with Mali's own army a foreign force, and ranks of two methods compared."""
    r = Report(edition)
    box = junta.answer(r)
    assert box.answer.en.startswith(opens)
    assert [key.value.en for key in box.keys][1:] == [forces, rank]
    assert box.keys[2].judged.en == base
    figure = junta_forces.forces(r)
    assert "drawn, but not counted as foreign" in figure.caveat.en
    assert "G5 Sahel joint force" in set(figure.frame["Force"])


@pytest.mark.parametrize("edition", ["2021-12", "2022-08", "2023-07", "latest"])
def test_no_rank_is_compared_across_the_change_of_method(edition):
    r = Report(edition)
    ranks = Tables().load("indices").query("index == 'rsf-rank'").set_index("year")["value"]
    said, alt = junta_press._rank(r), junta_press.freedoms(r).alt
    after = int(junta_press.known_indices(r, "rsf-rank")["year"].max()) >= 2022
    assert ("earlier ranks follow another method" in said.en) == after
    assert ("rangs antérieurs suivent une autre méthode" in said.fr) == after
    for text in (said.en, alt, evidence_power.press_freedom(r).title):
        years = [int(year) for year in re.findall(r"\b20[12]\d\b", text.split(";")[0])]
        lag = text == alt
        assert not after or all(year + lag >= 2022 for year in years), text
    assert int(ranks[2020]) == 108
    press = junta_press.freedoms(r).spec()["vconcat"][0]
    drawn = next(one for one in press["layer"] if "mark" in one and one["mark"].get("type") == "line")
    assert drawn["encoding"]["detail"]["field"] == "Method", "no stroke joins the two"


def test_a_lower_rank_is_freer():
    press = next(one for one in junta_press.FREEDOMS if one.name == "rsf-rank")
    assert not press.up
    spec = junta_press.freedoms(Report("latest")).spec()
    scales = [layer["encoding"]["y"]["scale"] for panel in spec["vconcat"] for layer in panel["layer"] if "mark" in layer
              and layer["mark"].get("type") == "line"]  # fmt: skip
    assert [bool(scale.get("reverse")) for scale in scales] == [True, False, False, False]


def test_the_dead_of_the_un_mission_are_those_of_the_table():
    rows = Tables().peacekeepers()
    figure = evidence_power.peacekeepers(Report("latest"))
    assert figure.title == "Of 311 members of the UN mission who died, 174 were killed by hostile acts."
    assert figure.frame["Deaths"].sum() == rows["deaths"].sum() == 311
    assert "311" in junta_forces.who_left(Report("latest")).en
    before = evidence_power.peacekeepers(Report("2021-12")).frame
    assert before["Deaths"].sum() == rows[rows["month"] <= "2021-12"]["deaths"].sum()


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_map_of_bases_draws_no_base_closed_that_the_edition_does_not_know(edition):
    r = Report(edition)
    frame = junta_forces.bases_map(r).frame
    dates = frame[frame["Closed"].ne("")]["Closed"]
    assert (dates <= (r.edition.facts_to or "9999")).all()
    assert not frame.duplicated(["Mission", "Site"]).any()
    # Once the mission has gone no base of it is open.
    if junta_forces.knows(r, junta_facts.UN_GONE):
        assert frame["Closed"].ne("").all()
    else:
        assert frame["Closed"].eq("").any()


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_reader_can_count_the_bases_of_each_figure(edition):
    """The map's title said 21 bases over a table of 18 rows, and two figures had other bases and dates without a word."""
    r = Report(edition)
    made = junta_forces.bases_map(r)
    shut = made.frame[made.frame["Closed"].ne("")]
    if shut.empty:
        return
    n = len(shut)
    assert made.title.startswith((f"{n} foreign", f"{prose.word(n).capitalize()} foreign"))
    assert "The title counts closed sites, one a row of the data table" in made.caveat.en
    un = int(shut["Mission"].eq("MINUSMA").sum())
    assert (f"{un} of MINUSMA, {n - un} French-led" in made.caveat.en) == bool(un)
    late = shut[shut["Mission"].eq("MINUSMA") & shut["Closed"].gt("2023-12-31")]
    assert ("closed later (Gao in July 2024 and Bamako in November 2024)" in junta_forces.forces(r).caveat.en) == bool(
        len(late)
    )
    if edition in ("2023-07", "latest"):
        compared = junta_departures.events_around_handovers(r)
        used, of = re.search(r"one row: (\d+) of (\d+) sites", compared.caveat.en).groups()
        assert int(of) == n
        left = sum(map(int, re.findall(r"(\d+) (?:without|that only)", compared.caveat.en)))
        assert int(used) + left == n


def test_the_year_from_a_handover_leaves_no_month_out_and_says_what_hangs_on_its_first():
    r = Report("latest")
    found = junta_departures.handovers(r.bases, r.totals, r.end("totals"))
    found = found.set_index(["region", found["month"].astype(str)])

    def counted(region, first, last, value):
        rows = r.totals[r.totals["region"].eq(region) & r.totals["month"].between(first, last)]
        return int(rows[value].sum())

    for region, first, spans in (
        ("Kidal", "2023-10", (("2022-10", "2023-09"), ("2023-10", "2024-09"))),
        ("Tombouctou", "2023-08", (("2022-08", "2023-07"), ("2023-08", "2024-07"))),
    ):
        row = found.loc[(region, first)]
        assert [row["in_before"], row["in_after"]] == [counted(region, *span, "events") for span in spans]
        assert [row["deaths_before"], row["deaths_after"]] == [counted(region, *span, "fatalities") for span in spans]
    told = junta_departures.followed(r).en
    assert "Events clearly rose in Kidal (15 in the 12 months before October 2023, 199 in the 12 from it)." in told
    assert "After nine other handovers no clear change in events can be told." in told
    assert (
        "85 in the 12 months before August 2023, 615 in the 12 from it; not clear with August 2023 counted before"
        in told
    )


@pytest.mark.parametrize(("edition", "wagner", "corps"), [("2021-06", 0, 0), ("2023-07", 1, 0), ("latest", 1, 1)])
def test_the_spans_of_the_russians_say_that_they_begin_with_words_and_not_with_a_deed(edition, wagner, corps):
    r = Report(edition)
    note = junta_forces.forces(r).caveat
    for text, known, name in (
        ("for Wagner, the day on which France and its partners condemned its coming", wagner, junta_facts.WAGNER_CAME),
        ("for Africa Corps, the day on which Wagner said that it left", corps, junta_facts.WAGNER_OVER),
    ):
        assert (text in note.en) == bool(known) == junta_facts.knows(r, name)
    rows = Report("latest").chronology.set_index("id")
    assert rows.at[junta_facts.WAGNER_CAME, "event"].startswith("France, 13 other European states and Canada condemn")
    assert rows.at[junta_facts.WAGNER_OVER, "event"].startswith("Wagner says its mission in Mali is over")
    assert ("la France et ses partenaires" in note.fr) == bool(wagner)


def test_the_table_of_bases_writes_no_day_that_no_source_gives():
    frame = junta_forces.bases_map(Report("latest")).frame
    assert frame.set_index("Site")["Closed"]["Kidal"].tolist() == ["2021-10", "2023-10-31"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_shares_of_people_are_the_projections_and_say_why(edition):
    r = Report(edition)
    frame = southern.people_form(r).frame.set_index("Name")["Share of Mali"]
    for what in ("People", "Land"):
        assert frame[frame.index.str.startswith(what)].sum() == pytest.approx(1)
    known = "2023-08-09-census-of-2022" in set(r.chronology["id"])
    for said in (southern.people(r).caveat.en, places.table(r).english.note):
        assert ("census of 2022 is left out" in said) == known


@pytest.mark.parametrize("edition", ["latest", "2023-07"])
def test_the_souths_share_of_people_names_its_base_and_is_that_of_the_other_pages(edition):
    r = Report(edition)
    assert "people (projection of 2020)" in southern.people_form(r).what.en
    assert "holds 61 percent of the people" in southern.people(r).title.en
    assert "holds 61 percent of Malians (projection for 2020)" in places.weight(r).en


@pytest.mark.parametrize("edition", ["2021-12", "2023-07"])
def test_facts_named_by_entry_keep_to_their_side_of_the_edition(edition, monkeypatch):
    seen: list[Facts] = []
    monkeypatch.setattr("helpers.chapters.display", seen.append)
    chapter = Chapter("junta", edition)
    last = chapter.report.edition.facts_to
    wanted = ("2021-06-10-barkhane-drawdown", "2025-05-13-parties-dissolved")
    chapter.facts(Both("Facts", "Faits"), *wanted)
    chapter.facts(Both("Later", "Après"), *wanted, later=True)
    rows: list[pd.DataFrame] = [shown.rows for shown in seen]
    assert [list(part["id"]) for part in rows] == [[wanted[0]], [wanted[1]]]
    assert rows[0]["date"].max() <= last < rows[1]["date"].min()


@pytest.mark.parametrize("module", ["junta_forces", "junta_press", "junta_departures", "wagner", "northern", "central"])
def test_no_filter_of_a_chart_asks_for_a_word_that_is_another_in_french(module):
    """Found on the map of bases: its squares stood for `French-led`, and no French page drew one."""
    made = story_figures.figures(module, "latest")
    assert made
    for figure in made:
        asked = re.findall(r"""["']([^"']+)["']""", " ".join(filters(figure.spec())))
        assert not set(asked) & set(figure.fr.chart), f"{figure.id}: {asked}"


def filters(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["filter"]] if isinstance(node.get("filter"), str) else []
        return own + [one for part in node.values() for one in filters(part)]
    return [one for part in node for one in filters(part)] if isinstance(node, list) else []


def test_the_axis_of_events_around_handovers_names_one_at_every_width():
    """On a phone every second tick gave way, 1 with them: `0.1 0.7 3 50`. What stands is an eighth of the axis apart."""
    made = junta_departures.events_around_handovers(Report("latest"))
    axes = [part["encoding"]["x"] for part in made.spec()["layer"] if "axis" in part["encoding"]["x"]]
    assert axes
    for x in axes:
        ticks, (low, high) = x["axis"]["values"], x["scale"]["domain"]
        assert 1 in ticks
        assert all(math.log(b / a) >= math.log(high / low) / 8 for a, b in pairwise(ticks))
    assert "dashed line: as many as before" in made.subtitle
    assert "tireté : autant qu’avant" in made.fr.subtitle.replace("\u202f", " ")

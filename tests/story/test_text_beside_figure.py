"""A sentence and the figure below it count by one definition and in one place: the centre's civilians, the north's fights."""

from __future__ import annotations

import json
import re
from contextlib import suppress

import pytest

from helpers import french, windows
from helpers.editions import Report
from helpers.errors import NotInEdition
from helpers.estimates import intervals
from helpers.forms import region_map
from helpers.measures.catalogue import attacks_on_civilians, fought_by, islamist, totals
from helpers.story import (
    came,
    central,
    dated,
    footprint,
    junta_departures,
    northern,
    overview,
    southern,
    standing,
    trajectory,
    wagner,
)
from helpers.words import names

EDITIONS = ("2022-08", "2023-07", "latest")


def first_numbers(text: str) -> list[str]:
    """Return the figures of a sentence without its years."""
    return [found.replace(",", "") for found in re.findall(r"\d[\d,]*", text) if not re.fullmatch(r"20\d\d", found)]


@pytest.mark.parametrize("edition", EDITIONS)
def test_civilians_attacked_in_the_centre_are_those_of_the_figure(edition):
    r = Report(edition)
    frame = central.who_kills_whom(r).frame
    attacked = frame[frame["Other side"].eq("Civilians")].set_index("Acting side")
    sides = (("JNIM", "IS Sahel", "Other MI"), ("State forces", "Wagner"), ("Militias",))
    deaths = [int(attacked["Deaths"].reindex(names).fillna(0).sum()) for names in sides]
    events, said = zip(*re.findall(r"(\d[\d,]*) times \((?:about )?([\d,]+) killed\)", central.who(r).en), strict=True)
    assert len(events) == 3
    for shown, ours in zip((int(x.replace(",", "")) for x in said), deaths, strict=True):
        # A sentence rounds to the ten, above a thousand to the hundred. Other groups of a family have no row of their own.
        assert abs(shown - ours) <= (50 if ours >= 1000 else 5)
    assert "Civilians, by bombs" in set(frame["Other side"])
    assert "by bombs" in central.who_kills_whom(r).caveat.en.lower()


@pytest.mark.parametrize("edition", EDITIONS)
def test_fights_of_the_north_are_counted_in_one_place(edition):
    r = Report(edition)
    title = northern.rivals(r).title
    now, before = re.search(
        r"fought each other (.+?) in the last 12 months, after (.+?) in the 12 before", title
    ).groups()
    said = northern.against_each_other(r).en.lower()
    assert said.startswith(now.removesuffix(" times"))
    assert f"after {before.removesuffix(' times')} in the year before" in said
    war = northern.answer(r).keys[1]
    assert "northern" not in war.label.en
    fought = re.search(r"separatists fought (.+?) in the last 12 months", northern.separatists(r).title)
    assert first_numbers(war.value.en)[:1] == ([fought[1].removesuffix(" times")] if fought else ["0"])


@pytest.mark.parametrize("edition", EDITIONS)
def test_deaths_that_the_figure_below_counts_are_not_rounded_above_it(edition):
    r = Report(edition)
    (deaths,) = re.search(r"cost ([\d,]+) lives", northern.is_deaths(r).title).groups()
    assert f"killed {deaths} people" in northern.islamic_state(r).en
    assert "about" not in northern.islamic_state(r).en


@pytest.mark.parametrize(
    ("edition", "named"),
    [("2019-06", "state forces and separatists"), ("latest", "state forces or Wagner and separatists")],
)
def test_fights_with_separatists_name_wagner_where_they_count_it(edition, named):
    r = Report(edition)
    assert named in northern.answer(r).keys[1].label.en
    assert named in northern.separatists(r).subtitle.replace("separatist groups", "separatists")
    assert named.partition(" and ")[0] in northern.the_war(r).en


@pytest.mark.parametrize("edition", ["2019-06", "2021-12", *EDITIONS])
def test_the_end_of_the_counts_is_never_the_last_fight(edition):
    r = Report(edition)
    said = northern.the_war(r)
    end = names.prose_month(r.end("actors"))
    assert f"was in {end.en}" not in said.en
    assert f"date {french.of(end.fr)}" not in said.fr
    if "fought" in said.en:
        assert f"to {end.en}, where these counts end" in said.en
        assert f"à {end.fr}, où s’arrête ce décompte" in said.fr


def test_what_the_south_is_said_to_suffer_stands_in_its_figure():
    r = Report("latest")
    change = fought_by(r, "property").in_zone("south").in_a_year()
    title = southern.supply({way: fought_by(r, way).in_zone("south") for way in southern.SUPPLY}).title
    for language in ("en", "fr"):
        assert getattr(change.moved(), language) not in getattr(southern.roads(r), language), "said twice"
        # Counts and no ratio: ACLED does not code these events systematically.
        assert getattr(change.moved(), language) not in getattr(title, language)
    assert f": {change.now} recorded in the year to February 2026, after {change.before}" in title.en
    assert re.search(rf": {change.now} recensées .* contre {change.before}$", title.fr.replace("\u202f", ""))


@pytest.mark.parametrize(
    ("edition", "said", "dit"),
    [
        (
            "2022-08",
            "Kati, its garrison town, was attacked in July 2022.",
            "Kati, sa ville de garnison, a été attaquée",
        ),
        ("2023-07", "Within 150 km of Bamako 29 militant Islamist events were recorded", "km de Bamako, 29 événements"),
        ("2024-12", "JNIM attacked Bamako in September 2024.", "Le GSIM (JNIM) a attaqué Bamako en septembre 2024."),
        (
            "latest",
            "JNIM attacked Bamako in September 2024 and announced its blockade in April 2026 (no dated end), with fighting at Kati.",
            "Le GSIM (JNIM) a attaqué Bamako en septembre 2024 et annoncé son blocus en avril 2026, sans fin datée, avec des combats",
        ),
    ],
)
def test_the_answer_on_the_south_speaks_of_the_capital(edition, said, dit):
    """A stranger asked whether Bamako was threatened and found it nowhere in the answer."""
    r = Report(edition)
    text = southern.answer(r).answer
    # Who JNIM is stands behind its first name.
    assert said in text.en.replace("JNIM (Al Qaeda’s branch)", "JNIM")
    assert dit in text.fr.replace("GSIM (JNIM, branche d’Al-Qaïda)", "GSIM (JNIM)")
    known = [entry for entry in dated.CAPITAL if southern.knows(r, entry)]
    assert bool(known) == (edition > "2024")
    assert ("blockade" in text.en) == (dated.BLOCKADE in known)
    assert ("Kati" in text.en) == (edition != "2024-12")
    every = set(Report("latest").chronology["id"])
    assert all(entry in every for entry in (*dated.CAPITAL, *dated.NEAR))


@pytest.mark.parametrize("edition", EDITIONS)
def test_pages_on_the_departures_say_in_their_titles_which_months_they_set_side_by_side(edition):
    r = Report(edition)
    made = [(came.exit_regions, ("2024", "June 2023"), ("2024", "juin 2023"))]
    made += [(junta_departures.events_around_handovers, ("12 months from",), ("12 mois",))]
    made += [(junta_departures.next_events, ("12 months from",), ("12 mois",))]
    made += [(central.minusma_quarters, ("January 2024", "June 2023"), ("janvier 2024", "juin 2023"))]
    found = []
    for make, en, fr in made:
        with suppress(NotInEdition):
            found += [(figure, en, fr)] if (figure := make(r)) else []
    assert found
    for figure, en, fr in found:
        assert all(part in figure.title for part in en), figure.title
        assert all(part in figure.fr.title for part in fr), figure.fr.title
    # Under one heading or another the page names the pages that compare otherwise, once.
    said = [came.elsewhere("junta", later=later)(r).en for later in (False, True)]
    assert sum("outlook.ipynb" in text for text in said) == (edition != "2022-08")


@pytest.mark.parametrize(("edition", "known"), [("2022-08", False), ("2023-07", False), ("latest", True)])
def test_maps_of_regions_say_that_they_are_the_former_ones_once_that_is_known(edition, known):
    r = Report(edition)
    every = totals(r)
    _, changes = region_map(r, every, every.last_year, every.last_year.before())
    notes = [standing.shifts(changes).caveat, overview.where_people_die(r).caveat, central.cercle_map(r).caveat]
    for note in notes:
        assert ("Regions are those of before 2023" in note.en) == known
        assert ("Les régions sont celles d’avant 2023" in note.fr) == known


@pytest.mark.parametrize("language", ["en", "fr"])
def test_regions_after_the_exit_name_the_one_whose_events_and_deaths_soared(language):
    figure = came.exit_regions(Report("latest"))
    title = figure.title if language == "en" else figure.fr.title
    row = figure.frame.set_index("Region").loc["Kidal"]
    assert row["Low"] < 1 < 2 < row["Ratio"]
    assert row["Deaths, change"] == "clear rise"
    assert figure.fr.chart["clear rise"] == "nette hausse"
    for number in (row["Events July 2022 to June 2023"], row["Events 2024"]):
        assert str(number) in title
    assert re.search(
        "deaths clearly rose in Kidal" if language == "en" else "morts ont nettement augmenté à Kidal", title
    )


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_count_near_the_capital_says_what_it_is_held_against(edition):
    r = Report(edition)
    for said in (southern.near_capital(r), southern.kayes(r)):
        assert "the year before" in said.en
        assert said.fr.endswith("l’année précédente.")


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_map_that_calls_changes_clear_writes_both_counts(edition):
    form, changes = region_map(r := Report(edition), totals(r), totals(r).last_year, totals(r).last_year.before())
    written = json.dumps(form.chart.to_dict(), ensure_ascii=False)
    for region, change in changes.items():
        both = f"{names.short(region).en} {int(change.before):,} → {int(change.now):,}"
        assert (both in written) == change.clear, both


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_summary_tells_no_way_of_fighting_twice(edition):
    lines = overview.findings(Report(edition)).en.splitlines()
    (line,) = [line for line in lines if "strikes" in line or "way of fighting" in line][:1]
    for noun in ("air and drone strikes", "mines and roadside bombs", "armed clashes", "No way of fighting"):
        assert line.count(noun) <= 1, line


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_chart_that_stops_before_its_edition_says_why(edition):
    r = Report(edition)
    made = footprint.deaths_two_sources(r)
    stops = int(made.frame["Year"].max()) < r.runs_to.year - 1
    assert stops == (edition == "latest")
    assert (f"stops at {made.frame['Year'].max()}" in made.caveat.en) == stops
    assert (f"s’arrête à {made.frame['Year'].max()}" in made.caveat.fr) == stops


@pytest.mark.parametrize(("edition", "events", "deaths"), [("latest", "2024", "2022"), ("2023-07", "2022", "2022")])
def test_the_highest_year_is_said_to_be_uncertain_where_the_next_may_stand_before_it(edition, events, deaths):
    """The year 2024 "had the most events": 1,023, after 1,021 in 2023, without a word of doubt."""
    series = [
        one.by("year", one.since("2012-01")) for one in (islamist(Report(edition)), islamist(Report(edition)).deaths)
    ]
    tops = []
    for one, top in zip(series, (events, deaths), strict=True):
        values = one.whole.set_index("period")["value"].sort_values(ascending=False)
        assert values.index[0] == top
        spans = (windows.year(int(values.index[0])), windows.year(int(values.index[1])))
        found = intervals.compare(one.measure.rows, *spans, one.measure.value).interval
        tops.append(found.low <= 1 <= found.high)
    said = trajectory.years(*series).title
    assert ("uncertain" in said.en, "incertain" in said.fr) == (any(tops), any(tops))
    assert ("both orders" in said.en) is (all(tops) and events != deaths)


def test_what_the_box_or_a_title_says_is_not_said_again_above_the_figure():
    r = Report("latest")
    moved = attacks_on_civilians(r, "state-side").in_a_year().moved().en
    assert moved in wagner.state_vac(r).title
    assert moved not in wagner.record(r).en
    assert wagner.record(Report("2021-06")) is None
    strikes = fought_by(r, "air").in_a_year()
    assert strikes.moved().en in wagner.strikes(strikes).title.en
    assert strikes.moved().en not in wagner.from_the_air(r).en
    assert "from 527 to 356" in trajectory.how(r).en
    assert "527" not in trajectory.since_then(r).en
    assert "to 146" not in southern.kayes(r).en

"""The pages that orient a reader: where things stand, who fights, map of places, timeline."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from itertools import combinations, pairwise

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

import story_figures
from helpers import __version__, entries, palette, plane, prose
from helpers import definitions as d
from helpers import labels as lb
from helpers.builds import front
from helpers.builds.recipe import project
from helpers.data import Tables
from helpers.editions import Report
from helpers.figures import Figure
from helpers.forms import maps, places_map, stacked
from helpers.forms.places import NAMED_AT, TOWNS
from helpers.forms.strip import _headed
from helpers.measures.catalogue import fought_by, totals, ucdp_deaths
from helpers.page import translate
from helpers.page.bilingual import MIME, Bilingual
from helpers.page.cards import Cards
from helpers.page.frame import AnswerBox
from helpers.page.listing import CATEGORIES, Gazetteer, Timeline
from helpers.story import (
    actors,
    attackers,
    junta_forces,
    newest,
    northern,
    overview,
    places,
    profiles,
    southern,
    standing,
    timeline,
    trajectory,
    wagner,
)
from helpers.windows import month, month_name, trailing, window
from helpers.words import Both, names
from test_map_names import key, texts

pytestmark = pytest.mark.slow

every = pytest.mark.parametrize("edition", story_figures.EDITIONS)
LATEST_AND_STORED = pytest.mark.parametrize("edition", ["latest", "2023-07"])
MONTHS = ("2019-01", "2020-09", "2022-06")


def raw(root, name: str) -> pd.DataFrame:
    """A table read without the project's code."""
    return pd.read_csv(root / "data" / f"{name}.csv", keep_default_na=False)


def year(end: str) -> tuple[str, str]:
    """First and last month of the 12 that end with a month."""
    return str(pd.Period(end, "M") - 11), end


# ---- every edition ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", [*story_figures.EDITIONS, *MONTHS])
@pytest.mark.parametrize("page", ["now", "actors", "places"])
def test_the_figures_of_the_pages_stand_in_every_edition(page, edition):
    made = [one.id for one in story_figures.shown(page, edition) if isinstance(one, Figure)]
    assert (
        made
        == {
            "now": ["now-months", "now-map", "now-ucdp"],
            "actors": ["actors-strip", "actors-who-whom"],
            "places": ["places-map"],
        }[page]
    )


class Prose(HTMLParser):
    """Words of cards, without facts and sources."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.skip, self.stack = 0, 0, []

    def handle_starttag(self, tag, attrs):
        aside = "mali-facts" in dict(attrs).get("class", "")
        self.stack.append(aside)
        self.skip += aside

    def handle_endtag(self, tag):
        self.skip -= self.stack.pop()

    def handle_data(self, data):
        self.words += 0 if self.skip else len(data.split())


def words(page: str, edition: str) -> int:
    """Body words of a page: cells of Markdown, computed prose, answer and cards; no figures, tables, facts, timeline."""
    count = 0
    for cell in nbformat.read(project().find(page), as_version=4).cells:
        if cell.cell_type == "markdown":
            count += len(cell.source.split())
    for one in story_figures.shown(page, edition):
        if isinstance(one, Bilingual) and isinstance(one.english, str):
            count += len(one.english.split())
        elif isinstance(one, AnswerBox):
            count += len(one._repr_mimebundle_()["text/plain"].split())
        elif isinstance(one, Cards):
            reader = Prose()
            reader.feed(one._repr_mimebundle_()[MIME]["en"])
            count += reader.words
    return count


@every
@pytest.mark.parametrize(("page", "most"), [("now", 500), ("actors", 900), ("places", 250), ("timeline", 150)])
def test_pages_keep_their_budget_of_words(page, most, edition):
    assert 20 < words(page, edition) <= most


# ---- where things stand -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edition", "end", "ucdp_end"), [("latest", "2026-03", "2026-05"), ("2023-07", "2023-06", "2023-06")]
)
def test_where_things_stand_by_raw_tables(root, edition, end, ucdp_end):
    report = Report(edition)
    table = raw(root, "totals")
    first, last = year(end)
    sums = {}
    for name, (a, b) in {"now": (first, last), "before": year(str(pd.Period(first, "M") - 1))}.items():
        part = table[table["month"].between(a, b)]
        sums[name] = part.groupby("region")["events"].sum()
    box = standing.answer(report)
    assert box.keys[0].value.en.replace(",", "") == str(sums["now"].sum())
    figure = next(f for f in story_figures.figures("page now", edition) if f.id == "now-map")
    drawn = figure.frame.set_index("Region")
    drawn.index = [label.replace("é", "e") for label in drawn.index]
    assert drawn.iloc[:, 0].to_dict() == sums["now"].to_dict()
    assert drawn.iloc[:, 1].to_dict() == sums["before"].to_dict()
    months = next(f for f in story_figures.figures("page now", edition) if f.id == "now-months").frame
    assert len(months) == standing.SHOWN
    assert int(months.iloc[-12:, 1:].to_numpy().sum()) == int(sums["now"].sum())
    types = raw(root, "ucdp_types")
    month = types[types["month"].eq(ucdp_end)].set_index("type")["deaths"]
    last_row = next(f for f in story_figures.figures("page now", edition) if f.id == "now-ucdp").frame.iloc[-1]
    assert {kind: int(last_row[label.en]) for kind, label in standing.TYPES.items()} == month.to_dict()


@LATEST_AND_STORED
def test_a_year_of_growth_in_the_south_does_not_hide_its_last_months(root, edition):
    end = {"latest": "2026-03", "2023-07": "2023-06"}[edition]
    table = raw(root, "totals")
    south = table[table["region"].isin(d.ZONES["south"]) & table["month"].le(end)].groupby("month")["events"].sum()
    top, low = int(south.max()), int(south[end])
    report = Report(edition)
    told = (standing.where(report), overview.place(report), southern.answer(report).answer)
    quarter = southern.whole(report)
    if edition == "2023-07":
        assert south.idxmax() == "2023-04" and 2 * low > top  # noqa: PT018 (one state of the table)
        assert not any("June 2023 had" in one.en or "the last counted" in one.en for one in told)
        assert "last three months" not in quarter.en
        return
    assert (south.idxmax(), top, low) == ("2025-12", 88, 23)
    for one in told:
        assert re.search(r"December 2025 .*\b88\b.* March 2026.* had 23", one.en), one.en
        assert re.search(r"88 .*mars 2026|88 en décembre 2025.* 23 en mars 2026", one.fr), one.fr
        assert "now in the south" not in one.en
    now, before = (int(south[a:b].sum()) for a, b in (("2026-01", "2026-03"), ("2025-10", "2025-12")))
    assert (
        f"the last three months had {now} events, the three before {before}: the difference may be chance" in quarter.en
    )


def test_deaths_in_the_south_are_told_with_the_counts_of_both_years(root):
    table = raw(root, "totals")
    south = table[table["region"].isin(d.ZONES["south"])].groupby("month")["fatalities"].sum()
    now, before = (int(south[a:b].sum()) for a, b in (("2025-04", "2026-03"), ("2024-04", "2025-03")))
    assert (before, now) == (489, 1182)
    report = Report("latest")
    for said in (southern.whole(report), overview.findings(report)):
        assert "Deaths in the south more than doubled, from 489 to 1,182." in said.en
        assert "Dans le sud, les morts ont plus que doublé, passant de 489 à 1" in said.fr


def test_the_last_month_of_ucdp_is_named_only_where_it_stands_out(root):
    types = raw(root, "ucdp_types").groupby("month")["deaths"].sum()
    higher = types[(types.index < "2026-05") & (types >= types["2026-05"])].index.max()
    assert (int(types["2026-05"]), higher) == (439, "2022-03")
    # A revision may put it first, and it had more before it was revised itself: the two stand together.
    second = types["2022-04":"2026-04"]
    assert (second.idxmax(), int(second.max())) == ("2025-06", 434)
    first = raw(root, "ucdp_months").set_index("month").loc["2025-06"]
    assert (first["status"], int(first["best"])) == ("candidate", 455)
    assert standing.last_month(Report("latest")).title == Both(
        "May 2026: 439 deaths counted so far, with June 2025 (434; 455 before revision) the deadliest month since March 2022",
        "Mai 2026 : 439 morts recensés à ce jour, avec juin 2025 (434 ; 455 avant révision) le mois le plus meurtrier depuis mars 2022",
    )
    assert "439" not in standing.last_month(Report("2023-07")).title.en


def test_a_table_of_one_month_has_nothing_to_stand_beside_its_last(monkeypatch):
    monkeypatch.setattr(Report, "first", lambda self, table="actors": self.end(table))
    top, said = newest.record(Report("latest"))
    assert (int(top), said.en) == (439, "the most of any month on record")


def test_a_newest_month_that_stands_out_is_in_the_answers_and_on_the_front_page(root):
    types = raw(root, "ucdp_types").groupby("month")["deaths"].sum()
    assert int(types["2026-05"]) == 439 > types["2022-04":"2026-04"].max()
    said = "By the provisional count of UCDP (Uppsala University) 439 people were killed in May 2026, with June 2025 the deadliest month since March 2022."
    late, early = Report("latest"), Report("2023-07")
    facts = [one.text.en for make, page in overview.FACTS for one in overview.fact(make, page)(late)]
    assert facts[0].endswith(". " + said[:-1] + "; deaths over the year show no clear change.")
    assert len(facts) == 5
    for page in (standing, overview):
        assert said in page.answer(late).answer.en
        assert "provisional" not in page.answer(early).answer.en
    assert newest.killed(early) is None
    assert newest.latest(early) is None
    rows = late.chronology[late.chronology["lead"].eq("yes")]
    row = rows.sort_values("date").iloc[-1]
    told = standing.answer(late).answer.en.split(said)[1]
    # The entry's own words, but for who the group is, which this page names here first.
    first = row["event"].replace("FLA ", "FLA (northern separatists) ", 1)
    assert told == f" The newest date, {pd.Timestamp(row['date']):%-d %B %Y}: {first}."


def test_the_summary_gives_the_first_sentence_of_each_answer():
    told = overview.chapters(Report("latest"))
    assert "years to March 2026 brought 1,400 to 1,700 violent events." in told.en
    assert "Its places and weapons" not in told.en
    # The question on the south asks for the capital too.
    assert (
        "JNIM (Al Qaeda’s branch) attacked Bamako in September 2024 and announced its blockade in April 2026" in told.en
    )
    assert "en avril 2026, sans fin datée, avec des combats à Kati" in told.fr
    assert "Within 150 km of Bamako 29 militant" in overview.chapters(Report("2023-07")).en
    assert "La guerre se déplace" not in told.fr
    assert all(line.count("](") == 1 and line.endswith(".") for line in told.en.splitlines())


def test_provisional_months_are_known_and_drawn_with_another_edge():
    late, early = (Report(edition) for edition in ("latest", "2023-07"))
    known = ucdp_deaths(late).by("month", trailing(late.end("ucdp_types"), 24))
    assert known.provisional == [f"2026-{n:02d}" for n in range(1, 6)]
    assert totals(late).by("month", trailing(late.end("totals"), 24)).provisional == []
    for report, dashed in ((late, True), (early, False)):
        form = standing.ucdp_form(report)
        bars = [layer["mark"] for layer in form.chart.to_dict()["layer"] if layer["mark"]["type"] == "bar"]
        assert any("strokeDash" in mark and mark["fillOpacity"] < 0.5 for mark in bars) is dashed
        assert ("provisional" in form.what.en, "provisoire" in form.what.fr) == (dashed, dashed)


def test_periods_held_in_part_and_colours_still_work_in_stacked_columns():
    report = Report("2023-07")
    span = window("2022-11", "2023-06")
    series = {zone: totals(report).in_zone(zone).by("quarter", span) for zone in ("south", "north")}
    form = stacked(series, {"south": Both("S", "S2"), "north": Both("N", "N2")})
    assert form.frame.shape == (3, 3)
    assert form.chart.to_dict()["layer"][0]["encoding"]["opacity"]["condition"]["test"] == "datum.part"


def test_no_clock_stands_where_all_tables_end_together():
    assert standing.clocks(Report("2023-07")) == ""
    told = standing.clocks(Report("latest"))
    assert list(told.english.frame["Until"]) == [
        "February 2025",
        "February 2026",
        "March 2026",
        "May 2026 (provisional from January 2026)",
    ]
    assert list(told.english.frame["What is known"])[::3] == [
        "Who did what to whom, by ACLED",
        "Deaths, who fought the state, by UCDP",
    ]


def test_why_attackers_are_not_known_later_is_the_same_on_every_page():
    """Three pages gave three reasons, and none but this project's own is known to be one."""
    why = attackers.unnamed(Report("latest"))
    assert why == Both(
        "Who attacks civilians is known here to February 2025: we have no access to ACLED’s later events, nor a public copy.",
        "On ne sait ici qui attaque des civils que jusqu’en février 2025 : nous n’avons ni accès aux événements suivants d’ACLED, "
        "ni copie publique.",
    )
    for make in (standing.who, trajectory.since_then, overview.what_nobody_knows):
        assert why.en in make(Report("latest")).en
        assert why.fr in make(Report("latest")).fr
    assert attackers.unnamed(Report("2023-07")) is None


def test_who_fought_the_state_is_known_as_far_as_ucdp_counts(root):
    rows = raw(root, "ucdp_dyad_months")
    rows = rows[rows["type"].eq("state-based") & rows["month"].between("2025-06", "2026-05")]
    each = rows.groupby("dyad")["deaths"].sum()
    assert (int(each["Government of Mali - JNIM"]), int(each.sum())) == (1289, 1567)
    told = standing.second(Report("latest"))
    assert "reached 1,567 after 950" in told.en
    assert "; with JNIM, 1,289. Deaths in deliberate" in told.en
    assert "; avec le GSIM (JNIM), 1\u202f289." in told.fr


def test_attacks_beside_those_that_hold_abductions_say_that_they_do_not():
    report = Report("latest")
    beside = trajectory.how(report)
    title = trajectory.ways({way: fought_by(report, way).in_a_year() for way in trajectory.METHODS}).title
    for said in (beside, title):
        assert "attacks on civilians (abductions apart) fell by 32 percent" in said.en
        assert "attaques contre des civils hors enlèvements ont reculé de 32" in said.fr


@every
def test_the_dates_of_the_year_are_the_newest_the_deadliest_and_those_that_lead(edition):
    report = Report(edition)
    day = report.edition.facts_to or report.chronology["date"].max()
    since = f"{int(day[:4]) - 1}{day[4:]}"
    rows = report.chronology[report.chronology["date"].gt(since) & report.chronology["source_kind"].ne("report")]
    chosen = set(standing.dates(report).rows["id"])
    assert entries.FEWEST <= len(chosen) <= entries.MOST
    assert chosen <= set(rows["id"])
    assert rows.loc[rows["date"].eq(rows["date"].max()), "id"].isin(chosen).any()
    deadliest = rows.assign(toll=entries.tolls(rows)).dropna(subset="toll").nlargest(2, "toll", keep="first")
    assert set(deadliest["id"]) <= chosen
    assert set(rows.loc[rows["lead"].eq("yes"), "id"]) <= chosen
    if not rows["lead"].eq("yes").any():
        # The newest of each kind stands there.
        assert rows[rows["category"].eq("violence")].sort_values("date", kind="stable")["id"].iloc[-1] in chosen


def test_the_dates_of_today_are_those_of_the_summary_and_of_the_front_page():
    """Both left out the deadliest attacks of the year: 100 soldiers at Dioura, 50 near Gao."""
    report = Report("latest")
    now, summary = standing.dates(report).rows, overview.dates(report).rows
    assert {"2026-09-10-dioura-attack", "2026-07-18-ambush-near-gao"} <= set(now["id"])
    assert set(now["id"]) <= set(summary["id"])
    assert [one["date"] for one in front._dates(report)] == list(summary["date"])[::-1]
    # The summary reaches back to the year of its counts, and so to the blockade.
    assert set(summary["id"]) - set(now["id"]) == {"2025-09-03-fuel-blockade-declared"}


@every
def test_no_region_of_the_map_of_today_loses_its_name_or_leaves_the_picture(edition):
    """On a phone the capital's name had no room."""
    (made,) = [one for one in story_figures.figures("page now", edition) if one.id == "now-map"]
    spec = made.spec()
    for width in (lb.WIDE, 350, lb.PHONE):
        spots = maps.middles(Report(edition)).set_index("region")
        box = lb.extent(Tables().shapes("regions"))
        shown, boxes = {}, {}
        for text, latitude, longitude, spot in texts(spec, width):
            shown[key(spec).get(text, text).split()[0]] = text
            x, y = lb.fitted(box, width, 480 * width / lb.WIDE, [(longitude, latitude)])[0]
            boxes[text] = spot.box(x, y, text)
        assert {names.short(region).en.split()[0] for region in spots.index} <= set(shown), width
        assert all(left >= -4 and right <= width + 4 for left, _, right, _ in boxes.values()), width
        for one, other in combinations(boxes, 2) if width > lb.PHONE else ():
            assert not plane.overlap(boxes[one], boxes[other]), (one, other, width)


@pytest.mark.parametrize("edition", ["2022-08", "2023-07", "latest"])
def test_on_a_phone_the_dates_of_the_front_page_are_numbers_with_a_key(edition):
    """Their names stood over one another's lines."""
    (shown,) = front._attackers(Report(edition))
    for language, first in (("en", "1 coup"), ("fr", "1 coup d’État")):
        words = [re.sub(r"<[^>]*>", "", one) for one in re.findall(r"<text.*?</text>", str(shown[language]["narrow"]))]
        key = " ".join(one for one in words if "\u00a0" in one and not one[-1].isdigit()).replace("\u00a0", " ")
        assert key.startswith(first)
        last = int(re.findall(r"\d+", key)[-1])
        assert {str(number) for number in range(1, last + 1)} <= set(words)
        assert not {"coup", "coup d’État", "Wagner"} & set(words)
        assert "Wagner" in str(shown[language]["svg"]), "a wide page has room for names"


def test_on_a_phone_the_first_year_stands_clear_of_the_zero():
    theme = palette.theme()
    narrow = front._narrow({"config": theme, "width": 640})["config"]
    assert narrow["axisX"]["labelPadding"] >= theme["axis"]["labelPadding"] + 5
    assert narrow["axisX"] | {"labelPadding": None} == theme["axisX"] | {"labelPadding": None}


# ---- who fights ---------------------------------------------------------------------------------------------


@LATEST_AND_STORED
def test_cards_and_strip_count_what_the_raw_table_holds(root, edition):
    report = Report(edition)
    table = raw(root, "actors")
    first, last = year(str(report.as_of))
    table = table[table["month"].between(first, last)]
    mine = table["side1"].isin(["jnim", "flm"]) | table["side2"].isin(["jnim", "flm"])
    events = int(table[mine & table["event_type"].isin(d.VIOLENT)]["events"].sum())
    by_state = table[table["event_type"].eq(d.VAC) & table["side1"].eq("state")]
    found = {row.label.en: row for row in actors.rows(report)}
    assert int(found["JNIM"].events) == events
    assert int(found["State forces"].killed) == int(by_state["fatalities"].sum())
    card = actors.card(report, next(p for p in profiles.PROFILES if p.id == "jnim"))
    assert f": {events} events;" in card.counts.en
    per_region = table[mine & table["event_type"].isin(d.VIOLENT)].groupby("region")["events"].sum()
    assert found["JNIM"].regions[0].en.replace("é", "e") == per_region.idxmax()


@every
def test_no_card_speaks_of_what_came_later(edition):
    report = Report(edition)
    known = set(report.chronology["id"])
    shown = actors.cards(report).cards
    ids = {card.id for card in shown}
    for profile in profiles.PROFILES:
        assert not (profile.since and profile.since not in known and profile.id in ids), profile.id
    for card in shown:
        if card.rows is not None:
            assert set(card.rows["id"]) <= known
    assert ("wagner" in ids) == (edition >= "2021-12")


def test_names_of_cards_change_with_the_facts():
    titles = {edition: [c.title.en for c in actors.cards(Report(edition)).cards] for edition in ("2023-07", "latest")}
    assert "Wagner" in titles["2023-07"]
    assert "Wagner, now Africa Corps" in titles["latest"]
    assert "Separatists: CMA, CSP" in titles["2023-07"]
    assert "Separatists: CMA, CSP, FLA" in titles["latest"]
    assert "Foreign forces" in titles["2023-07"]
    assert "Those who left" in titles["latest"]


def test_cards_are_short_sourced_and_without_numbers():
    known = set(Tables().chronology()["id"])
    for profile in (*profiles.PROFILES, *profiles.BACKGROUND):
        most = 110 if profile in profiles.BACKGROUND else 70
        for said in (*profile.title, *profile.text):
            # A year is none: it dates.
            assert not re.search(r"(?<!G)\d", re.sub(r"\b20\d\d\b", "", said.en)), said.en
            assert {said.since, said.until} - {""} <= known, profile.id
        assert set(profile.entries) | ({profile.since} - {""}) <= known, profile.id
        assert all(source.url.startswith(("https://", "http://")) for source in profile.sources)
        assert profile.sources or profile.entries or profile.id == "unidentified", profile.id
        if profile in profiles.BACKGROUND:
            assert 1 <= len(profile.sources) <= 3
            assert sum(len(said.en.split()) for said in profile.text) <= most
    for edition in story_figures.EDITIONS:
        for card in actors.cards(Report(edition)).cards:
            assert len(card.text.en.split()) <= 70, (card.id, edition)


# ---- map of places ------------------------------------------------------------------------------------------


@LATEST_AND_STORED
def test_people_are_those_of_the_projection(root, edition):
    projected = raw(root, "regions").set_index("region")["population"]
    assert places.people(Report(edition)) == projected.astype(int).to_dict()


@LATEST_AND_STORED
def test_the_table_of_regions_by_raw_totals(root, edition):
    report = Report(edition)
    frame = places.table(report).english.frame.set_index("Region")
    first, last = year(str(report.end("totals")))
    table = raw(root, "totals")
    table = table[table["month"].between(first, last)].groupby("region")[["events", "fatalities"]].sum()
    assert len(frame) == 10
    for label, row in frame.iterrows():
        region = str(label).replace("é", "e")
        assert (row["Events"], row["Deaths"]) == tuple(table.loc[region]), region


def test_the_map_of_places_has_all_its_towns_and_lines_between_zones_only():
    figure = next(f for f in story_figures.figures("page places", "latest"))
    assert len(figure.frame) == len(TOWNS) == 16
    marked = [place for place in figure.frame["Place"] if place.endswith(" (cercle)")]
    assert set(marked) == {"Niono (cercle)", "Bandiagara (cercle)"}
    spec = figure.chart.to_dict()
    assert set(TOWNS) <= phone_names(spec, lb.WIDE)


@pytest.mark.parametrize("width", [lb.PHONE, 340, lb.WIDE])
def test_the_map_of_places_names_all_regions_on_a_phone_and_at_least_six_towns(width):
    """On a phone it named two regions of ten, and not Bandiagara, which the report speaks of."""
    spec = next(f for f in story_figures.figures("page places", "latest")).chart.to_dict()
    shown = phone_names(spec, width)
    assert {names.short(name).en.upper() for name in NAMED_AT} <= shown, "by its name or a letter of the key"
    assert "Bamako" in shown, "the tenth, the capital's district"
    assert len(set(drawn_names(spec, width)) & set(TOWNS)) >= 6, "by its own name"
    assert "Bandiagara" in shown, "by its name or a letter of the key"


def test_a_name_stands_once_on_the_map_of_places_at_every_width():
    spec = next(f for f in story_figures.figures("page places", "latest")).chart.to_dict()
    for width in (lb.PHONE, 340, lb.WIDE):
        assert set(Counter(drawn_names(spec, width)).values()) == {2}, "a name and its halo"


def test_the_map_of_places_shows_each_region_in_the_colour_of_its_zone():
    spec = next(f for f in story_figures.figures("page places", "latest")).spec()
    (layer,) = [one for one in spec["layer"] if "color" in one.get("encoding", {})]
    shown = {one["properties"]["region"]: one["properties"]["zone"] for one in layer["data"]["values"]}
    assert shown == {region: d.ZONE_LABELS[d.ZONE_OF[region]] for region in d.REGIONS}
    scale = layer["encoding"]["color"]["scale"]
    assert dict(zip(scale["domain"], scale["range"], strict=True)) == {
        name: palette.colour(zone) for zone, name in d.ZONE_LABELS.items()
    }
    (french,) = [one for one in translate.french(spec)["layer"] if "color" in one.get("encoding", {})]
    assert french["encoding"]["color"]["scale"]["domain"] == ["Nord du Mali", "Centre du Mali", "Sud du Mali"]


def drawn_names(spec: dict, width: int) -> list[str]:
    """Names, with their halos, that a map's specification shows at a width: texts by width hide the others."""
    texts = [one for one in spec["layer"] if one["mark"].get("type") == "text" and "longitude" in one["encoding"]]
    found = []
    for one in texts:
        assert "expr" not in str(one["mark"].get("opacity")), "an invisible text takes room: the map shrinks"
        hidden = re.findall(r"width (<|>=) (\d+)", str(one["encoding"]["text"].get("condition")))
        if not any(width < int(edge) if sign == "<" else width >= int(edge) for sign, edge in hidden):
            found += [row["place"] for row in spec["datasets"].get(one["data"].get("name"), []) if "place" in row]
    return found


def phone_names(spec: dict, width: int = lb.PHONE) -> set[str]:
    """Names that a map's specification shows at a width, a letter of the key by what the key says of it."""
    told = key(spec)
    return {told.get(name, name) for name in drawn_names(spec, width)}


@LATEST_AND_STORED
def test_maps_keep_at_least_six_names_on_a_phone(edition):
    kept = {"deadliest": phone_names(overview.deadliest(Report(edition)).chart.to_dict())}
    for page, name in (("southern", "southern-ring-map"), ("northern", "northern-territory")):
        (figure,) = [one for one in story_figures.figures(f"page {page}", edition) if one.id == name]
        kept[name] = phone_names(figure.chart.to_dict())
    for page in ("summary", "now", "trajectory", "junta", "central"):
        for figure in story_figures.figures(f"page {page}", edition):
            drawn = figure.chart.to_dict()
            if '"geoshape"' in json.dumps(drawn):
                kept[figure.id] = phone_names(drawn, 340)
    assert all(len(found) >= 6 for found in kept.values()), kept
    assert {"Bamako", "Kati", "Kayes", "Sikasso"} <= kept["southern-ring-map"]
    assert {"Gao", "Kidal", "Ménaka", "Tombouctou"} <= kept["northern-territory"]


@every
def test_the_gazetteer_names_every_place_of_the_edition(edition):
    report = Report(edition)
    made = places.gazetteer(report)
    named = [one.place for one in made.spots]
    assert named == sorted(set(named), key=entries.folded), "é stands with e"
    assert set(report.chronology["place"]) - {""} <= set(named)
    ids = set(report.chronology["id"])
    assert all(one.entry in ids for one in made.spots)


def test_a_place_is_last_named_where_the_text_of_an_entry_names_it():
    spots = {one.place: one for one in places.gazetteer(Report("latest")).spots}
    assert spots["Aguelhok"].entry == "2026-07-04-five-places-attacked"
    assert spots["Nioro"].entry == "2025-09-03-fuel-blockade-declared", "no entry has it as its place"
    assert spots["Nioro"].coordinates.en.startswith("15.23, ")
    assert (spots["Dioïla"].entry, spots["Dioïla"].region.en) == ("2025-07-01-western-towns-attacked", "Koulikoro")
    assert spots["Anéfis"].entry == "2026-07-10-anefis-relieved", "no reader sees a detail that names it later"
    assert spots["Bapho"].region.en == "Ségou", "by the source of the entry of 24 April 2022"
    assert not {"Macina", "Mopti-Sévaré"} & set(spots), "Katiba Macina is a group"


# ---- timeline -----------------------------------------------------------------------------------------------


@every
def test_the_timeline_holds_what_the_edition_knows_and_the_rest_comes_next(edition):
    report = Report(edition)
    whole = set(Tables().chronology()["id"])
    known, later = timeline.known(report), timeline.later(report)
    shown = re.findall(r'<li id="entry-([^"]+)"', known.html())
    assert set(shown) == set(report.chronology["id"])
    dates = report.chronology.set_index("id")["date"]
    assert [dates[one] for one in shown] == sorted(dates, reverse=True)
    after = set(later.rows["id"]) if isinstance(later, Timeline) else set()
    assert after | set(shown) == whole
    assert not after & set(shown)
    assert (edition == "latest") == isinstance(later, Bilingual)


def test_an_entry_whose_event_names_the_russian_force_is_found_under_it_too():
    filed = dict(re.findall(r'<li id="entry-([^"]+)" data-category="([^"]+)"', timeline.known(Report("latest")).html()))
    assert filed["2026-06-15-kyrnia-air-strike"] == "violence wagner"
    assert filed["2023-08-04-foita-clash"] == "violence wagner"
    assert filed["2025-06-06-wagner-says-it-leaves"] == "wagner"
    assert filed["2023-02-07-lavrov-in-bamako"] == "partners"


def test_an_entry_stands_under_the_regions_of_all_places_it_names():
    rows = timeline.known(Report("latest")).rows.set_index("id")
    assert rows.loc["2026-07-04-five-places-attacked", "region"] == "Gao Kidal Koulikoro Mopti"
    assert rows.loc["2012-03-30-northern-capitals", "region"] == "Gao Kidal Tombouctou"
    assert rows.loc["2022-08-03-boni-lorries", "region"] == "Mopti"
    own = Report("latest").chronology.set_index("id")["region"]
    assert all(one in rows.loc[id, "region"].split() for id, one in own.items() if one)


def test_fighting_and_killing_are_violence_and_no_peace_process():
    rows = Tables().chronology().set_index("id")
    fought = rows["event"].str.contains(r"\b(?:kill(?:ed)? |taken? |attacks?|under air strikes|overruns)", regex=True)
    assert not (fought & rows["category"].eq("peace-process")).any()
    assert rows.loc[["2026-04-25-fla-claims-kidal", "2026-10-06-fla-leaves-kidal"], "category"].eq("violence").all()


def test_every_category_has_a_name_in_both_languages():
    assert set(Tables().chronology()["category"]) == set(CATEGORIES)


def synthetic() -> pd.DataFrame:
    """Two made-up entries, one of them hostile."""
    columns = Tables().chronology().columns
    hostile = dict.fromkeys(columns, "") | {
        "id": "2020-01-01-x", "date": "2020-01-01", "precision": "day", "category": "violence",
        "event": "<script>alert(1)</script> & <b>bold</b>", "region": 'Gao"><img src=x>', "place": "<i>Nowhere</i>",
        "claims": 'R22-01"onload="x', "source": "<img src=x onerror=alert(2)>", "url": 'javascript:alert("3")', "value": float("nan"),
    }  # fmt: skip
    plain = hostile | {
        "id": "2021-02-03-y", "date": "2021-02-03", "event": "A made-up fact", "region": "Gao", "claims": "R22-01;R22-02",
        "category": "politics", "source": "Made up", "url": 'https://example.org/?a=1&b="2"',
    }  # fmt: skip
    return pd.DataFrame([hostile, plain], columns=columns)


def test_text_from_the_table_is_escaped():
    rows = synthetic()
    html = Timeline(
        rows, "known", {"Gao": Both("Gao", "Gao")}, {"R22-01": Both("<b>first</b>", "<b>premier</b>")}
    ).html()
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert 'href="javascript' not in html
    assert 'href="https://example.org/?a=1&amp;b=&quot;2&quot;"' in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;bold&lt;/b&gt;." in html
    spot = places.Spot("<i>Nowhere</i>", Both("<b>", "<u>"), '"x', "2020-01-01", "day", Both("–", "–"))
    html = Gazetteer([spot])._repr_mimebundle_()["text/html"]
    assert "<i>" not in html
    assert "<b>" not in html
    assert "<u>" not in html


@pytest.mark.parametrize(
    ("reach", "said", "dit"),
    [
        (
            None,
            "By the provisional count of UCDP (Uppsala University) 439 people were killed in May 2026, with June 2025 the deadliest month since March 2022.",
            "Selon le décompte provisoire de l’UCDP (université d’Uppsala), 439 personnes ont été tuées en mai 2026, avec juin 2025 "
            "le mois le plus meurtrier depuis mars 2022.",
        ),
        ("2026-04", "UCDP’s deaths, provisional, run to April 2026.", "vont jusqu’en avril 2026."),
        ("2026-03", "of 25 April 2026 and what followed are in no count yet.", "ne sont encore dans aucun décompte."),
    ],
)
def test_the_summary_calls_an_attack_uncounted_only_where_no_table_reaches_its_month(monkeypatch, reach, said, dit):
    r = Report("latest")
    if reach:
        real = Report.end
        until = {"ucdp_types": pd.Period(reach, "M")}
        monkeypatch.setattr(Report, "end", lambda self, table="actors": until.get(table) or real(self, table))
    assert overview.answer(r).answer.en.endswith(said)
    assert overview.answer(r).answer.fr.endswith(dit)
    types = raw(project().root, "ucdp_types")
    deaths = types.loc[types["month"].eq("2026-04"), "deaths"].sum()
    assert deaths > 0, "the table that the sentence names counts the month of the attacks"


@pytest.mark.slow
def test_the_cercles_of_the_front_maps_title_are_named_on_it_in_every_half_year():
    """Macina was in the title and not on the map: names found no room. A phone may have letters for some."""
    r = Report("latest")
    looked_at = 0
    for pair in pairwise(sorted(set(r.cercle_halves["half"]))):
        deaths = r.cercle_halves[r.cercle_halves["half"].isin(pair)]["fatalities"]
        if not deaths.sum():
            continue
        form, sums = maps.cercle_map(r, pair)
        ranked = sums.sort_values(["fatalities", "cercle"], ascending=[False, True]).head(4)
        top = {f"{prose.cercle_name(one.cercle)} {one.fatalities:,}" for one in ranked.itertuples() if one.fatalities}
        spec = form.chart.to_dict()
        # By a name, or by a letter of the key.
        named = {row["place"] for rows in spec["datasets"].values() for row in rows if "place" in row}
        assert top <= named, pair
        looked_at += 1
    assert looked_at > 50


def test_the_cercles_of_the_front_maps_title_stand_on_the_map_as_it_is():
    r = Report("latest")
    drawn = json.dumps(overview.deadliest(r).chart.to_dict(), ensure_ascii=False)
    title = overview.where_people_die(r).title.en.split(":")[0]
    for name in re.split(", | and ", title):
        assert f'"place": "{name} ' in drawn
    assert '"legend": {"orient": "top-left"' in drawn


@LATEST_AND_STORED
def test_the_front_map_names_what_the_front_page_names_and_its_legend_reaches_its_largest_circle(edition):
    """The legend ended at 200 under a circle of 355, and Kidal, in every second date, was not on the map."""
    r = Report(edition)
    drawn = json.dumps(overview.deadliest(r).chart.to_dict(), ensure_ascii=False)
    halves = sorted(set(r.cercle_halves["half"]))[-2:]
    deaths = r.cercle_halves[r.cercle_halves["half"].isin(halves)].groupby("cercle")["fatalities"].sum()
    legends = re.findall(r'"legend": \{"orient": "top-left".*?"values": \[([\d, ]+)\]', drawn)
    assert {int(one.split(", ")[-1]) for one in legends} == {int(deaths.max())}
    told = overview.place(r).en + " ".join(overview.dates(r).rows["event"])
    named = [name for name in ("Kidal", "Sikasso", "Kayes", "Bamako", "Gao") if name in told]
    assert edition != "latest" or len(named) == 5
    for name in named:
        assert re.search(rf'"place": "{name}( [\d,]+)?"', drawn), name


def test_the_front_page_names_the_regions_that_clearly_rose_and_no_other():
    for edition, told in (("latest", "Sikasso and Kayes"), ("2023-07", "Koulikoro"), ("2022-08", "Koulikoro")):
        south = totals(Report(edition)).in_zone("south").regions()
        rose = {names.short(one.place.regions[0]).en for one in south if one.in_a_year().kind == "rise"}
        said = overview.place(Report(edition)).en
        assert set(told.split(" and ")) == rose
        assert f"in {told}" in said
        assert "Ségou" not in said.partition(" with ")[2], "its rise is not clear"
        busiest = sorted(totals(Report(edition)).regions(), key=lambda one: -int(one.over(one.last_year)))[:2]
        if edition == "latest":
            assert [names.short(one.place.regions[0]).en for one in busiest] == ["Ségou", "Mopti"]
            assert "Ségou and Mopti saw the most violence," in said


def test_the_front_page_says_who_the_groups_are_and_leads_to_the_capital():
    page, told = front.front_pages([Report("latest").edition]).values()
    for name in (
        "JNIM, Al Qaeda’s branch in the Sahel",
        "Islamic State Sahel",
        "FLA: the Azawad Liberation Front, separatists of the north",
        "the Russians stay, as Wagner until June 2025, now as Africa Corps",
        "By the Mali executable report maintainers, not by the Africa Center",
        "under CC BY-NC 4.0, the code under the MIT licence",
        f"Cite this book as: The Mali executable report maintainers, “Mali at war, in figures”, version {__version__}",
        'href="latest/chapters/method/data.html">Sources, versions, licences and how to cite each</a>',
        "Read the latest edition (May 2026)",
    ):
        assert name in re.sub("[\u00a0\u202f]", " ", page)
    assert 'href="latest/chapters/southern.html">Bamako and the south' in page
    assert 'href="latest/chapters/southern.fr.html">Bamako et le sud' in told
    early = overview.groups(Report("2023-07"))
    assert "FLA" not in early.en + early.fr
    assert "Africa Corps" not in early.en + early.fr


def test_the_front_page_says_who_left_and_which_russians_stay(root):
    """Asked what the Russians do now, a reader found "Wagner, now Africa Corps" and no date."""
    days = raw(root, "chronology").set_index("id")["date"].str[:7]
    french, blue, came, over, kidal, struck = (
        month_name(month(days[name]))
        for name in (
            "2022-08-15-last-french-troops",
            "2023-12-31-minusma-withdrawal-complete",
            "2021-12-23-joint-statement-wagner",
            "2025-06-06-wagner-says-it-leaves",
            "2026-04-27-africa-corps-leaves-kidal",
            "2026-10-06-fla-leaves-kidal",
        )
    )
    assert overview.russians(Report("2019-06")) is None
    for edition in ("2022-08", "2023-07"):
        assert (
            overview.russians(Report(edition)).en
            == f"French troops left in {french}; Wagner’s men came in {came} and stay."
        )
    assert overview.russians(Report("latest")).en == (
        f"French troops left in {french}, UN troops in {blue}; the Russians stay, as Wagner until {over}, now as Africa Corps, "
        f"which left Kidal in {kidal} and flew strikes beside the army in {struck} (Reuters)."
    )
    assert (
        "Wagner jusqu’en juin 2025, puis Africa Corps, qui a quitté Kidal en avril 2026"
        in overview.russians(Report("latest")).fr
    )
    # The fact and the newest date tell it; the line on the groups leaves them to the fact.
    assert front.front_pages([Report("latest").edition])["index.html"].count("Africa Corps") == 2
    assert "Africa Corps" not in overview.groups(Report("latest"), russians=False).en
    # The page that the fact leads to says the same, and who else left.
    there = junta_forces.who_came(Report("latest"))
    assert f"which left Kidal in {kidal} and flew strikes beside the army in {struck} (Reuters)" in there.en
    assert (overview.russians, "junta.html#fig-junta-forces") in overview.FACTS


def test_the_front_page_says_how_sure_its_counts_are_and_how_to_check_them(root):
    span = ("2025-04", "2026-03")
    acled, ucdp = (
        int(table[table["month"].between(*span)][column].sum())
        for table, column in ((raw(root, "totals"), "fatalities"), (raw(root, "ucdp_types"), "deaths"))
    )
    said = f"where ACLED counts about {round(acled, -2):,} in a year, UCDP counts about {round(ucdp, -2):,}."
    page = BeautifulSoup(front.front_pages([Report("latest").edition])["index.html"], "html.parser")
    trust = page.select_one(".trust")
    assert said in " ".join(trust.get_text().split())
    assert page.select_one(".facts").find_next("section") == trust, "beside the facts, not at the foot"
    links = [link["href"] for link in trust.select("a")]
    assert links == [
        f"latest/chapters/{name}.html" for name in ("scorecard", "method/data", "method/rerun", "method/issues")
    ]
    pages = {path.relative_to(root).with_suffix(".html").as_posix() for path in (root / "chapters").rglob("*.*")}
    assert {link.partition("/")[2] for link in links} <= pages


def test_the_front_page_has_the_bar_of_the_chapters():
    """Chapters kept edition and language in sight; the front page had one link to the other language."""
    shown = [Report(name).edition for name in ("2022-08", "2023-07", "latest")]
    for lang, suffix in (("en", ""), ("fr", ".fr")):
        page = BeautifulSoup(front.front_pages(shown)[f"index{suffix}.html"], "html.parser")
        bar = page.body.find(recursive=False)
        assert bar["class"] == ["mali-switches"]
        links = [link["href"] for link in bar.select("nav.mali-edition a")]
        assert links == [f"index{suffix}.html", *(f"{one.id}/chapters/summary{suffix}.html" for one in shown)]
        assert [link["href"] for link in bar.select("[aria-current=page]")] == [f"index{suffix}.html"]
        assert bar.select_one(".mali-language [aria-current]")["lang"] == lang
        style = page.style.get_text()
        assert "position: sticky" in style
        assert style.count("/* Edition and language stay in sight") == 1


@pytest.mark.parametrize("edition", ["2022-08", "2023-07", "2024-12", "latest"])
def test_the_summarys_answer_names_where_it_is_worst(edition):
    regions = totals(Report(edition)).regions()
    first, second = sorted(regions, key=lambda one: -int(one.over(one.last_year)))[:2]
    said = overview.answer(Report(edition)).answer
    for lang, joint in (("en", "and"), ("fr", "et")):
        worst = [getattr(names.short(one.place.regions[0]), lang) for one in (first, second)]
        assert f"{worst[0]} {joint} {worst[1]}" in getattr(said, lang)


def test_every_region_is_named_on_the_map_of_places():
    drawn = json.dumps(places_map(Report("latest")).chart.to_dict(), ensure_ascii=False)
    missing = [name for name in NAMED_AT if f'"{names.short(name).en.upper()}"' not in drawn]
    assert missing == []


def test_each_count_of_the_killed_names_its_source_and_what_nobody_knows_is_told_in_the_same_words():
    """The first fact gave no source; the second, beside it, named UCDP. The front page had its own text of what no number holds."""
    for when in ("2022-08", "2023-07", "latest"):
        said = overview.volume(Report(when))
        assert said.en.startswith("ACLED counts about ")
        assert said.fr.startswith("ACLED compte environ ")
    for lang, page in zip(("en", "fr"), front.front_pages([Report("latest").edition]).values(), strict=True):
        text = re.sub(r"\s+", " ", unescape(page))
        assert re.sub(r"\s+", " ", getattr(overview.UNREPORTED, lang)) in text
    assert overview.what_nobody_knows(Report("2023-07")) == overview.UNREPORTED


def test_the_front_page_says_where_no_order_is_settled_and_how_far_it_runs():
    latest, then = Report("latest"), Report("2023-07")
    assert overview.civilians(latest).en.endswith(
        "(in the year to February 2025, the last in our data; other months may show another order)."
    )
    assert trajectory.attackers(latest).title.fr.endswith(", même si d’autres mois pourraient donner un autre ordre")
    assert (
        "twice as often as state forces and Russian partners and kill about as many (the order"
        in overview.civilians(then).en
    )
    reach = front._reach(latest)
    facts = str(latest.chronology["date"].max())[:7]
    assert (
        reach.en
        == f"Its counts run to {month_name(latest.runs_to)} at the latest, its dated facts to {month_name(month(facts))}."
    )


def test_france_is_not_named_for_months_after_its_last_soldiers_left():
    """Of the 12 events of foreign armies to February 2025 none is France's: ACLED names Niger (8) and Burkina Faso (4)."""
    for edition, label, told in (("2022-08", "France and partners", False), ("latest", "Foreign armies", True)):
        found = actors.rows(Report(edition))
        assert label in {row.label.en for row in found}
        assert ("neighbouring countries" in actors.busiest(found).caveat.en) is told
    assert next(int(row.events) for row in found if row.label.en == "Foreign armies") == 12


def test_the_notes_say_what_the_cards_leave_out_that_the_grid_counts():
    r = Report("latest")
    form = actors.pairs(r)
    table = form.frame.set_index(["Acting side", "Other side"])["Events"]
    close = int(actors.attacks_on_civilians(r, "state").over(r.last_12))
    assert (int(table["State forces", "Civilians"]), close) == (300, 255)
    assert "air strikes and bombs" in actors.commonest(form).caveat.en


def test_heads_of_the_strip_stay_on_one_line_of_a_phone():
    found = actors.rows(Report("latest"))
    heads = [_headed(row) for row in found]
    assert max(len(text) for head in heads for text in (head.en, head.fr)) <= 44
    assert all(head.en.count(",") == head.fr.count(",") for head in heads), "the same regions in both languages"
    assert Both("State forces · Mopti, Kidal +2", "Forces de l’État · Mopti, Kidal +2") in heads
    assert all(" · " in head.fr for head, row in zip(heads, found, strict=True) if row.regions)


def test_a_list_of_dates_is_named_by_the_month_of_its_first():
    """It was called the last year, with a day of 13 months before."""
    made = overview.dates(Report("latest"))
    assert made.rows["date"].min().startswith("2025-09")
    assert made.title == Both("Since September 2025", "Depuis septembre 2025")
    assert overview.since("2023-01-31").fr == "Depuis janvier 2023"


def test_what_the_months_after_a_half_year_hold_is_told_beside_it():
    """105 in six months, then 105 in two: the half-year alone would tell of an ebb."""
    assert (
        "105 people in the second half of 2024 and 105 in January-February 2025;"
        in northern.islamic_state(Report("latest")).en
    )
    assert "448 people in the first half of 2023; at its peak" in northern.islamic_state(Report("2023-07")).en


def test_security_names_the_months_before_the_arrival():
    for report in map(Report, ("2023-07", "latest")):
        said = wagner.security(report)
        assert "In the six months before the Russians came there were 148, in the six before those 88." in said.en
        assert "il y en a eu 148, contre 88" in said.fr
    assert "Russians" not in wagner.security(Report("2021-06")).en


@pytest.mark.parametrize(
    ("edition", "both", "all_"), [("2022-08", 21, 60), ("2023-07", 106, 161), ("latest", 219, 255)]
)
def test_attacks_whose_record_mentions_wagner_are_counted_as_events(edition, both, all_, root):
    found = actors.rows(Report(edition))
    killed = next(row.killed for row in found if row.label.en == "State forces")
    first, last = str(killed.window.first), str(killed.window.last)
    table = raw(root, "actors")
    hits = table[
        table["event_type"].eq("Violence against civilians")
        & table["side1"].eq("state")
        & table["month"].between(first, last)
    ]
    named = hits[hits["wagner"].eq("mentioned")]
    assert (int(named["events"].sum()), int(hits["events"].sum())) == (both, all_)
    assert (
        f"In {both} of the {all_} attacks by state forces the record mentions Wagner" in actors.busiest(found).caveat.en
    )


@every
def test_an_entry_has_its_address_once_on_the_timeline(edition):
    bundles = [one._repr_mimebundle_() for one in story_figures.shown("timeline", edition) if not isinstance(one, str)]
    for language in ("en", "fr"):
        told = [bundle[MIME][language] if MIME in bundle else bundle["text/html"] for bundle in bundles]
        ids = re.findall(r'(?:id|data-entry)="(entry-[^"]+)"', " ".join(told))
        assert len(ids) > 100
        assert len(ids) == len(set(ids))

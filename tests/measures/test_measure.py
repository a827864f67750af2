"""Rows that know what they count: the numbers are those of the plain counts, and no word stays behind a filter."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import story_figures
from helpers import definitions as d
from helpers import measures as m
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import DataError, WindowError
from helpers.estimates import intervals
from helpers.figures import SMALL_CAVEAT
from helpers.forms import columns, figure, lines, months, moved, panels
from helpers.measures.catalogue import attacks_on_civilians, fought_by, islamist, totals
from helpers.measures.measure import Series, records_together
from helpers.page import translate
from helpers.page.addresses import csv
from helpers.windows import month, window
from helpers.words import Both, names
from test_figure_contract import ENGLISH, numbers

EDITIONS = ("2019-06", "2022-08", "2023-07", "latest")


@pytest.fixture(scope="module", params=EDITIONS)
def report(request) -> Report:
    return Report(request.param)


def test_a_measure_counts_what_plain_counts_count(report):
    actors, span = report.actors, report.last_12
    violent = actors[actors["event_type"].isin(d.VIOLENT)]
    mi = violent[violent["side1"].isin(d.MILITANT_ISLAMIST) | violent["side2"].isin(d.MILITANT_ISLAMIST)]
    inside = mi[mi["month"].between(str(span.first), str(span.last))]
    assert islamist(report).over(span) == inside["events"].sum()
    assert islamist(report).deaths.over(span) == inside["fatalities"].sum()
    near = inside[inside["band"].isin(["0-50", "50-100", "100-150"])]
    assert islamist(report).within(150).over(span) == near["events"].sum()
    south = inside[inside["region"].isin(["Bamako", "Kayes", "Koulikoro", "Sikasso"])]
    assert islamist(report).in_zone("south").over(span) == south["events"].sum()
    vac = actors[actors["event_type"].eq(d.VAC) & actors["side1"].isin(["state", "wagner"])]
    assert attacks_on_civilians(report, "state-side").over(span) == m.count(vac, span)
    assert sum(islamist(report).in_zone(zone).over(span) for zone in d.ZONES) == islamist(report).over(span)


def test_a_table_that_begins_late_knows_no_record(monkeypatch):
    report = Report("latest")
    strikes = fought_by(report, "air")
    assert strikes.in_a_year().record
    monkeypatch.setattr(Report, "first", lambda self, table="actors": month("2017-01"))
    late = strikes.in_a_year()
    assert not late.record
    assert "any earlier" not in late.moved().en
    assert "any year" not in late.beside().en


def test_a_series_adds_up_and_knows_what_it_holds_in_part(report):
    every = totals(report)
    series = every.by("quarter", every.since("2018-01"))
    assert series.frame["value"].sum() == every.over(every.since("2018-01"))
    whole = every.end.month % 3 == 0
    assert series.partial == ([] if whole else [series.frame["period"].iloc[-1]])
    assert ("only" in series.covers.en) == (not whole)
    assert ("ne va que" in series.covers.fr) == (not whole)


def test_windows_past_the_data_and_unknown_places_are_refused(report):
    measure = islamist(report)
    with pytest.raises(WindowError, match="runs past the data"):
        measure.over(window(str(report.as_of), str(report.as_of + 1)))
    with pytest.raises(DataError, match="no band ends at 120"):
        measure.within(120)
    with pytest.raises(DataError, match="no region is called 'Kaye'"):
        measure.in_region("Kaye")
    with pytest.raises(DataError, match="does not tell how far from Bamako"):
        totals(report).within(150)
    with pytest.raises(DataError, match="no way of fighting"):
        fought_by(report, "swords")


def words(made) -> list[str]:
    return [made.subtitle, made.alt, made.fr.subtitle, made.fr.alt]


CHANGES = {
    "a smaller circle": lambda one: one.within(100),
    "deaths": lambda one: one.deaths,
    "a zone": lambda one: one.in_zone("centre"),
    "a region": lambda one: one.in_region("Sikasso"),
}
DRAW = {
    "columns": lambda one: columns(one.by("quarter", one.since("2017-01"))),
    "months": lambda one: months(one.by("month", one.since("2017-01"))),
    "panels": lambda one: panels(
        [columns(one.by("half", one.since("2017-01"))), columns(one.by("half", one.since("2017-01")))],
        [Both("One", "Un"), Both("Two", "Deux")],
    ),
    "lines": lambda one: lines(
        {"islamist": one.yearly(one.since("2017-01"))}, {"islamist": names.group_label("islamist")}
    ),
}


@pytest.mark.parametrize("drawn", DRAW)
@pytest.mark.parametrize("change", CHANGES)
def test_no_word_stays_behind_a_changed_measure(change, drawn):
    r = Report("2023-07")
    start = islamist(r).within(150)
    other = CHANGES[change](islamist(r))
    pair = [figure("sample", DRAW[drawn](one), moved(one.phrase, one.in_a_year())) for one in (start, other)]
    for one, changed in zip(*(words(made) for made in pair), strict=True):
        assert one != changed
    assert not pair[0].frame.equals(pair[1].frame)
    assert pair[0].title != pair[1].title
    assert pair[0].fr.title != pair[1].fr.title


MEAN = re.compile(r"mean of the (?:last )?(\d+) months (?:to \w+ \d{4} )?is ([\d,]+)")
ARRIVAL = re.compile(
    r"events (?:rose by |did not clearly change \()([+−]?[\d,]+) percent(?: \(|; )([+−][\d,]+) to ([+−][\d,]+)\) from the (\w+) "
    r"months before Wagner's arrival to those since"
)


def worked_out(made, edition: str) -> set[float]:
    """Return the numbers of an alternative text that no cell holds, worked out anew, and hold its text to them."""
    found = set()
    for match in MEAN.finditer(made.alt):
        months = int(match[1])
        (value,) = [name for name in made.frame.select_dtypes("number") if not name.startswith("Mean")]
        mean = float(d.round_half_up(made.frame[value].iloc[-months:].mean()))
        assert float(match[2].replace(",", "")) == mean, made.alt
        found |= {mean, float(months)}
    for match in ARRIVAL.finditer(made.alt):
        # Quarters do not begin with December 2021: the months are those of the table by actor.
        rows = Tables().load("actors")
        rows = rows[rows["event_type"].eq("Violence against civilians") & rows["side1"].isin(d.MILITANT_ISLAMIST)]
        end = min(pd.Period(str(Tables().load("actors")["month"].max()), "M"), Report(edition).runs_to)
        since = window("2021-12", end)
        before = window(since.first - since.months, since.first - 1)
        a, b = (
            int(rows.loc[rows["month"].between(str(w.first), str(w.last)), "events"].sum()) for w in (since, before)
        )
        ends = intervals.compare(rows, since, before).interval
        wanted = [float(d.round_half_up(100 * (x - 1))) for x in (a / b, ends.low, ends.high)]
        said = [float(x.replace(",", "").replace("−", "-").replace("+", "")) for x in match.groups()[:3]]
        assert said == wanted, (made.alt, a, b)
        assert numbers(match[4], ENGLISH, ",", ".") == {float(since.months)}, made.alt
        found |= {abs(x) for x in wanted} | {float(since.months)}
    return found


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("page", story_figures.PAGES)
def test_numbers_of_an_alternative_text_are_in_the_frame(page, edition):
    for made in story_figures.figures(f"page {page}", edition):
        if not made.alt.startswith(("Columns", "Lines", "Panels", "Two dots", "Bars")):
            continue
        known = {float(x) for x in re.findall(r"\d+(?:\.\d+)?", made.frame.to_csv(index=False))}
        counted = re.sub(r"within \d+ km|\S+ of \d+ [\w-]+ have none", "", made.alt)
        said = numbers(counted, ENGLISH, ",", ".")
        percents = {float(d.round_half_up(100 * x)) for x in known if 0 <= x <= 1}
        few = set(range(10)) | {12.0}
        known |= worked_out(made, edition)
        assert said <= known | percents | few, (made.id, said - known - percents - few, made.alt)


STARTS = re.compile(
    r"\b(?:islamist|totals|involving|attacks_on_civilians|fights|violent|fought_by)\(report(?:[^()]|\([^()]*\))*\)(?!\.deaths)"
)
"""Where a cell takes a measure of events."""
OTHERWISE = {
    "deaths": (STARTS, r"\g<0>.deaths"),
    "zone": (re.compile(r'in_zone\("south"\)'), 'in_zone("north")'),
    "region": (re.compile('"Kayes"|"Segou"'), '"Sikasso"'),
    "way": (re.compile('"air"'), '"shelling"'),
}
NAMED = {
    "zone": ("northern Mali", "nord du Mali"),
    "region": ("Sikasso", "Sikasso"),
    "way": ("helling", "obus"),
}


def changed(word: str, page: str) -> list[tuple]:
    """Return a chapter's figures as they are and after a change of one word in each cell, where their table follows it."""
    pattern, put = OTHERWISE[word]

    def swapped(source: str) -> str:
        return pattern.sub(put, source) if "chapter.figure(" in source else source

    before = story_figures.figures(f"page {page}", "2023-07")
    after = {one.id: one for one in story_figures.changed(page, "2023-07", swapped)}
    return [(one, after[one.id]) for one in before if not one.frame.equals(after[one.id].frame)]


@pytest.mark.slow
@pytest.mark.parametrize("page", story_figures.PAGES)
def test_a_title_that_counts_says_deaths_where_deaths_are_added_up(page):
    for before, made in changed("deaths", page):
        for one, other in zip(words(before), words(made), strict=True):
            assert one != other, made.id
        if made.id == "trajectory-events-years":  # names both, each from a series of its own
            continue
        for title, counts, deaths in ((made.title, r"\d events?\b", "eath"), (made.fr.title, r"\d événement", "mort")):
            assert not re.search(counts, title), (made.id, title)
            number = re.search(r"\d", re.sub(r"\b20\d\d\b|Five of 11|Cinq des 11", "", title))
            assert not number or deaths in title, (made.id, title)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("word", "identity", "page"),
    [
        ("zone", "southern-totals", "southern"),
        ("zone", "southern-supply", "southern"),
        ("region", "southern-kayes", "southern"),
        ("region", "southern-next-kayes", "southern"),
        ("region", "central-two-regions", "central"),
        ("way", "wagner-air", "wagner"),
    ],
)
def test_a_title_names_the_place_and_the_way_that_its_measure_has(word, identity, page):
    pattern, put = OTHERWISE[word]
    (before,) = [one for one in story_figures.figures(f"page {page}", "2023-07") if one.id == identity]
    made = story_figures.redrawn(page, "2023-07", identity, lambda source: pattern.sub(put, source))
    assert not before.frame.equals(made.frame)
    english, french = NAMED[word]
    assert english in made.title
    assert french in made.fr.title


ONE_WORD = (
    ("southern-bamako-quarters", "within(150)", "within(100)", r"\b150\s?km"),
    ("southern-bamako-quarters", '"quarter"', '"month"', r"(?i)quarter|trimestre"),
    ("southern-bamako-quarters", "islamist(report).within(150)", "islamist(report).deaths.within(150)", None),
    ("southern-kayes", '"Kayes"', '"Sikasso"', "Kayes"),
)
"""A figure, what is changed in its cell, and what no word of it may say any more."""


def everything_said(made) -> list[str]:
    """Return what a figure says and gives, by language: title, subtitle, text, caveat and CSV."""
    spec = made.spec()
    told = [one["usermeta"]["mali"] for one in (spec, translate.french(spec))]
    return [text for one in told for text in (*(one[p] for p in ("title", "subtitle", "alt", "caveat")), csv(one))]


@pytest.mark.parametrize(("identity", "old", "new", "gone"), ONE_WORD)
def test_one_word_changed_in_a_cell_changes_all_that_is_said_in_both_languages(identity, old, new, gone):
    (before,) = [one for one in story_figures.figures("page southern", "2023-07") if one.id == identity]
    after = story_figures.redrawn("southern", "2023-07", identity, lambda source: source.replace(old, new))
    assert not before.frame.equals(after.frame)
    follow = {"subtitle", "alt", "table"}
    if old != '"quarter"':  # the finding is of windows, not of the columns' period
        follow.add("title")
    said = [everything_said(one) for one in (before, after)]
    for name, one, other in zip(("title", "subtitle", "alt", "caveat", "table") * 2, *said, strict=True):
        assert one != other or name not in follow, (name, one)
        assert not gone or not re.search(gone, other), (name, other)
    assert not gone or any(re.search(gone, text) for text in said[0])
    for made in (before, after):
        few = any(0 < count < d.SMALL_COUNT for count in made.rests_on)
        assert (SMALL_CAVEAT.en in made.caveat.en) == few, (made.caveat, made.rests_on)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([5, 30, 40, 60, 30], ("2022-04", 60, "2022-05", 30)),  # half is an ebb
        ([5, 30, 40, 60, 31], None),
        ([5, 30, 60, 60, 20], ("2022-03", 60, "2022-05", 20)),  # of equal months the first
        ([61] + 11 * [40] + [20], None),  # higher before the last 12 months
        ([40] + [61] + 10 * [40] + [20], ("2022-02", 61, "2023-01", 20)),
        ([0, 1, 9, 4], None),  # nine are no height
        ([0, 1, 10, 0], ("2022-03", 10, "2022-04", 0)),
    ],
)
def test_a_series_has_ebbed_where_its_last_month_has_half_of_a_record_or_less(values, found):
    """Made-up counts."""
    months = [str(one) for one in pd.period_range("2022-01", periods=len(values), freq="M")]
    frame = pd.DataFrame({"period": months, "months": 1, "value": values})
    made = Series(totals(Report("latest")), "month", window(months[0], months[-1]), frame).ebb
    assert (made and tuple(x for one in made for x in (str(one.window.last), int(one)))) == found


def test_records_of_one_window_name_the_past_once():
    report = Report("latest")
    changes = {names.WAYS[way]: fought_by(report, way).in_a_year() for way in ("air", "bombs")}
    assert all(change.most_ever for change in changes.values())
    both = records_together(changes)
    for text, counts in ((both.en, "{} after {}"), (both.fr, "{} (contre {})")):
        assert all(counts.format(int(change.now), int(change.before)) in text for change in changes.values())
    assert both.en.count("any earlier year") == both.fr.count("toute année antérieure") == 1

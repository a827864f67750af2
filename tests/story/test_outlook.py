"""The outlook: the rules behind its figures on synthetic counts, no peeking, and whole sentences in every edition."""

import json
import re

import pandas as pd
import pytest

import story_figures
from conftest import BATTLE, VAC, rows
from helpers import prose
from helpers.audit import claims
from helpers.chapters import NotInEdition
from helpers.data import Tables
from helpers.editions import Report
from helpers.estimates import pace
from helpers.figures import Figure
from helpers.measures.foreseen import BY_ACTOR
from helpers.story import came, evidence_south, foretold, pace_years, paces
from helpers.story import outlook as o
from helpers.words import Both, names

RULE = [
    o.the_rule,
    o.halves,
    o.ranges,
    o.in_range,
    pace_years.years,
    pace_years.errors,
    foretold.words,
    foretold.published,
    evidence_south.bamako_record,
]
LATER = [
    came.score,
    came.foreseen,
    came.simple_rule,
    came.running_deaths,
    came.exit_regions,
    came.war_regions,
    came.state_in_numbers,
    came.calendar,
]
EDITIONS = ["2019-03", "2021-12", "2022-08", "2023-07", "2025-02", "latest"]


def shown(make, report: Report):
    """What a function makes of an edition; its reason where it makes nothing."""
    try:
        return make(report)
    except NotInEdition as why:
        return str(why)


def words(made) -> str:
    if isinstance(made, Figure):
        return " ".join([made.title, made.subtitle, made.alt, made.caveat.en])
    if isinstance(made, Both):
        return f"{made.en} {made.fr}"
    return made or ""


def synthetic(as_of: str = "2022-06") -> Report:
    """Synthetic: 1 event a month in 2020 and in 2021's first half, 3 in its second, 4 from January 2022; 2 deaths each."""
    counts = {
        **{f"2020-{n:02d}": 1 for n in range(1, 13)},
        **{f"2021-{n:02d}": 1 if n < 7 else 3 for n in range(1, 13)},
        **{f"2022-{n:02d}": 4 for n in range(1, 13)},
    }
    made = Report("2022-08").at(as_of, 6)
    frame = rows(*[(when, "Mopti", VAC, "jnim", "civilians", n, 2 * n) for when, n in counts.items()])
    made.__dict__["actors"] = frame[frame["month"] <= as_of]
    made.__dict__["all_actors"] = frame
    return made


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_has_whole_words(edition):
    report = Report(edition)
    ids = []
    for make in (*RULE, *LATER):
        name, made = make.__name__, shown(make, report)
        text = words(made)
        for flaw in ("nan", "None", "inf ", "  ", " ,", "..", "{", "of of"):
            assert flaw not in text, (name, flaw, text)
        if isinstance(made, Figure):
            ids.append(made.id)
            json.dumps(made.spec(), allow_nan=False)
            assert made.id.startswith("outlook-")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("edition", ["2022-08", "2023-07", "latest"])
def test_the_answer_says_what_a_pace_misses(edition):
    box = o.answer(Report(edition))
    assert "oubling half a year’s militant Islamist events misses the whole year’s by " in box.answer.en
    assert (
        "oubler les événements impliquant des groupes islamistes armés d’un semestre, c’est se tromper en moyenne de"
        in box.answer.fr
    )
    # The mean leaves out the half-years before which no 12 months are known; those counted beside it are all.
    judged = pace.history(Report(edition))
    whole, known = judged["pace_error"].dropna(), judged.dropna(subset=["naive"])
    assert box.keys[0].value.en == f"{known['pace_error'].abs().mean() * 100:.0f} percent"
    assert f"mean of {len(known)} half-years from 2013 on" in box.keys[0].judged.en
    assert box.keys[1].judged.en == (
        f"of all {len(whole)}, {prose.word(int((whole > 0).sum()))} pointed too high and {prose.word(int((whole < 0).sum()))} too low"
    )
    assert box.keys[0].label.en.startswith("average miss of a year’s militant Islamist events")


def test_early_editions_say_that_nothing_had_been_projected():
    report = Report("2021-12")
    assert "No projection had been made" in shown(came.score, report)
    assert shown(came.foreseen, report) == ""
    assert shown(came.state_in_numbers, report) is None


def test_no_figure_on_the_rule_looks_past_the_edition():
    whole, cut = Report("2022-08"), Report("2022-08")
    cut.__dict__["all_actors"], cut.__dict__["all_totals"] = cut.actors, cut.totals
    for make in RULE:
        a, b = shown(make, whole), shown(make, cut)
        assert words(a) == words(b)
        if isinstance(a, Figure):
            pd.testing.assert_frame_equal(a.frame, b.frame)


def test_past_years_do_not_change_when_a_later_edition_tells_them():
    early, late = (shown(pace_years.years, Report(name)).frame for name in ("2022-08", "2023-07"))
    kept = late.merge(early[["Series", "Year"]].drop_duplicates())
    pd.testing.assert_frame_equal(early, kept)


def test_year_rows_by_hand():
    frame = pace_years.years(synthetic("2022-12")).frame
    frame = frame[frame["Series"].eq("Events")]
    last = frame[frame["Year"].eq("2022")].set_index("Rule")["Forecast"]
    # By June 2022 24 events; 2021 had 6 + 18; its second half 18.
    assert dict(last) == {"Pace": 48, "Year before": 24, "Mix of both": 42}
    assert set(frame.loc[frame["Year"].eq("2022"), "What came"]) == {48}


def test_misses_by_hand():
    frame = o.halves(synthetic("2022-12")).frame.set_index("Twelve months")
    assert frame.loc["2020", "Miss"] == 0
    assert frame.loc["July 2020 to June 2021", "Miss"] == 0
    assert frame.loc["2021", "Miss"] == pytest.approx(12 / 24 - 1)
    assert frame.loc["July 2021 to June 2022", "Miss"] == pytest.approx(36 / 42 - 1)


def test_a_range_needs_past_forecasts():
    assert paces.pace_range(synthetic("2022-12"), "events") is None
    reach = paces.pace_range(Report("2023-07"), "events")
    assert reach["low"] < reach["pace"] < reach["high"]
    assert reach["low"] >= reach["to_date"]


def test_a_complete_year_leaves_nothing_to_project():
    with pytest.raises(NotInEdition, match="complete"):
        o.ranges(Report("2021-12"))


def test_a_published_change_is_shown_as_its_level():
    assert paces.level_of("R22-03", 1000) == 2500
    assert paces.level_of("R22-10", 5) == 15


def test_the_year_before_is_named_for_the_ledger_takes_other_months():
    said = came.simple_rule(Report("latest"))
    assert "“as the calendar year before” (2021 and 2022) in all three numbers" in said.en
    assert "(2021 et 2022) pour trois nombres sur trois" in said.fr


def test_the_score_agrees_with_the_audit():
    report = Report("2023-07")
    verdicts = {row.id: claims.evaluate(row.id).verdict for row in claims.due(report) if row.outcome}
    text = came.score(report)
    # By hand: two of the four that carried a count on came true, none of the two about MINUSMA's exit.
    assert [name for name, verdict in verdicts.items() if verdict == "borne out"] == ["R23-01", "R23-02"]
    assert set(verdicts) == {*came.TREND, *came.EXIT}
    assert text.en.startswith(f"Of {['', '', '', '', '', '', 'six'][len(verdicts)]} projections, ")
    assert "two came true" in text.en
    assert (
        "Of the four that carried a count on, two came true in every part; of the two about the departure of the UN, none did."
        in text.en
    )
    assert o.answer(Report("latest")).answer.en.startswith("In part: two of six projections came true")
    assert "came true" not in o.answer(report).answer.en, "later knowledge"


def test_later_editions_settle_projections_alike():
    assert came.score(Report("2023-07")) == came.score(Report("latest"))
    a, b = (came.foreseen(Report(name)).frame for name in ("2023-07", "latest"))
    pd.testing.assert_frame_equal(a, b)


def test_running_years_end_where_they_came_to():
    report = Report("2023-07")
    frame = came.running_deaths(report).frame
    frame = frame[frame["Series"].eq("Events")]
    rows = BY_ACTOR["events"].rows(report.all_actors)
    total = int(rows.loc[rows["month"].str.startswith("2023"), "events"].sum())
    assert frame[frame["Line"].eq("Recorded")]["Count"].iloc[-1] == total
    line = frame[frame["Line"].eq("Pace")]
    assert line["Month"].iloc[0] == "2023-06"
    assert line["Count"].iloc[-1] == pytest.approx(paces.pace_range(report, "events")["pace"], abs=0.1)


def test_published_forecasts_are_those_made_by_the_edition_for_months_that_are_over():
    with pytest.raises(NotInEdition, match="No published forecast"):
        foretold.published(Report("2023-07"))
    table, types = Tables().forecasts(), Tables().ucdp_types()
    for edition in ("2024-12", "2025-06", "latest"):
        report = Report(edition)
        whole_frame = foretold.published(report).frame
        frame = whole_frame[whole_frame["Month"].str.len().eq(7)]
        assert frame["Data to"].max() < frame["Month"].max() <= str(report.end("ucdp_types"))
        assert (frame["Data to"] < frame["Month"]).all()
    six = frame[frame["Forecast"].eq("PaCE, six months")]
    assert len(six) == int(table["variant"].eq("six months").sum())
    whole = types.groupby("month")["deaths"].sum()
    assert (six["Deaths recorded"] == six["Month"].map(whole)).all()
    # Computed again in 2026: no record of what was foretold.
    assert not (frame["Forecast"].eq("PaCE, twelve months") & frame["Made"].eq("Added later")).any()
    state = types[types["type"].eq("state-based") & types["month"].str.startswith("2025")]["deaths"].sum()
    assert state == 1357
    year = whole_frame[whole_frame["Month"].eq("2025")]
    assert year[["Deaths forecast", "Deaths recorded"]].to_numpy().tolist() == [[2053, 1357]]
    # The title speaks of the lines drawn, never of the year's sum, which no line shows.
    live = frame[frame["Made"].eq(foretold.STATUS["live"])]
    views = live["Forecast"].str.startswith("VIEWS")
    high = int((live["Deaths forecast"] > live["Deaths recorded"])[views].sum())
    low = int((live["Deaths forecast"] < live["Deaths recorded"])[~views].sum())
    assert (high, views.sum(), low, (~views).sum()) == (14, 22, 47, 69)
    figure = foretold.published(Report("latest"))
    # The two forecast different counts and missed them on different sides: never one sum of both.
    assert figure.title == (
        "Of published forecasts of a month made before it, 14 of VIEWS’s 22 lay above and 47 of PaCE’s 69 lay below what UCDP recorded."
    )
    assert "PaCE, of all deaths, by 68 where 186 were recorded" in foretold.words(Report("latest")).en
    assert "VIEWS, of deaths in fights with the state, by 57 where 107" in foretold.words(Report("latest")).en
    assert "only in the table: VIEWS’s forecast of 2025 as one sum" in figure.subtitle
    assert (
        f" Of the forecasts drawn here {len(frame) - len(live)} were added later" in foretold.words(Report("latest")).en
    )


@pytest.mark.parametrize(("edition", "dashed"), [("latest", True), ("2025-12", False)])
def test_months_that_ucdp_still_revises_are_drawn_otherwise(edition, dashed):
    found = foretold.published(Report(edition))
    for panel in found.chart.to_dict()["vconcat"]:
        filters = [layer["transform"][0]["filter"] for layer in panel["layer"] if "transform" in layer]
        assert filters == ["!datum.Provisional", *(["datum.Provisional"] if dashed else [])]
    assert ("Dashed columns" in found.caveat.en) is dashed


def test_record_around_bamako_by_hand():
    # Synthetic: 1 event a year within 150 km from 2012, but 4 in 2018 and 6 in 2019.
    counts = dict.fromkeys(range(2012, 2020), 1) | {2018: 4, 2019: 6}
    made = Report("2022-08")
    made.__dict__["actors"] = rows(
        *[(f"{y}-12", "Koulikoro", BATTLE, "jnim", "state", n, 0, None, "100-150") for y, n in counts.items()]
    )
    frame = evidence_south.bamako_record(made).frame.set_index("Year")
    assert list(frame["The five years before, together"]) == [5, 5, 8, 13, 12]
    assert list(frame["Above them"]) == [False] * 5
    assert frame.loc["2019", "Events"] == 6


def test_the_calendar_holds_what_followed_the_last_report():
    for edition, day in (("2022-08", "2022-08-29"), ("latest", "2023-07-10")):
        entries, lanes, since = came.entries(Report(edition))
        assert since == day
        assert (entries["date"] > day).all()
        assert set(entries["lane"]) <= set(lanes)
    frame = came.calendar(Report("latest")).frame
    totals = Report("latest").all_totals
    here = totals[totals["month"].eq("2024-05")]["events"].sum()
    assert frame.set_index("Month").loc["2024-05", ["Northern Mali", "Central Mali", "Southern Mali"]].sum() == here


_PERIOD = re.compile(r"\d{4}(?:-\d\d|H[12]|Q[1-4])?")


@pytest.mark.parametrize("edition", ["2022-08", "2023-07"])
@pytest.mark.parametrize(
    "page", [*story_figures.REPORT, "evidence/country", "evidence/army", "evidence/zones", "evidence/power"]
)
def test_no_figure_looks_past_the_edition_but_under_what_happened_next(page, edition):
    end, heading, late = Report(edition).as_of, "", []
    for _, one in story_figures.sections(page, edition):
        if isinstance(one, tuple):
            heading = next((x[3:] for x in one[0].splitlines() if x.startswith("## ")), heading)
        elif isinstance(one, Figure) and heading != "What happened next":
            cells = {x for column in one.frame for x in [column, *one.frame[column]] if isinstance(x, str)}
            late += [(one.id, x) for x in sorted(cells) if _PERIOD.fullmatch(x) and names.window_of(x).first > end]
    assert not late

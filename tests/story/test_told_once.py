"""What the chronology tells is told as what it is: a report's claim as a claim, one story once, one event by one name."""

from __future__ import annotations

import re

import pytest

import story_figures
from helpers import definitions as d
from helpers.audit import headline
from helpers.audit.published import REPORTS
from helpers.data import Tables
from helpers.editions import Report
from helpers.figures import Figure
from helpers.forms import periods
from helpers.page.frame import Facts
from helpers.story import fared, junta_forces, northern, overview, standing, timeline
from helpers.words import facts, names

pytestmark = pytest.mark.slow


def test_what_only_an_audited_report_says_is_worded_as_its_claim():
    rows = Tables().chronology().query("source_kind == 'report'")
    days = {text.rsplit(", ", 1)[1] for text in REPORTS.values()}
    assert len(rows) >= 4
    for row in rows.itertuples():
        year = next(day[-4:] for day in days if row.source.endswith(day))
        said = facts.both(row.id, row.event)
        assert re.search(rf"\breport of {year} (says|cites)\b", said.en, re.IGNORECASE), row.id
        assert re.search(rf"\brapport de {year}\b", said.fr, re.IGNORECASE), row.id


def test_no_date_on_a_chart_rests_on_an_audited_report_alone():
    rows = Tables().chronology().set_index("id")
    starts = [one for force in (*junta_forces.FORCES, *junta_forces.ECOWAS) for one in force[2:] if one]
    assert rows.loc[[*timeline.CHARTED, *starts], "source_kind"].ne("report").all()
    # Each mark has its entry in the list, in its own month.
    assert {month for month, _ in periods.DATES} == set(rows.loc[list(timeline.CHARTED), "date"].str[:7])


def test_one_story_stands_once():
    """One dispatch of an agency, carried by two papers, stood as two entries, a day and its month."""
    rows = Tables().chronology()
    news = rows.assign(
        agency=rows["source"].str.extract(r"^(AFP|Reuters|AP)\b", expand=False), month=rows["date"].str[:7]
    )
    for _, part in news.dropna(subset="agency").groupby(["agency", "month", "category"]):
        papers = part["source"].str.extractall(r"(?:via |; |in )(?:The )?([A-Z][\w ]+?)(?=[,;]|$)")[0]
        again = papers.groupby(level=0).agg(set)
        vague = part[part["precision"].eq("month")].index.intersection(again.index)
        for at in vague:
            assert not any(again[at] & again[other] for other in again.index if other != at), rows.loc[at, "id"]


def test_an_event_has_one_name_on_all_charts():
    named = {label.en for _, label in periods.DATES}
    assert set(northern.MARKS.values()) <= named
    drawn = {one.id: str(one.spec()) for one in story_figures.shown("northern", "latest") if isinstance(one, Figure)}
    for figure in ("northern-actors", "northern-separatists"):
        assert "UN gone" in drawn[figure]
    assert "MINUSMA" not in drawn["northern-separatists"]


def test_that_wagner_came_is_known_before_the_report_tells_its_price():
    """The bar and the sentence hung on the report of 2023, so that the edition of August 2022 had neither."""
    r = Report("2022-08")
    assert "since December 2021" in junta_forces.who_came(r).en
    assert "Wagner" in set(junta_forces.forces(r).frame["Force"])


def test_the_timeline_does_not_send_its_reader_to_the_timeline():
    assert timeline.dates(Report("latest"))._rest is None
    assert standing.dates(Report("latest"))._rest is not None


def test_no_months_are_still_to_come_after_the_edition_has_seen_them():
    assert "still" not in fared._WHY[headline.NOT_YET].en


@pytest.mark.parametrize("edition", ["2022-08", "2023-07", "latest"])
def test_the_front_page_says_where_each_group_has_most_events(edition):
    r = Report(edition)
    rows = r.actors[r.actors["month"].between(str(r.end("actors") - 11), str(r.end("actors")))]
    rows = rows[rows["event_type"].isin(d.VIOLENT)]
    for groups, words in ((d.JNIM_WIDE, "JNIM had most events in {}"), (("is-sahel",), "Islamic State Sahel in {}.")):
        own = rows[rows["side1"].isin(groups) | rows["side2"].isin(groups)]
        top = own.groupby("region")["events"].sum().idxmax()
        assert words.format(names.short(top).en) in overview.groups(r).en


@pytest.mark.parametrize(
    ("page", "entries"),
    [
        ("trajectory", {"2026-04-25-fla-claims-kidal", "2026-10-06-fla-leaves-kidal"}),
        ("wagner", {"2026-04-27-africa-corps-leaves-kidal"}),
    ],
)
def test_lists_of_facts_tell_what_became_of_kidal(page, entries):
    told = {
        one for shown in story_figures.shown(page, "latest") if isinstance(shown, Facts) for one in shown.rows["id"]
    }
    assert entries <= told

"""A box tells nothing that its edition could not know outside the part for it, and each doubt by one rule."""

from __future__ import annotations

import re
from functools import cache

import pytest
from bs4 import BeautifulSoup

from helpers.audit import claims as c
from helpers.editions import Report
from helpers.entries import published_on
from helpers.estimates import intervals
from helpers.page import claimbox
from helpers.page.claimbox import ClaimBox
from helpers.page.meaning import UNCLEAR
from helpers.windows import MONTHS

EDITIONS = {name: Report(name) for name in ("2022-08", "2023-07", "2024-06", "latest")}
SHOWN = [(edition, claim.id) for edition, r in EDITIONS.items() for claim in c.due(r)]
LATE = ("Published after this edition", "Sources published after this edition")
FRENCH = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
DATED = re.compile(rf"(?:(\d{{1,2}})(?:er)? )?({'|'.join((*MONTHS, *FRENCH))}) (\d{{4}})")


@cache
def box(edition: str, claim_id: str) -> ClaimBox:
    return ClaimBox(c.evaluate(claim_id), day=EDITIONS[edition].edition.facts_to)


def days(text: str) -> list[str]:
    """Return the days and months that a text names."""
    order = {name: n % 12 + 1 for n, name in enumerate((*MONTHS, *FRENCH))}
    return [f"{year}-{order[name]:02d}-{int(day or 1):02d}" for day, name, year in DATED.findall(text)]


@pytest.mark.parametrize(("edition", "claim_id"), SHOWN)
def test_what_was_published_after_an_edition_stands_apart(edition, claim_id):
    """Boxes of July 2023 cited a source of 24 July, a statement of that day and a report of December among what was known."""
    made = box(edition, claim_id)
    page = BeautifulSoup(made._repr_mimebundle_()["text/html"], "html.parser")
    last = made.day or "9999"
    for head in page.select("dt"):
        if head.get_text() in LATE:
            head.find_next("dd").decompose()
    for row in page.select(".mali-claim__readings tr"):
        if "after this edition" in row.get_text():
            row.decompose()
    told = page.get_text(" ") + " ".join(tag["data-fr"] for tag in page.select("[data-fr]"))
    assert [day for day in days(told) if day > last] == []
    assert not any(year > last[:4] for year in re.findall(r"\b20[0-3]\d\b", told))
    if "whole of 2022" in told:
        assert last >= "2022-12-31", "a year that was not over"


def test_the_part_for_what_came_later_is_in_early_editions_only():
    for claim_id in ("R23-08", "R23-10", "R23-14", "R23-15", "R22-04"):
        early, late = box("2022-08" if claim_id < "R23" else "2023-07", claim_id), box("latest", claim_id)
        heads = [{head[0] for head, _ in made._notes()} for made in (early, late)]
        assert heads[0] & set(LATE), claim_id
        assert not heads[1] & set(LATE), claim_id
    assert (
        "US State Department"
        in dict((head[0], text[0]) for head, text in box("latest", "R23-15")._notes())["How it was read"]
    )


def test_an_early_box_counts_no_later_entry():
    for claim in c.claims():
        if claim.kind == "assessment":
            early, late = (
                BeautifulSoup(box(edition, claim.id)._html(), "html.parser").get_text()
                for edition in ("2023-07", "latest")
            )
            assert "came later" in late, claim.id
            known = c.evaluate(claim.id).sources["date"].between("2023-07-01", "2023-07-10").any()
            assert ("came later" in early) == known, claim.id


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ("Reuters via Irish Times, 10 August 2022; RFI via Axadle Times, August 2022", "2022-08-10"),
        ("UN press release SC/11453, resolution 2164 (2014)", ""),
        ("Agenzia Nova on the Blood Gold Report, 13 December 2023", "2023-12-13"),
    ],
)
def test_the_day_of_a_source_is_the_last_that_it_names(source, day):
    assert published_on(source) == day


BOTH = [(row.id, outcome) for row in c.claims() for outcome in ((False, True) if row.outcome else (False,))]


@pytest.mark.parametrize(("claim_id", "outcome"), BOTH)
def test_chance_is_said_of_every_part_that_rests_on_a_change(claim_id, outcome):
    """It was said of a statement without a number (R23-20) and not of a ratio with as wide an interval (R22-04)."""
    made = ClaimBox(c.evaluate(claim_id), outcome=outcome)
    for row in made.rows:
        if row.figure is None or not made.answer:
            continue
        found = made.answer.compared.get(row.figure.quantity)
        assert (UNCLEAR[0] in made._part(row)[3][0]) == bool(found and found.unclear), row.name
        assert (UNCLEAR[1] in made._part(row)[3][1]) == bool(found and found.unclear), row.name
        # A ratio or a change of counts has its interval, or is none of these.
        if row.figure.unit in ("times", "percent") and row.figure.rests != "area" and not row.figure.needs:
            assert isinstance(found, intervals.Comparison), (claim_id, row.name)


def test_the_boxes_that_were_named_say_it():
    for claim_id in ("R22-04", "R22-06", "R22-09", "R22-14", "R23-06", "R23-20", "R23-28"):
        assert UNCLEAR[0] in ClaimBox(c.evaluate(claim_id))._html(), claim_id


@pytest.mark.parametrize(("claim_id", "outcome"), BOTH)
def test_every_reading_shows_what_it_rests_on(claim_id, outcome):
    """A lone dash stood where the counts of a reading were not kept."""
    page = BeautifulSoup(ClaimBox(c.evaluate(claim_id), outcome=outcome)._html(), "html.parser")
    for row in page.select(".mali-claim__readings tbody tr"):
        cells = [cell.get_text() for cell in row.select("td")]
        assert cells[2] != "–", (claim_id, row.get_text("|"))


def test_a_source_that_says_otherwise_is_named_on_the_face():
    """One body says that Kidal voted; the box was "Sourced" as if none did."""
    face = BeautifulSoup(ClaimBox(c.evaluate("R23-10"))._html(), "html.parser").summary
    mark = next(tag for tag in face.select(".mali-claim__flag") if tag.get_text() == claimbox.DISSENT[0])
    assert mark["data-fr"] == "une source dit le contraire"
    assert not any(DISSENT in face.get_text() for DISSENT in ("true by definition",))


def test_names_of_parts_do_not_make_the_killed_fighters():
    for claim in c.claims():
        for figure in (*claim.figures, *claim.outcome):
            assert not re.search(r"ISGS (?:dead|deaths)|deaths of ISGS|EIGS morts", f"{figure.name} {figure.fr}"), (
                figure.name
            )


def test_the_pace_near_bamako_says_both_what_brings_it_close_and_what_does_not():
    claim = c.claim("R22-10")
    assert "close only by the room that the rule gives every count" in claim.why
    assert "no later revision of that count parts us" in claim.why
    assert "la marge que la règle accorde à tout décompte" in claim.why_fr
    assert c.evaluate("R22-10").verdict == "unsettled"


def test_the_pace_near_bamako_is_not_put_down_to_revisions():
    """Its nine events are the report's nine: the line on the verdict spoke of what the source changes."""
    for edition in ("2022-08", "latest"):
        meant = dict((head[0], text) for head, text in box(edition, "R22-10")._notes())["What the verdict means"]
        assert meant[0] == "It lies within the room that every count gets, though no revision parts us here."
        assert "aucune révision ne nous sépare ici du rapport" in meant[1]
    other = dict((head[0], text) for head, text in box("latest", "R22-06")._notes())["What the verdict means"]
    assert "when it revises them" in other[0], "a count that revisions move keeps its words"


def test_the_final_turnout_stands_beside_the_provisional_one_where_it_was_known():
    parts = {edition: {cells[0][0]: cells for cells in map(box(edition, "R23-10")._part, box(edition, "R23-10").rows)}
             for edition in ("2023-07", "latest")}  # fmt: skip
    assert parts["latest"]["Turnout"][4][0] == "38 to 39 %"
    assert parts["2023-07"]["Turnout"][4][0] == "–"
    late, now = (dict((head[0], text[0]) for head, text in box(e, "R23-10")._notes()) for e in ("2023-07", "latest"))
    assert "final turnout at 38.2 percent" in late["Published after this edition"]
    assert "provisional" in late["How it was read"]
    assert "38.2" not in late["How it was read"]
    assert "final turnout at 38.2 percent" in now["How it was read"]
    readings = BeautifulSoup(box("2023-07", "R23-10")._html(), "html.parser").select(".mali-claim__readings tr")
    (court,) = [row for row in readings if "final results" in row.get_text()]
    assert "source, after this edition" in court.get_text()


def test_who_says_that_kidal_did_not_vote_is_counted_once():
    """The part said one source where the sentence below said six bodies."""
    made = box("latest", "R23-10")
    part = next(cells for cells in map(made._part, made.rows) if cells[0][0] == "No vote in Kidal")
    assert part[3] == ("six bodies; a source dissents", "six instances ; une source dit le contraire")
    assert "six bodies say that Kidal did not vote" in made.answer.said.en


def test_a_source_that_gives_fewer_men_is_named():
    """The head of US Africa Command said several hundred; the part was "Sourced, 1,000 men", by a plan of before."""
    made = box("latest", "R23-14")
    part = next(cells for cells in map(made._part, made.rows) if cells[0][0] == "Men")
    assert part[3] == ("no other source; a source dissents", "aucune autre source ; une source dit le contraire")
    assert claimbox.DISSENT in made.marks()


def test_a_second_source_that_runs_past_the_statement_stands_apart():
    for edition in ("2023-07", "latest"):
        heads = [head[0] for head, text in box(edition, "R22-04")._notes() if "whole of 2022" in text[0]]
        assert heads == ["Second source, with later months"], edition


@pytest.mark.parametrize("claim_id", ["R22-11", "R23-09"])
def test_no_box_tells_what_came_of_the_census_of_2022(claim_id):
    assert "census" not in c.claim(claim_id).why


def test_a_rise_does_not_show_that_a_group_had_been_gone():
    """It stood under how the statement was read; what "holds" does not say belongs beside it."""
    told = {head[0]: text for head, text in ClaimBox(c.evaluate("R23-20"))._notes()}
    means = told["What the verdict means"]
    assert "they do not show that the group had been gone before" in means[0]
    assert "ni que le groupe avait disparu auparavant" in means[1]
    assert "gone before" not in told["How it was read"][0]

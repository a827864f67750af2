"""The key figures at the top of a chapter are the measures' own numbers, in every edition."""

from __future__ import annotations

import re

import pytest

import story_figures
from helpers import definitions as d
from helpers import measures as m
from helpers.audit import claims, headline, pace
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.figures import KeyFigures
from helpers.page.bilingual import Bilingual
from helpers.story import (
    audited,
    central,
    evidence_audit,
    junta,
    northern,
    outlook,
    scorecard,
    southern,
    summary,
    trajectory,
    wagner,
)
from helpers.windows import half_before
from test_figure_contract import ENGLISH, FRENCH, numbers

every = pytest.mark.parametrize("edition", [*story_figures.EDITIONS, "2019-01", "2020-08"])


def read(text: str) -> float:
    """Return the first number of a text."""
    return float(re.search(r"\d[\d,]*", text)[0].replace(",", ""))


def both(figures: KeyFigures) -> list[tuple[float, float]]:
    return [(read(key.value), read(key.note)) for key in figures.figures]


@every
def test_trajectory(edition):
    r = Report(edition)
    mi = m.militant_islamist(r.actors)
    vac = mi[mi["event_type"].eq(d.VAC) & mi["side1"].isin(d.MILITANT_ISLAMIST)]
    now, before = r.last_12, r.before_12
    area = [m.area(r.areas, half, "cell", d.CELL_DEGREES) for half in (r.half, half_before(r.half))]
    assert both(trajectory.key_figures(r)) == [
        (m.count(mi, now), m.count(mi, before)),
        (m.count(mi, now, "fatalities"), m.count(mi, before, "fatalities")),
        (m.count(vac, now), m.count(vac, before)),
        tuple(d.round_half_up(x, -2) for x in area),
    ]


@every
def test_central(edition):
    r = Report(edition)
    mi = m.militant_islamist(r.actors)
    centre = mi[mi["region"].isin(["Mopti", "Segou"])]
    jnim = centre[centre["side1"].isin(["jnim", "flm"]) | centre["side2"].isin(["jnim", "flm"])]
    found = central.key_figures(r).figures
    for key, value in zip(found[:2], ("events", "fatalities"), strict=True):
        part, whole = m.count(centre, r.last_12, value), m.count(mi, r.last_12, value)
        assert read(key.value) == d.round_half_up(100 * part / whole)
        assert [read(x) for x in key.note.split(" of ")] == [part, whole]
    assert both(KeyFigures(found[2:])) == [
        (m.count(centre, r.recent), m.count(centre, r.recent_before)),
        (
            d.round_half_up(100 * m.count(jnim, r.recent) / m.count(centre, r.recent)),
            m.count(centre[centre["flm"].isin(["named", "mentioned"])], r.recent),
        ),
    ]


@every
def test_southern(edition):
    r = Report(edition)
    mi = m.militant_islamist(r.actors)
    near = mi[mi["band"].isin(["0-50", "50-100", "100-150"])]
    south = mi[mi["region"].isin(["Bamako", "Kayes", "Koulikoro", "Sikasso"])]
    people = r.regions.set_index("zone").loc["south", "population"].sum() / r.regions["population"].sum()
    assert both(southern.key_figures(r)) == [
        (m.count(near, r.recent), m.count(near, r.recent_before)),
        (m.count(south, r.last_12), m.count(south, r.before_12)),
        *[(m.count(x, r.last_12), m.count(x, r.before_12)) for x in [mi[mi["region"].eq("Kayes")]]],
        (d.round_half_up(100 * people), d.round_half_up(100 * m.count(south, r.last_12) / m.count(mi, r.last_12))),
    ]


@every
def test_summary_in_both_languages(edition):
    r = Report(edition)
    made = summary.key_figures(r)
    assert isinstance(made, Bilingual)
    mi = m.militant_islamist(r.actors)
    assert both(made.english)[0] == (m.count(mi, r.last_12), m.count(mi, r.before_12))
    assert both(made.english)[:3] == both(trajectory.key_figures(r))[:3]
    share = m.count(m.in_zone(mi, "centre"), r.last_12) / m.count(mi, r.last_12)
    assert both(made.english)[3][0] == d.round_half_up(100 * share)
    for one, other in zip(made.english.figures, made.french.figures, strict=True):
        a, b = (" ".join([key.value, key.label, key.note]) for key in (one, other))
        assert numbers(a, ENGLISH, ",", ".") == numbers(b, FRENCH, "\u202f", ",")


def values(figures: KeyFigures) -> list[list[float]]:
    """Return every number of the values, as they stand."""
    return [
        [float(x.replace(",", "")) for x in re.findall(r"\d[\d,]*(?:\.\d+)?", key.value)] for key in figures.figures
    ]


@every
def test_junta(edition):
    r = Report(edition)
    found = junta.key_figures(r).figures

    def one(label: str):
        return next((key for key in found if label in key.label), None)

    known = set(r.chronology["id"])
    # Wagner and the Africa Corps are one force under two names: nobody has left while either is there.
    there = {name: last in known for name, kind, first, last in junta.FORCES if first in known and kind != "wagner"}
    russians = [last in known for _, kind, first, last in junta.FORCES if first in known and kind == "wagner"]
    gone, forces = sum(there.values()) + (bool(russians) and all(russians)), len(there) + bool(russians)
    assert one("foreign forces have left").value == f"{gone} of {forces}"
    assert bool(one("in power")) == ("2020-08-18-coup" in known)
    if one("in power"):
        at = junta.last_day(r)
        whole = (int(at[:4]) - 2020) * 12 + int(at[5:7]) - 8 - (int(at[8:]) < 18)
        assert numbers(one("in power").value, ENGLISH, ",", ".") <= {float(whole)}
    assert bool(one("bases")) == (len(r.bases) > 0)
    if one("bases"):
        shared = r.bases.assign(un=r.bases["mission"].eq("MINUSMA")).drop_duplicates(["un", "place"])
        north = shared["region"].isin(["Gao", "Kidal", "Menaka", "Tombouctou"]).sum()
        assert both(KeyFigures([one("bases"), found[0]]))[0] == (len(shared), north)
    assert read(one("press-freedom").value) == junta.known_indices(r, "rsf-rank")["value"].iloc[-1]
    assert bool(one("turnout")) == (len(r.referendum) > 0)
    if one("turnout"):
        final = r.referendum["stated_by"].str.contains("final").any()
        assert one("turnout").value == ("38.2 percent" if final else "39.4 percent")


@every
def test_wagner(edition):
    r = Report(edition)
    vac = r.actors[r.actors["event_type"].eq(d.VAC)]
    last_two = [
        (m.count(vac[vac["side1"].isin(groups)], r.last_12), m.count(vac[vac["side1"].isin(groups)], r.before_12))
        for groups in (["state", "wagner"], list(d.MILITANT_ISLAMIST))
    ]
    found = wagner.key_figures(r).figures
    assert both(KeyFigures(found[-2:])) == last_two
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        assert len(found) == 2
        return
    named = r.actors[r.actors["wagner"].ne("no") & r.actors["event_type"].isin(d.VIOLENT)]
    named = named[named["month"].between(d.WAGNER_ARRIVAL, str(r.as_of))]
    total = named["events"].sum()
    assert both(KeyFigures(found))[0] == (total, named[named["wagner"].eq("named")]["events"].sum())
    assert len(found) == (5 if total >= d.SMALL_COUNT else 3)
    if len(found) == 5:
        parts = (named["event_type"].eq(d.VAC), named["region"].isin(["Mopti", "Segou"]))
        for key, part in zip(found[1:3], parts, strict=True):
            assert read(key.note) == named[part]["events"].sum()
            assert read(key.value) == d.round_half_up(100 * read(key.note) / total)


@every
def test_northern(edition):
    r = Report(edition)
    violent = r.actors[r.actors["event_type"].isin(d.VIOLENT)]
    sides = [set(pair) for pair in zip(violent["side1"], violent["side2"], strict=True)]

    def met(one: set[str], other: set[str]):
        return violent[[bool(pair & one) and bool(pair & other) for pair in sides]]

    isgs = violent[["is-sahel" in pair for pair in sides]]
    isgs = isgs[isgs["region"].isin(["Gao", "Menaka"])]
    north = violent[violent["region"].isin(["Gao", "Kidal", "Menaka", "Tombouctou"])]
    expected = [
        (north, "events"),
        (isgs, "fatalities"),
        (met({"is-sahel"}, {"jnim", "flm"}), "events"),
        (met({"state", "wagner"}, {"separatist"}), "events"),
    ]
    assert both(northern.key_figures(r)) == [
        (m.count(rows, r.last_12, value), m.count(rows, r.before_12, value)) for rows, value in expected
    ]


def keys(box) -> list[list[float]]:
    return [[float(x.replace(",", "")) for x in re.findall(r"\d[\d,]*(?:\.\d+)?", key.value.en)] for key in box.keys]


@every
def test_outlook(edition):
    r = Report(edition)
    box = outlook.answer(r)
    table = pace.history(r).dropna(subset=["pace_error"])
    fair = table.dropna(subset=["naive_error", "rest_error"])
    assert keys(box)[:2] == [
        [d.round_half_up(100 * fair["pace_error"].abs().mean())],
        [(table["pace_error"].abs() <= 0.1).sum(), len(table)],
    ]
    # What became of the projections is told at the top of the latest edition alone.
    assert len(box.keys) == (3 if edition == "latest" else 2)
    if edition == "latest":
        verdicts = [claims.evaluate(row.id).verdict for row in claims.due(r) if row.outcome]
        assert keys(box)[2] == [verdicts.count("borne out"), len(verdicts) - verdicts.count("open")]


def test_scorecard():
    with pytest.raises(NotInEdition, match="No statement had been made"):
        scorecard.answer(Report("2021-12"))
    for edition in ("2022-08", "2023-07"):
        r = Report(edition)
        box = scorecard.answer(r)
        holding, facts, firm = keys(box)
        then = [(x, summary.verdict_then(x)) for x in summary.judged(r)]
        checked = [(x, verdict) for x, verdict in then if verdict not in headline.UNCHECKED]
        events = [(x, v) for x, v in checked if x.claim.kind != "documented" and headline.rests_on_events(x)]
        assert holding == [sum(v == "reproduced" for _, v in events), len(events)]
        proxy = sum(x.claim.proxy and v in audited.HOLDS for x, v in events)
        assert read(box.keys[0].judged.en) == proxy
        documents = [v for x, v in checked if x.claim.kind == "documented"]
        assert facts == [documents.count("sourced"), len(documents)]
        # Land and people, which no event data hold, are counted nowhere among events.
        assert {x.claim.id for x, _ in events}.isdisjoint({"R22-11", "R23-09"})
        levels = evidence_audit.levels(r).frame.set_index("Level")["Figures"]
        assert firm == [levels["Robust"], levels.sum()]
        assert not evidence_audit.checks(r).frame["Finding"].eq("Contradiction").any()

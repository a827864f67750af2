"""The key figures at the top of a chapter are the measures' own numbers, in every edition."""

from __future__ import annotations

import re

import pytest

import story_figures
from helpers import definitions as d
from helpers import measures as m
from helpers.bilingual import Bilingual
from helpers.editions import Report
from helpers.figures import KeyFigures
from helpers.story import central, southern, summary, trajectory
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

"""Cercles around a handover: a hand-worked case, and a test that rejects as often as it says it does."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.chapters import NotInEdition
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import DataError
from helpers.estimates import handovers as h
from helpers.estimates import interruptions as it
from helpers.story import departures, junta_departures
from helpers.windows import window

AT = (pd.Period("2020-01", "M"), pd.Period("2020-01", "M"))
WHOLE = window("2017-01", "2021-12")


def panel(rows: dict[str, np.ndarray]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=pd.period_range("2017-01", "2021-12", freq="M"), dtype=float).T


def test_a_panel_fills_months_without_an_event_and_cercles_without_any():
    rows = pd.DataFrame({"month": ["2020-01", "2020-03"], "cercle": ["A", "A"], "events": [2, 5]})
    found = h.panel(rows, ["A", "B"], window("2020-01", "2020-03"))
    assert found.loc["A"].tolist() == [2, 0, 5]
    assert found.loc["B"].tolist() == [0, 0, 0]
    assert h.comparable(
        h.panel(rows.assign(events=[8, 4]), ["A", "B"], WHOLE), pd.Period("2020-04", "M"), ["A", "B"]
    ) == ["A"]


def test_a_ratio_worked_by_hand():
    """Own: 2 a month, then 6. Others: 5 a month together, then 10. Expected 4 a month, so 1.5 times as many."""
    later = np.arange(60) > 36
    counts = panel(
        {
            "own": np.where(later, 6, 2), "one": np.where(later, 7, 3), "two": np.where(later, 3, 2),
            "three": np.zeros(60),
        }
    )  # fmt: skip
    found = h.departure(counts, {"own": AT}, ["one", "two", "three"])
    assert (found.before, found.after, found.expected) == (24.0, 72.0, 48.0)
    assert found.ratio == pytest.approx(72.5 / 48.5)
    before = found.course[found.course["months"] < 0]
    assert np.allclose(before["ratio"], 1.0)
    # A quarter: 18 events over 2·24 · 30/120 = 12.
    assert found.course.loc[found.course["months"].eq(1), "ratio"].item() == pytest.approx(18.5 / 12.5)


def test_months_between_the_first_and_the_last_handover_count_for_neither_side():
    counts = panel({"own": np.full(60, 4.0), "one": np.full(60, 4.0), "two": np.full(60, 4.0)})
    counts.loc["own", "2020-01":"2020-05"] = 90.0
    found = h.departure(counts, {"own": (AT[0], pd.Period("2020-05", "M"))}, ["one", "two"])
    assert found.ratio == pytest.approx(1.0)


def test_other_dates_hold_none_of_the_handovers_months():
    counts = panel({name: np.full(60, 4.0) for name in ("own", "one", "two")})
    panes = h._Panes(counts, [AT])
    for step in panes.steps():
        (a, b), *_ = panes.shifted(step).at
        assert a - h.BEFORE > 36 or b + h.AFTER < 36
        assert a - h.BEFORE >= 0
        assert b + h.AFTER < 60


def _drawn(rng: np.random.Generator, factor: float) -> pd.DataFrame:
    """Twelve cercles (synthetic), each with months that carry over; the first four change by a factor."""
    rows = {}
    for place in range(12):
        steps = rng.standard_normal(60)
        for k in range(1, 60):
            steps[k] = 0.6 * steps[k - 1] + 0.8 * steps[k]
        means = 8 * np.exp(0.35 * steps)
        means[37:] *= factor if place < 4 else 1.0
        rows[str(place)] = rng.poisson(means)
    return panel(rows)


def test_chance_is_called_rare_as_often_as_it_should_be(monkeypatch):
    monkeypatch.setattr(h, "DRAWS", 199)
    rng = np.random.default_rng(1)
    closings = {str(place): AT for place in range(4)}
    found = [h.departure(_drawn(rng, 1.0), closings, [str(x) for x in range(4, 12)]) for _ in range(80)]
    rare = np.mean([one.share <= it.RARE for one in found])
    covered = np.mean([one.interval.low <= 1 <= one.interval.high for one in found])
    assert rare <= 0.11
    assert covered >= 0.89


def test_an_effect_of_the_size_said_to_be_seen_is_seen(monkeypatch):
    monkeypatch.setattr(h, "DRAWS", 199)
    rng = np.random.default_rng(2)
    closings, others = {str(place): AT for place in range(4)}, [str(x) for x in range(4, 12)]
    size = np.median([h.departure(_drawn(rng, 1.0), closings, others).seen for _ in range(10)])
    found = [h.departure(_drawn(rng, size), closings, others) for _ in range(40)]
    assert 0.6 <= np.mean([one.share <= it.RARE for one in found]) <= 0.97
    assert np.exp(np.mean([np.log(one.ratio) for one in found])) == pytest.approx(size, rel=0.1)


def test_comparisons_that_cannot_be_made_say_so():
    counts = panel({"own": np.full(60, 4.0), "one": np.zeros(60)})
    with pytest.raises(DataError, match="cercles that had none"):
        h.departure(counts, {"own": AT}, [])
    with pytest.raises(DataError, match="nothing to compare with"):
        h.departure(counts, {"own": AT}, ["one"])
    late = (pd.Period("2021-06", "M"), pd.Period("2021-06", "M"))
    with pytest.raises(DataError, match="do not hold 24 before the first handover and 12 after the last"):
        h.departure(counts, {"own": late}, ["one"])


def test_kidal_is_apart_and_the_rest_is_one_case():
    report = Report("latest")
    rest, apart = departures.departure(report), departures.departure(report, departures.APART)
    assert set(apart.cercles) == {"Kidal", "Tessalit"}
    assert len(rest.cercles) == 8
    assert not {"Kidal", "Tessalit", "Bamako"} & ({*rest.cercles} | {*rest.others} | {*apart.others})
    assert not {*departures.CERCLES.values()} & {*rest.others}
    # Outside Kidal the change is within what random choices of cercles show; in Kidal it is not.
    assert (rest.share > it.RARE, apart.share <= it.RARE) == (True, True)
    assert "not distinguishable" in departures.minusma(report).title


def test_what_came_after_the_departure_needs_a_year_of_totals(monkeypatch):
    monkeypatch.setattr(Tables, "last_month", lambda *_: pd.Period("2024-06", "M"))
    with pytest.raises(
        NotInEdition, match="The totals end in June 2024; the year after MINUSMA's departure ends in December 2024"
    ):
        departures.minusma(Report("latest"))


def test_handovers_that_share_most_of_a_year_are_one_case():
    rows = pd.DataFrame(
        [
            ("Barkhane", "Kidal", "2021-10-01"), ("Barkhane", "Kidal", "2021-11-13"), ("MINUSMA", "Kidal", "2023-10-31"),
            ("MINUSMA", "Gao", "2023-06-01"), ("MINUSMA", "Gao", "2023-12-12"), ("MINUSMA", "Gao", "2024-07-22"),
        ],
        columns=["mission", "region", "date"],
    )  # fmt: skip
    found = junta_departures.cases(rows).groupby("region")["case"].agg(lambda cases: [str(case) for case in cases])
    # Six months apart, the years after share no more than half; what MINUSMA kept after its end is no case.
    assert found["Gao"] == ["2023-06", "2023-12"]
    assert found["Kidal"] == ["2021-10", "2021-10", "2023-10"]


def test_the_year_from_a_case_begins_with_its_first_handover_and_leaves_no_month_out():
    rows = pd.DataFrame(
        [("Barkhane", "Kidal", "2021-10-01", "Kidal"), ("Barkhane", "Kidal", "2021-11-13", "Tessalit")],
        columns=["mission", "region", "date", "place"],
    )
    months = pd.period_range("2020-01", "2023-12", freq="M").astype(str)
    totals = pd.DataFrame({"month": months, "region": "Kidal", "events": 2, "fatalities": 1})
    totals.loc[totals["month"].isin(["2021-10", "2021-11"]), "events"] = 90
    other = totals.assign(region="Gao", events=3)
    (one,) = junta_departures.handovers(rows, pd.concat([totals, other]), pd.Period("2023-12", "M")).to_dict("records")
    # Twelve months of two events before; of the twelve from October on two have 90.
    assert (one["in_before"], one["in_after"], one["rest_after"]) == (24, 200, 36)
    assert one["label"] == "Kidal, Oct-Nov 2021 (French-led)"

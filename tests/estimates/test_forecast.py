"""Forecasts: every rule worked by hand or against a published value, no look ahead, and honest sums."""

import math

import numpy as np
import pandas as pd
import pytest

from conftest import VAC, rows
from helpers.editions import Report
from helpers.estimates import forecast as fc
from helpers.figures import Table
from helpers.measures.foreseen import BY_ACTOR
from helpers.story import forecast as story
from helpers.windows import window


def test_blocks_end_with_the_last_month_and_drop_the_odd_ones_first():
    frame = rows(*[(f"2021-{i + 1:02d}", "Mopti", VAC, "jnim", "civilians", i + 1, 2 * (i + 1)) for i in range(12)])
    table = fc.blocks(frame, window("2020-12", "2021-12"))
    assert list(table["last"]) == ["2021-06", "2021-12"]
    assert list(table["count"]) == [21, 57]
    assert list(table["label"]) == ["January-June 2021", "July-December 2021"]
    assert list(fc.blocks(frame, window("2021-01", "2021-12"), "fatalities")["count"]) == [42, 114]


def test_pace_and_season_repeat_the_right_block():
    counts = np.array([5, 5, 5, 5, 5, 5, 5, 9])
    assert fc.by_pace(counts).value == 9
    assert fc.by_season(counts).value == 5


def test_the_range_of_the_pace_by_hand_with_the_tabled_t():
    # log(1 + y) alternates by log 2, so every error has that size; t with 8 degrees of freedom at 90 percent is 1.397.
    counts = np.array([3, 7, 3, 7, 3, 7, 3, 7, 3])
    made = fc.by_pace(counts)
    assert made.low == pytest.approx(max(0.0, 4 * 2**-1.397 - 1), abs=2e-3)
    assert made.high == pytest.approx(4 * 2**1.397 - 1, abs=5e-3)


def test_only_the_last_errors_make_the_range():
    calm = np.array([100] * 12)
    assert fc.by_pace(np.append([1, 1000, 1, 1000], calm)).high == fc.by_pace(calm).high == pytest.approx(100)


def test_smoothing_is_the_recursion_with_the_best_weight():
    counts = np.array([10, 14, 9, 13, 11, 12, 10, 13, 11, 12])
    logs = np.log1p(counts)

    def level(weight):
        state, loss = logs[0], 0.0
        for y in logs[1:]:
            loss += (y - state) ** 2
            state += weight * (y - state)
        return loss, state

    best = min(fc.WEIGHTS, key=lambda weight: level(weight)[0])
    assert fc.by_smoothing(counts).value == pytest.approx(math.expm1(level(best)[1]), rel=1e-9)
    assert best < 0.5  # scatter around a level: little weight on the last block
    assert fc.by_smoothing(np.array([1, 2, 4, 8, 16, 32, 64, 128])).value == pytest.approx(128)


def test_the_dispersion_by_hand():
    # z = ((4 - 2)² - 4) / 2 = 0 and ((8 - 4)² - 8) / 4 = 2; Σ z m / Σ m² = 8 / 20.
    assert fc.dispersion(np.array([4.0, 8.0]), np.array([2.0, 4.0])) == pytest.approx(0.4)
    assert fc.dispersion(np.array([2.0, 4.0]), np.array([2.0, 4.0])) == 0.0


def test_the_trend_goes_on_with_exact_doubling():
    made = fc.by_trend(np.array([1, 2, 4, 8, 16, 32, 64, 128]))
    assert made.value == pytest.approx(256, rel=1e-6)
    # Poisson scatter of 256 alone: 80 percent within 1.2816 · 16, and somewhat more for the fitted trend.
    assert 256 - 60 < made.low < 256 - 20
    assert 256 + 20 < made.high < 256 + 60


def test_the_trend_of_a_flat_poisson_series_has_the_poisson_range():
    counts = np.array([100, 102, 98, 101, 99, 100, 102, 98, 100, 100] * 4)
    made = fc.by_trend(counts)
    assert made.value == pytest.approx(100, abs=1)
    assert made.low == pytest.approx(100 - 1.2816 * math.sqrt(110), abs=2.5)
    assert made.high == pytest.approx(100 + 1.2816 * math.sqrt(110), abs=2.5)


def table(errors):
    """Return a synthetic back-test from errors by rule."""
    records = [
        (f"{2000 + i}-06", "x", 10, rule, 10 + e, 9.0, 12.0, e, 9 <= 10 + e <= 12)
        for rule, row in errors.items()
        for i, e in enumerate(row)
    ]
    columns = ["last", "label", "actual", "rule", "value", "low", "high", "error", "covered"]
    return pd.DataFrame(records, columns=columns)


def test_skill_by_hand():
    found = fc.skill(
        table({"pace": [1, -1] * 5, "seasonal": [2, -2] * 4 + [0, 2], "smoothing": [2, -2] * 5, "trend": [4] * 10})
    ).set_index("rule")
    assert found.loc["seasonal", "mae"] == 1.8
    assert found.loc["pace", "skill"] == pytest.approx(1 - 1 / 1.8)
    assert found.loc["trend", "skill"] == pytest.approx(1 - 4 / 1.8)
    assert tuple(found.loc["pace", ["better", "ties", "coverage", "bias"]]) == (9, 0, 1.0, 0.0)
    # Nine of ten: the two-sided sign test gives 22 / 1024.
    assert found.loc["pace", "p"] == pytest.approx(22 / 1024)
    assert tuple(found.loc["smoothing", ["better", "ties"]]) == (0, 9)
    # Wilson's interval of ten in ten reaches down to 10 / (10 + 1.96²).
    assert found.loc["pace", "coverage_low"] == pytest.approx(10 / (10 + 1.959964**2), abs=1e-4)
    assert math.isnan(found.loc["seasonal", "p"])


def test_a_forecast_knows_nothing_of_what_it_foretells():
    series = pd.DataFrame(
        {"last": [f"{2000 + i}-06" for i in range(11)], "label": "x", "count": [3, 5, 4, 8, 9, 7, 12, 15, 11, 20, 18]}
    )
    changed = series.assign(count=[*series["count"][:10], 999])
    one, two = fc.backtest(series), fc.backtest(changed)
    columns = ["value", "low", "high"]
    pd.testing.assert_frame_equal(one[columns], two[columns])
    assert len(one) == 3 * len(fc.METHODS)


def test_an_edition_forecasts_from_its_own_months_only():
    r = Report("2023-07")
    history = fc.history("events", str(r.as_of), r.tables)
    assert history.series["last"].iloc[-1] == "2023-06"
    assert history.next["pace"].value == history.series["count"].iloc[-1]
    later = fc.history("events", "2024-06", r.tables)
    pd.testing.assert_frame_equal(later.series.head(len(history.series)), history.series)


def test_what_came_stands_in_its_own_section_only():
    known = story.came(Report("2023-07"))
    assert isinstance(known, Table)
    assert set(known.frame["Within the range"]) <= {"yes", "no"}
    assert "cannot be held against" in story.came(Report("latest"))
    assert "cannot be held against" in story.came(Report("2024-12"))


@pytest.mark.parametrize("edition", ["2019-01", "2022-08", "latest"])
def test_ranges_are_ordered_and_never_negative(edition):
    r = Report(edition)
    for name in BY_ACTOR:
        for made in fc.history(name, str(r.as_of), r.tables).next.values():
            assert 0 <= made.low <= made.value <= made.high

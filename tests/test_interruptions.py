"""Effects of a date: exact where the truth has no noise, and honest about what noise allows where it has."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers import data
from helpers import measures as m
from helpers.errors import DataError
from helpers.estimates import interruptions as it
from helpers.measures import Interval
from helpers.story import turning
from helpers.windows import window

DATE = pd.Period("2020-08", "M")


def series(values: np.ndarray, first: str = "2018-01") -> pd.Series:
    return pd.Series(np.asarray(values, float), index=pd.period_range(first, periods=len(values), freq="M"))


def test_a_step_without_noise_or_trend_is_found_exactly():
    """Ten a month before, the month of the date odd, twenty a month after."""
    counts = series(np.r_[np.full(31, 10.0), 500.0, np.full(12, 20.0)])
    found = it.effect(counts, DATE)
    assert found.ratio == pytest.approx(2.0)
    assert (found.growth, found.step) == (pytest.approx(1.0), pytest.approx(2.0))
    assert (found.before, found.after, found.months_after) == (10.0, 20.0, 12)


def test_trend_step_and_slope_without_noise():
    """Growth of half a year before; a step of 1.2 and another growth after: the mean effect worked by hand."""
    time = (np.arange(44) - 32) / 12
    log = np.log(60) + np.log(1.5) * time
    later = np.arange(44) >= 32
    counts = series(np.exp(log + later * (np.log(1.2) + 0.3 * time)))
    found = it.effect(counts, DATE)
    assert found.growth == pytest.approx(1.5)
    assert found.step == pytest.approx(1.2)
    # Mean of t over months 0 to 11, in years: 5.5/12.
    assert found.ratio == pytest.approx(1.2 * np.exp(0.3 * 5.5 / 12))


def test_months_past_those_used_do_not_matter():
    counts = it.counts_of(m.militant_islamist(data.actors()), window("2012-01", "2025-02"))
    whole, cut = it.effect(counts, DATE), it.effect(counts.loc[: DATE + 12], DATE)
    assert whole == cut


def test_too_few_months_or_events_are_refused_in_one_sentence():
    with pytest.raises(DataError, match="August 2020 has three months after it; 9 are needed"):
        it.effect(series(np.full(35, 10.0)), DATE)
    with pytest.raises(DataError, match="does not hold 24 months before"):
        it.effect(series(np.full(30, 10.0), "2020-01"), DATE)
    with pytest.raises(DataError, match="fewer than 24 events before"):
        it.effect(series(np.r_[np.zeros(31), 1, np.full(12, 9.0)]), DATE)
    with pytest.raises(DataError, match="no other date than"):
        it.placebos(series(np.full(37, 10.0), "2018-08"), DATE)


def test_a_gap_of_several_months_is_left_out_whole():
    counts = series(np.r_[np.full(31, 10.0), 900.0, 900.0, 900.0, np.full(12, 30.0)])
    assert it.effect(counts, DATE, gap=3).ratio == pytest.approx(3.0)
    assert it.months_after(counts, DATE, gap=3) == 12


def _simulated(rng: np.random.Generator, effect: float) -> pd.Series:
    time = (np.arange(120) - 90) / 12
    mean = 40 * np.exp(0.25 * time) * np.where(np.arange(120) > 90, effect, 1.0)
    return series(rng.poisson(mean * rng.gamma(20, 1 / 20, 120)), "2013-02")


def test_simulated_series_without_an_effect_are_seldom_called_a_break():
    rng = np.random.default_rng(3)
    verdicts = []
    for _ in range(12):
        counts = _simulated(rng, 1.0)
        found = it.effect(counts, DATE)
        verdicts.append(it.strength(found.interval, it.share_as_large(found.ratio, it.placebos(counts, DATE))))
    assert verdicts.count("break") <= 2


def test_a_simulated_doubling_is_recovered_and_called_a_break():
    rng = np.random.default_rng(4)
    ratios, breaks, covered = [], 0, 0
    for _ in range(10):
        counts = _simulated(rng, 2.0)
        found = it.effect(counts, DATE)
        ratios.append(found.ratio)
        covered += found.interval.low <= 2.0 <= found.interval.high
        breaks += it.strength(found.interval, it.share_as_large(found.ratio, it.placebos(counts, DATE))) == "break"
    assert np.exp(np.mean(np.log(ratios))) == pytest.approx(2.0, rel=0.1)
    assert breaks >= 7
    assert covered >= 7


def test_placebo_dates_keep_their_distance_and_take_the_comparison_off():
    counts = _simulated(np.random.default_rng(5), 1.0)
    others = it.placebos(counts, DATE)
    assert all(abs((pd.Period(x, "M") - DATE).n) >= it.APART for x in others["month"])
    against_itself = it.placebos(counts, DATE, base=counts)
    assert np.allclose(against_itself["ratio"], 1.0)


def test_the_difference_of_two_effects_worked_by_hand():
    one = it.Effect(DATE, 12, 2.0, Interval(1, 4), 1.0, Interval(1, 1), 2.0, 0.0, 1, 2, 0.3)
    other = it.Effect(DATE, 12, 0.5, Interval(0, 1), 1.0, Interval(1, 1), 0.5, 0.0, 1, 2, 0.4)
    ratio, band = it.difference(one, other)
    assert ratio == pytest.approx(4.0)
    # Errors of 0.3 and 0.4 make one of 0.5.
    assert band.high == pytest.approx(4.0 * np.exp(1.959964 * 0.5), rel=1e-6)


def test_a_trend_is_carried_on_in_both_ways():
    time = np.arange(60)
    grown = it.carried_on(series(10 * 1.02**time), DATE, DATE + 24)
    assert np.allclose(grown["steady"], grown["observed"])
    straight = it.carried_on(series(10.0 + time), DATE, DATE + 24)
    assert np.allclose(straight["straight"], straight["observed"])
    assert straight["month"].iloc[0] == "2018-08"
    assert len(straight) == it.BEFORE + 25


def test_the_dates_of_the_closures_are_those_of_the_table():
    bases = data.bases()
    closed = bases[bases["mission"].eq("MINUSMA") & bases["date"].str.startswith("2023") & bases["region"].ne("Bamako")]
    spans = closed.groupby("region")["date"].agg(["min", "max"]).map(lambda day: day[:7])
    assert {region: (row["min"], row["max"]) for region, row in spans.iterrows()} == turning.MINUSMA
    assert not set(turning.COMPARISON) & set(bases.loc[bases["mission"].eq("MINUSMA"), "region"])
    barkhane = bases.loc[bases["mission"].eq("Barkhane"), "date"].max()[:7]
    assert barkhane == next(turn.date for turn in turning.TURNS if turn.id == "barkhane")

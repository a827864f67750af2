"""Effects of a date: exact where the truth has no noise, and honest about what noise allows where it has."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from shapely.geometry import Point, shape

from helpers import measures as m
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import DataError
from helpers.estimates import interruptions as it
from helpers.measures import Interval
from helpers.story import departures, turning
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
    counts = it.counts_of(m.militant_islamist(Tables().actors()), window("2012-01", "2025-02"))
    whole, cut = it.effect(counts, DATE), it.effect(counts.loc[: DATE + 12], DATE)
    assert whole == cut


def test_too_few_months_or_events_are_refused_in_one_sentence():
    with pytest.raises(DataError, match="August 2020 has three months after it; 9 are needed"):
        it.effect(series(np.full(35, 10.0)), DATE)
    with pytest.raises(DataError, match="does not hold 24 months before"):
        it.effect(series(np.full(30, 10.0), "2020-01"), DATE)
    with pytest.raises(DataError, match="fewer than 24 events before"):
        it.effect(series(np.r_[np.zeros(31), 1, np.full(12, 9.0)]), DATE)
    assert it.placebos(series(np.full(37, 10.0), "2018-08"), DATE).empty


def test_a_gap_of_several_months_is_left_out_whole():
    counts = series(np.r_[np.full(31, 10.0), 900.0, 900.0, 900.0, np.full(12, 30.0)])
    assert it.effect(counts, DATE, gap=3).ratio == pytest.approx(3.0)
    assert it.months_after(counts, DATE, gap=3) == 12


def _simulated(rng: np.random.Generator, effect: float) -> pd.Series:
    time = (np.arange(120) - 90) / 12
    mean = 40 * np.exp(0.25 * time) * np.where(np.arange(120) > 90, effect, 1.0)
    return series(rng.poisson(mean * rng.gamma(20, 1 / 20, 120)), "2013-02")


@pytest.mark.slow
def test_simulated_series_without_an_effect_are_seldom_called_a_break():
    rng = np.random.default_rng(3)
    verdicts = []
    for _ in range(12):
        counts = _simulated(rng, 1.0)
        verdicts.append(it.judge(it.effect(counts, DATE), it.placebos(counts, DATE)).verdict)
    assert verdicts.count("none") >= 10


@pytest.mark.slow
def test_a_simulated_tripling_is_recovered_and_told_from_none():
    rng = np.random.default_rng(4)
    ratios, told, covered = [], 0, 0
    for _ in range(10):
        counts = _simulated(rng, 3.0)
        found = it.effect(counts, DATE)
        ratios.append(found.ratio)
        covered += found.interval.low <= 3.0 <= found.interval.high
        told += it.judge(found, it.placebos(counts, DATE)).verdict != "none"
    assert np.exp(np.mean(np.log(ratios))) == pytest.approx(3.0, rel=0.1)
    assert told >= 9
    assert covered >= 9


def test_without_carry_over_the_errors_are_those_of_statsmodels(monkeypatch):
    """Where months are independent, the covariance of `together` gives the model-based one back."""
    monkeypatch.setattr(it.together, "__defaults__", (0.0,))
    rng = np.random.default_rng(8)
    y = rng.poisson(40 * rng.gamma(10, 0.1, 36)).astype(float)
    design = it._design(24, 12, 1)
    result, alpha = it.fit(y, design)
    ours = it._covariance(design, np.asarray(result.fittedvalues), alpha, it._time(design))
    assert alpha > 0.01
    assert np.allclose(ours, np.asarray(result.cov_params()), rtol=1e-6)


def test_months_that_carry_over_make_the_error_larger():
    means, time = np.full(36, 40.0), np.arange(36)
    alone, shared = it.together(means, 0.1, time, 0.0), it.together(means, 0.1, time)
    assert alone.sum() == pytest.approx(36 * (40 + 0.1 * 1600))
    assert shared.sum() > 4 * alone.sum()
    # Neighbours share alpha·m² times the carry-over; months two apart its square.
    assert shared[0, 1] == pytest.approx(160 * it.CARRY)
    assert shared[0, 2] == pytest.approx(160 * it.CARRY**2)


def test_placebo_windows_hold_nothing_of_the_date_and_have_ten_events_a_month():
    counts = _simulated(np.random.default_rng(5), 1.0)
    others = it.placebos(counts, DATE)
    assert len(others) >= 10
    for when in pd.PeriodIndex(others["month"], freq="M"):
        assert when - it.BEFORE > DATE or when + it.AFTER < DATE
        assert counts.loc[when - it.BEFORE : when - 1].mean() >= it.LEAST_RATE
    thin = it.placebos(counts * 0.0 + 9.0, DATE)
    assert thin.empty


def test_the_share_of_placebo_dates_is_taken_in_standard_errors():
    """Twice the effect with three times the error is a smaller one."""
    own = it.Effect(DATE, 12, 2.0, Interval(1.2, 3.3), 1.0, Interval(1, 1), 2.0, 0.0, 1, 2, 0.25, 32)
    others = pd.DataFrame({"ratio": [4.0] * 30, "size": [np.log(4.0) / 0.75] * 30})
    judged = it.judge(own, others)
    assert (judged.share, judged.verdict) == (0.0, "break")
    assert it.judge(own, others.assign(size=5.0)).verdict == "common"
    few = it.judge(own, others.head(it.LEAST_PLACEBOS - 1))
    assert (few.share, few.verdict) == (None, "alone")


def test_the_power_counts_the_cut_and_four_of_five_cases():
    own = it.Effect(DATE, 12, 1.0, Interval(0.6, 1.6), 1.0, Interval(1, 1), 1.0, 0.0, 1, 1, 0.2, 32)
    assert it.judge(own, pd.DataFrame({"size": []})).seen == pytest.approx(np.exp((2.0369333 + 0.8529985) * 0.2))
    # Placebo sizes of 3 raise the cut.
    assert it.judge(own, pd.DataFrame({"size": [3.0] * 30})).seen == pytest.approx(np.exp((3 + 0.8529985) * 0.2))


def test_the_difference_of_two_effects_worked_by_hand():
    one = it.Effect(DATE, 12, 2.0, Interval(1, 4), 1.0, Interval(1, 1), 2.0, 0.0, 1, 2, 0.3, 32)
    other = it.Effect(DATE, 12, 0.5, Interval(0, 1), 1.0, Interval(1, 1), 0.5, 0.0, 1, 2, 0.4, 30)
    ratio, band = it.difference(one, other)
    assert ratio == pytest.approx(4.0)
    # Errors of 0.3 and 0.4 make one of 0.5.
    assert band.high == pytest.approx(4.0 * np.exp(2.0422725 * 0.5), rel=1e-6)


def test_a_trend_is_carried_on_in_both_ways():
    time = np.arange(60)
    grown = it.carried_on(series(10 * 1.02**time), DATE, DATE + 24)
    assert np.allclose(grown["steady"], grown["observed"])
    straight = it.carried_on(series(10.0 + time), DATE, DATE + 24)
    assert np.allclose(straight["straight"], straight["observed"])
    assert straight["month"].iloc[0] == "2018-08"
    assert len(straight) == it.BEFORE + 25


def test_the_band_of_a_sum_worked_by_hand():
    """Ten a month without noise: Poisson months, and a mean and slope known from 24 of them."""
    counts = series(np.full(60, 10.0))
    total, band = it.carried_sum(counts, DATE, window("2020-08", "2021-07"))
    assert total == pytest.approx(120)
    steps = np.column_stack([np.ones(24), (np.arange(24) - 24) / 12])
    later = np.column_stack([np.ones(12), np.arange(12) / 12]).sum(axis=0) * 10
    known = np.linalg.inv(steps.T @ steps * 10)
    # Student's t with 22 · 0.3 / 1.7 = 3.88 degrees of freedom: what 22 are worth where months carry over by 0.7.
    reach = 2.809943 * np.sqrt(later @ known @ later + 120) / 120
    assert band.high == pytest.approx(120 * np.exp(reach), rel=1e-6)
    assert band.low == pytest.approx(120 * np.exp(-reach), rel=1e-6)
    straight, other = it.carried_sum(counts, DATE, window("2020-08", "2021-07"), "straight")
    assert straight == pytest.approx(120)
    assert other.high == pytest.approx(band.high, rel=1e-6)


def test_a_band_widens_with_the_distance_and_with_a_shorter_trend():
    counts = _simulated(np.random.default_rng(6), 1.0)

    def wide(first, before=it.BEFORE):
        _, band = it.carried_sum(counts, DATE, window(first, str(pd.Period(first, "M") + 11)), before=before)
        return band.high / band.low

    assert wide("2020-09") < wide("2021-09")
    assert wide("2020-09", 48) < wide("2020-09", 18)


def test_the_dates_of_the_closures_are_those_of_the_table():
    bases = Tables().bases()
    closed = bases[bases["mission"].eq("MINUSMA") & bases["date"].str.startswith("2023") & bases["region"].ne("Bamako")]
    found = departures.closings(Report("latest")).set_index("cercle")
    assert set(found["region"]) == {"Mopti", "Tombouctou", "Gao", "Menaka", "Kidal"} == set(closed["region"])
    assert (str(found.loc["Tombouctou", "first"]), str(found.loc["Tombouctou", "last"])) == ("2023-08", "2023-12")
    assert (str(found.loc["Tessalit", "first"]), str(found.loc["Tessalit", "last"])) == ("2023-10", "2023-10")
    assert set(departures.CERCLES) == set(closed["place"])
    barkhane = bases.loc[bases["mission"].eq("Barkhane"), "date"].max()[:7]
    assert barkhane == next(turn.date for turn in turning.TURNS if turn.id == "barkhane")


def _holding(longitude: float, latitude: float) -> str:
    at = Point(longitude, latitude)
    shapes_of = Tables().shapes("cercles")["features"]
    return next(one["properties"]["cercle"] for one in shapes_of if shape(one["geometry"]).covers(at))


def test_bases_lie_in_the_cercles_given_to_them():
    places = Tables().places().set_index("place")
    known = {name: cercle for name, cercle in departures.CERCLES.items() if name in places.index}
    assert {"Aguelhok", "Goundam", "Ménaka", "Tessalit", "Tombouctou"} <= set(known)
    for name, cercle in known.items():
        assert _holding(places.loc[name, "longitude"], places.loc[name, "latitude"]) == cercle


def test_the_other_bases_lie_in_the_cercles_given_to_them_too(raw_folder):
    """By Geo-PKO's coordinates of the mission's places; Ogossagou, not among them, by ACLED's own cercle."""
    names = {"Gao (Camp Castor)": "Gao", "Sévaré (Mopti)": "Mopti/Sevare", "Tombouctou": "Tombouctou (Timbuktu)"}
    sites = pd.read_csv(raw_folder / "minusma" / "geopko_minusma_locations_2014_2024.csv").drop_duplicates("location")
    sites = sites.set_index("location")
    for place, cercle in departures.CERCLES.items():
        if place != "Ogossagou":
            at = sites.loc[names.get(place, place)]
            assert _holding(at["longitude"], at["latitude"]) == cercle, place
    events = pd.read_csv(raw_folder / "acled" / "acled_mali_events_1997-01_2020-07.csv", low_memory=False)
    assert set(events.loc[events["location"].eq("Ogossagou"), "admin2"]) == {departures.CERCLES["Ogossagou"]}

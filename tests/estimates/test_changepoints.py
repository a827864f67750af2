"""Changes of level: the Nile, hand-made steps, and silence where there is nothing to find."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.editions import Report
from helpers.errors import DataError
from helpers.estimates import changepoints as cp
from helpers.story import levels, turning


def series(values: np.ndarray) -> pd.Series:
    return pd.Series(np.asarray(values, float), index=pd.period_range("2015-01", periods=len(values), freq="M"))


def test_the_nile_changed_after_1898():
    """Annual flow at Aswan 1871-1970: the level fell in 1899 (Cobb, G. W. (1978), Biometrika 65, pp. 243-251)."""
    from statsmodels.datasets import nile

    flow = nile.load_pandas().data
    values = flow["volume"].to_numpy(float)
    found = cp.breaks(values, cp.USUAL * cp.noise(values) * np.log(len(values)))
    assert [int(flow["year"].iloc[place]) for place in found] == [1899]


def test_a_step_is_found_at_its_month_with_its_levels():
    rng = np.random.default_rng(1)
    counts = series(np.r_[rng.poisson(20, 40), rng.poisson(60, 40)])
    (change,) = cp.changes(counts)
    assert change.month == pd.Period("2018-05", "M")
    assert change.before == pytest.approx(counts.iloc[:40].mean())
    assert change.after == pytest.approx(counts.iloc[40:].mean())
    assert change.firmness == len(cp.PENALTIES)


def test_level_counts_have_no_change():
    found = []
    for seed in range(15):
        values = cp.even(np.random.default_rng(seed).poisson(30, 80))
        found.append(cp.breaks(values, cp.USUAL * cp.noise(values) * np.log(len(values))))
    assert sum(bool(places) for places in found) <= 2


def test_near_worked_by_hand():
    change = cp.Change(pd.Period("2015-06", "M"), 1, 2, 5)
    assert cp.near(pd.Period("2015-03", "M"), [change]) is change
    assert cp.near(pd.Period("2015-10", "M"), [change]) is None


def test_smooth_growth_is_no_change_of_level_but_the_search_finds_some():
    """What is found in growth without any step is the reference, and it is not none."""
    rng = np.random.default_rng(2)
    counts = series(rng.poisson(8 * np.exp(0.02 * np.arange(140))))
    means, alpha = cp.smooth(counts)
    assert np.allclose(means[20:120], 8 * np.exp(0.02 * np.arange(20, 120)), rtol=0.15)
    assert alpha < 0.05
    found = cp.changes(counts)
    dates = [counts.index[40], counts.index[90]]
    luck = cp.chance(counts, dates, found, runs=40)
    assert luck.changes > 2
    assert luck.low <= luck.changes <= luck.high
    assert 0 < luck.any_near <= 1
    assert luck.near <= len(dates)
    assert cp.chance(counts, dates, found, runs=40) == luck


def test_dates_of_the_book_are_near_changes_no_more_often_than_in_smooth_growth():
    report = Report("latest")
    counts, found = levels._found(report)
    luck = cp.chance(counts, [pd.Period(turn.date, "M") for turn in turning.TURNS], found, runs=60)
    assert luck.any_near > 0.8
    assert luck.as_many > 0.5
    assert "no evidence" in levels.level_table(report).note


def test_the_search_is_the_exact_one():
    """The kernel search that runs in C finds what the plain one finds."""
    import ruptures

    values = cp.even(np.random.default_rng(7).poisson(np.repeat([9, 20, 14, 40], 30)))
    penalty = cp.USUAL * cp.noise(values) * np.log(len(values))
    plain = ruptures.Pelt(model="l2", min_size=cp.SHORTEST, jump=1).fit(values.reshape(-1, 1)).predict(pen=penalty)
    assert cp.breaks(values, penalty) == plain[:-1]


def test_months_that_never_move_are_refused():
    with pytest.raises(DataError, match="no noise"):
        cp.changes(series(np.full(48, 3.0)))

"""Changes of level: the Nile, hand-made steps, and silence where there is nothing to find."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.errors import DataError
from helpers.estimates import changepoints as cp


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


def test_near_and_chance_worked_by_hand():
    change = cp.Change(pd.Period("2015-06", "M"), 1, 2, 5)
    assert cp.near(pd.Period("2015-03", "M"), [change]) is change
    assert cp.near(pd.Period("2015-10", "M"), [change]) is None
    # March to September: seven months of twelve.
    assert cp.chance(series(np.zeros(12)), [change]) == pytest.approx(7 / 12)


def test_months_that_never_move_are_refused():
    with pytest.raises(DataError, match="no noise"):
        cp.changes(series(np.full(48, 3.0)))

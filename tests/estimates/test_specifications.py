"""Every way of estimating a date's effect: how many there are, and what they add up to."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.editions import Report
from helpers.errors import DataError
from helpers.estimates import specifications as sp
from helpers.story import turning, ways

DATE = pd.Period("2020-08", "M")


def series(values: np.ndarray) -> pd.Series:
    return pd.Series(np.asarray(values, float), index=pd.period_range("2015-01", periods=len(values), freq="M"))


def test_a_step_without_noise_is_the_same_in_every_way():
    at = (DATE - pd.Period("2015-01", "M")).n
    found = sp.curve({("events", "Mali"): series(np.r_[np.full(at + 1, 10.0), np.full(20, 25.0)])}, DATE)
    assert len(found) == 4 * 2 * 2
    assert np.allclose(found["ratio"], 2.5)
    assert sp.middle(found) == pytest.approx((2.5, 2.5))
    by = sp.by_choice(found).set_index(["choice", "option"])
    assert by["specifications"].to_dict()[("before", "48")] == 4
    assert by.loc[("model", "step only"), "specifications"] == 8
    assert by["apart"].eq(1.0).all()


def test_combinations_without_enough_months_are_left_out_and_none_is_refused():
    short = series(np.full(80, 10.0))
    at = short.index[40]
    assert set(sp.curve({("events", "Mali"): short}, at)["before"]) == {18, 24, 36}
    with pytest.raises(DataError, match="no way of estimating"):
        sp.curve({("events", "Mali"): short}, short.index[5])


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["2023-07", "latest"])
def test_every_date_is_estimated_in_at_least_96_ways(edition):
    found = ways._curves(Report(edition))
    assert [turn.id for turn, _ in found] == [turn.id for turn in turning.TURNS]
    assert all(len(one) >= 96 for _, one in found)
    figure = ways.curves(Report(edition))
    assert len(figure.frame) == sum(len(one) for _, one in found)
    assert figure.fr is not None

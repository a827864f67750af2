"""Two sources by month: coefficients worked by hand, and tables that keep provisional months out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from conftest import BATTLE, VAC, rows
from helpers.data import Tables
from helpers.errors import DataError
from helpers.estimates import agreement as ag
from helpers.windows import window


def test_concordance_worked_by_hand():
    # x = 1, 2, 3 and y = 2, 3, 4: cov 2/3, variances 2/3, means one apart: (4/3) / (4/3 + 1) = 4/7.
    assert ag.lin(np.array([1, 2, 3]), np.array([2, 3, 4])) == pytest.approx(4 / 7)
    assert ag.lin(np.array([1, 5, 2]), np.array([1, 5, 2])) == pytest.approx(1.0)
    assert ag.lin(np.array([1, 2, 3]), np.array([3, 2, 1])) == pytest.approx(-1.0)
    with pytest.raises(DataError, match="constant and equal"):
        ag.lin(np.array([2, 2]), np.array([2, 2]))


def test_concordance_never_exceeds_the_correlation():
    rng = np.random.default_rng(2)
    for _ in range(50):
        x, y = rng.normal(size=20), rng.normal(1, 2, size=20)
        assert abs(ag.lin(x, y)) <= abs(np.corrcoef(x, y)[0, 1]) + 1e-12


def test_rank_correlation_is_that_of_scipy():
    x, y = np.array([3, 1, 4, 1, 5, 9, 2, 6]), np.array([2, 7, 1, 8, 2, 8, 1, 8])
    assert ag.rank_correlation(x, y) == pytest.approx(stats.spearmanr(x, y).statistic)


def test_the_interval_of_a_rank_correlation_holds_it_and_narrows():
    wide, narrow = ag.rank_interval(0.6, 24), ag.rank_interval(0.6, 240)
    assert wide.low < narrow.low < 0.6 < narrow.high < wide.high


def test_months_like_their_neighbours_are_worth_fewer_pairs():
    rng = np.random.default_rng(1)
    noise, other = rng.normal(size=(2, 120))
    slow = np.cumsum(noise)
    assert ag.worth(noise, other) > 100
    assert ag.worth(slow, slow + other) < 40
    # r(1) = s(1) = -1/1 for months in turn: products of one, weights (1 - 1/10) and (1 - 2/10): 10 / (1 + 2·1.7).
    turns = np.tile([1.0, 2.0], 5)
    assert ag.worth(turns, turns) == pytest.approx(max(10 / (1 + 2 * 1.7), ag.LEAST_PAIRS))
    assert ag.worth(np.ones(10), turns) == 10


def test_the_factor_of_a_typical_month_worked_by_hand():
    # Four half-years whose monthly factors are e, 1, e, 1: mean log 1/2, half-yearly sums of ±3 around it;
    # error √(4/3 · 36) / 24 = 0.2887, t of three degrees of freedom 3.182.
    other = np.full(24, 9.5)
    one = np.repeat([10 * np.e, 10, 10 * np.e, 10], 6) - 0.5
    value, band = ag.factor(one, other)
    assert value == pytest.approx(np.exp(0.5))
    assert band.low == pytest.approx(np.exp(0.5 - 3.182446 * np.sqrt(48) / 24), rel=1e-5)
    assert band.high == pytest.approx(np.exp(0.5 + 3.182446 * np.sqrt(48) / 24), rel=1e-5)


def test_one_massacre_moves_the_sum_but_hardly_the_typical_month():
    other = np.full(24, 20.0)
    one, struck = np.full(24, 20.0), np.r_[np.full(23, 20.0), 500.0]
    assert struck.sum() / other.sum() == 2.0
    assert ag.factor(struck, other)[0] / ag.factor(one, other)[0] < 1.2


def test_directions_count_the_windows_in_which_both_move():
    frame = pd.DataFrame({"acled_deaths": [1, 2, 3, 3, 1, 5], "ucdp_deaths": [1, 3, 2, 4, 2, 6]})
    found = ag.directions(frame, "deaths", (1, 2, 3)).set_index("months")
    # Month by month: up/up, up/down, level/up (left out), down/down, up/up.
    assert tuple(found.loc[1, ["pairs", "alike"]]) == (4, 3)
    # Sums of two: 3, 5, 6, 4, 6 and 4, 5, 6, 6, 8; against two before: up/up, down/up, level/up (left out).
    assert tuple(found.loc[2, ["pairs", "alike"]]) == (2, 1)
    # Sums of three: 6, 9 and 6, 12: one pair.
    assert tuple(found.loc[3, ["pairs", "alike", "share"]]) == (1, 1, 1.0)
    assert found.loc[3, "low"] < found.loc[1, "low"]


MADE = rows(
    ("2022-01", "Mopti", BATTLE, "jnim", "state", 2, 5),
    ("2022-01", "Mopti", VAC, "jnim", "civilians", 1, 3),
    ("2022-01", "Gao", BATTLE, "is-sahel", "jnim", 3, 9, 7),
    ("2022-02", "Gao", BATTLE, "state", "jnim", 1, 40),
)
TOTALS = pd.DataFrame({"month": ["2022-01", "2022-02"], "region": "Mopti", "events": [6, 1], "fatalities": [17, 40]})
UCDP = pd.DataFrame(
    {
        "month": ["2022-01", "2022-02"], "status": ["final", "final"], "state_based": [1, 1], "non_state": [1, 0],
        "one_sided": [1, 0], "best": [20, 10], "high": [25, 10], "civilians": [2, 0],
    }
)  # fmt: skip


def test_both_sources_by_month_and_type():
    found = ag.by_month(MADE, TOTALS, UCDP, window("2022-01", "2022-02")).set_index("month")
    january = found.loc["2022-01"]
    assert (january["acled_deaths"], january["ucdp_deaths"]) == (17, 20)
    assert (january["acled_state_based"], january["acled_non_state"], january["acled_one_sided"]) == (2, 3, 1)
    assert (january["acled_civilians"], january["ucdp_civilians"], january["largest"]) == (3, 2, 7)
    with pytest.raises(DataError, match="do not cover"):
        ag.by_month(MADE, TOTALS, UCDP, window("2022-01", "2022-03"))


def test_gaps_are_named_by_what_they_consist_of():
    found = ag.apart(ag.by_month(MADE, TOTALS, UCDP, window("2022-01", "2022-02")))
    assert list(found["month"]) == ["2022-02", "2022-01"]
    assert list(found["gap"]) == [30, -3]
    assert list(found["reason"]) == ["one event", "UCDP higher"]


def test_provisional_months_are_refused_and_final_ones_end_before_them():
    months = Tables().ucdp_months()
    assert str(ag.final_months(months, pd.Period("2025-12", "M")).last) == "2024-12"
    assert str(ag.final_months(months, pd.Period("2023-06", "M")).last) == "2023-06"
    frame = ag.by_month(MADE, TOTALS, UCDP.assign(status="candidate"), window("2022-01", "2022-02"))
    with pytest.raises(DataError, match="provisional"):
        ag.summary(frame, "deaths")
    with pytest.raises(DataError, match="no finalised month"):
        ag.final_months(months, pd.Period("2011-12", "M"))


def test_agreement_on_the_project_s_tables():
    whole = window("2012-01", "2024-12")
    frame = ag.by_month(Tables().actors(), Tables().totals(), Tables().ucdp_months(), whole)
    assert not frame["status"].eq("candidate").any()
    found = ag.summary(frame, "deaths")
    x, y = frame["acled_deaths"], frame["ucdp_deaths"]
    assert found["rank"] == pytest.approx(stats.spearmanr(x, y).statistic)
    assert found["ratio"] == pytest.approx(x.sum() / y.sum())
    assert found["rank_low"] < found["rank"] < found["rank_high"]
    assert found["factor_low"] < found["factor"] < found["factor_high"]
    past = ag.history(frame, "deaths")
    assert len(past) == len(frame) - ag.SPAN + 1
    assert past["ratio"].iloc[-1] == pytest.approx(x.tail(24).sum() / y.tail(24).sum())
    with pytest.raises(DataError, match="fewer than the 24"):
        ag.history(frame.head(10), "deaths")

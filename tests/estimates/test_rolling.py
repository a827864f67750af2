"""Forecasts from every month: scores against closed forms and hand-worked values, no look ahead, and the six phases."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, special, stats

from helpers.editions import Report
from helpers.errors import DataError
from helpers.estimates import rivals
from helpers.estimates import rolling as ro
from helpers.story import scores

FIRST = pd.Period("2015-01", "M")


def test_the_rules_repeat_the_right_months():
    months = np.arange(1.0, 19.0)
    assert ro.POINTS["pace"](months) == sum(range(13, 19))
    assert ro.POINTS["year"](months) == sum(range(7, 19)) / 2
    assert ro.POINTS["seasonal"](months) == sum(range(7, 13))


def test_the_crps_is_the_integral_of_its_definition():
    made = ro.Predicted(np.log(101), 0.3, 8)

    def gap(x, y):
        return (made.share_below(x) - (x >= y)) ** 2

    for y in (60.0, 100.0, 170.0):
        exact = sum(integrate.quad(gap, *ends, args=(y,), limit=200)[0] for ends in ((0, y), (y, 3000)))
        assert made.crps(y) == pytest.approx(exact, rel=0.03)


def test_log_and_interval_scores_and_the_integral_transform_by_hand():
    made = ro.Predicted(np.log(101), 0.5, 4)
    assert made.share_below(100) == pytest.approx(0.5)
    # Density of t with four degrees of freedom at zero is 3/8; over the scale and 1 + count.
    assert made.log_score(100) == pytest.approx(-np.log(0.375 / 0.5 / 101))
    t = special.stdtrit(4, 0.9)
    low, high = 101 * np.exp(-0.5 * t) - 1, 101 * np.exp(0.5 * t) - 1
    assert made.interval_score(100) == pytest.approx(high - low)
    assert made.interval_score(high + 5) == pytest.approx(high - low + 10 * 5)
    assert made.quantile(0.5) == pytest.approx(100)
    assert ro.Predicted(0.0, 5.0, 4).quantile(0.01) == 0


def test_a_range_rests_on_errors_known_at_its_origin_half_a_year_apart():
    points, actual = np.full(40, 99.0), np.full(40, 99.0)
    actual[[2, 8, 14, 20, 26]] = 199.0
    found = ro.predicted(points, actual, 32)
    assert (found.df, found.scale) == (5, pytest.approx(np.log(2)))
    # Origin 31 looks back on 25, 19 …: nothing went wrong, and it may not promise certainty.
    assert ro.predicted(points, actual, 31).scale == pytest.approx(np.log1p(1 / 100))
    # What comes after origin - 6 is not known yet.
    later = actual.copy()
    later[27:] = 9999
    assert ro.predicted(points, later, 32) == found
    assert ro.predicted(points, actual, 18) is None


def test_forecasts_know_nothing_of_what_comes():
    rng = np.random.default_rng(1)
    months = rng.poisson(30, 80).astype(float)
    one, two = ro.table(months, FIRST), ro.table(np.r_[months[:75], 500 + months[75:]], FIRST)
    columns = ["origin", "rule", "value", "low", "high"]
    early = one["origin"].le(str(FIRST + 68))
    pd.testing.assert_frame_equal(one.loc[early, columns], two.loc[two["origin"].le(str(FIRST + 68)), columns])
    assert one["origin"].max() == str(FIRST + 73)
    with pytest.raises(DataError, match="too few"):
        ro.table(months[:40], FIRST)


def test_the_test_of_diebold_and_mariano_by_hand():
    losses = np.array([1.0, 3.0, 2.0, 2.0])
    # One step ahead: variance 1/2, mean 2; 2 / √(1/8) · √((4 + 1 - 2) / 4).
    found, p = ro.diebold_mariano(losses, 1)
    assert found == pytest.approx(2 / np.sqrt(1 / 8) * np.sqrt(3 / 4))
    assert p == pytest.approx(2 * stats.t.sf(found, 3))
    # Overlap widens: with two steps the neighbours' covariance, 1/4, enters twice beside the variance, 1.
    few = np.sqrt((4 + 1 - 4 + 2 / 4) / 4)
    wide, _ = ro.diebold_mariano(np.array([1.0, 1.0, 3.0, 3.0]), 2)
    assert wide == pytest.approx(2 / np.sqrt((1 + 2 * 0.25) / 4) * few)
    # Here it is -1/4 beside 1/2: nothing is left, and half of it is taken (Bartlett).
    held, _ = ro.diebold_mariano(losses, 2)
    assert held == pytest.approx(2 / np.sqrt((0.5 - 0.25) / 4) * few)


def test_overlapping_forecasts_without_a_difference_are_seldom_beyond_chance():
    """Synthetic: moving sums of noise, as forecasts of six months made every month; Bartlett's weights reject in 14 percent."""
    rng = np.random.default_rng(2)
    shared = [np.convolve(rng.normal(size=90), np.ones(6), "valid") for _ in range(600)]
    assert 0.03 <= np.mean([ro.diebold_mariano(losses)[1] < 0.05 for losses in shared]) <= 0.09


@pytest.mark.slow
def test_right_distributions_hold_their_share_and_a_coin_is_not_beyond_chance():
    rng = np.random.default_rng(4)
    sure = []
    for _ in range(40):
        made = ro.table(rng.poisson(40, 110).astype(float), FIRST)
        found = ro.summary(made).set_index("rule")
        sure.append((found.loc["pace", "p"], found.loc["year", "skill"], found.loc["pace", "coverage"]))
    p, year, coverage = np.array(sure).T
    # Pace and last year's months are equally good on a level series, the longer mean is better.
    assert (p < 0.05).mean() <= 0.2
    assert year.mean() > 0.1
    assert 0.72 <= coverage.mean() <= 0.9


def test_a_skill_of_the_size_called_seen_is_seen_in_about_four_of_five_cases():
    """Synthetic losses of two rules, the better one better by as much as the test says it would see."""
    rng = np.random.default_rng(8)

    def losses(gain: float) -> np.ndarray:
        # As forecasts that share five of six months: moving sums of noise.
        return np.convolve(rng.normal(size=90), np.ones(6) / 6, "valid") - gain

    def tried(gain: float) -> tuple[float, float]:
        return ro.diebold_mariano(losses(gain))

    def size() -> float:
        """Return the seen gain, in units of loss, from one series: skill is the gain over the other rule's mean loss of one."""
        one = losses(0.3)
        return ro.seen(-float(one.mean()), ro.diebold_mariano(one)[0], len(one))

    gain = float(np.median([size() for _ in range(100)]))
    assert 0.7 <= np.mean([tried(gain)[1] < 0.05 for _ in range(300)]) <= 0.9
    assert np.isnan(ro.seen(0.0, 0.0, 85))
    assert np.isnan(ro.seen(0.0, float("nan"), 85))


def test_the_advantage_around_bamako_exists_in_two_of_six_phases():
    found = ro.phases(ro.history("bamako", "2025-02", Report("latest").tables))
    assert found.max() == pytest.approx(0.11, abs=0.005)
    assert int(found.gt(0).sum()) == 2
    said = scores.weighed(Report("latest"))
    assert "smaller than those of last year's months in two of the six" in said
    own = scores.phases(Report("latest")).frame.set_index("Series").loc["Around Bamako"]
    # The table keeps the number as it is and rounds it for the reader only.
    assert own.iloc[0] == pytest.approx(found.max(), abs=1e-6)
    assert own.gt(0).sum() == 2


def test_the_stored_rivals_are_those_that_statsmodels_makes_of_the_project_s_months():
    made = rivals.stored()
    for name, origin in (("events", "2019-06"), ("bamako", "2025-02")):
        whole, counts = rivals.monthly(name)
        known = counts[: (pd.Period(origin, "M") - whole.first).n + 1]
        rows = made[made["series"].eq(name) & made["origin"].eq(origin)].set_index("rule")
        assert (rows["known"] == int(known.sum())).all()
        assert rows.loc["theta", "value"] == pytest.approx(rivals.ahead(known, "theta"), rel=0.02, abs=0.2)
    assert set(ro.history("events", "2023-06", Report("latest").tables)["rule"]) == set(ro.RULES)


def test_published_forecasts_are_scored_on_the_months_of_ours_and_live_ones_stand_apart():
    forecasts = pd.DataFrame(
        {"model": "M", "variant": "v", "data_to": "2020-12", "target": ["2021-01", "2021-02", "2030-01"],
         "outcome": "UCDP deaths", "status": "live", "deaths": [10.0, 30.0, 1.0]}
    )  # fmt: skip
    names = pd.period_range("2020-01", "2021-02", freq="M").astype(str)
    types = pd.DataFrame(
        {"month": names, "type": "one-sided", "deaths": [24] * 6 + [12] * 6 + [20, 20], "provisional": "no"}
    )
    found = ro.published(forecasts, types, "2021-02").iloc[0]
    assert (found["months"], found["vintages"], found["recorded"]) == (2, 1, 40)
    assert (found["mae"], found["pace"], found["year"]) == (10, 8, 2)
    with pytest.raises(DataError, match="no published forecast"):
        ro.published(forecasts, types, "2020-06")
    table = scores.published(Report("2023-07")).frame
    assert set(table["Made"]) == {"live", "backfilled"}
    assert "VIEWS" in scores.published_words(Report("2023-07"))


def test_the_title_counts_only_what_is_beyond_chance():
    figure = scores.skill(Report("2023-07"))
    six = figure.frame[figure.frame["Rule"].eq("Pace, six months")]
    assert (six["Skill"] > 0).all()
    assert "beyond chance in one of four series" in figure.title
    assert "four of four" not in figure.title

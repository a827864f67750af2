"""Intervals that allow for bouts: hand-worked values, statsmodels' likelihood, and coverage where the truth is known."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from conftest import BATTLE, rows
from helpers import charts
from helpers import french as f
from helpers import measures as m
from helpers.audit.claims import claims
from helpers.audit.questions import OUTCOMES, QUESTIONS
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import ClaimError, DataError
from helpers.estimates import coverage as cv
from helpers.estimates import dispersion as dp
from helpers.estimates import intervals as iv
from helpers.forms import form
from helpers.measures import catalogue
from helpers.windows import window, year

CHANCE = iv.Dispersion(60, 1.0, 0.5, 0.0, 0.0)
BOUTS = np.tile([5.0, 5.0, 5.0, 15.0, 15.0, 15.0], 10)


def test_dispersion_around_blocks_worked_by_hand():
    """Ten half-years of 5, 5, 5, 15, 15, 15: mean 10, squares of 25 in each of 60 months, 50 degrees of freedom."""
    found = iv.dispersion_of(BOUTS, dp.labels(60, block=6), trend=False)
    assert found.months == 60
    assert found.index == pytest.approx(60 * 25 / 10 / 50)
    assert found.p_value == pytest.approx(stats.chi2.sf(150, 50))
    # Months that linger so long within a mean of six are as alike as the estimate allows.
    assert found.carry == dp.MOST_CARRIED


def test_alpha_without_lingering_is_that_of_breslow():
    """Months of 5 and 15 in turn: squares of 25 around 10, 59 degrees of freedom; nothing is carried over."""
    found = iv.dispersion_of(np.tile([5.0, 15.0], 30), trend=False)
    assert found.carry == 0.0
    assert found.alpha == pytest.approx(iv.breslow(np.tile([5.0, 15.0], 30), np.full(60, 10.0), 59), rel=1e-6)
    # 60·25 / (10 + 100·alpha) = 59
    assert found.alpha == pytest.approx((1500 / 59 - 10) / 100, rel=1e-6)
    assert found.df == 59


@pytest.mark.parametrize("carry", [0.0, 0.3, 0.6])
def test_alpha_and_carry_are_found_again_in_simulated_months(carry):
    rng = np.random.default_rng(1)
    made = cv.counts(rng, 300, 100 * np.exp(0.2 * np.arange(60) / 12), iv.Dispersion(0, 1, 1, 0.1, carry))
    found = [iv.dispersion_of(x, dp.labels(60, [(54, 59), (48, 53)])) for x in made]
    assert np.median([x.carry for x in found]) == pytest.approx(carry, abs=0.08)
    assert np.median([x.alpha for x in found]) == pytest.approx(0.1, rel=0.15)


def test_a_jump_between_the_windows_is_not_their_noise():
    rng = np.random.default_rng(2)
    level = dp.labels(60, [(54, 59), (48, 53)])
    calm = rng.poisson(50, 60).astype(float)
    jumped = np.r_[calm[:54], rng.poisson(200, 6)]
    assert iv.dispersion_of(jumped, level).alpha < 0.02
    assert iv.dispersion_of(jumped).alpha > 0.1


def test_months_without_events_are_left_out_and_none_at_all_is_chance():
    found = iv.dispersion_of(np.r_[np.zeros(30), np.tile([5.0, 15.0], 15)], dp.labels(60, block=30), trend=False)
    assert (found.months, found.alpha) == (30, pytest.approx((750 / 29 - 10) / 100, rel=1e-6))
    assert iv.dispersion_of(np.zeros(60)) == iv.Dispersion(0, 1.0, 1.0, 0.0, 0.0)


def test_breslow_is_zero_without_excess_and_refuses_what_no_dispersion_explains():
    assert iv.breslow(np.array([9.0, 11.0]), np.array([10.0, 10.0]), 1) == 0.0
    with pytest.raises(DataError, match="too far from the counts"):
        iv.breslow(np.array([50.0, 50.0]), np.array([0.01, 0.01]), 1)


@pytest.mark.parametrize("end", ["2022-08", "2023-06", "2025-02"])
def test_dispersion_is_close_to_the_maximum_likelihood_of_statsmodels(end):
    """The likelihood takes no account of the trend it fits nor of months that linger, and lies lower."""
    from statsmodels.discrete.discrete_model import NegativeBinomial

    counts = iv.monthly(m.militant_islamist(Tables().actors()), pd.Period(end, "M"), 60)
    trend = np.column_stack([np.ones(60), np.arange(60) / 12])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        likely = NegativeBinomial(counts, trend).fit(disp=0, maxiter=200).params[-1]
    assert 0.6 < likely / iv.dispersion_of(counts).alpha < 1.0


def test_without_overdispersion_the_interval_is_the_exact_poisson_one():
    for now, before, k, n in ((16, 5, 1, 1), (523, 504, 6, 6), (0, 4, 6, 12), (7, 0, 6, 6)):
        plain, found = m.poisson_ratio_interval(now, before, k, n), iv.interval(now, before, k, n, CHANCE)
        assert (found.low, found.high) == (pytest.approx(plain.low), pytest.approx(plain.high))


def test_doubled_variance_is_half_the_events():
    found = iv.interval(100, 100, 10, 10, iv.Dispersion(60, 2.0, 0.0, 0.1, 0.0))
    half = m.poisson_ratio_interval(50, 50)
    assert (found.low, found.high) == (pytest.approx(half.low), pytest.approx(half.high))


def test_few_months_take_students_t():
    # t with ten degrees of freedom is 2.228 at 97.5 percent: a normal interval of 97.41 percent reaches as far.
    found = iv.Dispersion(60, 2.0, 0.0, 0.1, 0.0, df=10)
    assert found.student(0.95) == pytest.approx(2.228139, abs=1e-5)
    assert found.level(0.95) == pytest.approx(0.974129, abs=1e-5)
    few, many = iv.interval(100, 100, 10, 10, found), iv.interval(100, 100, 10, 10, iv.Dispersion(60, 2, 0, 0.1, 0))
    assert few.low < many.low < 1 < many.high < few.high


def test_carry_over_inflates_by_the_variance_of_a_sum():
    # Three months, 0.5 from one to the next: Σ corr = 3 + 2·(2·0.5 + 0.25) = 5.5; 1 + 0.1·10·5.5/3.
    found = iv.Dispersion(60, 1.0, 0.5, 0.1, 0.5)
    assert found.inflation(30, 3) == pytest.approx(1 + 5.5 / 3)
    assert found.variance(np.full(3, 10.0)) == pytest.approx(30 * found.inflation(30, 3))
    assert found.inflation(10, 1) == 2.0


def test_swapping_the_windows_inverts_the_interval():
    found = iv.Dispersion(60, 3.0, 0.0, 0.05, 0.2)
    one, other = iv.interval(300, 120, 6, 12, found), iv.interval(120, 300, 12, 6, found)
    assert (one.low, one.high) == (pytest.approx(1 / other.high), pytest.approx(1 / other.low))


@pytest.mark.slow
@pytest.mark.parametrize(("mean", "alpha", "carry"), [(50, 0.06, 0.3), (3, 0.2, 0.2), (150, 0.4, 0.1)])
def test_coverage_of_the_three_kinds_where_the_truth_is_no_change(mean, alpha, carry):
    held = {"poisson": [], "wide": [], "bootstrap": []}
    level = dp.labels(60, [(54, 59), (48, 53)])
    for months in cv.counts(
        np.random.default_rng(7), 300, np.full(60, float(mean)), iv.Dispersion(0, 1, 1, alpha, carry)
    ):
        a, b = months[-6:], months[-12:-6]
        if not b.sum():
            continue
        bands = {
            "poisson": m.poisson_ratio_interval(int(a.sum()), int(b.sum())),
            "wide": iv.interval(int(a.sum()), int(b.sum()), 6, 6, iv.dispersion_of(months, level)),
            "bootstrap": iv._resample(a, b, iv.BOOTSTRAP_BLOCK, 499, 0.95),
        }
        for kind, band in bands.items():
            held[kind].append(band.low <= 1 <= band.high)
    cover = {kind: float(np.mean(found)) for kind, found in held.items()}
    assert 0.92 <= cover["wide"] <= 0.99, cover
    assert cover["poisson"] < cover["wide"] - 0.03, cover
    assert cover["bootstrap"] < cover["wide"] - 0.02, cover


def test_months_after_the_later_window_do_not_matter():
    mi = m.militant_islamist(Tables().actors())
    now, before = window("2022-07", "2022-12"), window("2022-01", "2022-06")
    cut = mi[mi["month"] <= "2022-12"]
    assert iv.compare(mi, now, before) == iv.compare(cut, now, before)


def test_counts_and_rates_of_windows_of_different_length():
    made = rows(*[(f"2022-{k:02d}", "Mopti", BATTLE, "jnim", "state", 2, 0) for k in range(1, 13)],
                *[(f"2023-{k:02d}", "Mopti", BATTLE, "jnim", "state", 4, 0) for k in range(1, 7)])  # fmt: skip
    now, before = window("2023-01", "2023-06"), year(2022)
    counts, rates = iv.compare(made, now, before), iv.compare(made, now, before, rates=True)
    assert (counts.ratio, rates.ratio) == (1.0, 2.0)
    assert rates.interval.low == pytest.approx(2 * counts.interval.low)
    assert rates.poisson.high == pytest.approx(2 * counts.poisson.high)
    assert rates.moved() == f"rose by 100 percent ({rates.change()})"
    with pytest.raises(DataError, match="ratio to no events"):
        iv.compare(made, now, window("2021-01", "2021-12"))


def test_words_carry_signs_and_the_interval_stands_behind_the_percentage():
    found = iv.Comparison(108, 71, 108 / 71, m.Interval(1.1, 2.1), m.Interval(0.986, 2.35), CHANCE, 12, 12, False)
    assert found.times() == "1.5 times (1.0 to 2.4)"
    assert found.moved() == "did not clearly change (+52 percent; −1 to +135)"
    assert iv.shift(108, 71, "2023", "2022", found) == f"{found.moved()}, from 71 in 2022 to 108 in 2023"
    clear = iv.Comparison(108, 71, 108 / 71, m.Interval(1.1, 2.1), m.Interval(1.01, 2.35), CHANCE, 12, 12, False)
    assert clear.moved() == "rose by 52 percent (+1 to +135)"
    assert iv.shift(108, 71, "2023", "2022", clear) == "rose by 52 percent (+1 to +135), from 71 in 2022 to 108 in 2023"
    assert iv.shift(10, 1, "2023", "2022", found) == "went from one in 2022 to 10 in 2023"


def bootstrapped(made, now, before):
    months = (iv.monthly(made, when.last, when.months) for when in (now, before))
    return iv._resample(*months, iv.BOOTSTRAP_BLOCK, iv.BOOTSTRAPS, 0.95)


def test_block_bootstrap_of_level_months_is_their_ratio_and_the_same_every_time():
    made = rows(*[(f"2022-{k:02d}", "Mopti", BATTLE, "jnim", "state", 1 + (k > 6), 0) for k in range(1, 13)])
    now, before = window("2022-07", "2022-12"), window("2022-01", "2022-06")
    assert bootstrapped(made, now, before) == m.Interval(2.0, 2.0)
    mi = m.militant_islamist(Tables().actors())
    assert bootstrapped(mi, year(2023), year(2022)) == bootstrapped(mi, year(2023), year(2022))


def test_middle_half_years_differ_from_their_neighbours_by_more_than_chance_but_not_by_more_than_bouts():
    mi = m.militant_islamist(Tables().actors())
    ends = [pd.Period(f"{y}-{k}", "M") for y in range(2015, 2025) for k in ("06", "12")]
    found = iv.middles({"events": (mi, "events"), "deaths": (mi, "fatalities")}, ends)
    assert len(found) == 40
    assert found["poisson"].mean() < 0.6
    assert found["trend"].mean() >= 0.9
    with pytest.raises(DataError, match="no half-year has events"):
        iv.middles({"none": (mi[mi["region"].eq("nowhere")], "events")}, ends)


def test_the_check_by_middle_half_years_can_fail():
    """One half-year of 80 a month among years of 20 is no steady course, and no interval may call it one."""
    made = rows(*[(f"{y}-{k:02d}", "Mopti", BATTLE, "jnim", "state", 80 if y == 2021 and k > 6 else 20, 0)
                  for y in range(2016, 2023) for k in range(1, 13)])  # fmt: skip
    found = iv.middles({"made": (made, "events")}, [pd.Period("2022-06", "M")])
    assert found["ratio"].item() == 4.0
    assert not found[["poisson", "bootstrap", "trend"]].any(axis=None)


@pytest.mark.parametrize("edition", ["2019-06", "2021-12", "2022-08", "2023-07", "latest"])
def test_every_interval_in_a_sentence_is_that_of_the_audited_figure(edition):
    report = Report(edition)
    seen = 0
    for name, ask in QUESTIONS.items():
        try:
            answer = ask(report)
        except ClaimError:
            continue
        for quantity, found in answer.compared.items():
            assert found.interval.low <= found.poisson.low <= found.ratio <= found.poisson.high <= found.interval.high
            if quantity in answer.quantities:
                value = answer.quantities[quantity].value
                if name == "is_resurgence":
                    assert bool(value) == (found.now > found.before)
                else:
                    # A change is the ratio less one; a count is the later of the two.
                    gap = min(abs(found.ratio - value), abs(found.ratio - 1 - value), abs(found.now - value))
                    assert gap < 1e-9, (name, quantity)
            stated = found.change() in answer.sentence or found.spread() in answer.sentence
            seen += stated
            small = found.before < 10 or found.ratio < 1
            assert stated or small, (name, quantity, answer.sentence)
    assert seen >= 3


def test_outcomes_state_their_intervals_too():
    for claim in claims():
        if claim.outcome and claim.question in ("fatalities_projection", "mopti_after_minusma", "war_in_the_north"):
            answer = OUTCOMES[claim.question](Report(claim.made_in))
            assert answer.compared
            assert all(found.change() in answer.sentence for found in answer.compared.values())


def compared(now: int, before: int, low: float, high: float) -> iv.Comparison:
    """Return an invented comparison of two years."""
    plain = m.poisson_ratio_interval(now, before)
    return iv.Comparison(now, before, now / before, plain, m.Interval(low, high), CHANCE, 12, 12, False)


def test_a_subtitle_ends_with_the_intervals_of_the_changes_in_both_languages():
    one, two = compared(119, 100, 0.978, 1.449), compared(50, 100, 0.25, 0.999)
    assert iv.behind(events=one) == "; 95 percent interval of the change: −2 to +45 percent"
    assert f.behind(événements=one) == " ; intervalle à 95 % de la variation : −2 à +45 %"
    both = "; 95 percent intervals of the changes: events −2 to +45 percent, deaths −75 to −0.1 percent"
    assert iv.behind(events=one, deaths=two) == both
    both_fr = " ; intervalles à 95 % des variations : événements −2 à +45 %, morts −75 à −0,1 %"
    assert f.behind(événements=one, morts=two) == both_fr
    # Without an event before there is no change to bound; the other keeps its noun.
    assert iv.behind(events=None) == f.behind(événements=None) == ""
    assert iv.behind(events=None, deaths=two) == "; 95 percent intervals of the changes: deaths −75 to −0.1 percent"


def test_french_ratios_and_changes_carry_the_english_numbers():
    found = compared(119, 100, 0.978, 1.449)
    assert (found.times(), f.times_within(found)) == ("1.2 times (1.0 to 1.4)", "1,2 fois (1,0 à 1,4)")
    assert (found.moved(), f.moved_within(found)) == (
        "did not clearly change (+19 percent; −2 to +45)",
        "ne montrent pas d’évolution nette (+19\u202f%\u202f; −2 à +45)",
    )
    assert f.moved_within(found, plural=False) == "ne montre pas d’évolution nette (+19\u202f%\u202f; −2 à +45)"
    assert f.moved_within(compared(119, 100, 1.02, 1.4), plural=False) == "a augmenté de 19\u202f% (+2 à +40)"
    assert f.moved_within(compared(100, 100, 0.8, 1.2)) == "n’ont pas changé"


def test_a_comparison_with_nothing_is_not_attempted():
    mi = m.militant_islamist(Tables().actors())
    now, before = window("2023-01", "2023-06"), window("2022-07", "2022-12")
    assert iv.attempt(mi, now, before) == iv.compare(mi, now, before)
    assert iv.attempt(mi[mi["month"] >= "2023-01"], now, before) is None


def test_the_wider_interval_comes_first():
    mi = m.militant_islamist(Tables().actors())
    found = iv.compare(mi, window("2022-07", "2023-06"), window("2021-07", "2022-06"))
    low, high, inner_low, inner_high = found.ends()
    # The plain interval of this pair leaves out 1, the one that allows for bouts does not.
    assert low < 1 < inner_low < found.ratio < inner_high < high


def test_a_chart_draws_the_plain_interval_inside_the_wider_one():
    ends = (0.9, 1.6, 1.0, 1.4)
    frame = pd.DataFrame([("Here", 1.2, *ends)], columns=["Area", "Ratio", *iv.ENDS])
    drawn = charts.dots(frame, "Area", "Ratio", "Low", "High", title="Ratio", unit="ratio", inner=iv.INNER).to_dict()
    bars = [layer for layer in drawn["layer"] if layer["mark"]["type"] == "rule"]
    fields = [(bar["encoding"]["x"]["field"], bar["encoding"]["x2"]["field"]) for bar in bars]
    assert fields == [("Low", "High"), iv.INNER]
    assert bars[0]["mark"]["strokeWidth"] < bars[1]["mark"]["strokeWidth"]


def test_several_intervals_under_one_title_say_each_of_what():
    """Of ways of fighting a subtitle gave `−7 to +412 percent, −52 to −4 percent`, without saying which was which."""
    report = Report("latest")
    air, attacks = (catalogue.fought_by(report, way).in_a_year() for way in ("air", "attacks"))
    said = form._intervals([air, attacks])
    assert said[0].en == f"air and drone strikes {air.stated.en}"
    assert said[1].fr == f"attaques contre des civils {attacks.stated.fr}"
    assert [one.en for one in form._intervals([air])] == [air.stated.en]
    gao, kayes = (catalogue.totals(report).in_region(one).in_a_year() for one in ("Gao", "Kayes"))
    assert [one.en.split()[0] for one in form._intervals([gao, kayes])] == ["Gao", "Kayes"]

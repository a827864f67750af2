"""Pairs of sides: counts on synthetic rows, intervals against published and hand-worked values."""

import math

import numpy as np
import pytest

from conftest import BATTLE, VAC, rows
from helpers import definitions as d
from helpers import measures as m
from helpers.editions import Report
from helpers.estimates import dyads as y
from helpers.story import who_whom
from helpers.windows import window

SPAN = window("2022-01", "2022-06")


def months(events, deaths, kind=BATTLE, one="jnim", other="state"):
    """Return synthetic rows, one a month from January 2022."""
    return rows(
        *[
            (f"2022-{i + 1:02d}", "Mopti", kind, one, other, e, x)
            for i, (e, x) in enumerate(zip(events, deaths, strict=True))
        ]
    )


def test_every_group_has_one_side():
    assert sorted(y.SIDE_OF) == sorted(d.GROUP_IDS)
    assert sum(len(groups) for groups in y.SIDES.values()) == len(d.GROUP_IDS)


def test_the_matrix_adds_up_sides_and_leaves_out_mob_violence(tiny):
    grid = y.matrix(tiny, window("2022-06", "2022-07")).set_index(["acting", "other"])
    assert tuple(grid.loc[("is-sahel", "jnim")]) == (3, 9)
    assert tuple(grid.loc[("jnim", "civilians")]) == (2, 5)
    assert tuple(grid.loc[("wagner", "civilians")]) == (2, 6)
    assert grid["events"].sum() == 11
    assert list(dict.fromkeys(grid.index.get_level_values(0))) == [
        "jnim",
        "is-sahel",
        "state",
        "wagner",
        "unidentified",
    ]


def test_the_matrix_of_real_data_holds_every_violent_event():
    r = Report("2023-07")
    grid = y.matrix(r.actors, r.last_12)
    assert grid["events"].sum() == m.count(y.violent(r.actors), r.last_12)
    assert grid["fatalities"].sum() == m.count(y.violent(r.actors), r.last_12, "fatalities")


def test_lethality_worked_by_hand():
    rate = y.lethality(months([10] * 6, [5, 15] * 3), SPAN)
    # L = 60 / 60 = 1; squares of 25 in six months, five degrees of freedom: alpha = (150 / 5 - 10) / 10² = 0.2. Months that
    # alternate carry nothing over: V = 60 + 0.2 · 6 · 10² = 180. t with five degrees of freedom is 2.570582.
    assert rate.value == 1.0
    error = math.sqrt(180) / 60
    assert rate.low == pytest.approx(math.exp(error**2 / 2 - 2.570582 * error), rel=1e-5)
    assert rate.high == pytest.approx(math.exp(error**2 / 2 + 2.570582 * error), rel=1e-5)


def test_the_deadly_months_of_earlier_years_widen_the_interval_of_a_calm_one():
    calm = [(f"2022-{k:02d}", "Mopti", BATTLE, "jnim", "state", 10, 10 + k % 2) for k in range(1, 7)]
    before = [(f"2021-{k:02d}", "Mopti", BATTLE, "jnim", "state", 10, 80 if k == 5 else 10) for k in range(1, 13)]
    alone, known = y.lethality(rows(*calm), SPAN), y.lethality(rows(*before, *calm), SPAN)
    assert alone.value == known.value
    assert known.high - known.low > 2 * (alone.high - alone.low)


def test_bouts_widen_the_interval_of_the_same_rate():
    even, bouts = (y.lethality(months([4] * 6, x), SPAN) for x in ([6] * 6, [1, 1, 1, 1, 1, 31]))
    assert even.value == bouts.value == 1.5
    assert bouts.high - bouts.low > 10 * (even.high - even.low)


def test_no_interval_without_deaths_or_with_few_months_and_no_rate_without_events():
    assert math.isnan(y.lethality(months([1] * 6, [0] * 6), SPAN).low)
    assert math.isnan(y.lethality(months([1] * 4, [1] * 4), SPAN).low)
    assert y.lethality(months([1], [1]), window("2021-01", "2021-06")) is None


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_shares_have_the_published_wilson_interval(part, whole, low, high):
    """Newcombe, R. G. (1998), Statistics in Medicine 17, pp. 857-872, table I, method 3."""
    # One month only: no design effect can be seen, so the events count in full.
    all_events = rows(
        *([("2022-01", "Mopti", VAC, "jnim", "civilians", part, 0)] if part else []),
        ("2022-01", "Mopti", BATTLE, "jnim", "state", whole - part, 0),
    )
    rate = y.share(all_events, m.against_civilians(all_events), SPAN)
    assert (rate.counted, rate.events, rate.design) == (part, whole, 1.0)
    assert rate.low == pytest.approx(low, abs=5e-5)
    assert rate.high == pytest.approx(high, abs=5e-5)


def test_the_design_effect_by_hand():
    # Three months of ten events with 2, 5 and 8 against civilians: q = 0.5, squares 9 + 0 + 9 = 18.
    frame = y.monthly(months([10, 10, 10], [0, 0, 0]), SPAN).assign(part=[2, 5, 8])
    assert y.design_effect(frame) == pytest.approx(1.5 * 18 / (30 * 0.25))
    assert y.design_effect(frame.assign(part=[5, 5, 5])) == 1.0


def test_months_like_their_neighbours_are_worth_fewer():
    # Twelve months of ten, six with 2 and then six with 8: z = -3 … 3; r = (10·9 - 9) / 108 = 0.75, and with its bias
    # taken off (0.75 + 1/12) / (1 - 4/12) = 1.25, more than is allowed for.
    frame = y.monthly(
        rows(*[(f"2021-{k:02d}", "Mopti", BATTLE, "jnim", "state", 10, 0) for k in range(1, 13)]),
        window("2021-01", "2021-12"),
    )
    runs, mixed = frame.assign(part=[2] * 6 + [8] * 6), frame.assign(part=[2, 8] * 6)
    assert y.likeness(runs) == y.MOST_ALIKE == 0.6
    assert y.months_worth(runs) == 6  # 12 · 0.4 / 1.6 = 3 is less than half
    assert y.likeness(mixed) == 0.0
    assert y.design_effect(runs) == pytest.approx(4 * y.design_effect(mixed))


def test_a_share_by_month_takes_students_t_for_the_months_it_rests_on():
    # Design effect 3.6 (above): 15 of 30 are worth 4.1667 of 8.3333; t with two degrees of freedom is 4.303.
    whole = months([10, 10, 10], [0, 0, 0])
    part = months([2, 5, 8], [0, 0, 0])
    found = y.share(whole, part, SPAN)
    k, t = 30 / 3.6, 4.302653
    reach = t / (1 + t**2 / k) * math.sqrt(0.25 / k + t**2 / (4 * k**2))
    assert (found.low, found.high) == (pytest.approx(0.5 - reach, rel=1e-5), pytest.approx(0.5 + reach, rel=1e-5))


def test_narrow_and_wide_counts(tiny):
    when = window("2022-06", "2022-07")
    table = y.civilian_shares(tiny, when).set_index(["side", "count"])
    assert tuple(table.loc[("wagner", "narrow"), ["events", "against"]]) == (2, 2)
    # The army's act that mentions Wagner joins the wide count of Wagner and leaves the narrow count of the army.
    assert tuple(table.loc[("wagner", "wide"), ["events", "against"]]) == (3, 3)
    assert ("state", "narrow") not in table.index
    assert tuple(table.loc[("state", "wide"), ["events", "against"]]) == (1, 1)
    assert ("unidentified", "wide") not in table.index


def test_shares_of_real_data_lie_inside_their_intervals():
    r = Report("latest")
    table = y.civilian_shares(r.actors, r.last_12)
    assert (table["low"].le(table["share"]) & table["share"].le(table["high"])).all()
    assert table["design"].ge(1).all()
    wide, narrow = (table[table["count"].eq(c)].set_index("side")["events"] for c in ("wide", "narrow"))
    assert (wide >= narrow.reindex(wide.index)).all()


def test_lethalities_leave_out_the_deadliest_once(tiny):
    table = y.lethalities(tiny, window("2022-06", "2022-07")).set_index("side")
    assert tuple(table.loc["is-sahel", ["events", "deaths", "deadliest"]]) == (3, 9, 7)
    assert table.loc["is-sahel", "without"] == 1.0


def test_sentences_hold_for_an_edition_before_wagner_and_one_after():
    with pytest.raises(who_whom.NotInEdition, match="mentions Wagner"):
        who_whom.state_and_wagner(Report("2019-01"))
    assert "do not overlap" in who_whom.state_and_wagner(Report("latest"))


def test_intervals_are_the_same_on_every_run():
    r = Report("2023-07")
    one, two = (y.lethalities(r.actors, r.last_12) for _ in range(2))
    assert np.array_equal(one[["low", "high"]].to_numpy(), two[["low", "high"]].to_numpy(), equal_nan=True)

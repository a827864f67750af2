"""Each measure against numbers added up by hand from the synthetic frame in conftest."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import BATTLE, VAC, rows
from helpers import definitions as d
from helpers import measures as m
from helpers.errors import DataError
from helpers.windows import window

BOTH = window("2022-06", "2022-07")
JUNE = window("2022-06", "2022-06")


def test_militant_islamist_events_leave_out_others_and_mobs(tiny):
    mi = m.militant_islamist(tiny)
    assert m.count(mi, BOTH) == 2 + 1 + 3 + 1
    assert m.count(mi, BOTH, "fatalities") == 5 + 3 + 9 + 2
    assert m.count(m.militant_islamist(tiny, unidentified=True), BOTH) == 8


def test_violence_against_civilians_counts_the_acting_side(tiny):
    assert m.count(m.against_civilians(tiny), BOTH) == 1 + 1 + 2
    assert m.count(m.against_civilians(tiny, d.MILITANT_ISLAMIST), BOTH) == 1
    assert m.count(m.hitting_civilians(tiny, d.MILITANT_ISLAMIST), BOTH, "fatalities") == 3 + 2


def test_hitting_civilians_leaves_out_mobs(tiny):
    assert m.count(m.hitting_civilians(tiny), BOTH) == 1 + 1 + 1 + 2


def test_groups_that_fight_each_other_whichever_side_acts(tiny):
    assert m.count(m.between(tiny, ["jnim"], ["is-sahel"]), BOTH) == 3
    assert m.count(m.between(tiny, ["is-sahel"], ["jnim"]), BOTH) == 3
    assert m.count(m.between(tiny, ["state"], ["separatist"]), BOTH) == 0


def test_wagner_narrow_wide_and_acting(tiny):
    assert m.count(m.with_wagner(tiny, wide=False), BOTH) == 2
    assert m.count(m.with_wagner(tiny, wide=True), BOTH) == 3
    assert m.count(m.wagner_side(tiny, wide=False), BOTH) == 2
    assert m.count(m.wagner_side(tiny, wide=True), BOTH) == 3


def test_wagner_as_target_is_named_but_does_not_act():
    frame = rows(("2022-06", "Mopti", BATTLE, "jnim", "wagner", 4, 0, None, "250+", "named"))
    assert m.count(m.with_wagner(frame, wide=False), JUNE) == 4
    assert m.count(m.wagner_side(frame, wide=True), JUNE) == 0


def test_zones_and_regions(tiny):
    assert m.count(m.in_zone(tiny, "centre"), BOTH) == 2 + 1 + 1 + 1 + 2
    assert m.count(m.in_zone(tiny, "north", "south"), BOTH) == 1 + 3 + 1
    assert m.count(m.in_regions(tiny, "Gao"), BOTH) == 4


def test_around_bamako_takes_whole_bands(tiny):
    assert m.count(m.around_bamako(tiny, 150), BOTH) == 2
    assert m.count(m.around_bamako(tiny, 100), BOTH) == 1
    with pytest.raises(DataError, match="no band ends at 120"):
        m.around_bamako(tiny, 120)


def test_deadliest_event_and_the_toll_without_it(tiny):
    assert m.count_without_deadliest(m.militant_islamist(tiny), BOTH) == 19 - 7
    assert m.deadliest(tiny, BOTH)["deadliest"] == 7
    with pytest.raises(DataError, match="no events"):
        m.deadliest(tiny, window("2020-01", "2020-02"))
    assert m.count_without_deadliest(tiny, window("2020-01", "2020-02")) == 0


def test_series_has_zeros_and_says_how_many_months_a_period_holds(tiny):
    months = m.series(tiny, window("2022-05", "2022-08"))
    assert list(months["events"]) == [0, 5, 7, 0]
    halves = m.series(tiny, window("2022-05", "2022-08"), "half")
    assert list(halves["period"]) == ["2022H1", "2022H2"]
    assert list(halves["months"]) == [2, 2]
    assert list(halves["events"]) == [5, 7]
    split = m.series(tiny, BOTH, "quarter", split="region", values=["events"])
    assert split.groupby("period")["events"].sum().to_dict() == {"2022Q2": 5, "2022Q3": 7}
    assert len(split) == 2 * tiny["region"].nunique()


@pytest.mark.parametrize(
    ("by", "label"), [("month", "2022-11"), ("quarter", "2022Q4"), ("half", "2022H2"), ("year", "2022")]
)
def test_period_labels(by, label):
    assert m.period_of(pd.Series(["2022-11"]), by)[0] == label


def test_rolling_sums_begin_when_the_window_is_full(tiny):
    out = m.rolling(tiny, window("2022-05", "2022-08"), 3)
    assert list(out["month"]) == ["2022-07", "2022-08"]
    assert list(out["events"]) == [12, 12]


def test_pace_ratio_change():
    assert m.pace(8, 8) == 12
    assert m.ratio(9, 5) == 1.8
    assert m.change(12, 10) == pytest.approx(0.2)
    with pytest.raises(DataError, match="zero"):
        m.ratio(1, 0)


def test_tally_ranks_and_shares(tiny):
    out = m.tally(tiny, BOTH, "region")
    assert list(out["region"]) == ["Mopti", "Gao", "Bamako", "Segou"]
    assert list(out["events"]) == [6, 4, 1, 1]
    assert out["share"].sum() == pytest.approx(1)


def test_poisson_ratio_interval_against_published_values():
    # Clopper-Pearson bounds of 16/21 are 0.528 and 0.918 (exact binomial tables), so the ratio's are p / (1 - p).
    interval = m.poisson_ratio_interval(16, 5)
    assert interval.low == pytest.approx(0.528 / 0.472, abs=0.01)
    assert interval.high == pytest.approx(0.918 / 0.082, abs=0.1)
    doubled = m.poisson_ratio_interval(16, 5, months_now=6, months_before=12)
    assert doubled.low == pytest.approx(2 * interval.low)
    assert m.poisson_ratio_interval(0, 5).low == 0
    assert m.poisson_ratio_interval(5, 0).high == float("inf")


def test_poisson_interval_against_garwood():
    # Garwood (1936), table of 95 percent limits: 10 -> 4.795 to 18.39; 0 -> 0 to 3.689.
    ten = m.poisson_interval(10)
    assert (ten.low, ten.high) == (pytest.approx(4.795, abs=0.001), pytest.approx(18.39, abs=0.01))
    assert m.poisson_interval(0).high == pytest.approx(3.689, abs=0.001)


def test_area_changes_and_single_definition():
    areas = pd.DataFrame(
        {
            "half": ["2022H2", "2023H1"] * 2,
            "basis": "mi",
            "method": ["cell", "cell", "buffer", "buffer"],
            "size": [0.1, 0.1, 5.0, 5.0],
            "locations": 1,
            "area_km2": [100.0, 118.0, 50.0, 40.0],
        }
    )
    out = m.area_changes(areas, "2023H1", "2022H2").set_index("method")["ratio"]
    assert out["cell"] == pytest.approx(1.18)
    assert out["buffer"] == pytest.approx(0.8)
    assert m.area(areas, "2023H1", "buffer", 5.0) == 40
    with pytest.raises(DataError, match="no single row"):
        m.area(areas, "2023H1", "buffer", 6.0)


def test_zone_shares():
    people = pd.DataFrame(
        {
            "region": ["Mopti", "Gao"],
            "zone": ["centre", "north"],
            "area_km2": [1.0, 3.0],
            "population": [200_000, 50_000],
        }
    )
    shares = m.zone_shares(people).set_index("zone")
    assert shares.loc["north", "area_share"] == 0.75
    assert shares.loc["centre", "population_share"] == 0.8


def test_moura_is_the_armys_attacks_on_civilians_with_wagner_in_the_notes_that_month():
    frame = rows(
        ("2022-03", "Mopti", VAC, "state", "civilians", 3, 390, 130, "250+", "mentioned"),
        ("2022-03", "Mopti", VAC, "state", "civilians", 1, 5),
        ("2022-03", "Segou", VAC, "state", "civilians", 1, 7, 7, "250+", "mentioned"),
        ("2022-04", "Mopti", VAC, "state", "civilians", 1, 9, 9, "250+", "mentioned"),
        ("2022-03", "Mopti", VAC, "wagner", "civilians", 1, 2, 2, "250+", "named"),
        ("2022-03", "Mopti", BATTLE, "jnim", "state", 1, 200),
    )
    march = window("2022-03", "2022-03")
    assert m.count(m.moura(frame), window("2022-01", "2022-12"), "fatalities") == 390
    # The three daily records count as one operation, above the deadliest single event.
    assert m.deadliest_operation(frame, march) == 390
    assert m.deadliest_operation(frame, window("2022-04", "2022-04")) == 9
    assert m.deadliest_operation(frame, window("2021-01", "2021-01")) == 0


def test_share_of_deaths_with_and_without_the_deadliest_operation():
    frame = rows(
        ("2022-06", "Mopti", VAC, "jnim", "civilians", 2, 30, 20),
        ("2022-06", "Mopti", BATTLE, "jnim", "state", 3, 70, 50),
    )
    share, without_own, without_rest = m.share_range_without_deadliest(frame, frame[frame["event_type"].eq(VAC)], JUNE)
    assert share == pytest.approx(30 / 100)
    assert without_own == pytest.approx(10 / 80)
    assert without_rest == pytest.approx(30 / 50)


# --------------------------------------------------------------------------- properties

records = st.lists(
    st.tuples(
        st.sampled_from([f"2022-{n:02d}" for n in range(1, 13)]),
        st.sampled_from(d.REGIONS),
        st.sampled_from([BATTLE, VAC]),
        st.sampled_from(["jnim", "state", "is-sahel"]),
        st.sampled_from(["civilians", "state"]),
        st.integers(1, 9),
        st.integers(0, 40),
    ),
    min_size=1,
    max_size=30,
).map(lambda items: rows(*items))


@given(records, st.integers(1, 11))
def test_a_window_split_in_two_adds_up(frame, cut):
    whole = window("2022-01", "2022-12")
    left, right = window("2022-01", f"2022-{cut:02d}"), window(f"2022-{cut + 1:02d}", "2022-12")
    assert m.count(frame, left) + m.count(frame, right) == m.count(frame, whole)


@given(records)
def test_periods_regions_and_zones_share_out_the_whole(frame):
    whole = window("2022-01", "2022-12")
    for by in ("month", "quarter", "half", "year"):
        assert m.series(frame, whole, by)["events"].sum() == m.count(frame, whole)
    assert m.tally(frame, whole, "region")["share"].sum() == pytest.approx(1)
    assert sum(m.count(m.in_zone(frame, zone), whole) for zone in d.ZONES) == m.count(frame, whole)


@given(records, st.integers(1, 11))
def test_a_later_date_never_counts_less(frame, last):
    early, late = window("2022-01", f"2022-{last:02d}"), window("2022-01", f"2022-{last + 1:02d}")
    assert m.count(frame, early) <= m.count(frame, late)


@given(st.integers(1, 500), st.integers(1, 500))
def test_ratios_and_their_intervals_invert(a, b):
    assert m.ratio(a, b) * m.ratio(b, a) == pytest.approx(1)
    forth, back = m.poisson_ratio_interval(a, b), m.poisson_ratio_interval(b, a)
    assert forth.low * back.high == pytest.approx(1)
    assert forth.low <= a / b <= forth.high


def test_naming_flm_takes_actors_and_mentions(tiny):
    rows = tiny.assign(flm=["named", "mentioned", "no", "no", "no", "no", "no", "no"])
    assert m.naming_flm(rows)["events"].tolist() == [2, 1]


def test_rows_with_notes_pass_unchanged_and_rows_without_are_refused(tiny):
    assert m.with_notes(tiny)["events"].tolist() == tiny["events"].tolist()
    tiny.attrs["without_notes"] = True
    with pytest.raises(DataError, match="without notes"):
        m.with_wagner(tiny, wide=True)
    assert len(m.with_wagner(tiny, wide=False)) == 1


def test_a_window_that_a_users_own_table_does_not_hold_is_refused(tiny):
    from helpers.errors import WindowError

    tiny.attrs["covers"] = ("2022-06", "2022-07")
    assert m.count(tiny, window("2022-06", "2022-07")) == 12
    with pytest.raises(WindowError, match="the user's own data: the window May-July 2022 runs past the data"):
        m.count(tiny, window("2022-05", "2022-07"))

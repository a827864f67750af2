"""The second opinion: UCDP's counts on synthetic tables, then every comparison against the tables by hand."""

import pandas as pd
import pytest

from helpers.audit import claims as c
from helpers.audit import second as s
from helpers.data import Tables
from helpers.errors import DataError, WindowError
from helpers.windows import window, year


@pytest.fixture
def ucdp():
    """Two synthetic years: each month of 2022 has 1+1+2 events, 10 best and 12 high deaths, 3 civilians."""
    made = s.Ucdp(Tables())
    months = [f"2022-{n:02d}" for n in range(1, 13)] + ["2023-01"]
    made.months = pd.DataFrame(
        {
            "month": months,
            "status": ["final"] * 12 + ["candidate"],
            "state_based": 1,
            "non_state": 1,
            "one_sided": 2,
            "best": 10,
            "high": 12,
            "civilians": 3,
            "events": 4,
        }
    )
    made.years = pd.DataFrame(
        {
            "year": 2022,
            "type": ["all", "one-sided"],
            "low": [110, 30],
            "best": [120, 36],
            "high": [144, 40],
            "by_groups": [None, 24],
            "by_government": [None, 12],
        }
    )
    return made


def test_counts_and_ranges(ucdp):
    half = window("2022-01", "2022-06")
    assert ucdp.count(half, "one_sided") == s.Estimate(12, 12, 12)
    assert ucdp.deaths(half) == s.Estimate(60, 60, 72)
    # A calendar year has UCDP's own low estimate.
    assert ucdp.deaths(year(2022)) == s.Estimate(110, 120, 144)
    assert ucdp.one_sided(2022, "by_groups") == 24
    with pytest.raises(WindowError, match="runs past"):
        ucdp.count(window("2022-12", "2023-02"), "events")


def test_ratios_take_the_widest_range():
    ratio = s.Estimate(8, 10, 12).over(s.Estimate(4, 5, 6))
    assert (ratio.low, ratio.best, ratio.high) == (8 / 6, 2, 3)
    with pytest.raises(DataError):
        s.Estimate(1, 1, 1).over(s.Estimate(0, 0, 0))


@pytest.mark.parametrize(
    ("unit", "test", "value", "ours", "expected"),
    [
        ("percent", "equal", 230, 142, True),
        ("percent", "equal", -11, 25, False),
        ("times", "about", 0.9, 4, False),
        ("deaths", "true", 1.0, 1.0, True),
        ("events", "true", 0.0, 1.0, False),
        ("events", "more", 278, 1046, None),
        ("times", "about", 2, None, None),
    ],
)
def test_directions(unit, test, value, ours, expected):
    assert s.agree(unit, test, value, ours) is expected


def total(column, first, last):
    months = Tables().ucdp_months()
    return int(months.loc[months["month"].between(first, last), column].sum())


def events(first, last):
    return sum(total(kind, first, last) for kind in ("state_based", "non_state", "one_sided"))


def test_comparisons_against_the_tables():
    found = s.table().set_index(["id", "figure"])
    years = Tables().ucdp_years()
    best = years[years["type"].eq("all")].set_index("year")["best"]
    groups = years[years["type"].eq("one-sided")].set_index("year")["by_groups"]
    value = found["ucdp"]
    assert value["R22-03", "pace"] == pytest.approx(
        (total("best", "2022-01", "2022-08") * 12 / 8 / best[2021] - 1) * 100
    )
    assert value["R22-03", "realised"] == pytest.approx((best[2022] / best[2021] - 1) * 100)
    assert value["R22-04", "ratio"] == pytest.approx(groups[2022] / groups[2021])
    assert value["R22-06", "change"] == pytest.approx(
        (events("2022-05", "2022-08") / events("2022-01", "2022-04") - 1) * 100
    )
    assert value["R23-01", "pace"] == 2 * events("2023-01", "2023-06")
    assert value["R23-03", "ratio"] == pytest.approx(2 * events("2023-01", "2023-06") / events("2020-01", "2020-12"))
    assert value["R23-07", "ratio"] == pytest.approx(
        total("one_sided", "2022-07", "2023-06") / total("one_sided", "2019-08", "2020-07")
    )
    assert value["R23-15", "deaths"] == total("civilians", "2021-01", "2023-06")
    assert value["R22-02", "record"] == float(total("best", "2022-01", "2022-08") > best[best.index < 2022].max())
    second = total("civilians", "2022-04", "2022-06")
    yearly = years[years["type"].eq("all") & years["year"].between(2012, 2021)]["civilians"].max()
    assert value["R22-05", "both_quarters"] == float(min(second, total("civilians", "2022-01", "2022-03")) > yearly)


def test_every_opinion_is_whole():
    found = s.table()
    assert not found.duplicated(["id", "figure", "part"]).any()
    for row in found.itertuples():
        assert row.low <= row.ucdp <= row.high
        assert row.agrees in ("yes", "no", "")
        for said in (row.sentence.en, row.sentence.fr, row.why.en, row.why.fr):
            assert said.endswith(".")
            for flaw in ("nan", "None", "  "):
                assert flaw not in said
    outcomes = found[found["part"].eq("outcome")]
    assert outcomes["later"].all()


def test_claims_without_the_dimension_have_no_opinion():
    for claim_id in ("R23-06", "R22-13", "R23-16", "R23-09"):
        assert s.opinions(claim_id) == ()
    first = s.opinions("R22-06")[0]
    assert first.unit == c.claim("R22-06").figures[0].unit

"""Contradictions: the rule on hand-made ranges, the arithmetic on published figures, each check's form."""

import math

import pytest

from helpers.audit import claims as c
from helpers.audit import contradictions as k
from helpers.audit.contradictions import Span
from helpers.errors import ClaimError


@pytest.fixture(scope="module")
def found():
    return k.check_all().set_index("id")


@pytest.mark.parametrize(
    ("implied", "against", "expected"),
    [
        (Span(1, 2), Span(2, 3), "consistent"),
        (Span(1, 5), Span(2, 3), "consistent"),
        (Span(4, math.inf), Span(5, 5), "consistent"),
        (Span(4, math.inf), Span(3, 3), "contradiction"),
        # 108 is eight percent above 100, 109 is not
        (Span(100, 100), Span(108, 108), "tension"),
        (Span(108, 108), Span(100, 100), "tension"),
        (Span(100, 100), Span(109, 109), "contradiction"),
    ],
)
def test_the_rule(implied, against, expected):
    assert k.verdict(implied, against) == expected
    assert k.verdict(against, implied) == expected
    assert expected in k.VERDICTS


def test_rounding_leaves_room_around_a_published_figure(monkeypatch):
    figures = {
        "changed": c.Published("changed", "equal", "percent", 18),
        "tens": c.Published("tens", "about", "km2", 6150, -1),
        "part": c.Published("part", "about", "share", 40, -1),
        "over": c.Published("over", "more", "events", 1000),
    }
    monkeypatch.setattr(k.Case, "figure", lambda self, claim, quantity: figures[quantity])
    case = k.Case()
    assert case.stated("x", "changed") == Span(1.175, 1.185)
    assert case.stated("x", "tens") == Span(6145, 6155)
    assert case.stated("x", "part") == Span(0.35, 0.45)
    assert case.stated("x", "over") == Span(1000, math.inf)
    assert case.value("x", "changed") == 1.18


def test_what_is_not_published_is_an_error():
    with pytest.raises(ClaimError, match="publishes no"):
        k.Case().figure("R23-04", "weight")


def test_areas_give_the_published_change(found):
    row = found.loc["area"]
    assert row["implied_low"] == pytest.approx(6145 / 5250)
    assert row["implied_high"] == pytest.approx(6155 / 5150)
    assert row["verdict"] == "consistent"
    assert "18.3 percent" in row["implies"]


def test_nine_by_august_and_five_from_july(found):
    # Nine in all; x of them in July-August; five from July on leave 5 - x, and make 9 + 5 - x in the year.
    inside = found.loc["bamako-overlap", "implied_low"]
    assert found.loc["bamako-rest", "implied_low"] == 5 - inside
    assert found.loc["bamako-year", "implied_low"] == 9 + 5 - inside
    assert "9 to 14" in found.loc["bamako-year", "implies"]


def test_the_pace_of_nine_events_and_the_day_it_would_need(found):
    row = found.loc["bamako-pace"]
    assert row["implied_low"] == 9 * 12 / 8
    # 9 x 12 / 15.5 = 6.97 months and 9 x 12 / 14.5 = 7.45 months of the year.
    assert "between 31 July and 14 August 2022" in row["follows"]


def test_nine_as_twice_2021_leaves_four_to_six_then_six_to_eight(found):
    row = found.loc["bamako-five-years"]
    assert (row["implied_low"], row["implied_high"]) == (6, 8)


def test_the_rest_of_mali_by_hand(found):
    # At most: all events +20.5 percent, the centre +44.5, its share 50 percent of both windows together.
    first = 0.5 * (1 + 1.205) / (1 + 1.445)
    assert found.loc["outside-centre", "implied_high"] == pytest.approx((1.205 - 1.445 * first) / (1 - first))


def test_every_check_names_its_claims_and_ends_in_a_verdict(found):
    known = {row.id for row in c.claims()}
    assert len(found) == len(k.CHECKS)
    for row in found.itertuples():
        assert set(row.claims.split(";")) <= known
        assert row.asks.endswith("?")
        assert row.verdict in k.VERDICTS
        assert row.implied_low <= row.implied_high
        assert row.against_low <= row.against_high
        assert row.sentence.endswith(".")
        for flaw in ("nan", "inf", "None", "  "):
            assert flaw not in row.sentence


def test_only_published_facts_about_one_thing_contradict_each_other(found):
    assert k.verdict(Span(1, 1), Span(4, 4), published=False) == "at odds"
    # Our own count, a projection and one meaning of "the country": none of these is the report against itself.
    for name in ("bamako-rest", "bamako-year", "two-thirds"):
        assert found.loc[name, "verdict"] == "at odds"
    strict = {check.id for check in k.CHECKS if check.published}
    assert set(found.index[found["verdict"].eq("contradiction")]) <= strict
    assert not found["verdict"].eq("contradiction").any()

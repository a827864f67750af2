"""The definition space: selections and levels on synthetic rows, and the real spaces held against the audit."""

import math

import pandas as pd
import pytest

from conftest import VAC, rows
from helpers.audit import claims as c
from helpers.audit import space as s
from helpers.editions import Report
from helpers.errors import ClaimError, WindowError

EVENTS = c.Published("x", "equal", "events", 9)


def report(frame: pd.DataFrame, as_of: str = "2022-08") -> Report:
    """A report whose `actors` table is synthetic."""
    made = Report("2022-08").at(as_of, 4)
    made.__dict__["actors"] = frame
    return made


def test_selections_on_the_synthetic_frame(tiny):
    def events(*pick: str) -> int:
        return int(s.select(tiny, s.Pick(*pick))["events"].sum())

    assert events("mi", "violent", "Mali") == 2 + 1 + 3 + 1
    assert events("mi", "vac", "Mali") == 1
    assert events("mi", "hit", "Mali") == 1 + 1
    assert events("mi", "fighting", "Mali") == 2 + 3 + 1
    assert events("mi+unidentified", "violent", "Gao+Menaka") == 3 + 1
    assert events("everyone", "vac", "centre") == 1 + 1 + 2
    assert events("wagner-narrow", "violent", "Mali") == 2
    assert events("wagner-wide-acting", "vac", "Mopti") == 3
    assert events("mi", "violent", "150 km") == 1
    assert events("mi", "violent", "100 km") == 0


def test_katiba_macina_is_found_where_the_record_names_it():
    frame = rows(
        ("2022-06", "Mopti", VAC, "flm", "civilians", 3, 0, None, "250+", "no", "named"),
        ("2022-06", "Mopti", VAC, "jnim", "civilians", 2, 0, None, "250+", "no", "mentioned"),
        ("2022-06", "Mopti", VAC, "jnim", "civilians", 4, 0),
    )
    assert s.select(frame, s.Pick("flm-named", "violent", "Mali"))["events"].sum() == 3
    assert s.select(frame, s.Pick("flm-mentioned", "violent", "Mali"))["events"].sum() == 5


def test_a_small_space_by_hand():
    # Synthetic: JNIM 6 events in June, 9 in July; unidentified groups 3 in July.
    frame = rows(
        ("2022-06", "Mopti", VAC, "jnim", "civilians", 6, 0),
        ("2022-07", "Mopti", VAC, "jnim", "civilians", 9, 0),
        ("2022-07", "Mopti", VAC, "unidentified", "civilians", 3, 0),
    )
    space = s.Space(
        "R22-06",
        "change",
        "ratio",
        s._pairs(("2022-07..2022-07", "2022-06..2022-06")) + s._rates(("2022-06..2022-07", "2022-06..2022-06")),
        ("mi", "mi+unidentified"),
    )
    found = s.explore(space, c.Published("x", "equal", "times", 1.5, 1), report(frame))
    assert list(found["value"]) == [9 / 6, 12 / 6, 7.5 / 6, 9 / 6]
    assert list(found["match"]) == [True, False, False, True]
    assert list(found["choices"]) == [0, 1, 1, 2]
    assert found["definition"][0] == "as the words suggest"
    assert found["definition"][3] == "unidentified armed groups counted in; June-July 2022 over June 2022, by the month"
    assert s.level(found) == "fragile"


def test_a_ratio_to_nothing_has_no_value_and_is_not_counted():
    frame = rows(("2022-07", "Mopti", VAC, "jnim", "civilians", 9, 0))
    space = s.Space("x", "x", "change", s._pairs(("2022-07..2022-07", "2022-06..2022-06")))
    found = s.explore(space, c.Published("x", "equal", "percent", 20), report(frame))
    assert math.isnan(found["value"][0])
    assert not found["match"][0]


def test_a_window_past_the_claims_own_month_is_an_error(tiny):
    space = s.Space("x", "x", "count", s._alone("2022-07..2022-09"))
    with pytest.raises(WindowError, match="runs past the data"):
        s.explore(space, EVENTS, report(tiny))


def test_definitions_that_make_no_difference_are_one(tiny):
    months = s._pairs(("2022-06..2022-07", "2022-05..2022-05"), ("2022-06..2022-07", "2022-04..2022-04"))
    assert len(s.explore(s.Space("x", "x", "count", months), EVENTS, report(tiny))) == 1
    assert len(s.explore(s.Space("x", "x", "count before", months), EVENTS, report(tiny))) == 2


@pytest.mark.parametrize(
    ("choices", "match", "near", "expected"),
    [
        ([0, 1, 1], [1, 1, 0], [1, 1, 0], "robust"),
        ([0, 1, 1], [0, 0, 0], [1, 1, 0], "robust"),
        ([0], [1], [1], "robust"),
        ([0, 1, 1, 1], [1, 1, 0, 0], [1, 1, 0, 0], "fragile"),
        ([0, 1, 2, 2], [1, 0, 1, 1], [1, 0, 1, 1], "fragile"),
        ([0, 1, 1], [0, 1, 0], [0, 1, 0], "rival"),
        ([0] + [1] * 10, [0] * 10 + [1], [0] * 11, "lucky"),
        ([0, 1, 1], [0, 0, 0], [0, 1, 1], "none"),
    ],
)
def test_levels(choices, match, near, expected):
    found = pd.DataFrame(
        {"choices": choices, "value": 1.0, "match": [bool(x) for x in match], "near": [bool(x) for x in near]}
    )
    assert s.level(found) == expected
    assert expected in s.LEVELS


def test_chance_is_the_width_of_the_target_over_the_spread():
    values = pd.Series([0.0, 4.0, 20.0, 40.0])
    assert s.by_chance(EVENTS, values) == 4 * 1 / 40
    assert s.by_chance(c.Published("x", "equal", "events", 90), values) == 0
    assert math.isnan(s.by_chance(c.Published("x", "more", "events", 9), values))


def test_places_and_spans_in_words():
    assert s.place_name("south") == "southern Mali"
    assert s.place_name("Kayes") == "Kayes"
    assert s.span("2023H1") == s.span("2023-01..2023-06")


@pytest.mark.parametrize("space", s.SPACES, ids=lambda row: f"{row.claim}-{row.figure}")
def test_the_natural_definition_is_the_audits_main_reading(space):
    found = s.search(space.claim, space.figure)
    entry = next(row for row in c.evaluate(space.claim).rows if row.figure.quantity == space.figure)
    assert found["value"][0] == pytest.approx(entry.computed)
    assert found["match"][0] == (entry.verdict == "reproduced")
    assert found["natural"].sum() == 1
    assert not found.duplicated(list(s.AXES)).any()
    assert (found["choices"] > 0).equals(~found["natural"])


def test_every_figure_that_is_a_number_has_a_space():
    wanted = {
        (row.id, figure.quantity)
        for row in c.claims()
        for figure in row.figures
        if row.kind in ("measured", "projection") and figure.test != "true"
    }
    assert {(space.claim, space.figure) for space in s.SPACES} == wanted


def test_summary_counts_what_search_finds():
    table = s.summary()
    assert len(table) == len(s.SPACES)
    assert table["level"].isin(list(s.LEVELS)).all()
    assert (table["exact"] + table["near"] <= table["definitions"]).all()
    assert (table["low"] <= table["natural"]).all()
    assert (table["natural"] <= table["high"]).all()
    assert table["definitions"].sum() <= s.tried()
    assert s.held().sum() == len(table)
    assert table.loc[table["exact"].eq(0), "matching"].eq("").all()


def test_one_definition_must_give_all_figures_of_a_claim():
    area = s.joint("R23-04")
    assert not area["match"].any()
    assert {"area", "area_before", "change"} <= set(area.columns)
    first = area.iloc[0]
    assert first["definition"] == "as the words suggest"
    assert first["change"] == pytest.approx((first["area"] / first["area_before"] - 1) * 100)
    for claim_id in s.JOINT:
        both = s.joint(claim_id)
        assert (both["near"] | ~both["match"]).all()
    with pytest.raises(ClaimError, match="several figures"):
        s.joint("R22-06")


def test_choices_on_each_axis_share_out_the_definitions():
    found = s.search("R23-03", "ratio")
    table = s.by_choice(found)
    known = found["value"].notna().sum()
    assert (table.groupby("axis")["definitions"].sum() == known).all()
    assert (table["exact"] <= table["close"]).all()


@pytest.mark.parametrize("space", s.SPACES, ids=lambda row: f"{row.claim}-{row.figure}")
def test_sentences_are_whole(space):
    text = s.sentence(space.claim, space.figure)
    assert text.endswith(f"{s.level(s.search(space.claim, space.figure))}.")
    assert "nan" not in text


def test_a_figure_without_a_space_says_so():
    with pytest.raises(ClaimError, match="no definition space"):
        s.search("R22-01", "violence")

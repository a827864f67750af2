"""The definition space: selections and levels on synthetic rows, and the real spaces held against the audit."""

import math
import re

import pandas as pd
import pytest

from conftest import VAC, rows
from helpers.audit import choices
from helpers.audit import claims as c
from helpers.audit import null as n
from helpers.audit import space as s
from helpers.audit.firmness import sentence
from helpers.audit.options import place
from helpers.editions import Report
from helpers.errors import ClaimError, WindowError

EVENTS = c.Published("x", "equal", "events", 9)


def level(found: pd.DataFrame, null: n.Null | None = None) -> str:
    return n.level(found, null or n.Null(100, 0.9, 0.0, 0.5))


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
        choices._pairs(("2022-07..2022-07", "2022-06..2022-06"))
        + choices._rates(("2022-06..2022-07", "2022-06..2022-06")),
        ("mi", "mi+unidentified"),
    )
    found = s.explore(space, c.Published("x", "equal", "times", 1.5, 1), report(frame))
    assert list(found["value"]) == [9 / 6, 12 / 6, 7.5 / 6, 9 / 6]
    assert list(found["match"]) == [True, False, False, True]
    assert list(found["choices"]) == [0, 1, 1, 2]
    assert found["definition"][0] == "as the words suggest"
    assert found["definition"][3] == "unidentified armed groups counted in; June-July 2022 over June 2022, by the month"
    assert level(found) == "fragile"


def test_a_ratio_to_nothing_has_no_value_and_is_not_counted():
    frame = rows(("2022-07", "Mopti", VAC, "jnim", "civilians", 9, 0))
    space = s.Space("x", "x", "change", choices._pairs(("2022-07..2022-07", "2022-06..2022-06")))
    found = s.explore(space, c.Published("x", "equal", "percent", 20), report(frame))
    assert math.isnan(found["value"][0])
    assert not found["match"][0]


def test_a_window_past_the_claims_own_month_is_an_error(tiny):
    space = s.Space("x", "x", "count", choices._alone("2022-07..2022-09"))
    with pytest.raises(WindowError, match="runs past the data"):
        s.explore(space, EVENTS, report(tiny))


def test_definitions_that_make_no_difference_are_one(tiny):
    months = choices._pairs(("2022-06..2022-07", "2022-05..2022-05"), ("2022-06..2022-07", "2022-04..2022-04"))
    assert len(s.explore(s.Space("x", "x", "count", months), EVENTS, report(tiny))) == 1
    assert len(s.explore(s.Space("x", "x", "count before", months), EVENTS, report(tiny))) == 2


@pytest.mark.parametrize(
    ("choices", "match", "as_well", "expected"),
    [
        ([0, 1, 1], [1, 1, 0], 0.0, "robust"),
        ([0], [1], 1.0, "robust"),
        ([0, 1, 1, 1], [1, 1, 0, 0], 0.0, "fragile"),
        ([0, 1, 2, 2], [1, 0, 1, 1], 0.0, "fragile"),
        ([0, 1, 1], [0, 1, 0], 0.1, "rival"),
        ([0, 1, 1], [0, 1, 0], 0.11, "weak match"),
        ([0, 1, 1], [0, 0, 0], 0.0, "none"),
    ],
)
def test_levels(choices, match, as_well, expected):
    """Only figures given exactly count: what lies near gives no figure a firmer name."""
    found = pd.DataFrame({"choices": choices, "value": 1.0, "match": [bool(x) for x in match], "near": True})
    assert level(found, n.Null(100, 1.0, as_well, 0.3)) == expected
    assert expected in n.LEVELS


def test_many_like_windows_do_not_outvote_every_other_answer_to_who_counts():
    """Synthetic: one actor beside the natural one misses, five windows of six give it."""
    found = pd.DataFrame(
        {
            "actors": ["a", "b", *"aaaaaa"],
            "window": ["w", "w", *"123456"],
            "choices": [0] + [1] * 7,
            "value": 1.0,
            "match": [True, False, True, True, True, True, True, False],
        }
    )
    assert n.support(found).round(2).to_dict() == {"actors": 0.0, "window": 0.83}
    assert level(found) == "fragile"
    found.loc[1, "match"] = True
    assert level(found) == "robust"


def test_too_few_other_numbers_tell_no_luck():
    found = pd.DataFrame({"choices": [0, 1], "value": 1.0, "match": [False, True]})
    assert level(found, n.Null(n.FEWEST - 1, 0.0, 0.0, 0.5)) == "undecided"


def curve_of(**columns) -> pd.DataFrame:
    return pd.DataFrame(columns)


def test_a_curve_merges_what_gives_one_value_and_weighs_choices_equally():
    # Synthetic: two actors, one with three windows and one with a single one.
    found = curve_of(
        actors=["a", "a", "a", "b"], window=["1", "2", "3", "1"], before="", basis="", value=[8.0, 9.0, 9.0, 12.0]
    )
    points = n.curve(found)
    assert points["value"].tolist() == [8.0, 9.0, 12.0]
    assert points["definitions"].tolist() == [1, 2, 1]
    assert points["weight"].sum() == pytest.approx(1)
    # By hand: 1/3 x 1/2, twice 1/3 x 1, 1 x 1/2, over their sum 4/3.
    assert points["weight"].tolist() == pytest.approx([0.125, 0.5, 0.375])


def test_other_numbers_show_how_little_a_hit_means():
    # The definitions give 8 to 12: of the other numbers near 10 (7 to 15) they give four.
    found = curve_of(actors=list("abcde"), value=[10.0, 8.0, 9.0, 11.0, 12.0])
    null = n.against_others(c.Published("x", "equal", "events", 9), found)
    assert null.numbers == 8
    assert null.reached == 4 / 8
    assert null.as_well == 4 / 8
    assert null.weight == pytest.approx(0.2)
    missed = n.against_others(c.Published("x", "equal", "events", 7), found)
    assert missed.weight == 0
    assert math.isnan(missed.as_well)
    bound = n.against_others(c.Published("x", "more", "events", 9), found)
    assert bound.numbers == 0
    assert math.isnan(bound.reached)


def test_every_level_follows_from_the_tables():
    table = s.summary().set_index(["id", "figure"])
    # 9 to 12 events near Bamako: nearly every small number is given by some definition.
    assert table.loc[("R23-06", "before"), "level"] == "weak match"
    assert table.loc[("R23-06", "before"), "reached"] == 1
    # Every other answer to who Wagner is gives another share of events (46, 70 and 78 percent).
    assert table.loc[("R23-16", "events"), "level"] == "fragile"
    assert table["level"].eq("robust").sum() == 4
    exact = table[table["level"].isin(["robust", "fragile"])]
    assert (exact["share"] > 0).all()
    assert table.loc[table["exact"].eq(0), "level"].eq("none").all()


def test_places_and_spans_in_words():
    assert place("south", inside=False).en == "southern Mali"
    assert place("Kayes", inside=False).en == "Kayes"
    assert s.span("2023H1") == s.span("2023-01..2023-06")


@pytest.mark.parametrize("space", s.SPACES, ids=lambda row: f"{row.claim}-{row.figure}")
def test_the_natural_definition_is_the_audits_main_reading(space):
    found = s.search(space.claim, space.figure)
    entry = next(row for row in c.evaluate(space.claim).rows if row.figure.quantity == space.figure)
    assert found["value"][0] == pytest.approx(entry.computed)
    assert found["match"][0] == (entry.verdict == "reproduced") or entry.figure.needs
    assert found["natural"].sum() == 1
    assert not found.duplicated(list(s.AXES)).any()
    assert (found["choices"] > 0).equals(~found["natural"])


def test_every_figure_that_is_a_number_has_a_space():
    wanted = {
        (row.id, figure.quantity)
        for row in c.claims()
        for figure in row.figures
        if row.kind in ("measured", "projection") and figure.test != "true" and not row.construction
    }
    assert {(space.claim, space.figure) for space in s.SPACES} == wanted


def test_summary_counts_what_search_finds():
    table = s.summary()
    varied = [space for space in s.SPACES if s.search(space.claim, space.figure)["value"].notna().sum() > 1]
    assert len(table) == len(varied) == len(s.SPACES) - 1
    assert table["level"].isin(list(n.LEVELS)).all()
    assert (table["exact"] + table["near"] <= table["definitions"]).all()
    assert (table["low"] <= table["natural"]).all()
    assert (table["natural"] <= table["high"]).all()
    assert table["definitions"].sum() <= sum(len(s.search(space.claim, space.figure)) for space in s.SPACES)
    assert table.loc[table["exact"].eq(0), "matching"].eq("").all()


@pytest.mark.parametrize("space", s.SPACES, ids=lambda row: f"{row.claim}-{row.figure}")
def test_sentences_are_whole(space):
    said = sentence(space.claim, space.figure)
    found = s.search(space.claim, space.figure)
    if len(found) == 1:
        assert said is None, "nothing was varied"
        return
    figure = next(x for x in c.claim(space.claim).figures if x.quantity == space.figure)
    firmness = n.level(found, n.against_others(figure, found))
    ends = (f"Level: {firmness}.", f"Niveau : {n.NAMES_FR[firmness]}.")
    for text, level_is, rules in zip(said, ends, (n.LEVELS, n.LEVELS_FR), strict=True):
        assert text.endswith(level_is)
        assert rules[firmness][-30:] in text or firmness == "none"
        assert "nan" not in text
    # One other definition is no others, and all numbers are not "seven of seven".
    exact = int(found["match"].sum())
    others = re.findall(r"[Aa]nother definition gives it|[Oo]thers give it", said[0])
    autres = re.findall(r"[Uu]ne autre définition le donne|[Dd]’autres le donnent", said[1])
    assert len(others) == len(autres) == (firmness in ("rival", "undecided", "weak match"))
    assert exact > 1 or not re.search("thers|autres", " ".join(others + autres))
    assert not re.search(r" 100 percent are given| 100\u202f% sont donnés", said[0] + said[1])
    assert set(n.LEVELS) == set(n.LEVELS_FR) == set(n.NAMES_FR)


def test_a_figure_without_a_space_says_so():
    with pytest.raises(ClaimError, match="no definition space"):
        s.search("R22-01", "events")

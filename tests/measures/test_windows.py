import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import windows as w
from helpers.errors import WindowError

months = st.integers(0, 400).map(lambda n: pd.Period("2000-01", "M") + n)


def test_labels_read_as_people_write_them():
    assert w.year(2022).label == "2022"
    assert w.window("2023-01", "2023-06").label == "January-June 2023"
    assert w.window("2022-07", "2023-06").label == "July 2022 to June 2023"
    assert w.window("2023-06", "2023-06").label == "June 2023"


def test_what_a_table_covers_is_said_in_words():
    assert w.covered(pd.DataFrame({"month": ["2026-03", "2012-01"]})) == "January 2012 to March 2026"
    assert w.covered(pd.DataFrame({"half": ["2012H1", "2025H2"]})) == "January-June 2012 to July-December 2025"
    assert w.covered(pd.DataFrame({"date": ["2012-01-17", "2026-10-06"]})) == "17 January 2012 to 6 October 2026"
    assert w.covered(pd.DataFrame({"year": [2014, 2014]})) == "2014"
    assert w.covered(pd.DataFrame({"region": ["Gao"]})) == ""


def test_trailing_months_and_those_before_touch_without_overlap():
    now = w.trailing("2023-06", 6)
    assert now == w.window("2023-01", "2023-06")
    assert now.before() == w.window("2022-07", "2022-12")
    assert now.before(12) == w.window("2022-01", "2022-12")
    assert now.year_earlier() == w.window("2022-01", "2022-06")


def test_a_span_is_both_its_months_and_one_month_is_itself():
    assert w.span("2023-01:2023-06") == w.window("2023-01", "2023-06")
    assert w.span(" 2022-11 : 2023-02 ").months == 4
    assert w.span("2023-06") == w.window("2023-06", "2023-06")
    with pytest.raises(WindowError, match="not a month"):
        w.span("2023-01:2023")


@given(months, st.integers(1, 60))
def test_a_window_has_as_many_months_as_it_was_asked_for(end, count):
    window = w.trailing(end, count)
    assert window.months == count
    assert window.before().last == window.first - 1


def test_a_window_past_the_data_is_an_error_not_a_short_sum():
    with pytest.raises(WindowError, match="runs past the data"):
        w.window("2023-01", "2023-12").check(w.month("2012-01"), w.month("2023-06"), "test")


@pytest.mark.parametrize("text", ["2023", "2023-13", "June 2023", "2023-6", ""])
def test_what_is_not_a_month_is_refused(text):
    with pytest.raises(WindowError, match="not a month"):
        w.month(text)


def test_a_window_cannot_end_before_it_begins():
    with pytest.raises(WindowError):
        w.window("2023-06", "2023-01")


@pytest.mark.parametrize(
    ("month", "last", "before"),
    [
        ("2023-06", "2023H1", "2022H2"),
        ("2022-08", "2022H1", "2021H2"),
        ("2022-12", "2022H2", "2022H1"),
        ("2023-05", "2022H2", "2022H1"),
    ],
)
def test_last_complete_half_year(month, last, before):
    assert w.last_half(month) == last
    assert w.half_before(last) == before


def test_complete_years_stop_before_an_unfinished_one():
    assert [x.label for x in w.complete_years(2021, "2023-06")] == ["2021", "2022"]
    assert [x.label for x in w.complete_years(2021, "2022-12")] == ["2021", "2022"]


def test_quarters_and_halves_cover_a_year():
    assert [w.quarter(2022, n).months for n in (1, 2, 3, 4)] == [3] * 4
    assert w.half("2022H1").last + 1 == w.half("2022H2").first


def test_year_to_date_begins_in_january():
    assert w.year_to_date("2023-06") == w.window("2023-01", "2023-06")
    assert w.year_to_date("2023-01").months == 1


def test_months_are_named_by_their_half_year():
    assert w.half_of(pd.Series(["2022-12", "2023-01", "2023-06", "2023-07"])).tolist() == [
        "2022H2",
        "2023H1",
        "2023H1",
        "2023H2",
    ]

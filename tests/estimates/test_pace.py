"""The pace rule: forecasts worked by hand on synthetic counts, and no peeking past an edition's month."""

import math

import pandas as pd
import pytest

from conftest import VAC, rows
from helpers.editions import Report
from helpers.errors import NotInData
from helpers.estimates import pace as q
from helpers.measures.foreseen import BY_ACTOR
from helpers.windows import Window, half, window

# Synthetic: one event a month in 2020, two in 2021, three in the first half of 2022 and six in the second.
COUNTS = {2020: [1] * 12, 2021: [2] * 12, 2022: [3] * 6 + [6] * 6}
FRAME = rows(
    *[
        (f"{y}-{n + 1:02d}", "Mopti", VAC, "jnim", "civilians", number, 10 * number)
        for y, numbers in COUNTS.items()
        for n, number in enumerate(numbers)
    ]
)
DATA = window("2020-01", "2022-12")


def test_forecasts_by_hand():
    table = q.backtest(FRAME, [half("2020H1"), half("2021H1"), half("2022H1")], DATA).set_index("year")
    assert list(table["to_date"]) == [6, 12, 18]
    assert list(table["realised"]) == [12, 24, 54]
    assert list(table["pace"]) == [12, 24, 36]
    assert list(table["naive"])[1:] == [12, 24]
    # What 2021 had by June, 12, and the second half of 2020, 6.
    assert list(table["rest"])[1:] == [18, 30]
    assert table.loc["2022", "pace_error"] == pytest.approx(36 / 54 - 1)
    assert table.loc["2021", "naive_error"] == -0.5
    assert math.isnan(table.loc["2020", "naive"])


def test_half_years_that_straddle_the_new_year():
    table = q.backtest(FRAME, [half("2021H2")], DATA)
    assert (table["year"][0], table["realised"][0], table["pace"][0]) == ("July 2021 to June 2022", 30, 24)


def test_any_number_of_months():
    table = q.backtest(FRAME, [window("2022-01", "2022-08")], DATA, "fatalities")
    assert table["to_date"][0] == 10 * (18 + 12)
    assert table["pace"][0] == 300 * 12 / 8


def test_a_year_that_is_not_over_is_left_out():
    early = Window(DATA.first, DATA.last - 1)
    assert q.backtest(FRAME, [half("2022H1")], early).empty


def test_nothing_to_forecast_has_no_error_and_no_skill():
    none = FRAME[FRAME["month"] < "2021-01"]
    table = q.backtest(none, [half("2021H1")], DATA)
    assert math.isnan(table["pace_error"][0])
    with pytest.raises(NotInData, match="none that is over"):
        q.skill(table)


def test_skill_by_hand():
    table = pd.DataFrame(
        {
            "pace_error": [0.05, -0.25, 0.30, None],
            "naive_error": [0.5, -0.5, 0.5, 0.1],
            "rest_error": [0.1] * 4,
        }
    )
    pace = q.skill(table)
    assert (pace.forecasts, pace.error, pace.median) == (3, pytest.approx(0.2), 0.25)
    assert (pace.within, pace.over) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert q.skill(table, "naive").error == 0.5


def test_the_band_is_made_of_past_misses():
    table = pd.DataFrame({"realised": [8, 10, 12, 5], "pace": [10.0, 10.0, 10.0, 0.0]})
    band = q.band(table, 100, share=1.0)
    assert (band.low, band.high) == (80, 120)


def test_the_band_lies_between_the_errors_between_which_a_further_one_lies():
    """Of 19 past errors the second and the last but one: a twentieth lies between them in 16 of 20 cases."""
    table = pd.DataFrame({"realised": range(1, 20), "pace": [10.0] * 19})
    band = q.band(table, 100)
    assert (band.low, band.high) == (pytest.approx(20), pytest.approx(180))
    few = q.band(table.head(8), 100)
    assert (few.low, few.high) == (pytest.approx(10), pytest.approx(80))
    none = q.band(table.assign(pace=0.0), 100)
    assert none.low != none.low


def test_no_forecast_looks_past_the_edition():
    table = q.history(Report("2022-08"))
    assert table["window"].iloc[-1] == "July-December 2021"
    later = q.history(Report("2023-07")).set_index("window")
    assert table.set_index("window").equals(later.loc[table["window"]])


def test_skills_compare_every_rule_on_the_same_forecasts():
    table = q.skills(Report("2023-07"))
    assert len(table) == len(BY_ACTOR) * len(q.RULES)
    assert (table.groupby("series")["forecasts"].nunique() == 1).all()
    assert table["within"].between(0, 1).all()

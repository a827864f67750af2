"""Figures from the newest tables: what they count, and what they leave out."""

from __future__ import annotations

import pandas as pd
import pytest

import story_figures
from helpers import data
from helpers import definitions as d
from helpers.editions import Report
from helpers.story import data_reach, how, now


def _figure(module, edition, name):
    return next(figure for figure in story_figures.figures(module, edition) if figure.id == name)


def test_a_partial_month_is_drawn_and_counted_nowhere():
    figure = now.now_months(Report("latest"))
    partial = figure.frame[figure.frame["State"].eq("Not complete: in no sum")]
    assert set(partial["Month"]) == {"2026-04"}
    assert partial["Events"].sum() == 60
    whole = figure.frame[figure.frame["State"].eq("Whole month")]
    assert whole["Month"].nunique() == now.MONTHS
    assert whole.loc[whole["Month"] >= "2025-04", "Events"].sum() == 1558
    assert "1,558" in figure.title
    assert "60" not in figure.title
    assert "pale: April 2026" in figure.subtitle
    old = now.now_months(Report("2023-07"))
    assert set(old.frame["State"]) == {"Whole month"}


def test_provisional_months_look_different_and_say_so():
    figure = now.now_ucdp(Report("latest"))
    pale = figure.frame[figure.frame["State"].eq("Provisional")]
    assert set(pale["Month"]) == {f"2026-0{n}" for n in range(1, 6)}
    assert "(provisional)" in figure.title
    assert "the most since March 2022" in figure.title
    assert "(provisoire)" in figure.fr.title
    spec = figure.spec()
    assert "opacity" in str(spec["layer"][0]["encoding"])
    assert any("strokeDash" in str(layer.get("mark")) for layer in spec["layer"])
    assert "provisional" not in now.now_ucdp(Report("2025-12")).title


def test_the_most_since_needs_a_year():
    quiet = pd.Series([9, *[1] * 3, 5], index=[f"2020-0{n}" for n in range(1, 6)])
    assert now._most_since(quiet) == (False, "2020-01")
    assert now._most_since(pd.Series([1, 2], index=["2020-01", "2020-02"])) == (True, "")


def test_ways_of_fighting_are_counted_in_whole_months_of_the_edition():
    figure = how.trajectory_how(Report("latest"))
    last = figure.frame[figure.frame["Year"].eq("Last 12")].set_index("Way of fighting")["Events"]
    methods = data.methods()
    span = methods[methods["month"].between("2025-03", "2026-02")]
    for way, (name, _) in how.WAYS.items():
        assert last[name] == span.loc[span["method"].eq(way), "events"].sum()
    old = how.trajectory_how(Report("2023-07"))
    assert old.frame["Window"].iloc[-1] == "12 months to June 2023"
    assert old.frame.loc[old.frame["Window"].eq("Calendar year"), "Year"].max() == "2022"


def test_strikes_of_2020_are_largely_french():
    frame = _figure("how", "latest", "wagner-air").frame
    french = frame[frame["Strikes by"].eq("France and other partners")].set_index("Period")["Events"]
    ours = frame[frame["Strikes by"].eq("State forces and partners")].groupby("Period")["Events"].sum()
    assert (french["2020"], ours["2020"]) == (28, 3)


def test_the_blockade_is_marked_only_once_it_is_known():
    assert "When" in _figure("how", "latest", "southern-supply").frame
    assert "When" not in _figure("how", "2023-07", "southern-supply").frame


def test_schools_are_shown_after_their_survey():
    assert "57 percent" in _figure("how", "latest", "central-schools").title
    assert not [figure for figure in story_figures.figures("how", "2023-07") if figure.id == "central-schools"]


def test_the_reach_of_the_tables_is_drawn_from_their_own_words():
    frame = data_reach.how_far(Report("latest")).frame
    far = {name: data.reach_of(table).complete_to for table, (name, _) in data_reach.SHOWN.items()}
    shown = frame[frame["Months"].ne("Partial: in no sum")].groupby("Table")["To"].max()
    assert shown.to_dict() == far
    partial = frame[frame["Months"].eq("Partial: in no sum")].set_index("Table")["From"]
    assert sorted(partial) == ["2026-03", "2026-04"]


@pytest.mark.parametrize("zone", ["north", "centre", "south"])
def test_people_on_two_bases_sum_to_the_zone(zone):
    frame = data_reach.people(Report("latest")).frame
    label = d.ZONE_LABELS[zone]
    census = data.people_2022()
    mine = census[census["region"].map(d.ZONE_OF).eq(zone)]["people"].sum()
    assert frame.loc[frame["Zone"].eq(label), "Census of 2022"].sum() == mine

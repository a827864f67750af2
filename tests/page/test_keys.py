"""Keys of periods: what readers see of a half-year or a quarter, in words, in tables and at axes, in both languages."""

from __future__ import annotations

import json
from dataclasses import replace

import altair as alt
import pandas as pd
import pytest

import story_figures
from helpers import keys
from helpers.figures import Figure, Words
from helpers.html_table import html_table, table_data
from helpers.page import translate
from helpers.page.drawing import static_svg
from helpers.words.both import Both


def figure() -> Figure:
    frame = pd.DataFrame({"Half-year": ["2021H1", "2021H2", "2022H1"], "Events": [1200, 2400, 1800]})
    chart = alt.Chart(frame).mark_bar().encode(x=alt.X("Half-year:O", title=None), y="Events:Q")
    return Figure(
        id="halves",
        title="Events of an invented country peaked in 2021H2",
        subtitle="Invented events, half-years 2021H1 to 2022H1",
        chart=chart,
        frame=frame,
        alt="Three bars, 2021H1 to 2022H1.",
        source="Synthetic data",
        caveat=Both("Nothing happened in 2022H1.", "Rien en 2022H1."),
        fr=Words(title="Sommet au 2021H2", subtitle="Semestres", alt="Trois barres."),
    )


def test_words_and_tables_name_months():
    words = figure().spec()["usermeta"]["mali"]
    assert words["title"] == "Events of an invented country peaked in July-December 2021."
    assert words["subtitle"] == "Invented events, half-years January-June 2021 to January-June 2022"
    assert [row[0] for row in words["table"]["rows"]] == ["Jan-Jun 2021", "Jul-Dec 2021", "Jan-Jun 2022"]
    french = translate.french(figure().spec())["usermeta"]["mali"]
    assert (french["title"], french["caveat"]) == ("Sommet au juillet-décembre 2021.", "Rien en janvier-juin 2022.")
    assert [row[0] for row in french["table"]["rows"]] == ["janv.-juin 2021", "juil.-déc. 2021", "janv.-juin 2022"]


def test_axes_name_months_over_the_year_and_bars_keep_their_order():
    spec = figure().spec()
    assert [row["Half-year"] for row in next(iter(spec["datasets"].values()))] == ["2021H1", "2021H2", "2022H1"]
    for made, first in ((spec, "Jan-Jun"), (translate.french(spec), "janv.-juin")):
        drawn = static_svg(made, "halves")
        assert not keys.KEY.search(drawn)
        assert first in drawn


def test_a_table_of_a_page_names_its_half_years():
    data = table_data(pd.DataFrame({"Reached": ["2015H2"], "2016H1": [3]}))
    assert "Jul-Dec 2015" in html_table(data, caption="Cercles")
    told = html_table(data, caption="Cercles", french=True)
    assert "juil.-déc. 2015" in told
    assert "janv.-juin 2016" in told
    assert not keys.KEY.search(told)


def test_an_axis_of_months_names_them():
    made = replace(figure(), frame=(frame := pd.DataFrame({"Month": ["2023-06", "2023-12"], "Events": [3, 4]})))
    made = replace(made, chart=alt.Chart(frame).mark_bar().encode(x=alt.X("Month:O", title=None), y="Events:Q"))
    spec = made.spec()
    for shown, first in ((spec, "Jun"), (translate.french(spec), "juin")):
        drawn = static_svg(shown, "months")
        assert f">{first}<" in drawn
        assert "2023-06" not in drawn


def test_an_axis_with_an_expression_of_its_own_keeps_it():
    spec = {
        "data": {"values": [{"h": "2021H1"}]},
        "encoding": {"x": {"field": "h", "type": "ordinal", "axis": {"labelExpr": "slice(datum.label, 0, 4)"}}},
    }
    keys.name_ticks(spec)
    assert spec["encoding"]["x"]["axis"]["labelExpr"] == "slice(datum.label, 0, 4)"


@pytest.mark.parametrize("edition", ["latest"])
@pytest.mark.parametrize("name", story_figures.NAMES)
def test_no_reader_meets_a_key_in_the_words_of_a_figure(name, edition):
    for figure in story_figures.figures(name, edition):
        words = json.dumps(figure.spec()["usermeta"], ensure_ascii=False)
        assert not keys.KEY.search(words), f"{figure.id}: {keys.KEY.search(words)[0]}"


def test_layers_that_share_an_axis_share_the_labels_that_one_of_them_gives():
    def layer(**axis):
        x = {"field": "Quarter", "type": "ordinal", "axis": axis}
        return {"mark": "line", "encoding": {"x": x, "y": {"field": "Events", "type": "quantitative"}}}

    rows = [{"Quarter": "2020Q1", "Events": 1}]
    spec = {"data": {"values": rows}, "layer": [layer(), layer(labelExpr="slice(datum.label, 0, 4)")]}
    keys.name_ticks(spec)
    assert [one["encoding"]["x"]["axis"] for one in spec["layer"]] == [{}, {"labelExpr": "slice(datum.label, 0, 4)"}]
    alone = {"data": {"values": rows}, "layer": [layer(), layer(labelExpr="datum.label")]}
    keys.name_ticks(alone)
    first, second = (one["encoding"]["x"]["axis"]["labelExpr"] for one in alone["layer"])
    assert "Jan" in first
    assert first == second

"""Names of rows and keys that are too long: broken into lines or given room, never cut; the others as they were."""

from __future__ import annotations

import copy

import pytest
import vl_convert

from helpers import room
from helpers.page.pictures import VEGA_LITE

LONG = "Tombouctou, décembre 2021 à avril 2022 (conduite française)"


def chart(*names: str, key: str = "", **axis) -> dict:
    """Rows with made-up names; `key` is the label of a second colour."""
    spec = {
        "data": {"name": "rows"},
        "datasets": {"rows": [{"who": name, "n": 3, "what": key or "One"} for name in names]},
        "mark": "bar",
        "width": 640,
        "height": 20 * len(names),
        "encoding": {
            "x": {"field": "n", "type": "quantitative"},
            "y": {"field": "who", "type": "nominal", "axis": {"labelLimit": 290, **axis}},
        },
        "config": {
            "axis": {"labelFontSize": 12},
            "legend": {"labelLimit": 280, "labelFontSize": 12, "orient": "top"},
        },
    }
    if key:
        spec["encoding"]["color"] = {
            "field": "what",
            "type": "nominal",
            "scale": {"domain": [key, "Other"], "range": ["#111", "#999"]},
        }
    return spec


def drawn(spec: dict) -> str:
    return vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)


def test_without_room_vega_cuts_what_these_tests_are_about():
    assert "…" in drawn(chart(LONG))
    assert "…" in drawn(chart("Gao", key=LONG))


def test_a_long_name_is_broken_and_its_row_is_higher():
    spec = chart(LONG, "Gao")
    room.give(spec)
    assert spec["height"] == 2 * (2 * room.LINE + 4)
    picture = drawn(spec)
    assert "…" not in picture
    assert all(word in picture for word in ("avril 2022", "française"))


def test_a_long_key_has_room():
    spec = chart("Gao", key=LONG)
    room.give(spec)
    assert "…" not in drawn(spec)


def test_keys_too_long_for_one_line_stand_in_columns_and_a_translation_may_need_fewer():
    spec = chart("Gao", key="des morts " * 5)
    room.give(spec)
    assert spec["config"]["legend"].get("columns") is None
    spec["encoding"]["color"]["scale"]["domain"] = ["des morts " * 5, "de tous les morts " * 4]
    room.give(spec)
    assert spec["config"]["legend"]["columns"] == 1
    spec["config"]["legend"]["columns"] = 3
    room.give(spec)
    assert spec["config"]["legend"]["columns"] == 1


@pytest.mark.parametrize(
    "spec", [chart("Gao", "Kidal"), chart("Gao", key="Events"), chart(LONG, labelExpr="datum.label")]
)
def test_what_fits_or_speaks_for_itself_stays_as_it_is(spec):
    before = copy.deepcopy(spec)
    room.give(spec)
    assert spec == before


def test_rows_with_a_step_and_layers_of_their_own_data():
    spec = chart("Gao")
    spec["layer"] = [{"mark": spec.pop("mark"), "encoding": spec.pop("encoding"), "data": {"values": [{"who": LONG}]}}]
    spec["height"] = {"step": 20}
    room.give(spec)
    assert spec["height"] == {"step": 2 * room.LINE + 4}
    assert spec["layer"][0]["encoding"]["y"]["axis"]["labelExpr"] == room.breaking(41)

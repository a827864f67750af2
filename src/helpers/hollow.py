"""Periods that the data know in part, drawn in outline: columns without a fill, cells of a grid with an edge."""

from __future__ import annotations

from typing import Any

import altair as alt

from helpers import palette
from helpers.borrowed import altair


def _field(channel: Any) -> str:
    """Return the column that a channel reads, without its type; empty where it reads none."""
    if channel is alt.Undefined:
        return ""
    written = getattr(channel, "shorthand", alt.Undefined)
    if not isinstance(written, str):
        written = getattr(channel, "field", "")
    return written.rsplit(":", 1)[0].replace("\\", "") if isinstance(written, str) else ""


def _edge(colour: Any) -> Any:
    """Return the stroke that goes with a fill: the same scale or value, and the same legend, since Vega draws both as one."""
    if isinstance(colour, alt.Color):
        return alt.Stroke(**altair.given(colour))
    return alt.StrokeValue(**altair.given(colour)) if isinstance(colour, alt.ColorValue) else alt.value(palette.INK)


def _drawn(chart: alt.Chart, column: str, period: str) -> alt.Chart:
    kind = chart.mark if isinstance(chart.mark, str) else getattr(chart.mark, "type", "")
    encoding = chart.encoding
    if kind not in ("bar", "rect") or encoding is alt.Undefined or _field(encoding.x) != column:
        return chart
    part = f"datum[{column!r}] === {period!r}"
    width = alt.condition(part, alt.value(1.5), alt.value(0))
    if kind == "rect":
        return chart.encode(stroke=alt.value(palette.INK), strokeWidth=width)
    fill = alt.condition(part, alt.value(0), alt.value(1))
    # Stacks with round ends are cut out by groups, which know no condition and would have an edge of their own.
    mark = {} if isinstance(chart.mark, str) else altair.given(chart.mark)
    square = chart.mark_bar(**{key: value for key, value in mark.items() if key != "type"} | {"cornerRadiusEnd": 0})
    return square.encode(fillOpacity=fill, stroke=_edge(encoding.color), strokeWidth=width)


def hollow(chart: Any, column: str, period: str) -> Any:
    """Return a chart whose columns of one period are hollow and whose cells of it have an edge: itself where it has none.

    `chart`: of any depth of layers, facets and concatenations; what draws no column or cell over `column` stays as it
    is. `column`: column of periods on the horizontal axis. `period`: the period that is known in part, as the column
    writes it.
    """
    chart = altair.with_parts(chart, lambda part: hollow(part, column, period))
    return _drawn(chart, column, period) if isinstance(chart, alt.Chart) else chart

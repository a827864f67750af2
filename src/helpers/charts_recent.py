"""Charts whose last periods are not like the others: provisional or partial ones are pale and dashed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from helpers import palette
from helpers.charts import _tooltip, _x_periods, marker

_WIDE = 640


def unsettled(
    frame: pd.DataFrame,
    x: str,
    y: str,
    by: str,
    colours: Mapping[str, str],
    state: str,
    settled: str,
    *,
    title: str,
    marks: Mapping[str, str] | None = None,
    height: int = 280,
) -> alt.LayerChart:
    """Stacked columns over periods; those whose `state` is not the settled one are pale with a dashed edge.

    Parameters
    ----------
    frame : DataFrame
        `x` (text periods, in order), `y`, `by` (labels of `colours`), `state` (text).
    settled : str
        Value of `state` of ordinary periods; a legend names the others.
    """
    order = {label: i for i, label in enumerate(colours.values())}
    states = list(dict.fromkeys([settled, *frame[state]]))
    base = alt.Chart(frame.assign(_order=frame[by].map(order))).encode(
        x=_x_periods(frame, x),
        y=alt.Y(f"{y}:Q", title=title, stack="zero", axis=alt.Axis(format=",.0f", tickCount=5)),
        order=alt.Order("_order:Q"),
        tooltip=_tooltip(frame, [x, by, y, state]),
    )
    bars = base.mark_bar().encode(
        color=alt.Color(
            f"{by}:N",
            scale=palette.scale(colours),
            title=None,
            legend=alt.Legend(orient="top", columns=2, labelLimit=260),
        ),
        opacity=alt.Opacity(
            f"{state}:N",
            scale=alt.Scale(domain=states, range=[1, *[0.4] * (len(states) - 1)]),
            title=None,
            legend=alt.Legend(orient="top") if len(states) > 1 else None,
        ),
    )
    layers: list[Any] = [bars]
    if len(states) > 1:
        edge = base.mark_bar(filled=False, strokeDash=[3, 2], strokeWidth=1, stroke=palette.INK)
        layers.append(edge.transform_filter(f"datum[{state!r}] !== {settled!r}"))
    layers.extend(marker(frame, x, marks or {}))
    whole: alt.LayerChart = alt.layer(*layers)  # type: ignore[assignment]
    return whole.properties(width=_WIDE, height=height)

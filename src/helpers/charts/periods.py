"""Charts over periods: columns, stacked columns, dots with intervals, panels, and a ranking that filters its columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from helpers import palette
from helpers.charts.parts import WIDE, hue, marker, names, number_format, periods_axis, tips_of


def columns(
    frame: pd.DataFrame,
    x: str,
    y: str,
    *,
    title: str = "",
    group: str = "islamist",
    highlight: str = "",
    marks: Mapping[str, str] | None = None,
    unit: str = "",
    height: int = 260,
    level: str = "",
) -> alt.LayerChart:
    """Columns over periods, one colour; a second tone for rows where the column `highlight` is true.

    Parameters
    ----------
    frame : DataFrame
        `x` (text periods, in order), `y` (number), and `highlight` (bool) where given.
    title : str
        Axis title: what is counted.
    group : str
        Colour, by the palette's name.
    marks : mapping of str to str, optional
        Labels of periods to mark.
    level : str
        Column drawn as a stepped line to hold the columns against, labelled with its name.
    """
    title = title or y
    tips = [x, y, *([level] if level else []), *([highlight] if highlight else [])]
    colour: Any = alt.value(palette.colour(group))
    if highlight:
        colour = alt.condition(
            f"datum['{highlight}']", alt.value(palette.colour(group)), alt.value(palette.colour("neutral"))
        )
    bars = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=periods_axis(frame, x),
            y=alt.Y(f"{y}:Q", title=title, axis=alt.Axis(format=number_format(unit), tickCount=5)),
            color=colour,
            tooltip=tips_of(frame, tips, unit),
        )
    )
    layers: list[Any] = [bars]
    if level:
        known = frame[frame[level].notna()]
        step = alt.Chart(known).encode(x=alt.X(f"{x}:O", sort=None), y=f"{level}:Q")
        layers.append(step.mark_line(interpolate="step", strokeWidth=2, color=palette.INK))
        # The name stands over the line's end, and over the columns that its letters would hide.
        last = frame.tail(max(1, len(frame) // 8))
        ends = known.tail(1).assign(**{level: last[[y, level]].max().max()})
        name = alt.Chart(ends).mark_text(align="right", baseline="bottom", dx=8, dy=-6, color=palette.INK)
        layers.append(name.encode(x=alt.X(f"{x}:O", sort=None), y=f"{level}:Q", text=alt.value(level)))
    return alt.layer(*layers, *marker(frame, x, marks or {})).properties(width=WIDE, height=height)


def stacked(
    frame: pd.DataFrame,
    x: str,
    y: str,
    by: str,
    colours: Mapping[str, str],
    *,
    title: str = "",
    share: bool = False,
    marks: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Stacked columns over periods; clicking a legend entry singles a group out.

    Parameters
    ----------
    frame : DataFrame
        `x`, `y` and `by`, whose values are the labels of `colours`.
    colours : mapping of str to str
        Palette name to label, in stacking order.
    share : bool
        Stack to one hundred percent.
    """
    title = title or y
    pick = alt.selection_point(fields=[by], bind="legend", name="pick")
    order = {label: i for i, label in enumerate(colours.values())}
    data = frame.assign(_order=frame[by].map(order))
    bars = (
        alt.Chart(data)
        .mark_bar()
        .encode(
            x=periods_axis(frame, x),
            y=alt.Y(
                f"{y}:Q",
                title=title,
                stack="normalize" if share else "zero",
                axis=alt.Axis(format="%" if share else ",.0f", tickCount=5),
            ),
            color=alt.Color(
                f"{by}:N",
                scale=palette.scale(colours),
                title=None,
                legend=alt.Legend(orient="top", columns=2, labelLimit=260),
            ),
            order=alt.Order("_order:Q"),
            opacity=alt.condition(pick, alt.value(1), alt.value(0.2)),
            tooltip=tips_of(frame, [x, by, y]),
        )
        .add_params(pick)
    )
    return alt.layer(bars, *marker(frame, x, marks or {})).properties(width=WIDE, height=280)


def moments(
    frame: pd.DataFrame,
    x: str,
    y: str,
    low: str = "Low",
    high: str = "High",
    *,
    title: str = "",
    unit: str = "",
    group: str = "islamist",
    by: str = "",
    colours: Mapping[str, str] | None = None,
    reference: str = "",
) -> alt.LayerChart:
    """Dots with upright intervals over periods, and a bar for what they are held against.

    `frame`: `x` (text periods, in order), `y`, `low`, `high`, and `reference` where given. `by`: column whose values
    are the labels of `colours`; rows of one period stand one above the other.
    """
    title = title or y
    tint = hue(by, colours) if by else alt.value(palette.colour(group))
    base = alt.Chart(frame).encode(x=periods_axis(frame, x, points=True))
    axis = alt.Axis(format=number_format(unit), tickCount=5)
    fields = [name for name in dict.fromkeys([x, by, y, low, high, reference]) if name]
    layers: list[Any] = [
        base.mark_rule(strokeWidth=3, opacity=0.55).encode(
            y=alt.Y(f"{low}:Q", title=title, axis=axis), y2=f"{high}:Q", color=tint
        ),
        base.mark_point(filled=True, size=70, opacity=1).encode(
            y=f"{y}:Q", color=tint, tooltip=tips_of(frame, fields, unit)
        ),
    ]
    if reference:
        layers.append(
            base.mark_tick(orient="horizontal", thickness=3, size=20, color=palette.INK).encode(y=f"{reference}:Q")
        )
    return alt.layer(*layers).properties(width=WIDE, height=280)


def multiples(
    frame: pd.DataFrame,
    x: str,
    y: str,
    by: str,
    *,
    title: str,
    group: str = "islamist",
    columns: int = 3,
    width: int = 176,
) -> alt.FacetChart:
    """Small columns over periods, one panel per value of `by`, all on one scale."""
    panel = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=periods_axis(frame, x, ticks=4),
            y=alt.Y(f"{y}:Q", title=None, axis=alt.Axis(tickCount=3)),
            color=alt.value(palette.colour(group)),
            tooltip=tips_of(frame, [by, x, y]),
        )
        .properties(width=width, height=110)
    )
    return panel.facet(
        alt.Facet(f"{by}:N", sort=list(dict.fromkeys(frame[by])), title=title, header=alt.Header(labelAnchor="start")),
        columns=columns,
        # The last year of a panel and the first of the next stand apart.
        spacing=alt.RowColnumber(column=32, row=20),
    )


def linked(
    frame: pd.DataFrame,
    x: str,
    y: str,
    by: str,
    *,
    colours: Mapping[str, str],
    tint: str,
) -> alt.VConcatChart:
    """Bars that rank the values of `by`; clicking one, or choosing it in a menu, filters the columns over time below.

    `frame`: `x` (periods), `by`, `y` and `tint` (labels of `colours`).
    """
    rank = list(frame.groupby(by)[y].sum().sort_values(ascending=False).index)
    # The menu is reached by keyboard, and says which one is shown below.
    menu = alt.binding_select(options=[None, *rank], labels=[f"All {by.lower()}s", *rank], name=by)
    pick = alt.selection_point(fields=[by], name="pick", on="click", clear="dblclick", bind=menu)
    colour = hue(tint, colours)
    top = (
        alt.Chart(frame)
        .mark_bar(cursor="pointer")
        .encode(
            y=names(by, rank),
            x=alt.X(f"sum({y}):Q", title=y, axis=alt.Axis(tickCount=5)),
            color=colour,
            opacity=alt.condition(pick, alt.value(1), alt.value(0.25)),
            tooltip=[alt.Tooltip(f"{by}:N"), alt.Tooltip(f"sum({y}):Q", title=y, format=",")],
        )
        .add_params(pick)
        .properties(width=WIDE, height=22 * len(rank))
    )
    below = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=periods_axis(frame, x),
            y=alt.Y(f"sum({y}):Q", title=y, axis=alt.Axis(tickCount=4)),
            color=colour,
            tooltip=[alt.Tooltip(f"{x}:O"), alt.Tooltip(f"sum({y}):Q", title=y, format=",")],
        )
        .transform_filter(pick)
        .properties(width=WIDE, height=170)
    )
    return alt.vconcat(top, below, spacing=18)

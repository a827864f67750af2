"""Charts along days: bars from one day to another, dated events, and columns by month under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from helpers import palette
from helpers.charts.parts import WIDE, at_noon, hue, names

BELOW = alt.Legend(orient="bottom", columns=3)
"""The legend of zones under a calendar."""


def spans(
    frame: pd.DataFrame,
    category: str,
    start: str,
    end: str,
    by: str,
    colours: Mapping[str, str],
    *,
    note: str = "",
) -> alt.LayerChart:
    """Bars from one day to another, a row per category in the frame's order: who was there, what held, and when.

    `frame`: `category`, `start` and `end` (`YYYY-MM-DD`), `by` (labels of `colours`); rows of one category share a
    line. `note`: column with a short text to stand behind each bar's end.
    """
    y = names(category)
    base = alt.Chart(at_noon(frame, start, end)).encode(y=y)
    day = {"format": "%-d %B %Y"}
    bar = base.mark_bar(height={"band": 0.55}).encode(
        x=alt.X(f"{start}:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", labelOverlap=True, grid=False)),
        x2=f"{end}:T",
        color=hue(by, colours),
        tooltip=[
            alt.Tooltip(f"{category}:N"),
            alt.Tooltip(f"{by}:N"),
            alt.Tooltip(f"{start}:T", **day),
            alt.Tooltip(f"{end}:T", **day),
        ],
    )
    layers: list[Any] = [bar]
    if note:
        # Bars of one row may stand too close for a note each: all notes stand behind the last of them.
        last = at_noon(frame, end).groupby(category, sort=False).agg({end: "max", note: "; ".join}).reset_index()
        notes = alt.Chart(last).mark_text(align="left", dx=5, fontSize=11)
        layers.append(notes.encode(y=y, x=f"{end}:T", text=f"{note}:N"))
    return alt.layer(*layers).properties(width=WIDE, height=max(110, 34 * frame[category].nunique() + 30))


def timeline(
    frame: pd.DataFrame,
    date: str,
    lane: str,
    text: str,
    lanes: Sequence[str],
    *,
    tips: Sequence[str] = (),
    step: int = 44,
) -> alt.Chart:
    """Show dated events as dots, a lane per category, which its name tells and no colour; the text is in the tooltip.

    Parameters
    ----------
    frame : DataFrame
        `date` (`YYYY-MM-DD`), `lane` (one of `lanes`), `text`.
    lanes : sequence of str
        Names of the lanes, from top to bottom.
    step : int
        Height of a lane, pixels.
    """
    short = int(frame[date].max()[:4]) - int(frame[date].min()[:4]) <= 2
    ticks = (
        {"format": "%b %Y", "tickCount": {"interval": "month", "step": 3}}
        if short
        else {"format": "%Y", "tickCount": "year"}
    )
    return (
        alt.Chart(at_noon(frame, date))
        .mark_point(filled=True, size=90, opacity=0.8, color=palette.INK)
        .encode(
            x=alt.X(f"{date}:T", title=None, scale=alt.Scale(padding=10), axis=alt.Axis(**ticks, labelOverlap=True)),
            y=names(lane, lanes, grid=True),
            tooltip=[
                alt.Tooltip(f"{date}:T", format="%-d %B %Y"),
                alt.Tooltip(f"{text}:N"),
                *[alt.Tooltip(f"{name}:N") for name in tips],
            ],
        )
        .properties(width=WIDE, height=max(120, step * frame[lane].nunique()))
    )


def calendar(
    events: alt.Chart,
    frame: pd.DataFrame,
    month: str,
    value: str,
    by: str,
    colours: Mapping[str, str],
) -> alt.VConcatChart:
    """Stack columns by month under a `timeline`, on the same axis of time.

    `events`: as `timeline` returns it. `frame`: `month` (`YYYY-MM`), `by` (labels of `colours`), `value`.
    """
    order = {label: i for i, label in enumerate(colours.values())}
    data = at_noon(frame.assign(**{month: frame[month] + "-01"}, _order=frame[by].map(order)), month)
    below = (
        alt.Chart(data)
        .mark_bar()
        .encode(
            x=alt.X(f"yearmonth({month}):T", title=None, axis=events.encoding.x["axis"]),
            y=alt.Y(f"{value}:Q", title=None, axis=alt.Axis(tickCount=4)),
            color=alt.Color(f"{by}:N", scale=palette.scale(colours), title=None, legend=BELOW),
            order=alt.Order("_order:Q"),
            tooltip=[
                alt.Tooltip(f"{month}:T", format="%B %Y"),
                alt.Tooltip(f"{by}:N"),
                alt.Tooltip(f"{value}:Q", format=",.0f"),
            ],
        )
        .properties(width=WIDE, height=170)
    )
    return alt.vconcat(events, below, spacing=14).resolve_scale(x="shared", color="independent")

"""Charts with a row a name: bars, dots, squares, pairs and shaded cells."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from helpers import palette
from helpers.charts.parts import WIDE, hue, names, number_format, shaped, tips_of

SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1]
"""Ticks of an axis of shares that has room beyond its ends."""
MULTIPLES = [0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 20, 50, 100, 200]
"""Ticks of a logarithmic axis that can be read as multiples."""
_FEW = ((0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100), (0.1, 0.3, 1, 3, 10, 30, 100), (0.1, 1, 10, 100))
_APART = 1 / 8
"""Of an axis as narrow as a phone's: the room of a label."""


def ratio_ticks(low: float, high: float) -> list[float]:
    """Return the ticks of an axis of multiples between two ends: so few that on a phone none gives way, least of all 1.

    Examples
    --------
    >>> ratio_ticks(0.5, 2), ratio_ticks(0.1, 10), ratio_ticks(0.1, 50)
    ([0.5, 0.7, 1, 1.5, 2], [0.1, 0.2, 0.5, 1, 2, 5, 10], [0.1, 0.3, 1, 3, 10, 30])
    """
    low, high = min(low or MULTIPLES[0], 1), max(high, 1)
    room = _APART * math.log(high / low)
    sets = [[tick for tick in ticks if low <= tick <= high] for ticks in (MULTIPLES, *_FEW)]
    return next((x for x in sets if all(math.log(b / a) >= room for a, b in pairwise(x))), sets[-1])


def bars(
    frame: pd.DataFrame,
    category: str,
    value: str,
    *,
    group: str = "islamist",
    unit: str = "",
    digits: int = 0,
    by: str = "",
    colours: Mapping[str, str] | None = None,
    tips: Sequence[str] = (),
    head: str = "",
) -> alt.LayerChart:
    """Horizontal bars in the frame's order, each labelled with its value.

    `frame`: `category` (text), `value`, and `by` (labels of `colours`) for colour. `tips`: more columns for the
    tooltip. `head`: column whose values stand as a line of their own above the rows that have them, for kinds that
    have no colour.
    """
    form = f".{digits}%" if unit == "share" else f",.{digits}f"
    end = (float(frame[value].max()) or 1) * 1.1
    # No share is over one, whatever room a narrow page leaves for its label.
    whole = {"values": [0, 0.2, 0.4, 0.6, 0.8, 1]} if unit == "share" and end > 1 else {"tickCount": 5}
    axis = alt.Axis(format=form if unit == "share" else ",.0f", **whole)
    colour: Any = alt.value(palette.colour(group))
    if by:
        # Bars that carry their group's name need no legend.
        legend = None if by == category else alt.Legend(orient="top")
        colour = alt.Color(f"{by}:N", scale=palette.scale(colours or {}), title=None, legend=legend)
    rows = _headed(frame, category, value, head) if head else frame
    base = alt.Chart(rows).encode(
        y=names(category),
        x=alt.X(
            f"{value}:Q",
            title=value,
            axis=axis,
            # Room for the labels on the right; the axis begins at zero, whatever the width.
            scale=alt.Scale(domain=[0, end], nice=False),
        ),
    )
    marks = base.mark_bar(height={"band": 0.7}).encode(
        color=colour, tooltip=tips_of(frame, [category, value, *tips], unit)
    )
    named = base.transform_filter("!datum._head") if head else base
    layers = [marks, named.mark_text(align="left", dx=4, fontSize=11).encode(text=alt.Text(f"{value}:Q", format=form))]
    if head:
        lines = base.transform_filter("datum._head").mark_text(align="left", fontSize=12, fontWeight="bold")
        layers.append(lines.encode(text=f"{head}:N"))
    return alt.layer(*layers).properties(width=WIDE, height=max(110, 24 * len(rows) + 30))


def _headed(frame: pd.DataFrame, category: str, value: str, head: str) -> pd.DataFrame:
    """Put a row without a bar or a name above each run of rows with one `head`; `_head` says which they are.

    Examples
    --------
    >>> frame = pd.DataFrame({"Who": ["a", "b"], "Share": [0.5, 0.2], "Level": ["Robust", "Fragile"]})
    >>> _headed(frame, "Who", "Share", "Level")[["Level", "Share", "_head"]].to_numpy().tolist()
    [['Robust', 0.0, True], ['Robust', 0.5, False], ['Fragile', 0.0, True], ['Fragile', 0.2, False]]
    """
    parts = []
    for i, (_, part) in enumerate(frame.groupby(head, sort=False)):
        # Names of no width: each row has its own.
        line = part.head(1).assign(**{category: "\u200b" * (i + 1), value: 0.0})
        parts += [line.assign(_head=True), part.assign(_head=False)]
    return pd.concat(parts, ignore_index=True)


def diverging(frame: pd.DataFrame, category: str, value: str, *, title: str) -> alt.LayerChart:
    """Horizontal bars left and right of zero, in the frame's order, for changes of counts."""
    form = "+,.0f"
    base = alt.Chart(frame).encode(
        y=names(category),
        x=alt.X(f"{value}:Q", title=title, axis=alt.Axis(format=form, tickCount=5), scale=alt.Scale(padding=34)),
    )
    marks = base.mark_bar(height={"band": 0.7}, color=palette.colour("neutral")).encode(
        tooltip=tips_of(frame, list(frame.columns), "")
    )
    up = base.transform_filter(f"datum['{value}'] >= 0").mark_text(align="left", dx=4, fontSize=11)
    down = base.transform_filter(f"datum['{value}'] < 0").mark_text(align="right", dx=-4, fontSize=11)
    text = alt.Text(f"{value}:Q", format=form)
    return alt.layer(marks, up.encode(text=text), down.encode(text=text)).properties(
        width=WIDE, height=max(110, 24 * len(frame) + 30)
    )


def dots(
    frame: pd.DataFrame,
    category: str,
    value: str,
    low: str = "Low",
    high: str = "High",
    *,
    title: str = "",
    reference: str = "",
    unit: str = "",
    group: str = "islamist",
    log: bool = False,
    near: float = 0,
    by: str = "",
    colours: Mapping[str, str] | None = None,
    tips: Sequence[str] = (),
    inner: tuple[str, str] | None = None,
    apart: bool = False,
    sure: str = "",
) -> alt.LayerChart:
    """Dots with intervals, in the frame's order, and a tick for a reference value (as published).

    Parameters
    ----------
    log : bool
        Logarithmic axis; ratios, which `unit` says, have a line at 1.
    near : float
        How far from that line a ratio still counts as near: the band around it is shaded.
    by : str
        Column whose values are the labels of `colours`; rows of one category share a line.
    tips, inner : sequence of str, (str, str)
        Columns for the tooltip, where not the value and its interval; ends of a second, narrower interval, drawn thick.
    apart, sure : bool, str
        Rows of one category stand under one another; column that tells which dots are full, where others are hollow.
    """
    tint = hue(by, colours) if by else alt.value(palette.colour(group))
    ends = float(frame[low].min()), float(frame[high].max())
    scale, axis, rows = _scale(ends[0], unit, log=log), _axis(unit, ends, log=log), names(category, grid=True)
    base = alt.Chart(frame).encode(y=rows, **(_offset(by, colours or {}) if apart else {}))
    # A dot without an interval names one column thrice.
    shown = dict.fromkeys([category, *(tips or [by, value, low, high, *(inner or ()), reference])])
    tooltip = tips_of(frame, [one for one in shown if one], unit)
    # Bars that share a line are seen through; others stand out on the page as their dots do.
    shared = by and not apart and frame[category].duplicated().any()
    seen: dict[str, Any] = {"strokeWidth": 3, "opacity": 0.7} if shared else {"strokeWidth": 2, "opacity": 1}
    span = base.mark_rule(**seen).encode(
        x=alt.X(f"{low}:Q", title=title or value, scale=scale, axis=axis), x2=f"{high}:Q", color=tint
    )
    point = base.mark_point(filled=True, size=80, opacity=1, stroke=palette.PAPER, strokeWidth=0.8)
    point = point.encode(x=alt.X(f"{value}:Q", scale=scale), color=tint, tooltip=tooltip, **shaped(by, colours or {}))
    layers: list[Any] = [span, *(_full_or_hollow(point, sure, by, colours or {}) if sure else [point])]
    if inner:
        thick = base.mark_rule(**seen | {"strokeWidth": 6}).encode(x2=f"{inner[1]}:Q", color=tint)
        layers.insert(1, thick.encode(x=alt.X(f"{inner[0]}:Q", scale=scale)))
    if log and unit == "ratio":
        layers = [*_around_one(value, near, scale), *layers]
    if reference:
        layers.append(_ticks(frame.drop_duplicates(category) if apart else frame, rows, reference))
    height = max(110, (36 if apart else 26) * frame[category].nunique() + 30)
    return alt.layer(*layers).properties(width=WIDE, height=height)


def _full_or_hollow(point: alt.Chart, sure: str, by: str, colours: Mapping[str, str]) -> list[alt.Chart]:
    """Return dots in two layers: full ones, and hollow ones whose edge has their colour."""
    hollow = point.mark_point(size=70, opacity=1, fill=palette.PAPER, strokeWidth=1.8)
    stroke = alt.Stroke(f"{by}:N", scale=palette.scale(colours), title=None, legend=alt.Legend(orient="top"))
    return [
        hollow.transform_filter(f"!datum['{sure}']").encode(color=alt.Undefined, stroke=stroke),
        point.transform_filter(f"datum['{sure}']"),
    ]


def _axis(unit: str, ends: Sequence[float], *, log: bool) -> alt.Axis:
    # A logarithmic scale's own ticks stop where their labels would touch; these can be read as multiples.
    ticks = {"values": ratio_ticks(*ends)} if log and unit == "ratio" else {"tickCount": 6}
    return alt.Axis(format=number_format(unit), **ticks)


def _ticks(frame: pd.DataFrame, rows: alt.Y, reference: str) -> alt.Chart:
    tick = alt.Chart(frame).mark_tick(thickness=3, size=18, color=palette.INK)
    return tick.encode(y=rows, x=f"{reference}:Q")


def _offset(by: str, colours: Mapping[str, str]) -> dict[str, alt.YOffset]:
    """Return the lines, one under another, of the rows of one name."""
    return {"yOffset": alt.YOffset(f"{by}:N", sort=list(colours.values()), scale=alt.Scale(paddingOuter=0.6))}


def _scale(least: float, unit: str, *, log: bool) -> alt.Scale:
    if log:
        return alt.Scale(type="log", nice=False, padding=12)
    # Shares that are never below zero, and counts that reach it, begin there: no stretch of negative ones.
    return alt.Scale(zero=True) if least == 0 or (unit == "share" and least > 0) else alt.Scale(zero=False, padding=12)


def _around_one(value: str, near: float, scale: alt.Scale) -> list[alt.Chart]:
    """Draw the line at a ratio of one, over a band of those that count as near."""
    x = alt.X(f"{value}:Q", scale=scale)
    even = alt.Chart(pd.DataFrame({value: [1.0]})).mark_rule(strokeDash=[4, 3], color=palette.MUTED).encode(x=x)
    if not near:
        return [even]
    band = alt.Chart(pd.DataFrame({value: [1 - near], "_to": [1 + near]})).mark_rect(color=palette.GRID, opacity=0.5)
    return [band.encode(x=x, x2="_to:Q"), even]


def units(
    frame: pd.DataFrame,
    category: str,
    by: str,
    colours: Mapping[str, str],
    *,
    tips: Sequence[str] = (),
) -> alt.LayerChart:
    """One square per row, in lines by `category` in the frame's order, each line ended by its count.

    `frame`: `category` (text), `by` (labels of `colours`) and the columns of `tips`.
    """
    order = {label: i for i, label in enumerate(colours.values())}
    first = list(dict.fromkeys(frame[category]))
    data = frame.assign(_order=frame[by].map(order)).sort_values("_order", kind="stable").drop(columns="_order")
    data = data.assign(_place=data.groupby(category).cumcount() + 1)
    longest = int(data["_place"].max())
    y = names(category, first).scale(paddingInner=0.3)
    # Room for at least 20 squares keeps a short scorecard from drawing giant ones; bands shrink with the page.
    places = alt.Scale(domain=list(range(1, max(20, longest) + 2)), paddingInner=0.25)
    squares = (
        alt.Chart(data)
        .mark_rect()
        .encode(
            x=alt.X("_place:O", title=None, axis=None, scale=places),
            y=y,
            color=hue(by, colours),
            tooltip=[alt.Tooltip(f"{name}:N") for name in (category, by, *tips)],
        )
    )
    ends = data.groupby(category, sort=False)["_place"].max().rename("count").reset_index()
    ends = ends.assign(_place=ends["count"] + 1)
    labels = (
        # From its place to the right: two digits are wider than a square on a phone.
        alt.Chart(ends)
        .mark_text(fontSize=12, align="left", dx=-3)
        .encode(x=alt.X("_place:O", axis=None, scale=places), y=y, text="count:Q")
    )
    return alt.layer(squares, labels).properties(width=WIDE, height=max(110, 30 * len(first) + 10))


def pairs(
    frame: pd.DataFrame,
    category: str,
    value: str,
    by: str,
    colours: Mapping[str, str],
    *,
    unit: str = "",
) -> alt.LayerChart:
    """Show two dots a row joined by a line, each labelled with its value: before and after, land and people.

    `frame`: `category`, `by` (two labels of `colours` a category), `value`.
    """
    form = ".0%" if unit == "share" else ",.0f"
    # The room for the labels reaches below zero, where no share is.
    axis = alt.Axis(format=".0%", values=SHARES) if unit == "share" else alt.Axis(format=",.0f", tickCount=5)
    y = names(category)
    base = alt.Chart(frame).encode(y=y)
    ends = base.transform_joinaggregate(lowest=f"min({value})", highest=f"max({value})", groupby=[category])
    joined = base.mark_rule(strokeWidth=2, opacity=1).encode(
        x=alt.X(f"min({value}):Q", title=value, axis=axis, scale=alt.Scale(domainMin=0, padding=40)),
        x2=f"max({value}):Q",
    )
    point = base.mark_point(filled=True, size=95, opacity=1).encode(
        x=f"{value}:Q",
        color=hue(by, colours),
        tooltip=tips_of(frame, list(frame.columns), unit),
    )
    text = alt.Text(f"{value}:Q", format=form)
    # Text is ink, not the dot's colour: the side it stands on says whose number it is.
    right = ends.transform_filter(f"datum['{value}'] == datum.highest").mark_text(align="left", dx=9, fontSize=11)
    left = ends.transform_filter(f"datum['{value}'] < datum.highest").mark_text(align="right", dx=-9, fontSize=11)
    return alt.layer(
        joined, point, right.encode(x=f"{value}:Q", text=text), left.encode(x=f"{value}:Q", text=text)
    ).properties(width=WIDE, height=max(110, 30 * frame[category].nunique() + 30))


def heat(
    frame: pd.DataFrame,
    x: str,
    y: str,
    value: str,
    *,
    title: str = "",
    unit: str = "",
    text: str = "",
    top: float = 0,
) -> alt.LayerChart:
    """A grid of shaded cells, `y` in the frame's order, each with its number (or that of `text`).

    `top`: value of the last shade, where grids beside one another share their shades; the frame's largest if none.
    """
    title = title or value
    # A year left out is read from its neighbours, a name is not: names stand aslant, all of them.
    named = not any(any(map(str.isdigit, str(label))) for label in frame[x])
    axis = alt.Axis(labelAngle=-45 if named else 0, ticks=False, domain=False, labelOverlap=not named)
    base = alt.Chart(frame).encode(x=alt.X(f"{x}:O", sort=None, title=None, axis=axis), y=names(y))
    limits, shades, deep = _shades(top or float(frame[value].max()), whole=unit not in ("share", "ratio"))
    cells = base.mark_rect(cornerRadius=2).encode(
        color=alt.Color(
            f"{value}:Q",
            title=title,
            scale=alt.Scale(type="threshold", domain=limits, range=shades),
            # A cell that carries its number needs no key.
            legend=alt.Legend(orient="top", gradientLength=220, format=number_format(unit)) if text else None,
        ),
        tooltip=tips_of(frame, [y, x, value], unit),
    )
    if text:
        cells = cells.encode(tooltip=[*tips_of(frame, [y, x, value], unit), *tips_of(frame, [text])])
    # Inside a cell the text stands on the cell's own colour.
    numbers = base.mark_text(fontSize=11).encode(
        text=alt.Text(f"{text or value}:Q", format=",.0f" if text else number_format(unit)),
        color=alt.condition(f"datum['{value}'] >= {deep}", alt.value(palette.ON_DARK), alt.value(palette.ON_LIGHT)),
    )
    return alt.layer(cells, numbers).properties(width=WIDE, height=max(120, 30 * frame[y].nunique()))


def _shades(top: float, *, whole: bool) -> tuple[list[float], list[str], float]:
    """Return even round limits from nothing to the largest value, a shade for each step, and the value where shades get deep.

    Examples
    --------
    >>> _shades(93, whole=True)[0], _shades(3, whole=True)[0]
    ([15.0, 30.0, 45.0, 60.0, 75.0, 90.0], [1.0, 2.0, 3.0])
    """
    last = len(palette.SEQUENTIAL) - 1
    steps = (round(one * 10.0**power, 6) for power in range(-3, 7) for one in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8))
    step = next(one for one in steps if one * (last + 1) >= top and (one == int(one) or not whole))
    limits = [round(step * i, 6) for i in range(1, last + 1) if step * i <= top] or [step]
    at = [round(i * last / len(limits)) for i in range(len(limits) + 1)]
    deep = next(limit for limit, shade in zip(limits, at[1:], strict=True) if shade >= palette.DEEP)
    return limits, [palette.SEQUENTIAL[i] for i in at], deep

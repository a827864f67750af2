"""The book's chart grammar: a dozen forms, each a function from a tidy frame to an Altair chart.

A form knows scales, marks and labels; it does no arithmetic and holds no words of a finding. Titles, sources and
alternative texts belong to `helpers.figures.Figure`, numbers to `helpers.measures`. Choose the form after the
relation to be shown (FT Visual Vocabulary): change over time `columns`, `lines`, `stacked`, `heat`; size and rank
`bars`, `dots`; deviation `diverging`; space `choropleth`, `cells`; events in time `timeline`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise, product
from typing import Any

import altair as alt
import pandas as pd

from helpers import labels as lb
from helpers import palette
from helpers.definitions import BAMAKO, BAMAKO_RADIUS_KM, EARTH_RADIUS_KM

BORDER_NOTE = "Borders and names on maps imply no opinion on the status of any territory."

SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1]
"""Ticks of an axis of shares that has room beyond its ends."""
_WIDE = 640
#: Width of a map (px) from which it has room for all names that the wide one has.
_ROOMY = 560


def _number_format(unit: str) -> str:
    return ".0%" if unit == "share" else ",.2~f" if unit == "ratio" else ",.0f"


def _tooltip(frame: pd.DataFrame, fields: Sequence[str], unit: str = "") -> list[alt.Tooltip]:
    tips = []
    for name in fields:
        if pd.api.types.is_numeric_dtype(frame[name]):
            tips.append(alt.Tooltip(f"{name}:Q", format=_number_format(unit)))
        else:
            tips.append(alt.Tooltip(f"{name}:N"))
    return tips


def _x_periods(frame: pd.DataFrame, x: str, ticks: int = 14, *, points: bool = False) -> alt.X:
    """Return an ordinal axis of periods that labels at most `ticks` of them, years first."""
    periods = list(dict.fromkeys(frame[x]))
    starts = [p for p in periods if len(p) == 4 or p.endswith(("-01", "Q1", "H1"))] or periods
    step = -(-len(starts) // ticks)
    expr = "slice(datum.label, 0, 4)" if len(periods) > ticks or len(periods[0]) == 4 else "datum.label"
    shown = starts[::step] if len(periods) > ticks else periods
    return alt.X(
        f"{x}:O",
        sort=None,
        title=None,
        scale=alt.Undefined if points else alt.Scale(paddingInner=0.15),
        axis=alt.Axis(values=shown, labelExpr=expr, labelAngle=0, labelOverlap=True, ticks=False),
    )


def _at_noon(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return a frame whose days (`YYYY-MM-DD`) stand at noon.

    A bare date is read as midnight in Greenwich, which is the day before for readers west of it; noon is not.
    """
    return frame.assign(
        **{name: frame[name].where(frame[name].str.contains("T"), frame[name] + "T12:00:00") for name in columns}
    )


def names(category: str, order: Sequence[str] | None = None, *, grid: bool = False) -> alt.Y:
    """Return the axis of a chart whose rows have names.

    Parameters
    ----------
    category : str
        Column with the names.
    order : sequence of str, optional
        The names from top to bottom; as they come where not given.
    grid : bool
        Whether a line leads from each name through the plot.
    """
    # The room is for the longest names there are; on a phone the page takes some of it back (mali.js).
    axis = alt.Axis(labelLimit=290, ticks=False, domain=False)
    if grid:
        axis.grid = True
    return alt.Y(f"{category}:N", sort=None if order is None else list(order), title=None, axis=axis)


def marker(frame: pd.DataFrame, x: str, marks: Mapping[str, str]) -> list[alt.Chart]:
    """Return rules with labels at some periods of an axis (`{"2020Q3": "coup"}`); periods not in the frame are left out."""
    present = [(period, text) for period, text in marks.items() if period in set(frame[x])]
    if not present:
        return []
    dated = pd.DataFrame(present, columns=[x, "label"])
    base = alt.Chart(dated).encode(x=alt.X(f"{x}:O", sort=None))
    out = [base.mark_rule(strokeDash=[4, 3], color=palette.MUTED)]
    periods = list(dict.fromkeys(frame[x]))
    leftward = _leftward(
        [(periods.index(period) + 0.5) / len(periods) * _WIDE for period in dated[x]],
        [6.0 * len(text) for text in dated["label"]],
    )
    for left in (False, True):
        part = dated[[side == left for side in leftward]]
        if len(part):
            out.append(
                alt.Chart(part)
                .mark_text(
                    # Above the plot, where no column is in the way; mali.js knows these labels by their y.
                    align="right" if left else "left",
                    dx=4 if left else -4,
                    y=-3,
                    baseline="bottom",
                    color=palette.MUTED,
                    fontSize=11,
                )
                .encode(x=alt.X(f"{x}:O", sort=None), text="label:N")
            )
    return out


def _leftward(centres: Sequence[float], widths: Sequence[float]) -> tuple[bool, ...]:
    """Choose for each label whether it runs left of its rule, so that labels overlap and overrun the plot least.

    Examples
    --------
    >>> _leftward([300, 340], [90, 90]), _leftward([100, 630], [50, 50])
    ((True, False), (False, True))
    """

    def cost(sides: tuple[bool, ...]) -> float:
        boxes = [(c - w, c) if left else (c, c + w) for c, w, left in zip(centres, widths, sides, strict=True)]
        over = sum(max(0.0, -a) + max(0.0, b - _WIDE) for a, b in boxes)
        return over + sum(max(0.0, min(b, d) - max(a, c) + 8) for (a, b), (c, d) in combinations(boxes, 2))

    # Ties go to labels on the right of their rules, where readers expect them.
    return min(product((False, True), repeat=len(centres)), key=lambda sides: (cost(sides), sides))


def columns(
    frame: pd.DataFrame,
    x: str,
    y: str,
    *,
    title: str,
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
            x=_x_periods(frame, x),
            y=alt.Y(f"{y}:Q", title=title, axis=alt.Axis(format=_number_format(unit), tickCount=5)),
            color=colour,
            tooltip=_tooltip(frame, tips, unit),
        )
    )
    layers: list[Any] = [bars]
    if level:
        known = frame[frame[level].notna()]
        step = alt.Chart(known).encode(x=alt.X(f"{x}:O", sort=None), y=f"{level}:Q")
        layers.append(step.mark_line(interpolate="step", strokeWidth=2, color=palette.INK))
        # The name stands over the line's end: a level that only grows is highest there, above the columns.
        ends = known.tail(1)
        name = alt.Chart(ends).mark_text(align="right", baseline="bottom", dx=8, dy=-6, color=palette.INK)
        layers.append(name.encode(x=alt.X(f"{x}:O", sort=None), y=f"{level}:Q", text=alt.value(level)))
    return alt.layer(*layers, *marker(frame, x, marks or {})).properties(width=_WIDE, height=height)


def stacked(
    frame: pd.DataFrame,
    x: str,
    y: str,
    by: str,
    colours: Mapping[str, str],
    *,
    title: str,
    share: bool = False,
    marks: Mapping[str, str] | None = None,
    height: int = 280,
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
    pick = alt.selection_point(fields=[by], bind="legend", name="pick")
    order = {label: i for i, label in enumerate(colours.values())}
    data = frame.assign(_order=frame[by].map(order))
    bars = (
        alt.Chart(data)
        .mark_bar()
        .encode(
            x=_x_periods(frame, x),
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
            tooltip=_tooltip(frame, [x, by, y]),
        )
        .add_params(pick)
    )
    return alt.layer(bars, *marker(frame, x, marks or {})).properties(width=_WIDE, height=height)


def _nice(top: float, ticks: int = 5) -> float:
    """Return where Vega ends an axis from zero: the next tick (the rule of d3's `nice`)."""
    raw = top / ticks
    size = 10 ** math.floor(math.log10(raw))
    step = size * next((factor for factor, least in ((10, 50), (5, 10), (2, 2)) if raw / size >= math.sqrt(least)), 1)
    return math.ceil(top / step) * step


def _spots(frame: pd.DataFrame, x: str, y: str, by: str, height: int, high: str = "") -> pd.DataFrame | None:
    """Find for each line a place for its name that hides no line and no other name, or return None.

    The end of a line comes first, then its other points, backwards. Every place must do on a phone and on a wide page.

    Returns
    -------
    DataFrame
        The point of each line (`x`, `y`, `by`) with `_align` and `_dy` of its name; in the order of the lines.

    Examples
    --------
    >>> frame = pd.DataFrame({"x": ["2021", "2022"] * 2, "y": [10, 9, 4, 3], "by": ["One", "One", "Two", "Two"]})
    >>> _spots(frame, "x", "y", "by", 260)[["x", "by", "_align", "_dy"]].to_numpy().tolist()
    [['2022', 'One', 'right', 13], ['2022', 'Two', 'right', 13]]
    >>> _spots(pd.concat([frame, frame.assign(by=frame["by"] + " more")]), "x", "y", "by", 40) is None
    True
    """
    places = {period: i for i, period in enumerate(dict.fromkeys(frame[x]))}
    top = _nice(float(frame[[y, high] if high else [y]].max().max()) or 1.0)
    known = frame.dropna(subset=[y])
    paths = {
        name: [(places[a], height * (1 - b / top)) for a, b in zip(part[x], part[y], strict=True)]
        for name, part in known.groupby(by, sort=False)
    }

    def box(name: str, at: tuple[float, float], align: str, dy: int, width: float) -> tuple[float, float, float, float]:
        middle, wide = (at[0] + 0.5) * width / len(places), 7.2 * len(name)
        left = middle - (wide if align == "right" else wide / 2)
        return left, left + wide, at[1] + dy - 8, at[1] + dy + 8

    def free(found: tuple[float, float, float, float], width: float) -> bool:
        left, right, upper, lower = found
        if left < 0 or right > width or upper < 0 or lower > height:
            return False
        for path in paths.values():
            for (a, b), (c, e) in pairwise([((i + 0.5) * width / len(places), level) for i, level in path]):
                if c > left and a < right:
                    cut = [b + (e - b) * (min(max(at, a), c) - a) / (c - a) for at in (left, right)]
                    if min(cut) < lower and max(cut) > upper:
                        return False
        return True

    taken: list[tuple[tuple[float, float, float, float], ...]] = []
    rows = []
    for name, path in paths.items():
        tries = [(len(path) - 1, "right"), *((i, "center") for i in reversed(range(len(path))))]
        for (index, align), dy in product(tries, (-11, 13)):
            boxes = tuple(box(name, path[index], align, dy, width) for width in (260.0, float(_WIDE)))
            apart = all(
                a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]
                for other in taken
                for a, b in zip(boxes, other, strict=True)
            )
            if apart and all(free(one, width) for one, width in zip(boxes, (260.0, float(_WIDE)), strict=True)):
                taken.append(boxes)
                rows.append(known[known[by].eq(name)].iloc[[index]].assign(_align=align, _dy=dy))
                break
        else:
            return None
    return pd.concat(rows, ignore_index=True)


def lines(
    frame: pd.DataFrame,
    x: str,
    y: str,
    *,
    title: str,
    by: str = "",
    colours: Mapping[str, str] | None = None,
    low: str = "",
    high: str = "",
    marks: Mapping[str, str] | None = None,
    unit: str = "",
    group: str = "islamist",
    height: int = 260,
    legend: bool = False,
) -> alt.LayerChart:
    """Lines over periods, with a band where `low` and `high` are given.

    Lines are named where they run; a legend names them where no such place is free on a phone too.

    Parameters
    ----------
    frame : DataFrame
        `x` (text periods, in order), `y`, and `by`, `low`, `high` where given.
    colours : mapping of str to str, optional
        Palette name to label of each line.
    legend : bool
        Name the lines in a legend, whatever room there is beside them.
    """
    # A line's scale is one of points, which has no inner padding; Vega would warn in the console.
    base = alt.Chart(frame).encode(x=_x_periods(frame, x, points=True))
    y_axis = alt.Y(f"{y}:Q", title=title, axis=alt.Axis(format=_number_format(unit), tickCount=5))
    fields = [x, *([by] if by else []), y, *([low, high] if low else [])]
    layers: list[Any] = []
    tint: Any = alt.value(palette.colour(group))
    spots = _spots(frame, x, y, by, height, high) if by and not legend else None
    if by:
        tint = alt.Color(
            f"{by}:N",
            scale=palette.scale(colours or {}),
            title=None,
            legend=None if spots is not None else alt.Legend(orient="top"),
        )
    if low:
        layers.append(
            base.mark_area(opacity=1, fillOpacity=0.25).encode(
                y=alt.Y(f"{low}:Q", title=title), y2=f"{high}:Q", color=tint
            )
        )
    layers.append(base.mark_line(strokeWidth=2).encode(y=y_axis, color=tint))
    layers.append(
        base.mark_point(size=36, filled=True, opacity=0.001).encode(
            y=y_axis, color=tint, tooltip=_tooltip(frame, fields, unit)
        )
    )
    alone = frame[frame.groupby(by)[y].transform("size").eq(1)] if by else frame.head(0)
    if len(alone):  # one value makes no line: show it as a dot
        layers.append(
            alt.Chart(alone)
            .mark_point(size=50, filled=True, opacity=1)
            .encode(x=alt.X(f"{x}:O", sort=None), y=f"{y}:Q", color=tint)
        )
    if spots is not None:
        for (align, dy), part in spots.groupby(["_align", "_dy"], sort=False):
            layers.append(
                alt.Chart(part.drop(columns=["_align", "_dy"]))
                .mark_text(align=align, dy=dy, fontSize=12, fontWeight="bold")
                .encode(x=alt.X(f"{x}:O", sort=None), y=f"{y}:Q", text=f"{by}:N", color=tint)
            )
    layers += marker(frame, x, marks or {})
    return alt.layer(*layers).properties(width=_WIDE, height=height)


def bars(
    frame: pd.DataFrame,
    category: str,
    value: str,
    *,
    title: str,
    group: str = "islamist",
    highlight: str = "",
    unit: str = "",
    digits: int = 0,
    by: str = "",
    colours: Mapping[str, str] | None = None,
    tips: Sequence[str] = (),
) -> alt.LayerChart:
    """Horizontal bars in the frame's order, each labelled with its value.

    Parameters
    ----------
    frame : DataFrame
        `category` (text), `value`; `highlight` (bool) or `by` (labels of `colours`) for colour.
    tips : sequence of str
        More columns for the tooltip.
    """
    form = f".{digits}%" if unit == "share" else f",.{digits}f"
    colour: Any = alt.value(palette.colour(group))
    if by:
        # Bars that carry their group's name need no legend.
        legend = None if by == category else alt.Legend(orient="top")
        colour = alt.Color(f"{by}:N", scale=palette.scale(colours or {}), title=None, legend=legend)
    elif highlight:
        colour = alt.condition(
            f"datum['{highlight}']", alt.value(palette.colour(group)), alt.value(palette.colour("neutral"))
        )
    base = alt.Chart(frame).encode(
        y=names(category),
        x=alt.X(
            f"{value}:Q",
            title=title,
            axis=alt.Axis(format=form if unit == "share" else ",.0f", tickCount=5),
            # Room for the labels on the right; the axis begins at zero, whatever the width.
            scale=alt.Scale(domain=[0, (float(frame[value].max()) or 1) * 1.1], nice=False),
        ),
    )
    marks = base.mark_bar(height={"band": 0.7}).encode(
        color=colour, tooltip=_tooltip(frame, [category, value, *tips], unit)
    )
    labels = base.mark_text(align="left", dx=4, fontSize=11).encode(text=alt.Text(f"{value}:Q", format=form))
    return alt.layer(marks, labels).properties(width=_WIDE, height=max(110, 24 * len(frame) + 30))


def diverging(
    frame: pd.DataFrame,
    category: str,
    value: str,
    *,
    title: str,
    unit: str = "share",
    group_up: str = "islamist",
    group_down: str = "south",
) -> alt.LayerChart:
    """Horizontal bars left and right of zero, in the frame's order, for changes."""
    form = "+.0%" if unit == "share" else "+,.0f"
    base = alt.Chart(frame).encode(
        y=names(category),
        x=alt.X(f"{value}:Q", title=title, axis=alt.Axis(format=form, tickCount=5), scale=alt.Scale(padding=34)),
    )
    marks = base.mark_bar(height={"band": 0.7}).encode(
        color=alt.condition(
            f"datum['{value}'] >= 0", alt.value(palette.colour(group_up)), alt.value(palette.colour(group_down))
        ),
        tooltip=_tooltip(frame, list(frame.columns), unit),
    )
    up = base.transform_filter(f"datum['{value}'] >= 0").mark_text(align="left", dx=4, fontSize=11)
    down = base.transform_filter(f"datum['{value}'] < 0").mark_text(align="right", dx=-4, fontSize=11)
    text = alt.Text(f"{value}:Q", format=form)
    return alt.layer(marks, up.encode(text=text), down.encode(text=text)).properties(
        width=_WIDE, height=max(110, 24 * len(frame) + 30)
    )


def dots(
    frame: pd.DataFrame,
    category: str,
    value: str,
    low: str,
    high: str,
    *,
    title: str,
    reference: str = "",
    unit: str = "",
    group: str = "islamist",
    log: bool = False,
    by: str = "",
    colours: Mapping[str, str] | None = None,
    tips: Sequence[str] = (),
    inner: tuple[str, str] | None = None,
) -> alt.LayerChart:
    """Dots with intervals, in the frame's order, and a tick for a reference value (as published).

    Parameters
    ----------
    frame : DataFrame
        `category`, `value`, `low`, `high`, and `reference` where given.
    log : bool
        Logarithmic axis; ratios, which `unit` says, have a line at 1.
    by : str
        Column whose values are the labels of `colours`; rows of one category share a line.
    tips : sequence of str
        Columns for the tooltip, where not the value and its interval.
    inner : (str, str), optional
        Columns of the ends of a second, narrower interval, drawn as the thick part of the bar.
    """
    tint: Any = alt.value(palette.colour(group))
    if by:
        # Else the legend takes its ink from the palest layer.
        legend = alt.Legend(orient="top", symbolOpacity=1)
        tint = alt.Color(f"{by}:N", scale=palette.scale(colours or {}), title=None, legend=legend)
    # Shares that are never below zero, and counts that reach it, have their axis begin there; padding would add a
    # stretch of negative ones.
    least = float(frame[low].min())
    scale = alt.Scale(zero=True) if least == 0 or (unit == "share" and least > 0) else alt.Scale(zero=False, padding=12)
    if log:
        scale = alt.Scale(type="log", nice=False, padding=12)
    y = names(category, grid=True)
    axis = alt.Axis(format=_number_format(unit), tickCount=6)
    times = log and unit == "ratio"
    if times:
        # The scale's own ticks stop where their labels would touch; these can be read as multiples.
        axis = alt.Axis(format=_number_format(unit), values=[0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 20, 50, 100])
    base = alt.Chart(frame).encode(y=y)
    # A dot without an interval names one column thrice.
    fields = list(dict.fromkeys([category, by, value, low, high, *(inner or ()), reference]))
    fields = [name for name in fields if name]
    if tips:
        fields = [category, *tips]
    span = base.mark_rule(strokeWidth=3, opacity=0.55).encode(
        x=alt.X(f"{low}:Q", title=title, scale=scale, axis=axis), x2=f"{high}:Q", color=tint
    )
    point = base.mark_point(filled=True, size=80, opacity=1).encode(
        x=alt.X(f"{value}:Q", scale=scale), color=tint, tooltip=_tooltip(frame, fields, unit)
    )
    layers: list[Any] = [span, point]
    if inner:
        thick = base.mark_rule(strokeWidth=7, opacity=0.55)
        layers.insert(1, thick.encode(x=alt.X(f"{inner[0]}:Q", scale=scale), x2=f"{inner[1]}:Q", color=tint))
    if times:
        even = alt.Chart(pd.DataFrame({value: [1.0]})).mark_rule(strokeDash=[4, 3], color=palette.MUTED)
        layers.insert(0, even.encode(x=alt.X(f"{value}:Q", scale=scale)))
    if reference:
        layers.append(base.mark_tick(thickness=3, size=18, color=palette.INK).encode(x=f"{reference}:Q"))
    return alt.layer(*layers).properties(width=_WIDE, height=max(110, 26 * frame[category].nunique() + 30))


def moments(
    frame: pd.DataFrame,
    x: str,
    y: str,
    low: str,
    high: str,
    *,
    title: str,
    unit: str = "",
    group: str = "islamist",
    by: str = "",
    colours: Mapping[str, str] | None = None,
    reference: str = "",
    marks: Mapping[str, str] | None = None,
    height: int = 280,
) -> alt.LayerChart:
    """Dots with upright intervals over periods, and a bar for what they are held against.

    Parameters
    ----------
    frame : DataFrame
        `x` (text periods, in order), `y`, `low`, `high`, and `reference` where given.
    by : str
        Column whose values are the labels of `colours`; rows of one period stand one above the other.
    """
    tint: Any = alt.value(palette.colour(group))
    if by:
        tint = alt.Color(f"{by}:N", scale=palette.scale(colours or {}), title=None, legend=alt.Legend(orient="top"))
    base = alt.Chart(frame).encode(x=_x_periods(frame, x, points=True))
    axis = alt.Axis(format=_number_format(unit), tickCount=5)
    fields = [name for name in dict.fromkeys([x, by, y, low, high, reference]) if name]
    layers: list[Any] = [
        base.mark_rule(strokeWidth=3, opacity=0.55).encode(
            y=alt.Y(f"{low}:Q", title=title, axis=axis), y2=f"{high}:Q", color=tint
        ),
        base.mark_point(filled=True, size=70, opacity=1).encode(
            y=f"{y}:Q", color=tint, tooltip=_tooltip(frame, fields, unit)
        ),
    ]
    if reference:
        layers.append(
            base.mark_tick(orient="horizontal", thickness=3, size=20, color=palette.INK).encode(y=f"{reference}:Q")
        )
    return alt.layer(*layers, *marker(frame, x, marks or {})).properties(width=_WIDE, height=height)


def units(
    frame: pd.DataFrame,
    category: str,
    by: str,
    colours: Mapping[str, str],
    *,
    tips: Sequence[str] = (),
) -> alt.LayerChart:
    """One square per row, in lines by `category` in the frame's order, each line ended by its count.

    Parameters
    ----------
    frame : DataFrame
        `category` (text), `by` (labels of `colours`) and the columns of `tips`.
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
            color=alt.Color(f"{by}:N", scale=palette.scale(colours), title=None, legend=alt.Legend(orient="top")),
            tooltip=[alt.Tooltip(f"{name}:N") for name in (category, by, *tips)],
        )
    )
    ends = data.groupby(category, sort=False)["_place"].max().rename("count").reset_index()
    ends = ends.assign(_place=ends["count"] + 1)
    labels = (
        alt.Chart(ends).mark_text(fontSize=12).encode(x=alt.X("_place:O", axis=None, scale=places), y=y, text="count:Q")
    )
    return alt.layer(squares, labels).properties(width=_WIDE, height=max(110, 30 * len(first) + 10))


def pairs(
    frame: pd.DataFrame,
    category: str,
    value: str,
    by: str,
    colours: Mapping[str, str],
    *,
    title: str,
    unit: str = "",
    digits: int = 0,
) -> alt.LayerChart:
    """Show two dots a row joined by a line, each labelled with its value: before and after, land and people.

    Parameters
    ----------
    frame : DataFrame
        `category`, `by` (two labels of `colours` a category), `value`.
    """
    form = f".{digits}%" if unit == "share" else f",.{digits}f"
    # The room for the labels reaches below zero, where no share is.
    axis = alt.Axis(format=".0%", values=SHARES) if unit == "share" else alt.Axis(format=",.0f", tickCount=5)
    y = names(category)
    base = alt.Chart(frame).encode(y=y)
    ends = base.transform_joinaggregate(lowest=f"min({value})", highest=f"max({value})", groupby=[category])
    joined = base.mark_rule(strokeWidth=3, opacity=0.35).encode(
        x=alt.X(f"min({value}):Q", title=title, axis=axis, scale=alt.Scale(domainMin=0, padding=40)),
        x2=f"max({value}):Q",
    )
    point = base.mark_point(filled=True, size=95, opacity=1).encode(
        x=f"{value}:Q",
        color=alt.Color(f"{by}:N", scale=palette.scale(colours), title=None, legend=alt.Legend(orient="top")),
        tooltip=_tooltip(frame, list(frame.columns), unit),
    )
    text = alt.Text(f"{value}:Q", format=form)
    # Text is ink, not the dot's colour: the side it stands on says whose number it is.
    right = ends.transform_filter(f"datum['{value}'] == datum.highest").mark_text(align="left", dx=9, fontSize=11)
    left = ends.transform_filter(f"datum['{value}'] < datum.highest").mark_text(align="right", dx=-9, fontSize=11)
    return alt.layer(
        joined, point, right.encode(x=f"{value}:Q", text=text), left.encode(x=f"{value}:Q", text=text)
    ).properties(width=_WIDE, height=max(110, 30 * frame[category].nunique() + 30))


def spans(
    frame: pd.DataFrame,
    category: str,
    start: str,
    end: str,
    by: str,
    colours: Mapping[str, str],
    *,
    tips: Sequence[str] = (),
    note: str = "",
) -> alt.LayerChart:
    """Bars from one day to another, a row per category in the frame's order: who was there, what held, and when.

    Parameters
    ----------
    frame : DataFrame
        `category`, `start` and `end` (`YYYY-MM-DD`), `by` (labels of `colours`); rows of one category share a line.
    note : str
        Column with a short text to stand behind each bar's end.
    """
    y = names(category)
    base = alt.Chart(_at_noon(frame, start, end)).encode(y=y)
    day = {"format": "%-d %B %Y"}
    bar = base.mark_bar(height={"band": 0.55}).encode(
        x=alt.X(f"{start}:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", labelOverlap=True, grid=True)),
        x2=f"{end}:T",
        color=alt.Color(f"{by}:N", scale=palette.scale(colours), title=None, legend=alt.Legend(orient="top")),
        tooltip=[
            alt.Tooltip(f"{category}:N"),
            alt.Tooltip(f"{by}:N"),
            alt.Tooltip(f"{start}:T", **day),
            alt.Tooltip(f"{end}:T", **day),
            *[alt.Tooltip(f"{name}:N") for name in tips],
        ],
    )
    layers: list[Any] = [bar]
    if note:
        # Bars of one row may stand too close for a note each: all notes stand behind the last of them.
        last = _at_noon(frame, end).groupby(category, sort=False).agg({end: "max", note: "; ".join}).reset_index()
        notes = alt.Chart(last).mark_text(align="left", dx=5, fontSize=11)
        layers.append(notes.encode(y=y, x=f"{end}:T", text=f"{note}:N"))
    return alt.layer(*layers).properties(width=_WIDE, height=max(110, 34 * frame[category].nunique() + 30))


def heat(
    frame: pd.DataFrame,
    x: str,
    y: str,
    value: str,
    *,
    title: str,
    labels: bool = True,
    unit: str = "",
    text: str = "",
) -> alt.LayerChart:
    """A grid of shaded cells, `y` in the frame's order, each with its number (or that of `text`)."""
    base = alt.Chart(frame).encode(
        x=alt.X(
            f"{x}:O", sort=None, title=None, axis=alt.Axis(labelAngle=0, ticks=False, domain=False, labelOverlap=True)
        ),
        y=names(y),
    )
    top = float(frame[value].max()) or 1.0
    cells = base.mark_rect(cornerRadius=2).encode(
        color=alt.Color(
            f"{value}:Q",
            title=title,
            scale=alt.Scale(range=palette.SEQUENTIAL, domain=[0, top]),
            legend=alt.Legend(orient="top", gradientLength=220, format=_number_format(unit)),
        ),
        tooltip=_tooltip(frame, [y, x, value], unit),
    )
    if text:
        cells = cells.encode(tooltip=[*_tooltip(frame, [y, x, value], unit), *_tooltip(frame, [text])])
    layers: list[Any] = [cells]
    if labels:
        # Inside a cell the text stands on the cell's own colour, in either theme.
        layers.append(
            base.mark_text(fontSize=11).encode(
                text=alt.Text(f"{text or value}:Q", format=",.0f" if text else _number_format(unit)),
                color=alt.condition(
                    f"datum['{value}'] > {0.45 * top}", alt.value(palette.ON_DARK), alt.value(palette.ON_LIGHT)
                ),
            )
        )
    rows = frame[y].nunique()
    return alt.layer(*layers).properties(width=_WIDE, height=max(120, 30 * rows))


def multiples(
    frame: pd.DataFrame,
    x: str,
    y: str,
    by: str,
    *,
    title: str,
    group: str = "islamist",
    columns: int = 3,
    colours: Mapping[str, str] | None = None,
    tint: str = "",
    width: int = 185,
) -> alt.FacetChart:
    """Small columns over periods, one panel per value of `by`, all on one scale.

    Parameters
    ----------
    tint : str
        Column whose values are the labels of `colours`; one colour where empty.
    """
    colour: Any = alt.value(palette.colour(group))
    if tint:
        colour = alt.Color(f"{tint}:N", scale=palette.scale(colours or {}), title=None, legend=alt.Legend(orient="top"))
    panel = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=_x_periods(frame, x, ticks=4),
            y=alt.Y(f"{y}:Q", title=None, axis=alt.Axis(tickCount=3)),
            color=colour,
            tooltip=_tooltip(frame, [by, x, y]),
        )
        .properties(width=width, height=110)
    )
    return panel.facet(
        alt.Facet(f"{by}:N", sort=list(dict.fromkeys(frame[by])), title=title, header=alt.Header(labelAnchor="start")),
        columns=columns,
    )


def linked(
    frame: pd.DataFrame,
    x: str,
    y: str,
    by: str,
    *,
    title: str,
    colours: Mapping[str, str] | None = None,
    tint: str = "",
    group: str = "islamist",
) -> alt.VConcatChart:
    """Bars that rank the values of `by`; clicking one, or choosing it in a menu, filters the columns over time below.

    Parameters
    ----------
    frame : DataFrame
        `x` (periods), `by`, `y`, and `tint` (labels of `colours`) where given.
    """
    rank = list(frame.groupby(by)[y].sum().sort_values(ascending=False).index)
    # The menu is reached by keyboard, and says which one is shown below.
    menu = alt.binding_select(options=[None, *rank], labels=[f"All {by.lower()}s", *rank], name=by)
    pick = alt.selection_point(fields=[by], name="pick", on="click", clear="dblclick", bind=menu)
    colour: Any = alt.value(palette.colour(group))
    if tint:
        colour = alt.Color(f"{tint}:N", scale=palette.scale(colours or {}), title=None, legend=alt.Legend(orient="top"))
    top = (
        alt.Chart(frame)
        .mark_bar(cursor="pointer")
        .encode(
            y=names(by, rank),
            x=alt.X(f"sum({y}):Q", title=title, axis=alt.Axis(tickCount=5)),
            color=colour,
            opacity=alt.condition(pick, alt.value(1), alt.value(0.25)),
            tooltip=[alt.Tooltip(f"{by}:N"), alt.Tooltip(f"sum({y}):Q", title=title, format=",")],
        )
        .add_params(pick)
        .properties(width=_WIDE, height=22 * len(rank))
    )
    below = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=_x_periods(frame, x),
            y=alt.Y(f"sum({y}):Q", title=title, axis=alt.Axis(tickCount=4)),
            color=colour,
            tooltip=[alt.Tooltip(f"{x}:O"), alt.Tooltip(f"sum({y}):Q", title=title, format=",")],
        )
        .transform_filter(pick)
        .properties(width=_WIDE, height=170)
    )
    return alt.vconcat(top, below, spacing=18)


def timeline(
    frame: pd.DataFrame,
    date: str,
    lane: str,
    text: str,
    colours: Mapping[str, str],
    *,
    tips: Sequence[str] = (),
    by: str = "",
    step: int = 44,
) -> alt.Chart:
    """Show dated events as dots, a lane per category; the text is in the tooltip and in the data table.

    Parameters
    ----------
    frame : DataFrame
        `date` (`YYYY-MM-DD`), `lane` (labels of `colours`), `text`.
    by : str
        Column whose values are the labels of `colours`, where it is not the lane; lanes then keep the frame's order.
    step : int
        Height of a lane, pixels.
    """
    short = int(frame[date].max()[:4]) - int(frame[date].min()[:4]) <= 2
    ticks = (
        {"format": "%b %Y", "tickCount": {"interval": "month", "step": 3}}
        if short
        else {"format": "%Y", "tickCount": "year"}
    )
    lanes = list(dict.fromkeys(frame[lane])) if by else list(colours.values())
    legend = alt.Legend(orient="top") if by else None
    return (
        alt.Chart(_at_noon(frame, date))
        .mark_point(filled=True, size=90, opacity=0.8)
        .encode(
            x=alt.X(f"{date}:T", title=None, scale=alt.Scale(padding=10), axis=alt.Axis(**ticks, labelOverlap=True)),
            y=names(lane, lanes, grid=True),
            color=alt.Color(f"{by or lane}:N", scale=palette.scale(colours), title=None, legend=legend),
            tooltip=[
                alt.Tooltip(f"{date}:T", format="%-d %B %Y"),
                alt.Tooltip(f"{text}:N"),
                *[alt.Tooltip(f"{name}:N") for name in tips],
            ],
        )
        .properties(width=_WIDE, height=max(120, step * frame[lane].nunique()))
    )


def calendar(
    events: alt.Chart,
    frame: pd.DataFrame,
    month: str,
    value: str,
    by: str,
    colours: Mapping[str, str],
    *,
    height: int = 170,
) -> alt.VConcatChart:
    """Stack columns by month under a `timeline`, on the same axis of time.

    Parameters
    ----------
    events : Chart
        As `timeline` returns it.
    frame : DataFrame
        `month` (`YYYY-MM`), `by` (labels of `colours`), `value`.
    """
    order = {label: i for i, label in enumerate(colours.values())}
    data = _at_noon(frame.assign(**{month: frame[month] + "-01"}, _order=frame[by].map(order)), month)
    below = (
        alt.Chart(data)
        .mark_bar()
        .encode(
            x=alt.X(f"yearmonth({month}):T", title=None, axis=events.encoding.x["axis"]),
            y=alt.Y(f"{value}:Q", title=None, axis=alt.Axis(tickCount=4)),
            color=alt.Color(
                f"{by}:N", scale=palette.scale(colours), title=None, legend=alt.Legend(orient="bottom", columns=3)
            ),
            order=alt.Order("_order:Q"),
            tooltip=[
                alt.Tooltip(f"{month}:T", format="%B %Y"),
                alt.Tooltip(f"{by}:N"),
                alt.Tooltip(f"{value}:Q", format=",.0f"),
            ],
        )
        .properties(width=_WIDE, height=height)
    )
    return alt.vconcat(events, below, spacing=14).resolve_scale(x="shared", color="independent")


# --------------------------------------------------------------------------- maps


def _features(shapes: Mapping[str, Any]) -> alt.Data:
    return alt.Data(values=list(shapes["features"]))


def _land(shapes: Mapping[str, Any], *, fill: str | None = None) -> alt.Chart:
    return alt.Chart(_features(shapes)).mark_geoshape(
        fill=fill or palette.LAND, stroke=palette.MUTED, strokeWidth=0.6, clip=True
    )


def _mercator(chart: alt.LayerChart, box: Sequence[float]) -> alt.LayerChart:
    """Project a map, fitted to its shapes or to a box (west, south, east, north)."""
    if not box:
        return chart.project("mercator")
    west, south, east, north = box
    corners = {"type": "MultiPoint", "coordinates": [[west, south], [east, north]]}
    return chart.project("mercator", fit={"type": "Feature", "properties": {}, "geometry": corners})


def centre_of(feature: Mapping[str, Any]) -> tuple[float, float]:
    """Return latitude and longitude of the middle of an area (centroid of its largest ring), for its name."""
    shape = feature["geometry"]
    parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    best = (0.0, 0.0, 0.0)
    for ring in (part[0] for part in parts):
        turns = [(x1 * y2 - x2 * y1, x1 + x2, y1 + y2) for (x1, y1), (x2, y2) in pairwise(ring)]
        size = sum(turn for turn, _, _ in turns) / 2
        if abs(size) > abs(best[0]):
            x = sum(turn * xs for turn, xs, _ in turns) / (6 * size)
            y = sum(turn * ys for turn, _, ys in turns) / (6 * size)
            best = (size, x, y)
    return round(best[2], 4), round(best[1], 4)


def _labels(
    places: pd.DataFrame,
    box: Sequence[float],
    height: int,
    *,
    areas: bool = False,
    ring: bool = False,
) -> list[alt.Chart]:
    """Return dots and names of places, or names of areas, none of which lies on another.

    Parameters
    ----------
    places : DataFrame
        `place`, `latitude`, `longitude`, and `rank` where some matter more than others (lower first).
    box : sequence of float
        What the map shows: west, south, east, north.
    """
    ranked = places.sort_values(["rank", "place"], kind="stable") if "rank" in places else places
    rows = list(ranked[["place", "latitude", "longitude"]].itertuples(index=False, name=None))
    taken = [(_RING_NAME, *_ring_top(), _ON_RING)] if ring else []
    placed = lb.place(rows, box, height, spots=lb.WITHIN if areas else lb.AROUND, taken=taken, dots=not areas)
    layers = []
    if not areas:
        layers.append(
            alt.Chart(places[["place", "latitude", "longitude"]])
            .mark_point(filled=True, size=14, color=palette.INK, opacity=1)
            .encode(longitude="longitude:Q", latitude="latitude:Q")
        )
    groups: dict[tuple[lb.Spot, bool], list[lb.Placed]] = {}
    for one in placed:
        groups.setdefault((one.spot, one.narrow), []).append(one)
    for (spot, narrow), members in groups.items():
        frame = pd.DataFrame(
            [(one.name, one.latitude, one.longitude) for one in members], columns=["place", "latitude", "longitude"]
        )
        layers += _names(frame, spot, narrow)
    return layers


def _names(frame: pd.DataFrame, spot: lb.Spot, narrow: bool = True) -> list[alt.Chart]:
    where = {"align": spot.align, "baseline": spot.baseline, "dx": spot.dx, "dy": spot.dy}
    # On a phone's map, names for which there is no room are left out.
    shown = {} if narrow else {"opacity": alt.expr(f"width < {_ROOMY} ? 0 : 1")}
    return [
        alt.Chart(frame)
        .mark_text(fontSize=11, **where, **style)
        .encode(longitude="longitude:Q", latitude="latitude:Q", text="place:N")
        # A pale halo keeps names readable on dark shades; it is a text of its own, drawn below.
        for style in (
            {"stroke": palette.PAPER, "strokeWidth": 3, "strokeJoin": "round", "opacity": 0.85} | shown,
            {"color": palette.INK} | shown,
        )
    ]


def circle(km: float = BAMAKO_RADIUS_KM, centre: tuple[float, float] = BAMAKO) -> dict[str, Any]:
    """Return a circle around a point as GeoJSON, for rings on maps.

    Parameters
    ----------
    km : float
        Radius.
    centre : tuple of float
        Latitude and longitude, degrees.
    """
    lat, lon = math.radians(centre[0]), math.radians(centre[1])
    reach = km / EARTH_RADIUS_KM
    ring = []
    for step in range(0, 361, 5):
        bearing = math.radians(step)
        phi = math.asin(math.sin(lat) * math.cos(reach) + math.cos(lat) * math.sin(reach) * math.cos(bearing))
        lam = lon + math.atan2(
            math.sin(bearing) * math.sin(reach) * math.cos(lat), math.cos(reach) - math.sin(lat) * math.sin(phi)
        )
        ring.append([round(math.degrees(lam), 4), round(math.degrees(phi), 4)])
    return {
        "type": "Feature",
        "properties": {"label": f"{km:g} km"},
        "geometry": {"type": "LineString", "coordinates": ring},
    }


_RING_NAME = f"{BAMAKO_RADIUS_KM} km"
_ON_RING = lb.Spot("center", "bottom", 0, -3)


def _ring_top() -> tuple[float, float]:
    """Return latitude and longitude of the ring's northernmost point, where its name stands."""
    longitude, latitude = max(circle()["geometry"]["coordinates"], key=lambda point: point[1])
    return latitude, longitude


def _round_limits(values: pd.Series) -> list[float]:
    """Return class limits from the series 1, 2, 5, 10, 20 … nearest to quantiles of the values above zero.

    Examples
    --------
    >>> _round_limits(pd.Series([0, 0.4, 0.9, 1.8, 4, 9, 21, 44, 90]))
    [2.0, 5.0, 20.0, 50.0]
    """
    above = values[values > 0]
    if above.empty:
        return [1.0]
    series = [step * 10.0**power for power in range(-1, 5) for step in (1, 2, 5)]
    quantiles = (float(above.quantile(share)) for share in (0.25, 0.5, 0.75, 0.9))
    return sorted({min(series, key=lambda step: abs(math.log(step / quantile))) for quantile in quantiles})


def _ring() -> list[alt.Chart]:
    line = alt.Chart(alt.Data(values=[circle()])).mark_geoshape(
        fill=None, filled=False, stroke=palette.colour("accent"), strokeWidth=2, strokeDash=[5, 3]
    )
    latitude, longitude = _ring_top()
    name = pd.DataFrame({"place": [_RING_NAME], "latitude": [latitude], "longitude": [longitude]})
    return [line, *_names(name, _ON_RING)]


def cells(
    shapes: Mapping[str, Any],
    frame: pd.DataFrame,
    value: str,
    *,
    title: str,
    size: float = 0.1,
    places: pd.DataFrame | None = None,
    group: str = "islamist",
    ring: bool = False,
    height: int = 460,
    width: int = _WIDE,
    box: Sequence[float] = (),
) -> alt.LayerChart:
    """Counts by cell as circles whose area grows with the count, at the cell's centre.

    Parameters
    ----------
    frame : DataFrame
        `south`, `west` (degrees, the cell's corner) and `value`.
    size : float
        Edge of the cells, degrees.
    box : sequence of float
        Part of the country to show (west, south, east, north); all of it where not given.
    """
    spots = frame.assign(latitude=(frame["south"] + size / 2).round(3), longitude=(frame["west"] + size / 2).round(3))
    top = int(frame[value].max())
    layers: list[Any] = [_land(shapes)]
    layers.append(
        alt.Chart(spots)
        .mark_circle(color=palette.colour(group), opacity=0.65, clip=True)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            size=alt.Size(
                f"{value}:Q",
                title=title,
                scale=alt.Scale(range=[8, 420]),
                legend=alt.Legend(
                    orient="top",
                    direction="horizontal",
                    symbolFillColor=palette.colour(group),
                    values=sorted({1, -(-top // 4), -(-top // 2), top}),
                ),
            ),
            tooltip=[alt.Tooltip(f"{value}:Q", title=title)],
        )
    )
    if ring:
        layers += _ring()
    if places is not None:
        layers += _labels(places, box or lb.extent(shapes), height, ring=ring)
    return _mercator(alt.layer(*layers), box).properties(width=width, height=height)


def cell_multiples(
    shapes: Mapping[str, Any],
    frame: pd.DataFrame,
    value: str,
    by: str,
    *,
    title: str,
    size: float = 0.1,
    group: str = "islamist",
    columns: int = 2,
) -> alt.ConcatChart:
    """One small map per value of `by`, counts by cell as circles on one scale."""
    top = float(frame[value].max())
    panels = []
    # The outlines are written once and named: repeated in each panel they would be most of the page's weight.
    land = alt.Chart(alt.NamedData(name="land")).mark_geoshape(fill=palette.LAND, stroke=palette.MUTED, strokeWidth=0.6)
    for name in dict.fromkeys(frame[by]):
        part = frame[frame[by].eq(name)]
        spots = part[[value]].assign(
            latitude=(part["south"] + size / 2).round(3), longitude=(part["west"] + size / 2).round(3)
        )
        dots_layer = (
            alt.Chart(spots)
            .mark_circle(color=palette.colour(group), opacity=0.65)
            .encode(
                longitude="longitude:Q",
                latitude="latitude:Q",
                size=alt.Size(
                    f"{value}:Q",
                    title=title,
                    scale=alt.Scale(domain=[0, top], range=[4, 220]),
                    legend=alt.Legend(orient="top", values=sorted({1, -(-int(top) // 4), -(-int(top) // 2), int(top)})),
                ),
                tooltip=[alt.Tooltip(f"{value}:Q", title=title)],
            )
        )
        panels.append(
            alt.layer(land, dots_layer)
            .project("mercator")
            .properties(width=290, height=250, title=alt.TitleParams(str(name), anchor="start", fontSize=12))
        )
    return alt.concat(*panels, columns=columns, datasets={"land": list(shapes["features"])})


def cells_slider(
    shapes: Mapping[str, Any],
    frame: pd.DataFrame,
    value: str,
    by: str,
    *,
    title: str,
    names: Mapping[str, str],
    size: float = 0.1,
    places: pd.DataFrame | None = None,
    group: str = "islamist",
    ring: bool = False,
    height: int = 460,
    box: Sequence[float] = (),
    low: bool = False,
) -> alt.LayerChart:
    """Counts by cell as circles, one period at a time: a slider under the map chooses it.

    The slider is the browser's own control, named `Half-year`; without scripts the last period stands there. The
    script of the book gives its steps the names of the periods, which the map also writes in its corner.

    Parameters
    ----------
    frame : DataFrame
        `by` (periods), `south`, `west` (degrees, the cell's corner) and `value`.
    names : mapping of str to str
        Label by period, in order of time; periods without a row are steps too.
    low : bool
        Write the period in the lower corner, where land lies in the upper one.
    """
    steps = {period: i for i, period in enumerate(names, start=1)}
    spots = pd.DataFrame(
        {
            "step": frame[by].map(steps).astype(int),
            value: frame[value],
            "latitude": (frame["south"] + size / 2).round(3),
            "longitude": (frame["west"] + size / 2).round(3),
        }
    )
    sums = frame.groupby(by)[value].sum()
    told = pd.DataFrame(
        [
            {
                "step": step,
                "label": names[period],
                "text": f"{names[period]}: {int(sums.get(period, 0)):,} {title.lower()}",
            }
            for period, step in steps.items()
        ]
    )
    top = int(frame[value].max())
    chosen = alt.param(
        name="step",
        value=len(steps),
        bind=alt.binding_range(min=1, max=len(steps), step=1, name="Half-year"),
    )
    layers: list[Any] = [_land(shapes)]
    layers.append(
        alt.Chart(spots)
        .transform_filter("datum.step == step")
        .mark_circle(color=palette.colour(group), opacity=0.65, clip=True)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            size=alt.Size(
                f"{value}:Q",
                title=title,
                # One scale for all periods: a circle means the same wherever the slider stands.
                scale=alt.Scale(domain=[0, top], range=[4, 420]),
                legend=alt.Legend(
                    orient="top",
                    direction="horizontal",
                    symbolFillColor=palette.colour(group),
                    values=sorted({1, -(-top // 4), -(-top // 2), top}),
                ),
            ),
            tooltip=[alt.Tooltip(f"{value}:Q", title=title)],
        )
    )
    if ring:
        layers += _ring()
    if places is not None:
        layers += _labels(places, box or lb.extent(shapes), height, ring=ring)
    layers.append(
        alt.Chart(told)
        .transform_filter("datum.step == step")
        .mark_text(
            align="left",
            baseline="bottom" if low else "top",
            dy=-2 if low else 2,
            fontSize=alt.expr("width < 420 ? 12 : 15"),
            fontWeight="bold",
            color=palette.INK,
        )
        .encode(x=alt.value(2), y=alt.value("height") if low else alt.value(0), text="text:N")
    )
    return _mercator(alt.layer(*layers), box).add_params(chosen).properties(width=_WIDE, height=height)


def choropleth_multiples(
    shapes: Mapping[str, Any],
    frame: pd.DataFrame,
    key: str,
    by: str,
    value: str,
    *,
    title: str,
    names: Mapping[str, str],
    tip: str,
    columns: int = 3,
) -> alt.ConcatChart:
    """One small map per period, areas shaded by a rate on one scale; the geometry is written once.

    Parameters
    ----------
    frame : DataFrame
        `key`, `by` (periods), `value` (a rate or a share) and `tip` (the count behind it).
    names : mapping of str to str
        Label by period: the panels, in order.
    """
    limits = _round_limits(frame[value])
    colours = [palette.SEQUENTIAL[1 + i] for i in range(len(limits) + 1)]
    known = frame.set_index([key, by])
    features = []
    for feature in shapes["features"]:
        area = feature["properties"][key]
        values = {}
        for i, period in enumerate(names):
            values[f"rate{i}"] = float(known.loc[(area, period), value])
            values[f"count{i}"] = int(known.loc[(area, period), tip])
        features.append({**feature, "properties": {key: area, **values}})
    panels = []
    for i, label in enumerate(names.values()):
        panels.append(
            alt.Chart(alt.NamedData(name="areas"))
            .mark_geoshape(stroke=palette.MUTED, strokeWidth=0.4)
            .encode(
                color=alt.condition(
                    f"datum.properties.rate{i} > 0",
                    alt.Color(
                        f"properties.rate{i}:Q",
                        title=title,
                        scale=alt.Scale(type="threshold", domain=limits, range=colours),
                        legend=alt.Legend(orient="top", direction="horizontal", format=",~f"),
                    ),
                    alt.value(palette.LAND),
                ),
                tooltip=[
                    alt.Tooltip(f"properties.{key}:N", title=key.capitalize()),
                    alt.Tooltip(f"properties.rate{i}:Q", title=title, format=",.1f"),
                    alt.Tooltip(f"properties.count{i}:Q", title=tip, format=",.0f"),
                ],
            )
            .project("mercator")
            .properties(width=195, height=170, title=alt.TitleParams(label, anchor="start", fontSize=12))
        )
    return alt.concat(*panels, columns=columns, datasets={"areas": features})


def area_circles(
    shapes: Mapping[str, Any],
    frame: pd.DataFrame,
    key: str,
    value: str,
    *,
    title: str,
    names: Mapping[str, str],
    tips: Sequence[str] = (),
    group: str = "neutral",
    height: int = 390,
) -> alt.LayerChart:
    """Counts by area as circles on the middle of each area: the land itself stays plain, since area is no count.

    Parameters
    ----------
    shapes : mapping
        GeoJSON whose properties hold `key`.
    frame : DataFrame
        `key`, `value` and the columns of `tips`.
    names : mapping of str to str
        Names of the areas, by `key`.
    """
    centres = {feature["properties"][key]: centre_of(feature) for feature in shapes["features"]}
    spots = frame[frame[key].isin(list(centres))].assign(
        latitude=lambda rows: rows[key].map(lambda name: centres[name][0]),
        longitude=lambda rows: rows[key].map(lambda name: centres[name][1]),
        place=lambda rows: rows[key].map(names) + " " + rows[value].astype(str),
    )
    top = int(frame[value].max())
    circles = (
        alt.Chart(spots[["place", "latitude", "longitude", value, *tips]].sort_values(value, ascending=False))
        .mark_circle(color=palette.colour(group), opacity=0.6)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            size=alt.Size(
                f"{value}:Q",
                title=title,
                scale=alt.Scale(domain=[0, top], range=[0, 1600]),
                legend=None,  # every circle carries its number
            ),
            tooltip=[
                alt.Tooltip("place:N", title=key.capitalize()),
                *[alt.Tooltip(f"{name}:Q", format=",.0f") for name in tips],
            ],
        )
    )
    words = _labels(spots[["place", "latitude", "longitude"]], lb.extent(shapes), height, areas=True)
    return alt.layer(_land(shapes), circles, *words).project("mercator").properties(width=_WIDE, height=height)


def track(
    shapes: Mapping[str, Any],
    frame: pd.DataFrame,
    label: str,
    rings: Mapping[str, Sequence[Sequence[float]]],
    *,
    places: pd.DataFrame | None = None,
    group: str = "islamist",
    box: Sequence[float] = (),
    height: int = 420,
) -> alt.LayerChart:
    """Draw the way of a point over periods, its first and last place named, with closed outlines around it.

    Parameters
    ----------
    frame : DataFrame
        `latitude`, `longitude` (degrees) and `label` (period), in order.
    rings : mapping of str to sequence
        Closed outlines of longitude and latitude by palette name.
    box : sequence of float
        Part of the country to show (west, south, east, north); all of it where not given.
    """
    way = frame.assign(_order=range(len(frame)))
    spot = alt.Chart(way).encode(longitude="longitude:Q", latitude="latitude:Q")
    outlines = [
        alt.Chart(
            alt.Data(values=[{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [list(ring)]}}])
        ).mark_geoshape(filled=False, fill=None, stroke=palette.colour(name), strokeWidth=2, clip=True)
        for name, ring in rings.items()
    ]
    ends = way[way["_order"].isin([0, len(way) - 1])]
    words = [
        alt.Chart(ends)
        .mark_text(dy=24, fontSize=12, fontWeight="bold", **style)
        .encode(longitude="longitude:Q", latitude="latitude:Q", text=f"{label}:N")
        for style in (
            {"stroke": palette.PAPER, "strokeWidth": 3, "strokeJoin": "round", "opacity": 0.85},
            {"color": palette.INK},
        )
    ]
    layers = [
        _land(shapes),
        *outlines,
        spot.mark_line(color=palette.colour(group), strokeWidth=1.5).encode(order="_order:Q"),
        spot.mark_point(filled=True, size=45, color=palette.colour(group), opacity=1).encode(
            tooltip=[alt.Tooltip(f"{label}:N")]
        ),
        *(_labels(places, box or lb.extent(shapes), height) if places is not None else []),
        *words,
    ]
    return _mercator(alt.layer(*layers), box).properties(width=_WIDE, height=height)

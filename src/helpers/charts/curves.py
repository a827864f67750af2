"""Lines over periods, named where they run."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from itertools import pairwise, product
from typing import Any

import altair as alt
import pandas as pd

from helpers import letters, palette
from helpers.charts.parts import WIDE, lined, marker, number_format, periods_axis, tips_of

_WIDTHS = (260.0, float(WIDE))
"""Widths of a plot (px) on a phone and on a wide page."""
_APART = 10
"""Room (px) between a line's name and any other line, more than between the name and its own, and between two names."""

_OFF = 3
"""Room (px) between a line's name and the line of a date."""


def _nice(top: float) -> float:
    """Return where Vega ends an axis of five ticks from zero: the next tick (the rule of d3's `nice`)."""
    raw = top / 5
    size = 10 ** math.floor(math.log10(raw))
    step = size * next((factor for factor, least in ((10, 50), (5, 10), (2, 2)) if raw / size >= math.sqrt(least)), 1)
    return math.ceil(top / step) * step


def _free(
    paths: Mapping[str, Sequence[tuple[int, float]]],
    dates: Collection[int],
    height: int,
    periods: int,
    own: str,
    found: tuple[float, float, float, float],
    width: float,
) -> bool:
    """Return whether a name's box lies in the plot and clear of dates, its own line and, farther off, all others."""
    left, right = found[:2]
    if left < 0 or right > width or found[2] < 0 or found[3] > height:
        return False
    if any(left - _OFF < (date + 0.5) * width / periods < right + _OFF for date in dates):
        return False
    for other, path in paths.items():
        apart = 0 if other == own else _APART  # nearer to another line it would be read as that one's name
        upper, lower = found[2] - apart, found[3] + apart
        for (a, b), (c, e) in pairwise([((i + 0.5) * width / periods, level) for i, level in path]):
            if c > left and a < right:
                cut = [b + (e - b) * (min(max(at, a), c) - a) / (c - a) for at in (left, right)]
                if min(cut) < lower and max(cut) > upper:
                    return False
    return True


def _unkeyed(*channels: Any) -> None:
    """Take the legends off: the lines carry their names."""
    for one in channels:
        if one:
            one.legend = None


def _spots(
    frame: pd.DataFrame,
    x: str,
    y: str,
    by: str,
    height: int,
    ends: tuple[float, float],
    dates: Collection[str] = (),
) -> pd.DataFrame | None:
    """Find for each line a place for its name that hides no line and no other name, or return None.

    The end of a line comes first, then its other points, backwards. Every place must do on a phone and on a wide page.
    `ends`: of the axis, at the foot and at the top of the plot. `dates`: periods at which a line stands upright.

    Returns the point of each line (`x`, `y`, `by`) with `_align` and `_dy` of its name; in the order of the lines.

    Examples
    --------
    >>> frame = pd.DataFrame({"x": ["2021", "2022"] * 2, "y": [10, 9, 4, 3], "by": ["One", "One", "Two", "Two"]})
    >>> _spots(frame, "x", "y", "by", 260, (0, 10))[["x", "by", "_align", "_dy"]].to_numpy().tolist()
    [['2022', 'One', 'right', 13], ['2022', 'Two', 'right', 13]]
    >>> _spots(pd.concat([frame, frame.assign(by=frame["by"] + " more")]), "x", "y", "by", 40, (0, 10)) is None
    True
    """
    places = {period: i for i, period in enumerate(dict.fromkeys(frame[x]))}
    (foot, top), known = ends, frame.dropna(subset=[y])
    paths = {
        name: [(places[a], height * (top - b) / (top - foot)) for a, b in zip(part[x], part[y], strict=True)]
        for name, part in known.groupby(by, sort=False)
    }

    def box(name: str, at: tuple[float, float], align: str, dy: int, width: float) -> tuple[float, float, float, float]:
        middle, wide = (at[0] + 0.5) * width / len(places), letters.width(name, 12)
        left = middle - (wide if align == "right" else wide / 2)
        return left, left + wide, at[1] + dy - 8, at[1] + dy + 8

    free = partial(_free, paths, [places[date] for date in dates if date in places], height, len(places))
    taken: list[tuple[tuple[float, float, float, float], ...]] = []
    rows = []
    for name, path in paths.items():
        tries = [(len(path) - 1, "right"), *((i, "center") for i in reversed(range(len(path))))]
        for (index, align), dy in product(tries, (-11, 13)):
            boxes = tuple(box(name, path[index], align, dy, width) for width in _WIDTHS)
            pairs = [pair for other in taken for pair in zip(boxes, other, strict=True)]
            apart = all(
                a[1] + _APART <= b[0] or b[1] + _APART <= a[0] or a[3] <= b[2] or b[3] <= a[2] for a, b in pairs
            )
            if apart and all(free(name, one, width) for one, width in zip(boxes, _WIDTHS, strict=True)):
                taken.append(boxes)
                rows.append(known[known[by].eq(name)].iloc[[index]].assign(_align=align, _dy=dy))
                break
        else:
            return None
    return pd.concat(rows, ignore_index=True)


def _ends_of_ranks(values: pd.Series) -> tuple[float, float]:
    """Return the foot and the top of an axis of ranks, in fives beside the values.

    Examples
    --------
    >>> _ends_of_ranks(pd.Series([99, 122]))
    (125.0, 95.0)
    """
    return 5.0 * math.ceil((float(values.max()) + 1) / 5), max(1.0, 5.0 * math.floor((float(values.min()) - 1) / 5))


def _bands(base: alt.Chart, by: str, colours: Mapping[str, str]) -> list[alt.Chart]:
    """Return a band a line, outside the legend, whose swatches have the ink of the lines; its edge shows it on either page."""
    found = []
    for name, label in colours.items():
        ink = palette.colour(name)
        area = base.mark_area(color=ink, stroke=ink, opacity=1, fillOpacity=0.25, strokeWidth=0.8)
        found.append(area.transform_filter(alt.FieldEqualPredicate(field=by, equal=label)) if by else area)
    return found


def _named(spots: pd.DataFrame, by: str, at: Mapping[str, Any]) -> list[alt.Chart]:
    """Return the names of lines at their places (`_spots`)."""
    return [
        alt.Chart(part.drop(columns=["_align", "_dy"]))
        .mark_text(align=align, dy=dy, fontSize=12, fontWeight="bold")
        .encode(**at, text=f"{by}:N")
        for (align, dy), part in spots.groupby(["_align", "_dy"], sort=False)
    ]


def lines(
    frame: pd.DataFrame,
    x: str,
    y: str,
    *,
    title: str = "",
    by: str = "",
    colours: Mapping[str, str] | None = None,
    low: str = "",
    high: str = "",
    marks: Mapping[str, str] | None = None,
    unit: str = "",
    height: int = 260,
    legend: bool = False,
    ranks: bool = False,
    group: str = "islamist",
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
    ranks : bool
        The first stands at the top, and the axis ends beside the values instead of at zero.
    group : str
        Colour of a single line, by the palette's name.
    """
    title = title or y
    # A line's scale is one of points, which has no inner padding; Vega would warn in the console.
    base = alt.Chart(frame).encode(x=periods_axis(frame, x, points=True))
    top = float(frame[[y, high] if high else [y]].max().max()) or 1.0
    ends = _ends_of_ranks(frame[y]) if ranks else (0.0, _nice(top))
    scale = alt.Scale(domain=sorted(ends), reverse=True, nice=False) if ranks else alt.Undefined
    y_axis = alt.Y(f"{y}:Q", title=title, scale=scale, axis=alt.Axis(format=number_format(unit), tickCount=5))
    fields = [x, *([by] if by else []), y, *([low, high] if low else [])]
    layers: list[Any] = []
    plain: tuple[Any, Any, dict[str, Any]] = (alt.value(palette.colour(group)), None, {})
    tint, dash, look = lined(by, colours or {}) if by else plain
    spots = _spots(frame, x, y, by, height, ends, marks or {}) if by and not legend else None
    _unkeyed(*(tint, dash) if spots is not None else ())
    at: dict[str, Any] = {"x": alt.X(f"{x}:O", sort=None), "y": y_axis, "color": tint}
    if low:
        reach = base.encode(y=alt.Y(f"{low}:Q", title=title), y2=f"{high}:Q")
        layers += _bands(reach, by, (colours or {}) if by else {group: ""})
    drawn = base.mark_line(strokeWidth=2, **look).encode(y=y_axis, color=tint)
    layers.append(drawn.encode(strokeDash=dash) if dash else drawn)
    touched = base.mark_point(size=36, filled=True, opacity=0.001)
    layers.append(touched.encode(y=y_axis, color=tint, tooltip=tips_of(frame, fields, unit)))
    # One value makes no line: show it as a dot.
    if len(alone := frame[frame.groupby(by)[y].transform("size").eq(1)] if by else frame.head(0)):
        layers.append(alt.Chart(alone).mark_point(size=50, filled=True, opacity=1).encode(**at))
    layers += [*(_named(spots, by, at) if spots is not None else []), *marker(frame, x, marks or {})]
    return alt.layer(*layers).properties(width=WIDE, height=height)

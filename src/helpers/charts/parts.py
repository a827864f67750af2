"""What charts share: widths, axes, colours, tooltips and marked dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product
from typing import Any

import altair as alt
import pandas as pd

from helpers import letters, palette
from helpers.words.inside import COMMON

WIDE = 640
"""Width of a chart, px."""


def number_format(unit: str) -> str:
    """Return the format of an axis by its unit: `share`, `ratio`, or counts."""
    return ".0%" if unit == "share" else ",.2~f" if unit == "ratio" else ",.0f"


def tips_of(frame: pd.DataFrame, fields: Sequence[str], unit: str = "") -> list[alt.Tooltip]:
    """Return a tooltip a column, numbers in the format of their unit."""
    tips = []
    for name in fields:
        if pd.api.types.is_numeric_dtype(frame[name]):
            tips.append(alt.Tooltip(f"{name}:Q", format=number_format(unit)))
        else:
            tips.append(alt.Tooltip(f"{name}:N"))
    return tips


def hue(by: str, colours: Mapping[str, str] | None, **legend: Any) -> alt.Color:
    """Return the colour of groups, with a legend above the plot; a key of one entry tells nothing and is left out."""
    key = None if colours and len(colours) == 1 else alt.Legend(orient="top", **legend)
    return alt.Color(f"{by}:N", scale=palette.scale(colours or {}), title=None, legend=key)


_DASHES = {"ink": [1, 0], "unidentified": [8, 4], "neutral": [8, 4], "pale": [3, 3]}
"""Dashes of lines without a hue where one chart has several (px); the darkest is whole."""
_SHAPES = ("circle", "square", "diamond", "triangle-up", "cross")


def lined(by: str, colours: Mapping[str, str]) -> tuple[alt.Color, alt.StrokeDash | None, dict[str, Any]]:
    """Return colour and dash of lines, and how such lines end: several greys have a dash each, which the legend shows."""
    if sum(name in palette.GREYS for name in colours) < 2:
        return hue(by, colours), None, {}
    look: dict[str, Any] = {"symbolType": "stroke", "symbolSize": 400}
    scale = alt.Scale(domain=list(colours.values()), range=[_DASHES.get(name, [1, 0]) for name in colours])
    # Round ends would close the gaps.
    dash = alt.StrokeDash(f"{by}:N", scale=scale, title=None, legend=alt.Legend(orient="top", **look))
    return hue(by, colours, **look), dash, {"strokeCap": "butt"}


def shaped(by: str, colours: Mapping[str, str]) -> dict[str, alt.Shape]:
    """Return a shape for each kind of points of which two have greys too near to be told apart; else nothing."""
    if not palette.near(colours):
        return {}
    scale = alt.Scale(domain=list(colours.values()), range=list(_SHAPES[: len(colours)]))
    return {"shape": alt.Shape(f"{by}:N", scale=scale, title=None, legend=alt.Legend(orient="top"))}


def periods_axis(frame: pd.DataFrame, x: str, ticks: int = 14, *, points: bool = False) -> alt.X:
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


def at_noon(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return a frame whose days (`YYYY-MM-DD`) stand at noon.

    A bare date is read as midnight in Greenwich, which is the day before for readers west of it; noon is not.
    """
    return frame.assign(
        **{name: frame[name].where(frame[name].str.contains("T"), frame[name] + "T12:00:00") for name in columns}
    )


def names(category: str, order: Sequence[str] | None = None, *, grid: bool = False) -> alt.Y:
    """Return the axis of a chart whose rows have names.

    `order`: the names from top to bottom; as they come where not given. `grid`: whether a line leads from each name
    through the plot.
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
        [(periods.index(period) + 0.5) / len(periods) * WIDE for period in dated[x]],
        [max(letters.width(one, DATE_SIZE) for one in (text, COMMON.get(text, ""))) for text in dated["label"]],
    )
    for left in (False, True):
        part = dated[[side == left for side in leftward]]
        if len(part):
            out.append(dates_named(part, alt.X(f"{x}:O", sort=None), left=left))
    return out


DATE_SIZE, DATE_STYLE = 11, "date"
"""Size (px) and style of the labels of dates: by it the page knows them (`labels.js`), and numbers them where they meet."""


def dates_named(frame: pd.DataFrame, x: alt.X, *, left: bool = False, row: int = 0) -> alt.Chart:
    """Return the labels of dates (column `label`) above a plot, where no column is in the way.

    `left`: whether the labels run left of their lines. `row`: line in which they stand, from the plot upwards.
    """
    side: dict[str, Any] = {"align": "right", "dx": 4} if left else {"align": "left", "dx": -4}
    look: dict[str, Any] = {"style": DATE_STYLE, "baseline": "bottom", "color": palette.MUTED, "fontSize": DATE_SIZE}
    return alt.Chart(frame).mark_text(**look, **side, y=-3 - 13 * row).encode(x=x, text="label:N")


def _leftward(centres: Sequence[float], widths: Sequence[float]) -> tuple[bool, ...]:
    """Choose for each label whether it runs left of its rule, so that labels overlap and overrun the plot least.

    Examples
    --------
    >>> _leftward([300, 340], [90, 90]), _leftward([100, 630], [50, 50])
    ((True, False), (False, True))
    """

    def cost(sides: tuple[bool, ...]) -> float:
        boxes = [(c - w, c) if left else (c, c + w) for c, w, left in zip(centres, widths, sides, strict=True)]
        over = sum(max(0.0, -a) + max(0.0, b - WIDE) for a, b in boxes)
        return over + sum(max(0.0, min(b, d) - max(a, c) + 8) for (a, b), (c, d) in combinations(boxes, 2))

    # Ties go to labels on the right of their rules, where readers expect them.
    return min(product((False, True), repeat=len(centres)), key=lambda sides: (cost(sides), sides))

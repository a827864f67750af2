"""Charts of estimates: intervals of several kinds, an effect among placebo effects, a course and its trend."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from helpers import palette
from helpers.charts.parts import WIDE, hue, names, shaped, tips_of
from helpers.charts.rows import MULTIPLES, ratio_ticks


def _log_x(name: str, title: str | None, domain: Sequence[float] | None = None) -> alt.X:
    scale: dict[str, Any] = {"type": "log", "nice": False, "padding": 12}
    if domain:
        scale |= {"domain": list(domain), "clamp": True}
    shown = ratio_ticks(*domain) if domain else MULTIPLES
    return alt.X(
        f"{name}:Q",
        title=title,
        scale=alt.Scale(**scale),
        axis=alt.Axis(format=",.2~f", values=shown, labelOverlap=True),
    )


def _log_y(title: str, ends: Sequence[float], **cut: bool) -> Callable[[str], alt.Y]:
    """Return what makes the channel of a column on one logarithmic axis."""
    scale = alt.Scale(type="log", domain=list(ends), nice=False, **cut)
    shown = ratio_ticks(*ends)
    axis = alt.Axis(format=",.2~f", values=shown, labelOverlap=True)
    return lambda name: alt.Y(f"{name}:Q", title=title, scale=scale, axis=axis)


def _dashed(**at: Any) -> alt.Chart:
    """Return the line of no change, or of the date."""
    return alt.Chart().mark_rule(strokeDash=[4, 3], color=palette.MUTED).encode(**at)


def _panels(frame: pd.DataFrame, by: str, height: int, *layers: Any) -> alt.FacetChart:
    """Return layers as small panels, one for each value of `by`, two in a row."""
    facet = alt.Facet(
        f"{by}:N", sort=list(dict.fromkeys(frame[by])), title=None, header=alt.Header(labelAnchor="start")
    )
    return alt.layer(*layers).properties(width=280, height=height).facet(facet, data=frame, columns=2)


def intervals(
    frame: pd.DataFrame,
    category: str,
    value: str,
    low: str,
    high: str,
    kind: str,
    colours: Mapping[str, str],
    *,
    title: str,
    reference: str = "",
    domain: Sequence[float] | None = None,
) -> alt.LayerChart:
    """Show estimates with intervals of several kinds, one line a kind, and a tick for a reference value.

    `frame`: `category`, `kind` (labels of `colours`), `value`, `low`, `high`, and `reference` where given. `domain`:
    ends of the logarithmic axis; intervals that run past them are cut there.
    """
    order = list(dict.fromkeys(frame[category]))
    kinds = list(colours.values())
    base = alt.Chart(frame).encode(
        y=names(category, order, grid=True),
        yOffset=alt.YOffset(f"{kind}:N", sort=kinds, scale=alt.Scale(paddingOuter=0.6)),
    )
    tint = hue(kind, colours)
    fields = [category, kind, value, low, high, *([reference] if reference else [])]
    span = base.mark_rule(strokeWidth=3, opacity=0.6).encode(
        x=_log_x(low, title, domain), x2=f"{high}:Q", color=tint, tooltip=tips_of(frame, fields, "ratio")
    )
    point = base.mark_point(filled=True, size=60, opacity=1).encode(
        x=_log_x(value, title, domain), color=tint, tooltip=tips_of(frame, fields, "ratio"), **shaped(kind, colours)
    )
    one = alt.Chart(pd.DataFrame({value: [1.0]})).mark_rule(strokeDash=[4, 3], color=palette.MUTED)
    layers: list[Any] = [one.encode(x=_log_x(value, title, domain)), span, point]
    if reference:
        once = frame.drop_duplicates(category).dropna(subset=[reference])
        tick = alt.Chart(once).encode(y=names(category, order, grid=True), x=_log_x(reference, title, domain))
        layers.append(tick.mark_tick(thickness=3, size=24, color=palette.INK))
    return alt.layer(*layers).properties(width=WIDE, height=max(120, 36 * len(order) + 20))


def among(
    others: pd.DataFrame,
    own: pd.DataFrame,
    category: str,
    value: str,
    low: str,
    high: str,
    *,
    title: str,
    domain: Sequence[float] | None = None,
) -> alt.LayerChart:
    """Show an estimate with its interval above the estimates of all other dates, a tick each.

    `others`: `category`, `value`, and `Date`. `own`: `category`, `value`, `low`, `high`.
    """
    order = list(own[category])
    ticks = (
        alt.Chart(others)
        .mark_tick(thickness=1.5, size=20, opacity=0.45, color=palette.colour("neutral"))
        .encode(
            y=names(category, order, grid=True),
            x=_log_x(value, title, domain),
            tooltip=[alt.Tooltip("Date:N"), alt.Tooltip(f"{value}:Q", format=",.2f")],
        )
    )
    base = alt.Chart(own).encode(y=names(category, order, grid=True))
    tips = tips_of(own, [category, value, low, high], "ratio")
    span = base.mark_rule(strokeWidth=3.5, color=palette.colour("islamist")).encode(
        x=_log_x(low, title, domain), x2=f"{high}:Q", tooltip=tips
    )
    point = base.mark_point(filled=True, size=110, opacity=1, color=palette.colour("islamist")).encode(
        x=_log_x(value, title, domain), tooltip=tips
    )
    one = alt.Chart(pd.DataFrame({value: [1.0]})).mark_rule(strokeDash=[4, 3], color=palette.MUTED)
    return alt.layer(one.encode(x=_log_x(value, title, domain)), ticks, span, point).properties(
        width=WIDE, height=max(120, 44 * len(order) + 20)
    )


def courses(
    frame: pd.DataFrame,
    x: str,
    observed: str,
    trend: str,
    course: str,
    by: str,
    *,
    title: str,
) -> alt.FacetChart:
    """Small panels around a date at zero: counts as dots, the trend before it (carried on) and the course after it.

    `frame`: `x` (months from the date), `observed`, `trend` (all months), `course` (months after only), `by`.
    """
    tip = tips_of(frame, [by, x, observed, trend, course])
    span = int(max(abs(frame[x].min()), frame[x].max()))
    ticks = [t for t in range(-span - span % 12, span + 13, 12) if frame[x].min() <= t <= frame[x].max()]
    base = alt.Chart().encode(x=alt.X(f"{x}:Q", title="Months from the date", axis=alt.Axis(values=ticks)))
    y = alt.Y(f"{observed}:Q", title=title, axis=alt.Axis(tickCount=4))
    dots = base.mark_point(filled=True, size=26, opacity=0.7, color=palette.colour("neutral")).encode(y=y, tooltip=tip)
    carried = base.mark_line(strokeWidth=2, strokeDash=[5, 3], color=palette.INK).encode(y=f"{trend}:Q")
    after = base.mark_line(strokeWidth=2.5, color=palette.colour("islamist")).encode(y=f"{course}:Q")
    zero = base.mark_rule(strokeDash=[4, 3], color=palette.MUTED).encode(x=alt.datum(0))
    return _panels(frame, by, 130, zero, dots, carried, after)


def curve(
    frame: pd.DataFrame,
    rank: str,
    value: str,
    low: str,
    high: str,
    kind: str,
    by: str,
    *,
    title: str,
) -> alt.FacetChart:
    """Small panels of many estimates of one effect, sorted by size, each with its interval.

    `frame`: `rank`, `value`, `low`, `high`, `kind` (`leaves out 1` or `holds 1`), `by`.
    """
    labels = {"islamist": "leaves out 1", "neutral": "holds 1"}
    labels = {colour: label for colour, label in labels.items() if label in set(frame[kind])}
    y = _log_y(title, (0.1, 10.0), clamp=True)  # intervals that run past these ends are cut there
    # One kind alone needs no key: the figure's title says which it is.
    legend = alt.Legend(orient="top", symbolType="stroke") if len(labels) > 1 else None
    tint = alt.Color(f"{kind}:N", scale=palette.scale(labels), title="Interval", legend=legend)
    tips = tips_of(frame, [by, value, low, high], "ratio")
    base = alt.Chart().encode(
        x=alt.X(f"{rank}:Q", title="Ways of estimating, by size of effect"), color=tint, tooltip=tips
    )
    spans = base.mark_rule(strokeWidth=1).encode(y=y(low), y2=f"{high}:Q")
    # The estimates stand in ink on their intervals, which have the colour.
    points = base.mark_point(filled=True, size=9, opacity=1).encode(y=y(value), color=alt.value(palette.INK))
    return _panels(frame, by, 150, spans, points, _dashed(y=alt.datum(1.0)))


def around(frame: pd.DataFrame, x: str, value: str, low: str, high: str, by: str, *, title: str) -> alt.FacetChart:
    """Small panels of a course around an event at zero, above the band in which chance would have it.

    `frame`: `x` (months from the event), `value`, `low`, `high` (all above zero), `by`.
    """
    y = _log_y(title, [0.9 * float(frame[[value, low]].min().min()), 1.1 * float(frame[[value, high]].max().max())])
    base = alt.Chart().encode(x=alt.X(f"{x}:Q", title="Months from the handovers"))
    # Its edge is what is seen of the band on either page.
    grey = palette.colour("neutral")
    band = base.mark_area(color=grey, opacity=1, fillOpacity=0.25, stroke=grey).encode(y=y(low), y2=f"{high}:Q")
    line = base.mark_line(strokeWidth=2, color=palette.colour("islamist")).encode(y=y(value))
    dots = base.mark_point(filled=True, size=40, opacity=1, color=palette.colour("islamist")).encode(
        y=y(value), tooltip=tips_of(frame, [by, x, value, low, high], "ratio")
    )
    return _panels(frame, by, 170, band, line, dots, _dashed(y=alt.datum(1.0)), _dashed(x=alt.datum(0)))

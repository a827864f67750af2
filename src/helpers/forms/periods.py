"""Forms over time: columns of one series, lines of several, columns stacked by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from helpers import definitions as d
from helpers import french, letters, palette, prose
from helpers.charts.parts import DATE_SIZE, DATE_STYLE, WIDE, dates_named, lined
from helpers.errors import DataError
from helpers.forms.form import Form
from helpers.measures.counts import period_of
from helpers.measures.measure import Measure, Series
from helpers.windows import Window
from helpers.words import names
from helpers.words.both import NOTHING, Both, joined, listing

DATES: tuple[tuple[str, Both], ...] = (
    ("2012-03", Both("coup", "coup d’État")),
    ("2013-01", Both("Serval", "Serval")),
    ("2015-06", Both("accord", "accord")),
    ("2017-03", Both("JNIM formed", "création du GSIM")),
    ("2020-08", Both("coup", "coup d’État")),
    ("2021-12", Both("Wagner", "Wagner")),
    ("2022-08", Both("French leave", "départ français")),
    ("2023-12", Both("UN gone", "départ de l’ONU")),
    ("2025-09", Both("fuel blockade", "blocus")),
)
"""Dates marked on every long chart over time, by month; a chart takes the last five that lie within it."""
SHOWN = 5
FEW_MONTHS = 36
"""Months of which an axis names every third, not only the years."""


def marked(unit: str, *months: str) -> dict[str, str]:
    """Return the words of some of `DATES` by the quarter or half-year that holds each: one event has one name on all charts."""
    said = dict(DATES)
    return {period_of(pd.Series([one]), unit)[0]: said[one].en for one in months}


def _marks(keys: Sequence[str], last: pd.Period) -> list[tuple[str, Both]]:
    """Return the periods that hold a marked date; a date in the first period marks nothing."""
    found: dict[str, Both] = {}
    spans = {key: names.window_of(key) for key in keys[1:]}
    for month, label in DATES:
        for key, span in spans.items():
            if str(span.first) <= month <= min(str(span.last), str(last)):
                found[key] = label
    return list(found.items())[-SHOWN:]


def _axis(keys: Sequence[str]) -> alt.X:
    """Return an axis of periods that names years, at most fourteen of them; of few months, every third month."""
    if len(keys[0]) == 7 and len(keys) <= FEW_MONTHS:
        axis = alt.Axis(values=[key for key in keys if int(key[-2:]) % 3 == 1])
    else:
        starts = [key for key in keys if len(key) == 4 or key.endswith(("-01", "Q1", "H1"))] or list(keys)
        axis = alt.Axis(values=starts[:: -(-len(starts) // 14)], labelExpr="slice(datum.label, 0, 4)")
    axis.labelAngle, axis.labelOverlap, axis.ticks = 0, True, False
    return alt.X("key:O", sort=None, title=None, scale=alt.Scale(paddingInner=0.15), axis=axis)


_PLOT, _BEYOND = 560, 8
"""A plot on a wide page is at least this wide, and has this room at its right, px."""


def _wide(label: Both) -> float:
    """Return how wide the name of a date is in the language in which it is wider, px."""
    return max(letters.width(one, DATE_SIZE) for one in (label.en, label.fr))


def _in_lines(marks: Sequence[tuple[float, Both]], before: Sequence[bool]) -> list[int]:
    """Return the line on which each name of a date stands: the lowest of three where it runs into no other.

    `marks`: places along the axis (0 to 1) and names, in order. `before`: which stand before their place, not behind it.
    """
    ends, out = [0.0, 0.0, 0.0], []
    for (at, label), left in zip(marks, before, strict=True):
        wide = _wide(label) + 6
        begin = at * _PLOT - (wide if left else 0)
        line = next((one for one, end in enumerate(ends) if end <= begin), ends.index(min(ends)))
        ends[line] = begin + wide
        out.append(line)
    return out


def _rules(keys: Sequence[str], last: pd.Period, words: dict[str, str]) -> list[Any]:
    marks = _marks(keys, last)
    if not marks:
        return []
    frame = pd.DataFrame([(key, label.en) for key, label in marks], columns=["key", "label"])
    words.update({label.en: label.fr for _, label in marks})
    base = alt.Chart(frame).encode(x=alt.X("key:O", sort=None))
    place = {key: at for at, key in enumerate(keys)}
    out: list[Any] = [base.mark_rule(strokeDash=[4, 3], color=palette.MUTED)]
    # A name that does not end inside the picture runs left of its line.
    late = pd.Series([(place[key] + 0.5) / len(keys) * _PLOT + _wide(label) > _PLOT + _BEYOND for key, label in marks])
    lines = _in_lines([(place[key] / len(keys), label) for key, label in marks], list(late))
    for row in sorted(set(lines)):
        for left in (False, True):
            part = frame[pd.Series(lines).eq(row) & late.eq(left)]
            if len(part):
                out.append(dates_named(part, alt.X("key:O", sort=None), left=left, row=row))
    return out


def _table(series: Series) -> pd.DataFrame:
    """Return the table that readers see: the period's name and the value, with what else the rows carry."""
    noun = names.PERIODS[series.period].one.en
    return pd.DataFrame(
        {
            french.upper(noun): [names.tick(key).en for key in series.frame["period"]],
            series.measure.unit.en: series.frame["value"],
        }
    )


def _side_by_side(
    series: Mapping[str, Series], labels: Mapping[str, Both], head: str, periods: pd.Series
) -> tuple[pd.DataFrame, Both]:
    """Return the table of several series, a column each, and what each peaks at."""
    table = pd.DataFrame({head: periods})
    for key, one in series.items():
        table[labels[key].en] = one.frame["value"].to_numpy()
    peaks = {key: _peak(one) for key, one in series.items()}
    said = listing(
        Both(f"{labels[k].en}: {one.en}", f"{french.inside(labels[k].fr)} : {one.fr}") for k, one in peaks.items()
    )
    return table, said


def _tips(series: Series) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=names.PERIODS[series.period].one.en.capitalize()),
        alt.Tooltip("value:Q", title=series.measure.unit.en, format=",.0f"),
    ]


def _words(series: Series) -> dict[str, str]:
    noun = names.PERIODS[series.period].one
    return {series.measure.unit.en: series.measure.unit.fr, french.upper(noun.en): french.upper(noun.fr)}


def _peak(series: Series) -> Both:
    """Say where a series peaks and where its last whole period stands."""
    key, top = series.peak
    short = series.measure.short
    most = Both((short.one if top == 1 else short.many).en, french.agree(top, short.one.fr, short.many.fr))
    last = series.whole.iloc[-1] if len(series.whole) else series.frame.iloc[-1]
    when, end = names.period(key), names.period(str(last["period"]))
    n, m = prose.number(top), prose.number(int(last["value"]))
    f, g = french.number(top), french.number(int(last["value"]))
    if str(last["period"]) == key:
        return Both(
            f"the highest is the last complete one, {when.en}, with {n} {most.en}",
            f"le maximum est atteint à la dernière période complète ({when.fr}), avec {f} {most.fr}",
        )
    return Both(
        f"the highest is {when.en} with {n} {most.en}; {end.en} has {m}",
        f"le maximum, {f} {most.fr}, est atteint {names.during(names.window_of(key)).fr} ; {end.fr} en compte {g}",
    )


def _drawn(series: Series) -> pd.DataFrame:
    frame = series.frame.rename(columns={"period": "key"}).drop(columns="months")
    return frame.assign(
        name=[names.tick(key).en for key in frame["key"]],
        part=frame["key"].isin(series.partial),
        fresh=frame["key"].isin(series.provisional),
        row=range(len(frame)),
    )


def _fresh(series: Series) -> Both:
    """Say from when on a series is provisional, for the subtitle of a form that draws those periods with dashed edges."""
    known = series.provisional
    if not known:
        return NOTHING
    since = names.tick(known[0])
    return Both(
        f"; with dashed edges from {since.en} on: provisional",
        f" ; à bords en tirets à partir de {since.fr} : provisoire",
    )


def columns(series: Series, *, after: pd.Period | None = None, height: int = 240) -> Form:
    """Draw one series as columns; a period held in part is hollow.

    Parameters
    ----------
    series : Series
        What is drawn, by period.
    after : Period, optional
        Periods that run past this month are drawn in colour, those up to it in grey.
    height : int
        Height of the plot, px.
    """
    frame = _drawn(series)
    keys = list(frame["key"])
    words = _words(series)
    hue: Any = palette.colour(series.measure.group)
    if after is not None:
        frame["new"] = [names.window_of(key).last > after for key in keys]
    unit = series.measure.unit
    base = alt.Chart(frame).encode(
        x=_axis(keys),
        y=alt.Y("value:Q", title=unit.en, axis=alt.Axis(format=",.0f", tickCount=5)),
        tooltip=_tips(series),
    )
    if after is not None:
        new = palette.colour("finding") if series.measure.group == "neutral" else hue
        tint: Any = alt.condition("datum.new", alt.value(new), alt.value(palette.colour("neutral")))
    else:
        tint = alt.value(hue)
    layers: list[Any] = [base.transform_filter("!datum.part && !datum.fresh").mark_bar().encode(color=tint)]
    if series.provisional:
        pale = base.transform_filter("datum.fresh").mark_bar(fillOpacity=0.3, strokeDash=[3, 2], strokeWidth=1.2)
        layers.append(pale.encode(color=tint, stroke=tint))
    if series.partial:
        hollow = base.transform_filter("datum.part").mark_bar(fillOpacity=0, strokeWidth=1.5)
        layers.append(hollow.encode(stroke=tint))
    chart = alt.layer(*layers, *_rules(keys, series.window.last, words)).properties(width=WIDE, height=height)
    noun = names.PERIODS[series.period]
    what, span = series.measure.phrase, names.span(series.window)
    none = int(series.whole["value"].eq(0).sum())
    alternative = Both(
        f"columns by {noun.one.en} of {what.en}, {span.en}; {_peak(series).en}",
        f"colonnes par {noun.one.fr} : {what.fr}, {span.fr} ; {_peak(series).fr}",
    )
    if none:
        alternative += Both(
            f"; {prose.word(none)} of {len(series.whole)} {noun.many.en} have none",
            f" ; {french.word(none, feminine=noun.feminine)} des {len(series.whole)} {noun.many.fr} n’en comptent aucun",
        )
    subtitle = Both(f"{what.en}, {series.covers.en}", f"{what.fr}, {series.covers.fr}") + _fresh(series)
    if after is not None:
        to = names.prose_month(after)
        subtitle = Both(
            f"{subtitle.en}; in colour what runs past {to.en}", f"{subtitle.fr} ; en couleur, ce qui dépasse {to.fr}"
        )
    return Form(chart, _table(series), subtitle, alternative, series.measure.source, words, *_periods(series))


def lines(
    series: Mapping[str, Series], labels: Mapping[str, Both], *, what: Both | None = None, height: int = 280
) -> Form:
    """Draw several series of one table and period as lines, named at their ends.

    Parameters
    ----------
    series : mapping of str to Series
        By palette name of the line.
    labels : mapping of str to Both
        Name of each line.
    what : Both, optional
        What the lines count together, where their own names would be too long; a place that they share is added.
    height : int
        Height of the plot, px.
    """
    first = _alike(series.values())
    frames = [_drawn(one).assign(line=labels[key].en, hue=key) for key, one in series.items()]
    frame = pd.concat(frames, ignore_index=True)
    keys = list(frames[0]["key"])
    words = _words(first) | {label.en: label.fr for label in labels.values()}
    unit = first.measure.unit
    colour, dash, look = lined("line", {key: labels[key].en for key in series})
    base = alt.Chart(frame).encode(
        x=_axis(keys),
        y=alt.Y("value:Q", title=unit.en, axis=alt.Axis(format=",.0f", tickCount=5)),
        color=colour,
        tooltip=[alt.Tooltip("line:N", title=" "), *_tips(first)],
    )
    drawn = base.transform_filter("!datum.part").mark_line(strokeWidth=2.2, **look)
    layers = [
        drawn.encode(strokeDash=dash) if dash else drawn,
        base.mark_point(size=36, filled=True, opacity=0.001),
    ]
    chart = alt.layer(*layers, *_rules(keys, first.window.last, words)).properties(width=WIDE, height=height)
    noun = names.PERIODS[first.period]
    table, said = _side_by_side(series, labels, french.upper(noun.one.en), frames[0]["name"])
    measures = [one.measure for one in series.values()]
    what = names.placed(what, [one.place for one in measures]) if what else _common(measures)
    span = names.span(first.window)
    alternative = Both(
        f"lines by {noun.one.en}, {span.en}; {said.en}", f"courbes par {noun.one.fr}, {span.fr} ; {said.fr}"
    )
    subtitle = Both(f"{what.en}, {first.covers.en}", f"{what.fr}, {first.covers.fr}")
    return Form(chart, table, subtitle, alternative, first.measure.source, words, *_periods(first))


def stacked(
    series: Mapping[str, Series],
    labels: Mapping[str, Both],
    *,
    what: Both | None = None,
    height: int = 300,
) -> Form:
    """Draw several series of one table and period as columns, one on the other, the first at the foot.

    Provisional periods are faint inside a dashed edge, periods held in part are faint.

    Parameters
    ----------
    series : mapping of str to Series
        By palette name.
    labels : mapping of str to Both
        Name of each.
    what : Both, optional
        What the columns count together, where their own names would be too long.
    height : int
        Height of the plot, px.
    """
    first = _alike(series.values())
    frames = [_drawn(one).assign(line=labels[key].en, order=at) for at, (key, one) in enumerate(series.items())]
    frame = pd.concat(frames, ignore_index=True)
    keys = list(frames[0]["key"])
    words = _words(first) | {label.en: label.fr for label in labels.values()}
    unit = first.measure.unit
    base = alt.Chart(frame).encode(
        x=_axis(keys),
        y=alt.Y("value:Q", title=unit.en, stack="zero", axis=alt.Axis(format=",.0f", tickCount=5)),
        order=alt.Order("order:Q"),
        tooltip=[alt.Tooltip("line:N", title=" "), *_tips(first)],
    )
    layers = _stacks(base, {key: labels[key].en for key in series}, provisional=bool(first.provisional))
    chart = alt.layer(*layers, *_rules(keys, first.window.last, words)).properties(width=WIDE, height=height)
    noun = names.PERIODS[first.period]
    table, said = _side_by_side(series, labels, french.upper(noun.one.en), frames[0]["name"])
    what, span = what or _common([one.measure for one in series.values()]), names.span(first.window)
    alternative = Both(
        f"stacked columns by {noun.one.en}, {span.en}; {said.en}",
        f"colonnes empilées par {noun.one.fr}, {span.fr} ; {said.fr}",
    )
    subtitle = Both(f"{what.en}, {first.covers.en}", f"{what.fr}, {first.covers.fr}") + _fresh(first)
    return Form(chart, table, subtitle, alternative, first.measure.source, words, *_periods(first))


def _stacks(base: alt.Chart, named: Mapping[str, str], *, provisional: bool) -> list[Any]:
    """Return the columns of several series, and the faint ones of provisional periods; `named`: labels by palette name."""
    scale = palette.scale(dict(named))
    # The stroke has the fill's title and legend: Vega draws one legend of both, and warns where they differ.
    key: dict[str, Any] = {"scale": scale, "title": None, "legend": alt.Legend(orient="top")}
    colour = alt.Color("line:N", **key)
    firm = base.transform_filter("!datum.fresh").mark_bar()
    layers: list[Any] = [firm.encode(color=colour, opacity=alt.condition("datum.part", alt.value(0.45), alt.value(1)))]
    if provisional:
        dashed = base.transform_filter("datum.fresh").mark_bar(strokeDash=[3, 2], strokeWidth=1.3, fillOpacity=0.3)
        layers.append(dashed.encode(color=colour, stroke=alt.Stroke("line:N", **key)))
    return layers


def months(series: Series, *, height: int = 240) -> Form:
    """Draw monthly counts as columns under the mean of the last 12 months.

    Parameters
    ----------
    series : Series
        By month; the line begins with its twelfth.
    height : int
        Height of the plot, px.
    """
    if series.period != "month" or series.rolled > 1:
        raise DataError("the form months draws a series by month.")
    frame = _drawn(series)
    frame["mean"] = frame["value"].rolling(12).mean()
    keys, words, unit = list(frame["key"]), _words(series), series.measure.unit
    mean = Both("Mean of 12 months", "Moyenne de 12 mois")
    words[mean.en] = mean.fr
    hue = palette.colour(series.measure.group)
    base = alt.Chart(frame).encode(
        x=_axis(keys),
        tooltip=[
            alt.Tooltip("name:N", title="Month"),
            alt.Tooltip("value:Q", title=unit.en, format=",.0f"),
            alt.Tooltip("mean:Q", title=mean.en, format=",.0f"),
        ],
    )
    axis = alt.Axis(format=",.0f", tickCount=5)
    layers: list[Any] = [
        base.mark_bar(color=hue).encode(y=alt.Y("value:Q", title=unit.en, axis=axis)),
        # The line stands off the columns by an edge of the page's colour.
        base.mark_line(color=palette.PAPER, strokeWidth=5).encode(y="mean:Q"),
        base.mark_line(color=palette.INK, strokeWidth=2.2).encode(y="mean:Q"),
    ]
    chart = alt.layer(*layers, *_rules(keys, series.window.last, words)).properties(width=WIDE, height=height)
    table = _table(series)
    table[mean.en] = d.rounded(frame["mean"], 1)
    what, span = series.measure.phrase, names.span(series.window)
    subtitle = Both(
        f"{what.en}, {series.covers.en}; columns: months, line: mean of the last 12",
        f"{what.fr}, {series.covers.fr} ; colonnes : mois, courbe : moyenne des 12 derniers",
    )
    a, b = prose.number(frame["mean"].iloc[-1]), french.number(frame["mean"].iloc[-1])
    to = names.prose_month(series.window.last)  # the series' own end: other tables of the edition may end earlier
    alternative = Both(
        f"columns by month of {what.en}, {span.en}; {_peak(series).en}; the mean of the 12 months to {to.en} is {a}",
        f"colonnes par mois : {what.fr}, {span.fr} ; {_peak(series).fr} ; la moyenne des 12 mois achevés en {to.fr} est de {b}",
    )
    return Form(chart, table, subtitle, alternative, series.measure.source, words, *_periods(series))


def _unnamed(chart: alt.LayerChart) -> alt.LayerChart:
    """Leave out the names of dates (`_rules`), which stand above the plot."""
    found = chart.copy()
    found.layer = [one for one in found.layer if getattr(one.mark, "style", None) != DATE_STYLE]
    return found


def panels(forms: Sequence[Form], heads: Sequence[Both]) -> Form:
    """Set forms over the same periods one under the other, each with a heading.

    Parameters
    ----------
    forms : sequence of Form
        Of one period and span; the subtitle is the first's, and names the panels.
    heads : sequence of Both
        A heading each.
    """
    first, parts = forms[0], []
    words: dict[str, str] = {}
    many = len(forms) > 2
    for form, head in zip(forms, heads, strict=True):
        words |= dict(form.words) | {head.en: head.fr}
        # The first panel names the dates; the lines in those below stand under its names.
        bare = form is not first
        offset = 8 if bare else 34
        title = alt.TitleParams(
            head.en, anchor="start", fontSize=13, fontWeight="bold", color=palette.INK, offset=offset
        )
        chart = _unnamed(form.chart) if bare else form.chart
        parts.append(chart.properties(title=title, height=110 if many else 135))
    key = first.frame.columns[0]
    table = first.frame[[key]].copy()
    for form, head in zip(forms, heads, strict=True):
        for column in form.frame.columns[1:]:
            alone = len(form.frame.columns) == 2
            name = head.en if alone else f"{column}: {head.en.lower()}"
            fr = words.get(column, column)
            words[name] = head.fr if alone else f"{fr} : {head.fr.lower()}"
            table[name] = form.frame[column].to_numpy()
    said = joined(
        (Both(f"{h.en}: {f.alt.en}", f"{h.fr} : {f.alt.fr}") for f, h in zip(forms, heads, strict=True)), ". "
    )
    chart = alt.vconcat(*parts).resolve_scale(color="shared")
    small = [Both(head.en.lower(), head.fr.lower()) for head in heads]
    named, what = listing(small), first.what
    # Panels of things that have nothing but their place in common are all named where the first one was.
    if " " in small[0].en and what.en.startswith(small[0].en) and what.fr.startswith(small[0].fr):
        what = Both(named.en + what.en.removeprefix(small[0].en), named.fr + what.fr.removeprefix(small[0].fr))
    else:
        what += Both(f"; panels: {named.en}", f" ; panneaux : {named.fr}")
    return Form(
        chart,
        table,
        what,
        Both(f"panels. {said.en}", f"panneaux. {said.fr}"),
        first.source,
        words,
        first.periods,
        first.noun,
    )


def _periods(series: Series) -> tuple[list[Window], Both]:
    """Return the months of each drawn period, and what such periods are called; a rolling sum is its own window."""
    spans = [names.window_of(key) for key in series.frame["period"]]
    if series.rolled > 1:
        drawn = [Window(span.last - series.rolled + 1, span.last) for span in spans]
    else:
        drawn = [Window(max(span.first, series.window.first), min(span.last, series.window.last)) for span in spans]
    return drawn, names.PERIODS[series.period].many


def _alike(series: Any) -> Series:
    known = list(series)
    if not known:
        raise DataError("a chart of several series needs at least one.")
    first = known[0]
    for one in known[1:]:
        if (one.period, str(one.window)) != (
            first.period,
            str(first.window),
        ) or one.measure.value != first.measure.value:
            raise DataError("series of one chart share their period, their months and what they add up.")
    return first


def _common(measures: Sequence[Measure]) -> Both:
    """Name what several measures have in common, and their places where these are few."""
    nouns = {measure.counts_what.many.en: measure.counts_what.many for measure in measures}
    places = {measure.place.where.en: measure.place.where for measure in measures}
    what = listing(nouns.values())
    if len(places) > 3:
        return what
    where = listing(Both(en, where.fr) for en, where in places.items())
    return Both(f"{what.en} {where.en}", f"{what.fr} {where.fr}")

"""The strip: a table that draws. One row a group, its course as a small line, and numbers beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from helpers import french, palette, prose
from helpers.charts.parts import WIDE
from helpers.forms.form import Form
from helpers.measures.measure import Series, Tally
from helpers.words import names
from helpers.words.both import Both, joined, listing

#: Where the parts of a row stand, in percent of the width: the line from 0, then two columns of numbers (right edges).
_LINE, _FIRST, _SECOND = 58.0, 78.0, 100.0
_ROW, _HEAD = 62, 0.35
_LETTERS = 44
_EVENTS, _KILLED = Both("Events", "Événements"), Both("Killed", "Tués")
_CIVILIANS = Both("Killed in its attacks on civilians", "Morts de ses attaques contre des civils")


@dataclass(frozen=True)
class Row:
    """One group of a strip."""

    group: str
    """Palette name."""
    label: Both
    """Name of the group."""
    series: Series
    """Its events by half-year."""
    events: Tally
    killed: Tally
    """Its events, and the deaths in its attacks on civilians, in the last 12 months."""
    regions: Sequence[Both]
    """Regions with a tenth or more of its events, most first."""


def strip(rows: Sequence[Row], what: Both) -> Form:
    """Draw a row a group: its name and regions, the course of its events, and two numbers of the last 12 months.

    Each line has its own height: it shows a group's course, not its size beside the others.
    """
    drawn, told, words = [], [], {_EVENTS.en: _EVENTS.fr, _KILLED.en: _KILLED.fr}
    for place, row in enumerate(rows):
        frame = row.series.whole
        top = max(int(frame["value"].max()), 1)
        span = max(len(frame) - 1, 1)
        for at, (key, value) in enumerate(zip(frame["period"], frame["value"], strict=True)):
            drawn.append(
                (
                    row.label.en,
                    row.group,
                    names.tick(key).en,
                    at / span * _LINE,
                    place + 0.95 - 0.4 * int(value) / top,
                    int(value),
                )
            )
        head = _headed(row)
        words |= {head.en: head.fr, row.label.en: row.label.fr}
        told.append((row.group, row.label.en, head.en, place, int(row.events), int(row.killed)))
    points = pd.DataFrame(drawn, columns=["label", "group", "when", "x", "y", "value"])
    heads = pd.DataFrame(told, columns=["group", "label", "head", "row", "events", "killed"])
    chart = alt.layer(*_courses(points, words), *_letters(heads)).properties(
        width=WIDE, height=round(_ROW * (len(rows) + 0.7))
    )
    ends = rows[0].events.window
    table = pd.DataFrame(
        {
            "Group": [row.label.en for row in rows],
            "Events": [int(row.events) for row in rows],
            _CIVILIANS.en: [int(row.killed) for row in rows],
            "Regions": [prose.listing(one.en for one in row.regions) for row in rows],
        }
    )
    words |= {"Group": "Groupe", "Regions": "Régions", _CIVILIANS.en: _CIVILIANS.fr}
    words |= {prose.listing(x.en for x in row.regions): french.listing(x.fr for x in row.regions) for row in rows}
    first = row_span(rows[0].series)
    subtitle = Both(
        f"{what.en}; lines: {first.en}, each on its own scale; events, and people killed in its "
        f"attacks on civilians, {names.span(ends).en}; after each name the regions with a tenth or more of its events, most first (+1: one more)",
        f"{what.fr} ; courbes : {first.fr}, chacune à son échelle ; événements, et morts dans ses "
        f"attaques contre des civils, {names.span(ends).fr} ; après chaque nom, les régions d’au moins un dixième de ses "
        "événements, par ordre décroissant (+1 : une de plus)",
    )
    said = listing(
        Both(
            f"{row.label.en} {prose.count(int(row.events), 'event')}, {prose.number(row.killed)} killed in its attacks on "
            "civilians",
            f"{row.label.fr} {french.count(int(row.events), 'événement')}, {french.number(row.killed)} {french.agree(row.killed, 'tué', 'tués')} dans ses "
            "attaques contre des civils",
        )
        for row in rows
    )
    alternative = Both(f"one row a group: {said.en}", f"une ligne par groupe : {said.fr}")
    return Form(chart, table, subtitle, alternative, rows[0].events.measure.source, words)


def row_span(series: Series) -> Both:
    """Return the span of a series' whole periods: `half-years from January 2017 to December 2024`."""
    noun = names.PERIODS[series.period].many
    keys = list(series.whole["period"])
    a, b = names.window_of(keys[0]).first, names.window_of(keys[-1]).last
    first, last = names.prose_month(a), names.prose_month(b)
    return Both(f"{noun.en} from {first.en} to {last.en}", f"{noun.fr} de {first.fr} à {last.fr}")


def _headed(row: Row) -> Both:
    """Join a name and as many of its regions as fit one line of a phone in either language: a second would lie on the course.

    How many do not fit is told; the table has them all.
    """
    head, most = row.label, len(row.regions)
    for n in range(most, 0, -1):
        rest = f" +{most - n}" if n < most else ""
        head = row.label + " · " + joined(row.regions[:n], ", ") + rest
        if max(len(head.en), len(head.fr)) <= _LETTERS:
            break
    return head


def _courses(points: pd.DataFrame, words: dict[str, str]) -> list[Any]:
    words |= {name: names.tick_fr(name) for name in points["when"].unique()}
    families = points.drop_duplicates("label").set_index("label")["group"]
    scale = palette.scale(families.unique())
    # A colour is a family of groups: the line of its second group is dashed.
    dashes = [[5, 3] if again else [1, 0] for again in families.duplicated()]
    dash = alt.StrokeDash("label:N", scale=alt.Scale(domain=list(families.index), range=dashes), legend=None)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[-0.7, points["y"].max() + 0.1], reverse=True, nice=False), axis=None)
    base = alt.Chart(points).encode(x=x, y=y, color=alt.Color("group:N", scale=scale, legend=None))
    tips = [alt.Tooltip("when:N", title=" "), alt.Tooltip("value:Q", title=_EVENTS.en, format=",.0f")]
    return [
        base.mark_line(strokeWidth=2, strokeCap="butt").encode(detail="label:N", strokeDash=dash),
        base.mark_point(size=30, filled=True, opacity=0.001).encode(tooltip=tips),
    ]


def _letters(heads: pd.DataFrame) -> list[Any]:
    def text(frame: pd.DataFrame, at: float, shift: float, field: Any, **style: Any) -> Any:
        put = frame.assign(x=at, y=frame["row"] + shift)
        look: dict[str, Any] = {"fontSize": 12, "baseline": "middle"} | style
        return alt.Chart(put).mark_text(**look).encode(x="x:Q", y="y:Q", text=field)

    titles = pd.DataFrame({"row": [0, 0], "head": [_EVENTS.en, _KILLED.en]})
    number: dict[str, Any] = {"align": "right", "fontSize": 14, "fontWeight": "bold"}
    return [
        text(heads, 0, 0.16, "head:N", align="left"),
        text(heads, _FIRST, 0.66, alt.Text("events:Q", format=",.0f"), **number),
        text(heads, _SECOND, 0.66, alt.Text("killed:Q", format=",.0f"), **number),
        text(titles.iloc[:1], _FIRST, -_HEAD, "head:N", align="right", color=palette.MUTED),
        text(titles.iloc[1:], _SECOND, -_HEAD, "head:N", align="right", color=palette.MUTED),
    ]

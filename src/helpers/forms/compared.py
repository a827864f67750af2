"""Forms that set two windows side by side: one row a place or a group, before and now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from helpers import french, palette, prose
from helpers.charts.parts import WIDE
from helpers.forms.form import Form
from helpers.measures.measure import Change, Measure
from helpers.windows import Window
from helpers.words import judgement, names
from helpers.words.both import Both, listing


def _dots(frame: pd.DataFrame, first: Measure, unit: Both, now: Window, before: Window) -> Any:
    """Draw each row's two windows as two dots joined by a line, grey where the change is not clear."""
    full = palette.colour("ink" if first.group == "neutral" else first.group)
    hue: Any = alt.condition("datum.clear", alt.value(full), alt.value(palette.colour("neutral")))
    y = alt.Y("row:N", sort=None, title=None, axis=alt.Axis(labelLimit=290, ticks=False, domain=False, grid=True))
    tips = [
        alt.Tooltip("row:N", title=" "),
        alt.Tooltip("before:Q", title=before.label, format=",.0f"),
        alt.Tooltip("now:Q", title=now.label, format=",.0f"),
        alt.Tooltip("said:N", title=" "),
    ]
    base = alt.Chart(frame).encode(y=y, tooltip=tips)
    axis = alt.Axis(format=",.0f", tickCount=6)
    layers: list[Any] = [
        base.mark_rule(strokeWidth=3).encode(x=alt.X("before:Q", title=unit.en, axis=axis), x2="now:Q", color=hue),
        base.mark_point(size=70, fill=palette.PAPER, opacity=1, strokeWidth=2).encode(x="before:Q", stroke=hue),
        base.mark_point(size=90, opacity=1).encode(x="now:Q", fill=hue, stroke=hue),
    ]
    return alt.layer(*layers).properties(width=WIDE, height=max(110, 26 * len(frame) + 30))


def _rows_said(measures: Mapping[str, tuple[Both, Measure]], changes: Mapping[str, Change], order: list[str]) -> Both:
    """Say each row's two counts and how the change is judged."""
    said = listing(
        Both(
            f"{measures[key][0].en} {prose.number(changes[key].now)} after {prose.number(changes[key].before)} "
            f"({judgement.LABELS[changes[key].kind].en})",
            f"{measures[key][0].fr} {french.number(changes[key].now)} contre {french.number(changes[key].before)} "
            f"({judgement.LABELS[changes[key].kind].fr})",
        )
        for key in order
    )
    return Both(f"two dots a row: {said.en}", f"deux points par ligne : {said.fr}")


def dumbbell(
    measures: Mapping[str, tuple[Both, Measure]], now: Window, before: Window, *, what: Both | None = None
) -> tuple[Form, dict[str, Change]]:
    """Draw each measure's two windows as two dots joined by a line; clear changes in full ink, others grey.

    Parameters
    ----------
    measures : mapping of str to (Both, Measure)
        Name of the row and what it counts, by a key of the caller's.
    now, before : Window
        Windows of equal length.
    what : Both, optional
        What the rows count together, where they do not count the same thing in different places; a place that they
        share is added.

    Returns
    -------
    Form, dict of str to Change
        The form, and the changes by key for the finding.
    """
    changes = {key: measure.compare(now, before) for key, (_, measure) in measures.items()}
    order = sorted(changes, key=lambda key: -int(changes[key].now))
    rows = []
    for key in order:
        found = changes[key]
        ends = found.ends if found.found else (None, None)
        said = judgement.LABELS[found.kind].en
        rows.append((measures[key][0].en, int(found.before), int(found.now), found.clear, said, *ends))
    frame = pd.DataFrame(rows, columns=["row", "before", "now", "clear", "said", "low", "high"])
    first = measures[order[0]][1]
    unit = first.unit
    words = {
        unit.en: unit.fr,
        **{label.en: label.fr for label, _ in measures.values()},
        **{label.en: label.fr for label in judgement.LABELS.values()},
    }
    chart = _dots(frame, first, unit, now, before)
    table = frame.drop(columns="clear").set_axis(
        ["Place", before.label, now.label, "Judgement", "Interval of the ratio, low", "Interval of the ratio, high"],
        axis=1,
    )
    words |= {
        "Place": "Lieu",
        before.label: french.label(before),
        now.label: french.label(now),
        "Judgement": "Appréciation",
        "Interval of the ratio, low": "Intervalle du rapport, bas",
        "Interval of the ratio, high": "Intervalle du rapport, haut",
    }
    places = [measure.place for _, measure in measures.values()]
    what = names.placed(what, places) if what else first.counts_what.many
    a, b = names.span(now), names.span(before)
    subtitle = Both(
        f"{what.en}, {a.en} (full) against {b.en} (hollow); grey: what chance, or attacks that come in waves, may explain",
        f"{what.fr}, {a.fr} (plein) contre {b.fr} (évidé) ; en gris, ce que le hasard et les vagues de violence peuvent expliquer",
    )
    alternative = _rows_said(measures, changes, order)
    return Form(chart, table, subtitle, alternative, first.source, words), changes

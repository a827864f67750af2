"""Forms of size and rank: bars with a name each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from helpers import charts, french, prose
from helpers.forms.form import Form
from helpers.words.both import Both, listing


@dataclass(frozen=True)
class Bar:
    """One bar."""

    label: Both
    """Name of the bar."""
    value: float
    """Its length: a share of one, or a count."""
    colour: str = "neutral"
    """Palette name; bars of one colour belong together."""


def bars(
    rows: Sequence[Bar],
    what: Both,
    axis: Both,
    source: str,
    *,
    share: bool = False,
    legend: Mapping[str, Both] | None = None,
) -> Form:
    """Draw named bars in the order given, each labelled with its value.

    Parameters
    ----------
    rows : sequence of Bar
        The bars from top to bottom.
    what : Both
        Subtitle: measure, place, dates.
    axis : Both
        What the length stands for.
    source : str
        Source line.
    share : bool
        Values are shares of one, written in percent.
    legend : mapping of str to Both, optional
        Name of each colour, where there are several.
    """
    names = dict(legend or {rows[0].colour: axis})
    table = pd.DataFrame(
        {
            "Name": [row.label.en for row in rows],
            axis.en: [row.value for row in rows],
            "Kind": [names[row.colour].en for row in rows],
        }
    )
    if len(names) > 1:
        chart = charts.bars(
            table, "Name", axis.en, unit="share" if share else "", by="Kind",
            colours={key: label.en for key, label in names.items()},
        )  # fmt: skip
    else:
        table = table.drop(columns="Kind")
        chart = charts.bars(table, "Name", axis.en, unit="share" if share else "", group=rows[0].colour)
    words = {row.label.en: row.label.fr for row in rows} | {label.en: label.fr for label in names.values()}
    words |= {axis.en: axis.fr, "Name": "Nom", "Kind": "Catégorie"}
    said = listing(
        Both(
            f"{row.label.en} {prose.percent(row.value) if share else prose.number(row.value)}",
            f"{row.label.fr} {french.percent(row.value) if share else french.number(row.value)}",
        )
        for row in rows
    )
    return Form(chart, table, what, Both(f"bars: {said.en}", f"barres : {said.fr}"), source, words)

"""The grid of who acts against whom, in events and in deaths."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers import charts, limits
from helpers import french as f
from helpers import prose as p
from helpers.editions import Report
from helpers.estimates import dyads
from helpers.figures import Figure, Words
from helpers.story.sides import (
    CIVILIANS_NOTE,
    DEATHS_NOTE,
    FRENCH,
    INSIDE,
    LABELS,
    SHORT,
    SIDE_NOTE,
    upper,
)
from helpers.words.both import Both, joined

_COLUMNS = ("jnim", "is-sahel", "state", "wagner", "militia", "civilians")


_MATRIX_CAVEAT = Both(
    "JNIM stands with Katiba Macina, IS for Islamic State Sahel; foreign: the UN, France and partners; the table splits "
    "the others.",
    "Le GSIM comprend la katiba Macina, EI désigne l’État islamique au Sahel ; étrangers : l’ONU, la France et ses "
    "partenaires ; le tableau détaille les autres.",
)
_OTHER_MI = Both("MI: militant Islamists.", "« Isl. » : islamistes armés.")
"""Said where a row of the grid is named so."""


def _caveat(shown: pd.DataFrame, value: str) -> Both:
    other = _OTHER_MI if shown["acting"].eq("islamist").any() else None
    return joined([SIDE_NOTE, _MATRIX_CAVEAT, CIVILIANS_NOTE, other, DEATHS_NOTE if value == "fatalities" else None])


def _matrix(r: Report, value: str) -> Figure:
    span = r.last_12
    pairs = dyads.matrix(r.actors, span)
    shown = pairs[~pairs["other"].eq("neutral") & ~pairs["acting"].eq("neutral")]
    if value == "fatalities":
        shown = shown[shown["fatalities"].gt(0)]
    name = "Deaths" if value == "fatalities" else "Events"
    table = pd.DataFrame(
        {
            "Acting side": shown["acting"].map(LABELS),
            "Other side": shown["other"].map(LABELS),
            "Events": shown["events"],
            "Deaths": shown["fatalities"],
        }
    ).reset_index(drop=True)
    whole = int(shown[value].sum())
    limits.held(
        len(shown) > 1,
        f"two pairs of sides with {name.lower()} in {span.label}",
        f"pas deux paires de camps en {f.label(span)}",
    )
    ranked = shown.sort_values([value, "acting", "other"], ascending=[False, True, True], ignore_index=True)
    top, second = ranked.iloc[0], ranked.iloc[1]
    en = [f"of {INSIDE[x['acting']]} against {INSIDE[x['other']]} ({p.number(int(x[value]))})" for x in (top, second)]
    fr = [f"{FRENCH[x['acting']]} contre {FRENCH[x['other']]} ({f.number(int(x[value]))})" for x in (top, second)]
    noun, mot = ("deaths", "morts") if value == "fatalities" else ("violent events", "événements violents")
    # "Most" is more than half; the two largest pairs seldom are.
    half_of_all = 2 * int(top[value] + second[value]) > whole
    most = "most" if half_of_all else "the largest numbers of"
    most, plus = (
        (f"{most} deaths are in acts", "les plus meurtrières")
        if value == "fatalities"
        else (f"{most} events are acts", "les plus fréquentes")
    )
    return Figure(
        id=f"who-whom-{'deaths' if value == 'fatalities' else 'events'}",
        title=f"{span.label}: {most} {p.listing(en)}",
        subtitle=f"{upper(noun)} by acting side (rows) and other side (columns), Mali, {span.label}; events without a "
        "second party left out",
        chart=_grid(shown, value, name),
        frame=table,
        alt=(
            f"Grid made from {p.number(len(table))} pairs of sides with {p.number(whole)} {noun} in all; the darkest "
            "are acts " + p.listing(en)
        ),
        source=r.source("actors"),
        caveat=_caveat(shown, value),
        rests_on=[int(top[value]), int(second[value])],
        fr=Words(
            title=f"{f.label(span)}\u202f: les paires {plus} sont {f.listing(fr)}",
            subtitle=f"{upper(mot)} par camp agissant (lignes) et camp opposé (colonnes), Mali, {f.label(span)}, sans "
            "les événements où un seul camp est nommé",
            alt=f"Grille faite de {f.number(len(table))} paires de camps, {f.number(whole)} {mot} en tout, dont les "
            f"plus foncées sont {f.listing(fr)}",
        ),
    )


def _grid(pairs: pd.DataFrame, value: str, title: str) -> alt.LayerChart:
    """Return the grid with few columns and short names, so that it can be read on a phone."""
    columns = {side: SHORT[side] if side in _COLUMNS else "Others" for side in SHORT}
    named = pairs.assign(row=pairs["acting"].map(SHORT), column=pairs["other"].map(columns))
    sums = named.groupby(["row", "column"], as_index=False)[[value]].sum()
    order = {label: place for place, label in enumerate([*(SHORT[side] for side in _COLUMNS), "Others"])}
    table = sums.sort_values("column", key=lambda column: column.map(order), kind="stable")
    table = table.rename(columns={"row": "Acting side", "column": "Other side", value: title}).reset_index(drop=True)
    chart = charts.heat(table, "Other side", "Acting side", title)
    rows = [label for label in SHORT.values() if label in set(table["Acting side"])]
    for layer in chart.layer:
        layer.encoding.y.sort = rows
    return chart


def matrix_events(r: Report) -> Figure:
    """Events by acting side and other side, last 12 months."""
    return _matrix(r, "events")


def matrix_deaths(r: Report) -> Figure:
    """Deaths by acting side and other side, last 12 months."""
    return _matrix(r, "fatalities")

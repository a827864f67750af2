"""Whose ground is whose in the north: in which regions and cells JNIM and Islamic State Sahel act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from helpers import charts, french, palette, prose
from helpers import labels as lb
from helpers.charts.parts import WIDE
from helpers.editions import Report
from helpers.errors import NotInEdition
from helpers.figures import Figure
from helpers.forms import Finding, Form, figure
from helpers.forms.maps import BORDERS, steps, towns
from helpers.geodesy import cells_within
from helpers.measures.catalogue import involving
from helpers.windows import Window, half, half_before
from helpers.words import NOTHING, Both, names

CELL = 0.2
"""Edge of the cells of the map, in degrees; the table's are half as wide."""

SEEN: Mapping[str, Both] = {
    "jnim": Both("JNIM alone", "GSIM (JNIM) seul"),
    "is-sahel": Both("Islamic State Sahel alone", "État islamique au Sahel seul"),
    "ink": Both("both", "les deux"),
}
"""Who was recorded in a cell, by the colour it is drawn in."""

TOWNS = ("Gao", "Tombouctou", "Ménaka", "Kidal", "Tessalit", "Taoudenni", "Bourem", "Goundam", "Ansongo", "Araouane")

_CORNER: Literal["top-left", "bottom-left"] = "bottom-left"
"""Where the legend of sizes stands, on no land."""
_AREAS = (25, 420)
"""Of the smallest and the largest mark on a cell, square px."""
HOME = ("Gao", "Menaka")
"""Regions of Islamic State Sahel, as both reports name them."""


def whose(r: Report) -> Both:
    """Say which share of each organisation's events of the last 12 months lies in Gao and Ménaka; nothing without any."""
    theirs, other = involving(r, "is-sahel"), involving(r, "jnim")
    span = theirs.last_year
    every, rival = theirs.over(span), other.over(span)
    if not every or not rival:
        return NOTHING
    here, there = theirs.in_region(*HOME).over(span), other.in_region(*HOME).over(span)
    when = every.when
    return Both(
        f"{french.upper(when.en)} {prose.percent(here.part_of(every))} of Islamic State Sahel’s events lay in Gao and Ménaka, "
        f"against {prose.percent(there.part_of(rival))} of JNIM’s; events show who fights where, not who rules.",
        f"{french.upper(when.fr)}, {french.percent(here.part_of(every))} des événements de l’État islamique au Sahel se sont "
        f"produits à Gao et Ménaka, contre {french.percent(there.part_of(rival))} de ceux du GSIM (JNIM) ; ils disent qui se bat "
        "où, non qui domine.",
    )


def cells(r: Report) -> pd.DataFrame:
    """Count the events of both organisations by cell of the north in the last two complete half-years.

    Returns `south`, `west` (degrees, the cell's corner), `jnim_events`, `is_events` (a fight between them is in both),
    `seen` (a key of `SEEN`); only cells with events of either. Raises `NotInEdition`: there is none.
    """
    rows = r.footprint[r.footprint["half"].isin([half_before(r.half), r.half])]
    corners = {axis: np.floor(rows[axis] / CELL + 1e-9) / (1 / CELL) for axis in ("south", "west")}
    counted = rows.assign(**corners).groupby(["south", "west"], as_index=False)[["jnim_events", "is_events"]].sum()
    found = cells_within(counted[counted[["jnim_events", "is_events"]].gt(0).any(axis=1)], north_shapes(r), CELL)
    if found.empty:
        raise NotInEdition(
            f"No event of JNIM or Islamic State Sahel is recorded in the north in the year to the end of {half(r.half).label}.",
            "Aucun événement impliquant le GSIM (JNIM) ou l’État islamique au Sahel n’est recensé dans le nord dans l’année qui "
            f"s’achève avec {french.label(half(r.half))}.",
        )
    one, other = found["jnim_events"].gt(0), found["is_events"].gt(0)
    return found.assign(seen=np.select([one & other, one], ["ink", "jnim"], "is-sahel")).reset_index(drop=True)


def north_shapes(r: Report) -> dict[str, Any]:
    """Return the shapes of the northern cercles."""
    whole = r.tables.shapes("cercles")
    return {**whole, "features": [one for one in whole["features"] if one["properties"]["zone"] == "north"]}


def _shared(found: pd.DataFrame) -> Both:
    """Say in how many cells either was recorded, and in how many both."""
    count, both = len(found), int(found["seen"].eq("ink").sum())
    apart = set(found["seen"]) - {"ink"}
    if not both and len(apart) == 1:
        (only,) = apart
        return Both(
            f"Of the two, only {names.GROUPS[only].en} was recorded in the north, in {prose.count(count, 'cell')}",
            f"Des deux, seul {names.GROUPS[only].fr} a été recensé dans le nord, dans "
            f"{french.count(count, 'cellule', feminine=True)}",
        )
    return Both(
        f"Of {prose.count(count, 'northern cell')} with JNIM or Islamic State Sahel, {prose.none(both)} saw both",
        f"Sur {french.count(count, 'cellule', feminine=True)} du nord où le GSIM (JNIM) ou l’État islamique au Sahel est recensé, "
        + (
            f"{french.word(both, feminine=True)} {'a' if both == 1 else 'ont'} vu les deux"
            if both
            else "aucune n’a vu les deux"
        ),
    )


def _drawn(r: Report, found: pd.DataFrame) -> Any:
    """Draw a mark on each cell, its colour and shape by who was recorded there, with the names of towns."""
    spots = found.assign(
        latitude=(found["south"] + CELL / 2).round(3),
        longitude=(found["west"] + CELL / 2).round(3),
        who=found["seen"].map({key: label.en for key, label in SEEN.items()}),
        events=found[["jnim_events", "is_events"]].max(axis=1),
    )
    # Where the two meet stands above the others, which would hide it.
    spots = spots.sort_values("seen", key=lambda seen: seen.eq("ink"), kind="stable")
    labels = {key: label.en for key, label in SEEN.items()}
    most = int(spots["events"].max())
    shapes = alt.Scale(domain=list(labels.values()), range=["circle", "triangle-up", "diamond"])
    legend = alt.Legend(orient="top", direction="horizontal", title=None, symbolSize=160, symbolStrokeWidth=0)
    marks = (
        alt.Chart(spots)
        .mark_point(filled=True, opacity=1, stroke=palette.PAPER, strokeWidth=0.6)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            color=alt.Color("who:N", scale=palette.scale(labels), legend=legend),
            shape=alt.Shape("who:N", scale=shapes, legend=legend),
            size=alt.Size(
                "events:Q",
                title="Events",
                scale=alt.Scale(domain=[0, most], range=[_AREAS[0], charts.shrinking(_AREAS[1])]),
                legend=alt.Legend(orient=_CORNER, values=steps(most), **charts.disc_legend("neutral")),
            ),
            tooltip=[
                alt.Tooltip("who:N", title="Recorded"),
                alt.Tooltip("jnim_events:Q", title="JNIM"),
                alt.Tooltip("is_events:Q", title="Islamic State Sahel"),
            ],
        )
    )
    land, known = north_shapes(r), towns(r)
    seen = charts.spots_of(spots, "events", most, _AREAS)
    words = charts.place_names(known[known["place"].isin(TOWNS)], lb.extent(land), 460, marks=seen, legend=_CORNER)
    return (
        alt.layer(charts.land(land), *charts.over_halos([marks], words))
        .project("mercator")
        .properties(width=WIDE, height=460)
    )


def territory(r: Report) -> Figure:
    """Map of the cells of the north in which JNIM, Islamic State Sahel or both were recorded in a year of whole halves."""
    found = cells(r)
    span = Window(half(half_before(r.half)).first, half(r.half).last)
    when, width = names.span(span), prose.number(CELL, 1)
    sums = {key: int(found["seen"].eq(key).sum()) for key in SEEN}
    what = Both(
        f"cells of {width} degree (about 21 km) in the north with violent events of either organisation, {when.en}; marks grow with "
        "the events of the one that has more; hollow dots: towns",
        f"cellules de {french.number(CELL, 1)} degré (environ 21 km) du nord avec des événements violents de l’une ou de l’autre "
        f"organisation, {when.fr} ; la taille suit le nombre d’événements de celle qui en compte le plus ; "
        "points évidés : villes",
    )
    alternative = Both(
        "map of the northern cercles, cells by who was recorded: "
        + prose.listing(f"{SEEN[key].en} {prose.number(value)}" for key, value in sums.items()),
        "carte des cercles du nord, cellules selon qui y est recensé : "
        + french.listing(f"{SEEN[key].fr} {french.number(value)}" for key, value in sums.items()),
    )
    heads = {
        "south": Both("South edge (degrees)", "Bord sud (degrés)"),
        "west": Both("West edge (degrees)", "Bord ouest (degrés)"),
        "jnim_events": Both("JNIM", "GSIM (JNIM)"),
        "is_events": Both("Islamic State Sahel", "État islamique au Sahel"),
    }
    table = found.sort_values(["south", "west"], ignore_index=True)[list(heads)]
    table = table.rename(columns={key: head.en for key, head in heads.items()})
    words = {label.en: label.fr for label in (*SEEN.values(), *heads.values(), Both("Recorded", "Recensé"))}
    form = Form(_drawn(r, found), table, what, alternative, r.source("footprint", "regions"), words)
    caveat = Both(
        "A cell counts where its middle lies; an empty one saw no recorded event and may be under anyone’s rule. ",
        "Une cellule compte là où se trouve son milieu ; vide, elle n’a vu aucun événement recensé et peut être sous n’importe "
        "quelle autorité. ",
    )
    rests = [involving(r, group).in_zone("north").over(span) for group in ("jnim", "is-sahel")]
    return figure("northern-territory", form, Finding(_shared(found), rests_on=rests, caveat=caveat + BORDERS))

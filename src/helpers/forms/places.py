"""The map of places: regions, zones, towns, axes, neighbours and the ring around Bamako."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from helpers import charts, french, palette, prose
from helpers import definitions as d
from helpers import labels as lb
from helpers.charts.parts import WIDE
from helpers.editions import Report
from helpers.errors import NotInData
from helpers.forms.form import Form
from helpers.forms.maps import towns
from helpers.geodesy import centre_of
from helpers.words import names
from helpers.words.both import Both

AXES: Mapping[Both, Sequence[str]] = {
    Both("road to Gao", "route de Gao"): ("Bamako", "Ségou", "Mopti-Sévaré", "Douentza", "Gao"),
    Both("road to Senegal", "route du Sénégal"): ("Bamako", "Kayes"),
    Both("road to Côte d’Ivoire", "route de la Côte d’Ivoire"): ("Bamako", "Sikasso"),
    Both("road to Mauritania", "route de la Mauritanie"): ("Bamako", "Nioro"),
    Both("Gao to Kidal", "Gao à Kidal"): ("Gao", "Kidal", "Tessalit"),
    Both("Gao to Ménaka", "Gao à Ménaka"): ("Gao", "Ansongo", "Ménaka"),
}
"""Axes that the book speaks of, as straight lines between towns; no road is drawn as it runs."""
TOWNS = (
    "Bamako", "Kati", "Kayes", "Nioro", "Sikasso", "Ségou", "Bandiagara", "Mopti-Sévaré", "Tombouctou", "Gao", "Ménaka",
    "Kidal", "Tessalit", "Douentza", "Niono", "Ansongo",
)  # fmt: skip
"""Towns on the map of places, in the order in which they are named: on a phone the last may find no room."""
_STAND_IN = " (cercle)"  # in the table; on the map the hollow dot says it, for a phone has no room for the word
NEIGHBOURS: Mapping[Both, tuple[float, float]] = {
    Both("Mauritania", "Mauritanie"): (18.6, -8.6),
    Both("Algeria", "Algérie"): (23.4, 1.6),
    Both("Niger", "Niger"): (15.0, 3.4),
    Both("Burkina Faso", "Burkina Faso"): (12.4, -2.2),
    Both("Côte d’Ivoire", "Côte d’Ivoire"): (9.9, -6.2),
    Both("Guinea", "Guinée"): (10.9, -9.6),
    Both("Senegal", "Sénégal"): (12.6, -12.0),
}
"""Names of neighbouring countries, with a point outside Mali where each is written."""
NAMED_AT: Mapping[str, tuple[float, float]] = {
    "Tombouctou": (18.9, -3.4),
    "Kidal": (19.4, 1.0),
    "Gao": (17.6, -0.4),
    "Menaka": (17.0, 2.9),
    "Mopti": (13.45, -3.2),
    "Segou": (13.3, -5.2),
    "Koulikoro": (15.0, -8.05),
    "Kayes": (13.35, -10.4),
    "Sikasso": (10.95, -6.9),
}
"""Latitude and longitude at which each region is named on the map of places, where towns leave room."""
WHOLE = (-12.7, 9.5, 4.5, 25.1)
"""West, south, east and north of the map of places: Mali and the names of its neighbours."""


def _zones(shapes: Mapping[str, Any]) -> alt.Chart:
    """Return the regions in the colours of their zones, pale, over the plain land."""
    features = [
        {**one, "properties": {**one["properties"], "zone": d.ZONE_LABELS[one["properties"]["zone"]]}}
        for one in shapes["features"]
    ]
    legend = alt.Legend(orient="top", symbolType="square", symbolOpacity=0.6)
    tint = alt.Color("properties.zone:N", scale=palette.scale(d.ZONE_LABELS), title=None, legend=legend)
    shape = alt.Chart(alt.Data(values=features)).mark_geoshape(stroke=palette.MUTED, strokeWidth=0.6, fillOpacity=0.3)
    return shape.encode(color=tint)


def _spotted(report: Report) -> pd.DataFrame:
    """Return the towns of the map; two that no source places stand at the middle of their cercle and are marked."""
    known = towns(report)
    found = known[known["place"].isin(TOWNS)].assign(exact=True)
    missing = [town for town in TOWNS if town not in set(found["place"])]
    rows = []
    for feature in report.tables.shapes("cercles")["features"]:
        cercle = feature["properties"]["cercle"]
        if cercle in missing:
            latitude, longitude = centre_of(feature)
            rows.append((f"{cercle}{_STAND_IN}", latitude, longitude, False))
    more = pd.DataFrame(rows, columns=["place", "latitude", "longitude", "exact"])
    frame = pd.concat([found[["place", "latitude", "longitude", "exact"]], more], ignore_index=True)
    if len(frame) != len(TOWNS):
        raise NotInData(f"places.csv, un_bases.csv and cercles.geojson place {len(frame)} of the {len(TOWNS)} towns.")
    order = {town: rank for rank, town in enumerate(TOWNS)}
    frame["rank"] = frame["place"].str.removesuffix(_STAND_IN).map(order)
    return frame.sort_values("rank", ignore_index=True)


def _places_words(report: Report) -> tuple[Both, Both]:
    """Return the subtitle of the map of places and its alternative text."""
    km = d.BAMAKO_RADIUS_KM
    end = names.prose_month(report.end("totals"))
    what = Both(
        f"Mali’s ten regions as the tables of {end.en} name them, in three zones; dashed lines: "
        f"axes, straight, not as the roads run; ring: {km} km",
        f"les dix régions du Mali telles que les nomment les tables à fin {end.fr}, en trois zones ; "
        f"tirets : axes, en ligne droite et non selon les routes ; cercle : {km} km",
    )
    alternative = Both(
        f"map of Mali with {len(TOWNS)} towns: {prose.listing(TOWNS)}; the ring around Bamako has a radius of {km} km",
        f"carte du Mali avec {len(TOWNS)} villes : {french.listing(TOWNS)} ; le cercle autour de Bamako a un rayon de "
        f"{km} km",
    )
    return what, alternative


_Row = tuple[str, float, float]


def _areas() -> tuple[list[_Row], list[_Row]]:
    """Return the names of regions and of neighbours, with the points at which they are written."""
    regions = [(names.short(region).en.upper(), *point) for region, point in NAMED_AT.items()]
    return regions, [(label.en, *point) for label, point in NEIGHBOURS.items()]


_OFF = tuple(spot.off(px) for px in (0, 6, 12) for spot in lb.AROUND)
_ABOUT = tuple(
    sorted(
        (lb.Spot("center", "middle", dx, dy) for dx in range(-24, 25, 6) for dy in range(-24, 25, 6)),
        key=lambda spot: spot.dx**2 + spot.dy**2,
    )
)
"""Where the name of a region may stand on a phone: about its point, the nearest first."""


def _wide_names(towns: list[_Row], height: int) -> list[lb.Placed]:
    """Name the ring below it, the towns, then regions and neighbours where they leave room."""
    ring = lb.Placed(*charts.ring_name(below=True), lb.WIDE)
    placed = [ring, *lb.place(towns, WHOLE, height, spots=_OFF, taken=lb.standing([ring]), widths=(lb.WIDE,))]
    regions, neighbours = _areas()
    spots = lb.WITHIN + lb.AROUND
    return placed + lb.place(
        regions + neighbours, WHOLE, height, spots=spots, taken=lb.standing(placed), dots=False, widths=(lb.WIDE,)
    )


def _phone_names(towns: list[_Row], height: int) -> list[lb.Placed]:
    """Name the regions, but not the ring, then towns, those first that no region is called like, then neighbours.

    A town for which there is no room has a number.
    """
    regions, neighbours = _areas()
    widths = [width for width in lb.WIDTHS if width < lb.WIDE]
    marks = [("·", north, east, lb.ON) for _, north, east in towns]
    placed = lb.place(regions, WHOLE, height, spots=_ABOUT, taken=marks, dots=False, phone=True, widths=widths)
    called = {name for name, *_ in regions}
    rest = sorted(towns, key=lambda town: town[0].upper() in called)
    fixed = lb.standing(placed)
    named = lb.place(rest, WHOLE, height, taken=fixed, reach=3, phone=True, widths=widths)
    placed += lb.numbered(named, rest, WHOLE, height, taken=fixed, reach=3)
    return placed + lb.place(
        neighbours, WHOLE, height, spots=lb.WITHIN, taken=lb.standing(placed), dots=False, widths=widths
    )


def places_map(report: Report) -> Form:
    """Draw regions, zones, towns, axes, neighbours and the circle of the audited reports around Bamako."""
    shapes = report.tables.shapes("regions")
    spots, height = _spotted(report), 600
    at = spots.set_index("place")[["longitude", "latitude"]]
    lines = [
        {"type": "LineString", "coordinates": [[float(x) for x in at.loc[town]] for town in way]}
        for way in AXES.values()
    ]
    axes = {"type": "Feature", "properties": {}, "geometry": {"type": "GeometryCollection", "geometries": lines}}
    named = spots.assign(place=spots["place"].str.removesuffix(_STAND_IN))
    rows = list(named[["place", "latitude", "longitude"]].itertuples(index=False, name=None))
    layers: list[Any] = [
        charts.land(shapes),
        _zones(shapes),
        alt.Chart(alt.Data(values=[axes])).mark_geoshape(
            filled=False, fill=None, stroke=palette.MUTED, strokeWidth=1.6, strokeDash=[6, 4]
        ),
        charts.bamako_ring()[0],
        alt.Chart(spots)
        .mark_point(size=24, strokeWidth=1.4, opacity=1, stroke=palette.MUTED)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            fill=alt.condition("datum.exact", alt.value(palette.MUTED), alt.value(palette.PAPER)),
            tooltip=[alt.Tooltip("place:N", title="Place")],
        ),
        *charts.lettered([*_wide_names(rows, height), *_phone_names(rows, height)]),
    ]
    drawn: Any = alt.layer(*layers)
    chart = charts.mercator(drawn, WHOLE).properties(width=WIDE, height=height)
    table = spots[["place", "latitude", "longitude"]].round(2).set_axis(["Place", "Latitude", "Longitude"], axis=1)
    what, alternative = _places_words(report)
    words = {label.en: label.fr for label in NEIGHBOURS}
    words |= {name.en.upper(): name.fr.upper() for name in map(names.short, d.REGIONS)}
    return Form(
        chart, table, what, alternative, report.source("places", "un_bases", "regions"), words | {"Place": "Lieu"}
    )

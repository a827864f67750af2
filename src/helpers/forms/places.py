"""The map of places: regions, zones, towns, axes, neighbours and the ring around Bamako."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from string import ascii_uppercase
from typing import Any

import altair as alt
import pandas as pd

from helpers import charts, french, palette, plane, prose
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
    Both("Senegal", "Sénégal"): (13.9, -13.1),
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
ZONE_OPACITY = 0.45
"""Of the colours of zones: pale by day, and none as dark as the page by night."""
WHOLE = (-14.4, 9.3, 4.5, 25.1)
"""West, south, east and north of the map of places: Mali and the names of its neighbours."""


def _zones(shapes: Mapping[str, Any]) -> alt.Chart:
    """Return the regions in the colours of their zones, pale, over the plain land."""
    features = tuple(
        {**one, "properties": {**one["properties"], "zone": d.ZONE_LABELS[one["properties"]["zone"]]}}
        for one in shapes["features"]
    )
    legend = alt.Legend(orient="top", symbolType="square", symbolOpacity=ZONE_OPACITY)
    # As pale as the land: a reader looks for the colour of the key.
    tint = alt.Color("properties.zone:N", scale=palette.scale(d.ZONE_LABELS), title=None, legend=legend)
    shape = alt.Chart(alt.Data(values=features)).mark_geoshape(
        stroke=palette.MUTED, strokeWidth=0.6, fillOpacity=ZONE_OPACITY
    )
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
        f"Mali’s ten regions (in capitals) as the tables of {end.en} name them, in three zones; dots: towns; dashed lines: "
        f"axes, straight, not as the roads run; ring: {km} km around Bamako",
        f"les dix régions du Mali (en capitales) telles que les nomment les tables à fin {end.fr}, en trois zones ; "
        f"points : villes ; tirets : axes, en ligne droite et non selon les routes ; cercle : {km} km autour de Bamako",
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


_OFF = tuple(spot.off(px) for px in (0, 5) for spot in lb.AROUND)
_STEP = 4
"""From one place that is tried for the name of an area to the next, px."""
_FAR = 64
"""How far from its point the name of a neighbour may stand, px."""


def _inside(rows: Sequence[_Row], grounds: Mapping[str, Any], maps: lb.Ground) -> list[lb.Placed]:
    """Set each name wholly on its ground, the nearest to its point that is free; on a phone's narrowest map perhaps not.

    `grounds`: shapes (degrees) by name.
    """
    import shapely

    sizes, widths = maps.sizes, maps.widths
    used = [
        [*lb.boxes(WHOLE, size, maps.taken), *lb.squares(WHOLE, size, [*maps.marks, *maps.solid])] for size in sizes
    ]
    out = []
    for name, latitude, longitude in rows:
        (x, y), ground = lb.fitted(WHOLE, *sizes[0], [(longitude, latitude)])[0], grounds[name]
        shapely.prepare(ground)
        steps = range(-_FAR, _FAR + 1, _STEP)
        tried = sorted(((dx, dy) for dx in steps for dy in steps), key=lambda off: math.hypot(*off))
        spots = lb.degrees(WHOLE, *sizes[0], [(x + dx, y + dy) for dx, dy in tried])

        def free(layer: int, spot: tuple[float, float], name: str = name, ground: Any = ground) -> bool:
            found = lb.boxes(WHOLE, sizes[layer], [(name, *spot, lb.ON)])[0]
            left, top, right, bottom = found
            south, north = (lb.degrees(WHOLE, *sizes[layer], [corner]) for corner in ((left, bottom), (right, top)))
            within = shapely.box(south[0][1], south[0][0], north[0][1], north[0][0])
            return ground.contains(within) and not plane.overlap(found, plane.rows(used[layer])).any()

        at: tuple[tuple[float, float], list[bool]] | None = None
        for spot in spots:
            if free(0, spot):
                fits = [True, *(free(layer, spot) for layer in range(1, len(sizes)))]
                at = at if at and not all(fits) else (spot, fits)
                if all(fits):
                    break
        if at is None:
            continue
        spot, fits = at
        for layer, size in enumerate(sizes):
            if fits[layer]:
                used[layer] += lb.boxes(WHOLE, size, [(name, *spot, lb.ON)])
        out.append(lb.Placed(name, *spot, lb.ON, widths[-1] if all(fits) else widths[0], widths[0]))
    return out


def _grounds(shapes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the ground of each region's name, and that of each neighbour's: what is on the map and not in Mali."""
    import shapely
    from shapely.geometry import shape

    parts = {names.short(one["properties"]["region"]).en.upper(): shape(one["geometry"]) for one in shapes["features"]}
    abroad = shapely.box(*WHOLE).difference(shapely.union_all(list(parts.values())))
    return parts | {label.en: abroad for label in NEIGHBOURS}


def _lettered(
    rows: Sequence[_Row], grounds: Mapping[str, Any], maps: lb.Ground, towns: Sequence[_Row]
) -> list[lb.Placed]:
    """Give each region whose ground has no room for its name a letter there, as far off a town's dot as can be."""
    out: list[lb.Placed] = []
    for letter, (name, north, east) in zip(ascii_uppercase, rows, strict=False):
        bare, ground, taken = (letter, north, east), {letter: grounds[name]}, [*maps.taken, *lb.standing(out)]
        ways = (
            _inside([bare], ground, replace(maps, taken=taken, marks=[(north, east, px) for _, north, east in towns]))
            for px in (15, 10, 5, 2)
        )
        out += [replace(one, said=name, least=maps.widths[-1]) for one in next(filter(None, ways), [])]
    return out


def _named(
    shapes: Mapping[str, Any], towns: list[_Row], height: int, ways: Sequence[Sequence[Sequence[float]]]
) -> list[lb.Placed]:
    """Name the ring, the regions on their ground, the towns, and the neighbours where they leave room.

    On a phone a town for which there is no room has a letter; first come those that no region is called like.
    """
    regions, neighbours = _areas()
    grounds = _grounds(shapes)
    placed: list[lb.Placed] = []
    ring_line = lb.along(charts.circle()["geometry"]["coordinates"])
    dots = [(north, east, 3.0) for _, north, east in towns]
    called = {name for name, *_ in regions}
    rest = sorted(towns, key=lambda town: town[0].upper() in called)
    for bare in lb.grounds(
        WHOLE, height, reach=3, solid=[*ring_line, *(mark for way in ways for mark in lb.along(way))]
    ):
        wide = lb.WIDE in bare.widths
        ring = lb.Placed(*charts.ring_name(below=not wide), bare.widths[-1], bare.widths[0])
        line = replace(bare, solid=ring_line, taken=lb.standing([ring]))
        # What has a letter on a wide map has the same on a phone.
        before = [one.said for one in placed if one.said]
        some = lb.named(towns, [replace(line, ways=ways)], spots=_OFF) if wide else []
        rows = [row for row in regions if row[0] not in before]
        stood = [*line.taken, *lb.standing(some)]
        # No axis runs through a name.
        areas = _inside(rows, grounds, replace(bare, taken=stood, marks=dots, solid=[*bare.solid, *lb.leads(some)]))
        # A name that the narrowest phone lacks has a letter on all of them.
        areas = [one for one in areas if one.least == bare.widths[-1]]
        shown = {one.name for one in areas}
        lost = sorted((row for row in regions if row[0] not in shown), key=lambda row: row[0] not in before)
        stood = [*line.taken, *lb.standing([*areas, *some])]
        areas += _lettered(lost, grounds, replace(line, taken=stood), towns)
        if not wide:
            stood = [*line.taken, *lb.standing(areas)]
            some = lb.named(rest, [replace(line, taken=stood, ways=ways)], first=len(lost))
        placed += [ring, *areas, *some]
        stood = [*line.taken, *lb.standing([*areas, *some])]
        solid = [*line.solid, *lb.leads(some)]
        placed += _inside(neighbours, grounds, replace(line, taken=stood, marks=dots, solid=solid))
    return placed


def places_map(report: Report) -> Form:
    """Draw regions, zones, towns, axes, neighbours and the circle of the audited reports around Bamako."""
    shapes = report.tables.shapes("regions")
    spots, height = _spotted(report), 560
    at = spots.set_index("place")[["longitude", "latitude"]]
    ways = [[[float(x) for x in at.loc[town]] for town in way] for way in AXES.values()]
    lines = [{"type": "LineString", "coordinates": way} for way in ways]
    axes = {"type": "Feature", "properties": {}, "geometry": {"type": "GeometryCollection", "geometries": lines}}
    bare = spots.assign(place=spots["place"].str.removesuffix(_STAND_IN))
    rows = list(bare[["place", "latitude", "longitude"]].itertuples(index=False, name=None))
    marks: list[Any] = [
        alt.Chart(alt.Data(values=[axes])).mark_geoshape(
            filled=False, fill=None, stroke=palette.MUTED, strokeWidth=1.6, strokeDash=[6, 4]
        ),
        charts.bamako_ring()[0],
    ]
    dots = (
        alt.Chart(spots)
        .mark_point(size=24, strokeWidth=1.4, opacity=1, stroke=palette.MUTED)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            fill=alt.condition("datum.exact", alt.value(palette.MUTED), alt.value(palette.PAPER)),
            tooltip=[alt.Tooltip("place:N", title="Place")],
        )
    )
    named = [*charts.lettered(_named(shapes, rows, height, ways), dotted=True), dots]
    drawn: Any = alt.layer(charts.land(shapes), _zones(shapes), *charts.over_halos(marks, named))
    chart = charts.mercator(drawn, WHOLE).properties(width=WIDE, height=height)
    table = spots[["place", "latitude", "longitude"]].round(2).set_axis(["Place", "Latitude", "Longitude"], axis=1)
    what, alternative = _places_words(report)
    words = {label.en: label.fr for label in NEIGHBOURS}
    words |= {name.en.upper(): name.fr.upper() for name in map(names.short, d.REGIONS)}
    return Form(
        chart, table, what, alternative, report.source("places", "un_bases", "regions"), words | {"Place": "Lieu"}
    )

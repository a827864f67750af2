"""Maps: dots first, with named places, and the note on borders."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal

import altair as alt
import pandas as pd

from helpers import charts, french, limits, palette, prose
from helpers import definitions as d
from helpers import labels as lb
from helpers.charts.parts import WIDE
from helpers.editions import Report
from helpers.errors import NotInData
from helpers.forms.form import Form
from helpers.geodesy import centre_of
from helpers.measures.measure import Change, Measure
from helpers.windows import Window, half, half_before
from helpers.words import names
from helpers.words.both import Both

BORDERS = Both(
    "Borders and names on maps imply no opinion on the status of any territory.",
    "Les frontières et les noms sur les cartes n’impliquent aucune opinion sur le statut d’un territoire.",
)
"""The usual note, a part of every map's caveat."""


def old_regions(report: Report) -> Both:
    """Say before the usual note that the regions are the former ones, once the edition knows of a census by the new."""
    if "2023-08-09-census-of-2022" not in set(report.chronology["id"]):
        return BORDERS
    old = Both(
        "Regions are those of before 2023; Mali has since had 19 regions and Bamako. ",
        "Les régions sont celles d’avant 2023 ; le Mali compte depuis 19 régions et Bamako. ",
    )
    return old + BORDERS


#: West, south, east and north of the map of the south: the four regions, with a margin.
SOUTH = (-12.3, 10.1, -5.2, 15.8)


def _cercles_drawn(
    report: Report,
    value: str,
    named: int,
    shapes: Mapping[str, Any],
    spots: pd.DataFrame,
    top: pd.DataFrame,
    marked: pd.DataFrame,
) -> Any:
    """Draw a circle a cercle, the largest named with their numbers, and the capitals of the regions."""
    circles = (
        alt.Chart(spots[["place", "latitude", "longitude", "events", "fatalities"]])
        .mark_circle(**charts.disc("neutral"))
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            size=alt.Size(
                f"{value}:Q",
                title={"events": "Events", "fatalities": "Deaths"}[value],
                scale=alt.Scale(range=[_CERCLES[0], charts.shrinking(_CERCLES[1])]),
                legend=alt.Legend(
                    orient=_CORNER, values=steps(int(spots[value].max())), **charts.disc_legend("neutral")
                ),
            ),
            tooltip=[
                alt.Tooltip("place:N", title="Cercle"),
                alt.Tooltip("events:Q", title="Events", format=",.0f"),
                alt.Tooltip("fatalities:Q", title="Deaths", format=",.0f"),
            ],
        )
    )
    known = towns(report).set_index("place")
    capitals = known.loc[[name for name in CAPITALS if name in known.index and name not in set(top["place"])]]
    words = _cercles_named(spots, value, marked, capitals.reset_index(), lb.extent(shapes))
    chart = alt.layer(charts.land(report.tables.shapes("regions")), *charts.over_halos([circles], words))
    return chart.project("mercator").properties(width=WIDE, height=460)


CAPITALS = ("Bamako", "Kidal", "Sikasso", "Kayes", "Tombouctou", "Gao")
"""Capitals of regions that a reader looks for, in the order in which they find room."""
_CORNER: Literal["top-left", "bottom-left"] = "top-left"
"""Where the legend of a map of cercles stands, on no land."""
_CERCLES = (8, 1300)
"""Of the smallest and the largest circle on a cercle, square px."""


def steps(most: int) -> list[int]:
    """Return two round numbers and the largest circle's own for the legend of circles.

    Examples
    --------
    >>> steps(355), steps(7), steps(100)
    ([20, 100, 355], [1, 2, 7], [10, 50, 100])
    """
    step = max((one * 10**power for power in range(7) for one in (1, 2, 5) if one * 10**power <= most), default=1)
    return sorted({max(1, step // 10), max(1, step // 2), most})


def _cercles_named(
    spots: pd.DataFrame, value: str, marked: pd.DataFrame, towns: pd.DataFrame, box: tuple[float, float, float, float]
) -> list[Any]:
    """Return dots and names: the cercles that carry their numbers first, then towns for which there is room."""
    columns = ["place", "latitude", "longitude"]
    dotted = pd.concat([marked[columns], towns[columns]])
    rows = list(dotted.itertuples(index=False, name=None))
    marks = charts.spots_of(spots, value, int(spots[value].max()), _CERCLES)
    circles = {(north, east): math.ceil(px) for north, east, px in marks[0]}
    reach = {name: circles.get((north, east), 2) for name, north, east in rows}
    grounds = lb.grounds(box, 460, reach=reach, shrinks=True, marks=marks, legend=_CORNER)
    placed = lb.named(rows, grounds, promised=list(marked["place"]))
    # A dot without a name says nothing: a map that has no room for the name has none.
    wide, phone = ({one.said or one.name for one in placed if (one.most == lb.WIDE) == here} for here in (True, False))
    points = [
        charts.town_dots(dotted[dotted["place"].isin(some)], **shown)
        for some, shown in (
            (wide & phone, {}), (wide - phone, {"phone": False}), (phone - wide, {"phone": True})
        )
        if some
    ]  # fmt: skip
    return [*charts.lettered(placed, dotted=True), *points]


def _leading(value: str, sums: pd.DataFrame, top: pd.DataFrame, when: Both, place: Both) -> Both:
    """Say which cercles lead, and the sum."""
    pairs = list(zip(top["place"].head(5), top[value].head(5), strict=True))
    total = int(sums[value].sum())
    return Both(
        f"map of {place.en} with a circle on each cercle, {when.en}: "
        + prose.listing(f"{name} {prose.number(n)}" for name, n in pairs)
        + f" lead; {prose.number(total)} in all",
        f"carte du Mali, un disque sur chaque cercle, {when.fr} : "
        + french.listing(f"{name} {french.number(n)}" for name, n in pairs)
        + f" viennent en tête ; {french.number(total)} en tout",
    )


def _circles_said(unit: Both, span: Window, named: int) -> Both:
    """Say what the circles of cercles count, and that the largest carry their numbers."""
    many = Both(prose.word(named), french.word(named, feminine=False))
    return Both(
        f"{unit.en} in political violence by all sides, by district (cercle), {names.MALI.en}, {names.span(span).en}; the area of a "
        f"circle grows with the number; the {many.en} largest carry theirs; small dots: places named, towns where no number is given",
        f"{unit.fr} dans les violences politiques, tous belligérants confondus, par cercle, Mali, {names.span(span).fr} ; "
        f"l’aire d’un disque croît avec le nombre ; les {many.fr} plus grands portent le leur ; petits points : lieux nommés, des villes "
        "si aucun nombre n’est donné",
    )


def cercle_sums(report: Report, windows: tuple[str, ...], value: str = "fatalities") -> pd.DataFrame:
    """Add up political violence by cercle over half-years: `cercle`, `region`, `events`, `fatalities`, the largest first."""
    rows = report.cercle_halves[report.cercle_halves["half"].isin(windows)]
    sums = rows.groupby(["cercle", "region"], as_index=False)[["events", "fatalities"]].sum()
    sums = sums.sort_values([value, "cercle"], ascending=[False, True], ignore_index=True)
    limits.held(
        bool(sums[value].gt(0).any()),
        f"{value} by cercle in {' and '.join(windows)}",
        "aucun événement ni mort par cercle sur ces mois",
    )
    return sums


def cercle_map(
    report: Report, windows: tuple[str, ...], value: str = "fatalities", named: int = 8
) -> tuple[Form, pd.DataFrame]:
    """Draw political violence by cercle as circles, the largest of them named with their numbers.

    Parameters
    ----------
    report : Report
        The edition.
    windows : tuple of str
        Half-years to add up, in order.
    value : {"events", "fatalities"}
        What the area of a circle stands for.
    named : int
        How many of the largest circles carry a name.

    Returns
    -------
    Form, DataFrame
        The form, and the cercles by value, the largest first (`cercle`, `region`, `events`, `fatalities`).
    """
    sums = cercle_sums(report, windows, value)
    shapes = report.tables.shapes("cercles")
    centres = {feature["properties"]["cercle"]: centre_of(feature) for feature in shapes["features"]}
    spots = sums[sums["cercle"].isin(list(centres)) & sums[value].gt(0)].assign(
        latitude=lambda part: part["cercle"].map(lambda name: centres[name][0]),
        longitude=lambda part: part["cercle"].map(lambda name: centres[name][1]),
        place=lambda part: part["cercle"].map(prose.cercle_name),
    )
    unit = Both("Events", "Événements") if value == "events" else Both("Deaths", "Morts")
    top = spots.head(named)
    marked = top.assign(place=[f"{name} {prose.number(n)}" for name, n in zip(top["place"], top[value], strict=True)])
    chart = _cercles_drawn(report, value, named, shapes, spots, top, marked)
    span = Window(half(windows[0]).first, half(windows[-1]).last)
    what = _circles_said(unit, span, len(top))
    alternative = _leading(value, sums, top, names.ending(span), names.MALI)
    table = pd.DataFrame(
        {
            "Cercle": sums["cercle"].map(prose.cercle_name),
            "Region": sums["region"].map(prose.region_name),
            "Events": sums["events"],
            "Deaths": sums["fatalities"],
        }
    )
    chart_words = {"Events": "Événements", "Deaths": "Morts", "Region": "Région"}
    return Form(chart, table, what, alternative, report.source("cercle_halves"), chart_words), sums


def _cells(
    report: Report, box: tuple[float, float, float, float] | None, where: Both, first: str
) -> tuple[dict[str, str], pd.DataFrame, pd.DataFrame]:
    """Return the half-years of the slider, and the cells that saw events in them, all and those of the last."""
    shown = {report.half: half(report.half).label}
    while min(shown) > first:
        earlier = half_before(min(shown))
        shown = {earlier: half(earlier).label, **shown}
    every = report.footprint[report.footprint["half"].isin(list(shown)) & report.footprint["mi_events"].gt(0)]
    if box:
        west, south, east, north = box
        every = every[
            every["south"].between(south, north - d.CELL_DEGREES) & every["west"].between(west, east - d.CELL_DEGREES)
        ]
    every = every.sort_values(["half", "south", "west"], ascending=[False, True, True], ignore_index=True)
    cells = every[every["half"].eq(report.half)].reset_index(drop=True)
    if cells.empty:
        raise NotInData(f"no militant Islamist event of {half(report.half).label} lies on the map of {where.en}.")
    return shown, every, cells


def last_cells(report: Report) -> pd.DataFrame:
    """Return the country's cells that saw militant Islamist events in the last complete half-year (`mi_events`)."""
    return _cells(report, None, names.MALI, report.half)[2]


def _cells_said(where: Both, cells: pd.DataFrame, top: pd.Series) -> Both:
    """Say how many cells saw events, and where the largest circle stands."""
    total, most = int(cells["mi_events"].sum()), int(top["mi_events"])
    return Both(
        f"map of {where.en} with {prose.count(len(cells), 'cell')} that saw events, {prose.number(total)} events in all; the "
        f"largest circle has {most} at {prose.number(top['south'], 1)} north, {prose.number(abs(top['west']), 1)} west",
        f"carte, {where.fr} : {french.count(len(cells), 'cellule', feminine=True)} avec des événements, "
        f"{french.number(total)} événements en tout ; le plus grand disque en compte {most} à "
        f"{french.number(top['south'], 1)} degrés nord, {french.number(abs(top['west']), 1)} degrés ouest",
    )


def _cell_table(every: pd.DataFrame) -> tuple[dict[str, tuple[str, str]], pd.DataFrame]:
    """Return the cells as readers see them, and the French of the table's heads."""
    columns = {
        "half": ("Half-year", "Semestre"),
        "south": ("South edge (degrees)", "Bord sud (degrés)"),
        "west": ("West edge (degrees)", "Bord ouest (degrés)"),
        "mi_events": ("Events", "Événements"),
        "mi_civilian_events": ("Against civilians", "Contre des civils"),
    }
    table = every[list(columns)].rename(columns={key: pair[0] for key, pair in columns.items()})
    table["Half-year"] = [names.tick(key).en for key in table["Half-year"]]
    return columns, table


def _cells_counted(where: Both, ring: bool, when: Both) -> Both:
    """Say what the circles count, where and when, and what the dashed ring is."""
    noun = names.EVENTS["islamist"].many
    km = d.BAMAKO_RADIUS_KM
    plain, half = where.fr.removeprefix("le "), when.fr.removeprefix("le ")
    what = Both(
        f"{noun.en} by cell of {d.CELL_DEGREES} degree, {where.en}, {when.en}; circle area grows with the count, "
        "hollow dots: towns",
        f"{noun.fr} par cellule de {french.number(d.CELL_DEGREES, 1)} degré, {plain}, {half} ; l’aire du disque croît "
        "avec le nombre, points évidés : villes",
    )
    if ring:
        what += Both(f", dashed ring: {km} km around Bamako", f", cercle en tirets : {km} km autour de Bamako")
    return what + Both("; the slider goes back in time", " ; le curseur remonte le temps")


def cell_map(
    report: Report,
    box: tuple[float, float, float, float] | None = None,
    where: Both = names.MALI,
    places: tuple[str, ...] = (),
    *,
    ring: bool = False,
    first: str = "2017H1",
) -> tuple[Form, pd.DataFrame]:
    """Draw the cells that saw militant Islamist events in the last complete half-year, with a slider to earlier ones.

    Parameters
    ----------
    report : Report
        The edition.
    box : tuple, optional
        West, south, east, north, in degrees; the whole country where not given.
    where : Both
        Name of the part of the country.
    places : tuple of str
        Places to name; the largest where empty.
    ring : bool
        Draw the circle of 150 km around Bamako.
    first : str
        Half-year to which the slider goes back.

    Returns
    -------
    Form, DataFrame
        The form, and the cells of the last half-year (`south`, `west`, `mi_events`).

    Raises
    ------
    DataError
        No event of the last half-year lies in the box.
    """
    shown, every, cells = _cells(report, box, where, first)
    named = report.places
    named = named[named["place"].isin(places)] if places else named[named["rank"] <= 6]
    chart = charts.cells_slider(
        report.tables.shapes("regions"),
        every.rename(columns={"mi_events": "Events"}),
        "Events",
        "half",
        names=shown,
        title="Events",
        places=named,
        ring=ring,
        box=box or (),
        height=420,
    )
    columns, table = _cell_table(every)
    when, top = names.period(report.half), cells.loc[cells["mi_events"].idxmax()]
    around = Both(f"{where.en} and around it", f"{where.fr} et ses abords") if box else where
    what, alternative = _cells_counted(around, ring, when), _cells_said(around, cells, top)
    words = dict(columns.values()) | {"On the map": "Sur la carte"}
    return Form(chart, table, what, alternative, report.source("footprint"), words), cells


# --------------------------------------------------------------------------- regions

MIDDLE_NOTE = Both(
    "A circle stands at the middle of its region’s people, not where the events were.",
    "Chaque disque est placé au centre de la population de sa région, non au lieu des événements.",
)
"""Where the circles of `region_map` stand."""


def middles(report: Report) -> pd.DataFrame:
    """Return where each region's people live on average: the middles of its cercles (degrees), weighted by people."""
    people = report.cercles.set_index("cercle")["population"]
    rows = []
    for feature in report.tables.shapes("cercles")["features"]:
        latitude, longitude = centre_of(feature)
        cercle = feature["properties"]["cercle"]
        rows.append((feature["properties"]["region"], latitude, longitude, float(people[cercle])))
    frame = pd.DataFrame(rows, columns=["region", "latitude", "longitude", "people"])
    for axis in ("latitude", "longitude"):
        frame[axis] *= frame["people"]
    sums = frame.groupby("region")[["latitude", "longitude", "people"]].sum()
    return sums[["latitude", "longitude"]].div(sums["people"], axis=0).round(3).reset_index()


def towns(report: Report) -> pd.DataFrame:
    """Return places with coordinates: Natural Earth's, and those of UN bases that it lacks (Geo-PKO).

    Returns
    -------
    DataFrame
        `place`, `region`, `latitude`, `longitude` (degrees), `rank` (lower matters more), `source`.
    """
    known = report.places.assign(source="Natural Earth")
    known["place"] = known["place"].replace({"Nioro du Sahel": "Nioro"})
    bases = report.tables.un_bases().drop_duplicates("place")
    more = bases[~bases["place"].isin(known["place"])].assign(rank=7, source="Geo-PKO")
    columns = ["place", "region", "latitude", "longitude", "rank", "source"]
    return pd.concat([known[columns], more[columns]], ignore_index=True)


def _by_region(changes: Mapping[str, Change], spots: pd.DataFrame) -> pd.DataFrame:
    """Return where each region's circle stands and its two counts, the largest first."""
    return pd.DataFrame(
        [
            (names.short(region).en, *spots.loc[region], int(change.now), int(change.before))
            for region, change in sorted(changes.items(), key=lambda pair: (-int(pair[1].now), pair[0]))
        ],
        columns=["region", "latitude", "longitude", "now", "before"],
    )


def region_map(report: Report, measure: Measure, now: Window, before: Window) -> tuple[Form, dict[str, Change]]:
    """Draw one circle a region for a window, over a ring for the window before.

    Parameters
    ----------
    report : Report
        The edition.
    measure : Measure
        What is counted, in the whole country.
    now, before : Window
        Windows of equal length.

    Returns
    -------
    Form, dict of str to Change
        The form, and the changes by region.
    """
    changes = {one.place.regions[0]: one.compare(now, before) for one in measure.regions()}
    spots = middles(report).set_index("region")
    frame = _by_region(changes, spots)
    shapes = report.tables.shapes("regions")
    top = int(frame[["now", "before"]].to_numpy().max())
    a, b = names.span(now), names.span(before)
    height = 480
    # Where a title calls a change clear, both its counts stand on the map.
    was = {region: (int(change.before),) if change.clear else () for region, change in changes.items()}
    said = {
        region: Both(
            f"{names.short(region).en} {' → '.join(map(prose.number, (*was[region], change.now)))}",
            f"{names.short(region).fr} {' → '.join(map(french.number, (*was[region], change.now)))}",
        )
        for region, change in sorted(changes.items(), key=lambda pair: -int(pair[1].now))
    }
    at = {region: (float(spot["latitude"]), float(spot["longitude"])) for region, spot in spots.iterrows()}
    edges = lb.extent(shapes)
    reach = {
        said[one].en: charts.radius(max(int(changes[one].now), int(changes[one].before)), top, _LARGEST) for one in said
    }
    rows = [(said[region].en, *at[region]) for region in said]
    placed = lb.named(rows, lb.grounds(edges, height, reach=reach, shrinks=True))
    layers = charts.over_halos(_circles(frame, measure, top, a, b), charts.lettered(placed))
    chart = alt.layer(charts.land(shapes), *layers).project("mercator").properties(width=WIDE, height=height)
    table = frame[["region", "now", "before"]].set_axis(["Region", a.en, b.en], axis=1)
    noun = measure.counts_what.many
    what = Both(
        f"{noun.en} by region; circle: {a.en}, dashed ring: {b.en}; areas grow with the counts",
        f"{noun.fr} par région ; disque : {a.fr}, anneau en tirets : {b.fr} ; les aires croissent avec les nombres",
    )
    words = {names.short(region).en: names.short(region).fr for region in changes}
    words |= {label.en: label.fr for label in said.values()}
    words |= {a.en: a.fr, b.en: b.fr, "Region": "Région", measure.unit.en: measure.unit.fr}
    return Form(chart, table, what, _in_words(changes), measure.source, words), changes


def _in_words(changes: Mapping[str, Change]) -> Both:
    """Give the map's counts to those who do not see it, the most first."""
    told = [
        Both(
            f"{names.short(region).en} {prose.number(change.now)} after {prose.number(change.before)}",
            f"{names.short(region).fr} {french.number(change.now)} contre {french.number(change.before)}",
        )
        for region, change in sorted(changes.items(), key=lambda pair: -int(pair[1].now))
    ]
    return Both(
        f"map with one circle a region: {prose.listing(x.en for x in told)}",
        f"carte avec un disque par région : {french.listing(x.fr for x in told)}",
    )


_LARGEST = 2600
"""Area of the largest circle of a map of regions, square px."""


def _circles(frame: pd.DataFrame, measure: Measure, top: int, now: Both, before: Both) -> list[Any]:
    scale = alt.Scale(domain=[0, top], range=[0, charts.shrinking(_LARGEST)])
    values = sorted({value for value in (10, 100, 200, 400, 800) if value <= top}) or [top]
    legend = alt.Legend(orient="top", direction="horizontal", values=values[-3:], **charts.disc_legend("neutral"))
    tips = [
        alt.Tooltip("region:N", title="Region"),
        alt.Tooltip("now:Q", title=now.en, format=",.0f"),
        alt.Tooltip("before:Q", title=before.en, format=",.0f"),
    ]
    base = alt.Chart(frame).encode(longitude="longitude:Q", latitude="latitude:Q", tooltip=tips)
    ring = base.mark_point(filled=False, stroke=palette.INK, strokeWidth=1.4, strokeDash=[4, 3], opacity=1)
    # Alike but for the column: Vega draws one legend of both.
    size: dict[str, Any] = {"title": measure.unit.en, "scale": scale, "legend": legend}
    circles = base.mark_circle(**charts.disc("neutral"))
    return [circles.encode(size=alt.Size("now:Q", **size)), ring.encode(size=alt.Size("before:Q", **size))]

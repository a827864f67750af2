"""Maps: dots first, with named places, and the note on borders."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers import charts, data, french, limits, palette, prose
from helpers import definitions as d
from helpers import labels as lb
from helpers.charts import _WIDE as WIDE
from helpers.editions import Report
from helpers.errors import NotInData
from helpers.forms.form import Form
from helpers.windows import Window, half, half_before
from helpers.words import names
from helpers.words.both import Both

BORDERS = Both(
    charts.BORDER_NOTE,
    "Les frontières et les noms sur les cartes n’impliquent aucune opinion sur le statut d’un territoire.",
)
"""The usual note, a part of every map's caveat."""

#: West, south, east and north of the map of the south: the four regions, with a margin.
SOUTH = (-12.3, 10.1, -5.2, 15.6)


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
    rows = report.cercle_halves[report.cercle_halves["half"].isin(windows)]
    sums = rows.groupby(["cercle", "region"], as_index=False)[["events", "fatalities"]].sum()
    sums = sums.sort_values([value, "cercle"], ascending=[False, True], ignore_index=True)
    limits.held(bool(sums[value].gt(0).any()), f"{value} by cercle in {' and '.join(windows)}")
    shapes = data.shapes("cercles", report.data_dir)
    centres = {feature["properties"]["cercle"]: charts.centre_of(feature) for feature in shapes["features"]}
    spots = sums[sums["cercle"].isin(list(centres)) & sums[value].gt(0)].assign(
        latitude=lambda part: part["cercle"].map(lambda name: centres[name][0]),
        longitude=lambda part: part["cercle"].map(lambda name: centres[name][1]),
        place=lambda part: part["cercle"].map(prose.cercle_name),
    )
    unit = Both("Events", "Événements") if value == "events" else Both("Deaths", "Morts")
    top = spots.head(named)
    marked = top.assign(place=[f"{name} {prose.number(n)}" for name, n in zip(top["place"], top[value], strict=True)])
    circles = (
        alt.Chart(spots[["place", "latitude", "longitude", "events", "fatalities"]])
        .mark_circle(color=palette.colour("neutral"), opacity=0.6)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            size=alt.Size(f"{value}:Q", scale=alt.Scale(range=[8, 1300]), legend=None),
            tooltip=[
                alt.Tooltip("place:N", title="Cercle"),
                alt.Tooltip("events:Q", title="Events", format=",.0f"),
                alt.Tooltip("fatalities:Q", title="Deaths", format=",.0f"),
            ],
        )
    )
    towns = report.places[report.places["place"].isin(("Bamako", "Kayes", "Sikasso", "Tombouctou", "Gao", "Tessalit"))]
    words = charts._labels(
        pd.concat([marked.assign(rank=1), towns])[["place", "latitude", "longitude", "rank"]],
        lb.extent(shapes),
        460,
        areas=False,
    )
    regions = charts._land(data.shapes("regions", report.data_dir))
    chart = alt.layer(regions, circles, *words).project("mercator").properties(width=WIDE, height=460)
    span = Window(half(windows[0]).first, half(windows[-1]).last)
    when, place = names.ending(span), names.MALI
    what = Both(
        f"{unit.en} in political violence by all sides, by cercle, {place.en}, {names.span(span).en}; the area of a circle "
        "grows with the number",
        f"{unit.fr} dans les violences politiques, tous belligérants confondus, par cercle, Mali, {names.span(span).fr} ; "
        "l’aire d’un cercle croît avec le nombre",
    )
    listed = top.head(5)
    pairs = list(zip(listed["place"], listed[value], strict=True))
    total = int(sums[value].sum())
    alternative = Both(
        f"map of {place.en} with a circle on each cercle, {when.en}: "
        + prose.listing(f"{name} {prose.number(n)}" for name, n in pairs)
        + f" lead; {prose.number(total)} in all",
        f"carte du Mali, un cercle sur chaque circonscription, {when.fr} : "
        + french.listing(f"{name} {french.number(n)}" for name, n in pairs)
        + f" viennent en tête ; {french.number(total)} en tout",
    )
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
    named = report.places
    named = named[named["place"].isin(places)] if places else named[named["rank"] <= 6]
    chart = charts.cells_slider(
        data.shapes("regions", report.data_dir),
        every.rename(columns={"mi_events": "Events"}),
        "Events",
        "half",
        names=shown,
        title="Events",
        places=named,
        ring=ring,
        box=box or (),
        low=bool(box),
        height=490 if box else 460,
    )
    columns = {
        "half": ("Half-year", "Semestre"),
        "south": ("South edge (degrees)", "Bord sud (degrés)"),
        "west": ("West edge (degrees)", "Bord ouest (degrés)"),
        "mi_events": ("Events", "Événements"),
        "mi_civilian_events": ("Against civilians", "Contre des civils"),
    }
    table = every[list(columns)].rename(columns={key: pair[0] for key, pair in columns.items()})
    table["Half-year"] = [names.tick(key).en for key in table["Half-year"]]
    when, top = names.period(report.half), cells.loc[cells["mi_events"].idxmax()]
    noun = names.EVENTS["islamist"].many
    km = d.BAMAKO_RADIUS_KM
    what = Both(
        f"{noun.en} by cell of {d.CELL_DEGREES} degree, {where.en}, {when.en}; circle area grows with the count",
        f"{noun.fr} par cellule de {french.number(d.CELL_DEGREES, 1)} degré, {where.fr}, {when.fr} ; l’aire du cercle croît "
        "avec le nombre",
    )
    if ring:
        what += Both(f", dashed ring: {km} km", f", cercle en tirets : {km} km")
    what += Both("; the slider goes back in time", " ; le curseur remonte le temps")
    total, most = int(cells["mi_events"].sum()), int(top["mi_events"])
    alternative = Both(
        f"map of {where.en} with {prose.count(len(cells), 'cell')} that saw events, {prose.number(total)} events in all; the "
        f"largest circle has {most} at {prose.number(top['south'], 1)} north, {prose.number(abs(top['west']), 1)} west",
        f"carte, {where.fr} : {french.count(len(cells), 'cellule', feminine=True)} avec des événements, "
        f"{french.number(total)} événements en tout ; le plus grand cercle en compte {most} à "
        f"{french.number(top['south'], 1)} degrés nord, {french.number(abs(top['west']), 1)} degrés ouest",
    )
    words = dict(columns.values())
    return Form(chart, table, what, alternative, report.source("footprint"), words), cells

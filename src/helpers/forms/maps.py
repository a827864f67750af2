"""Maps: dots first, with named places, and the note on borders."""

from __future__ import annotations

import pandas as pd

from helpers import charts, data, french, prose
from helpers import definitions as d
from helpers.editions import Report
from helpers.errors import DataError
from helpers.forms.form import Form
from helpers.windows import half, half_before
from helpers.words import names
from helpers.words.both import Both

BORDERS = Both(
    charts.BORDER_NOTE,
    "Les frontières et les noms sur les cartes n’impliquent aucune opinion sur le statut d’un territoire.",
)
"""The usual note, a part of every map's caveat."""

#: West, south, east and north of the map of the south: the four regions, with a margin.
SOUTH = (-12.3, 10.1, -5.2, 15.6)


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
        raise DataError(f"no militant Islamist event of {half(report.half).label} lies on the map of {where.en}.")
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
        **({"box": box, "low": True, "height": 490} if box else {}),
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

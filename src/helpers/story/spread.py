"""Figures, tables and sentences of the page on how far the violence has spread."""

from __future__ import annotations

from functools import cache

import pandas as pd

from helpers import charts, keys, limits
from helpers import definitions as d
from helpers import french as f
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.data import Tables
from helpers.editions import Report
from helpers.errors import NotInData
from helpers.estimates import diffusion as reach
from helpers.estimates import spread
from helpers.figures import Figure, Table, Words
from helpers.forms.maps import BORDERS
from helpers.story.spread_area import (
    CELL_NOTE,
    FIRST,
    as_published,
    definition_name,
    half_en,
    half_fr,
    marks_of,
    since_first,
)
from helpers.story.spread_area import area_growth as area_growth
from helpers.story.spread_area import area_published as area_published
from helpers.story.spread_area import rarefied as rarefied
from helpers.story.spread_classes import classes as classes
from helpers.windows import half
from helpers.words.both import Both, joined

MOVED = 0.05
"""Share of random exchanges that move the centre as far, below which its move is called established."""
REACHED = 3
"""Events in a half-year from which the page calls a cercle reached."""
_COUNTED = {
    ("all", 1): ("neutral", "Any political violence"),
    ("mi", 1): ("islamist", "A militant Islamist event"),
    ("mi", 5): ("ink", "At least five of them"),
}
_BOX = (-9.5, 11.5, 3.0, 18.5)


@cache
def _shapes(level: str, tables: Tables) -> dict:
    return tables.shapes(level)


@cache
def _distances_of(tables: Tables, last: str) -> pd.DataFrame:
    footprint = tables.footprint()
    return spread.distances(footprint[footprint["half"].le(last)])


def _distances(r: Report) -> pd.DataFrame:
    found = since_first(_distances_of(r.tables, r.half))
    limits.held(
        not found.empty,
        f"place of militant Islamist events up to {r.half}",
        f"aucun lieu d’événements impliquant des groupes islamistes armés jusqu’au {f.half(r.half)}",
    )
    return found


@cache
def _centres_of(tables: Tables, last: str) -> pd.DataFrame:
    footprint = tables.footprint()
    footprint = footprint[footprint["half"].between(FIRST, last)]
    limits.held(
        not footprint.empty,
        f"place of militant Islamist events from {FIRST} to {last}",
        f"aucun lieu d’événements impliquant des groupes islamistes armés du {f.half(FIRST)} au {f.half(last)}",
    )
    return spread.centres(footprint, _shapes("cercles", tables))


def _by_cercle(r: Report) -> pd.DataFrame:
    return spread.in_cercles(r.footprint, _shapes("cercles", r.tables))


# --------------------------------------------------------------------------- area


def area_words(r: Report) -> str:
    """Say in a few sentences whether any definition gives the published areas."""
    frame, area, before = as_published(r)
    best = frame.iloc[0]
    up = int(frame["ratio"].ge(area / before).sum())
    within = int(frame["off"].le(d.VINTAGE_TOLERANCE).sum())
    few = (
        f"{p.word(within).capitalize()} of them {'gives' if within == 1 else 'give'}"
        if within
        else "None of them gives"
    )
    return (
        "Cells or discs, seven sizes of the one and eleven of the other, for all events or for attacks on civilians "
        f"alone, make {len(frame)} ways to measure the area touched. {few} both {p.number(area)} km² and "
        f"{p.number(before)} km² within {p.percent(d.VINTAGE_TOLERANCE)}; the nearest "
        f"({f.lower(definition_name(best))}) gives {p.number(best['now'], -1)} and "
        f"{p.number(best['before'], -1)} km². The published growth of {p.percent(area / before - 1)} is reached by "
        f"{p.word(up) if up else 'none'}: the definitions give "
        f"{p.spread((frame['ratio'].min() - 1) * 100, (frame['ratio'].max() - 1) * 100)} percent. "
        "[Evidence: the audit](../evidence/audit.ipynb) also sets other half-years against each other, so its range is wider."
    )


# --------------------------------------------------------------------------- cercles


def cercles_affected(r: Report) -> Figure:
    """Cercles touched by half-year, under several definitions."""
    halves = sorted(name for name in r.footprint["half"].unique() if name >= FIRST)
    limits.held(
        bool(halves),
        f"half-year from {FIRST} on with places of militant Islamist events",
        f"aucun semestre avec des lieux d’événements impliquant des groupes islamistes armés depuis le {f.half(FIRST)}",
    )
    frame = spread.affected(r.cercle_halves, _by_cercle(r), halves)
    whole = len(r.cercles)
    shown = frame[[(row.basis, row.least) in _COUNTED for row in frame.itertuples()]]
    table = pd.DataFrame(
        {
            "Half-year": shown["half"],
            "Counted": [_COUNTED[(row.basis, row.least)][1] for row in shown.itertuples()],
            "Cercles": shown["cercles"],
        }
    ).sort_values(["Half-year", "Counted"], ignore_index=True)
    counted = frame.set_index(["half", "basis", "least"])["cercles"]
    last, first = ({key: int(counted[at, *key]) for key in _COUNTED} for at in (halves[-1], halves[0]))
    mi, five = ("mi", 1), ("mi", 5)
    return Figure(
        id="spread-cercles",
        title=f"in {half_en(halves[-1])} {last[mi]} of {whole} cercles saw a militant Islamist event, and "
        f"{last[five]} at least five; in {half_en(halves[0])} {first[mi]} and {first[five]}",
        subtitle="Cercles with political violence by anyone, with a militant Islamist event, and with at least five of "
        f"these, Mali, half-years of {halves[0][:4]} to {halves[-1][:4]}; {whole} cercles",
        chart=charts.lines(
            table, "Half-year", "Cercles", by="Counted", colours=dict(_COUNTED.values()), marks=marks_of(r), legend=True
        ),
        frame=table,
        alt=f"Three lines; from {first[('all', 1)]}, {first[mi]} and {first[five]} cercles they go to "
        f"{last[('all', 1)]}, {last[mi]} and {last[five]}",
        source=r.source("footprint", "cercle_halves"),
        caveat=CELL_NOTE
        + " "
        + Both(
            "Cells on a boundary may fall to the neighbouring cercle. Totals by cercle hold violence by everyone.",
            "Une cellule à cheval sur une limite peut revenir au cercle voisin. Les totaux par cercle comptent la "
            "violence de tous les belligérants.",
        ),
        rests_on=[first[five]],
        fr=Words(
            title=f"au {half_fr(halves[-1])}, {last[mi]} cercles sur {whole} ont connu un événement impliquant des groupes islamistes armés "
            "et "
            f"{last[five]} au moins cinq\u202f; au {half_fr(halves[0])}, {first[mi]} et {first[five]}",
            subtitle="Cercles touchés par des violences politiques de toute sorte, par un événement impliquant des groupes islamistes "
            f"armés, et par au moins cinq, Mali, semestres de {halves[0][:4]} à {halves[-1][:4]}, {whole} cercles",
            alt=f"Trois lignes, qui vont de {first[('all', 1)]}, {first[mi]} et {first[five]} cercles à "
            f"{last[('all', 1)]}, {last[mi]} et {last[five]}",
        ),
    )


# --------------------------------------------------------------------------- distances


def bamako_distance(r: Report) -> Figure:
    """Distance of militant Islamist events to Bamako by half-year."""
    frame = _distances(r)
    table = pd.DataFrame(
        {
            "Half-year": frame["half"],
            "Median": d.rounded(frame["bamako_50"]),
            "Nearest tenth": d.rounded(frame["bamako_10"]),
            "Farthest tenth": d.rounded(frame["bamako_90"]),
            "Events": frame["events"],
        }
    )
    a, b = table.iloc[0], table.iloc[-1]
    low = table.loc[table["Median"].idxmin()]
    return Figure(
        id="spread-bamako-distance",
        title=f"half of the events lie within {p.number(b['Median'])} km of Bamako in {half_en(b['Half-year'])}, within "
        f"{p.number(a['Median'])} km in {half_en(a['Half-year'])}",
        subtitle=f"Distance of militant Islamist events to Bamako, km: median (line) and the middle {p.percent(0.8)} "
        f"of events (band), Mali, half-years of {a['Half-year'][:4]} to {b['Half-year'][:4]}",
        chart=charts.lines(
            table, "Half-year", "Median", title="km", low="Nearest tenth", high="Farthest tenth", marks=marks_of(r)
        ),
        frame=table,
        alt=f"A line with a band; the median is lowest in {half_en(low['Half-year'])}, at {p.number(low['Median'])} "
        f"km; the nearest tenth of events lies within {p.number(b['Nearest tenth'])} km in the last half-year and "
        f"within {p.number(a['Nearest tenth'])} km in the first",
        source=r.source("footprint"),
        caveat=CELL_NOTE,
        fr=Words(
            title=f"la moitié des événements sont à moins de {f.number(b['Median'])}\u202fkm de Bamako au "
            f"{half_fr(b['Half-year'])}, à moins de {f.number(a['Median'])}\u202fkm au {half_fr(a['Half-year'])}",
            subtitle="Distance des événements impliquant des groupes islamistes armés à Bamako, en km\u202f: médiane (ligne) et "
            f"{f.percent(0.8)} du milieu (bande), Mali, semestres de {a['Half-year'][:4]} à {b['Half-year'][:4]}",
            alt=f"Une ligne avec une bande, dont la médiane est la plus basse au {half_fr(low['Half-year'])}, à "
            f"{f.number(low['Median'])}\u202fkm\u202f; le dixième le plus proche est à moins de "
            f"{f.number(b['Nearest tenth'])}\u202fkm au dernier semestre et de "
            f"{f.number(a['Nearest tenth'])}\u202fkm au premier",
        ),
    )


_NEAR_BORDER_AND_AXES_CAVEAT = Both(
    "Axes are straight lines between towns, not roads: no road data under an open licence were at hand. "
    "People and reporters live along them too.",
    "Les axes sont des droites entre des villes, non des routes : nous n’avions pas de données routières "
    "sous licence ouverte. Habitants et informateurs vivent aussi le long de ces axes.",
)


def _points(gap: float) -> Both:
    """Write a gap between shares in percentage points; one that rounds to none and is there, as less than one.

    Examples
    --------
    >>> _points(0.163).en, _points(0.0035), _points(-0.002).en, _points(0.0).en
    ('16', Both(en='less than one', fr='moins d’un'), 'less than one', '0')
    """
    if gap and not d.round_half_up(gap * 100):
        return Both("less than one", "moins d’un")
    return Both(p.number(gap * 100), f.number(gap * 100))


def near_border_and_axes(r: Report) -> Figure:
    """Share of events near the border and the main axes, against the share of land there, by zone."""
    cells = spread.spots(r.footprint[r.footprint["half"].eq(r.half)])
    shapes = _shapes("cercles", r.tables)
    names = spread.cercle_of(cells, shapes)
    zones = names.map(dict(zip(r.cercles["cercle"], r.cercles["zone"], strict=True)))
    border = spread.to_border(cells, _shapes("regions", r.tables)) <= spread.BORDER_KM
    axis = spread.to_axes(cells, r.places) <= spread.AXIS_KM
    rows, whole = [], {}
    for zone in ("", "north", "centre", "south"):
        mine = pd.Series(True, index=cells.index) if not zone else zones.eq(zone)
        total = int(cells.loc[mine, "mi_events"].sum())
        if not total:
            continue
        land = spread.land_shares(shapes, r.places, (zone,) if zone else ())
        label = zone.capitalize() or "Mali"
        for what, inside, base in (
            ("border", border, land[0]),
            ("axes", axis, land[1]),
        ):
            share = float(cells.loc[mine & inside, "mi_events"].sum() / total)
            rows += [(f"{label}: {what}", "Events", round(share, 6)), (f"{label}: {what}", "Land", round(base, 6))]
            if not zone:
                whole[what] = (share, base)
    limits.held(
        bool(whole),
        f"place of militant Islamist events in {r.half}",
        f"aucun lieu d’événements impliquant des groupes islamistes armés au {f.half(r.half)}",
    )
    table = pd.DataFrame(rows, columns=["Where", "Share of", "Share"])
    (b_events, b_land), (a_events, a_land) = whole.values()
    events = int(cells["mi_events"].sum())
    return Figure(
        id="spread-border-axes",
        title=f"{p.percent(a_events)} of events lie near a main axis, where {p.percent(a_land)} of the land is, and "
        f"{p.percent(b_events)} near the border, where {p.percent(b_land)} is",
        subtitle=f"Share of militant Islamist events and of land within {spread.BORDER_KM} km of the national border "
        f"and within {spread.AXIS_KM} km of a main axis, Mali and its zones, {half(r.half).label}",
        chart=charts.pairs(table, "Where", "Share", "Share of", {"ink": "Events", "neutral": "Land"}, unit="share"),
        frame=table,
        alt=f"Pairs of dots for {p.number(len(table) / 2)} places and zones, from {p.number(events)} events; on the "
        f"main axes events exceed land by {_points(a_events - a_land).en} points, at the border by "
        f"{_points(b_events - b_land).en}",
        source=r.source("footprint", "regions", "places"),
        caveat=_NEAR_BORDER_AND_AXES_CAVEAT + " " + CELL_NOTE,
        fr=Words(
            title=f"{f.percent(a_events)} des événements se trouvent près d’un grand axe, où se trouvent "
            f"{f.percent(a_land)} des terres, et {f.percent(b_events)} près de la frontière, où s’en trouvent "
            f"{f.percent(b_land)}",
            subtitle="Part des événements impliquant des groupes islamistes armés et des terres à moins de "
            f"{spread.BORDER_KM}\u202fkm de la frontière nationale et à moins de {spread.AXIS_KM}\u202fkm d’un grand "
            f"axe, Mali et ses zones, {f.label(half(r.half))}",
            alt=f"Paires de points pour {f.number(len(table) / 2)} lieux et zones, sur {f.number(events)} "
            f"événements\u202f; l’écart entre événements et terres est de {_points(a_events - a_land).fr} points "
            f"sur les axes et de {_points(b_events - b_land).fr} à la frontière",
        ),
    )


# --------------------------------------------------------------------------- centre of mass


def _centre_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the centres with their uncertainty and axes, as readers see them."""
    return pd.DataFrame(
        {
            "Half-year": frame["half"],
            "Latitude": frame["latitude"].round(2),
            "Longitude": frame["longitude"].round(2),
            "Error, km": d.rounded(frame["error_km"]),
            "Moved, km": d.rounded(frame["moved_km"]),
            "Long axis, km": d.rounded(frame["major_km"]),
            "Short axis, km": d.rounded(frame["minor_km"]),
            "Events": frame["events"],
        }
    )


def _short_way(km: float, first: float, last: float) -> Both | None:
    """Say where a way is shorter than the uncertainty of its ends: of both, or of one.

    Examples
    --------
    >>> _short_way(166, 167, 118).en, _short_way(100, 167, 118).en, _short_way(200, 167, 118)
    ('The way is shorter than the uncertainty of its first end.', 'The way is shorter than the uncertainty of its ends.', None)
    """
    if km >= max(first, last):
        return None
    if km < min(first, last):
        return Both(
            "The way is shorter than the uncertainty of its ends.",
            "Le chemin est plus court que l’incertitude de ses deux bouts.",
        )
    end = Both("first", "premier") if km < first else Both("last", "dernier")
    return Both(
        f"The way is shorter than the uncertainty of its {end.en} end.",
        f"Le chemin est plus court que l’incertitude de son {end.fr} bout.",
    )


_CENTRE_MAP_CAVEAT = Both(
    "A centre between two theatres may lie where nothing happens.",
    "Un centre entre deux théâtres peut tomber là où rien ne se passe.",
)


def centre_map(r: Report) -> Figure:
    """Map of the centre of mass by half-year with the ellipse of the first and the last."""
    frame = _centres_of(r.tables, r.half)
    a, b = frame.iloc[0], frame.iloc[-1]
    km = float(d_km(a, b))
    outline = {
        name: spread.ring(x["latitude"], x["longitude"], x["major_km"], x["minor_km"], x["bearing"])
        for name, x in (("neutral", a), ("islamist", b))
    }
    table = _centre_table(frame)
    places = r.places[r.places["place"].isin(["Bamako", "Ségou", "Mopti", "Gao", "Tombouctou", "Sikasso"])]
    way, sens = _heading(a, b)
    found = reach.moved(r.footprint, _shapes("cercles", r.tables), str(b["half"]), str(a["half"]))
    sure, sure_fr = (
        ("more than places alike by district would move it by luck", "plus que le hasard par cercle ne le déplacerait")
        if found.by_cercle < MOVED
        else ("which luck by district can bring about", "ce que le hasard par cercle peut donner")
    )
    return Figure(
        id="spread-centre-map",
        title=f"the centre of the violence lay {p.number(km)} km further {way} in {half_en(b['half'])} than in "
        f"{half_en(a['half'])}, {sure}",
        subtitle=f"Centre of mass of militant Islamist events by half-year, Mali, {a['half'][:4]} to {b['half'][:4]}; "
        "outlines: one standard deviation around the first (grey) and the last",
        chart=charts.track(
            _shapes("regions", r.tables),
            pd.DataFrame(
                {
                    "Half-year": frame["half"].map(lambda key: keys.spelled(key, short=True)),
                    "latitude": frame["latitude"].round(3),
                    "longitude": frame["longitude"].round(3),
                }
            ),
            "Half-year",
            outline,
            places=places,
            box=_BOX,
        ),
        frame=table,
        alt=f"Map with a path of {len(frame)} points from {p.number(a['latitude'], 1)} north, "
        f"{p.number(abs(a['longitude']), 1)} west to {p.number(b['latitude'], 1)} north, "
        f"{p.number(abs(b['longitude']), 1)} west; the places of the first and the last are known to within "
        f"{p.number(a['error_km'])} and {p.number(b['error_km'])} km",
        source=r.source("footprint", "regions"),
        caveat=joined([_short_way(km, a["error_km"], b["error_km"]), _CENTRE_MAP_CAVEAT, CELL_NOTE, BORDERS]),
        fr=Words(
            title=f"le centre des violences se trouvait {f.number(km)}\u202fkm plus {sens} au {half_fr(b['half'])} "
            f"qu’au {half_fr(a['half'])}, {sure_fr}",
            subtitle=f"Centre de gravité des événements impliquant des groupes islamistes armés par semestre, Mali, {a['half'][:4]} à "
            f"{b['half'][:4]}\u202f; contours\u202f: un écart-type autour du premier (gris) et du dernier",
            alt=f"Carte avec un chemin de {len(frame)} points, de {f.number(a['latitude'], 1)} nord, "
            f"{f.number(abs(a['longitude']), 1)} ouest à {f.number(b['latitude'], 1)} nord, "
            f"{f.number(abs(b['longitude']), 1)} ouest\u202f; le premier et le dernier lieu sont connus à "
            f"{f.number(a['error_km'])} et {f.number(b['error_km'])}\u202fkm près",
        ),
    )


def d_km(a: pd.Series, b: pd.Series) -> float:
    """Return the distance between two centres (km)."""
    from helpers.geodesy import great_circle_km

    return float(great_circle_km(a["latitude"], a["longitude"], b["latitude"], b["longitude"]))


def _heading(a: pd.Series, b: pd.Series) -> tuple[str, str]:
    """Return the direction from one centre to another in words, English and French."""
    import numpy as np

    east = (b["longitude"] - a["longitude"]) * np.cos(np.radians(a["latitude"]))
    names = [
        ("north", "au nord"), ("north-east", "au nord-est"), ("east", "à l’est"), ("south-east", "au sud-est"),
        ("south", "au sud"), ("south-west", "au sud-ouest"), ("west", "à l’ouest"), ("north-west", "au nord-ouest"),
    ]  # fmt: skip
    return names[int(np.floor((np.degrees(np.arctan2(east, b["latitude"] - a["latitude"])) % 360 + 22.5) / 45)) % 8]


# --------------------------------------------------------------------------- diffusion


def _reached(r: Report) -> pd.DataFrame:
    return spread.reached(_by_cercle(r), _shapes("cercles", r.tables), r.places, ("centre", "south"))


def reached_table(r: Report) -> Table:
    """Return when each cercle of the centre and the south was first reached."""
    table = _reached(r)
    frame = pd.DataFrame(
        {
            "Cercle": table["cercle"].map(p.cercle_name),
            "Region": table["region"].map(p.region_name),
            "From Mopti, km": d.rounded(table["km"]).astype(int),
            **{
                ("An event" if least == 1 else f"{p.word(least).capitalize()} events"): table[f"first_{least}"].fillna(
                    "–"
                )
                for least in spread.THRESHOLDS
            },
        }
    )
    return Table(
        title="First half-year with so many militant Islamist events, by cercle and distance from Mopti",
        frame=frame,
        source=r.source("footprint", "cercles"),
        note=CELL_NOTE.en,
    )


def diffusion(r: Report) -> str:
    """Say how far the order of arrival follows the distance from Mopti, and how the south's share moved."""
    table = _reached(r)
    orders = [reach.order(table, least) for least in spread.THRESHOLDS]
    found = reach.order(table, REACHED)
    known = [x.rho for x in orders if x.rho == x.rho]
    if not known:
        raise NotInEdition("No cercle of the centre or the south had been reached often enough to rank them.")
    share = _southern(r)
    if share.empty:
        raise NotInData(
            "a share of the south needs two half-years with events.",
            "une part du sud demande deux semestres avec des événements",
        )
    a, b = share.iloc[0], share.iloc[-1]
    tried = reach.origins(table, _shapes("cercles", r.tables), REACHED)
    others = tried[tried["cercle"].ne("Mopti")]
    as_good = int(others["rho"].ge(found.rho).sum())
    best = tried.iloc[0]
    if as_good:
        front = (
            f"But {p.word(as_good)} of the {len(others)} other cercles of the country, taken as the origin instead, order the "
            f"arrivals as well or better; {p.cercle_name(str(best['cercle']))} in {p.region_name(str(best['region']))} does so best "
            f"({p.number(best['rho'], 2)}). That is a gradient from the north to the south and the west, not a front that "
            "set out from Mopti."
        )
    else:
        front = "No other cercle of the country, taken as the origin instead, orders the arrivals as well."
    return (
        f"Of {found.cercles} cercles in the centre and the south, {found.reached} had been reached by "
        f"{half_en(r.half)}, that is, had at least {p.word(REACHED)} militant Islamist events in one half-year. The order "
        f"of arrival and the distance from Mopti have a rank correlation of {p.number(found.rho, 2)} "
        f"({p.spread(min(known), max(known), 2)} for one to ten events), where 0 would be no order and 1 a strict one. "
        f"{front} The south's part in the events of the two zones was {p.percent(a['share'])} in {half_en(a['half'])} and "
        f"{p.percent(b['share'])} in {half_en(b['half'])}. Neighbouring cercles resemble each other, so this is less "
        "evidence than so many independent cases, and an order in space does not show a cause."
    )


def _southern(r: Report) -> pd.DataFrame:
    """Return the south's share in the events of centre and south, half-years of ten events or more."""
    rows = _by_cercle(r)
    zones = rows["region"].map(d.ZONE_OF)
    both = rows[zones.isin(["centre", "south"])].groupby("half")["events"].sum()
    south = rows[zones.eq("south")].groupby("half")["events"].sum().reindex(both.index, fill_value=0)
    frame = pd.DataFrame({"half": both.index, "share": (south / both).to_numpy()})
    return frame[both.ge(d.SMALL_COUNT).to_numpy() & frame["half"].ge(FIRST).to_numpy()].reset_index(drop=True)


def centre_words(r: Report) -> str:
    """Say where the centre of the violence went, with its uncertainty."""
    frame = _centres_of(r.tables, r.half)
    a, b = frame.iloc[0], frame.iloc[-1]
    km, (way, _) = d_km(a, b), _heading(a, b)
    found = reach.moved(r.footprint, _shapes("cercles", r.tables), str(b["half"]), str(a["half"]))
    chance = p.percent(found.by_cercle) if found.by_cercle >= 0.01 else "less than 1 percent"
    verdict_ = (
        "more than places alike by district would move it by luck"
        if found.by_cercle < MOVED
        else "which places alike by district can do by luck: the move is not established"
    )
    return (
        f"The centre of mass moved {p.number(km)} km to the {way} between {half_en(a['half'])} and "
        f"{half_en(b['half'])}. The two places are known to within {p.number(a['error_km'])} and {p.number(b['error_km'])} km "
        f"(95 percent of maps of resampled cercles). Where the two half-years exchange the shares of their cercles at "
        f"random, {chance} of exchanges move the centre as far, {verdict_}; taken cell by cell, as if neighbouring cells had "
        f"nothing in common, {p.percent(found.by_cell, 1)} would. From one half-year to the next the centre moved "
        f"{p.number(frame['moved_km'].median())} km in the median, which is "
        f"{'within' if frame['moved_km'].median() < frame['error_km'].median() else 'beyond'} that uncertainty"
        + (": single steps should not be read." if frame["moved_km"].median() < frame["error_km"].median() else ".")
    )

"""Figures and tables of the chapter on southern Mali (Bamako, Kayes, Koulikoro and Sikasso)."""

from __future__ import annotations

import pandas as pd

from helpers import charts, data, limits
from helpers import definitions as d
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims
from helpers.chapters import NotInEdition, chronology_table
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.figures import Figure, KeyFigure, KeyFigures, Table
from helpers.windows import Window, half, half_before, month_name, window, year

ZONE_COLOURS = {zone: d.ZONE_LABELS[zone] for zone in ("south", "centre", "north")}

_FIRST = "2017-01"
_RADIUS = d.BAMAKO_RADIUS_KM
_HALVES = 10
# West, south, east and north of the map of the south: the four regions, with a margin.
_SOUTH_BOX = (-12.3, 10.1, -5.2, 15.6)
_SMALL = f"Fewer than {d.SMALL_COUNT} events: one more or less moves the figure visibly."


def _mi(r: Report) -> pd.DataFrame:
    return m.militant_islamist(r.actors)


def _near(r: Report, km: int = _RADIUS) -> pd.DataFrame:
    return m.around_bamako(_mi(r), km)


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


def _word(value: int) -> str:
    return p.word(value) if value else "none"


def _moved(now: int, before: int) -> str:
    """Say how a count moved; a small base gives the two counts in place of a percentage."""
    if now == before or before >= d.SMALL_COUNT:
        return p.moved(now, before)
    return f"{'rose' if now > before else 'fell'} from {_word(before)} to {_word(now)}"


def _signed(number: int) -> str:
    return p.number(number) if number <= 0 else f"+{p.number(number)}"


def _covers(frame: pd.DataFrame, noun: str, months: int) -> str:
    """Name the periods of a frame of `measures.series`, and say where the last one is incomplete."""
    first, last, have = frame["period"].iloc[0], frame["period"].iloc[-1], int(frame["months"].iloc[-1])
    tail = "" if have == months else f" (the last one: {p.count(have, 'month')} only)"
    return f"{noun} {first} to {last}{tail}"


def _moved_fr(now: int, before: int) -> str:
    if now == before or before >= d.SMALL_COUNT:
        return f.moved(now, before)
    return f"sont passés de {f.word(before) if before else 'zéro'} à {f.word(now) if now else 'zéro'}"


def _covers_fr(frame: pd.DataFrame, months: int) -> str:
    have = int(frame["months"].iloc[-1])
    tail = "" if have == months else f" (le dernier : {f.count(have, 'mois', 'mois')} seulement)"
    return f"{f.running(frame['period'].iloc[0], frame['period'].iloc[-1])}{tail}"


def _named_fr(name: str) -> str:
    """Put a label of a zone with a group or a reading into French."""
    for english, french in {
        "Central Mali": "centre du Mali",
        "Southern Mali": "sud du Mali",
        "other militant Islamists": "autres islamistes militants",
        "JNIM (FLM proxy)": "JNIM (pour la Katiba Macina)",
        "proxy": "le JNIM pris pour elle",
        "named": "Katiba Macina nommée",
    }.items():
        name = name.replace(english, french)
    return name


def key_figures(r: Report) -> KeyFigures:
    """Events around Bamako, in the south and in Kayes, and how many people live there."""
    near, south = _near(r), m.in_zone(_mi(r), "south")
    kayes = m.in_regions(south, "Kayes")
    people = m.zone_shares(r.regions).set_index("zone").loc["south", "population_share"]
    return KeyFigures(
        [
            KeyFigure(
                p.number(m.count(near, r.recent)),
                f"militant Islamist events within {_RADIUS} km of Bamako, {r.recent.label}",
                f"{p.number(m.count(near, r.recent_before))} in {r.recent_before.label}",
            ),
            *[
                KeyFigure(
                    p.number(m.count(rows, r.last_12)),
                    f"militant Islamist events in {where}, {r.last_12.label}",
                    f"{p.number(m.count(rows, r.before_12))} in the 12 months before",
                )
                for where, rows in (("southern Mali", south), ("the Kayes region", kayes))
            ],
            KeyFigure(
                p.percent(people),
                "of Mali's people live in the south",
                f"with {p.percent(m.ratio(m.count(south, r.last_12), m.count(_mi(r), r.last_12)))} of militant Islamist "
                f"events, {r.last_12.label}",
            ),
        ]
    )


# --------------------------------------------------------------------------- around Bamako


def bamako_quarters(r: Report) -> Figure:
    """Militant Islamist events around Bamako by quarter."""
    near = _near(r)
    frame = m.series(near, r.since("2015-01"), "quarter")
    table = frame.rename(columns={"period": "Quarter", "events": "Events", "fatalities": "Deaths"})
    table = table[["Quarter", "Events", "Deaths"]]
    peak = frame.loc[frame["events"].idxmax()]
    now, before = m.count(near, r.recent), m.count(near, r.recent_before)
    return Figure(
        id="southern-bamako-quarters",
        title=p.sentence(
            f"{r.recent.label} had {p.count(now, 'event')} around Bamako, "
            f"after {_word(before)} in {r.recent_before.label}"
        ),
        subtitle=f"Militant Islamist events within {_RADIUS} km of Bamako, {_covers(frame, 'quarters', 3)}",
        chart=charts.columns(table, "Quarter", "Events", title="Events", marks={"2020Q3": "coup"}),
        frame=table,
        alt=p.sentence(
            f"Columns by quarter; the highest is {peak['period']} with "
            f"{p.count(int(peak['events']), 'event')}, the last "
            f"has {_word(int(frame['events'].iloc[-1]))}; {_word(int(frame['events'].eq(0).sum()))} of {len(frame)} "
            "quarters have none"
        ),
        fr=f.words(
            title=f"{f.count(now, 'événement')} autour de Bamako {f.at(f.label(r.recent))}, contre {f.word(before)} "
            f"{f.at(f.label(r.recent_before))}",
            subtitle=f"{f.MI_EVENTS} à moins de {_RADIUS} km de Bamako, par trimestre {_covers_fr(frame, 3)}",
            alt=f"Colonnes par trimestre ; la plus haute est celle du {f.quarter(peak['period'])} avec "
            f"{f.count(int(peak['events']), 'événement')}, la dernière en a {f.word(int(frame['events'].iloc[-1]))} ; "
            f"{f.word(int(frame['events'].eq(0).sum()))} des {len(frame)} trimestres n’en ont aucun",
        ),
        rests_on=(now, before),
        source=r.source("actors"),
        caveat=f"Counts of a quarter are small: most lie below {d.SMALL_COUNT}.{_deadliest(near, r.last_12)}",
    )


def _deadliest(rows: pd.DataFrame, span: Window) -> str:
    """Name the deadliest single event of a window where it holds half of the deaths or more."""
    deaths = m.count(rows, span, "fatalities")
    if not deaths:
        return ""
    worst = m.deadliest(rows, span)
    if 2 * int(worst["deadliest"]) < deaths:
        return ""
    return (
        f" One event in {month_name(pd.Period(worst['month'], 'M'))} cost "
        f"{p.number(int(worst['deadliest']))} of the "
        f"{p.number(deaths)} lives lost there in the last 12 months."
    )


def bamako_rolling(r: Report) -> Figure:
    """Show the rolling 12-month count around Bamako beside the highest 12 months before."""
    near = _near(r)
    rolled = m.rolling(near, r.ever, 12)
    # A record is beaten by months that are not part of it: the 12 months compared end before these 12 begin.
    rolled["record"] = rolled["events"].cummax().shift(12)
    rolled = rolled[rolled["month"] >= "2014-01"].astype({"record": int}).reset_index(drop=True)
    now_label, record_label = "Last 12 months", "Highest 12 months before"
    table = pd.concat(
        [
            pd.DataFrame({"Month": rolled["month"], "Count": now_label, "Events": rolled["events"]}),
            pd.DataFrame({"Month": rolled["month"], "Count": record_label, "Events": rolled["record"]}),
        ],
        ignore_index=True,
    )
    last = rolled.iloc[-1]
    best = rolled.loc[rolled["events"].idxmax()]
    interval = m.poisson_interval(int(last["events"]))
    past = m.rolling(near, Window(r.ever.first, r.recent.first - 1), 12)
    top = past.loc[past["events"].idxmax()]
    here = m.count(near, r.recent)
    ended = month_name(pd.Period(top["month"], "M"))
    title = (
        f"{r.recent.label} alone had {p.count(here, 'event')} around Bamako, "
        f"{p.more_or_fewer(here, top['events'])} "
        f"the {p.word(int(top['events']))} of the highest 12 months before, to {ended}"
    )
    return Figure(
        id="southern-bamako-rolling",
        title=p.sentence(title),
        subtitle=f"Militant Islamist events within {_RADIUS} km of Bamako in the 12 months to each month, and the "
        f"highest such count that ended before them, {rolled['month'].iloc[0]} to {last['month']}",
        chart=charts.lines(
            table,
            "Month",
            "Events",
            title="Events in 12 months",
            by="Count",
            colours={"islamist": now_label, "neutral": record_label},
            marks={"2020-08": "coup"},
        ),
        frame=table,
        alt=p.sentence(
            f"Two lines; the 12-month count peaks at {best['events']} in {best['month']} and ends at "
            f"{last['events']} in "
            f"{last['month']}; the record before it ends at {last['record']}"
        ),
        fr=f.words(
            title=f"{f.count(here, 'événement')} autour de Bamako {f.at(f.label(r.recent))}, "
            f"{f.more_or_fewer(here, top['events'])} les {f.word(int(top['events']))} du maximum précédent sur 12 mois, achevés "
            f"en {f.month_name(top['month'])}",
            subtitle=f"{f.MI_EVENTS} à moins de {_RADIUS} km de Bamako sur les 12 mois achevés à chaque mois, et plus haut "
            f"décompte de ce genre achevé avant eux, {f.month_name(rolled['month'].iloc[0])} à {f.month_name(last['month'])}",
            alt=f"Deux courbes ; la somme sur 12 mois culmine à {best['events']} en {f.month_name(best['month'])} et finit à "
            f"{last['events']} en {f.month_name(last['month'])} ; le record d’avant finit à {last['record']}",
        ),
        rests_on=(here, int(top["events"])),
        source=r.source("actors"),
        caveat=f"By chance alone a count of {last['events']} could come from an expected number between "
        f"{p.number(interval.low, 1)} and {p.number(interval.high, 1)} (95 percent).",
    )


def radius_heat(r: Report) -> Figure:
    """Events by radius around Bamako and half-year."""
    rows = []
    for km in d.BAMAKO_BANDS_KM:
        part = m.series(_near(r, km), r.since("2012-01"), "half", values=["events"])
        part = part[part["months"].eq(6)].tail(_HALVES)
        rows.append(part.assign(radius=f"within {km} km", km=km))
    frame = pd.concat(rows, ignore_index=True)
    table = frame.rename(columns={"radius": "Distance to Bamako", "period": "Half-year", "events": "Events"})
    table = table[["Distance to Bamako", "Half-year", "Events"]]
    pairs = {km: (m.count(_near(r, km), r.recent), m.count(_near(r, km), r.recent_before)) for km in d.BAMAKO_BANDS_KM}
    grew = [km for km, (now, before) in pairs.items() if now > before]
    said = p.listing(f"{km} km: {now} after {before}" for km, (now, before) in pairs.items())
    if len(grew) == len(pairs):
        lead = "Every radius shows a rise"
    elif not grew:
        lead = "No radius shows a rise"
    else:
        lead = f"{p.word(len(grew)).capitalize()} of {p.word(len(pairs))} radii show a rise"
    now, before = pairs[_RADIUS]
    if len(grew) == len(pairs):
        lead_fr = "tous les rayons montrent une hausse"
    elif not grew:
        lead_fr = "aucun rayon ne montre de hausse"
    else:
        lead_fr = (
            f"{f.word(len(grew))} des {f.word(len(pairs))} rayons {f.agree(len(grew), 'montre', 'montrent')} une hausse"
        )
    return Figure(
        id="southern-radius",
        title=p.sentence(
            f"{lead} over the months before; within {_RADIUS} km it is {p.number(now)} after {p.number(before)}"
        ),
        subtitle=f"Militant Islamist events by great-circle distance to Bamako (each radius holds the smaller ones), "
        f"complete half-years {table['Half-year'].iloc[0]} to {table['Half-year'].iloc[-1]}; the title "
        f"compares {r.recent.label} with {r.recent_before.label}",
        chart=charts.heat(table, "Half-year", "Distance to Bamako", "Events", title="Events"),
        frame=table,
        alt=p.sentence(
            f"Grid of five radii by {table['Half-year'].nunique()} half-years; {r.recent.label} against "
            f"{r.recent_before.label}: {said}"
        ),
        fr=f.words(
            title=f"{lead_fr} sur les mois d’avant ; à moins de {_RADIUS} km, {f.number(now)} après {f.number(before)}",
            subtitle=f"{f.MI_EVENTS} selon la distance à vol d’oiseau de Bamako (chaque rayon contient les plus petits), "
            f"semestres complets, {f.running(table['Half-year'].iloc[0], table['Half-year'].iloc[-1])} ; le titre compare "
            f"{f.label(r.recent)} et {f.label(r.recent_before)}",
            alt=f"Grille de cinq rayons par {table['Half-year'].nunique()} semestres ; {f.label(r.recent)} par rapport à "
            f"{f.label(r.recent_before)} : "
            + f.listing(f"{km} km ({now} après {before})" for km, (now, before) in pairs.items()),
        ),
        rests_on=(now, before),
        source=r.source("actors"),
        caveat="The smaller the radius, the more a single event moves the figure.",
    )


def ring_map(r: Report) -> Figure:
    """Map of the ring around Bamako with the cells of one half-year, the last complete one first."""
    west, south, east, north = _SOUTH_BOX
    names = {r.half: half(r.half).label}
    while min(names) > "2017H1":
        names = {half_before(min(names)): half(half_before(min(names))).label, **names}
    every = r.footprint[r.footprint["half"].isin(list(names)) & r.footprint["mi_events"].gt(0)]
    every = every[
        every["south"].between(south, north - d.CELL_DEGREES) & every["west"].between(west, east - d.CELL_DEGREES)
    ].sort_values(["half", "south", "west"], ascending=[False, True, True], ignore_index=True)
    cells = every[every["half"].eq(r.half)].reset_index(drop=True)
    if cells.empty:
        raise NotInEdition(f"No militant Islamist event of {half(r.half).label} lies on the map of the south.")
    near = m.count(_near(r), half(r.half))
    places = r.places[
        r.places["place"].isin(
            [
                "Bamako",
                "Kati",
                "Kayes",
                "Kita",
                "Nara",
                "Nioro du Sahel",
                "Sikasso",
                "Bougouni",
                "Ségou",
                "Koulikoro",
                "Banamba",
                "Koutiala",
                "Kangaba",
            ]
        )
    ]
    table = pd.DataFrame(
        {
            "Half-year": every["half"],
            "South edge (degrees)": every["south"],
            "West edge (degrees)": every["west"],
            "Events": every["mi_events"],
            "Against civilians": every["mi_civilian_events"],
        }
    )
    top = cells.loc[cells["mi_events"].idxmax()]
    return Figure(
        id="southern-ring-map",
        title=p.sentence(
            f"The ring of {_RADIUS} km around Bamako saw {p.count(near, 'militant Islamist event')} in "
            f"{half(r.half).label}"
        ),
        subtitle=f"Militant Islamist events by cell of {d.CELL_DEGREES} degree, southern Mali and its edges, "
        f"{half(r.half).label}; circle area grows with the count, dashed ring: {_RADIUS} km; the slider goes back to 2017",
        chart=charts.cells_slider(
            data.shapes("regions", r.data_dir),
            every.rename(columns={"mi_events": "Events"}),
            "Events",
            "half",
            names=names,
            title="Events",
            places=places,
            ring=True,
            box=_SOUTH_BOX,
            low=True,
            height=490,
        ),
        frame=table,
        alt=p.sentence(
            f"Map of southern Mali with {p.count(len(cells), 'cell')} that saw events, "
            f"{p.number(int(cells['mi_events'].sum()))} events in all; the largest circle has "
            f"{int(top['mi_events'])} at {top['south']:.1f} north, {abs(top['west']):.1f} west; "
            f"{p.count(near, 'event lies', 'events lie')} within {_RADIUS} km of the capital"
        ),
        fr=f.words(
            title=f"le rayon de {_RADIUS} km autour de Bamako a connu {f.count(near, 'événement')} "
            f"{f.agree(near, 'lié', 'liés')} aux groupes islamistes militants en {f.label(half(r.half))}",
            subtitle=f"{f.MI_EVENTS} par cellule de {f.number(d.CELL_DEGREES, 1)} degré, sud du Mali et ses marges, "
            f"{f.label(half(r.half))} ; l’aire du cercle croît avec le nombre, anneau en tirets : {_RADIUS} km ; le curseur remonte à "
            "2017",
            alt=f"Carte du sud du Mali avec {f.count(len(cells), 'cellule', feminine=True)} où des événements ont eu lieu, "
            f"{f.number(int(cells['mi_events'].sum()))} événements en tout ; le plus grand cercle en compte "
            f"{int(top['mi_events'])} à {f.number(top['south'], 1)} degrés nord et {f.number(abs(top['west']), 1)} degrés "
            f"ouest ; {f.count(near, 'événement')} {f.agree(near, 'se trouve', 'se trouvent')} à moins de {_RADIUS} km de la "
            "capitale",
        ),
        rests_on=(near,),
        source=r.source("footprint"),
        caveat=f"Cells on the edge of the ring may hold events on both sides of it. {charts.BORDER_NOTE}",
    )


# --------------------------------------------------------------------------- the south and its regions


def _south(r: Report) -> pd.DataFrame:
    rows = m.in_zone(_mi(r), "south")
    return rows.assign(area=rows["region"].map(p.region_name))


def regions_linked(r: Report) -> Figure:
    """Southern regions ranked, and by half-year: a click on a region filters the columns."""
    frame = m.series(_south(r), r.since(_FIRST), "half", split="area")
    table = frame.rename(columns={"period": "Half-year", "area": "Region", "events": "Events", "fatalities": "Deaths"})
    table = table[["Half-year", "Region", "Events", "Deaths"]]
    now = m.tally(_south(r), r.last_12, "area")
    limits.held(not now.empty, "event in southern Mali in the last 12 months")
    top = now.iloc[0]
    ranked = table.groupby("Region")["Events"].sum().sort_values(ascending=False)
    return Figure(
        id="southern-regions",
        title=p.sentence(
            f"{top['area']} had {p.percent(top['share'])} of southern Mali's militant Islamist "
            f"events of the "
            "last 12 months"
        ),
        subtitle=f"Militant Islamist events by region, southern Mali, {_covers(frame, 'half-years', 6)}; "
        f"click a region "
        "to see it alone, double-click for all",
        chart=charts.linked(table, "Half-year", "Events", "Region", title="Events", group="south"),
        frame=table,
        alt=p.sentence(
            "Bars rank the regions by all events since 2017: "
            + p.listing(f"{name} {p.number(int(value))}" for name, value in ranked.items())
            + f"; columns below show half-years; in {r.last_12.label} "
            + p.listing(f"{row.area} has {p.number(row.events)}" for row in now.itertuples())
        ),
        fr=f.words(
            title=f"{f.the_region(top['area'])} a connu {f.percent(top['share'])} des {f.MI_EVENTS} du sud du Mali des 12 derniers "
            "mois",
            subtitle=f"{f.MI_EVENTS} par région, sud du Mali, par semestre {_covers_fr(frame, 6)} ; un clic sur une région la "
            "montre seule, un double-clic les montre toutes",
            alt="Des barres classent les régions selon tous leurs événements depuis 2017 : "
            + f.listing(f"{name} {f.number(int(value))}" for name, value in ranked.items())
            + f" ; les colonnes au-dessous montrent les semestres ; {f.at(f.label(r.last_12))}, "
            + f.listing(f"{row.area} en a {f.number(row.events)}" for row in now.itertuples()),
        ),
        rests_on=(int(top["events"]), int(now["events"].sum())),
        source=r.source("actors"),
    )


def growth_dots(r: Report) -> Figure:
    """Events of the last 12 months over the 12 before, by southern region, with intervals."""
    mi, now, before = _south(r), r.last_12, r.before_12
    parts = {"Southern Mali": mi} | {p.region_name(x): m.in_regions(mi, x) for x in d.ZONES["south"]}
    rows, left = [], []
    for name, part in parts.items():
        here, base = m.count(part, now), m.count(part, before)
        if min(here, base) < 5:
            left.append(f"{name} ({p.number(base)} to {p.number(here)})")
            continue
        found = intervals.compare(part, now, before)
        rows.append((name, found.ratio, *found.ends(), here, base))
    if not rows:
        raise NotInEdition("The southern regions have too few events in these two years for ratios.")
    table = pd.DataFrame(rows, columns=["Area", "Ratio", *intervals.ENDS, now.label, before.label])
    south = m.count(mi, now), m.count(mi, before)
    said = {"Southern Mali": "the south as a whole"}
    sure = [said.get(row[0], row[0]) for row in rows if row[2] > 1 or row[3] < 1]
    notes = [_SMALL] if any(row[7] < d.SMALL_COUNT for row in rows) else []
    if left:
        notes.append(f"Left out, with fewer than five events in one of the two years: {p.listing(left)}.")
    beyond = (
        f"; the change goes beyond chance and bouts in {p.listing(sure)}"
        if sure
        else ", within what chance and bouts allow"
    )
    if not sure and south[0] == south[1]:
        beyond = ""
    said_fr = {"Southern Mali": "l’ensemble du sud"}
    beyond_fr = " ; rien qui dépasse ce que permettent le hasard et les vagues d’attaques"
    if sure:
        names_fr = [said_fr.get(row[0], row[0]) for row in rows if row[2] > 1 or row[3] < 1]
        beyond_fr = f" ; la variation dépasse le hasard et les vagues d’attaques pour {f.listing(names_fr)}"
    if not beyond:
        beyond_fr = ""
    return Figure(
        id="southern-growth",
        title=p.sentence(f"Events in southern Mali {_moved(*south)} in a year{beyond}"),
        subtitle=f"Militant Islamist events, {now.label} over {before.label}; bars: {intervals.BARS}; dashed line: no "
        "change",
        chart=charts.dots(
            table,
            "Area",
            "Ratio",
            "Low",
            "High",
            title="Ratio of events",
            unit="ratio",
            group="south",
            log=True,
            inner=intervals.INNER,
        ),
        frame=table,
        alt=p.sentence(
            "Dots with intervals on a logarithmic axis: "
            + p.listing(
                f"{row[0]} {p.number(row[1], 2)} ({p.number(row[2], 2)} to {p.number(row[3], 2)})" for row in rows
            )
        ),
        fr=f.words(
            title=f"les {f.MI_EVENTS} dans le sud du Mali {_moved_fr(*south)} en un an{beyond_fr}",
            subtitle=f"{f.MI_EVENTS}, {f.label(now)} {f.against(before)} ; barres : {intervals.BARS_FR} ; tirets : aucun "
            "changement",
            alt="Points avec intervalles sur un axe logarithmique : "
            + f.listing(
                f"{'sud du Mali' if row[0] == 'Southern Mali' else row[0]} {f.number(row[1], 2)} ({f.number(row[2], 2)} à "
                f"{f.number(row[3], 2)})"
                for row in rows
            ),
        ),
        rests_on=south,
        source=r.source("actors"),
        caveat=" ".join(notes),
    )


def kayes_halves(r: Report) -> Figure:
    """Militant Islamist events in Kayes by half-year."""
    rows = m.in_regions(_mi(r), "Kayes")
    frame = m.series(rows, r.since("2015-01"), "half")
    table = frame.rename(columns={"period": "Half-year", "events": "Events", "fatalities": "Deaths"})
    table = table[["Half-year", "Events", "Deaths"]]
    now, before = m.count(rows, r.last_12), m.count(rows, r.before_12)
    peak = frame.loc[frame["events"].idxmax()]
    whole = m.count(rows, r.since("2015-01"))
    share = f": {p.percent(now / whole)} of all since 2015" if whole >= d.SMALL_COUNT else ""
    share_fr = f" : {f.percent(now / whole)} de tous ceux depuis 2015" if whole >= d.SMALL_COUNT else ""
    return Figure(
        id="southern-kayes",
        title=p.sentence(
            f"Kayes saw {p.count(now, 'event')} in the last 12 months after {_word(before)} in the 12 before{share}"
        ),
        subtitle=f"Militant Islamist events, Kayes region, {_covers(frame, 'half-years', 6)}",
        chart=charts.columns(table, "Half-year", "Events", title="Events", marks={"2020H2": "coup"}, group="south"),
        frame=table,
        alt=p.sentence(
            f"Columns by half-year; the highest is {peak['period']} with {p.count(int(peak['events']), 'event')}; the "
            f"last, {frame['period'].iloc[-1]}, has {_word(int(frame['events'].iloc[-1]))}; in all "
            f"{p.count(whole, 'event')} since 2015"
        ),
        fr=f.words(
            title=f"Kayes a connu {f.count(now, 'événement')} sur les 12 derniers mois après {f.word(before)} sur les 12 d’avant"
            f"{share_fr}",
            subtitle=f"{f.MI_EVENTS}, région de Kayes, par semestre {_covers_fr(frame, 6)}",
            alt=f"Colonnes par semestre ; la plus haute est celle du {f.half(peak['period'])} avec "
            f"{f.count(int(peak['events']), 'événement')} ; la dernière, {f.half(frame['period'].iloc[-1])}, en a "
            f"{f.word(int(frame['events'].iloc[-1]))} ; en tout {f.count(whole, 'événement')} depuis 2015",
        ),
        rests_on=(now, before),
        source=r.source("actors"),
        caveat=_SMALL if min(now, before) < d.SMALL_COUNT else "",
    )


def totals_multiples(r: Report) -> Figure:
    """All political violence in the four southern regions by half-year (totals by region)."""
    rows = m.in_zone(r.totals, "south")
    rows = rows.assign(area=rows["region"].map(p.region_name))
    end = r.end("totals")
    frame = m.series(rows, Window(pd.Period(_FIRST, "M"), end), "half", split="area")
    table = frame.rename(columns={"period": "Half-year", "area": "Region", "events": "Events", "fatalities": "Deaths"})
    table = table[["Region", "Half-year", "Events", "Deaths"]].sort_values(["Region", "Half-year"], ignore_index=True)
    span = Window(end - 11, end)
    now, before = m.count(rows, span), m.count(rows, span.before())
    top = m.tally(rows, span, "area").iloc[0]
    moved = _moved(now, before)
    found = intervals.attempt(rows, span, span.before()) if before >= d.SMALL_COUNT else None
    peaks = table.loc[table.groupby("Region")["Events"].idxmax()]
    return Figure(
        id="southern-totals",
        title=p.sentence(
            f"Counting all political violence, events in the south {moved} in the 12 months to "
            f"{month_name(end)}; {top['area']} leads with {p.number(int(top['events']))}"
        ),
        subtitle=f"Political-violence events of all actors by region, southern Mali, {_covers(frame, 'half-years', 6)} "
        f"(totals by region){intervals.behind(events=found)}",
        chart=charts.multiples(table, "Half-year", "Events", "Region", title="", columns=2, group="south", width=280),
        frame=table,
        alt=p.sentence(
            "Four panels of columns by half-year; peaks: "
            + p.listing(f"{row.Region} {p.number(row.Events)} in {row[2]}" for row in peaks.itertuples())
        ),
        fr=f.words(
            title=f"toute violence politique comprise, les événements du sud {_moved_fr(now, before)} sur les 12 mois achevés en "
            f"{f.month_name(end)} ; {f.the_region(top['area'])} vient en tête avec {f.number(int(top['events']))}",
            subtitle=f"{f.ALL_EVENTS} par région, sud du Mali, par semestre {_covers_fr(frame, 6)} (totaux par région)"
            + f.behind(événements=found),
            alt="Quatre panneaux de colonnes par semestre ; maximums : "
            + f.listing(f"{row.Region} {f.number(row.Events)} au {f.half(row[2])}" for row in peaks.itertuples()),
        ),
        rests_on=(now, before, int(top["events"])),
        source=r.source("totals"),
        caveat="Totals by region name no actor: they hold state forces, militias and unidentified groups too.",
    )


# --------------------------------------------------------------------------- Katiba Macina


def flm_growth(r: Report) -> Figure:
    """Change in events of the centre and the south by zone and group: JNIM as the proxy for FLM, and others."""
    mi, now, before = m.in_zone(_mi(r), *d.FLM_PROXY_ZONES), r.recent, r.recent_before
    jnim = mi["side1"].isin(d.JNIM_WIDE) | mi["side2"].isin(d.JNIM_WIDE)
    rows = []
    for zone in d.FLM_PROXY_ZONES:
        for name, mask in (("JNIM (FLM proxy)", jnim), ("other militant Islamists", ~jnim)):
            part = m.in_zone(mi[mask], zone)
            here, base = m.count(part, now), m.count(part, before)
            rows.append((f"{d.ZONE_LABELS[zone]}: {name}", here - base, here, base))
    table = pd.DataFrame(rows, columns=["Zone and group", "Change", now.label, before.label])
    proxy = [row for row in rows if "FLM" in row[0]]
    growth, all_growth = sum(row[1] for row in proxy), sum(row[1] for row in rows)
    held = m.ratio(sum(row[2] for row in proxy), m.count(mi, now))
    if all_growth > 0:
        title = (
            f"Events in the centre and the south changed by {_signed(all_growth)}; those with JNIM, the proxy for "
            f"Katiba Macina, by {_signed(growth)}"
        )
    else:
        title = (
            f"There is no rise to explain: events in the centre and the south changed by {_signed(all_growth)}, "
            f"those with JNIM by {_signed(growth)}"
        )
    if all_growth > 0:
        title_fr = (
            f"les événements du centre et du sud ont varié de {f.signed(all_growth)} ; ceux du JNIM, qui représente la Katiba "
            f"Macina, de {f.signed(growth)}"
        )
    else:
        title_fr = (
            f"il n’y a pas de hausse à expliquer : les événements du centre et du sud ont varié de {f.signed(all_growth)}, "
            f"ceux du JNIM de {f.signed(growth)}"
        )
    return Figure(
        id="southern-flm-growth",
        title=p.sentence(title),
        subtitle=f"Change in the number of militant Islamist events by zone and group, {now.label} against "
        f"{before.label}",
        chart=charts.diverging(
            table, "Zone and group", "Change", title="Change in events", unit="", group_up="flm", group_down="neutral"
        ),
        frame=table,
        alt=p.sentence(
            "Bars left and right of zero: "
            + p.listing(
                f"{_lower(row[0])} {_signed(row[1])} ({p.number(row[3])} to {p.number(row[2])})" for row in rows
            )
        ),
        fr=f.words(
            title=title_fr,
            subtitle=f"Variation du nombre d’{f.MI_EVENTS} par zone et par groupe, {f.label(now)} {f.against(before)}",
            alt="Barres à gauche et à droite de zéro : "
            + f.listing(
                f"{_named_fr(row[0])} {f.signed(row[1])} (de {f.number(row[3])} à {f.number(row[2])})" for row in rows
            ),
        ),
        source=r.source("actors"),
        caveat=f"JNIM holds {p.percent(held)} of the events here, so almost any change is JNIM's: the figure "
        f"cannot show "
        "which of its parts drives it.",
    )


def flm_shares(r: Report) -> Figure:
    """Share of the last months' events with JNIM (proxy) and with Katiba Macina named, by zone."""
    mi, span = _mi(r), r.recent
    jnim = mi["side1"].isin(d.JNIM_WIDE) | mi["side2"].isin(d.JNIM_WIDE)
    proxy, named = "By the proxy: JNIM", "Katiba Macina named in the record"
    rows = []
    for zone in d.FLM_PROXY_ZONES:
        whole = m.count(m.in_zone(mi, zone), span)
        for name, mask in ((proxy, jnim), (named, m.with_notes(mi)["flm"].ne("no"))):
            here = m.count(m.in_zone(mi[mask], zone), span)
            label = "proxy" if name == proxy else "named"
            rows.append((f"{d.ZONE_LABELS[zone]}, {label}", here / whole if whole else 0.0, name, here, whole))
    table = pd.DataFrame(rows, columns=["Zone and reading", "Share", "Reading", "Events", "of"])
    whole = sum(row[4] for row in rows) // 2
    by = table.groupby("Reading")["Events"].sum()
    part = f"all {p.number(whole)}" if by[proxy] == whole else f"{p.number(int(by[proxy]))} of {p.number(whole)}"
    part_fr = (
        f"à tous les {f.number(whole)}" if by[proxy] == whole else f"à {f.number(int(by[proxy]))} des {f.number(whole)}"
    )
    return Figure(
        id="southern-flm-shares",
        title=p.sentence(
            f"By the proxy Katiba Macina has part in {part} events of the centre and the south; "
            f"the record "
            f"names it in {_word(int(by[named]))}"
        ),
        subtitle=f"Share of militant Islamist events by zone and reading, {span.label}",
        chart=charts.bars(
            table,
            "Zone and reading",
            "Share",
            title="Share of events",
            unit="share",
            by="Reading",
            colours={"jnim": proxy, "flm": named},
            tips=["Events", "of"],
        ),
        frame=table,
        alt=p.sentence(
            "Bars: "
            + p.listing(
                f"{_lower(row[0])}: {p.percent(row[1])} ({p.number(row[3])} of {p.number(row[4])})" for row in rows
            )
        ),
        fr=f.words(
            title=f"en prenant le JNIM pour elle, la Katiba Macina a part {part_fr} événements du centre et du sud ; la source "
            f"{'la' if by[named] else 'ne la'} nomme dans {f.word(int(by[named]))}",
            subtitle=f"Part des {f.MI_EVENTS} par zone et selon la lecture, {f.label(span)}",
            alt="Barres : "
            + f.listing(
                f"{_named_fr(row[0])} : {f.percent(row[1])} ({f.number(row[3])} sur {f.number(row[4])})" for row in rows
            ),
        ),
        rests_on=(int(by[proxy]), int(by[named]), whole),
        source=r.source("actors"),
        caveat=_SMALL if min(row[4] for row in rows) < d.SMALL_COUNT else "",
    )


# --------------------------------------------------------------------------- people


def people_and_events(r: Report) -> Figure:
    """Each zone's share of people, land, events and deaths."""
    mi, span = _mi(r), r.last_12
    mi = mi.assign(zone=mi["region"].map(d.ZONE_OF))
    shares = m.zone_shares(r.regions).set_index("zone")
    events = m.tally(mi, span, "zone").set_index("zone")["share"]
    deaths = m.tally(mi, span, "zone", "fatalities").set_index("zone")["share"]
    measured = {"People": shares["population_share"], "Land": shares["area_share"], "Events": events, "Deaths": deaths}
    rows = [
        (f"{what}: {_lower(d.ZONE_LABELS[zone])}", float(values.get(zone, 0.0)), d.ZONE_LABELS[zone])
        for what, values in measured.items()
        for zone in ZONE_COLOURS
    ]
    table = pd.DataFrame(rows, columns=["Measure", "Share", "Zone"])
    people, share = shares.loc["south", "population_share"], float(events.get("south", 0.0))
    what_fr = {"People": "des habitants", "Land": "des terres", "Events": "des événements", "Deaths": "des morts"}
    return Figure(
        id="southern-people",
        title=p.sentence(
            f"The south holds {p.percent(people)} of the people and {p.percent(share)} of militant Islamist events"
        ),
        subtitle=f"Shares of Mali by zone: people and land; militant Islamist events and deaths in them, {span.label}",
        chart=charts.bars(
            table, "Measure", "Share", title="Share of Mali", unit="share", by="Zone", colours=ZONE_COLOURS
        ),
        frame=table,
        alt=p.sentence(
            "Bars in four groups of three zones: " + p.listing(f"{row[0]} {p.percent(row[1])}" for row in rows)
        ),
        fr=f.words(
            title=f"le sud réunit {f.percent(people)} des habitants et {f.percent(share)} des {f.MI_EVENTS}",
            subtitle=f"Parts du Mali par zone : habitants et terres ; {f.MI_EVENTS} et morts dans ceux-ci, {f.label(span)}",
            alt="Barres en quatre groupes de trois zones : "
            + f.listing(
                f"{f.percent(float(values.get(zone, 0.0)))} {what} {f.to(f.ZONES[zone].removesuffix(' du Mali'))}"
                for what, values in ((what_fr[key], column) for key, column in measured.items())
                for zone in ZONE_COLOURS
            ),
        ),
        rests_on=(m.count(m.in_zone(mi, "south"), span), m.count(mi, span)),
        source=r.source("actors", "regions"),
        caveat="The population table is labelled 2020 and looks low in total: good for shares, not for rates.",
    )


def per_people(r: Report) -> Figure:
    """Militant Islamist events per 100,000 people by region, last 12 months."""
    mi, span = _mi(r), r.last_12
    counts = pd.DataFrame({"region": d.REGIONS})
    counts["events"] = [m.count(m.in_regions(mi, region), span) for region in d.REGIONS]
    rates = m.per_100k(counts, r.regions, "region", "events")
    rates = rates.sort_values("per_100k", ascending=False, ignore_index=True)
    rounded = [d.round_half_up(x, 1) for x in rates["per_100k"]]
    table = pd.DataFrame(
        {
            "Region": rates["region"].map(p.region_name),
            "Events per 100,000": rounded,
            "Zone": rates["region"].map(d.ZONE_OF).map(d.ZONE_LABELS),
            "Events": rates["events"],
            "People": rates["population"],
        }
    )
    south = rates[rates["region"].isin(d.ZONES["south"])]
    top, best = rates.iloc[0], south.iloc[0]
    rank = int(rates.index[rates["region"].eq(best["region"])][0]) + 1
    return Figure(
        id="southern-per-people",
        title=p.sentence(
            f"{p.region_name(top['region'])} has most events for its people; the first southern region, "
            f"{p.region_name(best['region'])}, is number {rank} of {len(rates)}"
        ),
        subtitle=f"Militant Islamist events per 100,000 people by region, {span.label}",
        chart=charts.bars(
            table,
            "Region",
            "Events per 100,000",
            title="Events per 100,000 people",
            by="Zone",
            digits=1,
            colours=ZONE_COLOURS,
            tips=["Events", "People"],
        ),
        frame=table,
        alt=p.sentence(
            "Bars by region: " + p.listing(f"{row.Region} {p.number(row[2], 1)}" for row in table.itertuples())
        ),
        fr=f.words(
            title=f"{f.the_region(top['region'])} compte le plus d’événements pour sa population ; la première du sud, "
            f"{f.region_name(best['region'])}, est au rang {rank} sur {len(rates)}",
            subtitle=f"{f.MI_EVENTS} pour 100\u202f000 habitants par région, {f.label(span)}",
            alt="Barres par région : " + f.listing(f"{row.Region} {f.number(row[2], 1)}" for row in table.itertuples()),
        ),
        rests_on=(int(top["events"]), int(best["events"])),
        source=r.source("actors", "regions"),
        caveat="The population table is labelled 2020 and looks low in total: read the order of the regions, not the "
        "level. Taoudénit is counted within Tombouctou.",
    )


def dated_events(r: Report) -> Table:
    """Show the latest dated acts of violence in the zone, up to the edition's day."""
    rows = r.chronology
    rows = rows[rows["region"].isin(d.ZONES["south"]) & rows["category"].eq("violence")].tail(12)
    if rows.empty:
        raise NotInEdition("The chronology holds no dated violence in southern Mali before this edition's day.")
    return chronology_table(rows, "Dated violence in southern Mali, up to this edition")


# --------------------------------------------------------------------------- what happened next


def _made(claim_id: str, r: Report) -> Report | None:
    """Return the report in which a claim was made, or None where the edition is older than the claim."""
    wanted = next((row for row in claims.due(r) if row.id == claim_id), None)
    return Report(wanted.made_in, r.data_dir) if wanted else None


def projected_year(r: Report) -> Figure | str:
    """Show the projected year around Bamako, month by month, against its pace."""
    made = _made("R22-10", r)
    if made is None:
        # The sentence above the figure says that nothing had been projected: no need to repeat it.
        return ""
    near, whole = m.around_bamako(m.militant_islamist(r.all_actors)), year(made.as_of.year)
    monthly = m.series(near, whole, "month", values=["events"])
    known = made.as_of.month
    recorded, pace_label = "Recorded", f"Pace of January-{month_name(made.as_of)}"
    run = monthly["events"].cumsum()
    pace = m.pace(int(run.iloc[known - 1]), known)
    table = pd.concat(
        [
            pd.DataFrame({"Month": monthly["period"], "Line": recorded, "Events": run.astype(float)}),
            pd.DataFrame(
                {
                    "Month": monthly["period"],
                    "Line": pace_label,
                    "Events": [round(pace / 12 * (i + 1), 1) for i in range(12)],
                }
            ),
        ],
        ignore_index=True,
    )
    real = int(run.iloc[-1])
    return Figure(
        id="southern-next-year",
        title=p.sentence(
            f"{whole.label} ended with {p.count(real, 'event')} around Bamako; the pace of its first "
            f"{p.word(known)} months had pointed to {p.number(pace)}"
        ),
        subtitle=f"Militant Islamist events within {_RADIUS} km of Bamako, cumulative by month, {whole.label}",
        chart=charts.lines(
            table,
            "Month",
            "Events",
            title="Events since January",
            by="Line",
            colours={"islamist": recorded, "neutral": pace_label},
            marks={str(made.as_of): "report"},
        ),
        frame=table,
        alt=p.sentence(
            f"Two rising lines; recorded events reach {int(run.iloc[known - 1])} in "
            f"{month_name(made.as_of)} "
            f"and {real} in December; the pace reaches {p.number(pace, 1)}"
        ),
        fr=f.words(
            title=f"{f.label(whole)} s’est achevée avec {f.count(real, 'événement')} autour de Bamako ; le rythme de ses "
            f"{f.word(known)} premiers mois menait à {f.number(pace)}",
            subtitle=f"{f.MI_EVENTS} à moins de {_RADIUS} km de Bamako, cumul par mois, {f.label(whole)}",
            alt=f"Deux courbes croissantes ; les événements recensés atteignent {int(run.iloc[known - 1])} en "
            f"{f.month_name(made.as_of)} et {real} en décembre ; le rythme atteint {f.number(pace, 1)}",
        ),
        rests_on=(real, int(run.iloc[known - 1])),
        source=r.source("actors"),
        caveat=_SMALL if real < 2 * d.SMALL_COUNT else "",
    )


def later_bamako(r: Report) -> Figure:
    """Events around Bamako by quarter, the months after the edition in colour."""
    later = r.later()
    if later is None:
        raise NotInEdition("The tables hold no months after this edition.")
    near = m.around_bamako(m.militant_islamist(r.all_actors))
    span = Window(r.as_of - 23, later.last)
    frame = m.series(near, span, "quarter", values=["events"])
    after = set(m.series(near, later, "quarter", values=["events"])["period"])
    sums = pd.DataFrame({"period": frame["period"], "Events": frame["events"], "After": frame["period"].isin(after)})
    table = sums.rename(columns={"period": "Quarter", "After": "After this edition"})
    total = m.count(near, later)
    before = later.before() if str(later.before().first) >= "2012-01" else None
    tail = "" if before is None else f", after {_word(m.count(near, before))} in as many months before"
    peak = table.loc[table["Events"].idxmax()]
    tail_fr = "" if before is None else f", contre {f.word(m.count(near, before))} en autant de mois avant"
    return Figure(
        id="southern-next-bamako",
        title=p.sentence(f"{later.label} brought {p.count(total, 'event')} around Bamako{tail}"),
        subtitle=f"Militant Islamist events within {_RADIUS} km of Bamako by quarter, {span.label}; in colour the "
        "quarters that run past this edition",
        chart=charts.columns(table, "Quarter", "Events", title="Events", highlight="After this edition"),
        frame=table,
        alt=p.sentence(
            f"Columns by quarter; the highest is {peak['Quarter']} with "
            f"{p.count(int(peak['Events']), 'event')}; "
            f"{p.count(total, 'event falls', 'events fall')} after this edition"
        ),
        fr=f.words(
            title=f"{f.count(total, 'événement')} autour de Bamako {f.at(f.label(later))}{tail_fr}",
            subtitle=f"{f.MI_EVENTS} à moins de {_RADIUS} km de Bamako par trimestre, {f.label(span)} ; en couleur, les "
            "trimestres qui vont au-delà de cette édition",
            alt=f"Colonnes par trimestre ; la plus haute est celle du {f.quarter(peak['Quarter'])} avec "
            f"{f.count(int(peak['Events']), 'événement')} ; {f.count(total, 'événement')} "
            f"{f.agree(total, 'vient', 'viennent')} après cette édition",
        ),
        rests_on=(total,),
        source=r.source("actors"),
        caveat=f"Counts of a quarter are small: most lie below {d.SMALL_COUNT}.",
    )


def later_kayes(r: Report) -> Figure | str:
    """All political violence in Kayes by half-year, the months after the edition in colour."""
    rows = m.in_regions(r.all_totals, "Kayes")
    last = pd.Period(str(rows["month"].max()), "M")
    if last <= r.end("totals"):
        # The figure before this one has said so.
        return ""
    span = Window(pd.Period(_FIRST, "M"), last)
    frame = m.series(rows, span, "half")
    table = pd.DataFrame(
        {
            "Half-year": frame["period"],
            "Events": frame["events"],
            "Deaths": frame["fatalities"],
            "After this edition": [str(half(name).last) > str(r.end("totals")) for name in frame["period"]],
        }
    )
    peak = table.loc[table["Events"].idxmax()]
    until = window(r.as_of - 11, r.as_of)
    return Figure(
        id="southern-next-kayes",
        title=p.sentence(
            f"Political violence in Kayes peaked in {peak['Half-year']} with "
            f"{p.count(int(peak['Events']), 'event')}; the 12 months to {month_name(r.as_of)} had "
            f"{_word(m.count(rows, until))}"
        ),
        subtitle=f"Political-violence events of all actors, Kayes region, {_covers(frame, 'half-years', 6)} (totals by "
        "region); in colour the half-years that run past this edition",
        chart=charts.columns(
            table, "Half-year", "Events", title="Events", highlight="After this edition", group="south"
        ),
        frame=table,
        alt=p.sentence(
            f"Columns by half-year; the highest is {peak['Half-year']} with {peak['Events']} "
            f"events; the last, "
            f"{table['Half-year'].iloc[-1]}, has {table['Events'].iloc[-1]}"
        ),
        fr=f.words(
            title=f"la violence politique à Kayes a culminé au {f.half(peak['Half-year'])} avec "
            f"{f.count(int(peak['Events']), 'événement')} ; les 12 mois achevés en {f.month_name(r.as_of)} en avaient "
            f"{f.word(m.count(rows, until))}",
            subtitle=f"{f.ALL_EVENTS}, région de Kayes, par semestre {_covers_fr(frame, 6)} (totaux par région) ; en couleur, les "
            "semestres qui vont au-delà de cette édition",
            alt=f"Colonnes par semestre ; la plus haute est celle du {f.half(peak['Half-year'])} avec {peak['Events']} "
            f"événements ; la dernière, {f.half(table['Half-year'].iloc[-1])}, en a {table['Events'].iloc[-1]}",
        ),
        rests_on=(m.count(rows, until),),
        source=r.source("totals"),
        caveat="Totals by region name no actor.",
    )


def later_events(r: Report) -> Table | str:
    """Dated events of southern Mali in the two years after the edition."""
    rows = r.later_chronology
    if rows.empty:
        return ""
    until = str(r.as_of + 24)
    rows = rows[
        rows["region"].isin(d.ZONES["south"]) & rows["category"].eq("violence") & (rows["date"].str[:7] <= until)
    ]
    if rows.empty:
        raise NotInEdition(
            "The chronology holds no later entry on violence in southern Mali in the two years that followed."
        )
    return chronology_table(rows, f"Dated violence in southern Mali, after this edition and up to {until}")

"""Figures and tables of the chapter on northern Mali (Gao, Kidal, Ménaka, Taoudénit and Tombouctou)."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from helpers import charts, data
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition, chronology_table
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.figures import Figure, KeyFigure, KeyFigures, Table
from helpers.geodesy import cells_within
from helpers.terms import term
from helpers.windows import Window, half, half_before, last_half, month, month_name

IS = d.LABELS["is-sahel"]
REGIONS = tuple(region for region in d.REGIONS if d.ZONE_OF[region] == "north")
# Departures that readers know; a mark outside an edition's own months is not drawn.
MARKS = {"2020H2": "coup", "2022H2": "last French troops", "2023H2": "MINUSMA leaves"}
ACTING = {
    "jnim": ("jnim", "flm"),
    "is-sahel": ("is-sahel",),
    "state": ("state", "wagner"),
    "separatist": ("separatist",),
    "international": ("un", "france-partners"),
    "unidentified": ("unidentified",),
}
ACTING_LABELS = {
    "jnim": "JNIM",
    "is-sahel": IS,
    "state": "State forces",
    "separatist": "Separatists",
    "international": "UN, France and partners",
    "unidentified": "Unidentified",
    "neutral": "Others",
}
SIDES = "The first recorded side acts in attacks; in battles the record need not say who began."


def _fought_fr(value: int) -> str:
    """Return the verb in French: how often two sides fought each other."""
    return f"se sont affrontés {fr.often(value)}" if value else "ne se sont pas affrontés"


def _months_to(r: Report, table: str = "actors") -> str:
    return f"to {month_name(r.end(table))}"


def _is_rows(r: Report, *regions: str) -> pd.DataFrame:
    return m.in_regions(m.involving(r.actors, ["is-sahel"]), *regions)


def _rival_rows(actors: pd.DataFrame) -> pd.DataFrame:
    return m.between(actors, ["is-sahel"], d.JNIM_WIDE)


def _separatist_rows(actors: pd.DataFrame) -> pd.DataFrame:
    return m.between(actors, ["state", "wagner"], ["separatist"])


def _arrived(r: Report) -> bool:
    return str(r.as_of) >= d.WAGNER_ARRIVAL


def _state(r: Report) -> str:
    return "state forces or Wagner" if _arrived(r) else "state forces"


def _halves(r: Report) -> tuple[str, str]:
    """Return the last complete half-year and the one before it."""
    return r.half, half_before(r.half)


# --------------------------------------------------------------------------- key figures


def key_figures(r: Report) -> KeyFigures:
    """Violence in the north, the toll of Islamic State Sahel in the east, and the fights of its foes, over 12 months."""
    north = m.in_zone(r.actors[r.actors["event_type"].isin(d.VIOLENT)], "north")
    return KeyFigures(
        [
            KeyFigure(
                p.number(m.count(rows, r.last_12, value)),
                f"{label}, {r.last_12.label}",
                f"{p.number(m.count(rows, r.before_12, value))} in the 12 months before",
            )
            for label, rows, value in (
                ("violent events in northern Mali", north, "events"),
                (
                    "deaths in events of Islamic State Sahel in Gao and Ménaka",
                    _is_rows(r, "Gao", "Menaka"),
                    "fatalities",
                ),
                ("clashes between JNIM and Islamic State Sahel", _rival_rows(r.actors), "events"),
                (f"fights between {_state(r)} and separatists", _separatist_rows(r.actors), "events"),
            )
        ]
    )


# --------------------------------------------------------------------------- the north as a whole


def actors(r: Report) -> Figure:
    """Violent events in the north by the acting group and half-year."""
    rows = m.in_zone(r.actors[r.actors["event_type"].isin(d.VIOLENT)], "north")
    labels = ACTING_LABELS | {"state": "State forces and Wagner" if _arrived(r) else "State forces"}
    kind = {group: labels[name] for name, groups in ACTING.items() for group in groups}
    rows = rows.assign(acting=rows["side1"].map(kind).fillna(labels["neutral"]))
    sums = m.series(rows, r.since("2017-01"), "half", split="acting", values=["events"])
    frame = sums.rename(columns={"period": "Half-year", "acting": "Acting side", "events": "Events"})
    frame = frame[["Half-year", "Acting side", "Events"]]
    now = m.tally(rows, r.last_12, "acting").set_index("acting")
    a, b = now.index[0], now.index[1]
    total, before = m.count(rows, r.last_12), m.count(rows, r.before_12)
    found = intervals.attempt(rows, r.last_12, r.before_12)
    colours = {key: label for key, label in labels.items() if label in set(frame["Acting side"])}

    def share_fr(index: int) -> str:
        return f"dans {fr.percent(now['share'].iloc[index])}"

    acts = "agit" if a in ("JNIM", IS) else "agissent"
    return Figure(
        id="northern-actors",
        title=p.sentence(
            f"violent events in the north {p.moved(total, before)} in the last 12 months, to "
            f"{p.number(total)}; {_named(a)} in {p.percent(now['share'].iloc[0])} of them, "
            f"{_named(b).removesuffix(' act').removesuffix(' acts')} in "
            f"{p.percent(now['share'].iloc[1])}"
        ),
        subtitle=f"Violent events by the acting side, northern Mali, half-years {frame['Half-year'].iloc[0]} to "
        f"{frame['Half-year'].iloc[-1]}{p.incomplete(sums)}{intervals.behind(events=found)}",
        chart=charts.stacked(frame, "Half-year", "Events", "Acting side", colours, title="Events", marks=MARKS),
        frame=frame,
        alt=p.sentence(
            f"stacked columns by half-year; "
            f"{p.peak(frame.groupby('Half-year', sort=False)['Events'].sum(), 'event')}; in the "
            f"last 12 months " + p.listing(f"{name} {p.number(value)}" for name, value in now["events"].items())
        ),
        fr=fr.words(
            f"Les événements violents dans le nord {fr.moved(total, before)} au cours des 12 derniers mois, à {fr.number(total)} ; "
            f"{term(a)} {acts} {share_fr(0)} d’entre eux, {term(b)} {share_fr(1)}",
            "Événements violents selon la partie qui agit, nord du Mali, semestres, "
            f"{fr.running(frame['Half-year'].iloc[0], frame['Half-year'].iloc[-1])}{fr.incomplete(sums)}"
            + fr.behind(événements=found),
            f"Colonnes empilées par semestre ; {fr.peak(frame.groupby('Half-year', sort=False)['Events'].sum(), 'événement')} ; au "
            "cours des 12 derniers mois, "
            + fr.listing(f"{term(name)} {fr.number(value)}" for name, value in now["events"].items()),
        ),
        rests_on=[total, before],
        source=r.source("actors"),
        caveat=SIDES,
    )


def _named(label: str) -> str:
    """Return an acting side with its verb, as it stands inside a sentence."""
    words = {
        "State forces": "state forces act",
        "State forces and Wagner": "state forces and Wagner act",
        "Separatists": "separatists act",
        "Unidentified": "unidentified groups act",
        "Others": "other groups act",
        "UN, France and partners": "the UN, France and partners act",
    }
    return words.get(label, f"{label} acts")


def regions(r: Report) -> Figure:
    """Deaths in political violence by northern region and half-year (HDX)."""
    end = r.end("totals")
    span = Window(month("2017-01"), end)
    rows = m.in_zone(r.totals, "north")
    sums = m.series(rows, span, "half", split="region", values=["fatalities"])
    frame = sums.assign(region=sums["region"].map(p.region_name)).rename(
        columns={"period": "Half-year", "region": "Region", "fatalities": "Deaths"}
    )[["Half-year", "Region", "Deaths"]]
    last_12 = Window(end - 11, end)
    now, before = (m.count(rows, when, "fatalities") for when in (last_12, last_12.before()))
    found = intervals.attempt(rows, last_12, last_12.before(), "fatalities")
    top = m.tally(rows, last_12, "region", "fatalities").iloc[0]
    return Figure(
        id="northern-regions",
        title=p.sentence(
            f"deaths in the north {p.moved(now, before)} in the 12 months to {month_name(end)}, from "
            f"{p.number(before)} to {p.number(now)}; {p.region_name(top['region'])} has "
            f"{p.percent(top['share'])} of them"
        ),
        subtitle=f"Deaths in political violence by all actors, by region, half-years {frame['Half-year'].iloc[0]} "
        f"to "
        f"{frame['Half-year'].iloc[-1]}{p.incomplete(sums)} (totals by region, {_months_to(r, 'totals')})"
        + intervals.behind(deaths=found),
        chart=charts.multiples(frame, "Half-year", "Deaths", "Region", title="", group="north", columns=2, width=290),
        frame=frame,
        alt=p.sentence(
            "four small charts of columns; highest half-year: "
            + p.listing(
                f"{name} {part.loc[part['Deaths'].idxmax(), 'Half-year']} with {p.number(part['Deaths'].max())}"
                for name, part in frame.groupby("Region")
            )
        ),
        fr=fr.words(
            f"Le nombre de morts dans le nord {fr.moved(now, before, plural=False)} dans les 12 mois jusqu’en {fr.month_name(end)}, "
            f"de {fr.number(before)} à {fr.number(now)} ; la région {fr.of(p.region_name(top['region']))} en a "
            f"{fr.percent(top['share'])}",
            "Morts dans la violence politique de tous les acteurs, par région, semestres, "
            f"{fr.running(frame['Half-year'].iloc[0], frame['Half-year'].iloc[-1])}{fr.incomplete(sums)} (totaux par région, jusqu’en "
            f"{fr.month_name(end)}){fr.behind(morts=found)}",
            "Quatre petits graphiques en colonnes ; semestre le plus meurtrier : "
            + " ; ".join(
                f"{name}, {fr.half(str(part.loc[part['Deaths'].idxmax(), 'Half-year']))}, avec {fr.number(part['Deaths'].max())}"
                for name, part in frame.groupby("Region")
            ),
        ),
        rests_on=[now, before],
        source=r.source("totals"),
    )


def _north_shapes(r: Report) -> dict[str, Any]:
    whole = data.shapes("cercles", r.data_dir)
    return {**whole, "features": [f for f in whole["features"] if f["properties"]["zone"] == "north"]}


def _labels(r: Report) -> pd.DataFrame:
    named = ["Gao", "Tombouctou", "Ménaka", "Tessalit", "Taoudenni", "Bourem", "Goundam", "Araouane"]
    return r.places[r.places["place"].isin(named)]


def map_cells(r: Report) -> Figure:
    """Militant Islamist events by cell in the last complete half-year."""
    now, before = _halves(r)
    shapes = _north_shapes(r)
    cells = cells_within(r.footprint[r.footprint["half"].isin([now, before])], shapes, d.CELL_DEGREES)
    here = cells[cells["half"].eq(now) & cells["mi_events"].gt(0)]
    earlier = cells[cells["half"].eq(before) & cells["mi_events"].gt(0)]
    if here.empty:
        raise NotInEdition(f"No militant Islamist event is recorded in the north in {half(now).label}.")
    frame = here.rename(columns={"mi_events": "Events"})[["south", "west", "Events"]]
    table = frame.rename(columns={"south": "Southern edge (degrees)", "west": "Western edge (degrees)"})
    most = int(frame["Events"].max())
    when_fr = fr.label(half(now))
    than = (
        f"{fr.more_or_fewer(len(here), len(earlier))} les {fr.number(len(earlier))} du semestre d’avant"
        if len(here) != len(earlier)
        else "autant qu’au semestre d’avant"
    )
    return Figure(
        id="northern-map-cells",
        title=p.sentence(
            f"militant Islamist events touched {p.count(len(here), 'cell')} of the north in "
            f"{half(now).label}, {p.more_or_fewer(len(here), len(earlier))} the "
            f"{p.number(len(earlier))} of the "
            "half-year before"
            if len(here) != len(earlier)
            else f"militant Islamist events touched {p.count(len(here), 'cell')} of the north in "
            f"{half(now).label}, as many as in the half-year before"
        ),
        subtitle=f"Militant Islamist events by cell of {d.CELL_DEGREES} degree (about 11 km) whose middle lies in "
        f"northern Mali, "
        f"{half(now).label}; the area of a circle grows with the count",
        chart=charts.cells(shapes, frame, "Events", title="Events", size=d.CELL_DEGREES, places=_labels(r)),
        frame=table,
        alt=p.sentence(
            f"map of the northern cercles with {p.count(len(here), 'circle')}; "
            f"{p.count(int(frame['Events'].sum()), 'event')} in all, at most {p.word(most)} in one "
            f"cell; the "
            f"northernmost cell begins at {p.number(frame['south'].max(), 1)} degrees north, the "
            f"southernmost at "
            f"{p.number(frame['south'].min(), 1)}"
        ),
        fr=fr.words(
            f"Les événements islamistes militants ont touché {fr.count(len(here), 'cellule', feminine=True)} du nord en {when_fr}, "
            f"{than}",
            f"Événements islamistes militants par cellule de {fr.number(d.CELL_DEGREES, 1)} degré (environ 11 km) dont le milieu est dans "
            f"le nord du Mali, "
            f"{when_fr} ; l’aire d’un disque croît avec le nombre",
            f"Carte des cercles du nord avec {fr.count(len(here), 'disque')} ; {fr.count(int(frame['Events'].sum()), 'événement')} "
            f"en tout, au plus {fr.word(most)} dans une cellule ; la cellule la plus au nord commence à "
            f"{fr.number(frame['south'].max(), 1)} degrés nord, la plus au sud à {fr.number(frame['south'].min(), 1)}",
        ),
        source=r.source("footprint", "regions"),
        caveat=charts.BORDER_NOTE + " An empty cell is one without a recorded event, not one under the state's "
        "control.",
    )


def map_deaths(r: Report) -> Figure:
    """Deaths by northern cercle in the last complete half-year of the totals."""
    now = last_half(r.end("totals"))
    before = half_before(now)
    rows = r.cercle_halves[r.cercle_halves["region"].isin(REGIONS)]
    here = rows[rows["half"].eq(now)].set_index("cercle")
    earlier = rows[rows["half"].eq(before)].set_index("cercle")["fatalities"]
    table = here[["region", "events", "fatalities"]].assign(before=earlier).reset_index()
    table = table.sort_values(["fatalities", "cercle"], ascending=[False, True], ignore_index=True)
    if not table["fatalities"].sum():
        raise NotInEdition(f"No deaths are recorded in the north in {half(now).label}.")
    shown = table.assign(cercle=table["cercle"].map(p.cercle_name), region=table["region"].map(p.region_name)).rename(
        columns={
            "cercle": "Cercle",
            "region": "Region",
            "events": "Events",
            "fatalities": "Deaths",
            "before": f"Deaths in {half(before).label}",
        }
    )
    first, total = table.iloc[0], int(table["fatalities"].sum())
    share = first["fatalities"] / total
    when_fr = fr.label(half(now))
    return Figure(
        id="northern-map-deaths",
        title=p.sentence(
            f"the cercle of {p.cercle_name(first['cercle'])} counts {p.percent(share)} of the "
            f"{p.number(total)} deaths in the north in {half(now).label}"
        ),
        subtitle=f"Deaths in political violence by all actors, counts by cercle, northern Mali, {half(now).label} "
        f"(totals by cercle, {_months_to(r, 'totals')})",
        chart=charts.area_circles(
            _north_shapes(r),
            table[table["fatalities"].gt(0)].rename(columns={"fatalities": "Deaths", "events": "Events"}),
            "cercle",
            "Deaths",
            title="Deaths",
            names={name: p.cercle_name(name) for name in table["cercle"]},
            tips=["Events"],
            group="north",
        ),
        frame=shown,
        alt=p.sentence(
            "map of the northern cercles with a circle for the deaths in each; "
            + p.listing(
                f"{p.cercle_name(name)} {p.number(value)}"
                for name, value in zip(table["cercle"].head(4), table["fatalities"].head(4), strict=True)
            )
            + f" of {p.number(total)} in "
            f"all"
        ),
        fr=fr.words(
            f"Le cercle {fr.of(p.cercle_name(first['cercle']))} compte {fr.percent(share)} des {fr.number(total)} morts du nord en "
            f"{when_fr}",
            f"Morts dans la violence politique de tous les acteurs, nombres par cercle, nord du Mali, {when_fr} (totaux par "
            f"cercle, jusqu’en {fr.month_name(r.end('totals'))})",
            "Carte des cercles du nord, dans chacun un disque pour ses morts ; "
            + fr.listing(
                f"{p.cercle_name(name)} {fr.number(value)}"
                for name, value in zip(table["cercle"].head(4), table["fatalities"].head(4), strict=True)
            )
            + f" sur {fr.number(total)} en tout",
        ),
        rests_on=[total],
        source=r.source("cercle_halves", "regions"),
        caveat=charts.BORDER_NOTE + " Counts, not rates: the far northern cercles are vast and nearly empty.",
    )


# --------------------------------------------------------------------------- Islamic State Sahel


def is_deaths(r: Report) -> Figure:
    """Deaths in events of Islamic State Sahel in Gao and Ménaka, attacks on civilians apart."""
    rows = _is_rows(r, "Gao", "Menaka")
    kinds = {d.VAC: "Attacks on civilians"}
    rows = rows.assign(kind=rows["event_type"].map(kinds).fillna("Battles and explosions"))
    sums = m.series(rows, r.since("2017-01"), "half", split="kind", values=["fatalities"])
    frame = sums.rename(columns={"period": "Half-year", "kind": "Deaths in", "fatalities": "Deaths"})
    frame = frame[["Half-year", "Deaths in", "Deaths"]]
    totals = frame.groupby("Half-year", sort=False)["Deaths"].sum()
    now, before = _halves(r)
    a, b = int(totals[now]), int(totals[before])
    earlier = totals[totals.index < now]
    if a > earlier.max():
        record = "more than in any half-year since 2017 before it"
        record_fr = "plus que dans tout autre semestre depuis 2017"
    elif str(earlier.idxmax()) == before:
        record = "the highest half-year since 2017"
        record_fr = "le semestre le plus meurtrier depuis 2017"
    else:
        record_fr = (
            f"le semestre le plus meurtrier est {fr.label(half(str(earlier.idxmax())))} avec {fr.number(earlier.max())}"
        )
        record = f"the highest half-year is {half(str(earlier.idxmax())).label} with {p.number(earlier.max())}"
    joint = "," if record == "the highest half-year since 2017" else ";"
    worst = m.deadliest(rows, r.since("2017-01"))
    return Figure(
        id="northern-is-deaths",
        title=p.sentence(
            f"events of Islamic State Sahel in Gao and Ménaka cost {p.count(a, 'life', 'lives')} in "
            f"{half(now).label}, after {p.number(b)} in the half-year before{joint} {record}"
        ),
        subtitle=f"Deaths in violent events with {IS} on either side, Gao and Ménaka, half-years "
        f"{totals.index[0]} to "
        f"{totals.index[-1]}{p.incomplete(sums)}",
        chart=charts.stacked(
            frame,
            "Half-year",
            "Deaths",
            "Deaths in",
            {"civilians": "Attacks on civilians", "is-sahel": "Battles and explosions"},
            title="Deaths",
            marks=MARKS,
        ),
        frame=frame,
        alt=p.sentence(
            f"stacked columns by half-year; {p.peak(totals, 'death')}; the deadliest single event, in "
            f"{p.region_name(worst['region'])} in {month_name(month(worst['month']))}, cost "
            f"{p.count(int(worst['deadliest']), 'life', 'lives')}"
        ),
        fr=fr.words(
            f"Les événements de l’État islamique au Sahel à Gao et à Ménaka ont coûté {fr.count(a, 'vie', feminine=True)} en "
            f"{fr.label(half(now))}, après {fr.number(b)} au semestre d’avant{' ;' if joint == ';' else ','} {record_fr}",
            "Morts dans les événements violents où l’État islamique au Sahel est partie, Gao et Ménaka, semestres, "
            f"{fr.running(totals.index[0], totals.index[-1])}{fr.incomplete(sums)}",
            f"Colonnes empilées par semestre ; {fr.peak(totals, 'mort')} ; l’événement le plus meurtrier, dans la région "
            f"{fr.of(p.region_name(worst['region']))} en {fr.month_name(worst['month'])}, a coûté "
            f"{fr.count(int(worst['deadliest']), 'vie', feminine=True)}",
        ),
        rests_on=[a, b],
        source=r.source("actors"),
        caveat="ACLED counts deaths by event, on all sides; tolls from Ménaka often rest on one source.",
    )


def is_share(r: Report) -> Figure:
    """Share of these deaths in all deaths of militant Islamist events and of political violence in Mali."""
    span = r.since("2017-01")
    rows = _is_rows(r, "Gao", "Menaka")
    violent = r.actors[r.actors["event_type"].isin(d.VIOLENT)]
    one = m.series(rows, span, "half", values=["fatalities"])
    lines = []
    for label, whole in (("of militant Islamist", m.militant_islamist(r.actors)), ("of all", violent)):
        every = m.series(whole, span, "half", values=["fatalities"])
        lines += [
            (period, label, part, total, part / total if total else 0.0)
            for period, part, total in zip(one["period"], one["fatalities"], every["fatalities"], strict=True)
        ]
    frame = pd.DataFrame(lines, columns=["Half-year", "Share", "Deaths", "Whole", "Part"])
    frame["Share"] = frame["Share"].map(
        {
            "of militant Islamist": "of deaths in militant Islamist events",
            "of all": "of all deaths in political violence",
        }
    )
    now, _ = _halves(r)
    part = frame[frame["Half-year"].eq(now)].set_index("Share")["Part"]
    every = frame[frame["Share"].eq("of all deaths in political violence")].set_index("Half-year")["Part"]
    top = every.idxmax()
    return Figure(
        id="northern-is-share",
        title=p.sentence(
            f"in {half(now).label} Islamic State Sahel's events in Gao and Ménaka took {p.percent(part.iloc[0])} of the "
            f"deaths in militant Islamist events and {p.percent(part.iloc[1])} of all in political violence"
        ),
        subtitle=f"Share of deaths in events of {IS} in Gao and Ménaka, Mali = 100 percent, half-years "
        f"{one['period'].iloc[0]} to {one['period'].iloc[-1]}{p.incomplete(one)}",
        chart=charts.lines(
            frame,
            "Half-year",
            "Part",
            title="Share of deaths",
            by="Share",
            unit="share",
            colours={
                "islamist": "of deaths in militant Islamist events",
                "neutral": "of all deaths in political violence",
            },
            marks=MARKS,
        ),
        frame=frame.rename(columns={"Whole": "Deaths in the whole", "Part": "Share of the whole"}),
        alt=p.sentence(
            f"two lines by half-year; of all deaths the share is highest in {top} with "
            f"{p.percent(every[top])} and "
            f"{p.percent(every.iloc[-1])} in the last, {every.index[-1]}"
        ),
        fr=fr.words(
            f"{fr.at(fr.label(half(now)))}, les événements de l’État islamique au Sahel à Gao et à Ménaka font {fr.percent(part.iloc[0])} des morts "
            f"des événements islamistes militants et {fr.percent(part.iloc[1])} de tous ceux de la violence politique",
            "Part des morts des événements de l’État islamique au Sahel à Gao et à Ménaka, Mali = 100 %, semestres, "
            f"{fr.running(one['period'].iloc[0], one['period'].iloc[-1])}{fr.incomplete(one)}",
            f"Deux courbes par semestre ; de tous les morts, la part est la plus haute au {fr.half(str(top))} avec "
            f"{fr.percent(every[top])} ; au dernier, {fr.half(str(every.index[-1]))}, elle est de {fr.percent(every.iloc[-1])}",
        ),
        rests_on=list(frame.loc[frame["Half-year"].eq(now), "Deaths"]),
        source=r.source("actors"),
    )


def is_civilians(r: Report) -> Figure:
    """Share of attacks on civilians in these deaths by half-year, with what one event changes."""
    rows = _is_rows(r, "Gao", "Menaka")
    vac = m.against_civilians(rows)
    calendar = m.series(rows, r.since("2017-01"), "half", values=["fatalities"])
    lines = []
    for name, months, total in zip(calendar["period"], calendar["months"], calendar["fatalities"], strict=True):
        if total >= d.SMALL_COUNT:
            when = half(name) if months == 6 else Window(half(name).first, r.as_of)
            share, low, high = m.share_range_without_deadliest(rows, vac, when)
            label = name if months == 6 else f"{name} to {month_name(r.as_of).split()[0]}"
            lines.append(
                (label, m.count(vac, when, "fatalities"), total, share, min(low, high, share), max(low, high, share))
            )
    if not lines:
        raise NotInEdition(
            f"Events of Islamic State Sahel in Gao and Ménaka cost too few lives by {month_name(r.as_of)} for shares."
        )
    frame = pd.DataFrame(
        lines, columns=["Half-year", "Deaths in attacks on civilians", "All deaths", "Share", "Low", "High"]
    )
    over = int(frame["Share"].gt(0.5).sum())
    top = frame.loc[frame["Share"].idxmax()]
    passed = "never" if not over else f"in {p.word(over)} of {p.count(len(frame), 'half-year')}"

    def label_fr(name: str) -> str:
        """Name a half-year, the last one perhaps cut at the edition's month."""
        return fr.half(name[:6]) + ("" if len(name) == 6 else f" jusqu’en {fr.MONTHS[r.as_of.month - 1]}")

    passed_fr = f"font dans {fr.word(over)} semestres sur {fr.word(len(frame))}" if over else "ne font jamais"
    return Figure(
        id="northern-is-civilians",
        title=p.sentence(
            f"attacks on civilians hold more than half of the deaths of Islamic State Sahel's events {passed}; the share is "
            f"highest in "
            f"{top['Half-year']} with {p.percent(top['Share'])}"
        ),
        subtitle=f"Share of attacks on civilians in the deaths of events of {IS}, Gao and Ménaka, half-years "
        f"{frame['Half-year'].iloc[0]} to {frame['Half-year'].iloc[-1]} with at least {d.SMALL_COUNT} deaths; bars: range when the deadliest event on either side is left out",
        chart=charts.moments(
            frame, "Half-year", "Share", "Low", "High", title="Share of deaths", unit="share", group="is-sahel"
        ),
        frame=frame,
        alt=p.sentence(
            "dots with ranges: "
            + p.listing(
                f"{name} {p.percent(value)}" for name, value in zip(frame["Half-year"], frame["Share"], strict=True)
            )
        ),
        fr=fr.words(
            f"Les attaques contre des civils {passed_fr} plus de la moitié des morts des événements de l’État islamique au Sahel ; la part est la plus haute au "
            f"{label_fr(top['Half-year'])} avec {fr.percent(top['Share'])}",
            "Part des attaques contre des civils dans les morts des événements de l’État islamique au Sahel, Gao et Ménaka, semestres, "
            f"{label_fr(frame['Half-year'].iloc[0])} à {label_fr(frame['Half-year'].iloc[-1])}, avec au moins {d.SMALL_COUNT} "
            "morts ; barres : étendue quand l’événement le plus meurtrier de chaque côté est laissé de côté",
            "Points avec étendues : "
            + " ; ".join(
                f"{label_fr(name)}, part de {fr.percent(value)}"
                for name, value in zip(frame["Half-year"], frame["Share"], strict=True)
            ),
        ),
        source=r.source("actors"),
        caveat="Civilians killed in battles are not in this share; attackers killed in attacks on civilians are.",
    )


def menaka(r: Report) -> Figure:
    """Events of Islamic State Sahel in Ménaka and the deaths in them, by half-year."""
    rows = _is_rows(r, "Menaka")
    sums = m.series(rows, r.since("2017-01"), "half")
    frame = pd.DataFrame({"Half-year": sums["period"], "Events": sums["events"], "Deaths": sums["fatalities"]})
    panels = [
        charts.columns(frame, "Half-year", what, title=what, group="is-sahel", marks=marks, height=140).properties(
            title=alt.TitleParams(what, anchor="start", fontSize=12)
        )
        for what, marks in (("Events", MARKS), ("Deaths", {}))
    ]
    now, before = r.last_12, r.before_12
    a, b = m.count(rows, now), m.count(rows, before)
    x, y = m.count(rows, now, "fatalities"), m.count(rows, before, "fatalities")
    less = m.count_without_deadliest(rows, now)
    events, deaths = (intervals.attempt(rows, now, before, value) for value in ("events", "fatalities"))
    return Figure(
        id="northern-menaka",
        title=p.sentence(
            f"events of Islamic State Sahel in Ménaka {p.moved(a, b)} in the last 12 months "
            f"({p.number(b)} to "
            f"{p.number(a)}), their deaths {p.moved(x, y)} ({p.number(y)} to {p.number(x)})"
        ),
        subtitle=f"Violent events with {IS} on either side and deaths in them, Ménaka region, half-years "
        f"{frame['Half-year'].iloc[0]} to {frame['Half-year'].iloc[-1]}{p.incomplete(sums)}"
        + intervals.behind(events=events, deaths=deaths),
        chart=alt.vconcat(*panels, spacing=14),
        frame=frame,
        alt=p.sentence(
            f"two rows of columns by half-year; for events, "
            f"{p.peak(frame.set_index('Half-year')['Events'], 'event')}; "
            f"for deaths, {p.peak(frame.set_index('Half-year')['Deaths'], 'death')}; without its "
            f"deadliest event the "
            f"last 12 months have {p.count(less, 'death')}"
        ),
        fr=fr.words(
            f"Les événements de l’État islamique au Sahel à Ménaka {fr.moved(a, b)} au cours des 12 derniers mois ({fr.number(b)} à "
            f"{fr.number(a)}), leurs morts {fr.moved(x, y)} ({fr.number(y)} à {fr.number(x)})",
            "Événements violents où l’État islamique au Sahel est partie et morts dans ces événements, région de Ménaka, semestres, "
            f"{fr.running(frame['Half-year'].iloc[0], frame['Half-year'].iloc[-1])}{fr.incomplete(sums)}"
            + fr.behind(événements=events, morts=deaths),
            "Deux rangées de colonnes par semestre ; pour les événements, "
            f"{fr.peak(frame.set_index('Half-year')['Events'], 'événement')} ; pour les morts, "
            f"{fr.peak(frame.set_index('Half-year')['Deaths'], 'mort')} ; sans leur événement le plus meurtrier, les 12 derniers mois "
            f"ont {fr.count(less, 'mort')}",
        ),
        rests_on=[a, b, x, y],
        source=r.source("actors"),
        caveat=p.few(min(a, b)),
    )


def rivals(r: Report) -> Figure:
    """Clashes between JNIM and Islamic State Sahel by region and half-year."""
    rows = _rival_rows(r.actors)
    span = r.since("2019-07") if str(r.as_of) >= "2019-07" else r.last_12
    total = m.count(rows, span)
    if not total:
        raise NotInEdition(f"The data hold no clash between JNIM and Islamic State Sahel by {month_name(r.as_of)}.")
    sums = m.series(rows, span, "half", split="region")
    rank = [region for region in m.tally(rows, span, "region")["region"]]
    frame = sums[sums["region"].isin(rank)].assign(
        rank=lambda f: f["region"].map(rank.index), region=lambda f: f["region"].map(p.region_name)
    )
    frame = frame.sort_values(["rank", "period"], kind="stable", ignore_index=True)
    names = {"region": "Region", "period": "Half-year", "events": "Clashes", "fatalities": "Deaths"}
    frame = frame.rename(columns=names)[list(names.values())]
    by_region = frame.groupby("Region", sort=False)["Clashes"].sum()
    now, before = m.count(rows, r.last_12), m.count(rows, r.before_12)
    top = m.tally(rows, span, "region").iloc[0]
    dead = m.count(rows, span, "fatalities")
    return Figure(
        id="northern-rivals",
        title=p.sentence(
            f"JNIM and Islamic State Sahel fought each other {_so_often(now)} in the last 12 months, "
            f"after "
            f"{_so_often(before)} in the 12 before; {p.region_name(top['region'])} has "
            f"{p.percent(top['share'])} of all clashes since {span.first.year}"
        ),
        subtitle=f"Violent events between JNIM and {IS}, by region and half-year, {span.label}"
        + ("" if span.last.month in (6, 12) else ", the last half-year incomplete"),
        chart=charts.heat(frame, "Half-year", "Region", "Clashes", title="Clashes"),
        frame=frame,
        alt=p.sentence(
            f"grid of {p.count(len(rank), 'region')} by half-year; "
            f"{p.count(total, 'clash', 'clashes')} in all with "
            f"{p.count(dead, 'death')}: " + p.listing(f"{name} {p.number(value)}" for name, value in by_region.items())
        ),
        fr=fr.words(
            f"Le JNIM et l’État islamique au Sahel {_fought_fr(now)} au cours des 12 derniers mois, après {fr.count(before, 'affrontement')} dans les "
            f"12 mois d’avant ; la région {fr.of(p.region_name(top['region']))} a {fr.percent(top['share'])} de tous les "
            f"affrontements depuis {span.first.year}",
            f"Événements violents entre le JNIM et l’État islamique au Sahel, par région et par semestre, {fr.label(span)}"
            + ("" if span.last.month in (6, 12) else ", le dernier semestre incomplet"),
            f"Grille {fr.of(fr.count(len(rank), 'région', feminine=True))} par semestre ; {fr.count(total, 'affrontement')} en tout avec "
            f"{fr.count(dead, 'mort')} : "
            + fr.listing(f"{name} {fr.number(value)}" for name, value in by_region.items()),
        ),
        rests_on=[now, before, total],
        source=r.source("actors"),
        caveat=p.few(now)
        + (" " if now < d.SMALL_COUNT else "")
        + "Fights between armed groups far from towns are the events that reporting misses most.",
    )


def _so_often(value: int) -> str:
    return {0: "not once", 1: "once", 2: "twice"}.get(value, f"{p.word(value)} times")


def ucdp_rivals(r: Report) -> str:
    """Say in which years UCDP lists the fight between the two groups, as a second source."""
    rows = data.ucdp_dyads(r.data_dir)
    # The threshold of 25 deaths is checked in final years only.
    rows = rows[rows["status"].eq("final")]
    last = r.as_of.year if r.as_of.month == 12 else r.as_of.year - 1
    if r.edition.as_of == "latest":
        last = int(rows["year"].max())
    years = sorted(rows.loc[rows["dyad"].eq("IS - JNIM") & rows["year"].le(last), "year"].unique())
    if not years:
        return (
            f"UCDP, which lists a pair of groups in years with at least 25 deaths between them, has no year "
            f"of this "
            f"pair in Mali up to {last}."
        )
    listed = p.listing(str(value) for value in years)
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        listed = f"every year from {years[0]} to {years[-1]}"
    return (
        f"UCDP, a second source, lists fighting between the two groups with events in Mali in {listed}. It "
        f"counts a pair "
        "of groups in years in which their fighting costs at least 25 lives, in whichever country."
    )


# --------------------------------------------------------------------------- the state and the separatists


def separatists(r: Report) -> Figure:
    """Events between state forces or Wagner and separatists by quarter."""
    rows = _separatist_rows(r.actors)
    sums = m.series(rows, r.whole, "quarter")
    frame = pd.DataFrame({"Quarter": sums["period"], "Events": sums["events"], "Deaths": sums["fatalities"]})
    now, before = m.count(rows, r.last_12), m.count(rows, r.before_12)
    met = frame[frame["Events"].gt(0)]
    last = met["Quarter"].iloc[-1] if len(met) else ""
    if now:
        finding = (
            f"{_state(r)} and separatists fought {_so_often(now)} in the last 12 months, after "
            f"{_so_often(before)} in the 12 before"
        )
    else:
        finding = (
            f"no fight between state forces and separatists is recorded in the last 12 months; the last was in {last}"
        )
    state_fr = "les forces de l’État ou Wagner" if _arrived(r) else "les forces de l’État"
    if now:
        finding_fr = (
            f"{state_fr} et les séparatistes {_fought_fr(now)} au cours des 12 derniers mois, après "
            f"{fr.count(before, 'combat')} dans les 12 mois d’avant"
        )
    else:
        finding_fr = (
            "aucun combat entre les forces de l’État et les séparatistes n’est recensé au cours des 12 derniers mois ; le "
            f"dernier a eu lieu au {fr.quarter(last)}"
        )
    return Figure(
        id="northern-separatists",
        title=p.sentence(finding),
        subtitle=f"Violent events between {_state(r)} and separatist groups, Mali, quarters "
        f"{frame['Quarter'].iloc[0]} to {frame['Quarter'].iloc[-1]}{p.incomplete(sums, 3)}",
        chart=charts.columns(
            frame,
            "Quarter",
            "Events",
            title="Events",
            group="separatist",
            marks={"2015Q2": "peace accord", "2020Q3": "coup", "2023Q4": "MINUSMA ends"},
        ),
        frame=frame,
        alt=p.sentence(
            f"columns by quarter; {p.peak(frame.set_index('Quarter')['Events'], 'event')}; "
            f"{p.count(int(frame['Events'].sum()), 'event')} in all with "
            f"{p.count(int(frame['Deaths'].sum()), 'death')}"
        ),
        fr=fr.words(
            finding_fr,
            f"Événements violents entre {state_fr} et les groupes séparatistes, Mali, trimestres, "
            f"{fr.running(frame['Quarter'].iloc[0], frame['Quarter'].iloc[-1])}{fr.incomplete(sums, 3)}",
            f"Colonnes par trimestre ; {fr.peak(frame.set_index('Quarter')['Events'], 'événement')} ; "
            f"{fr.count(int(frame['Events'].sum()), 'événement')} en tout avec {fr.count(int(frame['Deaths'].sum()), 'mort')}",
        ),
        rests_on=[now, before],
        source=r.source("actors"),
        caveat=p.few(now),
    )


def bases(r: Report) -> Table:
    """Foreign bases in the north handed over or closed up to the edition's day."""
    rows = r.bases[r.bases["region"].isin(REGIONS)].sort_values("date")
    if rows.empty:
        raise NotInEdition(
            f"No foreign base in the north was handed over or closed by {month_name(r.as_of)}, as "
            f"far as the "
            "book's list goes."
        )
    frame = pd.DataFrame(
        {
            "Date": [
                date if precision == "day" else date[:7]
                for date, precision in zip(rows["date"], rows["precision"], strict=True)
            ],
            "Mission": rows["mission"].to_numpy(),
            "Base": rows["place"].to_numpy(),
            "Region": rows["region"].map(p.region_name).to_numpy(),
            "Source": rows["source"].to_numpy(),
        }
    )
    return Table(
        title=f"Foreign bases in the north handed over or closed: {p.number(len(frame))} up to this edition's day",
        frame=frame,
    )


# --------------------------------------------------------------------------- what happened next


def later_war(r: Report) -> Figure:
    """Events between state forces or Wagner and separatists, from two years before the edition to the tables' end."""
    later = r.later()
    if later is None:
        raise NotInEdition("The event tables hold no months after this edition; the chart above runs to their end.")
    rows = _separatist_rows(r.all_actors)
    start = Window(r.as_of - 23, later.last)
    sums = m.series(rows, start, "quarter")
    end = m.period_of(pd.Series([str(r.as_of)]), "quarter")[0]
    frame = pd.DataFrame(
        {
            "Quarter": sums["period"],
            "Events": sums["events"],
            "Deaths": sums["fatalities"],
            "After this edition": sums["period"] > end,
        }
    )
    a, x = m.count(rows, later), m.count(rows, later, "fatalities")
    b = m.count(rows, Window(start.first, r.as_of))
    worst = m.deadliest(rows, later) if a else None
    tail = (
        ""
        if worst is None
        else (
            f"; the deadliest event, in {p.region_name(worst['region'])} in "
            f"{month_name(month(worst['month']))}, cost {p.number(worst['deadliest'])}"
        )
    )
    tail_fr = ""
    if worst is not None:
        tail_fr = (
            f" ; l’événement le plus meurtrier, dans la région {fr.of(p.region_name(worst['region']))} en "
            f"{fr.month_name(worst['month'])}, a coûté {fr.count(int(worst['deadliest']), 'vie', feminine=True)}"
        )
    return Figure(
        id="northern-later-war",
        title=p.sentence(
            f"after this edition, to {month_name(later.last)}, state forces or Wagner and "
            f"separatists fought "
            f"{_so_often(a)}, with {p.count(x, 'death')}; in the 24 months to it, {_so_often(b)}"
        ),
        subtitle=f"Violent events between state forces or Wagner and separatist groups, Mali, quarters "
        f"{frame['Quarter'].iloc[0]} to {frame['Quarter'].iloc[-1]}{p.incomplete(sums, 3)}; coloured: after "
        f"the edition's "
        "last quarter",
        chart=charts.columns(
            frame,
            "Quarter",
            "Events",
            title="Events",
            group="separatist",
            highlight="After this edition",
            marks={end: "this edition", "2023Q4": "MINUSMA ends"},
        ),
        frame=frame,
        alt=p.sentence(f"columns by quarter; {p.peak(frame.set_index('Quarter')['Events'], 'event')}{tail}"),
        fr=fr.words(
            f"Après cette édition, jusqu’en {fr.month_name(later.last)}, les forces de l’État ou Wagner et les séparatistes "
            f"{_fought_fr(a)}, avec {fr.count(x, 'mort')} ; dans les 24 mois jusqu’à elle, {fr.often(b)}",
            "Événements violents entre les forces de l’État ou Wagner et les groupes séparatistes, Mali, trimestres, "
            f"{fr.running(frame['Quarter'].iloc[0], frame['Quarter'].iloc[-1])}{fr.incomplete(sums, 3)} ; en couleur : après le dernier "
            "trimestre de l’édition",
            f"Colonnes par trimestre ; {fr.peak(frame.set_index('Quarter')['Events'], 'événement')}{tail_fr}",
        ),
        rests_on=[a, b, x],
        source=r.source("actors"),
        caveat="Tolls of these battles are claimed by both sides and rarely confirmed.",
    )


def later_menaka(r: Report) -> Figure:
    """Deaths and events in Ménaka by half-year, to the end of the totals."""
    end, last = r.end("totals"), month(str(r.all_totals["month"].max()))
    if last <= end:
        raise NotInEdition("The totals by region hold no months after this edition.")
    rows = m.in_regions(r.all_totals, "Menaka")
    span = Window(month("2019-01"), last)
    sums = m.series(rows, span, "half")
    edge = m.period_of(pd.Series([str(end)]), "half")[0]
    frame = pd.DataFrame(
        {
            "Half-year": sums["period"],
            "Events": sums["events"],
            "Deaths": sums["fatalities"],
            "After this edition": sums["period"] > edge,
        }
    )
    panels = [
        charts.columns(
            frame, "Half-year", what, title=what, group="north", highlight="After this edition", height=140, marks=marks
        ).properties(title=alt.TitleParams(what, anchor="start", fontSize=12))
        for what, marks in (("Events", {edge: "this edition"}), ("Deaths", {}))
    ]
    before = Window(end - 11, end)
    after = Window(end + 1, min(end + 12, last))
    words = []
    for value, noun in (("events", "events"), ("fatalities", "deaths")):
        a, b = m.count(rows, after, value), m.count(rows, before, value)
        words.append(f"{noun} {p.moved(a, b)} ({p.number(b)} to {p.number(a)})")
    events, deaths = (intervals.attempt(rows, after, before, value) for value in ("events", "fatalities"))
    length = "12 months" if after.months == 12 else p.count(after.months, "month")
    words_fr = [
        f"{noun} {fr.moved(m.count(rows, after, value), m.count(rows, before, value))} "
        f"({fr.number(m.count(rows, before, value))} à {fr.number(m.count(rows, after, value))})"
        for value, noun in (("events", "les événements"), ("fatalities", "les morts"))
    ]
    return Figure(
        id="northern-later-menaka",
        title=p.sentence(
            f"in Ménaka, from the 12 months before this edition's end to the {length} after it, "
            f"{words[0]} and "
            f"{words[1]}"
        ),
        subtitle=f"Political violence by all actors and deaths in it, Ménaka region, half-years "
        f"{frame['Half-year'].iloc[0]} to "
        f"{frame['Half-year'].iloc[-1]}{p.incomplete(sums)} (totals by region, to {month_name(last)}); "
        f"coloured: after the "
        f"edition's last half-year{intervals.behind(events=events, deaths=deaths)}",
        chart=alt.vconcat(*panels, spacing=14),
        frame=frame,
        alt=p.sentence(
            f"two rows of columns by half-year; for events, "
            f"{p.peak(frame.set_index('Half-year')['Events'], 'event')}; "
            f"for deaths, {p.peak(frame.set_index('Half-year')['Deaths'], 'death')}"
        ),
        fr=fr.words(
            f"À Ménaka, des 12 mois d’avant la fin de cette édition aux {fr.word(after.months)} mois d’après, {words_fr[0]} et "
            f"{words_fr[1]}"
            if after.months > 1
            else f"À Ménaka, des 12 mois d’avant la fin de cette édition au mois d’après, {words_fr[0]} et {words_fr[1]}",
            "Violence politique de tous les acteurs et morts, région de Ménaka, semestres, "
            f"{fr.running(frame['Half-year'].iloc[0], frame['Half-year'].iloc[-1])}{fr.incomplete(sums)} (totaux par région, jusqu’en "
            f"{fr.month_name(last)}) ; en couleur : après le dernier semestre de l’édition"
            + fr.behind(événements=events, morts=deaths),
            "Deux rangées de colonnes par semestre ; pour les événements, "
            f"{fr.peak(frame.set_index('Half-year')['Events'], 'événement')} ; pour les morts, "
            f"{fr.peak(frame.set_index('Half-year')['Deaths'], 'mort')}",
        ),
        rests_on=[m.count(rows, after), m.count(rows, before)],
        source=r.source("totals"),
        caveat="Before and after a date is not proof of a cause.",
    )


def later_entries(r: Report) -> Table:
    """Dated entries on war and rule in the north after the edition's day."""
    rows = r.later_chronology
    wanted = {"R23-05", "R23-30"}
    rows = rows[rows["claims"].str.split(";").map(lambda ids: bool(set(ids) & wanted))]
    if rows.empty:
        raise NotInEdition("The chronology holds no entry on the north after this edition's day.")
    return chronology_table(rows, "The north after this edition's day: dated entries")

"""Figures and tables of the chapter on central Mali (Mopti and Ségou)."""

from __future__ import annotations

import pandas as pd

from helpers import charts, data, limits
from helpers import definitions as d
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition, chronology_table
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.figures import Figure, KeyFigure, KeyFigures, Table
from helpers.windows import Window, half, month_name, window

ZONE_COLOURS = {zone: d.ZONE_LABELS[zone] for zone in ("centre", "north", "south")}

# JNIM in the centre and the south stands for Katiba Macina: it takes the katiba's colour.
PROXY = "JNIM in centre and south (FLM proxy)"
JNIM_NORTH = "JNIM in the north"
IS_SAHEL = "Islamic State Sahel"
OTHER_MI = "Other, or not told apart"
MI_COLOURS = {"flm": PROXY, "jnim": JNIM_NORTH, "is-sahel": IS_SAHEL, "neutral": OTHER_MI}

NAMING = {
    "flm": "Katiba Macina named as an actor",
    "unidentified": "Katiba Macina in the notes only",
    "jnim": "JNIM alone",
    "islamist": "Other militant Islamists",
}
WAGNER_COLOURS = {"civilians": "Violence against civilians", "wagner": "Battles and explosions"}
MILITIA_COLOURS = {
    "civilians": "Against civilians",
    "islamist": "With militant Islamists",
    "neutral": "With others or nobody",
}

GROUPS_FR = {
    PROXY: "le JNIM au centre et au sud (représentant la Katiba Macina)",
    JNIM_NORTH: "le JNIM au nord",
    IS_SAHEL: "l’État islamique au Sahel",
    OTHER_MI: "d’autres groupes, ou indistincts",
}

_FIRST = "2017-01"
_RECENT_HALVES = 10


def _mi(r: Report) -> pd.DataFrame:
    return m.militant_islamist(r.actors)


def _halves(frame: pd.DataFrame) -> str:
    """Name the half-years a frame of `measures.series` covers, and say where the last one is incomplete."""
    first, last = frame["period"].iloc[0], frame["period"].iloc[-1]
    months = int(frame["months"].iloc[-1])
    tail = "" if months == 6 else f" (the last one: {p.count(months, 'month')} only)"
    return f"half-years {first} to {last}{tail}"


def _halves_fr(frame: pd.DataFrame) -> str:
    months = int(frame["months"].iloc[-1])
    tail = "" if months == 6 else f" (le dernier : {f.count(months, 'mois', 'mois')} seulement)"
    return f"{f.running(frame['period'].iloc[0], frame['period'].iloc[-1])}{tail}"


def key_figures(r: Report) -> KeyFigures:
    """The centre's share of events and of deaths, its events of the last months, and those with JNIM."""
    mi, span = _mi(r), r.last_12
    here = m.in_zone(mi, "centre")
    jnim = m.in_zone(m.involving(r.actors, d.JNIM_WIDE), "centre")
    shares = []
    for value, noun in (("events", "militant Islamist events"), ("fatalities", "deaths in militant Islamist events")):
        part, whole = m.count(here, span, value), m.count(mi, span, value)
        shares.append(
            KeyFigure(
                p.percent(m.ratio(part, whole)),
                f"of Mali's {noun} fall in Mopti and Ségou, {span.label}",
                f"{p.number(part)} of {p.number(whole)}",
            )
        )
    events = m.count(here, r.recent)
    return KeyFigures(
        [
            *shares,
            KeyFigure(
                p.number(events),
                f"militant Islamist events in Mopti and Ségou, {r.recent.label}",
                f"{p.number(m.count(here, r.recent_before))} in {r.recent_before.label}",
            ),
            KeyFigure(
                p.percent(m.ratio(m.count(jnim, r.recent), events)),
                "of these with JNIM, which stands for Katiba Macina here",
                f"the record names the katiba in {p.number(m.count(here[here['flm'].ne('no')], r.recent))}",
            ),
        ]
    )


# --------------------------------------------------------------------------- where


def zone_shares(r: Report) -> Figure:
    """Militant Islamist events by zone and half-year, as shares."""
    rows = _mi(r)
    rows = rows.assign(zone=rows["region"].map(d.ZONE_OF).map(d.ZONE_LABELS))
    frame = m.series(rows, r.since(_FIRST), "half", split="zone", values=["events"])
    now = m.tally(rows, r.last_12, "zone").set_index("zone")["share"]
    limits.held(d.ZONE_LABELS["centre"] in now, "event in central Mali in the last 12 months")
    centre = now[d.ZONE_LABELS["centre"]]
    table = frame.rename(columns={"period": "Half-year", "zone": "Zone", "events": "Events"})
    table = table[["Half-year", "Zone", "Events"]]
    first, last = table["Half-year"].iloc[0], table["Half-year"].iloc[-1]
    return Figure(
        id="central-zone-shares",
        title=p.sentence(
            f"Central Mali accounts for {p.percent(centre)} of militant Islamist events of the last 12 months"
        ),
        subtitle=f"Share of militant Islamist events by zone, Mali, {_halves(frame)}",
        chart=charts.stacked(table, "Half-year", "Events", "Zone", ZONE_COLOURS, title="Share of events", share=True),
        frame=table,
        alt=p.sentence(
            f"Stacked columns of three zones from {first} to {last}; in the last 12 months central Mali has "
            f"{p.percent(centre)}, northern Mali {p.percent(now[d.ZONE_LABELS['north']])} and southern Mali "
            f"{p.percent(now[d.ZONE_LABELS['south']])}"
        ),
        fr=f.words(
            title=f"le centre du Mali réunit {f.percent(centre)} des {f.MI_EVENTS} des 12 derniers mois",
            subtitle=f"Part des {f.MI_EVENTS} par zone, Mali, {_halves_fr(frame)}",
            alt=f"Colonnes empilées de trois zones {f.running(first, last)} ; sur les 12 derniers mois, le centre du Mali en a "
            f"{f.percent(centre)}, le nord {f.percent(now[d.ZONE_LABELS['north']])} et le sud "
            f"{f.percent(now[d.ZONE_LABELS['south']])}",
        ),
        source=r.source("actors"),
    )


def _central_cercles(r: Report) -> pd.DataFrame:
    """Return the `cercle_halves` of Mopti and Ségou, complete half-years only."""
    rows = m.in_zone(r.cercle_halves, "centre")
    return rows[rows["months"].eq(6)]


def cercle_map(r: Report) -> Figure:
    """Political violence in the cercles of Mopti and Ségou in the last complete half-year."""
    rows = _central_cercles(r)
    last = rows["half"].max()
    now = rows[rows["half"].eq(last)].sort_values("events", ascending=False, ignore_index=True)
    shapes = data.shapes("cercles", r.data_dir)
    shown = {"features": [f for f in shapes["features"] if f["properties"]["zone"] == "centre"]}
    names = {cercle: p.cercle_name(cercle) for cercle in now["cercle"]}
    table = pd.DataFrame(
        {
            "Cercle": now["cercle"].map(p.cercle_name),
            "Region": now["region"].map(p.region_name),
            "Events": now["events"],
            "Deaths": now["fatalities"],
        }
    )
    top, total = now.head(3), int(now["events"].sum())
    share = m.ratio(int(top["events"].sum()), total)
    quiet = int(now["events"].eq(0).sum())
    where = p.listing(top["cercle"].map(p.cercle_name))
    mapped = now.rename(columns={"events": "Events", "fatalities": "Deaths"})
    when_fr = f.label(half(last))
    return Figure(
        id="central-cercle-map",
        title=p.sentence(
            f"Three of {len(now)} cercles, {where}, had {p.percent(share)} of the centre's political "
            f"violence in {half(last).label}"
        ),
        subtitle=f"Political-violence events of all actors by cercle (counts, as circles), Mopti and Ségou, {half(last).label}",
        chart=charts.area_circles(
            shown, mapped, "cercle", "Events", title="Events", tips=["Deaths"], names=names, height=390
        ),
        frame=table,
        alt=p.sentence(
            f"Map of the {len(now)} cercles of Mopti and Ségou with a circle for the events of each; the highest is "
            f"{table['Cercle'].iloc[0]} with {table['Events'].iloc[0]}, then {table['Cercle'].iloc[1]} with "
            f"{table['Events'].iloc[1]} and {table['Cercle'].iloc[2]} with {table['Events'].iloc[2]}; "
            + (f"{p.count(quiet, 'cercle has', 'cercles have')} none" if quiet else "none is without events")
        ),
        fr=f.words(
            title=f"trois des {len(now)} cercles, {f.listing(top['cercle'].map(f.cercle_name))}, ont connu {f.percent(share)} de "
            f"la violence politique du centre en {when_fr}",
            subtitle=f"{f.ALL_EVENTS} par cercle (nombre, en disques), Mopti et Ségou, {when_fr}",
            alt=f"Carte des {len(now)} cercles de Mopti et de Ségou, avec un disque pour les événements de chacun ; le plus élevé est "
            f"{table['Cercle'].iloc[0]} avec {table['Events'].iloc[0]}, puis {table['Cercle'].iloc[1]} avec "
            f"{table['Events'].iloc[1]} et {table['Cercle'].iloc[2]} avec {table['Events'].iloc[2]} ; "
            + (
                f"{f.count(quiet, 'cercle')} n’en {f.agree(quiet, 'a', 'ont')} aucun"
                if quiet
                else "aucun n’est sans événement"
            ),
        ),
        rests_on=(int(top["events"].sum()), total),
        source=r.source("cercle_halves"),
        caveat="Totals by cercle name no actor: they hold all political violence, not militant Islamist events alone. "
        f"{charts.BORDER_NOTE}",
    )


def cercle_heat(r: Report) -> Figure:
    """Political violence by cercle and half-year, the last ten complete half-years."""
    rows = _central_cercles(r)
    halves = sorted(rows["half"].unique())[-_RECENT_HALVES:]
    rows = rows[rows["half"].isin(halves)]
    order = list(rows.groupby("cercle")["events"].sum().sort_values(ascending=False).index)
    rows = rows.assign(rank=rows["cercle"].map(order.index)).sort_values(["rank", "half"], ignore_index=True)
    table = pd.DataFrame(
        {
            "Cercle": rows["cercle"].map(p.cercle_name),
            "Half-year": rows["half"],
            "Events": rows["events"],
            "Deaths": rows["fatalities"],
        }
    )
    ends = rows[rows["half"].isin([halves[0], halves[-1]])].pivot(index="cercle", columns="half", values="events")
    steps = (ends[halves[-1]] - ends[halves[0]]).sort_values(ascending=False)
    most, least = steps.index[0], steps.index[-1]
    words = []
    for cercle, verb in ((most, "grew"), (least, "fell")):
        if (steps[cercle] > 0) == (verb == "grew") and steps[cercle] != 0:
            words.append(
                f"{verb} most in {p.cercle_name(cercle)} ({ends.loc[cercle, halves[0]]} to "
                f"{ends.loc[cercle, halves[-1]]} events)"
            )
    peak = rows.loc[rows["events"].idxmax()]
    first_fr, last_fr = f.half(halves[0]), f.half(halves[-1])
    words_fr = []
    for cercle, up in ((most, True), (least, False)):
        if steps[cercle] != 0 and (steps[cercle] > 0) == up:
            words_fr.append(
                f"le plus {'augmenté' if up else 'diminué'} dans le cercle {f.of(f.cercle_name(cercle))} (de "
                f"{ends.loc[cercle, halves[0]]} à {ends.loc[cercle, halves[-1]]} événements)"
            )
    return Figure(
        id="central-cercle-heat",
        title=p.sentence(f"Between {halves[0]} and {halves[-1]} political violence " + " and ".join(words)),
        subtitle=f"Political-violence events of all actors by cercle, Mopti and Ségou, complete half-years {halves[0]} "
        f"to {halves[-1]}; cercles by their sum",
        chart=charts.heat(table, "Half-year", "Cercle", "Events", title="Events"),
        frame=table,
        alt=p.sentence(
            f"Grid of {len(order)} cercles by {len(halves)} half-years; the darkest cell is "
            f"{p.cercle_name(peak['cercle'])} in {peak['half']} with {peak['events']} events; in {halves[-1]} "
            f"{p.cercle_name(ends[halves[-1]].idxmax())} leads with {ends[halves[-1]].max()}"
        ),
        fr=f.words(
            title=f"entre le {first_fr} et le {last_fr}, la violence politique a {f.listing(words_fr)}",
            subtitle=f"{f.ALL_EVENTS} par cercle, Mopti et Ségou, semestres complets, {f.running(halves[0], halves[-1])} ; "
            "cercles classés selon leur somme",
            alt=f"Grille de {len(order)} cercles par {len(halves)} semestres ; la case la plus foncée est "
            f"{f.cercle_name(peak['cercle'])} au {f.half(peak['half'])} avec {peak['events']} événements ; au {last_fr}, "
            f"{f.cercle_name(ends[halves[-1]].idxmax())} vient en tête avec {ends[halves[-1]].max()}",
        ),
        rests_on=tuple(ends.loc[cercle, name] for cercle in (most, least) for name in (halves[0], halves[-1])),
        source=r.source("cercle_halves"),
        caveat="Totals by cercle name no actor: they hold all political violence.",
    )


# --------------------------------------------------------------------------- how it moves


def region_changes(r: Report) -> Figure:
    """Change in militant Islamist events by region, last months over those before."""
    mi, now, before = _mi(r), r.recent, r.recent_before
    rows = pd.DataFrame(
        [
            {
                "Region": p.region_name(region),
                "Now": m.count(m.in_regions(mi, region), now),
                "Before": m.count(m.in_regions(mi, region), before),
                "zone": d.ZONE_OF[region],
            }
            for region in d.REGIONS
        ]
    )
    rows["Change"] = rows["Now"] - rows["Before"]
    rows = rows.sort_values(["Change", "Region"], ascending=[False, True], ignore_index=True)
    centre = rows[rows["zone"].eq("centre")]
    table = rows[["Region", "Change", "Now", "Before"]].rename(columns={"Now": now.label, "Before": before.label})
    top, low = rows.iloc[0], rows.iloc[-1]
    said = p.listing(f"{row.Region} {_signed(row.Change)}" for row in centre.itertuples())
    lead = f"most events were added in {top['Region']} ({_signed(top['Change'])})"
    if top["Change"] <= 0:
        lead = f"no region gained events and {low['Region']} lost most ({_signed(low['Change'])})"
    lead_fr = (
        f"c’est dans {f.the_region(top['Region'])} que les événements ont le plus augmenté ({f.signed(top['Change'])})"
    )
    if top["Change"] <= 0:
        lead_fr = (
            f"aucune région n’a gagné d’événements et {f.the_region(low['Region'])} en a perdu le plus "
            f"({f.signed(low['Change'])})"
        )
    return Figure(
        id="central-region-changes",
        title=p.sentence(
            f"{lead[0].upper()}{lead[1:]}; central Mali as a whole: {_signed(int(centre['Change'].sum()))}"
        ),
        subtitle=f"Change in the number of militant Islamist events by region, {now.label} against {before.label}",
        chart=charts.diverging(table, "Region", "Change", title="Change in events", unit="", group_down="neutral"),
        frame=table,
        alt=p.sentence(
            f"Bars left and right of zero for {len(rows)} regions, from {top['Region']} ({_signed(top['Change'])}) to "
            f"{low['Region']} ({_signed(low['Change'])}); in the centre: {said}"
        ),
        fr=f.words(
            title=f"{lead_fr} ; pour tout le centre du Mali : {f.signed(int(centre['Change'].sum()))}",
            subtitle=f"Variation du nombre d’{f.MI_EVENTS} par région, {f.label(now)} {f.against(before)}",
            alt=f"Barres à gauche et à droite de zéro pour {len(rows)} régions, de {top['Region']} "
            f"({f.signed(top['Change'])}) à {low['Region']} ({f.signed(low['Change'])}) ; au centre : "
            + f.listing(f"{row.Region} {f.signed(row.Change)}" for row in centre.itertuples()),
        ),
        source=r.source("actors"),
        caveat=f"Regions with fewer than {d.SMALL_COUNT} events in a window move by chance."
        if rows[["Now", "Before"]].min().min() < d.SMALL_COUNT
        else "",
    )


def _signed(number: int) -> str:
    return p.number(number) if number <= 0 else f"+{p.number(number)}"


def recent_ratios(r: Report) -> Figure:
    """Events of the last months over those before, with intervals that allow for bouts."""
    mi, now, before = _mi(r), r.recent, r.recent_before
    parts = {
        "All Mali": mi,
        "Central Mali": m.in_zone(mi, "centre"),
        "Mopti": m.in_regions(mi, "Mopti"),
        "Ségou": m.in_regions(mi, "Segou"),
        "Northern Mali": m.in_zone(mi, "north"),
        "Southern Mali": m.in_zone(mi, "south"),
    }
    rows = []
    for name, part in parts.items():
        here, base = m.count(part, now), m.count(part, before)
        if here and base:
            found = intervals.compare(part, now, before)
            rows.append((name, found.ratio, *found.ends(), here, base))
    table = pd.DataFrame(rows, columns=["Area", "Ratio", *intervals.ENDS, now.label, before.label])
    sure = table[(table["Low"] > 1) | (table["High"] < 1)]
    limits.held("Central Mali" in set(table["Area"]), "event in central Mali to compare")
    centre = table.set_index("Area").loc["Central Mali"]
    verdict = "more than" if "Central Mali" in set(sure["Area"]) else "no more than"
    step = p.moved(int(centre[now.label]), int(centre[before.label]))
    areas_fr = {
        "All Mali": "tout le Mali",
        "Central Mali": "centre du Mali",
        "Northern Mali": "nord du Mali",
        "Southern Mali": "sud du Mali",
    }
    return Figure(
        id="central-recent-ratios",
        title=p.sentence(f"Events in central Mali {step}, {verdict} chance and bouts of attacks can explain"),
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
            log=True,
            inner=intervals.INNER,
        ),
        frame=table,
        alt=p.sentence(
            "Dots with intervals on a logarithmic axis: "
            + p.listing(
                f"{row.Area} {p.number(row.Ratio, 2)} ({p.number(row.Low, 2)} to {p.number(row.High, 2)})"
                for row in table.itertuples()
            )
        ),
        fr=f.words(
            title=f"les {f.MI_EVENTS} dans le centre du Mali "
            f"{f.moved(int(centre[now.label]), int(centre[before.label]))}, "
            + ("plus que" if verdict == "more than" else "pas plus que")
            + " le hasard et les vagues d’attaques ne peuvent l’expliquer",
            subtitle=f"{f.MI_EVENTS}, {f.label(now)} {f.against(before)} ; barres : {intervals.BARS_FR} ; tirets : aucun "
            "changement",
            alt="Points avec intervalles sur un axe logarithmique : "
            + f.listing(
                f"{areas_fr.get(row.Area, row.Area)} {f.number(row.Ratio, 2)} ({f.number(row.Low, 2)} à {f.number(row.High, 2)})"
                for row in table.itertuples()
            ),
        ),
        rests_on=(int(centre[now.label]), int(centre[before.label])),
        source=r.source("actors"),
        caveat="The intervals do not cover missed reports or the choice of definition.",
    )


# --------------------------------------------------------------------------- who


def _mi_groups(r: Report) -> pd.DataFrame:
    """Return militant Islamist events with a label of the group; events between two of them count once."""
    mi = _mi(r)
    jnim = mi["side1"].isin(d.JNIM_WIDE) | mi["side2"].isin(d.JNIM_WIDE)
    state = mi["side1"].eq("is-sahel") | mi["side2"].eq("is-sahel")
    near = mi["region"].map(d.ZONE_OF).isin(d.FLM_PROXY_ZONES)
    group = pd.Series(OTHER_MI, index=mi.index)
    group[state] = IS_SAHEL
    group[jnim & ~near] = JNIM_NORTH
    group[jnim & near] = PROXY
    return mi.assign(group=group)


def group_ranking(r: Report) -> Figure:
    """Militant Islamist groups by events of the last 12 months, with the proxy for Katiba Macina."""
    rows, span = _mi_groups(r), r.last_12
    events = m.tally(rows, span, "group")
    deaths = m.tally(rows, span, "group", "fatalities").set_index("group")["fatalities"]
    named = m.count(m.naming_flm(rows), span)
    table = pd.DataFrame(
        {
            "Group": events["group"],
            "Events": events["events"],
            "Share": events["share"],
            "Deaths": events["group"].map(deaths),
        }
    )
    top = table.iloc[0]
    lead = "JNIM in the centre and the south, the proxy for Katiba Macina," if top["Group"] == PROXY else top["Group"]
    lead_fr = (
        "le JNIM au centre et au sud, qui représente la Katiba Macina,"
        if top["Group"] == PROXY
        else GROUPS_FR[top["Group"]]
    )
    return Figure(
        id="central-group-ranking",
        title=p.sentence(f"{lead} took part in {p.percent(top['Share'])} of all militant Islamist events"),
        subtitle=f"Militant Islamist events by group, Mali, {span.label}; an event between two groups counts for JNIM",
        chart=charts.bars(
            table, "Group", "Events", title="Events", by="Group", colours=MI_COLOURS, tips=["Share", "Deaths"]
        ),
        frame=table,
        alt=p.sentence(
            "Bars of events: " + p.listing(f"{row.Group} {p.number(row.Events)}" for row in table.itertuples())
        ),
        fr=f.words(
            title=f"{lead_fr} a pris part à {f.percent(top['Share'])} de tous les {f.MI_EVENTS}",
            subtitle=f"{f.MI_EVENTS} par groupe, Mali, {f.label(span)} ; un événement entre deux groupes compte pour le JNIM",
            alt="Barres d’événements : "
            + f.listing(f"{GROUPS_FR[row.Group]} {f.number(row.Events)}" for row in table.itertuples()),
        ),
        rests_on=(int(top["Events"]), int(table["Events"].sum())),
        source=r.source("actors"),
        caveat=f"The source itself names Katiba Macina in {p.number(named)} of these events; the proxy cannot tell it "
        "from the rest of JNIM.",
    )


def group_lines(r: Report) -> Figure:
    """Militant Islamist groups by half-year."""
    rows = _mi_groups(r)
    rows = rows[rows["group"].ne(OTHER_MI)]
    frame = m.series(rows, r.since(_FIRST), "half", split="group", values=["events", "fatalities"])
    whole = frame[frame["months"].eq(6)]
    table = whole.rename(columns={"period": "Half-year", "group": "Group", "events": "Events", "fatalities": "Deaths"})
    table = table[["Half-year", "Group", "Events", "Deaths"]].reset_index(drop=True)
    wide = table.pivot(index="Half-year", columns="Group", values="Events")
    limits.held(PROXY in wide, "event of JNIM in the centre and the south")
    led = int((wide[PROXY] == wide.max(axis=1)).sum())
    peaks = {name: (wide[name].idxmax(), int(wide[name].max())) for name in wide}
    last = wide.index[-1]
    return Figure(
        id="central-group-lines",
        title=p.sentence(
            f"JNIM in the centre and the south led in {led} of {len(wide)} half-years since {wide.index[0]}"
        ),
        subtitle=f"Militant Islamist events by group, Mali, complete half-years {wide.index[0]} to {last}",
        chart=charts.lines(
            table,
            "Half-year",
            "Events",
            title="Events",
            by="Group",
            colours={k: v for k, v in MI_COLOURS.items() if v != OTHER_MI},
            marks={"2020H2": "coup"},
        ),
        frame=table,
        alt=p.sentence(
            "Three lines: "
            + p.listing(
                f"{name} peaks in {when} at {p.number(value)} and ends at {p.number(int(wide.loc[last, name]))}"
                for name, (when, value) in peaks.items()
            )
        ),
        fr=f.words(
            title=f"le JNIM au centre et au sud a été en tête dans {led} {f.agree(led, 'semestre', 'semestres')} sur {len(wide)} "
            f"depuis le {f.half(wide.index[0])}",
            subtitle=f"{f.MI_EVENTS} par groupe, Mali, semestres complets, {f.running(wide.index[0], last)}",
            alt="Trois courbes : "
            + f.listing(
                f"{GROUPS_FR[name]} culmine au {f.half(when)} à {f.number(value)} et finit à "
                f"{f.number(int(wide.loc[last, name]))}"
                for name, (when, value) in peaks.items()
            ),
        ),
        source=r.source("actors"),
    )


def flm_naming(r: Report) -> Figure:
    """How often the source names Katiba Macina in the centre and the south."""
    mi = m.in_zone(_mi(r), *d.FLM_PROXY_ZONES)
    jnim = mi["side1"].isin(d.JNIM_WIDE) | mi["side2"].isin(d.JNIM_WIDE)
    kind = pd.Series(NAMING["islamist"], index=mi.index)
    kind[jnim] = NAMING["jnim"]
    kind[m.with_notes(mi)["flm"].eq("mentioned")] = NAMING["unidentified"]
    kind[mi["flm"].eq("named")] = NAMING["flm"]
    frame = m.series(mi.assign(kind=kind), r.since("2015-01"), "half", split="kind", values=["events"])
    wide = frame[frame["months"].eq(6)].pivot(index="period", columns="kind", values="events")
    wide = wide.reindex(columns=list(NAMING.values()), fill_value=0)
    named = wide[NAMING["flm"]] + wide[NAMING["unidentified"]]
    share = named / wide.sum(axis=1)
    # A handful of events in the first years would make the peak: only half-years that carry a percentage count.
    share = share[wide.sum(axis=1) >= 5 * d.SMALL_COUNT]
    if share.empty:
        raise NotInEdition("Too few events in the centre and the south to show how the source names them.")
    peak, last = share.idxmax(), share.index[-1]
    table = frame.rename(columns={"period": "Half-year", "kind": "Record", "events": "Events"})
    table = table[["Half-year", "Record", "Events"]]
    here = f"{p.number(int(named[last]))} of {p.number(int(wide.loc[last].sum()))}"
    title = f"The source names Katiba Macina in {here} events of {last}"
    if peak != last:
        title += f"; in {peak} it did so in {p.percent(share[peak])} of them"
    title_fr = (
        f"la source nomme la Katiba Macina dans {f.number(int(named[last]))} des {f.number(int(wide.loc[last].sum()))} "
        f"événements du {f.half(last)}"
    )
    if peak != last:
        title_fr += f" ; au {f.half(peak)}, elle le faisait dans {f.percent(share[peak])} d’entre eux"
    return Figure(
        id="central-flm-naming",
        title=p.sentence(title),
        subtitle=f"Militant Islamist events by how the record names the group, centre and south, {_halves(frame)}",
        chart=charts.stacked(table, "Half-year", "Events", "Record", NAMING, title="Events"),
        frame=table,
        alt=p.sentence(
            f"Stacked columns from {table['Half-year'].iloc[0]} to {table['Half-year'].iloc[-1]}; Katiba Macina is "
            f"named in {p.percent(share[peak])} of the events at most, in {peak}, and in {p.percent(share[last])} in "
            f"{last}, when JNIM alone stands in {p.number(int(wide.loc[last, NAMING['jnim']]))} events"
        ),
        fr=f.words(
            title=title_fr,
            subtitle=f"{f.MI_EVENTS} selon la façon dont la source nomme le groupe, centre et sud, {_halves_fr(frame)}",
            alt=f"Colonnes empilées {f.running(table['Half-year'].iloc[0], table['Half-year'].iloc[-1])} ; la Katiba Macina est "
            f"nommée dans {f.percent(share[peak])} des événements au plus, au {f.half(peak)}, et dans "
            f"{f.percent(share[last])} au {f.half(last)}, quand le JNIM figure seul dans "
            f"{f.number(int(wide.loc[last, NAMING['jnim']]))} événements",
        ),
        rests_on=(int(named[last]), int(wide.loc[last].sum())),
        source=r.source("actors"),
        caveat="What moves here is how the source codes a group, not what the group does.",
    )


_SIDES = {
    "jnim": "JNIM and FLM",
    "flm": "JNIM and FLM",
    "is-sahel": "IS Sahel",
    "jnim-or-is": "Other MI",
    "islamist-other": "Other MI",
    "state": "State forces",
    "wagner": "Wagner",
    "militia": "Militias",
    "platform": "Militias",
    "civilians": "Civilians",
    "unidentified": "Unidentified",
    "none": "Nobody named",
}


def who_kills_whom(r: Report) -> Figure:
    """Deaths in central Mali by acting side and other side, last 12 months."""
    span = r.last_12
    rows = m.in_zone(r.actors, "centre")
    rows = rows[rows["event_type"].isin(d.VIOLENT)]
    rows = rows.assign(one=rows["side1"].map(_SIDES).fillna("Others"), two=rows["side2"].map(_SIDES).fillna("Others"))
    pairs = m.tally(rows, span, ["one", "two"], "fatalities")
    pairs = pairs[pairs["fatalities"] > 0]
    counts = m.tally(rows, span, ["one", "two"])[["one", "two", "events"]]
    pairs = pairs.merge(counts, on=["one", "two"], validate="one_to_one")
    acting = list(pairs.groupby("one")["fatalities"].sum().sort_values(ascending=False).index)
    hit = list(pairs.groupby("two")["fatalities"].sum().sort_values(ascending=False).index)
    ordered = pairs.assign(a=pairs["one"].map(acting.index), b=pairs["two"].map(hit.index)).sort_values(["a", "b"])
    table = pd.DataFrame(
        {
            "Acting side": ordered["one"],
            "Other side": ordered["two"],
            "Deaths": ordered["fatalities"],
            "Events": ordered["events"],
        }
    ).reset_index(drop=True)
    grid = table.sort_values("Other side", key=lambda names: names.map(hit.index), kind="stable")
    limits.held(not pairs.empty, "deaths in central Mali in these months")
    top, total = pairs.iloc[0], int(pairs["fatalities"].sum())
    civilians = m.count(rows[rows["two"].eq("Civilians")], span, "fatalities")
    worst = m.deadliest(rows, span)
    return Figure(
        id="central-who-kills-whom",
        title=p.sentence(
            f"{p.percent(civilians / total)} of the deaths in central Mali fell in events whose "
            f"other side "
            f"was civilians; the deadliest pair is {_pair(top)} with {p.number(top['fatalities'])}"
        ),
        subtitle=f"Deaths in violent events by acting side (rows) and other side (columns), Mopti and Ségou, "
        f"{span.label}",
        chart=charts.heat(grid, "Other side", "Acting side", "Deaths", title="Deaths"),
        frame=table,
        alt=p.sentence(
            f"Grid of {len(acting)} acting sides by {len(hit)} other sides; of {p.number(total)} deaths the largest "
            "cells are "
            + p.listing(f"{_pair(row)} ({p.number(row['fatalities'])})" for _, row in pairs.head(4).iterrows())
        ),
        fr=f.words(
            title=f"{f.percent(civilians / total)} des morts dans le centre du Mali sont tombés dans des événements où l’autre "
            f"partie était des civils ; le couple le plus meurtrier est {_pair_fr(top)} avec {f.number(top['fatalities'])}",
            subtitle=f"Morts dans les événements violents selon la partie qui agit (lignes) et l’autre partie (colonnes), Mopti "
            f"et Ségou, {f.label(span)}",
            alt=f"Grille de {len(acting)} parties qui agissent par {len(hit)} autres parties ; sur {f.number(total)} morts, les "
            "cases les plus lourdes sont "
            + f.listing(f"{_pair_fr(row)} ({f.number(row['fatalities'])})" for _, row in pairs.head(4).iterrows()),
        ),
        rests_on=(civilians, total),
        source=r.source("actors"),
        caveat="Deaths are all those of an event, on either side; the acting side is the one the record puts first. "
        f"The deadliest single event, in {p.region_name(worst['region'])} in "
        f"{month_name(pd.Period(worst['month'], 'M'))}, cost {p.number(int(worst['deadliest']))} lives.",
    )


def _pair(row: pd.Series) -> str:
    one = row["one"][0].lower() + row["one"][1:] if row["one"] in _LOWER else row["one"]
    return f"{one} against {row['two'][0].lower() + row['two'][1:] if row['two'] in _LOWER else row['two']}"


_SIDES_FR = {
    "JNIM and FLM": "JNIM et Katiba Macina",
    "IS Sahel": "État islamique au Sahel",
    "Other MI": "autres islamistes militants",
    "State forces": "forces de l’État",
    "Wagner": "Wagner",
    "Militias": "milices",
    "Civilians": "civils",
    "Unidentified": "non identifiés",
    "Nobody named": "personne de nommé",
    "Others": "autres",
}


def _pair_fr(row: pd.Series) -> str:
    return f"{_SIDES_FR[row['one']]} contre {_SIDES_FR[row['two']]}"


_LOWER = ("Civilians", "State forces", "Militias", "Unidentified", "Nobody named", "Others")


# --------------------------------------------------------------------------- Wagner and militias


def wagner_events(r: Report) -> Figure:
    """Events with Wagner in central Mali by half-year: against civilians, and other, narrow and wide."""
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        raise NotInEdition("Wagner had not come to Mali by the end of this edition.")
    span = r.since("2021-07")
    wide_label, narrow_label = "Wagner anywhere in the record", "Wagner as a named actor"
    frames = []
    for wide, label in ((True, wide_label), (False, narrow_label)):
        rows = m.in_zone(m.with_wagner(r.actors, wide=wide), "centre")
        kind = rows["event_type"].eq(d.VAC).map({True: WAGNER_COLOURS["civilians"], False: WAGNER_COLOURS["wagner"]})
        for name in WAGNER_COLOURS.values():
            part = m.series(rows[kind.eq(name)], span, "half", values=["events", "fatalities"])
            frames.append(part.assign(kind=name, record=label))
    frame = pd.concat(frames, ignore_index=True)
    total = int(frame.loc[frame["record"].eq(wide_label), "events"].sum())
    if total < 5:
        raise NotInEdition(
            f"The records of this edition link {p.count(total, 'event')} in central Mali to Wagner: too "
            "few for a figure."
        )
    table = frame.rename(
        columns={
            "record": "Wagner",
            "period": "Half-year",
            "kind": "Kind of event",
            "events": "Events",
            "fatalities": "Deaths",
        }
    )
    table = table[["Wagner", "Half-year", "Kind of event", "Events", "Deaths"]]
    sums = frame.groupby(["record", "kind"])["events"].sum()

    def words(label: str) -> str:
        vac, total = int(sums[label, WAGNER_COLOURS["civilians"]]), int(sums[label].sum())
        return f"{p.number(vac)} of {p.number(total)}"

    some = bool(sums[narrow_label].sum())
    title = f"Violence against civilians makes up {words(wide_label)} events in central Mali that name Wagner"
    if some:
        title += f", and {words(narrow_label)} with Wagner as an actor"

    def words_fr(label: str) -> str:
        vac, total = int(sums[label, WAGNER_COLOURS["civilians"]]), int(sums[label].sum())
        return f"{f.number(vac)} des {f.number(total)}"

    title_fr = (
        f"les violences contre des civils sont {words_fr(wide_label)} événements du centre du Mali où Wagner est cité"
    )
    if some:
        title_fr += f", et {words_fr(narrow_label)} où Wagner est un acteur nommé"
    return Figure(
        id="central-wagner-events",
        title=p.sentence(title),
        subtitle=f"Violent events by type and half-year, Mopti and Ségou, {r.since(d.WAGNER_ARRIVAL).label}",
        chart=charts.multiples(
            table,
            "Half-year",
            "Events",
            "Wagner",
            title="",
            columns=2,
            tint="Kind of event",
            colours=WAGNER_COLOURS,
            width=280,
        ),
        frame=table,
        alt=p.sentence(
            f"Two panels of stacked columns by half-year; wide count: {words(wide_label)} events are violence against "
            f"civilians" + (f"; narrow count: {words(narrow_label)}" if some else "; the narrow count has none")
        ),
        fr=f.words(
            title=title_fr,
            subtitle=f"Événements violents par type et par semestre, Mopti et Ségou, {f.label(r.since(d.WAGNER_ARRIVAL))}",
            alt=f"Deux panneaux de colonnes empilées par semestre ; décompte large : {words_fr(wide_label)} événements sont des "
            "violences contre des civils"
            + (f" ; décompte étroit : {words_fr(narrow_label)}" if some else " ; le décompte étroit n’en a aucun"),
        ),
        rests_on=tuple(int(x) for x in sums.groupby("record").sum()),
        source=r.source("actors"),
        caveat="Where only the notes name Wagner, the army is the recorded actor: the two counts are a lower and an "
        "upper bound." + (f" Fewer than {d.SMALL_COUNT} events in many half-years." if some else ""),
    )


def militia_events(r: Report) -> Figure:
    """Events with self-defence and communal militias in central Mali by half-year and adversary."""
    groups = ["militia", "platform"]
    rows = m.in_zone(m.involving(r.actors, groups), "centre")
    islamist = rows["side1"].isin(d.MILITANT_ISLAMIST) | rows["side2"].isin(d.MILITANT_ISLAMIST)
    kind = pd.Series(MILITIA_COLOURS["neutral"], index=rows.index)
    kind[rows["side2"].eq("civilians")] = MILITIA_COLOURS["civilians"]
    kind[islamist] = MILITIA_COLOURS["islamist"]
    rows = rows.assign(kind=kind)
    frame = m.series(rows, r.since(_FIRST), "half", split="kind", values=["events", "fatalities"])
    table = frame.rename(
        columns={"period": "Half-year", "kind": "Adversary", "events": "Events", "fatalities": "Deaths"}
    )
    table = table[["Half-year", "Adversary", "Events", "Deaths"]]
    span = r.last_12
    now = {name: m.count(rows[rows["kind"].eq(name)], span) for name in MILITIA_COLOURS.values()}
    deaths = {name: m.count(rows[rows["kind"].eq(name)], span, "fatalities") for name in MILITIA_COLOURS.values()}
    civilians, islamists = MILITIA_COLOURS["civilians"], MILITIA_COLOURS["islamist"]
    whole = frame[frame["months"].eq(6) & frame["kind"].eq(civilians)]
    limits.held(not whole.empty, "attack of militias on civilians in central Mali")
    peak = whole.loc[whole["events"].idxmax()]
    than = p.more_or_fewer(now[islamists], now[civilians])
    return Figure(
        id="central-militia-events",
        title=p.sentence(
            f"Militias fought militant Islamists in {p.count(now[islamists], 'event')} of the "
            f"last 12 months, "
            f"{than} they attacked civilians ({p.number(now[civilians])})"
        ),
        subtitle=f"Violent events with self-defence or communal militias by adversary, Mopti and Ségou, "
        f"{_halves(frame)}",
        chart=charts.stacked(
            table, "Half-year", "Events", "Adversary", MILITIA_COLOURS, title="Events", marks={"2020H2": "coup"}
        ),
        frame=table,
        alt=p.sentence(
            f"Stacked columns; attacks of militias on civilians peak in {peak['period']} with {peak['events']}; in "
            f"{span.label} there are {now[civilians]}, with {p.number(deaths[civilians])} deaths, beside "
            f"{now[islamists]} events with militant Islamists that cost {p.number(deaths[islamists])} lives"
        ),
        fr=f.words(
            title=f"les milices ont affronté des islamistes militants dans {f.count(now[islamists], 'événement')} des 12 derniers "
            f"mois, {f.more_or_fewer(now[islamists], now[civilians])} leurs attaques contre des civils "
            f"({f.number(now[civilians])})",
            subtitle=f"Événements violents avec des milices d’autodéfense ou communautaires, par adversaire, Mopti et Ségou, "
            f"{_halves_fr(frame)}",
            alt=f"Colonnes empilées ; les attaques de milices contre des civils culminent au {f.half(peak['period'])} avec "
            f"{peak['events']} ; {f.at(f.label(span))} il y en a {now[civilians]}, avec {f.number(deaths[civilians])} morts, à "
            f"côté de {now[islamists]} événements avec des islamistes militants, qui ont fait "
            f"{f.number(deaths[islamists])} morts",
        ),
        rests_on=(now[islamists], now[civilians]),
        source=r.source("actors"),
    )


# --------------------------------------------------------------------------- evidence


def road_and_airfield(r: Report) -> str:
    """Say how many dated entries the chronology holds on the road to Gao and on Sévaré."""
    words = []
    for claim_id, what in (("R22-15", "the road from Sévaré to Gao near Boni"), ("R23-24", "attacks at Sévaré")):
        rows = r.chronology[r.chronology["claims"].str.split(";").map(lambda ids, key=claim_id: key in ids)]
        if len(rows):
            own = int(rows["source_kind"].eq("report").sum())
            aside = f" ({p.word(own)} from the reports alone)" if own else ""
            words.append(
                f"{p.count(len(rows), 'dated entry', 'dated entries')} on {what}{aside}, the last of "
                f"{rows['date'].max()}"
            )
    if not words:
        raise NotInEdition("The chronology holds no entry on the road to Gao or on Sévaré before this edition's day.")
    return p.sentence(f"The chronology holds {p.listing(words)}")


def dated_events(r: Report) -> Table:
    """Show the latest dated acts of violence in the zone, up to the edition's day."""
    rows = r.chronology
    rows = rows[rows["region"].isin(d.ZONES["centre"]) & rows["category"].eq("violence")].tail(12)
    if rows.empty:
        raise NotInEdition("The chronology holds no dated violence in Mopti and Ségou before this edition's day.")
    return chronology_table(rows, "Dated violence in Mopti and Ségou, up to this edition")


# --------------------------------------------------------------------------- what happened next

_BEFORE, _AFTERS = window("2022-07", "2023-06"), (window("2024-01", "2024-12"), window("2025-01", "2025-12"))
_REGION_COLOURS = {"centre": "Mopti", "neutral": "Ségou"}


def _said(r: Report) -> bool:
    """Tell whether the statement on MINUSMA's exit had been made by the edition's date."""
    return r.as_of >= _BEFORE.last


def _closures(r: Report) -> pd.DataFrame:
    rows = data.bases(r.data_dir)
    return rows[rows["mission"].eq("MINUSMA") & rows["region"].eq("Mopti")].sort_values("date")


def minusma_quarters(r: Report) -> Figure | str:
    """Events in Mopti and Ségou by quarter, before and after MINUSMA's closures."""
    # In earlier editions the sentence above the figure says that nothing had been projected: no need to repeat it.
    return _quarters(r, "events", "Events") if _said(r) else ""


def minusma_deaths(r: Report) -> Figure | str:
    """Deaths in political violence in Mopti and Ségou by quarter."""
    return _quarters(r, "fatalities", "Deaths") if _said(r) else ""


def _quarters(r: Report, value: str, noun: str) -> Figure:
    rows = m.in_zone(r.all_totals, "centre")
    last = pd.Period(str(rows["month"].max()), "M")
    span = Window(pd.Period("2019-01", "M"), last)
    rows = rows.assign(area=rows["region"].map(p.region_name))
    frame = m.series(rows, span, "quarter", split="area", values=[value])
    frame = frame[frame["months"].eq(3)]
    table = frame.rename(columns={"period": "Quarter", "area": "Region", value: noun})[["Quarter", "Region", noun]]
    table = table.reset_index(drop=True)
    wide = table.pivot(index="Quarter", columns="Region", values=noun)
    closed = _closures(r)
    places = p.listing(f"{row.place.split(' (')[0]} ({row.date})" for row in closed.itertuples())
    begun = m.period_of(closed["date"].str[:7], "quarter").iloc[0]
    base, after = wide.loc["2022Q3":"2023Q2"].mean(), wide.loc["2024Q1":].mean()
    peak = wide["Mopti"].idxmax()
    noun_fr = "événements" if value == "events" else "morts"
    places_fr = f.listing(f"{row.place.split(' (')[0]} ({f.day_name(row.date)})" for row in closed.itertuples())
    return Figure(
        id=f"central-minusma-{noun.lower()}",
        title=p.sentence(
            f"Since MINUSMA's exit Mopti has had {p.number(after['Mopti'])} {noun.lower()} a quarter, after "
            f"{p.number(base['Mopti'])} in the year before it; Ségou {p.number(after['Ségou'])}, after "
            f"{p.number(base['Ségou'])}"
        ),
        subtitle=f"Political violence of all actors by quarter, {noun.lower()}, {wide.index[0]} to {wide.index[-1]} "
        f"(totals by region); bases in Mopti closed: {places}",
        chart=charts.lines(
            table,
            "Quarter",
            noun,
            title=noun,
            by="Region",
            colours=_REGION_COLOURS,
            marks={begun: "closures begin"},
        ),
        frame=table,
        alt=p.sentence(
            f"Two lines; Mopti peaks in {peak} at {p.number(int(wide['Mopti'].max()))} and ends at "
            f"{p.number(int(wide['Mopti'].iloc[-1]))} in {wide.index[-1]}; Ségou starts at "
            f"{p.number(int(wide['Ségou'].iloc[0]))}, peaks in {wide['Ségou'].idxmax()} at "
            f"{p.number(int(wide['Ségou'].max()))} and ends at {p.number(int(wide['Ségou'].iloc[-1]))}"
        ),
        fr=f.words(
            title=f"depuis le départ de la MINUSMA, Mopti compte {f.number(after['Mopti'])} {noun_fr} par trimestre, contre "
            f"{f.number(base['Mopti'])} dans l’année d’avant ; Ségou {f.number(after['Ségou'])}, contre "
            f"{f.number(base['Ségou'])}",
            subtitle=f"Violence politique de tous les acteurs par trimestre, {noun_fr}, "
            f"{f.running(wide.index[0], wide.index[-1])} (totaux par région) ; bases fermées à Mopti : {places_fr}",
            alt=f"Deux courbes ; Mopti culmine au {f.quarter(peak)} à {f.number(int(wide['Mopti'].max()))} et finit à "
            f"{f.number(int(wide['Mopti'].iloc[-1]))} au {f.quarter(wide.index[-1])} ; Ségou commence à "
            f"{f.number(int(wide['Ségou'].iloc[0]))}, culmine au {f.quarter(wide['Ségou'].idxmax())} à "
            f"{f.number(int(wide['Ségou'].max()))} et finit à {f.number(int(wide['Ségou'].iloc[-1]))}",
        ),
        source=r.source("totals", "bases"),
        caveat="Totals by region name no actor. That a line moves after a closure does not show that the closure moved "
        "it; our list has no base of MINUSMA in Ségou.",
    )


def minusma_ratios(r: Report) -> Figure | str:
    """Events after MINUSMA's exit over the 12 months before it, Mopti against Ségou."""
    if not _said(r):
        return ""
    rows = m.in_zone(r.all_totals, "centre")
    lines = []
    for after in _AFTERS:
        for region in ("Mopti", "Segou"):
            found = intervals.compare(m.in_regions(rows, region), after, _BEFORE)
            name = f"{p.region_name(region)}, {after.label}"
            lines.append((name, found.ratio, *found.ends(), found.now, found.before))
    table = pd.DataFrame(
        lines, columns=["Region and year", "Ratio", *intervals.ENDS, "Events", f"Events {_BEFORE.label}"]
    )
    ratios = table.set_index("Region and year")["Ratio"]
    first = _AFTERS[0].label
    return Figure(
        id="central-minusma-ratios",
        title=p.sentence(
            f"In {first} Mopti had {p.number(ratios[f'Mopti, {first}'], 2)} times the events of the year "
            f"before the exit, Ségou {p.number(ratios[f'Ségou, {first}'], 2)} times"
        ),
        subtitle=f"Political-violence events of all actors over {_BEFORE.label}; bars: {intervals.BARS}; "
        "dashed line: no change",
        chart=charts.dots(
            table,
            "Region and year",
            "Ratio",
            "Low",
            "High",
            title="Ratio of events",
            unit="ratio",
            log=True,
            group="neutral",
            inner=intervals.INNER,
        ),
        frame=table,
        alt=p.sentence(
            "Dots with intervals: "
            + p.listing(
                f"{row[0]} {p.number(row[1], 2)} ({p.number(row[2], 2)} to {p.number(row[3], 2)})" for row in lines
            )
        ),
        fr=f.words(
            title=f"en {first}, Mopti a compté {f.number(ratios[f'Mopti, {first}'], 2)} fois les événements de l’année d’avant "
            f"le départ, Ségou {f.number(ratios[f'Ségou, {first}'], 2)} fois",
            subtitle=f"{f.ALL_EVENTS} {f.against(_BEFORE)} ; barres : {intervals.BARS_FR} ; tirets : aucun changement",
            alt="Points avec intervalles : "
            + f.listing(
                f"{row[0].replace(', ', ' en ')} : {f.number(row[1], 2)} ({f.number(row[2], 2)} à {f.number(row[3], 2)})"
                for row in lines
            ),
        ),
        source=r.source("totals"),
    )


def later_events(r: Report) -> Table:
    """Dated events of central Mali in the two years after the edition."""
    rows = r.later_chronology
    until = str(r.as_of + 24)
    rows = rows[
        rows["region"].isin(d.ZONES["centre"])
        & rows["category"].isin(["violence", "partners"])
        & (rows["date"].str[:7] <= until)
    ]
    if rows.empty:
        raise NotInEdition("The chronology holds no later entry on central Mali.")
    return chronology_table(rows, f"Dated events in Mopti and Ségou, after this edition and up to {until}")

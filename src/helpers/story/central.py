"""Figures and tables of the chapter on central Mali (Mopti and Ségou)."""

from __future__ import annotations

import pandas as pd

from helpers import charts, french, limits, prose
from helpers import definitions as d
from helpers import french as f
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.figures import Figure
from helpers.forms import Bar, Finding, Form, bars
from helpers.forms.maps import old_regions
from helpers.measures.catalogue import islamist, totals
from helpers.measures.measure import Measure
from helpers.page.frame import AnswerBox, day, key
from helpers.story.central_order import by_side, killers, leader, more_than, regions, worst
from helpers.story.sides import both_ways
from helpers.windows import Window, half
from helpers.words import NOTHING, Both, Noun, joined, judgement, listing, names

ZONE_COLOURS = {zone: d.ZONE_LABELS[zone] for zone in ("centre", "north", "south")}

MILITIA_COLOURS = {
    "civilians": "Against civilians",
    "islamist": "Against militant Islamists",
    "neutral": "Against others or nobody",
}

_MI = Noun(
    Both("militant Islamist event", "événement"),
    Both("militant Islamist events", "événements"),
)

_FIRST = "2017-01"

_SIDES = {
    "jnim": "JNIM",
    "flm": "JNIM",
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

_SIDES_FR = {
    "JNIM": "GSIM (JNIM)",
    "IS Sahel": "État islamique au Sahel",
    "Other MI": "autres groupes islamistes armés",
    "State forces": "forces de l’État",
    "Wagner": "Wagner",
    "Militias": "milices",
    "Civilians": "civils",
    "Civilians, by bombs": "civils, par des bombes",
    "Unidentified": "non identifiés",
    "Nobody named": "personne de nommé",
    "Others": "autres",
}

_LOWER = ("Civilians", "Civilians, by bombs", "State forces", "Militias", "Unidentified", "Nobody named", "Others")

_REGION_COLOURS = {"ink": "Mopti", "neutral": "Ségou"}

_NONE = {
    "centre": (
        "event in central Mali in the last 12 months",
        "aucun événement dans le centre du Mali au cours des 12 derniers mois",
    ),
    "deaths": (
        "deaths in central Mali in these months",
        "aucun mort dans le centre du Mali au cours de ces mois",
    ),
    "militias": (
        "attack of militias on civilians in central Mali",
        "aucune attaque de milices contre des civils dans le centre du Mali",
    ),
    "regions": (
        "event in both regions of central Mali",
        "aucun événement dans l’une des deux régions du centre du Mali",
    ),
    "bases": (
        "quarter before and after the bases closed",
        "aucun trimestre avant et après la fermeture des bases",
    ),
}
"""What own data may hold nothing of in the centre, in both languages, as `limits.held` takes it."""


def zone_shares(r: Report) -> Figure:
    """Militant Islamist events by zone and half-year, as shares."""
    rows = m.militant_islamist(r.actors)
    rows = rows.assign(zone=rows["region"].map(d.ZONE_OF).map(d.ZONE_LABELS))
    frame = m.series(rows, r.since(_FIRST), "half", split="zone", values=["events"])
    now = m.tally(rows, r.last_12, "zone").set_index("zone")["share"]
    limits.held(d.ZONE_LABELS["centre"] in now, *_NONE["centre"])
    centre = now[d.ZONE_LABELS["centre"]]
    table = frame.rename(columns={"period": "Half-year", "zone": "Zone", "events": "Events"})
    table = table[["Half-year", "Zone", "Events"]]
    first, last = table["Half-year"].iloc[0], table["Half-year"].iloc[-1]
    return Figure(
        id="central-zone-shares",
        title=f"Central Mali accounts for {p.percent(centre)} of militant Islamist events of the last 12 months",
        subtitle=f"Share of militant Islamist events by zone, Mali, {p.half_years(frame)}",
        chart=charts.stacked(table, "Half-year", "Events", "Zone", ZONE_COLOURS, title="Share of events", share=True),
        frame=table,
        alt=f"Stacked columns of three zones from {first} to {last}; in the last 12 months central Mali has "
        f"{p.percent(centre)}, northern Mali {p.percent(now[d.ZONE_LABELS['north']])} and southern Mali "
        f"{p.percent(now[d.ZONE_LABELS['south']])}",
        fr=f.words(
            title=f"le centre du Mali réunit {f.percent(centre)} des {f.MI_EVENTS} des 12 derniers mois",
            subtitle=f"Part des {f.MI_EVENTS} par zone, Mali, {f.half_years(frame)}",
            alt=f"Colonnes empilées de trois zones {f.running(first, last)} ; au cours des 12 derniers mois, le centre du Mali en réunit "
            f"{f.percent(centre)}, le nord {f.percent(now[d.ZONE_LABELS['north']])} et le sud "
            f"{f.percent(now[d.ZONE_LABELS['south']])}",
        ),
        source=r.source("actors"),
    )


def central_cercles(r: Report) -> pd.DataFrame:
    """Return the `cercle_halves` of Mopti and Ségou, complete half-years only."""
    rows = m.in_zone(r.cercle_halves, "centre")
    return rows[rows["months"].eq(6)]


def cercle_map(r: Report) -> Figure:
    """Political violence in the cercles of Mopti and Ségou in the last complete half-year."""
    rows = central_cercles(r)
    last = rows["half"].max()
    now = rows[rows["half"].eq(last)].sort_values("events", ascending=False, ignore_index=True)
    shapes = r.tables.shapes("cercles")
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
        title=f"Three of {len(now)} cercles, {where}, had {p.percent(share)} of the centre's political "
        f"violence in {half(last).label}",
        subtitle=f"Political-violence events of all actors by district (cercle; counts as circles), Mopti and Ségou, {half(last).label}",
        chart=charts.area_circles(
            shown, mapped, "cercle", "Events", title="Events", tips=["Deaths"], names=names, height=390
        ),
        frame=table,
        alt=(
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
                f"{f.count(quiet, 'cercle')} n’en {f.agree(quiet, 'compte', 'comptent')} aucun"
                if quiet
                else "aucun n’est sans événement"
            ),
        ),
        rests_on=(int(top["events"].sum()), total),
        source=r.source("cercle_halves"),
        caveat=Both(
            "Totals by district name no actor: they hold all political violence, not militant Islamist events alone.",
            "Les totaux par cercle ne nomment aucun acteur : ils comptent toute la violence politique, et pas "
            "seulement celle des groupes islamistes armés.",
        )
        + " "
        + old_regions(r),
    )


_WHO_KILLS_WHOM_CAVEAT = Both(
    "Deaths are all those of an event, on either side; the acting side is the one the record puts first, and a pair is both of its "
    "cells; Katiba Macina is counted with JNIM. By bombs: "
    "explosions, shelling and air strikes that hit civilians, which the count in the text leaves out.",
    "Les morts sont tous ceux d’un événement, des deux côtés ; le camp agissant est celui que la fiche cite en premier, et un "
    "face-à-face réunit ses deux cases ; la katiba Macina est comptée avec le GSIM (JNIM). "
    "Par des bombes : explosions, tirs d’obus et frappes aériennes qui ont touché des civils, hors du décompte du texte.",
)


def who_kills_whom(r: Report) -> Figure:
    """Deaths in central Mali by acting side and other side, last 12 months."""
    span = r.last_12
    rows = m.in_zone(r.actors, "centre")
    rows = rows[rows["event_type"].isin(d.VIOLENT)]
    rows = rows.assign(one=rows["side1"].map(_SIDES).fillna("Others"), two=rows["side2"].map(_SIDES).fillna("Others"))
    # Attacks on civilians as the chapter's sentence counts them; bombs and shelling that hit civilians stand apart.
    bombed = rows["two"].eq("Civilians") & rows["event_type"].ne(d.VAC)
    rows["two"] = rows["two"].mask(bombed, "Civilians, by bombs")
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
    limits.held(not pairs.empty, *_NONE["deaths"])
    one, other, most = both_ways(pairs, "one", "two", "fatalities")[0]
    total = int(pairs["fatalities"].sum())
    civilians = m.count(rows[rows["two"].str.startswith("Civilians")], span, "fatalities")
    largest = list(pairs[["one", "two", "fatalities"]].head(4).itertuples(index=False, name=None))
    return Figure(
        id="central-who-kills-whom",
        title=f"{p.percent(civilians / total)} of the deaths in central Mali came in events in which civilians were "
        f"the other side; the deadliest pair is {_pair(one, other)} with {p.number(most)}",
        subtitle=f"Deaths in violent events by acting side (rows) and other side (columns), Mopti and Ségou, "
        f"{span.label}",
        chart=charts.heat(grid, "Other side", "Acting side", "Deaths"),
        frame=table,
        alt=(
            f"Grid of {len(acting)} acting sides by {len(hit)} other sides; of {p.number(total)} deaths the largest "
            "cells are " + p.listing(f"{_pair(*row[:2])} ({p.number(row[2])})" for row in largest)
        ),
        fr=f.words(
            title=f"{f.percent(civilians / total)} des morts dans le centre du Mali viennent d’événements dirigés contre "
            f"des civils ; le face-à-face le plus meurtrier, {_pair_fr(one, other)}, en compte {f.number(most)}",
            subtitle=f"Morts dans les événements violents par camp agissant (lignes) et camp opposé (colonnes), Mopti "
            f"et Ségou, {f.label(span)}",
            alt=f"Grille de {f.word(len(acting))} camps agissants par {f.word(len(hit))} camps opposés ; sur {f.number(total)} morts, les "
            "cases les plus lourdes sont " + f.listing(f"{_pair_fr(*row[:2])} ({f.number(row[2])})" for row in largest),
        ),
        rests_on=(civilians, total),
        source=r.source("actors"),
        caveat=_WHO_KILLS_WHOM_CAVEAT + " " + worst(rows, span),
    )


def _pair(one: str, other: str) -> str:
    return " against ".join(french.lower(name) if name in _LOWER else name for name in (one, other))


def _pair_fr(one: str, other: str) -> str:
    return f"{_SIDES_FR[one]} contre {_SIDES_FR[other]}"


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
    limits.held(not whole.empty, *_NONE["militias"])
    peak = whole.loc[whole["events"].idxmax()]
    if now[islamists] == now[civilians]:
        than = Both("as often as", "aussi souvent qu’elles ont")
    elif now[islamists] > now[civilians]:
        than = Both("more often than", "plus souvent qu’elles n’ont")
    else:
        than = Both("less often than", "moins souvent qu’elles n’ont")
    fought, attacked = (rows[rows["kind"].eq(name)] for name in (islamists, civilians))
    title = judgement.ranked(
        Both(
            f"Militias fought militant Islamists in {p.count(now[islamists], 'event')} of the last 12 months, {than.en} "
            f"they attacked civilians ({p.number(now[civilians])})",
            f"les milices ont affronté des groupes islamistes armés dans {f.count(now[islamists], 'événement')} des 12 derniers "
            f"mois, {than.fr} attaqué des civils ({f.number(now[civilians])})",
        ),
        intervals.beside(fought, attacked, span),
    )
    return Figure(
        id="central-militia-events",
        title=title.en,
        subtitle=f"Violent events with self-defence or communal militias by adversary, Mopti and Ségou, "
        f"{p.half_years(frame)}",
        chart=charts.stacked(table, "Half-year", "Events", "Adversary", MILITIA_COLOURS, marks={"2020H2": "coup"}),
        frame=table,
        alt=f"Stacked columns; attacks of militias on civilians peak in {peak['period']} with {peak['events']}; in "
        f"{span.label} there are {now[civilians]}, with {p.number(deaths[civilians])} deaths, beside "
        f"{now[islamists]} events against militant Islamists that cost {p.number(deaths[islamists])} lives",
        fr=f.words(
            title=title.fr,
            subtitle=f"Événements violents avec des milices d’autodéfense ou communautaires, par adversaire, Mopti et Ségou, "
            f"{f.half_years(frame)}",
            alt=f"Colonnes empilées ; les attaques de milices contre des civils culminent au {f.half(peak['period'])} avec "
            f"{peak['events']} ; {f.at(f.label(span))} il y en a {now[civilians]}, avec {f.number(deaths[civilians])} morts, à "
            f"côté de {now[islamists]} événements contre des groupes islamistes armés, qui ont fait "
            f"{f.number(deaths[islamists])} morts",
        ),
        rests_on=(now[islamists], now[civilians]),
        source=r.source("actors"),
    )


def _closures(r: Report) -> pd.DataFrame:
    rows = r.tables.bases()
    return rows[rows["mission"].eq("MINUSMA") & rows["region"].eq("Mopti")].sort_values("date")


def expected(r: Report) -> Both:
    """What the second report expected here without the peacekeepers, or that nothing had been foreseen yet."""
    if not claims.is_due(r, "R23-29"):
        raise NotInEdition(
            "Nothing had been foreseen for the centre by this edition’s date.",
            "Rien n’avait encore été annoncé pour le centre à la date de cette édition.",
        )
    return Both(
        "The second report expected security around Mopti and Douentza to worsen without the peacekeepers.",
        "Le second rapport s’attendait à ce que la sécurité se dégrade autour de Mopti et de Douentza sans les Casques bleus.",
    )


def minusma_quarters(r: Report) -> Figure | str:
    """Events in Mopti and Ségou by quarter, before and after MINUSMA's closures."""
    if not claims.is_due(r, "R23-29"):
        return ""  # the sentence above the figure says so
    rows = m.in_zone(r.all_totals, "centre")
    last = pd.Period(str(rows["month"].max()), "M")
    span = Window(pd.Period("2019-01", "M"), last)
    rows = rows.assign(area=rows["region"].map(p.region_name))
    frame = m.series(rows, span, "quarter", split="area", values=["events"])
    frame = frame[frame["months"].eq(3)]
    table = frame.rename(columns={"period": "Quarter", "area": "Region", "events": "Events"})[
        ["Quarter", "Region", "Events"]
    ]
    table = table.reset_index(drop=True)
    wide = table.pivot(index="Quarter", columns="Region", values="Events")
    closed = _closures(r)
    places = p.listing(f"{row.place.split(' (')[0]} ({day(row.date, 'day').en})" for row in closed.itertuples())
    begun = m.period_of(closed["date"].str[:7], "quarter").iloc[0]
    base, after = wide.loc["2022Q3":"2023Q2"].mean(), wide.loc["2024Q1":].mean()
    limits.held({"Mopti", "Ségou"} <= set(wide), *_NONE["regions"])
    limits.held(bool(base.notna().all() and after.notna().all()), *_NONE["bases"])
    peak = wide["Mopti"].idxmax()
    places_fr = f.listing(f"{row.place.split(' (')[0]} ({day(row.date, 'day').fr})" for row in closed.itertuples())
    return Figure(
        id="central-minusma-events",
        title=f"Since January 2024 Mopti has had {p.number(after['Mopti'])} events a quarter, after "
        f"{p.number(base['Mopti'])} a quarter in the year to June 2023; Ségou {p.number(after['Ségou'])}, after "
        f"{p.number(base['Ségou'])}",
        subtitle=f"Political violence of all actors by quarter, events, {wide.index[0]} to {wide.index[-1]} "
        f"(totals by region); bases in Mopti closed: {places}",
        chart=charts.lines(
            table, "Quarter", "Events", by="Region", colours=_REGION_COLOURS, marks={begun: "closures begin"}
        ),
        frame=table,
        alt=f"Two lines; Mopti peaks in {peak} at {p.number(int(wide['Mopti'].max()))} and ends at "
        f"{p.number(int(wide['Mopti'].iloc[-1]))} in {wide.index[-1]}; Ségou starts at "
        f"{p.number(int(wide['Ségou'].iloc[0]))}, peaks in {wide['Ségou'].idxmax()} at "
        f"{p.number(int(wide['Ségou'].max()))} and ends at {p.number(int(wide['Ségou'].iloc[-1]))}",
        fr=f.words(
            title=f"depuis janvier 2024, Mopti compte {f.number(after['Mopti'])} événements par trimestre, contre "
            f"{f.number(base['Mopti'])} par trimestre dans l’année qui s’achève en juin 2023 ; Ségou {f.number(after['Ségou'])}, contre "
            f"{f.number(base['Ségou'])}",
            subtitle=f"Violences politiques (tous belligérants) par trimestre, événements, "
            f"{f.running(wide.index[0], wide.index[-1])} (totaux par région) ; bases fermées à Mopti : {places_fr}",
            alt=f"Deux courbes ; Mopti culmine au {f.quarter(peak)} à {f.number(int(wide['Mopti'].max()))} et finit à "
            f"{f.number(int(wide['Mopti'].iloc[-1]))} au {f.quarter(wide.index[-1])} ; Ségou commence à "
            f"{f.number(int(wide['Ségou'].iloc[0]))}, culmine au {f.quarter(wide['Ségou'].idxmax())} à "
            f"{f.number(int(wide['Ségou'].max()))} et finit à {f.number(int(wide['Ségou'].iloc[-1]))}",
        ),
        source=r.source("totals", "bases"),
        caveat=Both(
            "Totals by region name no actor. That a line moves after a closure does not show that the closure "
            "moved it; our list has no base of MINUSMA in Ségou.",
            "Les totaux par région ne nomment aucun acteur. Qu’une courbe bouge après une fermeture ne montre pas "
            "que la fermeture en est la cause ; notre liste ne compte aucune base de la MINUSMA à Ségou.",
        ),
    )


# --------------------------------------------------------------------------- the chapter's words


def answer(r: Report) -> AnswerBox:
    """Why is the centre the core of the war: its part of militant Islamist violence, and which of its regions leads."""
    mi = islamist(r)
    centre, every = mi.in_zone("centre").over(mi.last_year), mi.over(mi.last_year)
    # After the fraction: "trois événements sur cinq impliquant des groupes islamistes armés".
    part = judgement.share_of(centre / every if every else 0.0, _MI)
    first = Both(
        f"It had {part.en} {centre.when.en}.",
        f"Il concentre {part.fr} impliquant des groupes islamistes armés {centre.when.fr}.",
    )
    told = [killers(r)]
    changes = regions(r)
    top, overtook, settled = leader(changes)
    if top and overtook:
        other = "Mopti" if top == "Segou" else "Segou"
        # Last, and with its own window: totals may run on for a year after the counts that name an actor.
        now = changes[top].now
        when = NOTHING if now.window == centre.window else Both(f" {now.when.en}", f" {now.when.fr}")
        verb = more_than(overtook, settled)
        said = Both(
            f"{names.short(top).en} {verb.en} {names.short(other).en}{when.en}",
            f"{names.short(top).fr} {verb.fr} {names.short(other).fr}{when.fr}",
        )
        told.append((said, settled))
    first = joined([first, judgement.all_ranked(told)])
    both = totals(r).in_zone("centre")
    return AnswerBox(
        Both(
            "Why is the centre the core of the war, and who kills whom there?",
            "Pourquoi le centre est-il le cœur de la guerre, et qui y tue qui ?",
        ),
        first,
        [key(changes["Mopti"]), key(changes["Segou"]), key(both.deaths.in_a_year())],
    )


def core(r: Report) -> Both:
    """How militant Islamist violence in the centre moved in a year."""
    change = islamist(r).in_zone("centre").in_a_year()
    said, when = change.moved(), change.now.when
    return Both(
        f"{french.upper(when.en)} attacks and clashes with militant Islamists in the centre {said.en}.",
        f"{french.upper(when.fr)}, les attaques et combats impliquant des groupes islamistes armés dans le centre {said.fr}.",
    )


def overtaking(*regions: Measure) -> Finding:
    """Title of two regions: which of them leads, and whether it led a year before."""
    changes = {measure.place.regions[0]: measure.in_a_year() for measure in regions}
    top, overtook, settled = leader(changes)
    one, other = sorted(changes, key=lambda region: region != top) if top else changes
    high, low, noun = changes[one].now, changes[other].now, regions[0].short.many
    if not top:
        title = Both(
            f"{names.short(one).en} and {names.short(other).en} stand close: {prose.number(high)} {noun.en} and {prose.number(low)}",
            f"{names.short(one).fr} et {names.short(other).fr} se suivent de près : {french.number(high)} {noun.fr} et "
            f"{french.number(low)}",
        )
    else:
        verb = more_than(overtook, settled)
        title = Both(
            f"{names.short(one).en} {verb.en} {names.short(other).en}: {prose.number(high)} {noun.en} a year against "
            f"{prose.number(low)}",
            f"{names.short(one).fr} {verb.fr} {names.short(other).fr} : {french.number(high)} {noun.fr} en un an contre "
            f"{french.number(low)}",
        )
        title = judgement.ranked(title, settled)
    return Finding(title, rests_on=[change.now for change in changes.values()])


def who(r: Report) -> Both:
    """Attacks on civilians in the centre by side, in a year."""
    told = [(name, attacks, judgement.about(int(killed))) for name, attacks, killed in by_side(r)]
    when = told[0][1].when
    text = listing(
        Both(
            f"{who.en} {prose.number(n)} times ({k.en} killed)",
            f"{who.fr}{'' if at else ' ont attaqué des civils'} {french.number(n)} fois ({k.fr} morts)",
        )
        for at, (who, n, k) in enumerate(told)
    )
    return Both(
        f"{french.upper(when.en)} civilians of the centre were attacked by {text.en}.",
        f"{french.upper(when.fr)}, dans le centre, {text.fr}.",
    )


def with_wagner(r: Report) -> Both | None:
    """How many events of the centre that mention Wagner are attacks on civilians, since its arrival."""
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        return None
    rows = m.in_zone(m.with_wagner(r.actors, wide=True), "centre")
    span = r.since(d.WAGNER_ARRIVAL)
    every, vac = m.count(rows, span), m.count(rows[rows["event_type"].eq(d.VAC)], span)
    if every < d.SMALL_COUNT:
        return None
    return Both(
        f"Of {prose.number(every)} events here that mention Wagner since its arrival, {prose.number(vac)} are attacks on "
        "civilians.",
        f"Sur {french.number(every)} événements du centre qui mentionnent Wagner depuis son arrivée, {french.number(vac)} sont "
        "des attaques contre des civils.",
    )


def schools_form(r: Report) -> Form:
    """Share of schools closed for insecurity by cercle of the centre, in the survey of 2023."""
    if str(r.as_of) < "2024-01":
        raise NotInEdition(
            "The survey of closed schools was published after this edition’s date.",
            "L’enquête sur les écoles fermées a été publiée après la date de cette édition.",
        )
    rows = _schools(r)
    bars_ = [Bar(Both(p.cercle_name(c), p.cercle_name(c)), share, "neutral") for c, share in rows["share"].items()]
    what = Both(
        "share of schools closed for insecurity, by district (cercle) of Mopti and Ségou, survey of 2023",
        "part des écoles fermées pour insécurité, par cercle de Mopti et Ségou, enquête de 2023",
    )
    return bars(bars_, what, Both("Share of schools", "Part des écoles"), r.source("schools"), share=True)


def _schools(r: Report) -> pd.DataFrame:
    rows = r.tables.schools()
    rows = rows[rows["region"].isin(d.ZONES["centre"])]
    every = rows.groupby("cercle")["schools"].sum()
    closed = rows[rows["status"].eq("insecurity")].groupby("cercle")["schools"].sum().reindex(every.index, fill_value=0)
    found = pd.DataFrame({"closed": closed, "schools": every})
    found["share"] = found["closed"] / found["schools"]
    return found[found["closed"].gt(0)].sort_values("share", ascending=False)


def _without(r: Report) -> Both:
    """Name the cercles of the centre that the figure leaves out: in some no school was closed, others are not in the survey."""
    rows = r.tables.schools()
    shown = set(_schools(r).index)
    asked = {str(one) for one in rows[rows["region"].isin(d.ZONES["centre"])]["cercle"]}
    every = {
        str(one["properties"]["cercle"])
        for one in r.tables.shapes("cercles")["features"]
        if one["properties"]["zone"] == "centre"
    }
    open_, unasked = (sorted(map(p.cercle_name, some)) for some in (asked - shown, every - asked))
    text = NOTHING
    if open_:
        text += Both(
            f"; it found none closed in {prose.listing(open_)}",
            f" ; elle n’en a trouvé aucune à {french.listing(open_)}",
        )
    if unasked:
        text += Both(f"; it does not list {prose.listing(unasked)}", f" ; elle ne mentionne {french.neither(unasked)}")
    return text


def schools(r: Report) -> Finding:
    """Title of closed schools: the cercle with the highest share."""
    rows = _schools(r)
    top = rows.iloc[0]
    share = judgement.share_of(
        float(top["share"]), Noun(Both("school", "école"), Both("schools", "écoles"), feminine=True)
    )
    where = p.cercle_name(str(rows.index[0]))
    counts = Both(
        f"{prose.number(int(top['closed']))} of {prose.number(int(top['schools']))}",
        f"{french.count(int(top['closed']), 'école', feminine=True)} sur {french.number(int(top['schools']))}",
    )
    return Finding(
        Both(
            f"In {where} {share.en} were closed for insecurity",
            f"À {where}, {share.fr} étaient fermées pour insécurité",
        ),
        caveat=Both(
            f"In {where} {counts.en} schools. Closings are as the survey of 2023 found them",
            f"À {where}, {counts.fr}. Les fermetures sont celles que l’enquête de 2023 a constatées",
        )
        + _without(r),
    )

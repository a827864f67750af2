"""Figures and tables of the chapter on Wagner: what it does, where, at which price, and what came with it.

Two ways of counting stand side by side throughout. Narrow: Wagner is one of the recorded actors. Wide: Wagner is named
anywhere in the record, most often in the notes on an event of the army.
"""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import pandas as pd

from helpers import charts, limits
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.figures import Figure, few
from helpers.forms import Finding, moved
from helpers.measures.catalogue import attacks_on_civilians
from helpers.measures.measure import Change
from helpers.page.frame import AnswerBox, Key, key
from helpers.story import dated
from helpers.story.wagner_ways import (
    NAMING,
    NAMING_COLOURS,
    WAYS,
    enough,
    how_long,
    naming_quarters,
    naming_verb,
    quiet,
    since_arrival,
    since_moura,
)
from helpers.terms import term
from helpers.windows import Window, month, month_name, trailing, window, year
from helpers.words import Both, joined, judgement, names

ARRIVAL = {"2020Q3": "coup", "2021Q4": "Wagner arrives"}


CAUSE = Both(
    "That two things happen in the same place and time does not show that one caused the other.",
    "Que deux choses arrivent au même lieu et au même moment ne montre pas que l’une a causé l’autre.",
)


def state_vac(r: Report) -> Figure:
    """Violence against civilians by state forces or Wagner, by quarter and by how Wagner is named."""
    labels = {
        "no": "State forces, Wagner not named",
        "mentioned": "State forces, Wagner mentioned",
        "named": "Wagner named as an actor",
    }
    colours = {"state": labels["no"], "ink": labels["mentioned"], "wagner": labels["named"]}
    rows = m.against_civilians(r.actors, ["state", "wagner"])
    limits.held(
        not rows.empty, "attack on civilians by state forces", "aucune attaque des forces de l’État contre des civils"
    )
    rows = rows.assign(by=m.with_notes(rows)["wagner"].map(labels))
    sums = m.series(rows, r.since("2017-01"), "quarter", split="by", values=["events"])
    frame = sums.rename(columns={"period": "Quarter", "by": "By", "events": "Events"})[["Quarter", "By", "Events"]]
    colours = {key: text for key, text in colours.items() if text in set(frame["By"])}
    totals = frame.groupby("Quarter", sort=False)["Events"].sum()
    now, before = m.count(rows, r.last_12), m.count(rows, r.before_12)
    found = intervals.attempt(rows, r.last_12, r.before_12)
    arrived = str(r.as_of) >= d.WAGNER_ARRIVAL
    said = attacks_on_civilians(r, "state-side").in_a_year().moved()
    title = f"attacks on civilians by state forces{' and their partners' if arrived else ''} {said.en}"
    naming, naming_fr = "", ""
    if str(r.as_of) >= d.WAGNER_ARRIVAL:
        wide = m.count(m.with_notes(rows)[rows["wagner"].ne("no")], r.last_12)
        narrow = m.count(rows[rows["wagner"].eq("named")], r.last_12)
        naming = (
            f"; {p.word(wide)} of the former {naming_verb(wide)} Wagner, {p.none(narrow)} as an actor"
            if wide
            else "; none of the former names Wagner"
        )
    who = "des forces de l’État et de leurs partenaires" if arrived else "des forces de l’État"
    title_fr = f"Les attaques {who} contre des civils {said.fr}"
    if str(r.as_of) >= d.WAGNER_ARRIVAL:
        naming_fr = (
            f" ; parmi les premiers, {fr.word(wide)} {'nomment' if wide > 1 else 'nomme'} Wagner, "
            f"{fr.word(narrow)} comme acteur"
            if wide
            else " ; aucun des premiers ne nomme Wagner"
        )
    return Figure(
        id="wagner-state-vac",
        title=title,
        subtitle="Violence against civilians with state forces or Wagner as the acting side, events, Mali, quarters "
        f"{totals.index[0]} to {totals.index[-1]}{p.incomplete(sums, 3)}{intervals.behind(events=found)}",
        chart=charts.stacked(frame, "Quarter", "Events", "By", colours, marks=ARRIVAL),
        frame=frame,
        alt=f"stacked columns by quarter; {p.peak(totals)}; the last 12 months have {p.number(now)} events against "
        f"{p.number(before)} in the 12 before{naming}",
        fr=fr.words(
            title_fr,
            "Violences contre des civils où les forces de l’État ou Wagner agissent, événements, Mali, trimestres, "
            f"{fr.running(totals.index[0], totals.index[-1])}{fr.incomplete(sums, 3)}{fr.behind(événements=found)}",
            f"Colonnes empilées par trimestre ; {fr.peak(totals, 'événement')} ; les 12 derniers mois comptent {fr.number(now)} "
            f"événements contre {fr.number(before)} les 12 mois précédents{naming_fr}",
        ),
        rests_on=[now, before],
        source=r.source("actors"),
        caveat=few(min(now, before)),
    )


def _by_wagner(r: Report, span: Window, before: Window) -> tuple[pd.DataFrame, dict[str, tuple[pd.DataFrame, Window]]]:
    """Return the acts of state forces by where Wagner is named, each with its window."""
    acts = r.actors[r.actors["side1"].isin(["state", "wagner"]) & r.actors["event_type"].isin(d.VIOLENT)]
    kinds = dict.fromkeys(d.MILITANT_ISLAMIST, "Militant Islamists")
    kinds |= {"civilians": "Civilians", "separatist": "Separatists"}
    acts = acts.assign(target=acts["side2"].map(kinds).fillna("Others, or none recorded"))
    parts = {
        "Before": (acts, before),
        "Not named": (acts[acts["wagner"].eq("no")], span),
        "Named anywhere": (acts[m.with_notes(acts)["wagner"].ne("no")], span),
        "Named as actor": (acts[acts["wagner"].eq("named")], span),
    }
    return acts, parts


_TARGETS_CAVEAT = Both(
    "The records that name Wagner are not a sample of all operations: an abuse is likelier to be reported "
    "with the names of those involved.",
    "Les fiches qui nomment Wagner ne sont pas un échantillon de toutes les opérations : une exaction "
    "est plus souvent rapportée avec le nom de ceux qui y étaient.",
)


def _share_of(part: int, whole: int) -> Both:
    """Return a share in percent, or its counts where one event more or less would move it by five points."""
    if whole >= 2 * d.SMALL_COUNT:
        return Both(p.percent(part / whole), fr.percent(part / whole))
    return Both(f"{p.none(part)} of {p.number(whole)}", f"{fr.word(part)} sur {fr.number(whole)}")


@quiet
def targets(r: Report) -> Figure:
    """Who stands on the other side of the acts of state forces, with and without Wagner."""
    span = enough(r)
    before = r.checked(span.before())
    acts, parts = _by_wagner(r, span, before)
    colours = {
        "civilians": "Civilians",
        "islamist": "Militant Islamists",
        "separatist": "Separatists",
        "neutral": "Others, or none recorded",
    }
    met = set(acts.loc[before.contains(acts["month"]) | span.contains(acts["month"]), "target"])
    colours = {key: kind for key, kind in colours.items() if kind in met}
    lines, shares, hits, sizes = [], {}, {}, {}
    for label, (rows, when) in parts.items():
        counts = m.tally(rows, when, "target").set_index("target")
        hits[label], sizes[label] = int(counts["events"].get("Civilians", 0)), int(counts["events"].sum())
        shares[label] = float(counts["share"].get("Civilians", 0.0))
        lines += [
            (label, kind, int(counts["events"].get(kind, 0)), float(counts["share"].get(kind, 0.0)))
            for kind in colours.values()
        ]
    frame = pd.DataFrame(lines, columns=["Wagner", "Other side", "Events", "Share"])
    actor = _share_of(hits["Named as actor"], sizes["Named as actor"])
    many = "rows: " + p.listing(f"{label} {p.number(n)}" for label, n in sizes.items())
    return Figure(
        id="wagner-targets",
        title=f"civilians are the other side in {p.percent(shares['Named anywhere'])} of the acts that name Wagner "
        f"({actor.en} where it is an actor) and in {p.percent(shares['Not named'])} of the "
        "state's other acts",
        subtitle=f"Violent events with state forces or Wagner as the acting side, by the other side, share of "
        f"events, Mali, "
        f"{span.label}; “before” is {before.label}. Events: {many.removeprefix('rows: ')}",
        chart=charts.stacked(frame, "Wagner", "Events", "Other side", colours, title="Share of events", share=True),
        frame=frame,
        alt=(
            "four stacked columns; the share with civilians on the other side is "
            + p.listing(
                f"{p.percent(value)} ({label.lower()}, {p.count(sizes[label], 'event')})"
                for label, value in shares.items()
            )
        ),
        fr=fr.words(
            f"{fr.percent(shares['Named anywhere'])} des actes où Wagner est mentionné "
            f"({actor.fr} là où il est acteur) et {fr.percent(shares['Not named'])} des autres "
            "actes de l’État visent des civils",
            "Événements violents où les forces de l’État ou Wagner agissent, selon le camp opposé, part des événements, Mali, "
            f"{fr.label(span)} ; « avant » : {fr.label(before)}. Événements : "
            + fr.listing(f"{term(label)} {fr.number(n)}" for label, n in sizes.items()),
            "Quatre colonnes empilées ; la part qui vise des civils est de "
            + fr.listing(
                f"{fr.percent(value)} ({term(label)}, {fr.count(sizes[label], 'événement')})"
                for label, value in shares.items()
            ),
            {label: fr.upper(term(label)) for label in sizes},
        ),
        rests_on=list(sizes.values()),
        source=r.source("actors"),
        caveat=_TARGETS_CAVEAT + " " + CAUSE,
    )


@quiet
def regions(r: Report) -> Figure:
    """Where the events lie, by region and half-year, wide above narrow."""
    span = enough(r)
    panels, frames = [], []
    rank = list(m.tally(m.with_wagner(r.actors, wide=True), span, "region")["region"])
    limits.held(bool(rank), "event that names Wagner", "aucun événement qui nomme Wagner")
    for wide, way in WAYS:
        sums = m.series(m.with_wagner(r.actors, wide=wide), span, "half", split="region", values=["events"])
        grid = pd.MultiIndex.from_product([rank, list(dict.fromkeys(sums["period"]))], names=["region", "period"])
        full = sums.set_index(["region", "period"])["events"].reindex(grid, fill_value=0).reset_index()
        full = full.assign(region=full["region"].map(p.region_name))
        frame = full.rename(columns={"region": "Region", "period": "Half-year", "events": "Events"})
        frames.append(frame.assign(**{"Wagner is": way}))
        title = alt.TitleParams(way, anchor="start", fontSize=12)
        # Both grids have one scale: the wide count, which comes first, holds the narrow one.
        grid_ = charts.heat(frame, "Half-year", "Region", "Events", top=float(frames[0]["Events"].max()))
        panels.append(grid_.properties(title=title))
    table = pd.concat(frames, ignore_index=True)[["Wagner is", "Region", "Half-year", "Events"]]
    top, second = _region_lines(r, span, True), _region_lines(r, span, False)
    now = m.tally(m.with_wagner(r.actors, wide=True), r.last_12, "region")
    latest = ""
    if len(now) and span.months > 12:
        leader, part = p.region_name(now["region"].iloc[0]), p.percent(now["share"].iloc[0])
        same = leader == top[0]
        latest = (
            f"; in the last 12 months {'it has ' + part if same else leader + ' has the largest share (' + part + ')'}"
        )
    latest_fr = ""
    if latest:
        latest_fr = " ; au cours des 12 derniers mois, " + (
            f"elle en concentre {fr.percent(now['share'].iloc[0])}"
            if leader == top[0]
            else f"{leader} en concentre la plus grande part ({fr.percent(now['share'].iloc[0])})"
        )
    return Figure(
        id="wagner-regions",
        title=f"{top[0]} holds {p.percent(top[1])} of the events that name Wagner since its arrival{latest}",
        subtitle=f"Violent events that name Wagner by region and half-year, {span.label}"
        + (", the last half-year incomplete" if span.last.month not in (6, 12) else "")
        + "; top: all of them, bottom: those with Wagner as an actor. The first half-year has December 2021 alone",
        chart=alt.vconcat(*panels, spacing=22).resolve_scale(color="independent"),
        frame=table,
        alt=(
            f"two grids of {p.word(len(rank))} regions by half-year; {top[0]} leads with "
            f"{p.number(top[2])} events, of those with Wagner as an actor "
            + (f"{second[0]} with {p.number(second[2])}" if second[2] else "no region has any")
        ),
        fr=fr.words(
            f"{fr.the_region(top[0])} concentre {fr.percent(top[1])} des événements qui nomment Wagner depuis son arrivée{latest_fr}",
            f"Événements violents qui nomment Wagner par région et par semestre, {fr.label(span)}"
            + (", le dernier semestre incomplet" if span.last.month not in (6, 12) else "")
            + " ; en haut, la fiche mentionne Wagner ; en bas, elle le nomme comme acteur. Le premier semestre ne compte que décembre 2021",
            f"Deux grilles de {fr.word(len(rank))} régions par semestre ; là où la fiche mentionne Wagner, {top[0]} est en tête avec "
            f"{fr.number(top[2])} événements ; là où il est acteur, "
            + (f"{second[0]} avec {fr.number(second[2])}" if second[2] else "aucune région n’en compte"),
        ),
        rests_on=[top[2]],
        source=r.source("actors"),
        caveat=few(float(table["Events"].min())),
    )


def _region_lines(r: Report, span: Window, wide: bool) -> tuple[str, float, int]:
    ranked = m.tally(m.with_wagner(r.actors, wide=wide), span, "region")
    if ranked.empty:
        return "", 0.0, 0
    first = ranked.iloc[0]
    return p.region_name(first["region"]), float(first["share"]), int(first["events"])


def moura_background(r: Report) -> Both | str:
    """Say what happened at Moura, in editions that end after it."""
    try:
        since_moura(r)
    except NotInEdition:
        return ""
    told = Both(
        "One operation weighs more than any other in these numbers. Over five days in March 2022 soldiers and "
        "foreign military personnel held the town of Moura in the Mopti region. The army spoke of a blow to "
        "militants; United Nations investigators were not let in.",
        "Une opération pèse plus que toute autre dans ces nombres. Pendant cinq jours de mars 2022, des soldats et des "
        "combattants étrangers ont tenu le village de Moura, dans la région de Mopti. L’armée a parlé d’un coup porté aux "
        "djihadistes ; les enquêteurs des Nations unies n’ont pas pu y entrer.",
    )
    return joined([told, dated.moura(r)])


@quiet
def deaths(r: Report) -> Figure:
    """Deaths by quarter in events that name Wagner, Moura apart."""
    span, dead = since_moura(r)
    rows = m.with_wagner(r.actors, wide=True)
    moura = "Moura, March 2022 (only mentioned)"
    rows = rows.assign(naming=rows["wagner"].map(NAMING).mask(rows.index.isin(m.moura(rows).index), moura))
    sums = m.series(rows, span, "quarter", split="naming", values=["fatalities"])
    frame = sums.rename(columns={"period": "Quarter", "naming": "Deaths in", "fatalities": "Deaths"})
    frame = frame[["Quarter", "Deaths in", "Deaths"]]
    order = list(dict.fromkeys(frame["Quarter"]))
    total = m.count(rows, span, "fatalities")
    limits.held(total > 0, "deaths in events that name Wagner", "aucun mort dans des événements qui nomment Wagner")
    narrow = m.count(m.with_wagner(r.actors, wide=False), span, "fatalities")
    return Figure(
        id="wagner-deaths",
        title=f"the killings at Moura account for {p.percent(dead / total)} of the {p.number(total)} deaths in events "
        f"that name Wagner, and for none of the {p.number(narrow)} in events with it as an actor",
        subtitle=f"Deaths in violent events that name Wagner, Mali, quarters {order[0]} to "
        f"{order[-1]}{p.incomplete(sums, 3)}; the lowest part has Wagner as an actor",
        chart=charts.stacked(
            frame,
            "Quarter",
            "Deaths",
            "Deaths in",
            {**NAMING_COLOURS, "finding": moura},
        ),
        frame=frame,
        alt=f"stacked columns for {p.count(len(order), 'quarter')}; of {p.number(total)} deaths in all, "
        f"{p.number(dead)} "
        f"fell at Moura in the first quarter of 2022 and {p.number(narrow)} in events with Wagner as an actor",
        fr=fr.words(
            f"Les tueries de Moura représentent {fr.percent(dead / total)} des {fr.number(total)} morts des événements qui nomment Wagner, "
            f"et aucun des {fr.number(narrow)} morts de ceux où il est acteur",
            f"Morts dans les événements violents qui nomment Wagner, Mali, trimestres, {fr.running(order[0], order[-1])}"
            f"{fr.incomplete(sums, 3)} ; la partie la plus basse compte les événements où il est acteur",
            f"Colonnes empilées pour {fr.count(len(order), 'trimestre')} ; {fr.number(total)} morts en tout, dont {fr.number(dead)} "
            f"à Moura au premier trimestre 2022 et {fr.number(narrow)} dans des événements où Wagner est acteur",
        ),
        rests_on=[total, narrow],
        source=r.source("actors"),
        caveat=Both(
            "ACLED counts deaths by event, on all sides; a battle that Wagner lost adds its own dead. The toll of "
            "Moura is ACLED's; other counts differ.",
            "ACLED compte les morts par événement, tous belligérants confondus ; un combat perdu par Wagner y ajoute ses "
            "propres morts. Le bilan de Moura est celui d’ACLED ; d’autres décomptes en diffèrent.",
        ),
    )


@quiet
def islamist_vac(r: Report) -> Figure:
    """Attacks on civilians by militant Islamists by quarter, before and after Wagner's arrival."""
    span = since_arrival(r)
    if span.months < 6:
        raise NotInEdition(
            f"Wagner had been in Mali for {how_long(span)}: too short for a comparison.",
            f"Wagner était au Mali depuis {fr.length(span.months)} : trop peu pour une comparaison.",
        )
    before = r.checked(span.before())
    vac = m.against_civilians(r.actors, d.MILITANT_ISLAMIST)
    sums = m.series(vac, r.since("2017-01"), "quarter")
    first = m.period_of(pd.Series([d.WAGNER_ARRIVAL]), "quarter")[0]
    frame = pd.DataFrame(
        {
            "Quarter": sums["period"],
            "Events": sums["events"],
            "Deaths": sums["fatalities"],
            "Since the arrival": sums["period"] >= first,
        }
    )
    a, b = m.count(vac, span), m.count(vac, before)
    found = intervals.attempt(vac, span, before)
    spell = f"{fr.word(span.months)} mois"
    return Figure(
        id="wagner-islamist-vac",
        title=f"militant Islamists attacked civilians {p.number(a)} times in the first {how_long(span)} after Wagner's "
        f"arrival, {p.number(b)} times in {'the month' if span.months == 1 else 'as many months'} before",
        subtitle=f"Violence against civilians by militant Islamists, events, Mali, quarters {frame['Quarter'].iloc[0]} "
        f"to {frame['Quarter'].iloc[-1]}{p.incomplete(sums, 3)}; coloured from the quarter of the arrival on",
        chart=charts.columns(frame, "Quarter", "Events", highlight="Since the arrival", marks=ARRIVAL),
        frame=frame,
        alt=f"columns by quarter; {p.peak(frame.set_index('Quarter')['Events'])}; events {found.moved() if found else p.moved(a, b)} from the "
        f"{how_long(span)} before Wagner's arrival to those since",
        fr=fr.words(
            f"Les groupes islamistes armés ont attaqué des civils {fr.number(a)} fois dans les {spell} suivant l’arrivée de "
            f"Wagner, {fr.number(b)} fois dans autant de mois auparavant",
            "Violences contre des civils par les groupes islamistes armés, événements, Mali, trimestres, "
            f"{fr.running(frame['Quarter'].iloc[0], frame['Quarter'].iloc[-1])}{fr.incomplete(sums, 3)} ; en couleur à partir du "
            "trimestre de l’arrivée",
            f"Colonnes par trimestre ; {fr.peak(frame.set_index('Quarter')['Events'], 'événement')} ; entre les {spell} précédant "
            f"l’arrivée de Wagner et les suivants, les événements {fr.moved_within(found) if found else fr.moved(a, b)}",
        ),
        rests_on=[a, b],
        source=r.source("actors"),
        caveat=CAUSE
        + " "
        + Both(
            "French and European troops left in the same months.",
            "Les troupes françaises et européennes sont parties dans les mêmes mois.",
        ),
    )


def later_quarters(r: Report) -> Figure:
    """Events that name Wagner by quarter to the end of the tables."""
    later = r.later()
    if later is None or str(later.last) < d.WAGNER_ARRIVAL:
        raise NotInEdition(
            "The event tables hold no months after this edition.",
            "Les tables d’événements n’ont aucun mois après cette édition.",
        )
    span = Window(month(d.WAGNER_ARRIVAL), later.last)
    wide, narrow = (m.with_wagner(r.all_actors, wide=way) for way, _ in WAYS)
    a, b = m.count(wide, later), m.count(narrow, later)
    titles = (
        p.sentence(
            f"after this edition, to {month_name(later.last)}, the data name Wagner in {p.count(a, 'event')}, in "
            f"{p.none(b)} as an actor"
        ),
        f"Après cette édition, jusqu’en {fr.month_name(later.last)}, les données nomment Wagner dans "
        f"{fr.count(a, 'événement')}, dans {fr.word(b)} comme acteur",
    )
    end = m.period_of(pd.Series([str(r.as_of)]), "quarter")[0]
    return naming_quarters(r.all_actors, span, "wagner-later-quarters", titles, r, {end: "this edition"})


# --------------------------------------------------------------------------- the chapter's words


def _attacks(r: Report, side: str) -> tuple[Change, Change]:
    measure = attacks_on_civilians(r, side)
    return measure.in_a_year(), measure.deaths.in_a_year()


def answer(r: Report) -> AnswerBox:
    """Who harms civilians on the state's side: how often beside the militants, and how many were killed."""
    (state, dead), (armed, killed) = _attacks(r, "state-side"), _attacks(r, "islamist")
    between = state.now.measure.beside(armed.now.measure, state.now.window)[2]
    often = judgement.as_often(state.now / armed.now if armed.now else float("inf"), between)
    level = judgement.as_often(1.0)
    subject = names.GROUPS["state-side" if str(r.as_of) >= d.WAGNER_ARRIVAL else "state"].upper()
    when = state.now.when
    order, close = judgement.killers({"state": int(dead.now), "islamist": int(killed.now)})
    if close:
        tail = Both("and killed about as many", "et ont tué à peu près autant de personnes")
    elif order[0] == "state":
        times = dead.now / killed.now if killed.now else float("inf")
        tail = Both(f"and killed {p.times(times)} as many", f"et ont tué {fr.times(times)} plus de personnes")
    else:
        tail = Both("and killed fewer", "et ont tué moins de personnes")
    text = Both(
        f"{subject.en} attacked civilians {often.en} militant Islamists {when.en} {tail.en}",
        f"{subject.fr} ont attaqué des civils {often.fr} les groupes islamistes armés {when.fr} {tail.fr}",
    )
    apart = [pair for pair, ranks in (((state, armed), often != level), ((dead, killed), not close)) if ranks]
    found = [one.now.measure.beside(other.now.measure, one.now.window)[2] for one, other in apart]
    return AnswerBox(
        Both("Who harms civilians on the state’s side?", "Du côté de l’État, qui s’en prend aux civils ?"),
        judgement.ranked(text, *found).sentence(),
        [_counted(state), key(dead), _counted(armed)],
    )


def _counted(change: Change) -> Key:
    """Return attacks on civilians as a key figure that says that abductions are among them."""
    made = key(change)
    return replace(made, label=made.label + Both(", ", ", ") + names.WITH_ABDUCTIONS)


def record(r: Report) -> Both | None:
    """How often state forces attacked civilians before any Russian came; the last year stands in the box and the figure."""
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        return None
    before = attacks_on_civilians(r, "state-side").over(window("2020-12", "2021-11"))
    return Both(
        f"State forces were accused before any Russian came: {p.number(before)} attacks in the year to November 2021.",
        f"Les forces de l’État étaient mises en cause avant l’arrivée des Russes : {fr.number(before)} attaques dans l’année qui "
        "s’achève en novembre 2021.",
    )


def two_counts(r: Report) -> Both | None:
    """How many events name Wagner as an actor, and how many mention it."""
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        return None
    span = r.since(d.WAGNER_ARRIVAL)
    named, wide = (m.count(m.with_wagner(r.actors, wide=kind), span) for kind in (False, True))
    to = names.prose_month(span.last)
    return Both(
        f"From its arrival to {to.en} Wagner is an actor in {p.number(named)} events; with those that only mention it, "
        f"{p.number(wide)}. Which is closer to the truth is not known: witnesses often speak only of white soldiers.",
        f"De son arrivée à {to.fr}, Wagner {'est' if named else 'n’est'} acteur dans {fr.count(named, 'événement')} ; avec ceux qui ne font que le mentionner, "
        f"on en compte {fr.number(wide)}. On ne sait quel chiffre est le plus près de la vérité : les témoins ne parlent "
        "souvent que de soldats blancs.",
    )


def from_the_air(r: Report) -> Both | None:
    """How often the army struck or shelled from afar, and who struck before it; strikes by anyone stand in the figure."""
    last = r.as_of.year if r.as_of.month == 12 else r.as_of.year - 1
    if last < 2021:
        return None
    remote = r.actors[r.actors["event_type"].eq(d.REMOTE)]
    own, french = (remote[remote["side1"].isin(sides)] for sides in (("state", "wagner"), ("france-partners",)))
    early = window("2020-01", "2021-12")
    ours, theirs = (m.count(rows, early) for rows in (own, french))
    late, first = m.count(own, year(last)), m.count(own, year(2020))
    return Both(
        f"The army and its partners struck or shelled from afar {p.number(late)} times in {last}, after {p.none(first)} in "
        f"2020. In 2020 and 2021 France and its partners did so {p.number(theirs)} times, the army {p.number(ours)}.",
        f"L’armée et ses partenaires ont frappé ou pilonné à distance {fr.number(late)} fois en {last}, contre "
        f"{fr.none(first)} en 2020. En 2020 et 2021, la France et ses partenaires l’ont fait "
        f"{fr.number(theirs)} fois, l’armée {fr.number(ours)}.",
    )


def strikes(change: Change) -> Finding:
    """Title of one way of fighting, by all sides: air and drone strikes."""
    noun = change.now.measure.noun.many.upper()
    return moved(
        Both(f"{noun.en} by all sides", f"Les {fr.lower(noun.fr)}, tous belligérants confondus,"),
        change,
        caveat=Both(
            "The source of this series does not say who struck",
            "La source de cette série ne dit pas qui frappe",
        ),
    )


def security(r: Report) -> Both:
    """Whether militant Islamist attacks on civilians became fewer; an arrival is not a cause."""
    armed, _ = _attacks(r, "islamist")
    said, when = armed.moved(), armed.now.when
    text = Both(
        f"{fr.upper(when.en)} militants’ attacks on civilians {said.en}.",
        f"{fr.upper(when.fr)}, les attaques de groupes islamistes armés contre des civils {said.fr}.",
    )
    cause = Both(
        "An arrival is not a cause: other forces came and went in the same months.",
        "Une arrivée n’est pas une cause : d’autres forces sont venues et parties dans les mêmes mois.",
    )
    if str(r.end("actors")) < d.WAGNER_ARRIVAL:
        return joined([text, cause])
    before = trailing(month(d.WAGNER_ARRIVAL) - 1, 6)
    late, early = (armed.now.measure.over(span) for span in (before, before.before()))
    return joined(
        [
            text,
            Both(
                f"In the six months before the Russians came there were {p.number(late)}, in the six before those "
                f"{p.number(early)}.",
                f"Dans les six mois précédant la venue des Russes, il y en a eu {fr.number(late)}, contre "
                f"{fr.number(early)} au cours des six précédents.",
            ),
            cause,
        ]
    )


def gold(r: Report) -> Both | None:
    """Where the gold was sold, as a magazine found; nothing before it was written."""
    found = r.chronology[r.chronology["id"].eq("2023-07-07-wagner-gold-report")]
    if found.empty:
        return None
    (url,) = found["url"]
    return Both(
        f"[The Africa Report]({url}) counted two mining companies set up by July 2023 and money put into at least three "
        "artisanal sites south of Bamako; the gold, it wrote, was sold through Dubai.",
        f"[The Africa Report]({url}) comptait en juillet 2023 deux sociétés minières créées et de l’argent placé dans au "
        "moins trois sites artisanaux au sud de Bamako ; l’or, selon le magazine, était vendu par Dubaï.",
    )

"""Figures and tables of the chapter on northern Mali (Gao, Kidal, Ménaka, Taoudénit and Tombouctou)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import altair as alt
import pandas as pd

from helpers import charts, french, limits
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.figures import Figure, few
from helpers.forms.periods import marked
from helpers.measures.catalogue import fights, involving, totals
from helpers.measures.measure import Measure
from helpers.page.frame import AnswerBox, key
from helpers.story import dated
from helpers.story.northern_war import arrived as arrived
from helpers.story.northern_war import fighting_state, fought_fr, so_often
from helpers.story.northern_war import later_war as later_war
from helpers.story.northern_war import separatists as separatists
from helpers.terms import term
from helpers.windows import Window, half, half_before, month, month_name
from helpers.words import NOTHING, Both, judgement, names
from helpers.words.both import joined, listing

IS = d.LABELS["is-sahel"]

MARKS = marked("half", "2020-08", "2022-08", "2023-12")

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
    "pale": "Others",
}

SIDES = Both(
    "The first recorded side acts in attacks; in battles the record need not say who began.",
    "Dans une attaque, le camp cité en premier agit ; dans un combat, la fiche ne dit pas toujours qui a commencé.",
)


def months_to(r: Report, table: str = "actors") -> str:
    """Say to which month a table runs."""
    return f"to {month_name(r.end(table))}"


def is_rows(r: Report, *regions: str) -> pd.DataFrame:
    """Return the rows of IS Sahel in some regions."""
    return m.in_regions(m.involving(r.actors, ["is-sahel"]), *regions)


def last_halves(r: Report) -> tuple[str, str]:
    """Return the last complete half-year and the one before it."""
    return r.half, half_before(r.half)


_OF_A_YEAR = Both(
    "The title gives shares of 12 months; the columns count events by half-year.",
    "Le titre donne des parts sur 12 mois ; les colonnes comptent des événements par semestre.",
)


def actors(r: Report) -> Figure:
    """Violent events in the north by the acting group and half-year."""
    rows = m.in_zone(r.actors[r.actors["event_type"].isin(d.VIOLENT)], "north")
    labels = ACTING_LABELS | {"state": "State forces and Wagner" if arrived(r) else "State forces"}
    kind = {group: labels[name] for name, groups in ACTING.items() for group in groups}
    rows = rows.assign(acting=rows["side1"].map(kind).fillna(labels["pale"]))
    sums = m.series(rows, r.since("2017-01"), "half", split="acting", values=["events"])
    frame = sums.rename(columns={"period": "Half-year", "acting": "Acting side", "events": "Events"})
    frame = frame[["Half-year", "Acting side", "Events"]]
    now = m.tally(rows, r.last_12, "acting").set_index("acting")
    limits.held(
        len(now) > 1,
        "second acting side in northern Mali in the last 12 months",
        "aucun second camp qui agisse dans le nord du Mali au cours des 12 derniers mois",
    )
    a, b = now.index[0], now.index[1]
    total = m.count(rows, r.last_12)
    colours = {key: label for key, label in labels.items() if label in set(frame["Acting side"])}

    def share_fr(index: int) -> str:
        return f"dans {fr.percent(now['share'].iloc[index])}"

    acts = "agit" if a in ("JNIM", IS) else "agissent"
    return Figure(
        id="northern-actors",
        title=f"{_named(a)} in {p.percent(now['share'].iloc[0])} of violent events in the north in the last "
        f"12 months, {_named(b).removesuffix(' act').removesuffix(' acts')} in {p.percent(now['share'].iloc[1])}",
        subtitle=f"Violent events by the acting side, northern Mali, half-years {frame['Half-year'].iloc[0]} to "
        f"{frame['Half-year'].iloc[-1]}{p.incomplete(sums)}",
        chart=charts.stacked(frame, "Half-year", "Events", "Acting side", colours, marks=MARKS),
        frame=frame,
        alt=(
            f"stacked columns by half-year; {p.peak(frame.groupby('Half-year', sort=False)['Events'].sum(), 'event')}; "
            "in the last 12 months " + p.listing(f"{name} {p.number(value)}" for name, value in now["events"].items())
        ),
        fr=fr.words(
            f"{fr.upper(term(a))} {acts} {share_fr(0)} des événements violents du nord au cours des 12 derniers mois, "
            f"{term(b)} {share_fr(1)}",
            "Événements violents selon le camp agissant, nord du Mali, semestres, "
            f"{fr.running(frame['Half-year'].iloc[0], frame['Half-year'].iloc[-1])}{fr.incomplete(sums)}",
            f"Colonnes empilées par semestre ; {fr.peak(frame.groupby('Half-year', sort=False)['Events'].sum(), 'événement')} ; au "
            "cours des 12 derniers mois, "
            + fr.listing(f"{term(name)} {fr.number(value)}" for name, value in now["events"].items()),
        ),
        rests_on=[total],
        source=r.source("actors"),
        caveat=SIDES + " " + _OF_A_YEAR,
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
    ranked = m.tally(rows, last_12, "region", "fatalities")
    limits.held(
        not ranked.empty,
        "deaths in northern Mali in the last 12 months",
        "aucun mort dans le nord du Mali au cours des 12 derniers mois",
    )
    said = totals(r).in_zone("north").deaths.in_a_year().moved()
    return Figure(
        id="northern-regions",
        title=f"deaths in the north {said.en}",
        subtitle=f"Deaths in political violence by all actors, by region, half-years {frame['Half-year'].iloc[0]} to "
        f"{frame['Half-year'].iloc[-1]}{p.incomplete(sums)} (totals by region, {months_to(r, 'totals')})"
        + intervals.behind(deaths=found),
        chart=charts.multiples(frame, "Half-year", "Deaths", "Region", title="", group="north", columns=2, width=284),
        frame=frame,
        alt=(
            "four small charts of columns; highest half-year: "
            + p.listing(
                f"{name} {part.loc[part['Deaths'].idxmax(), 'Half-year']} with {p.number(part['Deaths'].max())}"
                for name, part in frame.groupby("Region")
            )
        ),
        fr=fr.words(
            f"Les morts dans le nord {said.fr}",
            "Morts dans les violences politiques (tous belligérants), par région, semestres, "
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


def is_deaths(r: Report) -> Figure:
    """Deaths in events of Islamic State Sahel in Gao and Ménaka, attacks on civilians apart."""
    rows = is_rows(r, "Gao", "Menaka")
    kinds = {d.VAC: "Attacks on civilians"}
    rows = rows.assign(kind=rows["event_type"].map(kinds).fillna("Battles and explosions"))
    sums = m.series(rows, r.since("2017-01"), "half", split="kind", values=["fatalities"])
    frame = sums.rename(columns={"period": "Half-year", "kind": "Deaths in", "fatalities": "Deaths"})
    frame = frame[["Half-year", "Deaths in", "Deaths"]]
    totals = frame.groupby("Half-year", sort=False)["Deaths"].sum()
    now, before = last_halves(r)
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
        title=f"events of Islamic State Sahel in Gao and Ménaka cost {p.count(a, 'life', 'lives')} in "
        f"{half(now).label}, after {p.number(b)} in the half-year before{joint} {record}",
        subtitle=f"Deaths in violent events with {IS} on either side, Gao and Ménaka, half-years {totals.index[0]} to "
        f"{totals.index[-1]}{p.incomplete(sums)}",
        chart=charts.stacked(
            frame,
            "Half-year",
            "Deaths",
            "Deaths in",
            {"ink": "Attacks on civilians", "neutral": "Battles and explosions"},
            marks=MARKS,
        ),
        frame=frame,
        alt=f"stacked columns by half-year; {p.peak(totals, 'death')}; the deadliest single event, in "
        f"{p.region_name(worst['region'])} in {month_name(month(worst['month']))}, cost "
        f"{p.count(int(worst['deadliest']), 'life', 'lives')}",
        fr=fr.words(
            f"Les événements de l’État islamique au Sahel à Gao et à Ménaka ont fait {fr.count(a, 'mort')} en "
            f"{fr.label(half(now))}, contre {fr.number(b)} au semestre précédent{' ;' if joint == ';' else ','} {record_fr}",
            "Morts dans les événements violents où l’État islamique au Sahel est partie, Gao et Ménaka, semestres, "
            f"{fr.running(totals.index[0], totals.index[-1])}{fr.incomplete(sums)}",
            f"Colonnes empilées par semestre ; {fr.peak(totals, 'mort')} ; l’événement le plus meurtrier, dans la région "
            f"{fr.of(p.region_name(worst['region']))} en {fr.month_name(worst['month'])}, a fait "
            f"{fr.count(int(worst['deadliest']), 'mort')}",
        ),
        rests_on=[a, b],
        source=r.source("actors"),
        caveat=Both(
            "ACLED counts deaths by event, on all sides; tolls from Ménaka often rest on one source.",
            "ACLED compte les morts par événement, tous belligérants confondus ; les bilans de Ménaka reposent souvent "
            "sur une seule source.",
        ),
    )


def menaka(r: Report) -> Figure:
    """Events of Islamic State Sahel in Ménaka and the deaths in them, by half-year."""
    rows = is_rows(r, "Menaka")
    sums = m.series(rows, r.since("2017-01"), "half")
    frame = pd.DataFrame({"Half-year": sums["period"], "Events": sums["events"], "Deaths": sums["fatalities"]})
    panels = [
        charts.columns(frame, "Half-year", what, group="is-sahel", marks=marks, height=140).properties(
            title=alt.TitleParams(what, anchor="start", fontSize=12)
        )
        for what, marks in (("Events", MARKS), ("Deaths", {}))
    ]
    now, before = r.last_12, r.before_12
    a, b = m.count(rows, now), m.count(rows, before)
    x, y = m.count(rows, now, "fatalities"), m.count(rows, before, "fatalities")
    less = m.count_without_deadliest(rows, now)
    events, deaths = (intervals.attempt(rows, now, before, value) for value in ("events", "fatalities"))
    step, toll = judgement.verb(a, b, events), judgement.verb(x, y, deaths)
    again = "non plus" if step.fr.startswith("ne ") else "aussi"
    return Figure(
        id="northern-menaka",
        title=f"events of Islamic State Sahel in Ménaka {step.en} in the last 12 months "
        f"({p.number(b)}, then {p.number(a)}), their deaths {toll.en} ({p.number(y)}, then {p.number(x)})",
        subtitle=f"Violent events with {IS} on either side and deaths in them, Ménaka region, half-years "
        f"{frame['Half-year'].iloc[0]} to {frame['Half-year'].iloc[-1]}{p.incomplete(sums)}"
        + intervals.behind(events=events, deaths=deaths),
        chart=alt.vconcat(*panels, spacing=14),
        frame=frame,
        alt=f"two rows of columns by half-year; for events, {p.peak(frame.set_index('Half-year')['Events'], 'event')}; "
        f"for deaths, {p.peak(frame.set_index('Half-year')['Deaths'], 'death')}; without its deadliest event the last "
        f"12 months have {p.count(less, 'death')}",
        fr=fr.words(
            f"Les événements de l’État islamique au Sahel à Ménaka {step.fr} au cours des 12 derniers mois ({fr.number(b)}, puis "
            f"{fr.number(a)}), leurs morts {toll.fr if toll.fr != step.fr else again} ({fr.number(y)}, puis {fr.number(x)})",
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
        caveat=few(min(a, b)),
    )


def rivals(r: Report) -> Figure:
    """Clashes between JNIM and Islamic State Sahel by region and half-year."""
    rows = m.between(r.actors, ["is-sahel"], d.JNIM_WIDE)
    span = r.since("2019-07") if str(r.as_of) >= "2019-07" else r.last_12
    total = m.count(rows, span)
    if not total:
        raise NotInEdition(
            f"The data hold no clash between JNIM and Islamic State Sahel by {month_name(r.as_of)}.",
            f"Aucun combat entre le GSIM et l’État islamique au Sahel n’est recensé jusqu’en {fr.month_name(r.as_of)}.",
        )
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
        title=f"JNIM and Islamic State Sahel fought each other {so_often(now)} in the last 12 months, after "
        f"{so_often(before)} in the 12 before; {p.region_name(top['region'])} has {p.percent(top['share'])} of all "
        f"clashes since {span.first.year}",
        subtitle=f"Violent events between JNIM and {IS} in all of Mali, by region and half-year, {span.label}"
        + ("" if span.last.month in (6, 12) else ", the last half-year incomplete"),
        chart=charts.heat(frame, "Half-year", "Region", "Clashes"),
        frame=frame,
        alt=(
            f"grid of {p.count(len(rank), 'region')} by half-year; {p.count(total, 'clash', 'clashes')} in all with "
            f"{p.count(dead, 'death')}: " + p.listing(f"{name} {p.number(value)}" for name, value in by_region.items())
        ),
        fr=fr.words(
            f"Le GSIM et l’État islamique au Sahel {fought_fr(now)} au cours des 12 derniers mois, contre {fr.count(before, 'affrontement')} dans les "
            f"12 mois précédents ; la région {fr.of(p.region_name(top['region']))} réunit {fr.percent(top['share'])} des "
            f"affrontements depuis {span.first.year}",
            f"Événements violents entre le GSIM et l’État islamique au Sahel, tout le Mali, par région et par semestre, {fr.label(span)}"
            + ("" if span.last.month in (6, 12) else ", le dernier semestre incomplet"),
            f"Grille {fr.of(fr.count(len(rank), 'région', feminine=True))} par semestre ; {fr.count(total, 'affrontement')} en tout avec "
            f"{fr.count(dead, 'mort')} : "
            + fr.listing(f"{name} {fr.number(value)}" for name, value in by_region.items()),
        ),
        rests_on=[now, before, total],
        source=r.source("actors"),
        caveat=joined(
            [
                few(now),
                Both(
                    "Fights between armed groups far from towns are the events that reporting misses most.",
                    "Les combats entre groupes armés loin des villes sont ceux qui échappent le plus aux recensements.",
                ),
            ]
        ),
    )


# --------------------------------------------------------------------------- the chapter's words


def answer(r: Report) -> AnswerBox:
    """Who fights whom in the north: whom the state's side fought, most often first, and whether the militants fought each other."""
    war, toll = (_pair(r, kind).in_a_year() for kind in ("war", "is"))
    every = totals(r).in_zone("north")
    return AnswerBox(
        Both("Who fights whom in the north?", "Qui se bat contre qui dans le nord ?"),
        names.spelled(joined([_foes(r) + _rivalry(r), _kidal(r)])),
        [key(every.in_a_year()), key(war), key(toll.now.measure.deaths.in_a_year())],
    )


def _foes(r: Report) -> Both:
    """Say whom the state's side fought in the north in a year: those met ten times and more, most often first."""
    met = {
        name: (fought := fights(r, ("state", "wagner"), groups, "state", name).in_zone("north")).over(fought.last_year)
        for name, groups in (("jnim", d.JNIM_WIDE), ("is-sahel", ("is-sahel",)), ("separatist", ("separatist",)))
    }
    often = sorted((name for name in met if met[name] >= d.SMALL_COUNT), key=lambda name: -int(met[name]))
    army, when = names.GROUPS["state-side" if arrived(r) else "state"], met["jnim"].when
    called = [Both("the separatists", "les séparatistes") if x == "separatist" else names.GROUPS[x] for x in often]
    begun = Both(f"{french.upper(when.en)} {army.en}", f"{french.upper(when.fr)}, {army.fr}")
    if called:
        most = "le plus souvent " if len(called) > 1 else ""
        text = begun + Both(f" fought {called[0].en}", f" ont {most}combattu {called[0].fr}")
        if len(called) > 1:
            rest = listing(called[1:])
            text += Both(f" most often, then {rest.en}", f", puis {rest.fr}")
    else:
        text = begun + Both(" fought few clashes", " ont mené peu de combats")
    if called and not met["separatist"]:
        text += Both(", but not the separatists", ", mais pas les séparatistes")
    if len(called) < 2:
        return text
    first, second = (met[name] for name in often[:2])
    return judgement.ranked(text, first.measure.beside(second.measure, first.window)[2])


def _rivalry(r: Report) -> Both:
    """Say whether JNIM and Islamic State Sahel fought each other in that year, in the north."""
    now = _pair(r, "rivals").in_zone("north").in_a_year().now
    if now >= d.SMALL_COUNT:
        said = Both("fought each other too", "se sont aussi combattus")
    elif now:
        said = Both("seldom fought each other", "se sont rarement combattus")
    else:
        said = Both("did not fight each other", "ne se sont pas combattus")
    return Both(
        f"; JNIM and Islamic State Sahel {said.en}.", f" ; le GSIM (JNIM) et l’État islamique au Sahel {said.fr}."
    )


def _kidal(r: Report) -> Both:
    """Say who held Kidal last, as far as the edition knows; nothing before the army took it."""
    return (NOTHING, *dated.known(r, dated.KIDAL))[-1]


def toll(r: Report) -> Both | None:
    """Give the order by deaths of those whom the state's side fought, where it is another than by fights."""
    met = {}
    for name, groups in (("jnim", d.JNIM_WIDE), ("is-sahel", ("is-sahel",)), ("separatist", ("separatist",))):
        fought = fights(r, ("state", "wagner"), groups, "state", name).in_zone("north")
        if (often := fought.over(fought.last_year)) >= d.SMALL_COUNT:
            met[name] = often, fought.deaths.over(fought.last_year)
    by_fights, by_deaths = (sorted(met, key=lambda name: -met[name][at]) for at in (0, 1))
    if by_fights == by_deaths:
        return None
    called = [
        (Both("the separatists", "les séparatistes") if name == "separatist" else names.GROUPS[name], met[name][1])
        for name in by_deaths
    ]
    en, fr = ([f"{getattr(who, tongue)} ({dead})" for who, dead in called] for tongue in ("en", "fr"))
    dead = [met[name][1] for name in by_deaths]
    when = names.during(dead[0].window)
    said = Both(
        f"By deaths in fights with the state’s side {when.en}, its foes come in another order: {p.listing(en)}",
        f"Classés par les morts de leurs combats avec le camp de l’État {when.fr}, ses adversaires viennent dans un "
        f"autre ordre : {french.listing(fr)}",
    )
    return judgement.ranked(
        said, *(one.measure.beside(two.measure, one.window)[2] for one, two in pairwise(dead))
    ).sentence()


def _pair(r: Report, kind: str) -> Measure:
    """Return fights between two sides, wherever in Mali, or Islamic State Sahel's events in Gao and Ménaka.

    The charts and the verdict boxes of the chapter count the fights in all of Mali; so do its sentences.
    """
    if kind == "is":
        return involving(r, "is-sahel").in_region("Gao", "Menaka")
    one, other = {
        "war": (("state", "wagner"), ("separatist",)),
        "rivals": (d.JNIM_WIDE, ("is-sahel",)),
    }[kind]
    measure = fights(r, one, other, *_SIDES[kind])
    named = "state-or-wagner" if kind == "war" and arrived(r) else _SIDES[kind][0]
    return replace(measure, noun=names.fights(named, _SIDES[kind][1]))


_SIDES = {"war": ("state", "separatist"), "rivals": ("jnim", "is-sahel")}
"""The sides of a fight, by the colours of their bars."""


def islamic_state(r: Report) -> Both:
    """How many died in Islamic State Sahel's war in Gao and Ménaka in the last half-year, and at its peak."""
    measure = _pair(r, "is").deaths
    halves = measure.by("half", measure.since("2017-01"))
    last, (top, most) = measure.over(r.last_half), halves.peak
    when = names.period(top)
    text = Both(
        f"Islamic State Sahel’s war in Gao and Ménaka killed {p.count(int(last), 'person', 'people')} {last.when.en}",
        f"La guerre de l’État islamique au Sahel à Gao et Ménaka a tué {fr.count(int(last), 'personne', feminine=True)} {last.when.fr}",
    )
    if most > last and str(names.window_of(top).last) <= str(r.as_of):
        text += _since(measure, r) + Both(
            f"; at its peak, in {when.en}, {p.number(most)}.", f" ; à son maximum, {_at(when.fr)}, {fr.number(most)}."
        )
    else:
        text += Both(", more than in any half-year before.", ", plus que dans aucun semestre précédent.")
    change = involving(r, "is-sahel").in_region("Menaka").in_a_year()
    said = change.moved()
    when_now = change.now.when
    return text + Both(
        f" {french.upper(when_now.en)} its events in Ménaka {said.en}.",
        f" {french.upper(when_now.fr)}, ses événements à Ménaka {said.fr}.",
    )


def _since(measure: Measure, r: Report) -> Both:
    """Say how many the months after the last half-year hold: they may belie what it says."""
    if measure.end <= r.last_half.last:
        return NOTHING
    rest = measure.over(Window(r.last_half.last + 1, measure.end))
    return Both(f" and {p.number(rest)} {rest.when.en}", f" et {fr.number(rest)} {rest.when.fr}")


def _at(period: str) -> str:
    return french.to(period) if period.startswith("le ") else f"en {period}"


def against_each_other(r: Report) -> Both:
    """How often the two militant organisations met in a year."""
    change = _pair(r, "rivals").in_a_year()
    a, b = change.now, change.before
    north = int(_pair(r, "rivals").in_zone("north").in_a_year().now)
    said, was = a.counted, fr.none(b)
    where, where_fr = "", ""
    if 0 < north < a:
        where, where_fr = f", {p.word(north)} of them in the north", f", dont {fr.word(north)} dans le nord"
    return Both(
        f"{french.upper(said.en)} {'was' if a == 1 else 'were'} recorded {a.when.en}{where}, after {p.none(b)} in the year before.",
        f"{french.upper(said.fr)} {'a été recensé' if a < 2 else 'ont été recensés'} {a.when.fr}{where_fr}, contre {was} l’année "
        "précédente.",
    )


def _times(value: int) -> str:
    return {0: "not once", 1: "once", 2: "twice"}.get(int(value), f"{p.word(int(value))} times")


def the_war(r: Report) -> Both:
    """Fights between the state's side and the separatists since the accord of 2015, and when the last began."""
    war, state = _pair(r, "war"), fighting_state(r)
    since = war.over(war.since("2015-07"))
    dead = war.deaths.over(war.since("2015-07"))
    if not since:
        return Both(
            f"Since the accord of June 2015 no fight between {state.en} and the separatists has been recorded.",
            f"Depuis l’accord de juin 2015, aucun combat entre {state.fr} et les séparatistes n’a été recensé.",
        )
    months = war.by("month", war.since("2015-07")).frame
    hit = list(months.loc[months["value"].gt(0), "period"])
    (last, end), about = (names.prose_month(month(x)) for x in (hit[-1], str(war.end))), judgement.about(int(dead))
    text = Both(
        f"From the accord of June 2015 to {end.en}, where these counts end, {state.en} and the separatists fought {_times(since)}, "
        f"with {about.en} deaths",
        f"De l’accord de juin 2015 à {end.fr}, où s’arrête ce décompte, {state.fr} et les séparatistes se sont battus "
        f"{fr.often(since)}, faisant {about.fr} morts",
    )
    # The last month of a table is no last fight.
    tail = Both(f"; the last was in {last.en}.", f" ; le dernier combat date {french.of(last.fr)}.")
    return text + "." if last == end else text + tail

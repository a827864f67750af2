"""Figures of the northern chapter on the war between the army and the separatists."""

from __future__ import annotations

import pandas as pd

from helpers import charts
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition
from helpers.editions import Report
from helpers.figures import Figure, few
from helpers.forms.periods import marked
from helpers.windows import Window, month, month_name
from helpers.words import Both, names


def arrived(r: Report) -> bool:
    """Tell whether Wagner had come by the end of an edition."""
    return str(r.as_of) >= d.WAGNER_ARRIVAL


def fought_fr(value: int) -> str:
    """Return the verb in French: how often two sides fought each other."""
    return f"se sont affrontés {fr.often(value)}" if value else "ne se sont pas affrontés"


def separatist_rows(actors: pd.DataFrame) -> pd.DataFrame:
    """Return the events between state forces or Wagner and separatists."""
    return m.between(actors, ["state", "wagner"], ["separatist"])


def fighting_state(r: Report) -> Both:
    """Name who fought for the state by the end of an edition."""
    return names.GROUPS["state-or-wagner" if arrived(r) else "state"]


def so_often(value: int) -> str:
    """Say how often two sides fought each other."""
    return {0: "not once", 1: "once", 2: "twice"}.get(value, f"{p.word(value)} times")


def separatists(r: Report) -> Figure:
    """Events between state forces or Wagner and separatists by quarter."""
    rows = separatist_rows(r.actors)
    sums = m.series(rows, r.whole, "quarter")
    frame = pd.DataFrame({"Quarter": sums["period"], "Events": sums["events"], "Deaths": sums["fatalities"]})
    now, before = m.count(rows, r.last_12), m.count(rows, r.before_12)
    state = fighting_state(r)
    met = frame[frame["Events"].gt(0)]
    last = met["Quarter"].iloc[-1] if len(met) else ""
    earlier = f"the last was in {last}" if last else f"nor any since {month_name(r.whole.first)}"
    if now:
        finding = (
            f"{state.en} and separatists fought {so_often(now)} in the last 12 months, after "
            f"{so_often(before)} in the 12 before"
        )
    else:
        finding = f"no fight between {state.en} and separatists is recorded in the last 12 months; {earlier}"
    if now:
        finding_fr = (
            f"{state.fr} et les séparatistes {fought_fr(now)} au cours des 12 derniers mois, contre "
            f"{fr.count(before, 'combat')} dans les 12 mois précédents"
        )
    else:
        finding_fr = (
            f"aucun combat entre {state.fr} et les séparatistes n’est recensé au cours des 12 derniers mois ; "
            + (
                f"le dernier a eu lieu au {fr.quarter(last)}"
                if last
                else f"aucun depuis {fr.month_name(r.whole.first)} non plus"
            )
        )
    return Figure(
        id="northern-separatists",
        title=finding,
        subtitle=f"Violent events between {state.en} and separatist groups, Mali, quarters "
        f"{frame['Quarter'].iloc[0]} to {frame['Quarter'].iloc[-1]}{p.incomplete(sums, 3)}",
        chart=charts.columns(
            frame,
            "Quarter",
            "Events",
            group="separatist",
            marks=marked("quarter", "2015-06", "2020-08", "2023-12"),
        ),
        frame=frame,
        alt=f"columns by quarter; {p.peak(frame.set_index('Quarter')['Events'], 'event')}; "
        f"{p.count(int(frame['Events'].sum()), 'event')} in all with {p.count(int(frame['Deaths'].sum()), 'death')}",
        fr=fr.words(
            finding_fr,
            f"Événements violents entre {state.fr} et les groupes séparatistes, Mali, trimestres, "
            f"{fr.running(frame['Quarter'].iloc[0], frame['Quarter'].iloc[-1])}{fr.incomplete(sums, 3)}",
            f"Colonnes par trimestre ; {fr.peak(frame.set_index('Quarter')['Events'], 'événement')} ; "
            f"{fr.count(int(frame['Events'].sum()), 'événement')} en tout avec {fr.count(int(frame['Deaths'].sum()), 'mort')}",
        ),
        rests_on=[now, before],
        source=r.source("actors"),
        caveat=few(now),
    )


def _deadliest_said(later: Window, rows: pd.DataFrame, a: int) -> tuple[str, str]:
    """Name the deadliest event after the edition; empty where there is none."""
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
            f"{fr.month_name(worst['month'])}, a fait {fr.count(int(worst['deadliest']), 'mort')}"
        )
    return tail, tail_fr


def later_war(r: Report) -> Figure:
    """Events between state forces or Wagner and separatists, from two years before the edition to the tables' end."""
    later = r.later()
    if later is None:
        raise NotInEdition(
            "The event tables hold no months after this edition; the chart above runs to their end.",
            "Les tables d’événements n’ont aucun mois après cette édition ; le graphique ci-dessus va jusqu’à leur fin.",
        )
    rows = separatist_rows(r.all_actors)
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
    tail, tail_fr = _deadliest_said(later, rows, a)
    toll = f", faisant {fr.count(x, 'mort')}" if x else ""
    return Figure(
        id="northern-later-war",
        title=f"after this edition, to {month_name(later.last)}, state forces or Wagner and separatists fought "
        f"{so_often(a)}, with {p.count(x, 'death')}; in the 24 months to it, {so_often(b)}",
        subtitle="Violent events between state forces or Wagner and separatist groups, Mali, quarters "
        f"{frame['Quarter'].iloc[0]} to {frame['Quarter'].iloc[-1]}{p.incomplete(sums, 3)}; coloured: after the "
        "edition's last quarter",
        chart=charts.columns(
            frame,
            "Quarter",
            "Events",
            group="separatist",
            highlight="After this edition",
            marks={end: "this edition"} | marked("quarter", "2023-12"),
        ),
        frame=frame,
        alt=f"columns by quarter from {frame['Quarter'].iloc[0]} to {frame['Quarter'].iloc[-1]}; "
        f"{p.peak(frame.set_index('Quarter')['Events'], 'event')}{tail}",
        fr=fr.words(
            f"Après cette édition, jusqu’en {fr.month_name(later.last)}, les forces de l’État ou Wagner et les séparatistes "
            f"{fought_fr(a)}{toll} ; dans les 24 mois qui la précèdent, {fr.often(b)}",
            "Événements violents entre les forces de l’État ou Wagner et les groupes séparatistes, Mali, trimestres, "
            f"{fr.running(frame['Quarter'].iloc[0], frame['Quarter'].iloc[-1])}{fr.incomplete(sums, 3)} ; en couleur : après le dernier "
            "trimestre de l’édition",
            f"Colonnes par trimestre {fr.running(frame['Quarter'].iloc[0], frame['Quarter'].iloc[-1])} ; "
            f"{fr.peak(frame.set_index('Quarter')['Events'], 'événement')}{tail_fr}",
        ),
        rests_on=[a, b, x],
        source=r.source("actors"),
        caveat=Both(
            "Tolls of these battles are claimed by both sides and rarely confirmed.",
            "Les bilans de ces combats sont avancés par les deux camps et rarement confirmés.",
        ),
    )

"""Two ways of counting what Wagner does, and whether an edition has anything to count.

Narrow: Wagner is one of the recorded actors. Wide: Wagner is named anywhere in the record, most often in the notes on an
event of the army.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import pandas as pd

from helpers import charts, limits
from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition, Shown
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.figures import Figure
from helpers.windows import Window, month_name
from helpers.words.both import Both

WIDE, NARROW = "Named anywhere in the record", "Named as an actor"

WAYS = ((True, WIDE), (False, NARROW))

NAMING = {"named": NARROW, "mentioned": "Only mentioned"}

NAMING_COLOURS = {"wagner": NAMING["named"], "ink": NAMING["mentioned"]}

NOTES_ONLY = Both(
    "In most events the army is the recorded actor and only the notes name Wagner; the notes need not say who did "
    "what.",
    "Dans la plupart des événements, l’armée est l’acteur recensé et seules les notes nomment Wagner ; elles ne "
    "disent pas toujours qui a fait quoi.",
)


def since_arrival(r: Report) -> Window:
    """Return the months since Wagner's arrival, or say that it had not come."""
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        raise NotInEdition(
            f"Wagner had not arrived in Mali by {month_name(r.as_of)}; there is nothing to count yet.",
            f"Wagner n’était pas arrivé au Mali en {fr.month_name(r.as_of)} : il n’y a encore rien à compter.",
        )
    return r.since(d.WAGNER_ARRIVAL)


def enough(r: Report) -> Window:
    """Return the months since Wagner's arrival, or say that too few events name it for shares."""
    span = since_arrival(r)
    events = m.count(m.with_wagner(r.actors, wide=True), span)
    if events < d.SMALL_COUNT:
        raise NotInEdition(
            f"The data hold {p.count(events, 'event')} that {naming_verb(events)} Wagner by "
            f"{month_name(r.as_of)}: too few for this figure.",
            f"Les données ne contiennent que {fr.count(events, 'événement')} où Wagner est nommé jusqu’en "
            f"{fr.month_name(r.as_of)} : trop peu pour cette figure.",
        )
    return span


def naming_verb(events: int) -> str:
    """Return the verb for so many events."""
    return "names" if events == 1 else "name"


def quiet(make: Callable[[Report], Shown]) -> Callable[[Report], Shown]:
    """Leave the place empty where the section's own sentence has already said why there is nothing to show."""

    @wraps(make)
    def shown(r: Report) -> Shown:
        try:
            return make(r)
        except NotInEdition:
            return ""

    return shown


def since_moura(r: Report) -> tuple[Window, int]:
    """Return the months since Wagner's arrival and the deaths at Moura, or say that they lie after the edition."""
    span = enough(r)
    dead = m.count(m.moura(r.actors), span, "fatalities")
    if not dead:
        raise NotInEdition(
            "The killings at Moura lie after this edition.", "Les tueries de Moura sont postérieures à cette édition."
        )
    return span, dead


def how_long(span: Window) -> str:
    """Say how many months a window has."""
    return "one month" if span.months == 1 else f"{p.word(span.months)} months"


def naming_quarters(
    actors: pd.DataFrame,
    span: Window,
    name: str,
    titles: tuple[str, str],
    r: Report,
    marks: dict[str, str] | None = None,
    found: intervals.Comparison | None = None,
) -> Figure:
    """Draw the events that name Wagner, by quarter, narrow within wide."""
    rows = m.with_wagner(actors, wide=True)
    rows = rows.assign(naming=rows["wagner"].map(NAMING))
    sums = m.series(rows, span, "quarter", split="naming", values=["events"])
    frame = sums.rename(columns={"period": "Quarter", "naming": "Wagner is", "events": "Events"})
    frame = frame[["Quarter", "Wagner is", "Events"]]
    limits.held(not frame.empty, "event that names Wagner", "aucun événement qui nomme Wagner")
    totals = frame.groupby("Quarter", sort=False)["Events"].sum()
    actor = frame[frame["Wagner is"].eq(NARROW)]["Events"].sum()

    def at(name: str) -> str:
        return fr.at(fr.period(name))

    return Figure(
        id=name,
        title=(titles[0]),
        subtitle=f"Violent events that name Wagner, Mali, quarters {totals.index[0]} to {totals.index[-1]}"
        f"{p.incomplete(sums, 3)}; the lower part has Wagner as an actor" + intervals.behind(events=found),
        chart=charts.stacked(frame, "Quarter", "Events", "Wagner is", NAMING_COLOURS, marks=marks or {}),
        frame=frame,
        alt=f"stacked columns for {p.count(len(totals), 'quarter')}, from {p.count(int(totals.iloc[0]), 'event')} in "
        f"{totals.index[0]} to {p.number(totals.iloc[-1])} in {totals.index[-1]}; the highest quarter is "
        f"{totals.idxmax()} with {p.number(totals.max())}; of {p.number(totals.sum())} in all, Wagner is an actor in "
        f"{p.number(actor)}",
        fr=fr.words(
            titles[1],
            f"Événements violents qui nomment Wagner, Mali, trimestres, {fr.running(totals.index[0], totals.index[-1])}"
            f"{fr.incomplete(sums, 3)} ; la partie du bas compte les événements où il est acteur{fr.behind(événements=found)}",
            f"Colonnes empilées pour {fr.count(len(totals), 'trimestre')}, {fr.of(fr.count(int(totals.iloc[0]), 'événement'))} "
            f"{at(totals.index[0])} à {fr.number(totals.iloc[-1])} {at(totals.index[-1])} ; le trimestre le plus haut est le "
            f"{fr.period(str(totals.idxmax()))} avec {fr.number(totals.max())} ; sur {fr.number(totals.sum())} en tout, Wagner est "
            f"acteur dans {fr.number(actor)}",
        ),
        source=r.source("actors"),
        caveat=NOTES_ONLY,
    )

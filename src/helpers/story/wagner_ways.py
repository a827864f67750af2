"""Two ways of counting what Wagner does, and whether an edition has anything to count.

Narrow: Wagner is one of the recorded actors. Wide: Wagner is named anywhere in the record, most often in the notes on an
event of the army.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from helpers import definitions as d
from helpers import french
from helpers import measures as m
from helpers import prose as p
from helpers.chapters import NotInEdition, Shown
from helpers.editions import Report
from helpers.windows import Window, month_name

WIDE, NARROW = "Named anywhere in the record", "Named as an actor"

WAYS = ((True, WIDE), (False, NARROW))

NAMING = {"named": NARROW, "mentioned": "Only mentioned"}

NAMING_COLOURS = {"wagner": NAMING["named"], "neutral": NAMING["mentioned"]}

BOTH = (
    "In most events the army is the recorded actor and only the notes name Wagner; the notes need not say who did what."
)


def since_arrival(r: Report) -> Window:
    """Return the months since Wagner's arrival, or say that it had not come."""
    if str(r.as_of) < d.WAGNER_ARRIVAL:
        raise NotInEdition(
            f"Wagner had not arrived in Mali by {month_name(r.as_of)}; there is nothing to count yet.",
            f"Wagner n’était pas arrivé au Mali en {french.month_name(r.as_of)} : il n’y a encore rien à compter.",
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
            f"Les données ne contiennent que {french.count(events, 'événement')} où Wagner est nommé jusqu’en "
            f"{french.month_name(r.as_of)} : trop peu pour cette figure.",
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
            "The killings at Moura lie after this edition.", "Le massacre de Moura est postérieur à cette édition."
        )
    return span, dead


def how_long(span: Window) -> str:
    """Say how many months a window has."""
    return "one month" if span.months == 1 else f"{p.word(span.months)} months"

"""What a question gives back, how it is registered, and the rows that most questions begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps

import pandas as pd

from helpers import definitions as d
from helpers import french as fr
from helpers import limits
from helpers import measures as m
from helpers import prose as p
from helpers.data import Tables
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.windows import Window, month_name, year
from helpers.words import NOTHING, Both, names


@dataclass(frozen=True)
class Reading:
    """One way to read a statement, and the figure it gives: no measure, since it may be a ratio, a share or a truth value."""

    label: Both
    """Definition and window, in words."""
    value: float
    """The figure; 1.0 or 0.0 for statements that hold or do not."""
    beside: bool = False
    """No reading of the statement's words (another radius, deaths for events), but shown beside those that are, for
    how far the figure hangs on it. It decides no verdict."""
    counts: tuple[float, ...] = ()
    """For statements that hold or do not: the counts behind this reading, where they are shown."""


@dataclass(frozen=True)
class Quantity:
    """A figure with all its readings, the likeliest first."""

    readings: tuple[Reading, ...]
    """At least one; the first is never beside the words."""
    counts: tuple[float, ...] = ()
    """For statements that hold or do not: the count that the likeliest reading rests on, and the one it is compared
    with, where there is one."""

    @property
    def stated(self) -> tuple[Reading, ...]:
        """The readings of the statement's own words."""
        return tuple(reading for reading in self.readings if not reading.beside)

    @property
    def value(self) -> float:
        """The likeliest reading's figure."""
        return self.readings[0].value

    @property
    def low(self) -> float:
        """Smallest figure of the readings of the words."""
        return min(reading.value for reading in self.stated)

    @property
    def high(self) -> float:
        """Largest figure of the readings of the words."""
        return max(reading.value for reading in self.stated)


@dataclass(frozen=True)
class Answer:
    """What the data say to a question."""

    said: Both
    """A sentence made from the numbers."""
    quantities: dict[str, Quantity] = field(default_factory=dict)
    """The figures, by the names that `data/claims.yml` uses."""
    caveat: Both = NOTHING
    """What a reader must know to weigh it; may be empty."""
    compared: dict[str, intervals.Comparison] = field(default_factory=dict)
    """Ratios and changes that the sentence states with their interval, by the quantity they are the main reading of
    where there is one."""
    dissent: tuple[str, ...] = ()
    """Names of the claim's facts that a source denies."""
    bodies: dict[str, int] = field(default_factory=dict)
    """How many bodies state a fact of the claim, where the sentence counts them."""
    lacking: bool = False
    """Whether a user's own data lack what the question needs, as the sentence says."""
    until: pd.Period | None = None
    """Last month of the likeliest readings, where it is not the last of the report: of what came after a
    projection."""

    @property
    def sentence(self) -> str:
        """What it says, in English."""
        return self.said.en


Question = Callable[[Report], Answer]
QUESTIONS: dict[str, Question] = {}
ISLAMIST = Both("militant Islamist events", "événements impliquant des groupes islamistes armés")
WITH_UNIDENTIFIED = Both("with unidentified armed groups", "groupes armés non identifiés compris")
ATTACKS_ALONE = Both("attacks on civilians alone", "attaques contre des civils seules")
HIT_INCLUDED = Both(
    "bombs and shelling that hit civilians included", "bombes et tirs d’artillerie qui touchent des civils compris"
)
WITHOUT_DEADLIEST = Both("without the deadliest single event", "sans l’événement le plus meurtrier")
LAST_12 = Both("last 12 months", "12 derniers mois")
NOT_YET = Both(
    "Wagner has not yet come to Mali in this edition.", "Dans cette édition, Wagner n’est pas encore arrivé au Mali."
)
OUTCOMES: dict[str, Question] = {}


def question(function: Question) -> Question:
    """Register a question under its own name."""
    QUESTIONS[function.__name__] = _answered(function)
    return function


def outcome(function: Question) -> Question:
    """Register what came of a projection, under the question's name."""
    OUTCOMES[function.__name__.removesuffix("_outcome")] = _answered(function)
    return function


def _answered(function: Question) -> Question:
    """Answer that the data cannot support a question where they are a user's own and too short for it."""

    @wraps(function)
    def answer(r: Report) -> Answer:
        try:
            return function(r)
        except limits.SHORTFALLS as error:
            return lacking(error, r.tables)

    return answer


def lacking(error: Exception, tables: Tables) -> Answer:
    """Answer that the data cannot support a question where they are a user's own; the project's own raise the error."""
    why = limits.why_not(error, tables)
    return Answer(Both(why, limits.in_french(error) or "Ces données ne permettent pas de répondre."), lacking=True)


def quantity(
    *readings: tuple[Both, float | bool],
    beside: Iterable[tuple[Both, float | bool]] = (),
) -> Quantity:
    """Return a quantity from pairs of label and figure; those `beside` the words decide no verdict."""
    return Quantity(
        tuple(Reading(label, float(value)) for label, value in readings)
        + tuple(Reading(label, float(value), beside=True) for label, value in beside)
    )


def more(label: Both, now: float, before: float, *, beside: bool = False) -> Reading:
    """Return a reading of a statement that there is more than before, with the counts behind it."""
    return Reading(label, float(now > before), beside, (float(now), float(before)))


def held(label: Both, holds: bool, *counts: float, beside: bool = False) -> Reading:
    """Return a reading of a statement without a number, with the counts that it rests on: each shows them."""
    return Reading(label, float(holds), beside, tuple(float(count) for count in counts))


def grown(*readings: Reading) -> Quantity:
    """Return a quantity of a statement without a number: its counts are those of the likeliest reading."""
    return Quantity(readings, readings[0].counts)


def islamist(r: Report) -> pd.DataFrame:
    """Return the militant Islamist events of a report."""
    return m.militant_islamist(r.actors)


def islamist_wide(r: Report) -> pd.DataFrame:
    """Return the same with unidentified armed groups counted in."""
    return m.militant_islamist(r.actors, unidentified=True)


def attacks(r: Report) -> pd.DataFrame:
    """Return the attacks on civilians by militant Islamists."""
    return m.against_civilians(r.actors, d.MILITANT_ISLAMIST)


def change_quantity(r: Report, now: Window, before: Window, pick: Callable[[pd.DataFrame], pd.DataFrame]) -> Quantity:
    """Return the relative change of militant Islamist events between two windows, and what lies beside it."""
    mi, wide = pick(islamist(r)), pick(islamist_wide(r))
    vac = pick(attacks(r))
    label = over(now, before)
    beside: list[tuple[Both, float]] = [
        (WITH_UNIDENTIFIED + ", " + label, m.change(m.count(wide, now), m.count(wide, before)))
    ]
    if m.count(vac, before):
        beside.append((ATTACKS_ALONE + ", " + label, m.change(m.count(vac, now), m.count(vac, before))))
    return quantity((ISLAMIST + ", " + label, m.change(m.count(mi, now), m.count(mi, before))), beside=beside)


def realised_year(r: Report, number: int) -> Window | None:
    """Return a year if the data hold all of it."""
    whole = year(number)
    return whole if str(whole.last) <= str(r.all_actors["month"].max()) else None


def up(change: float) -> Both:
    """Write a change as so many percent more or fewer."""
    en, french = ("more", "de plus") if change >= 0 else ("fewer", "de moins")
    return Both(f"{p.percent(abs(change))} {en}", f"{fr.percent(abs(change))} {french}")


def up_within(found: intervals.Comparison) -> Both:
    """Write a change with its interval."""
    said = up(found.ratio - 1)
    return Both(f"{said.en} ({found.change()})", f"{said.fr} ({fr.change(found)})")


def moved(found: intervals.Comparison) -> Both:
    """Choose the verb for a change of several, with its interval."""
    return Both(found.moved(), fr.moved_within(found))


def times(found: intervals.Comparison) -> Both:
    """Write a ratio with its interval."""
    return Both(found.times(), fr.times_within(found))


def as_many(found: intervals.Comparison) -> Both:
    """Write that there are so many times as many, with the interval."""
    low, high = found.interval.low, found.interval.high
    return Both(f"{found.times()} as many", f"soit {fr.times(found.ratio)} plus ({fr.spread(low, high, 1)})")


def shifted(here: int, base: int, now: Window, before: Window, found: intervals.Comparison | None = None) -> Both:
    """Say how a count moved between two windows (`prose.shift`), with the interval where it states a percentage."""
    if found is None:
        en = p.shift(here, base, now.label, before.label)
    else:
        en = intervals.shift(here, base, now.label, before.label, found)
    then, today = during(before), during(now)
    a, b = (fr.none(value) for value in (base, here))
    if here == base:
        return Both(en, f"n’ont pas changé : {a} {then}, {b} {today}")
    if base < d.SMALL_COUNT or here == 0:
        return Both(en, f"sont passés de {a} {then} à {b} {today}")
    verb = fr.moved_within(found) if found else fr.moved(here, base)
    return Both(en, f"{verb}, passant de {a} {then} à {b} {today}")


def over(now: Window, before: Window) -> Both:
    """Write which window stands over which, as a reading's label does."""
    return Both(f"{now.label} over {before.label}", f"{fr.label(now)} {fr.against(before)}")


def during(window: Window) -> str:
    """Write when, in French; what runs over two years names both."""
    if window.first.year == window.last.year:
        return names.during(window).fr
    return f"entre {fr.month_name(window.first)} et {fr.month_name(window.last)}"


def span(window: Window) -> Both:
    """Write a window as it stands in a label."""
    return names.span(window)


def by_the_end(when: pd.Period) -> Both:
    """Write up to which month."""
    return Both(f"by {month_name(when)}", f"jusqu’en {fr.month_name(when)}")


def small(value: float) -> Both:
    """Return the caveat of a small count, or nothing."""
    if value >= d.SMALL_COUNT:
        return NOTHING
    return Both(
        f"Fewer than {d.SMALL_COUNT} events: one more or less moves the figure visibly.",
        f"Moins de {d.SMALL_COUNT} événements : un de plus ou de moins change sensiblement le chiffre.",
    )


def unfinished(number: int) -> Answer:
    """Answer that a year is not over in the data."""
    return Answer(
        Both(
            f"The year {number} is not complete in the data.", f"L’année {number} n’est pas complète dans les données."
        )
    )

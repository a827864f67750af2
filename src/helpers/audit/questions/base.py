"""What a question gives back, how it is registered, and the rows that most questions begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps

import pandas as pd

from helpers import definitions as d
from helpers import limits
from helpers import measures as m
from helpers import prose as p
from helpers.editions import Report
from helpers.estimates import intervals
from helpers.windows import Window, year


@dataclass(frozen=True)
class Reading:
    """One way to read a statement, and the figure it gives: no measure, since it may be a ratio, a share or a truth value.

    Attributes
    ----------
    label : str
        Definition and window, in words.
    value : float
        The figure; 1.0 or 0.0 for statements that hold or do not.
    beside : bool
        No reading of the statement's words (another radius, deaths for events), but shown beside those that are, for
        how far the figure hangs on it. It decides no verdict.
    """

    label: str
    value: float
    beside: bool = False


@dataclass(frozen=True)
class Quantity:
    """A figure with all its readings, the likeliest first.

    Attributes
    ----------
    readings : tuple of Reading
        At least one; the first is never beside the words.
    counts : tuple of float
        For statements that hold or do not: the count that the likeliest reading rests on, and the one it is compared
        with, where there is one.
    """

    readings: tuple[Reading, ...]
    counts: tuple[float, ...] = ()

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
    """What the data say to a question.

    Attributes
    ----------
    sentence : str
        Made from the numbers.
    quantities : dict of str to Quantity
        The figures, by the names that `data/claims.yml` uses.
    caveat : str
        What a reader must know to weigh it; may be empty.
    compared : dict of str to Comparison
        Ratios and changes that the sentence states with their interval, by the quantity they are the main reading of
        where there is one.
    lacking : bool
        Whether a user's own data lack what the question needs, as the sentence says.
    until : Period or None
        Last month of the likeliest readings, where it is not the last of the report: of what came after a projection.
    """

    sentence: str
    quantities: dict[str, Quantity] = field(default_factory=dict)
    caveat: str = ""
    compared: dict[str, intervals.Comparison] = field(default_factory=dict)
    lacking: bool = False
    until: pd.Period | None = None


Question = Callable[[Report], Answer]
QUESTIONS: dict[str, Question] = {}
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
            return Answer(limits.why_not(error, r.tables), lacking=True)

    return answer


def quantity(
    *readings: tuple[str, float | bool],
    beside: Iterable[tuple[str, float | bool]] = (),
    counts: tuple[float, ...] = (),
) -> Quantity:
    """Return a quantity from pairs of label and figure; those `beside` the words decide no verdict."""
    return Quantity(
        tuple(Reading(label, float(value)) for label, value in readings)
        + tuple(Reading(label, float(value), beside=True) for label, value in beside),
        tuple(float(count) for count in counts),
    )


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
    label = f"{now.label} over {before.label}"
    beside: list[tuple[str, float]] = [
        (f"with unidentified armed groups, {label}", m.change(m.count(wide, now), m.count(wide, before)))
    ]
    if m.count(vac, before):
        beside.append((f"attacks on civilians alone, {label}", m.change(m.count(vac, now), m.count(vac, before))))
    return quantity(
        (f"militant Islamist events, {label}", m.change(m.count(mi, now), m.count(mi, before))), beside=beside
    )


def realised_year(r: Report, number: int) -> Window | None:
    """Return a year if the data hold all of it."""
    whole = year(number)
    return whole if str(whole.last) <= str(r.all_actors["month"].max()) else None


def up(change: float) -> str:
    """Write a change as so many percent more or fewer."""
    return f"{p.percent(abs(change))} {'more' if change >= 0 else 'fewer'}"


def up_within(found: intervals.Comparison) -> str:
    """Write a change with its interval."""
    return f"{up(found.ratio - 1)} ({found.change()})"


def small(value: float) -> str:
    """Return the caveat of a small count, or nothing."""
    if value >= d.SMALL_COUNT:
        return ""
    return f"Fewer than {d.SMALL_COUNT} events: one more or less moves the figure visibly."

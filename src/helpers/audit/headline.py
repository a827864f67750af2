"""Headline numbers that mean what they say: who says a statement holds, what rests on a proxy, what was not checkable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from helpers.audit import rule
from helpers.audit.claims import Result, whole

NOT_YET = "for later months to settle"
"""The verdict of a projection that no figure of its own date bears on."""

UNCHECKED = ("not measurable", "unsourced", "evidence", NOT_YET)
"""Verdicts of what could not be checked: none of them is a failure."""

FIRM = ("reproduced", "sourced", "borne out")
"""Verdicts by the likeliest reading, or by a source."""


def then(result: Result) -> str:
    """Return the verdict that needs no later month: for a projection, that on the figures at its own date."""
    if result.claim.kind == "projection":
        return whole(row.verdict for row in result.rows) or NOT_YET
    return result.verdict


def face(verdict: str) -> tuple[str, str]:
    """Return a verdict as readers see it, in English and in French.

    Examples
    --------
    >>> face("reproduced"), face(NOT_YET)[0]
    (('Holds', 'Confirmé'), 'For later months')
    """
    return rule.FACES["" if verdict == NOT_YET else verdict]


def faces(verdict: str) -> tuple[tuple[str, str], ...]:
    """Return all that a verdict is called: of a statement, and of a part that is a level beside another."""
    return (face(verdict), rule.ORDERED) if verdict == "direction only" else (face(verdict),)


def holds_where_checked(result: Result) -> bool:
    """Tell whether a mixed statement holds in every part that could be checked: what could not be is no failure."""
    sides = {rule.SIDES[row.verdict] for row in result.rows}
    return then(result) == rule.MIXED and sides == {"holds", "unknown"}


def partly_close(results: Iterable[Result]) -> bool:
    """Tell whether one of the mixed statements that hold where they could be checked only comes close in a part."""
    return any(row.verdict == "close" for result in results if holds_where_checked(result) for row in result.rows)


def rests_on_events(result: Result) -> bool:
    """Tell whether a statement's figures come from event data, not from documents, land or people."""
    return any(row.figure and row.figure.rests in ("events", "area") for row in result.rows)


@dataclass(frozen=True)
class Headline:
    """How the statements made by a date fared, each at its own date."""

    events: dict[str, int]
    """Verdicts on statements that event data could be held against, without those that could not be checked."""
    facts: dict[str, int]
    """Verdicts on documented facts, without those that no other source carries in any part."""
    other: dict[str, int]
    """Verdicts on statements about land and people."""
    proxy: int
    """Statements on events that hold or come close, but whose measure only stands in for what they speak of."""
    unchecked: dict[str, int]
    """What could not be checked, by why."""
    partly: int = 0
    """Mixed statements that hold in every part that could be checked."""

    @property
    def checked(self) -> int:
        """How many statements on events could be checked."""
        return sum(self.events.values())

    @property
    def judged(self) -> int:
        """How many statements of any kind could be checked."""
        return sum(self.all.values())

    @property
    def firm(self) -> int:
        """How many of them hold by the likeliest reading or a source."""
        return sum(self.all.get(name, 0) for name in FIRM)

    @property
    def all(self) -> dict[str, int]:
        """Verdicts on everything that could be checked, whatever it rests on; the best first."""
        groups = (self.events, self.facts, self.other)
        found = {name: sum(group.get(name, 0) for group in groups) for name in (*rule.SIDES, rule.MIXED)}
        return {name: number for name, number in found.items() if number}


def headline(results: Iterable[Result]) -> Headline:
    """Count statements by what they rest on and how they fared.

    `results`: statements with their verdicts.
    """
    events: dict[str, int] = {}
    facts: dict[str, int] = {}
    other: dict[str, int] = {}
    unchecked: dict[str, int] = {}
    proxy = partly = 0
    for result in results:
        verdict = then(result)
        partly += holds_where_checked(result)
        if verdict in UNCHECKED:
            into = unchecked
        elif result.claim.kind == "documented":
            into = facts
        elif rests_on_events(result):
            into = events
            proxy += result.claim.proxy and rule.SIDES[verdict] == "holds"
        else:
            into = other
        into[verdict] = into.get(verdict, 0) + 1
    return Headline(events, facts, other, proxy, unchecked, partly)

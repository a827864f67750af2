"""What a check of published figures against each other asks, may look at, and finds."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from helpers import definitions as d
from helpers import french as fr
from helpers import measures as m
from helpers import prose as p
from helpers.audit import claims
from helpers.audit.spans import Span
from helpers.data import Tables
from helpers.editions import Report, listed
from helpers.errors import ClaimError
from helpers.windows import Window
from helpers.words.both import Both


@dataclass(frozen=True)
class Found:
    """What a check found."""

    implied: Span
    """What the published figures imply for a number."""
    against: Span
    """What is published, or counted, for that number."""
    measure: str
    """What the number is, with its unit."""
    implies: Both
    follows: Both
    """The two halves of the sentence."""


@dataclass(frozen=True)
class Check:
    """A check of some published figures against each other."""

    id: str
    """Short name."""
    claims: tuple[str, ...]
    """Claims whose figures it uses."""
    asks: Both
    """The question in words."""
    run: Callable[[Case], Found]
    """Computes it."""
    published: bool = False
    """Both sides are published statements of fact about the same thing: only then is a gap a contradiction."""


class Case:
    """What a check may look at: the published figures, and the tables at each report's date."""

    def __init__(self, tables: Tables | None = None):
        self.reports = {row.report: Report(row.id, tables) for row in listed() if row.report}

    def figure(self, claim_id: str, quantity: str) -> claims.Published:
        """Return a published figure."""
        for figure in claims.claim(claim_id).figures:
            if figure.quantity == quantity:
                return figure
        raise ClaimError(f"claim {claim_id} publishes no {quantity!r}.")

    def value(self, claim_id: str, quantity: str) -> float:
        """Return a published figure as a number: a change of 20 percent as 1.2, a share of 40 percent as 0.4."""
        figure = self.figure(claim_id, quantity)
        assert figure.published is not None
        return plain(figure, figure.published)

    def stated(self, claim_id: str, quantity: str) -> Span:
        """Return the values that would be published as a figure: rounding leaves room around it."""
        figure = self.figure(claim_id, quantity)
        assert figure.published is not None
        room = 0.5 * 10.0**-figure.digits
        if figure.test == "more":
            return Span(plain(figure, figure.published), math.inf)
        return Span(plain(figure, figure.published - room), plain(figure, figure.published + room))

    def mi(self, report: str = "R23") -> pd.DataFrame:
        """Return militant Islamist events at a report's date."""
        return m.militant_islamist(self.reports[report].actors)

    def vac(self, report: str = "R23") -> pd.DataFrame:
        """Return attacks on civilians by militant Islamists at a report's date."""
        return m.against_civilians(self.reports[report].actors, d.MILITANT_ISLAMIST)

    def near_bamako(self, when: Window) -> int:
        """Count events around Bamako."""
        return m.count(m.around_bamako(self.mi()), self.reports["R23"].checked(when))


def plain(figure: claims.Published, value: float) -> float:
    """Return a published value as a number: a level for a change, a part of one for a share."""
    if figure.unit == "percent":
        return 1 + value / 100
    return value / 100 if figure.unit == "share" else value


def in_percent(level: float) -> str:
    """Write a level as a change in percent."""
    return f"{p.number((level - 1) * 100)} percent"


def in_percent_fr(level: float) -> str:
    """Write the same in French."""
    return fr.percent(level - 1)

"""Two ranges of a number, and how they are judged against each other."""

from __future__ import annotations

import math
from dataclasses import dataclass

from helpers import definitions as d
from helpers import prose as p

VERDICTS: dict[str, str] = {
    "consistent": "The two ranges meet: rounding leaves room for both.",
    "tension": "They do not meet, but the gap is within the share by which the event data are revised.",
    "at odds": "They do not meet, but one side is our count, a projection that did not come true, or one of several meanings of "
    "the words: what was published does not contradict itself.",
    "contradiction": "They do not meet, no revision of the usual size would make them, and both sides are published "
    "statements of fact about the same thing.",
}
"""Verdicts with the rule in words."""

VERDICTS_FR: dict[str, tuple[str, str]] = {
    "consistent": ("cohérent", "Les deux fourchettes se rejoignent, les arrondis laissant place aux deux."),
    "tension": (
        "tension",
        "Elles ne se rejoignent pas, mais l’écart ne dépasse pas la part que les révisions changent aux données d’événements.",
    ),
    "at odds": (
        "désaccord",
        "Elles ne se rejoignent pas, mais un côté est notre décompte, une projection qui ne s’est pas réalisée ou l’un des sens "
        "possibles du texte : ce qui a été publié ne se contredit pas.",
    ),
    "contradiction": (
        "contradiction",
        "Elles ne se rejoignent pas, aucune révision d’ampleur habituelle n’y suffirait, et les deux côtés sont des faits publiés "
        "sur une même chose.",
    ),
}
"""Their names and rules in French."""


@dataclass(frozen=True)
class Span:
    """A range of values."""

    low: float
    high: float
    """Bounds; infinite where a figure is open at one end."""

    @property
    def text(self) -> str:
        """The range in words, whole numbers where large."""
        digits = 0 if max(abs(self.low), abs(self.high) if math.isfinite(self.high) else 0) >= 10 else 1
        if math.isinf(self.high):
            return f"at least {p.number(self.low, digits)}"
        return p.spread(self.low, self.high, digits)


def verdict(implied: Span, against: Span, *, published: bool = True) -> str:
    """Judge two ranges: one of `VERDICTS`.

    Examples
    --------
    >>> verdict(Span(17, 19.6), Span(17.5, 18.5)), verdict(Span(13.5, 13.5), Span(14.5, 15.5))
    ('consistent', 'tension')
    >>> verdict(Span(1, 1), Span(4, 4))
    'contradiction'
    >>> verdict(Span(1, 1), Span(4, 4), published=False)
    'at odds'
    """
    low, high = max(implied.low, against.low), min(implied.high, against.high)
    if low <= high:
        return "consistent"
    if low - high <= d.VINTAGE_TOLERANCE * abs(high):
        return "tension"
    return "contradiction" if published else "at odds"

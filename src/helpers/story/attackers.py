"""What counts of attacks on civilians leave out, and whether their order would hold in other months."""

from __future__ import annotations

from helpers import french, prose
from helpers.measures import Interval
from helpers.words import Both, judgement


def elsewhere(months: Both | None) -> Both:
    """Say what the counts of attacks on civilians leave out, and how firm their order is."""
    text = Both(
        "ACLED files air strikes and bombs on civilians elsewhere; with them the counts are higher on both sides",
        "ACLED classe ailleurs les frappes et les bombes contre des civils ; avec elles, les deux camps comptent plus "
        "d’attaques",
    )
    return text + Both(f"; {months.en}", f" ; {months.fr}") if months else text


def between_months(found: Interval | None) -> Both | None:
    """Say that months vary too much for the order of two sides' deaths to hold in others, with the interval of the ratio."""
    if not found or not judgement.another_order(found.low, found.high):
        return None
    low, high = (Both(*(f.number(end, 1) for f in (prose, french))) for end in (found.low, found.high))
    said = judgement.ANOTHER_ORDER
    return Both(
        f"{said.en} (95 percent interval of the ratio of deaths: {low.en} to {high.en})",
        f"{said.fr} (intervalle à 95 % du rapport des morts : {low.fr} à {high.fr})",
    )

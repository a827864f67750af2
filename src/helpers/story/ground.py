"""Whose ground is whose in the north: in which regions JNIM and Islamic State Sahel act."""

from __future__ import annotations

from helpers import french, prose
from helpers.editions import Report
from helpers.measures.catalogue import involving
from helpers.words import NOTHING, Both

HOME = ("Gao", "Menaka")
"""Regions of Islamic State Sahel, as both reports name them."""


def whose(r: Report) -> Both:
    """Say which share of each organisation's events of the last 12 months lies in Gao and Ménaka; nothing without any."""
    theirs, other = involving(r, "is-sahel"), involving(r, "jnim")
    span = theirs.last_year
    every, rival = theirs.over(span), other.over(span)
    if not every or not rival:
        return NOTHING
    here, there = theirs.in_region(*HOME).over(span), other.in_region(*HOME).over(span)
    when = every.when
    return Both(
        f"{french.upper(when.en)} {prose.percent(here.part_of(every))} of Islamic State Sahel’s events lay in Gao and Ménaka, of "
        f"JNIM’s {prose.percent(there.part_of(rival))}; events show who fights where, not who rules.",
        f"{french.upper(when.fr)}, {french.percent(here.part_of(every))} des événements de l’État islamique au Sahel se sont "
        f"produits à Gao et Ménaka, contre {french.percent(there.part_of(rival))} de ceux du GSIM (JNIM) ; ils disent qui se bat "
        "où, non qui domine.",
    )

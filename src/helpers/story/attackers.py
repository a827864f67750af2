"""What counts of attacks on civilians leave out, whether their order would hold in other months, and a second source's."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers import definitions as d
from helpers import french, prose
from helpers.editions import Report
from helpers.measures import Interval
from helpers.measures.catalogue import MEMBERS
from helpers.measures.measure import Measure
from helpers.windows import Window, month
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


def strikes(r: Report, side: str) -> pd.DataFrame:
    """Return strikes, shells and bombs on civilians by a side (its id as a measure), which ACLED files apart from attacks on civilians."""
    rows = r.actors
    mine = MEMBERS.get(side, (side,))
    return rows[rows["event_type"].eq(d.REMOTE) & rows["side1"].isin(mine) & rows["side2"].eq("civilians")]


def ucdp_order(r: Report, sides: Mapping[str, Measure]) -> Both | None:
    """Set UCDP's civilians killed by governments and by groups in its last complete year beside ACLED's of the same year.

    Its year ends before the last 12 months do, so their order is not held against it.

    `sides`: attacks on civilians by side, `state` the one of governments; all others are groups.
    """
    known = r.ucdp_years
    known = known[known["type"].eq("one-sided") & known["by_government"].notna()]
    if known.empty:
        return None
    row = known.sort_values("year").iloc[-1]
    year = int(row["year"])
    span = Window(month(f"{year}-01"), month(f"{year}-12"))
    if span.last > r.end("actors"):
        return None
    theirs = {"state": int(row["by_government"]), "groups": int(row["by_groups"])}
    ours = {"state": int(sides["state"].deaths.over(span))}
    ours["groups"] = sum(int(one.deaths.over(span)) for side, one in sides.items() if side != "state")
    ratio, gap = _apart(ours), _apart(theirs)
    way = judgement.same_order(*(judgement.killers(killed)[0] for killed in (ours, theirs)))
    if 1 / judgement.LEVEL[0] >= ratio and gap > ratio / judgement.LEVEL[0]:
        # ACLED has both kill about as many: that a source sets them apart is no order of its own.
        way = Both("sets them further apart than ACLED", "les sépare davantage qu’ACLED")
    elif way == judgement.same_order([], []) and gap < 0.66 * ratio:
        way += Both(" less clearly", ", moins nettement,")
    # By side its files end with the last year that they have checked: of later months they say how many died, not who killed.
    return Both(
        f"UCDP, a second source, {way.en} for {year}, its last year by side: {prose.count(theirs['state'], 'civilian')} killed by governments, "
        f"{prose.number(theirs['groups'])} by armed groups (ACLED: {prose.number(ours['state'])}, {prose.number(ours['groups'])}).",
        f"L’UCDP, autre source, {way.fr} pour {year}, sa dernière année par camp : {french.count(theirs['state'], 'civil')} {french.agree(theirs['state'], 'tué', 'tués')} par des gouvernements, "
        f"{french.number(theirs['groups'])} par des groupes armés (ACLED : {french.number(ours['state'])}, {french.number(ours['groups'])}).",
    )


def _apart(killed: Mapping[str, int]) -> float:
    low, high = sorted(killed.values())
    return high / low if low else float("inf")

"""What counts of attacks on civilians leave out, whether their order would hold in other months, and a second source's."""

from __future__ import annotations

import pandas as pd

from helpers import definitions as d
from helpers import french, prose
from helpers.editions import Report
from helpers.measures import Interval
from helpers.measures.catalogue import MEMBERS
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


def ucdp_order(r: Report, order: list[str], ratio: float) -> Both | None:
    """Set UCDP's civilians killed by governments and by groups in its last complete year beside our order."""
    known = r.ucdp_years
    known = known[known["type"].eq("one-sided") & known["by_government"].notna()]
    if known.empty:
        return None
    row = known.sort_values("year").iloc[-1]
    state, groups = int(row["by_government"]), int(row["by_groups"])
    ours = [side for side in order if side != "militia"]
    theirs = ["state", "islamist"] if state > groups else ["islamist", "state"]
    way = judgement.same_order(ours, theirs)
    gap = max(state, groups) / min(state, groups) if min(state, groups) else float("inf")
    if 1 / judgement.LEVEL[0] >= ratio and gap > ratio / judgement.LEVEL[0]:
        # We say that both killed about as many: that a source sets them apart is no order of its own.
        way = Both("sets them further apart", "les sépare davantage")
    elif ours == theirs and gap < 0.66 * ratio:
        way = Both(f"{way.en}, with a smaller gap,", f"{way.fr}, avec un écart moindre,")
    year = int(row["year"])
    # By side its files end with the last year that they have checked: of later months they say how many died, not who killed.
    return Both(
        f"UCDP, a second source, {way.en} for {year}, its last year by side: {prose.count(state, 'civilian')} killed by governments, "
        f"{prose.number(groups)} by armed groups.",
        f"L’UCDP, autre source, {way.fr} pour {year}, sa dernière année par camp : {french.count(state, 'civil')} {french.agree(state, 'tué', 'tués')} par des gouvernements, "
        f"{french.number(groups)} par des groupes armés.",
    )

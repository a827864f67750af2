"""Who killed most in the centre, and which of its regions counts most, as far as these data settle either order."""

from __future__ import annotations

import pandas as pd

from helpers import definitions as d
from helpers import french, prose
from helpers import measures as m
from helpers.editions import Report
from helpers.measures import Interval
from helpers.measures.catalogue import attacks_on_civilians, totals
from helpers.measures.measure import Change, Tally
from helpers.windows import Window, month_name
from helpers.words import Both, judgement, names


def by_side(r: Report) -> list[tuple[Both, Tally, Tally]]:
    """Return each side's name, its attacks on civilians in the centre in a year, and the deaths in them."""
    early = str(r.as_of) < d.WAGNER_ARRIVAL
    found = []
    for side in ("islamist", "state-side", "militia"):
        measure = attacks_on_civilians(r, side).in_zone("centre")
        name = names.GROUPS["state" if side == "state-side" and early else side]
        found.append((name, measure.over(measure.last_year), measure.deaths.over(measure.last_year)))
    return found


def killers(r: Report) -> tuple[Both, Interval | None]:
    """Say whose attacks on civilians in the centre killed most people in a year, and whose came next; with their interval."""
    sides = {name.en: (name, killed) for name, _, killed in by_side(r)}
    order, close = judgement.killers({key: int(killed) for key, (_, killed) in sides.items()})
    (a, x), (b, y) = (sides[key] for key in order[:2])
    a, b = (names.STATE_SIDE_SHORT if who == names.GROUPS["state-side"] else who for who in (a, b))
    n, m_ = judgement.about(int(x)), judgement.about(int(y))
    if close:
        return Both(
            f"Attacks on civilians by {a.en} and by {b.en} killed about as many people: {n.en} and {m_.en}",
            f"Les attaques {names.of_each(a.fr)} contre des civils y ont fait à peu près autant de morts que celles "
            f"{names.of_each(b.fr)} : {n.fr} et {m_.fr}",
        ), None
    said = Both(
        f"Attacks on civilians by {a.en} killed most ({n.en}), then {b.en}’ ({m_.en})",
        f"Les attaques {names.of_each(a.fr)} contre des civils font le plus de morts ({n.fr}), devant celles "
        f"{names.of_each(b.fr)} ({m_.fr})",
    )
    return said, x.measure.beside(y.measure, x.window)[2]


def regions(r: Report) -> dict[str, Change]:
    """Return each region's change of all violence in a year."""
    return {region: totals(r).in_region(region).in_a_year() for region in d.ZONES["centre"]}


def leader(changes: dict[str, Change]) -> tuple[str, bool, Interval | None]:
    """Return the region that leads, whether another led a year before, and the interval of the ratio of the two."""
    now = {region: int(change.now) for region, change in changes.items()}
    one, other = (change.now for change in changes.values())
    leads = judgement.leader(now, {region: int(change.before) for region, change in changes.items()}, [])
    return *leads, one.measure.beside(other.measure, one.window)[2]


def more_than(overtook: bool, settled: Interval | None) -> Both:
    """Say that a region has more than another: of an order that is not settled only what was counted."""
    if judgement.open_order(settled):
        return Both("counted more violence than", "a compté plus de violences que")
    if overtook:
        return Both("has overtaken", "a dépassé")
    return Both("has more violence than", "connaît plus de violences que")


def worst(rows: pd.DataFrame, span: Window) -> Both:
    """Name the deadliest single event, or Moura, which ACLED enters as three."""
    row, together = m.deadliest(rows, span), m.deadliest_operation(rows, span)
    if together > row["deadliest"]:
        return Both(
            f"The deadliest, at Moura in March 2022, cost {prose.number(together)} lives in three daily entries.",
            f"Le plus meurtrier, à Moura en mars 2022, a fait {french.number(together)} morts en trois entrées d’un jour.",
        )
    return Both(
        f"The deadliest single event, in {prose.region_name(row['region'])} in {month_name(pd.Period(row['month'], 'M'))}, cost "
        f"{prose.number(int(row['deadliest']))} lives.",
        f"L’événement le plus meurtrier, à {french.region_name(row['region'])} en {french.month_name(row['month'])}, a fait "
        f"{french.number(int(row['deadliest']))} morts.",
    )

"""What counts of attacks on civilians leave out, whether their order would hold in other months, and a second source's."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers import definitions as d
from helpers import french, prose
from helpers.editions import Report
from helpers.measures import Interval, counts
from helpers.measures.catalogue import MEMBERS, attacks_on_civilians, islamist
from helpers.measures.measure import Measure, Tally
from helpers.windows import Window, month
from helpers.words import NOTHING, Both, joined, judgement, names

SIDES = {"islamist": "islamist", "state": "state-side", "militia": "militia"}
"""Sides whose attacks on civilians are set side by side: palette name, and id of the measure."""
LAG = 3
"""Months that the table of actors must lag behind the totals before a page says that it ends early."""


def unnamed(r: Report) -> Both | None:
    """Say to when it is known who attacks civilians, and why no longer, where the totals run on; the same on every page."""
    last = r.end("actors")
    if (r.end("totals") - last).n < LAG:
        return None
    when = names.prose_month(last)
    known = Both(
        f"Who attacks civilians is known here to {when.en}",
        f"On ne sait ici qui attaque des civils que jusqu’en {when.fr}",
    )
    if r.tables.limits():
        # A user's own files end for reasons of their own.
        return known.sentence()
    return known + Both(
        ": we have no access to ACLED’s later events, nor a public copy.",
        " : nous n’avons ni accès aux événements suivants d’ACLED, ni copie publique.",
    )


def elsewhere(r: Report, months: Both | None) -> Both:
    """Say what the counts of attacks on civilians hold and leave out, and how firm their order is."""
    every = attacks_on_civilians(r, "unidentified")
    events = every.over(every.last_year)
    text = Both("Abductions are counted", "Les enlèvements sont comptés")
    if events:
        killed = every.deaths.over(every.last_year)
        text += Both(
            f", {prose.count(events, 'attack')} by unknown attackers {events.when.en} ({prose.number(killed)} killed) are not",
            f" ; {french.count(events, 'attaque', feminine=True)} d’auteurs inconnus {events.when.fr} "
            f"({french.count(killed, 'mort')}) {french.agree(events, 'ne l’est', 'ne le sont')} pas",
        )
    text += Both("; ", " ; ") + Both(
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


def sides(r: Report) -> dict[str, Measure]:
    """Return attacks on civilians by side."""
    return {side: attacks_on_civilians(r, measure) for side, measure in SIDES.items()}


def in_a_year(r: Report) -> tuple[dict[str, Tally], dict[str, Tally]]:
    """Return each side's attacks on civilians in the last 12 months, and the deaths in them."""
    span = islamist(r).last_year
    made = sides(r).items()
    return {side: one.over(span) for side, one in made}, {side: one.deaths.over(span) for side, one in made}


def named(r: Report, side: str, *, short: bool = False) -> Both:
    """Return a side as the subject of a sentence: whom the measure counts, so the Russians too from their arrival on."""
    if side == "state" and str(r.as_of) >= d.WAGNER_ARRIVAL:
        return names.STATE_SIDE_SHORT if short else names.GROUPS["state-side"]
    return names.GROUPS[side]


def in_numbers(r: Report) -> Both:
    """Give the numbers behind the title of attacks by side, and a second source's: the title has ranked them."""
    attacks, killed = in_a_year(r)
    a, b, c = ("state", "islamist", "militia")
    said = {side: judgement.about(int(killed[side])) for side in SIDES}
    subject, when = named(r, a, short=True), attacks[a].when
    return joined(
        [
            Both(
                f"{french.upper(when.en)} {subject.en} attacked civilians {prose.number(attacks[a])} times, "
                f"{names.WITH_ABDUCTIONS.en}, and killed {said[a].en} people; militant Islamists {prose.number(attacks[b])} "
                f"and {said[b].en}, militias {prose.number(attacks[c])} and {said[c].en}.",
                f"{french.upper(when.fr)}, {subject.fr} ont attaqué des civils {french.number(attacks[a])} fois, "
                f"{names.WITH_ABDUCTIONS.fr}, et fait {said[a].fr} morts ; les groupes islamistes armés {french.number(attacks[b])} "
                f"et {said[b].fr}, les milices {french.number(attacks[c])} et {said[c].fr}.",
            ),
            *hinges(r, killed),
            ucdp_order(r, whole=False),
        ]
    )


def hinges(r: Report, killed: dict[str, Tally]) -> list[Both]:
    """Say what would turn the order of those who killed most; nothing where two killed about as many."""
    counted = {side: int(tally) for side, tally in killed.items()}
    (top, *_), close = judgement.killers(counted)
    if close:
        return []
    span, rows = killed[top].window, sides(r)[top].rows
    alone = counted | {top: counted[top] - counts.deadliest_operation(rows, span)}
    more = {side: value + counts.count(strikes(r, SIDES[side]), span, "fatalities") for side, value in counted.items()}
    return list(judgement.hinges(counted, alone, more))


def ratio_of(one: Tally, other: Tally) -> Interval | None:
    """Return the interval of the ratio of two counts of the same months."""
    return one.measure.beside(other.measure, one.window)[2]


def ucdp_order(r: Report, *, whole: bool = True) -> Both | None:
    """Set UCDP's civilians killed by governments and by groups in the last year held by side beside ACLED's of that year.

    That year ends before the last 12 months do, so their order is not held against it.

    `state` is the side of governments, all others are groups. `whole`: with ACLED's numbers and for a page that has
    not named UCDP, else the two orders alone.
    """
    known, made = r.ucdp_years, sides(r)
    known = known[known["type"].eq("one-sided") & known["by_government"].notna()].set_index("year")
    if known.empty or _span(year := int(known.index.max())).last > r.end("actors"):
        return None
    ours, theirs = _killed(known, made, year)
    ratio, gap = _apart(ours), _apart(theirs)
    way = _same(ours, theirs)
    if 1 / judgement.LEVEL[0] >= ratio and gap > ratio / judgement.LEVEL[0]:
        # ACLED has both kill about as many: that a source sets them apart is no order of its own.
        way = Both("sets them further apart than ACLED", "les sépare davantage qu’ACLED")
    elif way == judgement.same_order([], []) and gap < 0.66 * ratio:
        way += Both(" less clearly", ", moins nettement,")
    beside = last = other = NOTHING
    if whole:
        other = Both(", a second source,", ", autre source,")
        last = Both(", the last year by side in our data", ", dernière année par camp dans nos données")
        # UCDP's are civilians, ACLED's all who died.
        beside = Both(
            f" (ACLED, all deaths in attacks on civilians: {prose.number(ours['state'])}, {prose.number(ours['groups'])})",
            f" (ACLED, tous les morts des attaques contre des civils : {french.number(ours['state'])}, {french.number(ours['groups'])})",
        )
    said = Both(
        f"UCDP{other.en} {way.en} for {year}{last.en}: {prose.count(theirs['state'], 'civilian')} "
        f"killed by governments, {prose.number(theirs['groups'])} by armed groups{beside.en}",
        f"L’UCDP{other.fr} {way.fr} pour {year}{last.fr} : {french.count(theirs['state'], 'civil')} "
        f"{french.agree(theirs['state'], 'tué', 'tués')} par des gouvernements, {french.number(theirs['groups'])} par des groupes armés{beside.fr}",
    )
    return said + _before(known, made, year, whole=whole) + "."


def _before(known: pd.DataFrame, made: Mapping[str, Measure], last: int, *, whole: bool) -> Both:
    """Say that the two sources agreed otherwise in the year before, where both years have a clear order in each."""
    if last - 1 not in known.index:
        return NOTHING
    years = [_killed(known, made, year) for year in (last, last - 1)]
    if any(judgement.killers(one)[1] for pair in years for one in pair):
        return NOTHING
    now, then = (_same(*pair) for pair in years)
    if now == then:
        return NOTHING
    said = Both(f"; for {last - 1} it {then.en}", f" ; pour {last - 1}, l’UCDP {then.fr}")
    if not whole:
        return said
    acled, ucdp = (
        Both(
            *(", ".join(number(one[side]) for side in ("state", "groups")) for number in (prose.number, french.number))
        )
        for one in years[1]
    )
    return said + Both(f" ({ucdp.en}; ACLED: {acled.en})", f" ({ucdp.fr} ; ACLED : {acled.fr})")


def _span(year: int) -> Window:
    return Window(month(f"{year}-01"), month(f"{year}-12"))


def _killed(known: pd.DataFrame, made: Mapping[str, Measure], year: int) -> tuple[dict[str, int], dict[str, int]]:
    """Return whom governments and groups killed in a year, by ACLED and by UCDP."""
    row = known.loc[year]
    each = {side: int(one.deaths.over(_span(year))) for side, one in made.items()}
    ours = {"state": each["state"], "groups": sum(each.values()) - each["state"]}
    return ours, {"state": int(row["by_government"]), "groups": int(row["by_groups"])}


def _same(ours: Mapping[str, int], theirs: Mapping[str, int]) -> Both:
    return judgement.same_order(judgement.killers(ours)[0], judgement.killers(theirs)[0])


def _apart(killed: Mapping[str, int]) -> float:
    low, high = sorted(killed.values())
    return high / low if low else float("inf")

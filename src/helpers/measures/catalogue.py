"""The measures a chapter starts from. Filters of `Measure` narrow them; nothing else selects rows."""

from __future__ import annotations

from collections.abc import Sequence

from helpers import definitions as d
from helpers.editions import Report
from helpers.errors import DataError
from helpers.measures import counts
from helpers.measures.measure import Measure
from helpers.words import names

STATE_SIDE = ("state", "wagner")
"""State forces and their Russian partners."""

MEMBERS: dict[str, tuple[str, ...]] = {
    "islamist": d.MILITANT_ISLAMIST,
    "state-side": STATE_SIDE,
    "jnim": d.JNIM_WIDE,
}
"""Names that stand for several groups: `jnim` is all of JNIM, Katiba Macina too."""


def islamist(report: Report, *, unidentified: bool = False, later: bool = False) -> Measure:
    """Return militant Islamist events: violent events with a militant Islamist group on either side.

    Parameters
    ----------
    report : Report
        The edition; the rows end with it.
    unidentified : bool
        Count unidentified armed groups as militant Islamist too (an upper bound).
    later : bool
        Take the whole table, past the edition: only under a heading that says so.
    """
    rows = counts.militant_islamist(report.all_actors if later else report.actors, unidentified=unidentified)
    return Measure(report, "actors", rows, names.EVENTS["islamist"], "islamist", later=later)


def involving(report: Report, group: str) -> Measure:
    """Return violent events with a group on either side; some names stand for several groups (`MEMBERS`)."""
    rows = counts.involving(report.actors, MEMBERS.get(group, (group,)))
    hue = "international" if group in ("un", "france-partners") else group
    return Measure(report, "actors", rows, names.involving(group), hue)


def attacks_on_civilians(report: Report, group: str) -> Measure:
    """Return violence against civilians (ACLED's event type) by a side.

    Parameters
    ----------
    group : str
        A group's id, `islamist` for all militant Islamists, `state-side` for state forces and their Russian
        partners, or empty for any side.
    """
    if not group:
        return Measure(report, "actors", counts.against_civilians(report.actors), names.EVENTS["attacks"], "civilians")
    rows = counts.against_civilians(report.actors, MEMBERS.get(group, (group,)))
    if group == "state-side" and str(report.as_of) < d.WAGNER_ARRIVAL:
        group = "state"
    return Measure(report, "actors", rows, names.attacks(group), "state" if group == "state-side" else group)


def wagner(report: Report, *, wide: bool = False) -> Measure:
    """Return violent events that name Wagner as an actor, or (wide) whose record names it anywhere."""
    return Measure(report, "actors", counts.with_wagner(report.actors, wide=wide), names.WAGNER[wide], "wagner")


def fights(
    report: Report, one: Sequence[str], other: Sequence[str], name: str, other_name: str, *, later: bool = False
) -> Measure:
    """Return violent events between two sets of groups, whichever side acts.

    Parameters
    ----------
    one, other : sequence of str
        Ids of groups.
    name, other_name : str
        What the two sides are called (`words.names.GROUPS`).
    later : bool
        Take the whole table, past the edition.
    """
    rows = counts.between(report.all_actors if later else report.actors, one, other)
    return Measure(report, "actors", rows, names.fights(name, other_name), name, later=later)


def violent(report: Report) -> Measure:
    """Return violent events by all sides, from the events by actor."""
    rows = report.actors[report.actors["event_type"].isin(d.VIOLENT)]
    return Measure(report, "actors", rows, names.EVENTS["violent"])


def totals(report: Report, *, later: bool = False) -> Measure:
    """Return political violence by all sides, from the totals by region, which may run further than the actors."""
    rows = report.all_totals if later else report.totals
    return Measure(report, "totals", rows, names.EVENTS["totals"], later=later)


def fought_by(report: Report, method: str) -> Measure:
    """Return one way of fighting, by all sides, from ACLED's weekly aggregates (`definitions.METHODS`).

    Parameters
    ----------
    method : str
        `clashes`, `attacks`, `abductions`, `air`, `shelling`, `bombs`, `property`, `mobs` or `protests`.
    """
    if method not in names.METHODS:
        raise DataError(f"no way of fighting is called {method!r}; expected one of {', '.join(names.METHODS)}.")
    rows = report.methods
    return Measure(report, "methods", rows[rows["method"].eq(method)], names.METHODS[method])


def ucdp_deaths(report: Report, kind: str = "") -> Measure:
    """Return UCDP's deaths in Mali by month, of one type of violence or of all; the newest months are provisional.

    Parameters
    ----------
    kind : str
        `state-based`, `non-state`, `one-sided`, or empty for all.
    """
    rows = report.ucdp_types.rename(columns={"deaths": "fatalities"})
    rows = rows[rows["type"].eq(kind)] if kind else rows
    return Measure(report, "ucdp_types", rows, names.UCDP[kind], value="fatalities", names_deaths=True)

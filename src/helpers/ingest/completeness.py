"""What files leave out: kinds, regions or groups that a filter took away, events that stand twice, rough places.

Two kinds of evidence: what the rows say themselves (one kind of event and no other), and what the project holds of the
same months (ACLED's totals through HDX, its own events by type).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from helpers import definitions as d
from helpers.ingest import remarks, sides
from helpers.ingest.chance import SURE

ALIKE = 0.1
"""Share of events that may agree with another in all but the number: of the project's own ACLED events 0.3 percent do, of
UCDP's 2 percent."""

_KINDS = {d.BATTLES: "battles", d.REMOTE: "explosions", d.VAC: "violence against civilians"}

COARSE = 0.2
"""Share of events at tenths of a degree from which coordinates count as rounded; of the project's own 0.05 percent are."""

CROWDED = 50
"""Events a place from which places count as merged; of the project's own there are four."""


def left_out(events: pd.DataFrame, totals: pd.DataFrame, actors: pd.DataFrame) -> list[str]:
    """Return what a filter seems to have taken away from events, in parts of a sentence; empty where nothing.

    `events`: as `acled.attribute` returns it. `totals`, `actors`: the project's tables of these names: what the same
    months hold of each region and type. Parts read as `no violence against civilians`. Something counts as left out
    where its absence had a chance below `SURE`.
    """
    first, last = events["month"].min(), events["month"].max()
    known = totals[totals["month"].between(first, last)]
    like = actors[actors["month"].between(first, last)]
    like = actors if like["events"].sum() < 100 else like
    types = like.groupby("event_type")["events"].sum() / like["events"].sum()
    gone = _absent(events["event_type"], types, d.VIOLENT, len(events))
    out = [remarks.none_of([_KINDS[kind] for kind in gone])] if gone else []
    regions = known.groupby("region")["events"].sum()
    empty = _absent(events["region"].astype(str), regions / max(int(regions.sum()), 1), d.REGIONS, len(events))
    out += [remarks.none_in(empty)] if empty else []
    mine, regions_named = events.assign(events=1), {name: name for name in d.REGIONS}
    out += [f"no event in {names} {when}" for names, when in _stretches(mine, known, "region", regions_named)]
    out += [f"no {kinds} {when}" for kinds, when in _stretches(mine, actors, "event_type", _KINDS)]
    if len(events) >= 50:
        out += sides.in_common(events) or sides.few_of(events, like)
    return out


def weeks_left_out(methods: pd.DataFrame, project: pd.DataFrame) -> list[str]:
    """Return what a filter seems to have taken away from weekly aggregates, in parts of a sentence.

    `methods`, `project`: the table of ways of fighting that the file gives, and the project's: what the same months
    hold.
    """
    known = project[project["month"].between(methods["month"].min(), methods["month"].max())]
    number, whole = int(methods["events"].sum()), max(int(known["events"].sum()), 1)
    out = []
    for key, names, said in (
        ("region", {name: name for name in d.REGIONS}, "no event in {}"),
        ("method", {key: subs[0] for key, subs in d.METHODS.items()}, "no “{}”"),
    ):
        shares = known.groupby(key)["events"].sum() / whole
        gone = _absent(methods[key], shares, tuple(names), number)
        out += [said.format(remarks.listed([names[name] for name in gone]))] if gone else []
        out += [f"{said.format(few)} {when}" for few, when in _stretches(methods, known, key, names)]
    return out if len(out) < 5 else [*out[:3], f"{len(out) - 3} more such gaps"]


def _absent(held: pd.Series, shares: pd.Series, names: Sequence[str], number: int) -> list[str]:
    """Return names of which nothing is held, though so many events would hold some at these shares."""
    there = set(held)
    return [name for name in names if name not in there and (1 - float(shares.get(name, 0))) ** number < SURE]


def _stretches(held: pd.DataFrame, known: pd.DataFrame, key: str, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what files hold but not in some months on end, though as much would be there at the pace of the known."""
    months = sorted(known.loc[known["month"].between(held["month"].min(), held["month"].max()), "month"].unique())
    mine, theirs = held.groupby("month")["events"].sum(), known.groupby("month")["events"].sum().reindex(months)
    # Where nothing at all is held the pace is that of the whole.
    pace = (mine.reindex(months) / theirs).fillna(mine.sum() / max(int(theirs.sum()), 1)).clip(upper=1)
    out: dict[str, list[str]] = {}
    for name in names:
        there = set(held.loc[held[key].eq(name), "month"])
        if not there:
            continue
        expected = known[known[key].eq(name)].groupby("month")["events"].sum().reindex(months).fillna(0) * pace
        missed, began, longest = 0.0, "", (0.0, "", "")
        for at in months:
            missed, began = (0.0, "") if at in there else (missed + float(expected[at]), began or at)
            longest = max(longest, (missed, began, at))
        missed, began, ended = longest
        if math.exp(-missed) < SURE:
            out.setdefault(remarks.span(began, ended), []).append(names[name])
    return [(remarks.listed(few), when) for when, few in out.items()]


def alike(events: pd.DataFrame) -> str:
    """Say that events may be counted twice; empty where few agree.

    `events`: one row an event, of all that two must agree in: the number is not among it.
    """
    count, number = int(events.duplicated().sum()), len(events)
    if count < 10 or count <= ALIKE * number:
        return ""
    return remarks.alike(count, number)


def coarse(events: pd.DataFrame) -> str:
    """Say that coordinates are too rough for distances and cells; empty where they are not.

    `events`: `latitude`, `longitude` (degrees), one row an event.
    """
    number, degrees = len(events), events[["latitude", "longitude"]]
    tenths = int(((degrees * 10 - (degrees * 10).round()).abs() < 1e-6).all(axis=1).sum())
    if tenths > COARSE * number:
        return remarks.rounded(tenths, number)
    places = len(degrees.drop_duplicates())
    if number > CROWDED * places:
        return remarks.crowded(number, places)
    return ""

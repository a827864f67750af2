"""What files leave out: months that they begin or end within, and kinds, regions or groups that a filter took away.

Two kinds of evidence: what the rows say themselves (empty days at an end, one kind of event and no other), and what
the project holds of the same months (ACLED's totals through HDX, its own events by type).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from helpers import definitions as d
from helpers.errors import DataError
from helpers.windows import Window, month, month_name

CHANCE = 0.01
"""A month at an end counts as complete unless its empty days had less than this chance at the pace beside them."""

SURE = 1e-6
"""Chance below which what is absent is taken to be left out and not to have been lacking."""


def refuse_unended(covers: Window | None, latest: int) -> None:
    """Refuse months of which the files' owner says that they hold them whole, and which are not over on a day (since 1970)."""
    if covers is not None and covers.last >= pd.Period(np.datetime64(latest, "D"), "M"):
        raise DataError(
            f"--covers {covers.first}:{covers.last}: {month_name(covers.last)} is not over; expected months that the files "
            "hold whole. Say an earlier last month."
        )


def refuse_unheld(counts: pd.Series, covers: Window, totals: pd.Series) -> None:
    """Refuse months of which the owner says that the files hold them whole, where they cannot: nothing is no zero.

    Parameters
    ----------
    counts, totals : Series
        Events by month: of the files, and of the project's table.
    covers : Window
        Months, as their owner says.
    """
    months = [str(name) for name in pd.period_range(covers.first, covers.last, freq="M")]
    mine, theirs = counts.reindex(months, fill_value=0), totals.reindex(months)
    there = mine.gt(0) & theirs.gt(0)
    if not there.any():
        return
    share = float(mine[there].sum() / theirs[there].sum())
    # Beyond the table the files' own pace tells.
    expected = (theirs * share).fillna(float(mine[mine > 0].iloc[-12:].median()))
    missed, began = 0.0, ""
    for name in months:
        missed, began = (missed + float(expected[name]), began or name) if not mine[name] else (0.0, "")
        if missed and math.exp(-missed) < SURE:
            first, last = (month_name(month(at)) for at in (began, name))
            raise DataError(
                f"--covers {covers.first}:{covers.last}: the files hold no event from {first} to {last}, where about "
                f"{missed:.0f} were to be expected; expected months that they hold, since nothing is no zero. Say those, or "
                "add the export of the others."
            )


SHORT = 0.6
"""Share of what the totals lead to expect below which a month at an end counts as not complete."""

PACE_DAYS = 90
LEAST_DAYS = 28
"""Days over which the pace of fewer is taken: one event says nothing of the days beside it."""


def last_whole_month(day: np.ndarray) -> str:
    """Return the last month that days of events complete.

    The days after the last event must not be improbable: at the pace of the 90 days before it, so long a gap has a
    chance of `CHANCE` at least (Poisson).

    Parameters
    ----------
    day : array of int
        Days since 1970, one per event.
    """
    last = int(day.max())
    final = np.datetime64(last, "D").astype("datetime64[M]")
    empty = int((final + 1).astype("datetime64[D]").astype(np.int64)) - 1 - last
    pace = float((day > last - PACE_DAYS).sum()) / PACE_DAYS
    return str(final if math.exp(-pace * empty) >= CHANCE else final - 1)


def first_whole_month(day: np.ndarray) -> str:
    """Return the first month that days of events begin in time: as `last_whole_month`, seen from the other end."""
    first = int(day.min())
    begun = np.datetime64(first, "D").astype("datetime64[M]")
    empty = first - int(begun.astype("datetime64[D]").astype(np.int64))
    # A file of one month holds no more days than that: over 90 its pace would be a third, and excuse a late beginning.
    held = min(PACE_DAYS, max(LEAST_DAYS, int(day.max()) - first + 1))
    pace = float((day < first + PACE_DAYS).sum()) / held
    return str(begun if math.exp(-pace * empty) >= CHANCE else begun + 1)


def short_ends(counts: pd.Series, totals: pd.Series) -> tuple[bool, bool]:
    """Tell whether the first and the last month hold far less than the totals lead to expect.

    Parameters
    ----------
    counts, totals : Series
        Events by month: of the files, and of the same months as the project's totals hold them.

    Returns
    -------
    tuple of bool
        First, last. A month is short where it holds under `SHORT` of its total at the median share of the months
        between, and so few had a chance below `CHANCE` (Poisson). With fewer than three months between, neither is.
    """
    shared = counts.index.intersection(totals.index[totals > 0])
    between = [name for name in shared if name not in (counts.index[0], counts.index[-1])]
    if len(between) < 3:
        return False, False
    share = float((counts[between] / totals[between]).median())

    def short(name: str) -> bool:
        if name not in shared:
            return False
        expected, found = share * float(totals[name]), int(counts[name])
        return found < SHORT * expected and _at_most(found, expected) < CHANCE

    return short(counts.index[0]), short(counts.index[-1])


NEARLY = 0.9
"""Share of ACLED's totals that an export without a filter holds at least; the project's own hold 0.99 and more."""

EMPTY = 25.0
"""Events to be expected in days without one from which the days count as missing; of the project's own exports, from 2012
on, the quietest stretch has 22."""

HALF = 0.5
"""Share of the events to be expected of one side below which a filter has taken some."""

UNEVEN = 0.8
"""Share of what the others lead to expect below which a region's events count as clearly fewer."""

APART = 0.08
"""Share of ACLED's events or deaths that may lie in another month or region than in the totals: in an export of July 2020,
before Menaka was coded throughout, 0.02 do; where day and month are swapped 0.1."""

ALIKE = 0.1
"""Share of events that may agree with another in all but the number: of the project's own ACLED events 0.3 percent do, of
UCDP's 2 percent."""

_KINDS = {d.BATTLES: "battles", d.REMOTE: "explosions", d.VAC: "violence against civilians"}


def _at_most(number: int, mean: float) -> float:
    """Return the chance of at most so many events where so many are expected (Poisson)."""
    term = total = math.exp(-mean)
    for n in range(1, number + 1):
        term *= mean / n
        total += term
    return total


def left_out(events: pd.DataFrame, totals: pd.DataFrame, actors: pd.DataFrame) -> list[str]:
    """Return what a filter seems to have taken away from events, in parts of a sentence; empty where nothing.

    Parameters
    ----------
    events : DataFrame
        As `acled.attribute` returns it.
    totals, actors : DataFrame
        The project's tables of these names: what the same months hold of each region and type.

    Returns
    -------
    list of str
        As `no violence against civilians`. Something counts as left out where its absence had a chance below `SURE`.
    """
    first, last = events["month"].min(), events["month"].max()
    known = totals[totals["month"].between(first, last)]
    like = actors[actors["month"].between(first, last)]
    like = actors if like["events"].sum() < 100 else like
    types = like.groupby("event_type")["events"].sum() / like["events"].sum()
    gone = _absent(events["event_type"], types, d.VIOLENT, len(events))
    out = [f"no {_listed([_KINDS[kind] for kind in gone])}"] if gone else []
    regions = known.groupby("region")["events"].sum()
    empty = _absent(events["region"].astype(str), regions / max(int(regions.sum()), 1), d.REGIONS, len(events))
    out += [f"no event in {_listed(empty)}"] if empty else []
    mine, regions_named = events.assign(events=1), {name: name for name in d.REGIONS}
    out += [f"no event in {names} {when}" for names, when in _stretches(mine, known, "region", regions_named)]
    out += [f"no {kinds} {when}" for kinds, when in _stretches(mine, actors, "event_type", _KINDS)]
    if len(events) >= 50:
        out += _one_sort(events) or _no_side(events, like)
    return out


def _no_side(events: pd.DataFrame, like: pd.DataFrame) -> list[str]:
    """Return the sides that far fewer events name than as many of the same months would."""
    few = []
    for side in ("jnim", "is-sahel", "state", "civilians"):
        names = d.JNIM_WIDE if side == "jnim" else (side,)
        mine, theirs = (rows["side1"].isin(names) | rows["side2"].isin(names) for rows in (events, like))
        expected, found = len(events) * float(like.loc[theirs, "events"].sum() / like["events"].sum()), int(mine.sum())
        if found < HALF * expected and _at_most(found, expected) < SURE:
            few.append(f"{d.LABELS[side]} ({found:,} of about {expected:,.0f})")
    return [f"far fewer events than usual of {_listed(few, 'and')}"] if few else []


def empty_days(day: np.ndarray) -> str:
    """Say between which days there is no event, where that cannot be chance; empty where there is no such stretch.

    At the pace of the 90 days before and after it a stretch would have to hold `EMPTY` events.

    Parameters
    ----------
    day : array of int
        Days since 1970, one per event.
    """
    day = np.sort(day)
    there, out = np.unique(day), []
    for before, after in pairwise(there.tolist()):
        beside = np.searchsorted(day, [before - PACE_DAYS, before, after - 1, after + PACE_DAYS - 1], side="right")
        held = min(PACE_DAYS, before - day[0] + 1) + min(PACE_DAYS, day[-1] - after + 1)
        missed = (after - before - 1) * float(beside[1] - beside[0] + beside[3] - beside[2]) / held
        if missed > EMPTY:
            ends = [np.datetime64(int(at), "D").item() for at in (before + 1, after - 1)]
            first, last = (f"{at.day} {month_name(month(str(at)[:7]))}" for at in ends)
            out.append(f"from {first} to {last}, where about {missed:.0f} were to be expected")
    more = f" and in {len(out) - 3} more stretches" if len(out) > 3 else ""
    return f"They hold no event {'; '.join(out[:3])}{more}: days seem to be missing." if out else ""


def uneven(held: pd.DataFrame, totals: pd.DataFrame) -> str:
    """Say of which regions far fewer events are held than of the others; empty where of none.

    Parameters
    ----------
    held, totals : DataFrame
        `month`, `region`, `events`: of the files, and of the project's table.
    """
    known = totals[totals["month"].isin(held["month"])]
    mine, theirs = (rows.groupby(rows["region"].astype(str))["events"].sum() for rows in (held, known))
    shares = mine.reindex(theirs.index, fill_value=0) / theirs
    # Half of the events lie in regions of which no more than this share is held.
    order = shares.sort_values()
    usual = float(order[theirs[order.index].cumsum() >= theirs.sum() / 2].iloc[0]) if theirs.sum() else 0.0
    few = [
        f"{region} ({mine[region]:,} of {theirs[region]:,})"
        for region in theirs.index.intersection(mine.index)
        if mine[region] < UNEVEN * usual * theirs[region]
        and _at_most(int(mine[region]), usual * float(theirs[region])) < SURE
    ]
    return (
        f"Clearly fewer events than of other regions are held of {_listed(few, 'and')}: some may be missing."
        if few
        else ""
    )


def weeks_left_out(methods: pd.DataFrame, project: pd.DataFrame) -> list[str]:
    """Return what a filter seems to have taken away from weekly aggregates, in parts of a sentence.

    Parameters
    ----------
    methods, project : DataFrame
        The table of ways of fighting that the file gives, and the project's: what the same months hold.
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
        out += [said.format(_listed([names[name] for name in gone]))] if gone else []
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
            first, last = (month_name(month(at)) for at in (began, ended))
            out.setdefault(f"in {first}" if first == last else f"from {first} to {last}", []).append(names[name])
    return [(_listed(few), when) for when, few in out.items()]


def _one_sort(events: pd.DataFrame) -> list[str]:
    """Return what all events have in common that no export without a filter has."""
    out = []
    deadly = events["fatalities"].gt(0)
    if deadly.all() or not deadly.any():
        out.append(f"no event {'without' if deadly.all() else 'with'} deaths")
    pair = {str(events["side1"].iloc[0]), str(events["side2"].iloc[0])} & set(d.LABELS)
    always = [side for side in sorted(pair) if (events["side1"].eq(side) | events["side2"].eq(side)).all()]
    if always:
        said = {"none": "no event with a second actor", "other": "no event without an actor whose name is unknown here"}
        named = [d.LABELS[side] for side in always if side not in said]
        return [
            *out,
            *(said[side] for side in always if side in said),
            *([f"no event without {_listed(named)}"] if named else []),
        ]
    militant = events["side1"].isin(d.MILITANT_ISLAMIST) | events["side2"].isin(d.MILITANT_ISLAMIST)
    if militant.all() or not militant.any():
        out.append(f"no event {'without' if militant.all() else 'of'} militant Islamists")
    return out


def amount(held: pd.DataFrame, totals: pd.DataFrame, whose: str = "ACLED's totals through HDX count") -> str:
    """Say how many events and deaths files hold of those that a table counts in the same months; empty without any.

    Parameters
    ----------
    held, totals : DataFrame
        `month`, `region`, `events`, `fatalities`: of the files, and of the table.
    whose : str
        The table, with its verb.
    """
    parts, held, known = _beside(held, totals)
    if not parts:
        return ""
    mine, theirs = (" and ".join(f"{part[n]:,} {part[2]}" for part in parts) for n in (0, 1))
    if _is_few(parts):
        mine = " and ".join(
            f"{here:,} of the {there:,} {name} ({here / max(there, 1):.0%})" for here, there, name in parts
        )
        return f"They hold {mine} that {whose} in the same months: figures from them are too low by what is missing."
    said = f"They hold {mine}; {whose} {theirs} in the same months"
    if any(NEARLY * here > there + 1 for here, there, _ in parts):
        return f"{said}: some may be there twice or be spoiled, and figures from them are too high by as much."
    gaps = zip(_apart(held, known), parts, strict=True)
    if odd := [f"{gap:,} {name}" for gap, (_, there, name) in gaps if gap > APART * there]:
        return (
            f"{said}, but {' and '.join(odd)} lie in another month or region: dates, regions or deaths may be spoiled."
        )
    return f"{said}."


def few(held: pd.DataFrame, totals: pd.DataFrame) -> str:
    """Say that files hold too little of what the totals count for a published figure to be held against it; else empty.

    Parameters
    ----------
    held, totals : DataFrame
        As of `amount`.
    """
    parts, *_ = _beside(held, totals)
    if not parts or not _is_few(parts):
        return ""
    shares = " and ".join(f"{mine / max(theirs, 1):.0%} of the {name}" for mine, theirs, name in parts)
    return f"they hold {shares} that ACLED's totals count in the same months"


def _is_few(parts: Sequence[tuple[int, int, str]]) -> bool:
    return any(mine < NEARLY * theirs for mine, theirs, _ in parts)


def _beside(held: pd.DataFrame, totals: pd.DataFrame) -> tuple[list[tuple[int, int, str]], pd.DataFrame, pd.DataFrame]:
    """Return events and deaths held and counted in the months of both, with their names, and the rows of both."""
    known = totals[totals["month"].isin(held["month"])]
    held = held[held["month"].isin(known["month"])]
    names = (("events", "events"), ("fatalities", "deaths"))
    parts = [(int(held[key].sum()), int(known[key].sum()), name) for key, name in names]
    return (parts if parts[0][1] else []), held, known


def _apart(held: pd.DataFrame, known: pd.DataFrame) -> list[int]:
    """Return how many events and deaths would have to change month or region to be as they are known."""
    keys = ["month", "region"]
    both = [
        rows.assign(region=rows["region"].astype(str)).groupby(keys)[["events", "fatalities"]].sum()
        for rows in (held, known)
    ]
    gap = both[0].sub(both[1], fill_value=0).abs().sum() / 2
    return [int(gap["events"]), int(gap["fatalities"])]


def alike(events: pd.DataFrame) -> str:
    """Say that events may be counted twice; empty where few agree.

    Parameters
    ----------
    events : DataFrame
        One row an event, of all that two must agree in: the number is not among it.
    """
    count, number = int(events.duplicated().sum()), len(events)
    if count < 10 or count <= ALIKE * number:
        return ""
    return (
        f"{count:,} of {number:,} events agree with another in date, kind, actors, place and deaths and have another "
        "number: the same events may be there twice, from two sources or under new numbers. Each is counted."
    )


COARSE = 0.2
"""Share of events at tenths of a degree from which coordinates count as rounded; of the project's own 0.05 percent are."""

CROWDED = 50
"""Events a place from which places count as merged; of the project's own there are four."""


def coarse(events: pd.DataFrame) -> str:
    """Say that coordinates are too rough for distances and cells; empty where they are not.

    Parameters
    ----------
    events : DataFrame
        `latitude`, `longitude` (degrees), one row an event.
    """
    number, degrees = len(events), events[["latitude", "longitude"]]
    tenths = int(((degrees * 10 - (degrees * 10).round()).abs() < 1e-6).all(axis=1).sum())
    if tenths > COARSE * number:
        return (
            f"{tenths:,} of {number:,} events have coordinates of one decimal or none: distances to Bamako and figures by "
            "cell may be off by 11 km and more."
        )
    places = len(degrees.drop_duplicates())
    if number > CROWDED * places:
        return (
            f"Their {number:,} events lie at {places:,} {'place' if places == 1 else 'places'}: distances to Bamako and "
            "figures by cell are those of these places, not of the events."
        )
    return ""


def quiet_months(counts: pd.Series, totals: pd.Series | None = None) -> list[str]:
    """Return months that hold so few events beside the 12 before them that they may not be whole, in words.

    Parameters
    ----------
    counts, totals : Series
        Events by month, in order: of the files, and of a table; a month that is as quiet there is whole.
    """
    out = []
    for at in range(6, len(counts)):
        usual, here = float(counts.iloc[max(0, at - 12) : at].median()), int(counts.iloc[at])
        known = totals is not None and here >= NEARLY * totals.get(counts.index[at], math.inf)
        if usual >= 10 and here < usual / 3 and not known:
            name = month_name(month(str(counts.index[at])))
            one = "event" if here == 1 else "events"
            out.append(f"{name} holds {here} {one}, the months before it {usual:.0f} at the median")
    return out


def short_months(counts: pd.Series, totals: pd.Series) -> list[str]:
    """Return months that hold far less than ACLED's totals lead to expect, in words: a page or a file may be missing.

    Parameters
    ----------
    counts, totals : Series
        Events by month: of the files, and of the same months as the project's totals hold them.
    """
    shared = counts.index.intersection(totals.index[totals > 0])
    if len(shared) < 6:
        return []
    expected = totals[shared] * float((counts[shared] / totals[shared]).median())
    return [
        f"{month_name(month(str(name)))} holds {counts[name]} events, where {expected[name]:.0f} were to be expected"
        for name in shared
        if counts[name] < SHORT * expected[name] and _at_most(int(counts[name]), float(expected[name])) < SURE
    ]


def _listed(names: Sequence[str], word: str = "or") -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"

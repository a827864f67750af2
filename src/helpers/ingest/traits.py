"""What a filter leaves behind that no kind, region or side tells: days, deaths, who stands first, every second row."""

from __future__ import annotations

import pandas as pd
from scipy import special

from helpers import definitions as d
from helpers.ingest import remarks
from helpers.ingest.chance import SURE, at_most

HALF = 0.5
"""Share of the events to be expected with a trait below which a filter has taken some."""

WEEK = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")

EVEN = 0.001
"""Chance below which the parts held of months, regions, kinds and sides are too unlike for those of a sample."""


def scarce(found: int, expected: float, missing: int) -> bool:
    """Tell whether so few events are no chance, and about as many are missing of the totals."""
    return found < HALF * expected and at_most(found, expected) < SURE and missing >= HALF * (expected - found)


def left(events: pd.DataFrame, like: pd.DataFrame, missing: int) -> list[str]:
    """Return what few or no events have, in parts of a sentence.

    `events`, `like`: the files' events, as `acled.attribute` returns them, and the project's `actors` of the same
    months. `missing`: events that the totals count and the files do not hold.
    """
    scale = len(events) / float(like["events"].sum())
    out = []
    if days := _days(events["date"], missing):
        out.append(days)
    most = int(events["fatalities"].max())
    # A cell of the table knows its deadliest event only: there are as many such events at least.
    deadlier = scale * float(like["deadliest"].gt(most).sum())
    if scarce(0, deadlier, missing):
        out.append(remarks.capped(most, deadlier))
    return out + _places(events, like, scale, missing)


def _days(date: pd.Series, missing: int) -> str:
    """Name days of the week, or count days of the month, on which hardly an event lies; empty where there are none."""
    week, month = date.dt.day_of_week.value_counts(), date.dt.day.value_counts()
    number, per_day = len(date), len(date) * 12 / 365.25
    free = [day for day in range(7) if scarce(int(week.get(day, 0)), number / 7, missing)]
    if free:
        held = sum(int(week.get(day, 0)) for day in free)
        return remarks.weekdays([WEEK[day] for day in free], held, len(free) * number / 7)
    # Not every month has the last three.
    spare = [day for day in range(1, 29) if scarce(int(month.get(day, 0)), per_day, missing)]
    held = sum(int(month.get(day, 0)) for day in spare)
    return remarks.monthdays(spare, held, len(spare) * per_day) if spare else ""


def _places(events: pd.DataFrame, like: pd.DataFrame, scale: float, missing: int) -> list[str]:
    """Name sides that hardly stand as the first or the second actor, though they are named often enough."""
    out = []
    for side, name in d.LABELS.items():
        if side in ("none", "other"):
            continue
        mine, theirs = ({column: rows[column].eq(side) for column in ("side1", "side2")} for rows in (events, like))
        both = [int((mine["side1"] | mine["side2"]).sum()), like.loc[theirs["side1"] | theirs["side2"], "events"].sum()]
        if both[0] < HALF * scale * both[1]:
            continue
        for column, where in (("side1", "first"), ("side2", "second")):
            found, expected = int(mine[column].sum()), scale * float(like.loc[theirs[column], "events"].sum())
            if scarce(found, expected, missing):
                out.append((expected - found, remarks.placed(name, where, found, expected)))
    # Who stood beside the one that was taken is rarer too: the two that lack most tell.
    return [text for _, text in sorted(out, reverse=True)[:2]]


def even(events: pd.DataFrame, like: pd.DataFrame) -> str:
    """Say that about the same part of everything is held, as of a sample; empty where parts are unlike, or nearly all is.

    `events`, `like`: as of `left`.
    """
    share = len(events) / float(like["events"].sum())
    if not 0 < share < HALF + 0.3:
        return ""
    mine = events.assign(events=1)
    for keys in (["month"], ["region"], ["event_type"], ["side1"], ["side2"], ["event_type", "wagner"]):
        held, known = (rows.astype(dict.fromkeys(keys, "str")).groupby(keys)["events"].sum() for rows in (mine, like))
        known = known[known >= 5]
        gap = held.reindex(known.index, fill_value=0) - share * known
        unlike = float((gap**2 / (share * (1 - share) * known)).sum())
        if special.chdtrc(max(len(known) - 1, 1), unlike) < EVEN:
            return ""
    return remarks.sample(share)

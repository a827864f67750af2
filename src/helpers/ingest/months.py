"""Months that files hold whole, and those that they begin or end within, or hold too little of."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pandas as pd

from helpers.errors import DataError
from helpers.ingest import remarks
from helpers.ingest.chance import CHANCE, SURE, at_most
from helpers.ingest.sums import NEARLY
from helpers.windows import Window

SHORT = 0.6
"""Share of what the totals lead to expect below which a month at an end counts as not complete."""

PACE_DAYS = 90
LEAST_DAYS = 28
"""Days over which the pace of fewer is taken: one event says nothing of the days beside it."""

EMPTY = 25.0
"""Events to be expected in days without one from which the days count as missing; of the project's own exports, from 2012
on, the quietest stretch has 22."""


def refuse_unended(covers: Window | None, latest: int) -> None:
    """Refuse months of which the files' owner says that they hold them whole, and which are not over on a day (since 1970)."""
    if covers is not None and covers.last >= pd.Period(np.datetime64(latest, "D"), "M"):
        raise DataError(remarks.unended(covers))


def refuse_unheld(counts: pd.Series, covers: Window, totals: pd.Series) -> None:
    """Refuse months of which the owner says that the files hold them whole, where they cannot: nothing is no zero.

    `counts`, `totals`: events by month: of the files, and of the project's table. `covers`: months, as their owner
    says.
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
            raise DataError(remarks.unheld(covers, began, name, missed))


def last_whole_month(day: np.ndarray) -> str:
    """Return the last month that days of events complete.

    The days after the last event must not be improbable: at the pace of the 90 days before it, so long a gap has a
    chance of `CHANCE` at least (Poisson).

    `day`: days since 1970, one per event.
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

    `counts`, `totals`: events by month: of the files, and of the same months as the project's totals hold them. Returns
    both, that of the first month first. A month is short where it holds under `SHORT` of its total at the median share
    of the months between, and so few had a chance below `CHANCE` (Poisson). With fewer than three months between,
    neither is.
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
        return found < SHORT * expected and at_most(found, expected) < CHANCE

    return short(counts.index[0]), short(counts.index[-1])


def empty_days(day: np.ndarray) -> str:
    """Say between which days there is no event, where that cannot be chance; empty where there is no such stretch.

    At the pace of the 90 days before and after it a stretch would have to hold `EMPTY` events.

    `day`: days since 1970, one per event.
    """
    day = np.sort(day)
    there, out = np.unique(day), []
    for before, after in pairwise(there.tolist()):
        beside = np.searchsorted(day, [before - PACE_DAYS, before, after - 1, after + PACE_DAYS - 1], side="right")
        held = min(PACE_DAYS, before - day[0] + 1) + min(PACE_DAYS, day[-1] - after + 1)
        missed = (after - before - 1) * float(beside[1] - beside[0] + beside[3] - beside[2]) / held
        if missed > EMPTY:
            first, last = (str(np.datetime64(int(at), "D")) for at in (before + 1, after - 1))
            out.append(remarks.stretch(first, last, missed))
    return remarks.stretches(out)


def quiet_months(counts: pd.Series, totals: pd.Series | None = None) -> list[str]:
    """Return months that hold so few events beside the 12 before them that they may not be whole, in words.

    `counts`, `totals`: events by month, in order: of the files, and of a table; a month that is as quiet there is
    whole.
    """
    out = []
    for at in range(6, len(counts)):
        usual, here = float(counts.iloc[max(0, at - 12) : at].median()), int(counts.iloc[at])
        known = totals is not None and here >= NEARLY * totals.get(counts.index[at], math.inf)
        if usual >= 10 and here < usual / 3 and not known:
            out.append(remarks.quiet(str(counts.index[at]), here, usual))
    return out


def short_months(counts: pd.Series, totals: pd.Series) -> list[str]:
    """Return months that hold far less than ACLED's totals lead to expect, in words: a page or a file may be missing.

    `counts`, `totals`: events by month: of the files, and of the same months as the project's totals hold them.
    """
    shared = counts.index.intersection(totals.index[totals > 0])
    if len(shared) < 6:
        return []
    expected = totals[shared] * float((counts[shared] / totals[shared]).median())
    return [
        remarks.short(str(name), int(counts[name]), float(expected[name]))
        for name in shared
        if counts[name] < SHORT * expected[name] and at_most(int(counts[name]), float(expected[name])) < SURE
    ]

"""What followed where a mission left its bases: cercles by month, held against cercles without a base and against chance.

The cercles that lost a base are compared with others over the same months (an imputation of what those would have
given); how far such a comparison strays by chance is read from the same comparison made for cercles drawn at random,
and for other dates. No model of the noise is needed: months that resemble each other do so in the draws too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.errors import DataError, NotInData
from helpers.estimates.interruptions import SEEN
from helpers.estimates.intervals import SEED
from helpers.measures import Interval
from helpers.windows import Window

BEFORE = 24
"""Months before the first handover in a cercle."""
AFTER = 12
"""Months after the last one."""
LEAST = 12
"""Events in the months before, below which a cercle is not compared: one every other month."""
DRAWS = 1999
"""Random choices of cercles."""
QUARTER = 3
"""Months of a step of the course around a handover."""

Closing = tuple[pd.Period, pd.Period]
"""Months of the first and of the last handover in a cercle; they and those between count to neither side."""


@dataclass(frozen=True)
class Departure:
    """Events in the cercles that lost a base, over what the others would have given."""

    cercles: tuple[str, ...]
    others: tuple[str, ...]
    """Cercles that lost a base; cercles held against them."""
    before: float
    after: float
    expected: float
    """Events in the cercles, a year: before, after, and after had they gone as the others did."""
    ratio: float
    """After over expected."""
    interval: Interval
    """95 percent: the ratios that random choices of cercles do not rule out."""
    share: float
    """Part of the random choices with a ratio as far from 1 (the p-value of the randomisation test)."""
    dates: int
    dates_share: float | None
    """Other dates tried, and part of them with a ratio as far from 1; none where there is no such date."""
    seen: float
    """Factor above 1 that the test would tell from none in 80 percent of cases."""
    course: pd.DataFrame
    """`months` (from the handover: the first month of each quarter; months since the last are counted from 1),
    `ratio`, and `low`, `high`: where 95 percent of the random choices lie."""


def panel(rows: pd.DataFrame, cercles: Sequence[str], whole: Window) -> pd.DataFrame:
    """Return events by cercle and month, zeros included.

    `rows`: the `cercle_months` table. Returns one row a cercle, one column a month (`Period`).
    """
    months = pd.period_range(whole.first, whole.last, freq="M")
    wide = rows.pivot(index="cercle", columns="month", values="events")
    wide.columns = pd.PeriodIndex(wide.columns, freq="M")
    return wide.reindex(index=list(cercles), columns=months).fillna(0.0)


def comparable(counts: pd.DataFrame, before: pd.Period, cercles: Sequence[str]) -> list[str]:
    """Return the cercles with at least `LEAST` events in the `BEFORE` months before a month."""
    sums = counts.loc[:, before - BEFORE : before - 1].sum(axis=1)
    return [cercle for cercle in cercles if sums[cercle] >= LEAST]


def departure(counts: pd.DataFrame, closings: Mapping[str, Closing], others: Sequence[str]) -> Departure:
    """Compare the cercles that lost a base with others, and hold the result against chance.

    Parameters
    ----------
    counts : DataFrame
        As `panel` returns it.
    closings : mapping of str to (Period, Period)
        Months of the first and last handover by cercle.
    others : sequence of str
        Cercles without a base.

    Raises
    ------
    DataError
        No cercle on one of the sides, or months that the panel does not hold.

    Notes
    -----
    expected = sum over cercles of (events before) x (events of the others after / before), each over the cercle's own
    months: the imputation of Borusyak, K., Jaravel, X. and Spiess, J. (2024), Review of Economic Studies 91,
    pp. 3253-3285, in the multiplicative form of Wooldridge, J. M. (2023), Econometrics Journal 26, pp. C31-C66. The
    test draws cercles for the same closings among all of both sides: Fisher, R. A. (1935), The Design of Experiments;
    the interval holds the factors that it does not reject.
    """
    if not closings or not others:
        raise DataError("a comparison needs cercles that lost a base and cercles that had none.")
    panes = _Panes(counts, list(closings.values()))
    names = [*closings, *others]
    places = np.array([counts.index.get_loc(name) for name in names])
    n = len(closings)
    own = panes.sums(places[None, :n], places[None, n:])
    rng = np.random.default_rng(SEED)
    drawn = np.array([rng.permutation(places) for _ in range(DRAWS)])
    chance = panes.sums(drawn[:, :n], drawn[:, n:])
    log, logs = own.log[0], chance.log
    share = (1 + int((np.abs(logs) >= abs(log) - 1e-12).sum())) / (1 + DRAWS)
    low, high = np.quantile(logs, [0.025, 0.975])
    shifted = [panes.shifted(step).sums(places[None, :n], places[None, n:]).log[0] for step in panes.steps()]
    far = np.abs(np.array(shifted)) >= abs(log) - 1e-12
    return Departure(
        tuple(closings),
        tuple(others),
        float(own.before[0]) * 12 / BEFORE,
        float(own.after[0]),
        float(own.expected[0]),
        float(np.exp(log)),
        Interval(float(np.exp(log - high)), float(np.exp(log - low))),
        share,
        len(shifted),
        float(far.mean()) if shifted else None,
        _seen(logs),
        _course(panes, places, drawn, n),
    )


def _seen(logs: np.ndarray) -> float:
    """Return the factor at which 80 percent of the random choices, moved by it, would be rejected."""
    cut = float(np.quantile(np.abs(logs), 0.95))
    return float(np.exp(cut - np.quantile(logs, 1 - SEEN)))


def _course(panes: _Panes, places: np.ndarray, drawn: np.ndarray, n: int) -> pd.DataFrame:
    records = []
    for start in [*range(-BEFORE, 0, QUARTER), *range(1, AFTER, QUARTER)]:
        own = panes.sums(places[None, :n], places[None, n:], start)
        low, high = np.exp(np.quantile(panes.sums(drawn[:, :n], drawn[:, n:], start).log, [0.025, 0.975]))
        records.append((start, float(np.exp(own.log[0])), float(low), float(high)))
    return pd.DataFrame(records, columns=["months", "ratio", "low", "high"])


@dataclass(frozen=True)
class _Sums:
    before: np.ndarray
    after: np.ndarray
    expected: np.ndarray

    @property
    def log(self) -> np.ndarray:
        # Half an event on both sides, so that a draw of cercles without an event after has a ratio too.
        return np.log((self.after + 0.5) / (self.expected + 0.5))


class _Panes:
    """Sums of events of every cercle over the months that each closing asks for."""

    def __init__(self, counts: pd.DataFrame, closings: Sequence[Closing], shift: int = 0):
        self.counts, self.closings, self.shift = counts, closings, shift
        self.running = np.concatenate([np.zeros((len(counts), 1)), counts.to_numpy(float).cumsum(axis=1)], axis=1)
        first = counts.columns[0]
        self.at = [((a - first).n + shift, (b - first).n + shift) for a, b in closings]
        if min(a for a, _ in self.at) < BEFORE or max(b for _, b in self.at) + AFTER >= counts.shape[1]:
            raise NotInData(
                f"the months by cercle do not hold {BEFORE} before the first handover and {AFTER} after the last."
            )

    def shifted(self, step: int) -> _Panes:
        return _Panes(self.counts, self.closings, step)

    def steps(self) -> list[int]:
        """Return the shifts of all dates whose windows hold none of the closings' months, nor months past the table."""
        first, last = min(a for a, _ in self.at), max(b for _, b in self.at)
        spread = last - first
        earlier = range(BEFORE - first, -(AFTER + spread))
        later = range(BEFORE + spread + 1, self.counts.shape[1] - 1 - AFTER - last + 1)
        return [*earlier, *later]

    def _sum(self, start: int, months: int) -> np.ndarray:
        return self.running[:, start + months] - self.running[:, start]

    def sums(self, chosen: np.ndarray, others: np.ndarray, start: int | None = None) -> _Sums:
        """Return the sums for rows of cercles; `start` asks for one quarter around the handovers instead of the year after."""
        before = after = expected = np.zeros(len(chosen))
        for column, (a, b) in enumerate(self.at):
            early = self._sum(a - BEFORE, BEFORE)
            if start is None:
                late = self._sum(b + 1, AFTER)
            else:
                late = self._sum(a + start if start < 0 else b + start, QUARTER)
            own = chosen[:, column]
            base = early[others].sum(axis=1)
            if not base.all():
                raise NotInData(
                    "the cercles without a base have no event before the handover: nothing to compare with."
                )
            before = before + early[own]
            after = after + late[own]
            expected = expected + early[own] * late[others].sum(axis=1) / base
        return _Sums(before, after, expected)

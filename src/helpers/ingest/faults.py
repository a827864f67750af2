"""Faults of rows counted by reason, and when there are too many of them for a file to be taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from helpers.errors import DataError
from helpers.ingest.account import Account, Reason, seen

REFUSE_SHARE = 0.1
"""Share of a file's rows on Mali with a fault from which the whole file is refused (at least ten rows, or more than
half): single slips are set aside, a habit of the file is for its owner to mend."""

Faults = dict[Reason, tuple[int, int, str]]
"""By reason: how many rows, number of the first, what stands there."""


def count_fault(faults: Faults, reason: Reason, count: int, first: int, example: str) -> None:
    """Add rows with a fault; the first of them is the example."""
    had = faults.get(reason)
    faults[reason] = (had[0] + count, had[1], had[2]) if had else (count, first, example)


def is_habit(spoiled: int, whole: int) -> bool:
    """Tell whether so many rows with a fault are a habit of the file and no slips."""
    return spoiled > whole / 2 or (spoiled >= 10 and spoiled > REFUSE_SHARE * whole)


def refuse_habits(name: str, faults: Faults, ours: int) -> None:
    """Refuse a file in which more than a tenth (at least ten) of the country's own rows, or more than half, have a fault.

    Of other countries' rows none is looked at, so that they hide nothing; `ours` are the country's rows without a
    fault.
    """
    spoiled = sum(count for count, _, _ in faults.values())
    whole = ours + spoiled
    if not is_habit(spoiled, whole):
        return
    reason, (count, first, example) = max(faults.items(), key=lambda item: (item[1][0], -item[1][1]))
    shown = f" holds {seen(example)!r}" if example else ""
    column = f", column {reason.column}" if reason.column else ""
    more = f" ({spoiled:,} with other faults)" if spoiled > count else ""
    raise DataError(
        f"{name}: row {first}{column}{shown}: {reason.text}, as in {count:,} of {whole:,} rows on Mali{more}; expected "
        f"{reason.expected}."
    )


def refuse_conflicts(account: Account, reason: Reason, ours: int) -> None:
    """Refuse files in which too many rows contradict another of the same number: which is right, nothing tells.

    Such rows are set aside in the account for the `reason`; `ours` are the country's rows, these among them.
    """
    lines = {name: line for (name, _, why), line in account.lines.items() if why == reason.text}
    spoiled = sum(line.rows for line in lines.values())
    if is_habit(spoiled, ours):
        name, line = max(lines.items(), key=lambda item: item[1].rows)
        raise DataError(
            f"{name}: row {line.first}, column {reason.column}: {reason.text.partition(';')[0]}, as in {spoiled:,} of "
            f"{ours:,} rows on Mali; expected {reason.expected}."
        )


LOST = 5
"""Rows of one region, month or unknown name from which their loss is a fault of the file, not a slip."""


def refuse_unknown(name: str, column: str, reason: Reason, unknown: Counter[str]) -> None:
    """Refuse a file in which one and the same name that nobody knows stands in several rows."""
    text, often = max(unknown.items(), key=lambda item: item[1], default=("", 0))
    if often >= LOST:
        raise DataError(
            f"{name}: column {column} holds {seen(text)!r} in {often:,} rows: {reason.text}, as in so many rows that a "
            f"region would be lost; expected {reason.expected}."
        )


class Sieve:
    """Rows of a block, out of which those that are not counted fall, one reason after another.

    Parameters
    ----------
    columns : mapping of str to sequence of str
        Fields of the rows.
    order : array of int
        Their numbers in the file.
    name : str
        The file.
    account, faults : Account, dict
        Where rows are noted that fall out: faults apart, since too many of them refuse the file.

    Attributes
    ----------
    left : array of bool
        Which rows are still in.
    """

    def __init__(
        self, columns: Mapping[str, Sequence[str]], order: np.ndarray, name: str, account: Account, faults: Faults
    ):
        self.columns, self.order, self.name = columns, order, name
        self.left = np.ones(len(order), bool)
        self._account, self._faults = account, faults

    def aside(self, mask: np.ndarray, reason: Reason) -> None:
        """Take out the rows that a mask marks, unless they are out already; the first of them is the example."""
        fresh = mask & self.left
        if not fresh.any():
            return
        self.left &= ~fresh
        first = int(np.argmax(fresh))
        count, row = int(fresh.sum()), int(self.order[first])
        example = self.columns[reason.column][first] if reason.column in self.columns else ""
        if reason.fault:
            count_fault(self._faults, reason, count, row, example)
        else:
            self._account.aside(self.name, reason, count, row, example)

    def rest(self) -> Sieve:
        """Return what is left as a sieve of its own: what is dear to look at is looked at in these rows only."""
        if self.left.all():
            return self
        keep = np.flatnonzero(self.left)
        columns = {c: [texts[i] for i in keep.tolist()] for c, texts in self.columns.items()}
        return Sieve(columns, self.order[keep], self.name, self._account, self._faults)

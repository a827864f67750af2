"""Faults of rows counted by reason, and when there are too many of them for a file to be taken."""

from __future__ import annotations

from helpers.errors import DataError
from helpers.ingest.account import Reason, seen

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
    """Refuse a file in which too many of the country's own rows have a fault.

    Parameters
    ----------
    name : str
        File.
    faults : dict
        Rows with a fault; of other countries' rows none is looked at, so that they hide nothing.
    ours : int
        The country's rows without a fault.

    Raises
    ------
    DataError
        More than a tenth of them (at least ten), or more than half.
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

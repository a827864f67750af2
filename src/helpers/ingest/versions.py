"""Versions of ACLED events: one row of each is kept, and none of those that ACLED has deleted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from helpers.ingest import parse, rows
from helpers.ingest.account import Account, Reason
from helpers.ingest.faults import count_fault
from helpers.ingest.reasons import CONFLICT, DELETED, MALFORMED, NO_ID, NO_STAMP, OLDER_VERSION, REPEATED, TAG, THIRD

_ID = re.compile(r"[A-Z]{3}\d{1,10}")
_TURNED = re.compile(r"(\d{1,10})([A-Z]{3})")
FIELDS = [
    ("id", "S13"), ("stamp", "i8"), ("day", "i4"), ("kind", "i1"), ("actor1", "i4"), ("actor2", "i4"),
    ("region", "i1"), ("latitude", "f8"), ("longitude", "f8"), ("deaths", "i4"), ("named", "i1"),
    ("file", "i2"), ("row", "i4"), ("weight", "i1"),
]  # fmt: skip
"""What is held of a row, as numpy's types; texts are codes of `events._Parsers`."""

CONTENT = ("day", "kind", "actor1", "actor2", "region", "latitude", "longitude", "deaths")
"""What two rows of one event must agree in to be the same."""


def identity(text: str) -> str:
    """Return an event's id as ACLED writes it today, letters first; empty where it is none.

    Examples
    --------
    >>> identity(" MLI12 "), identity("12MLI"), identity("x1")
    ('MLI12', 'MLI12', '')
    """
    text = text.strip()
    if not text.isascii():
        return ""
    if _ID.fullmatch(text):
        return text
    turned = _TURNED.fullmatch(text)
    return f"{turned[2]}{turned[1]}" if turned else ""


def _groups(sorted_ids: np.ndarray) -> np.ndarray:
    """Return for each row of sorted ids the place of the first row with the same id."""
    first = np.ones(len(sorted_ids), bool)
    first[1:] = sorted_ids[1:] != sorted_ids[:-1]
    return np.maximum.accumulate(np.where(first, np.arange(len(sorted_ids)), 0))


def _same(one: np.ndarray, other: np.ndarray, fields: Sequence[str]) -> np.ndarray:
    out = np.ones(len(one), bool)
    for name in fields:
        out &= one[name] == other[name]
    return out


def pair(mine: np.ndarray, name: str, account: Account, faults: dict) -> np.ndarray:
    """Make one event of the two rows that a monadic file gives it: the first names side 1, the second side 2."""
    if not len(mine):
        return mine
    mine = mine[np.lexsort((mine["row"], -mine["stamp"], mine["id"]))]
    head = _groups(mine["id"])
    older = mine["stamp"] < mine["stamp"][head]
    same = _same(mine, mine[head], [f for f in CONTENT if not f.startswith("actor")])
    place = np.arange(len(mine)) - head
    for mask, reason in (
        (older, OLDER_VERSION),
        (~older & ~same, CONFLICT),
        (~older & same & (place > 1), THIRD),
    ):
        aside_rows(mine[mask], reason, [name] * (int(mine["file"][0]) + 1), account, faults)
    events = place == 0
    # Only a second row that agrees with the first gives the other side; a conflicting one in between leaves a gap.
    second = ~older & same & (place == 1)
    out = mine[events].copy()
    at = np.searchsorted(np.flatnonzero(events), head[second])
    out["actor2"][at] = mine["actor1"][second]
    out["weight"][at] = 2
    return out


def aside_rows(
    some: np.ndarray, reason: Reason, names: list[str], account: Account, faults: dict | None = None
) -> None:
    """Set rows aside, file by file; with `faults` a fault is only counted there."""
    if not len(some):
        return
    for number in np.unique(some["file"]):
        part = some[some["file"] == number]
        count, first = int(part["weight"].sum()), int(part["row"].min())
        if faults is not None and reason.fault:
            count_fault(faults, reason, count, first, "")
        else:
            account.aside(names[number], reason, count, first)


def without_deleted(
    events: np.ndarray, path: Path, known: parse.Stamps, account: Account, names: list[str]
) -> np.ndarray:
    """Take away the events that a list of ACLED's names, unless a version is newer than its deletion."""
    what = "ACLED's list of deleted events"
    gone: dict[bytes, int] = {}
    for file in rows.files_of(path):
        reader = rows.Reader(file, ("event_id_cnty",), ("deleted_timestamp",), what)
        name = f"deleted: {file.name}"
        good = 0
        for block in reader.blocks():
            for row in block.broken:
                account.aside(name, MALFORMED, row.lines, row.first, row.why)
            ids = block.columns["event_id_cnty"]
            stamps = block.columns.get("deleted_timestamp") or [""] * len(ids)
            for text, stamp, number in zip(ids, stamps, block.numbers, strict=True):
                key = identity(text).encode()
                if not key:
                    account.aside(name, NO_ID if not text.startswith("#") else TAG, 1, number, text)
                    continue
                when = known[stamp]
                if when == parse.BAD:
                    account.aside(name, NO_STAMP, 1, number, stamp)
                    continue
                good += 1
                # Without a time the event is gone whatever its version.
                gone[key] = max(gone.get(key, 0), when or 2**62)
        account.saw(name, reader.rows)
        account.keep(name, good, "listed as deleted")
    if not gone or not len(events):
        return events
    keys = np.array(sorted(gone), "S13")
    when = np.array([gone[key] for key in keys.tolist()], np.int64)
    at = np.minimum(np.searchsorted(keys, events["id"]), len(keys) - 1)
    hit = (keys[at] == events["id"]) & (events["stamp"] <= when[at])
    aside_rows(events[hit], DELETED, names, account)
    return events[~hit]


def newest(events: np.ndarray, account: Account, names: list[str]) -> np.ndarray:
    """Keep one version of each event: the newest; of equally new ones that with fewer deaths.

    A row without a time stamp that differs from one with a stamp contradicts it: which is newer cannot be told.
    """
    if not len(events):
        return events
    order = np.lexsort((events["row"], events["file"], events["deaths"], -events["stamp"], events["id"]))
    events = events[order]
    head = _groups(events["id"])
    kept = head == np.arange(len(events))
    if kept.all():
        return events
    others, heads = events[~kept], events[head[~kept]]
    same = _same(others, heads, CONTENT)
    older = (others["stamp"] < heads["stamp"]) & (same | (others["stamp"] > 0))
    for mask, reason in ((older, OLDER_VERSION), (~older & same, REPEATED), (~older & ~same, CONFLICT)):
        aside_rows(others[mask], reason, names, account)
    return events[kept]

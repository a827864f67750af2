"""ACLED's weekly aggregates (region, event type, sub-event type) to the table of methods.

The file most accounts can still download holds no events and no actors: a row counts the events of a week, a region
and a sub-event type. What is kept here is coarser: months, and some nine classes of our own.
"""

from __future__ import annotations

import datetime
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers import definitions as d
from helpers.errors import DataError
from helpers.ingest import encodings, parse, rows, workbook
from helpers.ingest.account import Account, Reason, neutral, seen
from helpers.ingest.acled import REGION_SPELLINGS
from helpers.ingest.faults import Faults, count_fault, is_habit, refuse_unknown
from helpers.ingest.reasons import ELSEWHERE, NO_DEATHS, NO_REGION

WHAT = "ACLED's weekly aggregates by region and sub-event type"
NEEDED = ("week", "country", "admin1", "sub_event_type", "events", "fatalities")

NO_CLASS = ("Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
            "Headquarters or base established", "Non-violent transfer of territory", "Other")  # fmt: skip
"""Sub-event types that say nothing of fighting; they are in none of our classes."""

LARGEST = workbook.Caps("workbook of ACLED's aggregates", rows=2**20, elements=40_000_000, unpacked=2**30, beside=2**26)
"""The workbook of a continent unpacks to about 150 million bytes."""


_LOOK_AGAIN = "check the row, or download the file again"
OTHER_KIND = Reason("strategic developments without looting (agreements, arrests, bases …)", "sub_event_type")
MALFORMED = Reason("not a whole row", "", "as many fields as the header; download the file again")
NO_WEEK = Reason(
    "week not readable without doubt", "week", "a day as 2026-03-14; do not save the file in a spreadsheet"
)
NO_SATURDAY = Reason("week that begins on no Saturday", "week", f"the Saturday that opens the week; {_LOOK_AGAIN}")
NO_DAY = Reason("week before 1997 or after today", "week", "a week from 1997 to today; check the row")
NO_KIND = Reason("unknown sub-event type", "sub_event_type", "one of ACLED's; tell the project of a new one")
NO_COUNT = Reason("events not a whole number from 1 on", "events", "a whole number; check the row")
REPEATED = Reason("the same week, region and type again", "week", f"one row each; {_LOOK_AGAIN}")

_CLASS = {sub: method for method, subs in d.METHODS.items() for sub in subs}


@dataclass(frozen=True)
class Weekly:
    """What a file of weekly aggregates holds."""

    frame: pd.DataFrame
    """`week` (datetime64, the Saturday that opens it), `region`, `sub_event_type`, `method`, `events`,
    `fatalities`."""
    last_day: datetime.date
    """Friday that ends the newest week of the file, whatever its country."""
    account: Account
    """What became of each row."""
    files: list[tuple[str, str]]
    """File name and SHA-256."""

    @property
    def complete_to(self) -> str:
        """Last month (`YYYY-MM`) all of whose Fridays the file reaches."""
        day = pd.Timestamp(self.last_day)
        month = day.to_period("M")
        whole = day + pd.Timedelta(days=7) > month.end_time
        return str(month if whole else month - 1)


def is_aggregate(path: Path) -> bool:
    """Tell whether a file's header is that of weekly aggregates, not of events.

    Raises `DataError`: a workbook would take more memory or time than any such file.
    """
    try:
        if _is_workbook(path):
            first = next(workbook.stream(path, neutral(path.name, 120), LARGEST, WHAT), ())
            header = [str(value or "").strip().lower() for value in first]
        else:
            with rows.files_of(path)[0].opener() as stream:
                line = stream.read(4096).decode("utf-8", "replace").splitlines()[0].lower()
            delimiter = max(rows.DELIMITERS, key=line.count)
            header = [name.strip().strip('\ufeff"') for name in line.split(delimiter)]
    except workbook.TooMuch:
        raise
    except (OSError, EOFError, IndexError, zlib.error, zipfile.BadZipFile, DataError):
        return False
    return {"week", "sub_event_type", "events"} <= set(header)


def read(path: Path, *, today: datetime.date | None = None) -> Weekly:
    """Read a file of weekly aggregates and keep Mali.

    `path`: CSV or Excel workbook as ACLED gives it, of a country or a whole continent. `today`: day after which no week
    can begin; today where not given. Raises `DataError`: the file is none of these, one fault is a habit of the file,
    or no row of Mali is left.
    """
    ((path, digest),) = rows.ordered([path])
    account = Account("acled_weekly")
    name = neutral(path.name, 120)
    latest = (today or datetime.date.today()).toordinal() - datetime.date(1970, 1, 1).toordinal()
    faults: Faults = {}
    unknown: Counter[str] = Counter()
    parts, total, newest = [], 0, parse.BAD
    for block in _blocks(path, name):
        total += len(block.numbers) + sum(broken.lines for broken in block.broken)
        for broken in block.broken:
            count_fault(faults, MALFORMED, broken.lines, broken.first, broken.why)
        part, last = _block(block, name, account, faults, unknown, latest)
        parts.append(part)
        newest = max(newest, last)
    account.saw(name, total)
    frame = _once(pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(), faults)
    of_mali = len(frame) + sum(count for count, _, _ in faults.values())
    for reason, (count, first, example) in faults.items():
        if is_habit(count, of_mali):
            raise DataError(
                f"{name}: row {first}, column {reason.column or '(all)'} holds {seen(example)!r}: {reason.text}, as in "
                f"{count:,} of {of_mali:,} rows of Mali; expected {reason.expected}."
            )
        account.aside(name, reason, count, first, example)
    refuse_unknown(name, "admin1", NO_REGION, unknown)
    if not len(frame):
        raise DataError(f"{name}: no row of Mali that can be counted; expected {WHAT}, with Mali among its countries.")
    classed = frame["method"].ne("")
    account.keep(name, int(classed.sum()))
    if not classed.all():
        account.aside(name, OTHER_KIND, int((~classed).sum()), int(frame.loc[~classed, "row"].iloc[0]))
    account.check()
    frame = frame[classed].reset_index(drop=True)
    frame.insert(0, "week", frame["day"].to_numpy("int64").astype("datetime64[D]").astype("datetime64[ns]"))
    last_day = datetime.date(1970, 1, 1) + datetime.timedelta(days=int(newest) + 6)
    return Weekly(frame.drop(columns=["day", "row"]), last_day, account, [(name, digest)])


def _once(frame: pd.DataFrame, faults: Faults) -> pd.DataFrame:
    """Return the rows without those that repeat a week, region and type."""
    again = frame.duplicated(["day", "region", "sub_event_type"]) if len(frame) else pd.Series(dtype=bool)
    if not again.any():
        return frame
    at = frame[again].iloc[0]
    shown = f"{np.datetime64(int(at['day']), 'D')} {at['region']}"
    count_fault(faults, REPEATED, int(again.sum()), int(at["row"]), shown)
    return frame[~again].reset_index(drop=True)


def _block(
    block: rows.Block, name: str, account: Account, faults: dict, unknown: Counter[str], latest: int
) -> tuple[pd.DataFrame, int]:
    columns = block.columns
    order = np.array(block.numbers, np.int64)
    if not len(order):
        return pd.DataFrame(), parse.BAD
    day = parse.Days().column(columns["week"], np.int64)
    saturday = (day + 5) % 7 == 0  # 1 January 1970 was a Thursday.
    sound = day[(day != parse.BAD) & saturday & (day <= latest)]
    newest = int(sound.max()) if len(sound) else parse.BAD
    ours = np.fromiter((text.strip().lower() == "mali" for text in columns["country"]), bool, len(order))
    if not ours.all():
        first = int(np.argmax(~ours))
        account.aside(name, ELSEWHERE, int((~ours).sum()), int(order[first]), columns["country"][first])
    subs = [text.strip() for text in columns["sub_event_type"]]
    region = parse.Chosen(d.REGIONS, REGION_SPELLINGS).column(columns["admin1"], np.int8)
    strange = ours & (region < 0)
    encodings.refuse_regions(columns["admin1"], np.where(strange, -1, 0), order, name)
    unknown.update(columns["admin1"][at] for at in np.flatnonzero(strange).tolist())
    events = parse.Whole().column(columns["events"], np.int64)
    deaths = parse.Whole().column(columns["fatalities"], np.int64)
    known = np.fromiter((sub in _CLASS or sub in NO_CLASS for sub in subs), bool, len(order))
    left = ours.copy()
    for wrong, reason in (
        (day == parse.BAD, NO_WEEK), ((day < 9861) | (day > latest), NO_DAY), (~saturday, NO_SATURDAY),
        (region < 0, NO_REGION), (~known, NO_KIND), (events < 1, NO_COUNT), (deaths == parse.BAD, NO_DEATHS),
    ):  # fmt: skip
        hit = left & wrong
        if hit.any():
            first = int(np.argmax(hit))
            count_fault(faults, reason, int(hit.sum()), int(order[first]), str(columns[reason.column][first]))
            left &= ~wrong
    keep = np.flatnonzero(left)
    kept = [subs[i] for i in keep.tolist()]
    frame = pd.DataFrame(
        {
            "day": day[keep],
            "region": [d.REGIONS[i] for i in region[keep].tolist()],
            "sub_event_type": kept,
            "method": [_CLASS.get(sub, "") for sub in kept],
            "events": events[keep],
            "fatalities": deaths[keep],
            "row": order[keep],
        }
    )
    return frame, newest


# --------------------------------------------------------------------------- files


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as stream:
        if stream.read(2) != b"PK":
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _blocks(path: Path, name: str) -> Iterator[rows.Block]:
    if not _is_workbook(path):
        for file in rows.files_of(path):
            yield from rows.Reader(file, NEEDED, (), WHAT).blocks()
        return
    lines = workbook.stream(path, name, LARGEST, WHAT)
    header = [str(value or "").strip().lower() for value in next(lines, ())]
    missing = [column for column in NEEDED if column not in header]
    if missing:
        raise DataError(
            f"{name}: row 1: column {', '.join(missing)} is missing; expected {WHAT} with columns {', '.join(NEEDED)}. "
            "Download the file again."
        )
    places = [header.index(column) for column in NEEDED]
    numbers: list[int] = []
    texts: list[tuple[str, ...]] = []
    for number, line in enumerate(lines, 2):
        if any(value is not None for value in line):
            numbers.append(number)
            texts.append(tuple(_text(line[place]) if place < len(line) else "" for place in places))
        if len(texts) >= rows.BLOCK:
            yield rows.Block(numbers, dict(zip(NEEDED, zip(*texts, strict=True), strict=True)), [])
            numbers, texts = [], []
    if texts:
        yield rows.Block(numbers, dict(zip(NEEDED, zip(*texts, strict=True), strict=True)), [])


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value.date()) if isinstance(value, datetime.datetime) else str(value)


# --------------------------------------------------------------------------- tables


def methods_table(weekly: pd.DataFrame) -> pd.DataFrame:
    """Count events and fatalities by month, region and our class.

    `weekly`: as `read` gives it. Returns `month` (in which the week ends: its Friday), `region`, `method` (a key of
    `definitions.METHODS`), `events`, `fatalities`.
    """
    friday = weekly["week"] + pd.Timedelta(days=6)
    frame = weekly.assign(month=friday.dt.strftime("%Y-%m"))
    return frame.groupby(["month", "region", "method"], as_index=False)[["events", "fatalities"]].sum()

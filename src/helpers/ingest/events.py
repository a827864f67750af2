"""A user's own ACLED files to events: newest version of each, the deleted ones removed, every row accounted for.

Files are streamed. Of a row only numbers and codes stay in memory (about 70 bytes), never its text; rows of other
countries and of what is no political violence leave nothing.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import definitions as d
from helpers.errors import DataError
from helpers.ingest import parse, rows
from helpers.ingest.account import Account, Reason, neutral, seen
from helpers.ingest.acled import MACINA_WORDS, NEEDED, OTHER_SUB_EVENTS, REGION_SPELLINGS, WAGNER_WORDS
from helpers.windows import month, month_name

WHAT = "an ACLED export of events"

OPTIONAL = (
    "actor2", "country", "iso", "iso3", "sub_event_type", "notes", "notes_mention", "timestamp", "year",
)  # fmt: skip

FIRST_MONTH = "2012-01"
"""First month of the event tables."""

BOX = (10.0, 25.1, -12.4, 4.4)
"""South, north, west, east of Mali, degrees, with a margin of about 0.1."""

MOST_DEATHS = 2000
"""More in one event is taken for a slip; the deadliest event of the project's data has 173."""

REFUSE_SHARE = 0.1
"""Share of a file's rows with one and the same fault from which the whole file is refused (at least ten rows, or
more than half): single slips are set aside, a habit of the file is for its owner to mend."""

CHANCE = 0.01
"""A last month counts as complete unless the empty days at its end had less than this chance at the pace before."""

_EXCEL = "Export again and do not save it in a spreadsheet on the way"
TAG = Reason("line of HXL tags", "event_date")
ELSEWHERE = Reason("another country", "country")
NOT_VIOLENT = Reason("no political violence (protests, strategic developments, other riots)", "event_type")
OLDER_VERSION = Reason("older version of an event that another row replaces", "timestamp")
REPEATED = Reason("the same row again", "event_id_cnty")
DELETED = Reason("deleted by ACLED", "event_id_cnty")
BEFORE = Reason("before January 2012, where the tables begin", "event_date")
UNFINISHED = Reason("in the last month, which the files do not complete", "event_date")
AFTER = Reason("after the month asked for", "event_date")
MALFORMED = Reason("not a whole row", "", "as many fields as the header; export again")
CONFLICT = Reason(
    "same event and time stamp, other content; the version with fewer deaths is kept",
    "event_id_cnty",
    "one version of an event, or time stamps that tell which is newer; export again",
)
THIRD = Reason("third row of one event", "event_id_cnty", "one or two rows an event in a file without actor2")
UNREADABLE = Reason("text that is not UTF-8", "actor1", "UTF-8; save or export the file as CSV UTF-8")
NO_ID = Reason("no ACLED event id", "event_id_cnty", "three capitals and a number; export again")
NO_DATE = Reason("date not readable without doubt", "event_date", f"2023-06-01 or 1 June 2023. {_EXCEL}")
NO_DAY = Reason("date before 1997 or after today", "event_date", "a day from 1997 to today; check the row")
OTHER_YEAR = Reason("year and event_date disagree", "event_date", f"the same year. {_EXCEL}")
NO_TYPE = Reason("unknown event type", "event_type", f"ACLED's six event types ({', '.join(d.VIOLENT)} …)")
NO_REGION = Reason("unknown region", "admin1", f"one of {', '.join(d.REGIONS)}; tell the project of a new spelling")
NO_PLACE = Reason("coordinates not readable", "latitude", f"decimal degrees with a point. {_EXCEL}")
SWAPPED = Reason("latitude and longitude swapped", "latitude", "latitude 10 to 25, longitude -12 to 4; export again")
OUTSIDE = Reason("coordinates outside Mali", "latitude", "latitude 10 to 25, longitude -12 to 4; check the row")
NO_DEATHS = Reason("fatalities not a whole number from 0 on", "fatalities", "a whole number; check the row")
ABSURD = Reason(f"more than {MOST_DEATHS:,} deaths in one event", "fatalities", "a plausible number; check the row")
NO_STAMP = Reason("timestamp not readable", "timestamp", f"seconds since 1970. {_EXCEL}")
NO_ACTOR = Reason("no actor", "actor1", "the name of an actor; export again")

_ID = re.compile(r"[A-Z]{3}\d{1,10}|\d{1,10}[A-Z]{3}")
_OTHER = "Other political violence"
_TYPES = (*d.EVENT_TYPES, "Riots", "Protests", "Strategic developments")
_NAMES = ("", "wagner", "macina", "wagner macina")


@dataclass(frozen=True)
class Events:
    """What a user's ACLED files hold.

    Attributes
    ----------
    frame : DataFrame
        One row per event: `date` datetime64, `event_type`, `actor1`, `actor2`, `region`, `mentions` category,
        `latitude`, `longitude` float (degrees), `fatalities` int; ready for `acled.attribute`.
    account : Account
        What became of each row.
    files : list of tuple
        File name and SHA-256.
    has_notes : bool
        Whether every file tells which forces the notes name.
    """

    frame: pd.DataFrame
    account: Account
    files: list[tuple[str, str]]
    has_notes: bool


_FIELDS = [
    ("id", "S13"), ("stamp", "i8"), ("day", "i4"), ("kind", "i1"), ("actor1", "i4"), ("actor2", "i4"),
    ("region", "i1"), ("latitude", "f8"), ("longitude", "f8"), ("deaths", "i4"), ("named", "i1"),
    ("file", "i2"), ("row", "i4"), ("weight", "i1"),
]  # fmt: skip
_CONTENT = ("day", "kind", "actor1", "actor2", "region", "latitude", "longitude", "deaths")


class _Parsers:
    """Readers of columns that all files share, so that codes mean the same."""

    def __init__(self) -> None:
        self.days, self.whole, self.stamps, self.degrees = parse.Days(), parse.Whole(), parse.Stamps(), parse.Degrees()
        self.actors = parse.Codes()
        self.none = self.actors[""]
        self.types = parse.Chosen(_TYPES)
        self.subs = parse.Chosen(OTHER_SUB_EVENTS)
        self.regions = parse.Chosen(d.REGIONS, REGION_SPELLINGS)


def read(
    paths: Sequence[Path], *, deleted: Sequence[Path] = (), until: str = "", today: datetime.date | None = None
) -> Events:
    """Read ACLED exports.

    Parameters
    ----------
    paths : sequence of Path
        CSV (dyadic or monadic, with or without a line of HXL tags), the API's JSON, or zips of them, in any order.
    deleted : sequence of Path
        ACLED's lists of deleted events (`event_id_cnty`, `deleted_timestamp`).
    until : str
        Last month (`YYYY-MM`) to count; where empty, the last that the files complete.
    today : date, optional
        Day after which no event can lie; today where not given.

    Returns
    -------
    Events

    Raises
    ------
    DataError
        A file is not what it should be, or no event is left.
    """
    account = Account("acled")
    parsers, found, files, has_notes = _Parsers(), [], [], True
    today = today or datetime.date.today()
    latest = today.toordinal() - datetime.date(1970, 1, 1).toordinal()
    names: list[str] = []
    for path, digest in rows.ordered(paths):
        files.append((neutral(path.name, 120), digest))
        for file in rows.files_of(path):
            names.append(_unused(file.name, names))
            reader = rows.Reader(file, NEEDED, OPTIONAL, WHAT)
            has_notes &= "notes" in reader.has or "notes_mention" in reader.has
            found.append(_file(reader, names[-1], len(names) - 1, parsers, account, latest))
            if "sub_event_type" not in reader.has:
                account.note(f"{names[-1]} has no sub_event_type: mob violence is counted only where it is a type.")
    if not has_notes:
        account.note("the files have no notes: Wagner and Katiba Macina are counted only where they are actors.")
    everything = np.concatenate(found)
    found.clear()
    for path, _ in rows.ordered(deleted):
        everything = _without_deleted(everything, path, parsers, account, names)
    newest = _newest(everything, account, names)
    whole = _whole_months(newest, account, names, until)
    for n, name in enumerate(names):
        mine = whole[whole["file"] == n]
        account.keep(name, int(mine["weight"].sum()))
    account.check()
    if not len(whole):
        raise DataError(_nothing_left(account))
    _refuse_gaps(whole)
    return Events(_frame(whole, parsers), account, files, has_notes)


def _unused(name: str, taken: list[str]) -> str:
    others = sum(other == name or other.startswith(f"{name} (") for other in taken)
    return f"{name} ({others + 1})" if others else name


def _file(reader: rows.Reader, name: str, number: int, parsers: _Parsers, account: Account, latest: int) -> np.ndarray:
    parts = []
    faults: dict[Reason, tuple[int, int, str]] = {}
    for block in reader.blocks():
        for first, lines, why in block.broken:
            _count(faults, MALFORMED, lines, first, why)
        parts.append(_block(block, reader, name, number, parsers, account, faults, latest))
    account.saw(name, reader.rows)
    # A monadic file without two rows of one event is the old form with one actor, and reads the same.
    mine = np.concatenate(parts) if parts else np.zeros(0, _FIELDS)
    if "actor2" not in reader.has:
        mine = _pair(mine, name, account, faults)
    for reason, (count, first, example) in faults.items():
        if count > reader.rows / 2 or (count >= 10 and count > REFUSE_SHARE * reader.rows):
            shown = f" holds {seen(example)!r}" if example else ""
            column = f", column {reason.column}" if reason.column else ""
            raise DataError(
                f"{name}: row {first}{column}{shown}: {reason.text}, as in {count:,} of {reader.rows:,} rows; expected "
                f"{reason.expected}."
            )
        account.aside(name, reason, count, first, example)
    return mine


def _count(faults: dict, reason: Reason, count: int, first: int, example: str) -> None:
    had = faults.get(reason)
    faults[reason] = (had[0] + count, had[1], had[2]) if had else (count, first, example)


def _block(
    block: rows.Block,
    reader: rows.Reader,
    name: str,
    number: int,
    parsers: _Parsers,
    account: Account,
    faults: dict,
    latest: int,
) -> np.ndarray:
    columns = block.columns
    size = len(block.numbers)
    if not size:
        return np.zeros(0, _FIELDS)
    order = np.array(block.numbers, np.int64)
    why = np.zeros(size, np.int16)
    reasons: list[Reason | None] = [None]

    def set_aside(mask: np.ndarray, reason: Reason) -> None:
        fresh = mask & (why == 0)
        if not fresh.any():
            return
        reasons.append(reason)
        why[fresh] = len(reasons) - 1
        first = int(np.argmax(fresh))
        example = columns[reason.column][first] if reason.column in columns else ""
        if reason.fault:
            _count(faults, reason, int(fresh.sum()), int(order[first]), example)
        else:
            account.aside(name, reason, int(fresh.sum()), int(order[first]), example)

    if order[0] <= 2:
        tags = np.zeros(size, bool)
        tags[0] = any(columns[c][0].startswith("#") for c in ("event_date", "event_id_cnty", "event_type"))
        set_aside(tags, TAG)
    set_aside(_elsewhere(columns, size), ELSEWHERE)
    kind = parsers.types.column(columns["event_type"], np.int8)
    if "sub_event_type" in columns:
        kind = np.where(parsers.subs.column(columns["sub_event_type"], np.int8) >= 0, d.EVENT_TYPES.index(_OTHER), kind)
    set_aside(kind >= len(d.EVENT_TYPES), NOT_VIOLENT)
    left = why == 0
    if not left.any():
        return np.zeros(0, _FIELDS)
    if not left.all():
        # What follows is the dear part: only rows that may count go through it.
        keep = np.flatnonzero(left)
        columns = {c: [texts[i] for i in keep.tolist()] for c, texts in columns.items()}
        order, kind, size = order[keep], kind[keep], len(keep)
        why = np.zeros(size, np.int16)
    out = np.zeros(size, _FIELDS)
    unreadable = np.zeros(size, bool)
    for column in ("event_id_cnty", "event_date", "event_type", "actor1", "actor2", "admin1"):
        # The whole column is looked at first: such bytes are rare.
        if column in columns and "\ufffd" in "".join(columns[column]):
            unreadable |= np.fromiter(("\ufffd" in text for text in columns[column]), bool, size)
    set_aside(unreadable, UNREADABLE)
    ids = [text.strip() for text in columns["event_id_cnty"]]
    good = np.fromiter((_ID.fullmatch(text) is not None and text.isascii() for text in ids), bool, size)
    set_aside(~good, NO_ID)
    out["id"] = np.array([text if ok else "" for text, ok in zip(ids, good, strict=True)], "S13")
    day = parsers.days.column(columns["event_date"], np.int64)
    set_aside(day == parse.BAD, NO_DATE)
    set_aside((day < 9862) | (day > latest), NO_DAY)  # 9,862 days after 1970: 1 January 1997
    if "year" in columns:
        year = parsers.whole.column(columns["year"], np.int64)
        stated = np.fromiter((bool(text.strip()) for text in columns["year"]), bool, size)
        set_aside(stated & (year != _years(day)), OTHER_YEAR)
    set_aside(kind < 0, NO_TYPE)
    actor1 = parsers.actors.column(columns["actor1"], np.int32)
    set_aside(actor1 == parsers.none, NO_ACTOR)
    region = parsers.regions.column(columns["admin1"], np.int8)
    set_aside(region < 0, NO_REGION)
    latitude = parsers.degrees.column(columns["latitude"], float)
    longitude = parsers.degrees.column(columns["longitude"], float)
    set_aside(np.isnan(latitude) | np.isnan(longitude), NO_PLACE)
    inside = _inside(latitude, longitude)
    set_aside(~inside & _inside(longitude, latitude), SWAPPED)
    set_aside(~inside, OUTSIDE)
    deaths = parsers.whole.column(columns["fatalities"], np.int64)
    set_aside(deaths == parse.BAD, NO_DEATHS)
    set_aside(deaths > MOST_DEATHS, ABSURD)
    if "timestamp" in columns:
        stamp = parsers.stamps.column(columns["timestamp"], np.int64)
        set_aside(stamp == parse.BAD, NO_STAMP)
        out["stamp"] = stamp
    out["day"], out["kind"], out["actor1"], out["region"] = day, kind, actor1, region
    out["actor2"] = parsers.actors.column(columns["actor2"], np.int32) if "actor2" in columns else parsers.none
    out["latitude"], out["longitude"], out["deaths"] = latitude, longitude, np.maximum(deaths, 0)
    out["named"] = _named(columns, size)
    out["file"], out["row"], out["weight"] = number, order, 1
    return out[why == 0]


def _elsewhere(columns: dict, size: int) -> np.ndarray:
    for column, ours in (("country", "mali"), ("iso3", "mli"), ("iso", "466")):
        if column in columns:
            return np.fromiter((text.strip().lower() != ours for text in columns[column]), bool, size)
    return np.zeros(size, bool)


def _years(day: np.ndarray) -> np.ndarray:
    return day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970


def _inside(latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    south, north, west, east = BOX
    return (latitude >= south) & (latitude <= north) & (longitude >= west) & (longitude <= east)


def _named(columns: dict, size: int) -> np.ndarray:
    """Return which forces the notes name (place in `_NAMES`), with a quick look before the slow patterns."""

    def of_notes(text: str) -> int:
        low = text.lower()
        wagner = ("wagner" in low or "africa corps" in low or "russian " in low) and bool(WAGNER_WORDS.search(text))
        macina = ("macina" in low or "flm" in low) and bool(MACINA_WORDS.search(text))
        return wagner + 2 * macina

    if "notes_mention" in columns:
        mentioned = columns["notes_mention"]
        return np.fromiter((("wagner" in t) + 2 * ("katiba macina" in t) for t in mentioned), np.int8, size)
    if "notes" in columns:
        return np.fromiter(map(of_notes, columns["notes"]), np.int8, size)
    return np.zeros(size, np.int8)


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


def _pair(mine: np.ndarray, name: str, account: Account, faults: dict) -> np.ndarray:
    """Make one event of the two rows that a monadic file gives it: the first names side 1, the second side 2."""
    if not len(mine):
        return mine
    mine = mine[np.lexsort((mine["row"], -mine["stamp"], mine["id"]))]
    head = _groups(mine["id"])
    older = mine["stamp"] < mine["stamp"][head]
    same = _same(mine, mine[head], [f for f in _CONTENT if not f.startswith("actor")])
    place = np.arange(len(mine)) - head
    for mask, reason in (
        (older, OLDER_VERSION),
        (~older & ~same, CONFLICT),
        (~older & same & (place > 1), THIRD),
    ):
        _aside_rows(mine[mask], reason, [name] * (int(mine["file"][0]) + 1), account, faults)
    events = place == 0
    # Only a second row that agrees with the first gives the other side; a conflicting one in between leaves a gap.
    second = ~older & same & (place == 1)
    out = mine[events].copy()
    at = np.searchsorted(np.flatnonzero(events), head[second])
    out["actor2"][at] = mine["actor1"][second]
    out["weight"][at] = 2
    return out


def _aside_rows(
    some: np.ndarray, reason: Reason, names: list[str], account: Account, faults: dict | None = None
) -> None:
    if not len(some):
        return
    for number in np.unique(some["file"]):
        part = some[some["file"] == number]
        count, first = int(part["weight"].sum()), int(part["row"].min())
        if faults is not None and reason.fault:
            _count(faults, reason, count, first, "")
        else:
            account.aside(names[number], reason, count, first)


def _without_deleted(
    events: np.ndarray, path: Path, parsers: _Parsers, account: Account, names: list[str]
) -> np.ndarray:
    what = "ACLED's list of deleted events"
    gone: dict[bytes, int] = {}
    for file in rows.files_of(path):
        reader = rows.Reader(file, ("event_id_cnty",), ("deleted_timestamp",), what)
        name = f"deleted: {file.name}"
        good = 0
        for block in reader.blocks():
            for first, lines, why in block.broken:
                account.aside(name, MALFORMED, lines, first, why)
            ids = block.columns["event_id_cnty"]
            stamps = block.columns.get("deleted_timestamp") or [""] * len(ids)
            for text, stamp, number in zip(ids, stamps, block.numbers, strict=True):
                if not (text.isascii() and _ID.fullmatch(text.strip())):
                    account.aside(name, NO_ID if not text.startswith("#") else TAG, 1, number, text)
                    continue
                when = parsers.stamps[stamp]
                if when == parse.BAD:
                    account.aside(name, NO_STAMP, 1, number, stamp)
                    continue
                good += 1
                key = text.strip().encode()
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
    _aside_rows(events[hit], DELETED, names, account)
    return events[~hit]


def _newest(events: np.ndarray, account: Account, names: list[str]) -> np.ndarray:
    """Keep one version of each event: the newest; of equally new ones that with fewer deaths."""
    if not len(events):
        return events
    order = np.lexsort((events["row"], events["file"], events["deaths"], -events["stamp"], events["id"]))
    events = events[order]
    head = _groups(events["id"])
    kept = head == np.arange(len(events))
    if kept.all():
        return events
    others, heads = events[~kept], events[head[~kept]]
    older = others["stamp"] < heads["stamp"]
    same = _same(others, heads, _CONTENT)
    for mask, reason in ((older, OLDER_VERSION), (~older & same, REPEATED), (~older & ~same, CONFLICT)):
        _aside_rows(others[mask], reason, names, account)
    return events[kept]


def _whole_months(events: np.ndarray, account: Account, names: list[str], until: str) -> np.ndarray:
    months = events["day"].astype("datetime64[D]").astype("datetime64[M]")
    early = months < np.datetime64(FIRST_MONTH)
    _aside_rows(events[early], BEFORE, names, account)
    events, months = events[~early], months[~early]
    if not len(events):
        return events
    if until:
        late, reason = months > np.datetime64(str(month(until))), AFTER
    else:
        late, reason = months > np.datetime64(last_whole_month(events["day"])), UNFINISHED
        if late.any():
            last = month_name(month(str(months.max())))
            account.note(
                f"{last} is left out: the files seem to end within it. Say --until {months.max()} to count it."
            )
    _aside_rows(events[late], reason, names, account)
    return events[~late]


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
    pace = float((day > last - 90).sum()) / 90
    complete = math.exp(-pace * empty) >= CHANCE
    return str(final if complete else final - 1)


def _refuse_gaps(events: np.ndarray) -> None:
    months = np.unique(events["day"].astype("datetime64[D]").astype("datetime64[M]"))
    for before, after in pairwise(months):
        if after - before > np.timedelta64(1, "M"):
            raise DataError(
                f"the files hold events of {month_name(month(str(before)))} and {month_name(month(str(after)))}, but none "
                "between; expected every month. Add the export of the months between."
            )


def _nothing_left(account: Account) -> str:
    top = (
        max(
            (line.rows, reason, name, line.first, line.example)
            for (name, outcome, reason), line in account.lines.items()
            if outcome == "set aside"
        )
        if account.set_aside
        else (0, "no rows", next(iter(account.seen), "files"), 0, "")
    )
    count, reason, name, first, example = top
    shown = f" ({example!r})" if example else ""
    return (
        f"{name}: no event of political violence in Mali is left of {account.rows_in:,} rows; most, {count:,}, are set "
        f"aside as {reason!r}, first in row {first}{shown}; expected {WHAT} in Mali. Export Mali's events."
    )


def _frame(events: np.ndarray, parsers: _Parsers) -> pd.DataFrame:
    def category(codes: np.ndarray, names: Sequence[str]) -> pd.Categorical:
        return pd.Categorical.from_codes(codes, categories=pd.Index(list(names), dtype="str"))

    events = events[np.argsort(events["day"], kind="stable")]
    return pd.DataFrame(
        {
            "date": events["day"].astype("datetime64[D]").astype("datetime64[s]"),
            "event_type": category(events["kind"], d.EVENT_TYPES),
            "actor1": category(events["actor1"], parsers.actors.names),
            "actor2": category(events["actor2"], parsers.actors.names),
            "region": category(events["region"], d.REGIONS),
            "latitude": events["latitude"],
            "longitude": events["longitude"],
            "fatalities": events["deaths"].astype(np.int64),
            "mentions": category(events["named"], _NAMES),
        }
    )

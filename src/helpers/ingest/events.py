"""A user's own ACLED files to events: newest version of each, the deleted ones removed, every row accounted for.

Files are streamed. Of a row only numbers and codes stay in memory (about 70 bytes), never its text; rows of other
countries and of what is no political violence leave nothing.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import definitions as d
from helpers.errors import DataError
from helpers.ingest import encodings, parse, rows
from helpers.ingest.account import Account, Reason, neutral, seen
from helpers.ingest.acled import MACINA_WORDS, NEEDED, OTHER_SUB_EVENTS, REGION_SPELLINGS, WAGNER_WORDS
from helpers.ingest.completeness import first_whole_month, last_whole_month, short_ends
from helpers.ingest.faults import Faults, count_fault, refuse_habits
from helpers.windows import Window, month, month_name

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

LOST = 5
"""Rows of one region, month or unknown name from which their loss is a fault of the file, not a slip."""

_EXCEL = "Export again and do not save it in a spreadsheet on the way"
TAG = Reason("line of HXL tags", "event_date")
ELSEWHERE = Reason("another country", "country")
NO_COUNTRY = Reason("a number of Mali's, but not its country", "country", "Mali; look what the row was saved with")
NOT_VIOLENT = Reason("no political violence (protests, strategic developments, other riots)", "event_type")
OLDER_VERSION = Reason("older version of an event that another row replaces", "timestamp")
REPEATED = Reason("the same row again", "event_id_cnty")
DELETED = Reason("deleted by ACLED", "event_id_cnty")
BEFORE = Reason("before January 2012, where the tables begin", "event_date")
UNBEGUN = Reason("in the first month, which the files begin within", "event_date")
UNFINISHED = Reason("in the last month, which the files do not complete", "event_date")
AFTER = Reason("outside the months asked for", "event_date")
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

_ID = re.compile(r"[A-Z]{3}\d{1,10}")
_TURNED = re.compile(r"(\d{1,10})([A-Z]{3})")
_MALI = ("mali", "mli", "466")
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
    covers : Window
        Months that the files hold, by their rows or as their owner says.
    """

    frame: pd.DataFrame
    account: Account
    files: list[tuple[str, str]]
    has_notes: bool
    covers: Window


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
        self.actors = parse.Names()
        self.none = self.actors[""]
        self.types = parse.Chosen(_TYPES)
        self.subs = parse.Chosen(OTHER_SUB_EVENTS)
        self.regions = parse.Chosen(d.REGIONS, REGION_SPELLINGS)


def read(
    paths: Sequence[Path],
    *,
    deleted: Sequence[Path] = (),
    until: str = "",
    covers: Window | None = None,
    totals: pd.DataFrame | None = None,
    today: datetime.date | None = None,
) -> Events:
    """Read ACLED exports.

    Parameters
    ----------
    paths : sequence of Path
        CSV (dyadic or monadic, with or without a line of HXL tags), the API's JSON, a record a line, gzip or zips of
        them, in any order.
    deleted : sequence of Path
        ACLED's lists of deleted events (`event_id_cnty`, `deleted_timestamp`).
    until : str
        Last month (`YYYY-MM`) to count; where empty, the last that the files complete.
    covers : Window, optional
        The months that the files hold whole, as their owner says; where not given, the rows tell.
    totals : DataFrame, optional
        The project's table: a month at an end that holds far less than it leads to expect is left out.
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
    pages: list[rows.Page] = []
    for path, digest in rows.ordered(paths):
        files.append((neutral(path.name, 120), digest))
        for file in rows.files_of(path):
            names.append(_unused(file.name, names))
            reader = rows.Reader(file, NEEDED, OPTIONAL, WHAT)
            has_notes &= "notes" in reader.has or "notes_mention" in reader.has
            found.append(_file(reader, names[-1], len(names) - 1, parsers, account, latest))
            pages.append(rows.page_of(reader, names[-1]))
            if "sub_event_type" not in reader.has:
                account.note(f"{names[-1]} has no sub_event_type: mob violence is counted only where it is a type.")
    if not has_notes:
        account.note("the files have no notes: Wagner and Katiba Macina are counted only where they are actors.")
    rows.refuse_pages(pages, most=0 if covers else rows.PAGE)
    everything = np.concatenate(found)
    found.clear()
    for path, _ in rows.ordered(deleted):
        everything = _without_deleted(everything, path, parsers, account, names)
    newest = _newest(everything, account, names)
    wanted = _whole_months(newest, account, until, covers, totals)
    whole = _within(newest, wanted, account, names, told=covers is not None, asked=bool(covers or until))
    for n, name in enumerate(names):
        mine = whole[whole["file"] == n]
        account.keep(name, int(mine["weight"].sum()))
    account.check()
    if not len(whole):
        raise DataError(_nothing_left(account))
    assert wanted is not None
    if covers is None:
        _refuse_gaps(whole)
    return Events(_frame(whole, parsers), account, files, has_notes, wanted)


def _unused(name: str, taken: list[str]) -> str:
    others = sum(other == name or other.startswith(f"{name} (") for other in taken)
    return f"{name} ({others + 1})" if others else name


def _file(reader: rows.Reader, name: str, number: int, parsers: _Parsers, account: Account, latest: int) -> np.ndarray:
    parts = []
    faults: Faults = {}
    lost: list[np.ndarray] = []
    strange: Counter[str] = Counter()
    has_country = any(column in reader.has for column in ("country", "iso3", "iso"))
    for block in reader.blocks():
        for row in block.broken:
            if has_country and row.of_another_country(_MALI):
                account.aside(name, MALFORMED, row.lines, row.first, row.why)
            else:
                count_fault(faults, MALFORMED, row.lines, row.first, row.why)
        parts.append(_block(block, reader, name, number, parsers, account, faults, lost, strange, latest))
    account.saw(name, reader.rows)
    # A monadic file without two rows of one event is the old form with one actor, and reads the same.
    mine = np.concatenate(parts) if parts else np.zeros(0, _FIELDS)
    ours = len(mine)
    if "actor2" not in reader.has:
        mine = _pair(mine, name, account, faults)
        ours = int(mine["weight"].sum()) if len(mine) else 0
    refuse_habits(name, faults, ours)
    text, often = max(strange.items(), key=lambda item: item[1], default=("", 0))
    if often >= LOST:
        raise DataError(
            f"{name}: column admin1 holds {seen(text)!r} in {often:,} rows: {NO_REGION.text}, as in so many rows that a region "
            f"would be lost; expected {NO_REGION.expected}."
        )
    _refuse_lost_parts(name, mine, lost, faults)
    for reason, (count, first, example) in faults.items():
        account.aside(name, reason, count, first, example)
    return mine


def _refuse_lost_parts(name: str, kept: np.ndarray, lost: list[np.ndarray], faults: Faults) -> None:
    """Refuse a file that loses most of a region or of a month to faults, few as they are in the whole."""
    gone = np.concatenate(lost) if lost else np.zeros(0, _FIELDS)
    if len(gone) < LOST:
        return
    reason, (_, first, _) = max(faults.items(), key=lambda item: (item[1][0], -item[1][1]))
    regions = [(code, d.REGIONS[code]) for code in range(len(d.REGIONS))]
    months = [(int(key), month_name(pd.Period(ordinal=int(key), freq="M"))) for key in np.unique(_months(gone["day"]))]
    for field, parts in ((lambda some: some["region"], regions), (lambda some: _months(some["day"]), months)):
        left, away = (Counter(field(some).tolist()) for some in (kept, gone))
        for key, part in parts:
            if away[key] >= LOST and away[key] >= left[key]:
                raise DataError(
                    f"{name}: row {first}: {reason.text}; with it {away[key]:,} of {away[key] + left[key]:,} rows of "
                    f"{part} would be lost; expected {reason.expected}."
                )


def _months(day: np.ndarray) -> np.ndarray:
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _block(
    block: rows.Block,
    reader: rows.Reader,
    name: str,
    number: int,
    parsers: _Parsers,
    account: Account,
    faults: Faults,
    lost: list[np.ndarray],
    strange: Counter[str],
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
            count_fault(faults, reason, int(fresh.sum()), int(order[first]), example)
        else:
            account.aside(name, reason, int(fresh.sum()), int(order[first]), example)

    if order[0] <= 2:
        tags = np.zeros(size, bool)
        tags[0] = any(columns[c][0].startswith("#") for c in ("event_date", "event_id_cnty", "event_type"))
        set_aside(tags, TAG)
    elsewhere = _elsewhere(columns, size)
    ours = np.fromiter(("MLI" in text for text in columns["event_id_cnty"]), bool, size)
    set_aside(elsewhere & ours, NO_COUNTRY)
    set_aside(elsewhere, ELSEWHERE)
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
    region = parsers.regions.column(columns["admin1"], np.int8)
    encodings.refuse_regions(columns["admin1"], region, order, name)
    unreadable = np.zeros(size, bool)
    for column in ("event_id_cnty", "event_date", "event_type", "actor1", "actor2", "admin1"):
        # The whole column is looked at first: such bytes are rare.
        if column in columns and encodings.unreadable("".join(columns[column])):
            here = np.fromiter(map(encodings.unreadable, columns[column]), bool, size)
            encodings.refuse_names(columns[column], here, column, order, name)
            unreadable |= here
    set_aside(unreadable, UNREADABLE)
    ids = [identity(text) for text in columns["event_id_cnty"]]
    good = np.fromiter(map(bool, ids), bool, size)
    set_aside(~good, NO_ID)
    out["id"] = np.array(ids, "S13")
    day = parsers.days.column(columns["event_date"], np.int64)
    set_aside(day == parse.BAD, NO_DATE)
    set_aside((day < 9862) | (day > latest), NO_DAY)  # 9,862 days after 1970: 1 January 1997
    if "year" in columns:
        year = parsers.whole.column(columns["year"], np.int64)
        stated = np.fromiter((text.strip().lower() not in parse.MISSING for text in columns["year"]), bool, size)
        set_aside(stated & (year != _years(day)), OTHER_YEAR)
    set_aside(kind < 0, NO_TYPE)
    actor1 = parsers.actors.column(columns["actor1"], np.int32)
    set_aside(actor1 == parsers.none, NO_ACTOR)
    set_aside(region < 0, NO_REGION)
    strange.update(columns["admin1"][at] for at in np.flatnonzero(region < 0).tolist())
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
    known = (day >= 9862) & (day <= latest)
    lost.append(out[(why != 0) & known])
    return out[why == 0]


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
            count_fault(faults, reason, count, first, "")
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
            for row in block.broken:
                account.aside(name, MALFORMED, row.lines, row.first, row.why)
            ids = block.columns["event_id_cnty"]
            stamps = block.columns.get("deleted_timestamp") or [""] * len(ids)
            for text, stamp, number in zip(ids, stamps, block.numbers, strict=True):
                key = identity(text).encode()
                if not key:
                    account.aside(name, NO_ID if not text.startswith("#") else TAG, 1, number, text)
                    continue
                when = parsers.stamps[stamp]
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


def _whole_months(
    events: np.ndarray, account: Account, until: str, covers: Window | None, totals: pd.DataFrame | None
) -> Window | None:
    """Return the months to count: those that the owner says, else those that the rows show to be whole."""
    if covers is not None:
        return covers
    if not len(events):
        return None
    first, last = month(first_whole_month(events["day"])), month(last_whole_month(events["day"]))
    held = _months(events["day"])
    begun, ended = pd.Period(ordinal=int(held.min()), freq="M"), pd.Period(ordinal=int(held.max()), freq="M")
    if totals is not None:
        months, counts = np.unique(held, return_counts=True)
        mine = pd.Series(counts, [str(pd.Period(ordinal=int(key), freq="M")) for key in months])
        short = short_ends(mine[mine.index >= FIRST_MONTH], totals.groupby("month")["events"].sum())
        first = max(first, begun + 1) if short[0] and str(begun) >= FIRST_MONTH else first
        last = min(last, ended - 1) if short[1] else last
    last = min(month(until), ended) if until else last
    first = max(first, month(FIRST_MONTH))
    if begun < first and str(begun) >= FIRST_MONTH:
        account.note(
            f"{month_name(begun)} is left out: the files seem to begin within it. Say --covers {begun}:{last} to count it."
        )
    if ended > last and not until:
        account.note(
            f"{month_name(ended)} is left out: the files seem to end within it. Say --until {ended} to count it."
        )
    return Window(first, last) if first <= last else None


def _within(
    events: np.ndarray, wanted: Window | None, account: Account, names: list[str], *, told: bool, asked: bool
) -> np.ndarray:
    """Set aside what lies outside the months to count."""
    months = _months(events["day"])
    early = months < month(FIRST_MONTH).ordinal
    _aside_rows(events[early], BEFORE, names, account)
    events, months = events[~early], months[~early]
    if wanted is None:
        _aside_rows(events, UNFINISHED, names, account)
        return events[:0]
    before, after = months < wanted.first.ordinal, months > wanted.last.ordinal
    _aside_rows(events[before], AFTER if told else UNBEGUN, names, account)
    _aside_rows(events[after], AFTER if asked else UNFINISHED, names, account)
    return events[~before & ~after]


def _refuse_gaps(events: np.ndarray) -> None:
    months = np.unique(events["day"].astype("datetime64[D]").astype("datetime64[M]"))
    for before, after in pairwise(months):
        if after - before > np.timedelta64(1, "M"):
            raise DataError(
                f"the files hold events of {month_name(month(str(before)))} and {month_name(month(str(after)))}, but none "
                "between; expected every month. Add the export of the months between."
            )


def _nothing_left(account: Account) -> str:
    aside = [
        (line.rows, reason, name, line.first, line.example)
        for (name, outcome, reason), line in account.lines.items()
        if outcome == "set aside"
    ]
    # Other countries' rows are not what went wrong where Mali's own are there too.
    ours = [line for line in aside if line[1] not in (ELSEWHERE.text, TAG.text)]
    if not account.rows_in:
        return f"{next(iter(account.seen), 'files')}: holds no row below its header; expected {WHAT}. Export again."
    count, reason, name, first, example = max(ours or aside)
    shown = f" ({example!r})" if example else ""
    advice = "Export political violence in Mali." if not ours or reason == NOT_VIOLENT.text else "Mend these rows."
    if reason in (UNFINISHED.text, UNBEGUN.text, AFTER.text):
        advice = "Give files that hold whole months, or say --covers FROM:TO."
    return (
        f"{name}: no event of political violence in Mali is left of {account.rows_in:,} rows; "
        f"{count:,} {'of Mali' if ours else 'of them'} are set aside as {reason!r}, first in row {first}{shown}; expected "
        f"{WHAT} in Mali. {advice}"
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

"""A user's own ACLED files to events: newest version of each, the deleted ones removed, every row accounted for.

Files are streamed. Of a row only numbers and codes stay in memory (about 70 bytes), never its text; rows of other
countries and of what is no political violence leave nothing.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import definitions as d
from helpers.errors import DataError
from helpers.ingest import encodings, parse, rows
from helpers.ingest.account import Account, neutral
from helpers.ingest.acled import MACINA_WORDS, NEEDED, OTHER_SUB_EVENTS, REGION_SPELLINGS, WAGNER_WORDS
from helpers.ingest.faults import LOST, Faults, Sieve, count_fault, refuse_conflicts, refuse_habits, refuse_unknown
from helpers.ingest.months import (
    first_whole_month,
    last_whole_month,
    refuse_unended,
    refuse_unheld,
    short_ends,
)
from helpers.ingest.reasons import (
    ABSURD,
    AFTER,
    BEFORE,
    CONFLICT,
    ELSEWHERE,
    MALFORMED,
    MOST_DEATHS,
    NO_ACTOR,
    NO_COUNTRY,
    NO_DATE,
    NO_DAY,
    NO_DEATHS,
    NO_ID,
    NO_PLACE,
    NO_REGION,
    NO_STAMP,
    NO_TYPE,
    NOT_VIOLENT,
    OTHER_YEAR,
    OUTSIDE,
    SWAPPED,
    TAG,
    UNBEGUN,
    UNFINISHED,
    UNREADABLE,
)  # fmt: skip
from helpers.ingest.versions import FIELDS, aside_rows, identity, newest, pair, without_deleted
from helpers.windows import Window, month, month_name

WHAT = "an ACLED export of events"

OPTIONAL = (
    "actor2", "country", "iso", "iso3", "sub_event_type", "notes", "notes_mention", "timestamp", "year",
)  # fmt: skip

FIRST_MONTH = "2012-01"
"""First month of the event tables."""

BOX = (10.0, 25.1, -12.4, 4.4)
"""South, north, west, east of Mali, degrees, with a margin of about 0.1."""

_MALI = ("mali", "mli", "466")
_OTHER = "Other political violence"
_TYPES = (*d.EVENT_TYPES, "Riots", "Protests", "Strategic developments")
_NAMES = ("", "wagner", "macina", "wagner macina")


@dataclass(frozen=True)
class Events:
    """What a user's ACLED files hold."""

    frame: pd.DataFrame
    """One row per event: `date` datetime64, `event_type`, `actor1`, `actor2`, `region`, `mentions` category,
    `latitude`, `longitude` float (degrees), `fatalities` int; ready for `acled.attribute`."""
    account: Account
    """What became of each row."""
    files: list[tuple[str, str]]
    """File name and SHA-256."""
    has_notes: bool
    """Whether every file tells which forces the notes name."""
    covers: Window
    """Months that the files hold, by their rows or as their owner says."""


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

    Raises
    ------
    DataError
        A file is not what it should be, or no event is left.
    """
    account = Account("acled")
    latest = (today or datetime.date.today()).toordinal() - datetime.date(1970, 1, 1).toordinal()
    refuse_unended(covers, latest)
    parsers, names = _Parsers(), list[str]()
    everything, files, has_notes = _all_files(paths, parsers, account, names, latest, any_pages=covers is not None)
    for path, _ in rows.ordered(deleted):
        everything = without_deleted(everything, path, parsers.stamps, account, names)
    events = newest(everything, account, names)
    refuse_conflicts(account, CONFLICT, len(everything))
    wanted = _whole_months(events, account, until, covers, totals)
    whole = _within(events, wanted, account, names, told=covers is not None, asked=bool(covers or until))
    for n, name in enumerate(names):
        mine = whole[whole["file"] == n]
        account.keep(name, int(mine["weight"].sum()))
    account.check()
    if not len(whole):
        raise DataError(_nothing_left(account))
    assert wanted is not None
    if covers is None:
        _refuse_gaps(whole)
    elif totals is not None:
        refuse_unheld(_by_month(_months(whole["day"])), wanted, totals.groupby("month")["events"].sum())
    return Events(_frame(whole, parsers), account, files, has_notes, wanted)


def _all_files(
    paths: Sequence[Path], parsers: _Parsers, account: Account, names: list[str], latest: int, *, any_pages: bool
) -> tuple[np.ndarray, list[tuple[str, str]], bool]:
    """Return the rows of all files, the files with their hashes, and whether all have notes; `names` is filled."""
    found, files, has_notes = [], [], True
    pages: list[rows.Page] = []
    for path, digest in rows.ordered(paths):
        files.append((neutral(path.name, 120), digest))
        for file in rows.files_of(path):
            names.append(unused(file.name, names))
            reader = rows.Reader(file, NEEDED, OPTIONAL, WHAT)
            file_ = _File(reader, names[-1], len(names) - 1, parsers, account, latest)
            found.append(file_.read())
            has_notes &= file_.noted
            pages.append(rows.page_of(reader, names[-1]))
            if "sub_event_type" not in reader.has:
                account.note(f"{names[-1]} has no sub_event_type: mob violence is counted only where it is a type.")
    if not has_notes:
        account.note("the files have no notes: Wagner and Katiba Macina are counted only where they are actors.")
    rows.refuse_pages(pages, most=0 if any_pages else rows.PAGE)
    return np.concatenate(found), files, has_notes


def unused(name: str, taken: list[str]) -> str:
    """Return a file's name as the account uses it: a second file of one name bears a number."""
    others = sum(other == name or other.startswith(f"{name} (") for other in taken)
    return f"{name} ({others + 1})" if others else name


class _File:
    """One file: its rows sifted block by block, and what is lost on the way."""

    def __init__(
        self, reader: rows.Reader, name: str, number: int, parsers: _Parsers, account: Account, latest: int
    ) -> None:
        self.reader, self.name, self.number = reader, name, number
        self.parsers, self.account, self.latest = parsers, account, latest
        self.faults: Faults = {}
        self.lost: list[np.ndarray] = []
        self.strange: Counter[str] = Counter()
        self.noted = False
        """Whether a row has notes: a column that is empty throughout says nothing of what they would name."""

    def read(self) -> np.ndarray:
        """Return the rows that count, as `FIELDS`; refuse a file that loses too many."""
        name, reader = self.name, self.reader
        parts = []
        has_country = any(column in reader.has for column in ("country", "iso3", "iso"))
        for block in reader.blocks():
            for row in block.broken:
                if has_country and row.of_another_country(_MALI):
                    self.account.aside(name, MALFORMED, row.lines, row.first, row.why)
                else:
                    count_fault(self.faults, MALFORMED, row.lines, row.first, row.why)
            parts.append(self._block(block))
        self.account.saw(name, reader.rows)
        # A monadic file without two rows of one event is the old form with one actor, and reads the same.
        mine = np.concatenate(parts) if parts else np.zeros(0, FIELDS)
        ours = len(mine)
        if "actor2" not in reader.has:
            mine = pair(mine, name, self.account, self.faults)
            ours = int(mine["weight"].sum()) if len(mine) else 0
        refuse_habits(name, self.faults, ours)
        refuse_unknown(name, "admin1", NO_REGION, self.strange)
        _refuse_lost_parts(name, mine, self.lost, self.faults)
        for reason, (count, first, example) in self.faults.items():
            self.account.aside(name, reason, count, first, example)
        return mine

    def _block(self, block: rows.Block) -> np.ndarray:
        order = np.array(block.numbers, np.int64)
        if not len(order):
            return np.zeros(0, FIELDS)
        sieve = Sieve(block.columns, order, self.name, self.account, self.faults)
        kind = self._political_violence(sieve)
        if not sieve.left.any():
            return np.zeros(0, FIELDS)
        # What follows is the dear part: only rows that may count go through it.
        return self._values(sieve.rest(), kind[sieve.left])

    def _political_violence(self, sieve: Sieve) -> np.ndarray:
        """Take out what is not of Mali or no political violence; return the kind of each row."""
        columns, size = sieve.columns, len(sieve.order)
        if sieve.order[0] <= 2:
            tags = np.zeros(size, bool)
            tags[0] = any(columns[c][0].startswith("#") for c in ("event_date", "event_id_cnty", "event_type"))
            sieve.aside(tags, TAG)
        elsewhere = _elsewhere(columns, size)
        ours = np.fromiter(("MLI" in text for text in columns["event_id_cnty"]), bool, size)
        sieve.aside(elsewhere & ours, NO_COUNTRY)
        sieve.aside(elsewhere, ELSEWHERE)
        kind = self.parsers.types.column(columns["event_type"], np.int8)
        if "sub_event_type" in columns:
            sub = self.parsers.subs.column(columns["sub_event_type"], np.int8)
            kind = np.where(sub >= 0, d.EVENT_TYPES.index(_OTHER), kind)
        sieve.aside(kind >= len(d.EVENT_TYPES), NOT_VIOLENT)
        return kind

    def _values(self, sieve: Sieve, kind: np.ndarray) -> np.ndarray:
        """Return the fields of the rows in which all can be read; what cannot is noted, and kept as lost."""
        columns, order, parsers = sieve.columns, sieve.order, self.parsers
        size = len(order)
        out = np.zeros(size, FIELDS)
        region = parsers.regions.column(columns["admin1"], np.int8)
        encodings.refuse_regions(columns["admin1"], region, order, self.name)
        sieve.aside(self._unreadable(sieve), UNREADABLE)
        ids = [identity(text) for text in columns["event_id_cnty"]]
        sieve.aside(~np.fromiter(map(bool, ids), bool, size), NO_ID)
        out["id"] = np.array(ids, "S13")
        out["day"] = day = self._days(sieve)
        sieve.aside(kind < 0, NO_TYPE)
        out["actor1"] = actor1 = parsers.actors.column(columns["actor1"], np.int32)
        sieve.aside(actor1 == parsers.none, NO_ACTOR)
        sieve.aside(region < 0, NO_REGION)
        self.strange.update(columns["admin1"][at] for at in np.flatnonzero(region < 0).tolist())
        out["latitude"], out["longitude"] = places(sieve, parsers.degrees)
        deaths = parsers.whole.column(columns["fatalities"], np.int64)
        sieve.aside(deaths == parse.BAD, NO_DEATHS)
        sieve.aside(deaths > MOST_DEATHS, ABSURD)
        if "timestamp" in columns:
            stamp = parsers.stamps.column(columns["timestamp"], np.int64)
            sieve.aside(stamp == parse.BAD, NO_STAMP)
            out["stamp"] = stamp
        out["kind"], out["region"], out["deaths"] = kind, region, np.maximum(deaths, 0)
        out["actor2"] = parsers.actors.column(columns["actor2"], np.int32) if "actor2" in columns else parsers.none
        out["named"] = _named(columns, size)
        self.noted |= any(any(map(str.strip, columns.get(name, ()))) for name in ("notes", "notes_mention"))
        out["file"], out["row"], out["weight"] = self.number, order, 1
        self.lost.append(out[~sieve.left & self._known(day)])
        return out[sieve.left]

    def _unreadable(self, sieve: Sieve) -> np.ndarray:
        out = np.zeros(len(sieve.order), bool)
        for column in ("event_id_cnty", "event_date", "event_type", "actor1", "actor2", "admin1"):
            # The whole column is looked at first: such bytes are rare.
            if column in sieve.columns and encodings.unreadable("".join(sieve.columns[column])):
                here = np.fromiter(map(encodings.unreadable, sieve.columns[column]), bool, len(out))
                encodings.refuse_names(sieve.columns[column], here, column, sieve.order, self.name)
                out |= here
        return out

    def _days(self, sieve: Sieve) -> np.ndarray:
        day = self.parsers.days.column(sieve.columns["event_date"], np.int64)
        sieve.aside(day == parse.BAD, NO_DATE)
        sieve.aside(~self._known(day), NO_DAY)
        if "year" in sieve.columns:
            texts = sieve.columns["year"]
            year = self.parsers.whole.column(texts, np.int64)
            stated = np.fromiter((text.strip().lower() not in parse.MISSING for text in texts), bool, len(texts))
            sieve.aside(stated & (year != _years(day)), OTHER_YEAR)
        return day

    def _known(self, day: np.ndarray) -> np.ndarray:
        return (day >= 9862) & (day <= self.latest)  # 9,862 days after 1970: 1 January 1997


def places(sieve: Sieve, degrees: parse.Degrees) -> tuple[np.ndarray, np.ndarray]:
    """Return latitude and longitude of each row; take out those that are not in Mali."""
    latitude, longitude = (degrees.column(sieve.columns[c], float) for c in ("latitude", "longitude"))
    sieve.aside(np.isnan(latitude) | np.isnan(longitude), NO_PLACE)
    inside = _inside(latitude, longitude)
    sieve.aside(~inside & _inside(longitude, latitude), SWAPPED)
    sieve.aside(~inside, OUTSIDE)
    return latitude, longitude


def _refuse_lost_parts(name: str, kept: np.ndarray, lost: list[np.ndarray], faults: Faults) -> None:
    """Refuse a file that loses most of a region or of a month to faults, few as they are in the whole."""
    gone = np.concatenate(lost) if lost else np.zeros(0, FIELDS)
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


def _elsewhere(columns: Mapping[str, Sequence[str]], size: int) -> np.ndarray:
    for column, ours in (("country", "mali"), ("iso3", "mli"), ("iso", "466")):
        if column in columns:
            # Spreadsheets and data frames make 466.0 of a number; a sign that nobody sees makes no other country.
            named = {text: _seen(text).lower().removesuffix(".0") == ours for text in set(columns[column])}
            return np.fromiter((not named[text] for text in columns[column]), bool, size)
    return np.zeros(size, bool)


def _seen(text: str) -> str:
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf").strip()


def _years(day: np.ndarray) -> np.ndarray:
    return day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970


def _inside(latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    south, north, west, east = BOX
    return (latitude >= south) & (latitude <= north) & (longitude >= west) & (longitude <= east)


def _named(columns: Mapping[str, Sequence[str]], size: int) -> np.ndarray:
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


def _whole_months(
    events: np.ndarray, account: Account, until: str, covers: Window | None, totals: pd.DataFrame | None
) -> Window | None:
    """Return the months to count: those that the owner says, else those that the rows show to be whole."""
    if covers is not None:
        return Window(max(covers.first, month(FIRST_MONTH)), covers.last)
    if not len(events):
        return None
    first, last = month(first_whole_month(events["day"])), month(last_whole_month(events["day"]))
    held = _months(events["day"])
    begun, ended = pd.Period(ordinal=int(held.min()), freq="M"), pd.Period(ordinal=int(held.max()), freq="M")
    if totals is not None:
        mine = _by_month(held)
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


def _by_month(months: np.ndarray) -> pd.Series:
    keys, counts = np.unique(months, return_counts=True)
    return pd.Series(counts, [str(pd.Period(ordinal=int(key), freq="M")) for key in keys])


def _within(
    events: np.ndarray, wanted: Window | None, account: Account, names: list[str], *, told: bool, asked: bool
) -> np.ndarray:
    """Set aside what lies outside the months to count."""
    months = _months(events["day"])
    early = months < month(FIRST_MONTH).ordinal
    aside_rows(events[early], BEFORE, names, account)
    events, months = events[~early], months[~early]
    if wanted is None:
        aside_rows(events, AFTER if asked else UNFINISHED, names, account)
        return events[:0]
    before, after = months < wanted.first.ordinal, months > wanted.last.ordinal
    aside_rows(events[before], AFTER if told else UNBEGUN, names, account)
    aside_rows(events[after], AFTER if asked else UNFINISHED, names, account)
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
        advice = "Give files that hold whole months, those asked for, or say --covers FROM:TO."
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

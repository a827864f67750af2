"""A user's own UCDP events (GED and candidate files, 49 columns) to the tables by year, month and dyad.

No table of the book places a UCDP event on a map: rows count by year and month, whatever their precision; the
account says how many of them the coders could place only roughly, and events dated to the year alone enter no month.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.errors import DataError
from helpers.ingest import parse, rows, ucdp_held
from helpers.ingest.account import Account, Reason, neutral
from helpers.ingest.completeness import alike
from helpers.ingest.encodings import unreadable
from helpers.ingest.events import places, unused
from helpers.ingest.faults import Faults, Sieve, count_fault, refuse_conflicts, refuse_habits
from helpers.ingest.months import quiet_months, refuse_unended
from helpers.ingest.reasons import ELSEWHERE, MALFORMED, REPEATED, UNREADABLE
from helpers.ingest.releases import (
    Days,
    Releases,
    month_of,
    months_of,
    refuse_later,
    release_by_rows,
    untold,
    whole_year,
    year_of,
    years_of,
)  # fmt: skip
from helpers.ingest.ucdp import TYPES
from helpers.windows import Window, month, month_name

WHAT = "UCDP events (GED or candidate, all columns)"

NEEDED = (
    "id", "year", "type_of_violence", "conflict_name", "dyad_name", "side_a", "where_prec", "latitude", "longitude",
    "country", "date_prec", "date_start", "date_end", "deaths_civilians", "best", "high", "low",
)  # fmt: skip

MOST_DEATHS = 20_000
"""Best estimate of one event in Mali above which the row is taken for a slip."""

FIRST_DAY = 6940
"""1 January 1989, where UCDP's events begin, in days after 1970."""

NO_COUNTRY = Reason("no country", "country", "the name of a country; download it again")
NO_ID = Reason("no event number", "id", "a whole number; download it again")
NO_KIND = Reason("unknown type of violence", "type_of_violence", "1, 2 or 3; download it again")
NO_DATE = Reason("date not readable without doubt", "date_start", "2023-06-01. Do not save the file in a spreadsheet")
NO_ORDER = Reason("date_end before date_start, or another year", "date_start", "dates in order; check the row")
NO_PRECISION = Reason("precision code out of range", "where_prec", "where_prec 1 to 7, date_prec 1 to 5; check the row")
NO_DEATHS = Reason("deaths not whole numbers with low, best and high in order", "best", "low <= best <= high")
ABSURD = Reason(f"more than {MOST_DEATHS:,} deaths in one event", "best", "a plausible number; check the row")
OLDER_RELEASE = Reason("older release of an event that another file replaces", "id")
CONFLICT = Reason(
    "same event in one release, other content; the row with fewer deaths is kept",
    "id",
    "one row an event; download it again",
)
FINAL = Reason("candidate event of a year whose final data are there", "date_start")
LATE = Reason("in a month that the files do not cover, or a late addition to one", "date_start")
PARTIAL = Reason("candidate month of a year of which other months are missing", "date_start")
PARTIAL_YEAR = Reason("final event of a year that the files do not cover whole", "date_start")

_FIELDS = [
    ("id", "i8"), ("release", "i4"), ("start", "i4"), ("kind", "i1"), ("conflict", "i4"), ("dyad", "i4"),
    ("side", "i4"), ("best", "i8"), ("high", "i8"), ("low", "i8"), ("civilians", "i8"), ("prec", "i1"), ("place", "i4"),
    ("dated", "i1"), ("file", "i2"), ("row", "i4"), ("final", "?"),
]  # fmt: skip
_CONTENT = ("start", "kind", "conflict", "dyad", "side", "best", "high", "low", "civilians")
_COUNTS = ("state_based", "non_state", "one_sided")


@dataclass(frozen=True)
class Tables:
    """What a user's files give."""

    tables: dict[str, pd.DataFrame]
    """By table name."""
    account: Account
    """What became of each row."""
    files: list[tuple[str, str]]
    """File name and SHA-256."""
    years: tuple[int, ...] = ()
    """Years that the files give as final."""
    months: tuple[str, ...] = ()
    """Months (`YYYY-MM`) that they give as candidate months."""


def read(
    paths: Sequence[Path],
    base: dict[str, pd.DataFrame],
    *,
    releases: Sequence[str] = (),
    covers: Window | None = None,
    meant: bool = False,
    today: datetime.date | None = None,
) -> Tables:
    """Read UCDP event files and extend the tables that are there.

    Parameters
    ----------
    paths : sequence of Path
        CSV, gzip, zip or the API's JSON, in any order.
    base : dict of str to DataFrame
        The tables `ucdp_years`, `ucdp_months` and `ucdp_dyads` whose other years and months stay, and `ucdp_types`,
        the project's newest release, which the files are held against.
    releases : sequence of str
        Release of all files (`25.1`, `26.0.3`), or `FILE=25.1` for one. Rows of a file of which nothing tells the
        release count as candidate events; a file's name tells nothing.
    covers : Window, optional
        Months that the files hold whole, as their owner says; where not given, the rows of all countries tell.
    meant : bool
        Take files from which a filter has taken events away.
    today : date, optional
        Day after which no event can lie.

    Raises
    ------
    DataError
        A file is not what it should be, or nothing new is left.
    """
    account = Account("ucdp")
    latest = (today or datetime.date.today()).toordinal() - datetime.date(1970, 1, 1).toordinal()
    refuse_unended(covers, latest)
    parsers = _Parsers()
    given = _all_files(paths, Releases(releases), parsers, account, latest, meant=meant)
    covered, years, names = given.covered, years_of(given.final_days), given.names
    if covers is not None:
        covered = set(range(covers.first.ordinal, covers.last.ordinal + 1))
        years = {year for year in range(covers.first.year, covers.last.year + 1) if whole_year(year, covers)}
    events = _newest(given.events, account, names)
    refuse_conflicts(account, CONFLICT, len(given.events))
    tables, events, usable = _tables(events, years, covered, base, parsers, account, names)
    for n, name in enumerate(names):
        _keep(events[events["file"] == n], name, account)
    account.check()
    if not len(events):
        raise DataError(_nothing(account))
    used = tuple(sorted(years)) if events["final"].any() else ()
    _hold(events, used, usable, base, parsers, account, meant=meant)
    _note_parts(events, tables["ucdp_months"], usable, account)
    return Tables(tables, account, given.files, used, tuple(usable))


@dataclass
class _Given:
    """What all files hold together: their rows, names and hashes, days of final releases, months of candidate ones."""

    events: np.ndarray
    names: list[str]
    files: list[tuple[str, str]]
    final_days: Days
    covered: set[int]


def _all_files(
    paths: Sequence[Path], told: Releases, parsers: _Parsers, account: Account, latest: int, *, meant: bool
) -> _Given:
    out = _Given(np.zeros(0, _FIELDS), [], [], {}, set())
    found, pages = [], []
    for path, digest in rows.ordered(paths):
        out.files.append((neutral(path.name, 120), digest))
        release = told.of(path)
        for file in rows.files_of(path):
            name = unused(file.name, out.names)
            out.names.append(name)
            here: Days = {}
            reader = rows.Reader(file, NEEDED, ("adm_1", "event_clarity"), WHAT)
            mine, coded = _file(reader, name, len(out.names) - 1, parsers, account, here, latest)
            ucdp_held.all_precise(name, coded, account, meant=meant)
            pages.append(rows.page_of(reader, name))
            mine["release"], mine["final"] = release or release_by_rows(here)
            found.append(mine)
            if release is None:
                account.note(untold(name, path))
            if release and release[1]:
                refuse_later(name, release[0], here)
                for day, count in here.items():
                    out.final_days[day] = out.final_days.get(day, 0) + count
            else:
                out.covered |= months_of(here)
    told.check()
    rows.refuse_pages(pages)
    out.events = np.concatenate(found)
    return out


def _hold(
    events: np.ndarray,
    used: Sequence[int],
    usable: Sequence[str],
    base: Mapping[str, pd.DataFrame],
    parsers: _Parsers,
    account: Account,
    *,
    meant: bool,
) -> None:
    """Hold the months that the files give against the project's newest release, and against what no release lacks."""
    theirs = base["ucdp_types"]
    for final, months in ((True, [f"{year}-{n:02d}" for year in used for n in range(1, 13)]), (False, usable)):
        frame = _frame(events[events["final"] == final], parsers)
        mine = frame[frame["dated"] < 5].groupby(["month", "type"])["best"].agg(events="size", deaths="sum")
        ucdp_held.hold_against(mine.reset_index(), theirs, months, account, final=final, meant=meant)
    first = _label(int(month_of(events["start"]).min()))
    before = sorted(name for name in theirs["month"].unique() if name < first)[-24:]
    ucdp_held.one_sort(
        next(iter(account.seen), "the files"),
        [TYPES[int(kind)] for kind in events["kind"]],
        [parsers.names.names[code] for code in events["place"]],
        theirs[theirs["month"].isin(before)],
        account,
        meant=meant,
    )


def _note_parts(events: np.ndarray, months: pd.DataFrame, usable: Sequence[str], account: Account) -> None:
    """Note months that may not be whole, and events that are there twice."""
    counts = months.set_index("month")[list(_COUNTS)].sum(axis=1)
    names = {month_name(month(name)) for name in usable}
    for said in quiet_months(counts.iloc[-24:]):
        if said.split(" holds")[0] in names:
            account.note(f"{said}; it may not be whole.")
    if said := alike(pd.DataFrame(events[[*_CONTENT, "place"]])):
        account.note(said)


class _Parsers:
    def __init__(self) -> None:
        self.days, self.whole, self.degrees = parse.Days(), parse.Whole(), parse.Degrees()
        self.names = parse.Codes()


def _file(
    reader: rows.Reader,
    name: str,
    number: int,
    parsers: _Parsers,
    account: Account,
    days: Days,
    latest: int,
) -> tuple[np.ndarray, dict[str, Counter[str]]]:
    faults: Faults = {}
    parts = []
    coded: dict[str, Counter[str]] = {column: Counter() for column in ucdp_held.PRECISE}
    for block in reader.blocks():
        for row in block.broken:
            if row.of_another_country(("mali", "432")):
                account.aside(name, MALFORMED, row.lines, row.first, row.why)
            else:
                count_fault(faults, MALFORMED, row.lines, row.first, row.why)
        for column, counts in coded.items():
            counts.update(block.columns.get(column, ()))
        if block.numbers:
            parts.append(_block(block, name, number, parsers, account, faults, days, latest))
    account.saw(name, reader.rows)
    refuse_habits(name, faults, sum(len(part) for part in parts))
    for reason, (count, first, example) in faults.items():
        account.aside(name, reason, count, first, example)
    return np.concatenate(parts) if parts else np.zeros(0, _FIELDS), coded


def _block(
    block: rows.Block,
    name: str,
    number: int,
    parsers: _Parsers,
    account: Account,
    faults: dict,
    days: Days,
    latest: int,
) -> np.ndarray:
    order = np.array(block.numbers, np.int64)
    starts = parsers.days.column(block.columns["date_start"], np.int64)
    # Coverage is told from all countries' rows: one country may have a quiet month.
    sound = (starts >= FIRST_DAY) & (starts <= latest)
    for key, count in zip(*np.unique(starts[sound], return_counts=True), strict=True):
        days[int(key)] = days.get(int(key), 0) + int(count)
    sieve = Sieve(block.columns, order, name, account, faults)
    countries = [text.strip().lower() for text in block.columns["country"]]
    # Which country's a row without one is, nothing tells: it counts among Mali's faults.
    sieve.aside(np.fromiter((not text for text in countries), bool, len(order)), NO_COUNTRY)
    sieve.aside(np.fromiter((text != "mali" for text in countries), bool, len(order)), ELSEWHERE)
    if not sieve.left.any():
        return np.zeros(0, _FIELDS)
    return _values(sieve.rest(), starts[sieve.left], number, parsers, latest)


def _values(sieve: Sieve, starts: np.ndarray, number: int, parsers: _Parsers, latest: int) -> np.ndarray:
    """Return the fields of the rows in which all can be read."""
    columns = sieve.columns
    size = len(sieve.order)

    def whole(column: str) -> np.ndarray:
        return parsers.whole.column(columns[column], np.int64)

    named = ("dyad_name", "conflict_name", "side_a")
    sieve.aside(
        np.fromiter((any(unreadable(columns[c][i]) for c in named) for i in range(size)), bool, size),
        Reason(UNREADABLE.text, "dyad_name", UNREADABLE.expected),
    )
    ids, kind = whole("id"), whole("type_of_violence")
    sieve.aside(ids == parse.BAD, NO_ID)
    sieve.aside((kind < 1) | (kind > 3), NO_KIND)
    ends = parsers.days.column(columns["date_end"], np.int64)
    sieve.aside((starts == parse.BAD) | (ends == parse.BAD), NO_DATE)
    year = whole("year")
    wrong_year = (year != year_of(starts)) & (year != year_of(ends))
    sieve.aside((ends < starts) | wrong_year | (starts < FIRST_DAY) | (starts > latest), NO_ORDER)
    where, dated = whole("where_prec"), whole("date_prec")
    sieve.aside((where < 1) | (where > 7) | (dated < 1) | (dated > 5), NO_PRECISION)
    places(sieve, parsers.degrees)
    best, high, low, civilians = whole("best"), whole("high"), whole("low"), whole("deaths_civilians")
    sieve.aside((low < 0) | (best < low) | (high < best) | (civilians < 0), NO_DEATHS)
    sieve.aside(best > MOST_DEATHS, ABSURD)
    codes = {c: parsers.names.column(columns[c], np.int32) for c in named}
    # Who codes no region writes 0 there: that is no region's name.
    regions = [
        "" if text.strip().lower() in (*parse.MISSING, "0") else text for text in columns.get("adm_1", [""] * size)
    ]
    place = parsers.names.column(regions, np.int32)
    out = np.zeros(size, _FIELDS)
    for field, values in (
        ("id", ids), ("start", starts), ("kind", kind), ("conflict", codes["conflict_name"]),
        ("dyad", codes["dyad_name"]), ("side", codes["side_a"]), ("best", best), ("high", high), ("low", low),
        ("civilians", civilians), ("prec", where), ("place", place), ("dated", dated), ("file", number),
        ("row", sieve.order),
    ):  # fmt: skip
        out[field] = values
    return out[sieve.left]


def _aside(some: np.ndarray, reason: Reason, account: Account, names: list[str]) -> None:
    for number in np.unique(some["file"]):
        part = some[some["file"] == number]
        account.aside(names[number], reason, len(part), int(part["row"].min()))


def _newest(events: np.ndarray, account: Account, names: list[str]) -> np.ndarray:
    """Keep one row of each event: final before candidate, the newer release, then the one with fewer deaths."""
    if not len(events):
        return events
    keys = (events["row"], events["file"], events["best"], -events["release"], ~events["final"], events["id"])
    events = events[np.lexsort(keys)]
    first = np.ones(len(events), bool)
    first[1:] = events["id"][1:] != events["id"][:-1]
    head = np.maximum.accumulate(np.where(first, np.arange(len(events)), 0))
    others, heads = events[~first], events[head[~first]]
    older = (others["release"] != heads["release"]) | (others["final"] != heads["final"])
    same = np.ones(len(others), bool)
    for name in _CONTENT:
        same &= others[name] == heads[name]
    _aside(others[older], OLDER_RELEASE, account, names)
    _aside(others[~older & same], REPEATED, account, names)
    _aside(others[~older & ~same], CONFLICT, account, names)
    return events[first]


def _keep(events: np.ndarray, name: str, account: Account) -> None:
    rough = events["prec"] >= 4
    yearly = events["dated"] == 5
    for mask, how in (
        (~rough & ~yearly, "counted"),
        (rough & ~yearly, "counted; place known to the region or country only (where_prec 4-7)"),
        (yearly, "counted in its year, in no month (date_prec 5)"),
    ):
        part = events[mask]
        account.keep(name, len(part), how, int(part["row"].min()) if len(part) else 0)


def _label(key: int) -> str:
    return str(np.datetime64(key, "M"))


def _tables(
    events: np.ndarray,
    whole_years: set[int],
    covered: set[int],
    base: dict[str, pd.DataFrame],
    parsers: _Parsers,
    account: Account,
    names: list[str],
) -> tuple[dict[str, pd.DataFrame], np.ndarray, list[str]]:
    years, months, dyads = base["ucdp_years"], base["ucdp_months"], base["ucdp_dyads"]
    final = events[events["final"]]
    outside = ~np.isin(year_of(final["start"]), list(whole_years))
    _aside(final[outside], PARTIAL_YEAR, account, names)
    final = final[~outside]
    if len(final):
        mine = sorted(whole_years)
        years = pd.concat([years[~years["year"].isin(mine)], _years_table(final, mine, parsers)])
        months = pd.concat([months[~months["month"].str[:4].astype(int).isin(mine)], _months(final, mine, parsers)])
        dyads = pd.concat([dyads[~dyads["year"].isin(mine)], _dyads(final, parsers)])
    end = str(months.loc[months["status"].eq("final"), "month"].max())
    months = months[(months["month"] > end) | months["status"].eq("final")]
    dyads = dyads[(dyads["year"] > int(end[:4])) | dyads["status"].eq("final")]
    candidate = events[~events["final"]]
    stale = year_of(candidate["start"]) <= int(end[:4])
    _aside(candidate[stale], FINAL, account, names)
    candidate = candidate[~stale]
    late = ~np.isin(month_of(candidate["start"]), list(covered))
    _aside(candidate[late], LATE, account, names)
    candidate = candidate[~late]
    new = sorted({_label(key) for key in covered if _label(key) > end})
    there = set(months.loc[months["status"].eq("candidate"), "month"])
    usable = []
    for year in sorted({label[:4] for label in new}):
        those = [label for label in new if label[:4] == year]
        expected = [f"{year}-{n:02d}" for n in range(1, int(those[-1][5:]) + 1)]
        if those == expected and not {m for m in there if m[:4] == year} - set(those):
            usable += those
            there |= set(those)
    dropped = ~np.isin(month_of(candidate["start"]), [np.datetime64(m, "M").astype(np.int64) for m in usable])
    _aside(candidate[dropped], PARTIAL, account, names)
    candidate = candidate[~dropped]
    if len(candidate):
        held = {label[:4] for label in usable}
        months = months[~(months["status"].eq("candidate") & months["month"].str[:4].isin(held))]
        dyads = dyads[~(dyads["status"].eq("candidate") & dyads["year"].astype(str).isin(held))]
        months = pd.concat([months, _monthly(_frame(candidate, parsers), usable, "candidate")])
        dyads = pd.concat([dyads, _candidate_dyads(candidate, parsers)])
    _refuse_gaps(months)
    counts = ["low", "best", "high", "civilians", "by_government", "by_groups"]
    monthly = ["state_based", "non_state", "one_sided", "best", "high", "civilians"]
    out = {
        "ucdp_years": years.astype(dict.fromkeys(counts, "Int64")),
        "ucdp_months": months.astype(dict.fromkeys(monthly, "Int64")),
        "ucdp_dyads": dyads.astype({"events": "Int64", "best": "Int64"}),
    }
    return out, np.concatenate([final, candidate]), usable if len(candidate) else []


def _refuse_gaps(months: pd.DataFrame) -> None:
    held = sorted(set(months["month"]))
    for before, after in pairwise(held):
        if pd.Period(before, "M") + 1 != pd.Period(after, "M"):
            raise DataError(
                f"UCDP: the tables would hold {before} and {after} but no month between; expected every month. Add the "
                "candidate files of the months between."
            )


def _frame(events: np.ndarray, parsers: _Parsers) -> pd.DataFrame:
    texts = parsers.names.names
    return pd.DataFrame(
        {
            "year": year_of(events["start"]),
            "month": [_label(int(key)) for key in month_of(events["start"])],
            "type": [TYPES[int(kind)] for kind in events["kind"]],
            "conflict": [neutral(texts[code], 200) for code in events["conflict"]],
            "dyad": [neutral(texts[code], 200) for code in events["dyad"]],
            "government": [texts[code].startswith("Government of") for code in events["side"]],
            **{name: events[name].astype(np.int64) for name in ("best", "high", "low", "civilians", "dated")},
        }
    )


def _years_table(final: np.ndarray, years: Sequence[int], parsers: _Parsers) -> pd.DataFrame:
    frame = _frame(final, parsers)
    one_sided = frame["type"].eq("one-sided")
    # As in UCDP's country-year file, everybody killed in one-sided violence is a civilian.
    frame["civilians"] = frame["civilians"].where(~one_sided, frame["best"])
    frame["by_government"] = frame["best"].where(one_sided & frame["government"], 0)
    frame["by_groups"] = frame["best"].where(one_sided & ~frame["government"], 0)
    index = pd.MultiIndex.from_product([years, TYPES.values()], names=["year", "type"])
    columns = ["low", "best", "high", "civilians", "by_government", "by_groups"]
    by_type = frame.groupby(["year", "type"])[columns].sum().reindex(index, fill_value=0).reset_index()
    whole = by_type.groupby("year", as_index=False)[columns].sum().assign(type="all")
    out = pd.concat([by_type, whole], ignore_index=True).astype(dict.fromkeys(columns, "Int64"))
    out.loc[~out["type"].eq("one-sided"), ["by_government", "by_groups"]] = pd.NA
    return out[["year", "type", *columns]]


def _monthly(frame: pd.DataFrame, labels: Sequence[str], status: str) -> pd.DataFrame:
    frame = frame[frame["dated"] < 5]
    counts = {
        name: frame[frame["type"].eq(kind)].groupby("month").size()
        for name, kind in (("state_based", "state-based"), ("non_state", "non-state"), ("one_sided", "one-sided"))
    }
    sums = frame.groupby("month")[["best", "high", "civilians"]].sum()
    out = pd.DataFrame(counts).join(sums, how="outer").reindex(labels).fillna(0).astype("Int64")
    out = out.rename_axis("month").reset_index()
    out.insert(1, "status", status)
    return out


def _months(final: np.ndarray, years: Sequence[int], parsers: _Parsers) -> pd.DataFrame:
    labels = [f"{year}-{n:02d}" for year in years for n in range(1, 13)]
    return _monthly(_frame(final, parsers), labels, "final")


def _dyads(final: np.ndarray, parsers: _Parsers) -> pd.DataFrame:
    frame = _frame(final, parsers)[["year", "type", "dyad"]].drop_duplicates()
    return frame.assign(status="final", events=pd.NA, best=pd.NA)


def _candidate_dyads(candidate: np.ndarray, parsers: _Parsers) -> pd.DataFrame:
    frame = _frame(candidate, parsers)
    out = frame.groupby(["year", "type", "conflict"]).agg(events=("best", "size"), best=("best", "sum")).reset_index()
    return out.rename(columns={"conflict": "dyad"}).assign(status="candidate")[
        ["year", "type", "dyad", "status", "events", "best"]
    ]


def _nothing(account: Account) -> str:
    if not account.rows_in:
        return f"{next(iter(account.seen), 'the files')}: holds no row below its header; expected {WHAT}. Export again."
    reasons = sorted(((line.rows, reason) for (_, what, reason), line in account.lines.items() if what != "kept"))
    ours = [reason for _, reason in reasons if reason != ELSEWHERE.text]
    if not ours:
        return f"{next(iter(account.seen))}: none of {account.rows_in:,} rows is of Mali; expected {WHAT} in Mali. Give such files."
    why = ours[-1]
    hints = {
        PARTIAL.text: " Give all candidate files from January of that year on.",
        LATE.text: " Say --covers FROM:TO where you know which months the files hold whole.",
        PARTIAL_YEAR.text: " Say --covers FROM:TO where you know which years the files hold whole.",
        FINAL.text: " Say --release where the files are a newer final release.",
    }
    hint = hints.get(why, "")
    return (
        f"{next(iter(account.seen), 'the files')}: nothing new on Mali is left of {account.rows_in:,} rows; those of Mali "
        f"are set aside as {why!r}; expected {WHAT} after the months that the tables hold.{hint}"
    )

"""A user's own files to tables: events, weekly aggregates, UCDP's files, a workbook from HDX (see `own_folder` for where to)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from helpers import data, reach
from helpers.data import Tables
from helpers.errors import DataError
from helpers.ingest import (
    acled,
    boundaries,
    completeness,
    events,
    ged,
    hdx,
    months,
    rows,
    sides,
    sums,
    tables,
    weekly,
)
from helpers.ingest.account import Account, neutral
from helpers.ingest.events import Events
from helpers.ingest.own_folder import KINDS, Own
from helpers.reach import MONTHLY, Reach
from helpers.tabular import checked
from helpers.windows import Window, half_of, month, month_name


def from_weekly(path: Path, *, meant: bool = False, today: datetime.date | None = None) -> Own:
    """Derive the table of methods from ACLED's weekly aggregates (see `weekly.read`).

    A file without a whole month is refused, and one from which a filter has taken something unless it is `meant`.
    """
    found = weekly.read(path, today=today)
    methods = checked("methods", weekly.methods_table(found.frame))
    if methods["month"].min() > found.complete_to:
        raise DataError(
            f"{found.files[0][0]}: holds no complete month of Mali; expected at least one. Take a longer file."
        )
    first, last = (month_name(month(text)) for text in (str(methods["month"].min()), found.complete_to))
    limits = [
        f"Ways of fighting are the user's own ({first} to {last}, whole weeks).",
        found.account.said_aside(),
        "Weekly aggregates name no actors and no cercles: figures that need them rest on the other tables.",
    ]
    project, whole = data.project().load("methods"), methods[methods["month"] <= found.complete_to]
    if gone := completeness.weeks_left_out(whole, project):
        partial = f"the file holds {' and '.join(gone)}"
        if not meant:
            raise DataError(
                f"{found.files[0][0]}: {partial}, which the project's table has in the same months: a filter seems to have "
                "taken it away. Download the file without a filter, or say --meant where it is meant."
            )
        limits.append(
            f"{partial[:1].upper()}{partial[1:]}: its owner says that this is meant; figures count what it holds."
        )
    if said := sums.amount(whole, project, "the project's table of ways counts"):
        limits.append(said)
    for said in limits[3:]:
        found.account.note(said)
    far = {"methods": Reach(found.complete_to)}
    return Own("acled_weekly", {"methods": methods}, found.account, found.files, tuple(limits), reach=far)


def from_any_acled(
    paths: Sequence[Path],
    *,
    deleted: Sequence[Path] = (),
    until: str = "",
    covers: Window | None = None,
    meant: bool = False,
) -> Own:
    """Derive tables from ACLED's events, or from one file of its weekly aggregates, told apart by their headers.

    Raises `DataError`: aggregates stand beside other files, or with options that only events take.
    """
    aggregates = [path for path in paths if path.is_file() and weekly.is_aggregate(path)]
    if not aggregates:
        return from_acled(paths, deleted=deleted, until=until, covers=covers, meant=meant)
    name = neutral(aggregates[0].name, 120)
    if len(paths) > 1:
        raise DataError(f"{name}: weekly aggregates, beside other files; expected it alone. Ingest events separately.")
    options = {"--deleted": deleted, "--until": until, "--covers": covers}
    if option := next((name for name, given in options.items() if given), ""):
        raise DataError(
            f"{name}: weekly aggregates take no {option}; leave it out. The file says which weeks it holds."
        )
    return from_weekly(aggregates[0], meant=meant)


def from_acled(
    paths: Sequence[Path],
    *,
    deleted: Sequence[Path] = (),
    until: str = "",
    covers: Window | None = None,
    meant: bool = False,
    today: datetime.date | None = None,
) -> Own:
    """Derive the event tables from ACLED exports (see `events.read` and `tables_of`)."""
    totals = data.project().load("totals")
    found = events.read(paths, deleted=deleted, until=until, covers=covers, totals=totals, today=today)
    return tables_of(found, meant=meant)


def tables_of(found: Events, *, meant: bool = False) -> Own:
    """Derive the event tables from events; `meant` says that their owner left some out on purpose.

    A half-year that the data begin within is left out of `footprint` and `areas`.
    """
    attributed, unknown = acled.attribute(boundaries.in_menaka(found.frame, data.project().shapes("regions")))
    made = {"actors": acled.actors_table(attributed)}
    first, last = str(found.covers.first), str(found.covers.last)
    begun = half_of(pd.Series([first]))[0]
    whole = attributed if first[5:] in ("01", "07") else attributed[half_of(attributed["month"]) > begun]
    if acled.is_mi(whole).any():
        made["footprint"] = acled.footprint_table(whole)
        made["areas"] = tables.areas_table(whole)
    else:
        made["footprint"], made["areas"] = (Tables().load(name).iloc[:0] for name in ("footprint", "areas"))
    limits = [
        f"Events by actor are the user's own, from {month_name(month(first))} to {month_name(month(last))}.",
        found.account.said_aside(),
    ]
    day = found.frame["date"].to_numpy("datetime64[D]").astype(int)
    looked = (completeness.alike(found.frame), completeness.coarse(found.frame), months.empty_days(day))
    for said in filter(None, looked):
        limits.append(said)
        found.account.note(said)
    partial = _partial(attributed, found, limits, meant=meant)
    if not found.has_notes:
        limits.append(
            "They came without notes: Wagner and Katiba Macina are counted only where they are coded as actors, so "
            "that mentions are missing, not zero."
        )
    if len(unknown):
        limits.append(
            f"Actors that no pattern fits count as others: {len(unknown)} names, {unknown['events'].sum():,} times."
        )
        unknown = unknown.assign(actor=unknown["actor"].map(lambda name: neutral(name, 200)))
    return Own(
        "acled",
        {name: checked(name, frame) for name, frame in made.items()},
        found.account,
        found.files,
        tuple(limits),
        unknown,
        () if found.has_notes else ("notes",),
        covers={"actors": (first, last)},
        partial=partial,
        meant=meant,
        short=sums.few(attributed.assign(events=1), data.project().load("totals")),
    )


def _partial(attributed: pd.DataFrame, found: Events, limits: list[str], *, meant: bool) -> str:
    """Hold the events against what the project has of the same months; add what is missing to the limits."""
    project = {name: data.project().load(name) for name in ("totals", "actors", "cercle_halves")}
    counts = attributed.groupby("month").size()
    each = attributed.assign(events=1)
    looked = (
        sums.amount(each, project["totals"]),
        sums.uneven(each, project["totals"]),
        sums.astray(each, project["totals"]),
        sides.taken(attributed, project, data.project().shapes("cercles"), notes=found.has_notes),
    )
    for said in filter(None, looked):
        limits.append(said)
        found.account.note(said)
    by_month = project["totals"].groupby("month")["events"].sum()
    quiet = months.short_months(counts, by_month) or months.quiet_months(counts, by_month)
    if quiet:
        limits.append(f"{'; '.join(quiet[:3])}: such months may not be whole.")
        found.account.note(limits[-1])
    gone = completeness.left_out(attributed, project["totals"], project["actors"])
    if not gone:
        return ""
    partial = f"The files hold {' and '.join(gone)}"
    if meant:
        limits.append(
            f"{partial}: their owner says that this is meant; every figure by actor counts only what they hold."
        )
    else:
        limits.append(
            f"{partial}: a filter seems to have taken events away, so that no figure by actor can be counted. Export "
            "without a filter, or say --meant where it is meant."
        )
    found.account.note(limits[-1])
    return f"{partial}."


def from_ucdp(
    paths: Sequence[Path],
    *,
    releases: Sequence[str] = (),
    covers: Window | None = None,
    meant: bool = False,
    today: datetime.date | None = None,
) -> Own:
    """Derive UCDP's tables from GED and candidate files; years and months they do not cover stay the project's."""
    base = {name: data.project().load(name) for name in (*KINDS["ucdp"], "ucdp_types")}
    found = ged.read(paths, base, releases=releases, covers=covers, meant=meant, today=today)
    made = {name: checked(name, frame) for name, frame in found.tables.items()}
    parts = []
    if found.years:
        parts.append(f"the final years {found.years[0]} to {found.years[-1]}")
    if found.months:
        first, last = (month_name(month(name)) for name in (found.months[0], found.months[-1]))
        parts.append(f"the candidate months {first} to {last}" if first != last else f"the candidate month {first}")
    limits = (
        f"Of UCDP's figures the user's own files give {' and '.join(parts)}; the rest are the project's.",
        found.account.said_aside(),
        *found.account.notes,
    )
    return Own("ucdp", made, found.account, found.files, limits)


def from_hdx(path: Path, *, taken: str = "", today: datetime.date | None = None) -> Own:
    """Derive the totals from the HDX workbook; it is taken whole or refused, because a gap would be a short sum.

    `path`: workbook. `taken`: day on which it was taken from HDX (`YYYY-MM-DD`): its last month counts if that day lies
    after it. Where empty, the counts decide (see `helpers.reach`). `today`: day of which no later month can be counted;
    today where not given.
    """
    ((path, digest),) = rows.ordered([path])
    project = data.project().load("totals")
    aggregate = hdx.read_aggregate(path, against=project)
    account = Account("hdx")
    name = neutral(path.name, 120)
    known = hdx.of_cercles(aggregate, data.project().load("cercles")["cercle"])
    account.saw(name, len(aggregate))
    account.keep(name, int(known.sum()))
    if not known.any():
        raise DataError(
            f"{name}: no row names a cercle of the project's map; expected names as in data/cercles.csv, as "
            f"{data.project().load('cercles')['cercle'].iloc[0]}. Download the workbook again from HDX."
        )
    made = {
        "totals": hdx.totals_table(aggregate),
        "cercle_halves": hdx.cercle_halves_table(aggregate[known]),
        "cercle_months": hdx.cercle_months_table(aggregate[known]),
    }
    oldest, newest = (str(aggregate["month"].agg(end)) for end in ("min", "max"))
    if newest > str(today or datetime.date.today())[:7]:
        raise DataError(
            f"{name}: holds {month_name(month(newest))}, which is yet to come; expected months that have been, since nothing "
            "is no zero. Download it again from HDX."
        )
    last = reach.whole_to(newest, taken) if taken else reach.doubted(made["totals"])
    limits = [
        f"Totals by region are the user's own workbook's, from {month_name(month(oldest))} to {month_name(month(last))}."
    ]
    if last < newest:
        why = f"it was taken on {taken}" if taken else "it has fewer events than each of the 24 months before"
        rest = "" if taken else " Ingest again with --taken if you know that it is whole."
        limits.append(f"Its last month, {month_name(month(newest))}, is taken as incomplete and left out: {why}.")
        account.note(limits[-1] + rest)
    if not known.all():
        limits.append(_of_no_cercle(aggregate.loc[~known, "cercle"], name, account))
    counted = aggregate[aggregate["month"] <= last]
    for said in hdx.shortfalls(counted, project, data.project().load("cercles")["cercle"]):
        limits.append(said)
        account.note(said)
    return Own(
        "hdx",
        {key: checked(key, frame) for key, frame in made.items()},
        account.check(),
        [(name, digest)],
        tuple(limits),
        reach={name: Reach(last, taken) for name in made if name in MONTHLY},
    )


def _of_no_cercle(other: pd.Series, name: str, account: Account) -> str:
    """Account for rows whose cercle the map does not have, and return the sentence that readers see of them."""
    account.keep(name, len(other), hdx.REGION_ONLY, int(other.index[0]) + 2)
    names = other.unique()
    account.note(f"no cercle of the project's map, counted by region only: {', '.join(names[:10])}")
    return (
        f"{len(names)} of the workbook's cercles are none of the project's map: their {len(other):,} rows count in the "
        "totals by region, and are set aside in figures by cercle."
    )

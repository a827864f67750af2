"""A user's own files to a whole folder of tables: what they give, what is there already, and the project's own rest.

The folder has the schemas of the project's `data/`, so that every command takes it with `--data`. Its data package
says of each table where it comes from, and its `limits` say in sentences what the data cannot support.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from helpers import data, reach
from helpers.data import Tables
from helpers.errors import DataError
from helpers.folders import default_folder
from helpers.ingest import (
    acled,
    boundaries,
    completeness,
    events,
    ged,
    hdx,
    months,
    place,
    rows,
    sides,
    sums,
    tables,
    weekly,
)
from helpers.ingest.account import Account, after, neutral, sorted_rows
from helpers.ingest.events import Events
from helpers.ingest.tables import data_package, sha256, to_csv, to_json
from helpers.reach import MONTHLY, Reach, first_provisional
from helpers.schemas import COMPILED, SCHEMAS, SHAPES
from helpers.tabular import checked, differences_table, read_table
from helpers.windows import Window, half_of, month, month_name

KINDS: dict[str, tuple[str, ...]] = {
    "acled": ("actors", "footprint", "areas"),
    "acled_weekly": ("methods",),
    "ucdp": ("ucdp_years", "ucdp_months", "ucdp_dyads"),
    "hdx": ("totals", "cercle_halves", "cercle_months"),
}
"""Tables that each kind of file gives. `differences` follows from two of them and is made anew each time."""

_LABELS = {
    "acled": "ACLED, own export",
    "acled_weekly": "ACLED weekly aggregates, own file",
    "ucdp": "UCDP, own files",
    "hdx": "ACLED through HDX, own workbook",
}
_TITLES = {
    "acled": "ACLED events in Mali, the user's own export",
    "acled_weekly": "ACLED aggregates of Mali by week, region and sub-event type, the user's own file",
    "ucdp": "UCDP events in Mali, the user's own files",
    "hdx": "ACLED political violence in Mali by cercle and month, the user's own workbook from HDX",
}
_LIKE = {"acled": "acled_newer", "acled_weekly": "acled_weekly", "ucdp": "ucdp_years", "hdx": "hdx"}

REST = "the project's own tables"


@dataclass(frozen=True)
class Own:
    """Tables from a user's own files, ready to be written.

    Attributes
    ----------
    kind : str
        A key of `KINDS`.
    tables : dict of str to DataFrame
        What the files give, checked.
    account : Account
        What became of each row.
    files : list of tuple
        File name and SHA-256 of each.
    limits : tuple of str
        Sentences on what these data cannot support, shown on every page.
    unknown : DataFrame
        `actor`, `events`: names that no pattern fits, counted under "other".
    without : tuple of str
        What the files lack: `notes`.
    reach : dict of str to Reach
        How far monthly tables go that hold a month the files do not complete; others end with a complete month.
    covers : dict of str to tuple
        By table, first and last month (`YYYY-MM`) that the files hold.
    partial : str
        What a filter has taken away, in a sentence; empty where nothing.
    meant : bool
        Whether the files' owner says that it is so on purpose.
    short : str
        How much they hold of ACLED's totals where that is too little for verdicts, in a sentence.
    """

    kind: str
    tables: dict[str, pd.DataFrame]
    account: Account
    files: list[tuple[str, str]]
    limits: tuple[str, ...] = ()
    unknown: pd.DataFrame | None = None
    without: tuple[str, ...] = ()
    reach: dict[str, Reach] = field(default_factory=dict)
    covers: dict[str, tuple[str, str]] = field(default_factory=dict)
    partial: str = ""
    meant: bool = False
    short: str = ""

    def reaches(self) -> dict[str, Reach]:
        """Return how far each monthly table goes."""
        out = {}
        for name, frame in self.tables.items():
            if name in MONTHLY:
                whole = Reach(str(frame["month"].max()), provisional_from=first_provisional(frame))
                out[name] = self.reach.get(name, whole)
        return out


def from_weekly(path: Path, *, meant: bool = False, today: datetime.date | None = None) -> Own:
    """Derive the table of methods from ACLED's weekly aggregates (see `weekly.read`).

    Raises
    ------
    DataError
        The file holds no whole month, or a filter has taken something away and nobody says that it is `meant`.
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

    Raises
    ------
    DataError
        Aggregates stand beside other files, or with options that only events take.
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
    """Derive the event tables from events.

    Parameters
    ----------
    found : Events
        As `events.read` returns them.
    meant : bool
        Whether their owner says that a filter has taken events away on purpose.

    Returns
    -------
    Own
        With `actors`, `footprint` and `areas`. A half-year that the data begin within is left out of the last two.
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


def from_hdx(path: Path, *, taken: str = "") -> Own:
    """Derive the totals from the HDX workbook; it is taken whole or refused, because a gap would be a short sum.

    Parameters
    ----------
    path : Path
        Workbook.
    taken : str
        Day on which it was taken from HDX (`YYYY-MM-DD`): its last month counts if that day lies after it. Where
        empty, the counts decide (see `helpers.reach`).
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


def write(own: Own, out: Path, *, today: datetime.date | None = None) -> list[Path]:
    """Write a whole folder of tables: these, those of other own files that are there, the project's own rest.

    The folder appears or changes in one step; what else lies in it stays.

    Parameters
    ----------
    own : Own
        From `from_acled`, `from_ucdp` or `from_hdx`.
    out : Path
        Folder.
    today : date, optional
        Date to record.

    Returns
    -------
    list of Path
        Files written.

    Raises
    ------
    DataError
        The folder is the project's own, cannot be written, or holds such files that no ingest made or left so.
    """
    if out.expanduser().resolve() == default_folder().resolve():
        raise DataError(
            f"{out}: the project's own tables; expected a folder of yours, as my-data/. Give another --out."
        )
    own.account.check()
    with place.held(out) as put:
        return put(_content(own, out.expanduser(), today or datetime.date.today()), place.made(out.expanduser()))


def _content(own: Own, out: Path, when: datetime.date) -> dict[str, bytes]:
    """Return all files of the folder."""
    project = default_folder()
    there = _package(out)
    origin = {name: kind for name, kind in _origins(there).items() if kind != own.kind}
    frames = dict(own.tables)
    content: dict[str, bytes] = {}
    for name in SCHEMAS:
        file = f"{name}.csv"
        if name in own.tables:
            origin[name] = own.kind
            content[file] = to_csv(own.tables[name])
            continue
        content[file] = _read((out if name in origin or name in _kept_by_hand(there) else project) / file)
    for level in SHAPES:
        content[f"{level}.geojson"] = _read(project / f"{level}.geojson")
    for name in ("actors", "totals"):
        if name not in frames:
            frames[name] = _frame(content[f"{name}.csv"], name)
    if origin.keys() & {"actors", "totals"}:
        far = _far(own, origin, there)
        actors, totals = (reach.cut(frames[name], far.get(name)) for name in ("actors", "totals"))
        content["differences.csv"] = to_csv(checked("differences", differences_table(actors, totals, own=True)))
        origin["differences"] = "own"
    content["account.csv"] = _account(own, out)
    if own.unknown is not None:
        content["unknown_actors.csv"] = to_csv(own.unknown)
    elif "unknown_actors.csv" in place.made(out):
        content["unknown_actors.csv"] = _read(out / "unknown_actors.csv")
    content[place.PACKAGE] = to_json(place.note(_describe(own, content, origin, there, when), content))
    return content


def _package(out: Path) -> dict:
    path = out / "datapackage.json"
    if not path.is_file():
        return {}
    try:
        package = data.described(path)
    except DataError as error:
        raise DataError(
            f"{path}: not a data package of this project ({error}). Remove it or give another --out."
        ) from error
    for resource in package["resources"]:
        file = out / resource["path"]
        if file.is_file() and f"sha256:{sha256(file.read_bytes())}" != resource["hash"]:
            raise DataError(
                f"{file}: differs from its hash in datapackage.json; nothing was changed. Run 'python -m helpers seal "
                f"--data {out}' if you edited it, or give another --out."
            )
    return package


def _origins(package: dict) -> dict[str, str]:
    """Return which tables of a folder come from own files of which kind."""
    return {
        resource["name"].replace("-", "_"): resource["own"]
        for resource in package.get("resources", [])
        if resource.get("own") in KINDS
    }


def _kept_by_hand(package: dict) -> set[str]:
    """Return the tables compiled by hand that a folder has already: its owner may have edited them."""
    return {r["name"].replace("-", "_") for r in package.get("resources", [])} & set(COMPILED)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: the table is missing; restore it (git checkout) or give another --out.") from error


def _frame(content: bytes, name: str) -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / f"{name}.csv"
        path.write_bytes(content)
        return read_table(path, name)


def _far(own: Own, origin: dict[str, str], there: dict) -> dict[str, Reach]:
    """Return how far each monthly table of the folder goes: these, those of other own files, the project's."""
    projects = tables.recorded(data.project().package())[1]
    others = tables.recorded(there)[1] if there else {}
    far = {name: found for name, found in projects.items() if name not in origin}
    return far | {name: found for name, found in others.items() if name in origin} | own.reaches()


def _account(own: Own, out: Path) -> bytes:
    mine, path = own.account.frame(notes=True), out / "account.csv"
    return to_csv(after(path, mine, own.kind) if path.name in place.made(out) else sorted_rows(mine))


def _describe(own: Own, content: dict[str, bytes], origin: dict[str, str], there: dict, when: datetime.date) -> dict:
    """Return the folder's data package: each table's source, and what the data cannot support."""
    project = data.project().package()
    described = data_package(content, tables.recorded(project)[0], _far(own, origin, there))
    sources = _sources(own, {source["name"]: source for source in described["sources"]}, there, when)
    names: dict[str, list[str]] = {}
    for source in sources:
        names.setdefault(source["own"], []).append(source["name"])
    rest = []
    for resource in described["resources"]:
        table = resource["name"].replace("-", "_")
        kind = origin.get(table)
        if kind == "own":
            by_table = {t: names.get(origin.get(t, ""), []) for t in ("actors", "totals")}
            parts = [by_table[t] or list(tables.TABLE_SOURCES[t]) for t in ("actors", "totals")]
            resource["derived_from"] = [name for part in parts for name in part]
        elif kind:
            resource["own"] = kind
            kept = list(tables.TABLE_SOURCES[table]) if kind == "ucdp" else []
            resource["derived_from"] = [*names[kind], *kept]
        elif table in tables.TABLE_SOURCES or table.endswith("_shapes"):
            resource["taken_from"] = REST
            if table in tables.TABLE_SOURCES:
                rest.append(table)
    used = {name for resource in described["resources"] for name in resource["derived_from"]}
    described["sources"] = [source for source in described["sources"] if source["name"] in used] + sources
    described["title"] = "Tables of figures from the user's own data and the project's"
    described["limits"] = _limits(own, there)
    without = own.without if own.kind == "acled" else there.get("without", [])
    if without:
        described["without"] = list(without)
    covers = {"actors": list(own.covers["actors"])} if own.kind == "acled" else there.get("covers", {})
    if covers:
        described["covers"] = covers
    partial = {"said": own.partial, "meant": own.meant} if own.kind == "acled" else there.get("partial", {})
    if partial.get("said"):
        described["partial"] = partial
    if short := own.short if own.kind == "acled" else there.get("short", ""):
        described["short"] = short
    return described


def _sources(own: Own, like: dict[str, dict], there: dict, when: datetime.date) -> list[dict]:
    """Return the user's own sources: those that the folder had of other kinds, and these files."""
    day = f"{when.day} {month_name(month(str(when)[:7]))}"
    sources = [source for source in there.get("sources", []) if source.get("own") not in (None, own.kind)]
    for number, (file, digest) in enumerate(own.files, start=1):
        sources.append(
            like[_LIKE[own.kind]]
            | {
                "name": f"own_{own.kind}" + (f"_{number}" if len(own.files) > 1 else ""),
                "label": f"{_LABELS[own.kind]}, {day}",
                "title": _TITLES[own.kind],
                "version": f"ingested on {day}",
                "route": f"file {file}, given by the user",
                "file": file,
                "sha256": digest,
                "date": str(when),
                "own": own.kind,
            }
        )
    return sources


def _limits(own: Own, there: dict) -> dict[str, list[str]]:
    """Return the sentences on what the data cannot support, by kind of file."""
    limits = {kind: lines for kind, lines in there.get("limits", {}).items() if kind not in (own.kind, "rest")}
    limits[own.kind] = [line for line in own.limits if line]
    groups = [kind for kind in KINDS if kind not in limits]
    said = {
        "acled": "events by actor",
        "acled_weekly": "ways of fighting",
        "ucdp": "figures of UCDP",
        "hdx": "totals by region",
    }
    if groups:
        limits["rest"] = [
            f"The project's own: {', '.join(said[kind] for kind in groups)}, shapes, places and chronology."
        ]
    return limits

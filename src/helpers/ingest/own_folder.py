"""A folder of tables from a user's own files: what they give, what is there already, and the project's own rest.

The folder has the schemas of the project's `data/`, so that every command takes it with `--data`. Its data package
says of each table where it comes from, and its `limits` say in sentences what the data cannot support.
"""

from __future__ import annotations

import datetime
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from helpers import data, reach
from helpers.errors import DataError
from helpers.folders import default_folder
from helpers.ingest import place, tables
from helpers.ingest.account import Account, after, sorted_rows
from helpers.ingest.tables import data_package, sha256, to_csv, to_json
from helpers.reach import MONTHLY, Reach, first_provisional
from helpers.schemas import COMPILED, SCHEMAS, SHAPES
from helpers.tabular import checked, differences_table, read_table
from helpers.windows import month, month_name

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
    """Tables from a user's own files, ready to be written."""

    kind: str
    """A key of `KINDS`."""
    tables: dict[str, pd.DataFrame]
    """What the files give, checked."""
    account: Account
    """What became of each row."""
    files: list[tuple[str, str]]
    """File name and SHA-256 of each."""
    limits: tuple[str, ...] = ()
    """Sentences on what these data cannot support, shown on every page."""
    unknown: pd.DataFrame | None = None
    """`actor`, `events`: names that no pattern fits, counted under "other"."""
    without: tuple[str, ...] = ()
    """What the files lack: `notes`."""
    reach: dict[str, Reach] = field(default_factory=dict)
    """How far monthly tables go that hold a month the files do not complete; others end with a complete month."""
    covers: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By table, first and last month (`YYYY-MM`) that the files hold."""
    partial: str = ""
    """What a filter has taken away, in a sentence; empty where nothing."""
    meant: bool = False
    """Whether the files' owner says that it is so on purpose."""
    short: str = ""
    """How much they hold of ACLED's totals where that is too little for verdicts, in a sentence."""

    def reaches(self) -> dict[str, Reach]:
        """Return how far each monthly table goes."""
        out = {}
        for name, frame in self.tables.items():
            if name in MONTHLY:
                whole = Reach(str(frame["month"].max()), provisional_from=first_provisional(frame))
                out[name] = self.reach.get(name, whole)
        return out


def write(own: Own, out: Path, *, today: datetime.date | None = None) -> list[Path]:
    """Write a whole folder of tables: these, those of other own files that are there, the project's own rest.

    The folder appears or changes in one step; what else lies in it stays. Refused are the project's own folder, one
    that cannot be written, and one with such files that no ingest made or left so. Returns the files written.
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

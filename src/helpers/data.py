"""The shared data module: one typed loader a table, checked once.

Tables are data only. What text a folder other than the project's own holds, in cells or in its `datapackage.json`,
passes `helpers.inert` before anybody sees it.

Every chapter, measure and page reads its figures here and nowhere else. A table is checked against the hash
in `datapackage.json` and against its schema when it is first loaded; later calls return the same frame.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from bookbuild import inputs
from helpers import chain, folders, inert, reach
from helpers.errors import DataError, NotInData
from helpers.folders import default_folder, trusted
from helpers.schemas import SCHEMAS
from helpers.tabular import checked, differences_table, method_differences_table, read_table
from helpers.windows import month

MONTHLY = reach.MONTHLY
"""Tables by month."""

SOURCE_TEXTS = ("name", "label", "terms", "title", "version", "licence", "citation", "route")
"""What `datapackage.json` says of a source, as pages show it."""


@cache
def _package(path: Path) -> dict[str, Any]:
    # A table's chapter depends on that table's entry, not on the whole file: see _resource.
    with inputs.unrecorded():
        return described(path / "datapackage.json", foreign=not trusted(path))


def described(path: Path, *, foreign: bool = True) -> dict[str, Any]:
    """Return what a descriptor holds, read anew; see `foreign_package` for those of other folders than the project's."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return foreign_package(found, path) if foreign else found
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path}: not valid JSON ({error}); restore it or run ingest again.") from error


_FILE = re.compile(r"[a-z][a-z0-9_]*\.(csv|geojson)")
_DATES = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?")
_MONTHS = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def foreign_package(found: Any, path: Path) -> dict[str, Any]:
    """Return the descriptor of a folder that is not the project's, every text in it inert.

    Refused is what is no descriptor of such a folder: `resources` and `sources` are lists of objects with the texts
    that pages name, each `path` is the name of a file in the folder and no link, months are months, `limits` are lists
    of sentences.
    """
    found = inert.tree(found)
    for what, expected in _faults(found, path):
        raise DataError(f"{path}: {what}; expected {expected}. Restore it or run ingest again.")
    return found


def _faults(found: Any, path: Path) -> Iterator[tuple[str, str]]:
    """Say what is wrong with a descriptor, and what was expected, one after the other."""
    if not isinstance(found, dict):
        yield "it holds no object", "the descriptor of a data package"
    for key in ("resources", "sources"):
        if not _objects(found.get(key)):
            yield f"{key!r} is missing or no list of objects", "one object each"
    for row in found["resources"]:
        yield from _faults_of_resource(row, path)
    for row in found["sources"]:
        for key in (*SOURCE_TEXTS, "sha256"):
            if not isinstance(row.get(key), str):
                yield f"a source has no {key!r}", "a text"
        also = row.get("also", [])
        if not _objects(also) or not all(isinstance(one.get(key), str) for one in also for key in ("file", "sha256")):
            yield "'also' of a source is no list of files", "a file and its sha256 each"
    if not isinstance(found.get("without", []), list):
        yield "'without' is no list", 'a list of what the data lack, as ["notes"]'
    if not _lists(found.get("covers", {}), lambda months: len(months) == 2 and all(map(_is_month, months))):
        yield "'covers' holds something else than months", "the first and the last month of each table"
    if not _lists(found.get("limits", {}), _are_texts):
        yield "'limits' holds something else than lists of sentences", "lists of sentences by kind"


def _faults_of_resource(row: dict[str, Any], path: Path) -> Iterator[tuple[str, str]]:
    if not _FILE.fullmatch(str(row.get("path"))):
        yield f"a resource has the path {inert.text(str(row.get('path')), 60)!r}", "the name of a file, as totals.csv"
    table = path.parent / row["path"]
    if table.is_symlink() or (table.exists() and not table.is_file()):
        # A link may lead to any file of the machine, which would be read, shown and copied as a table.
        yield f"{row['path']} is a link or no file", "the table itself"
    for key, kind in {"name": str, "hash": str, "derived_from": list}.items():
        if not isinstance(row.get(key), kind):
            yield f"{row['path']} has no {key!r}", "a text" if kind is str else "a list of names of sources"
    if not _are_texts(row["derived_from"]):
        yield f"{row['path']} has a 'derived_from' that names no sources", "a list of names of sources"
    for key in ("complete_to", "taken", "provisional_from"):
        if key in row and not _DATES.fullmatch(str(row[key])):
            yield f"{row['path']} has a {key!r} that is no month", "one written YYYY-MM"


def _lists(found: Any, good: Callable[[list[Any]], bool]) -> bool:
    return isinstance(found, dict) and all(isinstance(one, list) and good(one) for one in found.values())


def _are_texts(found: Sequence[Any]) -> bool:
    return all(isinstance(one, str) for one in found)


def _is_month(text: Any) -> bool:
    return bool(_MONTHS.fullmatch(str(text)))


def _objects(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _resource(path: Path, file: str) -> dict[str, Any]:
    inputs.note("resource", path, file)
    for resource in _package(path)["resources"]:
        if resource["path"] == file:
            return resource
    raise DataError(f"{path / 'datapackage.json'}: no entry for {file}; run ingest again into this folder.")


def _content(path: Path, file: str) -> Path:
    resource = _resource(path, file)
    full = path / file
    if not full.is_file():
        if not trusted(path):
            # A user's folder may be short of a table: what needs it says so in its place.
            raise NotInData(
                f"{path.name}/{file}: the table is missing; run ingest again into this folder.",
                f"la table {file} manque ; relancer l’import dans ce dossier",
            )
        raise DataError(f"{full}: the table is missing; restore it (git checkout) or run ingest again.")
    digest = f"sha256:{hashlib.sha256(full.read_bytes()).hexdigest()}"
    if digest != resource["hash"]:
        raise DataError(
            f"{full}: the file differs from its hash in datapackage.json; restore it (git checkout), run ingest "
            "again, or, for a table compiled by hand, run 'python -m helpers seal'."
        )
    return full


@cache
def _load(path: Path, name: str) -> tuple[pd.DataFrame, str, str]:
    frame = checked(name, read_table(_content(path, f"{name}.csv"), name))
    months = frame["month"] if "month" in frame else pd.Series([""])
    return frame if trusted(path) else inert.frame(frame), str(months.min()), str(months.max())


def _table(path: Path, name: str) -> tuple[pd.DataFrame, str, str]:
    """Return a table as it was read once, and its first and last month where it has months."""
    # Told at every call: the frame may have been read by a process that this one was forked from.
    inputs.note("resource", path, f"{name}.csv")
    inputs.note("file", path / f"{name}.csv")
    return _load(path, name)


def _are_numbers(value: Any) -> bool:
    """Tell whether a value is a list of numbers, or of such lists."""
    if not isinstance(value, list) or not value:
        return False
    if all(isinstance(one, int | float) and not isinstance(one, bool) for one in value):
        return True
    return all(map(_are_numbers, value))


def _foreign_shapes(found: Any, file: Path) -> dict[str, Any]:
    """Return shapes of a folder that is not the project's; what is no collection of named polygons is refused."""
    features = found.get("features") if isinstance(found, dict) else None
    if not _objects(features):
        raise DataError(f"{file}: it holds no list of features; expected GeoJSON as the project's. Run ingest again.")
    for number, feature in enumerate(features or [], 1):
        geometry, properties = feature.get("geometry"), feature.get("properties")
        sound = isinstance(geometry, dict) and _are_numbers(geometry.get("coordinates"))
        if not sound or not isinstance(properties, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
            raise DataError(
                f"{file}: feature {number} is no polygon with properties; expected GeoJSON as the project's. "
                "Run ingest again."
            )
    return found


@dataclass(frozen=True)
class Citation:
    """What a figure says of a source: label and terms in short; title, version, licence, citation, route in full."""

    name: str
    label: str
    terms: str
    title: str
    version: str
    licence: str
    citation: str
    route: str


def _loader(name: str) -> Callable[[Tables], pd.DataFrame]:
    """Return the method that loads a table; what the table holds is said by its schema."""

    def load(tables: Tables) -> pd.DataFrame:
        return tables.load(name)

    load.__doc__ = f"{SCHEMAS[name].title}."
    return load


@dataclass(frozen=True, init=False)
class Tables:
    """The tables of a folder, opened once and passed on; equal and hashed by the folder.

    Raises `DataError`: the folder does not exist or holds no data package.
    """

    folder: Path
    """Folder of tables; `$MALI_DATA` or the project's own where empty."""

    def __init__(self, folder: str | Path | None = None):
        object.__setattr__(self, "folder", folders.folder(folder))

    def load(self, name: str, *, partial: bool = False) -> pd.DataFrame:
        """Return a table, typed and checked; of a monthly one the complete months.

        Parameters
        ----------
        name : str
            A name in `helpers.schemas.SCHEMAS`.
        partial : bool
            Whether the months that the source does not complete are wanted too (to draw them as such, never to count).

        Returns
        -------
        DataFrame
            A copy; columns and dtypes as in the schema.

        Raises
        ------
        DataError
            The table or a value is not as expected; the message is one sentence.
        """
        if name not in SCHEMAS:
            raise DataError(f"no table {name!r}; expected one of {', '.join(SCHEMAS)}.")
        path = self.folder
        frame = _table(path, name)[0].copy()
        if name in MONTHLY and not partial:
            frame = reach.cut(frame, self.reach_of(name))
        if name in MONTHLY and self.limits():
            # A user's own data may begin or end anywhere: a sum over months outside would be silently short.
            held = _package(path).get("covers", {}).get(name)
            frame.attrs["covers"] = tuple(held or (str(frame["month"].min()), str(frame["month"].max())))
            if "notes" in _package(path).get("without", []):
                frame.attrs["without_notes"] = True
        return frame

    def shapes(self, level: str) -> dict[str, Any]:
        """Return shapes as GeoJSON: `regions`, `cercles` (properties: cercle, region, zone), or the approximate `taoudenit`."""
        file = _content(self.folder, f"{level}.geojson")
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
            return found if trusted(self.folder) else _foreign_shapes(inert.tree(found), file)
        except (ValueError, RecursionError) as error:
            raise DataError(f"{file}: not valid GeoJSON ({error}); run ingest again.") from error

    def package(self) -> dict[str, Any]:
        """Return the data package descriptor of the folder; asking for all of it is told to `bookbuild.inputs`."""
        inputs.note("file", self.folder / "datapackage.json")
        return _package(self.folder)

    totals = _loader("totals")
    cercle_halves = _loader("cercle_halves")
    cercle_months = _loader("cercle_months")
    actors = _loader("actors")
    footprint = _loader("footprint")
    areas = _loader("areas")
    ucdp_years = _loader("ucdp_years")
    ucdp_months = _loader("ucdp_months")
    ucdp_dyads = _loader("ucdp_dyads")
    methods = _loader("methods")
    method_differences = _loader("method_differences")
    ucdp_types = _loader("ucdp_types")
    ucdp_dyad_months = _loader("ucdp_dyad_months")
    schools = _loader("schools")
    peacekeepers = _loader("peacekeepers")
    un_bases = _loader("un_bases")
    forecasts = _loader("forecasts")
    places = _loader("places")
    differences = _loader("differences")
    vintages = _loader("vintages")
    chronology = _loader("chronology")
    bases = _loader("bases")
    indices = _loader("indices")
    referendum = _loader("referendum")
    standing = _loader("standing")
    issues = _loader("issues")
    moves = _loader("moves")

    def regions(self) -> pd.DataFrame:
        """Regions: zone, area (km²) and population."""
        return self._whole("regions", "region")

    def cercles(self) -> pd.DataFrame:
        """Cercles: region, zone, area (km²) and population."""
        return self._whole("cercles", "cercle")

    def _whole(self, table: str, key: str) -> pd.DataFrame:
        """Return a table of the whole country; a share of one that is short of a row would be wrong without a word.

        Raises `NotInData`: a user's folder names fewer regions or cercles than the project's own.
        """
        frame = self.load(table)
        if _package(self.folder).get("limits"):
            there = set(frame[key])
            for name in project().load(table)[key]:
                if name not in there:
                    raise NotInData(f"{table}.csv names no {name}.")
        return frame

    def spot(self, place: str) -> tuple[float, float]:
        """Return the latitude and longitude of a place that the tables name.

        Raises `NotInData`: `places.csv` does not name it.
        """
        found = self.places()
        row = found[found["place"].eq(place)]
        if row.empty:
            raise NotInData(f"places.csv names no {place}.")
        return float(row["latitude"].iloc[0]), float(row["longitude"].iloc[0])

    def sources(self, table: str) -> list[Citation]:
        """Return the sources of a table: of derived ones what they were made from.

        Empty for tables compiled by hand: there each row has a source of its own.
        """
        names = _resource(self.folder, f"{table}.csv")["derived_from"]
        inputs.note("sources", self.folder)
        known = {source["name"]: source for source in _package(self.folder)["sources"]}
        return [Citation(**{key: known[name][key] for key in SOURCE_TEXTS}) for name in names if name in known]

    def limits(self) -> list[str]:
        """Return what readers must know of tables made from a user's own files, in sentences; empty for the project's."""
        inputs.note("limits", self.folder)
        return [line for lines in _package(self.folder).get("limits", {}).values() for line in lines]

    def reach_of(self, table: str) -> reach.Reach:
        """Return how far a monthly table goes: its last complete month, when it was taken, what is provisional."""
        found = reach.of(_resource(self.folder, f"{table}.csv"))
        held = _table(self.folder, table)[2]
        # A table cut by hand must not pass for as long as its entry says.
        return replace(found, complete_to=min(found.complete_to, held)) if found else reach.Reach(held)

    def partial(self) -> tuple[str, bool]:
        """Return what a filter took away from a folder's own events, in a sentence, and whether their owner means it."""
        inputs.note("limits", self.folder)
        found = _package(self.folder).get("partial", {})
        return str(found.get("said", "")), bool(found.get("meant"))

    def short(self) -> str:
        """Say how little a folder's own events are of ACLED's totals, where too little for verdicts; else empty."""
        inputs.note("limits", self.folder)
        return str(_package(self.folder).get("short", ""))

    def first_month(self, table: str) -> pd.Period:
        """Return the first month of a monthly table."""
        return month(_table(self.folder, table)[1])

    def last_month(self, table: str) -> pd.Period:
        """Return the last complete month of a monthly table."""
        return pd.Period(self.reach_of(table).complete_to, "M")

    def newest_month(self) -> pd.Period:
        """Return the last complete month of the table that goes furthest."""
        found = []
        for table in MONTHLY:
            with suppress(NotInData):
                found.append(self.last_month(table))
        return max(found)


def project() -> Tables:
    """Return the project's own tables, whatever folder `$MALI_DATA` names."""
    return Tables(default_folder())


def check(tables: Tables) -> list[str]:
    """Load every table of a folder and hold the tables against each other.

    Returns one line per check that passed. Raises `DataError` at the first check that fails.
    """
    path = tables.folder
    lines = []
    for name in SCHEMAS:
        frame = tables.load(name)
        lines.append(f"{name}: {len(frame):,} rows, schema and hash hold")
    for level in ("regions", "cercles"):
        names = {feature["properties"][level[:-1]] for feature in tables.shapes(level)["features"]}
        if names != set(tables.load(level)[level[:-1]]):
            raise DataError(f"{path / level}.geojson: its names differ from those of {level}.csv; run ingest again.")
        lines.append(f"{level}.geojson: one shape per row of {level}.csv")
    # Made anew where actors or totals are the user's own; else it is the project's, with the project's reasons.
    own = any(_resource(path, f"{name}.csv").get("own") for name in ("actors", "totals"))
    made_anew = own and "taken_from" not in _resource(path, "differences.csv")
    found = differences_table(tables.load("actors"), tables.load("totals"), own=made_anew)
    listed = tables.load("differences")
    if not found.reset_index(drop=True).equals(listed[list(found)].reset_index(drop=True)):
        raise DataError(f"{path}: actors.csv and totals.csv differ in cells that differences.csv does not list.")
    lines.append(f"actors and totals: equal in every month and region but the {len(listed)} listed")
    by_cercle = tables.load("cercle_halves").groupby("region")[["events", "fatalities"]].sum()
    by_month = tables.load("totals", partial=True).groupby("region")[["events", "fatalities"]].sum()
    same = by_cercle.equals(by_month)
    # Own workbooks may name cercles that the map does not have: those count by region alone.
    fewer = bool(tables.limits()) and bool((by_cercle.reindex(by_month.index, fill_value=0) <= by_month).all(axis=None))
    if not same and not fewer:
        raise DataError(f"{path}: cercle_halves.csv and totals.csv do not sum to the same regions.")
    told = "the same sum in every region" if same else "no more by cercle than by region"
    lines.append(f"cercle_halves and totals: {told}")
    lines += _methods_checked(tables)
    lines.append(f"cercle_months and totals: {_cercle_months_checked(tables)}")
    lines.append(chain.held("standing", tables.load("standing"), ["origin", "series", "model"]))
    return lines


def _methods_checked(tables: Tables) -> list[str]:
    """Hold the table of methods against the event tables and the totals; in a user's folder they are not comparable."""
    if tables.limits():
        return []
    listed = tables.load("method_differences")
    methods, complete = tables.load("methods"), tables.reach_of("methods").complete_to
    gaps = method_differences_table(methods, tables.load("actors"), tables.load("totals"), complete)
    found = checked("method_differences", gaps)
    if not found.equals(listed):
        raise DataError(
            f"{tables.folder}: methods.csv differs from actors.csv or totals.csv in cells method_differences.csv lacks."
        )
    return [f"methods: equal to actors and totals in every run of whole weeks but the {len(listed)} cells listed"]


def _cercle_months_checked(tables: Tables) -> str:
    """Hold events by cercle and month against the totals; own workbooks may count some by region alone."""
    rows = tables.load("cercle_months")
    regions = tables.load("cercles").set_index("cercle")["region"]
    strange = sorted(set(rows["cercle"]) - set(regions.index))
    if strange:
        raise DataError(
            f"{tables.folder}: cercle_months.csv names {strange[0]}, which cercles.csv does not; run ingest again."
        )
    found = rows.groupby(["month", rows["cercle"].map(regions).rename("region")])["events"].sum()
    totals = tables.load("totals")
    totals = totals[totals["month"].ge(rows["month"].min()) & totals["events"].gt(0)]
    expected = totals.set_index(["month", "region"])["events"].sort_index()
    if found.sort_index().equals(expected):
        return "the same sum in every month and region"
    if tables.limits() and (found.reindex(expected.index, fill_value=0) <= expected).all():
        return "no more by cercle than by region"
    raise DataError(f"{tables.folder}: cercle_months.csv and totals.csv do not sum to the same months and regions.")

"""All tables of the project from the raw files, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers import chain, inert, reach
from helpers import definitions as d
from helpers.data import described
from helpers.errors import DataError
from helpers.geodesy import footprint_areas
from helpers.ingest import acled, boundaries, forecasts, hdx, missions, schools, ucdp, ucdp_recent, weekly
from helpers.ingest.place import made, place
from helpers.ingest.sources import SHAPE_SOURCES, SOURCES, TABLE_SOURCES, Source
from helpers.schemas import COMPILED, KEPT, SCHEMAS, SHAPES, dtype_name
from helpers.tabular import OLDER_TO, checked, differences_table, method_differences_table, read_table
from helpers.windows import half_of

# The event files' own months. The newer one ends within March 2025, so February is its last whole month.
ACLED_MONTHS = {"acled_older": ("2012-01", OLDER_TO), "acled_newer": ("2017-01", "2025-02")}

# Months that both event files hold: what the older export said of them, fresh, against what is said today.
VINTAGE_MONTHS = ("2017-01", "2020-07")


@dataclass(frozen=True)
class RawFiles:
    """The folder of raw files and their names in it."""

    folder: Path
    """Folder laid out as `SOURCES` says."""

    def path(self, source: str) -> Path:
        """Return the path of a raw file, or say in one sentence that it is missing."""
        path = self.folder / SOURCES[source].path
        if not path.is_file():
            raise DataError(f"{path}: the raw file is missing; expected {SOURCES[source].title}.")
        return path

    def also(self, source: str, name: str) -> Path:
        """Return the path of a further file of a source by its name."""
        (found,) = (self.folder / path for path in SOURCES[source].also if Path(path).name == name)
        if not found.is_file():
            raise DataError(f"{found}: the raw file is missing; it belongs to {SOURCES[source].title}.")
        return found

    def hashes(self) -> dict[str, str]:
        """Return the SHA-256 of every raw file: of the main one by the source's name, of others by `name/file`."""
        out = {name: sha256(self.path(name).read_bytes()) for name in SOURCES}
        for name, source in SOURCES.items():
            for path in source.also:
                out[f"{name}/{Path(path).name}"] = sha256(self.also(name, Path(path).name).read_bytes())
        return out


@dataclass(frozen=True)
class Derived:
    """What ingest derives."""

    tables: dict[str, pd.DataFrame]
    """One frame per table, checked against its schema and sorted."""
    shapes: dict[str, dict]
    """GeoJSON by level."""
    unknown_actors: pd.DataFrame
    """`actor`, `events`: names counted under "other" because no pattern fits."""
    reach: dict[str, reach.Reach]
    """How far each monthly table goes."""


def derive(raw: RawFiles) -> Derived:
    """Derive every table from the raw files; refused where one is missing or unreadable, or a table breaks its schema."""
    aggregate = hdx.read_aggregate(raw.path("hdx"))
    cercles = boundaries.read_cercles(raw.path("boundaries"), raw.path("population"))
    older = acled.read_events(raw.path("acled_older"), *ACLED_MONTHS["acled_older"])
    newer = acled.read_events(raw.path("acled_newer"), *ACLED_MONTHS["acled_newer"])
    merged = pd.concat([boundaries.move_to_menaka(older, cercles), newer], ignore_index=True)
    events, unknown = acled.attribute(merged)
    totals = hdx.totals_table(aggregate)
    actors = acled.actors_table(events)
    tables = {
        "totals": totals,
        "cercle_halves": hdx.cercle_halves_table(aggregate),
        "cercle_months": hdx.cercle_months_table(aggregate),
        "actors": actors,
        "footprint": acled.footprint_table(events),
        "areas": areas_table(events),
        "differences": differences_table(actors, totals),
        "vintages": vintages_table(acled.read_events(raw.path("acled_older"), *VINTAGE_MONTHS), events),
        "ucdp_years": ucdp.years_table(raw.path("ucdp_years")),
        "ucdp_months": ucdp.months_table(raw.path("ucdp_months"), raw.path("ucdp_candidate")),
        "ucdp_dyads": ucdp.dyads_table(raw.path("ucdp_years"), raw.path("ucdp_candidate")),
        "regions": boundaries.regions_table(cercles),
        "cercles": boundaries.cercles_table(cercles),
        "places": boundaries.places_table(raw.path("places"), cercles),
        "schools": schools.schools_table(raw.path("schools"), cercles),
        "peacekeepers": missions.peacekeepers_table(raw.path("peacekeepers")),
        "un_bases": missions.bases_table(raw.path("geopko"), cercles),
        "forecasts": _forecasts(raw),
    }
    tables |= _ucdp_recent(raw)
    weeks = weekly.read(raw.path("acled_weekly"))
    tables["methods"] = weekly.methods_table(weeks.frame)
    far = reaches(tables) | {"methods": reach.Reach(weeks.complete_to, SOURCES["acled_weekly"].taken)}
    months = {name: reach.cut(tables[name], far[name]) for name in ("actors", "totals")}
    tables["method_differences"] = method_differences_table(
        tables["methods"], months["actors"], months["totals"], weeks.complete_to
    )
    return Derived(
        tables={name: checked(name, frame) for name, frame in tables.items()},
        shapes={f"{level}s": boundaries.shapes(cercles, level) for level in ("region", "cercle")}
        | {"taoudenit": boundaries.taoudenit(raw.path("communes"))},
        unknown_actors=unknown,
        reach=far,
    )


def reaches(tables: dict[str, pd.DataFrame]) -> dict[str, reach.Reach]:
    """Return how far the monthly tables go, by the newest of their sources (see `helpers.reach`)."""
    out = {}
    for name in reach.MONTHLY:
        if name in tables:
            taken = max(SOURCES[source].taken for source in TABLE_SOURCES[name])
            frame = tables[name]
            last = reach.whole_to(str(frame["month"].max()), taken)
            out[name] = reach.Reach(last, taken, reach.first_provisional(frame))
    return out


def _ucdp_recent(raw: RawFiles) -> dict[str, pd.DataFrame]:
    meta = raw.also("ucdp_recent", "meta.yaml")
    names = (raw.also("ucdp_recent", f"{name}.yaml") for name in ("dyads", "nonstate"))
    return {
        "ucdp_types": ucdp_recent.types_table(raw.path("ucdp_recent"), meta),
        "ucdp_dyad_months": ucdp_recent.dyads_table(raw.also("ucdp_recent", "dyad-month.csv"), *names),
    }


def _forecasts(raw: RawFiles) -> pd.DataFrame:
    views = [raw.path("views"), *(raw.also("views", Path(path).name) for path in SOURCES["views"].also)]
    months = [path for path in views if "_cy_" not in path.name]
    years = [path for path in views if "_cy_" in path.name]
    six = raw.also("pace", "pace_live_mali_6month_vs_ucdp.csv")
    return forecasts.table(months, years, six, raw.path("pace"))


def areas_table(events: pd.DataFrame) -> pd.DataFrame:
    """Return the area touched per half-year under every definition of `definitions`.

    `events`: as `acled.attribute` returns it. Returns `half`, `basis`, `method`, `size`, `locations`, `area_km2`
    (rounded to 1 km²).
    """
    mi = events[acled.is_mi(events)]
    civilian = mi["event_type"].eq(d.VAC) & mi["side1"].isin(d.MILITANT_ISLAMIST)
    parts = []
    for basis, chosen in (("mi", mi), ("mi-civilian", mi[civilian])):
        for half, points in chosen.groupby(half_of(chosen["month"])):
            areas = footprint_areas(points, d.FOOTPRINT_CELLS, d.FOOTPRINT_BUFFERS_KM)
            locations = len(points[["latitude", "longitude"]].drop_duplicates())
            parts.append(areas.assign(half=half, basis=basis, locations=locations))
    out = pd.concat(parts, ignore_index=True)
    out["area_km2"] = out["area_km2"].round(0)
    return out[["half", "basis", "method", "size", "locations", "area_km2"]]


def vintages_table(older: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Count the same months (`VINTAGE_MONTHS`) in the export of August 2020 and in today's events: `_then` and `_now`.

    The last months of that export were fresh when it was made, as 2022 and 2023 were when the reports were
    written: how they moved since is the measure of what a later vintage changes.
    """
    columns = {}
    fresh, _ = acled.attribute(older)
    for when, rows in (("then", fresh), ("now", events[events["month"].between(*VINTAGE_MONTHS)])):
        mi = rows[acled.is_mi(rows)]
        civilian = mi[mi["event_type"].eq(d.VAC) & mi["side1"].isin(d.MILITANT_ISLAMIST)]
        columns[f"events_{when}"] = rows.groupby("month").size()
        columns[f"fatalities_{when}"] = rows.groupby("month")["fatalities"].sum()
        columns[f"mi_events_{when}"] = mi.groupby("month").size()
        columns[f"mi_civilian_events_{when}"] = civilian.groupby("month").size()
    order = [
        f"{what}_{when}"
        for what in ("events", "fatalities", "mi_events", "mi_civilian_events")
        for when in ("then", "now")
    ]
    return pd.DataFrame(columns)[order].fillna(0).astype(int).rename_axis("month").reset_index()


def to_csv(frame: pd.DataFrame) -> bytes:
    """Write a table as CSV: UTF-8, LF, no index, no formula; the same frame always gives the same bytes."""
    return inert.to_csv(frame).encode()


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def to_json(value: dict, indent: int | None = 2) -> bytes:
    """Write JSON with sorted keys, so that the same value always gives the same bytes."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(value, indent=indent, sort_keys=True, ensure_ascii=False, separators=separators)
    return (text + "\n").encode()


def write_tables(derived: Derived, raw: RawFiles, out: Path, compiled_from: Path) -> list[Path]:
    """Write the derived tables, the compiled ones and `datapackage.json`, with the hashes of the raw files, into a folder.

    The folder appears or changes in one step (see `place`). Hand-compiled tables are taken over from `compiled_from`
    where `out` has none. Returns the files written.
    """
    content: dict[str, bytes] = {f"{name}.csv": to_csv(frame) for name, frame in derived.tables.items()}
    content |= {f"{level}.geojson": to_json(shape, indent=None) for level, shape in derived.shapes.items()}
    for name in (*COMPILED, *KEPT):
        file = f"{name}.csv"
        there = out / file if (out / file).is_file() else compiled_from / file
        if there.is_file():
            content[file] = there.read_bytes()
    content["datapackage.json"] = to_json(data_package(content, raw.hashes(), derived.reach))
    return place(content, out, made(out))


def seal(folder: Path) -> list[Path]:
    """Check the hand-compiled tables of a folder, sort them and renew their hashes in `datapackage.json`.

    `folder`: folder of tables with a data package. Returns the files written.
    """
    return place(resealed(folder), folder)


def resealed(folder: Path, changed: dict[str, pd.DataFrame] | None = None) -> dict[str, bytes]:
    """Return the files of a folder with the hashes of hand-compiled and kept tables renewed.

    `folder`: folder of tables with a data package. `changed`: tables that take the place of what lies there.
    """
    descriptor = folder / "datapackage.json"
    package = described(descriptor)
    content = {}
    for resource in package["resources"]:
        content[resource["path"]] = (folder / resource["path"]).read_bytes()
    tables = {name: folder / f"{name}.csv" for name in (*COMPILED, *KEPT)}
    frames = {name: read_table(path, name) for name, path in tables.items() if path.is_file()} | (changed or {})
    for name, frame in frames.items():
        content[f"{name}.csv"] = to_csv(checked(name, frame))
    if "standing" in frames:
        # A forecast that was changed after it was made gets no hash.
        chain.hold(frames["standing"], "standing")
    if "limits" in package:
        # A user's own folder: what its data package says of sources and limits stands nowhere else.
        for resource in package["resources"]:
            sealed = content[resource["path"]]
            if resource["name"].replace("-", "_") in COMPILED:
                resource |= {"hash": f"sha256:{sha256(sealed)}", "bytes": len(sealed)}
    else:
        package = data_package(content, *recorded(package))
    return content | {"datapackage.json": to_json(package)}


def recorded(package: dict) -> tuple[dict[str, str], dict[str, reach.Reach]]:
    """Return the hashes of raw files and the reach of tables that a data package states."""
    hashes = {source["name"]: source["sha256"] for source in package["sources"]}
    for source in package["sources"]:
        hashes |= {f"{source['name']}/{other['file']}": other["sha256"] for other in source.get("also", [])}
    far = {resource["name"].replace("-", "_"): reach.of(resource) for resource in package["resources"]}
    return hashes, {name: found for name, found in far.items() if found}


def data_package(content: dict[str, bytes], raw_hashes: dict[str, str], far: dict[str, reach.Reach]) -> dict:
    """Describe the files as a Frictionless data package (version 1 profile `tabular-data-package`).

    Parameters
    ----------
    content : dict of str to bytes
        File name to content.
    raw_hashes : dict of str to str
        SHA-256 of each raw file, as `RawFiles.hashes` names them.
    far : dict of str to Reach
        How far each monthly table goes.

    Returns
    -------
    dict
        Descriptor. `sources` at package level carry version, licence, citation, route and the hash of the raw
        file; each resource names those it was derived from. A monthly table's `complete_to` is its last complete
        month, `taken` the day its source was taken, `provisional_from` its first provisional month.
    """
    resources = []
    for name, schema in SCHEMAS.items():
        file = f"{name}.csv"
        if file in content:
            resources.append(_table_resource(name, schema, content[file]) | _stated(far.get(name)))
    for level in SHAPES:
        file = f"{level}.geojson"
        if file in content:
            resources.append(_shape_resource(level, content[file]))
    return {
        "name": "mali-executable-report",
        "title": "Tables of figures behind Mali: an executable report",
        "profile": "data-package",
        "licenses": [
            {"name": "see-sources", "title": "Each source keeps its own terms: see sources and data/LICENSE.md"}
        ],
        "sources": [
            {
                "name": name,
                "label": source.label,
                "terms": source.terms,
                "title": source.title,
                "version": source.version,
                "licence": source.licence,
                "citation": source.citation,
                "route": source.route,
                "file": Path(source.path).name,
                "sha256": raw_hashes[name],
            }
            | _further(name, source, raw_hashes)
            for name, source in SOURCES.items()
            if name in raw_hashes
        ],
        "resources": resources,
    }


_SHAPE_TITLES = {"taoudenit": "Approximate shape of Taoudenit: the commune of Salam, from which the region was made"}


def _shape_resource(level: str, content: bytes) -> dict:
    return {
        "name": f"{level}-shapes",
        "title": _SHAPE_TITLES.get(level, f"Simplified shapes of the {level}"),
        "path": f"{level}.geojson",
        "format": "geojson",
        "mediatype": "application/geo+json",
        "hash": f"sha256:{sha256(content)}",
        "bytes": len(content),
        "derived_from": list(SHAPE_SOURCES[level]),
    }


def _stated(far: reach.Reach | None) -> dict[str, str]:
    return {key: value for key, value in vars(far).items() if value} if far else {}


def _further(name: str, source: Source, hashes: dict[str, str]) -> dict:
    files = [Path(path).name for path in source.also]
    out: dict = {"also": [{"file": file, "sha256": hashes[f"{name}/{file}"]} for file in files]} if files else {}
    return out | ({"taken": source.taken} if source.taken else {})


_FRICTIONLESS = {"str": "string", "int64": "integer", "Int64": "integer", "float64": "number"}


def _table_resource(name: str, schema, content: bytes) -> dict:
    return {
        "name": name.replace("_", "-"),
        "title": schema.title,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "hash": f"sha256:{sha256(content)}",
        "bytes": len(content),
        "derived_from": list(TABLE_SOURCES.get(name, ())) or ["compiled by hand; each row names its source"],
        "schema": {
            "fields": [
                {"name": column, "type": _FRICTIONLESS[dtype_name(spec)], "description": spec.description}
                for column, spec in schema.columns.items()
            ],
            "primaryKey": list(schema.unique),
            "missingValues": [""],
        },
    }

"""All tables of the project from the raw files, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers import definitions as d
from helpers import inert
from helpers.data import foreign_package
from helpers.errors import DataError
from helpers.geodesy import footprint_areas
from helpers.ingest import acled, boundaries, hdx, ucdp
from helpers.ingest.place import place
from helpers.schemas import COMPILED, SCHEMAS, dtype_name
from helpers.tabular import OLDER_TO, checked, differences_table, read_table
from helpers.windows import half_of

# The event files' own months. The newer one ends within March 2025, so February is its last whole month.
ACLED_MONTHS = {"acled_older": ("2012-01", OLDER_TO), "acled_newer": ("2017-01", "2025-02")}

# Months that both event files hold: what the older export said of them, fresh, against what is said today.
VINTAGE_MONTHS = ("2017-01", "2020-07")


@dataclass(frozen=True)
class Source:
    """A raw file and what must be said of it.

    Attributes
    ----------
    path : str
        Path under the raw folder.
    label, terms : str
        Name with version, and terms, as short as a source line under a figure needs them.
    title, version, licence, citation, route : str
        What readers are told: who made it, which release, under which terms, how to cite it and by which way it
        came to the project.
    """

    path: str
    label: str
    terms: str
    title: str
    version: str
    licence: str
    citation: str
    route: str


_ACLED_TERMS = "ACLED Terms of Use: attribution, non-commercial; only aggregates of our own analysis are shared"
_ACLED_CITATION = (
    "ACLED, acleddata.com; Raleigh, C., Kishi, R. and Linke, A. (2023). Political instability patterns are "
    "obscured by conflict dataset scope conditions, sources, and coding choices. "
    "Humanities and Social Sciences Communications 10."
)
_UCDP_CITATION = (
    "Davies, S., Pettersson, T., Sollenberg, M. and Oberg, M. (2025). Organized violence 1989-2024. "
    "Journal of Peace Research; Sundberg, R. and Melander, E. (2013). Introducing the UCDP Georeferenced "
    "Event Dataset. Journal of Peace Research 50(4)."
)

SOURCES: dict[str, Source] = {
    "hdx": Source(
        "hdx/acled_mali_hdx_political_violence_admin2_month_1997-2026-04.xlsx",
        "ACLED through HDX, April 2026",
        "ACLED terms, non-commercial",
        "ACLED political violence in Mali by cercle and month, through the Humanitarian Data Exchange",
        "as of April 2026",
        _ACLED_TERMS,
        _ACLED_CITATION,
        "HDX dataset acled-data-for-mali; copy from the public repository MegPhapha/EduDisruption-Index",
    ),
    "acled_newer": Source(
        "acled/acled_mali_events_2017-01_2025-03.csv",
        "ACLED event exports of mid-2021 and spring 2025",
        "ACLED terms, non-commercial",
        "ACLED political-violence events in Mali, January 2017 to March 2025",
        "2017-2020: export of mid-2021; 2021-2025: vintage of spring 2025",
        _ACLED_TERMS,
        _ACLED_CITATION,
        "copies from the public repositories ValenGe/UZH_Seminar_UN_PKO and Huzair43/sahel-security-analysis",
    ),
    "acled_older": Source(
        "acled/acled_mali_events_1997-01_2020-07.csv",
        "ACLED event export of August 2020",
        "ACLED terms, non-commercial",
        "ACLED events in Mali, January 1997 to July 2020",
        "HDX export of August 2020",
        _ACLED_TERMS,
        _ACLED_CITATION,
        "copy from the public repository alegalli/conflictSahel",
    ),
    "ucdp_years": Source(
        "ucdp/organizedviolencecy_v25_1.csv",
        "UCDP Country-Year 25.1",
        "CC BY 4.0",
        "UCDP Country-Year Dataset on Organized Violence within Country Borders",
        "25.1",
        "CC BY 4.0",
        _UCDP_CITATION,
        "copy from the public repository Mixzpai/UCDP_Dashboard",
    ),
    "ucdp_months": Source(
        "ucdp/ucdp_panel_country_month_v25_1.csv",
        "UCDP GED 25.1 by month",
        "CC BY 4.0",
        "Country-month totals made from UCDP GED",
        "GED 25.1",
        "CC BY 4.0",
        _UCDP_CITATION,
        "copy from the public repository Ahmed-Ansari02/COMP0197_CW2",
    ),
    "ucdp_candidate": Source(
        "ucdp/ged_2025_trimmed_candidate_v25_01_25_12.csv",
        "UCDP Candidate Events of 2025",
        "CC BY 4.0",
        "UCDP Candidate Events of 2025",
        "25.01.25.12 (inferred from the file's name)",
        "CC BY 4.0",
        _UCDP_CITATION,
        "copy from the public repository stvbao/AtrocityViz",
    ),
    "boundaries": Source(
        "geo/geoboundaries_mli_adm2_simplified.geojson",
        "geoBoundaries, December 2023",
        "CC BY 4.0",
        "geoBoundaries gbOpen, Mali ADM2, simplified",
        "release of 12 December 2023",
        "CC BY 4.0",
        "Runfola, D. et al. (2020). geoBoundaries: A global database of political administrative boundaries. "
        "PLOS ONE 15(4): e0231866.",
        "copy from the public repository TheManInPink/Session-Ete-2026",
    ),
    "population": Source(
        "population/mali_population_admin2_2020.csv",
        "OCHA COD-PS population, labelled 2020",
        "CC BY",
        "OCHA Common Operational Dataset: population of Mali by cercle",
        "labelled 2020",
        "CC BY",
        "OCHA, Mali - Subnational Population Statistics (COD-PS).",
        "copy from the public repository MegPhapha/EduDisruption-Index",
    ),
    "places": Source(
        "geo/natural_earth_10m_populated_places_mali.csv",
        "Natural Earth",
        "public domain",
        "Natural Earth 1:10m populated places",
        "10m",
        "public domain",
        "Made with Natural Earth.",
        "copy from the public repository martynafford/natural-earth-geojson",
    ),
}

TABLE_SOURCES: dict[str, tuple[str, ...]] = {
    "totals": ("hdx",),
    "cercle_halves": ("hdx",),
    "actors": ("acled_older", "acled_newer"),
    "footprint": ("acled_older", "acled_newer"),
    "areas": ("acled_older", "acled_newer"),
    "differences": ("acled_older", "acled_newer", "hdx"),
    "vintages": ("acled_older", "acled_newer"),
    "ucdp_years": ("ucdp_years",),
    "ucdp_months": ("ucdp_months", "ucdp_candidate"),
    "ucdp_dyads": ("ucdp_years", "ucdp_candidate"),
    "regions": ("boundaries", "population"),
    "cercles": ("boundaries", "population"),
    "places": ("places", "boundaries"),
}

SHAPE_SOURCES = ("boundaries",)


@dataclass(frozen=True)
class RawFiles:
    """The folder of raw files and their names in it.

    Parameters
    ----------
    folder : Path
        Folder laid out as `SOURCES` says.
    """

    folder: Path

    def path(self, source: str) -> Path:
        """Return the path of a raw file, or say in one sentence that it is missing."""
        path = self.folder / SOURCES[source].path
        if not path.is_file():
            raise DataError(f"{path}: the raw file is missing; expected {SOURCES[source].title}.")
        return path


@dataclass(frozen=True)
class Derived:
    """What ingest derives.

    Attributes
    ----------
    tables : dict of str to DataFrame
        One frame per table, checked against its schema and sorted.
    shapes : dict of str to dict
        GeoJSON by level.
    unknown_actors : DataFrame
        `actor`, `events`: names counted under "other" because no pattern fits.
    """

    tables: dict[str, pd.DataFrame]
    shapes: dict[str, dict]
    unknown_actors: pd.DataFrame


def derive(raw: RawFiles) -> Derived:
    """Derive every table from the raw files.

    Parameters
    ----------
    raw : RawFiles
        Where the raw files lie.

    Returns
    -------
    Derived

    Raises
    ------
    DataError
        A raw file is missing or unreadable, or a derived table breaks its schema.
    """
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
    }
    return Derived(
        tables={name: checked(name, frame) for name, frame in tables.items()},
        shapes={f"{level}s": boundaries.shapes(cercles, level) for level in ("region", "cercle")},
        unknown_actors=unknown,
    )


def areas_table(events: pd.DataFrame) -> pd.DataFrame:
    """Return the area touched per half-year under every definition of `definitions`.

    Parameters
    ----------
    events : DataFrame
        As `acled.attribute` returns it.

    Returns
    -------
    DataFrame
        `half`, `basis`, `method`, `size`, `locations`, `area_km2` (rounded to 1 km²).
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
    """Count the same months in the export of August 2020 and in today's events.

    The last months of that export were fresh when it was made, as 2022 and 2023 were when the reports were
    written: how they moved since is the measure of what a later vintage changes.

    Parameters
    ----------
    older : DataFrame
        As `acled.read_events` returns it, for `VINTAGE_MONTHS`.
    events : DataFrame
        As `acled.attribute` returns it.

    Returns
    -------
    DataFrame
        `month` and, each `_then` and `_now`: `events`, `fatalities`, `mi_events`, `mi_civilian_events`.
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
    """Write the derived tables, the compiled ones and `datapackage.json` into a folder.

    The folder appears or changes in one step (see `place`).

    Parameters
    ----------
    derived : Derived
        What `derive` returned.
    raw : RawFiles
        Where it was derived from; the hashes of these files go into the data package.
    out : Path
        Target folder.
    compiled_from : Path
        Folder whose hand-compiled tables are taken over where `out` has none.

    Returns
    -------
    list of Path
        Files written.
    """
    content: dict[str, bytes] = {f"{name}.csv": to_csv(frame) for name, frame in derived.tables.items()}
    content |= {f"{level}.geojson": to_json(shape, indent=None) for level, shape in derived.shapes.items()}
    for name in COMPILED:
        file = f"{name}.csv"
        there = out / file if (out / file).is_file() else compiled_from / file
        if there.is_file():
            content[file] = there.read_bytes()
    hashes = {name: sha256(raw.path(name).read_bytes()) for name in SOURCES}
    content["datapackage.json"] = to_json(data_package(content, hashes))
    return place(content, out)


def seal(folder: Path) -> list[Path]:
    """Check the hand-compiled tables of a folder, sort them and renew their hashes in `datapackage.json`.

    Parameters
    ----------
    folder : Path
        Folder of tables with a data package.

    Returns
    -------
    list of Path
        Files written.
    """
    descriptor = folder / "datapackage.json"
    package = foreign_package(json.loads(descriptor.read_text(encoding="utf-8")), descriptor)
    hashes = {s["name"]: s["sha256"] for s in package["sources"]}
    content = {}
    for resource in package["resources"]:
        content[resource["path"]] = (folder / resource["path"]).read_bytes()
    for name in COMPILED:
        path = folder / f"{name}.csv"
        if path.is_file():
            content[path.name] = to_csv(checked(name, read_table(path, name)))
    content["datapackage.json"] = to_json(data_package(content, hashes))
    return place(content, folder)


def data_package(content: dict[str, bytes], raw_hashes: dict[str, str]) -> dict:
    """Describe the files as a Frictionless data package (version 1 profile `tabular-data-package`).

    Parameters
    ----------
    content : dict of str to bytes
        File name to content.
    raw_hashes : dict of str to str
        SHA-256 of each raw source.

    Returns
    -------
    dict
        Descriptor. `sources` at package level carry version, licence, citation, route and the hash of the raw
        file; each resource names those it was derived from.
    """
    resources = []
    for name, schema in SCHEMAS.items():
        file = f"{name}.csv"
        if file in content:
            resources.append(_table_resource(name, schema, content[file]))
    for level in ("regions", "cercles"):
        file = f"{level}.geojson"
        if file in content:
            resources.append(
                {
                    "name": f"{level}-shapes",
                    "title": f"Simplified shapes of the {level}",
                    "path": file,
                    "format": "geojson",
                    "mediatype": "application/geo+json",
                    "hash": f"sha256:{sha256(content[file])}",
                    "bytes": len(content[file]),
                    "derived_from": list(SHAPE_SOURCES),
                }
            )
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
            for name, source in SOURCES.items()
            if name in raw_hashes
        ],
        "resources": resources,
    }


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

"""Boundaries, areas, population and place names."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pandas as pd
import pyproj
import shapely

from helpers import definitions as d
from helpers.errors import DataError
from helpers.tabular import OLDER_TO

# The boundary file's spelling against the one of ACLED's aggregate, which the tables use.
CERCLE_SPELLINGS = {"Baroueli": "Baraoueli"}

# Tolerance (degrees) of the simplification of the shipped shapes: about 1.5 km, below what a page shows.
SIMPLIFY_DEGREES = 0.015


def _plain(name: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return CERCLE_SPELLINGS.get(ascii_name, ascii_name)


def read_cercles(boundaries: Path, population: Path) -> pd.DataFrame:
    """Read the cercles with their shapes, areas and population.

    `boundaries`: geoBoundaries ADM2, GeoJSON. `population`: COD-PS population by cercle, CSV. Returns `cercle`,
    `region`, `zone`, `area_km2` (ellipsoidal, WGS 84), `population` (persons, sexes together), `geometry` (shapely).
    Menaka, a cercle of Gao until 2016, stands as its own region.
    """
    features = json.loads(boundaries.read_text(encoding="utf-8"))["features"]
    shapes = {_plain(f["properties"]["shapeName"]): shapely.geometry.shape(f["geometry"]) for f in features}
    people = pd.read_csv(population, encoding="utf-8-sig")
    people["cercle"] = people["admin2Name_fr"].map(_plain)
    region = people["admin1Name_fr"].map(_plain).mask(people["cercle"].eq("Menaka"), "Menaka")
    if set(people["cercle"]) != set(shapes):
        odd = sorted(set(people["cercle"]) ^ set(shapes))
        raise DataError(f"{population.name}: cercle {odd[0]!r} stands in only one of it and {boundaries.name}.")
    geod = pyproj.Geod(ellps="WGS84")
    geometry = [shapely.make_valid(shapes[name]) for name in people["cercle"]]
    return pd.DataFrame(
        {
            "cercle": people["cercle"],
            "region": region,
            "zone": region.map(d.ZONE_OF),
            "area_km2": [abs(geod.geometry_area_perimeter(shape)[0]) / 1e6 for shape in geometry],
            "population": people["T_TL"].astype(int),
            "geometry": geometry,
        }
    ).sort_values(["region", "cercle"], ignore_index=True)


def move_to_menaka(events: pd.DataFrame, cercles: pd.DataFrame) -> pd.DataFrame:
    """Put events of Gao that lie in today's Menaka into Menaka.

    Meant for exports coded before Menaka became a region (2016): there every event of Menaka stands in Gao.
    Newer exports are left as their coders placed them, because along the border coordinates and coders disagree
    (decision record 2).

    `events`: with `region`, `latitude`, `longitude`. `cercles`: as `read_cercles` returns it.
    """
    menaka = cercles.loc[cercles["region"].eq("Menaka"), "geometry"].iloc[0]
    inside = shapely.contains_xy(menaka, events["longitude"], events["latitude"])
    return events.assign(region=events["region"].mask(events["region"].eq("Gao") & inside, "Menaka"))


def in_menaka(frame: pd.DataFrame, shapes: dict[str, Any]) -> pd.DataFrame:
    """Put events of Gao that lie in today's Menaka into it where the files are older than the region.

    Before 2017 all are moved, as the project does (decision record 2); later ones where no event was coded as Menaka
    yet: in ACLED's export of July 2020 the first is of January 2020.

    `frame`: as `events.read` gives it. `shapes`: the project's regions, as GeoJSON.
    """
    coded = frame.loc[frame["region"].eq("Menaka"), "date"].min()
    newer = pd.Timestamp(f"{OLDER_TO}-01") + pd.DateOffset(months=1)
    # Without any the files may lack the region by a filter: that is for `completeness` to say.
    early = frame["date"] < (newer if pd.isna(coded) else max(newer, coded.to_period("M").to_timestamp()))
    gao = early & frame["region"].eq("Gao")
    if not gao.any():
        return frame
    menaka = next(f["geometry"] for f in shapes["features"] if f["properties"]["region"] == "Menaka")
    inside = gao & shapely.contains_xy(shapely.geometry.shape(menaka), frame["longitude"], frame["latitude"])
    return frame.assign(region=frame["region"].mask(inside, "Menaka"))


def cercles_table(cercles: pd.DataFrame) -> pd.DataFrame:
    """Return the cercles without shapes, areas rounded to 0.1 km²."""
    return cercles.drop(columns="geometry").assign(area_km2=cercles["area_km2"].round(1))


def regions_table(cercles: pd.DataFrame) -> pd.DataFrame:
    """Sum the cercles to regions (`region`, `zone`, `area_km2`, `population`)."""
    sums = cercles.groupby(["region", "zone"], as_index=False)[["area_km2", "population"]].sum()
    return sums.assign(area_km2=sums["area_km2"].round(1))


def shapes(cercles: pd.DataFrame, level: str) -> dict:
    """Return simplified shapes as GeoJSON.

    Neighbours stay gapless: the coverage is simplified as a whole.

    Parameters
    ----------
    cercles : DataFrame
        As `read_cercles` returns it.
    level : {"cercle", "region"}
        What a feature stands for.

    Returns
    -------
    dict
        FeatureCollection; properties `cercle`, `region`, `zone`. Rings run clockwise, as d3-geo and so
        Vega-Lite read them (the opposite of RFC 7946).
    """
    simple = shapely.coverage_simplify(cercles["geometry"].to_numpy(), SIMPLIFY_DEGREES)
    frame = cercles.assign(geometry=simple)
    if level == "region":
        frame = frame.groupby(["region", "zone"], as_index=False)["geometry"].agg(lambda g: shapely.union_all(list(g)))
    columns = [column for column in ("cercle", "region", "zone") if column in frame]
    features = []
    for row in frame.to_dict("records"):
        shape = shapely.orient_polygons(_polygons(row["geometry"]), exterior_cw=True)
        geometry = json.loads(shapely.to_geojson(shapely.set_precision(shape, 0.001, mode="pointwise")))
        features.append(
            {
                "type": "Feature",
                "properties": {column: row[column] for column in columns},
                "geometry": geometry,
            }
        )
    return {"type": "FeatureCollection", "features": features}


def taoudenit(communes: Path) -> dict:
    """Return an approximate shape of the region of Taoudenit as GeoJSON.

    The region was made from the commune of Salam and some land around it. Its shape serves maps only: no area, share
    or count rests on it, and in the tables Taoudenit lies within Tombouctou.

    `communes`: GeoJSON with a feature called Taoudenit.
    """
    features = json.loads(communes.read_text(encoding="utf-8"))["features"]
    found = [f for f in features if f["properties"]["name"].startswith("Taoud")]
    if not found:
        raise DataError(f"{communes.name}: no feature called Taoudenit.")
    shape = shapely.make_valid(shapely.geometry.shape(found[0]["geometry"]))
    shape = shapely.orient_polygons(_polygons(shapely.simplify(shape, SIMPLIFY_DEGREES)), exterior_cw=True)
    geometry = json.loads(shapely.to_geojson(shapely.set_precision(shape, 0.001, mode="pointwise")))
    properties = {"name": "Taoudenit", "region": "Tombouctou", "approximate": True, "made_of": "commune of Salam"}
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": properties, "geometry": geometry}],
    }


def _polygons(geometry: shapely.Geometry) -> shapely.Geometry:
    # make_valid can leave lines of no area beside the polygon.
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if len(parts) > 1 else parts[0]


def places_table(populated: Path, cercles: pd.DataFrame) -> pd.DataFrame:
    """Return the places used as labels.

    Returns `place`, `region`, `latitude`, `longitude`, `rank` (Natural Earth's scale rank: lower is larger). The region
    comes from the boundaries, because Natural Earth's are older.
    """
    raw = pd.read_csv(populated)
    tree = shapely.STRtree(cercles["geometry"].to_list())
    nearest = tree.nearest(shapely.points(raw["LONGITUDE"], raw["LATITUDE"]))
    return pd.DataFrame(
        {
            "place": raw["NAME"].replace({"Timbuktu": "Tombouctou"}),
            "region": cercles["region"].to_numpy()[nearest],
            "latitude": raw["LATITUDE"].round(4),
            "longitude": raw["LONGITUDE"].round(4),
            "rank": raw["SCALERANK"],
        }
    ).sort_values(["rank", "place"], ignore_index=True)

"""Distances and areas on the Earth, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers.definitions import EARTH_RADIUS_KM

if TYPE_CHECKING:
    import pyproj


def great_circle_km(latitude, longitude, to_latitude: float, to_longitude: float):
    """Return the great-circle distance by the haversine formula.

    `latitude`, `longitude` (float, array or Series): degrees. `to_latitude`, `to_longitude`: degrees. Returns
    kilometres, on a sphere of the Earth's mean radius (error against the ellipsoid below 0.6 %).

    Notes
    -----
    Sinnott, R. W. (1984), "Virtues of the Haversine", Sky and Telescope 68, p. 159.

    Examples
    --------
    >>> round(float(great_circle_km(0.0, 0.0, 0.0, 90.0)))
    10008
    """
    phi, lam = np.radians(latitude), np.radians(longitude)
    phi0, lam0 = np.radians(to_latitude), np.radians(to_longitude)
    h = np.sin((phi - phi0) / 2) ** 2 + np.cos(phi) * np.cos(phi0) * np.sin((lam - lam0) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(h))


def cell_area_km2(south, size: float):
    """Return the area of latitude-longitude cells.

    `south` (array or Series of float): southern edge of each cell, degrees. `size`: edge of the cell, degrees. Returns
    square kilometres: R² · Δλ · (sin φ₂ - sin φ₁).
    """
    band = np.sin(np.radians(south + size)) - np.sin(np.radians(south))
    return EARTH_RADIUS_KM**2 * np.radians(size) * band


@cache
def _equal_area() -> pyproj.Transformer:
    """Return the projection of all footprints: made once, not for each half-year."""
    import pyproj

    return pyproj.Transformer.from_crs("EPSG:4326", "+proj=laea +lat_0=17 +lon_0=-4 +units=km", always_xy=True)


def footprint_areas(points: pd.DataFrame, cells: tuple[float, ...], buffers: tuple[float, ...]) -> pd.DataFrame:
    """Return the area that a set of points touches, under several definitions.

    Parameters
    ----------
    points : DataFrame
        `latitude`, `longitude` in degrees; repeated points count once.
    cells : tuple of float
        Cell sizes, degrees: the area of all cells that hold a point.
    buffers : tuple of float
        Radii, km: the area of the union of discs around the points (`discs.union_areas`), in a Lambert azimuthal
        equal-area projection centred on Mali.

    Returns
    -------
    DataFrame
        `method` (`cell` or `buffer`), `size` (degrees or km), `area_km2`.
    """
    from helpers.discs import union_areas

    # A place is one complex number: so the distinct ones are found in one step.
    places = np.unique(points["longitude"].to_numpy(float) + 1j * points["latitude"].to_numpy(float))
    rows: list[tuple[str, float, float]] = []
    for size in cells:
        west, south = (np.floor(part / size + 1e-9) * size for part in (places.real, places.imag))
        held = np.unique(west.round(6) + 1j * south.round(6))
        rows.append(("cell", size, float(np.sum(cell_area_km2(held.imag, size)))))
    x, y = _equal_area().transform(places.real, places.imag)
    rows += [("buffer", radius, area) for radius, area in zip(buffers, union_areas(x, y, buffers), strict=True)]
    return pd.DataFrame(rows, columns=["method", "size", "area_km2"])


def cells_within(cells: pd.DataFrame, shapes: dict, size: float) -> pd.DataFrame:
    """Return the cells whose centre lies in one of the shapes.

    `cells`: `south`, `west`: the cell's corner, degrees. `shapes`: GeoJSON feature collection. `size`: edge of the
    cells, degrees.
    """
    import shapely
    from shapely.geometry import shape

    land = shapely.union_all([shape(feature["geometry"]) for feature in shapes["features"]])
    inside = shapely.contains_xy(land, cells["west"] + size / 2, cells["south"] + size / 2)
    return cells[inside].reset_index(drop=True)


def centre_of(feature: Mapping[str, Any]) -> tuple[float, float]:
    """Return latitude and longitude of the middle of an area: the centroid of its largest ring."""
    shape = feature["geometry"]
    parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    best = (0.0, 0.0, 0.0)
    for ring in (part[0] for part in parts):
        turns = [(x1 * y2 - x2 * y1, x1 + x2, y1 + y2) for (x1, y1), (x2, y2) in pairwise(ring)]
        size = sum(turn for turn, _, _ in turns) / 2
        if abs(size) > abs(best[0]):
            x = sum(turn * xs for turn, xs, _ in turns) / (6 * size)
            y = sum(turn * ys for turn, _, ys in turns) / (6 * size)
            best = (size, x, y)
    return round(best[2], 4), round(best[1], 4)

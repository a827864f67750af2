"""Where the events lie: distances, the centre of mass, cercles reached, and the footprint under all definitions.

The tables hold militant Islamist events by half-year and cell of 0.1 degree, so an event stands here at the centre of
its cell: at most 8 km from where it was recorded. `tests/estimates/test_spread.py` holds the medians against the raw events.
Distances and ellipses are measured in a Lambert azimuthal equal-area projection centred on Mali.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers import definitions as d
from helpers.errors import NotInData
from helpers.geodesy import great_circle_km

AXES: dict[str, tuple[str, ...]] = {
    "Bamako – Ségou – San – Mopti – Gao": ("Bamako", "Ségou", "San", "Mopti", "Gao"),
    "Ségou – Markala – Sokolo": ("Ségou", "Markala", "Sokolo"),
    "Bamako – Kita – Kayes": ("Bamako", "Kita", "Bafoulabé", "Kayes"),
    "Bamako – Bougouni – Sikasso – Koutiala – San": ("Bamako", "Bougouni", "Sikasso", "Koutiala", "San"),
    "Kayes – Nioro – Nara": ("Kayes", "Nioro du Sahel", "Nara"),
    "Gao – Bourem – Tombouctou": ("Gao", "Bourem", "Tombouctou", "Goundam"),
}
"""Main axes as straight lines between towns of the `places` table: a stand-in for roads, of which there are no data."""

AXIS_KM = 25
"""Distance within which an event counts as near an axis: the straight lines stray from the roads by as much."""

BORDER_KM = 50
"""Distance within which an event counts as near the border."""

THRESHOLDS = (1, 3, 5, 10)
"""Events in a half-year from which a cercle counts as reached."""

DRAWS = 999
"""Bootstrap draws."""

_PROJECTION = "+proj=laea +lat_0=17 +lon_0=-4 +units=km"


def project(longitude: Any, latitude: Any, *, back: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Return degrees of longitude and latitude in kilometres east and north of Mali's middle, or the way back.

    `longitude`, `latitude`: degrees; kilometres east and north where `back`. `back`: from kilometres to degrees.
    """
    import pyproj

    transformer = pyproj.Transformer.from_crs("EPSG:4326", _PROJECTION, always_xy=True)
    x, y = transformer.transform(longitude, latitude, direction="INVERSE" if back else "FORWARD")
    return np.asarray(x), np.asarray(y)


def _outline(shapes: dict[str, Any]) -> Any:
    """Return the shapes' union, in kilometres."""
    import shapely
    from shapely.geometry import shape

    land = shapely.union_all([shape(feature["geometry"]) for feature in shapes["features"]])
    return shapely.transform(land, lambda points: np.column_stack(project(points[:, 0], points[:, 1])))


def spots(footprint: pd.DataFrame) -> pd.DataFrame:
    """Return the cells with the place of their centre.

    `footprint`: rows of the `footprint` table. Returns the rows with `latitude`, `longitude` (degrees) and `x`, `y`
    (km, projected).
    """
    half = d.CELL_DEGREES / 2
    latitude, longitude = (footprint["south"] + half).round(4), (footprint["west"] + half).round(4)
    x, y = project(longitude.to_numpy(), latitude.to_numpy())
    return footprint.assign(latitude=latitude, longitude=longitude, x=x, y=y)


def to_border(cells: pd.DataFrame, shapes: dict[str, Any]) -> np.ndarray:
    """Return each cell centre's distance to the national outline (km).

    `cells`: as `spots` returns them. `shapes`: GeoJSON of the regions, whose union is the country.
    """
    import shapely

    return shapely.distance(shapely.points(cells["x"], cells["y"]), _outline(shapes).boundary)


def axis_lines(places: pd.DataFrame) -> list[list[tuple[float, float]]]:
    """Return the axes as lines of longitude and latitude; every town of `AXES` must be in the table."""
    known = places.set_index("place")
    lines = []
    for towns in AXES.values():
        missing = [town for town in towns if town not in known.index]
        if missing:
            raise NotInData(f"places.csv names no {missing[0]}, and the main axes run through it.")
        lines.append([(float(known.at[t, "longitude"]), float(known.at[t, "latitude"])) for t in towns])
    return lines


def to_axes(cells: pd.DataFrame, places: pd.DataFrame) -> np.ndarray:
    """Return each cell centre's distance to the nearest main axis (km).

    `cells`: as `spots` returns them.
    """
    import shapely

    lines = [np.column_stack(project(*np.array(line).T)) for line in axis_lines(places)]
    return shapely.distance(shapely.points(cells["x"], cells["y"]), shapely.MultiLineString(lines))


def quantiles(values: Sequence[float], weights: Sequence[int], at: Sequence[float]) -> list[float]:
    """Return quantiles of values that stand for several events each.

    Notes
    -----
    The smallest value at or below which the wanted share of events lies (inverse of the empirical distribution).

    Examples
    --------
    >>> quantiles([10.0, 20.0, 30.0], [1, 1, 2], [0.25, 0.5, 0.9])
    [10.0, 20.0, 30.0]
    """
    order = np.argsort(np.asarray(values), kind="stable")
    ranked = np.asarray(values)[order]
    reached = np.cumsum(np.asarray(weights)[order])
    return [float(ranked[np.searchsorted(reached, q * reached[-1] - 1e-9)]) for q in at]


def distances(footprint: pd.DataFrame) -> pd.DataFrame:
    """Return how far events lie from Bamako, by half-year.

    `footprint`: rows of the `footprint` table. Returns `half`, `events`, `bamako_10`, `bamako_50`, `bamako_90` (km:
    quantiles of the distance to Bamako).
    """
    cells = spots(footprint)
    cells = cells.assign(bamako=great_circle_km(cells["latitude"], cells["longitude"], *d.BAMAKO))
    records = []
    for name, part in cells.groupby("half"):
        weight = part["mi_events"].to_numpy()
        records.append(
            (
                name,
                int(weight.sum()),
                *quantiles(part["bamako"].to_numpy(), weight, (0.1, 0.5, 0.9)),
            )
        )
    return pd.DataFrame(records, columns=["half", "events", "bamako_10", "bamako_50", "bamako_90"])


def land_shares(cercles: dict[str, Any], places: pd.DataFrame, zones: Sequence[str] = ()) -> tuple[float, float]:
    """Return the share of land near the border and near the main axes: what events strewn at random would give.

    `cercles`: GeoJSON of the regions or cercles of the country. `zones`: zones whose land is counted; all where empty.
    The border stays the national one.
    """
    import shapely

    country = _outline(cercles)
    chosen = [f for f in cercles["features"] if not zones or d.ZONE_OF[_region(f)] in zones]
    land = _outline({"features": chosen})
    lines = [np.column_stack(project(*np.array(line).T)) for line in axis_lines(places)]
    edge = shapely.buffer(country.boundary, BORDER_KM, quad_segs=16)
    axis = shapely.buffer(shapely.MultiLineString(lines), AXIS_KM, quad_segs=16)
    return float(land.intersection(edge).area / land.area), float(land.intersection(axis).area / land.area)


def _region(feature: dict[str, Any]) -> str:
    found = feature["properties"]
    return str(found["region"])


# --------------------------------------------------------------------------- centre of mass


@dataclass(frozen=True)
class Centre:
    """The centre of mass of the events of a half-year."""

    half: str
    """Half-year."""
    events: int
    cells: int
    """What it rests on."""
    latitude: float
    longitude: float
    """Degrees."""
    error_km: float
    """Radius (km) that holds 95 percent of the centres of resampled cercles."""
    major_km: float
    minor_km: float
    """Semi-axes of the standard deviational ellipse: one standard deviation along and across the main direction."""
    bearing: float
    """Direction of the main axis, degrees from north to east, 0 to 180."""


def ellipse(x: np.ndarray, y: np.ndarray, weights: np.ndarray) -> tuple[float, float, float]:
    """Return the standard deviational ellipse of weighted points: semi-axes and the bearing of the longer one.

    Notes
    -----
    The semi-axes are the square roots of the eigenvalues of the weighted covariance matrix.
    Lefever, D. W. (1926), American Journal of Sociology 32, pp. 88-94.
    """
    points = np.vstack([x, y])
    covariance = np.cov(points, aweights=weights, ddof=0)
    values, vectors = np.linalg.eigh(covariance)
    east, north = vectors[:, 1]
    return (
        float(np.sqrt(values[1])),
        float(np.sqrt(max(values[0], 0.0))),
        float(np.degrees(np.arctan2(east, north)) % 180),
    )


def centre(part: pd.DataFrame, name: str, draws: int = DRAWS) -> Centre:
    """Return the centre of mass of one half-year's events with its bootstrap error.

    `part`: rows of `spots` of one half-year, with the `cercle` of each. `draws`: bootstrap draws; the seed is the
    half-year's year and number, so every run gives the same.

    Notes
    -----
    Cercles are resampled, each with all of its cells: events of one campaign fill neighbouring cells together, and cells
    drawn one by one would make the centre look surer than it is.
    Davison, A. C. and Hinkley, D. V. (1997), Bootstrap Methods and their Application, Cambridge, section 3.8.
    """
    weight = part["mi_events"].to_numpy(float)
    sums = _by_cercle(part)
    whole = sums.sum(axis=0)
    mx, my = whole[1] / whole[0], whole[2] / whole[0]
    rng = np.random.default_rng(int(name[:4]) * 10 + int(name[5]))
    picked = sums[rng.integers(0, len(sums), (draws, len(sums)))].sum(axis=1)
    away = np.hypot(picked[:, 1] / picked[:, 0] - mx, picked[:, 2] / picked[:, 0] - my)
    longitude, latitude = project(mx, my, back=True)
    major, minor, bearing = ellipse(part["x"].to_numpy(), part["y"].to_numpy(), weight)
    return Centre(
        name,
        int(weight.sum()),
        len(part),
        float(latitude),
        float(longitude),
        float(np.quantile(away, 0.95)),
        major,
        minor,
        bearing,
    )


def _by_cercle(part: pd.DataFrame) -> np.ndarray:
    """Return events and their sums of x and y, a row a cercle."""
    weight = part["mi_events"].to_numpy(float)
    frame = pd.DataFrame({"w": weight, "x": weight * part["x"], "y": weight * part["y"]})
    return frame.groupby(part["cercle"].to_numpy()).sum().to_numpy()


def centres(footprint: pd.DataFrame, shapes: dict[str, Any], draws: int = DRAWS) -> pd.DataFrame:
    """Return the centre of mass of every half-year (fields of `Centre`; `moved_km` from the one before).

    `footprint`: rows of the `footprint` table. `shapes`: GeoJSON of the cercles.
    """
    cells = spots(footprint)
    cells = cells.assign(cercle=cercle_of(cells, shapes))
    frame = pd.DataFrame([vars(centre(part, str(name), draws)) for name, part in cells.groupby("half")])
    x, y = project(frame["longitude"].to_numpy(), frame["latitude"].to_numpy())
    return frame.assign(moved_km=[float("nan"), *np.hypot(np.diff(x), np.diff(y))])


def ring(latitude: float, longitude: float, major: float, minor: float, bearing: float) -> list[list[float]]:
    """Return an ellipse on the map as a closed ring of longitude and latitude, clockwise."""
    x, y = project(longitude, latitude)
    turn = np.linspace(0, 2 * np.pi, 49)
    along, across, angle = major * np.cos(turn), minor * np.sin(turn), np.radians(bearing)
    lon, lat = project(
        x + along * np.sin(angle) + across * np.cos(angle),
        y + along * np.cos(angle) - across * np.sin(angle),
        back=True,
    )
    return [[round(float(a), 3), round(float(b), 3)] for a, b in zip(lon, lat, strict=True)]


# --------------------------------------------------------------------------- cercles


def cercle_of(cells: pd.DataFrame, shapes: dict[str, Any]) -> pd.Series:
    """Return the cercle in which each cell's centre lies, or the nearest one where it lies outside the country.

    `cells`: as `spots` returns them. `shapes`: GeoJSON of the cercles.
    """
    import shapely
    from shapely.geometry import shape

    areas = [shape(feature["geometry"]) for feature in shapes["features"]]
    nearest = shapely.STRtree(areas).nearest(shapely.points(cells["longitude"], cells["latitude"]))
    return pd.Series([str(shapes["features"][i]["properties"]["cercle"]) for i in nearest], index=cells.index)


def in_cercles(footprint: pd.DataFrame, shapes: dict[str, Any]) -> pd.DataFrame:
    """Return militant Islamist events by half-year and cercle, each cell counted where its centre lies.

    `footprint`: rows of the `footprint` table. `shapes`: GeoJSON of the cercles (`cercle`, `region` as properties).
    Returns `half`, `cercle`, `region`, `events`. A cell whose centre lies outside the country goes to the nearest
    cercle.
    """
    regions = {str(x["properties"]["cercle"]): _region(x) for x in shapes["features"]}
    cells = spots(footprint)
    placed = cells.assign(cercle=cercle_of(cells, shapes))
    sums = placed.groupby(["half", "cercle"], as_index=False)["mi_events"].sum().rename(columns={"mi_events": "events"})
    return sums.assign(region=sums["cercle"].map(regions))[["half", "cercle", "region", "events"]]


def affected(all_violence: pd.DataFrame, islamist: pd.DataFrame, halves: Sequence[str]) -> pd.DataFrame:
    """Count the cercles touched by half-year, under several definitions.

    `all_violence`: rows of the `cercle_halves` table. `islamist`: as `in_cercles` returns it. Returns `half`, `basis`
    (`all`: political violence by anyone, `mi`: militant Islamist events), `least` (events from which a cercle counts),
    `cercles`.
    """
    records = []
    for basis, frame in (("all", all_violence), ("mi", islamist)):
        for least in THRESHOLDS:
            counts = frame[frame["events"].ge(least)].groupby("half").size()
            records += [(name, basis, least, int(counts.get(name, 0))) for name in halves]
    return pd.DataFrame(records, columns=["half", "basis", "least", "cercles"])


def reached(islamist: pd.DataFrame, shapes: dict[str, Any], places: pd.DataFrame, zones: Sequence[str]) -> pd.DataFrame:
    """Return when each cercle first had so many militant Islamist events in a half-year, and how far it is from Mopti.

    Parameters
    ----------
    islamist : DataFrame
        As `in_cercles` returns it.
    shapes : dict
        GeoJSON of the cercles.
    zones : sequence of str
        Zones whose cercles are listed.

    Returns
    -------
    DataFrame
        `cercle`, `region`, `zone`, `km` (from Mopti town to the middle of the cercle), and `first_1` … for `THRESHOLDS`
        (half-year, or missing); nearest first.
    """
    from helpers.geodesy import centre_of

    named = places.set_index("place")
    if "Mopti" not in named.index:
        raise NotInData("places.csv names no Mopti, from which distances are measured.")
    mopti = named.loc["Mopti"]
    records = []
    for feature in shapes["features"]:
        name, region = str(feature["properties"]["cercle"]), _region(feature)
        if d.ZONE_OF[region] not in zones:
            continue
        mine = islamist[islamist["cercle"].eq(name)]
        firsts = {
            f"first_{least}": min(mine.loc[mine["events"].ge(least), "half"], default=None) for least in THRESHOLDS
        }
        km = float(great_circle_km(*centre_of(feature), mopti["latitude"], mopti["longitude"]))
        records.append({"cercle": name, "region": region, "zone": d.ZONE_OF[region], "km": km, **firsts})
    return pd.DataFrame(records).sort_values(["km", "cercle"], ignore_index=True)


# --------------------------------------------------------------------------- the footprint under all definitions


def published_areas(areas: pd.DataFrame, now: str, before: str, area: float, area_before: float) -> pd.DataFrame:
    """Hold every definition of the footprint against two published areas.

    `area`, `area_before`: published areas (km²). Returns `basis`, `method`, `size`, `now`, `before` (km²), `ratio`,
    `off_now`, `off_before` (relative error) and `off` (the larger error), nearest first.
    """
    from helpers import measures as m

    parts = [m.area_changes(areas, now, before, basis).assign(basis=basis) for basis in sorted(areas["basis"].unique())]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.assign(off_now=frame["now"] / area - 1, off_before=frame["before"] / area_before - 1)
    frame["off"] = frame[["off_now", "off_before"]].abs().max(axis=1)
    columns = ["basis", "method", "size", "now", "before", "ratio", "off_now", "off_before", "off"]
    return frame[columns].sort_values(["off", "basis", "method", "size"], ignore_index=True)


def growth(areas: pd.DataFrame, base: str) -> pd.DataFrame:
    """Return the area of each half-year over that of a base, under every definition.

    Returns `half`, `low`, `middle`, `high`: the least, median and largest ratio over all definitions.
    """
    chosen = areas[areas["basis"].eq("mi")]
    wide = chosen.pivot(index="half", columns=["method", "size"], values="area_km2")
    if base not in wide.index:
        raise NotInData(f"areas: no half-year {base} to compare with.")
    ratios = wide / wide.loc[base]
    out = pd.DataFrame({"low": ratios.min(axis=1), "middle": ratios.median(axis=1), "high": ratios.max(axis=1)})
    return out.reset_index()

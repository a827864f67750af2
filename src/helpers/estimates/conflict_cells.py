"""The spatial indicator of OECD and the Sahel and West Africa Club: how dense, and how clustered, violence is by cell.

Its published definition: cells of 50 by 50 km; density is events over area, high from `CUTOFF` events per km² on;
concentration is the mean distance of events to their nearest neighbour over that of events strewn at random in the cell,
clustered below one. Four classes follow, for cells of at least two events.

Walther, O. J., Radil, S. M., Russell, D. G. and Trémolières, M. (2023), Introducing the Spatial Conflict Dynamics indicator
of political violence, Terrorism and Political Violence 35, pp. 533-552; the steps are those of the authors' published code,
github.com/oecd-swac/OECD-SCDi, `code/SCDiFunctionClean.R` (commit 3259f5c).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from helpers.errors import NotInData
from helpers.estimates.spread import _outline, spots

SIDE_KM = 50
"""Side of a cell."""

CUTOFF = 0.0017
"""Events per km² from which a cell counts as dense: five in a cell of 2,500 km², four in the authors' own cells, which are
five twelfths of a degree wide and in Mali hold some 2,000 km² as they are projected. There the densest of the sparse has 0.0016
and the sparsest of the dense 0.0020."""

CLASSES = {
    "CH": "Clustered, dense",
    "DH": "Dispersed, dense",
    "CL": "Clustered, sparse",
    "DL": "Dispersed, sparse",
}
"""The four classes, by the letters that the indicator's authors use."""


def nearest_ratio(x: np.ndarray, y: np.ndarray, area: float) -> float:
    """Return the mean distance (km) to the nearest neighbour over that of points strewn at random in an `area` (km²).

    An event is a place, so that places may repeat; fewer than two have no neighbours and are refused.

    Notes
    -----
    R = mean distance ÷ (½ · √(area ÷ n)). Clark, P. J. and Evans, F. C. (1954), Ecology 35, pp. 445-453.

    Examples
    --------
    >>> import numpy as np
    >>> corners = np.array([0.0, 0.0, 10.0, 10.0]), np.array([0.0, 10.0, 0.0, 10.0])
    >>> nearest_ratio(*corners, 400.0)
    2.0
    """
    from scipy.spatial import KDTree

    if len(x) < 2:
        raise NotInData("one event has no neighbour: concentration needs at least two.")
    points = np.column_stack([x, y])
    distance = KDTree(points).query(points, k=2)[0][:, 1]
    return float(distance.mean() / (0.5 * np.sqrt(area / len(points))))


def classify(x: np.ndarray, y: np.ndarray, area: float = SIDE_KM**2) -> tuple[float, float, str]:
    """Return density (events per km²), nearest-neighbour ratio and class of the events of one cell, placed in kilometres.

    The ratio is missing and the class empty for a single event.
    """
    density = len(x) / area
    if len(x) < 2:
        return density, float("nan"), ""
    ratio = nearest_ratio(x, y, area)
    return density, ratio, ("C" if ratio < 1 else "D") + ("H" if density >= CUTOFF else "L")


def cells(footprint: pd.DataFrame, halves: Sequence[str], shapes: dict[str, Any]) -> pd.DataFrame:
    """Return the indicator for every 50 km cell with an event.

    Parameters
    ----------
    footprint : DataFrame
        Rows of the `footprint` table.
    halves : sequence of str
        Half-years whose events are taken together; the indicator's authors take a year.
    shapes : dict
        GeoJSON of the regions: the grid begins at the south-western corner of the country.

    Returns
    -------
    DataFrame
        `column`, `row` (of the grid), `x`, `y` (km, middle of the cell), `events`, `density`, `ratio`, `kind` (key of
        `CLASSES`, empty for a single event).

    Notes
    -----
    The table holds events by cell of 0.1 degree, so those of one such cell have no distance between them. In the authors'
    own cells in Mali this gave the class that the exact places gave in 98 to 99 of 100 cells (2019, 2021 and 2022).
    """
    chosen = spots(footprint[footprint["half"].isin(halves) & footprint["mi_events"].gt(0)])
    west, south, *_ = _outline(shapes).bounds
    chosen = chosen.assign(
        column=np.floor((chosen["x"] - west) / SIDE_KM).astype(int),
        row=np.floor((chosen["y"] - south) / SIDE_KM).astype(int),
    )
    records = []
    for (column, row), part in chosen.groupby(["column", "row"]):
        each = part.loc[part.index.repeat(part["mi_events"])]
        found = classify(each["x"].to_numpy(), each["y"].to_numpy())
        middle = (west + (column + 0.5) * SIDE_KM, south + (row + 0.5) * SIDE_KM)
        records.append((int(column), int(row), *middle, len(each), *found))
    return pd.DataFrame(records, columns=["column", "row", "x", "y", "events", "density", "ratio", "kind"])

"""Spread, once what more events and neighbouring places do by themselves is allowed for.

More events fill more cells without spreading (`rarefied`); a centre drawn by a few districts moves by their luck
(`moved`); and an order of arrival is a front only if no other place explains it as well (`origins`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers.errors import DataError, NotInData
from helpers.estimates.spread import DRAWS, _region, cercle_of, spots
from helpers.geodesy import great_circle_km


@dataclass(frozen=True)
class Order:
    """How far the order in which cercles were reached follows their distance."""

    rho: float
    """Spearman's rank correlation; missing where no cercle or all cercles at once were reached."""
    p: float
    """Its two-sided p-value."""
    cercles: int
    reached: int
    """Cercles ranked, and those reached at all; the others share the last rank."""


def order(table: pd.DataFrame, least: int = 3) -> Order:
    """Return the rank correlation of distance to Mopti and half-year of arrival.

    `table`: as `reached` returns it. `least`: one of `THRESHOLDS`.

    Notes
    -----
    Spearman, C. (1904), American Journal of Psychology 15, pp. 72-101; computed by scipy.
    """
    from scipy import stats

    when = table[f"first_{least}"].fillna("9999H9")
    known = int(when.ne("9999H9").sum())
    if when.nunique() < 2:
        return Order(float("nan"), float("nan"), len(table), known)
    found = stats.spearmanr(table["km"], when.rank())
    return Order(float(found.statistic), float(found.pvalue), len(table), known)


def origins(table: pd.DataFrame, shapes: dict[str, Any], least: int = 3) -> pd.DataFrame:
    """Return how far the order of arrival follows the distance from every cercle of the country.

    Parameters
    ----------
    table : DataFrame
        As `spread.reached` returns it: the cercles whose arrival is ranked.
    shapes : dict
        GeoJSON of all cercles, each of which is tried as the origin.
    least : int
        One of `spread.THRESHOLDS`.

    Returns
    -------
    DataFrame
        `cercle`, `region`, `rho` (Spearman's rank correlation of distance and arrival), the highest first.
    """
    from helpers.geodesy import centre_of

    middles = {str(x["properties"]["cercle"]): centre_of(x) for x in shapes["features"]}
    regions = {str(x["properties"]["cercle"]): _region(x) for x in shapes["features"]}
    places = np.array([middles[name] for name in table["cercle"]])
    records = []
    for name, (latitude, longitude) in middles.items():
        km = great_circle_km(places[:, 0], places[:, 1], latitude, longitude)
        records.append((name, regions[name], order(table.assign(km=km), least).rho))
    frame = pd.DataFrame(records, columns=["cercle", "region", "rho"])
    return frame.sort_values(["rho", "cercle"], ascending=[False, True], ignore_index=True)


def expected_cells(events: np.ndarray, drawn: int) -> float:
    """Return how many cells so many events would touch, drawn without replacement from those of all cells.

    Notes
    -----
    Σ 1 - C(N - n_i, k) / C(N, k). Hurlbert, S. H. (1971), Ecology 52, pp. 577-586.

    Examples
    --------
    >>> import numpy as np
    >>> round(expected_cells(np.array([2, 1, 1]), 2), 4)
    1.8333
    """
    from scipy.special import gammaln

    whole = int(events.sum())
    if drawn > whole:
        raise DataError(f"{drawn} events cannot be drawn from {whole}.")
    left = whole - events
    can = left >= drawn
    logs = gammaln(left[can] + 1) - gammaln(left[can] - drawn + 1) - gammaln(whole + 1) + gammaln(whole - drawn + 1)
    return float(len(events) - np.exp(logs).sum())


def rarefied(footprint: pd.DataFrame, base: str) -> pd.DataFrame:
    """Return how the cells touched grew over those of a base, as counted and at equal numbers of events.

    `footprint`: rows of the `footprint` table. Returns `half`, `events`, `cells`, `counted` (cells over those of the
    base), `equal` (the same for as many events as the half-year with fewer of the two has, drawn at random from the
    other).
    """
    kept = footprint[footprint["mi_events"].gt(0)]
    parts = {str(name): part["mi_events"].to_numpy(int) for name, part in kept.groupby("half")}
    if base not in parts:
        raise NotInData(f"footprint: no half-year {base} to compare with.")
    first = parts[base]
    records = []
    for name, events in parts.items():
        drawn = int(min(events.sum(), first.sum()))
        equal = expected_cells(events, drawn) / expected_cells(first, drawn)
        records.append((name, int(events.sum()), len(events), len(events) / len(first), equal))
    return pd.DataFrame(records, columns=["half", "events", "cells", "counted", "equal"])


@dataclass(frozen=True)
class Move:
    """How far the centre moved between two half-years, and how far it would have by luck."""

    km: float
    """Distance."""
    by_cell: float
    by_cercle: float
    """Share of random exchanges between the half-years, cell by cell or cercle by cercle, that move the centre as
    far."""


def moved(footprint: pd.DataFrame, shapes: dict[str, Any], now: str, before: str) -> Move:
    """Test a move of the centre of mass by exchanging places between two half-years.

    `footprint`: rows of the `footprint` table. `shapes`: GeoJSON of the cercles.

    Notes
    -----
    If nothing moved, the share of events that a cell or a cercle has could as well be that of the other half-year. Each
    draw exchanges the shares of about half of them; the p-value is (1 + as far) / (1 + `DRAWS`). Cells of one cercle fill
    together, so the exchange by cercle is the one to read. Good, P. (2005), Permutation, Parametric and Bootstrap Tests
    of Hypotheses, 3rd edition, Springer.
    """
    cells = spots(footprint[footprint["half"].isin([now, before])])
    cells = cells.assign(cercle=cercle_of(cells, shapes))
    found = {}
    km = float("nan")
    for unit, key in (
        ("cell", cells["x"].round(1).astype(str) + " " + cells["y"].round(1).astype(str)),
        ("cercle", cells["cercle"]),
    ):
        keyed = cells.assign(unit=key)
        shares = {}
        for half in (now, before):
            part = keyed[keyed["half"].eq(half)]
            weight = part["mi_events"] / part["mi_events"].sum()
            sums = pd.DataFrame({"w": weight, "x": weight * part["x"], "y": weight * part["y"]})
            shares[half] = sums.groupby(part["unit"]).sum()
        units = sorted(set(shares[now].index) | set(shares[before].index))
        a, b = (shares[half].reindex(units, fill_value=0.0).to_numpy() for half in (now, before))
        km = float(np.hypot(*(a.sum(axis=0) - b.sum(axis=0))[1:]))
        swap = np.random.default_rng(int(now[:4]) * 10 + int(now[5])).integers(0, 2, (DRAWS, len(units))).astype(float)
        one = swap @ a + (1 - swap) @ b
        other = (1 - swap) @ a + swap @ b
        one, other = one[:, 1:] / one[:, :1], other[:, 1:] / other[:, :1]
        far = np.hypot(*(one - other).T)
        found[unit] = float((1 + (far >= km).sum()) / (1 + DRAWS))
    return Move(km, found["cell"], found["cercle"])

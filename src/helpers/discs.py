"""Areas of unions of equal discs, from the rims that no other disc covers; the union itself is never built.

A disc is the regular polygon of `SIDES` sides that GEOS draws for it (`quad_segs=32`), so that areas equal those of
`shapely.union_all` to a millionth of a square kilometre, at a small part of its time: of some thousand discs nearly
all lie inside the union and need no look beyond their nearest neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.spatial import cKDTree

SIDES = 128
"""Sides of the polygon that stands for a disc."""

_TURN = 2 * np.pi
_STEP = _TURN / SIDES
_BINS = 64
_ALL = np.uint64(2**64 - 1)
_NEAREST = 24


def union_areas(x: np.ndarray, y: np.ndarray, radii: Sequence[float]) -> list[float]:
    """Return the area of the union of discs around some points, for each radius.

    `x`, `y`: centres, in the unit of the radii; repeated ones count once. Returns areas: half the integral of x dy - y
    dx along the rims that no other disc covers (Green's theorem).

    Examples
    --------
    >>> [round(area, 3) for area in union_areas(np.array([0.0, 9.0]), np.array([0.0, 0.0]), [1, 2])]
    [6.281, 25.123]
    """
    places = np.unique(np.column_stack([x, y]), axis=0)
    tree = cKDTree(places)
    reach, near = tree.query(places, k=min(_NEAREST, len(places)))
    close = np.repeat(np.arange(len(places)), reach.size // len(places)), near.ravel(), reach.ravel()
    return [_area(tree, float(radius), *close) for radius in radii]


def _area(tree: cKDTree, radius: float, owner: np.ndarray, other: np.ndarray, reach: np.ndarray) -> float:
    """Return the area for one radius; `owner`, `other`, `reach` are the pairs of nearest neighbours."""
    places = tree.data
    near = (owner != other) & (reach < 2 * radius)
    covered = _sectors(places, radius, owner[near], other[near], reach[near])[1]
    who = np.flatnonzero(covered != _ALL)
    found = cKDTree(places[who]).sparse_distance_matrix(tree, 2 * radius, output_type="ndarray")
    owner, other, reach = who[found["i"]], found["j"], found["v"]
    apart = owner != other
    owner, other, reach = owner[apart], other[apart], reach[apart]
    touched, covered = _sectors(places, radius, owner, other, reach)
    # Sectors that one neighbour covers for certain, whatever the corners; only pairs that reach into what is left are
    # cut exactly.
    cut = (touched & ~covered[owner]) != 0
    way = places[other[cut]] - places[owner[cut]]
    start, end, meet = _cut(reach[cut], np.arctan2(way[:, 1], way[:, 0]), radius)
    bare = who[covered[who] != _ALL]
    disc, sector = np.nonzero((covered[bare, None] >> np.arange(_BINS, dtype=np.uint64)) & np.uint64(1))
    arcs = _unwrapped(owner[cut][meet], start[meet], end[meet])
    whole = bare[disc], sector / _BINS * _TURN, (sector + 1) / _BINS * _TURN
    rims = _gaps(bare, *(np.concatenate([one, two]) for one, two in zip(arcs, whole, strict=True)))
    return _green(places, radius, *rims)


def _sectors(
    places: np.ndarray, radius: float, owner: np.ndarray, other: np.ndarray, reach: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return which of 64 sectors of a rim each pair touches, and which are covered for certain, as bits.

    Touched are those within four sides of where the circles meet; covered those that one neighbour covers with two
    sides to spare.
    """
    way = places[other] - places[owner]
    towards = np.arctan2(way[:, 1], way[:, 0]) / _TURN * _BINS
    half = np.arccos(np.minimum(reach / (2 * radius * np.cos(_STEP / 2)), 1)) / _TURN * _BINS
    spare = _STEP / _TURN * _BINS
    touched = _bits(np.floor(towards - half - 4 * spare), np.ceil(towards + half + 4 * spare))
    sure = _bits(np.ceil(towards - half + 2 * spare), np.floor(towards + half - 2 * spare))
    covered = np.zeros(len(places), np.uint64)
    order = np.argsort(owner, kind="stable")
    if len(order):
        owner, sure = owner[order], sure[order]
        first = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
        covered[owner[first]] = np.bitwise_or.reduceat(sure, first)
    return touched, covered


def _bits(begin: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return the sectors from one to before another as bits, round the turn; none where the end comes first."""
    length = np.clip(end - begin, 0, _BINS - 1).astype(np.uint64)
    low = np.mod(begin, _BINS).astype(np.uint64)
    block = (np.uint64(1) << length) - np.uint64(1)
    # Shifted in two steps, because a shift by 64 is not defined.
    return (block << low) | ((block >> np.uint64(1)) >> (np.uint64(_BINS - 1) - low))


def _unwrapped(owner: np.ndarray, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return arcs within 0 to a whole turn; one that passes the end becomes two."""
    length = np.mod(end - start, _TURN)
    start = np.mod(start, _TURN)
    end = start + length
    over = end > _TURN
    return (
        np.concatenate([owner, owner[over]]),
        np.concatenate([start, np.zeros(int(over.sum()))]),
        np.concatenate([np.minimum(end, _TURN), end[over] - _TURN]),
    )


def _gaps(
    who: np.ndarray, owner: np.ndarray, start: np.ndarray, end: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what the arcs of each owner leave bare of a turn: owner, start, end."""
    owner = np.concatenate([owner, who, who])
    start = np.concatenate([start, np.zeros(len(who)), np.full(len(who), _TURN)])
    end = np.concatenate([end, np.zeros(len(who)), np.full(len(who), _TURN)])
    order = np.lexsort((start, owner))
    owner, start, end = owner[order], start[order], end[order]
    # Places of one owner lie 10 beyond those of the one before: one running maximum serves all of them.
    covered = np.maximum.accumulate(end + owner * 10.0) - owner * 10.0
    gap = (owner[1:] == owner[:-1]) & (start[1:] > covered[:-1] + 1e-12)
    return owner[1:][gap], covered[:-1][gap], start[1:][gap]


def _rim(angle: np.ndarray, radius: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the point of the polygon at an angle."""
    off = angle - (np.floor(angle / _STEP) + 0.5) * _STEP
    far = radius * np.cos(_STEP / 2) / np.cos(off)
    return far * np.cos(angle), far * np.sin(angle)


def _gauge(x: np.ndarray, y: np.ndarray, radius: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return by how much a point lies outside the polygon (above 1) and the slopes of that."""
    normal = (np.floor(np.arctan2(y, x) / _STEP) + 0.5) * _STEP
    apothem = radius * np.cos(_STEP / 2)
    east, north = np.cos(normal) / apothem, np.sin(normal) / apothem
    return x * east + y * north, east, north


def _cut(reach: np.ndarray, towards: np.ndarray, radius: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return where another disc's polygon begins and ceases to cover a rim (angles), and whether the two meet.

    The polygon is its own mirror image through the centre, so that of the two points in which it meets its copy one is
    the mirror image of the other through the middle between the centres. The first lies within a side of where the
    circles meet; on that side the gauge of the other polygon is convex, and Newton's steps reach its root from outside.
    """
    dx, dy = reach * np.cos(towards), reach * np.sin(towards)
    meet = reach < 2 * np.hypot(*_rim(towards, radius))
    corner = np.floor((towards - np.arccos(np.minimum(reach / (2 * radius), 1))) / _STEP) - 1
    ax, ay = _rim(corner * _STEP, radius)
    bx, by = ax, ay
    found = np.zeros(len(reach), bool)
    for step in (1, 2, 3):
        cx, cy = _rim(np.minimum((corner + step) * _STEP, towards), radius)
        inside = _gauge(cx - dx, cy - dy, radius)[0] <= 1
        bx, by = np.where(found, bx, cx), np.where(found, by, cy)
        found |= inside
        ax, ay = np.where(found, ax, cx), np.where(found, ay, cy)
    ex, ey, at = bx - ax, by - ay, np.zeros(len(reach))
    for _ in range(4):
        value, east, north = _gauge(ax + at * ex - dx, ay + at * ey - dy, radius)
        slope = east * ex + north * ey
        step = np.divide(1 - value, slope, out=np.zeros_like(at), where=slope < 0)
        at = np.clip(at + np.maximum(step, 0), 0, 1)
    x, y = ax + at * ex, ay + at * ey
    return np.arctan2(y, x), np.arctan2(dy - y, dx - x), meet


def _green(places: np.ndarray, radius: float, owner: np.ndarray, start: np.ndarray, end: np.ndarray) -> float:
    ax, ay = _rim(start, radius)
    bx, by = _rim(end, radius)
    moved = places[owner, 0] * (by - ay) - places[owner, 1] * (bx - ax)
    return 0.5 * float(moved.sum() + radius**2 * np.sin(_STEP) * (_sides(end) - _sides(start)).sum())


def _sides(angle: np.ndarray) -> np.ndarray:
    """Return how many sides lie before an angle, parts of a side by length."""
    side = np.floor(angle / _STEP)
    return side + 0.5 + np.tan(angle - (side + 0.5) * _STEP) / (2 * np.tan(_STEP / 2))

"""Boxes, lines and marks on a flat map, by the array: what overlaps, crosses and runs near to what.

A box is left, top, right and bottom; a line its two ends; a mark its middle and how far it reaches from there (px). Each
stands along the last axis, and the axes before it are held against each other as numpy does: one against one, one against
many, or with `pairs` each against each.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Answer = NDArray[np.bool_]


def rows(some: ArrayLike, columns: int = 4) -> Array:
    """Return boxes, lines or marks as an array with a row for each, also where there is none."""
    return np.asarray(some, float).reshape(-1, columns)


def pairs(some: Array) -> Array:
    """Return rows so that each of them is held against each of others."""
    return some[:, None]


def _parts(some: ArrayLike) -> Any:
    return np.moveaxis(np.asarray(some, float), -1, 0)


def overlap(one: ArrayLike, other: ArrayLike) -> Answer:
    """Tell whether two boxes come closer than a pixel.

    Examples
    --------
    >>> overlap((0, 0, 9, 9), [(9.5, 0, 12, 9), (10, 0, 12, 9)]).tolist()
    [True, False]
    """
    (a, b, c, d), (left, top, right, bottom) = _parts(one), _parts(other)
    return (a < right + 1) & (left < c + 1) & (b < bottom + 1) & (top < d + 1)


def off(box: ArrayLike, mark: ArrayLike) -> tuple[Array, Array]:
    """Return how far a mark's edge lies from a box, and how far its middle (px).

    Examples
    --------
    >>> [float(far) for far in off((0, 0, 9, 9), (12, 13, 2))]
    [3.0, 5.0]
    """
    (left, top, right, bottom), (x, y, reach) = _parts(box), _parts(mark)
    zero = np.zeros(())
    far = np.hypot(np.maximum(np.maximum(left - x, zero), x - right), np.maximum(np.maximum(top - y, zero), y - bottom))
    return np.maximum(zero, far - reach), far


def passes(line: ArrayLike, mark: ArrayLike) -> Array:
    """Return how far a line passes from the middle of a mark (px).

    Examples
    --------
    >>> passes((0, 0, 9, 0), [(4, 3, 1), (12, 4, 1)]).tolist()
    [3.0, 5.0]
    """
    (x0, y0, x1, y1), (x, y, _) = _parts(line), _parts(mark)
    long = (x1 - x0) ** 2 + (y1 - y0) ** 2
    at = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / np.where(long == 0, 1, long)
    at = np.clip(at, 0.0, 1.0)
    return np.hypot(x0 + at * (x1 - x0) - x, y0 + at * (y1 - y0) - y)


def cross(one: ArrayLike, other: ArrayLike) -> Answer:
    """Tell whether two lines cross.

    Examples
    --------
    >>> cross((0, 0, 9, 9), [(0, 9, 9, 0), (1, 0, 9, 8)]).tolist()
    [True, False]
    """
    return _sides(_parts(one), _parts(other)) & _sides(_parts(other), _parts(one))


def _sides(line: Any, other: Any) -> Answer:
    """Tell whether the ends of another line lie on two sides of a line."""
    (x0, y0, x1, y1), (a, b, c, d) = line, other
    east, south = x1 - x0, y1 - y0
    return (east * (b - y0) > south * (a - x0)) != (east * (d - y0) > south * (c - x0))


def through(line: ArrayLike, box: ArrayLike) -> Answer:
    """Tell whether a line runs through a box or ends in it.

    Examples
    --------
    >>> through((0, 4, 20, 4), [(5, 0, 9, 9), (5, 6, 9, 9)]).tolist()
    [True, False]
    """
    (x0, y0, x1, y1), (left, top, right, bottom) = line, box = _parts(line), _parts(box)
    within = [(left <= x) & (x <= right) & (top <= y) & (y <= bottom) for x, y in ((x0, y0), (x1, y1))]
    rising = left, bottom, right, top
    crossed = [_sides(line, one) & _sides(one, line) for one in (box, rising)]
    return within[0] | within[1] | crossed[0] | crossed[1]


def astray(box: ArrayLike, own: ArrayLike, marks: ArrayLike, times: ArrayLike = 1.0) -> Answer:
    """Tell of boxes whether a name there may be read as that of another mark, which is about as near as its own.

    `marks`: rows, each of which is held against each box. `times`: how many times nearer its own must be.
    """
    others = rows(marks, 3)
    others = others[(others[:, :2] != np.asarray(own, float)[:2]).any(axis=1)]
    edge, middle = (np.multiply(times, far)[..., None] for far in off(box, own))
    edges, middles = off(np.asarray(box, float)[..., None, :], others)
    return ((edges < edge) | ((edges == edge) & (middles <= middle))).any(axis=-1)


def middle(box: ArrayLike) -> Array:
    """Return the middle of a box, as a box of no size: where the eye finds a name that stands aslant."""
    left, top, right, bottom = _parts(box)
    x, y = (left + right) / 2, (top + bottom) / 2
    return np.stack([x, y, x, y], axis=-1)

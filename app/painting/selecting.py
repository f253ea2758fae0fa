"""Selecting points: those in a rectangle, and those inside a line drawn around them."""

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Array

Mask = NDArray[np.bool_]


def in_rectangle(points: Array, corner: tuple[float, float], opposite: tuple[float, float]) -> Mask:
    """Return which of ``points`` (n, 2) lie in the rectangle between two opposite corners, its edge included."""
    low = np.minimum(corner, opposite)
    high = np.maximum(corner, opposite)
    return np.asarray(np.all((points >= low) & (points <= high), axis=1))


def in_lasso(points: Array, polygon: Array) -> Mask:
    """Return which of ``points`` (n, 2) lie inside ``polygon`` (m, 2), whose last corner is joined to its first.

    A place is inside if a line from it to the right crosses the polygon an odd number of times; so a loop that the line
    draws twice around is outside. Of points on an edge, those to its right (or above it) are inside.

    The points are sorted by height once, so that an edge meets only those at its own height: this takes memory in
    proportion to the points, and no more time for many short edges than for few long ones.
    """
    inside = np.zeros(len(points), dtype=np.bool_)
    if len(polygon) < 3:
        return inside
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    # Whatever is not finite is compared to be outside.
    candidates = np.flatnonzero(in_rectangle(points, (low[0], low[1]), (high[0], high[1])))
    candidates = candidates[np.argsort(points[candidates, 1], kind="stable")]
    across, height = points[candidates].T
    odd = np.zeros(len(candidates), dtype=np.bool_)
    ends = np.roll(polygon, -1, axis=0)
    # An edge holds its lower end but not its upper one: a corner on the line counts for one of its two edges.
    first = np.searchsorted(height, np.minimum(polygon[:, 1], ends[:, 1]), side="left")
    last = np.searchsorted(height, np.maximum(polygon[:, 1], ends[:, 1]), side="left")
    for edge in np.flatnonzero(first < last):
        (x1, y1), (x2, y2) = polygon[edge], ends[edge]
        met = slice(first[edge], last[edge])
        odd[met] ^= across[met] < x1 + (height[met] - y1) * ((x2 - x1) / (y2 - y1))
    inside[candidates] = odd
    return inside

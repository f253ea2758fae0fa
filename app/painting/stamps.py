"""Shapes to scatter points along: each is a way, the corners of a broken line."""

import numpy as np

from app.painting.brush import Shape, scatter
from app.painting.stroke import inside_domain
from engine.datasets.dataset import Array

MOST_CORNERS = 12
# Corners of what is round: at the largest radius they are less than 0.02 units from the true curve.
CIRCLE_CORNERS, CORNERS_PER_TURN = 96, 72


def line(start: tuple[float, float], end: tuple[float, float]) -> Array:
    """Return the straight way from ``start`` to ``end``, shape (2, 2)."""
    return np.array((start, end), dtype=np.float64)


def circle(center: tuple[float, float], radius: float) -> Array:
    """Return the way once around ``center``, from the right against the clock, shape (m, 2); it ends where it began."""
    return _around(center, radius, np.linspace(0.0, 2.0 * np.pi, CIRCLE_CORNERS + 1))


def spiral(center: tuple[float, float], radius: float, turns: float) -> Array:
    """Return the way from ``center`` out to ``radius`` in ``turns`` turns, shape (m, 2); negative ones go clockwise.

    The distance from the center grows evenly with the angle (a spiral of Archimedes).
    """
    corners = max(int(np.ceil(abs(turns) * CORNERS_PER_TURN)), 1)
    share = np.linspace(0.0, 1.0, corners + 1)
    return _around(center, radius * share, 2.0 * np.pi * turns * share)


def polygon(center: tuple[float, float], radius: float, corners: int) -> Array:
    """Return the way once around a regular polygon, from its corner at the top, shape (corners + 1, 2).

    Raises:
        ValueError: it has fewer than 3 corners.
    """
    if corners < 3:
        raise ValueError(f"A polygon has at least 3 corners, not {corners}.")
    return _around(center, radius, np.pi / 2.0 + 2.0 * np.pi * np.arange(corners + 1) / corners)


def way_length(way: Array) -> float:
    """Return the length of ``way`` (m, 2), in plane units."""
    return float(np.hypot(*np.diff(way, axis=0).T).sum())


def places_along(way: Array, density: float) -> Array:
    """Return places that are spread evenly along ``way`` (m, 2), shape (n, 2): ``density`` of them per plane unit.

    The first and the last lie half a step from the ends, so that a closed way has the same step across its seam.
    There is always one.
    """
    steps = np.hypot(*np.diff(way, axis=0).T)
    gone = np.concatenate(([0.0], np.cumsum(steps)))
    count = max(round(float(gone[-1]) * density), 1)
    at = gone[-1] * (np.arange(count) + 0.5) / count
    return np.column_stack((np.interp(at, gone, way[:, 0]), np.interp(at, gone, way[:, 1])))


def scattered_along(way: Array, density: float, width: float, shape: Shape, random: np.random.Generator) -> Array:
    """Return points scattered along ``way`` (m, 2) as a brush would leave them, shape (n, 2).

    Args:
        way: corners of a broken line, in plane units.
        density: points per plane unit of the way, > 0.
        width: how far from the way points may land.
        shape: how they lie around it, as of a ``Brush``.
        random: draws where they land.

    Nothing is left along what lies outside the domain.
    """
    return scatter(random, inside_domain(places_along(way, density)), width, shape)


def _around(center: tuple[float, float], radius: Array | float, angles: Array) -> Array:
    return np.asarray(center) + np.column_stack((radius * np.cos(angles), radius * np.sin(angles)))

"""Moving, rotating and scaling points; they may leave the domain, which is up to the guides of the caller."""

import math
from typing import NamedTuple

import numpy as np

from engine.datasets.dataset import Array


class Bounds(NamedTuple):
    """The smallest upright rectangle around points, in plane units."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def center(self) -> tuple[float, float]:
        """The middle of the rectangle."""
        return 0.5 * (self.left + self.right), 0.5 * (self.bottom + self.top)


def bounds(points: Array) -> Bounds:
    """Return the rectangle around ``points`` (n, 2), of which there is at least one."""
    if not len(points):
        raise ValueError("There are no points to draw a rectangle around.")
    # Column by column, which NumPy does many times faster than both at once.
    x, y = np.asarray(points).T
    return Bounds(float(x.min()), float(y.min()), float(x.max()), float(y.max()))


def moved(points: Array, dx: float, dy: float) -> Array:
    """Return ``points`` (n, 2) moved by ``dx`` to the right and ``dy`` up."""
    return np.asarray(points + np.array((dx, dy)))


def rotated(points: Array, center: tuple[float, float], angle: float) -> Array:
    """Return ``points`` (n, 2) turned around ``center`` by ``angle`` in radians, against the clock."""
    c, s = math.cos(angle), math.sin(angle)
    about = np.asarray(center)
    return np.asarray((points - about) @ np.array(((c, s), (-s, c))) + about)


def scaled(points: Array, center: tuple[float, float], fx: float, fy: float) -> Array:
    """Return ``points`` (n, 2) at ``fx`` and ``fy`` times their distance from ``center``; a negative factor mirrors."""
    about = np.asarray(center)
    return np.asarray((points - about) * (fx, fy) + about)

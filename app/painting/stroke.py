"""A stroke: the way of the mouse with the button down, and the points it leaves."""

import math

import numpy as np

from app.painting.brush import Brush, scatter
from engine.datasets.dataset import DOMAIN, Array


def along(start: tuple[float, float], end: tuple[float, float], spacing: float, carried: float) -> tuple[Array, float]:
    """Return places every ``spacing`` along the straight way from ``start`` to ``end``, and what is left over.

    Args:
        start, end: plane coordinates.
        spacing: the way from one place to the next, > 0.
        carried: the way gone since the last place before ``start``, in [0, spacing).

    Returns:
        places: shape (n, 2); none if the way is too short for the next one.
        carried: the way gone since the last place, to be handed to the next call.
    """
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    # The tiny allowance keeps a place that lies exactly on the end from being lost to rounding.
    count = math.floor((carried + length) / spacing + 1e-9)
    rest = max(carried + length - count * spacing, 0.0)
    if count <= 0:
        return np.empty((0, 2)), rest
    way = (np.arange(1, count + 1) * spacing - carried) / length
    return np.array(start) + way[:, None] * (np.array(end) - np.array(start)), rest


def inside_domain(places: Array) -> Array:
    """Return those of ``places`` (n, 2) that lie in the drawn part of the plane."""
    low, high = DOMAIN
    return np.asarray(places[np.all((places >= low) & (places <= high), axis=1)])


class Stroke:
    """One stroke of a brush.

    The spacing runs on from one movement of the mouse to the next, so how often the mouse reports makes no difference
    to how many points there are, and a fast movement leaves no gap.
    """

    def __init__(self, brush: Brush, random: np.random.Generator, x1: float, x2: float) -> None:
        self._brush = brush
        self._random = random
        self._position = (x1, x2)
        self._carried = 0.0

    def start(self) -> Array:
        """Return the first point, exactly where the button went down, shape (1, 2)."""
        return np.asarray(np.clip(np.array([self._position]), *DOMAIN))

    def move(self, x1: float, x2: float) -> Array:
        """Go on to (x1, x2), which may lie outside the domain, and return the new points, shape (n, 2)."""
        places, self._carried = along(self._position, (x1, x2), self._brush.spacing, self._carried)
        self._position = (x1, x2)
        return scatter(self._random, inside_domain(places), self._brush.radius, self._brush.shape)

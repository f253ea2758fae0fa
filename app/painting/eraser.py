"""The eraser: which points a disk takes away, and the disks along the way of the mouse."""

import numpy as np
from numpy.typing import NDArray

from app.painting.stroke import along
from engine.datasets.dataset import Array


def kept(points: Array, x1: float, x2: float, radius: float) -> NDArray[np.bool_]:
    """Return which of ``points`` (n, 2) stay when the disk of ``radius`` around (x1, x2) is erased, shape (n,)."""
    offset = points - np.array((x1, x2))
    return np.asarray(np.sum(offset * offset, axis=1) > radius * radius)


class Erasure:
    """One stroke of the eraser: disks that overlap so far that no gap remains between them."""

    def __init__(self, radius: float, x1: float, x2: float) -> None:
        self.radius = radius
        self._position = (x1, x2)
        self._carried = 0.0

    def start(self) -> Array:
        """Return the center of the first disk, shape (1, 2)."""
        return np.array([self._position])

    def move(self, x1: float, x2: float) -> Array:
        """Go on to (x1, x2) and return the centers of the new disks, shape (n, 2)."""
        centers, self._carried = along(self._position, (x1, x2), 0.5 * self.radius, self._carried)
        self._position = (x1, x2)
        return centers

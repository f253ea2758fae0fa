"""The eraser: which points a disk takes away, and the disks along the way of the mouse."""

import numpy as np
from numpy.typing import NDArray

from app.painting.class_states import ClassStates
from app.painting.stroke import along
from engine.datasets.dataset import Array


def kept(
    points: Array, x1: float, x2: float, radius: float, erasable: NDArray[np.bool_] | None = None
) -> NDArray[np.bool_]:
    """Return which of ``points`` (n, 2) stay when the disk of ``radius`` around (x1, x2) is erased, shape (n,).

    Of those under it, only the ``erasable`` (n,) go; all of them if it is None.
    """
    offset = points - np.array((x1, x2))
    stays = np.asarray(np.sum(offset * offset, axis=1) > radius * radius)
    return stays if erasable is None else stays | ~erasable


def erasable(targets: Array, states: ClassStates, only: int | None = None) -> NDArray[np.bool_]:
    """Return which points an eraser may take, by their class, ``targets`` (n,): of one class ``only``, or of all.

    Those of classes that are locked or hidden stay in any case.
    """
    free = states.may_edit(targets)
    return free if only is None else free & (targets == only)


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

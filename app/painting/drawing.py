"""A drawing: the points as plain arrays, and the changes that all tools are made of."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Array

Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Drawing:
    """The points of a data set, in the order of its samples. A change returns another drawing.

    Attributes:
        points: where they are drawn, in plane units, shape (n, 2); of a curve, too: its y is four times as high there.
        targets: the class (0, 1 …) or the value of each, shape (n,).
        origins: the places that decide which points are trained on, shape (n, 2). A point that is moved keeps its
            own, so that moving points leaves the split as it is.
    """

    points: Array
    targets: Array
    origins: Array

    def __len__(self) -> int:
        return len(self.targets)

    def with_added(self, points: Array, targets: Array | float) -> "Drawing":
        """Return the drawing with ``points`` (k, 2) behind the others; ``targets`` is (k,) or the same for all."""
        added = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        wanted = np.broadcast_to(np.asarray(targets, dtype=np.float64), (len(added),))
        return Drawing(
            np.concatenate((self.points, added)),
            np.concatenate((self.targets, wanted)),
            np.concatenate((self.origins, added)),
        )

    def without(self, indices: Indices) -> "Drawing":
        """Return the drawing without the points of these ``indices`` (k,)."""
        stays = np.ones(len(self), dtype=np.bool_)
        stays[indices] = False
        return self if stays.all() else Drawing(self.points[stays], self.targets[stays], self.origins[stays])

    def with_moved(self, indices: Indices, points: Array) -> "Drawing":
        """Return the drawing with the points of these ``indices`` (k,) at ``points`` (k, 2)."""
        moved = self.points.copy()
        moved[indices] = points
        return replace(self, points=moved)

    def with_targets(self, indices: Indices, targets: Array | float) -> "Drawing":
        """Return the drawing with other classes or values for ``indices`` (k,): (k,), or the same for all."""
        changed = self.targets.copy()
        changed[indices] = targets
        return replace(self, targets=changed)


DrawingChange = Callable[[Drawing], Drawing]

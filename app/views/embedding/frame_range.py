"""Which part of the embedding is shown: it follows the points, but calmly."""

import numpy as np

from app.frame import Array

# Ranges are powers of this, so that they change in steps one can follow.
STEP = 1.25
SMALLEST = 1e-3


class CalmRange:
    """A square around the points; it grows at once when they leave it and shrinks only when they fill half of it."""

    def __init__(self) -> None:
        self.center = np.zeros(2)
        self.half = 1.0
        self._known = False

    def forget(self) -> None:
        """Begin anew with the next points."""
        self._known = False

    def follow(self, points: Array) -> None:
        """Take note of where the points (2, n) are now."""
        finite = points[:, np.isfinite(points).all(axis=0)]
        if not finite.shape[1]:
            return
        low, high = finite.min(axis=1), finite.max(axis=1)
        middle, reach = 0.5 * (low + high), max(0.55 * float((high - low).max()), SMALLEST)
        outside = np.any(np.abs(middle - self.center) + 0.5 * (high - low) > self.half)
        if not self._known or outside or reach < 0.5 * self.half:
            self.center = middle
            self.half = float(STEP ** np.ceil(np.log(reach) / np.log(STEP)))
            self._known = True

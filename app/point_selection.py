"""Which points are selected: one selection for the picture, the table and the tools."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QObject, Signal

from app.painting.drawing import Indices
from engine.datasets.dataset import Array, Dataset, frozen

NOTHING: Indices = frozen(np.zeros(0, dtype=np.intp))


class PointSelection(QObject):
    """The numbers of the selected samples, and what has become of them when the data change.

    ``changed`` brings the new ``indices``, only when they are others than before.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._indices = NOTHING
        self._points: Array = np.zeros((0, 2))
        self._data: Array = np.zeros((0, 2))

    @property
    def indices(self) -> Indices:
        """The selected samples, ascending, read-only, shape (k,)."""
        return self._indices

    def choose(self, indices: ArrayLike) -> None:
        """Select these samples and no others; numbers that no sample has are left out."""
        chosen: NDArray[np.intp] = np.asarray(indices, dtype=np.intp).ravel()
        if not np.all(np.diff(chosen) > 0):
            # Sorting very many takes time, and mostly they are sorted.
            chosen = np.unique(chosen)
        chosen = frozen(chosen[(chosen >= 0) & (chosen < len(self._data))])
        self._points = self._data[chosen]
        if not np.array_equal(chosen, self._indices):
            self._indices = chosen
            self.changed.emit(chosen)

    def clear(self) -> None:
        """Select nothing."""
        self.choose(NOTHING)

    def follow(self, dataset: Dataset, selected: ArrayLike | None = None) -> None:
        """Take other data, and select the samples ``selected`` of them.

        If that is not given, what is selected stays so where the same points still have the same numbers, as after
        painting, which adds points behind the others. Otherwise nothing is selected any more.
        """
        self._data = dataset.points
        if selected is not None:
            self.choose(selected)
        elif len(self._indices) and (
            self._indices[-1] >= len(self._data) or not np.array_equal(self._data[self._indices], self._points)
        ):
            self.clear()

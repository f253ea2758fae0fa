"""Field maps: what units put out over the plane, as pictures of numbers."""

import numpy as np

from engine.datasets.dataset import DOMAIN, Array
from engine.features import compute
from engine.kernels.plan import padded_columns
from engine.kernels.runner import Runner
from engine.parameters import Layout

Picture = np.ndarray[tuple[int, int], np.dtype[np.float32]]
Pictures = np.ndarray[tuple[int, int, int], np.dtype[np.float32]]


def grid(size: int) -> Array:
    """Return the centers of size × size cells of the domain, row 0 at the top, shape (size², 2)."""
    low, high = DOMAIN
    axis = low + (np.arange(size) + 0.5) * ((high - low) / size)
    x1, x2 = np.meshgrid(axis, axis[::-1])
    return np.column_stack((x1.ravel(), x2.ravel()))


class FieldMaps:
    """Fields of one network; the features of each grid are computed once."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._inputs: dict[int, Array] = {}

    def _features(self, size: int) -> Array:
        if size not in self._inputs:
            if len(self._inputs) >= 4:
                self._inputs.pop(next(iter(self._inputs)))
            self._inputs[size] = padded_columns(compute(self._layout.features, grid(size)))
        return self._inputs[size]

    def _fill(self, runner: Runner, first: int, count: int, size: int) -> Pictures:
        inputs = self._features(size)
        picture = np.empty((count, inputs.shape[1]), dtype=np.float32)
        runner.fill_fields(inputs, first, picture)
        return np.ascontiguousarray(picture[:, : size * size]).reshape(count, size, size)

    def all_units(self, runner: Runner, size: int) -> Pictures:
        """Return every unit's output, input features first, shape (units, size, size)."""
        return self._fill(runner, 0, self._layout.unit_count, size)

    def outputs(self, runner: Runner, size: int) -> Pictures:
        """Return every output unit's output, shape (outputs, size, size)."""
        count = self._layout.layers[-1].outputs
        return self._fill(runner, self._layout.unit_count - count, count, size)

    def one_unit(self, runner: Runner, unit: int, size: int) -> Picture:
        """Return the output of unit number ``unit``, shape (size, size)."""
        return self._fill(runner, unit, 1, size).reshape(size, size)

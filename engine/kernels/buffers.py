"""The arrays that kernels work in, made once for a network and its data."""

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Array
from engine.kernels.plan import aligned, batch_plan, padded_columns, single_plan
from engine.kernels.training import CHUNK
from engine.kernels.width import NARROW, WIDTH
from engine.optimizers import STATE_VECTORS
from engine.parameters import Layout


class SampleTable:
    """Samples for the kernels: columns padded to whole lane values by repeating the last one.

    Attributes:
        inputs: (features, n); wanted: (outputs, n); predictions: (outputs, n), filled by a survey.
        count: how many of the n columns are samples.
    """

    def __init__(self, inputs: Array, wanted: Array) -> None:
        self.count = int(inputs.shape[1])
        self.inputs = padded_columns(inputs)
        self.wanted = padded_columns(wanted)
        self.predictions = aligned(*self.wanted.shape)


class Workspace:
    """Scratch of one network for kernels with samples in lanes; nothing in it outlives a call."""

    def __init__(self, layout: Layout) -> None:
        outputs = layout.layers[-1].outputs
        rows = len(layout.features) + outputs + 1
        self.plan = batch_plan(layout)
        self.z, self.a, self.delta = (aligned(self.plan.units * WIDTH) for _ in range(3))
        self.gradient = aligned(self.plan.size)
        self.block = aligned((outputs + 1) * WIDTH)
        self.chunk = aligned(CHUNK, rows, WIDTH)
        self.live = np.zeros(CHUNK, dtype=np.int64)


class SingleWorkspace:
    """Scratch of one network for kernels with units in lanes, and copies of the parameters in their order."""

    def __init__(self, layout: Layout) -> None:
        self.plan, self.places = single_plan(layout)
        outputs = layout.layers[-1].outputs
        lanes = -(-outputs // NARROW) * NARROW
        self.z, self.a, self.delta = (aligned(self.plan.units * NARROW) for _ in range(3))
        self.parameters = aligned(self.plan.size, slack=self.plan.slack)
        self.previous = aligned(self.plan.size)
        self.gradient = aligned(self.plan.size)
        self.state = aligned(STATE_VECTORS, self.plan.size)
        self.is_weight = self.spread(layout.is_weight())
        self.block = aligned(2 * lanes)
        self.block[lanes : lanes + outputs] = 1.0

    def spread(self, flat: NDArray[np.float64]) -> Array:
        """Return the flat vector ``flat`` in this workspace's order, zero where there is no parameter."""
        vector = aligned(self.plan.size)
        vector[self.places] = flat
        return vector

"""The arrays that kernels work in, made once for a network and its data."""

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Array
from engine.kernels.arguments import Net, Samples, Scratch
from engine.kernels.formulas import addresses
from engine.kernels.plan import aligned, batch_plan, padded_columns, single_plan
from engine.kernels.training import CHUNK
from engine.kernels.width import NARROW, WIDTH
from engine.optimizers import STATE_VECTORS
from engine.parameters import Layout

NO_PARTNERS = np.zeros((2, 0), dtype=np.int64)


class SampleTable:
    """Samples for the kernels: columns padded to whole lane values by repeating the last one.

    Attributes:
        inputs: (features, n); wanted: (rows, n); predictions: (outputs, n), filled by a survey.
        partners: (2, n): the second and third member of the group that is looked at to measure losses.
        points: (n, 2) and labels: (n,), the data themselves: class or value.
        count: how many of the n columns are samples; or only the first of their groups, if it was given.
        classes: how many classes there are, 0 where labels are values.
    """

    def __init__(
        self,
        inputs: Array,
        wanted: Array,
        outputs: int = 1,
        *,
        points: Array | None = None,
        labels: Array | None = None,
        classes: int = 0,
        partners: NDArray[np.int64] = NO_PARTNERS,
        count: int | None = None,
    ) -> None:
        self.count = int(inputs.shape[1]) if count is None else count
        self.inputs = padded_columns(inputs)
        self.wanted = padded_columns(wanted)
        self.predictions = aligned(outputs, self.inputs.shape[1])
        self.points = np.zeros((self.count, 2)) if points is None else points
        self.labels = np.zeros(self.count) if labels is None else labels
        self.classes = classes
        self.partners = np.zeros((2, partners.shape[1]), dtype=np.int64)
        self.partners[: len(partners)] = partners

    def for_training(self, features: tuple[str, ...], *, groups: bool) -> Samples:
        """Return what a training loop reads, with an order and groups of its own."""
        count = self.count if groups else 0
        by_label = self.labels.astype(np.int64) if groups and self.classes else np.zeros(0, dtype=np.int64)
        sizes = np.bincount(by_label, minlength=self.classes)
        by_class = np.argsort(self.labels, kind="stable") if groups else np.zeros(0, dtype=np.int64)
        place = np.empty(count, dtype=np.int64)
        place[by_class] = np.arange(count)
        return Samples(
            inputs=self.inputs,
            wanted=self.wanted.copy() if groups else self.wanted,
            points=np.ascontiguousarray(self.points.T),
            features=np.array([addresses(WIDTH)["feature", name] for name in features], dtype=np.int64),
            order=np.zeros(self.count, dtype=np.int64),
            partners=np.zeros((2, count), dtype=np.int64),
            labels=self.labels,
            by_class=by_class,
            starts=np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
            place=place,
            embedded=aligned(*self.predictions.shape) if groups else np.zeros((0, 0)),
        )


class Workspace:
    """Scratch of one network for kernels with samples in lanes; nothing in it outlives a call.

    ``members`` is how many samples a loss looks at, ``rows`` how many numbers are wanted of a sample.
    """

    def __init__(self, layout: Layout, members: int = 1, rows: int = 1) -> None:
        self.plan = batch_plan(layout)
        self.net = Net(self.plan.layers, self.plan.options, addresses(WIDTH)["dropout", "drop"])
        self.members, self.rows = members, rows
        count = members * self.plan.units * WIDTH
        self.block = aligned((rows + 1) * WIDTH)
        self.scratch = Scratch(
            z=aligned(count),
            a=aligned(count),
            delta=aligned(count),
            kept=aligned(count),
            gradient=aligned(self.plan.size),
            chunk=aligned(CHUNK, members * len(layout.features) + rows + 1, WIDTH),
            live=np.zeros(CHUNK, dtype=np.int64),
            previous=aligned(self.plan.size),
            random=np.zeros(1, dtype=np.uint64),
        )


class SingleWorkspace:
    """Scratch of one network for kernels with units in lanes, and copies of the parameters in their order."""

    def __init__(self, layout: Layout) -> None:
        self.plan, self.places = single_plan(layout)
        self.net = Net(self.plan.layers, self.plan.options, 0)
        outputs = layout.layers[-1].outputs
        lanes = -(-outputs // NARROW) * NARROW
        units = self.plan.units * NARROW
        self.parameters = aligned(self.plan.size, slack=self.plan.slack)
        self.state = aligned(STATE_VECTORS, self.plan.size)
        self.is_weight = self.spread(layout.is_weight())
        self.block = aligned(2 * lanes)
        # The kernel averages over lane values, where the loss is the mean over outputs.
        self.block[lanes : lanes + outputs] = lanes // NARROW / outputs
        self.scratch = Scratch(
            z=aligned(units),
            a=aligned(units),
            delta=aligned(units),
            kept=aligned(0),
            gradient=aligned(self.plan.size),
            chunk=np.zeros((0, 0, 0)),
            live=np.zeros(0, dtype=np.int64),
            previous=aligned(self.plan.size),
            random=np.zeros(1, dtype=np.uint64),
        )

    def spread(self, flat: NDArray[np.float64]) -> Array:
        """Return the flat vector ``flat`` in this workspace's order, zero where there is no parameter."""
        vector = aligned(self.plan.size)
        vector[self.places] = flat
        return vector

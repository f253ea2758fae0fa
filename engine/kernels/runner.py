"""The runner: one network's parameters, state and buffers, and the calls of the kernels that work on them."""

import numpy as np

from engine.datasets.dataset import Array
from engine.experiment import Training
from engine.kernels.buffers import SampleTable, SingleWorkspace, Workspace
from engine.kernels.dispatch import loss_code
from engine.kernels.plan import aligned
from engine.kernels.single import train_single
from engine.kernels.survey import fields, survey
from engine.kernels.training import COUNTERS, EPOCH, ORDERED, POSITION, SEED, STEP, UPDATES, train
from engine.optimizers import MAXIMUM_SETTINGS, OPTIMIZERS, STATE_VECTORS
from engine.parameters import Layout
from engine.regularizers import REGULARIZERS
from engine.settings import complete

# Parameters, state, parameters before the last step, counters.
Saved = tuple[Array, Array, Array, np.ndarray[tuple[int], np.dtype[np.int64]]]


class Runner:
    """Everything the kernels need, in their own layout; knows samples and numbers, not what they mean."""

    def __init__(self, layout: Layout, training: Training, train: SampleTable, seed: int) -> None:
        self._count = layout.parameter_count
        self._layout = layout
        self._work = Workspace(layout)
        self._single = SingleWorkspace(layout)
        size = self._work.plan.size
        self._parameters, self._previous = aligned(size), aligned(size)
        self._state = aligned(STATE_VECTORS, size)
        self._is_weight = aligned(size)
        self._is_weight[: self._count] = layout.is_weight()
        self._counters = np.zeros(COUNTERS, dtype=np.int64)
        self._counters[SEED] = seed
        self._random = np.zeros(1, dtype=np.uint64)
        self._optimizer = training.optimizer.name
        self._configure(layout, training, train)

    def _configure(self, layout: Layout, training: Training, train: SampleTable) -> None:
        optimizer = OPTIMIZERS[training.optimizer.name]
        settings = complete(optimizer.settings, training.optimizer.settings)
        self._loss = loss_code(training.loss, layout.layers[-1].activation)
        self._rule = (
            OPTIMIZERS.code(optimizer.name),
            tuple(float(getattr(training, entry.name)) for entry in REGULARIZERS),
            float(training.learning_rate),
            settings + (0.0,) * (MAXIMUM_SETTINGS - len(settings)),
        )
        self._train = train
        self._batch_size = min(training.batch_size, max(1, train.count))
        self._order = np.zeros(train.count, dtype=np.int64)
        self._counters[ORDERED] = -1
        if self._counters[POSITION] >= train.count:
            self._counters[POSITION] = 0

    def start(self, parameters: Array) -> None:
        """Begin anew from ``parameters``: epoch 0, the optimizer's state zero."""
        self._state[:] = 0.0
        self._counters[[STEP, UPDATES, EPOCH, POSITION]] = 0
        self._counters[ORDERED] = -1
        self.set_parameters(parameters)

    def change(self, layout: Layout, training: Training, train: SampleTable) -> None:
        """Go on with other settings or samples; another optimizer starts with its state zero."""
        if training.optimizer.name != self._optimizer:
            self._optimizer = training.optimizer.name
            self._state[:] = 0.0
            self._counters[UPDATES] = 0
        if layout != self._layout:  # of the same size, but with other activations
            self._layout, self._work, self._single = layout, Workspace(layout), SingleWorkspace(layout)
        if train is not self._train:
            self._counters[POSITION] = 0
        self._configure(layout, training, train)

    @property
    def parameters(self) -> Array:
        """A copy of the parameters, flat."""
        return self._parameters[: self._count].copy()

    @property
    def previous(self) -> Array:
        """A copy of the parameters before the last step."""
        return self._previous[: self._count].copy()

    @property
    def step(self) -> int:
        """Steps done."""
        return int(self._counters[STEP])

    @property
    def epoch(self) -> int:
        """Epochs completed."""
        return int(self._counters[EPOCH])

    @property
    def position(self) -> int:
        """Samples of this epoch that are done."""
        return int(self._counters[POSITION])

    def set_parameters(self, flat: Array) -> None:
        """Put ``flat`` in place of the parameters; there is no last update then."""
        self._parameters[: self._count] = flat
        self._previous[: self._count] = flat

    def save(self) -> Saved:
        """Return copies of all that changes in a run."""
        return self._parameters.copy(), self._state.copy(), self._previous.copy(), self._counters.copy()

    def load(self, saved: Saved) -> None:
        """Go back to what ``save`` returned."""
        self._parameters[:], self._state[:], self._previous[:], self._counters[:] = saved
        self._counters[ORDERED] = -1

    def run(self, steps: int) -> int:
        """Take ``steps`` steps; return how many gave finite numbers (if fewer, the parameters are not to be used)."""
        return self._run_single(steps) if self._batch_size == 1 else self._run_blocks(steps)

    def _run_blocks(self, steps: int) -> int:
        work, samples = self._work, self._train
        return int(
            train(
                work.plan.layers, self._parameters, work.gradient, self._state.reshape(-1), self._is_weight,
                self._loss, *self._rule, samples.inputs, samples.wanted, self._order, self._random, self._counters,
                self._batch_size, steps, self._previous, work.z, work.a, work.delta, work.chunk, work.live,
            )
        )  # fmt: skip

    def _run_single(self, steps: int) -> int:
        single, samples, places = self._single, self._train, self._single.places
        single.parameters[places] = self._parameters[: self._count]
        single.state[:, places] = self._state[:, : self._count]
        done = train_single(
            single.plan.layers, single.parameters, single.gradient, single.state.reshape(-1), single.is_weight,
            self._loss, *self._rule, samples.inputs, samples.wanted, self._order, self._random, self._counters,
            steps, single.previous, single.z, single.a, single.delta, single.block,
        )  # fmt: skip
        self._parameters[: self._count] = single.parameters[places]
        self._state[:, : self._count] = single.state[:, places]
        if done == steps:
            self._previous[: self._count] = single.previous[places]
        return int(done)

    def _survey(self, table: SampleTable, with_gradient: bool) -> float:
        work = self._work
        return float(
            survey(
                work.plan.layers, self._parameters, self._loss, table.inputs, table.wanted, table.count,
                table.predictions, work.gradient, with_gradient, work.z, work.a, work.delta, work.block,
            )
        )  # fmt: skip

    def loss_sum(self, table: SampleTable) -> float:
        """Return the sum of the losses of all samples of ``table`` and fill its predictions."""
        return self._survey(table, with_gradient=False)

    def gradient_sum(self, table: SampleTable) -> Array:
        """Return the sum of the gradients of all samples of ``table``, flat."""
        self._survey(table, with_gradient=True)
        return self._work.gradient[: self._count].copy()

    def fill_fields(
        self, inputs: Array, first: int, picture: np.ndarray[tuple[int, int], np.dtype[np.float32]]
    ) -> None:
        """Fill ``picture`` (units, n) with the outputs of the units from ``first`` for inputs (features, n)."""
        work = self._work
        fields(work.plan.layers, self._parameters, inputs, first, picture, work.z, work.a)

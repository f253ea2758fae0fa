"""The runner: one network's parameters, state and buffers, and the calls of the kernels that work on them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.activations import ACTIVATIONS
from engine.datasets.dataset import Array
from engine.dropout import step_key
from engine.experiment import Training
from engine.kernels.arguments import LossRule, Rule
from engine.kernels.buffers import SampleTable, SingleWorkspace, Workspace
from engine.kernels.counters import COUNTERS, EPOCH, ORDERED, POSITION, SEED, STEP, UPDATES
from engine.kernels.formulas import addresses
from engine.kernels.groups import ALONE, ORDERED_PAIRS, PAIRS, TRIPLETS
from engine.kernels.plan import aligned
from engine.kernels.single import train_single
from engine.kernels.survey import fields, survey
from engine.kernels.training import next_batch, train
from engine.kernels.width import NARROW, WIDTH
from engine.losses import LOSSES, Loss
from engine.optimizers import MAXIMUM_SETTINGS, OPTIMIZERS, STATE_VECTORS
from engine.parameters import Layout
from engine.regularizers import REGULARIZERS
from engine.schedules import SCHEDULES
from engine.settings import complete

# Parameters, those at the start of the epoch, state, parameters before the last step, counters.
Saved = tuple[Array, Array, Array, Array, np.ndarray[tuple[int], np.dtype[np.int64]]]


class Batch(NamedTuple):
    """The samples of one step.

    Attributes:
        first: how many samples of the epoch come before them.
        chosen: their numbers among the training samples, shape (members of a group, n).
        points: where they are seen, shape (members, 2, n).
        wanted: what is wanted there, shape (rows, n).
    """

    first: int
    chosen: NDArray[np.int64]
    points: Array
    wanted: Array


# The key of a step with all units at work.
NO_DROPOUT = np.uint64(0)
DRAWINGS = {"pair": PAIRS, "triplet": TRIPLETS, "order": ORDERED_PAIRS}


class Runner:
    """Everything the kernels need, in their own layout; knows samples and numbers, not what they mean."""

    def __init__(self, layout: Layout, training: Training, train: SampleTable, seed: int) -> None:
        self._count = layout.parameter_count
        self._layout = layout
        self._make_workspaces(training, train)
        size = self._work.plan.size
        self._parameters, self._previous, self._epoch_start = aligned(size), aligned(size), aligned(size)
        self._state = aligned(STATE_VECTORS, size)
        self._is_weight = aligned(size)
        self._is_weight[: self._count] = layout.is_weight()
        self._counters = np.zeros(COUNTERS, dtype=np.int64)
        self._counters[SEED] = seed
        self._optimizer = training.optimizer.name
        self._rate_factor = 1.0
        self._configure(training, train)

    def _make_workspaces(self, training: Training, train: SampleTable) -> None:
        members, rows = LOSSES[training.loss].members, train.wanted.shape[0]
        self._work = Workspace(self._layout, members, rows)
        self._single: SingleWorkspace | None = None

    def _configure(self, training: Training, train: SampleTable) -> None:
        self._check(train)
        self._training = training
        optimizer, schedule = OPTIMIZERS[training.optimizer.name], SCHEDULES[training.schedule.name]
        loss, output = LOSSES[training.loss], self._layout.layers[-1].activation
        preparation = np.array(
            [*(getattr(training, entry.name) for entry in REGULARIZERS), training.clip_value, training.clip_norm, 0.0]
        )
        changes = schedule.name != "constant" and not schedule.watches_loss
        drawing = DRAWINGS.get(loss.target, ALONE)
        batch_size = min(training.batch_size, max(1, train.count))
        # One sample at a time, with nothing that needs to see a whole layer: units go into lanes.
        self._is_single = (
            batch_size == 1
            and not (loss.joint or loss.members > 1 or ACTIVATIONS[output].joint)
            and not (training.max_norm or training.jitter)
            and not self._drops
        )
        if self._is_single and self._single is None:
            self._single = SingleWorkspace(self._layout)
        formulas = addresses(NARROW if self._is_single else WIDTH)
        chosen = formulas["optimizer", optimizer.name]
        self._rule = Rule(
            loss=_loss_rule(loss, output, training, formulas),
            update=formulas["optimizer", "after preparation"] if preparation.any() else chosen,
            settings=_filled(complete(optimizer.settings, training.optimizer.settings)),
            rate=float(training.learning_rate) * self._rate_factor,
            schedule=formulas["schedule", schedule.name] if changes else 0,
            schedule_settings=_filled(complete(schedule.settings, training.schedule.settings)),
            preparation=preparation,
            max_norm=float(training.max_norm),
            jitter=float(training.jitter),
            members=loss.members,
            drawing=drawing,
            hard=training.sampling == "hard",
            batch_size=batch_size,
        )
        preparation[-1:].view(np.int64)[0] = chosen
        # What measures has samples in lanes, whatever trains.
        self._loss = _loss_rule(loss, output, training, addresses(WIDTH))
        self._train = train
        self._samples = train.for_training(self._layout.features, groups=drawing != ALONE)
        self._counters[ORDERED] = -1
        if self._counters[POSITION] >= train.count:
            self._counters[POSITION] = 0

    def start(self, parameters: Array) -> None:
        """Begin anew from ``parameters``: epoch 0, the optimizer's state zero."""
        self._state[:] = 0.0
        self._counters[[STEP, UPDATES, EPOCH, POSITION]] = 0
        self._counters[ORDERED] = -1
        self.set_parameters(parameters)
        self._epoch_start[:] = self._parameters
        self.set_rate_factor(1.0)

    def change(self, layout: Layout, training: Training, train: SampleTable) -> None:
        """Go on with other settings or samples; another optimizer starts with its state zero."""
        if training.optimizer.name != self._optimizer:
            self._optimizer = training.optimizer.name
            self._state[:] = 0.0
            self._counters[UPDATES] = 0
        work = (LOSSES[training.loss].members, train.wanted.shape[0])
        if layout != self._layout or work != (self._work.members, self._work.rows):
            self._layout = layout  # of the same size, but with other activations
            self._make_workspaces(training, train)
        if train is not self._train:
            self._counters[POSITION] = 0
        self._configure(training, train)

    def set_rate_factor(self, factor: float) -> None:
        """Multiply the learning rate with ``factor`` from now on, whatever else its schedule does."""
        self._rate_factor = factor
        self._rule = self._rule._replace(rate=float(self._training.learning_rate) * factor)

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
    def updates(self) -> int:
        """Steps done since the optimizer was new."""
        return int(self._counters[UPDATES])

    @property
    def state(self) -> Array:
        """A copy of the optimizer's state, shape (state vectors, parameters)."""
        return self._state[:, : self._count].copy()

    @property
    def _drops(self) -> bool:
        return any(layer.dropout for layer in self._layout.layers)

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
        return (
            self._parameters.copy(),
            self._epoch_start.copy(),
            self._state.copy(),
            self._previous.copy(),
            self._counters.copy(),
        )

    def load(self, saved: Saved) -> None:
        """Go back to what ``save`` returned."""
        self._parameters[:], self._epoch_start[:], self._state[:], self._previous[:], self._counters[:] = saved
        self._counters[ORDERED] = -1

    def run(self, steps: int) -> int:
        """Take ``steps`` steps; return how many gave finite numbers (if fewer, the parameters are not to be used)."""
        if self._is_single and self._single is not None:
            return self._run_single(self._single, steps)
        return self._run_blocks(steps)

    def _run_blocks(self, steps: int) -> int:
        work = self._work
        done = train(
            work.net, self._rule, self._samples, work.scratch, self._parameters, self._epoch_start,
            self._state.reshape(-1), self._is_weight, self._counters, work.plan.units, steps,
        )  # fmt: skip
        if done == steps:
            self._previous[:] = work.scratch.previous
        return int(done)

    def _run_single(self, single: SingleWorkspace, steps: int) -> int:
        places = single.places
        single.parameters[places] = self._parameters[: self._count]
        single.state[:, places] = self._state[:, : self._count]
        done = train_single(
            single.net, self._rule, self._samples, single.scratch, single.parameters, single.state.reshape(-1),
            single.is_weight, self._counters, single.block, steps,
        )  # fmt: skip
        self._parameters[: self._count] = single.parameters[places]
        self._state[:, : self._count] = single.state[:, places]
        if done == steps:
            self._previous[: self._count] = single.scratch.previous[places]
        return int(done)

    def next_batch(self) -> Batch:
        """Return what the next step will be made from; the run goes on as if nobody had asked."""
        work, members, size = self._work, self._rule.members, self._rule.batch_size
        chosen = np.zeros((members, size), dtype=np.int64)
        points, wanted = np.zeros((members, 2, size)), np.zeros((self._samples.wanted.shape[0], size))
        count = next_batch(
            work.net, self._rule, self._samples, work.scratch, self._parameters, self._epoch_start, self._counters,
            chosen, points, wanted,
        )  # fmt: skip
        return Batch(self.position, chosen[:, :count], points[..., :count], wanted[:, :count])

    def _check(self, table: SampleTable) -> None:
        """Refuse samples of another network: kernels work on addresses and would write beyond the arrays.

        Raises:
            ValueError: there are other inputs, outputs or wanted numbers than the network has.
        """
        shape = (len(table.inputs), len(table.predictions), len(table.wanted))
        expected = (len(self._layout.features), self._layout.layers[-1].outputs, self._work.rows)
        if shape != expected:
            raise ValueError(f"samples of {shape} inputs, outputs and wanted numbers for a network of {expected}")

    def _survey(
        self, table: SampleTable, with_gradient: bool, key: np.uint64 = NO_DROPOUT, first_sample: int = 0
    ) -> float:
        self._check(table)
        work, scratch = self._work, self._work.scratch
        return float(
            survey(
                work.net, self._loss, self._rule.members, self._parameters, table.inputs, table.wanted,
                table.partners, table.count, table.predictions, scratch.gradient, with_gradient, scratch.z, scratch.a,
                scratch.delta, scratch.kept, work.block, work.plan.units, key, first_sample,
            )
        )  # fmt: skip

    def loss_sum(self, table: SampleTable) -> float:
        """Return the sum of the losses of all samples of ``table`` and fill its predictions."""
        return self._survey(table, with_gradient=False)

    def gradient_sum(self, table: SampleTable) -> Array:
        """Return the sum of the gradients of all samples of ``table``, flat, with all units at work."""
        self._survey(table, with_gradient=True)
        return np.array(self._work.scratch.gradient[: self._count])

    def step_sums(self, table: SampleTable, first_sample: int) -> tuple[float, Array]:
        """Return the sums of the losses and gradients (flat) of all samples of ``table``, with the next step's dropout.

        ``first_sample`` is how many samples of the step's batch come before them.
        """
        low, high = step_key(int(self._counters[SEED]), self.step)
        key = low | high << np.uint64(32) if self._drops else NO_DROPOUT
        loss = self._survey(table, True, key, first_sample)
        return loss, np.array(self._work.scratch.gradient[: self._count])

    def fill_fields(
        self, inputs: Array, first: int, picture: np.ndarray[tuple[int, int], np.dtype[np.float32]]
    ) -> None:
        """Fill ``picture`` (units, n) with the outputs of the units from ``first`` for inputs (features, n)."""
        scratch = self._work.scratch
        fields(self._work.net, self._parameters, inputs, first, picture, scratch.z, scratch.a, scratch.kept)


def _loss_rule(loss: Loss, output: str, training: Training, formulas: dict[tuple[str, str], int]) -> LossRule:
    from_logits = loss.partner == output
    kind = "logit loss" if from_logits else "loss"
    return LossRule(
        slope=formulas[f"{kind} slope", loss.name],
        value=formulas[f"{kind} value", loss.name],
        setting=(*complete(loss.settings, training.loss_settings), 0.0)[0],
        from_logits=from_logits,
    )


def _filled(settings: tuple[float, ...]) -> tuple[float, ...]:
    return settings + (0.0,) * (MAXIMUM_SETTINGS - len(settings))

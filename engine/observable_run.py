"""What a run has come to: all that can be asked of it, and nothing that moves it on."""

import msgspec
import numpy as np

from engine import reference
from engine.checkpoints import Checkpoints
from engine.datasets.dataset import Array, Dataset
from engine.divergence import Divergence
from engine.evaluation import Evaluation, Measurement
from engine.experiment import Experiment
from engine.field_maps import FieldMaps
from engine.kernels.runner import Batch, Runner
from engine.loss_curve import LossCurve
from engine.parameters import layout
from engine.sample_tables import batch_table
from engine.schedules import SCHEDULES
from engine.settings import complete
from engine.trace import KEPT, Sums, Trace, take_apart
from engine.watch import Memory, Stopped, Watch


class Snapshot(msgspec.Struct, frozen=True, eq=False):
    """All that a run needs to go on from here bit for bit: small, whatever the number of samples."""

    parameters: Array
    epoch_start: Array
    state: Array
    previous: Array
    counters: np.ndarray[tuple[int], np.dtype[np.int64]]
    curve: LossCurve
    memory: Memory


class ObservableRun:
    """One run of one experiment, as seen from outside.

    Attributes:
        experiment, dataset, layout: what is trained, on what, and the shape of the network.
        evaluation: the samples, and what the network put out for them when last measured.
        divergence: why the run cannot go on, or None.
        stopped: which of its own conditions has ended the run, or None; ``go_on`` lifts it.
    """

    def __init__(self, experiment: Experiment, dataset: Dataset) -> None:
        self._curve = LossCurve()
        self._checkpoints = Checkpoints()
        self._load(experiment, dataset)
        self.evaluation = Evaluation(experiment, dataset)
        self._runner = Runner(self.layout, experiment.training, self.evaluation.train, experiment.seed)
        self._watch = Watch(experiment.training)

    def _load(self, experiment: Experiment, dataset: Dataset) -> None:
        self.experiment, self.dataset = experiment, dataset
        self.layout = layout(experiment.network)
        self.divergence: Divergence | None = None
        self.stopped: Stopped | None = None
        self._fields = FieldMaps(self.layout)

    @property
    def epoch(self) -> int:
        """Completed epochs."""
        return self._runner.epoch

    @property
    def step(self) -> int:
        """Completed steps."""
        return self._runner.step

    @property
    def has_ended(self) -> bool:
        """Whether the run has diverged or stopped by a condition of its own."""
        return self.divergence is not None or self.stopped is not None

    @property
    def parameters(self) -> Array:
        """A copy of the parameters, flat."""
        return self._runner.parameters

    @property
    def last_update(self) -> Array:
        """What the last step added to the parameters, flat; zero before the first."""
        return self._runner.parameters - self._runner.previous

    @property
    def train_curve(self) -> tuple[Array, Array]:
        """Epochs and train losses so far, read-only."""
        return self._curve.train

    @property
    def test_curve(self) -> tuple[Array, Array]:
        """Epochs and test losses so far, read-only."""
        return self._curve.test

    @property
    def steps_per_epoch(self) -> int:
        """Steps that one pass over the training set takes; 0 if it is empty."""
        return -(-self.evaluation.train.count // self.experiment.training.batch_size)

    def steps_to_epoch_end(self) -> int:
        """Return how many steps are left of this epoch; 0 if there are no training samples."""
        return -(-(self.evaluation.train.count - self._runner.position) // self.experiment.training.batch_size)

    def measure(self) -> Measurement:
        """Return losses and metrics at the present parameters."""
        losses = self.evaluation.losses(self._runner)
        penalty = reference.penalty(self.layout, self._runner.parameters, self._rates())
        return Measurement(*losses, penalty, *self.evaluation.metrics())

    @property
    def learning_rate(self) -> float:
        """η of the next step, after schedule."""
        training = self.experiment.training
        schedule = SCHEDULES[training.schedule.name]
        settings = complete(schedule.settings, training.schedule.settings)
        epochs = self._runner.epoch + self._runner.position / max(1, self.evaluation.train.count)
        return float(training.learning_rate * self._watch.memory.factor * schedule.factor(epochs, settings))

    @property
    def best_epoch(self) -> int | None:
        """The epoch of the smallest test loss so far, where early stopping looks for it; None else."""
        has_best = self.experiment.training.stop.patience and self._watch.memory.best_parameters is not None
        return self._watch.memory.best_epoch if has_best else None

    @property
    def seconds_left(self) -> float:
        """For how long the run may still go on; infinite without a limit."""
        return self._watch.seconds_left

    def gradient(self) -> Array:
        """Return the gradient of the mean loss over the training set and of the penalty, flat."""
        penalty = reference.penalty_gradient(self.layout, self._runner.parameters, self._rates())
        if not self.evaluation.train.count:
            return penalty
        return np.asarray(self._runner.gradient_sum(self.evaluation.train) / self.evaluation.train.count + penalty)

    def trace(self) -> Trace | None:
        """Return the next iteration taken apart, without making it; None if there is nothing to train on."""
        if not self.evaluation.train.count:
            return None
        batch = self._runner.next_batch()
        return take_apart(
            self.experiment,
            self.dataset,
            self.layout,
            batch,
            self._runner.parameters,
            self._runner.state,
            rate=self.learning_rate,
            number=self._runner.updates + 1,
            epoch=self._runner.epoch,
            step=self._runner.step,
            others=self._sums_of_others(batch),
        )

    def _sums_of_others(self, batch: Batch) -> Sums | None:
        """Return what the samples of ``batch`` add that a trace does not keep; None if it keeps all.

        There may be a million, for which readable NumPy would take a minute.
        """
        if batch.chosen.shape[1] <= KEPT:
            return None
        return self._runner.step_sums(batch_table(self.experiment, batch, KEPT), KEPT)

    def _rates(self) -> dict[str, float]:
        return {"l1": self.experiment.training.l1, "l2": self.experiment.training.l2}

    def unit_fields(self, size: int) -> np.ndarray[tuple[int, int, int], np.dtype[np.float32]]:
        """Return every unit's output over the domain, shape (units, size, size), row 0 at the top (largest x₂)."""
        return self._fields.all_units(self._runner, size)

    def output_fields(self, size: int) -> np.ndarray[tuple[int, int, int], np.dtype[np.float32]]:
        """Return the output units' outputs over the domain, shape (outputs, size, size)."""
        return self._fields.outputs(self._runner, size)

    def field(self, unit: int, size: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        """Return the output of one unit over the domain, shape (size, size); unit −1 is the output unit."""
        return self._fields.one_unit(self._runner, unit % self.layout.unit_count, size)

    @property
    def earliest_step(self) -> int:
        """The first step that ``go_to`` can go back to."""
        earliest = self._checkpoints.earliest
        return self._runner.step if earliest is None else earliest

    def snapshot(self) -> Snapshot:
        """Return all that is needed to go on from here."""
        return Snapshot(*self._runner.save(), self._curve.copy(), self._watch.memory)

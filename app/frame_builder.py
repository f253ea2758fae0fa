"""From the trainer to a frame: everything the visible views draw from, computed at one moment."""

import msgspec
import numpy as np

from app.frame import Array, Curve, Frame
from engine.datasets.dataset import Dataset, frozen
from engine.tasks import TASKS, class_targets
from engine.trace import Trace
from engine.trainer import Trainer
from engine.unit_statistics import StatisticsInputs, UnitStatistics, statistics_inputs, unit_statistics

# Targets that are all zero still need a scale to be drawn on.
SMALLEST_SCALE = 1e-12


class FrameRequest(msgspec.Struct, frozen=True):
    """What the visible views draw; a size of 0 means that nobody looks, and nothing is computed.

    Attributes:
        unit_size: pixels along a side of every unit's field.
        output_size: the same of the output's field and of the field of the focused unit.
        focus_unit: the number of the unit the user points at, or −1.
        outputs: whether anyone looks at what the network puts out for the samples.
        trace: whether anyone walks through the next iteration.
        statistics: whether anyone looks at where the units sit on their activations.
    """

    unit_size: int = 0
    output_size: int = 0
    focus_unit: int = -1
    outputs: bool = False
    trace: bool = False
    statistics: bool = False


class FrameBuilder:
    """Builds frames; remembers what depends on the data set alone."""

    def __init__(self) -> None:
        self._dataset: Dataset | None = None
        self._largest = 0.0
        self._trace: Trace | None = None
        self._traced: Dataset | None = None
        self._taken: tuple[Dataset, tuple[str, ...], StatisticsInputs] | None = None
        self._curves = [Curve(np.empty(0), np.empty(0))] * 2

    def build(self, trainer: Trainer, request: FrameRequest, running: bool, samples_per_second: float) -> Frame:
        """Return the present moment of ``trainer``; all arrays are read-only."""
        # Shortly before a run diverges its losses are infinite, and shown as that.
        with np.errstate(over="ignore", invalid="ignore"):
            measured, gradient = trainer.measure(), trainer.gradient()
        low, high = self._output_range(trainer)
        # Measured above, at the present parameters.
        train_outputs, test_outputs = (
            frozen((each if request.outputs else each[:, :0]).copy()) for each in trainer.evaluation.predictions
        )
        focus = request.focus_unit if request.focus_unit < trainer.layout.unit_count else -1
        return Frame(
            experiment=trainer.experiment,
            layout=trainer.layout,
            running=running,
            epoch=trainer.epoch,
            step=trainer.step,
            train_loss=measured.train_loss,
            test_loss=measured.test_loss,
            penalty=measured.penalty,
            train_metric=measured.train_metric,
            test_metric=measured.test_metric,
            samples_per_second=samples_per_second,
            parameters=frozen(trainer.parameters),
            gradient=frozen(gradient),
            update=frozen(trainer.last_update),
            unit_fields=frozen(
                trainer.unit_fields(request.unit_size)
                if request.unit_size
                else np.zeros((trainer.layout.unit_count, 0, 0), dtype=np.float32)
            ),
            output_fields=frozen(
                trainer.output_fields(request.output_size)
                if request.output_size
                else np.zeros((trainer.layout.layers[-1].outputs, 0, 0), dtype=np.float32)
            ),
            focus_field=_field(trainer, focus, request.output_size) if focus >= 0 else None,
            focus_unit=focus,
            output_low=low,
            output_high=high,
            train_curve=self._curve(0, trainer.train_curve),
            test_curve=self._curve(1, trainer.test_curve),
            train_outputs=train_outputs,
            test_outputs=test_outputs,
            learning_rate=trainer.learning_rate,
            stopped=trainer.stopped,
            best_epoch=trainer.best_epoch,
            earliest_step=trainer.earliest_step,
            trace=self._next_iteration(trainer) if request.trace and not running else None,
            statistics=self._statistics(trainer) if request.statistics else None,
        )

    def _next_iteration(self, trainer: Trainer) -> Trace | None:
        """Return the same object again while nothing has moved: frames also come because somebody points at a unit."""
        last = self._trace
        if (
            last is None
            or (last.step, last.experiment) != (trainer.step, trainer.experiment)
            or self._traced is not trainer.dataset
            or not np.array_equal(last.update.before, trainer.parameters)
        ):
            self._trace, self._traced = trainer.trace(), trainer.dataset
        return self._trace

    def _statistics(self, trainer: Trainer) -> UnitStatistics | None:
        """Look at the same samples as before while data and features are the same."""
        dataset, features = trainer.dataset, trainer.layout.features
        if self._taken is None or self._taken[0] is not dataset or self._taken[1] != features:
            self._taken = (dataset, features, statistics_inputs(features, dataset))
        return unit_statistics(trainer.experiment, trainer.layout, trainer.parameters, self._taken[2])

    def _curve(self, number: int, columns: tuple[Array, Array]) -> Curve:
        """Return the same object again while nothing was added, so that the view sees it has nothing to draw."""
        last = self._curves[number]
        if not (np.array_equal(last.epochs, columns[0]) and np.array_equal(last.losses, columns[1])):
            self._curves[number] = Curve(*columns)
        return self._curves[number]

    def _output_range(self, trainer: Trainer) -> tuple[float, float]:
        """Return the outputs that are drawn in full color: the class targets, or the largest value either way.

        A gray value goes from 0 to 1. A score has no scale of its own, nor a zero: only the other scores.
        """
        experiment = trainer.experiment
        task = TASKS[experiment.data.task]
        if task.is_image or task.outputs_each:
            return 0.0, 1.0
        if task.name == "ranking":
            scores = np.concatenate([each.ravel() for each in trainer.evaluation.predictions])
            scores = scores[np.isfinite(scores)]
            low, high = (float(scores.min()), float(scores.max())) if scores.size else (-1.0, 1.0)
            return (low, high) if high - low > SMALLEST_SCALE else (low - 1.0, low + 1.0)
        if task.name == "embedding":
            largest = max(
                (float(np.max(np.abs(each), initial=0.0)) for each in trainer.evaluation.predictions), default=0.0
            )
            largest = largest if np.isfinite(largest) and largest > SMALLEST_SCALE else 1.0
            return -largest, largest
        if task.classes:
            return class_targets(experiment.training.loss, experiment.network.output.activation)
        if trainer.dataset is not self._dataset:
            self._dataset = trainer.dataset
            self._largest = float(np.max(np.abs(trainer.dataset.targets), initial=SMALLEST_SCALE))
        return -self._largest, self._largest


def _field(trainer: Trainer, unit: int, size: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return frozen(trainer.field(unit, size) if size else np.zeros((0, 0), dtype=np.float32))

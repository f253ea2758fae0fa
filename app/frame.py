"""A frame: one consistent moment of one training run, all that the views draw from."""

from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from app.theme import Theme
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.parameters import Layout
from engine.trace import Trace
from engine.unit_statistics import UnitStatistics
from engine.watch import Stopped

Array = NDArray[np.float64]


class Curve(msgspec.Struct, frozen=True, eq=False):
    """A loss over epochs, as it was measured: read-only arrays of the same length."""

    epochs: Array
    losses: Array


class Hidden(msgspec.Struct, frozen=True):
    """Which numbers of a moment are not to be said, since they are homework: in the frame they are not-a-number.

    Attributes:
        outputs, losses, gradient: the kinds of numbers.
        scores: which losses and metrics would be there; without test samples there are none to be found out.
    """

    outputs: bool = False
    losses: bool = False
    gradient: bool = False
    scores: frozenset[str] = frozenset()


class Frame(msgspec.Struct, frozen=True, eq=False):
    """One moment. All arrays are read-only; all numbers belong to ``parameters``.

    Attributes:
        experiment: what is being trained.
        layout: the shape of its network; units are numbered input features first, the output last.
        running: whether training goes on.
        epoch: completed epochs.
        step: completed steps since the start.
        train_loss, test_loss: mean losses without the penalty; NaN where there are no samples.
        penalty: the regularizers' penalty.
        train_metric, test_metric: accuracy or R²; NaN where there are no samples.
        samples_per_second: how fast training goes; 0 when paused.
        parameters: the flat vector.
        gradient: of the mean loss over the training set and the penalty, flat.
        update: what the last step added to the parameters, flat.
        unit_fields: what every unit puts out over the domain, float32, shape (units, rows, columns), row 0 at the top.
        output_fields: the same for the output units, finer, float32, shape (outputs, rows, columns).
        focus_field: the same for the unit the user points at (``focus_unit``), or None.
        focus_unit: the number of that unit, or −1.
        output_low, output_high: the outputs drawn in full negative and full positive color.
        train_curve, test_curve: the losses so far.
        train_outputs, test_outputs: what the network puts out for the training and the test samples, in the order of
            the data set, shape (outputs, n); n is 0 where nobody asked for them.
        learning_rate: η of the next step, after its schedule.
        stopped: which condition of its own has ended the run, or None.
        earliest_step: the first step that the run can go back to.
        trace: the next iteration taken apart; None while training goes on, where nobody asked, or without samples.
        statistics: where the units sit on their activations; None where nobody asked, or without samples.
        best_epoch: the epoch of the smallest test loss so far, where early stopping looks for it, or None.
        hidden: what is not to be said at the moment.
    """

    experiment: Experiment
    layout: Layout
    running: bool
    epoch: int
    step: int
    train_loss: float
    test_loss: float
    penalty: float
    train_metric: float
    test_metric: float
    samples_per_second: float
    parameters: Array
    gradient: Array
    update: Array
    unit_fields: NDArray[np.float32]
    output_fields: NDArray[np.float32]
    focus_field: NDArray[np.float32] | None
    focus_unit: int
    output_low: float
    output_high: float
    train_curve: Curve
    test_curve: Curve
    train_outputs: Array
    test_outputs: Array
    learning_rate: float
    stopped: Stopped | None
    best_epoch: int | None
    earliest_step: int = 0
    trace: Trace | None = None
    statistics: UnitStatistics | None = None
    hidden: Hidden = Hidden()

    @property
    def output_field(self) -> NDArray[np.float32]:
        """The field of the first output unit, shape (rows, columns)."""
        field: NDArray[np.float32] = self.output_fields[0]
        return field

    def outputs_of(self, dataset: Dataset) -> Array | None:
        """Return the outputs for all samples in the order of ``dataset``, (outputs, n); None if they are not here."""
        counts = self.train_outputs.shape[1], self.test_outputs.shape[1]
        if not len(dataset) or counts != (dataset.train_count, dataset.test_count):
            return None
        values = np.empty((len(self.train_outputs), len(dataset)))
        values[:, dataset.is_train], values[:, ~dataset.is_train] = self.train_outputs, self.test_outputs
        return values


class View(Protocol):
    """What the window needs of a view. A view knows no other view, no worker and no trainer."""

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Take what is trained; called whenever it changes, before any frame of it."""

    def show_frame(self, frame: Frame) -> None:
        """Draw one moment."""

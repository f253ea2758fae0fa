"""How well a network does: losses and metrics over the training and the test set."""

from typing import NamedTuple

import numpy as np

from engine.datasets.dataset import Array, Dataset, frozen
from engine.experiment import Experiment
from engine.kernels.buffers import SampleTable
from engine.kernels.runner import Runner
from engine.sample_tables import sample_table
from engine.tasks import TASKS, class_targets


class Measurement(NamedTuple):
    """How well the network does at its present parameters; NaN where there are no samples.

    Losses are means over their set without the penalty, which stands apart.
    """

    train_loss: float
    test_loss: float
    penalty: float
    train_metric: float
    test_metric: float


class Evaluation:
    """The samples of one experiment, and what a network puts out for them.

    Attributes:
        train, test: the samples as the kernels read them.
    """

    def __init__(self, experiment: Experiment, dataset: Dataset) -> None:
        is_train = dataset.is_train
        self.train, self.test = (sample_table(experiment, dataset, mask) for mask in (is_train, ~is_train))
        self._task = TASKS[experiment.data.task]
        self._targets = class_targets(experiment.training.loss, experiment.network.output.activation)

    def losses(self, runner: Runner) -> tuple[float, float]:
        """Return the mean losses of both sets at the runner's parameters, and fill their predictions."""
        train, test = (
            runner.loss_sum(table) / table.count if table.count else float("nan") for table in (self.train, self.test)
        )
        return train, test

    def metrics(self) -> tuple[float, float]:
        """Return the metrics of the predictions, which the last look at the losses has filled."""
        return self._metric(self.train), self._metric(self.test)

    def observed_metric(self) -> float:
        """Return the metric of the test set, or of the only one."""
        metric = self._metric(self.test)
        return self._metric(self.train) if np.isnan(metric) else metric

    def _metric(self, table: SampleTable) -> float:
        return self._task.metric(table.labels, _predicted(table), self._targets) if table.count else float("nan")

    @property
    def predictions(self) -> tuple[Array, Array]:
        """What the network puts out for all training and all test samples, (outputs, n) each, when last measured.

        Read-only views, in the order of the data set: the next measurement fills them anew.
        """
        return _predicted(self.train), _predicted(self.test)


def _predicted(table: SampleTable) -> Array:
    """Return the predictions of the samples of ``table``, without the columns that pad them: a read-only view."""
    return frozen(table.predictions[:, : table.count])

"""An experiment: what is trained, on what, and how. Frozen, valid by construction, readable as JSON."""

from typing import Annotated

import msgspec
from msgspec import Meta

from engine.experiment.base import (
    MAXIMUM_COORDINATE,
    MAXIMUM_LAYERS,
    MAXIMUM_OUTPUTS,
    MAXIMUM_UNITS,
    Configuration,
    Seed,
    numbers,
)
from engine.experiment.columns import Columns
from engine.experiment.data import Data, Generated, Points
from engine.experiment.network import Layer, LayerParameters, Network, Output
from engine.experiment.training import OptimizerChoice, ScheduleChoice, Stop, Training
from engine.losses import LOSSES
from engine.tasks import TASKS, output_for, output_units, unfit_features
from engine.validation import ExperimentError, check_ranges

__all__ = [
    "MAXIMUM_COORDINATE", "MAXIMUM_LAYERS", "MAXIMUM_OUTPUTS", "MAXIMUM_UNITS", "VERSION", "Columns", "Configuration",
    "Data", "Experiment", "Generated", "Layer", "LayerParameters", "Network", "OptimizerChoice", "Output", "Points",
    "ScheduleChoice", "Seed", "Stop", "Training", "numbers",
]  # fmt: skip

# Of the format of files. 2 has settings of data sets, balance, label noise, folds and how the split is drawn.
VERSION = 2


class Experiment(Configuration, frozen=True):
    """One experiment. The same experiment gives the same run, bit for bit, on one machine.

    Attributes:
        data: what is learned.
        network: what learns.
        training: how it learns.
        seed: draws the initial weights and the order of the samples.
        version: of the format of files, always the newest one here.
    """

    data: Data = Data()
    network: Network = Network()
    training: Training = Training()
    seed: Seed = 0
    version: Annotated[int, Meta(ge=1, le=VERSION)] = VERSION

    def __post_init__(self) -> None:
        check_ranges(self)
        # Whatever an older file left out has its default now.
        msgspec.structs.force_setattr(self, "version", VERSION)
        task, loss, output = TASKS[self.data.task], LOSSES[self.training.loss], self.network.output
        if loss.name not in task.losses:
            raise ExperimentError(
                f"loss must be {' or '.join(task.losses)} for the task “{task.name}”, not {loss.name}."
            )
        if output.activation not in loss.outputs or output.activation not in task.outputs:
            fitting = output_for(task.name, loss.name)
            reason = loss.unfit(output.activation)
            unfit = f"{output.activation} does not suit the task “{task.name}”: use a {fitting} output."
            raise ExperimentError(f"output: {reason or unfit}")
        low, high = output_units(task.name, self.data.classes)
        if not low <= output.units <= high:
            allowed = f"{low}" if low == high else f"from {low} to {high}"
            raise ExperimentError(f"output: units must be {allowed} for the task “{task.name}”, not {output.units}.")
        barred = unfit_features(task.name, self.network.features)
        if barred:
            raise ExperimentError(
                f"features: the task “{task.name}” knows x1 only, so {', '.join(barred)} cannot be used."
            )

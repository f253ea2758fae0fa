"""Frames with statistics, for the tests of both explorers."""

import msgspec
import numpy as np

from app.frame import Frame
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.parameters import Layout, initial, layout
from engine.unit_statistics import UnitStatistics, statistics_inputs, unit_statistics
from tests.app.sample_frame import sample_frame


def explored(experiment: Experiment, scale: float = 1.0) -> tuple[Experiment, Dataset, Layout, Frame]:
    """Return what an explorer is shown: the frame's statistics are of the initial weights, times ``scale``."""
    experiment, dataset, shape, frame = sample_frame(experiment)
    parameters = scale * initial(experiment)
    found = unit_statistics(experiment, shape, parameters, statistics_inputs(shape.features, dataset))
    return experiment, dataset, shape, msgspec.structs.replace(frame, statistics=found, parameters=parameters)


def statistics_with(statistics: UnitStatistics, outputs: np.ndarray) -> UnitStatistics:
    """Return ``statistics`` of a network that puts out ``outputs``, (outputs, n), from the same z."""
    return msgspec.structs.replace(statistics, output_a=outputs, output_z=outputs)


def layout_of(experiment: Experiment) -> Layout:
    """Return the shape of its network."""
    return layout(experiment.network)

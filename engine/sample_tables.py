"""From an experiment and its data to what the kernels read of the samples."""

import numpy as np
from numpy.typing import NDArray

from engine.datasets import groups
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.features import compute
from engine.kernels.buffers import NO_PARTNERS, SampleTable
from engine.kernels.runner import Batch
from engine.losses import LOSSES
from engine.tasks import wanted


def sample_table(experiment: Experiment, dataset: Dataset, mask: NDArray[np.bool_]) -> SampleTable:
    """Return the samples of ``mask``: features, what is wanted, and the fixed pairs or triplets of losses on groups."""
    task, loss = experiment.data.task, LOSSES[experiment.training.loss]
    points, labels = dataset.points[mask], dataset.targets[mask]
    rows = wanted(task, loss.name, experiment.network.output.activation, dataset, mask)
    partners = NO_PARTNERS
    seed = experiment.data.seed
    if loss.target == "pair":
        partners, same = groups.pairs(labels, seed)
        rows = same[None, :]
    elif loss.target == "triplet":
        partners = groups.triplets(labels, seed)
    elif loss.target == "order":
        partners, order = groups.ordered_pairs(labels, seed)
        rows = order[None, :]
    return SampleTable(
        compute(experiment.network.features, points),
        rows,
        experiment.network.output.units,
        points=points,
        labels=labels,
        classes=dataset.classes,
        partners=partners,
    )


def batch_table(experiment: Experiment, batch: Batch, first: int) -> SampleTable:
    """Return the samples of ``batch`` from number ``first`` on where they are seen, with the rest of their groups."""
    points = batch.points[..., first:]
    members, _, count = points.shape
    # The second of all groups follow the first of all, then the third.
    partners = np.arange(count, members * count).reshape(members - 1, count)
    return SampleTable(
        compute(experiment.network.features, np.concatenate([each.T for each in points])),
        np.tile(batch.wanted[:, first:], (1, members)),
        experiment.network.output.units,
        partners=partners,
        count=count,
    )

"""Where the samples of this network are on the curve of its loss."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.frame import Array
from app.views.explorers.loss_curves import Setup
from engine import reference
from engine.activations import ACTIVATIONS
from engine.datasets import groups
from engine.datasets.dataset import Dataset
from engine.losses import Loss
from engine.tasks import wanted
from engine.trace import Trace
from engine.unit_statistics import FLAT, UnitStatistics


@dataclass(frozen=True, eq=False)
class Placed:
    """Samples, pairs or triplets on the curve.

    Attributes:
        x, losses: place and loss of each, shape (n,).
        kinds: 0 or 1 each: of two classes the class; of several 1 where the right one wins; of pairs 1 if alike.
        shown: which of them belong to the curve: of two classes those of the class that is looked at.
        hidden_mistakes: how many are wrong where the output is flat, so that their error hardly comes back.
        batch: which of them the next step learns from; None where that is not known.
    """

    x: Array
    losses: Array
    kinds: NDArray[np.int64]
    shown: NDArray[np.bool_]
    hidden_mistakes: int = 0
    batch: NDArray[np.bool_] | None = None


def placed(setup: Setup, dataset: Dataset, statistics: UnitStatistics, trace: Trace | None = None) -> Placed | None:
    """Return where the samples of ``statistics`` lie; None where they are others than those of ``dataset``.

    ``trace`` is the next iteration, where training stands still.
    """
    found = _placed(setup, dataset, statistics)
    # Pairs and triplets are drawn anew for every step.
    if found is None or trace is None or setup.is_group:
        return found
    chosen = np.flatnonzero(dataset.is_train)[statistics.samples]
    return replace(found, batch=np.isin(chosen, trace.samples[0]))


def _placed(setup: Setup, dataset: Dataset, statistics: UnitStatistics) -> Placed | None:
    numbers = np.flatnonzero(dataset.is_train)
    units = setup.experiment.network.output.units
    if len(numbers) != statistics.train_count or len(statistics.output_a) != units:
        return None
    chosen = numbers[statistics.samples]
    if setup.is_group:
        return _groups(setup, dataset.targets[chosen], statistics.output_a)
    mask = np.zeros(len(dataset), dtype=np.bool_)
    mask[chosen] = True
    loss, output = setup.loss, setup.experiment.network.output.activation
    y = wanted(setup.task.name, loss.name, output, dataset, mask)
    z, a = statistics.output_z, statistics.output_a
    losses = reference.sample_losses(loss.name, output, y, z, a, setup.setting(loss))
    labels = dataset.targets[chosen]
    everything = np.ones(len(chosen), dtype=np.bool_)
    if setup.task.outputs_each:
        right = labels.astype(np.int64)
        return Placed(_lead(setup, z, a, right), losses, (a.argmax(axis=0) == right).astype(np.int64), everything)
    if setup.task.classes == 2:
        kinds = (labels > 0.5).astype(np.int64)
        x = z[0] if setup.over_z else a[0]
        return Placed(x, losses, kinds, kinds == int(setup.target), _hidden_mistakes(setup, loss, z, a, kinds))
    # Values: the loss looks at the error only, so each sample is placed by its own.
    return Placed(a[0] - y[0] + setup.target, losses, np.ones(len(chosen), dtype=np.int64), everything)


def _lead(setup: Setup, z: Array, a: Array, right: NDArray[np.int64]) -> Array:
    """Return the prediction of the right class, or by how much it is ahead of the mean of the others."""
    values = z if setup.over_z else a
    own = np.take_along_axis(values, right[None, :], axis=0)[0]
    if not setup.over_z and setup.is_shared:
        return np.asarray(own)
    others = (values.sum(axis=0) - own) / max(len(values) - 1, 1)
    return np.asarray(own - others)


def _hidden_mistakes(setup: Setup, loss: Loss, z: Array, a: Array, kinds: NDArray[np.int64]) -> int:
    """Count the samples on the wrong side that sit where the output's slope is flat, unless the loss cancels it."""
    output = setup.experiment.network.output
    entry = ACTIVATIONS[output.activation]
    if loss.partner == entry.name:
        return 0
    alpha = entry.alpha({} if output.alpha is None else {"alpha": output.alpha})
    slope = np.abs(entry.slope_at(z, a, alpha))[0]
    first, second = loss.class_targets or entry.class_targets
    is_second = (a[0] > 0.5 * (first + second)) == (second > first)
    return int(np.count_nonzero((slope < FLAT) & (is_second != (kinds == 1))))


def _groups(setup: Setup, targets: Array, a: Array) -> Placed:
    """Return the pairs or triplets by which the loss is measured, each at its distance or lead."""
    loss, seed = setup.loss, setup.experiment.data.seed
    extra = (setup.setting(loss),) if loss.settings else ()
    everything = np.ones(len(targets), dtype=np.bool_)
    if loss.target == "triplet":
        partners = groups.triplets(targets, seed)
        friend, stranger = a[:, partners[0]], a[:, partners[1]]
        x = np.sum((a - stranger) ** 2, axis=0) - np.sum((a - friend) ** 2, axis=0)
        losses = loss.value(np.zeros(len(targets)), a, friend, stranger, *extra)
        return Placed(x, np.asarray(losses), (x > 0.0).astype(np.int64), everything)
    if loss.target == "order":
        partners, order = groups.ordered_pairs(targets, seed)
        x = order * (a[0] - a[0, partners[0]])
        losses = loss.value(order, a, a[:, partners[0]], *extra)
        return Placed(x, np.asarray(losses), (x > 0.0).astype(np.int64), everything)
    partners, same = groups.pairs(targets, seed)
    other = a[:, partners[0]]
    losses = loss.value(same, a, other, *extra)
    x = np.sqrt(np.sum((a - other) ** 2, axis=0))
    return Placed(x, np.asarray(losses), same.astype(np.int64), everything)

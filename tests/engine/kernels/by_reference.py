"""Training by the NumPy reference, in the order and with the groups that a run of the kernels has used."""

from typing import NamedTuple

import numpy as np

from engine import reference
from engine.datasets.dataset import Array
from engine.dropout import factors, hashed, step_key
from engine.experiment import Experiment
from engine.features import compute
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.parameters import Layout, initial
from engine.schedules import SCHEDULES
from engine.settings import complete
from engine.trainer import Trainer


class Epoch(NamedTuple):
    """What an epoch of the kernels went through: order of the anchors, partners and what was wanted of each."""

    order: np.ndarray
    partners: np.ndarray
    wanted: Array


def epochs_of(trainer: Trainer, count: int) -> list[Epoch]:
    """Train ``count`` epochs step by step and return what they went through."""
    epochs = []
    for number in range(count):
        trainer.step_once()
        samples = trainer._runner._samples
        epochs.append(Epoch(samples.order.copy(), samples.partners.copy(), samples.wanted.copy()))
        while trainer.epoch <= number:
            trainer.step_once()
    return epochs


def parameters_after(
    experiment: Experiment, trainer: Trainer, epochs: list[Epoch], start: Array | None = None
) -> Array:
    """Return the parameters that the reference comes to from ``start``, or from the initial ones."""
    training, shape = experiment.training, trainer.layout
    points = trainer.dataset.points[trainer.dataset.is_train]
    rule, schedule = OPTIMIZERS[training.optimizer.name], SCHEDULES[training.schedule.name]
    settings = complete(rule.settings, training.optimizer.settings)
    rates = {"l1": training.l1, "l2": training.l2}
    flat, state, step = initial(experiment) if start is None else start, reference.new_state(shape), 0
    for number, epoch in enumerate(epochs):
        count = len(epoch.order)
        for first in range(0, count, training.batch_size):
            places = np.arange(first, min(first + training.batch_size, count))
            gradient = _gradient(experiment, shape, flat, points, number, epoch, places, step)
            gradient = gradient + reference.penalty_gradient(shape, flat, rates)
            gradient = reference.clipped(gradient, training.clip_value, training.clip_norm)
            factor = schedule.factor(number + first / count, complete(schedule.settings, training.schedule.settings))
            step += 1
            rate = training.learning_rate * float(factor)
            flat, state = reference.update(rule.name, flat, gradient, state, rate, step, settings)
            if training.max_norm:
                flat = reference.limited(shape, flat, training.max_norm)
    return flat


def _gradient(
    experiment: Experiment, shape: Layout, flat: Array, points: Array, number: int, epoch: Epoch, places: np.ndarray,
    step: int,
) -> Array:  # fmt: skip
    training = experiment.training
    loss = LOSSES[training.loss]
    anchors = epoch.order[places]
    inputs, masks = [], []
    for member in range(loss.members):
        samples = anchors if member == 0 else epoch.partners[member - 1, anchors]
        moved = points[samples] + _jitter(training.jitter, experiment.seed, number, member, places)
        inputs.append(compute(experiment.network.features, moved))
        masks.append(
            [
                factors(
                    experiment.seed, step, member * shape.unit_count + shape.first_unit(layer), each.outputs,
                    len(places), each.dropout,
                ) if each.dropout else None
                for layer, each in enumerate(shape.layers)
            ]
        )  # fmt: skip
    setting = (*complete(loss.settings, training.loss_settings), None)[0]
    return reference.gradient(
        shape, flat, tuple(inputs) if loss.members > 1 else inputs[0], epoch.wanted[:, anchors], loss.name, setting,
        masks,
    )  # fmt: skip


def _jitter(spread: float, seed: int, epoch: int, member: int, places: np.ndarray) -> Array:
    """Return the moves (n, 2) of the samples at ``places`` of an epoch: Box and Muller's method on hashed numbers."""
    if not spread:
        return np.zeros((len(places), 2))
    low, high = step_key(seed, -1 - epoch)
    first, second = (
        (hashed(low, high, np.uint64(1_000_003 + 2 * member + k), places.astype(np.uint64)) + 1.0) / 2.0**32
        for k in range(2)
    )
    radius = spread * np.sqrt(-2.0 * np.log(first))
    return np.column_stack((radius * np.cos(2.0 * np.pi * second), radius * np.sin(2.0 * np.pi * second)))

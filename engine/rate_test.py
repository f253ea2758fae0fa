"""The learning-rate range test: train a little at ever larger rates and see where the loss falls fastest.

Source: Smith, Cyclical learning rates for training neural networks, 2017.
"""

import math
from collections.abc import Callable

import msgspec
import numpy as np

from engine.datasets.dataset import Array, Dataset, frozen
from engine.experiment import Experiment, ScheduleChoice, Stop
from engine.trainer import Trainer

SMALLEST, LARGEST = 1e-6, 10.0
# Beyond this many times the smallest loss a run has exploded.
EXPLODED = 4.0
# A fall of the loss's logarithm by less is noise.
SMALLEST_FALL = 0.02


class RateTest(msgspec.Struct, frozen=True, eq=False):
    """What a range test has found.

    Attributes:
        rates, losses: the learning rate of each stage and the train loss after it; read-only, of the same length.
        suggestion: the rate at which the loss falls fastest, or None if it never falls.
    """

    rates: Array
    losses: Array
    suggestion: float | None


def rate_test(
    experiment: Experiment,
    dataset: Dataset | None = None,
    parameters: Array | None = None,
    *,
    stages: int = 80,
    report: Callable[[float], None] = lambda share: None,
) -> RateTest:
    """Return what comes of ``experiment`` when its learning rate grows from 10⁻⁶ to 10, evenly on a log scale.

    Each stage trains for one epoch, or for eight steps if that is less, and starts where the last one ended; the whole
    test starts from ``parameters``, or from the initial ones. It ends early when the loss explodes.

    Args:
        report: called with the share done before every stage; an exception it raises ends the test.
    """
    training = msgspec.structs.replace(experiment.training, schedule=ScheduleChoice(), stop=Stop())
    plain = msgspec.structs.replace(experiment, training=training)
    trainer = Trainer(plain, dataset)
    if parameters is not None:
        trainer.set_parameters(parameters)
    rates = np.geomspace(SMALLEST, LARGEST, stages)
    losses: list[float] = []
    first = trainer.measure().train_loss
    for number, rate in enumerate(rates):
        report(number / stages)
        changed = msgspec.structs.replace(training, learning_rate=float(rate))
        trainer.change(msgspec.structs.replace(plain, training=changed))
        trainer.run(math.inf, steps=max(1, min(8, trainer.steps_per_epoch)))
        loss = trainer.measure().train_loss
        if trainer.divergence is not None or not math.isfinite(loss):
            break
        losses.append(loss)
        if loss > EXPLODED * max(min(first, *losses), 1e-12):
            break
    report(1.0)
    used = rates[: len(losses)]
    return RateTest(frozen(used.copy()), frozen(np.array(losses)), suggested(used, np.array(losses)))


def suggested(rates: Array, losses: Array) -> float | None:
    """Return the rate at which the smoothed loss falls fastest per octave, or None if it falls by less than 2 %.

    Only what reaches a new low counts: behind a first jump the loss also falls, from where the jump has thrown it.
    """
    if len(losses) < 5:
        return None
    # A mean over five stages: one lucky batch must not decide.
    smooth = np.convolve(np.log(np.maximum(losses, 1e-300)), np.full(5, 0.2), mode="valid")
    lows = np.minimum.accumulate(smooth)
    slopes = np.diff(lows)
    lowest = int(np.argmin(slopes))
    # Slopes lie between two smoothed values, of which the first belongs to the third rate.
    return float(np.sqrt(rates[lowest + 2] * rates[lowest + 3])) if lows[0] - lows[-1] > SMALLEST_FALL else None

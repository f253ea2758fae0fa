"""Where the units of a network sit on their activations: how far out z is, and how much slope is left there."""

from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine import reference
from engine.activations import ACTIVATIONS
from engine.datasets.dataset import Array, Dataset, frozen
from engine.experiment import Experiment
from engine.features import compute
from engine.losses import LOSSES
from engine.parameters import Layout

# Of larger training sets so many samples are looked at, evenly taken.
MOST_SAMPLES = 1_000
# Where a slope is smaller than this, a unit is called saturated.
FLAT = 0.01
BARS = 64
# A histogram of z goes from minus to plus one of these, times a power of ten: it changes seldom as training goes on.
REACHES = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0)
SMALLEST_REACH = 4.0
# Of a run that is about to diverge: an axis twice as long must have a length, too.
LARGEST_REACH = 1e100


class LayerStatistics(msgspec.Struct, frozen=True, eq=False):
    """One layer, over all its units and all samples looked at, without dropout.

    Attributes:
        counts: how many values z lie in each bar of the histogram, shape (BARS,); what is not finite is left out.
        edges: the limits of the bars, shape (BARS + 1,); all hidden layers have the same, and so none lies beyond.
        saturated: the share of values z at which |f′(z)| < FLAT; of a joint activation the diagonal ∂aᵢ/∂zᵢ counts.
        dead_units: how many units have f′(z) = 0 on every sample, and do not learn any more.
        mean: of a.
        slope: the mean of |f′(z)|.
        product: how much slope is left on the way back to here: the mean over samples of the product, over this layer
            and all after it, of the layer's mean |f′(z)|. That is the mean of |f′|·|f′|·… over all samples and all
            paths that take one unit of each layer. The output layer's factor is 1 where the loss cancels its slope.
    """

    counts: NDArray[np.int64]
    edges: Array
    saturated: float
    dead_units: int
    mean: float
    slope: float
    product: float


class UnitStatistics(msgspec.Struct, frozen=True, eq=False):
    """All layers of a network at one moment.

    Attributes:
        layers: one for each layer, the output last.
        samples: the numbers of the samples looked at among the training samples, shape (n,), ascending.
        train_count: how many training samples there are.
        cancels_output: whether the loss is computed from z, so that the slope of the output plays no part.
        output_z, output_a: z and a of the output layer for these samples, shape (outputs, n).
    """

    layers: tuple[LayerStatistics, ...]
    samples: NDArray[np.int64]
    train_count: int
    cancels_output: bool
    output_z: Array
    output_a: Array


class StatisticsInputs(NamedTuple):
    """What depends on data and features alone: ``samples`` and ``train_count`` as above, ``inputs`` (features, n)."""

    samples: NDArray[np.int64]
    train_count: int
    inputs: Array


def statistics_inputs(features: tuple[str, ...], dataset: Dataset) -> StatisticsInputs:
    """Take at most MOST_SAMPLES training samples of ``dataset``, evenly, and compute their features."""
    numbers = np.flatnonzero(dataset.is_train)
    count = len(numbers)
    samples = np.linspace(0.0, count - 1.0, min(count, MOST_SAMPLES)).astype(np.int64)
    return StatisticsInputs(frozen(samples), count, compute(features, dataset.points[numbers[samples]]))


def unit_statistics(
    experiment: Experiment, layout: Layout, parameters: Array, taken: StatisticsInputs
) -> UnitStatistics | None:
    """Return the statistics at ``parameters``; None without any sample."""
    if not len(taken.samples):
        return None
    loss, output = LOSSES[experiment.training.loss], ACTIVATIONS[layout.layers[-1].activation]
    cancels = loss.partner == output.name
    # Shortly before a run diverges numbers leave every range.
    with np.errstate(all="ignore"):
        passed = reference.forward(layout, parameters, taken.inputs)
        slopes = [
            np.abs(ACTIVATIONS[layer.activation].slope_at(z, a, layer.alpha))
            for layer, z, a in zip(layout.layers, passed.z, passed.a[1:], strict=True)
        ]
        sizes = [float(np.max(np.abs(z), initial=0.0, where=np.isfinite(z))) for z in passed.z]
        hidden_reach, output_reach = reach_of(max(sizes[:-1], default=0.0)), reach_of(sizes[-1])
        last = len(layout.layers) - 1
        product = np.ones(len(taken.samples))
        layers = []
        for number in range(last, -1, -1):
            slope = slopes[number]
            means = slope.mean(axis=0)
            if number < last or not cancels:
                product = product * means
            reach = hidden_reach if number < last else output_reach
            layers.append(
                LayerStatistics(
                    counts=frozen(_counts(passed.z[number], reach)),
                    edges=frozen(np.linspace(-reach, reach, BARS + 1)),
                    saturated=float(np.count_nonzero(slope < FLAT) / slope.size),
                    dead_units=int(np.count_nonzero(~slope.any(axis=1))),
                    mean=float(passed.a[number + 1].mean()),
                    slope=float(means.mean()),
                    product=float(product.mean()),
                )
            )
    return UnitStatistics(
        layers=tuple(reversed(layers)),
        samples=taken.samples,
        train_count=taken.train_count,
        cancels_output=cancels,
        output_z=frozen(passed.z[-1]),
        output_a=frozen(passed.a[-1]),
    )


def reach_of(largest: float) -> float:
    """Return a round number that is at least ``largest`` and SMALLEST_REACH, or LARGEST_REACH."""
    if largest > LARGEST_REACH:
        return LARGEST_REACH
    if largest <= SMALLEST_REACH:
        return SMALLEST_REACH
    power = 10.0 ** np.floor(np.log10(largest))
    return float(next((each * power for each in REACHES if each * power >= largest), 10.0 * power))


def _counts(z: Array, reach: float) -> NDArray[np.int64]:
    """Return how many values lie in each of BARS equal parts of ± ``reach``."""
    finite = z[np.isfinite(z)]
    places = np.clip((finite + reach) * (BARS / (2.0 * reach)), 0, BARS - 1).astype(np.int64)
    return np.bincount(places, minlength=BARS)

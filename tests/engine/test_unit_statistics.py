"""Statistics of units, worked out again unit by unit and sample by sample, with slopes from differences."""

from itertools import pairwise

import msgspec
import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.experiment import Experiment, LayerParameters, Points
from engine.features import compute
from engine.parameters import initial, layout
from engine.unit_statistics import (
    MOST_SAMPLES,
    UnitStatistics,
    reach_of,
    statistics_inputs,
    unit_statistics,
)


def statistics_of(experiment: Experiment, scale: float = 1.0) -> UnitStatistics | None:
    shape = layout(experiment.network)
    taken = statistics_inputs(shape.features, resolve(experiment.data))
    return unit_statistics(experiment, shape, scale * initial(experiment), taken)


def by_hand(experiment: Experiment, scale: float) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Return z, a and |slope| of every layer, (units, samples): one unit at a time, slopes by central differences."""
    shape, flat, dataset = layout(experiment.network), scale * initial(experiment), resolve(experiment.data)
    below = compute(shape.features, dataset.points[dataset.is_train])
    result = []
    for number, layer in enumerate(shape.layers):
        weights, biases = shape.weights(flat, number), shape.biases(flat, number)
        z = np.array([sum(w * x for w, x in zip(row, below, strict=True)) + b
                      for row, b in zip(weights, biases, strict=True)])  # fmt: skip
        entry, step = ACTIVATIONS[layer.activation], 1e-6
        if entry.joint:
            slope = np.empty_like(z)
            for unit in range(len(z)):
                up, down = z.copy(), z.copy()
                up[unit] += step
                down[unit] -= step
                slope[unit] = (entry.value(up)[unit] - entry.value(down)[unit]) / (2 * step)
        else:
            slope = (entry.apply(z + step, layer.alpha) - entry.apply(z - step, layer.alpha)) / (2 * step)
        below = entry.apply(z, layer.alpha)
        result.append((z, below, np.abs(slope)))
    return result


@pytest.mark.parametrize("activation", [entry.name for entry in ACTIVATIONS if entry.hidden])
@pytest.mark.parametrize(("task", "loss"), [("two-classes", "mse"), ("two-classes", None), ("classes", None)])
def test_every_number_against_a_slow_way(activation: str, task: str, loss: str | None) -> None:
    # Leaky ReLU's usual slope is just what counts as flat: differences could fall on either side.
    alpha = 0.3 if ACTIVATIONS[activation].settings else None
    experiment = compose(task=task, loss=loss, activation=activation, alpha=alpha, hidden=(5, 4, 3), samples=60)
    found, layers = statistics_of(experiment, 3.0), by_hand(experiment, 3.0)
    assert found is not None
    assert found.cancels_output is (loss is None)
    paths = np.ones(layers[0][0].shape[1])
    for number in range(len(layers) - 1, -1, -1):
        (z, a, slope), layer = layers[number], found.layers[number]
        assert layer.mean == pytest.approx(a.mean(), abs=1e-12)
        assert layer.slope == pytest.approx(slope.mean(), abs=1e-6)
        assert layer.saturated == pytest.approx(np.mean(slope < 0.01), abs=1.5 / slope.size)
        assert layer.dead_units == sum(bool(np.all(unit == 0.0)) for unit in slope)
        # Dead units below make z that are zero up to rounding, on the border of two bars.
        counts, _ = np.histogram(z.round(12), bins=layer.edges)
        # A value on the border of two bars may be counted in either.
        assert np.abs(layer.counts - counts).sum() <= 2
        assert layer.counts.sum() == z.size
        if number < len(layers) - 1 or loss is not None:
            paths = paths * slope.mean(axis=0)
        assert layer.product == pytest.approx(paths.mean(), rel=1e-5)
    np.testing.assert_allclose(found.output_z, layers[-1][0], atol=1e-12)
    np.testing.assert_allclose(found.output_a, layers[-1][1], atol=1e-12)


def with_weights(experiment: Experiment, *layers: tuple[list[list[float]], list[float]]) -> Experiment:
    parameters = tuple(LayerParameters(tuple(map(tuple, rows)), tuple(biases)) for rows, biases in layers)
    return msgspec.structs.replace(
        experiment, network=msgspec.structs.replace(experiment.network, parameters=parameters)
    )


def at(experiment: Experiment, points: list[list[float]]) -> Experiment:
    source = Points(inputs=np.array(points), targets=np.zeros(len(points)))
    return msgspec.structs.replace(
        experiment, data=msgspec.structs.replace(experiment.data, source=source, train_share=1.0)
    )


def test_a_dead_relu_is_counted_and_lets_nothing_through() -> None:
    experiment = with_weights(
        compose(activation="relu", hidden=(2,), loss="mse", output="linear"),
        ([[1.0, 0.0], [1.0, 0.0]], [0.0, -10.0]),
        ([[1.0, 1.0]], [0.0]),
    )
    found = statistics_of(at(experiment, [[1.0, 0.0], [2.0, 0.0], [3.0, 0.0], [-1.0, 0.0]]))
    hidden = found.layers[0]
    assert hidden.dead_units == 1
    assert hidden.saturated == 5 / 8
    assert hidden.mean == (1.0 + 2.0 + 3.0) / 8.0
    assert hidden.product == hidden.slope == 3 / 8


def test_six_sigmoid_layers_lose_at_least_three_quarters_each() -> None:
    found = statistics_of(compose(activation="sigmoid", hidden=(8,) * 6))
    products = [layer.product for layer in found.layers]
    assert products[-1] == 1.0
    assert all(below <= 0.25 * above for below, above in pairwise(products))


def test_of_many_samples_a_thousand_are_taken_evenly() -> None:
    experiment = compose(samples=5_000, train_share=0.8)
    found, dataset = statistics_of(experiment), resolve(experiment.data)
    assert found.train_count == dataset.train_count == 4_000
    assert len(found.samples) == MOST_SAMPLES == found.output_a.shape[1]
    assert (found.samples[0], found.samples[-1]) == (0, 3_999)
    assert set(np.diff(found.samples)) <= {3, 4, 5}
    assert found.layers[0].counts.sum() == MOST_SAMPLES * 4


def test_few_samples_are_all_taken_and_none_is_no_fault() -> None:
    experiment = compose(samples=30)
    np.testing.assert_array_equal(statistics_of(experiment).samples, np.arange(resolve(experiment.data).train_count))
    empty = msgspec.structs.replace(
        experiment,
        data=msgspec.structs.replace(experiment.data, source=Points(inputs=np.zeros((0, 2)), targets=np.zeros(0))),
    )
    assert statistics_of(empty) is None


def test_numbers_beyond_every_range_are_no_fault() -> None:
    found = statistics_of(compose(activation="relu", hidden=(4, 4)), 1e200)
    assert found.layers[-1].counts.sum() <= found.output_z.size
    assert all(np.isfinite(layer.edges).all() for layer in found.layers)


@pytest.mark.parametrize(
    ("largest", "reach"), [(0.0, 4.0), (4.0, 4.0), (4.1, 6.0), (9.0, 10.0), (10.1, 15.0), (71.0, 80.0), (1e308, 1e100)]
)
def test_the_histogram_ends_at_a_round_number(largest: float, reach: float) -> None:
    assert reach_of(largest) == pytest.approx(reach)

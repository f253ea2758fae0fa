"""The specification itself: against central differences and against the lecture's worked examples."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import reference
from engine.experiment import Experiment, Layer, LayerParameters, Network, Output, Training
from engine.features import compute
from engine.parameters import Layout, initial, layout, pack
from tests.engine.experiments import experiments


def task_of(experiment: Experiment, seed: int, count: int) -> tuple[Layout, np.ndarray, np.ndarray, np.ndarray]:
    """Return layout, parameters, inputs and targets, random and of ordinary size."""
    random = np.random.default_rng(seed)
    shape = layout(experiment.network)
    inputs = compute(experiment.network.features, random.uniform(-1.5, 1.5, (count, 2)))
    parameters = initial(experiment) + random.normal(0.0, 0.3, shape.parameter_count)
    return shape, parameters, inputs, random.uniform(0.0, 1.0, (1, count))


@given(experiments(), st.integers(0, 10_000))
def test_gradient_is_the_central_difference_of_the_loss(experiment: Experiment, seed: int) -> None:
    shape, parameters, inputs, wanted = task_of(experiment, seed, 3)
    loss = experiment.training.loss

    def value(flat: np.ndarray) -> float:
        return reference.mean_loss(shape, flat, inputs, wanted, loss)

    direction = np.random.default_rng(seed).normal(size=parameters.size)
    direction /= np.linalg.norm(direction)
    slope = reference.gradient(shape, parameters, inputs, wanted, loss) @ direction
    # A kink of a ReLU may lie between both points: one of several steps misses it.
    differences = [
        (value(parameters + step * direction) - value(parameters - step * direction)) / (2.0 * step)
        for step in (1e-4, 1e-5, 1e-6, 1e-7)
    ]
    assert min(abs(slope - difference) / (1.0 + abs(slope)) for difference in differences) < 1e-6


@given(experiments(), st.integers(0, 100))
def test_penalty_gradient_is_the_central_difference_of_the_penalty(experiment: Experiment, seed: int) -> None:
    shape, parameters, _, _ = task_of(experiment, seed, 1)
    rates = {"l1": 0.3, "l2": 0.7}
    step = 1e-6 * np.eye(parameters.size)
    difference = [
        (reference.penalty(shape, parameters + s, rates) - reference.penalty(shape, parameters - s, rates)) / 2e-6
        for s in step
    ]
    np.testing.assert_allclose(reference.penalty_gradient(shape, parameters, rates), difference, atol=1e-7)


def test_no_rates_no_penalty() -> None:
    shape = layout(Network())
    assert reference.penalty(shape, np.ones(shape.parameter_count), {}) == 0.0
    assert not reference.penalty_gradient(shape, np.ones(shape.parameter_count), {}).any()


@given(experiments(), st.integers(0, 100))
def test_order_of_the_samples_does_not_matter(experiment: Experiment, seed: int) -> None:
    shape, parameters, inputs, wanted = task_of(experiment, seed, 6)
    loss = experiment.training.loss
    order = np.random.default_rng(seed).permutation(6)
    np.testing.assert_allclose(
        reference.gradient(shape, parameters, inputs, wanted, loss),
        reference.gradient(shape, parameters, inputs[:, order], wanted[:, order], loss),
        rtol=1e-9,
        atol=1e-12,
    )


def test_linear_layers_collapse_into_one() -> None:
    network = Network(hidden=(Layer(5, "linear"), Layer(4, "linear")), output=Output("linear"))
    shape, flat = layout(network), initial(Experiment(network=network, training=Training(loss="mse")))
    points = np.random.default_rng(0).normal(size=(2, 9))
    product = shape.weights(flat, 2) @ shape.weights(flat, 1) @ shape.weights(flat, 0)
    np.testing.assert_allclose(reference.forward(shape, flat, points).a[-1], product @ points, atol=1e-14)


def test_forward_pass_of_the_lecture() -> None:
    network = Network(
        hidden=(Layer(2, "sigmoid"),),
        parameters=(
            LayerParameters(((1.764, 0.978), (0.400, 2.240)), (0.950, -0.151)),
            LayerParameters(((1.867, -0.977),), (-0.103,)),
        ),
    )
    shape, flat = layout(network), initial(Experiment(network=network))
    z, a = reference.forward(shape, flat, np.array([[4.218], [2.234]]))
    assert z[0].ravel() == pytest.approx([10.575404, 6.540360], abs=5e-7)
    assert a[1].ravel() == pytest.approx([0.999974, 0.998558], abs=5e-7)
    assert z[1].item() == pytest.approx(0.788361, abs=5e-7)
    assert a[2].item() == pytest.approx(0.687479, abs=5e-7)


def test_one_iteration_of_backpropagation_of_the_lecture() -> None:
    network = Network(hidden=(Layer(2, "sigmoid", bias=False),), output=Output("sigmoid", bias=False))
    shape = layout(network)
    flat = pack(shape, (LayerParameters(((0.2, 0.2), (0.3, 0.3)), ()), LayerParameters(((0.3, 0.9),), ())))
    inputs, target = np.array([[0.35], [0.7]]), np.array([[0.5]])
    z, a = reference.forward(shape, flat, inputs)
    assert z[0].ravel() == pytest.approx([0.21, 0.315], abs=1e-12)
    assert a[1].ravel() == pytest.approx([0.552308, 0.578105], abs=5e-7)
    assert (z[1].item(), a[2].item()) == pytest.approx((0.685987, 0.665074), abs=5e-7)
    # The lecture's loss is ½(t−y)² and its δ has the sign of (t − y): half of ours, negated.
    delta = reference.output_delta("mse", "sigmoid", target, z[1], a[2])
    assert -0.5 * delta.item() == pytest.approx(-0.036770, abs=5e-7)
    gradient = reference.gradient(shape, flat, inputs, target, "mse")
    new, _ = reference.update("sgd", flat, 0.5 * gradient, reference.new_state(shape), 1.0, 1, (0.0,))
    assert new == pytest.approx([0.199045, 0.198091, 0.297175, 0.294350, 0.279691, 0.878743], abs=5e-7)
    after = reference.forward(shape, new, inputs).a
    assert [*after[1].ravel(), after[2].item()] == pytest.approx([0.551895, 0.576899, 0.659554], abs=5e-7)

"""The specification itself: against central differences and against the lecture's worked examples."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import reference
from engine.dropout import factors as dropped
from engine.experiment import Experiment, Layer, LayerParameters, Network, Output, Training
from engine.features import compute
from engine.losses import LOSSES
from engine.parameters import Layout, initial, layout, pack
from engine.settings import complete
from engine.trainer import Trainer
from tests.engine.experiments import experiments


class Case(NamedTuple):
    """A network with parameters of ordinary size, and what it is to learn."""

    shape: Layout
    parameters: np.ndarray
    inputs: np.ndarray | tuple[np.ndarray, ...]
    wanted: np.ndarray
    loss: str
    setting: float | None


def case_of(experiment: Experiment, seed: int) -> Case:
    """Return the training set of ``experiment``, near the origin, and random parameters."""
    random = np.random.default_rng(seed)
    trainer = Trainer(experiment)
    loss = LOSSES[experiment.training.loss]
    parameters = initial(experiment) + random.normal(0.0, 0.3, trainer.layout.parameter_count)
    own = compute(experiment.network.features, 0.25 * trainer.evaluation.train.points)
    inputs = (own, *(own[:, partners] for partners in trainer.evaluation.train.partners[: loss.members - 1]))
    return Case(
        trainer.layout,
        parameters,
        inputs if loss.members > 1 else own,
        trainer.evaluation.train.wanted[:, : own.shape[1]],
        loss.name,
        (*complete(loss.settings, experiment.training.loss_settings), None)[0],
    )


@given(experiments(), st.integers(0, 10_000))
def test_gradient_is_the_central_difference_of_the_loss(experiment: Experiment, seed: int) -> None:
    shape, parameters, inputs, wanted, loss, setting = case_of(experiment, seed)

    def value(flat: np.ndarray) -> float:
        return reference.mean_loss(shape, flat, inputs, wanted, loss, setting)

    direction = np.random.default_rng(seed).normal(size=parameters.size)
    direction /= np.linalg.norm(direction)
    slope = reference.gradient(shape, parameters, inputs, wanted, loss, setting) @ direction
    # A kink may lie between both points: one of several steps misses it.
    differences = [
        (value(parameters + step * direction) - value(parameters - step * direction)) / (2.0 * step)
        for step in (1e-4, 1e-5, 1e-6, 1e-7)
    ]
    assert min(abs(slope - difference) / (1.0 + abs(slope)) for difference in differences) < 1e-6


@given(experiments(), st.integers(0, 100))
def test_dropout_changes_the_gradient_as_it_changes_the_loss(experiment: Experiment, seed: int) -> None:
    shape, parameters, inputs, wanted, loss, setting = case_of(experiment, seed)
    assume(LOSSES[loss].members == 1)
    factors = [
        dropped(seed, 3, shape.first_unit(layer), each.outputs, inputs.shape[1], 0.4)
        for layer, each in enumerate(shape.layers[:-1])
    ]

    def value(flat: np.ndarray) -> float:
        passed = reference.forward(shape, flat, inputs, factors)
        output = shape.layers[-1].activation
        return float(reference.sample_losses(loss, output, wanted, passed.z[-1], passed.a[-1], setting).mean())

    direction = np.random.default_rng(seed).normal(size=parameters.size)
    direction /= np.linalg.norm(direction)
    slope = reference.gradient(shape, parameters, inputs, wanted, loss, setting, [factors]) @ direction
    differences = [
        (value(parameters + step * direction) - value(parameters - step * direction)) / (2.0 * step)
        for step in (1e-4, 1e-5, 1e-6, 1e-7)
    ]
    assert min(abs(slope - difference) / (1.0 + abs(slope)) for difference in differences) < 1e-6


@given(experiments(), st.integers(0, 100))
def test_penalty_gradient_is_the_central_difference_of_the_penalty(experiment: Experiment, seed: int) -> None:
    shape = layout(experiment.network)
    parameters = initial(experiment) + np.random.default_rng(seed).normal(0.0, 0.3, shape.parameter_count)
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
    shape, parameters, inputs, wanted, loss, setting = case_of(experiment, seed)
    order = np.random.default_rng(seed).permutation(wanted.shape[1])
    mixed = tuple(each[:, order] for each in inputs) if isinstance(inputs, tuple) else inputs[:, order]
    np.testing.assert_allclose(
        reference.gradient(shape, parameters, inputs, wanted, loss, setting),
        reference.gradient(shape, parameters, mixed, wanted[:, order], loss, setting),
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
    z, a, _ = reference.forward(shape, flat, np.array([[4.218], [2.234]]))
    assert z[0].ravel() == pytest.approx([10.575404, 6.540360], abs=5e-7)
    assert a[1].ravel() == pytest.approx([0.999974, 0.998558], abs=5e-7)
    assert z[1].item() == pytest.approx(0.788361, abs=5e-7)
    assert a[2].item() == pytest.approx(0.687479, abs=5e-7)


def test_one_iteration_of_backpropagation_of_the_lecture() -> None:
    network = Network(hidden=(Layer(2, "sigmoid", bias=False),), output=Output("sigmoid", bias=False))
    shape = layout(network)
    flat = pack(shape, (LayerParameters(((0.2, 0.2), (0.3, 0.3)), ()), LayerParameters(((0.3, 0.9),), ())))
    inputs, target = np.array([[0.35], [0.7]]), np.array([[0.5]])
    z, a, _ = reference.forward(shape, flat, inputs)
    assert z[0].ravel() == pytest.approx([0.21, 0.315], abs=1e-12)
    assert a[1].ravel() == pytest.approx([0.552308, 0.578105], abs=5e-7)
    assert (z[1].item(), a[2].item()) == pytest.approx((0.685987, 0.665074), abs=5e-7)
    # The lecture's δ has the sign of (t − y).
    (delta,) = reference.output_deltas("half-squared-error", "sigmoid", target, [z[1]], [a[2]])
    assert -delta.item() == pytest.approx(-0.036770, abs=5e-7)
    gradient = reference.gradient(shape, flat, inputs, target, "half-squared-error")
    new, _ = reference.update("sgd", flat, gradient, reference.new_state(shape), 1.0, 1, (0.0,))
    assert new == pytest.approx([0.199045, 0.198091, 0.297175, 0.294350, 0.279691, 0.878743], abs=5e-7)
    after = reference.forward(shape, new, inputs).a
    assert [*after[1].ravel(), after[2].item()] == pytest.approx([0.551895, 0.576899, 0.659554], abs=5e-7)


def test_two_softmax_outputs_train_like_one_sigmoid_of_their_difference() -> None:
    soft = layout(Network(hidden=(), output=Output("softmax", units=2)))
    flat = np.array([0.3, -0.7, -0.2, 0.5, 0.1, -0.4])
    single = np.array([-0.5, 1.2, -0.5])
    points = np.random.default_rng(0).normal(size=(2, 9))
    targets = np.arange(9) % 2.0
    one_hot = np.array([1.0 - targets, targets])
    two = reference.gradient(soft, flat, points, one_hot, "categorical-cross-entropy")
    one = reference.gradient(layout(Network(hidden=())), single, points, targets[None, :], "binary-cross-entropy")
    np.testing.assert_allclose(soft.weights(two, 0), [-one[:2], one[:2]], atol=1e-15)
    np.testing.assert_allclose(soft.biases(two, 0), [-one[2], one[2]], atol=1e-15)


def test_clipping_and_the_largest_norm_by_hand() -> None:
    gradient = np.array([3.0, -4.0])
    np.testing.assert_allclose(reference.clipped(gradient, 0.0, 2.5), [1.5, -2.0])
    np.testing.assert_allclose(reference.clipped(gradient, 3.5, 0.0), [3.0, -3.5])
    np.testing.assert_array_equal(reference.clipped(gradient, 0.0, 9.0), gradient)
    shape = layout(Network(hidden=(Layer(2),)))
    flat = np.array([3.0, 4.0, 0.3, 0.4, 7.0, 8.0, 0.6, 0.8, 9.0])
    expected = [0.6, 0.8, 0.3, 0.4, 7.0, 8.0, 0.6, 0.8, 9.0]
    np.testing.assert_allclose(reference.limited(shape, flat, 1.0), expected)


def test_a_penalty_of_rate_zero_adds_nothing_to_weights_of_any_size() -> None:
    shape = layout(Experiment().network)
    huge = np.full(shape.parameter_count, 1e200)
    assert reference.penalty(shape, huge, {"l1": 0.0, "l2": 0.0}) == 0.0
    assert reference.penalty(shape, huge, {"l1": 0.0, "l2": 1e-6}) == np.inf

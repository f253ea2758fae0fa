"""Every entry of every family, compiled: equal to its plain NumPy text, wherever it is used."""

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.compose import compose
from engine.dropout import factors
from engine.experiment import Layer, Network
from engine.kernels.buffers import SampleTable
from engine.kernels.runner import Runner
from engine.optimizers import OPTIMIZERS
from engine.parameters import initial, layout
from engine.schedules import SCHEDULES
from engine.tasks import TASKS
from engine.trainer import Trainer
from tests.engine.kernels.by_reference import epochs_of, parameters_after

SPECIAL = np.array([0.0, -0.0, 1.0, -1.0, 3.0, -3.0, 1e-9, -1e-9, 30.0, -30.0, 1e3, -1e3, 1e4, -1e4])
TASKS_AND_LOSSES = [pytest.param(task.name, loss, id=f"{task.name}-{loss}") for task in TASKS for loss in task.losses]


@pytest.mark.parametrize("name", [entry.name for entry in ACTIVATIONS if entry.hidden])
@pytest.mark.parametrize("batch_size", [1, 100], ids=["units-in-lanes", "samples-in-lanes"])
def test_activations_agree_with_numpy_at_special_points(name: str, batch_size: int) -> None:
    entry = ACTIVATIONS[name]
    # One unit whose z is the input itself, and an output that passes it on.
    network = Network(features=("x1",), hidden=(Layer(1, name, bias=False),))
    network = msgspec.structs.replace(network, output=msgspec.structs.replace(network.output, activation="linear"))
    shape, alpha = layout(network), entry.alpha({})
    z = np.concatenate((SPECIAL, np.random.default_rng(0).normal(0.0, 4.0, 50)))
    table = SampleTable(z[None, :], np.zeros((1, len(z))))
    training = compose(loss="mse", batch_size=batch_size, optimizer="sgd", learning_rate=1.0).training
    runner = Runner(shape, training, table, seed=0)
    runner.start(np.array([1.0, 1.0, 0.0]))
    runner.loss_sum(table)
    with np.errstate(over="ignore"):
        expected = entry.apply(z, alpha)
    np.testing.assert_allclose(table.predictions[0, : len(z)], expected, rtol=1e-13, atol=1e-15)
    assert np.isfinite(expected).all()
    # The slope shows in the gradient of the first weight: ∂L/∂w = 2 a f'(z) x, one sample at a time.
    with np.errstate(over="ignore"):
        slope = entry.slope_at(z, expected, alpha)
    for place in range(0, len(z), 7):
        one = SampleTable(z[None, place : place + 1], np.zeros((1, 1)))
        single = Runner(shape, training, one, seed=0)
        single.start(np.array([1.0, 1.0, 0.0]))
        single.run(1)
        moved = -2.0 * expected[place] * slope[place] * z[place]
        np.testing.assert_allclose(single.parameters[0] - 1.0, moved, rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize("name", OPTIMIZERS.names)
@pytest.mark.parametrize("batch_size", [1, 9], ids=["units-in-lanes", "samples-in-lanes"])
def test_optimizers_agree_with_the_reference_over_fifty_steps(name: str, batch_size: int) -> None:
    settings = {"momentum": 0.9} if name in ("sgd", "rmsprop") else {}
    experiment = compose(data="xor", samples=90, optimizer=name, settings=settings, batch_size=batch_size)
    trainer = Trainer(experiment)
    epochs = epochs_of(trainer, -(-50 // trainer.steps_per_epoch))
    assert trainer.step >= 50
    expected = parameters_after(experiment, trainer, epochs)
    np.testing.assert_allclose(trainer.parameters, expected, rtol=1e-12, atol=1e-12)
    assert not np.allclose(trainer.parameters, initial(experiment))


@pytest.mark.parametrize("name", [entry.name for entry in SCHEDULES if not entry.watches_loss])
def test_schedules_agree_with_the_reference(name: str) -> None:
    settings = {"every": 2.0} if name == "step" else {}
    experiment = compose(data="xor", samples=60, schedule=name, schedule_settings=settings, learning_rate=0.1)
    trainer = Trainer(experiment)
    expected = parameters_after(experiment, trainer, epochs_of(trainer, 5))
    np.testing.assert_allclose(trainer.parameters, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("task", "loss"), TASKS_AND_LOSSES)
def test_training_lowers_the_loss_of_every_task(task: str, loss: str) -> None:
    trainer = Trainer(compose(task=task, loss=loss, hidden=(8, 8), optimizer="adam", samples=200))
    before = trainer.measure()
    trainer.run(20.0, steps=40 * trainer.steps_per_epoch)
    after = trainer.measure()
    assert after.train_loss < 0.8 * before.train_loss
    assert after.train_metric > before.train_metric
    assert trainer.divergence is None


@given(st.integers(0, 1000), st.sampled_from(TASKS.names))
def test_the_order_of_samples_within_a_full_batch_does_not_matter(seed: int, task: str) -> None:
    experiment = compose(task=task, batch_size=1000, samples=50, hidden=(5,))
    trainer = Trainer(experiment)
    if trainer._runner._rule.members > 1:
        return  # whole groups are drawn, not samples
    order = np.random.default_rng(seed).permutation(trainer.evaluation.train.count)
    table = trainer.evaluation.train
    mixed = SampleTable(
        table.inputs[:, order], table.wanted[:, order], experiment.network.output.units, points=table.points[order]
    )
    results = []
    for each in (table, mixed):
        runner = Runner(trainer.layout, experiment.training, each, seed=3)
        runner.start(trainer.parameters)
        runner.run(3)
        results.append(runner.parameters)
    np.testing.assert_allclose(results[0], results[1], rtol=1e-11, atol=1e-12)


def test_dropout_leaves_the_expected_sum_as_it_is() -> None:
    drawn = np.concatenate([factors(7, step, 2, 8, 50, 0.3) for step in range(50)])
    assert set(np.unique(drawn)) == {0.0, 1.0 / 0.7}
    assert drawn.mean() == pytest.approx(1.0, abs=0.02)
    # Neither units nor samples nor steps share their luck.
    flat = (drawn > 0.0).reshape(50, 8, 50)
    for axis in range(3):
        means = flat.mean(axis=tuple(other for other in range(3) if other != axis))
        assert means.std() < 0.05
    np.testing.assert_array_equal(factors(7, 3, 2, 8, 50, 0.3), factors(7, 3, 2, 8, 50, 0.3))


def test_a_kernel_drops_what_the_hash_says() -> None:
    # Linear units, all weights 1: the output is the sum of what is left of the hidden units.
    experiment = compose(
        data="plane", hidden=(8,), activation="linear", dropout=0.5, batch_size=1000, samples=30, learning_rate=0.0
    )
    trainer = Trainer(experiment)
    expected = parameters_after(experiment, trainer, epochs_of(trainer, 1))
    np.testing.assert_array_equal(trainer.parameters, expected)
    moving = msgspec.structs.replace(
        experiment, training=msgspec.structs.replace(experiment.training, learning_rate=0.01)
    )
    trainer = Trainer(moving)
    expected = parameters_after(moving, trainer, epochs_of(trainer, 3))
    np.testing.assert_allclose(trainer.parameters, expected, rtol=1e-13, atol=1e-14)

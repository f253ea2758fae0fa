"""The kernels against the reference: whole runs of random experiments, step by step."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import reference
from engine.experiment import Experiment, Layer, Network, OptimizerChoice, Output, Training
from engine.features import compute
from engine.field_maps import grid
from engine.kernels.buffers import SampleTable
from engine.kernels.runner import Runner
from engine.kernels.single import train_single
from engine.kernels.survey import fields, survey
from engine.kernels.training import train
from engine.optimizers import OPTIMIZERS
from engine.parameters import initial, layout
from engine.settings import complete
from engine.tasks import wanted
from engine.trainer import Trainer
from tests.engine.experiments import experiments

TOLERANCE = 1e-10


def by_reference(experiment: Experiment, order: np.ndarray, epochs: int) -> np.ndarray:
    """Return the parameters after ``epochs`` epochs in the same ``order`` each, by the NumPy reference."""
    trainer = Trainer(experiment)
    dataset, training, shape = trainer.dataset, experiment.training, trainer.layout
    output = experiment.network.output.activation
    inputs = compute(experiment.network.features, dataset.points[dataset.is_train])
    targets = wanted(experiment.data.task, training.loss, output, dataset.targets[dataset.is_train])[None, :]
    settings = complete(OPTIMIZERS[training.optimizer.name].settings, training.optimizer.settings)
    rates = {"l1": training.l1, "l2": training.l2}
    flat, state, step = initial(experiment), reference.new_state(shape), 0
    for epoch in range(epochs):
        for start in range(0, len(order[epoch]), training.batch_size):
            batch = order[epoch][start : start + training.batch_size]
            gradient = reference.gradient(shape, flat, inputs[:, batch], targets[:, batch], training.loss)
            gradient = gradient + reference.penalty_gradient(shape, flat, rates)
            step += 1
            flat, state = reference.update(
                training.optimizer.name, flat, gradient, state, training.learning_rate, step, settings
            )
    return flat


def orders(trainer: Trainer, epochs: int) -> list[np.ndarray]:
    """Train ``epochs`` epochs and return the order of the samples in each."""
    result = []
    for _ in range(epochs):
        trainer.step_once()
        result.append(trainer._runner._order.copy())
        while trainer.epoch < len(result):
            trainer.step_once()
    return result


@given(experiments())
def test_runs_agree_with_the_reference(experiment: Experiment) -> None:
    trainer = Trainer(experiment)
    order = orders(trainer, 2)
    expected = by_reference(experiment, order, 2)
    assume(np.abs(expected).max() < 1e3)
    np.testing.assert_allclose(trainer.parameters, expected, rtol=TOLERANCE, atol=TOLERANCE)
    assert all(sorted(each) == list(range(trainer.dataset.train_count)) for each in order)


@given(experiments(batch_sizes=st.just(1)))
def test_runs_with_one_sample_a_step_agree_with_the_reference(experiment: Experiment) -> None:
    trainer = Trainer(experiment)
    order = orders(trainer, 2)
    expected = by_reference(experiment, order, 2)
    assume(np.abs(expected).max() < 1e3)
    np.testing.assert_allclose(trainer.parameters, expected, rtol=TOLERANCE, atol=TOLERANCE)


@given(experiments(), st.integers(0, 1000))
def test_losses_gradient_and_fields_agree_with_the_reference(experiment: Experiment, seed: int) -> None:
    trainer = Trainer(experiment)
    shape = trainer.layout
    flat = np.random.default_rng(seed).normal(0.0, 0.5, shape.parameter_count)
    trainer.set_parameters(flat)
    training, dataset = experiment.training, trainer.dataset
    output = experiment.network.output.activation
    for mask, name in ((dataset.is_train, "train_loss"), (~dataset.is_train, "test_loss")):
        inputs = compute(experiment.network.features, dataset.points[mask])
        targets = wanted(experiment.data.task, training.loss, output, dataset.targets[mask])[None, :]
        measured = getattr(trainer.measure(), name)
        if not mask.any():
            assert np.isnan(measured)
            continue
        expected = reference.mean_loss(shape, flat, inputs, targets, training.loss)
        np.testing.assert_allclose(measured, expected, rtol=TOLERANCE, atol=TOLERANCE)
        if name == "train_loss":
            gradient = reference.gradient(shape, flat, inputs, targets, training.loss)
            gradient += reference.penalty_gradient(shape, flat, {"l1": training.l1, "l2": training.l2})
            scale = 1.0 + np.abs(gradient).max()
            np.testing.assert_allclose(trainer.gradient(), gradient, rtol=TOLERANCE, atol=TOLERANCE * scale)
    every = np.concatenate(reference.forward(shape, flat, compute(experiment.network.features, grid(7))).a)
    np.testing.assert_allclose(trainer.unit_fields(7).reshape(-1, 49), every.astype(np.float32), rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(trainer.field(-1, 7), trainer.unit_fields(7)[-1])


@given(st.integers(1, 40), st.integers(1, 40))
def test_lanes_past_the_last_sample_leak_nowhere(count: int, batch_size: int) -> None:
    random = np.random.default_rng(count)
    network = Network(hidden=(Layer(3),), output=Output("tanh"))
    shape = layout(network)
    training = Training(loss="mse", batch_size=batch_size)
    inputs, targets = random.normal(size=(2, count)), random.normal(size=(1, count))
    tables = [SampleTable(inputs, targets) for _ in range(2)]
    # What lies in the padding must not matter.
    tables[1].inputs[:, count:], tables[1].wanted[:, count:] = 7.0, -5.0
    results = []
    for table in tables:
        runner = Runner(shape, training, table, seed=1)
        runner.start(initial(Experiment(network=network, training=training)))
        runner.run(5)
        results.append((runner.parameters, runner.loss_sum(table), runner.gradient_sum(table)))
    for first, second in zip(*results, strict=True):
        np.testing.assert_array_equal(first, second)


def test_nothing_is_compiled_again_whatever_is_chosen() -> None:
    kernels = (train, train_single, survey, fields)
    Trainer(Experiment()).run_epoch()
    Trainer(Experiment(training=Training(batch_size=1))).run_epoch()
    Trainer(Experiment()).unit_fields(4)
    before = [len(kernel.signatures) for kernel in kernels]
    for optimizer in OPTIMIZERS.names:
        for batch_size in (1, 7, 1000):
            trainer = Trainer(
                Experiment(
                    network=Network(
                        features=("x2", "x1^2", "sin(x1)"), hidden=(Layer(9, "relu"), Layer(32, "sigmoid"))
                    ),
                    training=Training(optimizer=OptimizerChoice(optimizer), batch_size=batch_size, l2=0.1),
                )
            )
            trainer.run_epoch()
            trainer.gradient()
            trainer.unit_fields(5)
    assert [len(kernel.signatures) for kernel in kernels] == before == [1, 1, 1, 1]

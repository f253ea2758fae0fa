"""The kernels against the reference: whole runs of random experiments, step by step."""

import msgspec
import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import reference
from engine.compose import compose
from engine.experiment import Experiment, Layer, Network, Output, Training
from engine.features import compute
from engine.field_maps import grid
from engine.kernels.buffers import SampleTable
from engine.kernels.formulas import _narrow_addresses, _wide_addresses
from engine.kernels.runner import Runner
from engine.kernels.single import train_single
from engine.kernels.survey import fields, survey
from engine.kernels.training import train
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.parameters import initial, layout
from engine.schedules import SCHEDULES
from engine.settings import complete
from engine.tasks import TASKS
from engine.trainer import Trainer
from tests.engine.experiments import HIDDEN, experiments
from tests.engine.kernels.by_reference import epochs_of, parameters_after

TOLERANCE = 1e-10


def agree(experiment: Experiment) -> None:
    """Check two epochs of ``experiment``, and that each epoch takes every sample once.

    An adaptive optimizer divides a gradient by its own size: one that is nothing but rounding, as behind a saturated
    unit, becomes a step. Lion even takes its sign. ``test_families.py`` compares these on a gradient that is one.
    """
    name = experiment.training.optimizer.name
    assume(name != "lion")
    tolerance = TOLERANCE if name in ("sgd", "nesterov") else 1e-5
    trainer = Trainer(experiment)
    # Biases too, so that no unit lies on the kink of its activation, where rounding decides on the slope.
    start = np.random.default_rng(experiment.seed).normal(0.0, 0.5, trainer.layout.parameter_count)
    trainer.set_parameters(start)
    epochs = epochs_of(trainer, 2)
    expected = parameters_after(experiment, trainer, epochs, start)
    assume(np.abs(expected).max() < 1e3)
    np.testing.assert_allclose(trainer.parameters, expected, rtol=tolerance, atol=tolerance)
    assert all(sorted(epoch.order) == list(range(trainer.dataset.train_count)) for epoch in epochs)


@given(experiments())
def test_runs_agree_with_the_reference(experiment: Experiment) -> None:
    agree(experiment)


@given(experiments(batch_sizes=st.just(1)))
def test_runs_with_one_sample_a_step_agree_with_the_reference(experiment: Experiment) -> None:
    plain = tuple(msgspec.structs.replace(layer, dropout=0.0) for layer in experiment.network.hidden)
    training = msgspec.structs.replace(experiment.training, jitter=0.0, max_norm=0.0)
    agree(
        msgspec.structs.replace(
            experiment, network=msgspec.structs.replace(experiment.network, hidden=plain), training=training
        )
    )


@given(experiments(), st.integers(0, 1000))
def test_losses_gradient_and_fields_agree_with_the_reference(experiment: Experiment, seed: int) -> None:
    trainer = Trainer(experiment)
    shape = trainer.layout
    flat = np.random.default_rng(seed).normal(0.0, 0.5, shape.parameter_count)
    trainer.set_parameters(flat)
    training, measured = experiment.training, trainer.measure()
    loss = LOSSES[training.loss]
    setting = (*complete(loss.settings, training.loss_settings), None)[0]
    for table, value in (
        (trainer.evaluation.train, measured.train_loss),
        (trainer.evaluation.test, measured.test_loss),
    ):
        if not table.count:
            assert np.isnan(value)
            continue
        own = compute(experiment.network.features, table.points)
        inputs = (own, *(own[:, table.partners[k]] for k in range(loss.members - 1)))
        asked = inputs if loss.members > 1 else own
        targets = table.wanted[:, : table.count]
        expected = reference.mean_loss(shape, flat, asked, targets, loss.name, setting)
        np.testing.assert_allclose(value, expected, rtol=TOLERANCE, atol=TOLERANCE)
        if table is trainer.evaluation.train:
            gradient = reference.gradient(shape, flat, asked, targets, loss.name, setting)
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
    kernels = (train, train_single, survey, fields, _wide_addresses, _narrow_addresses)
    Trainer(compose()).run_epoch()
    Trainer(compose(batch_size=1)).run_epoch()
    Trainer(compose()).unit_fields(4)
    before = [len(kernel.signatures) for kernel in kernels]
    chosen = [{"optimizer": name} for name in OPTIMIZERS.names]
    chosen += [{"schedule": name} for name in SCHEDULES.names]
    chosen += [{"activation": name} for name in HIDDEN]
    chosen += [{"task": task.name, "loss": loss} for task in TASKS for loss in task.losses]
    chosen += [{"dropout": 0.5}, {"jitter": 0.1}, {"max_norm": 1.0}, {"clip_norm": 1.0}, {"l1": 0.1}]
    chosen += [{"task": "embedding", "sampling": "hard", "outputs": 3}]
    for choices in chosen:
        for batch_size in (1, 7, 1000):
            trainer = Trainer(compose(hidden=(9, 32), samples=30, batch_size=batch_size, **choices))
            trainer.run_epoch()
            trainer.gradient()
            trainer.unit_fields(5)
    assert [len(kernel.signatures) for kernel in kernels] == before == [1, 1, 1, 1, 1, 1]


def test_dropout_is_reproducible_however_the_run_is_sliced_and_off_in_evaluation() -> None:
    experiment = compose(hidden=(8, 8), dropout=0.4, data="spiral")
    first, second = Trainer(experiment), Trainer(experiment)
    first.run(10.0, steps=60)
    for _ in range(60):
        second.step_once()
    np.testing.assert_array_equal(first.parameters, second.parameters)
    plain = Trainer(compose(hidden=(8, 8), data="spiral"))
    plain.set_parameters(first.parameters)
    assert plain.measure() == first.measure()
    plain.reset()
    plain.run(10.0, steps=60)
    assert not np.array_equal(plain.parameters, first.parameters)


def test_hard_groups_are_the_same_when_a_run_is_resumed_within_an_epoch() -> None:
    experiment = compose(task="embedding", loss="triplet", sampling="hard", batch_size=7)
    trainer = Trainer(experiment)
    trainer.run(10.0, steps=33)
    snapshot = trainer.snapshot()
    trainer.run(10.0, steps=40)
    expected = trainer.parameters
    trainer.restore(snapshot)
    trainer.run(10.0, steps=40)
    np.testing.assert_array_equal(trainer.parameters, expected)


def test_hard_groups_are_harder_than_random_ones() -> None:
    losses = []
    for sampling in ("random", "hard"):
        trainer = Trainer(compose(task="embedding", loss="triplet", sampling=sampling, learning_rate=0.0))
        epoch = epochs_of(trainer, 1)[0]
        own = compute(trainer.experiment.network.features, trainer.evaluation.train.points)
        inputs = (own, own[:, epoch.partners[0]], own[:, epoch.partners[1]])
        wanted = np.zeros((1, own.shape[1]))
        losses.append(reference.mean_loss(trainer.layout, trainer.parameters, inputs, wanted, "triplet"))
    assert losses[1] > losses[0]


def test_partners_are_of_the_right_class() -> None:
    trainer = Trainer(compose(task="embedding", loss="triplet", data="blobs", classes=5))
    epoch, labels = epochs_of(trainer, 1)[0], trainer.evaluation.train.labels
    anchors = np.arange(len(labels))
    assert (labels[epoch.partners[0]] == labels).all()
    assert (labels[epoch.partners[1]] != labels).all()
    assert (epoch.partners[0] != anchors).all()
    pairs = Trainer(compose(task="embedding", loss="contrastive", data="blobs", classes=5))
    epoch = epochs_of(pairs, 1)[0]
    np.testing.assert_array_equal(epoch.wanted[0, anchors] == 1.0, labels[epoch.partners[0]] == labels)
    assert 0.3 < epoch.wanted[0, anchors].mean() < 0.7
    ranking = Trainer(compose(task="ranking"))
    epoch, scores = epochs_of(ranking, 1)[0], ranking.evaluation.train.labels
    gap = scores - scores[epoch.partners[0][: len(scores)]]
    np.testing.assert_array_equal(epoch.wanted[0, : len(scores)], np.sign(gap))

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.compose import compose
from engine.experiment import (
    Data,
    Experiment,
    Generated,
    Layer,
    Network,
    OptimizerChoice,
    Output,
    Points,
    ScheduleChoice,
    Training,
)
from engine.losses import LOSSES
from engine.parameters import initial
from engine.trainer import Trainer
from tests.engine.experiments import experiments


def with_training(experiment: Experiment, **changed) -> Experiment:
    return replace(experiment, training=replace(experiment.training, **changed))


@given(experiments(), st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_a_run_is_the_same_bit_for_bit_however_it_is_sliced(experiment: Experiment, slices: list[int]) -> None:
    whole, sliced = Trainer(experiment), Trainer(experiment)
    whole.run(10.0, steps=sum(slices))
    for count in slices:
        sliced.run(10.0, steps=count)
    np.testing.assert_array_equal(whole.parameters, sliced.parameters)
    np.testing.assert_array_equal(whole.last_update, sliced.last_update)
    for first, second in zip(whole.train_curve, sliced.train_curve, strict=True):
        np.testing.assert_array_equal(first, second)


@given(experiments(), st.integers(0, 7), st.integers(1, 7))
def test_going_back_to_a_snapshot_and_on_again_gives_the_same(experiment: Experiment, before: int, after: int) -> None:
    trainer = Trainer(experiment)
    trainer.run(10.0, steps=before)
    snapshot = trainer.snapshot()
    trainer.run(10.0, steps=after)
    first = trainer.parameters, trainer.epoch, trainer.step, trainer.train_curve[1]
    trainer.restore(snapshot)
    assert trainer.step == before
    trainer.run(10.0, steps=after)
    for one, two in zip(first, (trainer.parameters, trainer.epoch, trainer.step, trainer.train_curve[1]), strict=True):
        np.testing.assert_array_equal(one, two)


@pytest.mark.parametrize("data", ["circle", "xor", "gaussians", "spiral", "moons"])
def test_it_learns_every_data_set(data: str) -> None:
    trainer = Trainer(
        Experiment(
            data=Data(source=Generated(data)),
            network=Network(hidden=(Layer(8), Layer(8)), features=("x1", "x2", "x1*x2")),
            training=Training(optimizer=OptimizerChoice("adam"), learning_rate=0.01),
        )
    )
    start = trainer.measure()
    trainer.run(60.0, steps=600 * trainer.steps_per_epoch)
    end = trainer.measure()
    assert end.train_loss < 0.2 * start.train_loss
    assert end.train_metric > 0.95


@pytest.mark.parametrize("data", ["plane", "bumps"])
def test_it_learns_every_regression(data: str) -> None:
    trainer = Trainer(
        Experiment(
            data=Data(task="regression", source=Generated(data)),
            network=Network(hidden=(Layer(16), Layer(8)), output=Output("linear")),
            training=Training(loss="mse", optimizer=OptimizerChoice("adam"), learning_rate=0.01),
        )
    )
    trainer.run(60.0, steps=1500 * trainer.steps_per_epoch)
    assert trainer.measure().test_metric > 0.9


def test_epochs_and_steps_are_counted_and_a_partial_batch_is_one_step() -> None:
    trainer = Trainer(Experiment(data=Data(source=Generated(samples=25), train_share=1.0)))
    assert trainer.steps_per_epoch == 3
    trainer.step_once()
    assert (trainer.epoch, trainer.step, trainer.steps_to_epoch_end()) == (0, 1, 2)
    assert trainer.run_epoch() == 2
    assert (trainer.epoch, trainer.step) == (1, 3)


def test_reset_goes_back_to_the_same_initial_weights() -> None:
    trainer = Trainer(Experiment())
    trainer.run(10.0, steps=50)
    trainer.reset()
    np.testing.assert_array_equal(trainer.parameters, initial(Experiment()))
    assert (trainer.epoch, trainer.step) == (0, 0)
    assert trainer.train_curve[0].tolist() == [0.0]
    assert not trainer.last_update.any()


def test_last_update_is_what_the_last_step_added() -> None:
    trainer = Trainer(Experiment())
    trainer.run(10.0, steps=7)
    before = trainer.parameters
    trainer.step_once()
    np.testing.assert_array_equal(trainer.last_update, trainer.parameters - before)
    assert trainer.last_update.any()


@pytest.mark.parametrize(
    "changed",
    [
        {"learning_rate": 0.5},
        {"batch_size": 1},
        {"batch_size": 10_000},
        {"optimizer": OptimizerChoice("adam")},
        {"l2": 0.1},
    ],
)
def test_training_can_be_changed_while_it_runs(changed: dict) -> None:
    trainer = Trainer(Experiment())
    trainer.run(10.0, steps=20)
    before = trainer.parameters
    assert trainer.change(with_training(Experiment(), **changed)) is True
    np.testing.assert_array_equal(trainer.parameters, before)
    assert (trainer.step, trainer.epoch) == (20, 1)
    left = -(-(176 - 20) // trainer.experiment.training.batch_size)  # of 176 samples, 20 are done in this epoch
    assert trainer.steps_to_epoch_end() == left
    assert trainer.run(10.0, steps=5) == 5


def test_loss_can_be_changed_while_it_runs_with_the_output_that_it_needs() -> None:
    experiment = Experiment()
    trainer = Trainer(experiment)
    trainer.run(10.0, steps=20)
    squared = replace(with_training(experiment, loss="mse"), network=replace(experiment.network, output=Output("tanh")))
    assert trainer.change(squared) is True
    assert trainer.measure().train_loss == pytest.approx(Trainer_at(squared, trainer.parameters).measure().train_loss)


def test_an_embedding_can_get_another_dimension_while_it_runs() -> None:
    experiment = compose(task="embedding")
    trainer = Trainer(experiment)
    trainer.run(10.0, steps=20)
    outputs = experiment.network.output.units + 1
    wider = replace(experiment, network=replace(experiment.network, output=Output("linear", units=outputs)))
    trainer.change(wider)
    # The kernels fill these in without looking how many there are.
    assert len(trainer.evaluation.train.predictions) == len(trainer.evaluation.test.predictions) == outputs
    assert np.isfinite(trainer.measure().train_loss)


def test_samples_of_another_network_are_refused_before_a_kernel_writes_beyond_them() -> None:
    trainer = Trainer(Experiment())
    other = Trainer(compose(task="embedding")).evaluation.train
    with pytest.raises(ValueError, match="for a network of"):
        trainer._runner.loss_sum(other)


def Trainer_at(experiment: Experiment, parameters: np.ndarray) -> Trainer:
    trainer = Trainer(experiment)
    trainer.set_parameters(parameters)
    return trainer


def test_other_data_are_learned_from_where_the_parameters_are() -> None:
    experiment = Experiment()
    trainer = Trainer(experiment)
    trainer.run(10.0, steps=30)
    before = trainer.parameters
    assert trainer.change(replace(experiment, data=replace(experiment.data, source=Generated("spiral", 77)))) is True
    np.testing.assert_array_equal(trainer.parameters, before)
    assert len(trainer.dataset) == 77
    assert trainer.run(10.0, steps=30) == 30


def test_a_new_unit_keeps_the_others_and_starts_to_count_anew() -> None:
    experiment = Experiment(network=Network(hidden=(Layer(3),)))
    trainer = Trainer(experiment)
    trainer.run(10.0, steps=30)
    before = trainer.layout.weights(trainer.parameters, 0).copy()
    assert trainer.change(replace(experiment, network=Network(hidden=(Layer(4),)))) is False
    np.testing.assert_array_equal(trainer.layout.weights(trainer.parameters, 0)[:3], before)
    assert (trainer.epoch, trainer.step) == (0, 0)


@pytest.mark.parametrize(
    "other",
    [
        Experiment(seed=1),
        Experiment(network=Network(initializer="he")),
        Experiment(network=Network(hidden=(Layer(4, "relu"), Layer(2, "relu")))),
    ],
    ids=["seed", "initializer", "activation"],
)
def test_another_start_starts_anew(other: Experiment) -> None:
    trainer = Trainer(Experiment())
    trainer.run(10.0, steps=30)
    assert trainer.change(other) is False
    np.testing.assert_array_equal(trainer.parameters, initial(other))


def test_an_edited_weight_counts_at_once_and_appends_nothing_to_the_curve() -> None:
    trainer = Trainer(Experiment())
    trainer.run_epoch()
    points, before = trainer.train_curve[0].size, trainer.measure()
    flat = trainer.parameters
    flat[0] += 1.0
    trainer.set_parameters(flat)
    assert trainer.measure().train_loss != before.train_loss
    assert trainer.train_curve[0].size == points
    # The curve ends with what is true now; what it was before the edit would be a false point.
    assert trainer.train_curve[1][-1] == trainer.measure().train_loss
    trainer.run(10.0, steps=1)
    ended_with = trainer.train_curve[1][-1]
    trainer.set_parameters(flat)
    assert trainer.train_curve[1][-1] == ended_with


@pytest.mark.parametrize("flat", [np.zeros(3), np.full(25, np.nan)])
def test_parameters_that_cannot_be_are_refused(flat: np.ndarray) -> None:
    trainer = Trainer(Experiment())
    with pytest.raises(ValueError, match="finite parameters"):
        trainer.set_parameters(flat)
    np.testing.assert_array_equal(trainer.parameters, initial(Experiment()))


@pytest.mark.parametrize("batch_size", [1, 10, 1000])
@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_numbers_that_overflow_stop_the_run_at_the_step_before(batch_size: int, momentum: float) -> None:
    experiment = Experiment(
        network=Network(output=Output("linear"), hidden=(Layer(4, "linear"),)),
        training=Training(
            loss="mse",
            learning_rate=10.0,
            batch_size=batch_size,
            optimizer=OptimizerChoice("sgd", {"momentum": momentum}),
        ),
    )
    trainer = Trainer(experiment)
    trainer.run(20.0, steps=100_000)
    assert trainer.divergence is not None
    assert trainer.divergence.step == trainer.step + 1
    assert "learning rate" in trainer.divergence.message
    assert np.isfinite(trainer.parameters).all()
    assert trainer.run(1.0) == 0
    # The same steps, one by one, come to the same place.
    again = Trainer(experiment)
    for _ in range(trainer.step):
        assert again.step_once() == 1
    np.testing.assert_array_equal(again.parameters, trainer.parameters)
    assert again.step_once() == 0
    assert again.divergence == trainer.divergence


def test_a_run_that_stopped_goes_on_after_a_change() -> None:
    experiment = Experiment(
        network=Network(output=Output("linear"), hidden=(Layer(4, "linear"),)),
        training=Training(loss="mse", learning_rate=9.0),
    )
    trainer = Trainer(experiment)
    trainer.run(20.0, steps=100_000)
    assert trainer.divergence is not None
    trainer.reset()
    trainer.change(with_training(experiment, learning_rate=0.001))
    assert trainer.run(10.0, steps=10) == 10


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_huge_data_are_named_as_the_cause(optimizer: str) -> None:
    points = Points([[1e90, 1e90], [-1e90, 1e90]], [0.0, 1.0])
    trainer = Trainer(
        Experiment(
            data=Data(source=points, train_share=1.0),
            network=Network(features=("x1^2", "x2"), hidden=(Layer(3, "relu"),)),
            training=Training(optimizer=OptimizerChoice(optimizer)),
        )
    )
    trainer.run(5.0, steps=100)
    assert np.isfinite(trainer.parameters).all()
    assert trainer.divergence is not None
    assert "data reach 1e+90" in trainer.divergence.message


@pytest.mark.parametrize("targets", [[], [0.0], [1.0, 1.0, 1.0]], ids=["none", "one", "one-class"])
def test_few_points_are_no_trouble(targets: list[float]) -> None:
    points = Points([[float(i), 1.0] for i in range(len(targets))], targets)
    trainer = Trainer(Experiment(data=Data(source=points)))
    assert trainer.run(1.0, steps=10) == (10 if targets else 0)
    assert np.isfinite(trainer.gradient()).all()
    assert trainer.divergence is None


@given(experiments(), st.integers(0, 9))
def test_gradient_step_of_plain_descent_is_the_gradient(experiment: Experiment, seed: int) -> None:
    experiment = with_training(
        experiment,
        optimizer=OptimizerChoice("sgd"),
        schedule=ScheduleChoice(),
        batch_size=1000,
        learning_rate=0.01,
        clip_norm=0.0,
        clip_value=0.0,
        max_norm=0.0,
        jitter=0.0,
    )
    # Groups are drawn anew for training, and dropout is for training only.
    assume(LOSSES[experiment.training.loss].members == 1)
    assume(not any(layer.dropout for layer in experiment.network.hidden))
    trainer = Trainer(experiment)
    trainer.set_parameters(np.random.default_rng(seed).normal(0.0, 0.3, trainer.layout.parameter_count))
    gradient = trainer.gradient()
    trainer.step_once()
    scale = 1e-12 * (1.0 + np.abs(gradient).max())
    np.testing.assert_allclose(trainer.last_update, -0.01 * gradient, atol=scale)


def test_zero_weights_never_learn_more_than_one_unit_could() -> None:
    trainer = Trainer(Experiment(network=Network(hidden=(Layer(4),), initializer="zeros")))
    trainer.run(10.0, steps=200)
    weights = trainer.layout.weights(trainer.parameters, 0)
    np.testing.assert_array_equal(weights, np.repeat(weights[:1], 4, axis=0))


def test_the_largest_network_and_a_very_large_set_train() -> None:
    largest = Experiment(
        data=Data(source=Generated(samples=200_000)),
        network=Network(hidden=(Layer(32),) * 8),
        training=Training(batch_size=500),
    )
    trainer = Trainer(largest)
    assert trainer.run(30.0, steps=3) == 3
    assert np.isfinite(trainer.measure().train_loss)

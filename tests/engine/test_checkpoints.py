import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.checkpoints import Checkpoint, Checkpoints
from engine.experiment import Data, Experiment, Generated, OptimizerChoice, Stop, Training
from engine.trainer import Trainer
from engine.watch import Memory
from tests.engine.experiments import experiments

VECTOR = np.zeros(10)
SAVED = (VECTOR, VECTOR, VECTOR, VECTOR, np.zeros(1, dtype=np.int64))


def checkpoint(step: int, is_start: bool = False) -> Checkpoint:
    return Checkpoint(step, SAVED, Memory(), is_start)


def with_training(experiment: Experiment, **changed) -> Experiment:
    return replace(experiment, training=replace(experiment.training, **changed))


@given(experiments(), st.lists(st.integers(1, 9), min_size=1, max_size=5), st.data())
def test_back_and_on_again_is_the_same_bit_for_bit(
    experiment: Experiment, slices: list[int], data: st.DataObject
) -> None:
    trainer, alone = Trainer(experiment), Trainer(experiment)
    for count in slices:
        trainer.run(10.0, steps=count)
    last = trainer.step
    step = data.draw(st.integers(0, last))
    assert trainer.go_to(step)
    assert trainer.step == step
    alone.run(10.0, steps=step)
    np.testing.assert_array_equal(trainer.parameters, alone.parameters)
    np.testing.assert_array_equal(trainer.last_update, alone.last_update)
    trainer.run(10.0, steps=last + 7 - step)
    alone.run(10.0, steps=last + 7 - step)
    np.testing.assert_array_equal(trainer.parameters, alone.parameters)
    assert trainer.epoch == alone.epoch


def test_every_step_back_through_several_epochs_is_where_it_was() -> None:
    experiment = Experiment(training=Training(optimizer=OptimizerChoice("adam"), learning_rate=0.01))
    trainer = Trainer(experiment)
    been = [trainer.parameters]
    while trainer.epoch < 3:
        trainer.step_once()
        been.append(trainer.parameters)
    for step in range(len(been) - 1, -1, -1):
        assert trainer.go_to(step)
        np.testing.assert_array_equal(trainer.parameters, been[step])


def test_the_loss_curve_ends_where_the_run_has_gone_back_to() -> None:
    trainer = Trainer(Experiment())
    trainer.run_epoch()
    second = trainer.step
    for _ in range(4):
        trainer.run_epoch()
    losses = trainer.train_curve[1]
    trainer.go_to(second)
    np.testing.assert_array_equal(trainer.train_curve[0], [0, 1])
    for _ in range(4):
        trainer.run_epoch()
    np.testing.assert_array_equal(trainer.train_curve[1], losses)


def test_an_edited_weight_stays_edited_when_the_run_goes_back_to_it_and_not_before() -> None:
    trainer = Trainer(Experiment())
    trainer.run(10.0, steps=5)
    fifth = trainer.parameters
    trainer.run(10.0, steps=5)
    edited = trainer.parameters
    edited[0] = 3.0
    trainer.set_parameters(edited)
    trainer.run(10.0, steps=5)
    trainer.go_to(10)
    np.testing.assert_array_equal(trainer.parameters, edited)
    trainer.go_to(5)
    np.testing.assert_array_equal(trainer.parameters, fifth)


def test_what_came_after_an_edit_further_back_is_forgotten() -> None:
    trainer = Trainer(Experiment())
    for _ in range(9):
        trainer.step_once()
    trainer.go_to(4)
    edited = trainer.parameters + 0.1
    trainer.set_parameters(edited)
    trainer.run(10.0, steps=1)
    fifth = trainer.parameters
    trainer.go_to(4)
    trainer.go_to(5)
    np.testing.assert_array_equal(trainer.parameters, fifth)


def test_the_run_cannot_go_back_past_a_change_of_its_settings() -> None:
    trainer = Trainer(Experiment())
    trainer.run(10.0, steps=20)
    trainer.change(with_training(trainer.experiment, learning_rate=0.5))
    trainer.run(10.0, steps=3)
    assert trainer.earliest_step == 20
    before = trainer.parameters
    assert not trainer.go_to(19)
    np.testing.assert_array_equal(trainer.parameters, before)
    assert trainer.go_to(20)


def test_it_goes_back_from_a_divergence_and_through_a_stop() -> None:
    wild = with_training(
        Experiment(data=Data(source=Generated("circle"))), optimizer=OptimizerChoice("sgd"), learning_rate=1e6, l2=50.0
    )
    trainer = Trainer(wild)
    trainer.run(10.0, steps=10_000)
    assert trainer.divergence is not None
    assert trainer.step > 1
    assert trainer.go_to(1)
    assert trainer.divergence is None
    stopping = Trainer(with_training(Experiment(), stop=Stop(epochs=2)))
    stopping.run(10.0)
    end = stopping.step
    assert stopping.stopped is not None
    stopping.go_on()
    stopping.run(10.0, steps=30)
    assert stopping.go_to(end + 10)
    assert stopping.step == end + 10
    assert stopping.go_to(end - 10)
    assert stopping.step == end - 10


@given(st.integers(1, 3000), st.integers(8, 100))
def test_memory_is_bounded_and_the_newest_states_stay(count: int, limit: int) -> None:
    kept = Checkpoints(limit_count=limit)
    kept.add(checkpoint(0, is_start=True))
    for step in range(1, count):
        kept.add(checkpoint(step))
    assert len(kept) <= limit
    assert kept.earliest == 0
    for step in range(max(0, count - limit // 8), count):
        found = kept.before(step)
        assert found is not None
        assert found.step == step


def test_large_networks_keep_fewer_states() -> None:
    kept = Checkpoints(limit_bytes=100 * sum(array.nbytes for array in SAVED))
    for step in range(1000):
        kept.add(checkpoint(step))
    assert 25 <= len(kept) <= 100


@pytest.mark.parametrize("step", [-1, 4])
def test_there_is_no_state_before_the_first(step: int) -> None:
    kept = Checkpoints()
    kept.add(checkpoint(5, is_start=True))
    assert kept.before(step) is None

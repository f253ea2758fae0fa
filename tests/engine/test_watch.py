"""Stop conditions, early stopping and the plateau schedule: what a watch makes of losses that are made up."""

import math

import numpy as np
import pytest

from engine.compose import compose
from engine.experiment import ScheduleChoice, Stop, Training
from engine.trainer import Trainer
from engine.watch import Stopped, Watch

ZERO = np.zeros(1)


def watched(training: Training, train: list[float], test: list[float] | None = None) -> tuple[Watch, Stopped | None]:
    """Show the losses of one epoch after the other to a watch, until it stops."""
    watch = Watch(training)
    for epoch, loss in enumerate(train, start=1):
        stopped = watch.epoch_done(epoch, loss, test[epoch - 1] if test else math.nan, 0.5, np.array([float(epoch)]))
        if stopped:
            return watch, stopped
    return watch, None


def test_nothing_is_watched_unless_something_is_asked_for() -> None:
    assert not Watch(Training()).is_needed
    assert not Watch(Training(schedule=ScheduleChoice("cosine"))).is_needed
    assert Watch(Training(schedule=ScheduleChoice("plateau"))).is_needed
    assert all(Watch(Training(stop=Stop(**{name: 1}))).is_needed for name in ("epochs", "plateau", "patience"))
    assert all(Watch(Training(stop=Stop(**{name: 0.5}))).is_needed for name in ("loss", "metric", "seconds"))


@pytest.mark.parametrize(
    ("stop", "losses", "epoch", "words"),
    [
        (Stop(epochs=3), [5.0, 4.0, 3.0, 2.0], 3, "3 epochs"),
        (Stop(loss=2.5), [5.0, 3.0, 2.5, 2.0], 3, "2.5"),
        (Stop(metric=0.5), [5.0, 3.0], 1, "goal"),
        # 4.9999 is not smaller than 5 by a thousandth, so the patience of 2 epochs counts from the first.
        (Stop(plateau=2), [5.0, 4.9999, 4.9998, 1.0], 3, "not improved"),
    ],
)
def test_a_condition_stops_the_run(stop: Stop, losses: list[float], epoch: int, words: str) -> None:
    _, stopped = watched(Training(stop=stop), losses)
    assert stopped is not None
    assert stopped.epoch == epoch
    assert words in stopped.message
    assert stopped.best_epoch is None


def test_early_stopping_looks_at_the_test_loss_and_remembers_the_best() -> None:
    watch, stopped = watched(Training(stop=Stop(patience=2)), [5.0, 4.0, 3.0, 2.0, 1.0], [3.0, 2.0, 2.5, 2.4, 1.0])
    assert stopped is not None
    assert (stopped.epoch, stopped.best_epoch) == (4, 2)
    assert watch.memory.best_parameters is not None
    np.testing.assert_array_equal(watch.memory.best_parameters, [2.0])


def test_a_plateau_reduces_the_rate_by_its_settings() -> None:
    schedule = ScheduleChoice("plateau", {"factor": 0.5, "patience": 2, "floor": 0.2})
    losses = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    factors = []
    watch = Watch(Training(schedule=schedule))
    for epoch, loss in enumerate(losses, start=1):
        watch.epoch_done(epoch, loss, math.nan, 0.0, ZERO)
        factors.append(watch.memory.factor)
    # The first epoch is the best so far; after every two without a better one it is halved, down to the floor.
    assert factors == [1.0, 1.0, 0.5, 0.5, 0.25, 0.25, 0.2, 0.2, 0.2]


def test_whoever_goes_on_is_not_stopped_by_the_same_again() -> None:
    trainer = Trainer(compose(stop=Stop(epochs=2)))
    trainer.run(10.0)
    assert trainer.stopped is not None
    assert trainer.epoch == 2
    assert trainer.step_once() == 0
    trainer.go_on()
    trainer.run(10.0, steps=5 * trainer.steps_per_epoch)
    assert trainer.stopped is None
    assert trainer.epoch == 7


def test_early_stopping_restores_the_best_parameters() -> None:
    # 40 samples with much noise and a large network: it learns them by heart, and the test loss rises.
    trainer = Trainer(
        compose(data="moons", noise=1.5, samples=40, hidden=(16, 16), optimizer="adam", stop=Stop(patience=30))
    )
    best, losses = {}, {}
    while trainer.stopped is None and trainer.epoch < 2000:
        trainer.run_epoch()
        if trainer.stopped is None:
            losses[trainer.epoch] = trainer.measure().test_loss
            best[trainer.epoch] = trainer.parameters
    assert trainer.stopped is not None
    epoch = trainer.stopped.best_epoch
    assert epoch == min(losses, key=lambda number: losses[number])
    assert trainer.stopped.epoch == epoch + 30
    np.testing.assert_array_equal(trainer.parameters, best[epoch])
    assert trainer.best_epoch == epoch


def test_conditions_end_a_run_at_the_same_step_however_it_is_sliced() -> None:
    experiment = compose(data="xor", stop=Stop(loss=0.4), schedule="plateau")
    whole, sliced = Trainer(experiment), Trainer(experiment)
    whole.run(10.0)
    while sliced.stopped is None:
        sliced.run(10.0, steps=7)
    assert whole.stopped == sliced.stopped
    np.testing.assert_array_equal(whole.parameters, sliced.parameters)


def test_a_snapshot_holds_what_the_watch_remembers() -> None:
    trainer = Trainer(compose(data="spiral", schedule="plateau", schedule_settings={"patience": 3}))
    trainer.run(10.0, steps=200)
    snapshot = trainer.snapshot()
    trainer.run(10.0, steps=300)
    expected, rate = trainer.parameters, trainer.learning_rate
    trainer.restore(snapshot)
    trainer.run(10.0, steps=300)
    np.testing.assert_array_equal(trainer.parameters, expected)
    assert trainer.learning_rate == rate


def test_a_run_whose_time_is_over_waits_for_no_end_of_an_epoch() -> None:
    trainer = Trainer(compose(stop=Stop(seconds=1000.0)))
    trainer.step_once()
    assert 990.0 < trainer.seconds_left < 1000.0
    trainer.wait(1000.0)
    assert trainer.stopped is not None
    assert trainer.stopped.message == "Stopped at epoch 0, after 1,000 seconds of training."
    assert trainer.step_once() == 0
    assert trainer.step == 1


def test_whoever_goes_on_past_the_time_has_no_limit_any_more() -> None:
    trainer = Trainer(compose(stop=Stop(seconds=1.0)))
    trainer.wait(1.0)
    trainer.go_on()
    assert trainer.seconds_left == math.inf
    trainer.wait(10.0)
    assert trainer.run(10.0, steps=40) == 40
    assert trainer.stopped is None


def test_waiting_counts_as_time_of_the_run() -> None:
    trainer = Trainer(compose(samples=20, stop=Stop(seconds=1000.0)))
    trainer.run_epoch()
    assert trainer.stopped is None
    trainer.wait(1000.0)
    assert trainer.stopped is not None
    assert "1,000 seconds" in trainer.stopped.message

"""The training thread: commands in, the newest frame out."""

import logging
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest

from app.changes import apply, cleared
from app.moment import Moment
from app.speed import FULL_SPEED, Speed
from app.training_worker import TrainingWorker
from engine.datasets.resolve import resolve
from engine.experiment import Experiment, Layer, Network, OptimizerChoice, Training
from engine.parameters import initial
from engine.trainer import Trainer

TINY = Experiment(network=Network(hidden=(Layer(units=2),)))


def nothing_to_compile(report):
    report("", 1.0)


@pytest.fixture
def worker(qapp) -> Iterator[TrainingWorker]:
    worker = TrainingWorker(warm_up=nothing_to_compile)
    worker.request_fields(8, 8)
    worker.load(TINY, resolve(TINY.data))
    worker.start()
    yield worker
    assert worker.stop(timeout=30.0)


def wait_for_frame(qtbot, worker, condition):
    """Return the first frame that meets ``condition``."""
    with qtbot.waitSignal(worker.frame_ready, check_params_cb=condition, timeout=30_000) as waiting:
        pass
    return waiting.args[0]


def present_frame(qtbot, worker):
    """Return a frame of the present moment. The first of all may have come before the test could wait for it."""
    worker.request_fields(10, 10)
    return wait_for_frame(qtbot, worker, lambda frame: frame.output_field.shape == (10, 10))


def test_the_first_frame_shows_the_initial_parameters(qtbot, worker):
    frame = present_frame(qtbot, worker)
    np.testing.assert_array_equal(frame.parameters, initial(TINY))
    assert (frame.epoch, frame.step, frame.running) == (0, 0, False)


def test_training_goes_on_until_paused(qtbot, worker):
    worker.run()
    frame = wait_for_frame(qtbot, worker, lambda frame: frame.epoch >= 3)
    assert frame.running
    worker.pause()
    paused = wait_for_frame(qtbot, worker, lambda frame: not frame.running)
    worker.request_fields(9, 9)
    later = wait_for_frame(qtbot, worker, lambda frame: frame.output_field.shape == (9, 9))
    assert later.step == paused.step
    assert later.samples_per_second == 0.0


def test_a_step_is_one_update(qtbot, worker):
    worker.step()
    worker.step()
    frame = wait_for_frame(qtbot, worker, lambda frame: frame.step == 2)
    expected = Trainer(TINY)
    expected.run(60.0, steps=2)
    np.testing.assert_array_equal(frame.parameters, expected.parameters)


def test_an_epoch_ends_where_it_should(qtbot, worker):
    worker.step()
    worker.step_epochs(1)
    frame = wait_for_frame(qtbot, worker, lambda frame: frame.epoch == 1)
    assert frame.step == Trainer(TINY).steps_per_epoch
    worker.step_epochs(10)
    frame = wait_for_frame(qtbot, worker, lambda frame: frame.epoch == 11)
    assert frame.step == 11 * Trainer(TINY).steps_per_epoch


def test_slicing_changes_no_bit_of_the_run(qtbot, worker):
    worker.set_speed(FULL_SPEED)
    worker.run()
    frame = wait_for_frame(qtbot, worker, lambda frame: frame.step > 1000)
    expected = Trainer(TINY)
    expected.run(60.0, steps=frame.step)
    np.testing.assert_array_equal(frame.parameters, expected.parameters)


def test_a_slow_speed_makes_single_steps(qtbot, worker):
    worker.set_speed(Speed(steps_per_second=50))
    worker.run()
    start = time.perf_counter()
    frame = wait_for_frame(qtbot, worker, lambda frame: frame.step >= 10)
    # One too many at most, since the first step comes at once; a busy machine may make fewer.
    assert frame.step <= 50 * (time.perf_counter() - start) + 2


def test_reset_goes_back_to_the_initial_parameters(qtbot, worker):
    worker.step_epochs(2)
    wait_for_frame(qtbot, worker, lambda frame: frame.epoch == 2)
    worker.reset()
    frame = wait_for_frame(qtbot, worker, lambda frame: frame.epoch == 0)
    np.testing.assert_array_equal(frame.parameters, initial(TINY))


def test_an_edited_parameter_is_shown_with_its_losses(qtbot, worker):
    first = present_frame(qtbot, worker)
    worker.edit_parameter(0, 3.5)
    frame = wait_for_frame(qtbot, worker, lambda frame: frame.parameters[0] == 3.5)
    np.testing.assert_array_equal(frame.parameters[1:], first.parameters[1:])
    assert frame.train_loss != first.train_loss
    assert len(frame.train_curve.epochs) == len(first.train_curve.epochs)


def test_a_changed_experiment_keeps_what_keeps_its_meaning(qtbot, worker):
    worker.step_epochs(3)
    trained = wait_for_frame(qtbot, worker, lambda frame: frame.epoch == 3)
    changed = apply(TINY, "training.learning_rate", 0.1)
    worker.change(changed, resolve(changed.data))
    frame = wait_for_frame(qtbot, worker, lambda frame: frame.experiment == changed)
    np.testing.assert_array_equal(frame.parameters, trained.parameters)


def test_a_run_that_a_change_ended_can_be_taken_up_again(qtbot, worker):
    worker.step_epochs(2)
    trained = wait_for_frame(qtbot, worker, lambda frame: frame.epoch == 2 and not frame.running)
    left, undone = Moment(), Moment()
    flat = apply(TINY, "network.remove_layer", 0)
    dataset = resolve(TINY.data)
    worker.change(flat, dataset, left, None)
    wait_for_frame(qtbot, worker, lambda frame: len(frame.layout.layers) == 1 and frame.epoch == 0)
    worker.step()
    other = wait_for_frame(qtbot, worker, lambda frame: frame.step == 1)
    worker.change(TINY, dataset, undone, left)
    back = wait_for_frame(qtbot, worker, lambda frame: len(frame.layout.layers) == 2)
    assert (back.epoch, back.step) == (trained.epoch, trained.step)
    np.testing.assert_array_equal(back.parameters, trained.parameters)
    np.testing.assert_array_equal(back.train_curve.losses, trained.train_curve.losses)
    worker.change(flat, dataset, left, undone)
    again = wait_for_frame(qtbot, worker, lambda frame: len(frame.layout.layers) == 1)
    np.testing.assert_array_equal(again.parameters, other.parameters)


def test_painting_while_training_goes_on_training(qtbot, worker):
    worker.run()
    empty = cleared(TINY)
    worker.change(empty, resolve(empty.data))
    frame = wait_for_frame(qtbot, worker, lambda frame: np.isnan(frame.train_loss))
    moons = apply(TINY, "data.generator", "moons")
    worker.change(moons, resolve(moons.data))
    frame = wait_for_frame(qtbot, worker, lambda later: later.step > frame.step)
    assert frame.experiment == moons


def test_the_focused_unit_gets_a_field(qtbot, worker):
    worker.focus_unit(2)
    frame = wait_for_frame(qtbot, worker, lambda frame: frame.focus_unit == 2)
    np.testing.assert_array_equal(frame.focus_field, frame.unit_fields[2])


def test_frames_never_queue_up(qtbot, worker):
    """While the window is busy no frame is built: afterwards exactly one is waiting."""
    present_frame(qtbot, worker)
    worker.set_speed(FULL_SPEED)
    worker.run()
    wait_for_frame(qtbot, worker, lambda frame: frame.running)
    seen = []

    def look(frame):
        seen.append(frame)
        # A view that takes its time. Not a wait for anything: the point is that the window's thread is held up.
        time.sleep(0.03)

    worker.frame_ready.connect(look)
    qtbot.waitUntil(lambda: len(seen) >= 5, timeout=30_000)
    worker.pause()
    wait_for_frame(qtbot, worker, lambda frame: not frame.running)
    assert not seen[-1].running
    assert len({frame.step for frame in seen[:-1]}) == len(seen) - 1


def test_a_diverging_run_stops_and_says_so(qtbot, worker):
    wild = apply(apply(apply(TINY, "data.task", "regression"), "network.activation", "relu"), "seed", 1)
    wild = Experiment(
        data=wild.data,
        network=wild.network,
        training=Training(loss="mse", optimizer=OptimizerChoice("sgd"), learning_rate=1e6),
    )
    worker.load(wild, resolve(wild.data))
    with qtbot.waitSignal(worker.diverged, timeout=30_000) as waiting:
        worker.run()
    assert "learning rate" in waiting.args[0].message
    # The last frame of the run may have come before the test could wait for it: ask for one more.
    worker.request_fields(9, 9)
    frame = wait_for_frame(qtbot, worker, lambda frame: not frame.running and frame.experiment == wild)
    assert np.all(np.isfinite(frame.parameters))


def test_an_error_is_reported_and_survived(qtbot, worker, caplog):
    with caplog.at_level(logging.CRITICAL), qtbot.waitSignal(worker.errored, timeout=30_000) as waiting:
        worker.edit_parameter(0, float("nan"))
    assert isinstance(waiting.args[0], ValueError)
    worker.step()
    assert wait_for_frame(qtbot, worker, lambda frame: frame.step == 1)


def test_commands_wait_for_the_compiler(qtbot, qapp):
    compiled = threading.Event()

    def slow(report):
        report("Compiling the losses", 0.5)
        compiled.wait(30.0)
        report("", 1.0)

    worker = TrainingWorker(warm_up=slow)
    told = []
    worker.progress.connect(lambda what, share: told.append((what, share)))
    worker.load(TINY, resolve(TINY.data))
    worker.start()
    worker.step()
    qtbot.waitUntil(lambda: told == [("Compiling the losses", 0.5)])
    compiled.set()
    assert wait_for_frame(qtbot, worker, lambda frame: frame.step == 1)
    assert told[-1] == ("", 1.0)
    assert worker.stop(timeout=30.0)


def test_stopping_while_compiling_ends_between_two_kernels(qtbot, qapp):
    begun, go_on = threading.Event(), threading.Event()

    def slow(report):
        report("one", 0.0)
        begun.set()
        go_on.wait(30.0)
        report("two", 0.5)
        raise AssertionError("went on after being stopped")

    worker = TrainingWorker(warm_up=slow)
    worker.start()
    assert begun.wait(30.0)
    assert not worker.stop(timeout=0.0)
    go_on.set()
    assert worker.stop(timeout=30.0)


def test_a_failing_compiler_is_reported(qtbot, qapp, caplog):
    def broken(report):
        raise RuntimeError("no compiler")

    worker = TrainingWorker(warm_up=broken)
    with caplog.at_level(logging.CRITICAL), qtbot.waitSignal(worker.errored, timeout=30_000) as waiting:
        worker.start()
    assert str(waiting.args[0]) == "no compiler"
    assert worker.stop(timeout=30.0)


def test_a_worker_that_was_never_started_stops_at_once(qapp):
    assert TrainingWorker(warm_up=nothing_to_compile).stop()


def test_a_step_back_is_where_the_run_was(qtbot, worker):
    worker.step()
    first = wait_for_frame(qtbot, worker, lambda frame: frame.step == 1)
    worker.step()
    wait_for_frame(qtbot, worker, lambda frame: frame.step == 2)
    worker.step_back()
    again = wait_for_frame(qtbot, worker, lambda frame: frame.step == 1)
    np.testing.assert_array_equal(again.parameters, first.parameters)
    assert (again.running, again.earliest_step) == (False, 0)
    worker.step_back()
    worker.step_back()
    start = wait_for_frame(qtbot, worker, lambda frame: frame.step == 0)
    np.testing.assert_array_equal(start.parameters, initial(TINY))


def test_the_next_iteration_is_taken_apart_where_somebody_walks_through_it_and_training_stands_still(qtbot, worker):
    worker.request_trace(True)
    frame = wait_for_frame(qtbot, worker, lambda frame: frame.trace is not None)
    worker.step()
    after = wait_for_frame(qtbot, worker, lambda frame: frame.step == 1)
    np.testing.assert_allclose(frame.trace.update.after, after.parameters, rtol=1e-12, atol=1e-12)
    assert after.trace.step == 1
    worker.run()
    running = wait_for_frame(qtbot, worker, lambda frame: frame.running)
    assert running.trace is None
    worker.pause()
    paused = wait_for_frame(qtbot, worker, lambda frame: not frame.running)
    assert paused.trace.step == paused.step
    worker.request_trace(False)
    assert wait_for_frame(qtbot, worker, lambda frame: frame.trace is None).step == paused.step


def test_a_run_can_go_on_from_weights_of_another_time(qtbot, worker):
    experiment = Experiment(network=TINY.network, seed=4)
    kept = initial(experiment) + 0.5
    worker.load(experiment, resolve(experiment.data), kept)
    frame = wait_for_frame(qtbot, worker, lambda frame: frame.experiment == experiment)
    np.testing.assert_array_equal(frame.parameters, kept)
    worker.reset()
    frame = wait_for_frame(qtbot, worker, lambda frame: not np.array_equal(frame.parameters, kept))
    np.testing.assert_array_equal(frame.parameters, initial(experiment))


def test_a_run_of_so_many_seconds_ends_by_the_clock_on_the_wall_at_any_speed(qtbot, qapp):
    experiment = apply(TINY, "training.stop", ("seconds", 0.2))
    worker = TrainingWorker(warm_up=nothing_to_compile)
    worker.set_speed(Speed(epochs_per_second=20.0))
    worker.load(experiment, resolve(experiment.data))
    worker.start()
    with qtbot.waitSignal(worker.stopped, timeout=30_000) as stopped:
        worker.run()
    # Kernels alone would be busy for 0.2 s only after thousands of epochs.
    assert stopped.args[0].epoch <= 20
    assert worker.stop(timeout=30.0)

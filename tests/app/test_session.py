"""The session: intents in, experiments and commands out. The worker is a stand-in."""

from unittest.mock import Mock

import msgspec
import numpy as np
import pytest

from app.changes import apply
from app.run import NO_POINTS
from app.session import POINTS_GONE, Session
from app.speed import FULL_SPEED
from app.stepping.way_back import FIRST, OTHER_SETTINGS
from app.training_worker import TrainingWorker
from engine.datasets.resolve import resolve
from engine.divergence import Divergence
from engine.experiment import Experiment, Points
from engine.parameters import initial
from tests.app.sample_frame import sample_frame


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def worker() -> Mock:
    return Mock(spec=TrainingWorker)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(qapp, worker, clock) -> Session:
    session = Session(worker=worker, clock=clock)
    session.said, session.problems, session.history = [], [], []
    session.message.connect(session.said.append)
    session.problem.connect(session.problems.append)
    session.history_changed.connect(lambda undo, redo: session.history.append((undo, redo)))
    return session


def test_starting_shows_and_loads_the_experiment(qtbot, session, worker):
    with qtbot.waitSignal(session.experiment_changed) as shown:
        session.start()
    assert shown.args[0] == Experiment()
    worker.load.assert_called_once_with(session.experiment, session.dataset)
    worker.start.assert_called_once_with()


def test_a_change_reaches_views_worker_and_history(qtbot, session, worker):
    with qtbot.waitSignal(session.experiment_changed) as shown:
        session.change("network.units", (0, 6))
    experiment, dataset, layout = shown.args
    assert experiment.network.hidden[0].units == 6
    assert layout.layers[0].outputs == 6
    assert worker.change.call_args.args[:2] == (experiment, dataset)
    assert session.said == ["Layer 1: 6 units."]
    assert session.history[-1] == ("Layer 1: 6 units", "")


def test_other_data_are_resolved_and_the_same_data_are_kept(session):
    before = session.dataset
    session.change("training.learning_rate", 0.1)
    assert session.dataset is before
    session.change("data.samples", 20)
    assert len(session.dataset) == 20


def test_a_refused_change_says_why_and_puts_the_control_back(qtbot, session, worker):
    with qtbot.waitSignal(session.experiment_changed) as shown:
        session.change("network.units", (0, 0))
    assert shown.args[0] == Experiment()
    assert session.problems == ["A layer needs at least one unit; remove the whole layer instead."]
    worker.change.assert_not_called()


def test_undo_and_redo(session, worker):
    session.change("network.activation", "relu")
    relu = session.experiment
    session.undo()
    assert session.experiment == Experiment()
    assert session.history[-1] == ("", "Activation: ReLU")
    assert worker.change.call_args.args[:2] == (session.experiment, session.dataset)
    session.redo()
    assert session.experiment == relu
    session.redo()
    assert session.said[-1] == "There is nothing to make again."


def test_going_to_a_step_of_the_list_is_like_undoing_and_redoing_up_to_it(session, clock):
    made = [session.experiment]
    for name, value in (("data.noise", 0.5), ("network.activation", "relu"), ("data.train_share", 0.5), ("seed", 3)):
        session.change(name, value)
        made.append(session.experiment)
    assert session.history_steps == (
        ("Noise: 0.5", "Activation: ReLU", "Training share: 50%", "Seed: 3 (new initial weights)"),
        4,
    )
    for position in (0, 3, 1, 4, 2):
        session.go_to(position)
        assert session.experiment == made[position]
        assert session.history_steps[1] == position
        assert session.dataset.train_count == resolve(made[position].data).train_count
    assert session.said[-1] == "2 steps undone."
    said = len(session.said)
    session.go_to(2)
    assert len(session.said) == said
    session.go_to(99)
    assert session.experiment == made[4]


def test_a_far_jump_loads_the_data_once_but_passes_over_no_run_that_ended(session, worker, clock):
    for number in range(5):
        session.change("data.noise", 0.1 * (number + 1))
        clock.now += 9.0
    session.change("network.activation", "relu")
    for number in range(5):
        session.change("data.noise", 1.0 + number)
        clock.now += 9.0
    worker.change.reset_mock()
    session.go_to(0)
    # The last noise before the other network was there, the network itself with what it had learned, the beginning.
    assert [call.args[0].data.noise for call in worker.change.call_args_list] == [0.5, 0.5, 0.0]
    assert [len(call.args) for call in worker.change.call_args_list] == [2, 4, 2]


def test_a_weight_set_by_hand_is_a_step_of_the_list(session, worker):
    _, _, _, frame = sample_frame()
    session._take_frame(frame)
    session.edit_parameter(0, 0.5)
    session.change("data.noise", 0.5)
    session.go_to(0)
    worker.edit_parameter.assert_called_with(0, float(frame.parameters[0]))
    session.go_to(1)
    worker.edit_parameter.assert_called_with(0, 0.5)
    assert session.experiment.data.noise == 0.0


def test_one_turn_of_the_wheel_is_one_step_of_the_history(session, clock):
    for rate in (0.1, 0.3, 1.0):
        session.change("training.learning_rate", rate)
        clock.now += 0.2
    clock.now += 5.0
    session.change("training.learning_rate", 3.0)
    session.undo()
    assert session.experiment.training.learning_rate == 1.0
    session.undo()
    assert session.experiment.training.learning_rate == 0.03


def test_new_weights_are_another_seed_and_can_be_undone(session):
    session.new_weights()
    assert session.experiment.seed == 1
    session.undo()
    assert session.experiment.seed == 0


def test_run_pause_and_toggle_command_the_worker(qtbot, session, worker):
    with qtbot.waitSignal(session.running_changed) as told:
        session.run()
    assert told.args == [True]
    worker.run.assert_called_once_with()
    session.toggle()
    worker.pause.assert_called_once_with()
    session.toggle()
    assert session.running
    session.run()
    assert worker.run.call_count == 2


def test_single_steps_pause_first(session, worker):
    session.run()
    session.step()
    assert not session.running
    assert [call[0] for call in worker.method_calls][-2:] == ["pause", "step"]
    session.run()
    session.step_epoch()
    assert [call[0] for call in worker.method_calls][-2:] == ["pause", "step_epochs"]
    session.run()
    session.reset()
    assert [call[0] for call in worker.method_calls][-2:] == ["pause", "reset"]


def test_speed_focus_and_field_sizes_are_passed_on(session, worker):
    session.set_speed(FULL_SPEED)
    session.focus_unit(3)
    session.request_fields(50, 256)
    worker.set_speed.assert_called_once_with(FULL_SPEED)
    worker.focus_unit.assert_called_once_with(3)
    worker.request_fields.assert_called_once_with(50, 256, False)


def test_changes_while_training_do_not_stop_it(session, worker):
    session.run()
    session.change("training.learning_rate", 0.1)
    session.change("network.add_layer", 0)
    session.paint(np.array([[0.0, 0.0]]), 1.0)
    assert session.running
    worker.pause.assert_not_called()


def test_a_stroke_is_one_step_of_the_history(session, worker):
    session.begin_stroke()
    for x in range(3):
        session.paint(np.array([[x, 0.0]]), 1.0)
    session.end_stroke()
    assert worker.change.call_count == 1
    assert len(session.dataset) == 253
    assert session.history[-1][0] == "Data: 3 points painted, 253 now"
    session.undo()
    assert session.experiment == Experiment()
    assert session.dataset.train_count == 176


def test_edits_of_a_stroke_are_made_together_once_the_mouse_leaves_time(qtbot, session, worker):
    session.begin_stroke()
    with qtbot.waitSignal(session.experiment_changed):
        session.paint(np.array([[5.5, 5.5], [5.0, 5.0]]), 1.0)
        session.erase(5.5, 5.5, 0.1)
    assert len(session.dataset) == 251
    session.edit(lambda drawing: drawing.with_moved(np.array([250]), np.array([[-5.0, 5.0]])), "1 point moved")
    session.end_stroke()
    assert worker.change.call_count == 2
    np.testing.assert_array_equal(session.dataset.points[250], (-5.0, 5.0))
    session.undo()
    assert session.experiment == Experiment()


def test_what_is_begun_meanwhile_gets_no_edits_of_an_old_stroke(session):
    session.begin_stroke()
    session.paint(np.array([[0.0, 0.0]]), 1.0)
    session.replace(Experiment(seed=7))
    session.end_stroke()
    assert session.experiment == Experiment(seed=7)


def test_undo_in_the_middle_of_a_stroke_takes_the_stroke_back(session):
    session.begin_stroke()
    session.paint(np.array([[0.0, 0.0]]), 1.0)
    session.undo()
    assert session.experiment == Experiment()
    session.end_stroke()
    assert session.history[-1][0] == ""


def test_a_stroke_that_is_given_up_leaves_everything_as_it_was(session, worker):
    session.selection.choose([3, 4])
    before = session.experiment
    session.begin_stroke()
    session.edit(lambda drawing: drawing.with_moved(np.array([3, 4]), np.zeros((2, 2))), "moved", np.array([3, 4]))
    session.experiment_changed.emit(session.experiment, session.dataset, session.layout)
    session._edits.flush()
    assert session.experiment is not before
    session.edit(lambda drawing: drawing.without(np.array([0])), "deleted")
    session.give_up_stroke()
    assert session.experiment is before
    assert not session.is_drawing
    assert session.selection.indices.tolist() == [3, 4]
    assert session.history_steps == ((), 0)
    session.give_up_stroke()
    assert session.experiment is before


def test_erasing_nothing_leaves_no_trace(session, worker):
    session.begin_stroke()
    session.erase(100.0, 100.0, 0.1)
    session.end_stroke()
    assert session.history == []
    worker.change.assert_not_called()


def test_painting_and_erasing_again_is_no_step_but_has_an_end(qtbot, session):
    session.clear_points()
    session.begin_stroke()
    session.paint(np.array([[0.0, 0.0]]), 1.0)
    session.erase(0.0, 0.0, 1.0)
    with qtbot.waitSignal(session.history_changed):
        session.end_stroke()
    assert not session.is_drawing
    assert len(session.history_steps[0]) == 1


def test_too_many_points_are_refused_and_nothing_is_lost(session, monkeypatch):
    monkeypatch.setattr("app.changes.points.MAXIMUM_SAMPLES", 251)
    session.begin_stroke()
    session.paint(np.array([[0.0, 0.0]]), 1.0)
    session.paint(np.array([[1.0, 0.0]]), 1.0)
    session.end_stroke()
    assert len(session.dataset) == 251
    assert session.problems == ["There is room for 251 points; erase some before painting more."]


def test_without_points_nothing_runs_and_painting_works_at_once(session, worker):
    session.clear_points()
    for command in (session.run, session.step, session.step_epoch, session.toggle):
        command()
    assert session.problems == [NO_POINTS] * 4
    worker.run.assert_not_called()
    session.paint(np.array([[0.0, 0.0]]), 1.0)
    session.run()
    worker.run.assert_called_once_with()


def test_erasing_the_last_point_pauses(session, worker):
    session.replace(apply(Experiment(), "data.empty", None))
    session.paint(np.array([[0.0, 0.0]]), 1.0)
    session.run()
    session.erase(0.0, 0.0, 1.0)
    assert not session.running
    assert session.problems == [POINTS_GONE]


def test_an_opened_experiment_is_a_new_start(session, worker):
    session.change("network.activation", "relu")
    session.run()
    opened = Experiment(seed=7)
    session.replace(opened)
    assert (session.experiment, session.running, session.history[-1]) == (opened, False, ("", ""))
    worker.load.assert_called_once_with(opened, session.dataset)


def test_an_edited_weight_can_be_undone(session, worker):
    frame = sample_frame()[3]
    session._take_frame(frame)
    before = float(frame.parameters[1])
    session.edit_parameter(1, 2.0)
    worker.edit_parameter.assert_called_with(1, 2.0)
    assert session.said == [f"Weight: {before:.4g} → 2.".replace("-", "−")]
    session.undo()
    worker.edit_parameter.assert_called_with(1, before)
    session.redo()
    worker.edit_parameter.assert_called_with(1, 2.0)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1e101])
def test_impossible_weights_are_refused(session, worker, value):
    session._take_frame(sample_frame()[3])
    session.edit_parameter(0, value)
    worker.edit_parameter.assert_not_called()
    assert len(session.problems) == 1


def test_frames_of_another_shape_are_left_out(qtbot, session):
    old = sample_frame()[3]
    session.change("network.units", (0, 5))
    with qtbot.assertNotEmitted(session.frame_ready):
        session._take_frame(old)
    new = sample_frame(session.experiment)[3]
    with qtbot.waitSignal(session.frame_ready):
        session._take_frame(new)


def test_frames_of_older_data_are_shown_while_painting(qtbot, session):
    old = sample_frame()[3]
    session.paint(np.array([[0.0, 0.0]]), 1.0)
    with qtbot.waitSignal(session.frame_ready):
        session._take_frame(old)


def test_divergence_stops_the_run_with_its_sentence(session):
    session.run()
    session._stop_diverged(Divergence(7, "Stopped at step 7."))
    assert (session.running, session.problems) == (False, ["Stopped at step 7."])


def test_a_fault_of_the_worker_stops_the_run_and_is_told(session):
    session.run()
    session._say_error(RuntimeError("no memory"))
    assert not session.running
    assert session.problems == ["Training has stopped because of a fault: no memory."]


def test_painted_noise_is_not_added_twice(session):
    session.change("data.noise", 1.0)
    noisy = session.dataset.points
    session.paint(np.array([[0.0, 0.0]]), 1.0)
    np.testing.assert_array_equal(session.dataset.points[:-1], noisy)


def test_regression_paints_values(session):
    session.change("data.task", "regression")
    session.clear_points()
    session.paint(np.array([[1.0, 2.0]]), -0.25)
    assert session.experiment.data.source == Points([[1.0, 2.0]], [-0.25])
    assert resolve(session.experiment.data).train_count == 1


def test_experiments_are_never_changed_in_place(session):
    first = session.experiment
    copy = msgspec.structs.replace(first)
    session.change("training.setting", ("momentum", 0.5))
    assert first == copy


def test_undo_asks_for_the_run_that_the_change_ended(session, worker):
    session.change("network.remove_layer", 1)
    _, _, left, recalled = worker.change.call_args.args
    assert recalled is None
    session.undo()
    _, _, undone, recalled = worker.change.call_args.args
    assert recalled is left
    session.redo()
    assert worker.change.call_args.args[2:] == (left, undone)


def test_a_turn_of_the_wheel_goes_back_to_the_run_before_it(session, worker):
    session.change("network.units", (0, 5))
    left = worker.change.call_args.args[2]
    session.change("network.units", (0, 6))
    session.undo()
    assert worker.change.call_args.args[3] is left
    assert session.experiment == Experiment()


def test_with_weights_starts_from_those_of_now(session):
    _, _, _, frame = sample_frame()
    experiment = frame.experiment
    session.replace(experiment)
    assert session.with_weights() is experiment
    assert not session.is_trained
    session._take_frame(msgspec.structs.replace(frame, parameters=frame.parameters + 1.0))
    assert session.is_trained
    np.testing.assert_array_equal(initial(session.with_weights()), frame.parameters + 1.0)
    session.change("network.remove_layer", 0)
    assert session.with_weights() is session.experiment


def test_a_step_back_pauses_and_goes_to_the_worker(session, worker):
    frame = sample_frame()[3]
    session._take_frame(msgspec.structs.replace(frame, step=3, earliest_step=2))
    session.run()
    session.step_back()
    worker.step_back.assert_called_once_with()
    assert not session.running


@pytest.mark.parametrize(("step", "problem"), [(0, FIRST), (7, OTHER_SETTINGS)])
def test_there_is_no_step_back_before_the_first(session, worker, step, problem):
    frame = sample_frame()[3]
    session._take_frame(msgspec.structs.replace(frame, step=step, earliest_step=step))
    session.step_back()
    worker.step_back.assert_not_called()
    assert session.problems == [problem]


def test_an_edit_is_one_step_with_its_own_name_and_says_what_is_selected(session):
    session.change("data.empty", None)
    session.edit(
        lambda drawing: drawing.with_added(np.array([[0.0, 0.0], [1.0, 1.0]]), 1.0), "A line drawn", np.arange(2)
    )
    painted = session.experiment
    assert session.selection.indices.tolist() == [0, 1]
    session.edit(
        lambda drawing: drawing.with_moved(np.array([0]), np.array([[2.0, 2.0]])), "1 point moved", np.array([0])
    )
    assert session.history_steps[0][-2:] == ("A line drawn", "1 point moved")
    assert session.selection.indices.tolist() == [0]
    session.undo()
    assert session.experiment == painted
    assert session.selection.indices.tolist() == [0, 1]

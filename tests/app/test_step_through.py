"""Walking through iterations: the controller between the session and the step-through. The worker is a stand-in."""

from unittest.mock import Mock

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QTimer

from app.changes import apply
from app.frame_builder import FrameBuilder, FrameRequest
from app.run import NO_POINTS
from app.session import Session
from app.step_through import NOT_FINITE, StepThrough
from app.stepping.records import MEAN, Grain, Phase, Position
from app.stepping.way_back import FIRST, OTHER_SETTINGS
from app.training_worker import TrainingWorker
from engine.compose import compose
from engine.experiment import Experiment, Layer, Network, Output, Points, Training
from engine.trainer import Trainer

SMALL = Experiment(network=Network(hidden=(Layer(units=2),)))


class Walk:
    """A session whose worker obeys at once, and the walk through it."""

    def __init__(self, experiment: Experiment = SMALL) -> None:
        self.worker = Mock(spec=TrainingWorker)
        self.session = Session(experiment, worker=self.worker)
        self.trainer = Trainer(experiment, self.session.dataset)
        self.builder = FrameBuilder()
        self.wanted = False
        self.states, self.problems, self.said = [], [], []
        self.through = StepThrough(self.session)
        self.through.state_changed.connect(self.states.append)
        for source in (self.through, self.session):
            source.problem.connect(self.problems.append)
            source.message.connect(self.said.append)
        self.worker.request_trace.side_effect = self._request
        self.worker.step.side_effect = lambda: self._then(self.trainer.step_once)
        self.worker.step_back.side_effect = lambda: self._then(lambda: self.trainer.go_to(self.trainer.step - 1))
        self.worker.change.side_effect = lambda *arguments: self._then(lambda: self.trainer.change(*arguments[:2]))
        self.worker.pause.side_effect = self.publish

    def _request(self, wanted: bool) -> None:
        self.wanted = wanted
        self.publish()

    def _then(self, action) -> None:
        action()
        self.publish()

    def publish(self) -> None:
        request = FrameRequest(trace=self.wanted)
        self.session._take_frame(self.builder.build(self.trainer, request, self.session.running, 0.0))

    @property
    def state(self):
        return self.through.state


@pytest.fixture
def walk(qapp) -> Walk:
    walk = Walk()
    walk.through.set_open(True)
    return walk


def test_nothing_is_taken_apart_until_somebody_looks(qapp):
    walk = Walk()
    walk.publish()
    assert walk.states == []
    walk.worker.request_trace.assert_not_called()
    walk.through.set_open(True)
    assert walk.state.trace.step == 0
    assert walk.state.explanation is not None
    walk.through.set_open(False)
    walk.worker.request_trace.assert_called_with(False)
    assert walk.state.trace is None


def test_the_walk_goes_through_all_units_and_then_makes_the_update(walk):
    walk.through.choose_grain(Grain.UNIT)
    places = [walk.state.position]
    before = walk.trainer.parameters
    while walk.trainer.step == 0:
        walk.through.next()
        places.append(walk.state.position)
    layers = [(0, 0), (0, 1), (1, 0)]
    expected = [Position()]
    expected += [Position(Phase.FORWARD, *place) for place in layers]
    expected += [Position(Phase.LOSS)]
    expected += [Position(Phase.BACKWARD, *place) for place in [(1, 0), (0, 0), (0, 1)]]
    expected += [Position(Phase.UPDATE, *place) for place in layers]
    assert places == [*expected, Position()]
    assert walk.state.trace.step == 1
    assert not np.array_equal(walk.trainer.parameters, before)


@pytest.mark.parametrize("grain", list(Grain))
def test_backward_is_the_same_way_at_every_grain_and_on_again_gives_the_same_numbers(walk, grain):
    walk.through.choose_grain(grain)
    been = [(walk.state.trace.step, walk.state.position)]
    ends = []
    while walk.trainer.step < 3:
        walk.through.next()
        been.append((walk.state.trace.step, walk.state.position))
        if walk.trainer.step == 3:
            ends.append(walk.trainer.parameters)
    for place in been[-2::-1]:
        walk.through.previous()
        assert (walk.state.trace.step, walk.state.position) == place
    np.testing.assert_array_equal(walk.trainer.parameters, Trainer(SMALL).parameters)
    walk.through.previous()
    assert walk.problems == [FIRST]
    while walk.trainer.step < 3:
        walk.through.next()
    np.testing.assert_array_equal(walk.trainer.parameters, ends[0])


def test_a_step_while_training_runs_pauses_it_and_the_walk_begins(walk):
    walk.session.run()
    walk.publish()
    assert (walk.state.trace, walk.state.problem) == (None, "")
    walk.through.next()
    assert not walk.session.running
    assert walk.state.trace is not None


def test_while_an_iteration_is_worked_out_it_is_said(qapp):
    walk = Walk()
    # A worker that takes its time.
    walk.worker.request_trace.side_effect = lambda wanted: setattr(walk, "wanted", wanted)
    walk.through.set_open(True)
    assert (walk.state.trace, walk.state.working) == (None, True)
    walk.publish()
    assert walk.state.trace is not None
    assert not walk.state.working
    walk.session.run()
    walk.publish()
    assert (walk.state.trace, walk.state.working) == (None, False)
    walk.worker.pause.side_effect = None
    walk.through.next()
    assert (walk.state.trace, walk.state.working) == (None, True)
    walk.publish()
    assert not walk.state.working


def test_an_edit_in_the_middle_keeps_the_place_and_shows_the_new_numbers(walk):
    walk.through.jump(Position(Phase.UPDATE))
    place = walk.state.position
    walk.session.change("training.learning_rate", 0.5)
    assert walk.state.position == place
    assert walk.state.trace.update.rate == 0.5
    walk.session.change("network.units", (0, 5))
    assert walk.state.position == Position()
    assert walk.state.trace.layout.layers[0].outputs == 5


def test_another_activation_is_seen_at_the_same_unit(walk):
    place = Position(Phase.FORWARD, 0, 1)
    walk.through.jump(place)
    walk.session.change("network.activation", "relu")
    assert walk.state.position == place
    assert walk.state.trace.layout.layers[0].activation == "relu"
    assert "ReLU" in walk.state.explanation.sentence
    # With its loss, a sigmoid has other steps backward: from the beginning.
    walk.through.jump(Position(Phase.BACKWARD, 1, 0))
    walk.session.change("training.loss", "hinge")
    assert walk.state.position == Position()


def test_the_walk_cannot_go_back_past_a_change(walk):
    walk.through.choose_grain(Grain.ITERATION)
    walk.through.next()
    walk.session.change("training.learning_rate", 0.5)
    assert walk.state.earliest_step == 1
    walk.through.previous()
    assert walk.problems == [OTHER_SETTINGS]


def test_back_in_an_earlier_iteration_it_says_how_far_one_can_go(walk):
    walk.through.choose_grain(Grain.ITERATION)
    for _ in range(3):
        walk.through.next()
    before = len(walk.said)
    walk.through.previous()
    walk.session.change("training.learning_rate", 0.5)
    walk.through.next()
    walk.through.previous()
    first, _, second = walk.said[before:]
    assert first.startswith("Iteration 3 again. You can go back to iteration 1; older states are thinned,")
    assert second.startswith("Iteration 3 again. You can go back to iteration 3, where other settings ended;")


def test_without_points_it_says_so_and_waits_for_some(qapp):
    empty = msgspec.structs.replace(SMALL, data=msgspec.structs.replace(SMALL.data, source=Points([], [])))
    walk = Walk(empty)
    walk.through.set_open(True)
    assert walk.state.problem == NO_POINTS
    walk.through.next()
    assert walk.problems == [NO_POINTS]
    walk.session.paint(np.array([[1.0, 1.0]]), 1.0)
    assert walk.state.trace.size == 1


def test_a_step_that_diverges_is_shown_but_not_made(qapp):
    wild = Experiment(
        data=apply(Experiment(), "data.task", "regression").data,
        network=Network(hidden=(Layer(units=2),), output=Output("linear")),
        training=Training(loss="mse", learning_rate=1e5),
    )
    walk = Walk(wild)
    walk.trainer.run(10.0, steps=10_000)
    walk.through.set_open(True)
    step = walk.trainer.step
    walk.through.choose_grain(Grain.ITERATION)
    walk.through.next()
    assert walk.problems == [NOT_FINITE]
    assert walk.trainer.step == step
    walk.through.previous()
    assert walk.trainer.step == step - 1


def test_a_point_of_the_batch_can_be_picked_and_others_say_why_not(walk):
    trace = walk.state.trace
    walk.through.pick_sample(int(trace.samples[0, 3]))
    assert walk.state.focus == 3
    outside = np.setdiff1d(np.flatnonzero(walk.session.dataset.is_train), trace.samples[0])[0]
    walk.through.pick_sample(int(outside))
    walk.through.pick_sample(int(np.flatnonzero(~walk.session.dataset.is_train)[0]))
    assert walk.state.focus == 3
    assert "not in the present batch" in walk.said[-2]
    assert "test point" in walk.said[-1]
    walk.through.choose_focus(MEAN)
    assert walk.state.focus == MEAN
    walk.through.choose_focus(99)
    assert walk.state.focus == MEAN


def test_numbers_have_as_many_digits_as_chosen(walk):
    walk.through.jump(Position(Phase.FORWARD, 0, 0))
    walk.through.choose_digits(6)
    (result,) = [line for line in walk.state.explanation.lines if line.kind == "result"][:1]
    z = walk.state.trace.passes[0][0].z[0, 0]
    assert f"{abs(z):.6g}" in result.text
    walk.through.choose_digits(3)
    (result,) = [line for line in walk.state.explanation.lines if line.kind == "result"][:1]
    assert f"{abs(z):.6g}" not in result.text


def test_it_plays_by_itself_until_training_runs_or_it_is_closed(qtbot, walk):
    walk.through.choose_grain(Grain.PHASE)
    walk.through.set_pace(0.02)
    walk.through.toggle_play()
    assert walk.state.playing
    qtbot.waitUntil(lambda: walk.trainer.step >= 2, timeout=10_000)
    walk.session.run()
    assert not walk.state.playing
    walk.session.pause()
    walk.through.toggle_play()
    walk.through.toggle_play()
    assert not walk.state.playing
    walk.through.toggle_play()
    assert walk.state.playing
    walk.through.set_open(False)
    # Nothing is left that would go on later.
    assert not walk.state.playing
    assert not any(timer.isActive() for timer in walk.through.findChildren(QTimer))


def test_what_may_take_seconds_is_announced(qapp):
    walk = Walk(compose(samples=4000, batch_size=1200))
    walk.through.set_open(True)
    walk.through.choose_grain(Grain.ITERATION)
    walk.through.next()
    assert walk.said[-2:] == ["Working out iteration 2 from 1,200 samples …", "Iteration 2: a batch of 1,200 samples."]
    walk.through.previous()
    assert walk.said[-2] == "Working out iteration 1 from 1,200 samples …"


def test_it_stops_playing_when_all_points_are_taken_away(walk):
    walk.through.toggle_play()
    walk.session.clear_points()
    assert not walk.state.playing
    assert walk.state.problem == NO_POINTS
    walk.session.undo()
    assert walk.state.trace is not None
    assert not walk.state.playing


def test_grains_go_finer_and_coarser_and_stop_at_the_ends(walk):
    walk.through.choose_grain(Grain.PHASE)
    for expected in (Grain.LAYER, Grain.UNIT, Grain.TERM, Grain.TERM):
        walk.through.refine(1)
        assert walk.state.grain is expected
    for expected in (Grain.UNIT, Grain.LAYER, Grain.PHASE, Grain.ITERATION, Grain.ITERATION):
        walk.through.refine(-1)
        assert walk.state.grain is expected


def test_while_it_is_homework_the_numbers_of_the_phase_are_not_said(walk):
    walk.through.jump(Position(Phase.FORWARD, 0, 0))
    assert any(line.kind == "result" for line in walk.state.explanation.lines)
    walk.through.set_homework(True)
    assert {line.kind for line in walk.state.explanation.lines} == {"symbols"}
    walk.through.set_homework(False)
    assert any(line.kind == "result" for line in walk.state.explanation.lines)

"""Edits that are made together give exactly what they give one after the other."""

from unittest.mock import Mock

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import changes
from app.edit_queue import Edit, EditQueue, together
from app.session import Session
from app.training_worker import TrainingWorker
from engine.experiment import Experiment

places = st.tuples(st.floats(-6.0, 6.0), st.floats(-6.0, 6.0))
actions = st.one_of(
    st.tuples(st.just("paint"), st.lists(places, min_size=1, max_size=4), st.integers(0, 1)),
    st.tuples(st.just("erase"), places, st.floats(0.1, 4.0)),
    st.tuples(st.just("move"), places),
)


def act(session: Session, action: tuple) -> None:
    if action[0] == "paint":
        session.paint(np.array(action[1]), float(action[2]))
    elif action[0] == "erase":
        session.erase(*action[1], action[2])
    else:
        session.edit(lambda drawing: drawing.with_moved(np.arange(min(2, len(drawing))), np.array([action[1]])))


@given(st.lists(actions, max_size=8), st.sampled_from(["two-classes", "regression-1d"]), st.floats(0.0, 1.0))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_a_stroke_comes_to_the_same_however_it_is_cut(qapp, stroke: list[tuple], task: str, noise: float) -> None:
    before = Experiment()
    for name, value in (("data.task", task), ("data.samples", 30), ("data.noise", noise)):
        before = changes.apply(before, name, value)
    at_once, one_by_one = (Session(before, Mock(spec=TrainingWorker)) for _ in range(2))
    for session in (at_once, one_by_one):
        session.begin_stroke()
    for action in stroke:
        act(at_once, action)
        act(one_by_one, action)
        one_by_one._edits.flush()
    for session in (at_once, one_by_one):
        session.end_stroke()
    assert at_once.experiment == one_by_one.experiment
    np.testing.assert_array_equal(at_once.dataset.is_train, one_by_one.dataset.is_train)
    after = at_once.experiment
    at_once.undo()
    assert at_once.experiment == before
    at_once.redo()
    assert at_once.experiment == after


def test_what_is_said_and_selected_is_that_of_the_last_edit() -> None:
    chosen = np.array([1])
    edits = [Edit(lambda drawing: drawing, "2 points painted"), Edit(lambda drawing: drawing, "1 point moved", chosen)]
    assert together(edits).text == "1 point moved"
    assert together(edits).selected is chosen


def test_edits_wait_for_the_event_loop_and_can_be_forgotten(qtbot) -> None:
    made: list[list[Edit]] = []
    queue = EditQueue(made.append)
    edits = [Edit(lambda drawing: drawing, text) for text in "abc"]
    queue.add(edits[0])
    queue.add(edits[1])
    assert made == []
    qtbot.waitUntil(lambda: made == [edits[:2]])
    queue.add(edits[2])
    queue.clear()
    queue.flush()
    assert made == [edits[:2]]

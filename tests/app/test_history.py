"""The history: steps, gestures and their limits."""

import numpy as np
from msgspec.structs import replace

from app import history
from app.history import ExperimentStep, History, ParameterStep
from engine.experiment import Data, Experiment, Points

ONE, TWO, THREE = (Experiment(seed=seed) for seed in (1, 2, 3))


def step(before, after, text="change", gesture=""):
    return ExperimentStep(before, after, text, gesture)


def test_undo_and_redo_go_back_and_forth():
    steps = History()
    steps.push(step(ONE, TWO, "first"), 0.0)
    steps.push(ParameterStep(3, 0.1, 0.2, "second"), 9.0)
    assert (steps.undo_text, steps.redo_text) == ("second", "")
    assert steps.undo().before == 0.1
    assert (steps.undo_text, steps.redo_text) == ("first", "second")
    assert steps.undo().before is ONE
    assert steps.undo() is None
    assert steps.redo().after is TWO
    assert steps.redo().after == 0.2
    assert steps.redo() is None


def test_a_new_step_forgets_what_was_undone():
    steps = History()
    steps.push(step(ONE, TWO), 0.0)
    steps.undo()
    steps.push(step(ONE, THREE), 1.0)
    assert steps.redo() is None


def test_one_gesture_is_one_step():
    steps = History()
    steps.push(step(ONE, TWO, "rate 2", "rate"), 0.0)
    steps.push(step(TWO, THREE, "rate 3", "rate"), 0.5)
    undone = steps.undo()
    assert (undone.before, undone.after) == (ONE, THREE)
    assert steps.undo() is None


def test_another_number_or_a_pause_begins_another_gesture():
    for gesture, time in (("noise", 0.5), ("rate", 5.0), ("", 0.5)):
        steps = History()
        steps.push(step(ONE, TWO, gesture="rate"), 0.0)
        steps.push(step(TWO, THREE, gesture=gesture), time)
        assert steps.undo().before is TWO


def test_undo_ends_a_gesture():
    steps = History()
    steps.push(step(ONE, TWO, gesture="rate"), 0.0)
    steps.push(step(TWO, THREE, gesture="other"), 0.1)
    steps.undo()
    steps.push(step(TWO, THREE, gesture="rate"), 0.2)
    assert steps.undo().before is TWO


def test_the_number_of_steps_is_bounded():
    steps = History()
    for _ in range(history.MAXIMUM_STEPS + 5):
        steps.push(step(ONE, TWO), 0.0)
    count = 0
    while steps.undo():
        count += 1
    assert count == history.MAXIMUM_STEPS


def test_the_points_that_are_held_are_bounded(monkeypatch):
    monkeypatch.setattr(history, "MAXIMUM_POINTS", 25)
    painted = replace(ONE, data=Data(source=Points(np.zeros((10, 2)), np.zeros(10))))
    steps = History()
    for _ in range(5):
        steps.push(step(painted, painted), 0.0)
    assert steps.undo()
    assert steps.undo()
    assert steps.undo() is None


def test_the_list_names_every_step_and_says_how_many_are_done():
    steps = History()
    assert (steps.texts, steps.position) == ((), 0)
    for number, text in enumerate(("first", "second", "third")):
        steps.push(ParameterStep(0, number, number + 1, text), 10.0 * number)
    steps.undo()
    steps.undo()
    assert (steps.texts, steps.position) == (("first", "second", "third"), 1)
    steps.redo()
    assert (steps.texts, steps.position) == (("first", "second", "third"), 2)

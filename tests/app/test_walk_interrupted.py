"""What a user does in the middle of a walk: it is applied cleanly, or a sentence says why nothing can be shown."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.run import NO_POINTS
from app.stepping.records import Grain, Phase, Position
from app.window import Window
from engine.compose import compose
from engine.experiment import Experiment
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.tiny_run import TINY

pytestmark = IGNORE_PLATFORM

MIDDLE = Position(Phase.BACKWARD, 0, 1)

EDITS: dict[str, Callable[[Window], object]] = {
    "learning rate": lambda window: window.session.change("training.learning_rate", 0.3),
    "optimizer": lambda window: window.session.change("training.optimizer", "adam"),
    "loss": lambda window: window.session.change("training.loss", "hinge"),
    "batch size": lambda window: window.session.change("training.batch_size", 1),
    "regularization": lambda window: window.session.change("training.l2", 0.1),
    "dropout": lambda window: window.session.change("network.dropout", 0.5),
    "activation": lambda window: window.session.change("network.activation", "relu"),
    "more units": lambda window: window.session.change("network.units", (0, 5)),
    "fewer units": lambda window: window.session.change("network.units", (0, 1)),
    "a layer more": lambda window: window.session.change("network.add_layer", 0),
    "no layer": lambda window: window.session.change("network.remove_layer", 0),
    "a feature": lambda window: window.session.change("network.feature", ("x1^2", True)),
    "no biases": lambda window: window.session.change("network.layer_bias", (0, False)),
    "another data set": lambda window: window.session.change("data.generator", "xor"),
    "fewer samples": lambda window: window.session.change("data.samples", 3),
    "several classes": lambda window: window.session.change("data.task", "several-classes"),
    "embedding": lambda window: window.session.change("data.task", "embedding"),
    "image": lambda window: window.session.change("data.task", "image"),
    "painting": lambda window: window.session.paint(np.array([[1.0, 1.0], [2.0, 2.0]]), 1.0),
    "new weights": lambda window: window.session.new_weights(),
    "reset": lambda window: window.session.reset(),
}


def walking(qtbot: QtBot, window: Window, place: Position = MIDDLE) -> None:
    """Walk to ``place`` in the window."""
    window.activateWindow()
    window.actions_by_key["walk"].trigger()
    qtbot.waitUntil(lambda: window.walk.state.trace is not None, timeout=30_000)
    window.walk.choose_grain(Grain.UNIT)
    window.walk.jump(place)
    assert window.walk.state.position == place


def shows_what_is_trained(window: Window) -> bool:
    """Return whether what the walk shows is an iteration of the present experiment, everywhere."""
    trace, frame = window.walk.state.trace, window.session.frame
    return (
        trace is not None
        and frame is not None
        and trace.experiment == window.session.experiment
        and trace.step == frame.step
        and window.steps.title.text() == window.walk.state.explanation.title
    )


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_in_the_middle_is_applied_and_the_walk_goes_on(
    qtbot: QtBot, open_window: Callable[[Experiment], Window], name: str
) -> None:
    window = open_window(TINY)
    problems: list[str] = []
    window.session.problem.connect(problems.append)
    walking(qtbot, window)
    EDITS[name](window)
    qtbot.waitUntil(lambda: shows_what_is_trained(window), timeout=30_000)
    for part in (window.steps, window.network, window.output):
        part.grab()
    step = window.walk.state.trace.step
    window.walk.choose_grain(Grain.PHASE)
    window.walk.jump(Position(Phase.UPDATE))
    window.walk.next()
    qtbot.waitUntil(lambda: shows_what_is_trained(window) and window.walk.state.trace.step == step + 1, timeout=30_000)
    assert window.walk.state.position == Position(Phase.BATCH)
    assert problems == []
    while window.actions_by_key["undo"].isEnabled():
        window.actions_by_key["undo"].trigger()
    qtbot.waitUntil(lambda: shows_what_is_trained(window), timeout=30_000)
    assert window.session.experiment == TINY


def test_running_and_pausing_takes_the_walk_along(qtbot: QtBot, open_window: Callable[[Experiment], Window]) -> None:
    window = open_window(TINY)
    walking(qtbot, window)
    window.actions_by_key["run"].trigger()
    qtbot.waitUntil(lambda: window.session.frame.epoch >= 2, timeout=30_000)
    window.actions_by_key["run"].trigger()
    qtbot.waitUntil(lambda: not window.session.running and shows_what_is_trained(window), timeout=30_000)
    assert window.walk.state.trace.step == window.session.frame.step > 0
    window.walk.next()
    assert window.walk.state.position == Position(Phase.FORWARD, 0, 0)


def test_without_data_a_sentence_says_why_and_the_first_points_bring_the_walk_back(
    qtbot: QtBot, open_window: Callable[[Experiment], Window]
) -> None:
    window = open_window(TINY)
    walking(qtbot, window)
    window.session.clear_points()
    qtbot.waitUntil(lambda: window.steps.sentence.text() == NO_POINTS, timeout=30_000)
    qtbot.keyClick(window, Qt.Key.Key_Right)
    assert window.status.text.text() == NO_POINTS
    assert window.steps.formula.lines == ()
    window.session.paint(np.array([[1.0, 1.0], [2.0, 2.0], [-1.0, 2.0]]), 1.0)
    qtbot.waitUntil(lambda: shows_what_is_trained(window), timeout=30_000)
    assert window.steps.sentence.text() != NO_POINTS


def test_a_run_that_has_diverged_is_walked_up_to_its_end(
    qtbot: QtBot, open_window: Callable[[Experiment], Window]
) -> None:
    diverging = compose(task="regression", hidden=(3,), activation="relu", learning_rate=10.0, clip_norm=0.0)
    window = open_window(diverging)
    problems: list[str] = []
    window.walk.problem.connect(problems.append)
    window.session.problem.connect(problems.append)
    walking(qtbot, window, Position(Phase.BATCH))
    window.walk.choose_grain(Grain.PHASE)
    for _ in range(400):
        step = window.walk.state.trace.step
        for place in (Position(Phase.BACKWARD), Position(Phase.UPDATE)):
            window.walk.jump(place)
            assert window.steps.sentence.text()
        window.walk.next()
        if problems:
            break
        qtbot.waitUntil(lambda step=step: window.walk.state.trace.step == step + 1 or bool(problems), timeout=30_000)
    assert "not finite" in problems[0]
    window.steps.grab()
    window.network.grab()


def test_the_largest_network_is_walked_at_every_grain(
    qtbot: QtBot, open_window: Callable[[Experiment], Window]
) -> None:
    window = open_window(compose(hidden=(32,) * 8))
    walking(qtbot, window, Position(Phase.UPDATE, 7, 31))
    for grain in Grain:
        window.walk.choose_grain(grain)
        window.walk.previous()
        window.walk.next()
        window.steps.grab()
        window.network.grab()
        assert window.steps.title.text()


def test_the_window_is_closed_while_the_walk_plays(qtbot: QtBot, open_window: Callable[[Experiment], Window]) -> None:
    window = open_window(TINY)
    walking(qtbot, window)
    window.walk.set_pace(0.02)
    window.actions_by_key["walk_play"].trigger()
    place = window.walk.state.position
    qtbot.waitUntil(lambda: window.walk.state.position != place, timeout=30_000)
    assert window.close()
    qtbot.waitUntil(lambda: window.thread_ended, timeout=30_000)

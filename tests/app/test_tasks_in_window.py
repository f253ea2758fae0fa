"""Every task in the whole window: its picture and its scores come alive, and undo brings the last task back."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.metric_text import metric_heading
from app.views.curve import CurveView
from app.window import Window
from engine.compose import compose
from engine.datasets.resolve import CURVE_SCALE
from engine.experiment import Experiment
from engine.tasks import TASKS
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM
PATIENCE = 30_000


@pytest.fixture
def window(open_window: Callable[[Experiment], Window]) -> Window:
    return open_window(compose(samples=40, hidden=(3,)))


def has_outputs(window: Window) -> bool:
    """Return whether the frame of the moment is of the task, and holds what the network puts out for all samples."""
    frame, session = window.session.frame, window.session
    if frame is None or frame.experiment.data.task != session.experiment.data.task:
        return False
    return frame.train_outputs.shape[1] == session.dataset.train_count


@pytest.mark.parametrize("task", [task.name for task in TASKS if task.name != "two-classes"])
def test_a_task_brings_picture_and_scores_and_undo_the_last_one(qtbot: QtBot, window: Window, task: str) -> None:
    session, output = window.session, window.output
    window.docks["scores"].raise_()
    session.change("data.task", task)
    expected = {"regression-1d": output.curve, "embedding": output.embedding}.get(task, output.plane)
    assert output.current is (output.image if TASKS[task].is_image else expected)
    qtbot.waitUntil(lambda: has_outputs(window), timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.scores.scores is not None, timeout=PATIENCE)
    assert window.scores.names[0].text() == metric_heading(TASKS[task].metric_name)
    assert window.scores.values[0].text() == window.transport.readouts["metric"].figure.text()
    session.step_epoch()
    qtbot.waitUntil(lambda: session.frame is not None and session.frame.epoch == 1, timeout=PATIENCE)
    window.actions_by_key["undo"].trigger()
    assert session.experiment.data.task == "two-classes"
    assert output.current is output.plane
    qtbot.waitUntil(lambda: has_outputs(window), timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.scores.names[0].text() == "Accuracy", timeout=PATIENCE)


def test_a_curve_is_painted_erased_and_both_are_undone(qtbot: QtBot, window: Window) -> None:
    session = window.session
    session.change("data.task", "regression-1d")
    session.clear_points()
    view = window.output.current
    assert isinstance(view, CurveView)
    canvas = view.canvas
    place = canvas.plane.to_pixel(2.0, -0.5 / CURVE_SCALE).toPoint()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: len(session.dataset) > 0, timeout=PATIENCE)
    np.testing.assert_array_equal(session.dataset.points[:, 1], session.dataset.targets)
    assert session.dataset.targets[-1] == pytest.approx(-0.5, abs=0.03)
    painted = session.dataset.points
    qtbot.mouseClick(canvas, Qt.MouseButton.RightButton, pos=place)
    assert len(session.dataset) == 0
    window.actions_by_key["undo"].trigger()
    np.testing.assert_array_equal(session.dataset.points, painted)
    window.actions_by_key["undo"].trigger()
    assert len(session.dataset) == 0

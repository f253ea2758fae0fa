"""Drawing pixels in the whole window: a stroke is one step of the history, and undo gives the picture back."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.window import Window
from engine.compose import compose
from engine.experiment import Experiment, Points
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def test_a_stroke_is_one_step_and_can_be_taken_back(qtbot: QtBot, open_window: Callable[[Experiment], Window]) -> None:
    window = open_window(compose(task="segmentation", samples=100, hidden=(3,)))
    session, panes = window.session, window.output.image.panes
    before, experiment = session.dataset.targets.copy(), session.experiment
    target = panes.places()[0]

    def place(row: int, column: int) -> QPoint:
        side = target.width() / 10
        return QPoint(round(target.left() + (column + 0.5) * side), round(target.top() + (row + 0.5) * side))

    window.output.image.tools.choose(2)
    qtbot.mousePress(panes, LEFT, NONE, place(4, 2))
    for column in (4, 5, 7):
        qtbot.mouseMove(panes, place(4, column))
    qtbot.mouseRelease(panes, LEFT, NONE, place(4, 7))
    np.testing.assert_array_equal(session.dataset.targets.reshape(10, 10)[4, 2:8], 2.0)
    assert isinstance(session.experiment.data.source, Points)
    assert session.history_steps == (("6 pixels drawn",), 1)
    assert "6 pixels drawn" in window.output.image.tools.undo.toolTip()
    drawn = session.experiment
    qtbot.mouseClick(window.output.image.tools.undo, LEFT)
    assert session.experiment == experiment
    np.testing.assert_array_equal(session.dataset.targets, before)
    session.redo()
    assert session.experiment == drawn
    # The picture is the user's own now; its classes can be named as all others.
    window.output.image.tools.swatches.changed.emit("data.class_names", ("sky", "", "face"))
    assert session.dataset.class_names == ("sky", "", "face")
    assert session.history_steps[0][-1] == "Names of classes: “sky”, “face”"


@pytest.mark.parametrize(("task", "blank"), [("segmentation", 0.0), ("reconstruction", 1.0)])
def test_a_picture_is_cleared_beside_it(
    qtbot: QtBot, open_window: Callable[[Experiment], Window], task: str, blank: float
) -> None:
    window = open_window(compose(task=task, samples=100, hidden=(3,)))
    session, clear = window.session, window.output.image.tools.clear
    before = session.dataset.targets.copy()
    assert clear.isVisible()
    qtbot.mouseClick(clear, LEFT)
    assert set(session.dataset.targets) == {blank}
    session.undo()
    np.testing.assert_array_equal(session.dataset.targets, before)

"""Several classes in the whole window: one more with a click, chosen by its number, painted, taken away, undone."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.window import Window
from engine.compose import compose
from engine.experiment import Experiment
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(open_window: Callable[[Experiment], Window]) -> Window:
    return open_window(compose(task="classes", data="blobs", classes=3, samples=30, hidden=(3,)))


def test_a_class_is_added_chosen_by_its_number_and_painted(qtbot: QtBot, window: Window) -> None:
    plane, session = window.output.plane, window.session
    qtbot.mouseClick(plane.tools.swatches.more, LEFT)
    assert session.experiment.data.classes == session.experiment.network.output.units == 4
    qtbot.waitUntil(lambda: session.frame is not None and len(session.frame.output_fields) == 4, timeout=30_000)
    window.activateWindow()
    plane.canvas.setFocus()
    qtbot.waitUntil(plane.canvas.hasFocus)
    # Keys go to the canvas as the user's would, through the window's shortcuts.
    qtbot.keyClick(plane.canvas, Qt.Key.Key_4)
    count = len(session.dataset)
    qtbot.mouseClick(plane.canvas, LEFT, pos=plane.canvas.plane.to_pixel(-5.5, 5.5).toPoint())
    qtbot.waitUntil(lambda: len(session.dataset) > count, timeout=30_000)
    assert session.dataset.targets[-1] == 3.0
    painted = np.count_nonzero(session.dataset.targets == 3.0)
    # The last class goes, and its points with it.
    qtbot.mouseClick(plane.tools.swatches.fewer, LEFT)
    assert session.experiment.data.classes == 3
    assert session.dataset.targets.max() == 2.0
    session.undo()
    assert np.count_nonzero(session.dataset.targets == 3.0) == painted

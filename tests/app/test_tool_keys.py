"""The keys of the drawing tools work in the whole window, as long as they mean nothing where the focus is."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.window import Window
from engine.compose import compose
from engine.experiment import Experiment
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


def press(qtbot: QtBot, window: Window, focus: QWidget, key: Qt.Key) -> None:
    """Press a key with the focus somewhere, and through the window's shortcuts."""
    window.activateWindow()
    focus.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() in (focus, focus.focusProxy()))
    qtbot.keyClick(QApplication.focusWidget(), key)


def test_tools_classes_and_radius_from_the_network(qtbot: QtBot, window: Window) -> None:
    tools = window.output.plane.tools
    press(qtbot, window, window.network, Qt.Key.Key_2)
    assert tools.tool.target == 1.0
    radius = tools.tool.radius
    press(qtbot, window, window.network, Qt.Key.Key_BracketRight)
    assert tools.tool.radius > radius
    press(qtbot, window, window.network, Qt.Key.Key_E)
    assert tools.tool.kind == "eraser"
    # Whoever chooses a tool goes on in the picture.
    qtbot.waitUntil(window.output.plane.canvas.hasFocus)


def test_a_closed_list_hands_letters_on(qtbot: QtBot, window: Window) -> None:
    task = window.choices.task
    press(qtbot, window, task, Qt.Key.Key_S)
    assert window.output.plane.tools.tool.kind == "select"
    assert window.session.experiment.data.task == "two-classes"


def test_a_field_keeps_what_is_typed(qtbot: QtBot, window: Window) -> None:
    field = window.choices.learning_rate
    press(qtbot, window, field, Qt.Key.Key_2)
    assert window.output.plane.tools.tool.target == 0.0
    assert field.text().endswith("2")


def test_the_table_keeps_its_own_keys(qtbot: QtBot, window: Window) -> None:
    window.docks["points"].raise_()
    qtbot.waitUntil(window.points.table.isVisible)
    for key in (Qt.Key.Key_S, Qt.Key.Key_2):
        press(qtbot, window, window.points.table, key)
    assert (window.output.plane.tools.tool.kind, window.output.plane.tools.tool.target) == ("brush", 0.0)


def test_nothing_is_chosen_in_a_picture_that_is_closed(qtbot: QtBot, window: Window) -> None:
    window.docks["output"].close()
    press(qtbot, window, window.network, Qt.Key.Key_E)
    assert window.output.plane.tools.tool.kind == "brush"


def test_the_keys_of_pixels(qtbot: QtBot, open_window: Callable[[Experiment], Window]) -> None:
    window = open_window(compose(task="segmentation", samples=100, hidden=(3,)))
    tools = window.output.image.tools
    for key in (Qt.Key.Key_F, Qt.Key.Key_2):
        press(qtbot, window, window.network, key)
    assert (tools.value.fills, tools.value.value) == (True, 1.0)
    press(qtbot, window, window.network, Qt.Key.Key_B)
    assert not tools.value.fills

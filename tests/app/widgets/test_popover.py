"""Popovers: where they stand, and whose keys are theirs."""

from functools import partial

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from app.widgets.button import Button
from app.widgets.popover import Popover
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


def test_a_popover_opens_below_and_goes_with_escape(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    button = Button("Settings", "More.", parent=window)
    popover = Popover(window)
    field = QLineEdit()
    popover.column.addWidget(field)
    window.show()
    popover.open_below(button)
    qtbot.waitUntil(popover.isVisible)
    assert popover.y() > button.mapToGlobal(button.rect().bottomLeft()).y()
    assert popover.focusWidget() is field
    qtbot.keyClick(popover, Qt.Key.Key_Escape)
    assert not popover.isVisible()


@pytest.fixture
def opened(qtbot):
    """A window with a button at its right edge, and a popover of a sized field and a switch; not yet opened."""
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(20, 20, 300, 200)
    button = Button("Settings", "More.", parent=window)
    button.setGeometry(260, 10, 30, 30)
    popover = Popover(window)
    popover.setStyleSheet("QLineEdit { min-width: 200px; }")
    popover.column.addWidget(QLineEdit())
    popover.column.addWidget(QCheckBox("On"))
    with qtbot.waitExposed(window):
        window.show()
    return window, button, popover


def test_a_popover_stays_in_its_window_from_the_first_time_on(opened):
    window, button, popover = opened
    popover.open_below(button)
    # What a style sheet adds to the parts is counted before they are seen.
    assert popover.width() > 200
    assert window.geometry().left() <= popover.x()
    assert popover.geometry().right() <= window.geometry().right()


def test_a_popover_wider_than_its_window_stays_on_the_screen(opened):
    window, button, popover = opened
    screen = window.screen().availableGeometry()
    window.setGeometry(screen.right() - 100, 20, 100, 100)
    button.move(60, 10)
    popover.open_below(button)
    assert screen.contains(popover.geometry())
    # Also when it grows.
    grown = QLabel("x" * 60)
    popover.column.addWidget(grown)
    grown.show()
    popover.column.activate()
    assert popover.width() > 300
    assert screen.contains(popover.geometry())


def test_a_popover_stands_left_of_what_it_must_not_cover(opened):
    window, button, popover = opened
    window.move(400, 20)
    picture = QRect(window.x() + 200, window.y() + 40, 100, 100)
    popover.open_below(button, picture)
    assert popover.geometry().right() < picture.left()
    popover.close()
    # Where there is no room, it covers it all the same.
    window.move(20, 20)
    popover.open_below(button, QRect(60, 60, 100, 100))
    assert popover.x() >= 0


def test_keys_in_a_popover_are_no_shortcuts_of_the_window(opened, qtbot):
    window, button, popover = opened
    pressed = []
    for key in ("Space", "Ctrl+Z"):
        shortcut = QShortcut(QKeySequence(key), window)
        shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        shortcut.activated.connect(partial(pressed.append, key))
    popover.open_below(button)
    switch = popover.findChild(QCheckBox)
    assert switch is not None
    switch.setFocus()
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()
    assert pressed == []
    qtbot.keyClick(switch, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["Ctrl+Z"]


def test_the_button_of_a_popover_forgets_the_mouse(opened):
    _, button, popover = opened
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    popover.open_below(button)
    popover.close()
    assert not button.underMouse()

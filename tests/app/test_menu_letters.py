"""Letters in an open menu choose its entries, whatever they stand for in the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from app.menu_letters import MenuLetters
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


@pytest.fixture
def done():
    return []


@pytest.fixture
def window(qtbot, done):
    """A window where N makes weights, and a menu in which it stands for “New”."""
    window = QMainWindow()
    qtbot.addWidget(window)
    weights = QAction("Weights", window)
    weights.setShortcuts(["N", "X"])
    weights.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
    weights.triggered.connect(lambda: done.append("weights"))
    window.addAction(weights)
    menu = window.menuBar().addMenu("&File")
    menu.addAction("&New").triggered.connect(lambda: done.append("new"))
    menu.addMenu("&Tables").addAction("&Nuts").triggered.connect(lambda: done.append("nuts"))
    MenuLetters(window.menuBar()).watch(window.menuBar())
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def press(window, *keys):
    """Press ``keys`` as the system does: in the window, whose menus get them only if they are no shortcuts there."""
    for key in keys:
        modifiers = Qt.KeyboardModifier.AltModifier if key == Qt.Key.Key_F else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(window.windowHandle(), key, modifiers)


def test_a_letter_chooses_in_the_menu_and_means_the_shortcut_elsewhere(window, done):
    press(window, Qt.Key.Key_N)
    assert done == ["weights"]
    press(window, Qt.Key.Key_F, Qt.Key.Key_N)
    assert done == ["weights", "new"]
    press(window, Qt.Key.Key_F, Qt.Key.Key_T, Qt.Key.Key_N)
    assert done == ["weights", "new", "nuts"]
    assert QApplication.activePopupWidget() is None
    press(window, Qt.Key.Key_N)
    assert done == ["weights", "new", "nuts", "weights"]


def test_a_letter_that_chooses_nothing_does_nothing(window, done):
    press(window, Qt.Key.Key_F, Qt.Key.Key_X, Qt.Key.Key_T, Qt.Key.Key_X)
    assert QApplication.activePopupWidget().title() == "&Tables"
    press(window, Qt.Key.Key_Escape, Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert done == []
    press(window, Qt.Key.Key_X)
    assert done == ["weights"]


def test_keys_that_are_no_letters_do_what_they_did(window, done):
    press(window, Qt.Key.Key_F, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert done == ["new"]
    press(window, Qt.Key.Key_F, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert done == ["new"]

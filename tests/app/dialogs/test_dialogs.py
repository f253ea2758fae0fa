"""The shortcut sheet and the About box say what they should."""

import numba
import numpy as np
import pytest
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QWidget

import engine
from app.actions import make_actions
from app.dialogs.about import AboutBox
from app.dialogs.shortcuts import GESTURES, ShortcutSheet
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


def texts(dialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


@pytest.fixture
def actions(qapp):
    run, undo, silent = QAction("&Run"), QAction("Undo && more…"), QAction("No key")
    run.setShortcuts(["Space", "F5"])
    undo.setShortcut("Ctrl+Z")
    return {"run": run, "undo": undo, "silent": silent}


@pytest.mark.parametrize("as_mapping", [True, False])
def test_the_sheet_lists_the_keys_of_the_actions(qtbot, actions, as_mapping):
    sheet = ShortcutSheet(actions if as_mapping else actions.values())
    qtbot.addWidget(sheet)
    shown = texts(sheet)
    assert shown[shown.index("Run") - 1] == "Space or F5"
    assert "Undo & more" in shown
    assert "No key" not in shown


def test_the_sheet_lists_the_gestures(qtbot):
    sheet = ShortcutSheet(())
    qtbot.addWidget(sheet)
    assert {text for pair in GESTURES for text in pair} <= set(texts(sheet))


def test_the_about_box_names_version_and_license(qtbot):
    box = AboutBox()
    qtbot.addWidget(box)
    whole = "\n".join(texts(box))
    for part in (engine.__version__, "MIT", qVersion(), np.__version__, numba.__version__):
        assert part in whole


@pytest.mark.parametrize("kind", [AboutBox, lambda: ShortcutSheet(())])
def test_dialogs_close(qtbot, kind):
    dialog = kind()
    qtbot.addWidget(dialog)
    dialog.show()
    close = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close)
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_all_shortcuts_can_be_reached_on_a_small_screen_in_large_text(qtbot, qapp):
    sheet_before = qapp.styleSheet()
    qapp.setStyleSheet("QLabel { font-size: 40px; }")
    try:
        parent = QWidget()
        qtbot.addWidget(parent)
        actions = make_actions(parent)
        sheet = ShortcutSheet(actions)
        qtbot.addWidget(sheet)
        sheet.show()
        qtbot.waitUntil(lambda: sheet.area.verticalScrollBar().maximum() > 0)
        screen = sheet.screen().availableSize()
        assert sheet.height() <= screen.height()
        close = sheet.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close)
        assert sheet.rect().contains(close.mapTo(sheet, close.rect().bottomRight()))
        sheet.area.setFocus()
        qtbot.keyClick(sheet.area, Qt.Key.Key_PageDown)
        assert sheet.area.verticalScrollBar().value() > 0
    finally:
        qapp.setStyleSheet(sheet_before)


def test_the_sheet_is_no_wider_than_its_window(qtbot, qapp, actions):
    sheet_before = qapp.styleSheet()
    # So small that both lists fit beside each other on the screen of the tests.
    qapp.setStyleSheet("QLabel { font-size: 7px; }")
    try:
        window = QWidget()
        qtbot.addWidget(window)
        window.resize(5000, 500)
        wide = ShortcutSheet(actions, window)
        window.resize(wide.sizeHint().width() - 20, 500)
        narrow = ShortcutSheet(actions, window)
        assert narrow.sizeHint().width() <= window.width()
        assert narrow.sizeHint().height() > wide.sizeHint().height()
        assert texts(narrow) == texts(wide)
    finally:
        qapp.setStyleSheet(sheet_before)

"""A choice: reports what the user picks, never what the program shows."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.style import style_sheet
from app.theme import LIGHT
from app.widgets.choice import Choice
from engine.activations import ACTIVATIONS
from engine.losses import LOSSES
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


@pytest.fixture
def choice(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    choice = Choice("Activation", "What a unit makes of z.")
    choice.set_family(ACTIVATIONS)
    choice.set_name("tanh")
    column = QVBoxLayout(window)
    column.addWidget(QLineEdit())
    column.addWidget(choice)
    window.show()
    window.activateWindow()
    yield choice
    window.close()


@pytest.fixture
def chosen(choice) -> list[str]:
    names: list[str] = []
    choice.chosen.connect(names.append)
    return names


def test_it_shows_labels_and_remarks(choice):
    row = choice.findData("relu")
    assert choice.itemText(row) == ACTIVATIONS["relu"].label
    assert choice.itemData(row, Qt.ItemDataRole.ToolTipRole) == ACTIVATIONS["relu"].remark
    assert ACTIVATIONS["tanh"].remark in choice.toolTip()


def test_keys_choose(qtbot, choice, chosen):
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Up)
    assert chosen == [ACTIVATIONS.names[ACTIVATIONS.code("tanh") - 1]]
    assert choice.name() == chosen[0]


def test_a_pick_from_the_list_chooses(qtbot, choice, chosen):
    qtbot.keyClick(choice, Qt.Key.Key_Return)
    view = choice.view()
    qtbot.waitUntil(view.isVisible)
    place = view.visualRect(choice.model().index(choice.findData("relu"), 0)).center()
    qtbot.mouseMove(view.viewport(), place)
    # The list ignores a release that comes too soon after it opened by mouse; by keyboard it does not.
    view.setCurrentIndex(choice.model().index(choice.findData("relu"), 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert chosen == ["relu"]


def test_showing_and_picking_the_same_is_quiet(qtbot, choice, chosen):
    choice.set_name("relu")
    choice.set_name(None, "mixed")
    choice.set_name("relu")
    choice.activated.emit(choice.findData("relu"))
    assert chosen == []


def test_nothing_in_particular_can_be_shown(choice):
    choice.set_name(None, "mixed")
    assert choice.currentIndex() == -1
    assert choice.placeholderText() == "mixed"
    assert choice.name() is None


def test_forbidden_entries_say_why_and_come_back(choice):
    row = choice.findData("relu")
    choice.forbid({"relu": "Not today."})
    assert not choice.model().item(row).isEnabled()
    assert choice.itemData(row, Qt.ItemDataRole.ToolTipRole) == "Not today."
    choice.forbid({})
    assert choice.model().item(row).isEnabled()
    assert choice.itemData(row, Qt.ItemDataRole.ToolTipRole) == ACTIVATIONS["relu"].remark


@pytest.mark.parametrize("focused", [False, True])
def test_the_wheel_works_only_with_the_focus(qtbot, choice, chosen, focused):
    target = choice if focused else choice.parentWidget().findChild(QLineEdit)
    target.setFocus()
    qtbot.waitUntil(target.hasFocus)
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(choice.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, event)
    assert bool(chosen) is focused


def test_the_opened_list_shows_every_entry_whole(qtbot, qapp):
    before = qapp.styleSheet()
    qapp.setStyleSheet(style_sheet(LIGHT))
    try:
        choice = Choice("Loss", "What is made small.")
        choice.set_family(LOSSES)
        choice.set_name(LOSSES.names[-1])
        qtbot.addWidget(choice)
        choice.show()
        choice.showPopup()
        entries = choice.view()
        visible = entries.viewport().rect()
        for row in range(choice.count()):
            assert visible.contains(entries.visualRect(choice.model().index(row, 0)))
        choice.hidePopup()
    finally:
        qapp.setStyleSheet(before)

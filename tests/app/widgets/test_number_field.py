"""A number field: typing, stepping, picking, and what it does about nonsense."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMenu,
    QScrollArea,
    QStyle,
    QStyleOptionFrame,
    QVBoxLayout,
    QWidget,
)

from app.widgets.number_field import NumberField
from app.widgets.number_text import rate_ladder
from engine.settings import Setting
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM

RATE = Setting("rate", "Learning rate", 0.03, 0.0, 10.0, "How far each step goes.", includes_low=False)
COUNT = Setting("count", "Samples", 10.0, 1.0, 1000.0, "How many.")


class Desk(QWidget):
    """A window with the field under test and another control to go to."""

    def __init__(self, field: NumberField) -> None:
        super().__init__()
        self.field = field
        self.other = QLineEdit()
        self.committed: list[float] = []
        self.problems: list[str] = []
        field.committed.connect(self.committed.append)
        field.problem.connect(self.problems.append)
        column = QVBoxLayout(self)
        column.addWidget(field)
        column.addWidget(self.other)


@pytest.fixture
def desk(qtbot) -> Iterator[Callable[[NumberField], Desk]]:
    desks = []  # qtbot keeps no widget alive

    def build(field: NumberField) -> Desk:
        desk = Desk(field)
        desks.append(desk)
        qtbot.addWidget(desk)
        desk.show()
        desk.activateWindow()
        field.setFocus()
        qtbot.waitUntil(field.hasFocus)
        return desk

    yield build
    desks.clear()


def type_over(qtbot, field: NumberField, text: str) -> None:
    field.selectAll()
    qtbot.keyClicks(field, text)


def turn(widget: QWidget, notches: float) -> bool:
    """Turn the wheel over ``widget``; return whether it took the event."""
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(widget.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, int(120 * notches)),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_enter_commits_what_was_typed(qtbot, desk):
    window = desk(NumberField(RATE))
    type_over(qtbot, window.field, "0,3")
    assert window.committed == []
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert window.committed == [0.3]
    assert window.field.text() == "0.3"


def test_leaving_commits_and_does_so_once(qtbot, desk):
    window = desk(NumberField(RATE))
    type_over(qtbot, window.field, "3e-2")
    qtbot.keyClick(window.field, Qt.Key.Key_Tab)
    qtbot.waitUntil(window.other.hasFocus)
    # 3e-2 is what it was.
    assert window.committed == []
    window.field.setFocus()
    type_over(qtbot, window.field, "1")
    window.other.setFocus()
    assert window.committed == [1.0]


def test_escape_restores_what_was_there_before(qtbot, desk):
    window = desk(NumberField(RATE))
    type_over(qtbot, window.field, "7")
    qtbot.keyClick(window.field, Qt.Key.Key_Escape)
    assert window.field.text() == "0.03"
    window.other.setFocus()
    assert window.committed == []


def test_escape_takes_back_steps_too(qtbot, desk):
    window = desk(NumberField(RATE, ladder=rate_ladder(-4, 1)))
    qtbot.keyClick(window.field, Qt.Key.Key_Up)
    qtbot.keyClick(window.field, Qt.Key.Key_Up)
    qtbot.keyClick(window.field, Qt.Key.Key_Escape)
    assert window.committed == [0.1, 0.3, 0.03]


def test_a_second_escape_is_left_to_the_window(qtbot, desk):
    window = desk(NumberField(RATE))
    window.keyPressEvent = lambda event: seen.append(event.key())
    seen: list[int] = []
    type_over(qtbot, window.field, "7")
    qtbot.keyClick(window.field, Qt.Key.Key_Escape)
    assert seen == []
    qtbot.keyClick(window.field, Qt.Key.Key_Escape)
    assert seen == [Qt.Key.Key_Escape]


def test_arrows_go_along_the_ladder_from_what_is_typed(qtbot, desk):
    window = desk(NumberField(RATE, ladder=rate_ladder(-4, 1)))
    type_over(qtbot, window.field, "0.5")
    qtbot.keyClick(window.field, Qt.Key.Key_Down)
    assert window.committed == [0.3]
    qtbot.keyClick(window.field, Qt.Key.Key_Up)
    assert window.committed == [0.3, 1.0]


def test_arrows_count_whole_numbers_within_the_range(qtbot, desk):
    window = desk(NumberField(COUNT, integer=True))
    for key in (Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_PageUp):
        qtbot.keyClick(window.field, key)
    assert window.committed == [11.0, 1.0, 11.0]


def test_the_wheel_steps_by_notches_however_fine_it_is(desk):
    window = desk(NumberField(COUNT, integer=True))
    assert turn(window.field, 1)
    assert turn(window.field, 0.5)
    assert turn(window.field, 0.5)
    assert turn(window.field, -3)
    assert window.committed == [11.0, 12.0, 9.0]


def test_the_wheel_scrolls_past_a_field_that_is_not_in_use(qtbot):
    area, inside = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    field, other = NumberField(COUNT, integer=True), QLineEdit()
    column = QVBoxLayout(inside)
    column.addWidget(other)
    column.addWidget(field)
    area.setWidget(inside)
    area.show()
    area.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert not turn(field, 1)
    assert field.value() == 10.0
    field.setFocus()
    assert turn(field, 1)
    assert field.value() == 11.0


def test_without_anything_to_scroll_hovering_is_enough(desk):
    window = desk(NumberField(COUNT, integer=True))
    window.other.setFocus()
    assert turn(window.field, 1)
    assert window.committed == [11.0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("abc", "Learning rate must be a number, such as 0.03, not “abc”."),
        ("0", "Learning rate must be greater than 0 and at most 10, not 0."),
        ("-1", "Learning rate must be greater than 0 and at most 10, not −1."),
        ("1e6", "Learning rate must be greater than 0 and at most 10, not 1,000,000."),
    ],
)
def test_nonsense_is_kept_outlined_and_explained(qtbot, desk, text, sentence):
    window = desk(NumberField(RATE))
    type_over(qtbot, window.field, text)
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert window.problems == [sentence]
    assert window.field.text() == text
    assert window.field.property("invalid") is True
    assert window.field.toolTip() == sentence
    assert (window.committed, window.field.value()) == ([], 0.03)
    qtbot.keyClick(window.field, Qt.Key.Key_Escape)
    assert window.field.text() == "0.03"
    assert window.field.property("invalid") is False
    assert window.field.toolTip() == RATE.remark
    assert window.problems == [sentence, ""]


def test_typing_on_clears_the_complaint(qtbot, desk):
    window = desk(NumberField(RATE))
    type_over(qtbot, window.field, "0,")
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert window.field.problem_text()
    qtbot.keyClicks(window.field, "5")
    assert window.field.problem_text() == ""


def test_a_value_set_by_the_program_is_quiet(desk):
    window = desk(NumberField(RATE))
    window.field.set_value(0.5)
    assert window.field.text() == "0.5"
    assert (window.committed, window.problems) == ([], [])


def test_a_value_set_by_the_program_does_not_disturb_typing(qtbot, desk):
    window = desk(NumberField(RATE))
    type_over(qtbot, window.field, "0.1")
    window.field.set_value(0.5)
    assert window.field.text() == "0.1"
    qtbot.keyClick(window.field, Qt.Key.Key_Escape)
    assert window.field.text() == "0.5"


def test_a_value_set_by_the_program_replaces_nonsense_that_was_left(qtbot, desk):
    window = desk(NumberField(RATE))
    type_over(qtbot, window.field, "abc")
    window.other.setFocus()
    window.field.set_value(0.03)
    assert window.field.text() == "abc"
    window.field.set_value(0.5)
    assert window.field.text() == "0.5"
    assert window.field.problem_text() == ""


def test_common_values_are_a_click_away(qtbot, desk):
    window = desk(NumberField(RATE, values=(0.01, 0.03, 0.1)))
    right = QPoint(window.field.width() - 5, window.field.height() // 2)
    qtbot.mouseClick(window.field, Qt.MouseButton.LeftButton, pos=right)
    menu = window.field.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["0.01", "0.03", "0.1"]
    assert [action.isChecked() for action in menu.actions()] == [False, True, False]
    menu.actions()[2].trigger()
    menu.close()
    assert window.committed == [0.1]


def test_space_is_left_to_the_window(qtbot, desk):
    window = desk(NumberField(RATE))
    action = QAction(window)
    action.setShortcut("Space")
    window.addAction(action)
    with qtbot.waitSignal(action.triggered, timeout=1000):
        qtbot.keyClick(window.field, Qt.Key.Key_Space)
    assert window.field.text() == "0.03"


def test_letters_and_arrows_are_not_left_to_the_window(qtbot, desk):
    window = desk(NumberField(RATE, ladder=rate_ladder(-4, 1)))
    fired: list[str] = []
    for key in ("R", "Up", "Right"):
        action = QAction(window)
        action.setShortcut(key)
        action.triggered.connect(lambda _checked, key=key: fired.append(key))
        window.addAction(action)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_R, Qt.Key.Key_Escape, Qt.Key.Key_Up):
        qtbot.keyClick(window.field, key)
    assert fired == []
    assert window.committed == [0.1]


def test_the_field_says_what_it_is(desk):
    field = desk(NumberField(RATE)).field
    assert field.accessibleName() == "Learning rate"
    assert field.toolTip() == "How far each step goes."


def test_there_is_room_for_the_largest_number_of_samples(desk):
    samples = Setting("count", "Samples", 250.0, 1.0, 1e6, "How many.")
    field = NumberField(samples, integer=True)
    desk(field)
    field.set_value(1e6)
    field.resize(field.sizeHint())
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    room = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field).width()
    # The line edit leaves two pixels free on each side.
    assert field.fontMetrics().horizontalAdvance(field.text()) <= room - 4

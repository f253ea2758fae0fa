from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.widgets.visibility import hide_the_rest, show_only
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


def row_of_two(qtbot) -> tuple[QWidget, QPushButton, QPushButton]:
    row = QWidget()
    qtbot.addWidget(row)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    first, second = QPushButton("first"), QPushButton("second")
    for button in (first, second):
        button.setFixedWidth(200)
        layout.addWidget(button)
    second.hide()
    row.resize(200, 40)
    row.show()
    return row, first, second


def test_one_control_takes_the_place_of_another_without_more_room(qtbot) -> None:
    row, first, second = row_of_two(qtbot)
    show_only({second: True, first: False})
    assert (first.isVisible(), second.isVisible()) == (False, True)
    assert row.width() == 200


def test_only_what_is_not_wanted_is_hidden(qtbot) -> None:
    _, first, second = row_of_two(qtbot)
    hide_the_rest({first: False, second: True})
    assert not first.isVisible()
    assert not second.isVisible()

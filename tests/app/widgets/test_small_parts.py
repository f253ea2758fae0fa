"""Buttons, steady labels, labels above controls."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from app.widgets.apart import Apart
from app.widgets.button import Button, PrimaryButton
from app.widgets.labeled import Labeled
from app.widgets.steady_label import SteadyLabel
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


class LayoutRequests(QObject):
    """Counts how often what it watches is asked to be laid out anew."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


@pytest.fixture(params=[lambda: Button("Step", "One step."), lambda: PrimaryButton(("Run", "Pause"), "Train.")])
def button(request, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    button = request.param()
    column = QVBoxLayout(window)
    column.addWidget(QLineEdit())
    column.addWidget(button)
    window.show()
    window.activateWindow()
    yield button
    window.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_keys_press_the_button_in_focus_and_not_the_window_s_action(qtbot, button, key):
    window = button.window()
    action = QAction(window)
    action.setShortcut("Space")
    fired: list[str] = []
    action.triggered.connect(lambda: fired.append("action"))
    window.addAction(action)
    button.clicked.connect(lambda: fired.append("button"))
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    qtbot.keyClick(button, key)
    assert fired == ["button"]


def test_a_click_leaves_the_focus_where_it_was(qtbot, button):
    field = button.window().findChild(QLineEdit)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert field.hasFocus()


def test_the_primary_button_keeps_its_width(qtbot):
    button = PrimaryButton(("Run", "Pause"), "Train.")
    qtbot.addWidget(button)
    width = button.sizeHint().width()
    button.setText("Pause")
    assert button.sizeHint().width() == width


def test_a_steady_label_keeps_its_width(qtbot):
    window, requests = QWidget(), LayoutRequests()
    qtbot.addWidget(window)
    label = SteadyLabel(("1 step/s", "60 epochs/s"), name="Speed")
    QVBoxLayout(window).addWidget(label)
    with qtbot.waitExposed(window):
        window.show()
    width, blank = label.sizeHint().width(), label.grab().toImage()
    window.installEventFilter(requests)
    label.setText("1 step/s")
    qtbot.wait(1)
    assert requests.count == 0
    assert label.text() == "1 step/s"
    assert label.accessibleName() == "Speed: 1 step/s"
    assert label.grab().toImage() != blank
    assert label.sizeHint().width() == width >= label.fontMetrics().horizontalAdvance("60 epochs/s")


def test_a_label_leads_to_its_control(qtbot):
    field = QLineEdit()
    field.setToolTip("Type here.")
    labeled = Labeled("Name", field)
    qtbot.addWidget(labeled)
    assert labeled.label.buddy() is field
    assert labeled.label.toolTip() == "Type here."


def test_a_text_apart_has_nothing_else_laid_out_anew(qtbot):
    window, requests = QWidget(), LayoutRequests()
    qtbot.addWidget(window)
    window.resize(200, 80)
    text, other = QLabel("one"), QLabel("one")
    column = QVBoxLayout(window)
    column.addWidget(Apart(text))
    column.addWidget(other)
    with qtbot.waitExposed(window):
        window.show()
    window.installEventFilter(requests)
    text.setText("a text of quite another width")
    qtbot.wait(1)
    assert requests.count == 0
    other.setText("a text of quite another width")
    qtbot.waitUntil(lambda: requests.count > 0)
    # Seen in all the room, and never asking for more.
    assert text.width() == other.width()
    assert text.height() >= text.fontMetrics().height()
    assert text.parentWidget().minimumSizeHint().width() == 0

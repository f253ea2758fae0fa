"""A panel that scrolls: whole across, however high it is."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.widgets.scrolled import Scrolled
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


def test_it_scrolls_down_and_never_cuts_across(qtbot):
    content = QWidget()
    column = QVBoxLayout(content)
    labels = [QLabel("A control") for _ in range(20)]
    for label in labels:
        column.addWidget(label)
    scrolled = Scrolled(content)
    qtbot.addWidget(scrolled)
    scrolled.show()
    scrolled.resize(10, 100)
    assert scrolled.height() == 100
    assert scrolled.verticalScrollBar().maximum() > 0
    assert content.width() >= content.minimumSizeHint().width()
    labels[0].setText("A control with a much longer name than before")
    qtbot.waitUntil(lambda: scrolled.viewport().width() >= content.minimumSizeHint().width())
    assert scrolled.sizeHint() == content.sizeHint()

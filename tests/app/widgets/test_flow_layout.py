"""The flow layout: one row where there is room, several where there is not."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QMainWindow, QToolBar, QWidget

from app.widgets.flow_bar import FlowBar
from app.widgets.flow_layout import FlowLayout
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


@pytest.fixture
def parts(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    flow = FlowLayout(window, gap=10, row_gap=5)
    flow.setContentsMargins(0, 0, 0, 0)
    widgets = []
    for height in (20, 30, 20):
        widget = QWidget()
        widget.setFixedSize(100, height)
        flow.addWidget(widget)
        widgets.append(widget)
    yield flow, widgets
    window.close()  # and keep it alive until here


def test_one_row_where_there_is_room(parts):
    flow, widgets = parts
    assert flow.sizeHint().toTuple() == (320, 30)
    assert flow.heightForWidth(320) == 30
    flow.setGeometry(QRect(0, 0, 320, 30))
    # All stand on one line.
    assert [widget.geometry().bottom() for widget in widgets] == [29, 29, 29]
    assert [widget.x() for widget in widgets] == [0, 110, 220]


def test_rows_follow_from_the_width(parts):
    flow, widgets = parts
    assert flow.heightForWidth(319) == 30 + 5 + 20
    assert flow.heightForWidth(100) == 20 + 5 + 30 + 5 + 20
    flow.setGeometry(QRect(0, 0, 215, 60))
    assert [(widget.x(), widget.y()) for widget in widgets] == [(0, 10), (110, 0), (0, 35)]


def test_it_never_asks_for_more_than_its_widest_part(parts):
    flow, _ = parts
    assert flow.minimumSize().toTuple() == (100, 30)


def test_hidden_parts_take_no_room(parts):
    flow, widgets = parts
    widgets[1].hide()
    assert flow.sizeHint().toTuple() == (210, 20)


def test_it_counts_and_gives_back_its_items(parts):
    flow, widgets = parts
    assert flow.count() == 3
    assert flow.itemAt(1).widget() is widgets[1]
    assert flow.itemAt(3) is None
    assert flow.takeAt(0).widget() is widgets[0]
    assert flow.takeAt(5) is None
    assert flow.count() == 2


@pytest.mark.parametrize("place", ["tool bar", "top"])
def test_a_bar_becomes_as_high_as_its_rows(qtbot, place):
    window, bar = QMainWindow(), FlowBar(gap=10, row_gap=5)
    qtbot.addWidget(window)
    bar.flow.setContentsMargins(0, 0, 0, 0)
    for _ in range(3):
        part = QWidget()
        part.setFixedSize(100, 20)
        bar.flow.addWidget(part)
    if place == "tool bar":
        tools = QToolBar()
        tools.setMovable(False)
        tools.addWidget(bar)
        window.addToolBar(tools)
    else:
        window.setMenuWidget(bar)
    window.resize(600, 300)
    window.show()
    qtbot.waitUntil(lambda: bar.height() == 20)
    window.resize(260, 300)
    qtbot.waitUntil(lambda: bar.height() == 45)
    assert window.height() == 300
    window.resize(600, 300)
    qtbot.waitUntil(lambda: bar.height() == 20)

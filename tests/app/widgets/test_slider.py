"""Sliders over stops, alone and with a field."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.widgets.slider import Slider
from app.widgets.slider_field import SliderField
from engine.settings import Setting
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM

STOPS = (10.0, 20.0, 50.0, 100.0)
COUNT = Setting("count", "Samples", 20.0, 1.0, 1000.0, "How many.")


@pytest.fixture
def slider(qtbot):
    slider = Slider(STOPS, "Samples", "How many.")
    qtbot.addWidget(slider)
    slider.resize(200, 24)
    return slider


@pytest.fixture
def moved(slider) -> list[float]:
    stops: list[float] = []
    slider.moved.connect(stops.append)
    return stops


@pytest.mark.parametrize(("value", "stop"), [(0, 10), (14, 10), (16, 20), (20, 20), (76, 100), (5000, 100)])
def test_it_shows_the_nearest_stop_quietly(slider, moved, value, stop):
    slider.set_stop(value)
    assert slider.stop() == stop
    assert moved == []


def test_keys_move_it(qtbot, slider, moved):
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert moved == [20.0, 100.0]


def test_a_click_on_the_groove_jumps_there(qtbot, slider, moved):
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(196, 12))
    assert moved == [100.0]


def test_the_right_arrow_is_kept_from_the_window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    slider = Slider(STOPS, "Samples", "How many.")
    QVBoxLayout(window).addWidget(slider)
    action = QAction(window)
    action.setShortcut("Right")
    fired: list[bool] = []
    action.triggered.connect(fired.append)
    window.addAction(action)
    window.show()
    window.activateWindow()
    slider.setFocus()
    qtbot.waitUntil(slider.hasFocus)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert (fired, slider.stop()) == ([], 20.0)


def test_slider_and_field_show_the_same_number(qtbot):
    both = SliderField(COUNT, STOPS, integer=True)
    qtbot.addWidget(both)
    committed: list[float] = []
    both.committed.connect(committed.append)
    both.set_value(37)
    assert (both.field.text(), both.slider.stop(), committed) == ("37", 50.0, [])
    qtbot.keyClick(both.slider, Qt.Key.Key_Right)
    assert (both.field.text(), committed) == ("100", [100.0])
    both.field.selectAll()
    qtbot.keyClicks(both.field, "18")
    qtbot.keyClick(both.field, Qt.Key.Key_Return)
    assert (both.slider.stop(), both.value(), committed) == (20.0, 18.0, [100.0, 18.0])

"""The leak checks notice what they are there for."""

import threading

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.app.leftovers import Leftovers


def test_a_widget_left_open_is_noticed_and_a_closed_one_is_not(qapp: QApplication) -> None:
    before = Leftovers()
    widget = QWidget()
    assert any("widget" in text for text in Leftovers().since(before))
    widget.deleteLater()
    del widget
    assert Leftovers().since(before) == []


def test_a_running_thread_is_noticed_daemon_or_not(qapp: QApplication) -> None:
    before, go = Leftovers(), threading.Event()
    thread = threading.Thread(target=go.wait, name="forgotten", daemon=True)
    thread.start()
    assert Leftovers().since(before) == ["thread forgotten"]
    go.set()
    thread.join()
    assert Leftovers().since(before) == []


def test_a_running_timer_is_noticed(qapp: QApplication) -> None:
    before = Leftovers()
    timer = QTimer()
    timer.start(10_000)
    assert any("timer" in text for text in Leftovers().since(before))
    timer.stop()
    assert Leftovers().since(before) == []

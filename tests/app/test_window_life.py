"""The life of the window: opened, compiling, its file, and closed."""

import threading

import numpy as np
from PySide6.QtCore import QEvent, QObject

from app.files.file_dialogs import Answer
from app.panels.choices import ChoiceBar
from app.speed import FULL_SPEED
from engine.compose import compose
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.tiny_run import frame_of

pytestmark = IGNORE_PLATFORM


def test_the_title_names_the_file_and_marks_changes(window, dialogs, tmp_path):
    assert window.windowTitle() == "Untitled[*] – Descent"
    assert not window.isWindowModified()
    window.session.new_weights()
    assert window.isWindowModified()
    dialogs.path_to_save.return_value = tmp_path / "mine.json"
    window.actions_by_key["save"].trigger()
    assert window.windowTitle() == "mine[*] – Descent"
    assert not window.isWindowModified()


def test_closing_asks_before_painted_points_are_lost(window, dialogs):
    window.session.paint(np.array([[0.0, 0.0]]), 1.0)
    dialogs.ask_about_changes.return_value = Answer.CANCEL
    window.close()
    assert window.isVisible()
    dialogs.ask_about_changes.return_value = Answer.DISCARD
    window.close()
    assert not window.isVisible()
    assert window.thread_ended


def test_closing_while_training_ends_the_thread(window):
    window.session.set_speed(FULL_SPEED)
    window.session.run()
    window.close()
    assert window.thread_ended


def test_the_window_is_usable_while_compiling_and_can_be_closed(qtbot, make_window):
    begun, go_on = threading.Event(), threading.Event()

    def slow(report):
        report("Compiling the losses", 0.4)
        begun.set()
        go_on.wait(30.0)
        report("", 1.0)

    window = make_window(warm_up=slow)
    qtbot.waitUntil(lambda: window.status.text.text() == "Compiling the losses …", timeout=30_000)
    assert window.status.progress.isVisible()
    window.session.change("network.add_layer", 0)
    window.actions_by_key["run"].trigger()
    window.grab()
    go_on.set()
    qtbot.waitUntil(lambda: window.session.frame is not None and frame_of(window).epoch > 0, timeout=30_000)
    assert not window.status.progress.isVisible()


def test_closing_while_compiling_neither_hangs_nor_waits_for_the_kernel(qtbot, make_window, monkeypatch):
    go_on = threading.Event()

    def slow(report):
        report("Compiling the losses", 0.4)
        go_on.wait(30.0)
        report("Compiling the fields", 0.6)
        raise AssertionError("went on after being stopped")

    window = make_window(warm_up=slow)
    stop = window.session._worker.stop
    monkeypatch.setattr(window.session._worker, "stop", lambda: stop(timeout=0.05))
    window.close()
    assert not window.thread_ended
    go_on.set()
    qtbot.waitUntil(lambda: stop(timeout=1.0), timeout=30_000)


class PaintLog(QObject):
    """Notes in ``events`` what the choices show whenever they are painted."""

    def __init__(self, events: list[object], parent: QObject) -> None:
        super().__init__(parent)
        self._events = events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, ChoiceBar):
            self._events.append(watched.batch_size.value())
        return False


def test_the_experiment_is_painted_before_the_training_thread_begins(qtbot, qapp, make_window):
    events: list[object] = []
    log = PaintLog(events, qapp)
    qapp.installEventFilter(log)
    window = make_window(compose(batch_size=7), warm_up=lambda report: events.append("thread"), start=False)
    window.start_once_painted()
    window.update()
    qtbot.waitUntil(lambda: window.session.frame is not None, timeout=30_000)
    qapp.removeEventFilter(log)
    log.deleteLater()
    assert events.index("thread") > events.index(7)

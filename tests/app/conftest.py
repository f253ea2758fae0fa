"""Every test of this folder uses Qt: it gets the mark ``gui``, and checks that nothing is left behind.

Here too is what opens the whole window with the real engine.
"""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.files.file_dialogs import Answer, FileDialogs
from app.session import Session
from app.training_worker import TrainingWorker
from app.window import Window
from engine.experiment import Experiment
from tests.app.leftovers import Leftovers
from tests.app.tiny_run import TINY

# A place that no window covers.
AWAY = QPoint(-9, -9)
WarmUp = Callable[[Callable[[str, float], None]], None]


def nothing_to_compile(report: Callable[[str, float], None]) -> None:
    report("", 1.0)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/app/" in item.path.as_posix():
            item.add_marker(pytest.mark.gui)


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a window, a running thread or a running timer behind."""
    if "qapp" not in request.fixturenames:
        yield
        return
    application = request.getfixturevalue("qapp")
    assert isinstance(application, QApplication)
    # Where an earlier test has left the mouse, a new window would find it, and show what is under it.
    QCursor.setPos(AWAY)
    before = Leftovers()
    # What is here to stay need not be looked through again after every test: collecting takes a tenth of the time.
    gc.freeze()
    yield
    left = Leftovers().since(before)
    assert not left, f"left behind: {', '.join(left)}"


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def dialogs() -> Mock:
    dialogs = Mock(spec=FileDialogs)
    dialogs.ask_about_changes.return_value = Answer.DISCARD
    dialogs.path_to_open.return_value = dialogs.path_to_save.return_value = None
    return dialogs


@pytest.fixture
def normal_look(qapp: QApplication) -> Iterator[None]:
    """The theme belongs to the application: give it back as it was."""
    palette, sheet = qapp.palette(), qapp.styleSheet()
    yield
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


@pytest.fixture
def make_window(qtbot: QtBot, settings: QSettings, dialogs: Mock, normal_look: None) -> Callable[..., Window]:
    """Return a function that opens a window; all are closed afterwards, and their threads have ended."""

    def make(experiment: Experiment = TINY, warm_up: WarmUp = nothing_to_compile, start: bool = True) -> Window:
        window = Window(Session(experiment, TrainingWorker(warm_up=warm_up)), settings, dialogs=dialogs)
        window.session.setParent(window)
        qtbot.addWidget(window, before_close_func=lambda window: window.session.stop())
        with qtbot.waitExposed(window):
            window.show()
        if start:
            window.start()
        return window

    return make


@pytest.fixture
def open_window(qtbot: QtBot, make_window: Callable[..., Window]) -> Callable[[Experiment], Window]:
    """Return a function that opens a window and waits for its first frame."""

    def open_one(experiment: Experiment) -> Window:
        window = make_window(experiment)
        qtbot.waitUntil(lambda: window.session.frame is not None, timeout=30_000)
        return window

    return open_one


@pytest.fixture
def window(open_window: Callable[[Experiment], Window]) -> Window:
    return open_window(TINY)

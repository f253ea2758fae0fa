"""What takes its time is done behind a dialog: the window lives on, and it can be given up."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from app.files import busy_dialog
from app.files.busy_dialog import BusyDialog
from app.files.experiment_files import FileError, GivenUpError
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM

Report = Callable[[float], None]


def test_what_is_done_at_once_needs_no_dialog(qtbot) -> None:
    dialog = BusyDialog("Reading", "", lambda report: 7)
    shown: list[bool] = []
    dialog.finished.connect(lambda _: shown.append(dialog.isVisible()))
    assert dialog.wait() == 7
    assert not any(shown)


def test_what_is_wrong_is_raised_where_one_waits(qtbot) -> None:
    def work(report: Report) -> None:
        raise FileError("“a.json” could not be opened: it is torn.")

    with pytest.raises(FileError, match="it is torn"):
        BusyDialog("Reading", "", work).wait()


def test_the_dialog_says_how_far_it_is_and_goes_by_itself(qtbot, monkeypatch) -> None:
    monkeypatch.setattr(busy_dialog, "PATIENCE", 0)
    seen = threading.Event()
    said: list[int] = []

    def work(report: Report) -> str:
        report(0.25)
        seen.wait(30.0)
        return "done"

    dialog = BusyDialog("Reading", "", work)

    def look() -> None:
        if dialog.isVisible() and dialog.progress.value() == 25:
            said.append(dialog.progress.value())
            seen.set()
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)
    assert dialog.wait() == "done"
    assert said == [25]
    assert not dialog.isVisible()


@pytest.mark.parametrize("by_key", [True, False])
def test_it_can_be_given_up(qtbot, monkeypatch, by_key: bool) -> None:
    monkeypatch.setattr(busy_dialog, "PATIENCE", 0)
    rest = threading.Event()

    def work(report: Report) -> None:
        while True:
            report(0.5)
            rest.wait(0.001)

    dialog = BusyDialog("Reading “a.json”", "", work)

    def give_up() -> None:
        if not dialog.isVisible():
            QTimer.singleShot(5, give_up)
        elif by_key:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            dialog.cancel.click()

    QTimer.singleShot(0, give_up)
    with pytest.raises(GivenUpError, match="Reading “a"):
        dialog.wait()


def test_what_was_done_in_the_moment_it_was_given_up_is_done(qtbot, monkeypatch) -> None:
    monkeypatch.setattr(busy_dialog, "PATIENCE", 0)
    given_up = threading.Event()

    def work(report: Report) -> str:
        given_up.wait(30.0)
        return "written"

    dialog = BusyDialog("Saving", "", work)

    def give_up() -> None:
        if dialog.isVisible():
            # What is past its last report cannot be stopped any more.
            given_up.set()
            dialog.reject()
        else:
            QTimer.singleShot(5, give_up)

    QTimer.singleShot(0, give_up)
    assert dialog.wait() == "written"

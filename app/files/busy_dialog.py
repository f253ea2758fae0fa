"""A dialog for what takes its time: how far it is, and a way to give it up. The window lives on behind it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.background_task import BackgroundTask, Report
from app.files.experiment_files import FileError, GivenUpError

# What is done within so many milliseconds needs no dialog.
PATIENCE = 300
# The longest to wait, in seconds, for work to end that was given up: a slow disk.
LONGEST_END = 10.0


class BusyDialog(QDialog):
    """Does ``work`` on a thread of its own, and keeps everybody from changing anything meanwhile.

    Args:
        doing: what is done, in a few words.
        remark: what is so if it is given up.
        work: takes a function that it tells the share done.
    """

    def __init__(self, doing: str, remark: str, work: Callable[[Report], Any], window: QWidget | None = None) -> None:
        super().__init__(window)
        self._doing, self._work = doing, work
        self._results: list[Any] = []
        self._error: FileError | None = None
        self._ended = False
        self._loop = QEventLoop(self)
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._loop.quit)
        self._task = BackgroundTask("files", self._do)
        self._task.progress.connect(self._show_progress)
        self._task.found.connect(self._end)
        self._task.failed.connect(self._fail)
        self.setWindowTitle("Descent")
        self.setModal(True)
        label = QLabel(f"{doing} …")
        label.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(doing)
        self.progress.setToolTip("How much is done.")
        buttons = QDialogButtonBox()
        self.cancel = QPushButton("Cancel")
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        self.cancel.setAutoDefault(False)
        self.cancel.setAccessibleName("Cancel")
        self.cancel.setToolTip(remark)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(12)
        column.addWidget(label)
        column.addWidget(self.progress)
        column.addWidget(buttons)
        self.setMinimumWidth(360)

    def wait(self) -> Any:
        """Return what the work comes to.

        Raises:
            FileError: it could not be done.
            GivenUpError: it was given up.
        """
        self._task.start()
        self._patience.start(PATIENCE)
        # Keys and clicks wait until it is done, or until the dialog is there to take them.
        self._loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if not self._ended:
            self.exec()
        self._patience.stop()
        self._task.stop(LONGEST_END)
        self.deleteLater()
        if self._results:
            # Perhaps done in the very moment in which it was given up.
            return self._results[0]
        if self._error is not None:
            raise self._error
        raise GivenUpError(f"{self._doing} was cancelled.")

    def _do(self, report: Report) -> None:
        try:
            self._results.append(self._work(report))
        except FileError as error:
            self._error = error
            raise

    @Slot(float)
    def _show_progress(self, share: float) -> None:
        self.progress.setValue(round(100.0 * share))

    @Slot(object)
    def _end(self, _: object = None) -> None:
        self._ended = True
        self._loop.quit()
        self.accept()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._error = self._error or FileError(sentence)
        self._end()

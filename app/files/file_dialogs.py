"""The questions about files that only the user can answer."""

from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.background_task import Report
from app.files.busy_dialog import BusyDialog
from app.files.experiment_files import SUFFIX

FILTER = f"Experiments (*{SUFFIX});;All files (*)"


class Answer(Enum):
    """What is to become of unsaved work."""

    SAVE = "save"
    SAVE_ELSEWHERE = "save elsewhere"
    DISCARD = "discard"
    CANCEL = "cancel"


class FileDialogs:
    """Asks in dialogs on top of ``window``."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def wait_for(self, doing: str, remark: str, work: Callable[[Report], Any]) -> Any:
        """Do ``work`` behind a dialog that says how far it is; ``remark`` is what is so if it is given up.

        Raises:
            FileError: it could not be done.
            GivenUpError: it was given up.
        """
        return BusyDialog(doing, remark, work, self._window).wait()

    def ask_about_changes(self, name: str) -> Answer:
        """Ask what is to become of the unsaved changes in the document ``name``."""
        button = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window,
            "Unsaved changes",
            f"Save the changes in “{name}”?",
            button.Save | button.Discard | button.Cancel,
            button.Save,
        )
        return {button.Save: Answer.SAVE, button.Discard: Answer.DISCARD}.get(answer, Answer.CANCEL)

    def ask_about_foreign_changes(self, name: str, gone: bool) -> Answer:
        """Ask whether to save over the file ``name``, which somebody else has changed or removed meanwhile."""
        text = f"“{name}” is not there any more." if gone else f"“{name}” was changed by another program or window."
        more = "Saving puts it back." if gone else "Saving here replaces what is in it now."
        box = QMessageBox(QMessageBox.Icon.Question, "Save", text, QMessageBox.StandardButton.Cancel, self._window)
        box.setInformativeText(more)
        here = box.addButton("&Put it back" if gone else "&Replace it", QMessageBox.ButtonRole.AcceptRole)
        elsewhere = box.addButton("Save &as…", QMessageBox.ButtonRole.ActionRole)
        box.setDefaultButton(elsewhere)
        box.exec()
        pressed = box.clickedButton()
        box.deleteLater()
        return Answer.SAVE if pressed is here else Answer.SAVE_ELSEWHERE if pressed is elsewhere else Answer.CANCEL

    def may_replace(self, name: str) -> bool:
        """Ask whether the file ``name``, which is there already, may be replaced."""
        button = QMessageBox.StandardButton
        text = f"“{name}” is there already. Replace it?"
        return QMessageBox.question(self._window, "Save", text, button.Yes | button.No, button.No) == button.Yes

    def path_to_open(self, folder: Path) -> Path | None:
        """Ask which file to open."""
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Open an experiment", str(folder), FILTER)
        return Path(chosen) if chosen else None

    def path_to_save(self, suggestion: Path) -> Path | None:
        """Ask where to save."""
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Save the experiment", str(suggestion), FILTER)
        if not chosen:
            return None
        path = Path(chosen)
        if path.suffix:
            return path
        # The dialog has asked about the name without the suffix only.
        path = path.with_suffix(SUFFIX)
        return path if not path.exists() or self.may_replace(path.name) else None

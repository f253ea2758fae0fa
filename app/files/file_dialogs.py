"""The questions about files that only the user can answer."""

from enum import Enum
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.files.experiment_files import SUFFIX

FILTER = f"Experiments (*{SUFFIX});;All files (*)"


class Answer(Enum):
    """What is to become of unsaved work."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class FileDialogs:
    """Asks in dialogs on top of ``window``."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

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
        return path if path.suffix else path.with_suffix(SUFFIX)

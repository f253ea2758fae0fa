"""Saving a table for other programs."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.atomic_write import write_atomically
from engine.file_errors import reason

FILTER = "Tables (*.csv);;All files (*)"


class TableExport(QObject):
    """Asks where to save a table, and writes it.

    Signals:
        message(str), problem(str): one sentence about what became of it.

    Args:
        window: where the question is asked.
        ask: takes a suggested path, returns the chosen one or None; the platform's dialog unless given.
    """

    message = Signal(str)
    problem = Signal(str)

    def __init__(self, window: QWidget, ask: Callable[[Path], Path | None] | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._ask = ask or self._ask_in_dialog
        self._folder = Path.home()

    def save(self, name: str, text: str) -> None:
        """Save ``text`` as CSV; ``name`` is what the file is suggested to be called."""
        path = self._ask(self._folder / name)
        if path is None:
            return
        self._folder = path.parent
        try:
            write_atomically(path, [text.encode()])
        except OSError as error:
            self.problem.emit(f"“{path.name}” could not be saved: {reason(error)}.")
        else:
            self.message.emit(f"The table was saved as “{path.name}”.")

    def _ask_in_dialog(self, suggestion: Path) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Save the table", str(suggestion), FILTER)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(".csv")

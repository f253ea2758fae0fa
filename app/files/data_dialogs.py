"""The questions about data files that only the user can answer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from app.background_task import Report
from app.files.busy_dialog import BusyDialog
from engine.datasets.tables import SUFFIXES

PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".svg")
# What data can be written as: the suffix, and what people call it.
EXPORTS = {
    ".csv": "Table, to be read anywhere",
    ".json": "JSON",
    ".npz": "NumPy arrays",
    ".png": "Picture of the output",
    ".svg": "Drawing of the output",
}


class DataDialogs:
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

    def path_to_import(self, folder: Path) -> Path | None:
        """Ask which table or picture to read."""
        patterns = " ".join(f"*{suffix}" for suffix in (*SUFFIXES, *PICTURES))
        kinds = f"Tables and pictures ({patterns});;All files (*)"
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Import data", str(folder), kinds)
        return Path(chosen) if chosen else None

    def path_to_export(self, suggestion: Path) -> Path | None:
        """Ask where to write the data; the suffix of the answer is one of ``EXPORTS``, or what the user typed."""
        filters = {f"{label} (*{suffix})": suffix for suffix, label in EXPORTS.items()}
        chosen, kind = QFileDialog.getSaveFileName(self._window, "Export data", str(suggestion), ";;".join(filters))
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(filters.get(kind, ".csv"))

"""The About box: what this is, and what it stands on."""

import platform
from importlib.metadata import version

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

import engine
from app.dialogs.closing import closing_button

WIDTH = 400


class AboutBox(QDialog):
    """Name, version, purpose, license, and the versions that a report of a fault should name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Descent")
        title = QLabel("Descent")
        title.setProperty("role", "title")
        purpose = QLabel(
            "A playground for small neural networks: draw a data set in the plane, watch a network learn it, "
            "and take every number of it apart."
        )
        self.versions = QLabel(
            f"Version {engine.__version__}\nPython {platform.python_version()} · Qt {qVersion()} · "
            f"NumPy {version('numpy')} · Numba {version('numba')}"
        )
        self.versions.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.versions.setProperty("role", "caption")
        self.versions.setAccessibleName("Versions")
        self.versions.setToolTip("Select and copy this for a report of a fault.")
        license_text = QLabel("Free software under the MIT license. The icons are drawn by the program itself.")
        buttons = closing_button(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        for label in (title, purpose, license_text, self.versions):
            label.setWordWrap(True)
            label.setMinimumWidth(WIDTH)
            column.addWidget(label)
        column.addStretch()
        column.addWidget(buttons)
        buttons.buttons()[0].setFocus()

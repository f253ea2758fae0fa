"""A box that looks like a closed list and opens a popover."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.widgets.choice import Choice
from app.widgets.teach import teach


class PopoverBox(Choice):
    """Shows in a few words what is set in a popover; ``opened`` asks for it, by click, Enter, Space or F4."""

    opened = Signal()

    def __init__(self, label: str, remark: str, parent: QWidget | None = None) -> None:
        super().__init__(label, remark, parent)
        self._remark = remark

    def set_summary(self, summary: str, sentence: str) -> None:
        """Show ``summary``, cut where the box is too narrow, and the whole ``sentence`` in the tooltip."""
        self.set_name(None, summary)
        teach(self, f"{self._remark}\n{sentence}")

    def showPopup(self) -> None:
        """Ask for the popover in place of a list."""
        self.opened.emit()

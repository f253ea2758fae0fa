"""The history: every step in a list; a click goes there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.dialogs.closing import closing_button
from app.widgets.teach import teach

BEGINNING = "The beginning"


class HistoryList(QDialog):
    """Stays open beside the window and follows it.

    Signals:
        position_chosen(int): the user wants so many of the steps to be done.
    """

    position_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("History")
        remark = QLabel("Click on a step to go back to it, or forward again. A new change removes what was undone.")
        remark.setWordWrap(True)
        remark.setProperty("role", "caption")
        self.steps = _StepList()
        self.steps.setAccessibleName("Steps")
        self.steps.setSpacing(2)
        teach(self.steps, "Click, or ↑ ↓ and Enter: go to how things were after this step. Grey steps are undone.")
        self.steps.itemClicked.connect(self._choose)
        self.steps.entered_by_key.connect(self._choose)
        # Enter belongs to the list.
        buttons = closing_button(self, takes_enter=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addWidget(remark)
        column.addWidget(self.steps, 1)
        column.addWidget(buttons)
        self.resize(380, 420)

    def show_steps(self, texts: tuple[str, ...], position: int) -> None:
        """List ``texts``, the oldest step first; ``position`` of them are done."""
        self.steps.clear()
        for number, text in enumerate((BEGINNING, *texts)):
            item = QListWidgetItem(text, self.steps)
            item.setToolTip(text)
            if number > position:
                item.setForeground(self.palette().placeholderText())
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text}, undone")
        self.steps.setCurrentRow(position)

    def _choose(self, item: QListWidgetItem) -> None:
        self.position_chosen.emit(self.steps.row(item))


class _StepList(QListWidget):
    entered_by_key = Signal(QListWidgetItem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the current step with Enter."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.entered_by_key.emit(item)
        else:
            super().keyPressEvent(event)

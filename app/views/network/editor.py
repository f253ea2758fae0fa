"""A small field that opens on a weight or a bias and takes a new value."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.theme import Theme
from app.widgets.number_text import NumberTextError, format_number, parse_number

STEP = 0.1


class ParameterEditor(QLineEdit):
    """Enter commits, Escape gives up, the up and down arrows change by a tenth.

    Signals:
        committed: the new value.
        rejected: one sentence that says why what was typed is not a value.
        closed: the field has gone, one way or the other.
    """

    committed = Signal(float)
    rejected = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setToolTip("Type a value and press Enter; the arrow keys change it by 0.1, Escape gives up.")
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the size of the text; the colors come from the window's style."""
        self.setFixedSize(round(96 * theme.text_scale), round(28 * theme.text_scale))

    def open(self, name: str, value: float, at: QPoint) -> None:
        """Appear around ``at`` with ``value``, ready to be typed over."""
        self.setAccessibleName(name)
        self.setText(format_number(float(f"{value:.6g}")))
        room = self._view.rect()
        x = min(max(at.x() - self.width() // 2, 2), max(room.width() - self.width() - 2, 2))
        y = min(max(at.y() - self.height() // 2, 2), max(room.height() - self.height() - 2, 2))
        self.move(x, y)
        self.show()
        self.raise_()
        self.selectAll()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_editor(self) -> None:
        """Disappear and give the focus back."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle Enter, Escape and the arrows; everything else is typing."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._commit()
        elif key == Qt.Key.Key_Escape:
            self.close_editor()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._nudge(STEP if key == Qt.Key.Key_Up else -STEP)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give up when the user goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.close_editor()

    def _value(self) -> float | None:
        try:
            return parse_number(self.text())
        except NumberTextError as problem:
            self.rejected.emit(f"A value {problem}.")
            return None

    def _commit(self) -> None:
        value = self._value()
        if value is not None:
            self.committed.emit(value)
            self.close_editor()

    def _nudge(self, step: float) -> None:
        value = self._value()
        if value is not None:
            self.setText(format_number(round(value + step, 6)))
            self.selectAll()

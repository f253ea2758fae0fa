"""A small window below a button, gone with a click beside it or with Escape."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget


class Popover(QFrame):
    """A frame for a few controls; ``open_below`` shows it under a widget, wholly on the screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popover")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 12, 14, 12)
        self.column.setSpacing(8)
        # It grows and shrinks with what it holds.
        self.column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)

    def open_below(self, anchor: QWidget) -> None:
        """Show the popover under ``anchor`` and give the focus to its first control."""
        self.ensurePolished()
        self.column.activate()
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        screen = anchor.screen().availableGeometry()
        x = max(screen.left() + 4, min(place.x(), screen.right() - self.width() - 4))
        y = max(screen.top() + 4, min(place.y(), screen.bottom() - self.height() - 4))
        self.move(x, y)
        self.show()
        self.focusNextChild()

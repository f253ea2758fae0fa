"""A small window below a button, gone with a click beside it or with Escape."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QCursor, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

# Between the window and the edge of the screen, and between it and what it must not cover: numbers of an axis.
EDGE, GAP = 4, 30
_OTHERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Popover(QFrame):
    """A frame for a few controls; ``open_below`` shows it under a widget, wholly on the screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popover")
        self._anchor: QWidget | None = None
        self._clear_of = QRect()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 12, 14, 12)
        self.column.setSpacing(8)
        # It grows and shrinks with what it holds.
        self.column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)

    def open_below(self, anchor: QWidget, clear_of: QRect | None = None) -> None:
        """Show the popover under ``anchor`` and give the focus to its first control.

        It stands left of what it is to be ``clear_of`` (on the screen), if there is room.
        """
        self._anchor, self._clear_of = anchor, clear_of or QRect()
        # Unpolished parts would say that they need less room than they take once they are seen.
        for part in (self, *self.findChildren(QWidget)):
            part.ensurePolished()
        self.column.activate()
        self._place(anchor)
        self.show()
        # Some parts take a little more room than they said.
        self._place(anchor)
        self.focusNextChild()

    def _place(self, anchor: QWidget) -> None:
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + EDGE))
        screen = anchor.screen().availableGeometry().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        # In the window that it belongs to, unless that is too narrow or partly beside the screen.
        room = anchor.window().geometry().intersected(screen)
        if room.width() < self.width():
            room = screen
        x = max(room.left(), min(place.x(), room.right() + 1 - self.width()))
        y = max(screen.top(), min(place.y(), screen.bottom() + 1 - self.height()))
        beside = self._clear_of.left() - self.width() - GAP
        if QRect(x, y, self.width(), self.height()).intersects(self._clear_of) and beside >= screen.left():
            x = beside
        self.move(x, y)

    def event(self, event: QEvent) -> bool:
        """Keep keys without Control or Alt from the window's shortcuts: they belong to what is in here."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and not event.modifiers() & _OTHERS
        ):
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay on the screen while it grows."""
        super().resizeEvent(event)
        if self._anchor is not None and self.isVisible():
            self._place(self._anchor)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the button below which it stood see that the mouse has left it: a window above keeps that from it."""
        super().hideEvent(event)
        anchor = self._anchor
        if anchor is not None and not anchor.rect().contains(anchor.mapFromGlobal(QCursor.pos())):
            anchor.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
            anchor.update()

"""A place for a text that changes all the time, without anything else being laid out anew."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Apart(QWidget):
    """Shows ``content`` in the room there is, and is as high as it wants to be.

    A label in a layout has the whole window laid out again with each new text, whatever its size policy: with every
    movement of the mouse, that takes more time than painting. Here no layout hears of it.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        content.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """Return no width, and the height of the content."""
        return QSize(0, self._content.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the size hint."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the content all the room."""
        super().resizeEvent(event)
        self._content.setGeometry(self.rect())

"""A panel that scrolls where the window is too low for it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

LOWEST = 80


class Scrolled(QScrollArea):
    """Shows ``content`` as high as there is room, and scrolls, up and down only, below its minimum height."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The focus belongs to the controls inside; they are brought into view by it.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = content
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for more width when the content needs it, as for larger text; a scroll area would cut it instead."""
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def reveal(self, part: QWidget) -> None:
        """Scroll to ``part`` of the content, which has just been given other things to show."""
        self._lay_out()
        height = max(self.viewport().height(), self._content.minimumSizeHint().height())
        self._content.resize(self._content.width(), height)
        self.ensureWidgetVisible(part, 0, 8)

    def _lay_out(self) -> None:
        """Let all parts of the content know their sizes now; by itself Qt asks one after the other, bit by bit."""
        for part in (*reversed(self._content.findChildren(QWidget)), self._content):
            layout = part.layout()
            if layout is not None:
                layout.activate()

    def _fit(self) -> None:
        self._lay_out()
        self.setMinimumWidth(self.minimumSizeHint().width())

    def sizeHint(self) -> QSize:
        """Return room for the whole content."""
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the content's full width and the scroll bar's, and a little of its height."""
        return QSize(self._content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width(), LOWEST)

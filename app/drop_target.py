"""Files and cells that are dropped onto the window."""

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class DropTarget(QObject):
    """Lets ``widget`` and all in it take what has files or text; ``dropped`` brings the mime data of a drop."""

    dropped = Signal(object)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept what can be a table while it is dragged over the window, and pass it on when it is dropped."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            return super().eventFilter(watched, event)
        if isinstance(event, QDropEvent) and _can_be_data(event.mimeData()):
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self.dropped.emit(event.mimeData())
            return True
        return False


def _can_be_data(mime: QMimeData) -> bool:
    return mime.hasUrls() or mime.hasText() or mime.hasImage()

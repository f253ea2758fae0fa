"""A bar across the window that becomes as high as its rows need."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.widgets.flow_layout import FlowLayout


class FlowBar(QWidget):
    """Parts side by side, on to further rows where the window is narrow.

    The bar sets its own height: tool bars and the top of a main window take no notice of a height that follows from
    the width, and would cut the further rows off.
    """

    def __init__(
        self, parent: QWidget | None = None, *, gap: int = 10, row_gap: int = 6, centered: bool = False
    ) -> None:
        super().__init__(parent)
        self.flow = FlowLayout(self, gap=gap, row_gap=row_gap, centered=centered)

    def event(self, event: QEvent) -> bool:
        """Fit the height when a part has changed its size."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        height = self.flow.heightForWidth(self.width())
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)

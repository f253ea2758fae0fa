"""A slider over a list of stops."""

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from app.widgets.teach import teach

_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


class Slider(QSlider):
    """One of the ascending ``stops``; ``moved`` brings it while the user drags, clicks or presses arrow keys."""

    moved = Signal(float)

    def __init__(self, stops: Sequence[float], label: str, remark: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._stops = tuple(stops)
        self._quiet = False
        self.setRange(0, len(self._stops) - 1)
        self.setPageStep(max(1, len(self._stops) // 6))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(label)
        teach(self, remark)
        self.valueChanged.connect(self._report)

    def stop(self) -> float:
        """Return the stop the handle is at."""
        return self._stops[self.value()]

    def set_stop(self, value: float) -> None:
        """Move the handle to the stop nearest to ``value``, quietly."""
        right = min(bisect_left(self._stops, value), len(self._stops) - 1)
        left = max(right - 1, 0)
        nearest = left if value - self._stops[left] < self._stops[right] - value else right
        self._quiet = True
        self.setValue(nearest)
        self._quiet = False

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys from the window's shortcuts while this slider has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the handle jump to where the groove is clicked, and be dragged on from there."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        style, control = self.style(), QStyle.ComplexControl.CC_Slider
        handle = style.subControlRect(control, option, QStyle.SubControl.SC_SliderHandle, self)
        if event.button() == Qt.MouseButton.LeftButton and not handle.contains(event.position().toPoint()):
            room = self.width() - handle.width()
            offset = round(event.position().x() - handle.width() / 2)
            self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), offset, room))
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move by wheel only with the focus: a wheel that scrolls past must change nothing."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _report(self, position: int) -> None:
        if not self._quiet:
            self.moved.emit(self._stops[position])

"""The picture of a range test: the train loss over the learning rate, on a scale of powers of ten."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.theme import RGB, Theme
from app.views.parameter_text import SUPERSCRIPTS
from engine.datasets.dataset import Array
from engine.rate_test import LARGEST, SMALLEST

SIZE = QSize(560, 280)
# One press of an arrow key multiplies the rate with this.
KEY_STEP = 10.0**0.05


class RatePlot(QWidget):
    """The curve, the rate of the moment, and the rate that is picked: by a click, a drag or the arrow keys.

    ``picked`` brings another rate that the user has picked.
    """

    picked = Signal(float)

    def __init__(self, theme: Theme, present: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._present = theme, present
        self._rates: Array = np.empty(0)
        self._losses: Array = np.empty(0)
        self._rate: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Train loss over learning rate")
        self.setToolTip("Click to pick a learning rate; the left and right arrow keys move it.")

    def show_result(self, rates: Array, losses: Array, rate: float | None) -> None:
        """Draw the curve and mark ``rate``."""
        self._rates, self._losses = rates, losses
        self.set_rate(rate)

    def set_rate(self, rate: float | None) -> None:
        """Mark ``rate`` as the picked one, quietly."""
        self._rate = rate
        self.setAccessibleDescription("" if rate is None else f"{rate:g} is picked")
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size that shows the curve well."""
        return QSize(self._theme.pixels(SIZE.width()), self._theme.pixels(SIZE.height()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the rate under the mouse."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pick_at(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on picking while the mouse is drawn."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._pick_at(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the picked rate."""
        step = {Qt.Key.Key_Left: 1.0 / KEY_STEP, Qt.Key.Key_Right: KEY_STEP}.get(Qt.Key(event.key()))
        if step is None or self._rate is None:
            super().keyPressEvent(event)
        else:
            self._pick(self._rate * step)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes, curve and marks."""
        theme, box = self._theme, self._box()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(box, QColor(*theme.surface))
            self._draw_axes(painter, box)
            if not len(self._losses):
                return
            low, high = self._range()
            shown = np.minimum(self._losses, low + 3.0 * (high - low))
            heights = box.bottom() - (shown - low) / (high - low) * box.height()
            line = [QPointF(self._x(rate), y) for rate, y in zip(self._rates, heights, strict=True)]
            painter.save()
            painter.setClipRect(box)
            painter.setPen(QPen(QColor(*theme.text), 2.0 * theme.text_scale))
            painter.drawPolyline(QPolygonF(line))
            painter.restore()
            self._draw_mark(painter, box, self._present, theme.muted, "now", Qt.PenStyle.DotLine, low=True)
            if self._rate is not None:
                self._draw_mark(painter, box, self._rate, theme.accent, "", Qt.PenStyle.SolidLine)
                y = float(np.interp(math.log(self._rate), np.log(self._rates), heights))
                painter.setBrush(QColor(*theme.accent))
                painter.drawEllipse(QPointF(self._x(self._rate), y), 4.5, 4.5)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(*theme.focus), 2.0))
                painter.drawRect(box)

    def _draw_axes(self, painter: QPainter, box: QRectF) -> None:
        theme, line = self._theme, painter.fontMetrics().height()
        for power in range(round(math.log10(SMALLEST)), round(math.log10(LARGEST)) + 1):
            x = self._x(10.0**power)
            painter.setPen(QPen(QColor(*theme.border), 1.0))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            painter.setPen(QColor(*theme.muted))
            label = f"10{str(power).translate(SUPERSCRIPTS)}" if power not in (0, 1) else str(10**power)
            room = QRectF(x - 40.0, box.bottom() + 3.0, 80.0, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, label)
        below = QRectF(box.left(), box.bottom() + line + 4.0, box.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, "learning rate")
        if len(self._losses):
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            for value, y in zip(self._range(), (box.bottom(), box.top()), strict=True):
                painter.drawText(QRectF(0.0, y - line / 2.0, box.left() - 6.0, line), right, f"{value:.2g}")
        painter.save()
        painter.translate(line * 0.2, box.center().y())
        painter.rotate(-90.0)
        painter.drawText(QRectF(-60.0, 0.0, 120.0, line), Qt.AlignmentFlag.AlignHCenter, "train loss")
        painter.restore()
        painter.setPen(QPen(QColor(*theme.outline), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)

    def _draw_mark(
        self,
        painter: QPainter,
        box: QRectF,
        rate: float,
        ink: RGB,
        word: str,
        style: Qt.PenStyle,
        *,
        low: bool = False,
    ) -> None:
        if not SMALLEST <= rate <= LARGEST:
            return
        x, line = self._x(rate), painter.fontMetrics().height()
        painter.setPen(QPen(QColor(*ink), 1.5, style))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        text = f"{word} {rate:.3g}".strip()
        width = painter.fontMetrics().horizontalAdvance(text) + 10.0
        # The two marks may be close: one is named above, the other below, and away from it.
        other = self._rate if low else self._present
        to_left = other is not None and other > rate
        left = x - width + 6.0 if to_left or x + width > box.right() else x + 4.0
        y = box.bottom() - line - 4.0 if low else box.top() + 4.0
        painter.setPen(QColor(*ink))
        painter.drawText(QRectF(left, y, width, line), Qt.AlignmentFlag.AlignLeft, text)

    def _box(self) -> QRectF:
        line = self.fontMetrics().height()
        left = 1.3 * line + self.fontMetrics().horizontalAdvance("0.00022") + 8.0
        return QRectF(left, line / 2.0 + 2.0, self.width() - left - 14.0, self.height() - 3.0 * line - 6.0)

    def _range(self) -> tuple[float, float]:
        # From zero, so that a fall looks as large as it is; a loss that explodes leaves the picture.
        highest = min(float(np.max(self._losses)), 2.0 * float(self._losses[0]))
        return 0.0, max(1.05 * highest, 1e-12)

    def _x(self, rate: float) -> float:
        box = self._box()
        share = math.log(rate / SMALLEST) / math.log(LARGEST / SMALLEST)
        return box.left() + share * box.width()

    def _pick_at(self, x: float) -> None:
        box = self._box()
        share = min(max((x - box.left()) / box.width(), 0.0), 1.0)
        self._pick(SMALLEST * (LARGEST / SMALLEST) ** share)

    def _pick(self, rate: float) -> None:
        if len(self._losses):
            rounded = rounded_rate(min(max(rate, SMALLEST), LARGEST))
            # Rounding must not hold an arrow key back.
            if rounded == self._rate and rate != self._rate:
                rounded = float(f"{rate:.3g}")
            self.set_rate(rounded)
            self.picked.emit(rounded)


def rounded_rate(rate: float) -> float:
    """Return ``rate`` with two digits: more would claim a precision that the test does not have."""
    return float(f"{rate:.1e}")

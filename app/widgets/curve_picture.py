"""A small picture of a curve: what an entry of a family does, beside its name."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from app.theme import LIGHT, Theme

Floats = NDArray[np.float64]
# In a list, in pixels at a text scale of 1.
LIST_SIZE = (40, 22)
CAPTION_SIZE = 10.0


class Curve(NamedTuple):
    """A curve and the part of the plane it is shown in; ``across`` and ``up`` name the axes, ``at`` marks a place."""

    x: Floats
    y: Floats
    low: float
    high: float
    across: str = ""
    up: str = ""
    at: float | None = None


def curve_of(x: Floats, y: Floats, *, low: float | None = None, high: float | None = None, across: str = "",
             up: str = "") -> Curve:  # fmt: skip
    """Return a curve with room for all of it between ``low`` and ``high``, or as much as it needs."""
    bottom = float(np.min(y)) if low is None else low
    top = float(np.max(y)) if high is None else high
    if top - bottom < 1e-9:
        bottom, top = bottom - 1.0, top + 1.0
    return Curve(x, y, bottom, top, across, up)


def draw_curve(painter: QPainter, curve: Curve, box: QRectF, theme: Theme, width: float) -> None:
    """Draw the axes through zero, where they cross ``box``, and the curve."""
    left, right = float(curve.x[0]), float(curve.x[-1])

    def across(x: float) -> float:
        return box.left() + (x - left) / (right - left) * box.width()

    def up(y: float) -> float:
        return box.bottom() - (y - curve.low) / (curve.high - curve.low) * box.height()

    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(*theme.outline), 1.0))
    if curve.low <= 0.0 <= curve.high:
        painter.drawLine(QPointF(box.left(), up(0.0)), QPointF(box.right(), up(0.0)))
    if left <= 0.0 <= right:
        painter.drawLine(QPointF(across(0.0), box.top()), QPointF(across(0.0), box.bottom()))
    painter.save()
    painter.setClipRect(box.adjusted(-width, -width, width, width))
    pen = QPen(QColor(*theme.accent), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    # Far outside a line would only cost time.
    reach = curve.high - curve.low
    ys = np.clip(curve.y, curve.low - reach, curve.high + reach)
    painter.drawPolyline(QPolygonF([QPointF(across(x), up(y)) for x, y in zip(curve.x, ys, strict=True)]))
    if curve.at is not None and left <= curve.at <= right:
        y = float(np.interp(curve.at, curve.x, ys))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(*theme.text))
        painter.drawEllipse(QPointF(across(curve.at), up(y)), 1.9 * width, 1.9 * width)
    painter.restore()


def curve_pixmap(curve: Curve, theme: Theme, ratio: float) -> QPixmap:
    """Return ``curve`` as a picture for a list, on nothing."""
    width, height = (theme.pixels(size) for size in LIST_SIZE)
    pixmap = QPixmap(round(width * ratio), round(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        draw_curve(painter, curve, QRectF(2.0, 3.0, width - 4.0, height - 6.0), theme, 1.6 * theme.text_scale)
    return pixmap


class CurvePicture(QWidget):
    """A curve with the names of its axes, as high as a few lines of text."""

    HEIGHT = 92

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._curve: Curve | None = None
        self.setAccessibleName("Curve")

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_curve(self, curve: Curve | None) -> None:
        """Show ``curve``; nothing is shown without one."""
        self._curve = curve
        self.setVisible(curve is not None)
        if curve is not None:
            self.setToolTip(f"{curve.up} over {curve.across}.".capitalize() if curve.across else "")
        self.update()

    def curve(self) -> Curve | None:
        """Return what is shown."""
        return self._curve

    def sizeHint(self) -> QSize:
        """Return a size that fits a popover."""
        return QSize(self._theme.pixels(240), self._theme.pixels(self.HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the curve, and the ends of its axes in numbers."""
        curve, theme = self._curve, self._theme
        if curve is None:
            return
        with QPainter(self) as painter:
            font = self.font()
            font.setPixelSize(max(1, theme.pixels(CAPTION_SIZE)))
            painter.setFont(font)
            line = painter.fontMetrics().height()
            numbers = [f"{value:.3g}".replace("-", "−") for value in (curve.low, curve.high)]
            margin = max(painter.fontMetrics().horizontalAdvance(text) for text in numbers) + 6
            box = QRectF(margin, line / 2.0 + 2.0, self.width() - margin - 8.0, self.height() - 2.0 * line - 4.0)
            draw_curve(painter, curve, box, theme, 2.0 * theme.text_scale)
            painter.setPen(QColor(*theme.muted))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            for text, y in zip(numbers, (box.bottom(), box.top()), strict=True):
                painter.drawText(QRectF(0.0, y - line / 2.0, margin - 5.0, line), right, text)
            below = QRectF(box.left(), box.bottom() + 3.0, box.width(), line)
            ends = [f"{value:.4g}".replace("-", "−") for value in (curve.x[0], curve.x[-1])]
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft, ends[0])
            painter.drawText(below, Qt.AlignmentFlag.AlignRight, ends[1])
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, curve.across)

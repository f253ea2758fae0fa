"""The diverging color scale with its two ends written beside it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.pixels import image_of
from app.theme import LIGHT, Theme

BAR_WIDTH, BAR_HEIGHT, GAP, FONT = 84.0, 8.0, 6.0, 10.5


class ScaleLegend(QWidget):
    """A color bar from ``low`` to ``high``, texts that say what its ends mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._colors: NDArray[np.uint32] = LIGHT.table
        self._low, self._high = "", ""
        self.setToolTip("What the colors mean: orange is negative, blue is positive.")

    def set_theme(self, theme: Theme, colors: NDArray[np.uint32] | None = None) -> None:
        """Take the text size and the 256 ``colors`` of the bar; without them, the theme's own."""
        self._theme = theme
        self._colors = theme.table if colors is None else colors
        self.updateGeometry()
        self.update()

    def show_ends(self, low: str, high: str) -> None:
        """Write ``low`` and ``high`` beside the bar."""
        if (low, high) != (self._low, self._high):
            self._low, self._high = low, high
            self.setAccessibleName(f"Color scale from {low} to {high}")
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Return room for the bar and two short numbers."""
        scale = self._theme.text_scale
        metrics = QFontMetricsF(self._font())
        texts = 2.0 * max(metrics.horizontalAdvance(self._low), metrics.horizontalAdvance(self._high)) + 2.0 * GAP
        return QSize(round(BAR_WIDTH * scale + texts) + 2, round(20.0 * scale))

    def _font(self) -> QFont:
        font = self.font()
        font.setPixelSize(round(FONT * self._theme.text_scale))
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar at the middle and the texts at its ends."""
        theme, scale = self._theme, self._theme.text_scale
        bar = QRectF(0.0, 0.0, BAR_WIDTH * scale, BAR_HEIGHT * scale)
        bar.moveCenter(QRectF(self.rect()).center())
        image = image_of(self._colors[None, :])
        outline = QPainterPath()
        outline.addRoundedRect(bar, bar.height() / 2.0, bar.height() / 2.0)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipPath(outline)
            painter.drawImage(bar, image)
            painter.setClipping(False)
            painter.strokePath(outline, QPen(QColor(*theme.border), 1.0))
            painter.setFont(self._font())
            painter.setPen(QColor(*theme.muted))
            whole = QRectF(self.rect())
            left = QRectF(whole.left(), whole.top(), bar.left() - GAP, whole.height())
            right = QRectF(bar.right() + GAP, whole.top(), whole.right() - bar.right() - GAP, whole.height())
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(left, middle | Qt.AlignmentFlag.AlignRight, self._low)
            painter.drawText(right, middle | Qt.AlignmentFlag.AlignLeft, self._high)

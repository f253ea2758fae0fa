"""Where a formula holds, shown over the picture while it is being typed."""

import numpy as np
from PySide6.QtGui import QImage, QPainter

from app.painting.flood import Formula
from app.pixels import image_of
from app.theme import Theme
from app.views.decision.plane import LOW, SPAN, Plane

# Cells along a side: fine enough for a smooth edge, and computed between two letters.
CELLS = 240
# How much of what lies below is covered where it holds, and along the edge, of 255.
COVER, EDGE = 60, 220


class FloodLayer:
    """Draws the area where a formula holds, and its edge; kept until the formula is another one."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._image = QImage()

    def draw(self, painter: QPainter, plane: Plane, theme: Theme, formula: Formula) -> None:
        """Draw where ``formula`` holds."""
        key = (formula, theme)
        if key != self._key:
            self._image, self._key = _picture(formula, theme), key
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(plane.rect, self._image)
        painter.restore()


def _picture(formula: Formula, theme: Theme) -> QImage:
    middles = LOW + (np.arange(CELLS) + 0.5) * (SPAN / CELLS)
    x, y = np.meshgrid(middles, middles[::-1])
    holds = formula.above(np.column_stack((x.ravel(), y.ravel()))).reshape(CELLS, CELLS)
    edge = np.zeros_like(holds)
    edge[1:] |= holds[1:] != holds[:-1]
    edge[:, 1:] |= holds[:, 1:] != holds[:, :-1]
    cover = np.where(edge, EDGE, np.where(holds, COVER, 0)).astype(np.uint32)
    red, green, blue = (np.uint32(part) * cover // np.uint32(255) for part in theme.accent)
    pixels = cover << np.uint32(24) | red << np.uint32(16) | green << np.uint32(8) | blue
    # A copy, for the image looks at the array.
    return image_of(np.ascontiguousarray(pixels), QImage.Format.Format_ARGB32_Premultiplied).copy()

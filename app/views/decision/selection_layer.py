"""Which points are selected, drawn around them; kept until points, selection, size or colors change."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from app.painting.drawing import Indices
from app.theme import Theme
from app.views.decision.plane import Plane
from app.views.ink import color
from engine.datasets.dataset import Array

# Up to here every point has a ring of its own; more of them get dots.
MOST_RINGS = 2_000
# From so many on, rings are thin: else nothing else would be seen.
MANY = 80


class SelectionLayer:
    """Draws the rings of the selected points into a transparent picture as large as the plane."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._of: tuple[object, object] = (None, None)
        self._pixmap = QPixmap()

    def pixmap(
        self, points: Array, selection: Indices, plane: Plane, ratio: float, theme: Theme, diameter: float
    ) -> QPixmap:
        """Return the picture of the rings around ``points`` (n, 2) of the numbers ``selection`` (k,)."""
        key = (plane.side, ratio, theme, diameter)
        # Compared by identity; both are kept, so that no others take their place in memory.
        if self._of[0] is not points or self._of[1] is not selection or key != self._key:
            self._pixmap = self._draw(points[selection], plane.side, ratio, theme, diameter)
            self._of, self._key = (points, selection), key
        return self._pixmap

    def _draw(self, points: Array, side: float, ratio: float, theme: Theme, diameter: float) -> QPixmap:
        pixels = max(round(side * ratio), 1)
        pixmap = QPixmap(pixels, pixels)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        # Far outside, pixels have no numbers any more.
        places = Plane(0.0, 0.0, side).to_pixels(np.clip(points, -60.0, 60.0))
        centers = [QPointF(x, y) for x, y in places.tolist()]
        with QPainter(pixmap) as painter:
            if len(centers) > MOST_RINGS:
                painter.setPen(QPen(color(theme.text, 0.7), 2.0))
                painter.drawPoints(centers)
                return pixmap
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            thin = len(centers) > MANY
            for ink, width in ((color(theme.surface), 2.4 if thin else 3.0), (color(theme.text), 1.0 if thin else 1.5)):
                painter.setPen(QPen(ink, width))
                for center in centers:
                    painter.drawEllipse(center, 0.5 * diameter + 2.2, 0.5 * diameter + 2.2)
        return pixmap

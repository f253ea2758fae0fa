"""Which points are selected, drawn around them; kept until points, selection, size or colors change."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from app.painting.drawing import Indices
from app.pixels import image_of
from app.theme import Theme
from app.views.decision.markers import stamp
from app.views.decision.plane import Plane
from app.views.ink import color
from engine.datasets.dataset import Array

# Up to here every point has a ring of its own; more of them get dots.
MOST_RINGS = 2_000
# From so many on, rings are thin: else nothing else would be seen.
MANY = 80
# Between a marker and its ring, and how wide a dot is, in logical pixels.
APART, DOT = 2.2, 2.0


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
            # Far outside, pixels have no numbers any more.
            places = Plane(0.0, 0.0, plane.side).to_pixels(np.clip(points[selection], -60.0, 60.0))
            if len(places) > MOST_RINGS:
                self._pixmap = _dots(places, plane.side, ratio, theme)
            else:
                self._pixmap = _rings(places, plane.side, ratio, theme, diameter)
            self._of, self._key = (points, selection), key
        return self._pixmap


def _rings(places: Array, side: float, ratio: float, theme: Theme, diameter: float) -> QPixmap:
    pixels = max(round(side * ratio), 1)
    pixmap = QPixmap(pixels, pixels)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    thin = len(places) > MANY
    with QPainter(pixmap) as painter:
        for ink, width in ((color(theme.surface), 2.4 if thin else 3.0), (color(theme.text), 1.0 if thin else 1.5)):
            ring = _ring(ink, width, diameter + 2.0 * APART, ratio)
            stamp(painter, ring, places, source=(0, 0), cell=ring.width(), scale=1.0 / ratio)
    return pixmap


def _ring(ink: QColor, width: float, diameter: float, ratio: float) -> QPixmap:
    """Return a ring as a sprite: very many are stamped faster than drawn."""
    cell = int(np.ceil((diameter + width + 2.0) * ratio))
    sprite = QPixmap(cell, cell)
    sprite.fill(Qt.GlobalColor.transparent)
    radius = 0.5 * diameter * ratio
    with QPainter(sprite) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, width * ratio))
        painter.drawEllipse(QRectF(0.0, 0.0, cell, cell).center(), radius, radius)
    return sprite


def _dots(places: Array, side: float, ratio: float, theme: Theme) -> QPixmap:
    count, dot = max(round(side * ratio), 1), max(round(DOT * ratio), 1)
    ink = color(theme.text, 0.7)
    # With room around for what lies beyond the edge.
    wide = count + 2 * dot
    pixels: NDArray[np.uint32] = np.zeros((wide, wide), dtype=np.uint32)
    left, top = np.clip(np.rint(places.T * ratio - 0.5 * dot), -dot, count).astype(np.intp) + dot
    corners, value = top * wide + left, _premultiplied(ink)
    for right in range(dot):
        for down in range(dot):
            pixels.ravel()[corners + (down * wide + right)] = value
    image = image_of(np.ascontiguousarray(pixels[dot:-dot, dot:-dot]), QImage.Format.Format_ARGB32_Premultiplied)
    # A copy, for the pixmap may share the image's pixels.
    pixmap = QPixmap.fromImage(image.copy())
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _premultiplied(ink: QColor) -> int:
    share = ink.alphaF()
    red, green, blue = (round(share * part) for part in (ink.red(), ink.green(), ink.blue()))
    return ink.alpha() << 24 | red << 16 | green << 8 | blue

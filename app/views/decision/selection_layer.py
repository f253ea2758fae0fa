"""Which points are selected, drawn around them; kept until points, selection, size or colors change."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from app.painting.drawing import Indices
from app.pixels import image_of
from app.theme import RGB, Theme
from app.views.decision.markers import stamp
from app.views.decision.plane import Plane
from app.views.ink import color
from engine.datasets.dataset import Array

# Up to here every point has a ring of its own; around more of them there is one line, drawn pixel by pixel.
MOST_RINGS = 2_000
# How far the ring around a marker begins, how far it goes, and how far its bright rim, in pixels beyond the marker.
HOLE, RING, RIM = 1.2, 2.8, 3.6
# From so many on, rings are thin: else nothing else would be seen.
MANY, THINNER = 80, 0.6
Mask = NDArray[np.uint8]


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
                self._pixmap = _line(places, plane.side, ratio, theme, diameter)
            else:
                self._pixmap = _rings(places, plane.side, ratio, theme, diameter)
            self._of, self._key = (points, selection), key
        return self._pixmap


def _rings(places: Array, side: float, ratio: float, theme: Theme, diameter: float) -> QPixmap:
    pixels = max(round(side * ratio), 1)
    pixmap = QPixmap(pixels, pixels)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    thinner = THINNER if len(places) > MANY else 0.0
    over, out = (
        QPainter.CompositionMode.CompositionMode_SourceOver,
        QPainter.CompositionMode.CompositionMode_DestinationOut,
    )
    with QPainter(pixmap) as painter:
        # All rims, then all rings, and a hole in them for each point: where points lie close together, what is left is
        # a line around all of them, and none is covered.
        for ink, beyond, mode in (
            (theme.surface, RIM - thinner, over), (theme.text, RING - thinner, over), (theme.text, HOLE, out)
        ):  # fmt: skip
            disk = _disk(color(ink), 0.5 * diameter + beyond, ratio)
            painter.setCompositionMode(mode)
            stamp(painter, disk, places, source=(0, 0), cell=disk.width(), scale=1.0 / ratio)
    return pixmap


def _disk(ink: QColor, radius: float, ratio: float) -> QPixmap:
    """Return a disk as a sprite: very many are stamped faster than drawn."""
    cell = math.ceil(2.0 * (radius + 1.0) * ratio)
    sprite = QPixmap(cell, cell)
    sprite.fill(Qt.GlobalColor.transparent)
    with QPainter(sprite) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QRectF(0.0, 0.0, cell, cell).center(), radius * ratio, radius * ratio)
    return sprite


def _line(places: Array, side: float, ratio: float, theme: Theme, diameter: float) -> QPixmap:
    """Return a line around all ``places`` together; its time depends on the picture's size, hardly on their number."""
    count, hole = max(round(side * ratio), 1), math.ceil((0.5 * diameter + HOLE) * ratio)
    ring, rim = (max(round(width * ratio), 1) for width in (RING - THINNER - HOLE, RIM - RING))
    # With room around for what lies beyond the edge.
    margin = hole + ring + rim
    wide = count + 2 * margin
    taken = np.zeros(wide * wide, dtype=np.uint8)
    left, top = np.clip(np.floor(places.T * ratio), -margin, count + margin - 1).astype(np.intp) + margin
    taken[top * wide + left] = 1
    inner = _grown(taken, hole, wide)
    outer = _grown(inner, ring, wide)
    # 0 outside, 1 in the rim, 2 in the ring, 3 within, as many times as a pixel belongs to a part and those in it.
    parts = (_grown(outer, rim, wide) + outer + inner).reshape(wide, wide)[margin:-margin, margin:-margin]
    pixels = np.array((0, _opaque(theme.surface), _opaque(theme.text), 0), dtype=np.uint32)[parts]
    # A copy, for the pixmap may share the image's pixels.
    pixmap = QPixmap.fromImage(image_of(pixels, QImage.Format.Format_ARGB32_Premultiplied).copy())
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _grown(mask: Mask, by: int, wide: int) -> Mask:
    """Return ``mask``, rows of ``wide`` pixels one after the other, with all that are at most ``by`` pixels away.

    That is measured by an octagon. What leaves a row at its end comes into the next one: there must be a margin.
    """
    for step in range(by):
        # By turns as a diamond and as a square.
        grown = _spread(mask, 1)
        grown |= _spread(grown if step % 2 else mask, wide)
        mask = grown
    return mask


def _spread(mask: Mask, by: int) -> Mask:
    """Return ``mask`` (n,) with what lies ``by`` places before and behind."""
    spread = mask.copy()
    spread[by:] |= mask[:-by]
    spread[:-by] |= mask[by:]
    return spread


def _opaque(rgb: RGB) -> int:
    red, green, blue = rgb
    return 0xFF000000 | red << 16 | green << 8 | blue

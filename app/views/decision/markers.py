"""The marks of data points: drawn once as sprites, then stamped wherever a point lies."""

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from shiboken6 import wrapInstance

from app.theme import RGB, Theme
from app.views.decision.shapes import Shape, draw_disk, shape_of
from app.views.ink import blend, color

Array = NDArray[np.float64]

# Regression targets from −1 to 1 are drawn in this many colors.
LEVELS = 33
# How much deeper a class marker is than the field of its class.
MARKER_DEPTH = 0.14


@dataclass(frozen=True)
class Markers:
    """Sprites side by side: a column for each class (or level of a value), train points above, test points below.

    Attributes:
        sprites: the picture that holds them all.
        cell: the side of one sprite in physical pixels.
        ratio: physical pixels per logical pixel.
        columns: how many there are side by side.
    """

    sprites: QPixmap
    cell: int
    ratio: float
    columns: int

    def stamp(
        self, painter: QPainter, centers: Array, columns: NDArray[np.intp], is_test: NDArray[np.bool_],
        sizes: Array | float = 1.0,
    ) -> None:  # fmt: skip
        """Stamp a sprite at each of ``centers`` (n, 2), in logical pixels, ``sizes`` times as large as usual."""
        source = (columns * self.cell, is_test * self.cell)
        stamp(painter, self.sprites, centers, source=source, cell=self.cell, scale=np.asarray(sizes) / self.ratio)


def stamp(
    painter: QPainter, sprites: QPixmap, centers: Array, *,
    source: tuple[ArrayLike, ArrayLike], cell: int, scale: ArrayLike,
) -> None:  # fmt: skip
    """Stamp a square of ``sprites`` at each of ``centers`` (n, 2), in logical pixels, ``scale`` times as large.

    ``source`` are the left and top of the squares, ``cell`` is their side, in the pixels of ``sprites``.
    """
    if not len(centers):
        return
    # The fields of QPainter::PixmapFragment: center, source left and top, width and height, scale, angle, opacity.
    fragments = np.empty((len(centers), 10))
    fragments[:, 0:2] = centers
    fragments[:, 2], fragments[:, 3] = source
    fragments[:, 4:6] = cell
    fragments[:, 6] = fragments[:, 7] = scale
    fragments[:, 8] = 0.0
    fragments[:, 9] = 1.0
    first = cast(QPainter.PixmapFragment, wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment))
    painter.drawPixmapFragments(first, len(fragments), sprites)


def columns_of(targets: Array, *, classes: int) -> NDArray[np.intp]:
    """Return the column of the sprite for each target: the class, or (no classes) the level of a value −1 … 1."""
    if classes:
        return np.clip(np.rint(np.nan_to_num(targets)), 0, classes - 1).astype(np.intp)
    return np.rint((np.clip(np.nan_to_num(targets), -1.0, 1.0) + 1.0) * 0.5 * (LEVELS - 1)).astype(np.intp)


def fill_color(theme: Theme, value: float, depth: float) -> RGB:
    """Return the color of a point whose target is ``value`` (−1 … 1).

    It is deeper than the field's color (brighter in the dark) by ``depth``, so that a point shows on ground of its
    own color.
    """
    end = blend(theme.zero, theme.negative if value < 0.0 else theme.positive, min(abs(value), 1.0))
    return deeper(theme, end, depth)


def class_color(theme: Theme, number: int, depth: float) -> RGB:
    """Return the color of a point of class ``number``, deeper than its field's by ``depth``."""
    return deeper(theme, theme.classes[number % len(theme.classes)], depth)


def deeper(theme: Theme, rgb: RGB, depth: float) -> RGB:
    """Return ``rgb`` darker by ``depth`` (brighter in the dark)."""
    return blend(rgb, (255, 255, 255) if theme.is_dark else (0, 0, 0), depth)


def rim_color(theme: Theme, *, classes: int) -> QColor:
    """Return the color of the thin line around a point.

    Classes are strong colors, which stand out by a rim of the ground; values may have the color of the ground
    themselves, so their rim is the opposite.
    """
    if classes:
        return color((18, 20, 24), 0.9) if theme.is_dark else color((255, 255, 255), 0.95)
    return color((235, 238, 242), 0.75) if theme.is_dark else color((30, 34, 40), 0.62)


def make_markers(theme: Theme, *, classes: int, diameter: float, ratio: float) -> Markers:
    """Return the sprites for one task, ``diameter`` logical pixels wide.

    Every class has a shape of its own: a disk, a square, a triangle …; values are disks. Train points are filled, test
    points are rings of the same shape.
    """
    columns = classes or LEVELS
    # One pixel of air on each side for the rim.
    cell = int(np.ceil((diameter + 3.0) * ratio))
    sprites = QPixmap(cell * columns, cell * 2)
    sprites.fill(Qt.GlobalColor.transparent)
    size = diameter * ratio
    rim = rim_color(theme, classes=classes)
    with QPainter(sprites) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for column in range(columns):
            # A value's color must be the scale's very own, for it is compared with the field.
            value = 2.0 * column / (LEVELS - 1) - 1.0
            rgb = class_color(theme, column, MARKER_DEPTH) if classes else fill_color(theme, value, 0.0)
            center = QPointF((column + 0.5) * cell, 0.5 * cell)
            shape = shape_of(column) if classes else draw_disk
            filled(painter, shape, center, size, ratio, color(rgb), rim)
            _hollow(painter, shape, center + QPointF(0.0, cell), size, ratio, color(rgb), rim)
    return Markers(sprites, cell, ratio, columns)


def stamp_blended(
    painter: QPainter, centers: Array, shares: Array, is_test: NDArray[np.bool_], theme: Theme, diameter: float
) -> None:
    """Draw points in the mixed color of their classes' ``shares`` (n, classes), in the shape of the likeliest."""
    rim = rim_color(theme, classes=shares.shape[1])
    mixed = shares @ np.array(theme.classes[: shares.shape[1]], dtype=np.float64)
    for center, rgb, number, test in zip(
        centers.tolist(), mixed.round().astype(int).tolist(), shares.argmax(axis=1).tolist(), is_test.tolist(),
        strict=True,
    ):  # fmt: skip
        fill = color(deeper(theme, (rgb[0], rgb[1], rgb[2]), MARKER_DEPTH))
        (_hollow if test else filled)(painter, shape_of(number), QPointF(*center), diameter, 1.0, fill, rim)


def draw_class(painter: QPainter, theme: Theme, number: int, center: QPointF, size: float, ratio: float = 1.0) -> None:
    """Draw the marker of class ``number`` beside a text or a row, ``size`` wide, its rim ``ratio`` pixels."""
    fill = color(class_color(theme, number, MARKER_DEPTH))
    filled(painter, shape_of(number), center, size, ratio, fill, color(theme.surface))


def draw_shapes(
    painter: QPainter, centers: Array, targets: Array, is_test: NDArray[np.bool_], theme: Theme, *,
    classes: int, diameter: float, sizes: Array | float = 1.0,
) -> None:  # fmt: skip
    """Draw points one by one, as the sprites show them, for a picture that can be made larger."""
    rim = rim_color(theme, classes=classes)
    columns, factors = columns_of(targets, classes=classes), np.broadcast_to(sizes, len(centers))
    for center, column, test, factor in zip(
        centers.tolist(), columns.tolist(), is_test.tolist(), factors.tolist(), strict=True
    ):
        value = 2.0 * column / (LEVELS - 1) - 1.0
        rgb = class_color(theme, column, MARKER_DEPTH) if classes else fill_color(theme, value, 0.0)
        shape = shape_of(column) if classes else draw_disk
        (_hollow if test else filled)(painter, shape, QPointF(*center), diameter * factor, 1.0, color(rgb), rim)


def filled(
    painter: QPainter, shape: Shape, center: QPointF, size: float, ratio: float, fill: QColor, rim: QColor
) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(rim)
    shape(painter, center, size + 2.0 * ratio)
    painter.setBrush(fill)
    shape(painter, center, size)


def _hollow(
    painter: QPainter, shape: Shape, center: QPointF, size: float, ratio: float, fill: QColor, rim: QColor
) -> None:
    painter.setBrush(QColor(rim.red(), rim.green(), rim.blue(), round(0.62 * rim.alpha())))
    painter.setPen(Qt.PenStyle.NoPen)
    shape(painter, center, size + 1.6 * ratio)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(fill, 1.3 * ratio))
    shape(painter, center, size - 1.0 * ratio)

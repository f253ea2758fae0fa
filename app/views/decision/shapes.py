"""The shapes and names of classes: shapes of about the same area, so that classes differ by more than color."""

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPolygonF

# Draws the shape around a center, as large as a disk of this diameter, with the painter's pen and brush.
Shape = Callable[[QPainter, QPointF, float], None]
# Letters of a short name of a class.
SHORT = 12


def draw_disk(painter: QPainter, center: QPointF, size: float) -> None:
    """Draw a disk."""
    painter.drawEllipse(center, 0.5 * size, 0.5 * size)


def draw_square(painter: QPainter, center: QPointF, size: float) -> None:
    """Draw a square; one of a disk's area looks as large as the disk."""
    side = 0.89 * size
    painter.drawRoundedRect(
        QRectF(center.x() - 0.5 * side, center.y() - 0.5 * side, side, side), 0.1 * side, 0.1 * side
    )


def _polygon(corners: int, radius: float, turn: float, inner: float = 1.0) -> Shape:
    """Return a regular polygon with a corner at ``turn`` (in turns, 0 is up); every second one drawn in."""
    unit = [
        (
            (radius if corner % 2 == 0 else radius * inner) * math.sin(2.0 * math.pi * (corner / corners + turn)),
            -(radius if corner % 2 == 0 else radius * inner) * math.cos(2.0 * math.pi * (corner / corners + turn)),
        )
        for corner in range(corners)
    ]

    def draw(painter: QPainter, center: QPointF, size: float) -> None:
        points = [QPointF(center.x() + x * size, center.y() + y * size) for x, y in unit]
        painter.drawPolygon(QPolygonF(points))

    return draw


def _cross(painter: QPainter, center: QPointF, size: float) -> None:
    """Draw a plus of broad bars."""
    arm, half = 0.56 * size, 0.2 * size
    corners = (
        (-half, -arm), (half, -arm), (half, -half), (arm, -half), (arm, half), (half, half),
        (half, arm), (-half, arm), (-half, half), (-arm, half), (-arm, -half), (-half, -half),
    )  # fmt: skip
    painter.drawPolygon(QPolygonF([QPointF(center.x() + x, center.y() + y) for x, y in corners]))


SHAPES: tuple[Shape, ...] = (
    draw_disk,
    draw_square,
    _polygon(3, 0.66, 0.0),
    _polygon(4, 0.64, 0.0),
    _polygon(3, 0.66, 0.5),
    _cross,
    _polygon(10, 0.7, 0.0, 0.5),
    _polygon(6, 0.56, 0.0),
)


def shape_of(number: int) -> Shape:
    """Return the shape of class ``number``."""
    return SHAPES[number % len(SHAPES)]


def class_name(number: int, classes: int, names: Sequence[str] = ()) -> str:
    """Return what a class is called: by its name, if ``names`` (of the classes 0, 1 …) has one.

    Else A and B where there are two, or its number; one kind is just points.
    """
    if number < len(names) and names[number]:
        return names[number]
    if classes == 1:
        return "Point"
    return "AB"[number] if classes == 2 and number < 2 else str(number + 1)


def short_name(number: int, classes: int, names: Sequence[str] = ()) -> str:
    """Return what a class is called, in few letters: for lines in which several classes stand."""
    name = class_name(number, classes, names)
    return name if len(name) <= SHORT else f"{name[: SHORT - 1].rstrip()}…"

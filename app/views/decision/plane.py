"""Where the square picture lies in the widget, and how plane coordinates and pixels belong together."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from engine.datasets.dataset import DOMAIN, Array

LOW, HIGH = DOMAIN
SPAN = HIGH - LOW

# Room for the caption and x₂ above, ticks to the left and below, the color scale to the right (text scale 1).
TOP, LEFT, BOTTOM, RIGHT = 21, 25, 20, 60
SMALLEST_SIDE = 40


@dataclass(frozen=True)
class Plane:
    """The square of the widget that shows the domain, in logical pixels."""

    left: float
    top: float
    side: float

    @property
    def rect(self) -> QRectF:
        """The square."""
        return QRectF(self.left, self.top, self.side, self.side)

    @property
    def unit(self) -> float:
        """Pixels per plane unit."""
        return self.side / SPAN

    def to_pixel(self, x1: float, x2: float) -> QPointF:
        """Return where (x1, x2) lies in the widget."""
        return QPointF(self.left + (x1 - LOW) * self.unit, self.top + (HIGH - x2) * self.unit)

    def to_pixels(self, points: Array) -> Array:
        """Return where ``points`` (n, 2) lie in the widget, shape (n, 2)."""
        return np.column_stack(
            (self.left + (points[:, 0] - LOW) * self.unit, self.top + (HIGH - points[:, 1]) * self.unit)
        )

    def to_plane(self, position: QPointF) -> tuple[float, float]:
        """Return the plane coordinates of a place in the widget, which may lie outside the square."""
        return LOW + (position.x() - self.left) / self.unit, HIGH - (position.y() - self.top) / self.unit

    def contains(self, position: QPointF) -> bool:
        """Return whether a place in the widget lies in the picture."""
        return self.rect.contains(position)


def plane_in(width: int, height: int, text_scale: float) -> Plane:
    """Return the largest square that leaves room for axes and scale, with these in the middle of the widget."""
    top, left, bottom, right = (round(margin * text_scale) for margin in (TOP, LEFT, BOTTOM, RIGHT))
    side = max(min(width - left - right, height - top - bottom), SMALLEST_SIDE)
    return Plane(
        left=left + max(width - left - right - side, 0) // 2,
        top=top + max(height - top - bottom - side, 0) // 2,
        side=side,
    )


def value_at(field: np.ndarray, x1: float, x2: float) -> float:
    """Return the value of the cell of ``field`` (row 0 at the top) that holds (x1, x2)."""
    rows, columns = field.shape
    row = min(max(int((HIGH - x2) / SPAN * rows), 0), rows - 1)
    column = min(max(int((x1 - LOW) / SPAN * columns), 0), columns - 1)
    return float(field[row, column])

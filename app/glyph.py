"""What icons are drawn from: lines and areas on a grid of 24 × 24 units."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath


class Glyph:
    """One icon: an outline to be stroked and an area to be filled, on the grid."""

    def __init__(self) -> None:
        self.outline = QPainterPath()
        self.area = QPainterPath()

    def line(self, *points: tuple[float, float], closed: bool = False) -> None:
        """Add straight lines to the outline."""
        _polygon(self.outline, points, closed)

    def shape(self, *points: tuple[float, float]) -> None:
        """Add a polygon to the area; its corners come out a little round."""
        _polygon(self.area, points, True)
        _polygon(self.outline, points, True)

    def dot(self, x: float, y: float, radius: float) -> None:
        """Add a disk to the area."""
        self.area.addEllipse(QPointF(x, y), radius, radius)

    def arc(self, x: float, y: float, radius: float, start: float, sweep: float) -> None:
        """Add an arc to the outline; degrees, counterclockwise from three o'clock."""
        box = QRectF(x - radius, y - radius, 2.0 * radius, 2.0 * radius)
        self.outline.arcMoveTo(box, start)
        self.outline.arcTo(box, start, sweep)

    def box(self, x: float, y: float, width: float, height: float, radius: float) -> None:
        """Add a rounded rectangle to the outline."""
        self.outline.addRoundedRect(QRectF(x, y, width, height), radius, radius)


def _polygon(path: QPainterPath, points: tuple[tuple[float, float], ...], closed: bool) -> None:
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    if closed:
        path.closeSubpath()

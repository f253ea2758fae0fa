"""What lies over the picture: words on an empty canvas, the reach of the tool, the cross-hair of the keyboard."""

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from app.theme import Theme
from app.views.decision.plane import Plane
from app.views.ink import color, sized


def draw_invitation(painter: QPainter, plane: Plane, theme: Theme, font: QFont, text: str) -> None:
    """Write on an empty canvas how to paint."""
    painter.setFont(sized(font, theme, 13))
    room = plane.rect.adjusted(12, 12, -12, -12)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    box = painter.boundingRect(room, flags, text).adjusted(-12, -8, 12, 8)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(theme.surface, 0.82))
    painter.drawRoundedRect(box, 8.0, 8.0)
    painter.setPen(color(theme.text))
    painter.drawText(room, flags, text)


def draw_pointer(
    painter: QPainter, plane: Plane, theme: Theme, cross: QPointF | None, mouse: QPointF | None, radius: float, *,
    erasing: bool, ink: QColor | None = None,
) -> QPointF | None:  # fmt: skip
    """Draw the reach of the tool, ``radius`` pixels, around the mouse or around the cross-hair of the keyboard.

    It is drawn with ``ink`` if that is given. A tool that reaches nothing has none.

    Returns:
        the middle of what has been drawn; None if it has not.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    center = mouse
    if cross is not None:
        center = cross
        for line_ink, width in ((color(theme.surface, 0.8), 3.0), (color(theme.text), 1.0)):
            painter.setPen(QPen(line_ink, width))
            painter.drawLine(QLineF(plane.left, center.y(), plane.left + plane.side, center.y()))
            painter.drawLine(QLineF(center.x(), plane.top, center.x(), plane.top + plane.side))
    if not radius or center is None or not (cross is not None or plane.contains(center)):
        return None
    style = Qt.PenStyle.DashLine if erasing else Qt.PenStyle.SolidLine
    for ring_ink, width, line in (
        (color(theme.surface, 0.75), 3.0, Qt.PenStyle.SolidLine),
        (color(theme.text, 0.85), 1.2, style) if ink is None else (ink, 2.0, style),
    ):
        painter.setPen(QPen(ring_ink, width, line))
        painter.drawEllipse(center, radius, radius)
    return center

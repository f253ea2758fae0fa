"""Small signs at the reach of a tool: they tell tools apart that would otherwise be the same ring."""

import math

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.painting.brush import DEVIATIONS
from app.theme import Theme
from app.views.decision import tool as tools
from app.views.decision.markers import MARKER_DEPTH, class_color, draw_shapes, fill_color
from app.views.decision.plane import Plane
from app.views.decision.tool import Tool
from app.views.ink import color

# In pixels: a point that would be painted, the gap between ring and signs, how long arrows and how wide signs are.
POINT, GAP, ARROW, SIGN = 6.0, 3.0, 8.0, 3.5
_PAINTS = (tools.BRUSH, tools.RECOLOR, tools.LEVEL)
_SIDES = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))


def paint_color(theme: Theme, target: float, *, classes: int) -> QColor:
    """Return the color of what is painted with ``target``, a class or a value."""
    return color(class_color(theme, round(target), MARKER_DEPTH) if classes else fill_color(theme, target, 0.0))


def draw_target(painter: QPainter, center: QPointF, theme: Theme, target: float, *, classes: int) -> None:
    """Draw the point that would be painted with ``target``, a class or a value."""
    places, none = np.array([[center.x(), center.y()]]), np.zeros(1, dtype=np.bool_)
    draw_shapes(painter, places, np.array([target]), none, theme, classes=classes, diameter=POINT)


def draw_signs(
    painter: QPainter, plane: Plane, theme: Theme, tool: Tool, center: QPointF, target: float, *, classes: int
) -> None:
    """Draw at the ring of ``tool`` around ``center`` what it does; ``target`` is what it would paint."""
    radius = tool.radius * plane.unit
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ways = _ways(tool.kind, center, radius + GAP)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    round_ends = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    for pen in (QPen(color(theme.surface, 0.75), 3.4, *round_ends), QPen(color(theme.text, 0.85), 1.4, *round_ends)):
        painter.setPen(pen)
        for way in ways:
            painter.drawPolyline(QPolygonF(way))
    if tool.kind == tools.BRUSH and tool.brush.shape == "gaussian":
        # Where a normal distribution has its standard deviation: most points land within.
        painter.setPen(QPen(color(theme.text, 0.5), 1.0, Qt.PenStyle.DotLine))
        painter.drawEllipse(center, radius / DEVIATIONS, radius / DEVIATIONS)
    if tool.kind in _PAINTS:
        # Beside the ring: in its middle it would be taken for a point that is there.
        draw_target(painter, badge_place(center, radius), theme, target, classes=classes)


def badge_place(center: QPointF, radius: float) -> QPointF:
    """Return where beside a ring of ``radius`` pixels the point is drawn that would be painted."""
    out = (radius + GAP + 0.5 * POINT) * math.sqrt(0.5)
    return center + QPointF(out, out)


def _ways(kind: str, center: QPointF, apart: float) -> list[list[QPointF]]:
    """Return the lines of the signs, ``apart`` from the center or farther."""

    def at(side: tuple[float, float], out: float, aside: float) -> QPointF:
        x, y = side
        return QPointF(center.x() + x * out - y * aside, center.y() + y * out + x * aside)

    def arrow(side: tuple[float, float], start: float, tip: float) -> list[list[QPointF]]:
        ends = tip + (SIGN if start > tip else -SIGN)
        head = [at(side, ends, -SIGN), at(side, tip, 0.0), at(side, ends, SIGN)]
        return [[at(side, start, 0.0), at(side, tip, 0.0)], head]

    far = apart + ARROW
    slanted = [((x - y) * math.sqrt(0.5), (x + y) * math.sqrt(0.5)) for x, y in _SIDES]
    if kind == tools.ATTRACT:
        return [way for side in slanted for way in arrow(side, far, apart)]
    if kind == tools.REPEL:
        return [way for side in slanted for way in arrow(side, apart, far)]
    if kind == tools.JITTER:
        steps = (-2.0, -1.0, 0.0, 1.0, 2.0)
        return [
            [at(side, apart + SIGN * (number % 2), step * SIGN) for number, step in enumerate(steps)]
            for side in _SIDES[::2]
        ]
    if kind == tools.RAISE:
        return arrow(_SIDES[3], apart, far)
    return arrow(_SIDES[1], apart, far) if kind == tools.LOWER else []

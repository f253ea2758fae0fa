"""The guides in the picture: quiet lines that one can draw by."""

import math

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from app.painting.guides import Guides
from app.theme import Theme
from app.views.decision.plane import HIGH, LOW, Plane
from app.views.decision.tool import BRUSH, Tool
from app.views.ink import color

# Lines of the grid closer than this, in pixels, would be a gray area.
CLOSEST = 5.0


def draw_guides(painter: QPainter, plane: Plane, theme: Theme, guides: Guides) -> None:
    """Draw the grid, the axes of symmetry, and a veil over what lies beyond the limits."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if guides.grid * plane.unit >= CLOSEST:
        _draw_grid(painter, plane, theme, guides.grid)
    if guides.axes:
        _draw_axes(painter, plane, theme)
    _draw_symmetry(painter, plane, theme, guides)
    low, high = guides.limits
    if (low, high) != (LOW, HIGH):
        inner = QRectF(plane.to_pixel(low, high), plane.to_pixel(high, low))
        outside = QPainterPath()
        outside.addRect(plane.rect)
        outside.addRect(inner)
        painter.fillPath(outside, color(theme.surface, 0.55))
        painter.setPen(QPen(color(theme.text, 0.5), 1.0))
        painter.drawRect(inner)


def draw_copies(painter: QPainter, plane: Plane, theme: Theme, tool: Tool, at: tuple[float, float]) -> None:
    """Ring what else a tool reaches that is ``at`` a place, by symmetry, and mark where a brush's points would snap."""
    guides, radius = tool.guides, max(tool.radius * plane.unit, 2.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color(theme.text, 0.5), 1.0))
    for x, y in guides.repeated(np.array([at]))[1:].tolist():
        painter.drawEllipse(plane.to_pixel(x, y), radius, radius)
    if guides.grid and tool.kind == BRUSH:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(theme.text))
        for x, y in guides.apply(np.array([at])).tolist():
            painter.drawEllipse(plane.to_pixel(x, y), 2.5, 2.5)


def _draw_grid(painter: QPainter, plane: Plane, theme: Theme, grid: float) -> None:
    painter.setPen(QPen(color(theme.text, 0.16), 1.0))
    most = math.floor(HIGH / grid + 1e-9)
    lines = []
    for number in range(-most, most + 1):
        at = plane.to_pixel(number * grid, number * grid)
        lines.append(QLineF(at.x(), plane.top, at.x(), plane.top + plane.side))
        lines.append(QLineF(plane.left, at.y(), plane.left + plane.side, at.y()))
    painter.drawLines(lines)


def _through_the_middle(plane: Plane) -> tuple[QLineF, QLineF]:
    """Return the lines x₁ = 0 and x₂ = 0."""
    middle = plane.to_pixel(0.0, 0.0)
    return (
        QLineF(middle.x(), plane.top, middle.x(), plane.top + plane.side),
        QLineF(plane.left, middle.y(), plane.left + plane.side, middle.y()),
    )


def _draw_axes(painter: QPainter, plane: Plane, theme: Theme) -> None:
    for pen in (QPen(color(theme.surface, 0.6), 2.6), QPen(color(theme.text, 0.75), 1.0)):
        painter.setPen(pen)
        painter.drawLines(_through_the_middle(plane))


def _draw_symmetry(painter: QPainter, plane: Plane, theme: Theme, guides: Guides) -> None:
    middle = plane.to_pixel(0.0, 0.0)
    upright, level = _through_the_middle(plane)
    lines = [line for line, on in ((upright, guides.mirror_x1), (level, guides.mirror_x2)) if on]
    if guides.turns > 1:
        for number in range(guides.turns):
            angle = 0.5 * math.pi + 2.0 * math.pi * number / guides.turns
            lines.append(QLineF(middle, plane.to_pixel(2.0 * HIGH * math.cos(angle), 2.0 * HIGH * math.sin(angle))))
    for pen in (QPen(color(theme.surface, 0.6), 2.6), QPen(color(theme.accent, 0.8), 1.2, Qt.PenStyle.DashLine)):
        painter.setPen(pen)
        painter.drawLines(lines)

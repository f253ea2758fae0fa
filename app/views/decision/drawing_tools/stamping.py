"""Stamps: lines, circles, spirals and polygons that points are scattered along."""

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.description import counted
from app.painting.guides import Guides
from app.painting.stamps import circle, line, polygon, scattered_along, spiral
from app.painting.transforms import rotated
from app.theme import Theme
from app.views.decision import tool as tools
from app.views.decision.drawing_tools.drawing_tool import DrawingTool
from app.views.decision.drawing_tools.frame import ANGLE_STEP
from app.views.decision.drawing_tools.sheet import Sheet
from app.views.decision.drawing_tools.touch import Touch
from app.views.decision.plane import Plane
from app.views.decision.tool import Tool
from app.views.decision.tool_signs import POINT, draw_target, paint_color
from app.views.ink import color
from engine.datasets.dataset import Array

Place = tuple[float, float]
# A shape smaller than this, in pixels, was a click: it leaves nothing.
SMALLEST = 4.0
# How strongly the area is colored in which points will land.
SWATH = 0.3


def _turned(way: Array, center: Place, end: Place, upright: float) -> Array:
    """Return ``way``, which points to ``upright`` (an angle), turned to point to where the mouse is."""
    return rotated(way, center, math.atan2(end[1] - center[1], end[0] - center[0]) - upright)


def _line(start: Place, end: Place, tool: Tool) -> Array:
    return line(start, end)


def _circle(start: Place, end: Place, tool: Tool) -> Array:
    return circle(start, math.dist(start, end))


def _spiral(start: Place, end: Place, tool: Tool) -> Array:
    # It ends where it would without being turned: after so many whole and part turns.
    return _turned(spiral(start, math.dist(start, end), tool.turns), start, end, 2.0 * math.pi * tool.turns)


def _polygon(start: Place, end: Place, tool: Tool) -> Array:
    return _turned(polygon(start, math.dist(start, end), tool.corners), start, end, 0.5 * math.pi)


WAYS: dict[str, tuple[str, Callable[[Place, Place, Tool], Array]]] = {
    tools.LINE: ("line", _line),
    tools.CIRCLE: ("circle", _circle),
    tools.SPIRAL: ("spiral", _spiral),
    tools.POLYGON: ("polygon", _polygon),
}


class StampTool(DrawingTool):
    """Drawn from its start (a line) or its center (all others) outward; Shift turns it by steps of 15°."""

    spans = True

    def __init__(self, sheet: Sheet, kind: str) -> None:
        super().__init__(sheet)
        self._name, self._way_between = WAYS[kind]
        self._start: Touch | None = None
        self._end: Place = (0.0, 0.0)

    def press(self, touch: Touch) -> None:
        """Fix the start or the center."""
        self._start, self._end = touch, self._snapped(touch)
        self.sheet.changed.emit()

    def move(self, touch: Touch) -> None:
        """Draw it larger or smaller, and turn it."""
        if self._start is not None:
            self._end = self._end_of(self._start, touch)
            length = math.dist(self._snapped(self._start), self._end)
            self.sheet.said.emit(f"A {self._name} of {'length' if self._name == 'line' else 'radius'} {length:.2f}.")
            self.sheet.changed.emit()

    def release(self, touch: Touch) -> None:
        """Scatter points along it."""
        start = self._start
        if start is None:
            return
        end, self._start = self._end_of(start, touch), None
        first = self._snapped(start)
        self.sheet.changed.emit()
        if math.dist(first, end) * touch.unit < SMALLEST:
            self.sheet.said.emit(f"Drag to draw a {self._name}.")
            return
        tool, brush = self.sheet.tool, self.sheet.tool.brush
        way = self._way_between(first, end, tool)
        points = scattered_along(way, brush.density, brush.radius, brush.shape, self.sheet.random)
        places = drawn_apart(tool.guides, points)
        target = tool.other if start.other else tool.target
        if len(places):
            text = f"{self._name.capitalize()} of {counted(len(places), 'point')}"
            self.sheet.edit(lambda drawing: drawing.with_added(places, target), text)

    def cancel(self) -> None:
        """Draw nothing."""
        self._start = None
        self.sheet.changed.emit()

    def _snapped(self, touch: Touch) -> Place:
        x1, x2 = self.sheet.tool.guides.snapped(np.array([touch.place]))[0].tolist()
        return x1, x2

    def _end_of(self, start: Touch, touch: Touch) -> Place:
        x, y = self._snapped(start)
        if not touch.shift:
            return self._snapped(touch)
        length = math.dist((x, y), touch.place)
        angle = round(math.atan2(touch.x2 - y, touch.x1 - x) / ANGLE_STEP) * ANGLE_STEP
        return x + length * math.cos(angle), y + length * math.sin(angle)

    def draw(self, painter: QPainter, plane: Plane, theme: Theme, touch: Touch | None) -> None:
        """Draw the outline, with all its copies, and how far from it points will land."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        start = self._start
        if start is None:
            if touch is not None:
                _draw_aim(painter, plane, theme, self._snapped(touch), self.sheet)
            return
        first, tool, classes = self._snapped(start), self.sheet.tool, self.sheet.classes
        way = self._way_between(first, self._end, tool)
        copies = tool.guides.repeated(way).reshape(-1, len(way), 2)
        width = max(2.0 * tool.brush.radius * plane.unit, 1.0)
        join, cap = Qt.PenJoinStyle.RoundJoin, Qt.PenCapStyle.RoundCap
        ink = paint_color(theme, tool.other if start.other else tool.target, classes=classes)
        ink.setAlphaF(SWATH)
        broad = QPen(ink, width, Qt.PenStyle.SolidLine, cap, join)
        for pen in (broad, QPen(color(theme.surface, 0.8), 2.8), QPen(color(theme.text), 1.3)):
            painter.setPen(pen)
            for copy in copies:
                painter.drawPolyline(QPolygonF([plane.to_pixel(x, y) for x, y in copy.tolist()]))


def drawn_apart(guides: Guides, points: Array) -> Array:
    """Return what guides make of scattered ``points`` (n, 2); on a grid, where many fall together, each place once."""
    places = guides.apply(points)
    return np.unique(places.round(9), axis=0) if guides.grid else places


def _draw_aim(painter: QPainter, plane: Plane, theme: Theme, place: Place, sheet: Sheet) -> None:
    """Mark the place where a shape would begin, with what it would be drawn with."""
    at = plane.to_pixel(*place)
    painter.setPen(QPen(color(theme.text), 1.2))
    painter.drawEllipse(at, POINT, POINT)
    draw_target(painter, at, theme, sheet.tool.target, classes=sheet.classes)

"""Placing points one by one, exactly where they shall be."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from app.description import counted
from app.theme import Theme
from app.views.decision.drawing_tools.drawing_tool import DrawingTool
from app.views.decision.drawing_tools.sheet import Sheet
from app.views.decision.drawing_tools.touch import Touch
from app.views.decision.markers import draw_shapes
from app.views.decision.plane import Plane
from app.views.ink import color
from engine.datasets.dataset import Array

# How large the point in the hand is drawn, in pixels.
SIZE = 8.0


class SinglePointTool(DrawingTool):
    """The point goes with the mouse until the button is released; with guides, its copies too."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._at: Touch | None = None

    def press(self, touch: Touch) -> None:
        """Take a point into the hand."""
        self._at = touch
        self.sheet.changed.emit()

    def move(self, touch: Touch) -> None:
        """Carry it on."""
        if self._at is not None:
            self._at = touch
            self.sheet.changed.emit()

    def release(self, touch: Touch) -> None:
        """Place it."""
        if self._at is None:
            return
        other, self._at = self._at.other, None
        places = self._places(touch)
        if len(places):
            tool = self.sheet.tool
            target = tool.other if other else tool.target
            text = f"{counted(len(places), 'point')} placed"
            self.sheet.edit(lambda drawing: drawing.with_added(places, target), text)
        self.sheet.changed.emit()

    def cancel(self) -> None:
        """Place nothing."""
        self._at = None
        self.sheet.changed.emit()

    def _places(self, touch: Touch) -> Array:
        return self.sheet.tool.guides.apply(np.array([touch.place]))

    def draw(self, painter: QPainter, plane: Plane, theme: Theme, touch: Touch | None) -> None:
        """Draw the point, with its copies, where it would lie."""
        if touch is None:
            return
        sheet = self.sheet
        places = plane.to_pixels(self._places(touch))
        target = sheet.tool.other if self._at is not None and self._at.other else sheet.tool.target
        none = np.zeros(len(places), dtype=np.bool_)
        targets = np.full(len(places), target)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_shapes(painter, places, targets, none, theme, classes=sheet.classes, diameter=SIZE)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color(theme.text), 1.2))
        for x, y in places.tolist():
            painter.drawEllipse(QPointF(x, y), 0.75 * SIZE, 0.75 * SIZE)

"""Selecting with a rectangle or a lasso, and moving, turning and stretching what is selected."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from app.description import counted
from app.painting.drawing import Indices
from app.painting.selecting import in_lasso, in_rectangle
from app.painting.transforms import Bounds, bounds
from app.theme import Theme
from app.views.decision.drawing_tools.drawing_tool import DrawingTool
from app.views.decision.drawing_tools.frame import INSIDE, TURN, Carry, Frame
from app.views.decision.drawing_tools.selection_edits import put
from app.views.decision.drawing_tools.sheet import NOTHING, Sheet
from app.views.decision.drawing_tools.touch import Touch
from app.views.decision.plane import Plane
from app.views.ink import color
from engine.datasets.dataset import Array

# So near a click must be to a point, in pixels; and a drag that takes it along, or else draws around points.
CLICK_REACH, DRAG_REACH = 9.0, 5.0
# Where more points than these are so near, none of them can be meant: a drag draws around points there.
CROWD = 6
HANDLE = 7.0
_CURSORS = {
    INSIDE: Qt.CursorShape.SizeAllCursor,
    TURN: Qt.CursorShape.PointingHandCursor,
    "top left": Qt.CursorShape.SizeFDiagCursor,
    "bottom right": Qt.CursorShape.SizeFDiagCursor,
    "top right": Qt.CursorShape.SizeBDiagCursor,
    "bottom left": Qt.CursorShape.SizeBDiagCursor,
    "left": Qt.CursorShape.SizeHorCursor,
    "right": Qt.CursorShape.SizeHorCursor,
    "top": Qt.CursorShape.SizeVerCursor,
    "bottom": Qt.CursorShape.SizeVerCursor,
}


class SelectTool(DrawingTool):
    """Draws a rectangle around points, or a line if it is the ``lasso``.

    Shift adds to what is selected, Alt takes away from it, Control turns it around. A click selects one point. What is
    carried is learned from on its way, and is one step of the history.
    """

    spans = True

    def __init__(self, sheet: Sheet, *, lasso: bool = False) -> None:
        super().__init__(sheet)
        self._lasso = lasso
        self._way: list[Touch] = []
        self._carry: Carry | None = None
        self._dragged = False
        # All points as they were last handed on.
        self._handed: Array | None = None
        # The rectangle around the selected points, and of what it is.
        self._around = Bounds(0.0, 0.0, 0.0, 0.0)
        self._framed: tuple[object, ...] = (None, None, None)

    # The gesture

    def press(self, touch: Touch) -> None:
        """Take hold of the frame or of a point, or begin to draw around points."""
        sheet = self.sheet
        self._way, self._dragged, self._carry = [touch], False, None
        if not touch.plain:
            return
        grip = self._grip(touch)
        reach = DRAG_REACH / touch.unit
        if not grip and 1 <= sheet.count_near(*touch.place, reach) <= CROWD:
            # At once in the hand: one drag selects and moves it.
            sheet.select(np.array([sheet.nearest(*touch.place, reach)], dtype=np.intp))
            grip = INSIDE
        if grip and len(sheet.chosen):
            self._carry = Carry(sheet.points[sheet.chosen], grip, touch, sheet.tool.guides)

    def move(self, touch: Touch) -> None:
        """Move what is in the hand, or draw on around points."""
        if not self._way:
            return
        start = self._way[0]
        apart = (abs(touch.x1 - start.x1) + abs(touch.x2 - start.x2)) * touch.unit
        if not self._dragged and apart < QApplication.startDragDistance():
            return
        self._dragged = True
        sheet = self.sheet
        if self._carry is None:
            self._way.append(touch)
            sheet.changed.emit()
            return
        if sheet.moved is None:
            sheet.started.emit()
        points = sheet.points.copy()
        points[sheet.chosen] = self._carry.to(touch)
        sheet.show_moved(points)
        sheet.said.emit(f"{counted(len(sheet.chosen), 'point')}: {self._carry.text}.")

    def tick(self) -> None:
        """Hand on where the points in the hand are."""
        moved = self.sheet.moved
        if self._carry is not None and moved is not None and moved is not self._handed:
            self._handed = moved
            self._put(self._carry, moved[self.sheet.chosen])

    def release(self, touch: Touch) -> None:
        """Put down what is in the hand, or select."""
        if not self._way:
            return
        start, carry = self._way[0], self._carry
        sheet = self.sheet
        if not self._dragged:
            self._forget()
            self._click(start)
        elif carry is None:
            found = self._found(self._way)
            self._forget()
            self._choose(found, start)
        else:
            places = carry.to(touch)
            self._forget()
            if np.array_equal(places, carry.points):
                sheet.given_up.emit()
                return
            self._put(carry, places)
            sheet.finished.emit()

    def cancel(self) -> None:
        """Leave the points where they were."""
        carried = self.sheet.moved is not None
        self._forget()
        if carried:
            self.sheet.given_up.emit()

    def data_changed(self, points: Array) -> None:
        """Give up if these are not the points as they were handed on: what is in the hand lay among others."""
        if self._handed is None or not np.array_equal(points, self._handed):
            self._forget()

    def _forget(self) -> None:
        self._way, self._carry, self._dragged, self._handed = [], None, False, None
        if self.sheet.moved is not None:
            self.sheet.show_moved(None)
        self.sheet.changed.emit()

    def _put(self, carry: Carry, places: Array) -> None:
        put(self.sheet, places, f"{counted(len(places), 'point')} {carry.verb}")

    def _click(self, touch: Touch) -> None:
        point = self.sheet.nearest(*touch.place, CLICK_REACH / touch.unit)
        self._choose(np.array([point], dtype=np.intp) if point >= 0 else NOTHING, touch)

    def _found(self, way: list[Touch]) -> Indices:
        sheet = self.sheet
        found: NDArray[np.bool_]
        if self._lasso:
            found = in_lasso(sheet.points, np.array([touch.place for touch in way]))
        else:
            found = in_rectangle(sheet.points, way[0].place, way[-1].place)
        return np.flatnonzero(found & sheet.free)

    def _choose(self, found: Indices, touch: Touch) -> None:
        before = self.sheet.selection
        if touch.shift:
            found = np.union1d(before, found)
        elif touch.alt:
            found = np.setdiff1d(before, found)
        elif touch.control:
            found = np.setxor1d(before, found)
        self.sheet.select(found)
        if len(found):
            self.sheet.said.emit(
                f"{counted(len(found), 'point')} selected: drag, turn or stretch them, Delete removes them."
            )

    # The picture

    def _frame(self, unit: float) -> Frame | None:
        sheet = self.sheet
        points = sheet.points if sheet.moved is None else sheet.moved
        chosen = sheet.chosen
        if not len(chosen):
            return None
        key = (points, sheet.selection, sheet.free)
        if any(old is not new for old, new in zip(self._framed, key, strict=True)):
            # Far outside, nothing can be taken hold of.
            self._around = Bounds(*np.clip(bounds(points[chosen]), -60.0, 60.0).tolist())
            self._framed = key
        return Frame(self._around, unit)

    def _grip(self, touch: Touch) -> str:
        frame = self._frame(touch.unit)
        return "" if frame is None else frame.grip(*touch.place)

    def cursor(self, touch: Touch) -> Qt.CursorShape:
        """Show what one would take hold of."""
        grip = self._grip(touch) if touch.plain else ""
        return _CURSORS.get(grip, Qt.CursorShape.CrossCursor)

    def draw(self, painter: QPainter, plane: Plane, theme: Theme, touch: Touch | None) -> None:
        """Draw the frame with its handles, and what is being drawn around points."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self._frame(plane.unit)
        if frame is not None:
            self._draw_frame(painter, plane, theme, frame)
        if self._dragged and self._carry is None:
            self._draw_way(painter, plane, theme)

    def _draw_frame(self, painter: QPainter, plane: Plane, theme: Theme, frame: Frame) -> None:
        left, bottom, right, top = frame.outer
        rect = QRectF(plane.to_pixel(left, top), plane.to_pixel(right, bottom))
        handles = frame.handles
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in _dashes(theme):
            painter.setPen(pen)
            painter.drawRect(rect)
            if TURN in handles:
                turn = plane.to_pixel(*handles[TURN])
                nearest = rect.top() if turn.y() < rect.center().y() else rect.bottom()
                painter.drawLine(QPointF(rect.center().x(), nearest), turn)
        painter.setPen(QPen(color(theme.text), 1.4))
        painter.setBrush(color(theme.surface))
        for name, place in handles.items():
            at = plane.to_pixel(*place)
            if name == TURN:
                painter.drawEllipse(at, 0.6 * HANDLE, 0.6 * HANDLE)
            else:
                painter.drawRect(QRectF(at.x() - 0.5 * HANDLE, at.y() - 0.5 * HANDLE, HANDLE, HANDLE))

    def _draw_way(self, painter: QPainter, plane: Plane, theme: Theme) -> None:
        painter.setBrush(color(theme.text, 0.08))
        for pen in _dashes(theme):
            painter.setPen(pen)
            if self._lasso:
                painter.drawPolygon(QPolygonF([plane.to_pixel(*touch.place) for touch in self._way]))
            else:
                first, last = self._way[0], self._way[-1]
                painter.drawRect(QRectF(plane.to_pixel(*first.place), plane.to_pixel(*last.place)).normalized())
            painter.setBrush(Qt.BrushStyle.NoBrush)


def _dashes(theme: Theme) -> tuple[QPen, QPen]:
    """Return the two pens of a dashed line that is seen on every ground."""
    # Qt draws dashes of this very width many times faster than others.
    return QPen(color(theme.surface, 0.8), 2.6), QPen(color(theme.text), 1.0, Qt.PenStyle.DashLine)

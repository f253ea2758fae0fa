"""The mouse and the keys in the picture: they paint, erase, and pick samples."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.views.decision.display import Display
from app.views.decision.pick_input import PickInput
from app.views.decision.plane import HIGH, LOW
from app.views.decision.stroke_input import StrokeInput, Tool


class Canvas(Display):
    """Turns the mouse into strokes, and clicks on samples into picks.

    Signals:
        pointed: the place under the mouse in the plane, or None.
        key_pressed: a command of the keyboard.
        picked: the number of the sample that was clicked on, or −1 where there is none.
    """

    pointed = Signal(object)
    key_pressed = Signal(str)
    picked = Signal(int)

    def __init__(self, strokes: StrokeInput, parent: QWidget | None = None) -> None:
        super().__init__(strokes, parent)
        self._button = Qt.MouseButton.NoButton
        self._picking = PickInput()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke in the picture."""
        plane, place = self.plane, event.position()
        paints = event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
        if not paints or self.strokes.active or not plane.contains(place) or self._dataset is None:
            return
        self._keys.hide()
        erasing = self._tool_of(event.button()).erasing
        if not self._picking.press(event, self.sample_at(place), stepping=self.batch.is_shown, erasing=erasing):
            self._begin_stroke(place, event.button())
        self._point_at(place)

    def _begin_stroke(self, place: QPointF, button: Qt.MouseButton) -> None:
        self._picking.cancel()
        self._button = button
        other = button == Qt.MouseButton.RightButton
        self.strokes.press(*self.plane.to_plane(place), self._tool_of(button), other=other)

    def _tool_of(self, button: Qt.MouseButton) -> Tool:
        """Return what ``button`` of the mouse does."""
        return self._tool

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke, and say what lies under the mouse."""
        self._keys.hide()
        start = self._picking.moved_away(event.position())
        if start is not None:
            self._begin_stroke(start, Qt.MouseButton.LeftButton)
        if self.strokes.active:
            self.strokes.move(*self.plane.to_plane(event.position()))
        self._point_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish the stroke of this button, or pick what was clicked on."""
        sample = self._picking.release() if event.button() == Qt.MouseButton.LeftButton else None
        if sample is not None:
            self.picked.emit(sample)
        if self.strokes.active and event.button() == self._button:
            self.strokes.move(*self.plane.to_plane(event.position()))
            self.strokes.release()
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that one can paint here."""
        super().enterEvent(event)
        self._point_at(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the mouse."""
        super().leaveEvent(event)
        self._mouse = None
        self.pointed.emit(None)
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Finish a stroke whose end would never be seen."""
        self.strokes.release()
        self._picking.cancel()
        super().hideEvent(event)

    def _point_at(self, place: QPointF) -> None:
        plane = self.plane
        inside = plane.contains(place)
        picks = self.batch.is_shown and not self._tool.erasing and self.sample_at(place) >= 0
        cursor = Qt.CursorShape.PointingHandCursor if picks else Qt.CursorShape.CrossCursor
        self.setCursor(cursor if inside else Qt.CursorShape.ArrowCursor)
        self._mouse = place
        self.pointed.emit(_clamped(plane.to_plane(place)) if inside else None)
        self.update(plane.rect.toAlignedRect())

    # Keyboard

    def event(self, event: QEvent) -> bool:
        """Keep the keys used here from the window's shortcuts while the picture has the focus."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and (self._keys.command(event) or (event.key() == Qt.Key.Key_Escape and self.strokes.active))
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cross-hair, paint and erase at it, choose tools."""
        command = self._keys.command(event)
        if event.key() == Qt.Key.Key_Escape and self.strokes.active:
            self.strokes.release()
        elif command == "move":
            self._keys.move(event)
            self.pointed.emit(self._keys.position)
        elif command in ("paint", "erase") and not self.strokes.active and self._dataset is not None:
            self._keys.shown = True
            brush = self._tool.brush
            tool = Tool(command == "erase" or self._tool.erasing, self._tool.target, self._tool.other, brush)
            self.strokes.press(*self._keys.position, tool)
            self.strokes.release()
            self.pointed.emit(self._keys.position)
        elif command == "pick":
            self._keys.shown = True
            self.picked.emit(self.sample_at(self.plane.to_pixel(*self._keys.position)))
        elif command:
            self.key_pressed.emit(command)
        else:
            super().keyPressEvent(event)
            return
        self._ring = True
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring around the picture when the keyboard led here."""
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cross-hair; a stroke cannot go on in another window."""
        if event.reason() == Qt.FocusReason.ActiveWindowFocusReason:
            self.strokes.release()
        self._keys.hide()
        super().focusOutEvent(event)
        self.update()


def _clamped(place: tuple[float, float]) -> tuple[float, float]:
    return min(max(place[0], LOW), HIGH), min(max(place[1], LOW), HIGH)

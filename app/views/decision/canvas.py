"""The mouse and the keys in the picture: they paint, erase, pick samples, and lead the other tools."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.views.decision.display import Display
from app.views.decision.drawing_tools import selection_edits
from app.views.decision.drawing_tools.drawing_input import DrawingInput
from app.views.decision.drawing_tools.sheet import NOTHING
from app.views.decision.drawing_tools.touch import Touch, touch_at
from app.views.decision.keys import arrow
from app.views.decision.pick_input import PickInput
from app.views.decision.plane import HIGH, LOW
from app.views.decision.stroke_input import StrokeInput
from app.views.decision.tool import ADDING, ERASER, LASSO, SELECT, SPRAYING, STROKES, Tool


class Canvas(Display):
    """Turns the mouse into strokes, and clicks on samples into picks.

    Signals:
        pointed: the place under the mouse in the plane, or None.
        key_pressed: a command of the keyboard.
        picked: the number of the sample that was clicked on, or −1 where there is none.
        menu_requested: where, in the widget, what one can do with the selected points is to be offered.
    """

    pointed = Signal(object)
    key_pressed = Signal(str)
    picked = Signal(int)
    menu_requested = Signal(QPointF)

    def __init__(self, strokes: StrokeInput, drawing: DrawingInput, parent: QWidget | None = None) -> None:
        super().__init__(strokes, drawing, parent)
        self._button = Qt.MouseButton.NoButton
        # The button that asked for what may not be, as long as it is held.
        self._refused = Qt.MouseButton.NoButton
        self._picking = PickInput()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke in the picture."""
        plane, place = self.plane, event.position()
        paints = event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
        if not paints or self.is_busy or not plane.contains(place) or self._dataset is None:
            return
        self._keys.hide()
        # What the press has to say stays in view: the place under the mouse is said before.
        self._point_at(place)
        adding = self._tool_of(event.button()).kind in SPRAYING
        if self._selects:
            if event.button() == Qt.MouseButton.RightButton:
                self.menu_requested.emit(place)
            else:
                self._begin(place, event.button(), event.modifiers())
        elif not self._picking.press(event, self.sample_at(place), stepping=self.batch.is_shown, adding=adding):
            self._begin(place, event.button(), event.modifiers())
        self.update()

    @property
    def has_the_word(self) -> bool:
        """Whether what a tool says counts more than what lies under the mouse."""
        return self.drawing.active or self._refused != Qt.MouseButton.NoButton

    @property
    def is_busy(self) -> bool:
        """Whether a stroke or another gesture is under way."""
        return self.strokes.active or self.drawing.active

    def end_gesture(self) -> None:
        """End a stroke, or give up what else is under way."""
        self.strokes.release()
        self.drawing.cancel()

    @property
    def _selects(self) -> bool:
        return self._tool.kind in (SELECT, LASSO)

    def _begin(self, place: QPointF, button: Qt.MouseButton, modifiers: Qt.KeyboardModifier) -> None:
        """Begin a stroke, or what else the tool does."""
        self._picking.cancel()
        tool = self._tool_of(button)
        other = button == Qt.MouseButton.RightButton
        if not self._may_use(tool, other=other):
            self._refused = button
            return
        self._button = button
        if tool.kind in STROKES:
            self.strokes.press(*self.plane.to_plane(place), tool, other=other)
        else:
            self.drawing.press(touch_at(self.plane.to_plane(place), self.plane.unit, modifiers, other=other))

    def _may_use(self, tool: Tool, *, other: bool = False) -> bool:
        """Return whether the class may be painted; say so if not."""
        number = round(tool.other if other else tool.target)
        if self._classes < 2 or tool.kind not in ADDING:
            return True
        return selection_edits.may_paint(self.sheet, number)

    @property
    def _is_forbidden(self) -> bool:
        """Whether the left button would paint a class that is locked or hidden."""
        tool = self._tool
        return self._classes > 1 and tool.kind in ADDING and not tool.states.may_paint(round(tool.target))

    def _touch_of(self, event: QMouseEvent) -> Touch:
        other = self._button == Qt.MouseButton.RightButton
        return touch_at(self.plane.to_plane(event.position()), self.plane.unit, event.modifiers(), other=other)

    def _tool_of(self, button: Qt.MouseButton) -> Tool:
        """Return what ``button`` of the mouse does."""
        return self._tool

    @property
    def _target(self) -> float:
        """The class or value that is being painted, or would be with the left button."""
        other = self.is_busy and self._button == Qt.MouseButton.RightButton
        return self._tool.other if other else self._tool.target

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke, and say what lies under the mouse."""
        self._keys.hide()
        start = self._picking.moved_away(event.position())
        if start is not None:
            self._begin(start, Qt.MouseButton.LeftButton, event.modifiers())
        if self.strokes.active:
            self.strokes.move(*self.plane.to_plane(event.position()))
        elif self.drawing.active:
            self.drawing.move(self._touch_of(event))
        # Why nothing is drawn must be readable until the button is released.
        if self._refused == Qt.MouseButton.NoButton:
            self._point_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish the stroke of this button, or pick what was clicked on."""
        if event.button() == self._refused:
            self._refused = Qt.MouseButton.NoButton
        sample = self._picking.release() if event.button() == Qt.MouseButton.LeftButton else None
        if sample is not None:
            self.picked.emit(sample)
        if self.strokes.active and event.button() == self._button:
            self.strokes.move(*self.plane.to_plane(event.position()))
            self.strokes.release()
            self.update()
        elif self.drawing.active and event.button() == self._button:
            self.drawing.release(self._touch_of(event))
            self._point_at(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Make the tool's radius larger or smaller with Control."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier or not event.angleDelta().y():
            super().wheelEvent(event)
            return
        self.key_pressed.emit("wider" if event.angleDelta().y() > 0 else "narrower")
        event.accept()

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
        self._refused = Qt.MouseButton.NoButton
        self.end_gesture()
        self._picking.cancel()
        super().hideEvent(event)

    def _point_at(self, place: QPointF) -> None:
        plane = self.plane
        inside = plane.contains(place)
        picks = self.batch.is_shown and self._tool.kind in SPRAYING and self.sample_at(place) >= 0
        chosen = self.drawing.chosen
        cursor = Qt.CursorShape.CrossCursor
        if chosen is not None and not self.drawing.active:
            cursor = chosen.cursor(Touch(*plane.to_plane(place), plane.unit))
        elif chosen is not None:
            cursor = self.cursor().shape()
        elif picks:
            cursor = Qt.CursorShape.PointingHandCursor
        if self._is_forbidden and not picks:
            cursor = Qt.CursorShape.ForbiddenCursor
        if inside or not self.drawing.active:
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
            and (self._command(event) or (event.key() == Qt.Key.Key_Escape and self._can_escape))
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cross-hair, paint and erase at it, choose tools."""
        command = self._command(event)
        if event.key() == Qt.Key.Key_Escape and self._can_escape:
            self._escape()
        elif command == "move":
            self._keys.move(event)
            if self.drawing.active:
                self.drawing.move(self._key_touch(event))
            self.pointed.emit(self._keys.position)
        elif command == "erase" and len(self.sheet.selection):
            selection_edits.delete(self.sheet)
        elif command in ("paint", "erase") and self._dataset is not None:
            self._use(event, erasing=command == "erase")
        elif command == "nudge":
            selection_edits.nudge(self.sheet, *arrow(event), far=self._key_touch(event).shift)
        elif command == "select all":
            selection_edits.select_all(self.sheet)
        elif command == "duplicate":
            selection_edits.duplicate(self.sheet)
        elif command == "menu":
            self.menu_requested.emit(self.plane.to_pixel(*self._keys.position))
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

    def _command(self, event: QKeyEvent) -> str:
        return self._keys.command(event, selecting=self._selects and len(self.sheet.selection) > 0)

    def _key_touch(self, event: QKeyEvent) -> Touch:
        return touch_at(self._keys.position, self.plane.unit, event.modifiers())

    def _use(self, event: QKeyEvent, *, erasing: bool) -> None:
        """Use the tool at the cross-hair: one Enter begins what is drawn from place to place, the next one ends it."""
        self._keys.shown = True
        tool = replace(self._tool, kind=ERASER) if erasing else self._tool
        touch = self._key_touch(event)
        if self.strokes.active:
            return
        if self.drawing.active and not erasing:
            self.drawing.release(touch)
        elif self._may_use(tool) and tool.kind in STROKES:
            self.drawing.cancel()
            self.strokes.press(*self._keys.position, tool)
            self.strokes.release()
        elif self._may_use(tool):
            self.drawing.press(touch)
            chosen = self.drawing.chosen
            if chosen is not None and not chosen.spans:
                self.drawing.release(touch)
        self.pointed.emit(self._keys.position)

    @property
    def _can_escape(self) -> bool:
        return self.is_busy or len(self.sheet.selection) > 0

    def _escape(self) -> None:
        """End a stroke, give up what has begun, or select nothing."""
        if self.is_busy:
            self.end_gesture()
        else:
            self.sheet.select(NOTHING)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring around the picture when the keyboard led here."""
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cross-hair; a stroke cannot go on in another window."""
        if event.reason() == Qt.FocusReason.ActiveWindowFocusReason:
            self.end_gesture()
        self._keys.hide()
        super().focusOutEvent(event)
        self.update()


def _clamped(place: tuple[float, float]) -> tuple[float, float]:
    return min(max(place[0], LOW), HIGH), min(max(place[1], LOW), HIGH)

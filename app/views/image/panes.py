"""The three pictures of an image task, side by side, and drawing on the first of them."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.painting.pixels import Pixel
from app.pixels import image_of
from app.theme import LIGHT, Theme
from app.views.decision.batch import Batch
from app.views.decision.pick_input import PickInput
from app.views.image.keys import Key, draw_hatch, draw_key
from app.views.image.pencil import Pencil, PencilStrokes
from app.views.image.pictures import Pixels
from app.views.image.pixel_keys import command_of, moved_by
from app.views.image.pixels import draw_tip, frame_pixels
from app.views.ink import color
from engine.datasets.dataset import Array

CAPTIONS = ("Target", "Output", "Error")
GAP = 10.0
BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)


class Panes(QWidget):
    """Draws the three pictures, beside each other or one below the other, as large as there is room.

    In the first one the mouse draws; ``strokes`` brings the pixels.

    Signals:
        pointed: the place under the mouse, as shares of the picture from the left and from the top, or None.
        picked: the place of a pixel that is to be followed through the iteration.
        key_pressed: a command of the keyboard.
    """

    pointed = Signal(object)
    picked = Signal(object)
    key_pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._images: list[QImage | None] = [None, None, None]
        self._keys: tuple[Key, Key, Key] = (Key(), Key(), Key())
        self._hatched: NDArray[np.bool_] | None = None
        self._kept: list[Pixels | None] = [None, None, None]
        self._batch, self._shape = Batch(), (1, 1)
        self.strokes = PencilStrokes(self)
        self._pencil = Pencil()
        self._values: Array | None = None
        self._button = Qt.MouseButton.NoButton
        self._picking = PickInput()
        # The pixel under the mouse, or under the keyboard's frame.
        self._pixel: Pixel | None = None
        self._by_keys: Pixel | None = None
        self._ring = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(150, 120)
        self.setAccessibleName("Target, output and error of the image")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes."""
        self._theme = theme
        self.update()

    def set_pixels(self, number: int, pixels: Pixels | None) -> None:
        """Show ``pixels`` (rows, columns) as picture ``number``; None for nothing."""
        self._kept[number] = pixels
        self._images[number] = None
        if pixels is not None and pixels.size:
            self._images[number] = image_of(pixels)
        self.update()

    def set_pencil(self, pencil: Pencil) -> None:
        """Take what the mouse does from now on."""
        self._pencil = pencil
        self.update()

    def set_values(self, values: Array | None) -> None:
        """Take the target (rows, columns) that is drawn on; None for none."""
        self._values = values
        if values is None:
            self.strokes.release()
            self._pixel = self._by_keys = None
        elif self._by_keys is not None:
            self._by_keys = (min(self._by_keys[0], len(values) - 1), min(self._by_keys[1], values.shape[1] - 1))

    def set_keys(self, keys: tuple[Key, Key, Key]) -> None:
        """Explain the colors of the pictures above them."""
        if keys != self._keys:
            self._keys = keys
            self.update()

    def set_hatched(self, mask: NDArray[np.bool_] | None) -> None:
        """Hatch these pixels (rows, columns) of the target; None for none."""
        self._hatched = mask
        self.update()

    def set_batch(self, batch: Batch, shape: tuple[int, int]) -> None:
        """Frame the pixels of ``batch`` in pictures of so many rows and columns."""
        self._batch, self._shape = batch, shape
        self.update()

    def places(self) -> list[QRectF]:
        """Return where the three pictures lie."""
        line = self._theme.pixels(18)
        width, height = float(self.width()), float(self.height())
        beside = min((width - 4 * GAP) / 3.0, height - line - GAP)
        below = min(width - 2 * GAP, (height - 3 * line - 3 * GAP) / 3.0)
        # Two above and one below often leaves the largest pictures in a square view.
        square = min((width - 3 * GAP) / 2.0, (height - 2 * line - 2 * GAP) / 2.0)
        side = max(beside, below, square, 8.0)
        columns = 3 if side == beside else 1 if side == below else 2
        rows = -(-3 // columns)
        left = (width - columns * side - (columns - 1) * GAP) / 2.0
        top = max(0.0, (height - rows * (side + line) - (rows - 1) * GAP) / 2.0)
        # Two above leave one below, which stands in the middle.
        shifts = (0.0, 0.0, 0.5 * (side + GAP) if columns == 2 else 0.0)
        return [
            QRectF(
                left + (number % columns) * (side + GAP) + shifts[number],
                top + line + (number // columns) * (side + line + GAP), side, side,
            )
            for number in range(3)
        ]  # fmt: skip

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(380, 340)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pictures with their captions."""
        theme = self._theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color(theme.surface))
            for number, (image, caption, place) in enumerate(zip(self._images, CAPTIONS, self.places(), strict=True)):
                above = QRectF(place.left(), place.top() - theme.pixels(18), place.width(), theme.pixels(17))
                draw_key(painter, above, theme, self.font(), caption, self._keys[number])
                if image is not None:
                    painter.drawImage(place, image)
                    if number == 0 and self._hatched is not None:
                        draw_hatch(painter, place, theme, self._hatched)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                ring = number == 0 and self._ring and self.hasFocus()
                painter.setPen(QPen(color(theme.focus if ring else theme.outline), 2.0 if ring else 1.0))
                painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
                if self._batch.is_shown and image is not None:
                    frame_pixels(painter, place, theme, self._batch, self._shape)
            at = self._pixel if self._by_keys is None else self._by_keys
            if at is not None and self._values is not None:
                size = 1 if self._pencil.fills else self._pencil.size
                draw_tip(painter, self.places()[0], theme, self._values.shape, at, size)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke in the target, or a pick: there with Alt or while an iteration is walked through."""
        place, values = event.position(), self._values
        share = self._share_at(place)
        if share is None or event.button() not in BUTTONS or self.strokes.active:
            return
        self._by_keys = None
        pixel = self._target_pixel(place)
        if pixel is None or values is None or not self.places()[0].contains(place):
            if event.button() == Qt.MouseButton.LeftButton:
                self.picked.emit(share)
        elif not self._picking.press(event, self._number(pixel), stepping=self._batch.is_shown, adding=True):
            self._begin(pixel, event.button())
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke, and say which pixel lies under the mouse."""
        place = event.position()
        self._by_keys = None
        pixel = self._target_pixel(place)
        start = self._picking.moved_away(place)
        if start is not None and (first := self._target_pixel(start)) is not None:
            self._begin(first, Qt.MouseButton.LeftButton)
        if pixel is not None:
            self.strokes.move(pixel)
        on_target = self._values is not None and self.places()[0].contains(place)
        self._pixel = pixel if on_target or self.strokes.active else None
        self.setCursor(Qt.CursorShape.CrossCursor if on_target else Qt.CursorShape.ArrowCursor)
        self.pointed.emit(self._share_at(place))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish the stroke of this button, or pick the pixel that was clicked on."""
        sample = self._picking.release() if event.button() == Qt.MouseButton.LeftButton else None
        if sample is not None and sample >= 0:
            self.picked.emit(self._share_at(event.position()))
        if event.button() == self._button:
            self.strokes.release()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the mouse."""
        self._pixel = None
        self.pointed.emit(None)
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Finish a stroke whose end would never be seen."""
        self.strokes.release()
        self._picking.cancel()
        super().hideEvent(event)

    # Keyboard

    def event(self, event: QEvent) -> bool:
        """Keep the keys used here from the window's shortcuts while the pictures have the focus."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and (command_of(event) or (event.key() == Qt.Key.Key_Escape and self.strokes.active))
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the frame, draw and pick at it, choose tools."""
        command, values = command_of(event), self._values
        if event.key() == Qt.Key.Key_Escape and self.strokes.active:
            self.strokes.release()
        elif command in ("move", "draw", "pick") and values is not None:
            middle = (len(values) // 2, values.shape[1] // 2)
            here = self._by_keys or self._pixel or middle
            if command == "move" and (self._by_keys or self._pixel):
                here = moved_by(event, here, (values.shape[0], values.shape[1]))
            self._by_keys = here
            share = (here[1] + 0.5) / values.shape[1], (here[0] + 0.5) / len(values)
            if command == "draw" and not self.strokes.active:
                self.strokes.press(values, here, self._pencil)
                self.strokes.release()
            elif command == "pick":
                self.picked.emit(share)
            self.pointed.emit(share)
        elif command:
            self.key_pressed.emit(command)
        else:
            super().keyPressEvent(event)
            return
        self._ring = True
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the frame of the keyboard; a stroke cannot go on in another window."""
        if event.reason() == Qt.FocusReason.ActiveWindowFocusReason:
            self.strokes.release()
        self._by_keys = None
        super().focusOutEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring around the target when the keyboard led here."""
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)
        self.update()

    # Inside

    def _begin(self, pixel: Pixel, button: Qt.MouseButton) -> None:
        if self._values is None:
            return
        self._picking.cancel()
        self._button = button
        self.strokes.press(self._values, pixel, self._pencil, other=button == Qt.MouseButton.RightButton)

    def _number(self, pixel: Pixel) -> int:
        return -1 if self._values is None else pixel[0] * self._values.shape[1] + pixel[1]

    def _target_pixel(self, at: QPointF) -> Pixel | None:
        """Return row and column of the target at ``at``, which may lie beside it; None without a target."""
        if self._values is None:
            return None
        place, (rows, columns) = self.places()[0], self._values.shape
        row = int(np.floor((at.y() - place.top()) / place.height() * rows))
        column = int(np.floor((at.x() - place.left()) / place.width() * columns))
        if place.contains(at):
            return min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)
        return row, column

    def _share_at(self, at: QPointF) -> tuple[float, float] | None:
        for place in self.places():
            if place.contains(at):
                return (at.x() - place.left()) / place.width(), (at.y() - place.top()) / place.height()
        return None

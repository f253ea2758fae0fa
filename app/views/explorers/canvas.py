"""The drawn part of an explorer: its panels side by side, with a line that reads off."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import LIGHT, Theme
from app.views.explorers.painting import draw_levels, draw_panel
from app.views.explorers.panels import PLACES, Picture
from app.views.ink import color, sized

# Around a panel, in pixels at a text scale of 1: numbers to the left, title above, numbers below.
LEFT, TOP, BOTTOM, RIGHT = 40.0, 20.0, 18.0, 10.0
# A third plot needs so much width for itself.
LEVELS_WIDTH, WIDE = 150.0, 520.0
KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ExplorerCanvas(QWidget):
    """Draws a ``Picture``; ``pointed`` brings the place under the mouse or the keys, −1 for none.

    Left and Right move the place, with Shift by ten, Escape takes it away.
    """

    pointed = Signal(int)
    levels_pointed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._picture = Picture(())
        self._index = -1
        self._readings: tuple[str, ...] = ()
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 80)

    @property
    def index(self) -> int:
        """The place that is read off, or −1."""
        return self._index

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(420, 150)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes."""
        self._theme = theme
        self.update()

    def show_picture(self, picture: Picture) -> None:
        """Draw ``picture``."""
        self._picture = picture
        self.update()

    def set_readings(self, readings: tuple[str, ...], sentence: str) -> None:
        """Write what is read off above each panel; ``sentence`` is for those who do not see it."""
        self._readings = readings
        self.setAccessibleDescription(sentence)
        self.update()

    def boxes(self) -> tuple[list[QRectF], QRectF | None]:
        """Return where the panels lie, and the levels if there is room for them."""
        scale, count = self._theme.text_scale, len(self._picture.panels)
        width, height = float(self.width()), float(self.height())
        around = (LEFT + RIGHT) * scale
        has_levels = self._picture.levels is not None and width >= WIDE * scale
        beside = LEVELS_WIDTH * scale + around if has_levels else 0.0
        if has_levels and count:
            beside = max(beside, width * 0.26)
        each = (width - beside) / max(count, 1)
        tall = max(height - (TOP + BOTTOM) * scale, 10.0)

        def box(left: float, room: float) -> QRectF:
            return QRectF(round(left + LEFT * scale), round(TOP * scale), max(round(room - around), 10), round(tall))

        boxes = [box(number * each, each) for number in range(count)]
        return boxes, box(count * each, beside) if has_levels else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the panels, and the focus around them."""
        theme, picture = self._theme, self._picture
        boxes, beside = self.boxes()
        with QPainter(self) as painter:
            painter.setFont(sized(self.font(), theme, 11))
            for number, (panel, box) in enumerate(zip(picture.panels, boxes, strict=True)):
                reading = self._readings[number] if number < len(self._readings) and self._index >= 0 else ""
                draw_panel(painter, panel, box, theme, self._index, reading)
            if beside is not None and picture.levels is not None:
                draw_levels(painter, picture.levels, beside, theme)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(color(theme.focus), 2.0))
                for box in boxes:
                    painter.drawRect(box)

    # ---- reading off ---------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read off at the place under the mouse."""
        boxes, beside = self.boxes()
        at = event.position()
        for panel, box in zip(self._picture.panels, boxes, strict=True):
            if box.contains(at):
                self._point_at(round((at.x() - box.left()) / box.width() * (len(panel.x) - 1)))
                return
        self._point_at(-1)
        if beside is not None and beside.contains(at):
            self.levels_pointed.emit()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the mouse."""
        self._point_at(-1)

    def event(self, event: QEvent) -> bool:
        """Keep the keys used here from the window's shortcuts while this has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            used = event.key() in KEYS or (event.key() == Qt.Key.Key_Escape and self._index >= 0)
            if used and not event.modifiers() & ~(
                Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
            ):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the place that is read off."""
        step = KEYS.get(Qt.Key(event.key()), 0)
        if step and self._picture.panels:
            step *= 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            start = self._index if self._index >= 0 else PLACES // 2
            self._point_at(int(np.clip(start + step, 0, PLACES - 1)))
        elif event.key() == Qt.Key.Key_Escape and self._index >= 0:
            self._point_at(-1)
        else:
            super().keyPressEvent(event)

    def place_of(self, panel: int, index: int) -> QPointF:
        """Return where the place ``index`` lies in a panel, at half its height."""
        box = self.boxes()[0][panel]
        return QPointF(box.left() + index / (PLACES - 1) * box.width(), box.center().y())

    def _point_at(self, index: int) -> None:
        if index != self._index:
            self._index = index
            self.pointed.emit(index)
            self.update()

"""A row of choices of which one holds: calmer and quicker than a drop-down for two or three."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from app.theme import LIGHT, Theme
from app.widgets.button import Button

PADDING, HEIGHT, FONT = 8.0, 22.0, 11.0


class Segment(Button):
    """One of the choices."""

    def __init__(self, label: str, remark: str, parent: QWidget) -> None:
        super().__init__(label, remark, parent=parent)
        self.setText(label)
        self.setCheckable(True)
        self._theme = LIGHT

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and the text size."""
        self._theme = theme
        font = self.font()
        font.setPixelSize(round(FONT * theme.text_scale))
        self.setFont(font)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return the size of the text with some air around it."""
        scale = self._theme.text_scale
        font = self.font()
        font.setPixelSize(round(FONT * scale))
        width = QFontMetricsF(font).horizontalAdvance(self.text()) + 2.0 * PADDING * scale
        return QSize(round(width), round(HEIGHT * scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chosen one raised, the others as plain text."""
        theme = self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
            font = self.font()
            font.setPixelSize(round(FONT * theme.text_scale))
            painter.setFont(font)
            if self.isChecked():
                painter.setPen(QPen(QColor(*theme.border), 1.0))
                painter.setBrush(QColor(*theme.surface))
                painter.drawRoundedRect(box, 5.0, 5.0)
            if self.hasFocus():
                painter.setPen(QPen(QColor(*theme.accent), 1.6))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box, 5.0, 5.0)
            strong = self.isChecked() or self.underMouse()
            painter.setPen(QColor(*(theme.text if strong else theme.muted)))
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Left and Right choose the neighbor."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        parent = self.parentWidget()
        if step and isinstance(parent, SegmentedControl):
            parent.choose_neighbor(self, step)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Left and Right, too, from the window's shortcuts while this has the focus."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            and not event.modifiers()
        ):
            event.accept()
            return True
        return super().event(event)


class SegmentedControl(QWidget):
    """A small bar of choices (name, label, remark), one of which is chosen; ``chosen`` says which when it changes."""

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str, str]], chosen: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._theme = LIGHT
        self._group = QButtonGroup(self)
        self._segments: dict[str, Segment] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for key, label, remark in choices:
            segment = Segment(label, remark, self)
            segment.setAccessibleName(f"{name}: {label}")
            segment.setChecked(key == chosen)
            self._segments[key] = segment
            self._group.addButton(segment)
            row.addWidget(segment)
        self._current = chosen
        self._group.buttonToggled.connect(self._notice)
        self.set_theme(LIGHT)

    @property
    def current(self) -> str:
        """The name of what is chosen."""
        return self._current

    def choose(self, name: str) -> None:
        """Choose ``name``; raises KeyError for one that there is not."""
        self._segments[name].setChecked(True)

    def choose_neighbor(self, segment: Segment, step: int) -> None:
        """Choose what lies ``step`` to the right of ``segment``, and move the focus there."""
        segments = list(self._segments.values())
        neighbor = segments[(segments.index(segment) + step) % len(segments)]
        neighbor.setFocus(Qt.FocusReason.TabFocusReason)
        neighbor.setChecked(True)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and the text size."""
        self._theme = theme
        for segment in self._segments.values():
            segment.set_theme(theme)
        self.setFixedSize(self.sizeHint())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the groove the choices lie in."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(*self._theme.window))
            painter.drawRoundedRect(QRectF(self.rect()), 7.0, 7.0)

    def _notice(self) -> None:
        name = next(key for key, segment in self._segments.items() if segment.isChecked())
        if name != self._current:
            self._current = name
            self.chosen.emit(name)

"""The tool row above the picture: which class to paint, the eraser, the brush, and clear."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QWidget

from app.icons import icon
from app.painting.brush import Brush
from app.theme import LIGHT, Theme
from app.views.decision.markers import MARKER_DEPTH, fill_color
from app.views.decision.stroke_input import Tool
from app.views.ink import color
from app.views.parameter_text import short_number
from app.widgets.button import Button
from app.widgets.labeled import Labeled
from app.widgets.popover import Popover
from app.widgets.slider import Slider
from app.widgets.teach import teach

RADII = (0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 1.75, 2.0)
DENSITIES = (0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0)
VALUES = tuple(round(step / 20.0, 2) for step in range(-20, 21))
ICON = 16


class ToolRow(QWidget):
    """Chooses the tool; ``tool_changed`` says when another one is in force."""

    tool_changed = Signal()
    undo_requested = Signal()
    clear_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._classes = True
        self._value = 1.0
        self._brush = Brush()
        self.first = Button("A", "Paint class A with the left button, class B with the right one (key A or 1).")
        self.second = Button("B", "Paint class B with the left button, class A with the right one (key B or 2).")
        self.paint = Button("Paint value", "Paint points that want this value; the right button paints its opposite.")
        self.value = Slider(VALUES, "Value to paint", "The value that painted points want the network to put out.")
        self.value_label = QLabel()
        self.erase = Button("Eraser", "Erase points along the way of the mouse (key E).")
        self.settings = Button("Brush", "How wide the brush sprays and how many points it leaves (keys [ and ]).")
        self.undo = Button("Undo", "Take the last stroke or change back (Ctrl+Z).")
        self.undo.setEnabled(False)
        self.clear = Button("Clear", "Remove all points and start with an empty canvas; Ctrl+Z brings them back.")
        self.first.setAccessibleName("Paint class A")
        self.second.setAccessibleName("Paint class B")
        self.clear.setAccessibleName("Remove all points")
        for button, text in ((self.first, "A"), (self.second, "B")):
            button.setText(text)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._group = QButtonGroup(self)
        for button in (self.first, self.second, self.paint, self.erase):
            button.setCheckable(True)
            self._group.addButton(button)
        self.first.setChecked(True)
        self._painting: Button = self.first
        self._make_popover()
        self.value.set_stop(self._value)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 0)
        row.setSpacing(2)
        for part in (self.first, self.second, self.paint, self.value, self.value_label):
            row.addWidget(part)
        for part in (self.erase, self.settings):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.undo)
        row.addWidget(self.clear)
        self._group.buttonToggled.connect(self._toggled)
        self.value.moved.connect(self._value_moved)
        self.undo.clicked.connect(self.undo_requested)
        self.clear.clicked.connect(self.clear_requested)
        self._show_task()
        self.set_theme(LIGHT)

    @property
    def tool(self) -> Tool:
        """The tool in force."""
        erasing = self.erase.isChecked()
        if not self._classes:
            return Tool(erasing, self._value, -self._value, self._brush)
        first = self._painting is not self.second
        return Tool(erasing, 0.0 if first else 1.0, 1.0 if first else 0.0, self._brush)

    def set_classes(self, classes: bool) -> None:
        """Offer classes to paint, or values."""
        if classes == self._classes:
            return
        self._classes = classes
        erasing = self.erase.isChecked()
        self._painting = self.first if classes else self.paint
        if not erasing:
            self._painting.setChecked(True)
        self._show_task()
        self.tool_changed.emit()

    def choose(self, *, second: bool) -> None:
        """Choose the first or the second class; for values, the lowest or the highest."""
        if self._classes:
            (self.second if second else self.first).setChecked(True)
        else:
            self._set_value(1.0 if second else -1.0)

    def choose_eraser(self) -> None:
        """Switch between erasing and painting."""
        (self._painting if self.erase.isChecked() else self.erase).setChecked(True)

    def change_radius(self, steps: int) -> None:
        """Make the brush wider or narrower by ``steps`` stops of its slider."""
        self.radius.setValue(self.radius.value() + steps)

    def show_undo(self, what: str) -> None:
        """Let undo say what it would take back; empty if nothing."""
        self.undo.setEnabled(bool(what))
        teach(self.undo, f"Take back: {what} (Ctrl+Z)." if what else "Take the last stroke or change back (Ctrl+Z).")

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colors."""
        self._theme = theme
        size = QSize(theme.pixels(ICON), theme.pixels(ICON))
        ratio = self.devicePixelRatioF()
        self.first.setIcon(class_icon(theme, size.width(), ratio, second=False))
        self.second.setIcon(class_icon(theme, size.width(), ratio, second=True))
        self.paint.setIcon(icon("brush", theme))
        self.erase.setIcon(icon("eraser", theme))
        self.settings.setIcon(icon("settings", theme))
        self.undo.setIcon(icon("undo", theme))
        self.clear.setIcon(icon("clear", theme))
        for button in (self.first, self.second, self.paint, self.erase, self.settings, self.undo, self.clear):
            button.setIconSize(size)
        self.value_label.setFixedWidth(theme.pixels(36))

    def _make_popover(self) -> None:
        self.popover = Popover(self)
        self.radius = Slider(RADII, "Brush radius", "How far from the mouse points may land, and how far it erases.")
        self.density = Slider(DENSITIES, "Brush density", "How many points a stroke leaves per unit of its way.")
        self.radius.set_stop(self._brush.radius)
        self.density.set_stop(self._brush.density)
        self._radius_label = Labeled("", self.radius)
        self._density_label = Labeled("", self.density)
        for part in (self._radius_label, self._density_label):
            part.setMinimumWidth(190)
            self.popover.column.addWidget(part)
        self.radius.moved.connect(self._brush_changed)
        self.density.moved.connect(self._brush_changed)
        self.settings.clicked.connect(self._open_popover)
        self._name_brush()

    def _open_popover(self) -> None:
        self.popover.open_below(self.settings)

    def _brush_changed(self) -> None:
        self._brush = replace(self._brush, radius=self.radius.stop(), density=self.density.stop())
        self._name_brush()
        self.tool_changed.emit()

    def _name_brush(self) -> None:
        self._radius_label.label.setText(f"Radius {self._brush.radius:g}")
        self._density_label.label.setText(f"Points per unit of the way: {self._brush.density:g}")

    def _value_moved(self, value: float) -> None:
        self._set_value(value)

    def _set_value(self, value: float) -> None:
        self._value = value
        self.value.set_stop(value)
        self.value_label.setText(short_number(value))
        self.paint.setChecked(True)
        self.tool_changed.emit()

    def _toggled(self) -> None:
        chosen = self._group.checkedButton()
        if isinstance(chosen, Button) and chosen is not self.erase:
            self._painting = chosen
        self.tool_changed.emit()

    def _show_task(self) -> None:
        for part in (self.first, self.second):
            part.setVisible(self._classes)
        for other in (self.paint, self.value, self.value_label):
            other.setVisible(not self._classes)
        self.value_label.setText(short_number(self._value))


def class_icon(theme: Theme, size: int, ratio: float, *, second: bool) -> QIcon:
    """Return the marker of a class as an icon: a disk for the first, a square for the second."""
    side = max(round(size * ratio), 1)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(fill_color(theme, 1.0 if second else -1.0, MARKER_DEPTH)))
        if second:
            inset = 0.19 * side
            painter.drawRoundedRect(QRectF(inset, inset, side - 2.0 * inset, side - 2.0 * inset), 1.5, 1.5)
        else:
            painter.drawEllipse(QPointF(0.5 * side, 0.5 * side), 0.34 * side, 0.34 * side)
    pixmap.setDevicePixelRatio(ratio)
    return QIcon(pixmap)

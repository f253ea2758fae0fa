"""The tool row above the picture: which class to paint, the eraser, the brush, and clear."""

from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QWidget

from app.icons import icon
from app.painting.brush import Brush
from app.theme import LIGHT, Theme
from app.views.decision.stroke_input import Tool
from app.views.decision.swatches import ClassSwatches
from app.views.parameter_text import short_number
from app.widgets.button import Button
from app.widgets.flow_layout import FlowLayout
from app.widgets.labeled import Labeled
from app.widgets.popover import Popover
from app.widgets.slider import Slider
from app.widgets.teach import teach
from app.widgets.visibility import hide_the_rest, show_only

RADII = (0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 1.75, 2.0)
DENSITIES = (0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0)
VALUES = tuple(round(step / 20.0, 2) for step in range(-20, 21))
ICON = 16


class ToolRow(QWidget):
    """Chooses the tool; ``tool_changed`` says when another one is in force."""

    tool_changed = Signal()
    undo_requested = Signal()
    clear_requested = Signal()
    classes_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._classes = 2
        self._limits = (2, 2)
        self._value = 1.0
        self._value_name = "value"
        self._brush = Brush()
        self.swatches = ClassSwatches(self)
        self.classes = self.swatches.buttons
        self.paint = Button("Paint value", "")
        self.value = Slider(VALUES, "Value to paint", "")
        self.value_label = QLabel()
        self.erase = Button("Eraser", "Erase points along the way of the mouse (key E).")
        self.settings = Button("Brush", "How wide the brush sprays and how many points it leaves (keys [ and ]).")
        self.undo = Button("Undo", "Take the last stroke or change back (Ctrl+Z).")
        self.undo.setEnabled(False)
        self.clear = Button("Clear", "Remove all points and start with an empty canvas; Ctrl+Z brings them back.")
        self.clear.setAccessibleName("Remove all points")
        self._group = QButtonGroup(self)
        for button in (*self.classes, self.paint, self.erase):
            button.setCheckable(True)
            self._group.addButton(button)
        self.classes[0].setChecked(True)
        self._painting: Button = self.classes[0]
        self._make_popover()
        self.value.set_stop(self._value)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 0)
        row.setSpacing(2)
        # In as many rows as many classes need: they must not widen the dock.
        tools = FlowLayout(gap=2, row_gap=0, centered=True)
        for part in (*self.swatches.parts, self.paint, self.value, self.value_label):
            tools.addWidget(part)
        for part in (self.erase, self.settings):
            tools.addWidget(part)
        row.addLayout(tools, 1)
        row.addWidget(self.undo)
        row.addWidget(self.clear)
        self._group.buttonToggled.connect(self._toggled)
        self.value.moved.connect(self._value_moved)
        self.swatches.wanted.connect(self.classes_wanted)
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
        number = self.classes.index(self._painting)
        # The right button paints the other of two classes, or the next of several.
        return Tool(erasing, float(number), float((number + 1) % self._classes), self._brush)

    def set_classes(self, classes: int, limits: tuple[int, int] | None = None, value_name: str = "value") -> None:
        """Offer this many classes to paint, or values if there are none.

        Args:
            classes: how many there are.
            limits: the least and the most there may be; None where their number is not to be chosen.
            value_name: what a value is called.
        """
        limits = limits or (classes, classes)
        if (classes, limits, value_name) == (self._classes, self._limits, self._value_name):
            return
        self._classes, self._limits, self._value_name = classes, limits, value_name
        erasing = self.erase.isChecked()
        if not classes:
            self._painting = self.paint
        elif self._painting not in self.classes[:classes]:
            self._painting = self.classes[0]
        if not erasing:
            self._painting.setChecked(True)
        self._show_task()
        self.tool_changed.emit()

    def choose(self, number: int) -> None:
        """Choose the class ``number``, if there is one; for values, the lowest (0) or the highest (1)."""
        if number < self._classes:
            self.classes[number].setChecked(True)
        elif not self._classes and number < 2:
            self._set_value(1.0 if number else -1.0)

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
        self.swatches.set_theme(theme, size, self.devicePixelRatioF())
        self.paint.setIcon(icon("brush", theme))
        self.erase.setIcon(icon("eraser", theme))
        self.settings.setIcon(icon("settings", theme))
        self.undo.setIcon(icon("undo", theme))
        self.clear.setIcon(icon("clear", theme))
        for button in (self.paint, self.erase, self.settings, self.undo, self.clear):
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
        wanted = self.swatches.wanted_parts(self._classes, self._limits)
        wanted |= dict.fromkeys((self.paint, self.value, self.value_label), not self._classes)
        hide_the_rest(wanted)
        self._name_parts()
        show_only(wanted)

    def _name_parts(self) -> None:
        self.swatches.name(self._classes, self._limits)
        name = self._value_name
        teach(self.paint, f"Paint points with this {name}; the right button paints its opposite (keys 1 and 2: −1, 1).")
        self.paint.setAccessibleName(f"Paint {name}")
        teach(self.value, f"The {name} of the points that are painted.")
        self.value.setAccessibleName(f"{name.capitalize()} to paint")
        self.value_label.setText(short_number(self._value))

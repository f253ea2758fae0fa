"""The tool row above the picture: which class to paint, the palette of tools, their settings, undo and clear."""

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QLabel, QWidget

from app.icons import icon
from app.theme import LIGHT, Theme
from app.views.decision import tool as tools
from app.views.decision.flood_popover import FloodPopover
from app.views.decision.guides_popover import GuidesPopover
from app.views.decision.palette import Palette
from app.views.decision.palette_entries import ERASE
from app.views.decision.swatches import ClassSwatches
from app.views.decision.tool import Tool
from app.views.decision.tool_options import ToolOptions
from app.views.parameter_text import short_number
from app.widgets.button import Button
from app.widgets.flow_layout import FlowLayout
from app.widgets.slider import Slider
from app.widgets.teach import teach
from app.widgets.undo_button import UndoButton
from app.widgets.visibility import hide_the_rest, show_only

VALUES = tuple(round(step / 20.0, 2) for step in range(-20, 21))
ICON = 16
# Of the slider: wide enough for a stop to be hit.
VALUE_WIDTH = 150
# Between tools and classes, side by side.
BETWEEN = 24
# What is painted with: of these, one comes back when a class is chosen while a tool is that has no use for it.
_PAINTING = (tools.BRUSH, tools.POINT, *tools.STAMPS, tools.RECOLOR, tools.LEVEL)
# What the button for a formula is called, and what it does: with classes or values, and on a curve.
FORMULA = ("Split by a formula", "Give points a class or value by a formula such as y > sin(x) (key Y).")
FORMULA_OF_CURVE = ("Points along a formula", "Put points along a formula such as y = sin(x) (key Y).")
_SELECTING = (tools.SELECT, tools.LASSO)


class ToolRow(QWidget):
    """Chooses the tool; ``tool_changed`` says when another one is in force.

    ``class_chosen`` brings the number of a class (or −1 for a value) that the user chose, ``menu_requested`` asks for
    what can be done with the selected points, ``flood_requested`` for the field for a formula, ``guides_requested`` for
    the guides, ``large_requested`` for the whole window, or for no more than before.
    """

    tool_changed = Signal()
    undo_requested = Signal()
    clear_requested = Signal()
    classes_wanted = Signal(int)
    class_chosen = Signal(int)
    menu_requested = Signal()
    flood_requested = Signal()
    guides_requested = Signal()
    large_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._classes = 2
        self._limits = (2, 2)
        self._value = 1.0
        self._value_name = "value"
        self.swatches = ClassSwatches(self)
        self.classes = self.swatches.buttons
        self.value = Slider(VALUES, "Value to paint", "")
        self.value_label = QLabel()
        self.value_label.setContentsMargins(6, 0, 0, 0)
        self.toolbox = Palette(self)
        self.options = ToolOptions(self)
        self.guides = GuidesPopover(self)
        self.flood = FloodPopover(self)
        self.settings = Button("Tool settings", "How the chosen tool works: radius, density and more (keys [ and ]).")
        self.guides_button = Button("Guides", "Show axes, snap to a grid, draw symmetrically, and set limits (key K).")
        self.guides_button.setCheckable(True)
        self.flood_button = Button("", "")
        self.large = Button("Draw large", "Let the picture take the whole window, and give the room back (key F11).")
        self.large.setCheckable(True)
        self.undo = UndoButton()
        self.clear = Button("Clear", "Remove all points and start with an empty canvas; Ctrl+Z brings them back.")
        self.clear.setAccessibleName("Remove all points")
        for button in (self.flood_button, self.settings, self.guides_button, self.large, self.undo, self.clear):
            button.setProperty("role", "tool")
        self._group = QButtonGroup(self)
        for button in self.classes:
            button.setCheckable(True)
            self._group.addButton(button)
        self.classes[0].setChecked(True)
        self._painting = tools.BRUSH
        self.value.set_stop(self._value)
        self.toolbox.set_classes(self._classes)
        self._arrange()
        self._connect()
        self._show_task()
        self.set_theme(LIGHT)

    def _arrange(self) -> None:
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._rows.setContentsMargins(2, 2, 2, 0)
        self._rows.setSpacing(0)
        # In as many rows as many classes need: they must not widen the dock.
        colors = FlowLayout(gap=2, row_gap=0, centered=True)
        for part in (*self.swatches.parts, self.value, self.value_label):
            colors.addWidget(part)
        self._first = first = QHBoxLayout()
        first.setSpacing(2)
        first.addLayout(colors, 1)
        for button in (*self.swatches.counters, self.undo, self.clear):
            first.addWidget(button)
        self._second = second = FlowLayout(gap=1, row_gap=0, centered=True)
        for button in (*self.toolbox.buttons, self.flood_button, self.settings, self.guides_button, self.large):
            second.addWidget(button)
        self._rows.addLayout(first, 1)
        self._rows.addLayout(second)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put classes and tools side by side where there is room, else below each other."""
        super().resizeEvent(event)
        wide = self.width() >= self._first.sizeHint().width() + self._second.sizeHint().width() + BETWEEN
        directions = QBoxLayout.Direction
        self._rows.setSpacing(BETWEEN if wide else 0)
        self._rows.setDirection(directions.RightToLeft if wide else directions.TopToBottom)

    def _connect(self) -> None:
        self._group.buttonClicked.connect(self._class_clicked)
        self.toolbox.chosen.connect(self._chosen)
        self.value.moved.connect(self._set_value)
        self.options.changed.connect(self.tool_changed)
        self.guides.changed.connect(self._guides_changed)
        self.swatches.wanted.connect(self.classes_wanted)
        self.swatches.states_changed.connect(self.tool_changed)
        self.settings.clicked.connect(self.open_options)
        self.guides_button.clicked.connect(self.guides_requested)
        self.flood_button.clicked.connect(self.flood_requested)
        self.large.clicked.connect(self.large_requested)
        self.undo.clicked.connect(self.undo_requested)
        self.clear.clicked.connect(self.clear_requested)

    @property
    def tool(self) -> Tool:
        """The tool in force."""
        options = self.options
        if self._classes:
            number = self.classes.index(self._checked_class)
            # The right button paints the other of two classes, or the next of several.
            target, other = float(number), float((number + 1) % self._classes)
        else:
            target, other = self._value, -self._value
        return Tool(
            kind=self.toolbox.kind,
            target=target,
            other=other,
            brush=options.brush,
            only_class=options.only_class.isChecked() and self._classes > 1,
            strength=options.strength.stop(),
            turns=options.turns.stop(),
            corners=round(options.corners.stop()),
            guides=self.guides.guides,
            states=self.swatches.states,
        )

    @property
    def _checked_class(self) -> Button:
        button = self._group.checkedButton()
        return button if isinstance(button, Button) else self.classes[0]

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
        if self._checked_class not in self.classes[: max(classes, 1)]:
            self.classes[0].setChecked(True)
        self.toolbox.set_classes(classes)
        self._show_task()
        self.tool_changed.emit()

    def choose(self, number: int) -> None:
        """Choose the class ``number``, if there is one; for values, the lowest (0) or the highest (1)."""
        if number < self._classes:
            self.classes[number].setChecked(True)
            self._take_class(number)
        elif not self._classes and number < 2:
            self.value.set_stop(1.0 if number else -1.0)
            self._set_value(1.0 if number else -1.0)

    def choose_family(self, letter: str) -> None:
        """Choose the tools of a key; the eraser's own key goes back to painting."""
        if letter == ERASE.letter and self.toolbox.kind == tools.ERASER:
            self.toolbox.choose(self._painting)
        else:
            self.toolbox.choose_family(letter)

    def change_radius(self, steps: int) -> None:
        """Make the brush wider or narrower by ``steps`` stops of its slider."""
        self.options.radius.setValue(self.options.radius.value() + steps)

    def open_options(self) -> None:
        """Show the settings of the tool, or what can be done with the selected points."""
        kind = self.toolbox.kind
        if kind in _SELECTING:
            self.menu_requested.emit()
            return
        self.options.show_kind(kind, self._classes)
        self.options.open_below(self.settings)

    def open_flood(self, picture: QRect, names: tuple[str, ...]) -> None:
        """Show the field for a formula, beside the ``picture`` (on the screen) if there is room."""
        self.flood.offer(self._classes, names, self.swatches.states, self.tool.target)
        self.flood.open_below(self.flood_button, picture)

    def show_large(self, large: bool) -> None:
        """Show whether the picture has the whole window."""
        self.large.setChecked(large)

    def open_guides(self, picture: QRect) -> None:
        """Show the guides, beside the ``picture`` (on the screen) if there is room: one sees there what they do."""
        self.guides_button.setChecked(self.guides.in_use)
        self.guides.open_below(self.guides_button, picture)

    def show_undo(self, what: str) -> None:
        """Let undo say what it would take back; empty if nothing."""
        self.undo.show_undo(what)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colors."""
        self._theme = theme
        size = QSize(theme.pixels(ICON), theme.pixels(ICON))
        self.swatches.set_theme(theme, size, self.devicePixelRatioF())
        self.toolbox.set_theme(theme, size)
        self.options.set_theme(theme)
        self.settings.setIcon(icon("options", theme))
        self.guides_button.setIcon(icon("guides", theme))
        self.flood_button.setIcon(icon("flood", theme))
        self.large.setIcon(icon("large", theme))
        self.undo.setIcon(icon("undo", theme))
        self.clear.setIcon(icon("clear", theme))
        self.flood.set_theme(theme)
        for button in (
            self.flood_button, self.settings, self.guides_button, self.large, self.undo, self.clear,
        ):  # fmt: skip
            button.setIconSize(size)
        # As high as the buttons beside them, so that slider and buttons stand on one line.
        self.value.setFixedWidth(theme.pixels(VALUE_WIDTH))
        self.value_label.setFixedSize(theme.pixels(46), self.undo.sizeHint().height())

    def _chosen(self, kind: str) -> None:
        if kind in _PAINTING:
            self._painting = kind
        self.tool_changed.emit()

    def _class_clicked(self, button: QWidget) -> None:
        self._take_class(self.classes.index(button))

    def _take_class(self, number: int) -> None:
        self._paint_again()
        self.tool_changed.emit()
        self.class_chosen.emit(number)

    def _paint_again(self) -> None:
        """Go back to painting from a tool that has no use for a class or a value."""
        kind = self.toolbox.kind
        uses = (*_PAINTING, *_SELECTING, *((tools.ERASER,) if self.options.only_class.isChecked() else ()))
        if kind not in uses:
            self.toolbox.choose(self._painting)

    def _set_value(self, value: float) -> None:
        self._value = value
        self.value_label.setText(short_number(value))
        self._paint_again()
        self.tool_changed.emit()

    def _guides_changed(self) -> None:
        self.guides_button.setChecked(self.guides.in_use)
        self.tool_changed.emit()

    def _show_task(self) -> None:
        wanted = self.swatches.wanted_parts(self._classes, self._limits)
        wanted |= dict.fromkeys((self.value, self.value_label), not self._classes)
        wanted |= {button: bool(button.offered) for button in self.toolbox.buttons}
        hide_the_rest(wanted)
        self._name_parts()
        show_only(wanted)

    def _name_parts(self) -> None:
        self.swatches.name(self._classes, self._limits)
        label, remark = FORMULA_OF_CURVE if self._classes == 1 else FORMULA
        self.flood_button.setAccessibleName(label)
        teach(self.flood_button, remark)
        name = self._value_name
        teach(self.value, f"The {name} to paint with; the right button paints its opposite (keys 1 and 2: −1, 1).")
        self.value.setAccessibleName(f"{name.capitalize()} to paint")
        self.value_label.setText(short_number(self._value))

"""The tool row above the pictures: which class or gray to draw, pencil or fill, its size, and undo."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QWidget

from app.changes.fitting import class_limits
from app.icons import icon
from app.painting.class_states import ClassStates
from app.painting.pixels import LARGEST_PENCIL
from app.theme import LIGHT, Theme
from app.views.decision.coverage import coverage
from app.views.decision.swatches import ClassSwatches
from app.views.image.pencil import SHADE, Pencil
from app.views.ink import color
from app.views.parameter_text import short_number
from app.widgets.button import Button
from app.widgets.flow_layout import FlowLayout
from app.widgets.slider import Slider
from app.widgets.teach import teach
from app.widgets.undo_button import UndoButton
from app.widgets.visibility import hide_the_rest, show_only
from engine.datasets.dataset import Dataset
from engine.experiment import Data

GRAYS = tuple(round(step / 20.0, 2) for step in range(21))
SIZES = tuple(float(size) for size in range(1, LARGEST_PENCIL + 1))
ICON = 16


class PencilRow(QWidget):
    """Chooses the pencil; ``pencil_changed`` says when another one is in force."""

    pencil_changed = Signal()
    undo_requested = Signal()
    clear_requested = Signal()
    changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._classes, self._limits = -1, (0, 0)
        self._gray, self._class = 0.0, 0
        self.swatches = ClassSwatches(self, can_hide=False, unit="pixel")
        self.gray = Slider(GRAYS, "Gray value to draw", "How bright the pixels get: 0 is black, 1 is white.")
        self.gray_sample, self.gray_label = QLabel(), QLabel()
        self.pencil = Button("Pencil", "Draw pixels along the way of the mouse (key B).")
        self.fill = Button("Fill", "")
        self.size_slider = Slider(SIZES, "Size of the pencil", "How many pixels the pencil is wide (keys [ and ]).")
        self.size_label = QLabel()
        self.undo = UndoButton()
        self.clear = Button(
            "Clear", "Give all pixels the first class, or make them white, to draw anew; Ctrl+Z brings them back."
        )
        self.clear.setAccessibleName("Clear all pixels")
        for button in (self.pencil, self.fill, self.undo, self.clear):
            button.setProperty("role", "tool")
        self._colors, self._tools = QButtonGroup(self), QButtonGroup(self)
        for group, buttons in ((self._colors, self.swatches.buttons), (self._tools, (self.pencil, self.fill))):
            for button in buttons:
                button.setCheckable(True)
                group.addButton(button)
        self.pencil.setChecked(True)
        self.swatches.buttons[0].setChecked(True)
        for label in (self.gray_label, self.size_label):
            label.setProperty("role", "caption")
            label.setContentsMargins(4, 0, 0, 0)
        self.gray_sample.setContentsMargins(4, 0, 4, 0)
        self._arrange()
        self._connect()
        self._show_numbers()
        self.set_theme(LIGHT)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 0)
        row.setSpacing(2)
        tools = FlowLayout(gap=2, row_gap=0, centered=True)
        self._grays = _together(self.gray_sample, self.gray, self.gray_label)
        size = _together(self.size_slider, self.size_label)
        for part in (*self.swatches.parts, self._grays, self.pencil, self.fill, size):
            tools.addWidget(part)
        row.addLayout(tools, 1)
        for button in (*self.swatches.counters, self.undo, self.clear):
            row.addWidget(button)

    def _connect(self) -> None:
        self._colors.buttonToggled.connect(self._choose_class)
        self._tools.buttonToggled.connect(self._choose_tool)
        self.gray.moved.connect(self._choose_gray)
        self.size_slider.valueChanged.connect(self._choose_tool)
        self.undo.clicked.connect(self.undo_requested)
        self.clear.clicked.connect(self.clear_requested)
        self.swatches.changed.connect(self.changed)
        self.swatches.wanted.connect(lambda count: self.changed.emit("data.classes", count))

    @property
    def value(self) -> Pencil:
        """The pencil in force."""
        fills, size = self.fill.isChecked(), int(self.size_slider.stop())
        if not self._classes:
            return Pencil(self._gray, round(1.0 - self._gray, 2), size, fills, SHADE)
        return Pencil(float(self._class), float((self._class + 1) % self._classes), size, fills)

    @property
    def states(self) -> ClassStates:
        """Which classes are locked."""
        return self.swatches.states

    def show_data(self, data: Data, dataset: Dataset) -> None:
        """Offer the classes of ``dataset``, or grays where it has none; it is what ``data`` describes."""
        limits = class_limits(data) or (dataset.classes, dataset.classes)
        if (dataset.classes, limits) != (self._classes, self._limits):
            self._classes, self._limits = dataset.classes, limits
            if self._class >= self._classes > 0:
                self.swatches.buttons[0].setChecked(True)
            wanted = self.swatches.wanted_parts(dataset.classes, limits)
            wanted[self._grays] = not dataset.classes
            hide_the_rest(wanted)
            self.swatches.name(dataset.classes, limits)
            show_only(wanted)
            shades = "" if dataset.classes else f" and differ by at most {SHADE:g}"
            teach(self.fill, f"Fill all pixels that hang together{shades or ' and are of one class'} (key F).")
            self.pencil_changed.emit()
        if dataset.classes:
            self.swatches.show_data(data, dataset, coverage(dataset))

    def choose(self, number: int) -> bool:
        """Choose the class ``number``; return whether there is one."""
        if number < self._classes:
            self.swatches.buttons[number].setChecked(True)
        return number < self._classes

    def choose_tool(self, *, fills: bool) -> None:
        """Choose the pencil, or to fill."""
        (self.fill if fills else self.pencil).setChecked(True)

    def change_size(self, steps: int) -> None:
        """Make the pencil wider or narrower by ``steps`` pixels."""
        self.size_slider.setValue(self.size_slider.value() + steps)

    def show_undo(self, what: str) -> None:
        """Let undo say what it would take back; empty if nothing."""
        self.undo.show_undo(what)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colors."""
        self._theme = theme
        size = QSize(theme.pixels(ICON), theme.pixels(ICON))
        self.swatches.set_theme(theme, size, self.devicePixelRatioF())
        for button, name in ((self.pencil, "pencil"), (self.fill, "fill"), (self.undo, "undo"), (self.clear, "clear")):
            button.setIcon(icon(name, theme))
            button.setIconSize(size)
        self.gray.setFixedWidth(theme.pixels(90))
        self.size_slider.setFixedWidth(theme.pixels(70))
        self.gray_label.setFixedWidth(theme.pixels(34))
        self.size_label.setFixedWidth(theme.pixels(34))
        self._show_numbers()

    def _choose_class(self) -> None:
        button = self._colors.checkedButton()
        if isinstance(button, Button):
            self._class = self.swatches.buttons.index(button)
        self.pencil_changed.emit()

    def _choose_gray(self, gray: float) -> None:
        self._gray = gray
        self._choose_tool()

    def _choose_tool(self) -> None:
        self.size_slider.setEnabled(not self.fill.isChecked())
        self._show_numbers()
        self.pencil_changed.emit()

    def _show_numbers(self) -> None:
        self.gray_label.setText(short_number(self._gray))
        self.gray_sample.setPixmap(self._drawn_gray())
        self.size_label.setText(f"{int(self.size_slider.stop())} px")

    def _drawn_gray(self) -> QPixmap:
        """Return the gray that is drawn, in a frame: white stands out from white by it."""
        side = self._theme.pixels(ICON)
        pixmap = QPixmap(side, side)
        pixmap.fill(color(self._theme.outline))
        level = round(255.0 * self._gray)
        with QPainter(pixmap) as painter:
            painter.fillRect(1, 1, side - 2, side - 2, QColor(level, level, level))
        return pixmap


def _together(*parts: QWidget) -> QWidget:
    """Return ``parts`` side by side as one: so a slider and what it says come into the same row."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2)
    for part in parts:
        row.addWidget(part)
    return whole

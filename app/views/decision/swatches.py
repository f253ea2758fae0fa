"""The swatches: one button a class to paint with, how many classes there are, and the list of all about them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.description import counted
from app.icons import icon
from app.painting.class_states import ALL_OPEN, ClassStates
from app.theme import LIGHT, Theme
from app.views.decision.class_icons import class_icon
from app.views.decision.class_list import ClassList
from app.views.decision.coverage import Coverage
from app.views.decision.shapes import class_name
from app.widgets.button import Button
from app.widgets.teach import teach
from engine.datasets.dataset import Dataset
from engine.experiment import MAXIMUM_OUTPUTS, Columns, Data, Generated

# With more classes, their markers say enough, and names would not fit beside them.
MOST_NAMED = 2
# The widest name on a button (text scale 1).
NAME_WIDTH = 64


class ClassSwatches(QObject):
    """The buttons of the classes, those that add one or take one away, and the list with names, counts and states.

    Signals:
        wanted(int): the number of classes wished for.
        changed(str, object): the name of a change of the experiment and its value: other names of the classes.
        states_changed(ClassStates): which classes are locked or hidden now.
    """

    wanted = Signal(int)
    changed = Signal(str, object)
    states_changed = Signal(object)

    def __init__(self, parent: QWidget, *, can_hide: bool = True, unit: str = "point") -> None:
        super().__init__(parent)
        self._unit = unit
        self._count = 2
        self._limits = (2, 2)
        self._names: tuple[str, ...] = ()
        self._totals: tuple[int, ...] = ()
        self._origin: str | Columns | None = None
        self._theme, self._size, self._ratio = LIGHT, QSize(16, 16), 1.0
        self.states = ALL_OPEN
        # Where on the screen the picture lies: one sees there what is hidden.
        self.find_picture: Callable[[], QRect] = QRect
        self.buttons = tuple(Button("", "") for _ in range(MAXIMUM_OUTPUTS))
        self.fewer = Button(
            "One class less", "Take the last class away, with its painted points (Ctrl+Z brings it back)."
        )
        self.more = Button("One class more", "Add a class to paint and to tell apart: one more output of the network.")
        self.list_button = Button(
            "Names of the classes",
            "Name the classes, see how many points each has, and lock or hide some (or right-click a class).",
        )
        for button in (self.fewer, self.more, self.list_button):
            button.setProperty("role", "compact")
        self.list = ClassList(parent, can_hide=can_hide)
        self.fewer.clicked.connect(lambda: self.wanted.emit(self._count - 1))
        self.more.clicked.connect(lambda: self.wanted.emit(self._count + 1))
        self.list_button.clicked.connect(lambda: self.list.open_at(self.list_button, 0, self.find_picture()))
        for number, button in enumerate(self.buttons):
            # By the right mouse button, the Menu key or Shift+F10.
            button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            button.customContextMenuRequested.connect(lambda place, number=number: self._open_list(number, place))
        self.list.named.connect(lambda names: self.changed.emit("data.class_names", names))
        self.list.states_chosen.connect(self._set_states)

    @property
    def parts(self) -> tuple[Button, ...]:
        """The buttons that stand side by side: one for each class, and the one for the list of them."""
        return (*self.buttons, self.list_button)

    @property
    def counters(self) -> tuple[Button, Button]:
        """The buttons for a class less or more: where the number of classes does not move them away from the mouse."""
        return self.fewer, self.more

    def show_data(self, data: Data, dataset: Dataset, counts: Coverage) -> None:
        """Take what the classes of ``dataset``, which ``data`` describes, are called and how many points they have.

        In another data set, and in another table, all classes can be seen and edited again.
        """
        origin = data.source.name if isinstance(data.source, Generated) else data.source.columns
        if origin is not None and origin != self._origin:
            self._origin = origin
            self._set_states(ALL_OPEN)
        totals = tuple(counts.total.tolist())
        self.list.show_data(dataset, counts, wants_test=data.train_share < 1.0)
        if (dataset.class_names, totals) != (self._names, self._totals):
            self._names, self._totals = dataset.class_names, totals
            self.name(self._count, self._limits)

    def set_theme(self, theme: Theme, size: QSize, ratio: float) -> None:
        """Draw the icons in the theme's colors, ``size`` large in logical pixels."""
        self._theme, self._size, self._ratio = theme, size, ratio
        self.list.set_theme(theme, size, ratio)
        self.fewer.setIcon(icon("minus", theme))
        self.more.setIcon(icon("plus", theme))
        self.list_button.setIcon(icon("chevron_down", theme))
        for button in (self.fewer, self.more, self.list_button):
            button.setIconSize(size * 0.8)
        self._draw_icons()
        # In larger text, less of a name fits.
        self.name(self._count, self._limits)

    def wanted_parts(self, count: int, limits: tuple[int, int]) -> dict[QWidget, bool]:
        """Return which buttons are to be seen with ``count`` classes of which there may be ``limits``."""
        wanted: dict[QWidget, bool] = {button: number < count for number, button in enumerate(self.buttons)}
        wanted |= dict.fromkeys((self.fewer, self.more), limits[0] < limits[1])
        return wanted | {self.list_button: count > 1}

    def name(self, count: int, limits: tuple[int, int]) -> None:
        """Let the buttons say what they paint."""
        if count != self._count:
            self._set_states(self.states.among(count))
        self._count, self._limits = count, limits
        for number, button in enumerate(self.buttons):
            name, other = (class_name(each, count, self._names) for each in (number, (number + 1) % (count or 1)))
            named = count <= MOST_NAMED
            button.setText(
                button.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, self._theme.pixels(NAME_WIDTH))
                if named
                else ""
            )
            beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            button.setToolButtonStyle(beside if named else Qt.ToolButtonStyle.ToolButtonIconOnly)
            role = "" if named else "compact"
            if button.property("role") != role:
                button.setProperty("role", role)
                # A style sheet looks at a property only when the style comes anew.
                button.style().polish(button)
            if count == 1:
                button.setAccessibleName("Paint points")
                teach(
                    button, "Paint points: their y is what the network should put out; the right button erases (key 1)."
                )
                continue
            letter = class_name(number, count)
            keys = f"key {letter} or {number + 1}" if count == 2 else f"key {number + 1}"
            button.setAccessibleName(f"Paint class {name}")
            said = f"Paint class {name} with the left button, class {other} with the right one ({keys})."
            teach(button, " ".join((said, *self._remarks(number))))
        low, high = limits
        for button, possible in ((self.fewer, count > low), (self.more, count < high)):
            button.setEnabled(possible)

    def _remarks(self, number: int) -> list[str]:
        """Return what else there is to say of a class: how many points it has, and if it is locked or hidden."""
        remarks = []
        if number < len(self._totals) and any(self._totals):
            total = self._totals[number]
            remarks.append(f"It has {counted(total, self._unit)}." if total else f"It has no {self._unit}s yet.")
        if number in self.states.locked:
            remarks.append("It is locked: no tool changes its points.")
        if number in self.states.hidden:
            remarks.append("It is hidden, but still trained on.")
        return remarks

    def _open_list(self, number: int, place: QPoint) -> None:
        if self._count > 1:
            self.list.open_at(self.buttons[number], number, self.find_picture())

    def _set_states(self, states: ClassStates) -> None:
        if states == self.states:
            return
        self.states = states
        self.list.show_states(states)
        self._draw_icons()
        self.name(self._count, self._limits)
        self.states_changed.emit(states)

    def _draw_icons(self) -> None:
        for number, button in enumerate(self.buttons):
            button.setIcon(class_icon(self._theme, self._size.width(), self._ratio, number, self.states))
            button.setIconSize(self._size)

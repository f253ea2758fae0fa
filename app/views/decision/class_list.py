"""The list of the classes: their names, how many points they have, and which are locked or hidden."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from app.icons import icon
from app.painting.class_states import ALL_OPEN, ClassStates
from app.theme import LIGHT, Theme
from app.views.decision.class_icons import class_pixmap
from app.views.decision.coverage import Coverage, warning
from app.views.decision.shapes import class_name
from app.widgets.button import Button
from app.widgets.popover import Popover
from app.widgets.teach import teach
from engine.datasets.dataset import Dataset
from engine.experiment import MAXIMUM_OUTPUTS
from engine.experiment.class_names import LONGEST_NAME, same_name

HEADS = ("", "Class", "Train", "Test", "", "")
NAME_WIDTH = 150
NOTE = "Hidden points are not drawn, but the network is trained on them all the same."


class NameField(QLineEdit):
    """A field for a name; Escape gives up what was typed, and closes the list only if nothing was."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(LONGEST_NAME)
        self.kept = ""

    def show_name(self, name: str) -> None:
        """Show the name as it is, unless it is just being typed."""
        self.kept = name
        if name != self.text() and not (self.hasFocus() and self.isModified()):
            self.setText(name)
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up with Escape."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self.kept:
            self.setText(self.kept)
            self.setModified(False)
        else:
            super().keyPressEvent(event)


class ClassRow:
    """One class in the list."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.marker = QLabel()
        self.name = NameField()
        self.train, self.test = QLabel(), QLabel()
        self.lock = Button("", "")
        self.hide = Button("", "")
        for count in (self.train, self.test):
            count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for button in (self.lock, self.hide):
            button.setCheckable(True)
            button.setProperty("role", "compact")
        self._shown: tuple[str, str, int, int] | None = None
        self.parts: tuple[QWidget, ...] = (self.marker, self.name, self.train, self.test, self.lock, self.hide)

    def show_class(self, name: str, own: str, train: int, test: int) -> None:
        """Show what the class is called (``own``: by itself) and how many points it has."""
        self.name.setPlaceholderText(own)
        # Also if it is the one that was refused.
        self.name.show_name("" if name == own else name)
        if self._shown == (name, own, train, test):
            return
        self._shown = (name, own, train, test)
        self.train.setText(f"{train:,}")
        self.test.setText(f"{test:,}")
        for count, use in ((self.train, "train on"), (self.test, "test on")):
            count.setProperty("role", "" if count.text() != "0" else "problem")
            count.style().polish(count)
            teach(count, f"Points of class {name} to {use}.")
        self.name.setAccessibleName(f"Name of class {own}")
        teach(self.name, f"What class {own} is called, here and in the file; empty for “{own}”.")
        self.lock.setAccessibleName(f"Lock class {name}")
        self.hide.setAccessibleName(f"Hide class {name}")
        teach(self.lock, f"Lock class {name}: no tool changes, erases or adds points of it.")
        teach(
            self.hide, f"Hide the points of class {name} in the picture; the network is trained on them all the same."
        )

    def show_state(self, states: ClassStates, theme: Theme, size: QSize) -> None:
        """Show whether the class is locked or hidden."""
        locked, hidden = self.number in states.locked, self.number in states.hidden
        self.lock.setChecked(locked)
        self.hide.setChecked(hidden)
        self.lock.setIcon(icon("lock" if locked else "lock_open", theme))
        self.hide.setIcon(icon("eye_off" if hidden else "eye", theme))
        for button in (self.lock, self.hide):
            button.setIconSize(size)


class ClassList(Popover):
    """Lists the classes in a popover.

    Signals:
        named(tuple): the names of all classes, empty where one has none of its own.
        states_chosen(ClassStates): which classes are to be locked or hidden.
    """

    named = Signal(object)
    states_chosen = Signal(object)

    def __init__(self, parent: QWidget, *, can_hide: bool = True) -> None:
        super().__init__(parent)
        self._can_hide = can_hide
        self._theme, self._size = LIGHT, QSize(16, 16)
        self._count = 0
        self._states = ALL_OPEN
        self._missing = ""
        self.rows = tuple(ClassRow(number) for number in range(MAXIMUM_OUTPUTS))
        self.warning = QLabel()
        self.warning.setProperty("role", "problem")
        note = QLabel(NOTE)
        note.setProperty("role", "caption")
        note.setWordWrap(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for column, head in enumerate(HEADS):
            label = QLabel(head)
            label.setProperty("role", "caption")
            label.setAlignment(Qt.AlignmentFlag.AlignRight if column in (2, 3) else Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label, 0, column)
        for row in self.rows:
            for column, part in enumerate(row.parts):
                grid.addWidget(part, row.number + 1, column)
            row.name.editingFinished.connect(self._name)
            row.lock.clicked.connect(self._choose_states)
            row.hide.clicked.connect(self._choose_states)
        self.column.addLayout(grid)
        self.column.addWidget(self.warning)
        self.column.addWidget(note)
        note.setVisible(can_hide)

    def open_at(self, anchor: QWidget, number: int, clear_of: QRect) -> None:
        """Show the list under ``anchor``, with the keyboard on the name of class ``number``, ``clear_of`` a picture."""
        self._say_missing()
        self.open_below(anchor, clear_of)
        for row in self.rows:
            row.name.deselect()
        field = self.rows[number].name
        field.setFocus(Qt.FocusReason.PopupFocusReason)
        field.selectAll()

    def set_theme(self, theme: Theme, size: QSize, ratio: float) -> None:
        """Draw markers and icons in the theme's colors, ``size`` large in logical pixels."""
        self._theme, self._size = theme, size
        for row in self.rows:
            row.marker.setPixmap(class_pixmap(theme, size.width(), ratio, row.number))
            row.name.setMinimumWidth(theme.pixels(NAME_WIDTH))
        self.show_states(self._states)

    def show_data(self, dataset: Dataset, counts: Coverage, *, wants_test: bool) -> None:
        """Show names and counts of the classes of ``dataset``, and what is missing."""
        self._count = dataset.classes
        for row in self.rows:
            exists = row.number < dataset.classes
            for part in row.parts:
                part.setVisible(exists and (self._can_hide or part is not row.hide))
            if exists:
                name = class_name(row.number, dataset.classes, dataset.class_names)
                own = class_name(row.number, dataset.classes)
                row.show_class(name, own, int(counts.train[row.number]), int(counts.test[row.number]))
        self._missing = warning(dataset, counts, wants_test=wants_test)
        self._say_missing()

    def show_states(self, states: ClassStates) -> None:
        """Show which classes are locked and hidden."""
        self._states = states
        for row in self.rows:
            row.show_state(states, self._theme, self._size)

    def _say_missing(self) -> None:
        self._say(f"{self._missing}." if self._missing else "")

    def _say(self, sentence: str) -> None:
        self.warning.setText(sentence)
        self.warning.setVisible(bool(sentence))

    def _name(self) -> None:
        fields = [row.name for row in self.rows[: self._count]]
        names = tuple(field.text().strip() for field in fields)
        if all(name == field.kept for name, field in zip(names, fields, strict=True)):
            return
        twice = same_name(names)
        for field in fields:
            field.setModified(False)
            if twice:
                field.show_name(field.kept)
        if twice:
            self._say(twice)
        else:
            self.named.emit(names)

    def _choose_states(self) -> None:
        rows = self.rows[: self._count]
        self.states_chosen.emit(
            ClassStates(
                frozenset(row.number for row in rows if row.lock.isChecked()),
                frozenset(row.number for row in rows if row.hide.isChecked()),
            )
        )

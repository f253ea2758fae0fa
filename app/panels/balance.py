"""The share of the samples that each class gets."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.icons import icon
from app.theme import Theme
from app.views.decision.shapes import class_name
from app.widgets.button import Button
from app.widgets.elided_label import ElidedLabel
from app.widgets.number_field import NumberField
from app.widgets.slider_field import NUMBER
from app.widgets.teach import teach
from engine.settings import Setting

LADDER = (0.0, 1.0, 2.0, *(5.0 * step for step in range(1, 20)), 98.0, 99.0, 100.0)
REMARK = "How many samples each class gets: with rare classes, see which mistakes cost a network little."


class Balance(QWidget):
    """A field for every class, in percent of all samples.

    ``changed`` brings the number of a class and its new share (0 to 1); ``equal_requested`` that all are to be equal;
    ``problem`` what is wrong with a number.
    """

    changed = Signal(int, float)
    equal_requested = Signal()
    problem = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: list[NumberField] = []
        self._parts: list[QWidget] = []
        self._names: tuple[str, ...] = ()
        self._width = NUMBER
        label = QLabel("Class balance")
        teach(label, REMARK)
        self.equal = Button("Equal shares", "Let every class have as many samples as the others.")
        self.equal.setProperty("role", "compact")
        self.equal.clicked.connect(self.equal_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.addWidget(label, 1)
        row.addWidget(self.equal)
        column.addLayout(row)
        self._place = QWidget()
        self._grid = QGridLayout(self._place)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(4)
        column.addWidget(self._place)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self.equal.setIcon(icon("reset", theme))
        self.equal.setIconSize(QSize(theme.pixels(14), theme.pixels(14)))
        self._width = theme.pixels(NUMBER)
        for field in self.fields:
            field.setFixedWidth(self._width)

    def show_balance(self, balance: tuple[float, ...], classes: int, names: tuple[str, ...] = ()) -> None:
        """Show the shares of ``classes`` classes, quietly; without any, equal ones. ``names`` are the user's own."""
        if (len(self.fields), self._names) != (classes, names):
            self._names = names
            self._build(classes)
        shares = balance or (1.0,) * classes
        for field, share in zip(self.fields, shares, strict=True):
            field.set_value(round(100.0 * share / sum(shares), 1))
        self.equal.setEnabled(bool(balance))

    def _build(self, classes: int) -> None:
        for part in self._parts:
            self._grid.removeWidget(part)
            # At once: another field may have the same name.
            part.setParent(None)
            part.deleteLater()
        self.fields, self._parts = [], []
        for column in range(6):
            # What is left over goes to the names, or behind each of the two fields of a row.
            self._grid.setColumnStretch(column, int(column in ((0,) if self._names else (2, 5))))
        for number in range(classes):
            name = class_name(number, classes, self._names)
            remark = f"How many of all samples, in percent, are of class {name}; the others share the rest as before."
            field = NumberField(Setting("share", f"Share of class {name}", 50.0, 0.0, 100.0, remark), ladder=LADDER)
            field.committed.connect(lambda value, number=number: self.changed.emit(number, value / 100.0))
            field.problem.connect(self.problem)
            field.setFixedWidth(self._width)
            label, unit = ElidedLabel() if self._names else QLabel(name), QLabel("%")
            if isinstance(label, ElidedLabel):
                label.set_line(name)
            label.setBuddy(field)
            teach(label, remark)
            # Names of one's own need a row each.
            row, side = (number, 0) if self._names else divmod(number, 2)
            for place, widget in enumerate((label, field, unit)):
                self._grid.addWidget(widget, row, 3 * side + place)
                self._parts.append(widget)
            self.fields.append(field)

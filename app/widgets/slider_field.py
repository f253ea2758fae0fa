"""A number set with a slider or typed into the field beside its name."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.theme import Theme
from app.widgets.number_field import NumberField
from app.widgets.slider import Slider
from app.widgets.teach import teach
from engine.settings import Setting

# Widths in a narrow row, at a text scale of 1: room for a name of eleven letters, and for a number of four digits.
NAME, SLIDER, NUMBER = 66, 36, 54


class SliderField(QWidget):
    """Name and field in one line, a slider over ``stops`` below; any number of the setting's range can be typed.

    ``committed`` brings every value the user sets, also while the slider is dragged; ``problem`` what the field says.

    Args:
        setting: label, range, default and remark.
        stops: the values the slider goes along, as do wheel and arrow keys in the field.
        integer: whether only whole numbers are taken.
        unit: what is written behind the field.
        in_one_row: whether the slider is between name and field, for numbers of few digits.
    """

    committed = Signal(float)
    problem = Signal(str)

    def __init__(
        self,
        setting: Setting,
        stops: Sequence[float],
        *,
        integer: bool = False,
        unit: str = "",
        in_one_row: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._in_one_row = in_one_row
        self._label = QLabel(setting.label)
        teach(self._label, setting.remark)
        self.field = NumberField(setting, integer=integer, ladder=stops)
        self._label.setBuddy(self.field)
        self.slider = Slider(stops, f"{setting.label}, slider", setting.remark)
        self.slider.set_stop(setting.default)
        self.field.committed.connect(self._typed)
        self.field.problem.connect(self.problem)
        self.slider.moved.connect(self._moved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(4)
        if in_one_row:
            row.addWidget(self._label)
            row.addWidget(self.slider, 1)
        else:
            row.addWidget(self._label, 1)
        row.addWidget(self.field)
        if unit:
            row.addWidget(QLabel(unit))
        column.addLayout(row)
        if not in_one_row:
            column.addWidget(self.slider)

    def set_theme(self, theme: Theme) -> None:
        """Take the sizes to draw with: several in one row each, one below the other, line up."""
        if self._in_one_row:
            self._label.setMinimumWidth(theme.pixels(NAME))
            self.slider.setMinimumWidth(theme.pixels(SLIDER))
            self.field.setFixedWidth(theme.pixels(NUMBER))

    def value(self) -> float:
        """Return the number in force."""
        return self.field.value()

    def set_value(self, value: float) -> None:
        """Show ``value``, quietly."""
        self.field.set_value(value)
        self.slider.set_stop(value)

    def set_remark(self, remark: str) -> None:
        """Replace the tooltip of all parts."""
        teach(self._label, remark)
        teach(self.slider, remark)
        self.field.set_remark(remark)

    def _typed(self, value: float) -> None:
        self.slider.set_stop(value)
        self.committed.emit(value)

    def _moved(self, value: float) -> None:
        self.field.set_value(value)
        self.committed.emit(value)

"""A number set with a slider or typed into the field beside its name."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.widgets.number_field import NumberField
from app.widgets.slider import Slider
from app.widgets.teach import teach
from engine.settings import Setting


class SliderField(QWidget):
    """Name and field in one line, a slider over ``stops`` below; any number of the setting's range can be typed.

    ``committed`` brings every value the user sets, also while the slider is dragged; ``problem`` what the field says.
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
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
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
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._label, 1)
        row.addWidget(self.field)
        if unit:
            row.addWidget(QLabel(unit))
        column.addLayout(row)
        column.addWidget(self.slider)

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

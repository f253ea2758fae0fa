"""What an entry of a family does, and its settings: in a popover beside the list it was chosen from."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QPushButton, QWidget

from app.theme import LIGHT, Theme
from app.widgets.curve_picture import Curve, CurvePicture
from app.widgets.formula_label import FormulaLabel
from app.widgets.number_field import NumberField
from app.widgets.number_popover import NumberPopover, text_label
from app.widgets.number_text import format_number
from engine.settings import Setting


class Explained(Protocol):
    """What the entries of all families have that are explained in a popover."""

    @property
    def name(self) -> str:
        """The name in files."""

    @property
    def label(self) -> str:
        """The name people read."""

    @property
    def formula(self) -> str | tuple[str, ...]:
        """What it computes, in LaTeX."""

    @property
    def remark(self) -> str:
        """One sentence that teaches."""

    @property
    def source(self) -> str:
        """Where it is from."""

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The numbers it lets one choose."""


class EntrySettings(NumberPopover):
    """Title, remark, formula and curve of an entry, a field for each of its settings, and where it is from.

    ``changed`` brings name and value of a setting; ``defaults_wanted`` asks for all of them as they usually are.

    Args:
        remark: what the letters in the formula mean.
        curve: returns the curve to show, from the entry and its settings.
    """

    changed = Signal(str, float)
    defaults_wanted = Signal()

    def __init__(
        self, parent: QWidget, remark: str, curve: Callable[[Any, Mapping[str, float]], Curve] | None = None
    ) -> None:
        super().__init__(parent)
        self._curve_of = curve
        self._shown: Explained | None = None
        self.fields: dict[str, NumberField] = {}
        self.title, self.remark = text_label("title"), text_label("")
        self.formula = FormulaLabel(remark)
        self.curve = CurvePicture()
        self.curve.hide()
        self._form_place = QWidget()
        self.form = QFormLayout(self._form_place)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(16)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self.reset = QPushButton("Reset to defaults")
        self.reset.setToolTip("Give every setting here its usual value.")
        self.reset.setAutoDefault(False)
        self.reset.clicked.connect(self._reset)
        self.source = text_label("caption")
        self.source.setToolTip("Where it was first described.")
        for widget in (self.title, self.remark, self.formula, self.curve, self._form_place, self.problem_text):
            self.column.addWidget(widget)
        self.column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.source)

    def set_theme(self, theme: Theme = LIGHT) -> None:
        """Take the colors and sizes to draw with."""
        self.formula.set_theme(theme)
        self.curve.set_theme(theme)

    def show_entry(self, entry: Explained, chosen: Mapping[str, float]) -> None:
        """Show ``entry`` with the ``chosen`` values of its settings, quietly; the others have their defaults."""
        if entry is not self._shown:
            self._shown = entry
            self._build(entry)
        for setting in entry.settings:
            self.fields[setting.name].set_value(chosen.get(setting.name, setting.default))
        if self.isVisible():
            self._show_curve()
        self._enable_reset()

    def open_below(self, anchor: QWidget, clear_of: QRect | None = None) -> None:
        """Show the popover under ``anchor``."""
        # Computed only for who looks at it.
        self._show_curve()
        super().open_below(anchor, clear_of)

    def insert_row(self, control: QWidget) -> None:
        """Put another control above the settings."""
        self.column.insertWidget(self.column.indexOf(self._form_place), control)

    def _build(self, entry: Explained) -> None:
        self.title.setText(entry.label)
        self.remark.setText(entry.remark)
        formulas = (entry.formula,) if isinstance(entry.formula, str) else entry.formula
        slope = getattr(entry, "slope_formula", "")
        self.formula.set_lines((*formulas, slope) if slope else formulas)
        self.source.setText(entry.source)
        self.reset.setAccessibleName(f"Reset {entry.label} to defaults")
        while self.form.rowCount():
            self.form.removeRow(0)
        self.fields = {setting.name: self._field(setting) for setting in entry.settings}
        for setting in entry.settings:
            label = QLabel(setting.label)
            label.setToolTip(setting.remark)
            label.setBuddy(self.fields[setting.name])
            self.form.addRow(label, self.fields[setting.name])
        self._form_place.setVisible(bool(entry.settings))
        self.reset.setVisible(bool(entry.settings))
        self._say("")

    def _field(self, setting: Setting) -> NumberField:
        ladder = ladder_of(setting)
        field = NumberField(setting, ladder=ladder, values=ladder)
        field.set_remark(f"{setting.remark}\nUsually {format_number(setting.default)}.")
        field.committed.connect(lambda value: self._change(setting.name, value))
        self.watch(field)
        return field

    def _change(self, name: str, value: float) -> None:
        self._show_curve()
        self._enable_reset()
        self.changed.emit(name, value)

    def _reset(self) -> None:
        if self._shown is None:
            return
        for setting in self._shown.settings:
            self.fields[setting.name].set_value(setting.default)
        self._show_curve()
        self._enable_reset()
        # All at once: one step to take back.
        self.defaults_wanted.emit()

    def _show_curve(self) -> None:
        if self._shown is not None and self._curve_of is not None:
            values = {name: field.value() for name, field in self.fields.items()}
            self.curve.set_curve(self._curve_of(self._shown, values))

    def _enable_reset(self) -> None:
        settings = self._shown.settings if self._shown else ()
        self.reset.setEnabled(any(self.fields[setting.name].value() != setting.default for setting in settings))


def ladder_of(setting: Setting) -> tuple[float, ...]:
    """Return sensible values of ``setting``: shares near 1 want other steps than tiny numbers or counts of epochs."""
    low, high, default = setting.low, setting.high, setting.default
    if default < 1e-3 and low >= 0.0:
        values: tuple[float, ...] = (0.0, 1e-12, 1e-10, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2)
    elif (low, high) == (0.0, 1.0) and default >= 0.5:
        values = (0.0, 0.1, 0.3, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999)
    elif (low, high) == (0.0, 1.0):
        values = (0.0, 0.001, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9)
    elif high <= 10.0 and low > -10.0:
        values = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)
    elif low < 0.0:
        values = tuple(low + (high - low) * part / 20.0 for part in range(21))
    elif low >= 1.0:
        values = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0)
    else:
        values = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
    return tuple(sorted({value for value in (*values, default) if setting.problem(value) is None}))

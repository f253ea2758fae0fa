"""The settings of the optimizer, in a popover below its gear."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QPushButton, QWidget

from app.widgets.formula_text import formula_text
from app.widgets.number_field import NumberField
from app.widgets.number_text import format_number
from app.widgets.popover import Popover
from engine.experiment import OptimizerChoice
from engine.optimizers import OPTIMIZERS, Optimizer
from engine.settings import Setting

TEXT_WIDTH = 300


class OptimizerSettings(Popover):
    """What the optimizer does, and a field for each of its settings; ``changed`` brings (name, value)."""

    changed = Signal(str, float)
    problem = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: Optimizer | None = None
        self.fields: dict[str, NumberField] = {}
        self.title = _text("title")
        self.remark = _text("")
        self.formula = QLabel()
        self.formula.setTextFormat(Qt.TextFormat.RichText)
        self.formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.formula.setToolTip("One update: g is the gradient, η the learning rate, t the number of the step.")
        self.formula.setAccessibleName("Formula of the update")
        self._form_place = QWidget()
        self._form = QFormLayout(self._form_place)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(16)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self.problem_text = _text("problem")
        self.problem_text.hide()
        self.reset = QPushButton("Reset to defaults")
        self.reset.setToolTip("Give every setting of this optimizer its usual value.")
        self.reset.setAccessibleName("Reset to defaults")
        self.reset.setAutoDefault(False)
        self.reset.clicked.connect(self._reset)
        for widget in (self.title, self.remark, self.formula, self._form_place, self.problem_text):
            self.column.addWidget(widget)
        self.column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)

    def show_choice(self, choice: OptimizerChoice) -> None:
        """Show the optimizer and its settings, quietly."""
        optimizer = OPTIMIZERS[choice.name]
        if optimizer is not self._shown:
            self._shown = optimizer
            self._build(optimizer)
        for setting in optimizer.settings:
            self.fields[setting.name].set_value(choice.settings.get(setting.name, setting.default))
        self._enable_reset()

    def _build(self, optimizer: Optimizer) -> None:
        self.title.setText(optimizer.label)
        self.remark.setText(optimizer.remark)
        self.formula.setText("<br>".join(formula_text(line) for line in optimizer.formula))
        while self._form.rowCount():
            self._form.removeRow(0)
        self.fields = {setting.name: self._field(setting) for setting in optimizer.settings}
        for setting in optimizer.settings:
            label = QLabel(setting.label)
            label.setToolTip(setting.remark)
            label.setBuddy(self.fields[setting.name])
            self._form.addRow(label, self.fields[setting.name])
        self._form_place.setVisible(bool(optimizer.settings))
        self.reset.setVisible(bool(optimizer.settings))
        self._say("")

    def _field(self, setting: Setting) -> NumberField:
        ladder = _ladder(setting)
        field = NumberField(setting, ladder=ladder, values=ladder)
        field.set_remark(f"{setting.remark}\nUsually {format_number(setting.default)}.")
        field.committed.connect(lambda value: self._change(setting.name, value))
        field.problem.connect(self._say)
        return field

    def _change(self, name: str, value: float) -> None:
        self._enable_reset()
        self.changed.emit(name, value)

    def _reset(self) -> None:
        if self._shown is None:
            return
        for setting in self._shown.settings:
            field = self.fields[setting.name]
            if field.value() != setting.default:
                field.set_value(setting.default)
                self.changed.emit(setting.name, setting.default)
        self._enable_reset()

    def _enable_reset(self) -> None:
        settings = self._shown.settings if self._shown else ()
        self.reset.setEnabled(any(self.fields[setting.name].value() != setting.default for setting in settings))

    def _say(self, sentence: str) -> None:
        self.problem_text.setText(sentence)
        self.problem_text.setVisible(bool(sentence))
        self.problem.emit(sentence)


def _text(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setMinimumWidth(TEXT_WIDTH)
    return label


def _ladder(setting: Setting) -> tuple[float, ...]:
    """Return sensible values of ``setting``: shares near 1 want other steps than tiny numbers."""
    if setting.default < 1e-3 and setting.low >= 0.0 and not setting.includes_low:
        values: tuple[float, ...] = (1e-12, 1e-10, 1e-8, 1e-7, 1e-6, 1e-4, 1e-2)
    elif (setting.low, setting.high) == (0.0, 1.0):
        values = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999)
    else:
        values = tuple(setting.low + (setting.high - setting.low) * part / 10.0 for part in range(11))
    return tuple(value for value in values if setting.problem(value) is None)

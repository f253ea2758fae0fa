"""Everything against learning the noise, and when training stops by itself: in one popover."""

from typing import NamedTuple

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from app.panels.limits import limits
from app.theme import LIGHT, Theme
from app.widgets.formula_label import FormulaLabel
from app.widgets.number_field import NumberField
from app.widgets.number_popover import NumberPopover, text_label
from app.widgets.number_text import rate_ladder
from app.widgets.teach import teach
from engine.experiment import Experiment, Layer, Stop, Training
from engine.regularizers import REGULARIZERS
from engine.settings import Setting
from engine.tasks import TASKS

OFF = "off"
RATES = rate_ladder(-4, 0, zero=True)
SIZES = (0.0, 0.1, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0)
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7)
SPREADS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)
EPOCHS = (0.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 5000.0)
LOSSES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
SECONDS = (0.0, 1.0, 5.0, 10.0, 30.0, 60.0, 300.0)
GOALS = {"%": (0.0, 80.0, 90.0, 95.0, 98.0, 99.0, 100.0), "dB": (0.0, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0)}
PLAIN_GOALS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99)


class Row(NamedTuple):
    """One number: where it is kept, what it is called and what it teaches.

    ``subject`` begins the sentence about a number that cannot be, where the label alone makes none.
    """

    change: str
    struct: type[msgspec.Struct]
    field: str
    label: str
    remark: str
    stops: tuple[float, ...]
    unit: str = ""
    short: str = ""
    subject: str = ""


PENALTIES = tuple(
    Row(f"training.{entry.name}", Training, entry.name, f"{entry.label} rate λ", entry.remark, RATES, "", entry.label)
    for entry in REGULARIZERS
)
SECTIONS: dict[str, tuple[Row, ...]] = {
    "Weights": (
        *PENALTIES,
        Row(
            "training.max_norm", Training, "max_norm", "Max-norm",
            "After every step, the incoming weights of a unit are shortened to this length if they are longer.",
            SIZES, "", "max-norm",
        ),
    ),
    "Noise while training": (
        Row(
            "network.dropout", Layer, "dropout", "Dropout",
            "Each step leaves out this share of every hidden layer's units, so that none relies on a single other one.",
            SHARES, "", "dropout",
        ),
        Row(
            "training.jitter", Training, "jitter", "Jitter",
            "Training points are moved at random by about this much each time they are seen: more data for free.",
            SPREADS, "", "jitter",
        ),
    ),
    "Gradient": (
        Row(
            "training.clip_norm", Training, "clip_norm", "Clip by norm",
            "A gradient longer than this is shortened to it, and keeps its direction.", SIZES, "", "clipping",
        ),
        Row(
            "training.clip_value", Training, "clip_value", "Clip by value",
            "Each number of the gradient is cut to at most this size, which may turn its direction.", SIZES, "",
            "clipping",
        ),
    ),
    "Early stopping": (
        Row(
            "training.stop", Stop, "patience", "Patience",
            "Stops when the test loss has not become smaller for so many epochs, and brings the best weights back.",
            EPOCHS, "epochs", "early stopping",
        ),
    ),
    "Stop by itself": (
        Row("training.stop", Stop, "epochs", "After", "Stops after so many epochs.", EPOCHS, "epochs", "stop",
            "The number of epochs"),
        Row(
            "training.stop", Stop, "loss", "Train loss at most",
            "Stops as soon as the train loss is this small.", LOSSES, "", "stop", "The train loss to stop at",
        ),
        Row(
            "training.stop", Stop, "metric", "Score at least",
            "Stops as soon as the score is this good: on the test set, if there is one.", PLAIN_GOALS, "", "stop",
        ),
        Row(
            "training.stop", Stop, "plateau", "Plateau of",
            "Stops when the train loss has not fallen by a thousandth for so many epochs.", EPOCHS, "epochs", "stop",
            "The length of the plateau",
        ),
        Row("training.stop", Stop, "seconds", "After", "Stops when training has run for so long.", SECONDS, "seconds",
            "stop", "The number of seconds"),
    ),
}  # fmt: skip
LEFT, RIGHT = ("Weights", "Noise while training", "Gradient"), ("Early stopping", "Stop by itself")
ROWS = tuple(row for rows in SECTIONS.values() for row in rows)


class RegularizationSettings(NumberPopover):
    """A field for each number; ``changed`` brings a change and its value."""

    changed = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.fields: dict[str, NumberField] = {}
        self._labels: dict[str, QLabel] = {}
        self._units: dict[str, QLabel] = {}
        self._formulas: list[FormulaLabel] = []
        # What the score is divided by to get what is kept: a share is shown in percent.
        self._score_scale = 1.0
        title = text_label("title")
        title.setText("Regularization and stopping")
        remark = text_label("")
        remark.setText("Everything that keeps a network from learning the noise by heart, and that ends a run.")
        self.column.addWidget(title)
        self.column.addWidget(remark)
        sides = QHBoxLayout()
        sides.setSpacing(28)
        for names in (LEFT, RIGHT):
            side = QGridLayout()
            side.setHorizontalSpacing(10)
            side.setVerticalSpacing(6)
            side.setColumnStretch(0, 1)
            for name in names:
                self._add_section(side, name, SECTIONS[name])
            side.setRowStretch(side.rowCount(), 1)
            sides.addLayout(side)
        self.column.addLayout(sides)
        self.column.addWidget(self.problem_text)
        self.reset = QPushButton("Switch all off")
        self.reset.setToolTip("Train without any of these, until paused.")
        self.reset.setAccessibleName("Switch all off")
        self.reset.setAutoDefault(False)
        self.reset.clicked.connect(self._switch_off)
        self.column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)

    def set_theme(self, theme: Theme = LIGHT) -> None:
        """Take the colors and sizes to draw with."""
        for formula in self._formulas:
            formula.set_theme(theme)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show every number, quietly."""
        self._show_score(experiment)
        for row in ROWS:
            value = value_of(experiment, row)
            self.fields[row.field].set_value(100.0 * value if row.field == "metric" and self._is_share else value)
        self._show_dropout(experiment)
        self.reset.setEnabled(any(value_of(experiment, row) for row in ROWS))

    @property
    def _is_share(self) -> bool:
        return self._score_scale != 1.0

    def _show_score(self, experiment: Experiment) -> None:
        """Let the score have the name and the unit of the task's metric."""
        task, row = TASKS[experiment.data.task], next(row for row in ROWS if row.field == "metric")
        self._score_scale = 100.0 if task.metric_unit == "%" else 1.0
        name = f"{task.metric_name[:1].upper()}{task.metric_name[1:]}"
        setting = limits(Stop, "metric", f"{name} to stop at", row.remark)
        if self._is_share:
            setting = _within(setting, 100.0)
        field = self.fields["metric"]
        stops = GOALS.get(task.metric_unit, PLAIN_GOALS)
        field.set_setting(setting, stops)
        self._labels["metric"].setText(f"{name} at least")
        self._units["metric"].setText(task.metric_unit)

    def _show_dropout(self, experiment: Experiment) -> None:
        hidden, row = experiment.network.hidden, next(row for row in ROWS if row.field == "dropout")
        shares = sorted({layer.dropout for layer in hidden})
        remark = row.remark
        if not hidden:
            remark = "There is no hidden layer whose units could be left out."
        elif len(shares) > 1:
            remark += f"\nThe layers differ ({shares[0]:g} to {shares[-1]:g}); a new number counts for all of them."
        self.fields["dropout"].setEnabled(bool(hidden))
        self.fields["dropout"].set_remark(remark)

    def _add_section(self, side: QGridLayout, name: str, rows: tuple[Row, ...]) -> None:
        heading = QLabel(name)
        heading.setProperty("role", "heading")
        start = side.rowCount()
        if start > 1:
            side.setRowMinimumHeight(start, 6)
        side.addWidget(heading, start + 1, 0, 1, 3)
        for number, row in enumerate(rows, start=start + 2):
            field, label, unit = self._field(name, row), QLabel(row.label), QLabel(row.unit)
            label.setBuddy(field)
            teach(label, row.remark)
            side.addWidget(label, number, 0)
            side.addWidget(field, number, 1)
            side.addWidget(unit, number, 2)
            if row in PENALTIES:
                side.addWidget(self._formula(row), number, 2)
            self.fields[row.field], self._labels[row.field], self._units[row.field] = field, label, unit

    def _field(self, section: str, row: Row) -> NumberField:
        setting = limits(row.struct, row.field, row.subject or row.label, row.remark)
        field = NumberField(setting, integer=_is_whole(row), ladder=row.stops, values=row.stops, zero=OFF)
        if row.struct is Stop:
            # “After” alone would be said twice.
            field.setAccessibleName(f"{section}: {row.label.lower()} {row.unit}".strip())
        field.committed.connect(lambda value: self._change(row, value))
        self.watch(field)
        return field

    def _formula(self, row: Row) -> FormulaLabel:
        formula = FormulaLabel(row.remark)
        formula.set_lines((REGULARIZERS[row.field].formula,))
        formula.setAccessibleName(f"Formula of {row.short}")
        self._formulas.append(formula)
        return formula

    def _change(self, row: Row, value: float) -> None:
        if row.struct is not Stop:
            self.changed.emit(row.change, value)
            return
        scaled = value / self._score_scale if row.field == "metric" else value
        self.changed.emit(row.change, (row.field, int(scaled) if _is_whole(row) else scaled))

    def _switch_off(self) -> None:
        for row in ROWS:
            field = self.fields[row.field]
            if field.value() and field.isEnabled():
                field.set_value(0.0)
                self._change(row, 0.0)


def value_of(experiment: Experiment, row: Row) -> float:
    """Return the number that ``row`` is about; of the layers' dropouts the largest."""
    if row.struct is Layer:
        return max((layer.dropout for layer in experiment.network.hidden), default=0.0)
    return float(getattr(experiment.training.stop if row.struct is Stop else experiment.training, row.field))


def summary(experiment: Experiment) -> tuple[str, str]:
    """Return what is on in a few words, and in a sentence."""
    on = [row for row in ROWS if value_of(experiment, row)]
    if not on:
        return "None", "Nothing is on: the weights may grow as they like, and training goes on until paused."
    short = list(dict.fromkeys(f"{row.short} {value_of(experiment, row):g}" if row in PENALTIES else row.short
                               for row in on))  # fmt: skip
    # The box is narrow: of several it names the first, and how many more there are.
    brief = f"{on[0].short} +{len(short) - 1}" if len(short) > 1 else short[0]
    return brief, f"On: {', '.join(short)}."


def _is_whole(row: Row) -> bool:
    return row.struct is Stop and row.field in ("patience", "epochs", "plateau")


def _within(setting: Setting, high: float) -> Setting:
    return Setting(setting.name, setting.label, setting.default, setting.low, high, setting.remark)

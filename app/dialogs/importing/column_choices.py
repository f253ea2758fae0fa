"""What of a table is learned: inputs, target, task, and how cells are prepared."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.theme import Theme
from app.widgets.choice import Choice as ChoiceList
from app.widgets.labeled import Labeled
from app.widgets.segmented import SegmentedControl
from app.widgets.teach import teach
from engine.datasets.tables import (
    MISSING,
    NORMALIZATIONS,
    TASKS_FOR_CLASSES,
    TASKS_FOR_VALUES,
    Choice,
    Column,
    Table,
    class_count,
    natural_task,
)
from engine.tasks import TASKS

CURVE = "regression-1d"
INPUTS_REMARK = (
    "Tick two columns of numbers for the plane, or one for a curve; more than two are projected onto their two "
    "principal components."
)


class ColumnChoices(QWidget):
    """Controls that make a Choice of a table; ``changed`` brings it."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: Table | None = None
        self.inputs = QListWidget()
        self.inputs.setObjectName("ticks")
        self.inputs.setAccessibleName("Inputs")
        self.inputs.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        teach(self.inputs, INPUTS_REMARK)
        self.target = ChoiceList("Target", "The column that the network is to find from the inputs.")
        self.task = ChoiceList("Task", "What the network is asked for.")
        self.missing = SegmentedControl("Empty cells", MISSING, "drop")
        self.normalization = SegmentedControl("Normalization", NORMALIZATIONS, "standard")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Labeled("Inputs", self.inputs), 1)
        for name, control in (("Target", self.target), ("Task", self.task)):
            column.addWidget(Labeled(name, control))
        for name, bar in (("Empty cells", self.missing), ("Normalization of the inputs", self.normalization)):
            labeled = Labeled(name, bar)
            column.addWidget(labeled)
            column.setAlignment(labeled, Qt.AlignmentFlag.AlignLeft)
        self.inputs.itemChanged.connect(lambda item: self._columns_changed())
        self.target.chosen.connect(lambda name: self._columns_changed())
        for choice in (self.task.chosen, self.missing.chosen, self.normalization.chosen):
            choice.connect(lambda name: self.changed.emit(self.choice))

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes."""
        for choice in (self.target, self.task):
            choice.set_theme(theme)
        for bar in (self.missing, self.normalization):
            bar.set_theme(theme)
        self.inputs.setMinimumHeight(theme.pixels(84))

    def show_table(self, table: Table, choice: Choice) -> None:
        """Offer the columns of ``table`` and show ``choice``, quietly."""
        self._table = table
        with QSignalBlocker(self.inputs):
            self.inputs.clear()
            for column in table.columns:
                self.inputs.addItem(_item(column, column.name in choice.inputs))
        self.target.set_entries((column.name, column.name, f"It holds {kind(column)}.") for column in table.columns)
        self.target.set_name(choice.target)
        with QSignalBlocker(self.missing), QSignalBlocker(self.normalization):
            self.missing.choose(choice.missing)
            self.normalization.choose(choice.normalization)
        self._offer_tasks(choice.task)

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        return Choice(
            inputs=self._ticked,
            target=self.target.currentData() or "",
            task=self.task.currentData() or "",
            missing=self.missing.current,  # type: ignore[arg-type]
            normalization=self.normalization.current,  # type: ignore[arg-type]
        )

    @property
    def _ticked(self) -> tuple[str, ...]:
        items = (self.inputs.item(row) for row in range(self.inputs.count()))
        return tuple(item.text() for item in items if item.checkState() == Qt.CheckState.Checked)

    def _columns_changed(self) -> None:
        if self._table is None or not self.target.currentData():
            return
        self._offer_tasks(natural_task(self._table.column(self.target.currentData()), len(self._ticked)))
        self.changed.emit(self.choice)

    def _offer_tasks(self, task: str) -> None:
        """Offer the tasks that suit the target and the number of inputs, and choose ``task``."""
        if self._table is None:
            return
        target = self._table.column(self.target.currentData())
        self.task.set_groups(
            {
                "For classes": [_task_entry(name) for name in TASKS_FOR_CLASSES],
                "For values": [_task_entry(name) for name in TASKS_FOR_VALUES],
            }
        )
        self.task.set_name(task)
        self.task.forbid(_unfit(target, len(self._ticked)))


def kind(column: Column) -> str:
    """Return what ``column`` holds, in a few words: “numbers, 3 empty”."""
    if column.is_empty:
        return "nothing"
    what = "numbers"
    if not column.is_numeric:
        count = class_count(column)
        what = f"more than {len(column.words):,} words" if column.has_more_words else f"words, {count:,} different"
    elif column.word_count:
        what = f"numbers and {'1 word' if column.word_count == 1 else f'{column.word_count:,} words'}"
    return f"{what}, {column.missing:,} empty" if column.missing else what


def _item(column: Column, ticked: bool) -> QListWidgetItem:
    item = QListWidgetItem(column.name)
    item.setToolTip(f"{column.name} holds {kind(column)}.")
    flags = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
    item.setFlags(flags | Qt.ItemFlag.ItemIsEnabled if column.is_numeric else Qt.ItemFlag.NoItemFlags)
    item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    return item


def _task_entry(name: str) -> tuple[str, str, str]:
    return name, TASKS[name].label, TASKS[name].remark


def _unfit(target: Column, inputs: int) -> dict[str, str]:
    """Return the tasks that the target or the number of inputs does not suit, each with the reason."""
    reasons = {}
    for name in (*TASKS_FOR_CLASSES, *TASKS_FOR_VALUES):
        if name == CURVE and inputs != 1:
            reasons[name] = "A curve has one input: tick one column only."
        elif name != CURVE and inputs == 1:
            reasons[name] = "This takes two inputs: tick another column."
        elif name in TASKS_FOR_VALUES and not target.is_numeric:
            reasons[name] = "This takes a target of numbers; this one holds words."
    return reasons

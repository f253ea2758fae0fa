"""What is rarely set about data: wrong labels, the balance of the classes, and how the test set is chosen."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.icons import icon
from app.panels.balance import Balance
from app.panels.limits import in_percent, limits
from app.theme import LIGHT, Theme
from app.widgets.button import Button
from app.widgets.elided_label import ElidedLabel
from app.widgets.fold_strip import FoldStrip
from app.widgets.number_field import NumberField
from app.widgets.segmented import SegmentedControl
from app.widgets.slider_field import NUMBER, SliderField
from app.widgets.teach import teach
from engine.experiment import Data, Generated, Points
from engine.experiment.data import MAXIMUM_FOLDS
from engine.tasks import TASKS, class_count

LABEL_NOISES = (*range(21), 25, 30, 35, 40, 45, 50, 60, 70, 80, 90, 100)
LABEL_NOISE_REMARK = (
    "How many training samples, in percent, are given a wrong class: a mistake to be learned by heart. "
    "Test samples keep their own, so they show whether the rule was learned."
)
SOFT_REMARK = "Soft targets by distance know no labels: wrong ones only move the centers that they are made from."
STRATIFIED_REMARK = "Let every class have the same share of training samples; else chance decides."
FOLDS_REMARK = "Into how many equal parts the samples are divided; one of them is the test."
MORE_REMARK = "Wrong labels, the balance of the classes, and how the test set is chosen."
TEST_SETS = (
    ("share", "By share", "The train share says how many samples are trained on; the rest is the test."),
    ("fold", "By fold", "The samples are divided into folds, and one of them is the test: a step of cross-validation."),
)


class DataDetails(QWidget):
    """A line “More” that says what is unusual, and below it, when it is unfolded, the controls.

    ``changed`` brings the name of a change (see ``app.changes``) and its value; ``problem`` what is wrong with a
    number; ``unfolded`` says that there is more to be seen.
    """

    changed = Signal(str, object)
    problem = Signal(str)
    unfolded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = Data()
        self._theme = LIGHT
        self.more = Button("More", MORE_REMARK, with_text=True)
        self.unusual = ElidedLabel()
        self.unusual.setProperty("role", "caption")
        self.content = QWidget()
        self.label_noise = SliderField(
            in_percent(limits(Data, "label_noise", "Label noise", LABEL_NOISE_REMARK)), LABEL_NOISES, unit="%"
        )
        self.balance = Balance()
        self.stratified = QCheckBox("Stratified")
        teach(self.stratified, STRATIFIED_REMARK)
        self.stratified.setAccessibleName("Stratified split")
        self.split_again = Button("Split again", "Draw another split.", with_text=True)
        self.split_again.setProperty("role", "outlined")
        self.test_set = SegmentedControl("Test set", TEST_SETS, "share")
        self.folds = NumberField(
            limits(Data, "folds", "Folds", FOLDS_REMARK, default=5), integer=True, ladder=range(2, MAXIMUM_FOLDS + 1)
        )
        self.strip = FoldStrip()
        self._fold_row = QWidget()
        self._lay_out()
        self._connect()
        self.content.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        self.balance.set_theme(theme)
        self.test_set.set_theme(theme)
        self.strip.set_theme(theme)
        self.folds.setFixedWidth(theme.pixels(NUMBER))
        self.more.setIconSize(QSize(theme.pixels(14), theme.pixels(14)))
        self._show_chevron()

    def show_data(self, data: Data) -> None:
        """Show how labels, classes and the test set are made, quietly."""
        self._data = data
        task, classes = TASKS[data.task], class_count(data.task, data.classes)
        self.label_noise.setVisible(bool(classes))
        self.label_noise.set_value(round(100.0 * data.label_noise, 9))
        by_distance = data.task == "soft-classes" and data.soft == "distance"
        self.label_noise.set_remark(SOFT_REMARK if by_distance else LABEL_NOISE_REMARK)
        balanced = isinstance(data.source, Generated) and bool(classes) and not task.is_image
        self.balance.setVisible(balanced)
        if isinstance(data.source, Generated) and balanced:
            self.balance.show_balance(data.source.balance, classes, data.shown_class_names[:classes])
        self.stratified.setVisible(bool(classes))
        with QSignalBlocker(self.stratified), QSignalBlocker(self.test_set):
            self.stratified.setChecked(data.stratified)
            self.test_set.choose("fold" if data.fold else "share")
        self.folds.set_value(data.folds)
        self.strip.show_fold(data.folds, max(data.fold, 1))
        self._fold_row.setVisible(bool(data.fold))
        again = "no sample moves" if isinstance(data.source, Generated) else "no point moves"
        number = f" This is number {data.split_seed}." if data.split_seed else ""
        teach(self.split_again, f"Let other samples be the test; {again}.{number}")
        unusual = ", ".join(unusual_parts(data))
        self.unusual.set_line(unusual)
        teach(self.unusual, f"Set under “More”: {unusual}.")
        self._show_unusual()

    def unfold(self, on: bool) -> None:
        """Show the controls, or hide them; ``unfolded`` says so when they are shown."""
        self.content.setVisible(on)
        self.more.setText("Less" if on else "More")
        self._show_chevron()
        self._show_unusual()
        if on:
            self.unfolded.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.unusual, 1)
        column.addLayout(row)
        column.addWidget(self.content)
        inner = QVBoxLayout(self.content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.label_noise)
        inner.addWidget(self.balance)
        inner.addWidget(self.stratified)
        self.split_again.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        inner.addWidget(self.split_again)
        test = QHBoxLayout()
        label = QLabel("Test set")
        teach(label, "Which samples are kept for the test.")
        test.addWidget(label, 1)
        test.addWidget(self.test_set)
        inner.addLayout(test)
        folds = QHBoxLayout(self._fold_row)
        folds.setContentsMargins(0, 0, 0, 0)
        folds.setSpacing(6)
        label = QLabel("Folds")
        teach(label, FOLDS_REMARK)
        label.setBuddy(self.folds)
        folds.addWidget(label)
        folds.addWidget(self.folds)
        folds.addWidget(self.strip, 1)
        inner.addWidget(self._fold_row)

    def _connect(self) -> None:
        self.more.clicked.connect(lambda: self.unfold(self.content.isHidden()))
        self.label_noise.committed.connect(lambda value: self.changed.emit("data.label_noise", value / 100.0))
        self.balance.changed.connect(lambda number, share: self.changed.emit("data.share", (number, share)))
        self.balance.equal_requested.connect(lambda: self.changed.emit("data.equal_shares", None))
        self.stratified.toggled.connect(lambda on: self.changed.emit("data.stratified", on))
        self.split_again.clicked.connect(
            lambda: self.changed.emit("data.split_seed", (self._data.split_seed + 1) % 2**53)
        )
        self.test_set.chosen.connect(self._choose_test_set)
        self.folds.committed.connect(lambda value: self.changed.emit("data.folds", int(value)))
        self.strip.picked.connect(lambda fold: self.changed.emit("data.fold", fold))
        for source in (self.label_noise, self.balance, self.folds):
            source.problem.connect(self.problem)

    def _choose_test_set(self, name: str) -> None:
        self.changed.emit("data.fold", 1 if name == "fold" else 0)
        # The folds have appeared below.
        self.unfolded.emit()

    def _show_unusual(self) -> None:
        # What is unfolded shows it itself.
        self.unusual.setVisible(self.content.isHidden() and bool(self.unusual.line()))

    def _show_chevron(self) -> None:
        self.more.setIcon(icon("chevron_right" if self.content.isHidden() else "chevron_down", self._theme))


def unusual_parts(data: Data) -> list[str]:
    """Return in a few words each what is not as usual about labels, balance and test set."""
    classes = class_count(data.task, data.classes)
    parts = []
    if data.label_noise and classes:
        parts.append(f"label noise {100.0 * data.label_noise:.3g} %")
    if isinstance(data.source, Generated) and data.source.balance:
        parts.append("balance")
    if isinstance(data.source, Points) and data.source.is_train is not None and not data.fold:
        parts.append("split of the table")
    if data.fold:
        parts.append(f"fold {data.fold} of {data.folds}")
    if not data.stratified and classes:
        parts.append("not stratified")
    if data.split_seed:
        parts.append(f"split {data.split_seed}")
    return parts

"""The scores view: numbers on the left, the matrix or the plot beside them, for the training or the test set."""

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.frame import Frame
from app.theme import LIGHT, Theme
from app.views.ink import fill_background
from app.views.scores.canvas import ScoresCanvas
from app.views.scores.content import Scores, scores_of
from app.widgets.segmented import SegmentedControl
from app.widgets.teach import teach
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.parameters import Layout

SETS = (
    ("test", "Test", "The samples that were kept from training: they tell if the network learned the rule."),
    ("train", "Training", "The samples that the network is trained on."),
)
# While training runs, the scores are worked out anew at most this often: some compare every sample with every other.
INTERVAL = 0.25
MOST_ROWS = 4
EMPTY = "There are no samples in this set."
HIDDEN = "How well the network does is homework: it is shown again when the phase is solved."


class ScoresView(QWidget):
    """Shows how well the network does, in the numbers of its task; ``hint`` explains what is pointed at."""

    hint = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self._frame: Frame | None = None
        self._shown_at = -INTERVAL
        self.scores: Scores | None = None
        self.choice = SegmentedControl("Samples", SETS, "test")
        self.canvas = ScoresCanvas(self)
        self.canvas.setAccessibleName("Scores")
        self.empty = QLabel(EMPTY)
        self.empty.setProperty("role", "caption")
        self.empty.setWordWrap(True)
        self.empty.hide()
        self.names = [QLabel() for _ in range(MOST_ROWS)]
        self.values = [QLabel() for _ in range(MOST_ROWS)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(3)
        for row, (name, value) in enumerate(zip(self.names, self.values, strict=True)):
            name.setProperty("role", "caption")
            value.setProperty("role", "heading")
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(name, row, 0)
            grid.addWidget(value, row, 1)
        left = QVBoxLayout()
        left.addWidget(self.choice)
        left.addWidget(self.empty)
        left.addLayout(grid)
        left.addStretch(1)
        row_layout = QHBoxLayout(self)
        row_layout.setContentsMargins(10, 6, 10, 6)
        row_layout.setSpacing(18)
        row_layout.addLayout(left)
        row_layout.addWidget(self.canvas, 1)
        self.choice.chosen.connect(self._show)
        self.canvas.hint.connect(self.hint)
        self.setFocusProxy(self.choice)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self.choice.set_theme(theme)
        self.canvas.set_theme(theme)
        fill_background(self, theme)

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Take the samples; scores of others are not shown any longer."""
        if dataset is not self._dataset:
            self._dataset = dataset
            self._frame = None
            self._show()

    def show_frame(self, frame: Frame) -> None:
        """Work the scores out, unless they were a moment ago and training goes on."""
        self._frame = frame
        now = time.monotonic()
        if frame.running and now - self._shown_at < INTERVAL:
            return
        self._shown_at = now
        self._show()

    def _show(self) -> None:
        frame, dataset = self._frame, self._dataset
        self.scores = None
        if frame is not None and dataset is not None and not frame.hidden.losses:
            self.scores = scores_of(frame, dataset, test=self.choice.current == "test")
        rows = self.scores.rows if self.scores else ()
        for place, (name, value) in enumerate(zip(self.names, self.values, strict=True)):
            shown = rows[place] if place < len(rows) else ("", "", "")
            name.setText(shown[0])
            value.setText(shown[1])
            teach(name, shown[2])
            teach(value, shown[2])
        is_hidden = frame is not None and frame.hidden.losses
        self.empty.setText(HIDDEN if is_hidden else EMPTY)
        self.empty.setVisible(is_hidden or (self.scores is not None and not self.scores.count))
        self.canvas.show_scores(self.scores)

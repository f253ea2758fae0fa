"""Find a learning rate: the range test, its picture, and the button that uses what it suggests."""

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.rate_plot import RatePlot, rounded_rate
from app.rate_search import RateSearch
from app.run import NO_POINTS
from app.theme import LIGHT, Theme
from app.widgets.segmented import SegmentedControl
from engine.datasets.dataset import Array, Dataset
from engine.experiment import Experiment
from engine.optimizers import OPTIMIZERS
from engine.rate_test import RateTest

EXPLANATION = (
    "The network is trained for a moment at ever larger learning rates. "
    "Where the loss falls fastest the rate is good; where it shoots up the steps are too long. "
    "Your own training stays as it is."
)
STARTS = (
    ("initial", "Initial weights", "Finds a rate for the beginning: the test starts from the initial weights."),
    (
        "present",
        "Weights as they are now",
        "Finds a rate to go on with: the test starts from the present weights, and the optimizer anew.",
    ),
)


class _Listener(QObject):
    """Hears one test. What comes late from a test that another one has replaced ends here."""

    progress = Signal(float)
    found = Signal(object)
    failed = Signal(str)

    def __init__(self, search: RateSearch, parent: QObject) -> None:
        super().__init__(parent)
        for mine, its in ((self.progress, search.progress), (self.found, search.found), (self.failed, search.failed)):
            its.connect(mine, Qt.ConnectionType.QueuedConnection)

    def hear_no_more(self) -> None:
        """Pass nothing on any more."""
        self.blockSignals(True)
        self.deleteLater()


class RateFinder(QDialog):
    """Runs the test when it is shown, stops it when it is closed; ``rate_chosen`` brings the rate to use.

    Args:
        present: the weights of the moment; with them, one may choose where the test starts.
        make_search: makes the test that starts from the given weights, or from the initial ones.
    """

    rate_chosen = Signal(float)

    def __init__(
        self,
        experiment: Experiment,
        dataset: Dataset,
        parent: QWidget | None = None,
        theme: Theme = LIGHT,
        present: Array | None = None,
        make_search: Callable[[Experiment, Dataset, Array | None], RateSearch] = RateSearch,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Find a learning rate")
        self._rate: float | None = None
        self.search: RateSearch | None = None
        self._listener: _Listener | None = None
        self._make_search = partial(make_search, experiment, dataset)
        self._present = present
        explanation = QLabel(EXPLANATION)
        explanation.setWordWrap(True)
        self.start = SegmentedControl("The test starts from", STARTS, "initial")
        self.start.set_theme(theme)
        self.start.chosen.connect(self._begin)
        self.plot = RatePlot(theme, experiment.training.learning_rate)
        self.verdict = QLabel("Testing …")
        self.verdict.setWordWrap(True)
        self.verdict.setAccessibleName("Result")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Progress of the test")
        self.progress.setToolTip("How much of the test is done.")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(explanation)
        column.addWidget(self._start_row())
        column.addWidget(self.plot, 1)
        column.addWidget(self.verdict)
        column.addWidget(self.progress)
        column.addWidget(self._make_buttons())
        self.plot.picked.connect(self._offer)
        self.cancel.setFocus()
        reason = why_not(experiment, dataset)
        if reason:
            self.plot.hide()
            self.start_row.hide()
            self._fail(reason)
            return
        self._begin()

    def _start_row(self) -> QWidget:
        self.start_row = QWidget()
        row = QHBoxLayout(self.start_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(QLabel("Start from"))
        row.addWidget(self.start)
        row.addStretch(1)
        self.start_row.setVisible(self._present is not None)
        return self.start_row

    def _begin(self) -> None:
        """Make a test from the chosen weights, in place of one that may be going on."""
        self._end()
        self._rate = None
        self.verdict.setText("Testing …")
        self.progress.setValue(0)
        self.progress.show()
        self.use.setText("Use")
        self.use.setEnabled(False)
        self.plot.show_result(np.empty(0), np.empty(0), None)
        self.search = self._make_search(self._present if self.start.current == "present" else None)
        listener = self._listener = _Listener(self.search, self)
        listener.progress.connect(self._show_progress)
        listener.found.connect(self._show_result)
        listener.failed.connect(self._fail)
        self.search.start()

    def _end(self) -> None:
        """Stop the test, if there is one."""
        if self._listener is not None:
            self._listener.hear_no_more()
            self._listener = None
        if self.search is not None:
            self.search.stop()

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        self.use = QPushButton("Use")
        self.use.setProperty("role", "primary")
        self.use.setAccessibleName("Use this learning rate")
        self.use.setToolTip("Train with this rate from now on; it can be undone.")
        self.use.setEnabled(False)
        self.use.clicked.connect(self._choose)
        self.cancel = QPushButton("Cancel")
        self.cancel.setAccessibleName("Cancel")
        self.cancel.setToolTip("Close this and leave the learning rate as it is.")
        buttons.addButton(self.use, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        return buttons

    def done(self, result: int) -> None:
        """Close, with the test at an end whichever way that came about."""
        self._end()
        super().done(result)

    def _show_progress(self, share: float) -> None:
        self.progress.setValue(round(100.0 * share))

    def _show_result(self, result: RateTest) -> None:
        suggestion = None if result.suggestion is None else rounded_rate(result.suggestion)
        self.progress.hide()
        self.plot.show_result(result.rates, result.losses, suggestion)
        if suggestion is None:
            self.verdict.setText(
                "The loss falls at no learning rate: other initial weights, another activation or more units may help. "
                "Click into the picture to pick a rate all the same."
            )
            return
        self.verdict.setText(
            f"The loss falls fastest at about {suggestion:g}. Click into the picture for another rate."
        )
        self._offer(suggestion)
        if self.cancel.hasFocus():
            self.use.setFocus()

    def _offer(self, rate: float) -> None:
        self._rate = rate
        self.use.setText(f"Use {rate:g}")
        self.use.setEnabled(True)
        self.use.setDefault(True)

    def _fail(self, sentence: str) -> None:
        self.progress.hide()
        self.use.hide()
        self.cancel.setText("Close")
        self.cancel.setAccessibleName("Close")
        self.verdict.setText(sentence)

    def _choose(self) -> None:
        if self._rate is not None:
            self.rate_chosen.emit(self._rate)
            self.accept()


def why_not(experiment: Experiment, dataset: Dataset) -> str:
    """Return in one sentence why there is nothing to test, or an empty string."""
    optimizer = OPTIMIZERS[experiment.training.optimizer.name]
    if not optimizer.uses_rate:
        return f"{optimizer.label} finds the length of its steps by itself: there is no learning rate to look for."
    if not dataset.train_count:
        return NO_POINTS
    return ""

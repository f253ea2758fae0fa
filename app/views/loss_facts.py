"""What stands below the loss curve: its name, and what else there is to know of the moment, as far as there is room."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.frame import Frame
from app.style import css
from app.theme import LIGHT, Theme
from app.views.parameter_text import number_text
from engine.optimizers import OPTIMIZERS


class LossFacts(QWidget):
    """The name of the curve on the left, the facts on the right; where there is no room, they are left out.

    Attributes:
        name: what is drawn.
        best, penalty, rate: the epoch of the smallest test loss, what regularization adds, the learning rate of the
            moment; each empty where there is nothing to say.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._loss = LIGHT, "Loss"
        self._epoch: int | None = None
        self.name = QLabel("Loss over epochs")
        # It takes the room that the numbers beside it leave, and pushes nothing.
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.best, self.penalty, self.rate = QLabel(), QLabel(), QLabel()
        self.best.setToolTip("Where the test loss was smallest; early stopping goes back to its weights.")
        self.penalty.setToolTip("What the regularization adds to what is made small; the losses are without it.")
        self.rate.setToolTip("The learning rate now, as its schedule has it.")
        self._facts = (self.best, self.penalty, self.rate)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(14)
        self._row.addWidget(self.name, 1)
        for fact in self._facts:
            fact.hide()
            # Where there is no room it is left out, rather than pushing.
            fact.setMinimumWidth(1)
            self._row.addWidget(fact)
        for label in (self.name, *self._facts):
            label.setProperty("role", "caption")

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes."""
        self._theme = theme
        # The name begins where the plot does.
        self._row.setContentsMargins(theme.pixels(46), 0, 8, 3)
        self._show_best()

    def show_loss(self, label: str) -> None:
        """Name the loss that is drawn."""
        self._loss = label
        self._arrange()

    def show_frame(self, frame: Frame) -> None:
        """Show what there is to know of one moment."""
        # Apart from the losses, which do not hold it.
        self._write(self.penalty, f"+ penalty {number_text(frame.penalty)}" if frame.penalty > 0.0 else "")
        training = frame.experiment.training
        changes = training.schedule.name != "constant" and OPTIMIZERS[training.optimizer.name].uses_rate
        self._write(self.rate, f"η {rate_text(frame.learning_rate)}" if changes else "")
        self._epoch = frame.best_epoch
        self._show_best()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many of the facts as there is room for now."""
        super().resizeEvent(event)
        self._arrange()

    def _show_best(self) -> None:
        ink = css(self._theme.accent)
        text = "" if self._epoch is None else f'<span style="color:{ink}">best: epoch {self._epoch:,}</span>'
        self._write(self.best, text)

    def _write(self, fact: QLabel, text: str) -> None:
        if text != fact.text():
            fact.setText(text)
            self._arrange()

    def _arrange(self) -> None:
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        for fact in self._facts:
            width = fact.sizeHint().width() + self._row.spacing()
            fits = bool(fact.text()) and width <= room
            fact.setVisible(fits)
            room -= width if fits else 0
        ways = (f"{self._loss} over epochs", self._loss, "")
        metrics = self.name.fontMetrics()
        shown = next(way for way in ways if metrics.horizontalAdvance(way) <= self.name.width() or not way)
        self.name.setToolTip(ways[0])
        if shown != self.name.text():
            self.name.setText(shown)


def rate_text(rate: float) -> str:
    """Return a learning rate with three digits; powers of ten only where zeros would have to be counted."""
    return f"{rate:.3g}" if 1e-4 <= rate < 1e3 else number_text(rate)

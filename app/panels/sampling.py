"""Which pairs and triplets are drawn, for the losses that compare points."""

from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from app.widgets.choice import Choice
from engine.experiment import Training
from engine.losses import LOSSES

WORDS = (
    ("random", "At random", "Any pair or triplet may be drawn: most of them are soon too easy to teach anything."),
    ("hard", "The hardest of a few", "Of a few that are drawn the one with the largest loss is learned from."),
)


class SamplingChoice(QWidget):
    """A list with its name, to be seen only while the loss compares points."""

    def __init__(self) -> None:
        super().__init__()
        self.choice = Choice("Pairs and triplets", "Which pairs or triplets of points are learned from.")
        self.choice.set_entries(WORDS)
        label = QLabel("Drawn")
        label.setBuddy(self.choice)
        label.setToolTip(self.choice.toolTip())
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.addRow(label, self.choice)

    def show_training(self, training: Training) -> None:
        """Show how they are drawn, quietly."""
        self.choice.set_name(training.sampling)
        self.setVisible(LOSSES[training.loss].members > 1)

"""The view of an embedding, with switches for what is drawn in it."""

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.frame import Frame
from app.stepping.state import StepState
from app.theme import LIGHT, Theme
from app.views.decision.shapes import class_name
from app.views.embedding.canvas import EmbeddingCanvas
from app.views.embedding.links import takes_triplets
from app.views.ink import fill_background
from app.views.parameter_text import short_number
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.losses import LOSSES
from engine.parameters import Layout
from engine.settings import complete

ABOUT = {
    1: "A line: heights mean nothing.",
    2: "",
    3: "The first two of 3 outputs.",
}

REMARKS = {
    1: "The embedding has one dimension; the samples are spread up and down only to be seen.",
    3: "The embedding has three dimensions, of which the first two are shown.",
}


class EmbeddingView(QWidget):
    """Shows where the network puts the samples; ``hint`` says what is pointed at, ``sample_picked`` brings the number
    of the sample that was clicked on."""

    hint = Signal(str)
    sample_picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self.canvas = EmbeddingCanvas(self)
        self.grid = QCheckBox("Plane")
        self.grid.setToolTip("Show the plane as the network bends it: lines of equal x₁ blue, of equal x₂ orange.")
        self.grid.setAccessibleName("Show the bent plane")
        self.grid.setChecked(True)
        self.links = QCheckBox("Pairs")
        self._name_links("pairs")
        self.about = QLabel()
        self.about.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for part in (self.grid, self.links, self.about):
            part.setProperty("role", "caption")
        below = QHBoxLayout()
        below.setContentsMargins(6, 0, 8, 4)
        for part, stretch in ((self.grid, 0), (self.links, 0), (self.about, 1)):
            below.addWidget(part, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.canvas, 1)
        column.addLayout(below)
        self.grid.toggled.connect(self._switch)
        self.links.toggled.connect(self._switch)
        self.canvas.pointed.connect(self._tell)
        self.canvas.picked.connect(self.sample_picked)
        self.setFocusProxy(self.grid)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self.canvas.set_theme(theme)
        fill_background(self, theme)

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Take the samples."""
        self._dataset = dataset
        outputs = layout.layers[-1].outputs
        self.canvas.show_experiment(experiment, dataset, outputs)
        self._name_links(
            "triplets" if takes_triplets(experiment.training.loss) else "pairs",
            hard=experiment.training.sampling == "hard",
        )
        self.about.setText(ABOUT.get(outputs, ""))
        self.about.setToolTip(REMARKS.get(outputs, ""))
        self.canvas.setToolTip(margin_remark(experiment))

    def _name_links(self, name: str, *, hard: bool = False) -> None:
        self.links.setText(name.capitalize())
        self.links.setAccessibleName(f"Show {name}")
        which = (
            f"some of the hardest {name}, which are learned from"
            if hard
            else f"some {name} that the loss is measured by"
        )
        self.links.setToolTip(f"Show {which}: blue should meet, orange should part.")

    def show_frame(self, frame: Frame) -> None:
        """Draw one moment."""
        self.canvas.show_frame(frame)

    def show_step(self, state: StepState | None) -> None:
        """Ring the samples of the batch that is walked through; None ends it."""
        self.canvas.show_step(state)

    def _switch(self) -> None:
        self.canvas.show_grid, self.canvas.show_links = self.grid.isChecked(), self.links.isChecked()
        self.canvas.update()

    def _tell(self, number: int) -> None:
        dataset = self._dataset
        if dataset is None or not 0 <= number < len(dataset):
            self.hint.emit("")
            return
        x1, x2 = dataset.points[number]
        own, classes = dataset.targets[number], max(dataset.classes, 2)
        kind = "training" if dataset.is_train[number] else "test"
        place = f"x₁ {x1:.2f}, x₂ {x2:.2f}".replace("-", "−")
        text = f"Class {class_name(int(own), classes, dataset.class_names)}, a {kind} sample at {place}"
        neighbors = self.canvas.neighbors()
        alike = int(np.count_nonzero(dataset.targets[neighbors] == own))
        count = "its nearest neighbor" if len(neighbors) == 1 else f"its {len(neighbors)} nearest neighbors"
        self.hint.emit(
            f"{text}; of {count} {alike} {'is' if alike == 1 else 'are'} of its class." if neighbors else text
        )


def margin_remark(experiment: Experiment) -> str:
    """Return what the dashed circle means for the loss of ``experiment``."""
    training = experiment.training
    value = short_number(complete(LOSSES[training.loss].settings, training.loss_settings)[0])
    if takes_triplets(training.loss):
        return (
            f"The radius of the dashed circle is √α, with the margin α = {value}: the loss compares squared distances. "
            "Where all samples of a class meet in its middle, those of other classes must lie outside."
        )
    return (
        f"The radius of the dashed circle is the margin m = {value}: pairs of unlike samples that are nearer to each "
        "other are pushed apart, those farther away are left alone."
    )

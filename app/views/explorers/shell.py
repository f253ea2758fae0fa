"""What both explorers have in common: controls, panels with a line that reads off, facts and the names of the lines."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from app.frame import Frame, Hidden
from app.theme import LIGHT, Theme
from app.views.explorers.canvas import ExplorerCanvas
from app.views.explorers.facts import Facts, Legend
from app.views.explorers.panels import Fact, Panel, Picture
from app.views.ink import fill_background
from app.views.parameter_text import number_text, short_number
from app.widgets.scrolled import Scrolled
from app.widgets.teach import Teaching
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.parameters import Layout

# In pixels at a text scale of 1.
CONTROLS_WIDTH, SIDE_WIDTH = 152, 204
# With less width than this, everything stands below each other if there is some height.
SIDE_BY_SIDE, FLAT_SHAPE = 560, 0.45
ROOMY, HIGH = 860, 250
UNLIMITED = 16_777_215
LEAST = QSize(240, 80)
HIDDEN = "Where this network is on the curves is homework: it is shown again when the phase is solved."


class Explorer(Teaching):
    """Draws what ``make_picture`` of a subclass returns; ``changed`` brings a change of the experiment."""

    changed = Signal(str, object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = LIGHT
        self.experiment: Experiment | None = None
        self.dataset: Dataset | None = None
        self.layout_: Layout | None = None
        self.frame: Frame | None = None
        self.picture = Picture(())
        self.canvas = ExplorerCanvas(name)
        self.facts, self.legend = Facts(), Legend()
        side = QWidget()
        self._side_column = column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(6)
        # Makes the sentences so wide that there is no need for many lines.
        self._strut = QSpacerItem(0, 0)
        column.addItem(self._strut)
        column.addWidget(self.facts)
        column.addWidget(self.legend)
        column.addStretch(1)
        self._side = Scrolled(side)
        self._side.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._controls = QWidget()
        self.controls = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._controls)
        self.controls.setContentsMargins(0, 0, 0, 0)
        self.controls.setSpacing(6)
        self._whole = whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        # What it needs depends on its shape: see ``minimumSizeHint``.
        whole.setSizeConstraint(QBoxLayout.SizeConstraint.SetNoConstraint)
        whole.setContentsMargins(10, 6, 6, 6)
        self._picture_row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for part in (whole, row):
            part.setSpacing(10)
        whole.addWidget(self._controls)
        whole.addLayout(row, 1)
        row.addWidget(self.canvas, 3)
        row.addWidget(self._side)
        self.canvas.pointed.connect(self._read)
        self.canvas.levels_pointed.connect(self._explain_levels)
        self.legend.hint.connect(self.hint)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self.theme = theme
        self._arrange()
        for part in (self.canvas, self.facts, self.legend):
            part.set_theme(theme)
        fill_background(self, theme)

    def minimumSizeHint(self) -> QSize:
        """Return little: in a narrow place the parts stand below each other, and scroll."""
        return LEAST * self.theme.text_scale

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the parts side by side or below each other, the controls perhaps in a row above."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        theme = self.theme
        narrow = self.width() < theme.pixels(SIDE_BY_SIDE) and self.height() > FLAT_SHAPE * self.width()
        # Where there is height to spare, the plots get the width of the controls.
        above = not narrow and self.width() < theme.pixels(ROOMY) and self.height() > theme.pixels(HIGH)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._whole.setDirection(down if narrow or above else across)
        self._picture_row.setDirection(down if narrow else across)
        self._picture_row.setStretchFactor(self._side, 2 if narrow else 0)
        self.controls.setDirection(across if above else down)
        # What is written into the plots need not stand beside them where they have too little room.
        self._side.setHidden(self.is_told_in_plots and not narrow and self.width() < theme.pixels(ROOMY))
        width = 0 if narrow else theme.pixels(SIDE_WIDTH)
        if width != self._strut.sizeHint().width():
            self._strut.changeSize(width, 0)
            self._side_column.invalidate()
        free = narrow or above
        self._controls.setMinimumWidth(0 if free else theme.pixels(CONTROLS_WIDTH))
        self._controls.setMaximumWidth(UNLIMITED if free else theme.pixels(CONTROLS_WIDTH))

    @property
    def is_told_in_plots(self) -> bool:
        """Whether the facts stand in the plots, too."""
        return any(panel.notes for panel in self.picture.panels)

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Take what is trained; where another network's units were is not shown any longer."""
        if not self._is_alike(experiment, dataset, layout):
            self.frame = None
        self.experiment, self.dataset, self.layout_ = experiment, dataset, layout
        self.show_choices(experiment, layout)
        self.refresh()

    def _is_alike(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> bool:
        """Return whether what the last frame says of units and samples still fits, but for an α, δ or margin."""
        if self.experiment is None or self.layout_ is None or dataset is not self.dataset:
            return False
        activations = [[layer.activation for layer in each.layers] for each in (layout, self.layout_)]
        same_loss = experiment.training.loss == self.experiment.training.loss
        return same_loss and layout.has_places_of(self.layout_) and activations[0] == activations[1]

    def show_frame(self, frame: Frame) -> None:
        """Draw one moment."""
        self.frame = frame
        self.refresh()

    def show_choices(self, experiment: Experiment, layout: Layout) -> None:
        """Offer what there is to choose of this experiment, quietly."""
        raise NotImplementedError

    def make_picture(self, experiment: Experiment, layout: Layout) -> Picture:
        """Return what there is to show."""
        raise NotImplementedError

    def sentence_at(self, panels: tuple[Panel, ...], index: int) -> str:
        """Return in words what is read off at a place."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Draw anew: something was chosen, or has moved."""
        if self.experiment is None or self.layout_ is None:
            return
        with np.errstate(all="ignore"):
            picture = self.make_picture(self.experiment, self.layout_)
        if self.frame is not None and self.frame.hidden != Hidden():
            picture = replace(picture, facts=(Fact("", HIDDEN, HIDDEN),))
        self.picture = picture
        self._arrange()
        self.canvas.show_picture(self.picture)
        self.facts.show_facts(self.picture.facts)
        self.legend.show_lines(self.picture.legend)
        self._read(self.canvas.index, quiet=True)

    def _read(self, index: int, quiet: bool = False) -> None:
        """Write down what lies at a place; ``quiet`` where only the curves have moved below it."""
        panels = self.picture.panels
        if index < 0 or not panels:
            self.canvas.set_readings((), " ".join(f"{fact.figure} {fact.text}".strip() for fact in self.picture.facts))
            self.legend.show_values(())
            if not quiet:
                self.hint.emit("")
            return
        readings = []
        for number, panel in enumerate(panels):
            parts = [] if number else [f"{panel.place} = {short_number(float(panel.x[index]))}"]
            for symbol, line in zip(panel.symbols or (panel.symbol,), panel.lines, strict=False):
                value = float(line.values[index])
                parts += [f"{symbol} = {number_text(value)}"] if np.isfinite(value) else []
            readings.append("   ".join(parts))
        sentence = self.sentence_at(panels, index)
        self.canvas.set_readings(tuple(readings), sentence)
        values = [float(line.values[index]) for line in self.picture.legend]
        self.legend.show_values(tuple(number_text(value) if np.isfinite(value) else "" for value in values))
        if not quiet:
            self.hint.emit(sentence)

    def _explain_levels(self) -> None:
        levels = self.picture.levels
        if levels is not None:
            self.hint.emit(levels.remark)

"""The loss curve: train and test loss over the epochs."""

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QHideEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.frame import Array, Curve, Frame
from app.metric_text import NONE, UNKNOWN
from app.style import css
from app.theme import LIGHT, RGB, Theme
from app.views.ink import color, fill_background
from app.views.loss_decimation import decimate
from app.views.loss_facts import LossFacts
from app.views.loss_plot import LossPlot, heights, whole_range
from app.views.parameter_text import number_text
from app.widgets.button import Button
from app.widgets.elided_label import ElidedLabel
from app.widgets.flow_bar import FlowBar
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.losses import LOSSES
from engine.parameters import Layout

NAMES = ("train", "test")
# Room for one of the losses beside the controls; and at any text size for a plot that can be read.
SMALLEST, LOWEST = (236, 90), 110
NOTHING = Curve(np.empty(0), np.empty(0))


class LossCurveView(QWidget):
    """Draws exactly the curves of the frame: drawing again adds nothing."""

    hint = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._curves = [NOTHING, NOTHING]
        self._losses = (math.nan, math.nan)
        self._dirty = False
        self._follows = True
        self._pointed: float | None = None
        self.plot = LossPlot(self)
        self.plot.setAccessibleName("Loss over epochs")
        self.plot.setAccessibleDescription("Zoom with plus and minus, show everything with Home.")
        self._lines = [pg.PlotCurveItem(connect="finite", antialias=True) for _ in NAMES]
        self._dots = pg.ScatterPlotItem(pxMode=True)
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._best = pg.InfiniteLine(angle=90, movable=False)
        for line in (self._cursor, self._best):
            line.setVisible(False)
        for item in (self._cursor, self._best, *self._lines, self._dots):
            self.plot.addItem(item, ignoreBounds=True)
        self._legends = [QLabel() for _ in NAMES]
        self._hidden: frozenset[str] = frozenset()
        self.facts = LossFacts()
        self._epoch = ElidedLabel()
        self._epoch.setProperty("role", "caption")
        self.log = QCheckBox("Log")
        self.log.setAccessibleName("Logarithmic scale")
        self.log.setProperty("role", "caption")
        self.log.setToolTip("Draw powers of ten: then slow progress late in training can be seen, too.")
        self.fit = Button("Fit", "Show the whole curve again and follow it (double-click or Home).", with_text=True)
        self.fit.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.fit.setAccessibleName("Fit the whole loss curve")
        self._arrange()
        self.log.toggled.connect(self._set_log)
        self.fit.clicked.connect(self._fit)
        self.plot.fit_requested.connect(self._fit)
        self.plot.moved_by_hand.connect(self._moved_by_hand)
        self.plot.left.connect(self._left)
        self.plot.scene().sigMouseMoved.connect(self._mouse_moved)
        self.setFocusProxy(self.plot)
        self.set_theme(LIGHT)
        self._draw()

    def _arrange(self) -> None:
        legends = self._legend_bar = FlowBar(gap=10, row_gap=0)
        for legend in self._legends:
            legends.flow.addWidget(legend)
        above = self._above = QHBoxLayout()
        above.setContentsMargins(10, 2, 4, 0)
        above.setSpacing(6)
        above.addWidget(legends)
        above.addWidget(self._epoch, 1)
        above.addWidget(self.log)
        above.addWidget(self.fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 6, 2)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.plot, 1)
        column.addWidget(self.facts)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        self.setMinimumSize(theme.pixels(SMALLEST[0]), max(theme.pixels(SMALLEST[1]), LOWEST))
        fill_background(self, theme)
        self.plot.set_theme(theme)
        self.facts.set_theme(theme)
        for line, ink, width in zip(self._lines, self._inks(), (1.4, 2.0), strict=True):
            pen = QPen(color(ink), width)
            pen.setCosmetic(True)
            line.setPen(pen)
        self._cursor.setPen(QPen(color(theme.outline), 0.0, Qt.PenStyle.DashLine))
        self._best.setPen(QPen(color(theme.accent), 0.0, Qt.PenStyle.DashLine))
        self._fit_legends()
        self._renew()

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Name the loss; the curves come with the frames."""
        self.facts.show_loss(LOSSES[experiment.training.loss].label)

    def show_frame(self, frame: Frame) -> None:
        """Draw the curves of one moment, if they are other ones than before."""
        curves = [frame.train_curve, frame.test_curve]
        losses = (frame.train_loss, frame.test_loss)
        if losses != self._losses or frame.hidden.scores != self._hidden:
            self._hidden = frame.hidden.scores
            # Between two measured epochs, or after a weight was edited, only these are up to date.
            self._losses = losses
            self._write()
        self.facts.show_frame(frame)
        self._show_best(frame.best_epoch)
        if all(new is old for new, old in zip(curves, self._curves, strict=True)):
            return
        if len(curves[0].epochs) < len(self._curves[0].epochs):
            # A new run: what the user looked at in the old one is not here any more.
            self._follows = True
        self._curves = curves
        self._renew()

    def _show_best(self, epoch: int | None) -> None:
        """Mark the epoch of the smallest test loss, where early stopping looks for it."""
        self._best.setVisible(epoch is not None)
        if epoch is not None:
            self._best.setPos(epoch)

    def values_at(self, epoch: float) -> tuple[float, float, float]:
        """Return the measured epoch nearest to ``epoch``, and both losses there; not-a-number where none is known."""
        epochs = max((curve.epochs for curve in self._curves), key=len)
        if not len(epochs):
            return math.nan, math.nan, math.nan
        nearest = float(epochs[int(np.argmin(np.abs(epochs - epoch)))])
        train, test = (_loss_at(curve, nearest) for curve in self._curves)
        return nearest, train, test

    # Drawing

    def _renew(self) -> None:
        """Draw now, or as soon as there is someone to see it."""
        self._dirty = True
        if self.isVisible():
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up on what changed while this was hidden."""
        super().showEvent(event)
        self._renew()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget the mouse."""
        self._left()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw as many points as the new width can show."""
        super().resizeEvent(event)
        self._fit_legends()
        self._renew()

    def _draw(self) -> None:
        self._dirty = False
        log = self.log.isChecked()
        if self._follows:
            # Deciding on the range needs every point; drawing does not.
            wholes = [(curve.epochs, heights(curve.losses, log=log)) for curve in self._curves]
            self.plot.show_range(*whole_range(wholes, log=log))
        start, end = self.plot.getPlotItem().getViewBox().viewRange()[0]
        pixels = max(self.plot.width() - self._theme.pixels(46), 50)
        lonely_epochs, lonely_heights, brushes = [], [], []
        for curve, line, ink in zip(self._curves, self._lines, self._inks(), strict=True):
            epochs, losses = decimate(*_part(curve, start, end), pixels)
            places = heights(losses, log=log)
            line.setData(epochs, places)
            # A point without neighbors makes no line.
            alone = _alone(places)
            lonely_epochs.append(epochs[alone])
            lonely_heights.append(places[alone])
            brushes += [pg.mkBrush(color(ink))] * int(alone.sum())
        self._dots.setData(
            x=np.concatenate(lonely_epochs), y=np.concatenate(lonely_heights), brush=brushes, pen=None, size=6
        )
        self._write()

    def _write(self) -> None:
        """Write the losses into the legend: those under the mouse, else those of now."""
        if self._pointed is None:
            losses = list(self._losses)
            self._epoch.set_line("")
        else:
            epoch, *losses = self.values_at(self._pointed)
            self._epoch.set_line("" if math.isnan(epoch) else f"epoch {epoch:,.10g}")
        fields = ("train_loss", "test_loss")
        for legend, name, ink, loss, field in zip(self._legends, NAMES, self._inks(), losses, fields, strict=True):
            unknown = UNKNOWN if self._pointed is None and field in self._hidden else NONE
            shown = number_text(loss) if math.isfinite(loss) else unknown
            text = f'<span style="color:{css(ink)}"><b>━</b> {name} {shown}</span>'
            if text != legend.text():
                legend.setText(text)
                self._fit_legends()

    def _fit_legends(self) -> None:
        """Give the legends the room they need, as far as there is any: other numbers must not make the dock wider."""
        margins, spacing = self._above.contentsMargins(), self._above.spacing()
        others = sum(part.sizeHint().width() + spacing for part in (self.log, self.fit))
        room = self.width() - margins.left() - margins.right() - spacing - others
        self._legend_bar.setFixedWidth(max(1, min(room, self._legend_bar.flow.sizeHint().width())))

    def _inks(self) -> tuple[RGB, RGB]:
        return self._theme.train, self._theme.test

    # Looking around

    def _set_log(self, log: bool) -> None:
        self.plot.set_log(log)
        self._fit()

    def _fit(self) -> None:
        self._follows = True
        self._renew()

    def _moved_by_hand(self) -> None:
        self._follows = False
        self._renew()

    def _mouse_moved(self, place: QPointF) -> None:
        box = self.plot.getPlotItem().getViewBox()
        if not box.sceneBoundingRect().contains(place):
            self._left()
            return
        self._pointed = float(box.mapSceneToView(place).x())
        epoch, train, test = self.values_at(self._pointed)
        self._write()
        if math.isnan(epoch):
            return
        self._cursor.setPos(epoch)
        self._cursor.setVisible(True)
        known = [(name, loss) for name, loss in zip(NAMES, (train, test), strict=True) if math.isfinite(loss)]
        said = ", ".join(f"{name} loss {number_text(loss)}" for name, loss in known)
        self.hint.emit(f"Epoch {epoch:,.10g}: {said or 'no finite loss'}")

    def _left(self) -> None:
        if self._pointed is None:
            return
        self._pointed = None
        self._cursor.setVisible(False)
        self._write()
        self.hint.emit("")


def _part(curve: Curve, start: float, end: float) -> tuple[Array, Array]:
    """Return the points from ``start`` to ``end`` and one more on each side, to which lines lead."""
    first = max(int(np.searchsorted(curve.epochs, start, side="left")) - 1, 0)
    last = int(np.searchsorted(curve.epochs, end, side="right")) + 1
    return curve.epochs[first:last], curve.losses[first:last]


def _alone(places: Array) -> np.ndarray:
    """Return which points have no finite neighbor."""
    finite = np.concatenate(([False], np.isfinite(places), [False]))
    return np.asarray(finite[1:-1] & ~finite[:-2] & ~finite[2:])


def _loss_at(curve: Curve, epoch: float) -> float:
    place = int(np.searchsorted(curve.epochs, epoch))
    if place < len(curve.epochs) and curve.epochs[place] == epoch:
        return float(curve.losses[place])
    return math.nan

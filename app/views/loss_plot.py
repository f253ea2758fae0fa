"""The plot of the loss curves: pyqtgraph without its menus, with plain numbers on the axes."""

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.frame import Array
from app.theme import LIGHT, RGB, Theme
from app.views.ink import color, sized
from app.views.parameter_text import short_number

Range = tuple[float, float]

# As many epochs are shown at least: the first points stand at the left of an axis that has room for more.
FEWEST_EPOCHS = 10.0
SMALLEST_DECADES = 0.5
# Pixels from one number to the next on the logarithmic axis.
TICK_ROOM = 20.0


class NumberAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis that writes its numbers out, without a factor hidden in its label."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)
        # Without this, labels that vary in width would move the plot.
        self.setStyle(autoExpandTextSpace=False, autoReduceTextSpace=False, tickLength=4, maxTickLevel=0)
        self.setStyle(hideOverlappingLabels=False)

    def boundingRect(self) -> QRectF:
        """Return a little more than the axis, so that the numbers at its ends are not left out."""
        return QRectF(super().boundingRect()).adjusted(-12.0, -9.0, 12.0, 9.0)

    def logTickValues(
        self, minVal: float, maxVal: float, size: float, stdTicks: list[tuple[float, list[float]]]
    ) -> list[tuple[float | None, list[float]]]:
        """Return the powers of ten of round numbers, as many as there is room for."""
        return [(None, log_ticks(minVal, maxVal, int(size / TICK_ROOM)))]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Write thousands apart, and no number in parts of one."""
        if self.logMode:
            return [f"{10.0**value:.3g}" if -4 <= value < 5 else short_number(10.0**value) for value in values]
        # Below the curves there is room for long numbers, beside them for five digits.
        most = 1e15 if self.orientation == "bottom" else 1e5
        if spacing >= 1.0 and all(abs(value) < most for value in values):
            return [f"{value:,.0f}".replace("-", "−") for value in values]
        return [short_number(round(value, 12)) for value in values]


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Return powers of ten from ``low`` to ``high`` that belong to round numbers, at most about ``most`` of them."""
    span = max(high - low, 1e-9)
    per_decade = max(most, 1) / span
    if span < 0.35:
        start, end = 10.0**low, 10.0**high
        rough = (end - start) / max(most, 1)
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(times * power for times in (1.0, 2.0, 5.0, 10.0) if times * power >= rough * 0.999)
        numbers = np.arange(math.ceil(start / step), math.floor(end / step) + 1) * step
        return [float(tick) for tick in np.log10(numbers)]
    # Of 1, 2, 3, 5 the closest neighbors lie 0.18 decades apart, of 1, 2, 5 it is 0.3.
    mantissas = (1, 2, 3, 5) if per_decade > 1 / 0.17 else (1, 2, 5) if per_decade > 1 / 0.3 else (1,)
    every = max(1, math.ceil(1.0 / per_decade))
    powers = [power for power in range(math.floor(low), math.ceil(high) + 1) if power % every == 0]
    ticks = [power + math.log10(mantissa) for power in powers for mantissa in mantissas]
    return [tick for tick in ticks if low <= tick <= high]


class LossPlot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """Axes and view of the curves; ``moved_by_hand`` says that the user zoomed or panned."""

    fit_requested = Signal()
    moved_by_hand = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        axes = {"left": NumberAxis("left"), "bottom": NumberAxis("bottom")}
        super().__init__(parent, enableMenu=False, axisItems=axes)
        self.axes = axes
        item = self.getPlotItem()
        item.hideButtons()
        item.showGrid(x=False, y=True, alpha=0.3)
        item.setContentsMargins(0.0, 7.0, 12.0, 0.0)
        # pyqtgraph makes its menu all the same, as a window of its own: as a child it goes when this goes.
        item.ctrlMenu.setParent(self, item.ctrlMenu.windowFlags())
        box = item.getViewBox()
        box.disableAutoRange()
        box.setLimits(minXRange=0.5)
        box.sigRangeChangedManually.connect(self._moved)
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._focus: RGB = LIGHT.focus

    def set_theme(self, theme: Theme) -> None:
        """Take colors and text size."""
        self._focus = theme.focus
        self.setBackground(color(theme.surface))
        font = sized(self.font(), theme, 11)
        for axis in self.axes.values():
            axis.setPen(QPen(color(theme.outline)))
            axis.setTextPen(QPen(color(theme.muted)))
            axis.setTickFont(font)
        self.axes["left"].setWidth(theme.pixels(46))
        self.axes["bottom"].setHeight(theme.pixels(22))

    def set_log(self, log: bool) -> None:
        """Say that heights are powers of ten."""
        self.axes["left"].setLogMode(False, log)

    def show_range(self, across: Range, up: Range) -> None:
        """Show exactly this part of the plane of epochs and heights."""
        self.getPlotItem().getViewBox().setRange(xRange=across, yRange=up, padding=0.0, disableAutoRange=False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole curve again."""
        super().mouseDoubleClickEvent(event)
        self.fit_requested.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the plot, and around it whether the keys go here."""
        super().paintEvent(event)
        if self.hasFocus():
            with QPainter(self.viewport()) as painter:
                painter.setPen(QPen(color(self._focus), 2.0))
                painter.drawRect(QRectF(self.viewport().rect()).adjusted(1.0, 1.0, -1.0, -1.0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys go here now."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keys go elsewhere now."""
        super().focusOutEvent(event)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the mouse is gone."""
        super().leaveEvent(event)
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Keep the keys used here from the window's shortcuts while the plot has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _zoom(event):
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom in on the last epochs with plus, out with minus, all with Home."""
        zoom = _zoom(event)
        if event.key() == Qt.Key.Key_Home:
            self.fit_requested.emit()
        elif zoom:
            box = self.getPlotItem().getViewBox()
            (start, end), _ = box.viewRange()
            box.setXRange(end - (end - start) * zoom, end, padding=0.0)
            self.moved_by_hand.emit()
        else:
            event.ignore()

    def _moved(self) -> None:
        self.moved_by_hand.emit()


def _zoom(event: QKeyEvent) -> float:
    """Return by what a key multiplies the stretch that is shown; 0 for a key that does not."""
    keys = {Qt.Key.Key_Plus: 0.5, Qt.Key.Key_Equal: 0.5, Qt.Key.Key_Minus: 2.0, Qt.Key.Key_Home: 1.0}
    return keys.get(Qt.Key(event.key()), 0.0)


def heights(losses: Array, *, log: bool) -> Array:
    """Return where the points are drawn: the losses, or their powers of ten; not-a-number where there is none."""
    finite = np.where(np.isfinite(losses), losses, np.nan)
    if not log:
        return np.asarray(finite)
    return np.log10(finite, where=finite > 0.0, out=np.full(len(finite), np.nan))


def whole_range(curves: list[tuple[Array, Array]], *, log: bool) -> tuple[Range, Range]:
    """Return the epochs and heights that show all of ``curves`` (epochs, heights) calmly.

    Linear heights begin at zero, so that a curve that has hardly fallen looks it.
    """
    epochs = [curve[0] for curve in curves if len(curve[0])]
    first = min((float(each[0]) for each in epochs), default=0.0)
    last = max((float(each[-1]) for each in epochs), default=0.0)
    across = (first, max(last, first + FEWEST_EPOCHS))
    finite = [values[np.isfinite(values)] for _, values in curves]
    low = min((float(values.min()) for values in finite if len(values)), default=math.nan)
    high = max((float(values.max()) for values in finite if len(values)), default=math.nan)
    if log:
        if math.isnan(low):
            return across, (-3.0, 0.0)
        missing = max(SMALLEST_DECADES - (high - low), 0.0)
        return across, (low - 0.06 - 0.5 * missing, high + 0.06 + 0.5 * missing)
    if math.isnan(high) or (high <= 0.0 and low >= 0.0):
        return across, (0.0, 1.0)
    return across, (min(low, 0.0) * 1.06, max(high, 0.0) * 1.06)

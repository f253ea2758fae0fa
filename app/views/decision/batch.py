"""The batch of an iteration in a picture of samples: who is ringed, who stands out, and which sample a click means."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from app.frame import Array
from app.stepping.records import MEAN
from app.stepping.state import StepState
from app.theme import Theme
from app.views.ink import color

# So near a click must be to a sample, in pixels.
REACH = 9.0
# From so many samples on, rings are thin: else nothing else would be seen.
MANY = 200
NOTHING_THERE = "There is no point here; a click on one follows it through the iteration."


class Batch:
    """Nobody is ringed until there is a state.

    Attributes:
        samples: numbers in the data set of the samples of the batch, each once.
        focused: those whose numbers are shown: one, or the members of a pair or triplet; empty for the mean.
    """

    def __init__(self) -> None:
        self._state: StepState | None = None
        self.samples: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self.focused: tuple[int, ...] = ()

    @property
    def is_shown(self) -> bool:
        """Whether there is an iteration that samples may belong to."""
        return self._state is not None

    @property
    def state(self) -> StepState | None:
        """The place in the iteration; None while there is nothing to show."""
        return self._state

    def set_state(self, state: StepState | None) -> bool:
        """Take the place to show; return whether other samples are to be brought out than before."""
        before = (self._state is None, self.samples, self.focused)
        trace = None if state is None else state.trace
        if state is None or trace is None:
            self._state, self.samples, self.focused = None, np.zeros(0, dtype=np.int64), ()
        else:
            same = self._state is not None and self._state.trace is trace
            self.samples = self.samples if same else np.unique(trace.samples)
            is_one = state.focus != MEAN and 0 <= state.focus < trace.kept
            self.focused = tuple(trace.samples[:, state.focus].tolist()) if is_one else ()
            self._state = state
        return before[0] != (self._state is None) or before[1] is not self.samples or before[2] != self.focused

    def moved(self) -> tuple[tuple[int, tuple[float, float]], ...]:
        """Return for those who stand out where the network sees them, (x₁, x₂), which jitter may have moved."""
        state = self._state
        if state is None or state.trace is None or not self.focused:
            return ()
        points = state.trace.points[:, :, state.focus]
        return tuple((sample, (float(x1), float(x2))) for sample, (x1, x2) in zip(self.focused, points, strict=True))

    def draw(self, painter: QPainter, places: Array, theme: Theme, diameter: float) -> None:
        """Ring the samples, which lie at ``places`` (n, 2) in pixels in the order of the data set."""
        samples = self.samples[self.samples < len(places)]
        thin = len(samples) > MANY
        radius = 0.5 * diameter + (1.6 if thin else 2.8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, width in ((color(theme.surface, 0.8), 3.2), (color(theme.text), 1.0 if thin else 1.7)):
            painter.setPen(QPen(ink, width))
            for place in places[samples].tolist():
                painter.drawEllipse(QPointF(*place), radius, radius)
        for sample in self.focused:
            if sample < len(places):
                _aim(painter, QPointF(*places[sample].tolist()), theme, 0.5 * diameter + 5.5)

    def nearest(self, places: Array, at: QPointF, drawn: NDArray[np.bool_] | None = None, reach: float = REACH) -> int:
        """Return the number of the sample nearest to ``at``, or −1; one of the batch comes before all others.

        Args:
            places: where the samples lie, (n, 2), in the order of the data set.
            at: where one points.
            drawn: which of them are to be seen; all if not given.
            reach: how near it must be, in the unit of ``places``.
        """
        if not len(places):
            return -1
        apart = np.hypot(places[:, 0] - at.x(), places[:, 1] - at.y())
        if drawn is not None:
            apart = np.where(drawn, apart, np.inf)
        own = self.samples[self.samples < len(places)]
        for numbers in (own, np.arange(len(places))):
            if numbers.size:
                best = int(numbers[np.argmin(apart[numbers])])
                if apart[best] <= reach:
                    return best
        return -1


class RingsLayer:
    """Keeps the picture of the rings over a plane: the mouse moves more often than they change."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        # Compared by identity: keeping them makes sure that no others take their place in memory.
        self._kept: tuple[object, object] = (None, None)
        self._pixmap = QPixmap()

    def pixmap(
        self, batch: Batch, points: object, places: Array, side: float, ratio: float, theme: Theme, diameter: float
    ) -> QPixmap:
        """Return the rings around ``places`` (n, 2), pixels from the corner of a square with ``side`` pixels.

        ``points`` is what ``places`` come from; another one means that they have changed.
        """
        key = (batch.focused, side, ratio, theme, diameter)
        if key != self._key or points is not self._kept[0] or batch.samples is not self._kept[1]:
            pixels = max(round(side * ratio), 1)
            self._pixmap = QPixmap(pixels, pixels)
            self._pixmap.setDevicePixelRatio(ratio)
            self._pixmap.fill(Qt.GlobalColor.transparent)
            with QPainter(self._pixmap) as painter:
                batch.draw(painter, places, theme, diameter)
            self._key, self._kept = key, (points, batch.samples)
        return self._pixmap


def draw_moved(painter: QPainter, start: QPointF, end: QPointF, theme: Theme) -> None:
    """Draw a line from where a sample lies to where the network sees it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for ink, width in ((color(theme.surface, 0.8), 3.4), (color(theme.text), 1.4)):
        painter.setPen(QPen(ink, width))
        painter.drawLine(QLineF(start, end))
    painter.setBrush(color(theme.text))
    painter.drawEllipse(end, 2.6, 2.6)


def _aim(painter: QPainter, at: QPointF, theme: Theme, radius: float) -> None:
    """Draw a ring with four ticks, as a sight has: it is found at once among other rings."""
    ticks = [QLineF(at.x() + a * radius, at.y() + b * radius, at.x() + a * (radius + 5.0), at.y() + b * (radius + 5.0))
             for a, b in ((1, 0), (-1, 0), (0, 1), (0, -1))]  # fmt: skip
    for ink, width in ((color(theme.surface, 0.9), 5.4), (color(theme.text), 2.6)):
        painter.setPen(QPen(ink, width))
        painter.drawEllipse(at, radius, radius)
        painter.drawLines(ticks)

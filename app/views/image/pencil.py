"""The pencil of a picture, and its strokes: from places of the mouse to pixels, at most 60 times a second."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app.painting.drawing import Indices
from app.painting.pixels import Pixel, region, under_pencil
from engine.datasets.dataset import Array

# Milliseconds between two reports of a stroke.
INTERVAL = 16
# Shades that differ by less belong together when a region is filled.
SHADE = 0.05


@dataclass(frozen=True)
class Pencil:
    """What the buttons of the mouse do.

    Attributes:
        value: what the left button draws: a class, or a gray value from 0 to 1.
        other: what the right button draws.
        size: pixels on each side of the pencil.
        fills: whether it fills a region instead of drawing.
        tolerance: how much the values of one region may differ.
    """

    value: float = 0.0
    other: float = 1.0
    size: int = 1
    fills: bool = False
    tolerance: float = 0.0


class PencilStrokes(QObject):
    """One stroke after the other.

    Signals:
        started, finished: of a stroke.
        drawn(Indices, float, int): pixels, the value they shall have, and how many the stroke has met so far.
    """

    started = Signal()
    drawn = Signal(object, float, int)
    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shape: Pixel = (1, 1)
        self._pencil = Pencil()
        self._value = 0.0
        self._at: Pixel | None = None
        self._met: Indices = np.zeros(0, dtype=np.intp)
        self._waiting: list[Indices] = []
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._hand_on)

    @property
    def active(self) -> bool:
        """Whether a stroke is under way."""
        return self._at is not None

    def press(self, values: Array, pixel: Pixel, pencil: Pencil, *, other: bool = False) -> None:
        """Begin a stroke at row and column ``pixel`` of a picture, ``values`` (rows, columns); ``other`` as told there.

        Filling is done with that: it goes on nowhere.
        """
        self.release()
        self._shape, self._pencil = (values.shape[0], values.shape[1]), pencil
        self._value = pencil.other if other else pencil.value
        self._at, self._met = pixel, np.zeros(0, dtype=np.intp)
        self.started.emit()
        if pencil.fills:
            self._waiting.append(region(values, pixel, pencil.tolerance))
            self.release()
            return
        self._waiting.append(under_pencil(self._shape, pixel, pixel, pencil.size))
        self._timer.start()
        self._hand_on()

    def move(self, pixel: Pixel) -> None:
        """Go on to ``pixel``, which may lie outside the picture."""
        if self._at is not None and pixel != self._at:
            self._waiting.append(under_pencil(self._shape, self._at, pixel, self._pencil.size))
            self._at = pixel

    def release(self) -> None:
        """Finish the stroke, if there is one."""
        if self._at is None:
            return
        self._hand_on()
        self._timer.stop()
        self._at = None
        self.finished.emit()

    def _hand_on(self) -> None:
        if not self._waiting:
            return
        pixels = np.unique(np.concatenate(self._waiting))
        self._waiting = []
        self._met = np.union1d(self._met, pixels)
        if len(pixels):
            self.drawn.emit(pixels, self._value, len(self._met))

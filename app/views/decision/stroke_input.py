"""From movements of the mouse to strokes: points and erased disks, handed on at most 60 times a second."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from app.painting.eraser import Erasure
from app.painting.guides import NO_GUIDES
from app.painting.stroke import Stroke
from app.views.decision.tool import Tool

Array = NDArray[np.float64]

INTERVAL = 16


class StrokeInput(QObject):
    """One stroke after the other.

    ``pending`` are painted points that the data shown do not hold yet: they are drawn from here meanwhile.
    """

    started = Signal()
    painted = Signal(object, float)
    erased = Signal(float, float, float)
    finished = Signal(int, bool)

    def __init__(self, random: np.random.Generator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._random = random
        self._stroke: Stroke | None = None
        self._erasure: Erasure | None = None
        self._target = 0.0
        self._guides = NO_GUIDES
        # On a grid, where a stroke has left a point already.
        self._taken: set[tuple[float, float]] = set()
        self._count = 0
        self._waiting: list[Array] = []
        self._pending: list[Array] = []
        self._pending_targets: list[Array] = []
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._hand_on)

    @property
    def active(self) -> bool:
        """Whether a stroke is under way."""
        return self._stroke is not None or self._erasure is not None

    @property
    def pending(self) -> tuple[Array, Array]:
        """Painted points (k, 2) not yet among the data shown, and their targets (k,)."""
        if not self._pending:
            return np.empty((0, 2)), np.empty(0)
        return np.concatenate(self._pending), np.concatenate(self._pending_targets)

    def press(self, x1: float, x2: float, tool: Tool, *, other: bool = False) -> None:
        """Begin a stroke at (x1, x2); ``other`` paints the other class."""
        self.release()
        self._count = 0
        self._guides = tool.guides
        self._taken = set()
        self.started.emit()
        if tool.erasing:
            self._erasure = Erasure(tool.radius, x1, x2)
            self._take(self._erasure.start())
        else:
            self._target = tool.other if other else tool.target
            self._stroke = Stroke(tool.brush, self._random, x1, x2)
            self._take(self._stroke.start())
        self._timer.start()
        self._hand_on()

    def move(self, x1: float, x2: float) -> None:
        """Go on to (x1, x2), which may lie outside the picture."""
        if self._stroke is not None:
            self._take(self._stroke.move(x1, x2))
        elif self._erasure is not None:
            self._take(self._erasure.move(x1, x2))

    def release(self) -> None:
        """Finish the stroke, if there is one; ``finished`` brings the number of points or disks, and
        whether it erased."""
        if not self.active:
            return
        self._hand_on()
        self._timer.stop()
        erasing = self._erasure is not None
        self._stroke = self._erasure = None
        self.finished.emit(self._count, erasing)

    def forget(self) -> None:
        """Forget all pending points."""
        self._pending, self._pending_targets = [], []

    def arrived(self, inputs: Array) -> None:
        """Forget the pending points that are among ``inputs`` (n, 2); after a stroke, all of them.

        Within a stroke the data may lag behind by a few points, which must not flicker; after it, what the data do
        not hold was undone or refused.
        """
        if not self._pending:
            return
        if not self.active:
            self.forget()
            return
        points, targets = self.pending
        # Whatever has arrived was added last.
        tail = np.ascontiguousarray(inputs[-len(points) :])
        missing = ~np.isin(_as_complex(points), _as_complex(tail))
        self._pending, self._pending_targets = ([points[missing]], [targets[missing]]) if missing.any() else ([], [])

    def _take(self, places: Array) -> None:
        places = self._guided(places)
        if not len(places):
            return
        self._waiting.append(places)
        self._count += len(places)
        if self._stroke is not None:
            self._pending.append(places)
            self._pending_targets.append(np.full(len(places), self._target))

    def _guided(self, places: Array) -> Array:
        """Return what the guides make of places: an eraser of symmetric drawings is symmetric, too."""
        if self._guides == NO_GUIDES:
            return places
        if self._stroke is None:
            return self._guides.repeated(places)
        places = self._guides.apply(places)
        if not self._guides.grid:
            return places
        fresh = [place for place in dict.fromkeys(map(tuple, places.round(9).tolist())) if place not in self._taken]
        self._taken.update(fresh)
        return np.array(fresh).reshape(-1, 2)

    def _hand_on(self) -> None:
        if not self._waiting:
            return
        places = np.concatenate(self._waiting)
        self._waiting = []
        if self._erasure is None:
            self.painted.emit(places, self._target)
            return
        for x1, x2 in places.tolist():
            self.erased.emit(x1, x2, self._erasure.radius)


def _as_complex(points: Array) -> NDArray[np.complex128]:
    """Return points (n, 2) as n numbers that can be compared at once."""
    return np.asarray(points[:, 0] + 1j * points[:, 1])

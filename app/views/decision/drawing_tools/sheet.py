"""The sheet that all tools draw on: what lies on it, what is chosen, and how a tool says what it has done."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from app.painting.class_states import ALL_OPEN
from app.painting.drawing import DrawingChange, Indices
from app.views.decision.tool import Tool
from engine.datasets.dataset import Array, Dataset

NOTHING: Indices = np.zeros(0, dtype=np.intp)


class Sheet(QObject):
    """What tools know, and what they say.

    Signals:
        started, finished: between them, all edits are one step of the history.
        given_up: instead of ``finished``, if all edits since ``started`` are to be forgotten.
        edited(change, text, selected): a change of the drawing, its headline, and what is selected afterwards (None
            for what was before).
        selected(indices): other points are selected.
        said(str): what has happened or would, one sentence.
        changed: the picture is to be drawn again.

    Attributes:
        points: where the points are drawn, in plane units, shape (n, 2).
        targets: the class or value of each, shape (n,).
        seen: which of them are in the picture, shape (n,).
        free: which of them can be seen and changed, shape (n,).
        selection: numbers of the selected points, ascending, shape (k,).
        tool: what the palette says.
        names: what the classes are called, as in the data set.
        classes: how many classes there are; 0 for values, 1 for the points of a curve.
        moved: where the points are drawn while a gesture moves them, else None, shape (n, 2).
        random: draws where points land.
    """

    started = Signal()
    edited = Signal(object, str, object)
    finished = Signal()
    given_up = Signal()
    selected = Signal(object)
    said = Signal(str)
    changed = Signal()

    def __init__(self, random: np.random.Generator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.random = random
        self.points: Array = np.zeros((0, 2))
        self.targets: Array = np.zeros(0)
        self.seen: NDArray[np.bool_] = np.zeros(0, dtype=np.bool_)
        self.free = self.seen
        self.selection = NOTHING
        self.tool = Tool()
        self.classes = 2
        self.names: tuple[str, ...] = ()
        self.moved: Array | None = None

    def show(self, dataset: Dataset) -> None:
        """Take the points as they are drawn."""
        self.points, self.targets = dataset.points, dataset.targets
        self.classes, self.names = dataset.classes, dataset.class_names
        self.seen = self.free = np.ones(len(dataset), dtype=np.bool_)
        self.show_selection(self.selection)

    def show_selection(self, indices: Indices) -> None:
        """Take which points are selected; numbers that no point has are left out."""
        self.selection = indices if not len(indices) or indices[-1] < len(self.points) else NOTHING

    def find_free(self, drawn: NDArray[np.bool_] | None) -> None:
        """Find out which of the points that are ``drawn`` (n,), or of all, are seen and may be changed."""
        self.seen = np.ones(len(self.points), dtype=np.bool_) if drawn is None else drawn
        self.free = self.seen
        states = self.tool.states
        if self.classes > 1 and states != ALL_OPEN:
            self.seen = self.seen & states.shown(self.targets)
            self.free = self.seen & states.may_edit(self.targets)

    @property
    def chosen(self) -> Indices:
        """The selected points that may be changed: not those of locked classes, shape (k,)."""
        return self.selection[self.free[self.selection]]

    def edit(self, change: DrawingChange, text: str, selected: Indices | None = None) -> None:
        """Change the drawing: one step of the history, or part of the stroke under way."""
        self.edited.emit(change, text, selected)

    def select(self, indices: Indices) -> None:
        """Select these points and no others."""
        self.selection = indices
        self.selected.emit(indices)
        self.changed.emit()

    def show_moved(self, points: Array | None) -> None:
        """Draw the points at ``points`` (n, 2) for now; None draws them where they are."""
        self.moved = points
        self.changed.emit()

    def count_near(self, x1: float, x2: float, reach: float) -> int:
        """Return how many free points are at most ``reach`` plane units away from (x1, x2)."""
        apart = np.hypot(self.points[:, 0] - x1, self.points[:, 1] - x2)
        return int(np.count_nonzero((apart <= reach) & self.free))

    def nearest(self, x1: float, x2: float, reach: float) -> int:
        """Return the number of the free point nearest to (x1, x2), at most ``reach`` plane units away, or −1."""
        if not self.free.any():
            return -1
        apart = np.hypot(self.points[:, 0] - x1, self.points[:, 1] - x2)
        # Points may lie on each other: the last one is on top.
        apart[~self.free] = np.inf
        best = len(apart) - 1 - int(np.argmin(apart[::-1]))
        return best if apart[best] <= reach else -1

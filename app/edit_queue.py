"""Edits of the points in a stroke, collected until the window has read what the mouse did meanwhile."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer

from app.painting.drawing import Drawing, DrawingChange, Indices


class Edit(NamedTuple):
    """A change of the points.

    Attributes:
        change: takes the points as they are drawn and returns what they become.
        text: what it does, for the history.
        selected: which points are selected afterwards, if it is not those that were and still are there.
    """

    change: DrawingChange
    text: str = ""
    selected: Indices | None = None


class EditQueue(QObject):
    """Hands edits to ``make`` in their order, all that have come since the last time at once.

    A quick movement erases a dozen disks, and each alone would have all points split, trained on and drawn anew. The
    longer that takes, the more are made together, so the window never falls behind.
    """

    def __init__(self, make: Callable[[list[Edit]], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._edits: list[Edit] = []
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self.flush)

    def add(self, edit: Edit) -> None:
        """Let ``edit`` be made as soon as the window has nothing more urgent to do."""
        self._edits.append(edit)
        self._timer.start()

    def flush(self) -> None:
        """Make all edits now."""
        self._timer.stop()
        edits, self._edits = self._edits, []
        if edits:
            self._make(edits)

    def clear(self) -> None:
        """Forget edits that have not been made."""
        self._timer.stop()
        self._edits = []


def together(edits: list[Edit]) -> Edit:
    """Return one edit that does what ``edits`` (one at least) do one after the other."""

    def change(drawing: Drawing) -> Drawing:
        for edit in edits:
            drawing = edit.change(drawing)
        return drawing

    return edits[-1]._replace(change=change)

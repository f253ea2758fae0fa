"""Who is shown the experiment when: while points are drawn, first of all those parts in which they are seen."""

from collections.abc import Callable, Iterable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.parameters import Layout

# To the others a point more or less is no more than a number here and there; so often they are told meanwhile.
INTERVAL = 200
Shown = tuple[Experiment, Dataset, Layout]


class Part(Protocol):
    """A view or a panel."""

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Take what is trained, and on which points."""


class PartsInTurn(QObject):
    """Shows the experiment to the parts of a window.

    Args:
        parts: all parts, in the order in which they are told.
        with_points: returns those of them that are to have every point at once.
    """

    def __init__(
        self, parts: Iterable[Part], with_points: Callable[[], Iterable[Part]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts, self._with_points = tuple(parts), with_points
        self._shown: Shown | None = None
        self._waiting: list[Part] = []
        self._timer = QTimer(self, singleShot=True, interval=INTERVAL)
        self._timer.timeout.connect(self.catch_up)

    def show(self, *shown: *Shown, drawing: bool) -> None:
        """Show the experiment to all, or while points are ``drawing`` to some, and to the others soon."""
        first = tuple(self._with_points()) if drawing else self._parts
        self._shown, self._waiting = shown, [part for part in self._parts if part not in first]
        for part in self._parts:
            if part in first:
                part.show_experiment(*shown)
        if not self._waiting:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def catch_up(self) -> None:
        """Show the experiment to those who have not seen it yet."""
        self._timer.stop()
        waiting, self._waiting = self._waiting, []
        for part in waiting:
            if self._shown is not None:
                part.show_experiment(*self._shown)

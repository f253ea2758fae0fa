"""Who is shown what when: while points are drawn, first of all those parts in which they are seen."""

from collections.abc import Callable, Iterable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from app.frame import Frame
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.parameters import Layout

# While points are drawn, so often (ms) one of the other parts is shown the newest frame: never all at once, so that
# the mouse never waits for more than one of them.
INTERVAL = 30


class Part(Protocol):
    """A view or a panel."""

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Take what is trained, and on which points."""


class PartsInTurn(QObject):
    """Shows experiments and frames to the parts of a window.

    Args:
        parts: all parts, in the order in which they are shown an experiment.
        with_points: returns those of them in which single points are seen, which others can do without in a stroke.
        show_picture: shows a frame to the picture of the points, if it is seen.
        show_others: each shows a frame to another part, if it is seen.
    """

    def __init__(
        self,
        parts: Iterable[Part],
        with_points: Callable[[], Iterable[Part]],
        show_picture: Callable[[Frame], None],
        show_others: Iterable[Callable[[Frame], None]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts, self._with_points = tuple(parts), with_points
        self._show_picture, self._show_others = show_picture, tuple(show_others)
        self._experiment: tuple[Experiment, Dataset, Layout] | None = None
        self._frame: Frame | None = None
        # Who has not seen the newest experiment, and who not the newest frame; whoever waits longest comes first.
        self._behind: list[Part] = []
        self._waiting: list[Callable[[Frame], None]] = []
        self.timer = QTimer(self, interval=INTERVAL)
        self.timer.timeout.connect(self._show_next)

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout, *, drawing: bool) -> None:
        """Show the experiment to all; while points are ``drawing``, only where they are seen until ``catch_up``."""
        if not drawing:
            # A frame of the last experiment may have no place any more in the parts once they have the next one.
            self.catch_up()
        first = tuple(self._with_points()) if drawing else self._parts
        self._experiment = experiment, dataset, layout
        self._behind = [part for part in self._parts if part not in first]
        for part in self._parts:
            if part in first:
                part.show_experiment(*self._experiment)

    def show_frame(self, frame: Frame, *, drawing: bool) -> None:
        """Show one moment to all; while points are ``drawing``, to their picture at once and to the others in turn."""
        self._show_picture(frame)
        self._frame = frame
        self._waiting += [show for show in self._show_others if show not in self._waiting]
        if not drawing:
            self.catch_up()
        elif not self.timer.isActive():
            self.timer.start()

    def catch_up(self) -> None:
        """Show everything to those who have not seen it yet."""
        behind, self._behind = self._behind, []
        for part in behind:
            if self._experiment is not None:
                part.show_experiment(*self._experiment)
        while self._waiting:
            self._show_next()
        self._forget_frame()

    def _show_next(self) -> None:
        if self._waiting and self._frame is not None:
            self._waiting.pop(0)(self._frame)
        else:
            self._forget_frame()

    def _forget_frame(self) -> None:
        self.timer.stop()
        self._frame, self._waiting = None, []

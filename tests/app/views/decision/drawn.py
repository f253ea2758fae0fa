"""A decision view whose edits take effect, as the session would make them: for the tests of the drawing tools."""

from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.changes.points import drawing_of, with_edited
from app.painting.drawing import Drawing
from app.views.decision import DecisionView
from engine.datasets.resolve import resolve
from engine.experiment import Data, Experiment, Points
from engine.parameters import layout

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
SHIFT, ALT, CONTROL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)

FOUR = Points(
    np.array([[-3.0, -2.0], [-1.0, -2.0], [-1.0, 1.0], [4.0, 4.0]]),
    np.array([0.0, 0.0, 1.0, 1.0]),
)


def experiment_of(points: Points = FOUR, **changed: Any) -> Experiment:
    return Experiment(data=Data(source=points, train_share=1.0, **changed))


class Drawn:
    """Takes what a view says, and shows it the experiment that comes of it.

    Attributes:
        texts: the headlines of all edits.
        strokes: how many strokes were begun and ended.
        given_up: how many were given up.
    """

    def __init__(self, view: DecisionView, experiment: Experiment) -> None:
        self.view = view
        self.experiment = experiment
        self.texts: list[str] = []
        self.strokes = [0, 0]
        self.given_up = 0
        self._before = experiment
        view.points_edited.connect(self._edit)
        view.stroke_started.connect(self._begin)
        view.stroke_finished.connect(lambda: self._count(1))
        view.stroke_given_up.connect(self._give_up)

    def _begin(self) -> None:
        self._count(0)
        self._before = self.experiment

    def _give_up(self) -> None:
        self.given_up += 1
        self.experiment = self._before
        self.show()

    def _count(self, which: int) -> None:
        self.strokes[which] += 1

    def _edit(self, change: Any, text: str, selected: np.ndarray | None) -> None:
        before = resolve(self.experiment.data)
        self.experiment = with_edited(self.experiment, before, change)
        self.texts.append(text)
        self.show()
        if selected is not None:
            self.view.show_selection(selected)

    def show(self) -> None:
        data = resolve(self.experiment.data)
        self.view.show_experiment(self.experiment, data, layout(self.experiment.network))

    @property
    def drawing(self) -> Drawing:
        return drawing_of(self.experiment, resolve(self.experiment.data))

    @property
    def points(self) -> np.ndarray:
        return self.drawing.points

    @property
    def targets(self) -> np.ndarray:
        return self.drawing.targets

    @property
    def selected(self) -> list[int]:
        return self.view.sheet.selection.tolist()


def place(view: DecisionView, x1: float, x2: float) -> QPoint:
    return view.canvas.plane.to_pixel(x1, x2).toPoint()


def drag(
    qtbot: QtBot,
    view: DecisionView,
    *way: tuple[float, float],
    button: Qt.MouseButton = LEFT,
    keys: Qt.KeyboardModifier = NO_KEYS,
) -> None:
    """Press at the first place, move along the others, and release at the last one, with ``keys`` held."""
    qtbot.mousePress(view.canvas, button, keys, place(view, *way[0]))
    for stop in way[1:]:
        # qtbot moves without keys.
        move(view, place(view, *stop), button, keys)
    qtbot.mouseRelease(view.canvas, button, keys, place(view, *way[-1]))


def move(view: DecisionView, at: QPoint, button: Qt.MouseButton, keys: Qt.KeyboardModifier) -> None:
    local = QPointF(at)
    everywhere = QPointF(view.canvas.mapToGlobal(at))
    event = QMouseEvent(QEvent.Type.MouseMove, local, everywhere, Qt.MouseButton.NoButton, button, keys)
    QApplication.sendEvent(view.canvas, event)


def choose(view: DecisionView, kind: str) -> None:
    view.tools.toolbox.choose(kind)

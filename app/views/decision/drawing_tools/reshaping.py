"""Brushes that change the points that are there: they shake, draw together, drive apart, recolor, raise and lower."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from app.painting.drawing import Drawing
from app.painting.jitter import jittered
from app.painting.magnet import attracted
from app.painting.stroke import along
from app.painting.values import drawn_to, raised
from app.views.decision import tool as tools
from app.views.decision.drawing_tools.drawing_tool import DrawingTool
from app.views.decision.drawing_tools.frame import kept_inside
from app.views.decision.drawing_tools.sheet import Sheet
from app.views.decision.drawing_tools.touch import Touch
from engine.datasets.dataset import Array

# So many places along a fast movement are worked on at once; the rest is not missed.
MOST_PLACES = 12
# What a strength of 1 does in one of the 60 times a second: a move in plane units, a share of the way, of a value.
SHAKE, PULL, LIFT = 0.25, 0.25, 0.08

Place = tuple[float, float]


class Reshaping(NamedTuple):
    """What one brush does.

    Attributes:
        text: the headline of its stroke.
        moves: whether it changes where points lie, or else what is wanted there.
        act: takes the sheet, points (n, 2), targets (n,), the place and the target to paint; returns the new points
            or targets.
    """

    text: str
    moves: bool
    act: Callable[[Sheet, Array, Array, Place, float], Array]


def _shake(sheet: Sheet, points: Array, targets: Array, place: Place, target: float) -> Array:
    return jittered(points, place, sheet.tool.radius, SHAKE * sheet.tool.strength, sheet.random)


def _attract(sheet: Sheet, points: Array, targets: Array, place: Place, target: float) -> Array:
    return attracted(points, place, sheet.tool.radius, PULL * sheet.tool.strength)


def _repel(sheet: Sheet, points: Array, targets: Array, place: Place, target: float) -> Array:
    return attracted(points, place, sheet.tool.radius, -PULL * sheet.tool.strength)


def _recolor(sheet: Sheet, points: Array, targets: Array, place: Place, target: float) -> Array:
    within = np.hypot(*(points - place).T) <= sheet.tool.radius
    return np.where(within, target, targets)


def _raise(sheet: Sheet, points: Array, targets: Array, place: Place, target: float) -> Array:
    return raised(points, targets, place, sheet.tool.radius, LIFT * sheet.tool.strength)


def _lower(sheet: Sheet, points: Array, targets: Array, place: Place, target: float) -> Array:
    return raised(points, targets, place, sheet.tool.radius, -LIFT * sheet.tool.strength)


def _level(sheet: Sheet, points: Array, targets: Array, place: Place, target: float) -> Array:
    return drawn_to(points, targets, place, sheet.tool.radius, target, sheet.tool.strength)


RESHAPINGS: dict[str, Reshaping] = {
    tools.JITTER: Reshaping("Points shaken", True, _shake),
    tools.ATTRACT: Reshaping("Points drawn together", True, _attract),
    tools.REPEL: Reshaping("Points driven apart", True, _repel),
    tools.RECOLOR: Reshaping("Points recolored", False, _recolor),
    tools.RAISE: Reshaping("Values raised", False, _raise),
    tools.LOWER: Reshaping("Values lowered", False, _lower),
    tools.LEVEL: Reshaping("Values leveled", False, _level),
}


class ReshapingTool(DrawingTool):
    """Acts on the points under it as long as the button is down; the whole is one step of the history."""

    def __init__(self, sheet: Sheet, reshaping: Reshaping) -> None:
        super().__init__(sheet)
        self._reshaping = reshaping
        self._at: Place | None = None
        self._worked_at: Place = (0.0, 0.0)
        self._target = 0.0

    def press(self, touch: Touch) -> None:
        """Begin, and act at once."""
        tool = self.sheet.tool
        self._at = self._worked_at = touch.place
        self._target = tool.other if touch.other else tool.target
        self.sheet.started.emit()
        self._work([touch.place])

    def move(self, touch: Touch) -> None:
        """Go on; what lies on the way is reached with the next tick."""
        if self._at is not None:
            self._at = touch.place

    def tick(self) -> None:
        """Act along the way since the last time, or once more where the mouse stands."""
        if self._at is None:
            return
        way, _ = along(self._worked_at, self._at, 0.5 * self.sheet.tool.radius, 0.0)
        self._worked_at = self._at
        places = [(float(x), float(y)) for x, y in way[-MOST_PLACES:].tolist()]
        self._work(places or [self._at])

    def release(self, touch: Touch) -> None:
        """End the stroke."""
        if self._at is None:
            return
        if touch.place != self._worked_at:
            self._at = touch.place
            self.tick()
        self.cancel()

    def cancel(self) -> None:
        """End the stroke; Undo takes it back."""
        if self._at is not None:
            self._at = None
            self.sheet.finished.emit()

    def _work(self, places: list[Place]) -> None:
        sheet, act, moves = self.sheet, self._reshaping.act, self._reshaping.moves
        before = sheet.points if moves else sheet.targets
        points, targets = sheet.points, sheet.targets
        for place in places:
            for copy in sheet.tool.guides.repeated(np.array([place])).tolist():
                after = act(sheet, points, targets, (copy[0], copy[1]), self._target)
                points, targets = (after, targets) if moves else (points, after)
        after = kept_inside(before, points, sheet.tool.guides.limits) if moves else targets
        changed = (np.any(after != before, axis=1) if moves else after != before) & sheet.free
        indices = np.flatnonzero(changed)
        if len(indices):
            values = after[indices]

            def change(drawing: Drawing) -> Drawing:
                return drawing.with_moved(indices, values) if moves else drawing.with_targets(indices, values)

            sheet.edit(change, self._reshaping.text, sheet.selection)

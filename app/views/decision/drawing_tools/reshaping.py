"""Brushes that change the points that are there: they shake, draw together, drive apart, recolor, raise and lower."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from app.painting.drawing import Drawing
from app.painting.eraser import kept
from app.painting.jitter import jittered
from app.painting.magnet import attracted
from app.painting.selecting import in_rectangle
from app.painting.stroke import along
from app.painting.values import drawn_to, raised
from app.views.decision import tool as tools
from app.views.decision.drawing_tools.drawing_tool import DrawingTool
from app.views.decision.drawing_tools.frame import kept_inside
from app.views.decision.drawing_tools.sheet import Sheet
from app.views.decision.drawing_tools.touch import Touch
from app.views.decision.tool import Tool
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
        act: takes a drawing, what is chosen in the palette, the random generator, the place and the target to paint;
            returns the new points (n, 2) or targets (n,).
    """

    text: str
    moves: bool
    act: Callable[[Drawing, Tool, np.random.Generator, Place, float], Array]


def _shake(drawing: Drawing, tool: Tool, random: np.random.Generator, place: Place, target: float) -> Array:
    return jittered(drawing.points, place, tool.radius, SHAKE * tool.strength, random)


def _attract(drawing: Drawing, tool: Tool, random: np.random.Generator, place: Place, target: float) -> Array:
    return attracted(drawing.points, place, tool.radius, PULL * tool.strength)


def _repel(drawing: Drawing, tool: Tool, random: np.random.Generator, place: Place, target: float) -> Array:
    return attracted(drawing.points, place, tool.radius, -PULL * tool.strength)


def _recolor(drawing: Drawing, tool: Tool, random: np.random.Generator, place: Place, target: float) -> Array:
    return np.where(kept(drawing.points, *place, tool.radius), drawing.targets, target)


def _raise(drawing: Drawing, tool: Tool, random: np.random.Generator, place: Place, target: float) -> Array:
    return raised(drawing.points, drawing.targets, place, tool.radius, LIFT * tool.strength)


def _lower(drawing: Drawing, tool: Tool, random: np.random.Generator, place: Place, target: float) -> Array:
    return raised(drawing.points, drawing.targets, place, tool.radius, -LIFT * tool.strength)


def _level(drawing: Drawing, tool: Tool, random: np.random.Generator, place: Place, target: float) -> Array:
    return drawn_to(drawing.points, drawing.targets, place, tool.radius, target, tool.strength)


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
        # As it was when the stroke began: in a stroke no point comes or goes.
        self._tool, self._free = sheet.tool, sheet.free

    def press(self, touch: Touch) -> None:
        """Begin, and act at once."""
        tool = self.sheet.tool
        self._tool, self._free = tool, self.sheet.free
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
        way, _ = along(self._worked_at, self._at, 0.5 * self._tool.radius, 0.0)
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
            self.sheet.said.emit(f"{self._reshaping.text}. Ctrl+Z takes it back.")

    def _work(self, places: list[Place]) -> None:
        tool, free, random, target = self._tool, self._free, self.sheet.random, self._target
        _, moves, act = self._reshaping
        centers = tool.guides.repeated(np.array(places))

        def change(drawing: Drawing) -> Drawing:
            # Few of very many points lie under the brush, and only they are looked at again and again.
            low, high = centers.min(axis=0) - tool.radius, centers.max(axis=0) + tool.radius
            under = np.flatnonzero(free & in_rectangle(drawing.points, tuple(low), tuple(high)))
            before = Drawing(drawing.points[under], drawing.targets[under], drawing.origins[under])
            after = before
            for x1, x2 in centers.tolist():
                acted = act(after, tool, random, (x1, x2), target)
                after = replace(after, points=acted) if moves else replace(after, targets=acted)
            if moves:
                points = kept_inside(before.points, after.points, tool.guides.limits)
                changed = np.any(points != before.points, axis=1)
                return drawing.with_moved(under[changed], points[changed]) if changed.any() else drawing
            changed = after.targets != before.targets
            return drawing.with_targets(under[changed], after.targets[changed]) if changed.any() else drawing

        self.sheet.edit(change, self._reshaping.text, self.sheet.selection)

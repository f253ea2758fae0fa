"""What is done with the selected points at once: each is one step of the history."""

import math
from collections.abc import Callable

import numpy as np

from app.description import counted
from app.painting.drawing import Drawing
from app.painting.transforms import bounds, moved, rotated, scaled
from app.views.decision.drawing_tools.frame import kept_inside, shift_inside
from app.views.decision.drawing_tools.sheet import NOTHING, Sheet
from app.views.decision.shapes import class_name
from engine.datasets.dataset import Array

# How far beside the points their copies lie, in plane units.
BESIDE = (0.4, -0.4)
ANGLE, FACTOR = math.radians(15.0), 1.1


def select_all(sheet: Sheet) -> None:
    """Select every point that can be seen and changed."""
    sheet.select(np.flatnonzero(sheet.free))


def delete(sheet: Sheet) -> None:
    """Remove the selected points."""
    chosen = sheet.chosen
    if len(chosen):
        sheet.edit(lambda drawing: drawing.without(chosen), f"{counted(len(chosen), 'point')} deleted", NOTHING)


def duplicate(sheet: Sheet) -> None:
    """Put copies of the selected points a little beside them, and select these."""
    chosen = sheet.chosen
    if not len(chosen):
        return
    places = sheet.points[chosen]
    copies = kept_inside(places, moved(places, *_shift(sheet)), sheet.tool.guides.limits)
    first = len(sheet.points)
    sheet.edit(
        lambda drawing: drawing.with_added(copies, drawing.targets[chosen]),
        f"{counted(len(chosen), 'point')} duplicated",
        np.arange(first, first + len(chosen), dtype=np.intp),
    )


def give_class(sheet: Sheet, number: int) -> None:
    """Let the selected points be of class ``number``."""
    chosen = sheet.chosen
    if len(chosen) and number < sheet.classes and may_paint(sheet, number):
        text = f"{counted(len(chosen), 'point')} in class {class_name(number, sheet.classes, sheet.names)}"
        sheet.edit(lambda drawing: drawing.with_targets(chosen, float(number)), text, sheet.selection)


def may_paint(sheet: Sheet, number: int) -> bool:
    """Return whether points may become of class ``number``; say so if not."""
    states = sheet.tool.states
    if states.may_paint(number):
        return True
    state = "locked" if number in states.locked else "hidden"
    name = class_name(number, sheet.classes, sheet.names)
    sheet.said.emit(f"Class {name} is {state}, so there can be no more points of it.")
    return False


def give_value(sheet: Sheet, value: float) -> None:
    """Let the selected points have ``value``."""
    chosen = sheet.chosen
    if len(chosen):
        text = f"{counted(len(chosen), 'point')} set to {value:g}".replace("-", "−")
        sheet.edit(lambda drawing: drawing.with_targets(chosen, value), text, sheet.selection)


def nudge(sheet: Sheet, right: int, up: int, *, far: bool) -> None:
    """Move the selected points by 0.1, ``far`` by 1, or by a step of the grid."""
    guides = sheet.tool.guides
    step = 1.0 if far else guides.grid or 0.1
    _place(sheet, lambda points: moved(points, *shift_inside(bounds(points), right * step, up * step, guides)), "moved")


def turn(sheet: Sheet, angle: float) -> None:
    """Turn the selected points around their middle by ``angle`` in radians, against the clock."""
    _place(sheet, lambda points: rotated(points, bounds(points).center, angle), "rotated")


def stretch(sheet: Sheet, fx: float, fy: float) -> None:
    """Scale the selected points from their middle; a factor of −1 mirrors them."""
    verb = "mirrored" if min(fx, fy) < 0.0 else "scaled"
    _place(sheet, lambda points: scaled(points, bounds(points).center, fx, fy), verb)


def _place(sheet: Sheet, change: Callable[[Array], Array], verb: str) -> None:
    chosen = sheet.chosen
    if not len(chosen):
        return
    before = sheet.points[chosen]
    after = kept_inside(before, change(before), sheet.tool.guides.limits)
    put(sheet, after, f"{counted(len(chosen), 'point')} {verb}")


def put(sheet: Sheet, places: Array, text: str) -> None:
    """Move the selected points that may be changed to ``places`` (k, 2)."""
    chosen = sheet.chosen

    def change(drawing: Drawing) -> Drawing:
        return drawing.with_moved(chosen, places)

    sheet.edit(change, text, sheet.selection)


def _shift(sheet: Sheet) -> tuple[float, float]:
    grid = sheet.tool.guides.grid
    return (grid, -grid) if grid else BESIDE

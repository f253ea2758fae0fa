"""The frame around selected points, its handles, and what a drag at one of them makes of the points."""

import math
from dataclasses import dataclass

import numpy as np

from app.painting.guides import SAME, Guides
from app.painting.transforms import Bounds, bounds, moved, rotated, scaled
from app.views.decision.drawing_tools.touch import Touch
from app.views.decision.plane import HIGH, LOW
from engine.datasets.dataset import Array

# In pixels: the room between points and frame, how far above it one turns, how near a handle must be.
PAD, TURN_HEIGHT, REACH = 9.0, 20.0, 8.0
# The frame keeps so far from the edge of the picture that its handles are seen, in pixels.
EDGE = 4.0
INSIDE, TURN = "inside", "turn"
# Across and up, from the middle of the frame.
CORNERS: dict[str, tuple[int, int]] = {
    "top left": (-1, 1),
    "top": (0, 1),
    "top right": (1, 1),
    "right": (1, 0),
    "bottom right": (1, -1),
    "bottom": (0, -1),
    "bottom left": (-1, -1),
    "left": (-1, 0),
}
# With Shift one turns by multiples of this.
ANGLE_STEP = math.radians(15.0)
# A side shorter than this cannot be stretched.
THIN = 1e-9


@dataclass(frozen=True)
class Frame:
    """An upright rectangle around the points, with a little room.

    Attributes:
        around: the rectangle of the points themselves, in plane units.
        unit: pixels per plane unit.
    """

    around: Bounds
    unit: float

    @property
    def outer(self) -> Bounds:
        """The rectangle that is drawn: where it would leave the picture, along its edge."""
        pad, edge = PAD / self.unit, EDGE / self.unit
        left, bottom, right, top = self.around
        low, high = LOW + edge, HIGH - edge
        return Bounds(
            min(max(left - pad, low), high),
            min(max(bottom - pad, low), high),
            min(max(right + pad, low), high),
            min(max(top + pad, low), high),
        )

    @property
    def handles(self) -> dict[str, tuple[float, float]]:
        """Where one can take hold: a handle for each side that has a length, and one to turn."""
        left, bottom, right, top = self.around
        wide, high = right - left > THIN, top - bottom > THIN
        if not (wide or high):
            return {}
        outer = self.outer
        x, y = outer.center
        half, tall = 0.5 * (outer.right - outer.left), 0.5 * (outer.top - outer.bottom)
        places = {
            name: (x + across * half, y + up * tall)
            for name, (across, up) in CORNERS.items()
            if (wide or not across) and (high or not up)
        }
        return places | {TURN: (x, self._turn_height(outer))}

    def _turn_height(self, outer: Bounds) -> float:
        """Return how high the handle to turn lies: above the frame, else below it, else in it."""
        above, below = outer.top + TURN_HEIGHT / self.unit, outer.bottom - TURN_HEIGHT / self.unit
        if above <= HIGH:
            return above
        return below if below >= LOW else outer.top - TURN_HEIGHT / self.unit

    def grip(self, x1: float, x2: float) -> str:
        """Return the handle at (x1, x2), “inside” for the rest of the frame, or nothing."""
        apart = {name: math.hypot(x1 - x, x2 - y) for name, (x, y) in self.handles.items()}
        nearest = min(apart, key=lambda name: apart[name], default="")
        if nearest and apart[nearest] * self.unit <= REACH:
            return nearest
        left, bottom, right, top = self.outer
        return INSIDE if left <= x1 <= right and bottom <= x2 <= top else ""


class Carry:
    """Selected points in the hand: moved, turned or stretched as the mouse goes.

    Args:
        points: where they were, shape (k, 2), at least one.
        grip: what was taken hold of.
        start: where.
        guides: what moving obeys.
    """

    def __init__(self, points: Array, grip: str, start: Touch, guides: Guides) -> None:
        self.points = points
        self.grip = grip
        self._start = start
        self._guides = guides
        self._around = bounds(points)
        # Moved onto the grid is the point that was taken hold of, and the others with it.
        self._held = points[int(np.argmin(np.hypot(points[:, 0] - start.x1, points[:, 1] - start.x2)))]
        self.text, self.verb = "", "moved"

    def to(self, touch: Touch) -> Array:
        """Return where the points go, shape (k, 2); ``text`` says how far, ``verb`` what is done."""
        if self.grip == INSIDE:
            carried = self._moved(touch)
        elif self.grip == TURN:
            carried = self._turned(touch)
        else:
            carried = self._stretched(touch)
        return kept_inside(self.points, carried, self._guides.limits)

    def _moved(self, touch: Touch) -> Array:
        dx, dy = touch.x1 - self._start.x1, touch.x2 - self._start.x2
        if touch.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        if self._guides.grid:
            target = self._guides.snapped(moved(self._held[None], dx, dy))[0]
            dx, dy = (target - self._held).tolist()
        dx, dy = shift_inside(self._around, dx, dy, self._guides)
        self.verb, self.text = "moved", f"{signed(dx)} across, {signed(dy)} up"
        return moved(self.points, dx, dy)

    def _turned(self, touch: Touch) -> Array:
        x, y = self._around.center
        before = math.atan2(self._start.x2 - y, self._start.x1 - x)
        angle = math.remainder(math.atan2(touch.x2 - y, touch.x1 - x) - before, 2.0 * math.pi)
        if touch.shift:
            angle = round(angle / ANGLE_STEP) * ANGLE_STEP
        self.verb, self.text = "rotated", f"by {signed(math.degrees(angle), 0)}°"
        return rotated(self.points, (x, y), angle)

    def _stretched(self, touch: Touch) -> Array:
        across, up = CORNERS[self.grip]
        left, bottom, right, top = self._around
        x, y = self._around.center
        # Around the middle with Alt, else from the opposite side.
        times = 2.0 if touch.alt else 1.0
        fx = 1.0 + times * across * (touch.x1 - self._start.x1) / (right - left) if across else 1.0
        fy = 1.0 + times * up * (touch.x2 - self._start.x2) / (top - bottom) if up else 1.0
        if touch.shift:
            fx = fy = fx if abs(fx - 1.0) >= abs(fy - 1.0) else fy
        if not touch.alt:
            x, y = (x, left, right)[across if across >= 0 else 2], (y, bottom, top)[up if up >= 0 else 2]
        self.verb, self.text = "scaled", f"× {fx:.2f} across, × {fy:.2f} up".replace("-", "−")
        return scaled(self.points, (x, y), fx, fy)


def shift_inside(around: Bounds, dx: float, dy: float, guides: Guides) -> tuple[float, float]:
    """Return how far points in the rectangle ``around`` them may be moved together, when ``dx``, ``dy`` is wanted.

    The first that comes to the edge of the limits stops all, so that none is pressed against it; with a grid, whole
    steps of it before. What is beyond the edge goes no farther.
    """
    low, high = guides.limits

    def held(wanted: float, first: float, last: float) -> float:
        least, most = min(low - first, 0.0), max(high - last, 0.0)
        beyond = max(wanted - most, least - wanted, 0.0)
        if guides.grid:
            beyond = math.ceil(beyond / guides.grid - SAME) * guides.grid
        return wanted - beyond if wanted > most else wanted + beyond

    return held(dx, around.left, around.right), held(dy, around.bottom, around.top)


def kept_inside(before: Array, after: Array, limits: tuple[float, float]) -> Array:
    """Return ``after`` (n, 2), what would leave ``limits`` at their edge; what was beyond before may stay so far."""
    low, high = limits
    return np.asarray(np.clip(after, np.minimum(low, before), np.maximum(high, before)))


def signed(value: float, digits: int = 2) -> str:
    """Return ``value`` with its sign, the real minus."""
    return f"{value:+.{digits}f}".replace("-", "−")

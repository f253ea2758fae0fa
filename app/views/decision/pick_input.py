"""Picking a sample with the mouse, without getting in the way of painting."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication


class PickInput:
    """Tells a click on a sample from the beginning of a stroke.

    With Alt a click always picks. Without it, it does so only while an iteration is walked through, with the left
    button, on a sample, and only with a tool that adds points; where the mouse then moves on, it paints from where it
    was pressed.
    """

    def __init__(self) -> None:
        self._start: QPointF | None = None
        self._sample = -1
        self._only_picks = False

    @property
    def active(self) -> bool:
        """Whether a button is pressed that may pick."""
        return self._start is not None

    def press(self, event: QMouseEvent, sample: int, *, stepping: bool, adding: bool) -> bool:
        """Take a press with ``sample`` under the mouse (−1 for none); return whether it may pick."""
        with_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.button() != Qt.MouseButton.LeftButton or not (with_alt or (stepping and adding and sample >= 0)):
            return False
        self._start, self._sample, self._only_picks = event.position(), sample, with_alt
        return True

    def moved_away(self, place: QPointF) -> QPointF | None:
        """Return where the mouse was pressed, once it has moved so far that it paints; it picks nothing then."""
        start = self._start
        if start is None or self._only_picks:
            return None
        if (place - start).manhattanLength() < QApplication.startDragDistance():
            return None
        self._start = None
        return start

    def release(self) -> int | None:
        """Return the number of the sample that was clicked on, −1 for none; None if nothing was to be picked."""
        if self._start is None:
            return None
        self._start = None
        return self._sample

    def cancel(self) -> None:
        """Pick nothing."""
        self._start = None

"""The keyboard's way through the picture: a cross-hair and the meaning of keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.views.decision.plane import HIGH, LOW
from app.views.picture_keys import common_command, modifiers_of
from engine.experiment import MAXIMUM_OUTPUTS

STEP, FINE_STEP = 0.5, 0.1

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
# Each chooses a family of tools in the palette.
TOOL_LETTERS = "DESMFVKY"
# What these choose lies at no place in the picture, so they need not wait until it has the focus.
CHOICES = {
    Qt.Key.Key_A: "class 0",
    Qt.Key.Key_B: "class 1",
    **{Qt.Key(Qt.Key.Key_1.value + number): f"class {number}" for number in range(MAXIMUM_OUTPUTS)},
    **{Qt.Key(Qt.Key.Key_A.value + ord(letter) - ord("A")): f"tool {letter}" for letter in TOOL_LETTERS},
    Qt.Key.Key_BracketLeft: "narrower",
    Qt.Key.Key_BracketRight: "wider",
}
_COMMANDS = {
    **CHOICES,
    Qt.Key.Key_Return: "paint",
    Qt.Key.Key_Enter: "paint",
    Qt.Key.Key_Insert: "paint",
    Qt.Key.Key_Delete: "erase",
}
_WITH_CONTROL = {Qt.Key.Key_A: "select all", Qt.Key.Key_D: "duplicate"}
_NONE = Qt.KeyboardModifier.NoModifier


class CanvasKeys:
    """The cross-hair, and what a key means.

    Attributes:
        position: where the cross-hair is, in plane coordinates.
        shown: whether it is in use.
    """

    def __init__(self) -> None:
        self.position = (0.0, 0.0)
        self.shown = False

    def hide(self) -> None:
        """Take the cross-hair away; it keeps its place."""
        self.shown = False

    def command(self, event: QKeyEvent, *, selecting: bool = False) -> str:
        """Return what a key means here: “move”, “paint”, “pick”, “class 0” …; empty for a key that means nothing.

        While points are selected and ``selecting`` is the tool, the arrow keys move these (“nudge”).
        """
        modifiers = modifiers_of(event)
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and modifiers == Qt.KeyboardModifier.ShiftModifier):
            return "menu"
        if modifiers == Qt.KeyboardModifier.ControlModifier:
            return _WITH_CONTROL.get(key, "")
        if selecting and key in _ARROWS and modifiers in (_NONE, Qt.KeyboardModifier.ShiftModifier):
            return "nudge"
        if command := common_command(event, _ARROWS):
            return command
        return "" if modifiers else _COMMANDS.get(key, "")

    def move(self, event: QKeyEvent) -> None:
        """Move the cross-hair by an arrow key; with Shift in fine steps."""
        step = FINE_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        right, up = _ARROWS[Qt.Key(event.key())]
        x1, x2 = self.position
        # Rounding keeps many small steps on the grid.
        self.position = (_bounded(round(x1 + right * step, 6)), _bounded(round(x2 + up * step, 6)))
        self.shown = True


def arrow(event: QKeyEvent) -> tuple[int, int]:
    """Return how far right and up an arrow key goes."""
    return _ARROWS[Qt.Key(event.key())]


def _bounded(value: float) -> float:
    return min(max(value, LOW), HIGH)

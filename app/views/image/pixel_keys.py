"""What keys mean in the target picture."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.painting.pixels import Pixel
from engine.experiment import MAXIMUM_OUTPUTS

STEP, WIDE_STEP = 1, 5
_ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_COMMANDS = {
    **{Qt.Key(Qt.Key.Key_1.value + number): f"class {number}" for number in range(MAXIMUM_OUTPUTS)},
    Qt.Key.Key_B: "pencil",
    Qt.Key.Key_F: "fill",
    Qt.Key.Key_BracketLeft: "narrower",
    Qt.Key.Key_BracketRight: "wider",
    Qt.Key.Key_Return: "draw",
    Qt.Key.Key_Enter: "draw",
}
# Neither makes another key of a key here: the keypad, and AltGr that brackets need on many keyboards.
_HARMLESS = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier


def command_of(event: QKeyEvent) -> str:
    """Return what a key means: “move”, “draw”, “pick”, “class 0” …; empty for one that means nothing here."""
    modifiers = event.modifiers() & ~_HARMLESS
    key = Qt.Key(event.key())
    alt = modifiers & Qt.KeyboardModifier.AltModifier
    if key in _ARROWS and alt and not modifiers & Qt.KeyboardModifier.ControlModifier:
        return "move"
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers == Qt.KeyboardModifier.AltModifier:
        return "pick"
    return "" if modifiers else _COMMANDS.get(key, "")


def moved_by(event: QKeyEvent, pixel: Pixel, shape: Pixel) -> Pixel:
    """Return the pixel an arrow key leads to, inside a picture of ``shape``; with Shift in wide steps."""
    step = WIDE_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
    down, right = _ARROWS[Qt.Key(event.key())]
    row, column = pixel[0] + down * step, pixel[1] + right * step
    return min(max(row, 0), shape[0] - 1), min(max(column, 0), shape[1] - 1)

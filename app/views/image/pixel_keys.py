"""What keys mean in the target picture."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.painting.pixels import Pixel
from app.views.picture_keys import common_command, modifiers_of
from engine.experiment import MAXIMUM_OUTPUTS

STEP, WIDE_STEP = 1, 5
_ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
# What these choose lies at no place in the picture, so they need not wait until it has the focus.
CHOICES = {
    **{Qt.Key(Qt.Key.Key_1.value + number): f"class {number}" for number in range(MAXIMUM_OUTPUTS)},
    Qt.Key.Key_B: "pencil",
    Qt.Key.Key_F: "fill",
    Qt.Key.Key_BracketLeft: "narrower",
    Qt.Key.Key_BracketRight: "wider",
}
_COMMANDS = {
    **CHOICES,
    Qt.Key.Key_Return: "draw",
    Qt.Key.Key_Enter: "draw",
}


def command_of(event: QKeyEvent) -> str:
    """Return what a key means: “move”, “draw”, “pick”, “class 0” …; empty for one that means nothing here."""
    if command := common_command(event, _ARROWS):
        return command
    return "" if modifiers_of(event) else _COMMANDS.get(Qt.Key(event.key()), "")


def moved_by(event: QKeyEvent, pixel: Pixel, shape: Pixel) -> Pixel:
    """Return the pixel an arrow key leads to, inside a picture of ``shape``; with Shift in wide steps."""
    step = WIDE_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
    down, right = _ARROWS[Qt.Key(event.key())]
    row, column = pixel[0] + down * step, pixel[1] + right * step
    return min(max(row, 0), shape[0] - 1), min(max(column, 0), shape[1] - 1)

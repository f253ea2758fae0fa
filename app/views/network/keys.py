"""What keys mean in the network view."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from app.views.network.selection import DOWN, LEFT, RIGHT, UP

ACT, LEAVE, MORE, FEWER, REMOVE = "act", "leave", "more", "fewer", "remove"
_DIRECTIONS = {Qt.Key.Key_Left: LEFT, Qt.Key.Key_Right: RIGHT, Qt.Key.Key_Up: UP, Qt.Key.Key_Down: DOWN}
_COMMANDS = {
    Qt.Key.Key_Return: ACT,
    Qt.Key.Key_Enter: ACT,
    Qt.Key.Key_Escape: LEAVE,
    Qt.Key.Key_Plus: MORE,
    Qt.Key.Key_Equal: MORE,
    Qt.Key.Key_Minus: FEWER,
    Qt.Key.Key_Delete: REMOVE,
}
# Of those, the window has shortcuts of its own for none but these.
_KEPT = (ACT, MORE, FEWER, REMOVE)


def direction_of(event: QKeyEvent) -> str:
    """Return where Alt with an arrow key leads; empty for any other key."""
    alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
    return _DIRECTIONS.get(Qt.Key(event.key()), "") if alt else ""


def command_of(event: QKeyEvent) -> str:
    """Return what a key does with the selection; empty for one that means nothing here."""
    return _COMMANDS.get(Qt.Key(event.key()), "")


def is_kept(event: QKeyEvent, *, has_selection: bool) -> bool:
    """Return whether ``event`` asks if the key belongs to this view while it has the focus, and it does."""
    if event.type() != QEvent.Type.ShortcutOverride:
        return False
    if direction_of(event):
        return True
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    kept = command_of(event) in _KEPT and event.key() != Qt.Key.Key_Equal
    return kept and has_selection and not control

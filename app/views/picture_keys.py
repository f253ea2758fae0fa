"""What keys mean in every picture that one draws in by keyboard."""

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

# Neither makes another key of a key here: the keypad, and AltGr that brackets need on many keyboards.
_HARMLESS = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier


def modifiers_of(event: QKeyEvent) -> Qt.KeyboardModifier:
    """Return those modifiers of a key that make another key of it."""
    return event.modifiers() & ~_HARMLESS


def common_command(event: QKeyEvent, arrows: Collection[Qt.Key]) -> str:
    """Return “move” for ``arrows`` with Alt, “pick” for Alt and Enter; empty for any other key."""
    modifiers, key = modifiers_of(event), Qt.Key(event.key())
    alt = modifiers & Qt.KeyboardModifier.AltModifier
    if key in arrows and alt and not modifiers & Qt.KeyboardModifier.ControlModifier:
        return "move"
    is_enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return "pick" if is_enter and modifiers == Qt.KeyboardModifier.AltModifier else ""

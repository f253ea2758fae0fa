"""Letters in an open menu: they choose its entries."""

import re

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

_WITH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class MenuLetters(QObject):
    """Keeps letters that are pressed in menus from being taken for commands of the window.

    Qt asks for shortcuts of the application first, so that Alt+F N, for “New”, drew new weights.
    """

    def watch(self, owner: QWidget) -> None:
        """Take care of all menus below ``owner``, a menu bar or a menu."""
        for menu in owner.findChildren(QMenu):
            menu.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let a letter go on to the menu as a key, and no further if it chooses nothing there."""
        if not isinstance(watched, QMenu) or not isinstance(event, QKeyEvent) or not _is_letter(event):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return event.type() == QEvent.Type.KeyPress and not _chooses(watched, event.text())


def _is_letter(event: QKeyEvent) -> bool:
    return bool(event.text().strip()) and event.text().isprintable() and not event.modifiers() & _WITH


def _chooses(menu: QMenu, letter: str) -> bool:
    mnemonic = re.compile(f"(?<!&)(&&)*&{re.escape(letter)}", re.IGNORECASE)
    return any(mnemonic.search(action.text()) for action in menu.actions() if action.isVisible())

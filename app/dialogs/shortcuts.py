"""The shortcut sheet: every key and every mouse gesture on one page."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QGridLayout,
    QLabel,
    QScrollBar,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.closing import closing_button
from app.style import css
from app.theme import LIGHT, Theme
from app.widgets.scrolled import Scrolled

# Pixels at the left and at the right.
SIDE = 24
# What window managers put around a dialog, at most.
TITLE_BAR = QSize(8, 40)
# what one does, what happens
GESTURES = (
    ("Left drag in the output view", "Paint points of the first class, or of the chosen value"),
    ("Right drag in the output view", "Paint points of the second class"),
    ("D, E, S, M, F, V", "Draw, erase, select, move, figures, change; again for others of the kind"),
    ("Y, K", "Split points by a formula (or put them along it on a curve), set guides"),
    ("[ and ], Ctrl+wheel over the picture", "A smaller or larger radius"),
    ("1 to 8", "Choose a class, or give it to what is selected"),
    ("Arrow keys, Shift+arrow keys", "Move what is selected by 0.1 or 1"),
    ("Ctrl+A, Ctrl+D, Delete, Escape", "Select all, duplicate, remove, let go"),
    ("Alt+arrow keys, Enter in the output view", "Move a cross-hair, and use the tool there"),
    ("Alt+click on a point in the output view", "Follow this sample through the iteration"),
    ("Right click on a class, or the Menu key", "Its name and counts; lock it or hide its points"),
    ("Drag in the target of an image", "Draw its pixels: B pencil, F fill, [ and ] size"),
    ("Mouse over a unit", "Its output, large in the output view"),
    ("Mouse over a connection", "Its weight, gradient and last update"),
    ("Click on a connection or bias", "Type another value"),
    ("Wheel over the loss curve", "Zoom; drag moves, a double click shows all"),
    ("Mouse or ← → in an explorer", "Read the curves off"),
    ("Wheel or ↑ ↓ in a number field", "The next sensible value"),
    ("Enter, Escape in a number field", "Take what was typed, or go back"),
    ("Enter, ↑ ↓ in the homework", "Have an answer marked, go on or back"),
)


class ShortcutSheet(QDialog):
    """Keys, taken from the actions themselves, beside mouse gestures."""

    def __init__(
        self,
        actions: Mapping[str, QAction] | Iterable[QAction],
        parent: QWidget | None = None,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle("Shortcuts")
        commands = actions.values() if isinstance(actions, Mapping) else actions
        keys = [(_keys(action), _plain(action)) for action in commands if action.shortcuts()]
        content = QWidget()
        columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(36)
        columns.addLayout(self._list("Keys", keys))
        columns.addLayout(self._list("Mouse", GESTURES))
        content.ensurePolished()
        if columns.sizeHint().width() > self._room(parent):
            columns.setDirection(QBoxLayout.Direction.TopToBottom)
        # There are more keys than fit on a small screen in large text.
        self.area = Scrolled(content)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName("All keys and mouse gestures")
        buttons = closing_button(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SIDE, 20, SIDE, 16)
        whole.setSpacing(18)
        whole.addWidget(self.area, 1)
        whole.addWidget(buttons)
        self.resize(self.sizeHint().boundedTo(self.screen().availableSize() - TITLE_BAR))

    def _room(self, parent: QWidget | None) -> int:
        """Return the width for the lists, so that the sheet is no wider than its window, or than the screen."""
        screen = self.screen().availableSize().width()
        widest = screen if parent is None else min(screen, parent.window().width())
        return widest - 2 * SIDE - QScrollBar().sizeHint().width()

    def _list(self, title: str, rows: Iterable[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(7)
        heading = QLabel(title)
        heading.setProperty("role", "title")
        grid.addWidget(heading, 0, 0, 1, 2)
        number = 0
        for number, (how, what) in enumerate(rows, start=1):
            key = QLabel(how)
            key.setTextFormat(Qt.TextFormat.PlainText)
            key.setStyleSheet(f"color: {css(self._theme.accent)};")
            meaning = QLabel(what)
            meaning.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(key, number, 0)
            grid.addWidget(meaning, number, 1)
        grid.setRowStretch(number + 1, 1)
        grid.setColumnStretch(1, 1)
        return grid


def _keys(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return " or ".join(sequence.toString(native) for sequence in action.shortcuts())


def _plain(action: QAction) -> str:
    """Return the text of a menu without the marks that belong to menus."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")

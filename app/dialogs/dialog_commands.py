"""The commands that open a dialog of the window."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from app.dialogs.about import AboutBox
from app.dialogs.history_list import HistoryList
from app.dialogs.rate_finder import RateFinder
from app.dialogs.shortcuts import ShortcutSheet
from app.dialogs.slide_comparison import SlideComparison
from app.session import Session
from app.theme import Theme

# Pixels: from the right of the window, and from its top at a text scale of 1.
SIDE, BELOW_BARS = 16, 170


class DialogCommands:
    """Opens dialogs; none of them blocks the window.

    Attributes:
        history: the list of steps beside the window.
        slides: the numbers of a lecture's slides, beside the window too.

    Args:
        window: which they belong to.
        session: what they are about.
        commands: every command, for the sheet of shortcuts.
        theme: returns the present theme.
    """

    def __init__(
        self, window: QWidget, session: Session, commands: Mapping[str, QAction], theme: Callable[[], Theme]
    ) -> None:
        self._window, self._session, self._commands, self._theme = window, session, commands, theme
        self.history = HistoryList(window)
        self.history.position_chosen.connect(session.go_to)
        self.slides = SlideComparison(window)

    @property
    def actions(self) -> Mapping[str, Callable[[], object]]:
        """What each command does, by its key."""
        return {
            "history": self.show_history,
            "find_rate": self.find_rate,
            "shortcuts": self.show_shortcuts,
            "about": lambda: self.show(AboutBox(self._window)),
        }

    def show_shortcuts(self) -> None:
        """Show all keys and mouse gestures."""
        named = (action for action in self._commands.values() if not action.isCheckable())
        self.show(ShortcutSheet(named, self._window, self._theme()))

    def show_history(self) -> None:
        """Show every step in a list beside the window."""
        self.history.show_steps(*self._session.history_steps)
        self.history.show()
        self.history.raise_()
        self.history.activateWindow()

    def renew_history(self) -> None:
        """Show what is done and undone by now, and in the present colors, if the list can be seen."""
        if self.history.isVisible():
            self.history.show_steps(*self._session.history_steps)

    def compare_slides(self) -> None:
        """Show the slide's numbers over the right side of the window, where neither formula nor network is."""
        slides = self.slides
        if not slides.isVisible():
            room = self._window.frameGeometry()
            slides.move(room.right() - slides.width() - SIDE, room.top() + self._theme().pixels(BELOW_BARS))
        slides.show()
        slides.raise_()
        slides.activateWindow()

    def find_rate(self) -> None:
        """Run the learning-rate range test; what it suggests can be taken over."""
        session = self._session
        frame = session.frame
        # At the beginning, there are no other weights than the initial ones to start from.
        present = frame.parameters if frame is not None and frame.step else None
        finder = RateFinder(session.experiment, session.dataset, self._window, self._theme(), present)
        finder.rate_chosen.connect(partial(session.change, "training.learning_rate"))
        self.show(finder)

    def show(self, dialog: QDialog) -> None:
        """Open ``dialog``; it is gone once it is closed."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

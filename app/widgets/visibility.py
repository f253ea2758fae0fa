"""Show some controls instead of others without moving the window."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget


def hide_the_rest(wanted: Mapping[QWidget, bool]) -> None:
    """Hide what is not wanted. To be done before anything is shown.

    Showing a control makes its row as wide as it then must be, at once: with both old and new ones in it, the row would
    push the window's docks apart, and they would stay so.
    """
    for part, is_wanted in wanted.items():
        if not is_wanted:
            part.hide()


def show_only(wanted: Mapping[QWidget, bool]) -> None:
    """Hide what is not wanted, then show what is."""
    hide_the_rest(wanted)
    for part, is_wanted in wanted.items():
        part.setVisible(is_wanted)

"""How large a dialog opens."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from app.theme import Theme

# What the frame of a window and the bars of a desktop take.
AROUND = QSize(40, 60)


def resize_within_screen(dialog: QWidget, width: int, height: int, theme: Theme) -> None:
    """Make ``dialog`` so large (at a text scale of 1), but no larger than its screen."""
    room = dialog.screen().availableGeometry().size() - AROUND
    dialog.resize(QSize(theme.pixels(width), theme.pixels(height)).boundedTo(room))

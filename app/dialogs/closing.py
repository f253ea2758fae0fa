"""The button of dialogs that only show something."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox

from app.widgets.teach import teach


def closing_button(dialog: QDialog, *, takes_enter: bool = True) -> QDialogButtonBox:
    """Return the box with “Close”, which closes ``dialog``; Enter presses it unless that belongs to another part."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    close = buttons.button(QDialogButtonBox.StandardButton.Close)
    teach(close, "Back to the window.")
    close.setAccessibleName("Close")
    close.setAutoDefault(takes_enter)
    buttons.rejected.connect(dialog.reject)
    return buttons

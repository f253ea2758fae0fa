"""The buttons of the dialogs that import something."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton


def import_buttons(dialog: QDialog) -> tuple[QPushButton, QPushButton, QDialogButtonBox]:
    """Return “Import”, not yet to be pressed, “Cancel”, which closes ``dialog``, and the box that holds both."""
    buttons = QDialogButtonBox()
    take, cancel = QPushButton("Import"), QPushButton("Cancel")
    take.setProperty("role", "primary")
    take.setAccessibleName("Import")
    take.setToolTip("Learn from this in place of the present data; it can be undone.")
    take.setEnabled(False)
    take.setDefault(True)
    cancel.setAccessibleName("Cancel")
    cancel.setToolTip("Close this and leave the data as they are.")
    buttons.addButton(take, QDialogButtonBox.ButtonRole.AcceptRole)
    buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
    buttons.rejected.connect(dialog.reject)
    return take, cancel, buttons

"""The button beside tools that takes the last change back."""

from app.widgets.button import Button
from app.widgets.teach import teach

REMARK = "Take the last stroke or change back (Ctrl+Z)."


class UndoButton(Button):
    """Says what it would take back; at first there is nothing."""

    def __init__(self) -> None:
        super().__init__("Undo", REMARK)
        self.setEnabled(False)

    def show_undo(self, what: str) -> None:
        """Let it say what it would take back; empty if nothing."""
        self.setEnabled(bool(what))
        teach(self, f"Take back: {what} (Ctrl+Z)." if what else REMARK)

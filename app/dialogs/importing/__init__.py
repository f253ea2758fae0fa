"""The dialogs that take over a table or a picture."""

from app.dialogs.importing.dialog import ImportDialog
from app.dialogs.importing.picture_dialog import PictureDialog

__all__ = ["ImportDialog", "PictureDialog"]

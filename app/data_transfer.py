"""Data into and out of the window: by command, by dropping, and through the dialogs that ask what to make of them."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QWidget

from app.dialogs.importing import ImportDialog, PictureDialog
from app.drop_target import DropTarget
from app.files.data_commands import DataCommands
from app.files.data_dialogs import DataDialogs
from app.files.data_export import Draw
from app.session import Session
from app.theme import Theme


class DataTransfer(QObject):
    """Connects the commands for data with ``window``.

    Args:
        draw: draws the picture that is exported.
        open_experiment: opens an experiment that was dropped.
        show_dialog: shows a dialog on top of the window.
        theme: returns the present theme.
    """

    def __init__(
        self,
        window: QWidget,
        session: Session,
        *,
        draw: Draw,
        open_experiment: Callable[[Path], None],
        show_dialog: Callable[[QDialog], None],
        theme: Callable[[], Theme],
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._show_dialog, self._theme = window, session, show_dialog, theme
        self.commands = DataCommands(session, draw, DataDialogs(window), self)
        self._drops = DropTarget(window)
        self._drops.dropped.connect(lambda mime: self.commands.take(mime, "from another window"))
        self.commands.import_wanted.connect(self._import_table)
        self.commands.picture_wanted.connect(self._import_picture)
        self.commands.experiment_dropped.connect(open_experiment)

    @property
    def actions(self) -> Mapping[str, Callable[[], None]]:
        """What the actions of these names do."""
        commands = self.commands
        return {
            "import_data": commands.import_data,
            "export_data": commands.export,
            "paste_data": commands.paste,
            "copy_data": commands.copy,
            "copy_picture": commands.copy_picture,
        }

    def _import_table(self, source: Path | bytes, name: str) -> None:
        self._show(ImportDialog(source, name, self._window, self._theme()))

    def _import_picture(self, source: Path | QImage, name: str) -> None:
        self._show(PictureDialog(source, name, self._window, self._theme()))

    def _show(self, dialog: ImportDialog | PictureDialog) -> None:
        """Show ``dialog``; what is chosen in it takes the place of the data."""
        dialog.imported.connect(partial(self._session.change, "data.points"))
        self._show_dialog(dialog)

"""The commands that bring data in and out: import, paste, drop, export, copy."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage

from app.background_task import Report
from app.files.data_dialogs import DataDialogs
from app.files.data_export import Draw, export_picture, export_points, format_of, image
from app.files.experiment_files import MANY_POINTS, FileError, GivenUpError
from app.files.picture_file import is_picture
from app.session import Session
from engine.datasets.tables import FORMATS
from engine.datasets.tables.writing import cells

# How an experiment begins: a field that holds no list, as a table of columns would.
_EXPERIMENT = re.compile(rb'\s*\{\s*"(data|network|training|seed|version)"\s*:\s*[^\s\[]')
NOTHING_TO_PASTE = "There are no cells and no picture on the clipboard: copy cells in a spreadsheet, with their header."


class DataCommands(QObject):
    """Import, paste, drop, export and copy.

    Signals:
        import_wanted(Path | bytes, str): a table is to be shown in the import dialog: where it is and its name.
        picture_wanted(Path | QImage, str): the same of a picture.
        experiment_dropped(Path): what was dropped or chosen is an experiment, which is opened.
    """

    import_wanted = Signal(object, str)
    picture_wanted = Signal(object, str)
    experiment_dropped = Signal(object)

    def __init__(self, session: Session, draw: Draw, dialogs: DataDialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._draw, self._dialogs = session, draw, dialogs
        self._folder = Path.home()

    def import_data(self) -> None:
        """Ask for a table or a picture and show it."""
        path = self._dialogs.path_to_import(self._folder)
        if path is not None:
            self._folder = path.parent
            self.take_file(path)

    def paste(self) -> None:
        """Show the cells, the picture or the file on the clipboard."""
        mime = QGuiApplication.clipboard().mimeData()
        # An empty clipboard may have none.
        if not mime or not self.take(mime, "from the clipboard"):
            self._session.problem.emit(NOTHING_TO_PASTE)

    def take(self, mime: QMimeData, origin: str) -> bool:
        """Show what was pasted or dropped: the first file, or else cells or a picture; return whether there is one.

        ``origin`` says in a few words where it comes from.
        """
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if files:
            self.take_file(files[0])
            if len(files) > 1:
                self._session.message.emit(f"Of {len(files)} files only the first, “{files[0].name}”, is taken.")
            return True
        # An address somewhere else in the world is a text, too.
        if mime.hasText() and mime.text().strip() and not mime.hasUrls():
            self.import_wanted.emit(mime.text().encode(errors="replace"), f"Cells {origin}")
            return True
        if mime.hasImage():
            self.picture_wanted.emit(QImage(mime.imageData()), f"Picture {origin}")
            return True
        return False

    def export(self) -> None:
        """Ask for a file and write the data, or the picture of the output, into it."""
        path = self._dialogs.path_to_export(self._folder / "data.csv")
        if path is None:
            return
        self._folder = path.parent
        session = self._session
        try:
            if format_of(path) in FORMATS:
                data, dataset = session.experiment.data, session.dataset
                self._patiently(f"Writing “{path.name}”", lambda report: export_points(path, data, dataset, report))
            else:
                export_picture(path, self._draw)
        except GivenUpError as error:
            session.message.emit(str(error))
        except FileError as error:
            session.problem.emit(str(error))
        else:
            session.message.emit(f"Written to “{path.name}”.")

    def copy(self) -> None:
        """Put the data on the clipboard, as cells of a spreadsheet."""
        session = self._session
        data, dataset = session.experiment.data, session.dataset
        try:
            text = self._patiently("Copying the points", lambda report: cells(data, dataset, report))
        except FileError as error:
            session.message.emit(str(error))
            return
        QGuiApplication.clipboard().setText(text)
        session.message.emit(f"{len(session.dataset):,} points copied: paste them into a spreadsheet.")

    def _patiently(self, doing: str, work: Callable[[Report], Any]) -> Any:
        """Return what ``work`` comes to; with very many points the window lives on meanwhile."""
        if len(self._session.dataset) < MANY_POINTS:
            return work(lambda share: None)
        return self._dialogs.wait_for(doing, "Stop; nothing is written or copied.", work)

    def copy_picture(self) -> None:
        """Put the picture of the output on the clipboard."""
        QGuiApplication.clipboard().setImage(image(self._draw))
        self._session.message.emit("The picture of the output is on the clipboard.")

    def take_file(self, path: Path) -> None:
        """Show a table or a picture, or let an experiment be opened."""
        if is_experiment(path):
            self.experiment_dropped.emit(path)
        elif is_picture(path):
            self.picture_wanted.emit(path, path.name)
        else:
            self.import_wanted.emit(path, path.name)


def is_experiment(path: Path) -> bool:
    """Return whether the file ``path`` begins as an experiment does."""
    if path.suffix.casefold() != ".json":
        return False
    try:
        with path.open("rb") as file:
            return bool(_EXPERIMENT.match(file.read(1_000)))
    except OSError:
        return False

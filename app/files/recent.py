"""The files used last, newest first."""

from pathlib import Path

from PySide6.QtCore import QSettings

KEY = "recent_files"
MAXIMUM = 8


class RecentFiles:
    """A short list of paths that is kept in the settings."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def paths(self) -> list[Path]:
        """The paths, newest first; whatever else stands in the settings is left out."""
        value = self._settings.value(KEY, [])
        # A list of one comes back from the file as its only entry.
        entries = value if isinstance(value, list) else [value]
        return [Path(entry) for entry in entries if isinstance(entry, str) and entry][:MAXIMUM]

    def add(self, path: Path) -> None:
        """Put ``path`` on top."""
        path = path.absolute()
        self._write([path, *(other for other in self.paths if other != path)][:MAXIMUM])

    def remove(self, path: Path) -> None:
        """Take ``path`` off the list, since it is there no longer."""
        self._write([other for other in self.paths if other != path.absolute()])

    def _write(self, paths: list[Path]) -> None:
        self._settings.setValue(KEY, [str(path) for path in paths])

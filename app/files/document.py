"""The document: the file an experiment belongs to, and whether it holds all that was done."""

from pathlib import Path

from engine.atomic_write import FileState
from engine.experiment import Experiment, Points

UNTITLED = "Untitled"


class Document:
    """Knows the file (``path``, None for a new document) and the experiment as it was last saved or opened.

    ``state`` is that of the file when it was last read or written here, or None if there was none.
    """

    def __init__(self, experiment: Experiment, path: Path | None = None, state: FileState | None = None) -> None:
        self.path, self.state, self._title = path, state, UNTITLED
        self._saved: Experiment | None = experiment

    def began(
        self, experiment: Experiment, path: Path | None, title: str = UNTITLED, state: FileState | None = None
    ) -> None:
        """Take note that ``experiment`` was opened from or saved to ``path``, or begun anew (None) under ``title``."""
        self.path, self._saved, self._title, self.state = path, experiment, title, state

    def restored(self, path: Path | None, state: FileState | None) -> None:
        """Take note that the work of another time goes on, which is in no file as it is."""
        self.path, self._saved, self._title, self.state = path, None, UNTITLED, state

    @property
    def name(self) -> str:
        """What the title says."""
        return self.path.stem if self.path else self._title

    def is_modified(self, experiment: Experiment) -> bool:
        """Return whether ``experiment`` differs from what was saved."""
        return experiment is not self._saved and experiment != self._saved

    def would_lose(self, experiment: Experiment) -> bool:
        """Return whether work would be lost with ``experiment``.

        A choice or two in a new document is play and made again in seconds; painted points, files and what was kept
        through a crash are work.
        """
        source = experiment.data.source
        if self._saved is None:
            return True
        painted = isinstance(source, Points) and len(source.targets) > 0 and source != self._saved.data.source
        return self.is_modified(experiment) and (self.path is not None or painted)

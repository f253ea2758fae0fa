"""The document: the file an experiment belongs to, and whether it holds all that was done."""

from pathlib import Path

from engine.experiment import Experiment, Points

UNTITLED = "Untitled"


class Document:
    """Knows the file (``path``, None for a new document) and the experiment as it was last saved or opened."""

    def __init__(self, experiment: Experiment, path: Path | None = None) -> None:
        self.path = path
        self._saved = experiment
        self._title = UNTITLED

    def began(self, experiment: Experiment, path: Path | None, title: str = UNTITLED) -> None:
        """Take note that ``experiment`` was opened from or saved to ``path``, or begun anew (None) under ``title``."""
        self.path, self._saved, self._title = path, experiment, title

    @property
    def name(self) -> str:
        """What the title says."""
        return self.path.stem if self.path else self._title

    def is_modified(self, experiment: Experiment) -> bool:
        """Return whether ``experiment`` differs from what was saved."""
        return experiment is not self._saved and experiment != self._saved

    def would_lose(self, experiment: Experiment) -> bool:
        """Return whether work would be lost with ``experiment``.

        A choice or two in a new document is play and made again in seconds; painted points and files are work.
        """
        source = experiment.data.source
        painted = isinstance(source, Points) and len(source.targets) > 0 and source != self._saved.data.source
        return self.is_modified(experiment) and (self.path is not None or painted)

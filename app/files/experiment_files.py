"""Experiments on disk: open and save. Whatever can go wrong becomes one sentence that names the file."""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from engine import experiment_file
from engine.atomic_write import FileState, write_atomically
from engine.datasets.tables import SUFFIXES as TABLE_SUFFIXES
from engine.experiment import Experiment, Points
from engine.file_errors import reason
from engine.validation import ExperimentError

Report = Callable[[float], None]

SUFFIX = ".json"
# A million points, and where they were before noise moved them, take up to 130 megabytes; other programs may write the
# same with more spaces. What is far larger is no experiment.
MAXIMUM_BYTES = 400_000_000
# From so many points on, reading or writing them takes so long that the window must not stand still meanwhile.
MANY_POINTS = 50_000
# Endings of files that hold data without an experiment.
DATA_SUFFIXES = frozenset((*TABLE_SUFFIXES, ".png", ".jpg", ".jpeg", ".gif", ".svg", ".xlsx", ".ods")) - {SUFFIX}


class FileError(ValueError):
    """A file that could not be read or written; the message is one sentence."""


class GivenUpError(FileError):
    """It was given up half-way, because the user said so; nothing has changed."""


def open_experiment(path: Path, report: Report = lambda share: None) -> Experiment:
    """Return the experiment in the file ``path``; ``report`` is told the share done, and may raise to give up.

    Raises:
        FileError: the file is missing, unreadable, too large, or not an experiment.
    """
    try:
        if path.is_dir():
            raise FileError(f"“{path.name}” is a folder, not an experiment.")
        with path.open("rb") as file:
            text = file.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        raise FileError(f"“{path.name}” could not be opened: {reason(error)}.") from None
    if len(text) > MAXIMUM_BYTES:
        raise FileError(f"“{path.name}” is larger than {MAXIMUM_BYTES // 1_000_000} MB, which no experiment is.")
    try:
        return experiment_file.read(text, report)
    except ExperimentError as error:
        if path.suffix.casefold() in DATA_SUFFIXES:
            raise FileError(f"“{path.name}” is no experiment; take data in with File ▸ Import data.") from None
        raise FileError(f"“{path.name}” could not be opened: {error}") from None


def save_experiment(path: Path, experiment: Experiment, report: Report = lambda share: None) -> FileState:
    """Write ``experiment`` into the file ``path``, whole or not at all, and return the file's state.

    ``report`` is told the share done, and may raise to give up: then nothing is written.

    Raises:
        FileError: the file cannot be written; what it held before is untouched.
    """
    try:
        return write_atomically(path, chain(_reported(experiment, report), (b"\n",)))
    except OSError as error:
        raise FileError(f"“{path.name}” could not be saved: {reason(error)}.") from None


def _reported(experiment: Experiment, report: Report) -> Iterator[bytes]:
    source = experiment.data.source
    count = 1
    if isinstance(source, Points):
        count = len(source.targets) * (2 + (source.origins is not None) + (source.is_train is not None))
    for number, piece in enumerate(experiment_file.pieces(experiment)):
        report(min(number * experiment_file.ROWS / count, 1.0) if count else 0.0)
        yield piece

"""Drafts: what windows are working on, on the disk, so that it outlives a crash. Free of Qt.

Each window has a place of its own in the folder, three files with the same random name:

    NAME.draft     one line about it (``Heading``), then the experiment as it would be saved
    NAME.weights   the parameters as training had them (``Weights``): small, and written far more often
    NAME.lock      locked by the process that has the window; the system unlocks it however that ends

So a draft whose lock can be had is one that nobody works on any more, and whoever has the lock may offer it.
"""

import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np

from app.files.experiment_files import FileError, Report
from app.files.file_lock import FileLock
from engine import experiment_file
from engine.atomic_write import FileState, file_state, write_atomically
from engine.datasets.dataset import Array, frozen
from engine.experiment import Experiment, Network
from engine.file_errors import reason
from engine.parameters import layout
from engine.validation import ExperimentError

DRAFT, WEIGHTS, LOCK = ".draft", ".weights", ".lock"
# Seconds between two bits of a draft that is being written: the interpreter is then free for the window.
REST = 0.0002


class CancelledError(Exception):
    """Writing was given up half-way; what was there before is still there."""


class Heading(msgspec.Struct, frozen=True):
    """About a draft: when it was written (seconds since 1970), what is in it, and the file it belongs to, if any."""

    time: float
    contents: str
    document: str | None = None
    state: FileState | None = None


class Weights(msgspec.Struct, frozen=True):
    """Parameters after ``epoch`` epochs, flat; they belong to exactly this network."""

    time: float
    epoch: int
    network: Network
    parameters: list[float]


class Draft:
    """One window's place in the folder; locked from when it is made until ``remove`` or ``release``."""

    def __init__(self, folder: Path, name: str, lock: FileLock) -> None:
        self._draft, self._weights = folder / f"{name}{DRAFT}", folder / f"{name}{WEIGHTS}"
        self._lock = lock

    def write(self, heading: Heading, experiment: Experiment, is_cancelled: Callable[[], bool] = lambda: False) -> None:
        """Write ``experiment``, bit by bit, so that other threads can work meanwhile.

        Raises:
            OSError: it cannot be written.
            CancelledError: ``is_cancelled`` said so between two bits.
        """

        def pieces() -> Iterator[bytes]:
            yield msgspec.json.encode(heading)
            yield b"\n"
            for piece in experiment_file.pieces(experiment):
                if is_cancelled():
                    raise CancelledError
                yield piece
                time.sleep(REST)
            yield b"\n"

        write_atomically(self._draft, pieces())

    def write_weights(self, weights: Weights | None) -> None:
        """Write ``weights``, or remove those that are there.

        Raises:
            OSError: they cannot be written.
        """
        if weights is None:
            self._weights.unlink(missing_ok=True)
        else:
            write_atomically(self._weights, (msgspec.json.encode(weights),))

    def heading(self) -> Heading:
        """Return what the draft says about itself; one that cannot be read is there all the same."""
        try:
            with self._draft.open("rb") as file:
                return msgspec.json.decode(file.readline(1_000_000), type=Heading)
        except (OSError, msgspec.DecodeError):
            try:
                last = self._draft.stat().st_mtime
            except OSError:
                last = time.time()
            return Heading(last, "an experiment that cannot be read")

    @property
    def size(self) -> int:
        """How many bytes there are to read; 0 if nobody knows."""
        state = file_state(self._draft)
        return state.size if state is not None else 0

    def read(self, report: Report = lambda share: None) -> Experiment:
        """Return the experiment; ``report`` is told the share done, and may raise to give up.

        Raises:
            FileError: it cannot be read, or is damaged.
        """
        start = "What was kept could not be restored"
        try:
            _, _, text = self._draft.read_bytes().partition(b"\n")
            return experiment_file.read(text, report)
        except OSError as error:
            raise FileError(f"{start}: {reason(error)}.") from None
        except ExperimentError as error:
            raise FileError(f"{start}: {error}") from None

    def read_weights(self) -> Weights | None:
        """Return the weights that were kept, whatever network they belong to; None if there are none to be read."""
        try:
            return msgspec.json.decode(self._weights.read_bytes(), type=Weights)
        except (OSError, msgspec.DecodeError, ExperimentError):
            return None

    def release(self) -> None:
        """Leave the draft to whoever takes it next."""
        self._lock.release()

    def remove(self) -> None:
        """Remove the draft: it is in a file now, or not wanted any more."""
        try:
            for path in (self._weights, self._draft):
                path.unlink(missing_ok=True)
        except OSError:
            # It will be offered again, which is better than a fault now.
            self._lock.release()
        else:
            self._lock.release(remove=True)


class DraftFolder:
    """The drafts of all windows of this user: ``autosave`` in the program's data folder ``data``."""

    def __init__(self, data: Path) -> None:
        self.path = data / "autosave"

    def begin(self) -> Draft:
        """Return a new place for a draft, still empty.

        Raises:
            OSError: nothing can be written there.
        """
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        while True:
            name = uuid.uuid4().hex
            lock = FileLock.acquire(self.path / f"{name}{LOCK}")
            if lock is not None:
                return Draft(self.path, name, lock)

    def abandoned(self) -> list[Draft]:
        """Return the drafts that nobody works on any more, the newest first; they are locked for the caller now."""
        drafts = []
        for path in self._drafts():
            lock = self._try_lock(path)
            if lock is None:
                continue
            if path.exists():
                drafts.append(Draft(self.path, path.stem, lock))
            else:
                # Answered in another window since the folder was listed.
                lock.release(remove=True)
        return sorted(drafts, key=lambda draft: draft.heading().time, reverse=True)

    def _drafts(self) -> list[Path]:
        try:
            return sorted(self.path.glob(f"*{DRAFT}"))
        except OSError:
            return []

    def _try_lock(self, path: Path) -> FileLock | None:
        try:
            return FileLock.acquire(path.with_suffix(LOCK))
        except OSError:
            # Nobody knows whether it is still worked on.
            return None


def parameters_for(experiment: Experiment, weights: Weights | None) -> Array | None:
    """Return the parameters of ``weights``, shape (count,), if they fit the network of ``experiment``; else None."""
    if weights is None or weights.network != experiment.network:
        return None
    parameters = np.array(weights.parameters)
    if parameters.shape != (layout(experiment.network).parameter_count,) or not np.all(np.isfinite(parameters)):
        return None
    return frozen(parameters)

"""Autosave: a few seconds after a change, the experiment and its weights are written into the window's draft.

On a thread of its own, which ends with the writing: experiments are frozen, so it cannot see one half changed.
"""

import logging
import threading
import time
from collections.abc import Callable

import msgspec
import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.files.draft_text import contents
from app.files.drafts import CancelledError, Draft, DraftFolder, Heading, Weights
from app.files.file_commands import FileCommands
from app.frame import Frame
from app.session import Session
from engine.experiment import Experiment, Network
from engine.file_errors import reason

log = logging.getLogger(__name__)

# From a change to its draft: what is lost in a crash at most, in seconds.
DELAY = 4.0
# Writing a million points takes a second; so often it must not take more than this share of the time.
LARGEST_SHARE = 0.1


class Job(msgspec.Struct, frozen=True, eq=False):
    """What is to be written: all is taken from the session at one moment. ``experiment`` is None if it is there."""

    experiment: Experiment | None
    heading: Heading
    weights: Weights | None
    writes_weights: bool


class Outcome(msgspec.Struct, frozen=True, eq=False):
    """What has come of a job: the draft it is in, or why it is not; how long it took, in seconds."""

    job: Job
    draft: Draft | None
    error: Exception | None
    seconds: float


class Autosave(QObject):
    """Keeps a draft of what ``session`` holds while that differs from its file, or is trained; else there is none.

    Trained weights are kept as well: they are small. The optimizer's memory and the loss curve are not.

    Signals:
        kept(): all that was there when writing began is on the disk.
        failed(str): it could not be written, in a sentence; said once until it works again.
    """

    kept = Signal()
    failed = Signal(str)
    _written = Signal(object)

    def __init__(
        self,
        session: Session,
        files: FileCommands,
        folder: DraftFolder,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._session, self._files, self._folder, self._clock = session, files, folder, clock
        self._draft: Draft | None = None
        # What is in the draft.
        self._heading: Heading | None = None
        self._experiment: Experiment | None = None
        self._network: Network | None = None
        self._parameters: np.ndarray | None = None
        self._thread: threading.Thread | None = None
        self._outcome: Outcome | None = None
        self._cancelled = threading.Event()
        self._closed = self._has_failed = False
        self.timer = QTimer(self, singleShot=True)
        self.timer.setInterval(round(1000 * DELAY))
        self.timer.timeout.connect(self.keep)
        self._written.connect(self._take_outcome)
        session.experiment_changed.connect(self._note)
        session.frame_ready.connect(self._note)
        files.changed.connect(self._note)

    @Slot()
    def keep(self) -> None:
        """Write now what is not in the draft yet; the signal ``kept`` follows if there was something."""
        if self._closed:
            return
        if self._thread is not None:
            self._note()
            return
        if not (self._files.is_modified or self._session.is_trained):
            # Without a frame nobody knows yet whether the weights are trained.
            if self._own_frame() is not None:
                self._forget()
            return
        job = self._job()
        if job is not None:
            self._cancelled.clear()
            self._thread = threading.Thread(target=self._write, args=(job, self._draft), name="autosave", daemon=True)
            self._thread.start()

    def adopt(self, draft: Draft) -> None:
        """Go on in ``draft``, which holds what the session holds now: so there is no moment without one."""
        self._cancelled.set()
        self._finish()
        self._forget()
        weights = draft.read_weights()
        self._draft, self._experiment, self._heading = draft, self._session.experiment, draft.heading()
        self._network = weights.network if weights else None

    def close(self) -> None:
        """The window closes in good order: nothing of the draft is needed any more."""
        self._closed = True
        self.timer.stop()
        self._cancelled.set()
        self._finish()
        self._forget()

    # ---- when ----------------------------------------------------------------------------------------------------

    @Slot()
    def _note(self) -> None:
        # Not started again with every change: a stroke that goes on and on is kept, too.
        if not (self.timer.isActive() or self._closed):
            self.timer.start()

    # ---- what ----------------------------------------------------------------------------------------------------

    def _own_frame(self) -> Frame | None:
        """Return the newest frame, if its parameters belong to the network as it is now."""
        frame, experiment = self._session.frame, self._session.experiment
        return frame if frame is not None and frame.experiment.network == experiment.network else None

    def _job(self) -> Job | None:
        session, document, frame = self._session, self._files.document, self._own_frame()
        path = str(document.path) if document.path else None
        now, experiment = self._clock(), session.experiment
        known = self._heading
        is_written = (
            known is not None
            and experiment is self._experiment
            and (known.document, known.state) == (path, document.state)
        )
        weights, writes_weights = None, False
        # Without a frame nobody knows whether the weights that were kept still hold.
        if frame is not None:
            if session.is_trained:
                writes_weights = frame.experiment.network != self._network or not (
                    self._parameters is not None and np.array_equal(self._parameters, frame.parameters)
                )
                weights = Weights(now, frame.epoch, frame.experiment.network, frame.parameters.tolist())
            else:
                writes_weights = self._network is not None
        if is_written and not writes_weights:
            return None
        heading = Heading(now, contents(experiment), path, document.state)
        return Job(None if is_written else experiment, heading, weights, writes_weights)

    # ---- writing -------------------------------------------------------------------------------------------------

    def _write(self, job: Job, draft: Draft | None) -> None:
        """Write ``job``; on the thread."""
        start = time.monotonic()
        error: Exception | None = None
        try:
            draft = draft or self._folder.begin()
            if job.experiment is not None:
                draft.write(job.heading, job.experiment, self._cancelled.is_set)
            if job.writes_weights:
                draft.write_weights(job.weights)
        except (OSError, CancelledError) as problem:
            error = problem
        except Exception as problem:
            # A thread that died in silence would never keep anything again.
            log.error("Autosave met an error.", exc_info=problem)
            error = problem
        if draft is not None and not self._folder.path.exists():
            # Somebody has removed it: begin anew.
            draft.release()
            draft = None
        self._outcome = Outcome(job, draft, error, time.monotonic() - start)
        if not self._cancelled.is_set():
            self._written.emit(self._outcome)

    @Slot(object)
    def _take_outcome(self, outcome: Outcome) -> None:
        if self._thread is None or self._closed:
            # Already taken, by whoever waited for the end.
            return
        self._finish()
        self.timer.setInterval(round(1000 * max(DELAY, outcome.seconds / LARGEST_SHARE)))
        if outcome.error is None:
            self._has_failed = False
            self.kept.emit()
        elif not self._has_failed:
            self._has_failed = True
            error = outcome.error
            why = reason(error) if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
            self.failed.emit(f"Autosave does not work: {why}. Save to a file now and then.")
        if outcome.error is not None:
            self._note()

    def _finish(self) -> None:
        """Wait for the thread and take over what it has done."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        thread.join()
        outcome = self._outcome
        assert outcome is not None
        self._draft = outcome.draft
        if outcome.draft is None:
            self._forget()
        elif outcome.error is None:
            job = outcome.job
            if job.experiment is not None:
                self._experiment, self._heading = job.experiment, job.heading
            if job.writes_weights:
                self._network = job.weights.network if job.weights else None
                self._parameters = np.array(job.weights.parameters) if job.weights else None

    def _forget(self) -> None:
        """Remove the draft."""
        draft, self._draft = self._draft, None
        if draft is not None:
            draft.remove()
        self._experiment = self._heading = self._network = self._parameters = None

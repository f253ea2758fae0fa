"""The thread that trains, as the rest of the window sees it: commands in, frames and reports out as signals."""

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.frame import Frame
from app.moment import Moment
from app.speed import Speed
from app.training_loop import Command, TrainingLoop
from engine.datasets.dataset import Array, Dataset
from engine.divergence import Divergence
from engine.experiment import Experiment
from engine.kernels import warm_up
from engine.watch import Stopped

Report = Callable[[str, float], None]

log = logging.getLogger(__name__)


class StoppedError(Exception):
    """Raised inside the warm-up when the window closes meanwhile."""


class TrainingWorker(QObject):
    """Owns the thread that owns the trainer. Every method returns at once; commands wait until kernels are compiled.

    A Python thread, not a QThread: one that is still compiling when the program ends must not abort the process.

    Signals:
        frame_ready(Frame): the newest moment. Frames never queue up: the next is built once this one was drawn.
        progress(str, float): what is being compiled, and the share done; 1.0 when ready.
        diverged(Divergence): the run cannot go on.
        stopped(Stopped): a condition of its own has ended the run.
        errored(Exception): training or a command failed; the worker goes on, paused.
    """

    frame_ready = Signal(object)
    progress = Signal(str, float)
    diverged = Signal(object)
    stopped = Signal(object)
    errored = Signal(object)
    _frame_offered = Signal()

    def __init__(self, parent: QObject | None = None, warm_up: Callable[[Report], None] = warm_up) -> None:
        super().__init__(parent)
        self._warm_up = warm_up
        self._commands: SimpleQueue[Command] = SimpleQueue()
        self._slot: Frame | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="training", daemon=True)
        self._frame_offered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    # ---- on the window's thread ----------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the thread: it compiles, then obeys."""
        self._thread.start()

    def stop(self, timeout: float = 2.0) -> bool:
        """Stop the thread and wait for it; return whether it ended within ``timeout`` seconds.

        Only the compilation of a single kernel can take longer.
        """
        self._stopping.set()
        self._commands.put(("stop", ()))
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def load(self, experiment: Experiment, dataset: Dataset, parameters: Array | None = None) -> None:
        """Begin a new run, paused; with these ``parameters`` if given, else with the initial ones."""
        self._commands.put(("load", (experiment, dataset, parameters)))

    def change(self, experiment: Experiment, dataset: Dataset, *moments: Moment | None) -> None:
        """Go on with another experiment, keeping of the parameters what keeps its meaning.

        ``moments``, if given, are two: where to note the run that this change ends, and the run to take up again.
        """
        self._commands.put(("change", (experiment, dataset, *moments)))

    def run(self) -> None:
        """Train until told otherwise."""
        self._commands.put(("run", ()))

    def pause(self) -> None:
        """Stop training; the run can go on later."""
        self._commands.put(("pause", ()))

    def step(self) -> None:
        """Make one step."""
        self._commands.put(("step", ()))

    def step_epochs(self, count: int = 1) -> None:
        """Train to the end of this epoch, and ``count`` − 1 more."""
        self._commands.put(("step_epochs", (count,)))

    def step_back(self) -> None:
        """Go back by one step and stand still; nothing happens where the run cannot go back further."""
        self._commands.put(("step_back", ()))

    def reset(self) -> None:
        """Go back to the initial parameters."""
        self._commands.put(("reset", ()))

    def edit_parameter(self, index: int, value: float) -> None:
        """Put ``value`` in the place of one parameter."""
        self._commands.put(("edit_parameter", (index, value)))

    def set_speed(self, speed: Speed) -> None:
        """Train at this speed from now on."""
        self._commands.put(("set_speed", (speed,)))

    def focus_unit(self, unit: int) -> None:
        """Put the field of this unit into the frames; −1 for none."""
        self._commands.put(("focus_unit", (unit,)))

    def request_fields(self, unit_size: int, output_size: int, outputs: bool = False) -> None:
        """Compute fields of these sizes from now on, and the samples' outputs; 0 and False where nobody looks."""
        self._commands.put(("request_fields", (unit_size, output_size, outputs)))

    def request_trace(self, wanted: bool) -> None:
        """Put the next iteration, taken apart, into the frames in which training stands still."""
        self._commands.put(("request_trace", (wanted,)))

    def request_statistics(self, wanted: bool) -> None:
        """Put into the frames from now on where the units sit on their activations."""
        self._commands.put(("request_statistics", (wanted,)))

    @Slot()
    def _deliver(self) -> None:
        frame, self._slot = self._slot, None
        if frame is None or self._stopping.is_set():
            return
        self.frame_ready.emit(frame)
        # Only once the event loop comes round again have the views painted and the keys been read.
        QTimer.singleShot(0, self, self._take_next)

    @Slot()
    def _take_next(self) -> None:
        self._commands.put(("frame_taken", ()))

    # ---- on the training thread ----------------------------------------------------------------------------------

    def _work(self) -> None:
        try:
            self._warm_up(self._report)
            TrainingLoop(self._commands, self).run()
        except StoppedError:
            return
        except Exception as error:
            self.report_error(error)

    def _report(self, what: str, share: float) -> None:
        if self._stopping.is_set():
            raise StoppedError
        self.progress.emit(what, share)

    def offer(self, frame: Frame) -> None:
        """Take a frame from the loop."""
        self._slot = frame
        # A window that is closing may be gone before its thread is.
        if not self._stopping.is_set():
            self._frame_offered.emit()

    def report_divergence(self, divergence: Divergence) -> None:
        """Pass on that the run was stopped."""
        if not self._stopping.is_set():
            self.diverged.emit(divergence)

    def report_stop(self, stopped: Stopped) -> None:
        """Pass on that a condition of its own has ended the run."""
        if not self._stopping.is_set():
            self.stopped.emit(stopped)

    def report_error(self, error: Exception) -> None:
        """Pass on what went wrong, and write it down with its place."""
        log.error("The training thread met an error.", exc_info=error)
        if not self._stopping.is_set():
            self.errored.emit(error)

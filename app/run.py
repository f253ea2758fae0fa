"""The run: what is trained at present, and whether it trains; the half of the session that changes no experiment."""

import msgspec
import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from app.frame import Frame
from app.speed import DEFAULT_SPEED, Speed
from app.stepping.way_back import why_no_further
from app.training_worker import TrainingWorker
from engine.datasets.dataset import Dataset
from engine.datasets.resolve import resolve
from engine.divergence import Divergence
from engine.experiment import Experiment
from engine.parameters import Layout, initial, layout, unpack
from engine.watch import Stopped

NO_POINTS = "There are no training points yet: paint some into the output view, or choose a data set."


class Run(QObject):
    """Trains an experiment by way of the worker, and passes its frames on.

    Signals:
        experiment_changed(Experiment, Dataset, Layout): also when a change was refused, so that controls go back.
        frame_ready(Frame): a moment of the present experiment.
        running_changed(bool): whether training goes on.
        message(str), problem(str): what has happened, or why something could not be; one sentence.
        progress(str, float): what is being compiled and the share done.
    """

    experiment_changed = Signal(object, object, object)
    frame_ready = Signal(object)
    running_changed = Signal(bool)
    message = Signal(str)
    problem = Signal(str)
    progress = Signal(str, float)

    def __init__(
        self,
        experiment: Experiment | None = None,
        worker: TrainingWorker | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.experiment = experiment or Experiment()
        self.dataset: Dataset = resolve(self.experiment.data)
        self.layout: Layout = layout(self.experiment.network)
        self.frame: Frame | None = None
        self.running = False
        self.speed = DEFAULT_SPEED
        self._worker = worker or TrainingWorker(self)
        self._worker.frame_ready.connect(self._take_frame)
        self._worker.progress.connect(self.progress)
        self._worker.diverged.connect(self._stop_diverged)
        self._worker.stopped.connect(self._stop_as_asked)
        self._worker.errored.connect(self._say_error)

    # ---- life --------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the experiment and start the worker; it compiles first and then obeys."""
        self.announce()
        self._worker.load(self.experiment, self.dataset)
        self._worker.set_speed(self.speed)
        self._worker.start()

    def announce(self) -> None:
        """Show the experiment as it is."""
        self.experiment_changed.emit(self.experiment, self.dataset, self.layout)

    def stop(self) -> bool:
        """Stop the worker; return whether its thread has ended."""
        return self._worker.stop()

    # ---- running -----------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Train until paused."""
        if self._can_train() and not self.running:
            self._set_running(True)
            self.message.emit("Training.")

    def pause(self) -> None:
        """Stop training; ``run`` goes on from here."""
        if self.running:
            self._set_running(False)
            self.message.emit("Paused.")

    def toggle(self) -> None:
        """Run, or pause."""
        if self.running:
            self.pause()
        else:
            self.run()

    def step(self) -> None:
        """Make one step, then stand still."""
        if self._can_train():
            self._set_running(False)
            self._worker.step()

    def step_back(self) -> None:
        """Go back to before the last step, and stand still."""
        frame = self.frame
        if frame is None or frame.step <= frame.earliest_step:
            self.problem.emit(why_no_further(0 if frame is None else frame.step))
            return
        self._set_running(False)
        self._worker.step_back()

    def step_epoch(self) -> None:
        """Train to the end of this epoch, then stand still."""
        self.train_epochs(1)

    def train_epochs(self, count: int) -> None:
        """Train ``count`` epochs as fast as possible, then stand still."""
        if self._can_train():
            self._set_running(False)
            self._worker.step_epochs(count)

    def reset(self) -> None:
        """Go back to the same initial weights and stand still."""
        self._set_running(False)
        self._worker.reset()
        self.message.emit("Back at the initial weights.")

    def set_speed(self, speed: Speed) -> None:
        """Train at this speed from now on."""
        self.speed = speed
        self._worker.set_speed(speed)

    # ---- what the views ask for --------------------------------------------------------------------------------------

    def focus_unit(self, unit: int) -> None:
        """Let the frames hold the large field of this unit; −1 for none."""
        self._worker.focus_unit(unit)

    def request_fields(self, unit_size: int, output_size: int, outputs: bool = False) -> None:
        """Let the frames hold fields of these sizes, and the samples' outputs; 0 and False where nobody looks."""
        self._worker.request_fields(unit_size, output_size, outputs)

    def request_trace(self, wanted: bool) -> None:
        """Let the frames hold the next iteration, taken apart, while training stands still."""
        self._worker.request_trace(wanted)

    def request_statistics(self, wanted: bool) -> None:
        """Let the frames hold where the units sit on their activations."""
        self._worker.request_statistics(wanted)

    def with_weights(self) -> Experiment:
        """Return the experiment with the weights as they are now, in place of drawn ones, to start from."""
        if self.frame is None or self.frame.layout != self.layout:
            return self.experiment
        layers = unpack(self.layout, self.frame.parameters)
        network = msgspec.structs.replace(self.experiment.network, parameters=layers)
        return msgspec.structs.replace(self.experiment, network=network)

    @property
    def is_trained(self) -> bool:
        """Whether the weights are others than those the experiment starts from: by training or by hand."""
        frame = self.frame
        if frame is None or frame.layout != self.layout:
            return False
        return not np.array_equal(frame.parameters, initial(self.experiment))

    # ---- inside ------------------------------------------------------------------------------------------------------

    def _can_train(self) -> bool:
        if self.dataset.train_count:
            return True
        self.problem.emit(NO_POINTS)
        return False

    def _set_running(self, running: bool) -> None:
        if running == self.running:
            return
        self.running = running
        if running:
            self._worker.run()
        else:
            self._worker.pause()
        self.running_changed.emit(running)

    @Slot(object)
    def _take_frame(self, frame: Frame) -> None:
        # Computed before the last change of shape: its numbers have no place in the views any more.
        if frame.layout != self.layout or frame.experiment.data.task != self.experiment.data.task:
            return
        self.frame = frame
        self.frame_ready.emit(frame)

    @Slot(object)
    def _stop_diverged(self, divergence: Divergence) -> None:
        self._set_running(False)
        self.problem.emit(divergence.message)

    @Slot(object)
    def _stop_as_asked(self, stopped: Stopped) -> None:
        self._set_running(False)
        self.message.emit(stopped.message)

    @Slot(object)
    def _say_error(self, error: Exception) -> None:
        self._set_running(False)
        self.problem.emit(f"Training has stopped because of a fault: {error or type(error).__name__}.")

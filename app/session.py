"""The session: the current experiment, its history and the run state. The only mutable state of the window."""

import math
import time
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from app import changes
from app.description import describe, headline
from app.frame import Frame
from app.history import ExperimentStep, History, ParameterStep, Step
from app.moment import Moment
from app.painting.drawing import DrawingChange, Indices
from app.point_selection import PointSelection
from app.speed import DEFAULT_SPEED, Speed
from app.stepping.way_back import why_no_further
from app.training_worker import TrainingWorker
from engine.datasets.dataset import Array, Dataset
from engine.datasets.resolve import resolve
from engine.divergence import Divergence
from engine.experiment import Experiment
from engine.parameters import Layout, initial, layout, unpack
from engine.validation import ExperimentError
from engine.watch import Stopped

NO_POINTS = "There are no training points yet: paint some into the output view, or choose a data set."
POINTS_GONE = "Training has paused: there are no training points left. Paint some, or choose a data set."
# A parameter beyond this would leave the range of floating-point numbers at once.
LARGEST_PARAMETER = 1e100


class Session(QObject):
    """Takes intents, makes new experiments of them and tells the worker; passes frames on.

    Signals:
        experiment_changed(Experiment, Dataset, Layout): also when a change was refused, so that controls go back.
        frame_ready(Frame): a moment of the present experiment.
        running_changed(bool): whether training goes on.
        message(str), problem(str): what has happened, or why something could not be; one sentence.
        history_changed(str, str): what undo would take back and redo make again; empty if nothing.
        progress(str, float): what is being compiled and the share done.
    """

    experiment_changed = Signal(object, object, object)
    frame_ready = Signal(object)
    running_changed = Signal(bool)
    message = Signal(str)
    problem = Signal(str)
    history_changed = Signal(str, str)
    progress = Signal(str, float)

    def __init__(
        self,
        experiment: Experiment | None = None,
        worker: TrainingWorker | None = None,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self.experiment = experiment or Experiment()
        self.dataset: Dataset = resolve(self.experiment.data)
        self.layout: Layout = layout(self.experiment.network)
        self.frame: Frame | None = None
        self.running = False
        self.speed = DEFAULT_SPEED
        self._clock = clock
        self._history = History()
        # The experiment before the stroke that is being painted, and what the stroke does.
        self._before_stroke: Experiment | None = None
        self._stroke_text = ""
        self.selection = PointSelection(self)
        self.selection.follow(self.dataset)
        # What an edit that is under way selects.
        self._selected_next: Indices | None = None
        self._worker = worker or TrainingWorker(self)
        self._worker.frame_ready.connect(self._take_frame)
        self._worker.progress.connect(self.progress)
        self._worker.diverged.connect(self._stop_diverged)
        self._worker.stopped.connect(self._stop_as_asked)
        self._worker.errored.connect(self._say_error)

    # ---- life ----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the experiment and start the worker; it compiles first and then obeys."""
        self.announce()
        self._worker.load(self.experiment, self.dataset)
        self._worker.set_speed(self.speed)
        self._worker.start()

    def announce(self) -> None:
        """Show the experiment as it is."""
        self.experiment_changed.emit(self.experiment, self.dataset, self.layout)
        self._announce_history()

    def stop(self) -> bool:
        """Stop the worker; return whether its thread has ended."""
        return self._worker.stop()

    # ---- changing the experiment ---------------------------------------------------------------------------------

    def change(self, name: str, value: Any) -> None:
        """Make the change ``name`` (see ``app.changes``); a refused one becomes a problem and changes nothing."""
        self.end_stroke()
        try:
            changed = changes.apply(self.experiment, name, value)
        except ExperimentError as error:
            self._refuse(error)
            return
        # A layer's units and another layer's are two numbers.
        gesture = f"{name} {value[0]}" if isinstance(value, tuple) else name
        self._commit(changed, gesture if name in changes.NUMBERS else "")

    def new_weights(self) -> None:
        """Draw other initial weights: the next seed."""
        self.change("seed", (self.experiment.seed + 1) % 2**53)

    def replace(self, experiment: Experiment, parameters: Array | None = None) -> None:
        """Begin with another experiment, as from a file: paused, with no history.

        ``parameters``, if given, are those that training goes on from; Reset still goes to the initial ones.
        """
        self._before_stroke = None
        self._set_running(False)
        self.experiment = experiment
        self.dataset, self.layout = resolve(experiment.data), layout(experiment.network)
        self.frame = None
        self._history.clear()
        if parameters is None:
            self._worker.load(self.experiment, self.dataset)
        else:
            self._worker.load(self.experiment, self.dataset, parameters)
        self.announce()
        self.selection.follow(self.dataset)

    def edit_parameter(self, index: int, value: float) -> None:
        """Set one parameter by hand."""
        if not math.isfinite(value) or abs(value) > LARGEST_PARAMETER:
            self.problem.emit(f"A weight must be a finite number of at most {LARGEST_PARAMETER:g} in size.")
            return
        if self.frame is None or not 0 <= index < self.layout.parameter_count:
            return
        self.end_stroke()
        before = float(self.frame.parameters[index])
        if before == value:
            return
        kind = "Weight" if self.layout.is_weight()[index] else "Bias"
        text = f"{kind}: {before:.4g} → {value:.4g}".replace("-", "−")
        self._history.push(ParameterStep(index, before, value, text), self._clock())
        self._worker.edit_parameter(index, value)
        self._announce_history()
        self.message.emit(f"{text}.")

    def undo(self) -> None:
        """Take the last step back."""
        self.end_stroke()
        step = self._history.undo()
        if step is not None:
            self._take_back(step)
        self._after_history(f"Undone: {step.text}." if step else "There is nothing to undo.")

    def redo(self) -> None:
        """Make the last step again that was taken back."""
        self.end_stroke()
        step = self._history.redo()
        if step is not None:
            self._make_again(step)
        self._after_history(f"Made again: {step.text}." if step else "There is nothing to make again.")

    @property
    def history_steps(self) -> tuple[tuple[str, ...], int]:
        """What all steps did, the oldest first, and how many of them are done; the others were taken back."""
        return self._history.texts, self._history.position

    def go_to(self, position: int) -> None:
        """Take back or make again as many steps as needed for ``position`` of them to be done."""
        self.end_stroke()
        before = self._history.position
        self._walk(lambda: self._history.undo() if self._history.position > position else None, self._take_back)
        self._walk(lambda: self._history.redo() if self._history.position < position else None, self._make_again)
        if self._history.position == before:
            return
        count = abs(self._history.position - before)
        steps = "1 step" if count == 1 else f"{count} steps"
        self._after_history(f"{steps} {'undone' if self._history.position < before else 'made again'}.")

    # ---- painting ------------------------------------------------------------------------------------------------

    def begin_stroke(self) -> None:
        """Begin a stroke: all that is painted, erased or edited until ``end_stroke`` is one step of the history."""
        self.end_stroke()
        self._before_stroke, self._stroke_text = self.experiment, ""

    @property
    def is_drawing(self) -> bool:
        """Whether a stroke is under way: until it ends, nothing but the points is changed."""
        return self._before_stroke is not None

    def paint(self, points: Array, target: float) -> None:
        """Add ``points`` (k, 2), all of the same class or value."""
        self._draw(lambda: changes.with_painted(self.experiment, self.dataset, points, target))

    def erase(self, x1: float, x2: float, radius: float) -> None:
        """Remove the points around (x1, x2)."""
        self._draw(lambda: changes.with_erased(self.experiment, self.dataset, x1, x2, radius))

    def edit(self, change: DrawingChange, text: str = "", selected: Indices | None = None) -> None:
        """Make ``change`` to the points.

        Args:
            change: takes the points as they are drawn and returns what they become.
            text: what it does, for the history: “12 points moved”.
            selected: which points are selected afterwards, if it is not those that were and still are there.
        """
        self._selected_next = selected
        self._draw(lambda: changes.with_edited(self.experiment, self.dataset, change), text)
        self._selected_next = None

    def end_stroke(self) -> None:
        """End the stroke."""
        before, self._before_stroke = self._before_stroke, None
        if before is not None and before != self.experiment:
            self._remember(before, text=self._stroke_text)

    def clear_points(self) -> None:
        """Remove all points."""
        self.change("data.empty", None)

    def _draw(self, make: Callable[[], Experiment], text: str = "") -> None:
        single = self._before_stroke is None
        if single:
            self.begin_stroke()
        self._stroke_text = text
        try:
            self._set_experiment(make())
        except ExperimentError as error:
            self._refuse(error)
        if single:
            self.end_stroke()

    # ---- running -------------------------------------------------------------------------------------------------

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

    # ---- what the views ask for ----------------------------------------------------------------------------------

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

    # ---- inside --------------------------------------------------------------------------------------------------

    def _commit(self, changed: Experiment, gesture: str = "") -> None:
        before = self.experiment
        if changed is before:
            self.announce()
            return
        moments = (Moment(), Moment()) if _may_end_run(before, changed) else (None, None)
        self._set_experiment(changed, leave=moments[0])
        self._remember(before, gesture, *moments)
        if self._before_stroke is None and self.experiment is changed:
            self.message.emit(f"{describe(before, changed, self.dataset.train_count)}.")

    def _remember(
        self,
        before: Experiment,
        gesture: str = "",
        run_before: Moment | None = None,
        run_after: Moment | None = None,
        text: str = "",
    ) -> None:
        told = text or headline(before, self.experiment)
        step = ExperimentStep(before, self.experiment, told, gesture, run_before, run_after)
        self._history.push(step, self._clock())
        self._announce_history()

    def _set_experiment(
        self, experiment: Experiment, leave: Moment | None = None, recall: Moment | None = None
    ) -> None:
        old = self.experiment
        if experiment is old:
            return
        self.experiment = experiment
        if experiment.data is not old.data:
            self.dataset = resolve(experiment.data)
        if experiment.network is not old.network:
            self.layout = layout(experiment.network)
        if leave is None:
            self._worker.change(self.experiment, self.dataset)
        else:
            self._worker.change(self.experiment, self.dataset, leave, recall)
        self.announce()
        # After the views have the points that it speaks of.
        self.selection.follow(self.dataset, self._selected_next)
        if self.running and not self.dataset.train_count:
            self._set_running(False)
            self.problem.emit(POINTS_GONE)

    def _announce_history(self) -> None:
        self.history_changed.emit(self._history.undo_text, self._history.redo_text)

    def _walk(self, following: Callable[[], Step | None], act: Callable[[Step], None]) -> None:
        """Do what ``act`` does for every ``following`` step, passing over experiments that the next one replaces."""
        waiting: Step | None = None
        while (step := following()) is not None:
            if isinstance(step, ExperimentStep) and step.run_before is None:
                waiting = step
                continue
            if waiting is not None and isinstance(step, ExperimentStep):
                # The run that ends here ran with it.
                act(waiting)
                waiting = None
            act(step)
        if waiting is not None:
            act(waiting)

    def _take_back(self, step: Step) -> None:
        if isinstance(step, ParameterStep):
            self._worker.edit_parameter(step.index, step.before)
        else:
            self._set_experiment(step.before, leave=step.run_after, recall=step.run_before)

    def _make_again(self, step: Step) -> None:
        if isinstance(step, ParameterStep):
            self._worker.edit_parameter(step.index, step.after)
        else:
            self._set_experiment(step.after, leave=step.run_before, recall=step.run_after)

    def _after_history(self, sentence: str) -> None:
        self._announce_history()
        self.message.emit(sentence)

    def _refuse(self, error: ExperimentError) -> None:
        # The control that asked shows what was refused; it has to go back to what is.
        self.announce()
        self.problem.emit(str(error))

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


def _may_end_run(before: Experiment, after: Experiment) -> bool:
    """Return whether training may have to start anew, and what was learned be lost."""
    return before.network != after.network or before.seed != after.seed or before.data.task != after.data.task

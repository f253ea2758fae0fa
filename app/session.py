"""The session: the run with all that changes its experiment. The only mutable state of the window."""

import math
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app import changes
from app.description import describe, headline
from app.edit_queue import Edit, EditQueue, together
from app.history import ExperimentStep, History, ParameterStep, Step
from app.moment import Moment
from app.painting.drawing import DrawingChange, Indices
from app.point_selection import PointSelection
from app.run import Run
from app.training_worker import TrainingWorker
from engine.datasets.dataset import Array
from engine.datasets.resolve import resolve
from engine.experiment import Experiment
from engine.parameters import layout
from engine.validation import ExperimentError

POINTS_GONE = "Training has paused: there are no training points left. Paint some, or choose a data set."
# A parameter beyond this would leave the range of floating-point numbers at once.
LARGEST_PARAMETER = 1e100


class Session(Run):
    """Takes intents, makes new experiments of them and tells the worker; keeps the history.

    Signals, besides those of the run:
        history_changed(str, str): what undo would take back and redo make again; empty if nothing.
        stroke_ending: the stroke under way ends now: whoever draws hands on what is left of it, and draws no further.
    """

    history_changed = Signal(str, str)
    stroke_ending = Signal()

    def __init__(
        self,
        experiment: Experiment | None = None,
        worker: TrainingWorker | None = None,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(experiment, worker, parent)
        self._clock = clock
        self._history = History()
        # The experiment before the stroke that is being painted, and what the stroke does.
        self._before_stroke: Experiment | None = None
        self._stroke_text = ""
        # While it ends, and whether the last one was given up.
        self._is_ending = self._has_given_up = False
        self._edits = EditQueue(self._make, self)
        self.selection = PointSelection(self)
        self.selection.follow(self.dataset)
        # What an edit that is under way selects; what was selected before the stroke, and if an edit of it selects.
        self._selected_next: Indices | None = None
        self._selected_before, self._stroke_selects = self.selection.indices, False

    def announce(self) -> None:
        """Show the experiment as it is."""
        super().announce()
        self._announce_history()

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
        self._edits.clear()
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
        """Take the last step back, or give up what is just being carried."""
        if self.is_drawing:
            self.end_stroke()
            if self._has_given_up:
                self.message.emit("Given up.")
                return
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
        self._has_given_up = False
        self._selected_before, self._stroke_selects = self.selection.indices, False

    @property
    def is_drawing(self) -> bool:
        """Whether a stroke is under way: until it ends, nothing but the points is changed."""
        return self._before_stroke is not None

    def paint(self, points: Array, target: float) -> None:
        """Add ``points`` (k, 2), all of the same class or value."""
        self._edit(Edit(changes.painting(points, target)))

    def erase(self, x1: float, x2: float, radius: float) -> None:
        """Remove the points around (x1, x2)."""
        self._edit(Edit(changes.erasing(x1, x2, radius)))

    def edit(self, change: DrawingChange, text: str = "", selected: Indices | None = None) -> None:
        """Make ``change`` to the points; in a stroke as soon as the mouse leaves time for it.

        Args:
            change: takes the points as they are drawn and returns what they become.
            text: what it does, for the history: “12 points moved”.
            selected: which points are selected afterwards, if it is not those that were and still are there.
        """
        self._edit(Edit(change, text, selected))

    def end_stroke(self) -> None:
        """End the stroke."""
        if self.is_drawing and not self._is_ending:
            # Otherwise what comes after a shortcut in the middle of a stroke would be steps of their own.
            self._is_ending = True
            self.stroke_ending.emit()
            self._is_ending = False
        self._edits.flush()
        before, self._before_stroke = self._before_stroke, None
        if before is None:
            return
        if before != self.experiment:
            selected = (self._selected_before, self.selection.indices) if self._stroke_selects else None
            self._remember(before, text=self._stroke_text, selected=selected)
        elif before is not self.experiment:
            # Painted and erased again: nothing to take back, but whoever waited for the end may show what there is.
            self._announce_history()

    def give_up_stroke(self) -> None:
        """End the stroke, and leave everything as it was before."""
        self._has_given_up = True
        self._edits.clear()
        before, self._before_stroke = self._before_stroke, None
        if before is not None:
            self._selected_next = self._selected_before
            self._set_experiment(before)
            self._selected_next = None
            self._announce_history()

    def clear_points(self) -> None:
        """Remove all points."""
        self.change("data.empty", None)

    def _edit(self, edit: Edit) -> None:
        if self.is_drawing:
            self._edits.add(edit)
            return
        self.begin_stroke()
        self._make([edit])
        self.end_stroke()

    def _make(self, edits: list[Edit]) -> None:
        """Make all ``edits`` at once, or each alone if one of them cannot be made."""
        edit = together(edits)
        try:
            experiment = changes.with_edited(self.experiment, self.dataset, edit.change)
        except ExperimentError as error:
            if len(edits) == 1:
                self._refuse(error)
                return
            for each in edits:
                self._make([each])
            return
        self._stroke_text, self._selected_next = edit.text, edit.selected
        self._stroke_selects |= edit.selected is not None
        self._set_experiment(experiment)
        self._selected_next = None

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
        selected: tuple[Indices, Indices] | None = None,
    ) -> None:
        told = text or headline(before, self.experiment)
        step = ExperimentStep(before, self.experiment, told, gesture, run_before, run_after, selected)
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
            self._selected_next = None if step.selected is None else step.selected[0]
            self._set_experiment(step.before, leave=step.run_after, recall=step.run_before)
            self._selected_next = None

    def _make_again(self, step: Step) -> None:
        if isinstance(step, ParameterStep):
            self._worker.edit_parameter(step.index, step.after)
        else:
            self._selected_next = None if step.selected is None else step.selected[1]
            self._set_experiment(step.after, leave=step.run_before, recall=step.run_after)
            self._selected_next = None

    def _after_history(self, sentence: str) -> None:
        self._announce_history()
        self.message.emit(sentence)

    def _refuse(self, error: ExperimentError) -> None:
        # The control that asked shows what was refused; it has to go back to what is.
        self.announce()
        self.problem.emit(str(error))


def _may_end_run(before: Experiment, after: Experiment) -> bool:
    """Return whether training may have to start anew, and what was learned be lost."""
    return before.network != after.network or before.seed != after.seed or before.data.task != after.data.task

"""Walking through the run one place at a time: where one stands, in which sample, and how far the next step goes."""

from collections.abc import Callable

import msgspec
import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.frame import Frame
from app.run import NO_POINTS
from app.session import Session
from app.stepping.explanation import explain
from app.stepping.itinerary import Itinerary, coarsened
from app.stepping.records import MEAN, Grain, Phase, Position
from app.stepping.slides import slide_remarks
from app.stepping.state import StepState
from app.stepping.veil import veiled
from app.stepping.way_back import way_back
from engine.examples import Example, SlideNote
from engine.trace import KEPT, Trace

NOT_FINITE = "This step gives numbers that are not finite: the run stops before it."
# Seconds a place is shown while the walk goes on by itself.
PACE = 2.0


class StepThrough(QObject):
    """Walks through the iterations of a session's run, forward and backward, past their ends too.

    The network itself is moved by the session alone: at the end of an iteration its step is made, at the beginning the
    last one is taken back. What is shown in between is the trace of the step that is about to be made.

    Signals:
        state_changed(StepState): something to show; only while the walk is open.
        message(str), problem(str): one sentence.
    """

    state_changed = Signal(object)
    message = Signal(str)
    problem = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.state = StepState(focus=0)
        self._is_open = self._is_homework = False
        # Whether the homework of a place is done: then its numbers are no secret any more.
        self.is_solved: Callable[[StepState], bool] = lambda state: False
        self._itinerary: Itinerary | None = None
        # Where to stand once the iteration before or after this one is there.
        self._awaited: tuple[int, bool] | None = None
        # Where to go once there is an iteration.
        self._wanted: Position | None = None
        self._notes: tuple[SlideNote, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(round(1000 * PACE))
        self._timer.timeout.connect(self._go_on)
        session.frame_ready.connect(self._take_frame)
        session.running_changed.connect(self._take_running)

    # ---- opening -------------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether somebody looks."""
        return self._is_open

    def set_open(self, is_open: bool) -> None:
        """Begin or end: only while somebody looks are iterations taken apart."""
        if is_open == self._is_open:
            return
        self._is_open = is_open
        self._session.request_trace(is_open)
        if is_open:
            self._show(problem=self._why_not(), working=self.state.trace is None and not self._session.running)
            # Another view may have had it taken apart already.
            frame = self._session.frame
            if frame is not None and frame.trace is not None:
                self._take_frame(frame)
        else:
            self.pause()
            self._awaited = self._wanted = None
            self._itinerary = None
            self.state = msgspec.structs.replace(
                StepState(), **{name: getattr(self.state, name) for name in ("grain", "focus", "digits", "in_full")}
            )

    def take_example(self, example: Example | None) -> None:
        """Say from now on where the slides of ``example`` have other numbers."""
        self._notes = example.notes if example is not None else ()

    # ---- walking -------------------------------------------------------------------------------------------------

    @Slot()
    def next(self) -> None:
        """Go on by one step of the present grain; at the end of the iteration, make its update."""
        if not self._can_walk():
            return
        assert self._itinerary is not None
        place = self._itinerary.next(self.state.position, self.state.grain)
        if place is not None:
            self._show(position=place)
            return
        trace = self.state.trace
        assert trace is not None
        if not trace.is_finite:
            self.pause()
            self.problem.emit(NOT_FINITE)
            return
        self._await(trace.step + 1, at_end=False)
        self._session.step()

    @Slot()
    def previous(self) -> None:
        """Go back by one step of the present grain; at the beginning of the iteration, take the last update back."""
        if not self._can_walk():
            return
        assert self._itinerary is not None
        place = self._itinerary.previous(self.state.position, self.state.grain)
        if place is not None:
            self._show(position=place)
            return
        assert self.state.trace is not None
        if self.state.grain is Grain.ITERATION and self.state.position != Position():
            self._show(position=Position())
            return
        if self.state.trace.step > self.state.earliest_step:
            self._await(self.state.trace.step - 1, at_end=self.state.grain is not Grain.ITERATION)
        self._session.step_back()

    def jump(self, position: Position) -> None:
        """Go to a place of this iteration at once, or as soon as there is one."""
        if self._itinerary is None:
            self._wanted = position
        elif position in self._itinerary:
            self._show(position=self._itinerary.refined(position, self.state.grain))

    def choose_grain(self, grain: Grain) -> None:
        """Let the next steps be coarser or finer."""
        position = self.state.position
        if self._itinerary is not None:
            position = self._itinerary.refined(coarsened(position, grain), grain)
        self._show(grain=grain, position=position)

    def set_homework(self, is_homework: bool) -> None:
        """Keep the numbers of the present phase to oneself, or say them again."""
        if is_homework != self._is_homework:
            self._is_homework = is_homework
            self._show()

    @property
    def veiled_phase(self) -> Phase | None:
        """The phase from which on numbers are yet to be found out; None where nothing is kept back."""
        state = self.state
        if not self._is_open or not self._is_homework or state.trace is None:
            return None
        phase = state.position.phase
        return Phase(phase + 1) if self.is_solved(state) and phase < Phase.UPDATE else phase

    def tell_solved(self) -> None:
        """Say the numbers of a phase whose homework has just been done."""
        self._show()

    def refine(self, by: int) -> None:
        """Let the next steps be finer by ``by`` grains, coarser if that is negative."""
        grain = Grain(min(max(self.state.grain + by, Grain.ITERATION), Grain.TERM))
        if grain is not self.state.grain:
            self.choose_grain(grain)
            self.message.emit(f"Steps of one {grain.name.lower()}.")

    def choose_focus(self, sample: int) -> None:
        """Show the numbers of one sample of the batch, or the mean over all of them."""
        trace = self.state.trace
        if sample == MEAN or (trace is not None and 0 <= sample < trace.kept):
            self._show(focus=sample)

    def choose_digits(self, digits: int) -> None:
        """Show numbers with so many significant digits."""
        self._show(digits=digits)

    def show_in_full(self, in_full: bool) -> None:
        """Write out long sums and lists, or only where they begin and end."""
        self._show(in_full=in_full)

    def pick_sample(self, number: int) -> None:
        """Show the numbers of the sample that has this number in the data set, if it is in the batch."""
        trace = self.state.trace
        if trace is None:
            return
        columns = np.flatnonzero(np.any(trace.samples == number, axis=0))
        if columns.size:
            self.choose_focus(int(columns[0]))
        elif self._session.dataset.is_train[number]:
            self.message.emit("This point is not in the present batch; the points of the batch are ringed.")
        else:
            self.message.emit("This is a test point: the network is never trained on it.")

    # ---- by itself -----------------------------------------------------------------------------------------------

    @Slot()
    def toggle_play(self) -> None:
        """Let the walk go on by itself, or stop it."""
        if self._timer.isActive():
            self.pause()
        elif self._can_walk():
            self._timer.start()
            self._show(playing=True)

    def pause(self) -> None:
        """Stop going on by itself."""
        if self._timer.isActive():
            self._timer.stop()
            self._show(playing=False)

    def set_pace(self, seconds: float) -> None:
        """Show each place so many seconds while the walk goes on by itself."""
        self._timer.setInterval(max(20, round(1000 * seconds)))

    @Slot()
    def _go_on(self) -> None:
        if self._awaited is None:
            self.next()

    # ---- what the session brings ---------------------------------------------------------------------------------

    @Slot(object)
    def _take_frame(self, frame: Frame) -> None:
        if not self._is_open:
            return
        trace = frame.trace
        if trace is None:
            self._itinerary = None
            if self._why_not():
                self.pause()
            # While training goes on there are many of these, and the views need to be told once.
            if self.state.trace is not None or self.state.problem != self._why_not():
                self._show(trace=None, earliest_step=frame.earliest_step, problem=self._why_not())
            return
        old = self.state.trace
        if trace is old and frame.earliest_step == self.state.earliest_step:
            return
        before = self._itinerary
        if before is None or old is None or _way_of(old) != _way_of(trace):
            self._itinerary = Itinerary.of(trace)
        waited = old is not None and old.step != trace.step and self._awaited is not None
        self._show(
            trace=trace,
            earliest_step=frame.earliest_step,
            problem="",
            working=False,
            position=self._place_in(trace, old, before),
            focus=self.state.focus if self.state.focus < trace.kept else MEAN,
        )
        if waited and old is not None and old.step > trace.step:
            self.message.emit(f"Iteration {trace.step + 1:,} again. {way_back(frame.earliest_step)}")
        elif waited and trace.size > KEPT:
            self.message.emit(f"Iteration {trace.step + 1:,}: a batch of {trace.size:,} samples.")

    def _place_in(self, trace: Trace, old: Trace | None, before: Itinerary | None) -> Position:
        """Return where to stand in an iteration that has just come, where ``old`` had the places of ``before``."""
        assert self._itinerary is not None
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted in self._itinerary:
            return self._itinerary.refined(wanted, self.state.grain)
        awaited, self._awaited = self._awaited, None
        if awaited is not None and awaited[0] == trace.step:
            return self._itinerary.last(self.state.grain) if awaited[1] else Position()
        if awaited is not None and old is not None and trace.step == old.step:
            # Not there yet: a frame of the moment before came in between.
            self._awaited = awaited
        # Something was edited: the same place with other numbers, if there are still the same ones.
        is_same = before is not None and (before is self._itinerary or before.has_places_of(self._itinerary))
        return self.state.position if is_same and old is not None and old.step == trace.step else Position()

    @Slot(bool)
    def _take_running(self, running: bool) -> None:
        if running:
            self.pause()
        if self._is_open and self.state.trace is None:
            self._show(working=not running)

    # ---- inside --------------------------------------------------------------------------------------------------

    def _await(self, step: int, *, at_end: bool) -> None:
        """Stand at the beginning or at the end of another iteration as soon as it is there."""
        self._awaited = (step, at_end)
        if self.state.trace is not None and self.state.trace.size > KEPT:
            # So many samples may take seconds.
            self.message.emit(f"Working out iteration {step + 1:,} from {self.state.trace.size:,} samples …")

    def _can_walk(self) -> bool:
        """Return whether there is an iteration to walk through; if not, do what brings one, or say why not."""
        if self._session.running:
            self._session.pause()
            return False
        if self._why_not():
            self.problem.emit(self._why_not())
        return self.state.trace is not None and self._awaited is None

    def _why_not(self) -> str:
        return "" if self._session.dataset.train_count else NO_POINTS

    def _show(self, **changed: object) -> None:
        state = msgspec.structs.replace(self.state, **changed)
        explanation = None
        if state.trace is not None and self._is_homework and not self.is_solved(state):
            explanation = veiled(state.trace, state.position, state.focus, in_full=state.in_full)
        elif state.trace is not None:
            explanation = explain(state.trace, state.position, state.focus, state.digits, in_full=state.in_full)
            if said := slide_remarks(self._notes, state.trace, state.position):
                explanation = msgspec.structs.replace(explanation, remarks=(*said, *explanation.remarks))
        self.state = msgspec.structs.replace(state, explanation=explanation)
        if self._is_open:
            self.state_changed.emit(self.state)


def _way_of(trace: Trace) -> tuple[object, ...]:
    """Return what decides which places there are."""
    return trace.layout, trace.experiment.training.loss

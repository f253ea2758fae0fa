"""The undo history: steps that can be taken back and made again. Bounded; free of Qt."""

import msgspec

from app.moment import Moment
from app.painting.drawing import Indices
from engine.experiment import Experiment, Points

MAXIMUM_STEPS = 200
# Painted points that all steps together may hold on to: a quarter of a gigabyte.
MAXIMUM_POINTS = 10_000_000
# Changes of the same number within this many seconds are one gesture: a turn of the wheel, a key held down.
GESTURE_SECONDS = 1.0


class ExperimentStep(msgspec.Struct, frozen=True, eq=False):
    """One experiment became another. ``gesture`` names the number that was turned, or is empty.

    ``run_before`` and ``run_after`` are where the run stood when the step was made and when it was undone; None for a
    step with which the run went on. ``selected`` are the numbers of the points that were selected before and after an
    edit of selected points; None for any other step.
    """

    before: Experiment
    after: Experiment
    text: str
    gesture: str = ""
    run_before: Moment | None = None
    run_after: Moment | None = None
    selected: tuple[Indices, Indices] | None = None


class ParameterStep(msgspec.Struct, frozen=True, eq=False):
    """One parameter was set by hand."""

    index: int
    before: float
    after: float
    text: str
    gesture: str = ""


Step = ExperimentStep | ParameterStep


class History:
    """What was done (``undo`` takes the last step back) and what was undone (``redo`` makes it again)."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._last_time = -float("inf")

    def push(self, step: Step, now: float) -> None:
        """Add ``step``, made at time ``now`` (seconds); one gesture becomes one step."""
        last = self._done[-1] if self._done else None
        goes_on = (
            isinstance(last, ExperimentStep)
            and isinstance(step, ExperimentStep)
            and step.gesture != ""
            and step.gesture == last.gesture
            and now - self._last_time <= GESTURE_SECONDS
            and not self._undone
        )
        self._undone.clear()
        self._last_time = now
        if goes_on and isinstance(last, ExperimentStep) and isinstance(step, ExperimentStep):
            self._done[-1] = msgspec.structs.replace(step, before=last.before, run_before=last.run_before)
        else:
            self._done.append(step)
        self._forget_the_oldest()

    def undo(self) -> Step | None:
        """Return the step to take back, or None."""
        return self._move(self._done, self._undone)

    def redo(self) -> Step | None:
        """Return the step to make again, or None."""
        return self._move(self._undone, self._done)

    def clear(self) -> None:
        """Forget everything."""
        self._done.clear()
        self._undone.clear()

    @property
    def position(self) -> int:
        """How many of the steps are done; the others were taken back."""
        return len(self._done)

    @property
    def texts(self) -> tuple[str, ...]:
        """What all steps did, the oldest first, those that were taken back included."""
        return (*(step.text for step in self._done), *(step.text for step in reversed(self._undone)))

    @property
    def undo_text(self) -> str:
        """What ``undo`` would take back; empty if nothing."""
        return self._done[-1].text if self._done else ""

    @property
    def redo_text(self) -> str:
        """What ``redo`` would make again; empty if nothing."""
        return self._undone[-1].text if self._undone else ""

    def _move(self, source: list[Step], target: list[Step]) -> Step | None:
        # The next change starts a gesture of its own.
        self._last_time = -float("inf")
        if not source:
            return None
        target.append(source.pop())
        return target[-1]

    def _forget_the_oldest(self) -> None:
        del self._done[:-MAXIMUM_STEPS]
        held = 0
        for place in range(len(self._done) - 1, -1, -1):
            step = self._done[place]
            held += _points(step.before) if isinstance(step, ExperimentStep) else 0
            # The last step always stays, however large.
            if held > MAXIMUM_POINTS and place < len(self._done) - 1:
                del self._done[: place + 1]
                return


def _points(experiment: Experiment) -> int:
    source = experiment.data.source
    return len(source.targets) if isinstance(source, Points) else 0

"""What the views show of an iteration that is walked through."""

import msgspec

from app.stepping.records import DIGITS, MEAN, Explanation, Grain, Position
from engine.trace import Trace


class StepState(msgspec.Struct, frozen=True, eq=False):
    """Where one stands, and all that is known there.

    Attributes:
        trace: the iteration, or None as long as there is none to walk through.
        position: the place in it.
        grain: how far the next step goes.
        focus: which of the kept samples of the batch the numbers are those of (0 … ``trace.kept`` − 1), or MEAN.
        explanation: what is said at this place, or None.
        digits: how many significant digits numbers have.
        in_full: whether long sums and lists are written out, instead of their beginnings and ends.
        playing: whether the walk goes on by itself.
        working: whether the iteration is just being worked out; of a million samples that takes seconds.
        problem: why there is nothing to walk through, or what went wrong, in a sentence; else empty.
        earliest_step: how many steps were completed before the earliest iteration that one can go back to.
    """

    trace: Trace | None = None
    position: Position = Position()
    grain: Grain = Grain.UNIT
    focus: int = MEAN
    explanation: Explanation | None = None
    digits: int = DIGITS
    in_full: bool = False
    playing: bool = False
    working: bool = False
    problem: str = ""
    earliest_step: int = 0

    @property
    def is_first(self) -> bool:
        """Whether there is nothing before this place."""
        if self.trace is None:
            return True
        return self.trace.step <= self.earliest_step and self.position == Position()

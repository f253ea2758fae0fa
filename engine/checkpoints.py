"""Where a run has been: states to which it can go back, kept within bounded memory."""

from bisect import bisect_right

import msgspec

from engine.kernels.runner import Saved
from engine.watch import Memory

# At most so much memory, and so many states, before the older ones are thinned.
LIMIT_BYTES = 64 * 2**20
LIMIT_COUNT = 4096


class Checkpoint(msgspec.Struct, frozen=True, eq=False):
    """The state after ``step`` steps; ``is_start`` if what came before leads elsewhere: an edit, a new beginning."""

    step: int
    saved: Saved
    memory: Memory
    is_start: bool = False


class Checkpoints:
    """The states of one run, in order.

    From any of them the run goes on bit for bit as it did, up to the next start. So a step between two states is
    reached by going back to the earlier one and training on; when there are too many, every second of the older ones
    goes, and such a step only takes a little longer to reach.
    """

    def __init__(self, limit_bytes: int = LIMIT_BYTES, limit_count: int = LIMIT_COUNT) -> None:
        self._limit_bytes, self._limit_count = limit_bytes, limit_count
        self._kept: list[Checkpoint] = []

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def earliest(self) -> int | None:
        """The first step that can be gone back to, or None."""
        return self._kept[0].step if self._kept else None

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()

    def add(self, checkpoint: Checkpoint) -> None:
        """Take note of a state; unless it is a start, one that is known already is left as it is."""
        place = self._place(checkpoint.step)
        if checkpoint.is_start:
            # What came later came from other parameters.
            del self._kept[place:]
            if self._kept and self._kept[-1].step == checkpoint.step:
                del self._kept[-1]
            self._kept.append(checkpoint)
        elif place == 0 or self._kept[place - 1].step < checkpoint.step:
            self._kept.insert(place, checkpoint)
        self._thin(checkpoint)

    def before(self, step: int) -> Checkpoint | None:
        """Return the last state at or before ``step``, or None."""
        place = self._place(step)
        return self._kept[place - 1] if place else None

    def _place(self, step: int) -> int:
        return bisect_right(self._kept, step, key=lambda each: each.step)

    def _thin(self, newest: Checkpoint) -> None:
        size = sum(array.nbytes for array in newest.saved)
        limit = max(8, min(self._limit_count, self._limit_bytes // size))
        if len(self._kept) <= limit:
            return
        # The newest quarter stays as it is: most steps back are short ones.
        older = self._kept[: 3 * len(self._kept) // 4]
        thinned = [each for number, each in enumerate(older) if each.is_start or number % 2 == 0]
        self._kept[: len(older)] = thinned
        # Only a run that was edited again and again: its oldest part can no longer be reached.
        del self._kept[: max(0, len(self._kept) - limit)]

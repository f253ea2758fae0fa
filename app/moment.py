"""Where a run stood when something made it start anew, so that undoing brings back what had been learned."""

from engine.observable_run import Snapshot


class Moment:
    """An empty place in the history that the training thread fills, and from which it later reads.

    Filled by nobody else and only once, so it needs no lock; gone with the step of the history that holds it.
    """

    def __init__(self) -> None:
        self.snapshot: Snapshot | None = None

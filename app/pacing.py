"""Pacing: how many steps are due, and when the next frame is."""

from app.speed import Speed

# Slow enough for the eye, fast enough to look smooth.
SHORTEST_INTERVAL = 1.0 / 60.0
LONGEST_INTERVAL = 0.1
# The share of the worker's time that frames may take while training goes as fast as it can.
FRAME_SHARE = 0.05
# A frame that alone takes longer than all of this share allows (very many samples) still comes this often.
LEAST_SHARE = 0.25
# A machine that cannot keep up is not made to catch up later: no more than this many seconds are ever due.
LONGEST_DEBT = 0.1


class Pacer:
    """Turns a speed into steps. Fractions of steps are carried on, so that the pace is even at any speed."""

    def __init__(self, speed: Speed, now: float) -> None:
        self.speed = speed
        self.restart(now)

    def restart(self, now: float) -> None:
        """Forget what is due; the first step is due at once, so that the user sees something happen."""
        self._counted_until = now
        self._due = 1.0

    def rate(self, steps_per_epoch: int) -> float:
        """Return the steps a second that the speed means; infinite at full speed."""
        if self.speed.steps_per_second is not None:
            return self.speed.steps_per_second
        if self.speed.epochs_per_second is not None:
            return self.speed.epochs_per_second * steps_per_epoch
        return float("inf")

    def due(self, now: float, steps_per_epoch: int) -> int:
        """Return how many whole steps are due by ``now``."""
        rate = self.rate(steps_per_epoch)
        self._due = min(self._due + (now - self._counted_until) * rate, 1.0 + LONGEST_DEBT * rate)
        self._counted_until = now
        # A step that is due but for a rounding error is due.
        return int(self._due + 1e-6)

    def done(self, steps: int) -> None:
        """Take note of ``steps`` that were made."""
        self._due = max(0.0, self._due - steps)

    def next_due(self, steps_per_epoch: int) -> float:
        """Return the time at which the next step is due."""
        return self._counted_until + max(0.0, 1.0 - self._due) / max(self.rate(steps_per_epoch), 1e-9)


class FrameClock:
    """When the next frame is due: 60 times a second, less often where frames would slow training down."""

    def __init__(self) -> None:
        self._last = -float("inf")
        self._cost = 0.0

    def built(self, start: float, end: float) -> None:
        """Take note of a frame that was built from ``start`` to ``end``."""
        # Smoothed, since a single measurement can be off by whatever else the machine does.
        self._cost = (end - start) if self._last < 0.0 else 0.7 * self._cost + 0.3 * (end - start)
        self._last = start

    def next_due(self, busy: bool) -> float:
        """Return the time at which the next frame is due; ``busy`` if training takes all the time it can get."""
        return self._last + (self.interval if busy else max(SHORTEST_INTERVAL, self._cost))

    @property
    def interval(self) -> float:
        """Seconds between two frames while training takes all the time it can get."""
        wanted = max(SHORTEST_INTERVAL, self._cost / FRAME_SHARE)
        return max(min(wanted, LONGEST_INTERVAL), self._cost / LEAST_SHARE)


class Throughput:
    """Samples trained on per second, over the last half second."""

    WINDOW = 0.5

    def __init__(self) -> None:
        self.restart(0.0)

    def restart(self, now: float) -> None:
        """Begin anew."""
        self._since, self._samples, self.per_second = now, 0.0, 0.0

    def add(self, samples: float, now: float) -> None:
        """Count ``samples`` done by ``now``."""
        self._samples += samples
        elapsed = now - self._since
        # Before the first window is full, an early figure is better than none.
        if elapsed >= self.WINDOW or (not self.per_second and elapsed >= 0.1):
            self.per_second = self._samples / elapsed
        if elapsed >= self.WINDOW:
            self._since, self._samples = now, 0.0

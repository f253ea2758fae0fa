"""How fast training goes: from one step a second, to be followed by eye, up to as fast as it can."""

import msgspec


class Speed(msgspec.Struct, frozen=True):
    """A pace: steps a second, or epochs a second, or (both None) full speed."""

    steps_per_second: float | None = None
    epochs_per_second: float | None = None

    @property
    def is_full(self) -> bool:
        """Whether training goes as fast as it can."""
        return self.steps_per_second is None and self.epochs_per_second is None

    @property
    def label(self) -> str:
        """The speed as people read it: “1 step/s”, “60 epochs/s”, “full speed”."""
        if self.steps_per_second is not None:
            return f"{self.steps_per_second:g} {'step' if self.steps_per_second == 1 else 'steps'}/s"
        if self.epochs_per_second is not None:
            return f"{self.epochs_per_second:g} {'epoch' if self.epochs_per_second == 1 else 'epochs'}/s"
        return "full speed"


FULL_SPEED = Speed()
DEFAULT_SPEED = Speed(epochs_per_second=60)

# Slow to fast: the stops of the speed slider.
SPEEDS: tuple[tuple[str, Speed], ...] = tuple(
    (speed.label, speed)
    for speed in (
        *(Speed(steps_per_second=steps) for steps in (1, 2, 5, 10)),
        *(Speed(epochs_per_second=epochs) for epochs in (1, 5, 15)),
        DEFAULT_SPEED,
        *(Speed(epochs_per_second=epochs) for epochs in (250, 1000)),
        FULL_SPEED,
    )
)

"""Where a lecture's slide shows another number than the exact one, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it brings Numba along, which whoever only names the examples need not wait for
    from engine.trace import Trace


class Reason(StrEnum):
    """Why a slide's number differs, as a clause."""

    ROUNDING = "rounding"
    TEN_TIMES = "ten times too large"
    LOST_SIGN = "a lost sign"
    UNFOUNDED = "does not follow from its formulas"
    CARRIED_ON = "carries its earlier slips on"


class Quantity(StrEnum):
    """What a note is about."""

    Z = "z"
    ACTIVATION = "a"
    ERROR = "ŷ − y"
    DELTA = "δ"
    NEW_WEIGHT = "new w"


@dataclass(frozen=True)
class SlideNote:
    """One number of a slide beside the exact one.

    Attributes:
        symbol: what the lecture calls it.
        quantity: what it is here.
        layer, unit: whose, numbered as in ``Layout``: 0 is the first hidden layer.
        exact: what the example gives, in the signs of this program.
        slide: what the slide says.
        reason: why they differ.
        source: of a weight, the number of the input it comes from.
        iteration: in which iteration from the start, 0 the first.
        flips_sign: whether the lecture counts this quantity from y − ŷ, so that its sign is the other by definition.
        here: what this program calls it, if that is something else.
    """

    symbol: str
    quantity: Quantity
    layer: int
    unit: int
    exact: float
    slide: str
    reason: Reason
    source: int = -1
    iteration: int = 0
    flips_sign: bool = False
    here: str = ""

    @property
    def name(self) -> str:
        """What the lecture calls it, and what this program does: “new w₂₁ (here w₁₂)”."""
        return f"{self.symbol} (here {self.here})" if self.here else self.symbol

    @property
    def exact_text(self) -> str:
        """The exact value, with as many digits as one needs to compare."""
        return f"{self.exact:.{7 if abs(self.exact) < 0.01 else 6}f}".replace("-", "−")

    @property
    def why(self) -> str:
        """The reason, with what the lecture's signs add to it."""
        return f"{self.reason} (the slide counts from y − ŷ)" if self.flips_sign else self.reason


_VALUES: "dict[Quantity, Callable[[SlideNote, Trace], float]]" = {
    Quantity.Z: lambda note, trace: trace.passes[0][note.layer].z[note.unit, 0],
    Quantity.ACTIVATION: lambda note, trace: trace.passes[0][note.layer].a[note.unit, 0],
    Quantity.ERROR: lambda note, trace: trace.passes[0][note.layer].a[note.unit, 0] - trace.wanted[note.unit, 0],
    Quantity.DELTA: lambda note, trace: trace.passes[0][note.layer].deltas[note.unit, 0],
    Quantity.NEW_WEIGHT: lambda note, trace: trace.layout.weights(trace.update.after, note.layer)[
        note.unit, note.source
    ],
}


def value_of(note: SlideNote, trace: "Trace") -> float:
    """Return what ``note`` is about as the iteration ``trace`` computes it; NaN where the network has no such place."""
    try:
        return float(_VALUES[note.quantity](note, trace))
    except IndexError:
        return float("nan")

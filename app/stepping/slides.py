"""Where a lecture's slide says another number for what is computed at a place, in one sentence each."""

import math
from collections.abc import Iterable

from app.stepping.records import Phase, Position
from engine.examples import Quantity, SlideNote, value_of
from engine.trace import Trace

_PHASES = {
    Quantity.Z: Phase.FORWARD,
    Quantity.ACTIVATION: Phase.FORWARD,
    Quantity.ERROR: Phase.LOSS,
    Quantity.DELTA: Phase.BACKWARD,
    Quantity.NEW_WEIGHT: Phase.UPDATE,
}


def slide_remarks(notes: Iterable[SlideNote], trace: Trace, position: Position) -> tuple[str, ...]:
    """Return what the slides say about the numbers of ``position``, as long as they are those of the example."""
    return tuple(
        f"The slide says {note.slide} for {note.name}, exact is {note.exact_text}: {note.why}."
        for note in notes
        if is_said_at(note, position)
        and note.iteration == trace.step
        # Once something was edited the slide speaks of another network.
        and math.isclose(value_of(note, trace), note.exact, rel_tol=1e-4, abs_tol=1e-6)
    )


def place_of(note: SlideNote) -> Position:
    """Return where what ``note`` is about is worked out."""
    phase = _PHASES[note.quantity]
    if phase is Phase.LOSS:
        return Position(phase)
    # Of a unit's weights each has a place of its own.
    return Position(phase, note.layer, note.unit, note.source if phase is Phase.UPDATE else -1)


def is_said_at(note: SlideNote, position: Position) -> bool:
    """Return whether what ``note`` is about is worked out at ``position``."""
    phase, layer, unit, term = position
    if _PHASES[note.quantity] is not phase:
        return False
    if phase is Phase.LOSS:
        return True
    # A whole phase has too many of them.
    is_unit = layer == note.layer and unit in (-1, note.unit)
    return is_unit and (term < 0 or phase is not Phase.UPDATE or term == note.source)

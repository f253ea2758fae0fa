"""The places of an iteration in order, and the way from one to the next at any grain."""

from bisect import bisect_right
from typing import NamedTuple

from app.stepping.records import Grain, Phase, Position
from app.stepping.terms import outputs_apart, terms
from engine.parameters import Layout
from engine.trace import Trace


class _Span(NamedTuple):
    """Which of the finest places lie in a coarser one: from ``start`` up to, but not including, ``stop``."""

    start: int
    stop: int


def grain_of(position: Position) -> Grain:
    """Return how fine ``position`` is."""
    if position.term >= 0:
        return Grain.TERM
    if position.unit >= 0:
        return Grain.UNIT
    return Grain.LAYER if position.layer >= 0 else Grain.PHASE


def coarsened(position: Position, grain: Grain) -> Position:
    """Return the place at ``grain`` that ``position`` lies in; itself where it is no finer. The coarsest is a phase."""
    phase, layer, unit, term = position
    return Position(
        phase,
        layer if grain >= Grain.LAYER else -1,
        unit if grain >= Grain.UNIT else -1,
        term if grain >= Grain.TERM else -1,
    )


class Itinerary:
    """The walk through one iteration.

    Its places form a tree: phase → layer → unit → term. The batch has no parts; the loss has its outputs, where each
    has a loss of its own. At a place everything up to its end is known: “layer 1” says the whole layer, and after it
    comes the first term of layer 2. So a walk at any grain, from anywhere, passes over nothing and says nothing twice.

    Args:
        layout: the network.
        loss: the name of the loss.
    """

    def __init__(self, layout: Layout, loss: str) -> None:
        self._layout, self._loss = layout, loss
        # Units in order (or phases that have none), and where the finest places of each begin.
        self._blocks: list[Position] = []
        self._starts: list[int] = [0]
        self._spans: dict[Position, _Span] = {}
        self._collect()

    @classmethod
    def of(cls, trace: Trace) -> "Itinerary":
        """Return the walk through ``trace``."""
        return cls(trace.layout, trace.experiment.training.loss)

    def __contains__(self, position: Position) -> bool:
        """Return whether there is such a place."""
        unit = coarsened(position, Grain.UNIT)
        span = self._spans.get(unit)
        return span is not None and (position.term < 0 or (unit.layer >= 0 and 0 <= position.term < span[1] - span[0]))

    def has_places_of(self, other: "Itinerary") -> bool:
        """Return whether both have the same places, as those of a network with another activation do."""
        return self._spans == other._spans

    def first(self, phase: Phase = Phase.BATCH, grain: Grain = Grain.PHASE) -> Position:
        """Return the first place of ``phase``."""
        return self._at(self._spans[Position(phase)].start, grain)

    def last(self, grain: Grain = Grain.PHASE) -> Position:
        """Return the last place of the iteration."""
        return self._at(self._starts[-1] - 1, grain)

    def next(self, position: Position, grain: Grain) -> Position | None:
        """Return the place at ``grain`` that comes after ``position``; None where the iteration is over.

        From the middle of a coarser place that is its rest: the place itself, with all that is in it.
        """
        stop = self._span(position).stop
        if grain is Grain.ITERATION or stop == self._starts[-1]:
            return None
        return self._at(stop, grain)

    def previous(self, position: Position, grain: Grain) -> Position | None:
        """Return the place at ``grain`` that comes before ``position``; None where the iteration begins.

        From a coarser place that is the last of the finer ones in it.
        """
        if grain is Grain.ITERATION:
            return None
        span = self._span(position)
        place = self._at(span.stop - 1, grain)
        own = self._span(place)
        if own.stop == span.stop and own.start > span.start:
            return place
        return self._at(own.start - 1, grain) if own.start else None

    def refined(self, position: Position, grain: Grain) -> Position:
        """Return the first place at ``grain`` that lies in ``position``; itself where it is no coarser."""
        return position if grain_of(position) >= grain else self._at(self._span(position).start, grain)

    def progress(self, position: Position) -> tuple[int, int]:
        """Return how many of the finest places are done at ``position``, itself included, and how many there are."""
        return self._span(position).stop, self._starts[-1]

    def place(self, number: int, grain: Grain) -> Position:
        """Return the place at ``grain`` where the finest place ``number`` (from 0) lies."""
        return self._at(min(max(number, 0), self._starts[-1] - 1), grain)

    def _collect(self) -> None:
        layers = range(len(self._layout.layers))
        for phase in Phase:
            if phase is Phase.LOSS and (outputs := outputs_apart(self._layout, self._loss)):
                for unit in range(outputs):
                    self._add(Position(phase, -1, unit), 1)
            elif phase in (Phase.BATCH, Phase.LOSS):
                self._add(Position(phase), 1)
            else:
                for layer in reversed(layers) if phase is Phase.BACKWARD else layers:
                    count = len(terms(self._layout, self._loss, phase, layer))
                    for unit in range(self._layout.layers[layer].outputs):
                        self._add(Position(phase, layer, unit), count)

    def _add(self, block: Position, count: int) -> None:
        start, stop = self._starts[-1], self._starts[-1] + count
        self._blocks.append(block)
        self._starts.append(stop)
        for place in {block, coarsened(block, Grain.LAYER), coarsened(block, Grain.PHASE)}:
            self._spans[place] = _Span(self._spans.get(place, _Span(start, stop)).start, stop)

    def _span(self, position: Position) -> _Span:
        span = self._spans[coarsened(position, Grain.UNIT)]
        return span if position.term < 0 else _Span(span.start + position.term, span.start + position.term + 1)

    def _at(self, number: int, grain: Grain) -> Position:
        """Return the place at ``grain``, or the finest there is, where the finest place ``number`` lies."""
        found = bisect_right(self._starts, number) - 1
        block = self._blocks[found]
        if grain is Grain.TERM and block.layer >= 0:
            return block._replace(term=number - self._starts[found])
        return coarsened(block, grain)

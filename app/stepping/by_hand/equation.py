"""One equation that can be worked out by hand, and an iteration with blanks."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from app.stepping.by_hand.slips import ONE, Slip
from app.stepping.entries import read_or_none
from app.stepping.formula.reading import spoken_digits
from app.stepping.formula.tree import Fraction, Group, Node, Number, Product, Symbol, Total, bound, worth
from app.stepping.records import Link
from app.stepping.sight import MEMBER_NAMES, Sight
from app.views.parameter_text import subscript, unit_name
from engine.trace import Trace

# The mean over a batch is worked out by hand for so many samples at most.
MOST_SAMPLES = 10


class Key(NamedTuple):
    """Which quantity it is: its letter, and where it belongs; −1 for what does not apply."""

    quantity: str
    layer: int = -1
    unit: int = -1
    member: int = 0
    source: int = -1


class Quantity(Symbol, frozen=True, kw_only=True):
    """A quantity that is worked out in some phase: ``key`` says which one."""

    key: Key


class Equation(msgspec.Struct, frozen=True):
    """One equation.

    Attributes:
        key: which quantity it gives.
        place: whose it is, in words: “unit 2 of layer 1”.
        left: the quantity.
        forms: the right sides, which are equal; the first is shown with numbers, too. None where it cannot be read.
        value: what the trace says it comes to.
        is_arrow: whether a new value takes the place of an old one.
        slips: wrong numbers that one easily comes to.
    """

    key: Key
    place: str
    left: Symbol
    forms: tuple[Node, ...]
    value: float
    is_arrow: bool = False
    slips: tuple[Slip, ...] = ()

    @property
    def link(self) -> Link | None:
        """What the number belongs to."""
        return self.left.link


class Blanks(Sight):
    """A trace, looked at with some of its quantities still to be found out.

    Args:
        asked: those quantities; among numbers they keep their names.
    """

    def __init__(self, trace: Trace, sample: int, asked: frozenset[Key] = frozenset()) -> None:
        # Nothing is written by it, so that the digits do not matter; nothing is left out of what is worked out by hand.
        super().__init__(trace, sample, 4, in_full=True)
        self._asked = asked

    def blank(self, symbol: Symbol, key: Key) -> Symbol:
        """Return ``symbol`` as the quantity ``key``, which is a blank if it is asked for."""
        named = (symbol.latex, symbol.text, symbol.spoken, symbol.value, symbol.link)
        return Quantity(*named, is_blank=key in self._asked, key=key)

    def asks(self, key: Key) -> bool:
        """Return whether a quantity is to be found out."""
        return key in self._asked

    def input(self, layer: int, source: int, member: int = 0) -> Symbol:
        """Return what comes into ``layer`` from ``source``."""
        symbol = super().input(layer, source, member)
        dropped = layer > 0 and self.passed(layer - 1, member).factors is not None
        return self.blank(symbol, Key("sent" if dropped else "a", layer - 1, source, member))

    def z(self, layer: int, unit: int, member: int = 0) -> Symbol:
        """Return the pre-activation."""
        return self.blank(super().z(layer, unit, member), Key("z", layer, unit, member))

    def a(self, layer: int, unit: int, member: int = 0) -> Symbol:
        """Return the activation, ŷ for an output."""
        return self.blank(super().a(layer, unit, member), Key("a", layer, unit, member))

    def slope(self, layer: int, unit: int, member: int = 0) -> Symbol:
        """Return f′(z)."""
        return self.blank(super().slope(layer, unit, member), Key("slope", layer, unit, member))

    def upstream(self, layer: int, unit: int, member: int = 0) -> Symbol:
        """Return ∂L/∂a, or ∂L/∂ŷ."""
        return self.blank(super().upstream(layer, unit, member), Key("upstream", layer, unit, member))

    def delta(self, layer: int, unit: int, member: int = 0, *, indexed: bool = False) -> Symbol:
        """Return δ."""
        symbol = super().delta(layer, unit, member, indexed=indexed)
        return self.blank(symbol, Key("delta", layer, unit, member))


def whose(sight: Sight, layer: int, unit: int, member: int = 0) -> str:
    """Return whose a quantity is, in words."""
    name = unit_name(sight.layout, layer, unit)
    return name if len(sight.members) == 1 else f"{name}, {MEMBER_NAMES[len(sight.members)][member]}"


def number(symbol: Symbol) -> float:
    """Return the number of a quantity."""
    return float("nan") if symbol.value is None else symbol.value


def filled_in(latex: str, symbols: dict[str, Node]) -> tuple[Node, ...]:
    """Return the forms of a formula with ``symbols`` for its letters; none where it is not understood.

    What the formula defines beside itself is put in its place.
    """
    formula = read_or_none(latex)
    if formula is None:
        return ()
    known = dict(symbols)
    for name, definition in formula.where:
        node = bound(definition, known)
        known[name] = Group(node) if isinstance(node, Total) else node
    return tuple(bound(form, known) for form in formula.forms)


def mean(key: Key, place: str, left: Symbol, each: Sequence[Symbol], count: int, what: str) -> Equation:
    """Return the equation of a mean over ``count`` quantities; ``what`` they are of, in words."""
    total = Total(tuple((1, one) for one in each))
    right = Product((Fraction(ONE, Number(f"{count}")), Group(total)))
    whole = "the batch" if place == "the batch" or "gradient" in key.quantity else f"the {what}"
    slip = Slip(worth(total), f"That is the sum; the mean over {whole} is asked for: divide by {count}.")
    return Equation(key, place, left, (right,), number(left), slips=(slip,))


def of_sample(letter: str, value: float, sample: int) -> Symbol:
    """Return a quantity of one of the batch's samples: L₁, g₁."""
    return Symbol(
        f"{letter}_{{{sample + 1}}}", letter + subscript(sample + 1), f"{letter} {spoken_digits(sample + 1)}", value
    )


def has_small_batch(trace: Trace) -> bool:
    """Return whether there are several samples, but few enough for a mean by hand."""
    return 1 < trace.size <= MOST_SAMPLES and trace.kept == trace.size

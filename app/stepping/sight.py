"""The quantities of a trace, as one looks at it: those of one sample, or their means over the batch."""

from collections.abc import Callable, Sequence

import numpy as np

from app.stepping.formula.aloud import aloud
from app.stepping.formula.reading import spoken_digits
from app.stepping.formula.tree import Dots, Mean, Node, Number, Symbol
from app.stepping.records import MEAN, Link
from app.views.parameter_text import Place, index_of, input_symbol, subscript, symbol
from engine.datasets.dataset import Array
from engine.features import FEATURES
from engine.trace import LayerPass, Trace

# Of a mean, so many samples are written out; of a sum, so many terms.
SHOWN_SAMPLES, MOST_TERMS = 3, 8
# Even where all is wanted: more samples than these nobody adds up by hand.
MOST_SAMPLES = 100
MEMBERS = {2: ("1", "2"), 3: ("a", "p", "n")}
MEMBER_NAMES = {1: ("",), 2: ("the first", "the second"), 3: ("the anchor", "the positive", "the negative")}
_RAISED = {"1": "⁽¹⁾", "2": "⁽²⁾", "a": "⁽ᵃ⁾", "p": "⁽ᵖ⁾", "n": "⁽ⁿ⁾"}


class Sight:
    """A trace, looked at for one sample.

    Quantities of a hidden unit have no index: z, a, δ; those of several outputs have one, as in the network view.
    Where the loss compares members of a group, a raised sign says whose they are.

    Args:
        trace: the iteration.
        sample: number of a kept sample, or MEAN.
        digits: how many significant ones are written.
        in_full: whether every term of a sum, every sample of a mean and every unit is written out.
    """

    def __init__(self, trace: Trace, sample: int, digits: int, *, in_full: bool = False) -> None:
        self.trace, self.layout, self.digits, self.in_full = trace, trace.layout, digits, in_full
        self.sample = 0 if trace.size == 1 else sample
        self.last = len(self.layout.layers) - 1
        self.members = range(trace.members)
        self._first_units = [self.layout.first_unit(layer) for layer in range(-1, len(self.layout.layers))]

    @property
    def is_mean(self) -> bool:
        """Whether numbers are means over the batch."""
        return self.sample == MEAN

    def mean(self, build: Callable[["Sight"], Node]) -> Node:
        """Return what ``build`` makes: for one sample as it is, else as the mean of what it is for each sample."""
        if not self.is_mean:
            return build(self)
        shown = range(self.written_samples)
        each = tuple(build(Sight(self.trace, sample, self.digits, in_full=self.in_full)) for sample in shown)
        return Mean(build(self), each, self.trace.size)

    @property
    def written_samples(self) -> int:
        """How many samples a formula writes out."""
        if not self.is_mean:
            return 1
        return min(self.trace.kept, MOST_SAMPLES if self.in_full else SHOWN_SAMPLES)

    def shown(self, count: int, most: int = MOST_TERMS) -> int:
        """Return how many of ``count`` things are written out, ``most`` of them if not all are wanted."""
        return count if self.in_full else min(count, most)

    def shortened(self, terms: Sequence[Node], active: int = -1) -> tuple[tuple[int, Node], ...]:
        """Return the terms of a sum: as many as shall be shown, and the ``active`` one, with “…” between."""
        count = len(terms)
        kept = set(range(count))
        if self.shown(count) < count:
            kept = set(range(MOST_TERMS - 2)) | {count - 1} | ({active} if active >= 0 else set())
        parts: list[tuple[int, Node]] = []
        for place in range(count):
            if place in kept:
                parts.append((1, terms[place]))
            elif place - 1 in kept:
                parts.append((1, Dots()))
        return tuple(parts)

    def number(self, row: Array) -> float:
        """Return the number of the sample, or the mean, from a row with one number a sample."""
        return float(row.mean()) if self.is_mean else float(row[self.sample])

    def numbers(self, rows: Array) -> list[float]:
        """Return the number of the sample, or the mean, from each of ``rows``."""
        chosen = rows.mean(axis=1) if self.is_mean else rows[:, self.sample]
        return [float(value) for value in chosen.tolist()]

    def passed(self, layer: int, member: int = 0) -> LayerPass:
        """Return the pass of a layer."""
        return self.trace.passes[member][layer]

    # ---- quantities ----------------------------------------------------------------------------------------------

    def parameter(self, layer: int, unit: int, source: int, values: Array | None = None) -> Symbol:
        """Return a weight, or with ``source`` −1 the bias, with its value before the step (or that in ``values``)."""
        place = Place(layer, unit, source)
        index = index_of(self.layout, place)
        value = float((self.trace.update.before if values is None else values)[index])
        latex, text, spoken = parameter_names(place)
        return Symbol(latex, text, spoken, value, Link(parameter=index))

    def input(self, layer: int, source: int, member: int = 0) -> Symbol:
        """Return what comes into ``layer`` from ``source``."""
        value, link = self.number(self.passed(layer, member).inputs[source]), self.link(layer - 1, source)
        if layer == 0:
            entry = FEATURES[self.layout.features[source]]
            base = Symbol(entry.formula, entry.label, _feature_spoken(entry.label), value, link)
        else:
            # What dropout has changed is no longer f(z).
            is_dropped = self.passed(layer - 1, member).factors is not None
            text = input_symbol(self.layout, layer, source)
            letter, latex, spoken = ("ã", r"\tilde{a}", "a tilde") if is_dropped else ("a", "a", "a")
            base = Symbol(
                rf"{latex}_{{{source + 1}}}",
                letter + text[1:],
                f"{spoken} {spoken_digits(source + 1)}",
                value,
                link,
            )
        return self.of_member(base, member)

    def z(self, layer: int, unit: int, member: int = 0) -> Symbol:
        """Return the pre-activation."""
        return self._of_unit("z", "z", "z", self.passed(layer, member).z[unit], layer, unit, member)

    def a(self, layer: int, unit: int, member: int = 0) -> Symbol:
        """Return the activation, ŷ for an output."""
        names = (r"\hat{y}", "ŷ", "y hat") if layer == self.last else ("a", "a", "a")
        return self._of_unit(*names, self.passed(layer, member).a[unit], layer, unit, member)

    def sent(self, layer: int, unit: int, member: int = 0) -> Symbol:
        """Return the activation after dropout."""
        return self._of_unit(
            r"\tilde{a}", "ã", "a tilde", self.passed(layer, member).outputs[unit], layer, unit, member
        )

    def factor(self, layer: int, unit: int, member: int = 0) -> Symbol:
        """Return what dropout multiplies with."""
        factors = self.passed(layer, member).factors
        row = np.ones(self.trace.kept) if factors is None else factors[unit]
        return self._of_unit("r", "r", "r", row, layer, unit, member)

    def slope(self, layer: int, unit: int, member: int = 0) -> Symbol:
        """Return f′(z)."""
        z, row = self.z(layer, unit, member), self.passed(layer, member).slopes[unit]
        return Symbol(f"f'({z.latex})", f"f′({z.text})", f"f prime of {z.spoken}", self.number(row), z.link)

    def upstream(self, layer: int, unit: int, member: int = 0) -> Symbol:
        """Return ∂L/∂a, or ∂L/∂ŷ."""
        a = self.a(layer, unit, member)
        value = self.number(self.passed(layer, member).upstream[unit])
        return slope_by(a, value, self.link(layer, unit))

    def delta(self, layer: int, unit: int, member: int = 0, *, indexed: bool = False) -> Symbol:
        """Return δ; ``indexed`` for a unit that is one of several in a sum."""
        row = self.passed(layer, member).deltas[unit]
        return self._of_unit(r"\delta", "δ", "delta", row, layer, unit, member, indexed=indexed)

    def gradient(self, layer: int, unit: int, source: int) -> Symbol:
        """Return ∂L/∂w of one parameter: the sample's own, or the batch's."""
        parameter = self.parameter(layer, unit, source)
        assert parameter.link is not None
        if self.is_mean:
            value = float(self.trace.update.gradient[parameter.link.parameter])
        else:
            value = sum(
                float(at.deltas[unit, self.sample]) * (float(at.inputs[source, self.sample]) if source >= 0 else 1.0)
                for at in (layers[layer] for layers in self.trace.passes)
            )
        return slope_by(parameter, value, parameter.link)

    def target(self, row: int, *, several: bool) -> Symbol:
        """Return y, what is wanted of an output."""
        value = self.number(self.trace.wanted[row])
        index = row + 1 if several else 0
        return Symbol(
            f"y_{{{index}}}" if index else "y",
            f"y{subscript(index)}" if index else "y",
            f"y {spoken_digits(index)}" if index else "y",
            value,
        )

    def loss(self) -> Symbol:
        """Return L: the sample's loss, or the mean over the batch."""
        value = self.trace.loss if self.is_mean else float(self.trace.losses[self.sample])
        return Symbol("L", "L", "L", value)

    # ---- names ---------------------------------------------------------------------------------------------------

    def link(self, layer: int, unit: int) -> Link:
        """Return the link to a unit; layer −1 are the features."""
        return Link(unit=self._first_units[layer + 1] + unit)

    def index(self, layer: int, unit: int, source: int) -> int:
        """Return where a parameter lies in the flat vector; −1 for a bias that does not exist."""
        return index_of(self.layout, Place(layer, unit, source))

    def _of_unit(
        self,
        latex: str,
        text: str,
        spoken: str,
        row: Array,
        layer: int,
        unit: int,
        member: int,
        *,
        indexed: bool = False,
    ) -> Symbol:
        if indexed or (layer == self.last and self.layout.layers[layer].outputs > 1):
            latex, text = f"{latex}_{{{unit + 1}}}", text + subscript(unit + 1)
            spoken = f"{spoken} {spoken_digits(unit + 1)}"
        base = Symbol(latex, text, spoken, self.number(row), self.link(layer, unit))
        return self.of_member(base, member)

    def of_member(self, base: Symbol, member: int) -> Symbol:
        """Return a symbol with the raised sign of a member, where there are several."""
        if len(self.members) == 1:
            return base
        sign = MEMBERS[len(self.members)][member]
        return Symbol(
            f"{base.latex}^{{({sign})}}",
            base.text + _RAISED[sign],
            f"{base.spoken} of {MEMBER_NAMES[len(self.members)][member]}",
            base.value,
            base.link,
        )


def parameter_names(place: Place) -> tuple[str, str, str]:
    """Return a parameter's symbol in LaTeX, as text and as words."""
    if place.is_bias:
        return f"b_{{{place.target + 1}}}", symbol(place), f"b {spoken_digits(place.target + 1)}"
    joint = "," if max(place.target, place.source) > 8 else ""
    return (
        f"w_{{{place.target + 1}{joint}{place.source + 1}}}",
        symbol(place),
        f"w {spoken_digits(place.target + 1)} {spoken_digits(place.source + 1)}",
    )


def slope_by(quantity: Symbol, value: float | None, link: Link | None) -> Symbol:
    """Return ∂L/∂ of a quantity."""
    return Symbol(
        rf"\frac{{\partial L}}{{\partial {quantity.latex}}}",
        f"∂L/∂{quantity.text}",
        f"partial L by {quantity.spoken}",
        value,
        link,
    )


def one_over(count: int) -> Symbol:
    """Return 1/count as a number."""
    return Symbol(rf"\frac{{1}}{{{count}}}", f"1/{count}", f"one over {count}")


def _feature_spoken(label: str) -> str:
    return aloud(label.replace("x", " x")).strip()


ONE = Number("1")

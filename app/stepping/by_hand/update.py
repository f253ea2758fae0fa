"""The update of one parameter by hand: the batch's gradient, penalty, clipping, the optimizer's lines."""

from collections.abc import Callable, Generator, Iterator

import msgspec
import numpy as np

from app.stepping.by_hand.equation import Blanks, Equation, Key, has_small_batch, mean, number, of_sample
from app.stepping.by_hand.slips import Slip
from app.stepping.entries import letter_latex
from app.stepping.formula.reading import FormulaError, read, read_symbol
from app.stepping.formula.tree import Assignment, Call, Fraction, Node, Product, Symbol, Total, bound, worth
from app.stepping.optimizer_lines import THETA, known_symbols
from app.stepping.sight import slope_by
from app.views.parameter_text import place_of, unit_name
from engine.optimizers import OPTIMIZERS

# From the name of a quantity to its key.
_Keys = Callable[[str], Key]


def update(sight: Blanks, layer: int, unit: int, index: int) -> Iterator[Equation]:
    """Return the equations from the gradient of the parameter ``index`` to its new value."""
    found = list(_update(sight, layer, unit, index))
    if len(found) == 1:
        # What is new says which parameter it is.
        found = [msgspec.structs.replace(found[0], place=unit_name(sight.layout, layer, unit))]
    yield from found


def _update(sight: Blanks, layer: int, unit: int, index: int) -> Iterator[Equation]:
    made, trace = sight.trace.update, sight.trace
    source = place_of(sight.layout, index).source
    parameter = sight.parameter(layer, unit, source)
    place = f"{parameter.text} of {unit_name(sight.layout, layer, unit)}"

    def key(quantity: str) -> Key:
        return Key(quantity, layer, unit, source=source)

    slope = slope_by(parameter, float(made.gradient[index]), parameter.link)
    if trace.size == 1:
        slope = sight.blank(slope, key("gradient"))
    if has_small_batch(trace):
        each = trace.weight_gradients(layer, unit, source)
        symbols = [of_sample("g", float(value), sample) for sample, value in enumerate(each)]
        symbols[sight.sample] = sight.blank(symbols[sight.sample], key("gradient"))
        yield mean(key("batch gradient"), place, slope, symbols, trace.size, "samples")
        slope = sight.blank(slope, key("batch gradient"))
    g = yield from _changes(sight, index, slope, key, place)
    yield from _optimizer(sight, parameter, g, key, place)
    if made.stepped[index] != made.after[index]:
        stepped = sight.blank(sight.parameter(layer, unit, source, made.stepped), key("new"))
        weights = sight.layout.weights(made.stepped, layer)[unit]
        length = Symbol(r"\|w\|", "‖w‖", "the length of the unit's weights", float(np.sqrt(np.sum(weights * weights))))
        longest = Symbol("c", "c", "c", trace.experiment.training.max_norm)
        value = float(made.after[index])
        left = msgspec.structs.replace(parameter, value=value)
        right = Product((stepped, Fraction(longest, length)))
        yield Equation(key("shortened"), place, left, (right,), value, is_arrow=True)


def _changes(sight: Blanks, index: int, slope: Symbol, key: _Keys, place: str) -> Generator[Equation, None, Symbol]:
    """Yield what penalty and clipping make of the mean gradient; return g, what the optimizer gets."""
    made, training = sight.trace.update, sight.trace.experiment.training
    parameter = Symbol("w", "w", "w", float(made.before[index]), slope.link)
    stages: list[tuple[Callable[[Symbol], Node], float]] = []
    penalized, bounded = float(made.gradient[index] + made.penalty[index]), float(made.bounded[index])
    if sight.layout.is_weight()[index] == 1.0 and (training.l1 or training.l2):
        parts: list[tuple[int, Node]] = []
        if training.l1:
            rate = Symbol(r"\lambda_1", "λ₁", "lambda one", training.l1)
            parts.append((1, Product((rate, Call("sign", (parameter,))))))
        if training.l2:
            parts.append((1, Product((Symbol(r"\lambda_2", "λ₂", "lambda two", training.l2), parameter))))
        stages.append((lambda before: Total(((1, before), *parts)), penalized))
    if bounded != penalized:
        limit = Symbol("c", "c", "c", training.clip_value)
        stages.append((lambda g: Call("max", (Total(((-1, limit),)), Call("min", (limit, g)))), bounded))
    if training.clip_norm and made.length > training.clip_norm:
        longest = Symbol(r"c_{\max}", "cₘₐₓ", "c max", training.clip_norm)
        length = Symbol(r"\|g\|", "‖g‖", "the length of the whole gradient", made.length)
        stages.append((lambda g: Product((g, Fraction(longest, length))), float(made.applied[index])))
    g = slope
    for count, (build, value) in enumerate(stages):
        left = Symbol("g", "g", "g", value, slope.link)
        own = key(f"g {count}")
        yield Equation(own, place, left, (build(g),), value, is_arrow=count > 0)
        g = sight.blank(left, own)
    return g


def _optimizer(sight: Blanks, parameter: Symbol, g: Symbol, key: _Keys, place: str) -> Iterator[Equation]:
    assert parameter.link is not None
    index, made = parameter.link.parameter, sight.trace.update
    entry = OPTIMIZERS[sight.trace.experiment.training.optimizer.name]
    known = known_symbols(sight, parameter) | {"g": g}
    results = {THETA: float(made.stepped[index])} | {
        letter_latex(name): float(made.state_after[row, index]) for row, name in enumerate(entry.state)
    }
    formulas: list[Assignment] = []
    for latex in entry.formula:
        try:
            formulas.append(read(latex))
        except FormulaError:
            yield Equation(key("new"), place, parameter, (), results[THETA], is_arrow=True)
            return
    last = {formula.left: count for count, formula in enumerate(formulas)}
    for count, formula in enumerate(formulas):
        left = parameter if formula.left == THETA else read_symbol(formula.left)
        node = bound(formula.forms[0], known)
        value = results[formula.left] if last[formula.left] == count and formula.left in results else worth(node)
        if left is not parameter and value == g.value:
            # Without momentum the velocity is the gradient: there is nothing to work out.
            known[formula.left] = g
            continue
        own = key("new") if left is parameter and last[THETA] == count else key(f"{count} {formula.left}")
        slips = _of_new_value(sight, parameter, value) if left is parameter else ()
        link = parameter.link
        result = Symbol(left.latex, left.text, left.spoken, value, link)
        yield Equation(own, place, result, (node,), value, formula.is_arrow, slips)
        known[formula.left] = sight.blank(result, own)


def _of_new_value(sight: Blanks, parameter: Symbol, new: float) -> tuple[Slip, ...]:
    assert parameter.link is not None
    old, made = number(parameter), sight.trace.update
    g, count = float(made.applied[parameter.link.parameter]), sight.trace.size
    slips = [
        Slip(old - new, "That is what is taken away from the old value: take it away."),
        Slip(new - old, "That is the change alone: the new value is the old one plus the change."),
        Slip(old - (new - old), "The sign is flipped: the step goes against the gradient."),
        Slip(old - g, "The learning rate η is missing."),
        Slip(old, "That is the old value: the step is missing."),
    ]
    if count > 1:
        slips.append(Slip(old + count * (new - old), f"The mean over the batch is forgotten: divide g by {count}."))
    return tuple(slips)

"""The loss by hand."""

from collections.abc import Iterator

from app.stepping.by_hand.equation import Blanks, Equation, Key, filled_in, has_small_batch, mean, number, of_sample
from app.stepping.formula.tree import Symbol, bound
from app.stepping.loss import joint, output_loss, symbols_of
from app.views.parameter_text import subscript
from engine.losses import LOSSES


def loss(sight: Blanks) -> Iterator[Equation]:
    """Return the equations of the sample's loss, and of the batch's where that is small."""
    trace, outputs = sight.trace, sight.layout.layers[-1].outputs
    entry = LOSSES[trace.experiment.training.loss]
    result = sight.loss()
    if entry.joint:
        yield from _joint_loss(sight, result)
    elif outputs == 1:
        yield Equation(
            Key("loss"), "this sample", result, filled_in(entry.formula, symbols_of(sight, 0)), number(result)
        )
    else:
        each: list[Symbol] = []
        for output in range(outputs):
            value = output_loss(sight, output)
            name = Symbol(
                f"L_{{{output + 1}}}", f"L{subscript(output + 1)}", f"L {output + 1}", value,
                sight.link(sight.last, output),
            )  # fmt: skip
            key = Key("loss", unit=output)
            each.append(sight.blank(name, key))
            yield Equation(
                key, f"output {output + 1}", name, filled_in(entry.formula, symbols_of(sight, output)), value
            )
        yield mean(Key("loss"), "this sample", result, each, outputs, "outputs")
    if has_small_batch(trace):
        asked = sight.blank(of_sample("L", float(trace.losses[sight.sample]), sight.sample), Key("loss"))
        all_samples = [
            asked if sample == sight.sample else of_sample("L", float(trace.losses[sample]), sample)
            for sample in range(trace.size)
        ]
        batch = Symbol(r"\bar{L}", "L̄", "the mean of L", trace.loss)
        what = {1: "samples", 2: "pairs", 3: "triplets"}[trace.members]
        yield mean(Key("batch loss"), "the batch", batch, all_samples, trace.size, what)


def _joint_loss(sight: Blanks, result: Symbol) -> Iterator[Equation]:
    built = joint(sight)
    if built is None:
        yield Equation(Key("loss"), "this sample", result, (), number(result))
        return
    where, formula = built
    for place, (symbol, node) in enumerate(where):
        key = Key("part", unit=place)
        yield Equation(key, "this sample", symbol, (node,), number(symbol))
        formula = bound(formula, {symbol.latex: sight.blank(symbol, key)})
    yield Equation(Key("loss"), "this sample", result, (formula,), number(result))

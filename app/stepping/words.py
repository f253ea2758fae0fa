"""What the loss and the backward phase say in plain language."""

from app.stepping.formula.numbers import text
from app.stepping.sight import Sight
from engine.losses import LOSSES


def loss_sentence(sight: Sight, unit: int) -> str:
    """Return in a sentence how wrong the outputs are."""
    trace, digits = sight.trace, sight.digits
    loss = text(trace.loss if sight.is_mean else float(trace.losses[sight.sample]), digits)
    if sight.is_mean:
        return f"The loss of the batch is the mean over its {trace.size} samples: {loss}."
    entry = LOSSES[trace.experiment.training.loss]
    if entry.members > 1:
        return _group_sentence(sight, loss)
    outputs = sight.layout.layers[-1].outputs
    if entry.target == "value" and (outputs == 1 or unit >= 0):
        end = f" The loss is {loss}." if outputs == 1 or unit == outputs - 1 else ""
        return error_sentence(sight, max(unit, 0)) + end
    wanted = round(float(trace.wanted[0, sight.sample])) if entry.target == "index" else _largest(sight)
    share = text(float(sight.passed(sight.last).a[wanted, sight.sample]), digits)
    return f"Output {wanted + 1} should be the largest, and it is {share}: the loss is {loss}."


def error_sentence(sight: Sight, output: int) -> str:
    """Return in a sentence where the error pushes one output."""
    if sight.is_mean:
        return "Each sample's error pushes the output; their mean is what counts."
    a = float(sight.passed(sight.last).a[output, sight.sample])
    target = float(sight.trace.wanted[min(output, len(sight.trace.wanted) - 1), sight.sample])
    slope = float(sight.passed(sight.last).upstream[output, sight.sample])
    several = sight.layout.layers[-1].outputs > 1
    name = f"Output {output + 1}" if several else "The output"
    head = f"{name} was {text(a, sight.digits)}, the target {text(target, sight.digits)}: "
    # A loss pushes against its slope.
    if slope == 0.0:
        return head + "nothing pushes it."
    return head + f"the error pushes the output {'down' if slope > 0.0 else 'up'}."


def _largest(sight: Sight) -> int:
    return int(sight.trace.wanted[:, sight.sample].argmax())


def _group_sentence(sight: Sight, loss: str) -> str:
    wanted = float(sight.trace.wanted[0, sight.sample])
    if len(sight.members) == 3:
        return f"The anchor should lie closer to the positive than to the negative, by the margin: the loss is {loss}."
    if sight.layout.layers[-1].outputs == 1 and LOSSES[sight.trace.experiment.training.loss].target == "order":
        first = "first" if wanted > 0.0 else "second"
        return f"The {first} of the pair should score higher, by the margin: the loss is {loss}."
    what = "are of one class and should lie together" if wanted > 0.5 else "differ and should lie the margin apart"
    return f"The two {what}: the loss is {loss}."


def more_of(what: str, count: int) -> str:
    """Return “1 more gradient” or “3 more gradients”."""
    return f"{count} more {what}{'s' if count != 1 else ''}"


def more_units(sight: Sight, layer: int) -> tuple[str, ...]:
    """Return the remark that not all units of a layer are shown, if so."""
    units = sight.layout.layers[layer].outputs
    return left_out(sight, "unit", units - sight.shown(units), "walk unit by unit")


def left_out(sight: Sight, what: str, count: int, walk: str) -> tuple[str, ...]:
    """Return the remark that ``count`` more are not shown, and how to see them; none where there are none."""
    choice = "" if sight.in_full else "choose “All terms”, or "
    return (f"{more_of(what, count)}: {choice}{walk} to see each.",) if count > 0 else ()


def nudge_sentence(sight: Sight, what: str, slope: float) -> str:
    """Return in a sentence what the slope of the loss by ``what`` means, and where it pushes that."""
    who, lead = ("batch", "on average over the batch, ") if sight.is_mean else ("sample", "")
    if slope == 0.0:
        return f"A small change of {what} would not change the loss{', on average' if lead else ''}: nothing pushes it."
    size = text(abs(slope), sight.digits)
    way, push = ("rise", "down") if slope > 0.0 else ("fall", "up")
    start = f"{lead[:1].upper()}{lead[1:]}if" if lead else "If"
    return f"{start} {what} rose a little, the loss would {way} {size} times as much: this {who} pushes it {push}."


def of_members(sight: Sight) -> str:
    """Return whose numbers a sentence tells, where a group has several."""
    return {1: "", 2: " for the first of the pair", 3: " for the anchor"}[len(sight.members)]

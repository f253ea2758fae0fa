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

"""What a loss is."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from engine.activations import ACTIVATIONS, Value
from engine.settings import Setting


@dataclass(frozen=True)
class Loss:
    """One loss.

    Where there is a setting, its value is the last argument of every function.

    Attributes:
        name: the name in files.
        label: the name people read.
        formula: the value of one sample in LaTeX, with target y and prediction ŷ.
        slope_formula: its slope by the prediction in LaTeX.
        value: L(y, p) of one sample; with several ``members`` L(y, first, second …).
        slope: ∂L/∂p, of the shape of p; with several ``members`` one for each, as a tuple.
        outputs: names of the output activations it can be trained with; the first is offered.
        wants: what it needs from the output layer, the middle of a sentence that begins with its label.
        class_targets: what it calls the two classes, or None where the output activation decides.
        remark: one sentence that teaches.
        source: where the formula is from.
        target: what y is: “value” (a row an output: wanted values or shares of the classes), “index” (the number of
            the class), “pair”, “triplet” or “order” (one number a sample).
        settings: none or one.
        joint: whether ``value`` makes one loss a sample of all outputs (axis 0); if not, it is one an output, and the
            loss of the sample is their mean.
        members: how many outputs are compared at a time: 2 in a pair, 3 in a triplet.
        partner: the activation with which it is computed from z, or None.
        logit_value: L(y, z) of one sample through the partner.
        logit_delta: δ = ∂L/∂z through the partner, from y and p.
        misfits: for single output activations a better reason than their range why they do not fit, as a clause.
        aliases: other names.
    """

    name: str
    label: str
    formula: str
    slope_formula: str
    value: Callable[..., Value]
    slope: Callable[..., Value]
    outputs: tuple[str, ...]
    wants: str
    class_targets: tuple[float, float] | None
    remark: str
    source: str
    target: str = "value"
    settings: tuple[Setting, ...] = ()
    joint: bool = False
    members: int = 1
    partner: str | None = None
    logit_value: Callable[..., Value] | None = None
    logit_delta: Callable[..., Value] | None = None
    misfits: dict[str, str] = field(default_factory=dict, hash=False)
    aliases: tuple[str, ...] = ()

    def unfit(self, output: str) -> str | None:
        """Return in one sentence why the output activation does not fit and which one does, or None if it fits."""
        activation = ACTIVATIONS[output]
        if activation.name in self.outputs:
            return None
        reason = self.misfits.get(activation.name, activation.gives)
        return f"{self.label} {self.wants}, and {reason}: use a {self.outputs[0]} output."


def output_numbers(p: Value) -> Value:
    """Return the number of every output, 0, 1 …, shaped to compare with p."""
    if hasattr(p, "output_numbers"):
        return p.output_numbers()
    return np.arange(len(p)).reshape(-1, *(1,) * (p.ndim - 1))

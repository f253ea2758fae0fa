"""The two examples of the lecture that are worked out by hand, and where its slides slip."""

from dataclasses import replace

import numpy as np

from engine.examples.example import Example
from engine.examples.slide_note import Quantity, Reason, SlideNote
from engine.experiment import (
    Data,
    Experiment,
    Layer,
    LayerParameters,
    Network,
    Output,
    Points,
    Training,
)

GROUP = "By hand, as in the lecture"


def _one_point(x1: float, x2: float, target: float) -> Data:
    return Data(
        task="regression", source=Points(inputs=np.array([[x1, x2]]), targets=np.array([target])), train_share=1.0
    )


def _training(rate: float) -> Training:
    return Training(loss="half-squared-error", learning_rate=rate, batch_size=1)


def forward() -> Experiment:
    """Return the lecture's forward pass; it names no target, and 1 is taken for one."""
    return Experiment(
        data=_one_point(4.218, 2.234, 1.0),
        network=Network(
            hidden=(Layer(units=2, activation="sigmoid"),),
            output=Output(activation="sigmoid"),
            parameters=(
                LayerParameters(weights=((1.764, 0.978), (0.4, 2.24)), biases=(0.95, -0.151)),
                LayerParameters(weights=((1.867, -0.977),), biases=(-0.103,)),
            ),
        ),
        training=_training(1.0),
    )


def backpropagation() -> Experiment:
    """Return the lecture's iteration of backpropagation: no biases, loss ½(y − ŷ)², η = 1."""
    return Experiment(
        data=_one_point(0.35, 0.7, 0.5),
        network=Network(
            hidden=(Layer(units=2, activation="sigmoid", bias=False),),
            output=Output(activation="sigmoid", bias=False),
            parameters=(
                LayerParameters(weights=((0.2, 0.2), (0.3, 0.3)), biases=()),
                LayerParameters(weights=((0.3, 0.9),), biases=()),
            ),
        ),
        training=_training(1.0),
    )


_SUBSCRIPTS = "₁₂"


def _named_here(note: SlideNote) -> SlideNote:
    """Add what is written here for what the lecture calls otherwise: two hidden units, one output.

    The lecture's a is z here, and its w₂₁ leads from the second input to the first unit, where w₁₂ is written here.
    """
    unit, is_output = _SUBSCRIPTS[note.unit], note.layer == 1
    name = {
        Quantity.Z: "z" if is_output else f"z{unit}",
        Quantity.ACTIVATION: "ŷ" if is_output else f"a{unit}",
        Quantity.DELTA: "δ" if is_output else f"δ{unit}",
        Quantity.ERROR: "ŷ − y",
        Quantity.NEW_WEIGHT: f"w{unit}{_SUBSCRIPTS[note.source]}",
    }[note.quantity]
    return replace(note, here="" if note.symbol.endswith(f" {name}") else name)


_Z, _A, _DELTA, _WEIGHT = Quantity.Z, Quantity.ACTIVATION, Quantity.DELTA, Quantity.NEW_WEIGHT
_ROUNDING, _UNFOUNDED = Reason.ROUNDING, Reason.UNFOUNDED

FORWARD_NOTES = (
    SlideNote("a₁", _Z, 0, 0, 10.575404, "10.575", _ROUNDING),
    SlideNote("h₁", _A, 0, 0, 0.999974, "0.999", _ROUNDING),
    SlideNote("a₂", _Z, 0, 1, 6.54036, "6.540", _ROUNDING),
    SlideNote("h₂", _A, 0, 1, 0.998558, "0.998", _ROUNDING),
    SlideNote("a₃", _Z, 1, 0, 0.788361, "0.787", _ROUNDING),
    SlideNote("out", _A, 1, 0, 0.687479, "0.6872", _ROUNDING),
)

BACKPROPAGATION_NOTES = (
    SlideNote("y₃", _A, 0, 0, 0.552308, "0.56", _ROUNDING),
    SlideNote("y₄", _A, 0, 1, 0.578105, "0.59", _ROUNDING),
    SlideNote("a₃", _Z, 1, 0, 0.685987, "0.702", _ROUNDING),
    SlideNote("y₅", _A, 1, 0, 0.665074, "0.67", _ROUNDING),
    SlideNote("error", Quantity.ERROR, 1, 0, 0.165074, "−0.17", _ROUNDING, flips_sign=True),
    SlideNote("δ₅", _DELTA, 1, 0, 0.03677, "−0.0376", _ROUNDING, flips_sign=True),
    SlideNote("δ₃", _DELTA, 0, 0, 0.0027276, "−0.0027", _ROUNDING, flips_sign=True),
    SlideNote("δ₄", _DELTA, 0, 1, 0.0080714, "−0.0819", Reason.TEN_TIMES, flips_sign=True),
    SlideNote("new w₂₃", _WEIGHT, 1, 0, 0.878743, "0.877816", _ROUNDING, source=1),
    SlideNote("new w₁₃", _WEIGHT, 1, 0, 0.279691, "0.086615", _UNFOUNDED, source=0),
    SlideNote("new w₁₁", _WEIGHT, 0, 0, 0.199045, "0.200945", Reason.LOST_SIGN, source=0),
    SlideNote("new w₂₁", _WEIGHT, 0, 0, 0.198091, "0.269445", _UNFOUNDED, source=1),
    SlideNote("new w₁₂", _WEIGHT, 0, 1, 0.297175, "0.273225", _UNFOUNDED, source=0),
    SlideNote("new w₂₂", _WEIGHT, 0, 1, 0.29435, "0.18534", _UNFOUNDED, source=1),
    SlideNote("y₃ after", _A, 0, 0, 0.551895, "0.57", Reason.CARRIED_ON, iteration=1),
    SlideNote("y₄ after", _A, 0, 1, 0.576899, "0.56", Reason.CARRIED_ON, iteration=1),
    SlideNote("y₅ after", _A, 1, 0, 0.659554, "0.61", Reason.CARRIED_ON, iteration=1),
)

LECTURE = (
    Example(
        name="lecture-forward",
        label="Forward pass",
        group=GROUP,
        make=forward,
        remark=(
            "Follow x = (4.218, 2.234) through two hidden sigmoid units to the output 0.687. "
            "Both hidden units are saturated: their slopes are below 0.01, so the gradients of their weights are tiny."
        ),
        notes=tuple(map(_named_here, FORWARD_NOTES)),
        aliases=("forward",),
    ),
    Example(
        name="lecture-backpropagation",
        label="One iteration of backpropagation",
        group=GROUP,
        make=backpropagation,
        remark=(
            "The output is 0.665 and 0.5 is wanted, so one step makes all six weights smaller, "
            "those into the output most. "
            "After it the output is 0.660, and the error has shrunk from 0.165 to 0.160."
        ),
        notes=tuple(map(_named_here, BACKPROPAGATION_NOTES)),
        aliases=("backpropagation", "lecture-backprop"),
    ),
)

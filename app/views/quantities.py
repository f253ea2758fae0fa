"""The three numbers every parameter has - its value, its gradient and its last update - and the scale they share."""

import math

import numpy as np

from app.frame import Array, Frame
from app.metric_text import UNKNOWN
from app.views.parameter_text import number_text, short_number

WEIGHTS, GRADIENTS, UPDATES = "weights", "gradients", "updates"

# Name, label and what it teaches.
QUANTITIES = (
    (WEIGHTS, "Weights", "What the network has learned: positive weights excite, negative ones inhibit."),
    (GRADIENTS, "Gradients", "How the loss would grow if the weight grew: training moves against it."),
    (UPDATES, "Updates", "What the last step added to each weight."),
)

# A scale that changes in these steps stays still while numbers only flicker.
STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


def values_of(frame: Frame, quantity: str) -> Array:
    """Return the flat vector of ``quantity``; raises KeyError for a name that is not in ``QUANTITIES``."""
    return {WEIGHTS: frame.parameters, GRADIENTS: frame.gradient, UPDATES: frame.update}[quantity]


def is_hidden(frame: Frame | None, quantity: str) -> bool:
    """Return whether the numbers of ``quantity`` are not to be said at the moment."""
    return frame is not None and quantity == GRADIENTS and frame.hidden.gradient


def value_text(frame: Frame, quantity: str, index: int) -> str:
    """Return the number ``quantity`` of the parameter ``index``, unless it is not to be said at the moment."""
    return UNKNOWN if is_hidden(frame, quantity) else number_text(float(values_of(frame, quantity)[index]))


def end_text(frame: Frame | None, quantity: str, end: float) -> str:
    """Return what stands at an end of the color scale, without its sign."""
    return UNKNOWN if is_hidden(frame, quantity) else short_number(end)


def scale_of(values: Array) -> float:
    """Return a round number that is at least the largest magnitude of ``values``; 1 if they are all zero."""
    finite = np.abs(values[np.isfinite(values)])
    largest = float(finite.max()) if finite.size else 0.0
    if largest < 1e-300:
        return 1.0
    power = 10.0 ** math.floor(math.log10(largest))
    return next((step * power for step in STEPS if step * power >= largest * (1.0 - 1e-9)), 10.0 * power)

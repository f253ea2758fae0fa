"""How long each layer's gradient is, and how that compares over the layers. Pure numbers."""

import math

import numpy as np

from app.frame import Array
from engine.parameters import Layout

# A layer whose gradient is this many times shorter than the longest is shown as an empty bar.
DECADES = 6.0


def gradient_norms(layout: Layout, gradient: Array) -> list[float]:
    """Return the Euclidean length ‖g‖ of each layer's gradient, weights and biases together."""
    lengths = []
    for shape in layout.layers:
        # Weights and biases of a layer lie next to each other.
        end = max(shape.weights.stop, shape.biases.stop)
        part = gradient[shape.weights.start : end]
        # Scaled by the largest, so that squares of very small gradients do not vanish.
        largest = float(np.abs(part).max())
        usable = math.isfinite(largest) and largest > 0.0
        lengths.append(largest * float(np.linalg.norm(part / largest)) if usable else largest)
    return lengths


def bar_share(norm: float, largest: float) -> float:
    """Return how far a bar on a logarithmic scale is filled: 1 for ``largest``, 0 from six decades below it on."""
    if not (norm > 0.0 and largest > 0.0) or math.isinf(largest):
        return 1.0 if math.isinf(norm) else 0.0
    return min(max(1.0 + math.log10(norm / largest) / DECADES, 0.0), 1.0)

"""What is said of a place in the plane: short, and as a sentence."""

from collections.abc import Sequence

import numpy as np

from app.views.decision.shapes import class_name
from app.views.parameter_text import number_text, subscript

# The short text names so many classes, the likeliest first, and the sentence so many.
FEW, MORE = 2, 3


def place_text(x1: float, x2: float) -> str:
    """Return where a place is."""
    return f"x₁ {x1:.2f}  x₂ {x2:.2f}".replace("-", "−")


def of_classes(place: str, values: Sequence[float], names: Sequence[str], *, shares: bool) -> tuple[str, str]:
    """Return what the outputs of all classes say; ``shares`` if they are probabilities."""
    if not np.isfinite(values).all():
        return place, place
    order = np.argsort(values)[::-1][:MORE]
    told = [_percent(values[k]) if shares else number_text(values[k]) for k in order]
    classes = [f"class {class_name(int(k), len(values), names)}" for k in order]
    shown = [f"{name}: {what}" for name, what in zip(classes, told, strict=True)]
    return "   ".join((place, *shown[:FEW])), f"{place}: {', '.join(shown)}"


def of_embedding(place: str, values: Sequence[float]) -> tuple[str, str]:
    """Return where the network puts the place."""
    there = [f"y{subscript(k + 1)} {number_text(value)}" for k, value in enumerate(values)]
    return f"{place}   {'  '.join(there)}", f"{place}: the network puts this place at {', '.join(there)}"


def _percent(share: float) -> str:
    percent = 100.0 * share
    if 0.0 < percent < 0.1:
        return "< 0.1 %"
    return f"{percent:.0f} %" if percent >= 99.95 or percent == 0.0 else f"{percent:.1f} %"

"""Data sets of a curve: y over x. The points are (x, y), y is about −1 to 1 and the target."""

from collections.abc import Callable

import numpy as np

from engine.datasets.dataset import Array
from engine.datasets.generators.generator import Drawn, Generator, Sample
from engine.settings import Setting

# From x (n,) and the settings to y (n,).
Curve = Callable[..., Array]


def sine(x: Array, frequency: float, phase: float) -> Array:
    return np.asarray(np.sin(frequency * x + np.radians(phase)))


def hat(x: Array, peak: float, width: float) -> Array:
    # The brim of a narrow hat is flat, so that it stays in the picture.
    return np.asarray(np.maximum(-1.0, 1.0 - np.abs(x - peak) / width))


def stairs(x: Array, steps: int) -> Array:
    middle = (steps - 1) / 2.0
    return np.asarray((np.floor((x + 6.0) / (12.0 / steps)) - middle) / middle)


def cubic(x: Array, bend: float) -> Array:
    # Its extremes lie at the ends of the domain or where its slope 3x² − bend is zero.
    largest = max(abs(216.0 - 6.0 * bend), 2.0 * (bend / 3.0) ** 1.5)
    return np.asarray(x * (x * x - bend) / (largest / 1.3125))


def chirp(x: Array, rate: float) -> Array:
    return np.asarray(np.sin(rate * (x + 6.0) ** 2))


def _sample(curve: Curve) -> Sample:
    def sample(random: np.random.Generator, targets: Array, classes: int, *settings: float) -> Drawn:
        x = random.uniform(-6.0, 6.0, len(targets))
        y = curve(x, *settings)
        return np.column_stack((x, y)), y

    return sample


def _generator(name: str, label: str, curve: Curve, remark: str, *settings: Setting) -> Generator:
    return Generator(name, label, ("regression-1d",), _sample(curve), remark, settings=settings)


CURVES = (
    _generator(
        "sine",
        "Sine",
        sine,
        "A wave: every bend asks for another hidden unit.",
        Setting("frequency", "Frequency", 1.0, 0.1, 5.0, "How fast the wave is: the ω of sin(ωx + φ)."),
        Setting("phase", "Phase", 0.0, 0.0, 360.0, "Where in the wave x = 0 is: the φ of sin(ωx + φ).", unit="°"),
    ),
    _generator(
        "hat",
        "Hat",
        hat,
        "Two straight lines with a kink: made for ReLU.",
        Setting("peak", "Peak", 0.0, -4.0, 4.0, "Where the kink is."),
        Setting("width", "Width", 3.0, 0.5, 6.0, "How far from the kink the curve is halfway down."),
    ),
    _generator(
        "stairs",
        "Stairs",
        stairs,
        "Sudden steps: made for steep sigmoids.",
        Setting("steps", "Steps", 4.0, 2.0, 10.0, "How many steps the stairs have.", integer=True),
    ),
    _generator(
        "cubic",
        "Cubic",
        cubic,
        "Up, down and up again: smooth and open-ended.",
        Setting("bend", "Bend", 22.0, 0.0, 36.0, "How far it turns back: the c of x³ − cx; at 0 it only rises."),
    ),
    _generator(
        "chirp",
        "Chirp",
        chirp,
        "A wave that gets faster: easy first, then hard.",
        Setting("rate", "Rate", 0.175, 0.02, 0.4, "How quickly the wave gets faster: the c of sin(c·(x + 6)²)."),
    ),
)

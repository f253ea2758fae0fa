"""Data sets of a curve: y over x. The points are (x, y), y is about −1 to 1 and the target."""

from collections.abc import Callable

import numpy as np

from engine.datasets.dataset import Array
from engine.datasets.generators.generator import Drawn, Generator

Draw = Callable[[np.random.Generator, int, int], Drawn]


def _curve(formula: Callable[[Array], Array]) -> Draw:
    def draw(random: np.random.Generator, count: int, classes: int = 0) -> Drawn:
        x = random.uniform(-6.0, 6.0, count)
        y = formula(x)
        return np.column_stack((x, y)), y

    return draw


def _generator(name: str, label: str, formula: Callable[[Array], Array], remark: str) -> Generator:
    return Generator(name, label, ("regression-1d",), _curve(formula), remark)


CURVES = (
    _generator("sine", "Sine", np.sin, "A wave: every bend asks for another hidden unit."),
    _generator("hat", "Hat", lambda x: 1.0 - np.abs(x) / 3.0, "Two straight lines with a kink: made for ReLU."),
    _generator(
        "stairs", "Stairs", lambda x: (np.floor((x + 6.0) / 3.0) - 1.5) / 1.5, "Sudden steps: made for steep sigmoids."
    ),
    _generator("cubic", "Cubic", lambda x: x * (x * x - 22.0) / 64.0, "Up, down and up again: smooth and open-ended."),
    _generator(
        "chirp",
        "Chirp",
        lambda x: np.sin(0.175 * (x + 6.0) ** 2),
        "A wave that gets faster: easy first, then hard.",
    ),
)

"""Generators: data sets drawn from a formula.

Each draws samples inside the domain from a random generator and returns points (n, 2) and targets (n,); classes come
out balanced to one sample, or as it is asked for. Its settings shape it: how many arms, how wide a gap. Noise is added
afterwards, by moving the points.
"""

from engine.datasets.generators.curves import CURVES
from engine.datasets.generators.drawings import DRAWINGS
from engine.datasets.generators.generator import Drawn, Generator
from engine.datasets.generators.several_classes import SEVERAL_CLASSES
from engine.datasets.generators.shapes import SHAPES
from engine.datasets.generators.two_classes import TWO_CLASSES
from engine.datasets.generators.values import VALUES
from engine.family import Family

__all__ = ["GENERATORS", "Drawn", "Generator"]

GENERATORS = Family("data set", (*TWO_CLASSES, *SHAPES, *SEVERAL_CLASSES, *VALUES, *CURVES, *DRAWINGS))

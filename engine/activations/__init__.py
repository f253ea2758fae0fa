"""Activation functions: what a unit makes of its pre-activation z.

Each value and slope is written once, as a plain NumPy expression. On arrays it is the readable reference; traced by
the kernels it works on SIMD lanes. To add one, write its two functions and list it in the table of its file.
"""

from engine.activations.activation import Activation, Value
from engine.activations.bounded import BOUNDED
from engine.activations.classic import CLASSIC
from engine.activations.rectifiers import RECTIFIERS
from engine.family import Family

__all__ = ["ACTIVATIONS", "Activation", "Value"]

ACTIVATIONS = Family("activation", (*CLASSIC, *RECTIFIERS, *BOUNDED))

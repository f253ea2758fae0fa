"""Optimizers: what becomes of a gradient.

Each update is written once, as plain NumPy on whole vectors; the kernels compile the same function for SIMD lanes.
An update gets the parameters, their gradient, the optimizer's state (three vectors, zero at the start; unused ones
stay as they are), the learning rate η, the number of this step (from 1) and the settings in the order listed.
It returns the new parameters and the new state.
"""

from engine.family import Family
from engine.optimizers.adam import ADAM, ADAM_KIN
from engine.optimizers.adaptive import ADAPTIVE
from engine.optimizers.descent import LION, NESTEROV, SGD
from engine.optimizers.optimizer import MAXIMUM_SETTINGS, STATE_VECTORS, Optimizer, Settings, State

__all__ = ["MAXIMUM_SETTINGS", "OPTIMIZERS", "STATE_VECTORS", "Optimizer", "Settings", "State"]

OPTIMIZERS = Family("optimizer", (SGD, ADAM, NESTEROV, *ADAPTIVE, *ADAM_KIN, LION))

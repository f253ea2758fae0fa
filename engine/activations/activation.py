"""What an activation function is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.settings import Setting

# A NumPy array in the reference, a vector of SIMD lanes in a compiled kernel: both take the same operators.
Value = Any


@dataclass(frozen=True)
class Activation:
    """One activation function.

    Attributes:
        name: the name in files.
        label: the name people read.
        formula: the value in LaTeX.
        slope_formula: the slope da/dz in LaTeX.
        value: a = f(z), or f(z, α) where there is a setting.
        slope: f'(z) from z and a = f(z), whichever is easier, and from α where there is a setting.
        low, high: the range of a at the default α (may be infinite).
        class_targets: what an output unit with this activation is asked for, for the first and the second class.
        gives: what an output layer with it can give, as a clause: “a sigmoid stays between 0 and 1”.
        remark: one sentence that teaches.
        source: where the formula is from.
        aliases: other names.
        settings: none, or one called “alpha”.
        joint: whether the units of the layer act on each other: ``value`` then works over axis 0, and ``slope`` is
            only the diagonal of its Jacobian, for pictures.
        backward: of a joint activation: Jacobianᵀ · g from a and g = ∂L/∂a, both (units, samples).
        hidden: whether a hidden layer may have it.
    """

    name: str
    label: str
    formula: str
    slope_formula: str
    value: Callable[..., Value]
    slope: Callable[..., Value]
    low: float
    high: float
    class_targets: tuple[float, float]
    gives: str
    remark: str
    source: str
    aliases: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    joint: bool = False
    backward: Callable[[Value, Value], Value] | None = None
    hidden: bool = True

    def alpha(self, settings: Mapping[str, float]) -> float:
        """Return α: the chosen one, else the default; 0 where the activation has none."""
        return float(settings.get("alpha", self.settings[0].default)) if self.settings else 0.0

    def apply(self, z: Value, alpha: float) -> Value:
        """Return a = f(z); ``alpha`` counts only where the activation has it."""
        return self.value(z, alpha) if self.settings else self.value(z)

    def slope_at(self, z: Value, a: Value, alpha: float) -> Value:
        """Return f'(z), of a joint activation the diagonal ∂aᵢ/∂zᵢ."""
        return self.slope(z, a, alpha) if self.settings else self.slope(z, a)

    def times_slope(self, z: Value, a: Value, g: Value, alpha: float) -> Value:
        """Return ∂L/∂z from g = ∂L/∂a: the chain rule through this activation, joint or not."""
        return g * self.slope_at(z, a, alpha) if self.backward is None else self.backward(a, g)

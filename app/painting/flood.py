"""Flood: a formula such as y > sin(x) splits the points into those for which it holds and the others."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.expressions import Expression, ExpressionError, Node, evaluate, read
from app.painting.operations import OPERATIONS
from engine.datasets.dataset import Array

Mask = NDArray[np.bool_]

# No line ends within a formula.
EXAMPLES = "a formula such as y\u00a0>\u00a0sin(x), x²\u00a0+\u00a0y²\u00a0<\u00a09 or xy\u00a0>\u00a00"
# The names of both coordinates, each in two ways.
VARIABLES = ("x", "y", "x1", "x2")
_UPRIGHT = frozenset(("y", "x2"))

_COMPARISONS: Mapping[str, Callable[[Array, Array], Mask]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


class Split(NamedTuple):
    """On which side of a formula points lie: three masks (n,), in one of which each point is.

    Attributes:
        above: where the formula holds.
        below: where it does not.
        undefined: where it has no value, as 1/x has none at x = 0.
    """

    above: Mask
    below: Mask
    undefined: Mask


class Formula:
    """A comparison of two expressions of x (or x1) and y (or x2); made by ``parse``."""

    def __init__(self, expression: Expression) -> None:
        self._expression = expression

    def split(self, points: Array) -> Split:
        """Return on which side each of ``points`` (n, 2), in plane units, lies."""
        expression = self._expression
        compare = _COMPARISONS[expression.compared or ">"]
        with np.errstate(all="ignore"):
            left = _values(expression.left, points)
            if expression.right is None:
                # A curve alone: what lies above it.
                left, right = points[:, 1], left
            else:
                right = _values(expression.right, points)
            # What has grown too large for a number can still be compared, but not with its like.
            undefined = np.isnan(left - right)
            above = compare(left, right) & ~undefined
        return Split(above, ~above & ~undefined, undefined)

    def above(self, points: Array) -> Mask:
        """Return for which of ``points`` (n, 2), in plane units, the formula holds; not where it has no value."""
        return self.split(points).above


def parse(text: str) -> Formula:
    """Return the formula that ``text`` is.

    It compares (< ≤ > ≥) two expressions of the coordinates x and y, which may be written x1 and x2 (or x₁ and x₂),
    too; an expression of x alone stands for y > it. What may stand in an expression is in ``app.expressions``.

    Raises:
        ExpressionError: it is no such formula; one sentence.
    """
    expression = read(text, EXAMPLES, VARIABLES)
    if expression.compared == "=":
        raise ExpressionError("Points lie on neither side of “=”: write <, ≤, > or ≥ in its place.")
    if expression.right is None and expression.names & _UPRIGHT:
        raise ExpressionError(f"There is nothing that this is compared with: type {EXAMPLES}.")
    formula = Formula(expression)
    # A number that cannot be read is found only when it is wanted.
    formula.split(np.zeros((1, 2)))
    return formula


def _values(node: Node, points: Array) -> Array:
    x, y = points[:, 0], points[:, 1]
    values = evaluate(node, OPERATIONS, np.asarray, {"x": x, "x1": x, "y": y, "x2": y})
    return np.broadcast_to(values, len(points))

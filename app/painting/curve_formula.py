"""A formula such as sin(x) as a curve over x, and points along it."""

import numpy as np

from app.expressions import ExpressionError, Node, evaluate, read
from app.painting.operations import OPERATIONS
from engine.datasets.dataset import DOMAIN, Array
from engine.datasets.resolve import CURVE_SCALE

# No line ends within a formula.
EXAMPLES = "a formula of x such as sin(x), 0.2x\u00a0+\u00a01 or e^(\u2212x²)"
# The names of the one input, in two ways; y may stand alone before “=”.
_ACROSS, _UP = frozenset(("x", "x1")), "y"


class CurveFormula:
    """y as an expression of x; made by ``parse_curve``."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def values(self, x: Array) -> Array:
        """Return y at each of ``x`` (n,), NaN where it has no value or is too large for a number."""
        with np.errstate(all="ignore"):
            y = np.broadcast_to(evaluate(self._node, OPERATIONS, np.asarray, {"x": x, "x1": x}), len(x))
        return np.where(np.isfinite(y), y, np.nan)


def parse_curve(text: str) -> CurveFormula:
    """Return the curve that ``text`` describes: an expression of x, or y = one.

    What may stand in an expression is in ``app.expressions``.

    Raises:
        ExpressionError: it is no such formula; one sentence.
    """
    expression = read(text, EXAMPLES, (*sorted(_ACROSS), _UP))
    node = expression.left
    if expression.right is not None:
        if expression.compared != "=":
            raise ExpressionError(f"Points lie along a curve, not on one side of it: type {EXAMPLES}.")
        alone = [side for side in (expression.left, expression.right) if _is_y(side)]
        if not alone:
            raise ExpressionError(f"On one side of “=” must stand y alone: type {EXAMPLES}.")
        node = expression.right if alone[0] is expression.left else expression.left
    if _has_y(node):
        raise ExpressionError(f"y is what comes out, so only x may stand in it: type {EXAMPLES}.")
    formula = CurveFormula(node)
    # A number that cannot be read is found only when it is wanted.
    formula.values(np.zeros(1))
    return formula


def points_along(formula: CurveFormula, count: int, noise: float, random: np.random.Generator) -> Array:
    """Return points along ``formula`` in plane units, shape (n, 2), n ≤ ``count``.

    Args:
        formula: y over x.
        count: how many there are evenly from the left edge of the picture to the right one, > 0.
        noise: the standard deviation of the normal noise that is added to each y, in units of y.
        random: draws the noise.

    Those that would lie above or below the picture, or where it has no value, are left out.
    """
    low, high = DOMAIN
    x = low + (high - low) * (np.arange(count) + 0.5) / count
    y = formula.values(x) / CURVE_SCALE
    if noise:
        y = y + random.normal(0.0, noise / CURVE_SCALE, count)
    seen = (y >= low) & (y <= high)
    return np.column_stack((x[seen], y[seen]))


def _is_y(node: Node) -> bool:
    return node.data == "name" and str(node.children[0]).lower() == _UP


def _has_y(node: Node) -> bool:
    return any(_is_y(name) for name in node.find_data("name"))

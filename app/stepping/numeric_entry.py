"""What a student types as an answer: a number, a fraction or an expression; and whether it is the right number."""

import math
import operator
import re
from collections.abc import Callable, Mapping

from app.expressions import ExpressionError, evaluate, plain, read

EXAMPLES = "a number such as 0.552, a fraction such as 3/8, or an expression such as 1/(1 + e^(−0.21))"
# What counts as 0: an exact value that rounding has left, and an answer to it.
EXACT_ZERO, TYPED_ZERO = 1e-9, 5e-4

_PLAIN = re.compile(r"[-+]?(?P<digits>[\d.,]+)(?:e[-+]?\d+|\*10\^\(?[-+]?\d+\)?)?", re.IGNORECASE)


def parse_entry(text: str) -> float:
    """Return the number that ``text`` comes to.

    Numbers may have a decimal comma or point. There are ``+ − * / ^``, brackets, ``e`` and ``pi``, and the functions
    exp, sqrt, ln (log is the same), tanh, sin, cos, tan and abs; a product may leave out its sign, as in “2(1 + e)”.
    Nothing else is understood, and nothing is ever run.

    Raises:
        ExpressionError: it is empty, too long or no such expression, or what it comes to is no finite number.
    """
    entry = read(text.strip().removeprefix("="), EXAMPLES)
    if entry.compared:
        raise ExpressionError(f"“{entry.compared}” is not expected here: type {EXAMPLES}.")
    try:
        value = evaluate(entry.left, _OPERATIONS, _constant, {})
    except OverflowError:
        raise ExpressionError("This comes to a number that is too large.") from None
    if not math.isfinite(value):
        raise ExpressionError("This comes to a number that is too large.")
    return value


def significant_digits(text: str) -> int:
    """Return how many significant digits a plain number in ``text`` has; 0 for a fraction or an expression.

    Zeros at the end of a whole number count: “120” has three.
    """
    match = _PLAIN.fullmatch(plain(text).replace(" ", "").removeprefix("="))
    if match is None:
        return 0
    return len(re.sub(r"\D", "", match["digits"]).lstrip("0"))


def unit_of_third_digit(exact: float) -> float:
    """Return what one more in the third significant digit of ``exact`` is worth: 0.001 for 0.552308."""
    return float(10.0 ** (math.floor(math.log10(abs(exact))) - 2))


def agrees(answer: float, exact: float) -> bool:
    """Return whether ``answer`` is ``exact`` to three significant digits.

    It may differ from it by at most one unit in the third significant digit of ``exact``: for 0.552308 everything from
    0.551308 to 0.553308 is right, so that rounding, cutting digits off, and rounding once on the way all are.
    Where ``exact`` is 0, or nothing but what rounding has left of it (below 1e-9), an answer below 0.0005 in size is.
    """
    if not math.isfinite(exact) or not math.isfinite(answer):
        return False
    if abs(exact) < EXACT_ZERO:
        return abs(answer) < TYPED_ZERO
    return abs(answer - exact) <= unit_of_third_digit(exact) * (1.0 + 1e-9)


def _constant(value: float) -> float:
    if not math.isfinite(value):
        raise OverflowError
    return value


def _quotient(value: float, divisor: float) -> float:
    if divisor == 0.0:
        raise ExpressionError("This divides by zero.")
    return value / divisor


def _power(base: float, exponent: float) -> float:
    if base == 0.0 and exponent < 0.0:
        raise ExpressionError("This divides by zero.")
    try:
        return math.pow(base, exponent)
    except ValueError:
        raise ExpressionError("There is no real number for a broken power of a negative number.") from None


def _logarithm(value: float) -> float:
    if value <= 0.0:
        raise ExpressionError("A logarithm takes positive numbers only.")
    return math.log(value)


def _root(value: float) -> float:
    if value < 0.0:
        raise ExpressionError("sqrt takes numbers from 0 on only.")
    return math.sqrt(value)


def _of_finite(function: Callable[[float], float]) -> Callable[[float], float]:
    return lambda value: function(_constant(value))


_OPERATIONS: Mapping[str, Callable[..., float]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": _quotient,
    "power": _power,
    "negative": operator.neg,
    "exp": math.exp,
    "sqrt": _root,
    "ln": _logarithm,
    "log": _logarithm,
    "tanh": math.tanh,
    "sin": _of_finite(math.sin),
    "cos": _of_finite(math.cos),
    "tan": _of_finite(math.tan),
    "abs": math.fabs,
}

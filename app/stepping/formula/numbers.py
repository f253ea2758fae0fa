"""Numbers as one reads them beside a calculator: a few significant digits, a true minus sign."""

import math
from functools import lru_cache
from typing import NamedTuple

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
# Beyond these a power of ten is easier to read than zeros.
SMALLEST, LARGEST = 1e-4, 1e6

# What differs by less in proportion is the same number but for the computer's rounding.
EXACT = 1e-12


class Written(NamedTuple):
    """A number in LaTeX, as plain text and as words."""

    latex: str
    text: str
    spoken: str


@lru_cache(maxsize=4096)
def written(value: float, digits: int) -> Written:
    """Return ``value`` rounded to ``digits`` significant ones, without superfluous zeros.

    Zeros that tell a rounded number from a whole one stay: 0.99997 is “1.000”, and 1 is “1”.
    """
    if math.isnan(value):
        return Written(r"\text{not a number}", "not a number", "not a number")
    sign, spoken, size = ("−", "minus ", abs(value)) if value < 0.0 else ("", "", value)
    # In braces it is a sign, not an operator with room around it.
    minus = "{-}" if sign else ""
    if math.isinf(size):
        return Written(rf"{minus}\infty", f"{sign}∞", f"{spoken}infinity")
    if size == 0.0:
        return Written("0", "0", "0")
    mantissa, exponent = f"{size:.{digits - 1}e}".split("e")
    power, rounded = int(exponent), float(f"{mantissa}e{exponent}")
    if SMALLEST <= rounded < LARGEST:
        # Not “g”, which would turn 123456 to powers of ten.
        plain = f"{rounded:.{max(0, digits - 1 - power)}f}"
        short = plain.rstrip("0").rstrip(".") if "." in plain else plain
        # 0.99997 is not 1: the zeros say that it is rounded.
        plain = short if "." in short or abs(size - rounded) <= EXACT * size else plain
        return Written(minus + plain, sign + plain, spoken + plain)
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    raised = f"ten to the {'minus ' if power < 0 else ''}{abs(power)}"
    return Written(
        rf"{minus}{mantissa} \cdot 10^{{{power}}}",
        f"{sign}{mantissa}·10{str(power).translate(SUPERSCRIPTS)}",
        f"{spoken}{mantissa} times {raised}",
    )


def text(value: float, digits: int = 4) -> str:
    """Return ``value`` as plain text."""
    return written(float(value), digits).text

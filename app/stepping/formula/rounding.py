"""How many digits the numbers in a formula need, so that it can be followed with a calculator."""

from msgspec.structs import replace

from app.stepping.formula.tree import Mean, Node, Symbol, mapped, worth

# A formula is worked out again from the numbers that are shown, and may miss its result by this share of it.
TOLERANCE = 0.01
# Whatever is lost even so is not worth more digits than a calculator shows.
MOST = 10


def enough_digits(formula: Node, digits: int) -> int:
    """Return ``digits``, or as many more as it takes to come to the result from the rounded numbers.

    Where nearly equal numbers are subtracted, as in a (1 − a) of a saturated unit, “1.000 · (1 − 1.000)” would be 0.
    """
    if isinstance(formula, Mean):
        return max((enough_digits(term, digits) for term in formula.terms), default=digits)
    exact = worth(formula)
    for more in range(digits, MOST + 1):
        if abs(worth(_rounded(formula, more)) - exact) <= TOLERANCE * abs(exact):
            return more
    return digits


def _rounded(formula: Node, digits: int) -> Node:
    def rounded(symbol: Symbol) -> Symbol:
        return symbol if symbol.value is None else replace(symbol, value=float(f"{symbol.value:.{digits - 1}e}"))

    return mapped(formula, rounded)

import math

import pytest

from app.stepping.formula.numbers import written


@pytest.mark.parametrize(
    ("value", "digits", "text", "latex", "spoken"),
    [
        (0.665074, 4, "0.6651", "0.6651", "0.6651"),
        (0.665074, 3, "0.665", "0.665", "0.665"),
        (-0.2, 4, "−0.2", "{-}0.2", "minus 0.2"),
        (0.0, 4, "0", "0", "0"),
        (-0.0, 4, "0", "0", "0"),
        (12345.678, 4, "12350", "12350", "12350"),
        (999.99, 4, "1000", "1000", "1000"),
        (9.9999e-5, 3, "0.0001", "0.0001", "0.0001"),
        (1.25e-5, 4, "1.25·10⁻⁵", r"1.25 \cdot 10^{-5}", "1.25 times ten to the minus 5"),
        (-3e7, 4, "−3·10⁷", r"{-}3 \cdot 10^{7}", "minus 3 times ten to the 7"),
        (0.999974, 4, "1.000", "1.000", "1.000"),
        (-0.999974, 3, "−1.00", "{-}1.00", "minus 1.00"),
        (1.0, 4, "1", "1", "1"),
        (3.0 * (1.0 - 2.0 / 3.0), 4, "1", "1", "1"),
        (0.5000001, 4, "0.5", "0.5", "0.5"),
        (math.inf, 4, "∞", r"\infty", "infinity"),
        (-math.inf, 4, "−∞", r"{-}\infty", "minus infinity"),
        (math.nan, 4, "not a number", r"\text{not a number}", "not a number"),
    ],
)
def test_numbers_are_rounded_to_significant_digits(
    value: float, digits: int, text: str, latex: str, spoken: str
) -> None:
    assert written(value, digits) == (latex, text, spoken)

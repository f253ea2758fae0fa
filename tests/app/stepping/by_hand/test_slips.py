"""The usual slips: the number one comes to, and what is said to it. The numbers are worked out here, by hand."""

import pytest

from app.stepping.by_hand.slips import slips, surplus
from app.stepping.formula.tree import Fraction, Group, Node, Number, Power, Product, Symbol, Total
from app.stepping.records import Link

W = Symbol("w_{11}", "w₁₁", "w", 0.3, Link(parameter=0))
B = Symbol("b_1", "b₁", "b", 0.7, Link(parameter=2))
X = Symbol("x_1", "x₁", "x", 2.0, Link(unit=0))
SLOPE = Symbol("f'(z)", "f′(z)", "f", 0.25)
DELTA = Symbol(r"\delta", "δ", "delta", 0.5)
RATE = Symbol(r"\eta", "η", "eta", 0.1)
SUM = Total(((1, Product((W, X))), (1, B)))
STEP = Total(((1, W), (-1, Product((RATE, DELTA)))))
MEAN_OF_TWO = Product((Fraction(Number("1"), Number("2")), Group(Total(((1, W), (1, B))))))


@pytest.mark.parametrize(
    ("node", "value", "sentence"),
    [
        (Product((DELTA, X)), 0.5, "The input x₁ is missing."),
        (Product((DELTA, X)), 2.0, "δ is missing."),
        (Product((DELTA, SLOPE, X)), 1.0, "The slope f′(z) is missing."),
        (Product((DELTA, SLOPE, X)), 0.5, "The slope f′(z) and the input x₁ are missing."),
        (SUM, 0.6, "The bias b₁ is forgotten."),
        (SUM, 0.7, "w₁₁ · x₁ is missing from the sum."),
        (SUM, 1.0, "The input x₁ is missing."),
        (SUM, 0.1, "The sign is flipped: w₁₁ · x₁ is to be added, not taken away."),
        (STEP, -0.2, "The learning rate η is missing."),
        (STEP, 0.35, "The sign is flipped: η · δ is to be taken away, not added."),
        (MEAN_OF_TWO, 1.0, "The factor ½ is missing."),
        (Fraction(W, X), 0.3, "The division by x₁ is missing."),
        (Power(X, Number("2")), 2.0, "The square of x₁ is missing."),
        (Total(((-1, W),)), 0.3, "The minus before w₁₁ is missing."),
    ],
)  # fmt: skip
def test_a_slip_has_its_number_and_its_sentence(node: Node, value: float, sentence: str) -> None:
    found = {slip.sentence: slip.value for slip in slips(node)}
    assert found[sentence] == pytest.approx(value)


def test_a_factor_once_too_often_is_named() -> None:
    found = {slip.sentence: slip.value for slip in surplus(Product((DELTA, X)))}
    assert found["There is a factor too many: the input x₁."] == pytest.approx(2.0)

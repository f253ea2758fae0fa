"""Formulas that split points: what is understood, what is refused, and nothing is ever run."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.expressions import ExpressionError
from app.painting.flood import parse

POINTS = np.random.default_rng(5).uniform(-6.0, 6.0, (500, 2))
X, Y = POINTS.T


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("y > sin(x)", np.sin(X) < Y),
        ("y>sin x", np.sin(X) < Y),
        ("sin(x)", np.sin(X) < Y),
        ("y < 2x + 1", 2 * X + 1 > Y),
        ("x2 >= 0,5 x1^2 − 1", 0.5 * X**2 - 1 <= Y),
        ("x₂ ≤ −x₁", Y <= -X),
        ("x > y", X > Y),
        ("X1 < -1", X < -1),
        ("x² + y² < 9", X**2 + Y**2 < 9),
        ("xy > 0", X * Y > 0),
        ("2xy > x2x1", 2 * X * Y > X * Y),
        ("y > sin 2x", np.sin(2 * X) < Y),
        ("sin(x)cos(y) > 0", np.sin(X) * np.cos(Y) > 0),
        ("sin x cos y > 0", np.sin(X) * np.cos(Y) > 0),
        ("y > √2 x", math.sqrt(2) * X < Y),
        ("y > 3 e^(−x²)", 3 * np.exp(-(X**2)) < Y),
        ("y > x(x+1)(x-1)/4", X * (X + 1) * (X - 1) / 4 < Y),
        ("abs(x) + abs(y) < π", np.abs(X) + np.abs(Y) < np.pi),
        ("y > tanh(x)^2", np.tanh(X) ** 2 < Y),
        ("y > 1,5", Y > 1.5),
        ("1 < 2", np.ones(500, bool)),
        ("y > exp(1000x) − 1", (X < 0) & (np.exp(np.minimum(1000 * X, 0.0)) - 1 < Y)),
    ],
)
def test_a_formula_holds_where_it_should(typed: str, wanted: np.ndarray) -> None:
    split = parse(typed).split(POINTS)
    np.testing.assert_array_equal(split.above, wanted)
    np.testing.assert_array_equal(split.below, ~wanted)
    assert not split.undefined.any()
    np.testing.assert_array_equal(parse(typed).above(POINTS), wanted)


@pytest.mark.parametrize(
    ("typed", "undefined"),
    [
        ("y > 1/x", [True, False, False]),
        ("y > 0/x", [True, False, False]),
        ("y > x^(-1)", [True, False, False]),
        ("y > sqrt(x)", [False, False, True]),
        ("y > ln x", [True, False, True]),
        ("y > x^0.5", [False, False, True]),
        ("y > 1/0", [True, True, True]),
        ("y > exp(9^9^3) − exp(9^9^3)", [True, True, True]),
    ],
)
def test_where_a_formula_has_no_value_points_are_on_neither_side(typed: str, undefined: list[bool]) -> None:
    split = parse(typed).split(np.array([(0.0, 1.0), (1.0, 2.0), (-1.0, 3.0)]))
    assert split.undefined.tolist() == undefined
    assert not (split.above & split.below).any()
    np.testing.assert_array_equal(split.above | split.below, ~split.undefined)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "Type a formula such as"),
        ("y >", "Something is missing after “>”."),
        ("> x", "“>” is not expected here"),
        ("y > sin(x", "A bracket is not closed."),
        ("y > x)", "A bracket is closed that was never opened."),
        ("y > 2 3", "A sign is missing between “2” and “3”."),
        ("y > z", "“z” is not known here; there are x, y, x1, x2, e, pi, exp"),
        ("y > x3", "“x3” is not known here"),
        ("y > foo(x)", "“foo” is not known here"),
        ("y = x", "Points lie on neither side of “=”"),
        ("x + y", "There is nothing that this is compared with"),
        ("0 < x < 1", "“<” is not expected here"),
        ("y > 1.2.3", "more than one decimal point"),
        ("y > x.real", "“.” is not expected here"),
        ("y > __import__('os').system('true')", "“_” is not expected here"),
        ("y > eval(x)", "“eval” is not known here"),
        ("y > exec('1')", "“exec” is not known here"),
        ("y > open(x)", "“open” is not known here"),
        ("y > (lambda: 0)()", "“lambda” is not known here"),
        ("y > sin.__class__", "“.” is not expected here"),
        ("y > x[0]; y", "“;” is not expected here"),
        ("y > " + "(" * 100, "inside each other"),
        ("y > " + "x+" * 150, "longer than"),
        ("y\n> {x}", "“{” is not expected here"),
    ],
)
def test_what_is_no_formula_gets_one_clear_sentence(typed: str, reason: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(typed)
    assert reason in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


@given(st.text(max_size=60) | st.text("0123456789.,+-*/^()<>= xy12sincolgexpt²₁", max_size=60))
def test_anything_typed_is_a_split_or_a_sentence(typed: str) -> None:
    said = "."
    sides = np.zeros((3, len(POINTS)), bool)
    sides[0] = True
    try:
        sides = np.array(parse(typed).split(POINTS))
    except ExpressionError as error:
        said = str(error)
    assert said.endswith(".")
    np.testing.assert_array_equal(sides.sum(axis=0), 1)


def test_a_hundred_thousand_points_are_split_at_once() -> None:
    points = np.random.default_rng(6).uniform(-6.0, 6.0, (100_000, 2))
    above = parse("y > 2 sin(3x) e^(−x²/9) + ½").above(points)
    x, y = points.T
    np.testing.assert_array_equal(above, y > 2 * np.sin(3 * x) * np.exp(-(x**2) / 9) + 0.5)

"""Curves that are typed, and points along them: plain arrays, no window."""

import numpy as np
import pytest

from app.expressions import ExpressionError
from app.painting.curve_formula import parse_curve, points_along

X = np.linspace(-6.0, 6.0, 25)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("sin(x)", np.sin(X)),
        ("y = sin x", np.sin(X)),
        ("0,5x + 1 = y", 0.5 * X + 1.0),
        ("Y = x1²", X**2),
        ("e^(−x²)", np.exp(-(X**2))),
        ("3", np.full(25, 3.0)),
    ],
)
def test_a_formula_gives_y_over_x(text: str, wanted: np.ndarray) -> None:
    np.testing.assert_allclose(parse_curve(text).values(X), wanted, rtol=1e-12)


def test_where_there_is_no_value_there_is_none() -> None:
    assert np.isnan(parse_curve("1/x").values(np.array([0.0, 1e-320]))).all()
    assert np.isnan(parse_curve("ln x").values(np.array([-1.0, 0.0]))).all()
    assert np.isnan(parse_curve("9^9^9^9").values(np.array([1.0]))).all()


@pytest.mark.parametrize(
    "text",
    ["", "y", "y > x", "y = y", "y = x + y", "x = 2", "x^2 + y^2 = 1", "z", "open('f')", "sin(x", "x +", "x" * 300],
)
def test_anything_else_is_explained_in_one_sentence(text: str) -> None:
    with pytest.raises(ExpressionError, match=r"^[^.].*\.$"):
        parse_curve(text)


def test_points_lie_evenly_over_x_and_stray_as_far_as_they_shall() -> None:
    exact = points_along(parse_curve("x/12"), 4, 0.0, np.random.default_rng(0))
    # In plane units, y is four times as high.
    np.testing.assert_allclose(exact, [(-4.5, -1.5), (-1.5, -0.5), (1.5, 0.5), (4.5, 1.5)])
    strayed = points_along(parse_curve("0"), 5_000, 0.1, np.random.default_rng(0))
    assert len(strayed) == 5_000
    assert np.std(strayed[:, 1]) == pytest.approx(4 * 0.1, rel=0.05)


def test_what_leaves_the_picture_or_has_no_value_is_left_out() -> None:
    points = points_along(parse_curve("1/x"), 1_000, 0.05, np.random.default_rng(0))
    assert np.all(np.abs(points) <= 6.0)
    # |1/x| ≤ 1.5 but for |x| < 2/3: a ninth of all.
    assert len(points) == pytest.approx(1_000 * 8 / 9, abs=5)
    assert points_along(parse_curve("x + 99"), 10, 0.0, np.random.default_rng(0)).shape == (0, 2)

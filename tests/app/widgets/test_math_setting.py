"""Formulas with numbers, set from known pieces: as large as the typesetter makes them, and without asking it."""

import pytest

from app.widgets import math_path as module
from app.widgets.math_path import EM, math_path
from app.widgets.math_setting import CannotSetError, Setter

pytestmark = pytest.mark.usefixtures("qapp")

WITH_NUMBERS = [
    r"\frac{1}{1 + {e}^{{-} ({-}1.615)}}",
    r"\frac{{-}0.0003864 / ( 1 - {0.9}^{2} )}{\sqrt{1.725 \cdot 10^{-7} / ( 1 - {0.999}^{2} )} + 1 \cdot 10^{-8}}",
    r"{({-}0.002863)}^{2}",
    r"\frac{1.848}{2}",
    r"\frac{{e}^{1.167}}{{e}^{1.167} + {e}^{{-}2.186} + {e}^{1.259}}",
    r"\frac{{-}0.1646}{\sqrt{0.003133 + 1 \cdot 10^{-8}}}",
    r"\frac{\partial L}{\partial w_{12}}",
    r"\max(0, {-}1.5)",
    r"\log( 1 - 0.5 )",
    r"{w_{12}^{2}}",
]


@pytest.mark.parametrize("latex", WITH_NUMBERS)
def test_they_are_as_large_as_the_typesetter_makes_them(latex) -> None:
    own, typeset = math_path(latex), module._typeset(latex)
    assert own.width == pytest.approx(typeset.width, rel=0.12)
    assert own.ascent == pytest.approx(typeset.ascent, abs=0.2 * EM)
    assert own.descent == pytest.approx(typeset.descent, abs=0.2 * EM)


@pytest.mark.parametrize("latex", WITH_NUMBERS)
def test_other_numbers_need_no_typesetter(latex, monkeypatch) -> None:
    math_path(latex)

    def fail(asked: str) -> None:
        raise AssertionError(asked)

    monkeypatch.setattr(module, "_typeset", fail)
    other = latex.replace("1", "7").replace("8", "3").replace("6", "5")
    assert math_path(other).width > 0.0


def test_what_is_not_known_here_is_left_to_the_typesetter() -> None:
    for latex in (r"\sum_{i=1}^{3} x", r"\begin{matrix}1\end{matrix}", r"\frac{1}{2", "}1{", r"\text{a {b} 1}"):
        with pytest.raises(CannotSetError):
            Setter(EM, module._letter, module._plain).set(latex)
    assert math_path(r"\sum_{i=1}^{3} x").width > EM


def test_parentheses_grow_around_a_fraction() -> None:
    flat, tall = math_path("(1 + 2)"), math_path(r"(\frac{1}{2})")
    assert tall.ascent > 1.4 * flat.ascent
    assert math_path(r"(\frac{1}{2})").ascent == pytest.approx(math_path(r"\frac{1}{2}").ascent, abs=3.0)


def test_a_sign_stands_close_and_an_operation_apart() -> None:
    sign, operation = math_path(r"({-} 5.5)"), math_path(r"(1 - 5.5)")
    assert operation.width - math_path("1").width > sign.width + 0.3 * EM

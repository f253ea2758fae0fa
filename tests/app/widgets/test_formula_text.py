"""Formulas as rich text."""

import re

import pytest

from app.widgets.formula_text import formula_text
from engine.activations import ACTIVATIONS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.regularizers import REGULARIZERS


@pytest.mark.parametrize(
    ("latex", "html"),
    [
        (r"\theta \leftarrow \theta - \eta v", "θ ← θ − η <i>v</i>"),
        (r"\beta_1^t", "β<sub>1</sub><sup><i>t</i></sup>"),
        (r"\frac{a}{b}", "<i>a</i> / <i>b</i>"),
        (r"\frac{a}{b + 1}", "<i>a</i> / (<i>b</i> + 1)"),
        (r"(1 - \beta_1) g", "(1 − β<sub>1</sub>) <i>g</i>"),
        (r"\sqrt{v}", "√<i>v</i>"),
        (r"\sqrt{v + \varepsilon}", "√(<i>v</i> + ε)"),
        (r"\frac{1}{x^{a+b}}", "1 / <i>x</i><sup><i>a</i>+<i>b</i></sup>"),
        (r"0 \text{ if } z < 0", "0 if <i>z</i> &lt; 0"),
        (r"\max(0, z)", "max(0, <i>z</i>)"),
    ],
)
def test_latex_becomes_text(latex, html):
    assert formula_text(latex) == html


FORMULAS = [
    *(line for optimizer in OPTIMIZERS for line in optimizer.formula),
    *(entry.formula for family in (ACTIVATIONS, LOSSES, REGULARIZERS) for entry in family),
]


@pytest.mark.parametrize("latex", FORMULAS)
def test_every_formula_loses_its_backslashes_and_no_bracket(latex):
    text = re.sub(r"<[^>]*>", "", formula_text(latex))
    assert "\\" not in text
    assert text.count("(") == text.count(")")
    assert "{" not in text


@pytest.mark.parametrize("latex", ["", "{", "}", "^", r"\frac{a", "a_", r"\sqrt", "{{a}"])
def test_broken_formulas_do_no_harm(latex):
    assert isinstance(formula_text(latex), str)

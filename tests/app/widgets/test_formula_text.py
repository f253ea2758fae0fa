"""Formulas as rich text."""

import re

import pytest

from app.widgets.formula_text import ACCENTS, FUNCTIONS, SYMBOLS, formula_text
from engine.activations import ACTIVATIONS
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.regularizers import REGULARIZERS
from engine.schedules import SCHEDULES


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
        (r"y \log \hat{y}_j", "<i>y</i> log <i>ŷ</i><sub><i>j</i></sub>"),
        (r"\frac{1}{2}\,(y - \hat{y})^2", "½ (<i>y</i> − <i>ŷ</i>)<sup>2</sup>"),
        (r"\gamma^{\lfloor t / T \rfloor}", "γ<sup>⌊<i>t</i> / <i>T</i>⌋</sup>"),
    ],
)
def test_latex_becomes_text(latex, html):
    assert formula_text(latex) == html


FAMILIES = (ACTIVATIONS, LOSSES, OPTIMIZERS, SCHEDULES, INITIALIZERS, REGULARIZERS)
FORMULAS = [
    line
    for family in FAMILIES
    for entry in family
    for formula in (entry.formula, getattr(entry, "slope_formula", ()))
    for line in ((formula,) if isinstance(formula, str) else formula)
]


@pytest.mark.parametrize("latex", FORMULAS)
def test_every_command_of_every_formula_is_known(latex):
    known = {*SYMBOLS, *FUNCTIONS, *ACCENTS, "frac", "tfrac", "sqrt", "text", "operatorname"}
    assert {command for command in re.findall(r"\\([A-Za-z]+|.)", latex) if command not in known} == set()


@pytest.mark.parametrize("latex", FORMULAS)
def test_every_formula_loses_its_backslashes_and_no_bracket(latex):
    text = re.sub(r"<[^>]*>", "", formula_text(latex))
    assert "\\" not in text
    assert text.count("(") == text.count(")")
    assert "{" not in text


@pytest.mark.parametrize("latex", ["", "{", "}", "^", r"\frac{a", "a_", r"\sqrt", "{{a}"])
def test_broken_formulas_do_no_harm(latex):
    assert isinstance(formula_text(latex), str)

import numpy as np
import pytest
from msgspec.structs import replace

from app.stepping.formula.reading import FormulaError, read, read_symbol
from app.stepping.formula.tree import Symbol, bound, taken, worth
from app.stepping.formula.writing import Writer, three_lines
from engine.activations import ACTIVATIONS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS

Z = np.array([-4.0, -1.3, -0.2, 0.3, 2.5])


def filled(latex: str, **values: float):
    formula = read(latex)
    known = {name: replace(read_symbol(name), value=value) for name, value in values.items()}
    for name, definition in formula.where:
        known[name] = Symbol(name, name, name, worth(bound(definition, known)))
    return [bound(form, known) for form in formula.forms]


@pytest.mark.parametrize("entry", [entry for entry in ACTIVATIONS if not entry.joint], ids=lambda entry: entry.name)
def test_the_formulas_of_activations_say_what_the_engine_does(entry) -> None:
    """SELU's constants are written with five digits."""
    alpha = entry.alpha({})
    a = entry.apply(Z, alpha)
    slopes = np.broadcast_to(entry.slope_at(Z, a, alpha), Z.shape)
    for number, z in enumerate(Z):
        values = {"z": float(z), "a": float(a[number]), r"\alpha": alpha}
        for form in filled(entry.formula, **values):
            assert worth(form) == pytest.approx(a[number], rel=1e-4, abs=1e-12)
        for form in filled(entry.slope_formula, **values):
            assert worth(form) == pytest.approx(slopes[number], rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("entry", [entry for entry in LOSSES if not entry.joint], ids=lambda entry: entry.name)
@pytest.mark.parametrize(("y", "p"), [(1.0, 0.3), (-1.0, 0.7), (1.0, 2.5), (0.0, 0.4)])
def test_the_formulas_of_losses_say_what_the_engine_does(entry, y: float, p: float) -> None:
    if entry.name == "binary-cross-entropy" and not 0.0 <= y <= 1.0 > p:
        return
    values = {"y": y, r"\hat{y}": p, r"\delta": 1.0}
    extra = (1.0,) if entry.settings else ()
    value, slope = entry.value(np.array([y]), np.array([p]), *extra), entry.slope(np.array([y]), np.array([p]), *extra)
    assert worth(filled(entry.formula, **values)[0]) == pytest.approx(value[0], rel=1e-12)
    assert worth(filled(entry.slope_formula, **values)[0]) == pytest.approx(slope[0], rel=1e-12)


def test_every_line_of_every_optimizer_is_understood() -> None:
    for entry in OPTIMIZERS:
        for latex in entry.formula:
            assert len(read(latex).forms) == 1


def written(latex: str, **values: float) -> list[str]:
    forms = filled(latex, **values)
    symbols, numbers = Writer(4, with_numbers=False), Writer(4, with_numbers=True)
    lines = three_lines(Symbol("r", "r", "r"), forms, worth(forms[0]), 4)
    assert lines[0].tokens[2:3] == symbols.tokens(forms[0])[:1]
    assert lines[1].tokens[2:] == numbers.tokens(forms[0])
    return [line.text for line in lines]


@pytest.mark.parametrize(
    ("latex", "values", "lines"),
    [
        (r"r = 2\,(\hat{y} - y)", {"y": 1.0, r"\hat{y}": -0.5}, ["2 · (ŷ − y)", "2 · (−0.5 − 1)", "−3"]),
        (r"r = \frac{1}{1 + e^{-z}}", {"z": -0.5}, ["1/(1 + e^(−z))", "1/(1 + e^(−(−0.5)))", "0.3775"]),
        (r"r = |y - z|^2", {"y": 1.0, "z": 3.0}, ["|y − z|²", "|1 − 3|²", "4"]),
        (r"r = \max(0, 1 - y z)", {"y": 1.0, "z": 3.0}, ["max(0, 1 − y · z)", "max(0, 1 − 1 · 3)", "0"]),
        (r"r = 1 \text{ if } z > 0, \text{ else } z", {"z": -2.0}, ["1 if z > 0, else z", "−2, since −2 ≤ 0", "−2"]),
        (r"r = \frac{g}{\sqrt{G + z}}", {"g": 1.0, "G": 3.0, "z": 1.0}, ["g/√(G + z)", "1/√(3 + 1)", "0.5"]),
        (r"r = y \log z", {"y": 2.0, "z": 1.0}, ["y · log z", "2 · log(1)", "0"]),
        (r"r = z^t", {"z": 0.5, "t": 3.0}, ["zᵗ", "0.5³", "0.125"]),
        (r"r = z^{t + 1}", {"z": 0.5, "t": 1.0}, ["z^(t + 1)", "0.5^(1 + 1)", "0.25"]),
        (r"r = z^2", {"z": 1e-5}, ["z²", "(1·10⁻⁵)²", "1·10⁻¹⁰"]),
    ],
)  # fmt: skip
def test_formulas_are_written_in_symbols_with_numbers_and_as_a_result(
    latex: str, values: dict[str, float], lines: list[str]
) -> None:
    assert written(latex, **values) == [f"r = {line}" for line in lines]


@pytest.mark.parametrize(
    "latex", ["r", r"r = \int z", "r = (z", r"r = z \text{ if } y, \text{ else } 0", "r = z |", "r ="]
)
def test_what_is_not_understood_is_said(latex: str) -> None:
    with pytest.raises(FormulaError):
        read(latex)


def test_a_case_that_nothing_fits_is_not_a_number() -> None:
    (form,) = filled(r"r = 1 \text{ if } z > 0, \ 2 \text{ if } z < 0, \ 3 \text{ if equal}", z=0.0)
    assert worth(form) == 3.0
    assert taken(form)[1] is None
    assert np.isnan(worth(read("r = z").forms[0]))


def test_a_product_with_a_number_that_is_not_finite() -> None:
    (form,) = filled(r"r = \frac{1}{z} - \log z", z=0.0)
    assert worth(form) == np.inf

"""What a student may type: numbers, fractions, expressions; and when a number is right."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.expressions import MOST_LETTERS, ExpressionError
from app.stepping.formula.numbers import text as number_text
from app.stepping.numeric_entry import agrees, parse_entry, significant_digits


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0.552", 0.552),
        ("0,552", 0.552),
        (",5", 0.5),
        ("5.", 5.0),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("3/8", 0.375),
        ("−3/8", -0.375),
        ("½", 0.5),
        ("8.07·10⁻³", 0.00807),
        ("8,07e-3", 0.00807),
        ("1/(1 + e^(−0.21))", 1 / (1 + math.exp(-0.21))),
        ("1/(1+e^-0,21)", 1 / (1 + math.exp(-0.21))),
        ("1/(1+exp(-0.21))", 1 / (1 + math.exp(-0.21))),
        ("tanh 0.5", math.tanh(0.5)),
        ("2e", 2 * math.e),
        ("1 − tanh(0.5)²", 1 - math.tanh(0.5) ** 2),
        ("tanh(0,5)(1/2)", 0.5 * math.tanh(0.5)),
        ("sin pi/2", 0.0),
        ("abs(−3) + tan 0", 3.0),
        ("2e3", 2000.0),
        ("√2/2", math.sqrt(2) / 2),
        ("sqrt(2)", math.sqrt(2)),
        ("ln(2) + log 2", 2 * math.log(2)),
        ("sin(pi/6) − cos(π/3)", 0.0),
        ("-2^2", -4.0),
        ("2^3^2", 512.0),
        ("2**3", 8.0),
        ("2^-1", 0.5),
        ("½·(0.5 − 0.6651)²", 0.5 * (0.5 - 0.6651) ** 2),
        ("2(3+4)(1/7)", 2.0),
        ("6/2·3", 9.0),
        ("1 − 2 − 3", -4.0),
        ("--3", 3.0),
        ("= 0.5", 0.5),
        ("[1+2]×3:9", 1.0),
    ],
)
def test_it_reads_what_one_would_type_into_a_calculator(typed: str, value: float) -> None:
    assert parse_entry(typed) == pytest.approx(value, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "Type a number"),
        ("  ", "Type a number"),
        ("abc", "“abc” is not known here"),
        ("x", "“x” is not known here"),
        ("nan", "“nan” is not known here"),
        ("inf", "“inf” is not known here"),
        ("__import__('os').system('true')", "“_” is not expected here"),
        ("(lambda: 0)()", "“lambda” is not known here"),
        ("(1", "A bracket is not closed."),
        ("1)", "A bracket is closed that was never opened."),
        ("()", "“)” is not expected here"),
        ("1/0", "divides by zero"),
        ("0^-1", "divides by zero"),
        ("0.5 +", "Something is missing after “+”."),
        ("sqrt", "Something is missing after “sqrt”."),
        ("2 3", "A sign is missing between “2” and “3”."),
        ("1..2", "more than one decimal point"),
        ("1.2.3", "more than one decimal point"),
        ("ln(-1)", "A logarithm takes positive numbers only."),
        ("ln 0", "A logarithm takes positive numbers only."),
        ("sqrt(-1)", "sqrt takes numbers from 0 on only."),
        ("(-8)^(1/3)", "no real number"),
        ("e^1000", "too large"),
        ("1e999", "too large"),
        ("sin 1e999", "too large"),
        ("9^9^9^9", "too large"),
        ("cos(1e308·10)", "too large"),
        ("1e308·10", "too large"),
        ("1 < 2", "“<” is not expected here"),
        ("sin cos", "Something is missing after “cos”."),
        ("2 + (3 *", "Something is missing after “*”."),
        ("5 %", "“%” is not expected here"),
        ("(" * 150, "inside each other"),
        ("-" * 150 + "1", "inside each other"),
        ("1" * (MOST_LETTERS + 1), "longer than"),
    ],
)
def test_junk_gets_one_clear_sentence(typed: str, reason: str) -> None:
    with pytest.raises(ExpressionError, match=r".*") as caught:
        parse_entry(typed)
    assert reason in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


@given(st.text(max_size=60) | st.text("0123456789.,+-*/^()e sqrtlnxp²⁻", max_size=60))
def test_anything_typed_is_a_finite_number_or_a_sentence(typed: str) -> None:
    said = ""
    try:
        value = parse_entry(typed)
    except ExpressionError as error:
        said, value = str(error), 0.0
    assert math.isfinite(value)
    assert not said or said.endswith(".")


@given(st.floats(-1e6, 1e6).filter(lambda value: value == 0.0 or abs(value) > 1e-12), st.integers(3, 6))
def test_a_number_as_the_program_writes_it_can_be_typed_and_is_right(value: float, digits: int) -> None:
    written = number_text(value, digits)
    assert agrees(parse_entry(written), value)
    assert agrees(parse_entry(written.replace(".", ",")), value)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("0.552", 3), ("0,55", 2), ("−0.0030", 2), ("120", 3), ("8.07·10⁻³", 3), ("8e-3", 1), ("3/8", 0), ("e", 0)],
)
def test_significant_digits_are_those_of_plain_numbers(typed: str, digits: int) -> None:
    assert significant_digits(typed) == digits


@pytest.mark.parametrize(
    ("answer", "exact", "right"),
    [
        (0.552, 0.552308, True),
        (0.5523, 0.552308, True),
        (0.553, 0.552308, True),
        (0.551, 0.552308, False),
        (0.55, 0.552308, False),
        (0.554, 0.552308, False),
        (-0.552, 0.552308, False),
        (1.0, 0.999974, True),
        (12345.0, 12345.6, True),
        (12300.0, 12345.6, True),
        (12200.0, 12345.6, False),
        (1.0e-5, 1.004e-5, True),
        (0.0, 1.004e-5, False),
        (0.0, 0.0, True),
        (0.0004, 0.0, True),
        (0.001, 0.0, False),
        (0.0, 3e-17, True),
        (0.0, float("nan"), False),
        (1.0, float("inf"), False),
        (float("inf"), 1.0, False),
    ],
)
def test_three_significant_digits_are_asked_for(answer: float, exact: float, right: bool) -> None:
    assert agrees(answer, exact) is right

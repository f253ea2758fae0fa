"""Numbers as typed and as shown, and the ladder of values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.widgets.number_text import NumberTextError, format_number, next_on_ladder, parse_number, rate_ladder


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.03", 0.03),
        ("0,03", 0.03),
        ("3e-2", 0.03),
        ("3,5E-2", 0.035),
        (" 12 ", 12.0),
        ("−1.5", -1.5),
        ("+2", 2.0),
        (",5", 0.5),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1 000", 1000.0),
        ("1e3", 1000.0),
    ],
)
def test_decimals_may_stand_behind_point_or_comma(text, value):
    assert parse_number(text) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize("text", ["1,000", "1.000", "1 000", "1'000", "1000", "1000.0", "1e3"])
def test_whole_numbers_may_have_groups(text):
    assert parse_number(text, integer=True) == 1000.0


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_is_no_number_either(text):
    with pytest.raises(NumberTextError, match=r"^must be a number, such as 0\.03$"):
        parse_number(text)


@pytest.mark.parametrize("text", ["abc", "1e", "--1", "1_000", "nan", "inf", "1e999", "0,0,3,", "1..2"])
def test_what_is_no_number_is_said_so(text):
    with pytest.raises(NumberTextError, match=r"must be a number, such as 0\.03, not “"):
        parse_number(text)


def test_a_broken_number_is_not_whole():
    with pytest.raises(NumberTextError, match=r"must be a whole number, such as 10, not 2\.5"):
        parse_number("2.5", integer=True)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.03, "0.03"),
        (250.0, "250"),
        (1e6, "1000000"),
        (0.0, "0"),
        (-0.0, "0"),
        (0.00003, "0.00003"),
        (1e-8, "1e-8"),
        (0.1 + 0.2, "0.3"),
        (2.5e-7, "2.5e-7"),
        (1e12, "1e12"),
        (-0.5, "-0.5"),
    ],
)
def test_numbers_are_shown_without_clutter(value, text):
    assert format_number(value) == text


@given(st.floats(-1e15, 1e15))
def test_what_is_shown_can_be_read_back(value):
    # Six digits are shown, and numbers below 1e-12 of nothing in particular.
    assert parse_number(format_number(value)) == pytest.approx(value, rel=1e-5, abs=1e-300)


def test_a_rate_ladder_goes_in_ones_and_threes():
    assert rate_ladder(-2, 1) == (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
    assert rate_ladder(-1, 0, zero=True) == (0.0, 0.1, 0.3, 1.0)


@pytest.mark.parametrize(
    ("value", "rungs", "result"),
    [
        (0.03, 1, 0.1),
        (0.03, -1, 0.01),
        (0.05, 1, 0.1),
        (0.05, -1, 0.03),
        (0.03, 2, 0.3),
        (10.0, 1, 10.0),
        (50.0, 1, 50.0),
        (50.0, -1, 10.0),
        (0.001, -1, 0.001),
        (0.001, 1, 0.01),
        (0.1 * 3.0, 1, 1.0),
    ],
)
def test_steps_go_along_the_ladder(value, rungs, result):
    assert next_on_ladder(rate_ladder(-2, 1), value, rungs) == result

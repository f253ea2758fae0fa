import math

import pytest

from app.views.parameter_text import (
    Place,
    connection,
    index_of,
    number_text,
    place_of,
    short_number,
    symbol,
    title,
    unit_place,
)
from tests.app.views.networks import shape


@pytest.mark.parametrize("bias", [True, False])
def test_every_place_is_found_again(bias: bool) -> None:
    layout = shape(4, 2, features=("x1", "x2", "x1^2"), bias=bias)
    places = [place_of(layout, index) for index in range(layout.parameter_count)]
    assert [index_of(layout, place) for place in places] == list(range(layout.parameter_count))
    assert len(set(places)) == layout.parameter_count


def test_a_weight_is_named_by_target_then_source() -> None:
    layout = shape(4, 2)
    # Layer 1: rows of two weights; the third weight leads from x₁ to unit 2.
    place = place_of(layout, 2)
    assert place == Place(0, 1, 0)
    assert title(place) == "Weight w₂₁"
    assert connection(layout, place) == "from x₁ to unit 2 of layer 1"


def test_a_bias_comes_after_the_weights_of_its_layer() -> None:
    layout = shape(4, 2)
    place = place_of(layout, 4 * 2 + 3)
    assert title(place) == "Bias b₄"
    assert connection(layout, place) == "of unit 4 of layer 1"
    assert connection(layout, place_of(layout, layout.parameter_count - 1)) == "of the output"


def test_indices_of_two_digits_do_not_run_together() -> None:
    assert symbol(Place(0, 11, 2)) == "w₁₂,₃"


def test_a_layer_without_bias_has_none() -> None:
    assert index_of(shape(4, bias=False), Place(0, 1, -1)) == -1


@pytest.mark.parametrize(
    ("unit", "layer", "number"), [(0, -1, 0), (1, -1, 1), (2, 0, 0), (5, 0, 3), (6, 1, 0), (8, 2, 0)]
)
def test_units_are_numbered_through(unit: int, layer: int, number: int) -> None:
    assert unit_place(shape(4, 2), unit) == (layer, number)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.8349, "0.835"),
        (-1.2, "−1.200"),
        (123.456, "123.5"),
        (0.00012, "1.2·10⁻⁴"),
        (-3e20, "−3.0·10²⁰"),
        (math.inf, "∞"),
        (math.nan, "not a number"),
    ],
)
def test_numbers_are_readable(value: float, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(("value", "text"), [(0.8, "0.8"), (-15.0, "−15"), (2e-6, "2·10⁻⁶")])
def test_scales_have_no_superfluous_zeros(value: float, text: str) -> None:
    assert short_number(value) == text

"""A field becomes a picture whose colors mean what the scale says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.theme import LIGHT
from app.views.decision.field_image import banded, field_image, unit_caption, unit_range
from engine.experiment import Layer, Network
from engine.parameters import layout

SHAPE = layout(Network(features=("x1", "sin(x2)"), hidden=(Layer(2, "relu"), Layer(3, "sigmoid"))))


def rgb(color: tuple[int, int, int]) -> int:
    return 0xFF000000 | color[0] << 16 | color[1] << 8 | color[2]


def test_the_ends_of_the_scale_have_the_colors_of_the_theme() -> None:
    image = field_image(np.array([[0.0, 1.0, np.nan]], dtype=np.float32), LIGHT, 0.0, 1.0)
    assert (image.width(), image.height()) == (3, 1)
    assert [image.pixel(0, 0), image.pixel(1, 0)] == [rgb(LIGHT.negative), rgb(LIGHT.positive)]
    red, green, blue = (image.pixelColor(2, 0).getRgb())[:3]
    assert (red, green, blue) == pytest.approx(LIGHT.zero, abs=3)


@given(
    st.lists(st.floats(width=32), min_size=1, max_size=40),
    st.sampled_from([2, 10]),
    st.floats(-5.0, 0.0),
    st.floats(0.5, 5.0),
)
def test_bands_stay_between_the_ends(values: list[float], bands: int, low: float, high: float) -> None:
    field = np.array(values, dtype=np.float32)
    result = banded(field, low, high, bands)
    known = result[~np.isnan(field)]
    np.testing.assert_array_equal(np.isnan(result), np.isnan(field))
    assert np.all((known >= low - 1e-4) & (known <= high + 1e-4))
    assert len(np.unique(known)) <= bands


def test_two_bands_meet_in_the_middle() -> None:
    field = np.array([0.0, 0.49, 0.51, 1.0], dtype=np.float32)
    np.testing.assert_array_equal(banded(field, 0.0, 1.0, 2), [0.0, 0.0, 1.0, 1.0])


def test_a_bounded_unit_is_drawn_over_its_range_and_an_unbounded_one_evenly_around_zero() -> None:
    field = np.array([[0.0, 2.5, np.nan, np.inf]], dtype=np.float32)
    assert unit_range(SHAPE, 0, field) == (-2.5, 2.5)
    assert unit_range(SHAPE, 2, field) == (-2.5, 2.5)
    assert unit_range(SHAPE, 4, field) == (0.0, 1.0)
    assert unit_range(SHAPE, 2, np.zeros((1, 4), dtype=np.float32)) == (-1.0, 1.0)
    assert unit_range(SHAPE, 2, np.full((1, 4), np.nan, dtype=np.float32)) == (-1.0, 1.0)


def test_captions_name_the_unit() -> None:
    assert unit_caption(SHAPE, 1) == "sin x₂ · a wave from bottom to top"
    assert unit_caption(SHAPE, 3) == "Unit 2 of layer 1 · ReLU"
    assert unit_caption(SHAPE, 6) == "Unit 3 of layer 2 · Sigmoid"
    assert unit_caption(SHAPE, 7) == "The output · Sigmoid"

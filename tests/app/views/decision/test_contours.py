"""Lines of equal value lie where the value is, and round steps are round."""

import numpy as np
import pytest

from app.views.decision.contours import add_lines, round_step

WHITE = 0xFFFFFFFF


def drawn(values: np.ndarray, spacing: float) -> np.ndarray:
    pixels = np.full(values.shape, WHITE, dtype=np.uint32)
    add_lines(pixels, values.astype(np.float32), spacing, (0, 0, 0), 1.0)
    return 255 - (pixels & np.uint32(255)).astype(int)


def test_lines_lie_at_multiples_of_the_spacing() -> None:
    across = np.tile(np.linspace(-1.0, 1.0, 257), (257, 1))
    ink = drawn(across, 0.5)
    assert (ink == ink[0]).all()
    assert [x for x in range(257) if ink[0, x] > 200] == [0, 64, 128, 192, 256]
    assert (drawn(across.T, 0.5) == ink.T).all()


def test_a_line_is_as_strong_on_a_slope_as_beside_it() -> None:
    x, y = np.meshgrid(np.arange(256.0), np.arange(256.0))
    for slope in (0.05, 0.1):
        for angle in (0.0, 0.4, np.pi / 4.0):
            field = slope * (np.cos(angle) * x + np.sin(angle) * y)
            ink = drawn(field, 1.0)[8:-8, 8:-8].sum() / 255.0
            # The area of the lines: there are as many a pixel as the slope, and they are 0.9 pixels wide.
            assert ink / 240**2 == pytest.approx(0.9 * slope, rel=0.1)


@pytest.mark.parametrize("value", [0.0, np.nan, np.inf, -np.inf, 3e38])
def test_where_there_is_no_slope_or_no_number_there_is_no_line(value: float) -> None:
    assert not drawn(np.full((9, 9), value), 0.5).any()
    noise = np.random.default_rng(0).choice([np.nan, np.inf, -3e38, 3e38, 0.0], (9, 9))
    assert not drawn(noise, 1e-300).any()


@pytest.mark.parametrize(
    ("span", "most", "step"),
    [(2.0, 10, 0.2), (2.0, 14, 0.2), (22.1, 14, 2.0), (0.031, 1, 0.05), (7.0, 1, 10.0), (1.0, 1, 1.0)],
)
def test_steps_are_round(span: float, most: int, step: float) -> None:
    assert round_step(span, most) == pytest.approx(step)


@pytest.mark.parametrize("span", [0.0, -1.0, np.nan, np.inf])
def test_there_is_a_step_for_any_span(span: float) -> None:
    assert round_step(span, 10) == 1.0

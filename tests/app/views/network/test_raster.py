"""The compiled kernels, checked pixel by pixel where the answer is known."""

import numpy as np
import pytest

from app.views.network import edge_raster, unit_raster

WHITE, BLACK = 0xFFFFFFFF, 0xFF000000


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    edge_raster.warm_up()


def edge(x0: float, y0: float, x1: float, y1: float, half: float, opacity: float = 1.0) -> np.ndarray:
    pixels = np.zeros((40, 60), dtype=np.uint32)
    one = np.ones(1)
    ends = (one * x0, one * y0, one * x1, one * y1, one * half)
    colors, order = np.full(1, BLACK, dtype=np.uint32), np.zeros(1, dtype=np.intp)
    edge_raster.draw_edges(pixels, WHITE, *ends, colors, one * opacity, order)
    assert (pixels >> np.uint32(24) == 255).all()
    return 1.0 - (pixels & np.uint32(255)) / 255.0


def test_warming_up_lets_views_use_the_kernels() -> None:
    assert edge_raster.is_compiled()


def test_a_level_edge_covers_exactly_its_width() -> None:
    ink = edge(5.0, 20.0, 55.0, 20.0, 2.0)
    assert np.allclose(ink[:, 30].sum(), 4.0, atol=0.02)
    assert (ink[18:22, 30] == 1.0).all()
    assert ink[:, :5].sum() == 0.0
    assert ink[:, 56:].sum() == 0.0


def test_half_covered_pixels_are_half_dark() -> None:
    ink = edge(5.0, 20.5, 55.0, 20.5, 1.0)
    assert ink[19:22, 30] == pytest.approx([0.5, 1.0, 0.5], abs=0.01)


def test_a_curve_goes_through_its_middle_and_is_as_wide_there() -> None:
    ink = edge(0.0, 5.0, 60.0, 35.0, 1.5)
    # Across a slope of 1.5 · 30/60 the width of 3 is cut at an angle.
    assert ink[:, 30].sum() == pytest.approx(3.0 * np.hypot(1.0, 0.75), rel=0.06)
    rows = np.arange(40) + 0.5
    assert (rows * ink[:, 30]).sum() / ink[:, 30].sum() == pytest.approx(20.4, abs=0.5)


def test_opacity_thins_the_ink() -> None:
    assert edge(5.0, 20.0, 55.0, 20.0, 2.0, 0.25)[20, 30] == pytest.approx(0.25, abs=0.01)


@pytest.mark.parametrize("y", [-50.0, 90.0])
def test_what_lies_outside_is_clipped(y: float) -> None:
    assert edge(-30.0, y, 90.0, y, 5.0).sum() == 0.0
    assert np.isfinite(edge(-30.0, -30.0, 90.0, 80.0, 5.0)).all()


def thumbnail(field: np.ndarray, scale: float, size: float = 20.0, middle: float = 0.0) -> np.ndarray:
    pixels = np.full((40, 40), WHITE, dtype=np.uint32)
    table = np.uint32(BLACK) + np.arange(256, dtype=np.uint32)
    one = np.ones(1)
    which = np.zeros(1, dtype=np.intp)
    place = (one * 20.0, one * 20.0, one * size, one * middle, one * scale)
    unit_raster.draw_thumbnails(pixels, field[None].astype(np.float32), which, *place, table, BLACK, 0.0)
    return pixels


def test_a_thumbnail_shows_row_0_at_the_top() -> None:
    pixels = thumbnail(np.array([[1.0, 1.0], [-1.0, -1.0]]), 1.0)
    assert pixels[12, 20] & 255 == 255
    assert pixels[28, 20] & 255 == 0
    # Its corners are round, and nothing is drawn beside it.
    assert pixels[10, 10] == WHITE
    assert pixels[20, 8] == WHITE


def test_values_beyond_the_scale_and_missing_ones_do_no_harm() -> None:
    assert thumbnail(np.full((4, 4), 99.0), 1.0)[20, 20] & 255 == 255
    assert thumbnail(np.full((4, 4), -np.inf), 1.0)[20, 20] & 255 == 0
    assert thumbnail(np.full((4, 4), np.nan), 1.0)[20, 20] & 255 == 128
    assert thumbnail(np.zeros((4, 4)), 0.0)[20, 20] & 255 == 128


def test_the_middle_of_the_range_is_neutral() -> None:
    assert thumbnail(np.full((4, 4), 0.5), 0.5, middle=0.5)[20, 20] & 255 == 128
    assert thumbnail(np.zeros((4, 4)), 0.5, middle=0.5)[20, 20] & 255 == 0


def test_a_small_thumbnail_averages() -> None:
    checkered = np.indices((64, 64)).sum(axis=0) % 2 * 2.0 - 1.0
    assert abs(int(thumbnail(checkered, 1.0, size=16.0)[20, 20] & 255) - 128) <= 1


def test_the_largest_magnitude_ignores_what_is_not_finite() -> None:
    fields = np.zeros((3, 7, 7), dtype=np.float32)
    fields[0] = -2.5
    fields[1, 0, 0] = np.inf
    assert unit_raster.largest_magnitudes(fields, np.arange(3)).tolist() == [2.5, 1.0, 1.0]

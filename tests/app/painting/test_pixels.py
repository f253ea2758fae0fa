"""Pencil and fill on a picture."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.painting.drawing import Drawing
from app.painting.pixels import colored, line_of_pixels, region, tip, under_pencil

places = st.tuples(st.integers(-4, 12), st.integers(-4, 12))


@pytest.mark.parametrize(
    ("pixel", "size", "wanted"),
    [
        ((1, 1), 1, [6]),
        ((1, 1), 3, [0, 1, 2, 5, 6, 7, 10, 11, 12]),
        ((1, 1), 2, [0, 1, 5, 6]),
        ((0, 0), 3, [0, 1, 5, 6]),
        ((3, 4), 3, [13, 14, 18, 19]),
        ((9, 9), 3, []),
        ((-1, -1), 3, [0]),
    ],
)
def test_a_pencil_meets_a_square_of_pixels(pixel: tuple[int, int], size: int, wanted: list[int]) -> None:
    assert tip((4, 5), pixel, size).tolist() == wanted


@given(places, places)
def test_a_way_goes_from_pixel_to_touching_pixel(start: tuple[int, int], end: tuple[int, int]) -> None:
    way = line_of_pixels(start, end)
    assert (way[0], way[-1]) == (start, end)
    steps = np.abs(np.diff(np.array(way), axis=0))
    assert np.all(steps <= 1)
    assert len(way) == max(abs(end[0] - start[0]), abs(end[1] - start[1])) + 1


@given(places, places, st.integers(1, 4))
def test_a_wide_pencil_draws_the_way_of_a_thin_one_and_more(
    start: tuple[int, int], end: tuple[int, int], size: int
) -> None:
    met = under_pencil((8, 9), start, end, size)
    assert np.all(np.diff(met) > 0)
    thin = under_pencil((8, 9), start, end, 1)
    assert np.isin(thin, met).all()


def grown(values: np.ndarray, pixel: tuple[int, int]) -> set[int]:
    """The definition, one pixel after the other."""
    rows, columns = values.shape
    found, todo = set(), [pixel]
    while todo:
        row, column = todo.pop()
        inside = 0 <= row < rows and 0 <= column < columns
        if not inside or row * columns + column in found or values[row, column] != values[pixel]:
            continue
        found.add(row * columns + column)
        todo += [(row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)]
    return found


@given(arrays(np.float64, (7, 6), elements=st.sampled_from((0.0, 1.0))), st.integers(0, 6), st.integers(0, 5))
def test_a_region_is_what_can_be_reached_without_leaving_its_value(values: np.ndarray, row: int, column: int) -> None:
    assert region(values, (row, column)).tolist() == sorted(grown(values, (row, column)))


def test_shades_within_the_tolerance_belong_together() -> None:
    values = np.array([[0.5, 0.52, 0.9, 0.5]])
    assert region(values, (0, 0)).tolist() == [0]
    assert region(values, (0, 0), 0.05).tolist() == [0, 1]


def test_a_large_picture_is_filled_whole() -> None:
    assert len(region(np.zeros((500, 700)), (250, 3))) == 350_000


def test_coloring_leaves_locked_classes_and_says_when_nothing_changes() -> None:
    drawing = Drawing(np.zeros((4, 2)), np.array([0.0, 1.0, 2.0, 1.0]), np.zeros((4, 2)))
    everything = np.arange(4)
    assert colored(everything, 2.0)(drawing).targets.tolist() == [2.0] * 4
    assert colored(everything, 2.0, frozenset((1,)))(drawing).targets.tolist() == [2.0, 1.0, 2.0, 1.0]
    assert colored(np.array([1, 3]), 1.0)(drawing) is drawing
    assert colored(np.array([1, 3]), 0.0, frozenset((1,)))(drawing) is drawing

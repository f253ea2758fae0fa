import itertools

import pytest

from app.views.gradients.geometry import arrange, moved, parameter_at
from app.views.parameter_text import place_of
from tests.app.views.networks import shape

NETWORKS = [(), (1,), (4, 2), (8,) * 6, (32,) * 8]


@pytest.mark.parametrize("hidden", NETWORKS)
@pytest.mark.parametrize("width", [1280.0, 1900.0])
def test_all_layers_fit_beside_each_other(hidden: tuple[int, ...], width: float) -> None:
    matrices = arrange(shape(*hidden), width, 190.0)
    assert matrices[-1].right <= width
    for left, right in itertools.pairwise(matrices):
        assert left.right < right.x
    for matrix in matrices:
        assert matrix.cell >= 1
        assert matrix.bottom <= 190 or matrix.cell == 1


@pytest.mark.parametrize("hidden", NETWORKS)
def test_every_parameter_is_found_in_its_cell(hidden: tuple[int, ...]) -> None:
    layout = shape(*hidden)
    matrices = arrange(layout, 1280.0, 190.0)
    for index in range(layout.parameter_count):
        place = place_of(layout, index)
        x, y, side = matrices[place.layer].cell_of(place)
        assert parameter_at(matrices, layout, x + side / 2.0, y + side / 2.0) == index


def test_between_weights_and_biases_there_is_nothing() -> None:
    layout = shape(4)
    first = arrange(layout, 1280.0, 190.0)[0]
    assert parameter_at(arrange(layout, 1280.0, 190.0), layout, first.bias_x - 2.0, first.y + 1.0) == -1
    assert parameter_at(arrange(layout, 1280.0, 190.0), layout, first.x + 1.0, 5.0) == -1


def test_a_layer_without_bias_has_no_column_for_it() -> None:
    matrix = arrange(shape(4, bias=False), 1280.0, 190.0)[0]
    assert matrix.bias_x == -1
    assert matrix.right == matrix.x + 2 * matrix.cell


def test_moving_right_passes_weights_bias_and_the_next_layer() -> None:
    # Layer 1 of 2-4-1: weights 0 … 7, biases 8 … 11; output: weights 12 … 15, bias 16.
    layout = shape(4)
    assert moved(layout, 0, 1, 0) == 1
    assert moved(layout, 1, 1, 0) == 8
    assert moved(layout, 8, 1, 0) == 12
    assert moved(layout, 12, -1, 0) == 8
    assert moved(layout, 16, 1, 0) == 16
    assert moved(layout, 0, -1, 0) == 0


def test_moving_down_stays_in_the_layer() -> None:
    layout = shape(4)
    assert moved(layout, 0, 0, 1) == 2
    assert moved(layout, 6, 0, 1) == 6
    assert moved(layout, 8, 0, -1) == 8
    assert moved(layout, 8, 0, 1) == 9

import numpy as np
import pytest

from app.views.network.geometry import DROPOUT_ROW, OUTPUT_LABEL, arrange
from engine.compose import compose
from engine.parameters import Layout, layout
from tests.app.views.networks import shape

NETWORKS = [(), (1,), (4, 2), (8,) * 6, (32,) * 8]
SIZES = [(660.0, 430.0), (1100.0, 700.0), (360.0, 260.0)]


@pytest.mark.parametrize("hidden", NETWORKS)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_everything_lies_inside_and_apart(hidden: tuple[int, ...], width: float, height: float) -> None:
    layout = shape(*hidden)
    a = arrange(layout, width, height)
    half = a.unit_size / 2.0
    assert (a.unit_y - half >= a.top - 1.0).all()
    assert (a.unit_y + half <= a.bottom + 1.0).all()
    assert (a.unit_x + half <= width).all()
    for layer in range(len(layout.layers)):
        first = layout.first_unit(layer)
        rows = slice(first, first + layout.layers[layer].outputs)
        assert (np.diff(a.unit_y[rows]) >= a.unit_size[rows][1:]).all()
    assert np.allclose(np.diff(a.columns), a.pitch)


@pytest.mark.parametrize("hidden", NETWORKS)
def test_edges_run_from_left_to_right_between_the_right_units(hidden: tuple[int, ...]) -> None:
    layout: Layout = shape(*hidden)
    a = arrange(layout, 660.0, 430.0)
    assert len(a.edge_index) == sum(s.inputs * s.outputs for s in layout.layers)
    assert (np.diff(a.edge_index) > 0).all()
    assert (a.edge_x0 < a.edge_x1).all()
    assert np.array_equal(a.edge_y0, a.unit_y[a.edge_source])
    assert np.array_equal(a.edge_y1, a.unit_y[a.edge_target])


def test_switched_off_features_are_smaller() -> None:
    a = arrange(shape(2, features=("x2", "sin(x1)")), 660.0, 430.0)
    assert a.slot_unit.tolist() == [-1, 0, -1, -1, -1, 1, -1]
    assert a.slot_size[0] < a.slot_size[1]
    # The first unit of the layout is the feature x₂, in the second row.
    assert a.unit_y[0] == a.slot_y[1]


def test_every_unit_but_the_features_has_a_bias() -> None:
    layout = shape(4, 2)
    a = arrange(layout, 660.0, 430.0)
    assert a.bias_unit.tolist() == [2, 3, 4, 5, 6, 7, 8]
    assert a.bias_index.tolist() == [8, 9, 10, 11, 20, 21, 24]


def test_layers_without_bias_have_none() -> None:
    assert arrange(shape(4, bias=False), 660.0, 430.0).bias_index.size == 0


def test_the_output_is_larger() -> None:
    a = arrange(shape(4, 2), 660.0, 430.0)
    assert a.unit_size[-1] > a.unit_size[:-1].max()


def test_headers_of_neighbors_do_not_overlap() -> None:
    for count in range(1, 9):
        a = arrange(shape(*(4,) * count), 660.0, 430.0)
        assert a.header_width < a.pitch
        assert a.header_width > 54.0
        # Title and cross.
        assert a.header_width - 2.0 * a.title_inset > 47.0


@pytest.mark.parametrize("outputs", [2, 3, 5, 8])
@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_several_outputs_leave_room_for_their_names(outputs: int, width: float, height: float, scale: float) -> None:
    a = arrange(shape(8, 8, outputs=outputs), width, height, scale)
    half = a.unit_size[-outputs:] / 2.0
    assert (a.unit_x[-outputs:] + half + OUTPUT_LABEL * scale <= width).all()
    assert (np.diff(a.unit_y[-outputs:]) >= a.unit_size[-1]).all()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_layer_with_dropout_leaves_room_above_its_first_unit(scale) -> None:
    shape = layout(compose(hidden=(8, 8), dropout=0.2).network)
    plan = arrange(shape, 700.0, 460.0, scale)
    top = plan.unit_y[shape.first_unit(0)] - plan.unit_size[shape.first_unit(0)] / 2.0
    assert top - plan.top >= DROPOUT_ROW * scale
    assert (plan.unit_y + plan.unit_size / 2.0 <= plan.bottom).all()


def test_units_grow_with_the_height_of_the_view_as_far_as_they_stay_sharp() -> None:
    views = [arrange(shape(4, 2), 3.0 * height, height) for height in (400.0, 660.0, 2000.0)]
    small, high, huge = (view.unit_size[2:6].max() for view in views)
    assert small <= 54.0 < high < huge <= 96.0


def test_units_of_a_wide_layer_share_the_height() -> None:
    a = arrange(shape(32), 1900.0, 900.0)
    assert a.unit_size[2:34].sum() < a.bottom - a.top

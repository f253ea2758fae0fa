import numpy as np
import pytest

from app.views.network.geometry import arrange
from app.views.network.hit_testing import Target, target_at
from tests.app.views.networks import shape

A = arrange(shape(4, 2), 660.0, 430.0)


def test_units_are_found_at_their_centers() -> None:
    for unit in range(2, len(A.unit_x)):
        assert target_at(A, A.unit_x[unit], A.unit_y[unit]) == Target("unit", unit)


def test_every_bias_is_found_before_its_unit() -> None:
    for place, index in enumerate(A.bias_index.tolist()):
        assert target_at(A, A.bias_x[place], A.bias_y[place]) == Target("bias", index)


def test_features_are_found_by_thumbnail_and_label() -> None:
    assert target_at(A, A.columns[0], A.slot_y[4]) == Target("feature", 4)
    assert target_at(A, 20.0, A.slot_y[4]) == Target("feature", 4)


@pytest.mark.parametrize("t", [0.03, 0.3, 0.5, 0.97])
def test_edges_are_found_along_the_curve(t: float) -> None:
    a = arrange(shape(1), 660.0, 430.0)
    for edge, index in enumerate(a.edge_index.tolist()):
        x = a.edge_x0[edge] + t * (a.edge_x1[edge] - a.edge_x0[edge])
        y = a.edge_y0[edge] + (3 * t**2 - 2 * t**3) * (a.edge_y1[edge] - a.edge_y0[edge])
        found = target_at(a, x, y + 1.0)
        assert found is not None
        assert found.kind == "edge"
        # Close to a unit the edges that lead to it lie on each other.
        if t < 0.9:
            assert found.index == index


def test_there_is_nothing_in_empty_space() -> None:
    assert target_at(A, A.columns[1], A.top + 1.0) is None
    assert target_at(A, A.columns[3], A.bottom - 4.0) is None
    assert target_at(A, 300.0, 5.0) is None


def test_the_smallest_units_still_can_be_told_from_their_bias() -> None:
    a = arrange(shape(32), 660.0, 430.0)
    units = np.arange(2, 34)
    assert [target_at(a, a.unit_x[u], a.unit_y[u]) for u in units] == [Target("unit", u) for u in units]

import numpy as np
from hypothesis import given

from engine.experiment import Experiment, Layer, LayerParameters, Network, Output
from engine.parameters import carried_over, initial, layout, pack, unpack
from tests.engine.experiments import experiments


def net(*hidden: int, features: tuple[str, ...] = ("x1", "x2")) -> Network:
    return Network(features=features, hidden=tuple(Layer(units) for units in hidden))


def test_places_of_weights_and_biases() -> None:
    shape = layout(net(3, 2))
    assert shape.parameter_count == 2 * 3 + 3 + 3 * 2 + 2 + 2 * 1 + 1
    assert (shape.layers[1].weights_start, shape.layers[1].bias_start) == (9, 15)
    assert shape.unit_count == 8
    assert [shape.first_unit(layer) for layer in (-1, 0, 1, 2)] == [0, 2, 5, 7]
    assert shape.weights(np.arange(20.0), 0).tolist() == [[0, 1], [2, 3], [4, 5]]
    assert shape.is_weight().tolist() == [1] * 6 + [0] * 3 + [1] * 6 + [0] * 2 + [1] * 2 + [0]


def test_layer_without_biases_has_no_place_for_them() -> None:
    shape = layout(Network(hidden=(Layer(2, bias=False),), output=Output(bias=False)))
    assert shape.parameter_count == 2 * 2 + 2
    assert shape.biases(np.zeros(6), 0).size == 0


@given(experiments())
def test_unpacking_and_packing_is_the_identity(experiment: Experiment) -> None:
    shape, flat = layout(experiment.network), initial(experiment)
    np.testing.assert_array_equal(pack(shape, unpack(shape, flat)), flat)


def test_explicit_parameters_are_the_start() -> None:
    layer = LayerParameters(weights=((0.5, -1.0),), biases=(0.25,))
    assert initial(Experiment(network=Network(hidden=(), parameters=(layer,)))).tolist() == [0.5, -1.0, 0.25]


def test_biases_start_at_zero_and_a_wider_layer_leaves_the_next_one_alone() -> None:
    narrow, wide = (initial(Experiment(network=net(3, units, 4))) for units in (2, 5))
    shape = layout(net(3, 2, 4))
    assert not shape.biases(narrow, 0).any()
    np.testing.assert_array_equal(shape.weights(narrow, 0), layout(net(3, 5, 4)).weights(wide, 0))


def test_added_unit_keeps_all_other_weights() -> None:
    old, new = layout(net(3, 2)), layout(net(4, 2))
    old_flat, new_flat = np.arange(1.0, old.parameter_count + 1), np.zeros(new.parameter_count)
    flat = carried_over(old, old_flat, new, new_flat)
    np.testing.assert_array_equal(new.weights(flat, 0)[:3], old.weights(old_flat, 0))
    np.testing.assert_array_equal(new.weights(flat, 1)[:, :3], old.weights(old_flat, 1))
    np.testing.assert_array_equal(new.weights(flat, 2), old.weights(old_flat, 2))
    assert not new.weights(flat, 0)[3].any()


def test_feature_keeps_its_weights_by_name() -> None:
    old, new = layout(net(2)), layout(net(2, features=("x1^2", "x2")))
    old_flat = np.arange(1.0, old.parameter_count + 1)
    flat = carried_over(old, old_flat, new, np.zeros(new.parameter_count))
    np.testing.assert_array_equal(new.weights(flat, 0)[:, 1], old.weights(old_flat, 0)[:, 1])
    assert not new.weights(flat, 0)[:, 0].any()


def test_removed_layer_keeps_those_before_it() -> None:
    old, new = layout(net(3, 2)), layout(net(3))
    old_flat = np.arange(1.0, old.parameter_count + 1)
    flat = carried_over(old, old_flat, new, np.zeros(new.parameter_count))
    np.testing.assert_array_equal(new.weights(flat, 0), old.weights(old_flat, 0))
    assert not new.weights(flat, 1).any()

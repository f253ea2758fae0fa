import numpy as np

from app.theme import DARK, LIGHT
from app.views.network.geometry import arrange
from app.views.network.scene import MOST_EDGES, edge_table, scene_of
from tests.app.sample_frame import sample_frame
from tests.app.views.networks import experiment


def test_strong_edges_are_wide_and_on_top() -> None:
    _, _, layout, frame = sample_frame()
    a = arrange(layout, 660.0, 430.0)
    scene = scene_of(layout, a, frame, "weights", edge_table(LIGHT))
    strength = np.abs(frame.parameters[a.edge_index])
    assert scene.edge_order[-1] == strength.argmax()
    assert scene.edge_widths[strength.argmax()] == scene.edge_widths.max()
    assert scene.scale >= strength.max()


def test_quantities_differ() -> None:
    _, _, layout, frame = sample_frame()
    a = arrange(layout, 660.0, 430.0)
    colors = [scene_of(layout, a, frame, name, edge_table(LIGHT)).edge_colors for name in ("weights", "updates")]
    assert not np.array_equal(*colors)


def test_unbounded_activations_are_scaled_by_their_largest_value() -> None:
    _, _, layout, frame = sample_frame(experiment(3, activation="relu"))
    scene = scene_of(layout, arrange(layout, 660.0, 430.0), frame, "weights", edge_table(LIGHT))
    largest = np.abs(frame.unit_fields[2:5]).max(axis=(1, 2))
    assert np.allclose(scene.unit_scale[:3], largest, rtol=0.1)
    assert not scene.unit_middle[:3].any()
    # The output is a sigmoid between the classes 0 and 1, and looks as it does in the large picture.
    assert (scene.unit_middle[3], scene.unit_scale[3]) == (0.5, 0.5)


def test_no_edge_vanishes_into_the_background() -> None:
    for theme in (LIGHT, DARK):
        middle = np.array([int(edge_table(theme)[128]) >> shift & 255 for shift in (16, 8, 0)])
        assert np.abs(middle - np.array(theme.surface)).min() > 12


def test_too_many_edges_are_cut_to_the_strongest() -> None:
    _, _, layout, frame = sample_frame(experiment(32, 32, 32))
    a = arrange(layout, 660.0, 430.0)
    scene = scene_of(layout, a, frame, "weights", edge_table(LIGHT))
    strength = np.abs(frame.parameters[a.edge_index])
    drawn = np.isin(np.arange(len(strength)), scene.edge_order)
    assert drawn.sum() == MOST_EDGES
    assert strength[drawn].min() >= strength[~drawn].max()


def test_without_a_frame_everything_is_at_zero() -> None:
    _, _, layout, _ = sample_frame()
    scene = scene_of(layout, arrange(layout, 660.0, 430.0), None, "weights", edge_table(LIGHT))
    assert scene.fields is None
    assert len(np.unique(scene.edge_colors)) == 1

"""A drawing's changes return another drawing and leave the first as it was."""

import numpy as np

from app.painting.drawing import Drawing

DRAWING = Drawing(np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]), np.array([0.0, 1.0, 0.0]), np.zeros((3, 2)))


def test_added_points_lie_behind_the_others_and_are_their_own_origins() -> None:
    more = DRAWING.with_added(np.array([[3.0, 4.0]]), 1.0)
    assert more.points.tolist() == [[0, 0], [1, 1], [2, 2], [3, 4]]
    assert more.targets.tolist() == [0, 1, 0, 1]
    assert more.origins.tolist() == [[0, 0], [0, 0], [0, 0], [3, 4]]
    assert len(DRAWING) == 3


def test_each_added_point_may_have_a_target_of_its_own() -> None:
    assert DRAWING.with_added(np.array([[3.0, 4.0], [5.0, 6.0]]), np.array([1.0, 0.0])).targets.tolist()[3:] == [1, 0]


def test_points_are_left_out_moved_and_given_other_targets() -> None:
    assert DRAWING.without(np.array([0, 2])).points.tolist() == [[1, 1]]
    assert DRAWING.without(np.array([], dtype=np.intp)) is DRAWING
    moved = DRAWING.with_moved(np.array([1]), np.array([[5.0, 5.0]]))
    assert moved.points.tolist() == [[0, 0], [5, 5], [2, 2]]
    assert moved.origins is DRAWING.origins
    assert DRAWING.with_targets(np.array([0]), 7.0).targets.tolist() == [7, 1, 0]
    assert DRAWING.targets.tolist() == [0, 1, 0]

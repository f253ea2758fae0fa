"""Selecting with the mouse and the keyboard, and what is done with the selected points."""

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.painting.transforms import bounds
from app.painting.transforms import moved as shifted
from app.views.decision.drawing_tools.frame import PAD, TURN_HEIGHT, Frame
from engine.experiment import Data, Experiment, Points
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.views.decision.conftest import MakeView
from tests.app.views.decision.drawn import (
    ALT,
    CONTROL,
    FOUR,
    LEFT,
    RIGHT,
    SHIFT,
    Drawn,
    choose,
    drag,
    experiment_of,
    move,
    place,
)

pytestmark = IGNORE_PLATFORM


@pytest.fixture
def drawn(make_view: MakeView) -> Drawn:
    experiment = experiment_of()
    drawn = Drawn(make_view(experiment), experiment)
    choose(drawn.view, "select")
    return drawn


def select_left_three(qtbot: QtBot, drawn: Drawn) -> None:
    drag(qtbot, drawn.view, (-5.0, -4.0), (0.0, 2.0))
    assert drawn.selected == [0, 1, 2]


def test_a_rectangle_selects_what_lies_in_it_and_keys_add_take_away_and_turn_around(drawn: Drawn, qtbot: QtBot) -> None:
    select_left_three(qtbot, drawn)
    view = drawn.view
    drag(qtbot, view, (3.0, 3.0), (5.0, 5.0), keys=SHIFT)
    assert drawn.selected == [0, 1, 2, 3]
    drag(qtbot, view, (-5.0, -4.0), (0.0, 0.0), keys=ALT)
    assert drawn.selected == [2, 3]
    drag(qtbot, view, (-5.0, -4.0), (0.0, 2.0), keys=CONTROL)
    assert drawn.selected == [0, 1, 3]
    assert drawn.texts == []


def test_among_very_many_points_a_drag_draws_around_them(make_view: MakeView, qtbot: QtBot) -> None:
    along = np.linspace(-5.0, 5.0, 200)
    points = np.stack(np.meshgrid(along, along), axis=-1).reshape(-1, 2)
    experiment = experiment_of(Points(points, np.zeros(len(points))))
    crowded = Drawn(make_view(experiment), experiment)
    choose(crowded.view, "select")
    drag(qtbot, crowded.view, (-2.0, -2.0), (0.0, 0.0), (1.0, 2.0))
    # Moving one of them by accident would be what nobody notices.
    assert crowded.texts == []
    low = points[crowded.selected].min(axis=0)
    high = points[crowded.selected].max(axis=0)
    np.testing.assert_allclose((low, high), [(-2.0, -2.0), (1.0, 2.0)], atol=0.1)
    # What is selected is taken hold of as anywhere else.
    count = len(crowded.selected)
    drag(qtbot, crowded.view, (0.0, 0.0), (0.5, 0.0), (1.0, 0.0))
    assert crowded.texts == [f"{count:,} points moved"]


def test_a_lasso_selects_what_it_goes_around(drawn: Drawn, qtbot: QtBot) -> None:
    choose(drawn.view, "lasso")
    # Around the first and the third, in front of the second.
    drag(qtbot, drawn.view, (-4.0, -3.0), (-2.0, -3.0), (-2.0, 0.0), (0.0, 0.0), (0.0, 2.0), (-4.0, 2.0))
    assert drawn.selected == [0, 2]


def test_a_click_selects_one_point_and_beside_all_none(drawn: Drawn, qtbot: QtBot) -> None:
    view = drawn.view
    qtbot.mouseClick(view.canvas, LEFT, pos=place(view, 4.0, 4.0))
    assert drawn.selected == [3]
    qtbot.mouseClick(view.canvas, LEFT, SHIFT, pos=place(view, -1.0, 1.0))
    assert drawn.selected == [2, 3]
    qtbot.mouseClick(view.canvas, LEFT, pos=place(view, -5.0, 5.0))
    assert drawn.selected == []


def test_one_drag_selects_a_point_and_moves_it(drawn: Drawn, qtbot: QtBot) -> None:
    drag(qtbot, drawn.view, (4.0, 4.0), (3.0, 2.0), (2.0, 1.0))
    np.testing.assert_allclose(drawn.points[3], (2.0, 1.0), atol=0.06)
    assert drawn.texts == ["1 point moved"]
    assert drawn.selected == [3]


def test_dragging_moves_all_that_is_selected_and_shows_it_meanwhile(drawn: Drawn, qtbot: QtBot) -> None:
    select_left_three(qtbot, drawn)
    view = drawn.view
    before = drawn.points
    said: list[str] = []
    view.hint.connect(said.append)
    qtbot.mousePress(view.canvas, LEFT, pos=place(view, -2.0, -1.0))
    qtbot.mouseMove(view.canvas, place(view, 0.0, 0.0))
    moved = view.sheet.moved
    assert moved is not None
    np.testing.assert_allclose(moved[:3], shifted(before[:3], 2.0, 1.0), atol=0.05)
    assert any(text.startswith("3 points: +2.0") for text in said)
    # The run learns of it on the way.
    qtbot.waitUntil(lambda: drawn.texts == ["3 points moved"])
    np.testing.assert_array_equal(drawn.points, moved)
    assert view.sheet.moved is moved
    view.canvas.grab()
    qtbot.mouseRelease(view.canvas, LEFT, pos=place(view, 0.0, 0.0))
    assert view.sheet.moved is None
    assert drawn.strokes == [1, 1]
    np.testing.assert_allclose(drawn.points[:3], shifted(before[:3], 2.0, 1.0), atol=0.05)
    np.testing.assert_array_equal(drawn.points[3], before[3])
    # Where the split looks has not moved.
    np.testing.assert_array_equal(drawn.drawing.origins, before)


def test_escape_leaves_points_where_they_were_and_then_selects_none(drawn: Drawn, qtbot: QtBot) -> None:
    select_left_three(qtbot, drawn)
    view = drawn.view
    qtbot.mousePress(view.canvas, LEFT, pos=place(view, -2.0, -1.0))
    before = drawn.points
    qtbot.mouseMove(view.canvas, place(view, 0.0, 0.0))
    qtbot.waitUntil(lambda: drawn.texts == ["3 points moved"])
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert view.sheet.moved is None
    qtbot.mouseRelease(view.canvas, LEFT, pos=place(view, 0.0, 0.0))
    np.testing.assert_array_equal(drawn.points, before)
    assert drawn.strokes == [1, 0]
    assert drawn.given_up == 1
    assert drawn.selected == [0, 1, 2]
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert drawn.selected == []


def test_what_is_carried_back_to_where_it_was_leaves_no_trace(drawn: Drawn, qtbot: QtBot) -> None:
    select_left_three(qtbot, drawn)
    before = drawn.experiment
    drag(qtbot, drawn.view, (-2.0, -1.0), (0.0, 0.0), (-2.0, -1.0))
    assert drawn.strokes == [1, 0]
    assert drawn.given_up == 1
    assert drawn.experiment is before


def test_a_corner_stretches_from_the_opposite_one(drawn: Drawn, qtbot: QtBot) -> None:
    select_left_three(qtbot, drawn)
    pad = PAD / drawn.view.canvas.plane.unit
    # The points reach from (−3, −2) to (−1, 1): twice as wide, one and a half times as high.
    drag(qtbot, drawn.view, (-1.0 + pad, 1.0 + pad), (0.5, 1.5), (1.0 + pad, 2.5 + pad))
    np.testing.assert_allclose(drawn.points[:3], [(-3.0, -2.0), (1.0, -2.0), (1.0, 2.5)], atol=0.09)
    assert drawn.texts == ["3 points scaled"]


def test_a_side_with_alt_stretches_from_the_middle(drawn: Drawn, qtbot: QtBot) -> None:
    select_left_three(qtbot, drawn)
    pad = PAD / drawn.view.canvas.plane.unit
    qtbot.mousePress(drawn.view.canvas, LEFT, pos=place(drawn.view, -1.0 + pad, -0.5))
    drag_on(qtbot, drawn, (0.0 + pad, -0.5))
    np.testing.assert_allclose(drawn.points[:3], [(-4.0, -2.0), (0.0, -2.0), (0.0, 1.0)], atol=0.09)


def drag_on(qtbot: QtBot, drawn: Drawn, to: tuple[float, float]) -> None:
    """Go on with a drag, now with Alt held: held from its beginning it would take points away."""
    move(drawn.view, place(drawn.view, *to), LEFT, ALT)
    qtbot.mouseRelease(drawn.view.canvas, LEFT, ALT, place(drawn.view, *to))


def test_the_round_handle_turns(drawn: Drawn, qtbot: QtBot) -> None:
    select_left_three(qtbot, drawn)
    unit = drawn.view.canvas.plane.unit
    height = 1.5 + (PAD + TURN_HEIGHT) / unit
    # From above the middle of the points, (−2, −0.5), to the left of it: a quarter turn.
    drag(qtbot, drawn.view, (-2.0, -0.5 + height), (-3.5, 1.0), (-2.0 - height, -0.5))
    np.testing.assert_allclose(drawn.points[:3], [(-0.5, -1.5), (-0.5, 0.5), (-3.5, 0.5)], atol=0.12)
    assert drawn.texts == ["3 points rotated"]


def test_nothing_is_carried_out_of_the_picture(drawn: Drawn, qtbot: QtBot) -> None:
    select_left_three(qtbot, drawn)
    before = drawn.points
    drag(qtbot, drawn.view, (-2.0, -1.0), (-4.0, -5.0), (-5.9, -5.9))
    # All stop together when the first is at the edge: none is pressed against it.
    np.testing.assert_allclose(drawn.points[:3], before[:3] + np.array((-3.0, -4.0)), atol=1e-9)
    for _ in range(3):
        qtbot.keyClick(drawn.view.canvas, Qt.Key.Key_Left, SHIFT)
    np.testing.assert_allclose(drawn.points[:3], before[:3] + np.array((-3.0, -4.0)), atol=1e-9)


def test_at_the_edge_of_the_limits_what_is_on_the_grid_stays_on_it(drawn: Drawn, qtbot: QtBot) -> None:
    guides = drawn.view.tools.guides
    guides.spacing.set_stop(1.5)
    guides.grid.setChecked(True)
    guides.limit.setValue(9)
    assert drawn.view.tools.tool.guides.limits == (-5.0, 5.0)
    drag(qtbot, drawn.view, (-1.0, 1.0), (3.0, 3.0), (5.9, 5.9))
    # The last crossing within the limits.
    np.testing.assert_allclose(drawn.points[2], (4.5, 4.5), atol=1e-12)


def test_what_is_beyond_the_edge_can_come_back_but_goes_no_farther(make_view: MakeView, qtbot: QtBot) -> None:
    experiment = experiment_of(Points(np.array([[-8.0, 0.0], [2.0, 0.0]]), np.array([0.0, 1.0])))
    drawn = Drawn(make_view(experiment), experiment)
    choose(drawn.view, "select")
    drawn.view.show_selection(np.array([0, 1]))
    for key, across in ((Qt.Key.Key_Left, 0.0), (Qt.Key.Key_Right, 1.0)):
        before = drawn.points
        qtbot.keyClick(drawn.view.canvas, key, SHIFT)
        np.testing.assert_allclose(drawn.points - before, [(across, 0.0)] * 2, atol=1e-12)


def test_on_a_grid_the_point_in_the_hand_lands_on_it(drawn: Drawn, qtbot: QtBot) -> None:
    drawn.view.tools.guides.spacing.setValue(5)
    assert drawn.view.tools.tool.guides.grid == 1.0
    drag(qtbot, drawn.view, (4.0, 4.0), (3.0, 2.0), (2.3, 1.4))
    np.testing.assert_allclose(drawn.points[3], (2.0, 1.0), atol=1e-12)


@pytest.mark.parametrize(
    ("key", "keys", "moved"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, (0.1, 0.0)),
        (Qt.Key.Key_Up, SHIFT, (0.0, 1.0)),
        (Qt.Key.Key_Left, SHIFT, (-1.0, 0.0)),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, (0.0, -0.1)),
    ],
)
def test_arrow_keys_move_what_is_selected(drawn: Drawn, qtbot: QtBot, key, keys, moved) -> None:
    before = drawn.points
    qtbot.keyClick(drawn.view.canvas, Qt.Key.Key_A, CONTROL)
    assert drawn.selected == [0, 1, 2, 3]
    qtbot.keyClick(drawn.view.canvas, key, keys)
    np.testing.assert_allclose(drawn.points, before + moved, atol=1e-12)
    assert drawn.texts == ["4 points moved"]


def test_delete_duplicate_and_class_keys(drawn: Drawn, qtbot: QtBot) -> None:
    select_left_three(qtbot, drawn)
    canvas = drawn.view.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_D, CONTROL)
    assert len(drawn.points) == 7
    assert drawn.selected == [4, 5, 6]
    np.testing.assert_array_equal(drawn.targets[4:], FOUR.targets[:3])
    np.testing.assert_allclose(drawn.points[4:], shifted(FOUR.inputs[:3], 0.4, -0.4))
    qtbot.keyClick(canvas, Qt.Key.Key_2)
    np.testing.assert_array_equal(drawn.targets[4:], [1.0, 1.0, 1.0])
    assert drawn.selected == [4, 5, 6]
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    np.testing.assert_array_equal(drawn.points, FOUR.inputs)
    assert drawn.selected == []
    assert drawn.texts == ["3 points duplicated", "3 points in class B", "3 points deleted"]


def test_selecting_by_keyboard_alone(drawn: Drawn, qtbot: QtBot) -> None:
    canvas = drawn.view.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_D)
    assert drawn.view.tools.tool.kind == "brush"
    qtbot.keyClick(canvas, Qt.Key.Key_S)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up):
        for _ in range(10):
            qtbot.keyClick(canvas, key, ALT)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert drawn.selected == [3]


def test_the_menu_offers_everything_and_does_it(drawn: Drawn, qtbot: QtBot) -> None:
    select_left_three(qtbot, drawn)
    view = drawn.view

    def choose_entry(text: str) -> None:
        qtbot.mouseClick(view.canvas, RIGHT, pos=place(view, -2.0, -1.0))
        menu = view.findChild(QMenu)
        action = next(action for action in menu.actions() if action.text().split("\t")[0] == text)
        assert action.toolTip().endswith(".")
        action.trigger()
        menu.close()
        menu.deleteLater()
        qtbot.waitUntil(lambda: view.findChild(QMenu) is None)

    choose_entry("Mirror left and right")
    np.testing.assert_allclose(drawn.points[:3], [(-1.0, -2.0), (-3.0, -2.0), (-3.0, 1.0)], atol=1e-12)
    choose_entry("Rotate left")
    a, b = drawn.points[0], drawn.points[1]
    assert math.degrees(math.atan2(*(a - b)[::-1])) == pytest.approx(15.0)
    choose_entry("Class B")
    assert drawn.targets.tolist() == [1.0] * 4
    choose_entry("Select nothing")
    assert drawn.selected == []


def test_points_that_are_not_seen_are_not_selected(make_view: MakeView, qtbot: QtBot) -> None:
    experiment = Experiment(data=Data(source=FOUR, train_share=0.5))
    drawn = Drawn(make_view(experiment), experiment)
    choose(drawn.view, "select")
    drawn.view.show_test.setChecked(False)
    qtbot.keyClick(drawn.view.canvas, Qt.Key.Key_A, CONTROL)
    dataset = drawn.view.canvas._dataset
    assert dataset is not None
    assert drawn.selected == np.flatnonzero(dataset.is_train).tolist()
    assert 0 < len(drawn.selected) < 4


def test_the_selection_is_seen(drawn: Drawn, qtbot: QtBot) -> None:
    choose(drawn.view, "brush")
    pictures = [drawn.view.canvas.grab().toImage()]
    drawn.view.show_selection(np.array([0, 3]))
    pictures.append(drawn.view.canvas.grab().toImage())
    assert pictures[0] != pictures[1]
    drawn.view.show_selection(np.array([], dtype=np.intp))
    assert drawn.view.canvas.grab().toImage() == pictures[0]


def test_other_data_give_up_what_is_in_the_hand(drawn: Drawn, qtbot: QtBot) -> None:
    select_left_three(qtbot, drawn)
    view = drawn.view
    qtbot.mousePress(view.canvas, LEFT, pos=place(view, -2.0, -1.0))
    qtbot.mouseMove(view.canvas, place(view, 0.0, 0.0))
    drawn.experiment = experiment_of(noise=0.0, seed=3)
    drawn.show()
    assert view.sheet.moved is None
    qtbot.mouseRelease(view.canvas, LEFT, pos=place(view, 0.0, 0.0))
    assert drawn.texts == []
    assert drawn.strokes == [1, 0]
    assert drawn.given_up == 0


def test_handles_stay_in_the_picture(drawn: Drawn, qtbot: QtBot) -> None:
    canvas = drawn.view.canvas
    for points in ([[-6.0, -6.0], [6.0, 6.0]], [[0.0, 4.0], [6.0, 6.0]], [[-20.0, 0.0], [0.0, 8.0]]):
        drawn.experiment = experiment_of(Points(np.array(points), np.array([0.0, 1.0])))
        drawn.show()
        qtbot.keyClick(canvas, Qt.Key.Key_A, CONTROL)
        assert drawn.selected == [0, 1]
        frame = Frame(bounds(np.array(points)), canvas.plane.unit)
        places = list(frame.handles.values())
        assert len(places) == 9
        assert all(canvas.plane.contains(canvas.plane.to_pixel(*at)) for at in places)
    # The corner at the edge stretches what reaches to it.
    points = np.array([[-6.0, -6.0], [6.0, 6.0]])
    drawn.experiment = experiment_of(Points(points, np.array([0.0, 1.0])))
    drawn.show()
    qtbot.keyClick(canvas, Qt.Key.Key_A, CONTROL)
    drag(qtbot, drawn.view, (5.85, 5.85), (3.0, 3.0), (-0.15, -0.15))
    np.testing.assert_allclose(drawn.points, [[-6.0, -6.0], [0.0, 0.0]], atol=0.08)


def test_what_is_not_seen_is_not_ringed(make_view: MakeView) -> None:
    experiment = Experiment(data=Data(source=FOUR, train_share=0.5))
    view = make_view(experiment)
    view.show_test.setChecked(False)
    nothing = view.canvas.grab().toImage()
    dataset = view.canvas._dataset
    assert dataset is not None
    view.show_selection(np.flatnonzero(~dataset.is_train))
    assert view.canvas.grab().toImage() == nothing
    view.show_selection(np.arange(4))
    assert view.canvas.grab().toImage() != nothing

"""The drawing tools with the mouse: single points, stamps, brushes that change points, the eraser of one class."""

import math
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.painting.class_states import ClassStates
from app.views.decision import DecisionView
from engine.experiment import Data, Experiment, Layer, Network, Output, Points, Training
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.views.decision.conftest import EMPTY, MakeView
from tests.app.views.decision.drawn import (
    ALT,
    LEFT,
    NO_KEYS,
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


def of_values(values: list[float]) -> Experiment:
    points = np.column_stack((np.linspace(-1.0, 1.0, len(values)), np.zeros(len(values))))
    return Experiment(
        data=Data(task="regression", source=Points(points, np.array(values)), train_share=1.0),
        network=Network(hidden=(Layer(units=3),), output=Output("linear")),
        training=Training(loss="mse"),
    )


def drawn_on(make_view: MakeView, experiment: Experiment, kind: str) -> Drawn:
    drawn = Drawn(make_view(experiment), experiment)
    choose(drawn.view, kind)
    return drawn


def test_a_single_point_lies_where_the_button_is_released(make_view: MakeView, qtbot: QtBot) -> None:
    drawn = drawn_on(make_view, EMPTY, "point")
    drag(qtbot, drawn.view, (-3.0, 1.0), (0.0, 0.0), (2.0, -1.0))
    qtbot.mouseClick(drawn.view.canvas, RIGHT, pos=place(drawn.view, 4.0, 4.0))
    np.testing.assert_allclose(drawn.points, [(2.0, -1.0), (4.0, 4.0)], atol=0.05)
    assert drawn.targets.tolist() == [0.0, 1.0]
    assert drawn.texts == ["1 point placed"] * 2


def test_a_single_point_is_given_up_with_escape_and_placed_with_enter(make_view: MakeView, qtbot: QtBot) -> None:
    drawn = drawn_on(make_view, EMPTY, "point")
    canvas = drawn.view.canvas
    qtbot.mousePress(canvas, LEFT, pos=place(drawn.view, 1.0, 1.0))
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.mouseRelease(canvas, LEFT, pos=place(drawn.view, 1.0, 1.0))
    assert len(drawn.points) == 0
    qtbot.keyClick(canvas, Qt.Key.Key_Right, ALT)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert drawn.points.tolist() == [[0.5, 0.0]]


def test_guides_repeat_and_snap_a_single_point(make_view: MakeView, qtbot: QtBot) -> None:
    drawn = drawn_on(make_view, EMPTY, "point")
    guides = drawn.view.tools.guides
    guides.spacing.setValue(guides.spacing.maximum())
    guides.mirror_x1.setChecked(True)
    assert guides.guides.grid == 3.0
    assert drawn.view.tools.guides_button.isChecked()
    qtbot.mouseClick(drawn.view.canvas, LEFT, pos=place(drawn.view, 2.4, -0.9))
    assert sorted(drawn.points.tolist()) == [[-3.0, 0.0], [3.0, 0.0]]
    assert drawn.texts == ["2 points placed"]


def test_limits_keep_points_out(make_view: MakeView, qtbot: QtBot) -> None:
    drawn = drawn_on(make_view, EMPTY, "point")
    drawn.view.tools.guides.limit.setValue(3)
    assert drawn.view.tools.tool.guides.limits == (-2.0, 2.0)
    qtbot.mouseClick(drawn.view.canvas, LEFT, pos=place(drawn.view, 2.4, 0.0))
    assert len(drawn.points) == 0


@pytest.mark.parametrize(
    ("kind", "length", "name"),
    [("line", 4.0, "Line"), ("circle", 8.0 * math.pi, "Circle"), ("polygon", 40.0 * math.sin(math.pi / 5), "Polygon")],
)
def test_stamps_scatter_along_their_outline(make_view: MakeView, qtbot: QtBot, kind, length, name) -> None:
    drawn = drawn_on(make_view, EMPTY, kind)
    drawn.view.tools.options.radius.setValue(0)
    drag(qtbot, drawn.view, (0.0, 1.0), (2.0, 1.0), (4.0, 1.0))
    # Four points a unit.
    assert len(drawn.points) == pytest.approx(4.0 * length, abs=2)
    away = np.hypot(drawn.points[:, 0], drawn.points[:, 1] - 1.0)
    if kind == "line":
        np.testing.assert_allclose(drawn.points[:, 1], 1.0, atol=0.05)
        assert np.ptp(drawn.points[:, 0]) == pytest.approx(3.75, abs=0.1)
    else:
        nearest = 4.0 if kind == "circle" else 4.0 * math.cos(math.pi / 5)
        assert away.max() <= 4.06
        assert away.min() >= nearest - 0.06
    assert drawn.texts == [f"{name} of {len(drawn.points)} points"]


def test_a_spiral_ends_where_the_mouse_does(make_view: MakeView, qtbot: QtBot) -> None:
    drawn = drawn_on(make_view, EMPTY, "spiral")
    options = drawn.view.tools.options
    options.radius.setValue(0)
    options.density.setValue(options.density.maximum())
    drag(qtbot, drawn.view, (0.0, 0.0), (1.0, 1.0), (0.0, 5.0), button=RIGHT)
    away = np.hypot(*drawn.points.T)
    np.testing.assert_allclose(drawn.points[np.argmax(away)], (0.0, 5.0), atol=0.1)
    # Evenly outward, in two turns.
    angle = np.unwrap(np.arctan2(drawn.points[:, 1], drawn.points[:, 0]))
    assert angle[-1] - angle[0] == pytest.approx(4.0 * math.pi, abs=0.7)
    assert set(drawn.targets) == {1.0}


def test_shift_draws_a_line_level_and_a_click_draws_none(make_view: MakeView, qtbot: QtBot) -> None:
    drawn = drawn_on(make_view, EMPTY, "line")
    drawn.view.tools.options.radius.setValue(0)
    qtbot.mouseClick(drawn.view.canvas, LEFT, pos=place(drawn.view, 0.0, 0.0))
    assert drawn.texts == []
    drag(qtbot, drawn.view, (-4.0, 0.0), (0.0, 0.3), (4.0, 0.4), keys=SHIFT)
    assert np.ptp(drawn.points[:, 1]) < 1e-9


def test_a_stamp_by_keyboard(make_view: MakeView, qtbot: QtBot) -> None:
    drawn = drawn_on(make_view, EMPTY, "brush")
    canvas = drawn.view.canvas
    drawn.view.tools.options.radius.setValue(0)
    for key in (Qt.Key.Key_F, Qt.Key.Key_F):
        qtbot.keyClick(canvas, key)
    assert drawn.view.tools.tool.kind == "circle"
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    for _ in range(4):
        qtbot.keyClick(canvas, Qt.Key.Key_Right, ALT)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    np.testing.assert_allclose(np.hypot(*drawn.points.T), 2.0, atol=0.01)


def test_a_rotation_repeats_a_stamp(make_view: MakeView, qtbot: QtBot) -> None:
    drawn = drawn_on(make_view, EMPTY, "line")
    drawn.view.tools.options.radius.setValue(0)
    drawn.view.tools.guides.turns.setValue(2)
    assert drawn.view.tools.tool.guides.turns == 3
    drag(qtbot, drawn.view, (1.0, 0.0), (3.0, 0.0), (5.0, 0.0))
    angles = np.degrees(np.arctan2(drawn.points[:, 1], drawn.points[:, 0])).round()
    assert sorted(set(np.abs(angles))) == [0.0, 120.0]
    assert len(drawn.points) == 3 * 16


def hold(qtbot: QtBot, drawn: Drawn, at: tuple[float, float], until, button: Qt.MouseButton = LEFT) -> None:
    """Press at a place until something is so, then release."""
    canvas, where = drawn.view.canvas, place(drawn.view, *at)
    qtbot.mousePress(canvas, button, pos=where)
    qtbot.waitUntil(until)
    qtbot.mouseRelease(canvas, button, pos=where)


CROSS = Points(
    np.array([[-0.5, 0.0], [0.5, 0.0], [0.0, 0.5], [0.0, -0.5], [3.0, 3.0]]), np.array([0.0, 0.0, 1.0, 1.0, 0.0])
)


@pytest.mark.parametrize(("kind", "sign"), [("attract", -1), ("repel", 1)])
def test_the_magnet_draws_together_and_drives_apart(make_view: MakeView, qtbot: QtBot, kind, sign) -> None:
    drawn = drawn_on(make_view, experiment_of(CROSS), kind)
    drawn.view.tools.options.radius.setValue(9)

    def away() -> np.ndarray:
        return np.hypot(*drawn.points[:4].T)

    hold(qtbot, drawn, (0.0, 0.0), lambda: bool(np.all(sign * (away() - 0.5) > 0.1)))
    np.testing.assert_array_equal(drawn.points[4], (3.0, 3.0))
    # However many times it acted, it is one stroke.
    assert drawn.strokes == [1, 1]
    assert set(drawn.texts) == {"Points drawn together" if sign < 0 else "Points driven apart"}
    np.testing.assert_array_equal(drawn.drawing.origins, CROSS.inputs)


def test_jitter_shakes_what_lies_under_it_and_nothing_else(make_view: MakeView, qtbot: QtBot) -> None:
    drawn = drawn_on(make_view, experiment_of(CROSS), "jitter")
    drawn.view.tools.options.radius.setValue(7)
    hold(qtbot, drawn, (0.0, 0.0), lambda: len(drawn.texts) >= 3)
    assert np.all(np.any(drawn.points[:4] != CROSS.inputs[:4], axis=1))
    np.testing.assert_array_equal(drawn.points[4], (3.0, 3.0))
    assert drawn.strokes == [1, 1]


def test_recolor_gives_the_chosen_class_along_its_way(make_view: MakeView, qtbot: QtBot) -> None:
    drawn = drawn_on(make_view, experiment_of(CROSS), "recolor")
    # Three units away in one movement of the mouse; the right button gives the other class.
    drag(qtbot, drawn.view, (-0.5, 0.0), (3.0, 0.0), button=RIGHT)
    assert drawn.targets.tolist() == [1.0, 1.0, 1.0, 1.0, 0.0]
    np.testing.assert_array_equal(drawn.points, CROSS.inputs)


@pytest.mark.parametrize(("kind", "sign"), [("raise", 1), ("lower", -1)])
def test_values_are_raised_and_lowered(make_view: MakeView, qtbot: QtBot, kind, sign) -> None:
    drawn = drawn_on(make_view, of_values([0.0, 0.0, 0.0]), kind)
    hold(qtbot, drawn, (0.0, 0.0), lambda: sign * drawn.targets[1] > 0.2)
    assert drawn.targets[[0, 2]].tolist() == [0.0, 0.0]
    assert drawn.strokes == [1, 1]


def test_values_are_leveled_to_the_chosen_one(make_view: MakeView, qtbot: QtBot) -> None:
    drawn = drawn_on(make_view, of_values([0.9, -0.9, 0.9]), "level")
    drawn.view.tools.value.setValue(drawn.view.tools.value.maximum() - 10)
    assert drawn.view.tools.tool.kind == "level"
    hold(qtbot, drawn, (0.0, 0.0), lambda: abs(drawn.targets[1] - 0.5) < 0.05)
    assert drawn.targets[[0, 2]].tolist() == [0.9, 0.9]


def test_tools_fit_two_classes_from_the_start(make_view: MakeView) -> None:
    view = make_view(experiment_of())
    for _ in range(3):
        view.tools.choose_family("V")
        assert view.tools.tool.kind == "recolor"


def test_tools_fit_the_task(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(of_values([0.0, 0.0]))
    button = view.tools.toolbox.button_of("raise")
    assert [entry.kind for entry in button.offered] == ["raise", "lower", "level"]
    choose(view, "raise")
    drawn = Drawn(view, experiment_of())
    drawn.show()
    # There is nothing to raise any more.
    assert view.tools.tool.kind == "recolor"
    assert [entry.kind for entry in button.offered] == ["recolor"]


def test_the_eraser_of_one_class_leaves_the_others(make_view: MakeView, qtbot: QtBot) -> None:
    drawn = drawn_on(make_view, experiment_of(CROSS), "eraser")
    tools = drawn.view.tools
    erased: list[float] = []
    drawn.view.points_erased.connect(lambda x1, x2, radius: erased.append(radius))
    tools.options.only_class.setChecked(True)
    tools.options.radius.setValue(6)
    tools.choose(1)
    # With this switch a class says what is erased.
    assert tools.tool.kind == "eraser"
    qtbot.mouseClick(drawn.view.canvas, LEFT, pos=place(drawn.view, 0.0, 0.0))
    assert drawn.targets.tolist() == [0.0, 0.0, 0.0]
    assert erased == []
    tools.options.only_class.setChecked(False)
    tools.choose(1)
    assert tools.tool.kind == "brush"


def test_choosing_a_class_goes_back_to_the_last_tool_that_paints(make_view: MakeView) -> None:
    view = make_view(experiment_of())
    choose(view, "circle")
    choose(view, "jitter")
    view.tools.choose(1)
    assert view.tools.tool.kind == "circle"
    assert view.tools.tool.target == 1.0


@pytest.mark.parametrize("kind", ["point", "select", "lasso", "line", "circle", "spiral", "polygon", "jitter"])
def test_every_tool_shows_what_it_would_do(make_view: MakeView, qtbot: QtBot, kind) -> None:
    drawn = drawn_on(make_view, experiment_of(), "brush")
    view = drawn.view
    choose(view, kind)
    qtbot.mouseMove(view.canvas, place(view, 0.0, 0.0))
    before = view.canvas.grab().toImage()
    qtbot.mousePress(view.canvas, LEFT, pos=place(view, 0.0, 0.0))
    qtbot.mouseMove(view.canvas, place(view, 1.0, 1.0))
    qtbot.mouseMove(view.canvas, place(view, 3.0, 2.0))
    assert view.canvas.grab().toImage() != before
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    qtbot.mouseRelease(view.canvas, LEFT, pos=place(view, 3.0, 2.0))
    np.testing.assert_array_equal(drawn.points, experiment_of().data.source.inputs)


def test_guides_are_seen_in_the_picture(make_view: MakeView) -> None:
    view = make_view(experiment_of())
    guides = view.tools.guides
    pictures = [view.canvas.grab().toImage()]
    for switch in (guides.axes, guides.grid, guides.mirror_x1, guides.mirror_x2):
        switch.setChecked(True)
        pictures.append(view.canvas.grab().toImage())
    guides.turns.setValue(4)
    pictures.append(view.canvas.grab().toImage())
    guides.limit.setValue(5)
    pictures.append(view.canvas.grab().toImage())
    assert all(a != b for a, b in pairwise(pictures))


def test_a_brush_on_a_grid_leaves_one_point_a_place(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(EMPTY)
    view.tools.guides.spacing.setValue(5)
    painted: list[np.ndarray] = []
    view.points_painted.connect(lambda points, target: painted.append(points))
    drag(qtbot, view, (-3.0, 0.0), (3.0, 0.0), (-3.0, 0.0), (3.0, 0.0))
    points = np.concatenate(painted)
    assert np.all(points == points.round())
    assert len(np.unique(points, axis=0)) == len(points)
    assert {(x, 0.0) for x in range(-3, 4)} <= {tuple(point) for point in points.tolist()}


def test_strokes_and_erasers_are_symmetric(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(EMPTY)
    view.tools.guides.mirror_x2.setChecked(True)
    painted: list[np.ndarray] = []
    view.points_painted.connect(lambda points, target: painted.append(points))
    drag(qtbot, view, (-3.0, 2.0), (3.0, 2.0))
    points = np.concatenate(painted)
    above, below = points[points[:, 1] > 0], points[points[:, 1] < 0]
    assert {tuple(point) for point in (above * (1.0, -1.0)).tolist()} == {tuple(point) for point in below.tolist()}
    erased: list[tuple[float, float]] = []
    view.points_erased.connect(lambda x1, x2, radius: erased.append((x1, x2)))
    choose(view, "eraser")
    qtbot.mouseClick(view.canvas, LEFT, pos=place(view, 1.0, 2.0))
    assert len(erased) == 2
    assert erased[0][1] == -erased[1][1]


def test_why_nothing_is_drawn_is_said_as_long_as_the_button_is_held(make_view: MakeView, qtbot: QtBot) -> None:
    view = drawn_on(make_view, experiment_of(CROSS), "brush").view
    lock(view, 1)
    said: list[str] = []
    view.hint.connect(said.append)
    reason = "Class B is locked, so there can be no more points of it."
    for kind in ("brush", "point", "line"):
        choose(view, kind)
        qtbot.mousePress(view.canvas, RIGHT, pos=place(view, -4.0, 4.0))
        move(view, place(view, -2.0, 4.0), RIGHT, NO_KEYS)
        assert said[-1] == reason
        qtbot.mouseRelease(view.canvas, RIGHT, pos=place(view, -2.0, 4.0))
        assert said[-1] == reason
        move(view, place(view, -1.0, 3.0), Qt.MouseButton.NoButton, NO_KEYS)
        assert said[-1] != reason


def lock(view: DecisionView, number: int) -> None:
    view.tools.swatches.list.states_chosen.emit(ClassStates(locked=frozenset((number,))))


@pytest.mark.parametrize("kind", ["brush", "point", "circle", "recolor"])
def test_the_cursor_says_that_a_locked_class_cannot_be_painted(make_view: MakeView, qtbot: QtBot, kind) -> None:
    view = drawn_on(make_view, experiment_of(CROSS), kind).view
    lock(view, 1)
    shapes = []
    for number in (0, 1):
        view.tools.choose(number)
        qtbot.mouseMove(view.canvas, place(view, -4.0, 4.0 + number))
        shapes.append(view.canvas.cursor().shape())
    assert shapes == [Qt.CursorShape.CrossCursor, Qt.CursorShape.ForbiddenCursor]
    # What changes no class is free to be used.
    choose(view, "eraser")
    qtbot.mouseMove(view.canvas, place(view, -4.0, 3.0))
    assert view.canvas.cursor().shape() == Qt.CursorShape.CrossCursor


def test_no_tool_touches_a_locked_class(make_view: MakeView, qtbot: QtBot) -> None:
    drawn = drawn_on(make_view, experiment_of(CROSS), "point")
    view, canvas = drawn.view, drawn.view.canvas
    lock(view, 1)
    said: list[str] = []
    view.hint.connect(said.append)
    middle = place(view, 0.0, 0.0)
    # Nothing is added, erased, recolored or moved.
    qtbot.mouseClick(canvas, RIGHT, pos=place(view, -4.0, 4.0))
    assert "Class B is locked, so there can be no more points of it." in said
    choose(view, "recolor")
    view.tools.options.radius.setValue(7)
    qtbot.mouseClick(canvas, LEFT, pos=middle)
    choose(view, "attract")
    qtbot.mouseClick(canvas, LEFT, pos=middle)
    np.testing.assert_array_equal(drawn.points[2:], CROSS.inputs[2:])
    np.testing.assert_array_equal(drawn.targets, CROSS.targets)
    assert np.all(np.abs(drawn.points[:2, 0]) < 0.5)
    choose(view, "eraser")
    qtbot.mouseClick(canvas, LEFT, pos=middle)
    np.testing.assert_array_equal(drawn.points, CROSS.inputs[2:])
    choose(view, "select")
    qtbot.keyClick(canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert drawn.selected == [2]
    # What was selected elsewhere is left alone, too.
    view.show_selection(np.array([0, 1, 2]))
    qtbot.keyClick(canvas, Qt.Key.Key_2)
    assert drawn.targets.tolist() == [1.0, 1.0, 0.0]
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    np.testing.assert_array_equal(drawn.points, CROSS.inputs[2:4])


def test_a_brush_shows_its_copies_and_where_it_snaps(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(EMPTY)
    qtbot.mouseMove(view.canvas, place(view, 2.3, 1.0))
    pictures = [view.canvas.grab().toImage()]
    view.tools.guides.mirror_x1.setChecked(True)
    mirrored = view.canvas.grab().toImage()
    # The ring around the mirrored place.
    ring = view.canvas.plane.to_pixel(-2.3 - view.tools.tool.radius, 1.0).toPoint()
    assert mirrored.pixel(ring) != pictures[0].pixel(ring)
    view.tools.guides.spacing.setValue(5)
    snapped = view.canvas.plane.to_pixel(2.0, 1.0).toPoint()
    assert view.canvas.grab().toImage().pixel(snapped) != mirrored.pixel(snapped)


@pytest.mark.parametrize(("keys", "changed"), [(Qt.KeyboardModifier.ControlModifier, True), (NO_KEYS, False)])
def test_control_and_the_wheel_change_the_radius(make_view: MakeView, keys, changed) -> None:
    view = make_view(EMPTY)
    before = view.tools.tool.radius
    at = QPointF(place(view, 0.0, 0.0))
    for turn in (120, 120, -120):
        event = QWheelEvent(
            at, view.canvas.mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, keys,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view.canvas, event)
    assert (view.tools.tool.radius > before) == changed

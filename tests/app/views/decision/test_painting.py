"""Painting with the mouse and the keyboard: what the user does, and which points come of it."""

from typing import Any

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.theme import LIGHT
from app.views.decision import DecisionView
from engine.experiment import Data, Experiment, Points
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame
from tests.app.views.decision.conftest import EMPTY, REGRESSION, MakeView

pytestmark = IGNORE_PLATFORM

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class Record:
    """What a view has said, in order."""

    def __init__(self, view: DecisionView) -> None:
        self.said: list[tuple[Any, ...]] = []
        view.stroke_started.connect(self._started)
        view.points_painted.connect(self._painted)
        view.points_erased.connect(self._erased)
        view.stroke_finished.connect(self._finished)
        view.points_cleared.connect(self._cleared)

    def _started(self) -> None:
        self.said.append(("started",))

    def _painted(self, points: np.ndarray, target: float) -> None:
        self.said.append(("painted", points, target))

    def _erased(self, x1: float, x2: float, radius: float) -> None:
        self.said.append(("erased", x1, x2, radius))

    def _finished(self) -> None:
        self.said.append(("finished",))

    def _cleared(self) -> None:
        self.said.append(("cleared",))

    @property
    def names(self) -> list[str]:
        return [entry[0] for entry in self.said]

    @property
    def points(self) -> np.ndarray:
        return np.concatenate([entry[1] for entry in self.said if entry[0] == "painted"])

    @property
    def targets(self) -> set[float]:
        return {entry[2] for entry in self.said if entry[0] == "painted"}


def place(view: DecisionView, x1: float, x2: float) -> QPoint:
    return view.canvas.plane.to_pixel(x1, x2).toPoint()


def drag(qtbot: QtBot, view: DecisionView, *way: tuple[float, float], button: Qt.MouseButton = LEFT) -> None:
    qtbot.mousePress(view.canvas, button, pos=place(view, *way[0]))
    for stop in way[1:]:
        qtbot.mouseMove(view.canvas, place(view, *stop))
    qtbot.mouseRelease(view.canvas, button, pos=place(view, *way[-1]))


def test_a_click_paints_one_point_of_class_a(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view()
    record = Record(view)
    qtbot.mouseClick(view.canvas, LEFT, pos=place(view, 2.0, -3.0))
    assert record.names == ["started", "painted", "finished"]
    np.testing.assert_allclose(record.points, [[2.0, -3.0]], atol=0.05)
    assert record.targets == {0.0}


def test_the_right_button_paints_the_other_class(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view()
    record = Record(view)
    qtbot.mouseClick(view.canvas, RIGHT, pos=place(view, 0.0, 0.0))
    qtbot.mouseClick(view.tools.classes[1], LEFT)
    qtbot.mouseClick(view.canvas, RIGHT, pos=place(view, 0.0, 0.0))
    assert [entry[2] for entry in record.said if entry[0] == "painted"] == [1.0, 0.0]


def test_a_fast_drag_paints_a_cloud_without_gaps(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view()
    record = Record(view)
    drag(qtbot, view, (-5.0, 1.0), (5.0, 1.0))
    points = record.points
    assert record.names[0] == "started"
    assert record.names[-1] == "finished"
    # Ten units at four points a unit, and the first.
    assert len(points) == pytest.approx(41, abs=1)
    assert np.all(np.abs(points[:, 1] - 1.0) <= 0.45)
    assert np.all(np.diff(np.sort(points[:, 0])) < 1.0)


def test_a_stroke_that_leaves_the_picture_paints_nothing_outside(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view()
    record = Record(view)
    drag(qtbot, view, (5.0, 5.0), (6.4, 6.3), (-6.3, 5.5), (-5.0, 5.5))
    assert np.all(np.abs(record.points) <= 6.0)


def test_outside_the_picture_nothing_begins(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view()
    record = Record(view)
    drag(qtbot, view, (-6.4, 0.0), (0.0, 0.0))
    assert record.said == []


def test_a_second_button_does_not_disturb_a_stroke(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view()
    record = Record(view)
    qtbot.mousePress(view.canvas, LEFT, pos=place(view, 0.0, 0.0))
    qtbot.mouseClick(view.canvas, RIGHT, pos=place(view, 1.0, 1.0))
    assert "finished" not in record.names
    qtbot.mouseRelease(view.canvas, LEFT, pos=place(view, 1.0, 1.0))
    assert record.names.count("finished") == 1
    assert record.targets == {0.0}


def test_escape_and_hiding_finish_a_stroke(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view()
    record = Record(view)
    qtbot.mousePress(view.canvas, LEFT, pos=place(view, 0.0, 0.0))
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert record.names == ["started", "painted", "finished"]
    qtbot.mouseMove(view.canvas, place(view, 3.0, 0.0))
    qtbot.mouseRelease(view.canvas, LEFT, pos=place(view, 3.0, 0.0))
    assert len(record.points) == 1
    qtbot.mousePress(view.canvas, LEFT, pos=place(view, 0.0, 0.0))
    view.hide()
    assert record.names[-1] == "finished"


def test_the_eraser_reaches_everything_on_its_way(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(Experiment())
    record = Record(view)
    qtbot.mouseClick(view.tools.toolbox.button_of("eraser"), LEFT)
    drag(qtbot, view, (-4.0, 0.0), (4.0, 0.0))
    assert set(record.names) == {"started", "erased", "finished"}
    centers = np.array([entry[1:3] for entry in record.said if entry[0] == "erased"])
    radius = next(entry[3] for entry in record.said if entry[0] == "erased")
    assert radius == pytest.approx(0.4)
    for x1 in np.linspace(-4.0, 3.9, 50):
        assert np.min(np.hypot(centers[:, 0] - x1, centers[:, 1])) < radius


def test_clear_asks_for_an_empty_canvas(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(Experiment())
    record = Record(view)
    qtbot.mouseClick(view.tools.clear, LEFT)
    assert record.names == ["cleared"]


def shown_color(view: DecisionView, x1: float, x2: float) -> tuple[int, int, int]:
    pixel = view.canvas.grab().toImage().pixelColor(place(view, x1, x2))
    return pixel.red(), pixel.green(), pixel.blue()


def with_points(points: np.ndarray, targets: np.ndarray) -> Experiment:
    return Experiment(data=Data(source=Points(points, targets), train_share=1.0))


def test_painted_points_are_seen_at_once_and_until_the_data_bring_them(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view()
    view.set_theme(LIGHT)
    frame = sample_frame(EMPTY)[3]
    view.show_frame(msgspec.structs.replace(frame, output_fields=np.ones((1, 8, 8), dtype=np.float32)))
    record = Record(view)
    qtbot.mouseClick(view.canvas, LEFT, pos=place(view, 3.0, 3.0))
    red, _, blue = shown_color(view, 3.0, 3.0)
    assert red > blue + 100
    # The data bring the point.
    experiment, dataset, shape, _ = sample_frame(with_points(record.points, np.zeros(1)))
    view.show_experiment(experiment, dataset, shape)
    assert len(view.canvas.strokes.pending[0]) == 0
    red, _, blue = shown_color(view, 3.0, 3.0)
    assert red > blue + 100
    # Undone, nothing of it remains.
    view.show_experiment(*sample_frame(EMPTY)[:3])
    red, _, blue = shown_color(view, 3.0, 3.0)
    assert red < blue


def test_within_a_stroke_points_wait_for_data_that_lag_behind(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view()
    record = Record(view)
    qtbot.mousePress(view.canvas, LEFT, pos=place(view, -5.0, 0.0))
    qtbot.mouseMove(view.canvas, place(view, 5.0, 0.0))
    all_pending = view.canvas.strokes.pending[0]
    first = record.said[1][1]
    view.show_experiment(*sample_frame(with_points(first, np.zeros(1)))[:3])
    assert len(view.canvas.strokes.pending[0]) == len(all_pending) - 1
    qtbot.mouseRelease(view.canvas, LEFT, pos=place(view, 5.0, 0.0))


def test_the_end_of_a_stroke_says_how_to_take_it_back(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view()
    hints: list[str] = []
    view.hint.connect(hints.append)
    qtbot.mouseClick(view.canvas, LEFT, pos=place(view, 0.0, 0.0))
    assert hints[-1] == "1 point painted. Ctrl+Z takes it back."


@pytest.mark.parametrize(
    ("keys", "target"),
    [((Qt.Key.Key_B,), 1.0), ((Qt.Key.Key_2,), 1.0), ((Qt.Key.Key_2, Qt.Key.Key_A), 0.0), ((Qt.Key.Key_E,) * 2, 0.0)],
)
def test_keys_choose_the_class(make_view: MakeView, qtbot: QtBot, keys: tuple[Qt.Key, ...], target: float) -> None:
    view = make_view()
    record = Record(view)
    for key in keys:
        qtbot.keyClick(view.canvas, key)
    qtbot.mouseClick(view.canvas, LEFT, pos=place(view, 0.0, 0.0))
    assert record.targets == {target}


def test_brackets_change_the_radius(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view()
    radius = view.tools.tool.radius
    qtbot.keyClick(view.canvas, Qt.Key.Key_BracketRight)
    assert view.tools.tool.radius > radius
    qtbot.keyClick(view.canvas, Qt.Key.Key_BracketLeft)
    assert view.tools.tool.radius == radius


def test_everything_can_be_painted_by_keyboard(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view()
    record = Record(view)
    for _ in range(3):
        qtbot.keyClick(view.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    fine = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(view.canvas, Qt.Key.Key_Down, fine)
    assert view.readout.text().startswith("x₁ 1.50  x₂ −0.10")
    qtbot.keyClick(view.canvas, Qt.Key.Key_Return)
    np.testing.assert_allclose(record.points, [[1.5, -0.1]])
    qtbot.keyClick(view.canvas, Qt.Key.Key_Delete)
    assert record.said[-2][:3] == ("erased", 1.5, -0.1)
    for _ in range(30):
        qtbot.keyClick(view.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Insert)
    assert record.points[-1].tolist() == [-6.0, -0.1]


def test_plain_arrows_and_space_are_left_to_the_window(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view()
    # The mouse may be there from before.
    before = view.readout.text()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space):
        qtbot.keyClick(view.canvas, key)
    assert view.canvas._keys.position == (0.0, 0.0)
    assert not view.canvas._keys.shown
    assert view.readout.text() == before


def test_regression_paints_values(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(REGRESSION)
    record = Record(view)
    assert not view.tools.classes[0].isVisible()
    assert view.tools.value.isVisible()
    view.tools.value.setValue(view.tools.value.maximum() - 10)
    qtbot.mouseClick(view.canvas, LEFT, pos=place(view, 0.0, 0.0))
    qtbot.mouseClick(view.canvas, RIGHT, pos=place(view, 0.0, 0.0))
    assert [entry[2] for entry in record.said if entry[0] == "painted"] == [0.5, -0.5]


def test_the_brush_popover_changes_radius_and_density(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view()
    record = Record(view)
    view.tools.options.density.setValue(view.tools.options.density.maximum())
    view.tools.options.radius.setValue(0)
    drag(qtbot, view, (-5.0, 1.0), (5.0, 1.0))
    assert len(record.points) == pytest.approx(201, abs=2)
    assert np.ptp(record.points[:, 1]) < 0.01


def test_no_painting_before_there_are_data(qtbot: QtBot) -> None:
    view = DecisionView()
    qtbot.addWidget(view)
    record = Record(view)
    qtbot.mouseClick(view.canvas, LEFT, pos=view.canvas.rect().center())
    assert record.said == []


def test_a_frame_of_the_other_task_is_not_drawn(make_view: MakeView) -> None:
    view = make_view(Experiment())
    view.show_experiment(*sample_frame(REGRESSION)[:3])
    assert view.canvas.field is None
    frame = msgspec.structs.replace(sample_frame(REGRESSION)[3])
    view.show_frame(frame)
    assert view.canvas.field is not None

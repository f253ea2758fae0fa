"""The drawing tools on a curve, whose points have their y as target."""

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from app.changes.points import cleared
from app.views.curve import CurveView
from engine.compose import compose
from engine.datasets.resolve import CURVE_SCALE
from engine.experiment import Experiment, Points
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame
from tests.app.views.decision.drawn import RIGHT, Drawn, choose, drag, place

pytestmark = IGNORE_PLATFORM

# x and y; in the picture, y is four times as high.
THREE = Points(np.array([[-4.0, 0.25], [0.0, -0.5], [4.0, 1.0]]), np.array([0.25, -0.5, 1.0]))


@pytest.fixture
def drawn(qtbot: QtBot) -> Drawn:
    base = compose(task="regression-1d", samples=10)
    data = type(base.data)(task="regression-1d", source=THREE, train_share=1.0)
    experiment = Experiment(data=data, network=base.network, training=base.training)
    view = CurveView(random=np.random.default_rng(3))
    qtbot.addWidget(view)
    view.resize(380, 420)
    experiment, dataset, shape, frame = sample_frame(experiment)
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(frame)
    with qtbot.waitExposed(view):
        view.show()
    return Drawn(view, experiment)


def values(drawn: Drawn) -> np.ndarray:
    source = drawn.experiment.data.source
    assert isinstance(source, Points)
    np.testing.assert_array_equal(source.inputs[:, 1], source.targets)
    return source.targets


def test_a_point_that_is_moved_takes_its_value_along(drawn: Drawn, qtbot: QtBot) -> None:
    choose(drawn.view, "select")
    drag(qtbot, drawn.view, (0.0, -0.5 / CURVE_SCALE), (1.0, 0.0), (1.0, 3.0))
    np.testing.assert_allclose(drawn.points[1], (1.0, 3.0), atol=0.06)
    np.testing.assert_allclose(values(drawn), (0.25, 3.0 * CURVE_SCALE, 1.0), atol=0.06 * CURVE_SCALE)


def test_a_line_of_points_and_an_arrow_key(drawn: Drawn, qtbot: QtBot) -> None:
    drawn.view.tools.options.radius.setValue(0)
    choose(drawn.view, "line")
    drag(qtbot, drawn.view, (-5.0, 2.0), (0.0, 2.0), (5.0, 2.0))
    assert len(values(drawn)) == pytest.approx(3 + 40, abs=1)
    np.testing.assert_allclose(values(drawn)[3:], 2.0 * CURVE_SCALE, atol=0.05 * CURVE_SCALE)
    before = values(drawn).copy()
    choose(drawn.view, "select")
    qtbot.keyClick(drawn.view.canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(drawn.view.canvas, Qt.Key.Key_Up)
    np.testing.assert_allclose(values(drawn), before + 0.1 * CURVE_SCALE, atol=1e-12)


def test_the_right_button_erases_with_the_brush_only(drawn: Drawn, qtbot: QtBot) -> None:
    view = drawn.view
    erased: list[float] = []
    view.points_erased.connect(lambda x1, x2, radius: erased.append(radius))
    qtbot.mouseClick(view.canvas, RIGHT, pos=place(view, 2.0, 2.0))
    assert erased
    erased.clear()
    choose(view, "point")
    qtbot.mouseClick(view.canvas, RIGHT, pos=place(view, 2.0, 2.0))
    assert not erased
    assert len(values(drawn)) == 4


def test_the_invitation_is_written_over_the_curve_and_into_no_file(drawn: Drawn) -> None:
    canvas, plane = drawn.view.canvas, drawn.view.canvas.plane
    drawn.experiment = cleared(drawn.experiment)
    drawn.show()
    frame = canvas.frame
    assert frame is not None
    # A curve right through the middle, where the words stand on a bright ground.
    canvas.show_frame(msgspec.structs.replace(frame, output_fields=np.zeros_like(frame.output_fields)))
    middle = plane.to_pixel(0.0, 0.0).toPoint()
    seen = canvas.grab().toImage()
    row = [seen.pixelColor(x, middle.y()).lightness() for x in range(round(plane.left) + 20, middle.x())]
    assert np.mean(np.array(row) < 60) < 0.5
    written = QImage(canvas.size(), QImage.Format.Format_RGB32)
    with QPainter(written) as painter:
        canvas.draw_picture(painter)
    row = [written.pixelColor(x, middle.y()).lightness() for x in range(round(plane.left) + 20, middle.x())]
    assert np.mean(np.array(row) < 60) > 0.95


def type_formula(qtbot: QtBot, drawn: Drawn, text: str) -> None:
    qtbot.keyClick(drawn.view.canvas, Qt.Key.Key_Y)
    popover = drawn.view.formula
    assert popover.isVisible()
    popover.field.clear()
    qtbot.keyClicks(popover.field, text)


def test_points_along_a_formula_are_one_step(drawn: Drawn, qtbot: QtBot) -> None:
    popover = drawn.view.formula
    popover.count_slider.set_stop(50.0)
    popover.noise_slider.setValue(0)
    type_formula(qtbot, drawn, "y = 0.5 sin(x)")
    assert popover.remark.text() == "50 points."
    qtbot.keyClick(popover.field, Qt.Key.Key_Return)
    assert not popover.isVisible()
    assert drawn.texts == ["50 points along y = 0.5 sin(x)"]
    new = drawn.points[3:]
    np.testing.assert_allclose(np.diff(new[:, 0]), 12.0 / 50)
    np.testing.assert_allclose(values(drawn)[3:], 0.5 * np.sin(new[:, 0]))


def test_noise_moves_them_and_those_that_were_there_can_go(drawn: Drawn, qtbot: QtBot) -> None:
    popover = drawn.view.formula
    popover.count_slider.set_stop(1_000.0)
    popover.noise_slider.set_stop(0.2)
    popover.before.set_name("replace")
    type_formula(qtbot, drawn, "x/12")
    qtbot.mouseClick(popover.apply, Qt.MouseButton.LeftButton)
    stray = values(drawn) - drawn.points[:, 0] / 12.0
    assert len(stray) == 1_000
    assert np.std(stray) == pytest.approx(0.2, abs=0.02)
    assert abs(np.mean(stray)) < 0.03


def test_only_what_lies_in_the_picture_is_drawn_and_counted(drawn: Drawn, qtbot: QtBot) -> None:
    popover = drawn.view.formula
    popover.noise_slider.setValue(0)
    type_formula(qtbot, drawn, "sqrt(x)")
    # From x = 0, where it has a value, to 2.25, where it leaves the picture.
    assert popover.remark.text() == "19 of 100 are in the picture."
    qtbot.keyClick(popover.field, Qt.Key.Key_Return)
    assert len(drawn.points) == 3 + 19
    type_formula(qtbot, drawn, "x + 100")
    said: list[str] = []
    drawn.view.hint.connect(said.append)
    qtbot.keyClick(popover.field, Qt.Key.Key_Return)
    assert len(drawn.points) == 3 + 19
    assert said[-1] == "No point of this curve lies in the picture."


@pytest.mark.parametrize("text", ["y > x", "y = y", "x = 3", "sin(y)", "y = __import__('os')", "sin(", "1/0 +"])
def test_what_is_no_curve_changes_nothing_and_is_explained(drawn: Drawn, qtbot: QtBot, text: str) -> None:
    type_formula(qtbot, drawn, text)
    popover = drawn.view.formula
    assert popover.remark.property("role") == "problem"
    assert popover.remark.text().endswith(".")
    qtbot.keyClick(popover.field, Qt.Key.Key_Return)
    assert popover.isVisible()
    assert drawn.texts == []
    popover.close()


def test_a_curve_is_seen_while_it_is_typed(drawn: Drawn, qtbot: QtBot) -> None:
    canvas = drawn.view.canvas
    before = canvas.grab().toImage()
    type_formula(qtbot, drawn, "1")
    above = canvas.plane.to_pixel(3.0, 1.1 / CURVE_SCALE).toPoint()
    # Within the noise there is a band around it.
    assert canvas.grab().toImage().pixel(above) != before.pixel(above)
    drawn.view.formula.close()
    assert canvas.grab().toImage().pixel(above) == before.pixel(above)


def test_the_grid_holds_for_points_along_a_formula(drawn: Drawn, qtbot: QtBot) -> None:
    drawn.view.tools.guides.spacing.set_stop(1.0)
    drawn.view.tools.guides.grid.setChecked(True)
    drawn.view.formula.noise_slider.setValue(0)
    type_formula(qtbot, drawn, "x/6")
    qtbot.keyClick(drawn.view.formula.field, Qt.Key.Key_Return)
    new = drawn.points[3:]
    np.testing.assert_array_equal(new, new.round())
    assert len(np.unique(new, axis=0)) == len(new) > 8


def test_nothing_is_offered_that_a_curve_has_no_use_for(drawn: Drawn, qtbot: QtBot) -> None:
    tools = drawn.view.tools
    assert not tools.toolbox.button_of("recolor").isVisible()
    qtbot.keyClick(drawn.view.canvas, Qt.Key.Key_V)
    assert tools.tool.kind == "brush"
    # A formula draws points here, and splits none.
    assert tools.flood_button.accessibleName() == "Points along a formula"
    qtbot.mouseClick(tools.flood_button, Qt.MouseButton.LeftButton)
    assert not tools.flood.isVisible()
    assert drawn.view.formula.isVisible()

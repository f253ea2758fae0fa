import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from app import changes
from app.views.curve import CurveView
from engine.compose import compose
from engine.datasets.resolve import CURVE_SCALE, resolve
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame

pytestmark = IGNORE_PLATFORM


@pytest.fixture
def view(qtbot) -> CurveView:
    view = CurveView(random=np.random.default_rng(0))
    qtbot.addWidget(view)
    view.resize(400, 420)
    view.show()
    experiment, dataset, shape, frame = sample_frame(compose(task="regression-1d", hidden=(3, 5)))
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(frame)
    return view


def place(view: CurveView, x: float, y: float) -> QPoint:
    """Return the pixel of (x, y), where y is the value itself."""
    return view.canvas.plane.to_pixel(x, y / CURVE_SCALE).toPoint()


def move(view: CurveView, at: QPoint, held: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """Move the mouse without moving the cursor of the screen, which would stay there for other tests."""
    there, everywhere = QPointF(at), QPointF(view.canvas.mapToGlobal(at))
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, there, everywhere, none, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view.canvas, event)


def test_a_click_paints_a_point_whose_y_is_what_is_wanted(view, qtbot) -> None:
    with qtbot.waitSignal(view.points_painted) as painted:
        qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=place(view, 3.0, 0.5))
    points, target = painted.args
    experiment = compose(task="regression-1d")
    dataset = resolve(experiment.data)
    changed = resolve(changes.with_painted(experiment, dataset, points, target).data)
    assert changed.points[-1, 0] == pytest.approx(3.0, abs=0.1)
    assert changed.points[-1, 1] == changed.targets[-1] == pytest.approx(0.5, abs=0.03)
    # The eraser finds it where it is drawn.
    erased = changes.with_erased(
        changes.with_painted(experiment, dataset, points, target), changed, 3.0, 0.5 / CURVE_SCALE, 0.3
    )
    assert not np.any(np.all(resolve(erased.data).points == changed.points[-1], axis=1))


def test_the_curve_is_the_output_and_units_have_theirs(view) -> None:
    curve = view.canvas.curve()
    assert curve is not None
    assert len(view.canvas.unit_curves()) == 5
    view.canvas.set_layer(0)
    assert [unit for unit, _ in view.canvas.unit_curves()] == [1, 2, 3]
    view.canvas.set_layer(-1)
    assert view.canvas.unit_curves() == []


def test_the_readout_tells_what_the_network_puts_out(view) -> None:
    short, sentence = view.describe(0.0, 2.0)
    assert "y 0.50" in short
    assert "ŷ" in short
    assert "the network puts out" in sentence


def test_residuals_change_the_picture(view) -> None:
    before = view.canvas.grab().toImage()
    view.residuals.setChecked(True)
    assert view.canvas.grab().toImage() != before


@pytest.mark.parametrize("output", [np.inf, -3e38, np.nan])
def test_residuals_of_a_run_that_is_about_to_diverge_are_drawn(view, output: float) -> None:
    view.residuals.setChecked(True)
    frame = sample_frame(compose(task="regression-1d", hidden=(3, 5)))[3]
    view.show_frame(msgspec.structs.replace(frame, output_fields=np.full_like(frame.output_fields, output)))
    before = view.canvas.grab().toImage()
    view.residuals.setChecked(False)
    # Warnings are errors here.
    assert view.canvas.grab().toImage() != before


def test_parts_and_the_bias_add_up_to_the_curve(view) -> None:
    # The output unit is linear: the curve is the sum of what the units add, and its bias.
    view.layers.set_name("parts")
    view.layers.chosen.emit("parts")
    frame = view.canvas.frame
    bias = frame.parameters[frame.layout.layers[-1].bias_start]
    total = sum(values for _, values in view.canvas.unit_curves()) + bias
    curve = view.canvas.curve()
    x = (np.arange(len(total)) + 0.5) / len(total)
    np.testing.assert_allclose(total, np.interp(x, (np.arange(len(curve)) + 0.5) / len(curve), curve), atol=1e-3)


def test_pointing_at_a_units_curve_names_it(view, qtbot) -> None:
    unit, values = view.canvas.unit_curves()[2]
    others = [abs(each[20] - values[20]) for other, each in view.canvas.unit_curves() if other != unit]
    assert min(others) > 0.01, "the sample's curves lie too near to each other for this test"
    x = -6.0 + 12.0 * 20.5 / len(values)
    move(view, place(view, x, float(values[20])))
    assert view.canvas.unit_at(x, float(values[20]) / CURVE_SCALE) == (unit, pytest.approx(values[20]))
    assert "unit 3 of layer 2 puts out" in view.describe(x, float(values[20]) / CURVE_SCALE)[1]
    assert view.canvas.unit_at(x, 40.0) is None


def test_a_drag_sprays_points_along_its_way(view, qtbot) -> None:
    painted = []
    view.points_painted.connect(lambda points, target: painted.append(points))
    qtbot.mousePress(view.canvas, Qt.MouseButton.LeftButton, pos=place(view, -4.0, 0.5))
    for x in np.linspace(-4.0, 4.0, 9):
        move(view, place(view, float(x), 0.5), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(view.stroke_finished):
        qtbot.mouseRelease(view.canvas, Qt.MouseButton.LeftButton, pos=place(view, 4.0, 0.5))
    points = np.concatenate(painted)
    assert len(points) > 3
    assert points[:, 0].min() < -3.0
    assert points[:, 0].max() > 3.0


def test_only_what_a_curve_has_is_offered(view) -> None:
    assert not view.residuals.isHidden()
    assert view.discretize.isHidden()
    assert view.chosen_class.isHidden()


def test_the_right_button_erases_where_points_are_drawn(view, qtbot) -> None:
    x, y = view.canvas._dataset.points[0]
    with qtbot.waitSignal(view.points_erased) as erased, qtbot.assertNotEmitted(view.points_painted):
        qtbot.mouseClick(view.canvas, Qt.MouseButton.RightButton, pos=view.canvas.plane.to_pixel(x, y).toPoint())
    experiment = compose(task="regression-1d", hidden=(3, 5))
    dataset = resolve(experiment.data)
    left = resolve(changes.with_erased(experiment, dataset, *erased.args).data)
    assert len(left) < len(dataset)
    assert not np.any(np.all(left.points == dataset.points[0], axis=1))

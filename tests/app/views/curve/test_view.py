import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

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

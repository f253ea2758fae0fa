"""The drawing tools on a curve, whose points have their y as target."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

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


def test_nothing_is_offered_that_a_curve_has_no_use_for(drawn: Drawn, qtbot: QtBot) -> None:
    tools = drawn.view.tools
    assert not tools.flood_button.isVisible()
    assert not tools.toolbox.button_of("recolor").isVisible()
    for key in (Qt.Key.Key_V, Qt.Key.Key_Y):
        qtbot.keyClick(drawn.view.canvas, key)
    assert tools.tool.kind == "brush"
    assert not tools.flood.isVisible()

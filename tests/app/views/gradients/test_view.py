import gc
import weakref

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.frame import Frame
from app.theme import DARK, LIGHT, Theme
from app.views.decision.markers import MARKER_DEPTH, class_color
from app.views.gradients.view import GradientView
from engine.compose import compose
from engine.experiment import Experiment
from tests.app.sample_frame import sample_frame
from tests.app.views.networks import experiment, hover

ALT = Qt.KeyboardModifier.AltModifier


def shown(qtbot: QtBot, which: Experiment | None = None) -> tuple[GradientView, Frame]:
    view = GradientView()
    qtbot.addWidget(view)
    view.resize(1280, 190)
    made, dataset, layout, frame = sample_frame(which)
    view.show_experiment(made, dataset, layout)
    view.show_frame(frame)
    view.show()
    return view, frame


def color_at(view: GradientView, index: int) -> QColor:
    center = view.cell_of(index).center()
    return view.grab().toImage().pixelColor(center)


def test_a_cell_has_the_color_of_its_gradient(qtbot: QtBot) -> None:
    view, frame = shown(qtbot)
    strongest = int(np.abs(frame.gradient).argmax())
    shade = color_at(view, strongest)
    is_blue = shade.blue() > shade.red()
    assert is_blue == (frame.gradient[strongest] > 0.0)


def test_weights_can_be_shown_instead(qtbot: QtBot) -> None:
    view, frame = shown(qtbot)
    view.quantity.choose("weights")
    strongest = int(np.abs(frame.parameters).argmax())
    assert (color_at(view, strongest).blue() > color_at(view, strongest).red()) == (frame.parameters[strongest] > 0.0)


def test_a_weak_layer_shows_its_pattern_on_its_own_scale(qtbot: QtBot) -> None:
    view, frame = shown(qtbot)
    gradient = np.zeros_like(frame.gradient)
    gradient[0], gradient[-2] = 1e-6, 1.0
    values = {name: getattr(frame, name) for name in frame.__struct_fields__}
    view.show_frame(Frame(**{**values, "gradient": gradient}))
    pale = color_at(view, 0)
    view.scale.choose("layer")
    strong = color_at(view, 0)
    assert abs(pale.blue() - pale.red()) < 12
    assert strong.blue() - strong.red() > 100


def test_pointing_at_a_cell_names_the_weight(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    hints: list[str] = []
    view.hint.connect(hints.append)
    center = view.cell_of(2).center()
    with qtbot.waitSignal(view.weight_hovered) as signal:
        hover(view, center.x(), center.y())
    assert signal.args == [2]
    assert hints[-1].startswith("Weight w₂₁ from x₁ to unit 2 of layer 1: value ")
    with qtbot.waitSignal(view.weight_hovered) as signal:
        hover(view, 1270.0, 180.0)
    assert signal.args == [-1]
    assert hints[-1] == ""


def test_the_norm_is_explained(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    with qtbot.waitSignal(view.hint) as signal:
        hover(view, 20.0, 55.0)
    assert signal.args[0].startswith("‖g‖ is the length")


def test_a_highlighted_cell_is_outlined(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    before = view.grab().toImage()
    view.highlight_parameter(4)
    assert view.grab().toImage() != before
    view.highlight_parameter(-1)
    assert view.grab().toImage() == before
    view.highlight_parameter(10_000)
    assert view.grab().toImage() == before


def test_the_keyboard_moves_through_the_cells(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    seen: list[int] = []
    view.weight_hovered.connect(seen.append)
    view.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(view, key, ALT)
    # w₁₁, w₂₁, w₂₂ of 2-4-2-1
    assert seen == [0, 2, 3]
    assert view.accessibleName().startswith("Gradients: Weight w₂₂")
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert seen[-1] == -1


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("hidden", [(), (1,), (8,) * 6, (32,) * 8])
def test_any_network_is_drawn_at_any_size(qtbot: QtBot, theme: Theme, hidden: tuple[int, ...]) -> None:
    view, frame = shown(qtbot, experiment(*hidden))
    view.set_theme(theme)
    for size in ((1280, 190), (1900, 300), (80, 40)):
        view.resize(*size)
        assert not view.grab().isNull()
    values = {name: getattr(frame, name) for name in frame.__struct_fields__}
    view.show_frame(Frame(**{**values, "gradient": np.full_like(frame.gradient, np.nan)}))
    assert not view.grab().isNull()


def test_a_frame_of_another_network_is_left_out(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    before = view.grab().toImage()
    *_, other = sample_frame(experiment(3))
    view.show_frame(other)
    assert view.grab().toImage() == before


def test_a_closed_view_dies(qtbot: QtBot) -> None:
    view = GradientView()
    made, dataset, layout, frame = sample_frame()
    view.show_experiment(made, dataset, layout)
    view.show_frame(frame)
    view.grab()
    gone = weakref.ref(view)
    view.close()
    view.deleteLater()
    del view
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_rows_of_the_output_layer_bear_the_markers_of_their_classes(qtbot: QtBot, theme: Theme) -> None:
    view, _ = shown(qtbot, compose(task="classes", classes=3, samples=30, hidden=(2,)))
    view.set_theme(theme)
    matrix = view._matrices[-1]
    image = view.grab().toImage()
    for number in range(3):
        right = [image.pixelColor(matrix.right + 4 + x, matrix.y + number * matrix.cell + matrix.cell // 2)
                 for x in range(12)]  # fmt: skip
        assert QColor(*class_color(theme, number, MARKER_DEPTH)) in right

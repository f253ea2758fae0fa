"""The activation explorer: curves, histogram and sentences against numbers worked out by hand."""

import gc
import weakref

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest

from app.theme import DARK, LIGHT
from app.views.explorers.activation import ALL, APART, NONE, ActivationExplorer
from app.views.explorers.panels import PLACES, calm, grid, percent
from engine import reference
from engine.activations import ACTIVATIONS
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.experiment import Experiment, Points
from engine.features import compute
from engine.parameters import layout
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.views.explorers.explored import explored
from tests.app.views.networks import hover

pytestmark = IGNORE_PLATFORM


def shown(qtbot, experiment: Experiment, scale: float = 1.0) -> ActivationExplorer:
    view = ActivationExplorer()
    qtbot.addWidget(view)
    view.resize(1000, 220)
    view.show()
    experiment, dataset, shape, frame = explored(experiment, scale)
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(frame)
    return view


def choose(view: ActivationExplorer, layer: str) -> None:
    view.layer.set_name(layer)
    view.layer.chosen.emit(layer)


@pytest.mark.parametrize("name", ACTIVATIONS.names)
def test_every_activation_is_drawn_at_every_size_and_its_slope_is_that_of_its_curve(qtbot, name) -> None:
    view = shown(qtbot, compose(activation="tanh", samples=40))
    view.second.set_name(name)
    view.second.chosen.emit(name)
    values, slopes = view.picture.panels
    measured = np.gradient(values.lines[-1].values, values.x)
    # Of softmax the diagonal counts: the other units rest at z = 0.
    off = np.abs(measured - slopes.lines[-1].values)[1:-1]
    assert np.quantile(off, 0.95) < 2e-3
    for theme, size in (
        (LIGHT, (1000, 220)),
        (DARK, (676, 130)),
        (msgspec.structs.replace(LIGHT, text_scale=1.5), (384, 500)),
        (LIGHT, (40, 30)),
    ):
        view.set_theme(theme)
        view.resize(*size)
        assert not view.grab().isNull()


def test_the_axis_is_read_off_exactly_by_mouse_and_keys(qtbot) -> None:
    view = shown(qtbot, compose(activation="sigmoid"))
    place = view.canvas.place_of(0, 250)
    with qtbot.waitSignal(view.hint) as said:
        hover(view.canvas, place.x(), place.y())
    z = view.picture.panels[0].x[view.canvas.index]
    a = 1.0 / (1.0 + np.exp(-z))
    assert said.args[0] == f"At z = {z:.4g} Sigmoid puts out {a:.3f} with the slope {a * (1 - a):.3f}."
    index = view.canvas.index
    view.canvas.setFocus()
    QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    assert view.canvas.index == index + 1
    QTest.keyClick(view.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.canvas.index == index - 9
    assert "puts out" in view.canvas.accessibleDescription()
    QTest.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert view.canvas.index == -1


def test_saturation_dead_units_and_slope_are_said_in_plain_sentences(qtbot) -> None:
    view = shown(qtbot, compose(activation="sigmoid", hidden=(8,) * 6), 20.0)
    statistics = view.frame.statistics
    share = np.mean([layer.saturated for layer in statistics.layers[:-1]])
    texts = view.facts.texts()
    assert texts[0] == (
        f"{round(100 * share)} % saturated: the slope is below 0.01 there, so these units hardly learn."
    )
    assert any("slope left at layer 1: the gradient vanishes on its way back." in text for text in texts)
    assert texts[-1] == f"Over all {statistics.train_count} training samples."
    levels = view.picture.levels
    assert levels.names == ("1", "2", "3", "4", "5", "6", "out")
    assert levels.values == tuple(layer.product for layer in statistics.layers)


def test_dead_units_are_counted(qtbot) -> None:
    experiment = compose(activation="relu", hidden=(4, 3), loss="mse", output="linear")
    shape = layout(experiment.network)
    view = shown(qtbot, experiment)
    frame = view.frame
    first, second = (
        msgspec.structs.replace(layer, dead_units=dead)
        for layer, dead in zip(frame.statistics.layers, (2, 1), strict=False)
    )
    statistics = msgspec.structs.replace(frame.statistics, layers=(first, second, frame.statistics.layers[2]))
    view.show_frame(msgspec.structs.replace(frame, statistics=statistics))
    assert "3 of 7 units are dead: slope 0 on every sample, so nothing is learned there." in view.facts.texts()
    choose(view, "1")
    assert "1 of 3 units is dead: slope 0 on every sample, so nothing is learned there." in view.facts.texts()
    assert shape.layers[1].outputs == 3


def test_all_hidden_layers_together_are_the_sum_of_each(qtbot) -> None:
    view = shown(qtbot, compose(hidden=(5, 4)))
    both = view.picture.panels[0].bars.counts
    parts = []
    for layer in ("0", "1"):
        choose(view, layer)
        parts.append(view.picture.panels[0].bars.counts)
    np.testing.assert_array_equal(both, parts[0] + parts[1])
    assert both.sum() == 9 * view.frame.statistics.train_count


def test_bars_are_marked_where_the_slope_is_flat(qtbot) -> None:
    view = shown(qtbot, compose(activation="hard-sigmoid"), 30.0)
    bars = view.picture.panels[0].bars
    middles = 0.5 * (bars.edges[1:] + bars.edges[:-1])
    np.testing.assert_array_equal(bars.marked, np.abs(middles) >= 3.0)


def test_alpha_is_changed_in_the_layer_and_for_comparison_in_the_picture_only(qtbot) -> None:
    view = shown(qtbot, compose(activation="elu"))
    assert view.alpha.isVisible()
    with qtbot.waitSignal(view.changed) as changed:
        view.alpha.committed.emit(0.5)
    assert changed.args == ["network.alpha", 0.5]
    choose(view, "1")
    with qtbot.waitSignal(view.changed) as changed:
        view.alpha.committed.emit(2.0)
    assert changed.args == ["network.layer_alpha", (1, 2.0)]
    view.second.set_name("leaky-relu")
    view.second.chosen.emit("leaky-relu")
    with qtbot.assertNotEmitted(view.changed):
        view.second_alpha.committed.emit(0.25)
    second = view.picture.panels[0].lines[1]
    assert second.name == "Leaky ReLU (α = 0.25)"
    assert second.values[0] == 0.25 * view.picture.panels[0].x[0]
    assert not shown(qtbot, compose(activation="tanh")).alpha.isVisible()


def test_the_chosen_layer_stays_where_there_still_is_one(qtbot) -> None:
    view = shown(qtbot, compose(hidden=(3, 3, 3)))
    choose(view, "3")
    view.show_experiment(*explored(compose(hidden=(3,)))[:3])
    assert view.layer.currentText() == "Output"
    choose(view, "0")
    view.show_experiment(*explored(compose(hidden=(3, 3)))[:3])
    assert view.layer.currentText() == "Layer 1"
    view.show_experiment(*explored(compose(hidden=()))[:3])
    assert view.layer.currentText() == "Output"
    assert view.picture.levels is None
    view.show_experiment(*explored(compose(hidden=(2,)))[:3])
    choose(view, ALL)
    assert view.layer.currentText() == "All hidden"


def test_statistics_of_another_network_are_not_kept(qtbot) -> None:
    view = shown(qtbot, compose(hidden=(3, 3)))
    view.show_experiment(*explored(compose(hidden=(3,)))[:3])
    assert view.picture.panels[0].bars is None
    assert view.facts.texts() == []


def test_a_frame_outlives_another_alpha_but_not_another_activation(qtbot) -> None:
    view = shown(qtbot, compose(activation="elu"))
    view.show_experiment(
        compose(activation="elu", alpha=0.5), view.dataset, explored(compose(activation="elu", alpha=0.5))[2]
    )
    assert view.frame is not None
    assert view.picture.panels[0].lines[0].name == "ELU (α = 0.5)"
    view.show_experiment(compose(activation="tanh"), view.dataset, explored(compose(activation="tanh"))[2])
    assert view.frame is None


def test_without_samples_it_says_so(qtbot) -> None:
    view = ActivationExplorer()
    qtbot.addWidget(view)
    experiment = compose()
    empty = Points(inputs=np.zeros((0, 2)), targets=np.zeros(0))
    experiment = msgspec.structs.replace(experiment, data=msgspec.structs.replace(experiment.data, source=empty))
    view.show_experiment(experiment, resolve(experiment.data), layout(experiment.network))
    assert view.facts.texts() == ["No training samples: paint some to see where the units are."]
    assert not view.grab().isNull()


def test_many_samples_are_said_to_be_thinned_out(qtbot) -> None:
    view = shown(qtbot, compose(samples=4_000, train_share=0.5))
    assert view.facts.texts()[-1] == "Over 1,000 of 2,000 training samples, evenly taken."


@pytest.mark.parametrize("scale", [0.0, 1e3, 1e200])
@pytest.mark.parametrize("activation", ["relu", "tanh", "sine", "softplus"])
def test_numbers_of_every_size_are_drawn(qtbot, activation, scale) -> None:
    view = shown(qtbot, compose(activation=activation, samples=40), scale)
    for layer in (ALL, "0", "2"):
        choose(view, layer)
        assert not view.grab().isNull()


def test_the_axis_grows_at_once_and_shrinks_late() -> None:
    assert calm(4.0, 6.0) == 6.0
    assert calm(8.0, 6.0) == 8.0
    assert calm(8.0, 4.0) == 4.0
    assert grid(-4.0, 4.0)[PLACES // 2] == 0.0


@pytest.mark.parametrize(
    ("share", "text"), [(0.0, "0 %"), (1e-4, "< 1 %"), (0.234, "23 %"), (0.999, "99 %"), (1.0, "100 %")]
)
def test_shares_are_never_rounded_to_none_or_all(share, text) -> None:
    assert percent(share) == text


def test_a_closed_view_dies(qtbot) -> None:
    view = ActivationExplorer()
    experiment, dataset, shape, frame = explored(compose())
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(frame)
    reference = weakref.ref(view)
    view.deleteLater()
    del view
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert reference() is None


def beside(view: ActivationExplorer, name: str) -> None:
    view.second.set_name(name)
    view.second.chosen.emit(name)
    view.arrangement.choose(APART)
    view.arrangement.chosen.emit(APART)


def test_two_activations_stand_side_by_side_on_the_same_scales(qtbot) -> None:
    view = shown(qtbot, compose(activation="sigmoid", hidden=(6,)), 3.0)
    assert not view.arrangement.isVisible()
    beside(view, "relu")
    own, other = view.picture.panels
    assert own.notes[0] == "Sigmoid"
    assert other.notes[0] == "ReLU"
    assert own.up == other.up
    assert np.array_equal(own.x, other.x)
    assert np.array_equal(own.bars.counts, other.bars.counts)
    # Each has its own value and slope, and its own places where nothing is learned.
    z = own.x
    assert np.allclose(own.lines[0].values, 1.0 / (1.0 + np.exp(-z)))
    assert np.array_equal(other.lines[0].values, np.maximum(z, 0.0))
    assert np.array_equal(other.lines[1].values, (z > 0.0).astype(float))
    middles = 0.5 * (other.bars.edges[1:] + other.bars.edges[:-1])
    assert np.array_equal(other.bars.marked, middles < 0.0)
    assert not np.array_equal(own.bars.marked, other.bars.marked)


def test_what_another_activation_would_make_of_the_same_z_is_said(qtbot) -> None:
    view = shown(qtbot, compose(activation="sigmoid", hidden=(6,)), 3.0)
    beside(view, "relu")
    layer = view.frame.statistics.layers[0]
    own, other = (panel.notes for panel in view.picture.panels)
    assert own[1:3] == (f"saturated {percent(layer.saturated)}", f"dead {layer.dead_units} of 6")
    # With ReLU, exactly the z below 0 have no slope; half of the bars lie there.
    below = layer.counts[: len(layer.counts) // 2].sum() / layer.counts.sum()
    assert other[1:3] == (f"saturated ≈ {percent(below)}", f"slope 0 at ≈ {percent(below)}")
    # The bars tell about what the z themselves do.
    points = view.dataset.points[view.dataset.is_train]
    passed = reference.forward(view.layout_, view.frame.parameters, compute(view.layout_.features, points))
    mean = np.maximum(passed.z[0], 0.0).mean()
    assert float(other[3].removeprefix("mean a ≈ ")) == pytest.approx(mean, abs=0.015)
    assert f"ReLU: {', '.join(other[1:])}." in view.facts.texts()


def test_of_one_that_depends_on_all_units_the_bars_of_single_z_tell_nothing(qtbot) -> None:
    view = shown(qtbot, compose(activation="sigmoid", hidden=(6,)), 3.0)
    beside(view, "softmax")
    other = view.picture.panels[1]
    assert other.notes[1:] == ("depends on all units at once",)
    assert not other.bars.marked.any()


def test_both_are_read_off_and_heard_where_there_is_no_room_beside_the_plots(qtbot) -> None:
    view = shown(qtbot, compose(activation="tanh", hidden=(6,)))
    view.resize(676, 190)
    beside(view, "relu")
    assert not view.facts.isVisible()
    assert "ReLU: saturated" in view.canvas.accessibleDescription()
    view.canvas.setFocus()
    QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    assert view.canvas.accessibleDescription() == (
        "At z = 0.03 Tanh puts out 0.030 with the slope 0.999; ReLU puts out 0.030 with the slope 1.000."
    )
    view.resize(1200, 190)
    assert view.facts.isVisible()
    view.second.set_name(NONE)
    view.second.chosen.emit(NONE)
    assert [panel.title for panel in view.picture.panels] == ["a = f(z)", "slope f′(z)"]


@pytest.mark.parametrize("name", ACTIVATIONS.names)
def test_every_activation_can_stand_beside_another(qtbot, name) -> None:
    hidden = ACTIVATIONS[name].hidden
    view = shown(qtbot, compose(activation=name if hidden else "tanh", samples=40))
    if not hidden:
        beside(view, name)
        assert len(view.picture.panels) == 2
        return
    beside(view, "sigmoid" if name != "sigmoid" else "tanh")
    assert len(view.picture.panels) == 2
    for theme, size in ((LIGHT, (1000, 220)), (DARK, (676, 130)), (LIGHT, (300, 500)), (LIGHT, (40, 30))):
        view.set_theme(theme)
        view.resize(*size)
        assert not view.grab().isNull()

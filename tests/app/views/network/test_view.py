import gc
import weakref

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QImage, QStandardItemModel
from pytestqt.qtbot import QtBot

from app.changes.fitting import unfit_output
from app.frame import Frame
from app.theme import DARK, LIGHT
from app.views.network import edge_raster
from app.views.network.header import LAST_UNIT
from app.views.network.hit_testing import Target
from app.views.network.painting import anchor_of
from app.views.network.view import LAST_FEATURE, NetworkView
from app.widgets.choice import Choice
from app.widgets.entry_delegate import NAME_ROLE
from engine.activations import ACTIVATIONS
from engine.experiment import Experiment, Layer, Output
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame
from tests.app.views.networks import experiment, hover

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier


def shown(
    qtbot: QtBot, which: Experiment | None = None, size: tuple[int, int] = (660, 430)
) -> tuple[NetworkView, Frame]:
    view = NetworkView()
    qtbot.addWidget(view)
    view.resize(*size)
    made, dataset, layout, frame = sample_frame(which)
    view.show_experiment(made, dataset, layout)
    view.show_frame(frame)
    view.show()
    return view, frame


def spot(view: NetworkView, kind: str, index: int) -> QPoint:
    return anchor_of(view.arrangement, Target(kind, index)).center().toPoint()


def click(qtbot: QtBot, view: NetworkView, kind: str, index: int) -> None:
    qtbot.mouseClick(view, LEFT, pos=spot(view, kind, index))


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    return rows[:, : image.width()].copy()


def test_clicking_a_feature_switches_it_on(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    with qtbot.waitSignal(view.changed) as signal:
        click(qtbot, view, "feature", 2)
    assert signal.args == ["network.feature", ("x1^2", True)]


def test_clicking_an_active_feature_switches_it_off(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    with qtbot.waitSignal(view.changed) as signal:
        click(qtbot, view, "feature", 1)
    assert signal.args == ["network.feature", ("x2", False)]


def test_the_last_feature_stays_and_says_why(qtbot: QtBot) -> None:
    view, _ = shown(qtbot, experiment(2, features=("x2",)))
    hints: list[str] = []
    view.hint.connect(hints.append)
    with qtbot.assertNotEmitted(view.changed):
        click(qtbot, view, "feature", 1)
    assert hints[-1] == LAST_FEATURE


def test_a_weight_is_edited_where_it_is(qtbot: QtBot) -> None:
    view, frame = shown(qtbot, experiment())
    click(qtbot, view, "edge", 1)
    assert view.editor.isVisible()
    assert float(view.editor.text()) == pytest.approx(frame.parameters[1], rel=1e-4)
    view.editor.selectAll()
    qtbot.keyClicks(view.editor, "0,5")
    with qtbot.waitSignal(view.parameter_edited) as signal:
        qtbot.keyClick(view.editor, Qt.Key.Key_Return)
    assert signal.args == [1, 0.5]
    assert not view.editor.isVisible()


def test_the_bias_of_the_output_can_be_edited(qtbot: QtBot) -> None:
    view, frame = shown(qtbot)
    last = frame.layout.parameter_count - 1
    click(qtbot, view, "bias", last)
    qtbot.keyClick(view.editor, Qt.Key.Key_Up)
    qtbot.keyClick(view.editor, Qt.Key.Key_Up)
    with qtbot.waitSignal(view.parameter_edited) as signal:
        qtbot.keyClick(view.editor, Qt.Key.Key_Enter)
    assert signal.args == [last, pytest.approx(0.2)]


def test_escape_leaves_the_weight_alone(qtbot: QtBot) -> None:
    view, _ = shown(qtbot, experiment())
    click(qtbot, view, "edge", 0)
    with qtbot.assertNotEmitted(view.parameter_edited):
        qtbot.keyClicks(view.editor, "7")
        qtbot.keyClick(view.editor, Qt.Key.Key_Escape)
    assert not view.editor.isVisible()


def test_what_is_no_number_is_answered_with_a_sentence(qtbot: QtBot) -> None:
    view, frame = shown(qtbot, experiment())
    click(qtbot, view, "edge", 0)
    qtbot.keyClicks(view.editor, "abc")
    with qtbot.assertNotEmitted(view.parameter_edited):
        qtbot.keyClick(view.editor, Qt.Key.Key_Return)
    assert view.editor.isVisible()
    assert view.card.card.problem.endswith("not “abc”.")
    # Frames that come meanwhile do not take the sentence away; typing does.
    view.show_frame(frame)
    assert view.card.card.problem
    qtbot.keyClick(view.editor, Qt.Key.Key_Backspace)
    assert not view.card.card.problem


def test_pointing_at_a_unit_shows_its_formula(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    with qtbot.waitSignal(view.unit_hovered) as signal:
        hover(view, view.arrangement.unit_x[3], view.arrangement.unit_y[3])
    assert signal.args == [3]
    assert view.card.isVisible()
    assert view.card.card.title == "Unit 2 of layer 1"
    with qtbot.waitSignals([view.unit_hovered, view.hint]):
        hover(view, 330.0, 2.0)
    assert not view.card.isVisible()


def test_pointing_at_an_edge_names_the_weight_everywhere(qtbot: QtBot) -> None:
    view, _ = shown(qtbot, experiment())
    hints: list[str] = []
    view.hint.connect(hints.append)
    point = spot(view, "edge", 0)
    with qtbot.waitSignal(view.weight_hovered) as signal:
        hover(view, point.x(), point.y())
    assert signal.args == [0]
    assert hints[-1].startswith("Weight w₁₁ from x₁ to the output")


def test_the_card_follows_the_numbers(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    hover(view, view.arrangement.bias_x[0], view.arrangement.bias_y[0])
    before = view.card.card.rows
    *_, other = sample_frame(Experiment(seed=7))
    view.show_frame(other)
    assert view.card.card.rows != before


def test_units_are_added_and_removed_in_place(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    with qtbot.waitSignal(view.changed) as signal:
        qtbot.mouseClick(view.header.layers[0].more, LEFT)
    assert signal.args == ["network.units", (0, 5)]
    with qtbot.waitSignal(view.changed) as signal:
        qtbot.mouseClick(view.header.layers[1].fewer, LEFT)
    assert signal.args == ["network.units", (1, 1)]


def test_the_last_unit_stays_and_says_why(qtbot: QtBot) -> None:
    view, _ = shown(qtbot, experiment(1))
    with qtbot.assertNotEmitted(view.changed), qtbot.waitSignal(view.hint) as signal:
        qtbot.mouseClick(view.header.layers[0].fewer, LEFT)
    assert signal.args == [LAST_UNIT]


def test_layers_are_added_and_removed_in_place(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    with qtbot.waitSignal(view.changed) as signal:
        qtbot.mouseClick(view.header.adders[2], LEFT)
    assert signal.args == ["network.add_layer", 2]
    with qtbot.waitSignal(view.changed) as signal:
        qtbot.mouseClick(view.header.layers[1].remove, LEFT)
    assert signal.args == ["network.remove_layer", 1]


def test_with_eight_layers_there_is_no_way_to_add_a_ninth(qtbot: QtBot) -> None:
    view, _ = shown(qtbot, experiment(*(32,) * 8))
    assert not any(adder.isVisible() for adder in view.header.adders)
    assert not view.header.layers[0].more.isEnabled()
    assert view.header.layers[7].isVisible()


def offered(button: Choice) -> list[str]:
    """Return the names of what can be chosen."""
    model = button.model()
    assert isinstance(model, QStandardItemModel)
    items = [model.item(row) for row in range(model.rowCount())]
    return [item.data(NAME_ROLE) for item in items if item.isEnabled()]


def test_activations_are_offered_and_the_current_one_is_chosen(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    button = view.header.layers[0].activation
    assert button.name() == "tanh"
    assert offered(button) == [entry.name for entry in ACTIVATIONS if entry.hidden]
    assert button.findData("softmax") == -1
    with qtbot.waitSignal(view.changed) as signal:
        button.activated.emit(button.findData("relu"))
    assert signal.args == ["network.layer_activation", (0, "relu")]


def test_outputs_that_do_not_fit_the_loss_say_why(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    button = view.header.output.activation
    assert offered(button) == ["sigmoid"]
    reason = button.itemData(button.findData("tanh"), Qt.ItemDataRole.ToolTipRole)
    assert reason == unfit_output("two-classes", "binary-cross-entropy", "tanh")
    with qtbot.waitSignal(view.changed) as signal:
        view.header.output.activation.chosen.emit("sigmoid")
    assert signal.args == ["network.layer_activation", (2, "sigmoid")]


@IGNORE_PLATFORM
def test_a_layer_has_alpha_and_dropout_behind_its_gear(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    header = view.header.layers[1]
    header.show_hidden(1, Layer(units=2, activation="elu"))
    assert not header.gear.is_marked
    qtbot.mouseClick(header.gear, Qt.MouseButton.LeftButton)
    settings = header.settings
    assert settings is not None
    qtbot.waitUntil(settings.isVisible)
    assert settings.title.text() == "Layer 2: ELU"
    with qtbot.waitSignal(view.changed) as signal:
        settings.fields["alpha"].selectAll()
        qtbot.keyClicks(settings.fields["alpha"], "0,5")
        qtbot.keyClick(settings.fields["alpha"], Qt.Key.Key_Return)
    assert signal.args == ["network.layer_alpha", (1, 0.5)]
    with qtbot.waitSignal(view.changed) as signal:
        settings.dropout.field.selectAll()
        qtbot.keyClicks(settings.dropout.field, "0.3")
        qtbot.keyClick(settings.dropout.field, Qt.Key.Key_Return)
    assert signal.args == ["network.layer_dropout", (1, 0.3)]
    with qtbot.waitSignal(view.hint) as said:
        settings.dropout.field.selectAll()
        qtbot.keyClicks(settings.dropout.field, "1")
        qtbot.keyClick(settings.dropout.field, Qt.Key.Key_Return)
    assert said.args == ["Dropout must be at least 0 and at most 0.95, not 1."]
    settings.close()
    header.show_hidden(1, Layer(units=2, dropout=0.3))
    assert header.gear.is_marked
    assert "Dropout is 0.3." in header.gear.toolTip()


@IGNORE_PLATFORM
def test_a_layer_s_biases_are_switched_behind_its_gear(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    count = len(view.header.layers[0:2])
    for header, place in ((view.header.layers[0], 0), (view.header.output, count)):
        header.open_settings()
        settings = header.settings
        assert settings is not None
        qtbot.waitUntil(settings.isVisible)
        assert settings.bias.isChecked()
        with qtbot.waitSignal(view.changed) as signal:
            qtbot.keyClick(settings.bias, Qt.Key.Key_Space)
        assert signal.args == ["network.layer_bias", (place, False)]
        settings.close()
    header = view.header.layers[0]
    assert header.settings is not None
    # What only follows the experiment is no wish.
    with qtbot.assertNotEmitted(view.changed):
        header.show_hidden(0, Layer(units=2, bias=False))
    assert not header.settings.bias.isChecked()
    assert header.gear.is_marked
    assert "Its units have no biases." in header.gear.toolTip()


def test_an_embedding_has_one_to_three_dimensions(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    output = view.header.output
    assert not output.more.isVisible()
    output.show_output(Output(activation="linear", units=3), {}, (1, 3))
    assert output.more.isVisible()
    assert not output.more.isEnabled()
    with qtbot.waitSignal(view.changed) as signal:
        qtbot.mouseClick(output.fewer, Qt.MouseButton.LeftButton)
    assert signal.args == ["network.output_units", 2]


def test_the_keyboard_reaches_and_edits_a_weight(qtbot: QtBot) -> None:
    view, frame = shown(qtbot)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(view, key, ALT)
    # x₁, its first edge, its second edge: w₂₁.
    assert view.accessibleName().startswith("Network: Weight w₂₁ from x₁")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert float(view.editor.text()) == pytest.approx(frame.parameters[2], rel=1e-4)
    view.editor.setText("1")
    with qtbot.waitSignal(view.parameter_edited) as signal:
        qtbot.keyClick(view.editor, Qt.Key.Key_Return)
    assert signal.args == [2, 1.0]


def test_the_keyboard_changes_the_selected_layer(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    click(qtbot, view, "unit", 6)
    for key, expected in (
        (Qt.Key.Key_Plus, ["network.units", (1, 3)]),
        (Qt.Key.Key_Minus, ["network.units", (1, 1)]),
        (Qt.Key.Key_Delete, ["network.remove_layer", 1]),
    ):
        with qtbot.waitSignal(view.changed) as signal:
            qtbot.keyClick(view, key)
        assert signal.args == expected


def test_enter_on_a_unit_edits_its_bias(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    click(qtbot, view, "unit", 2)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert "Bias b₁" in view.editor.accessibleName()


def test_highlighting_and_quantity_are_seen(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    pictures = [pixels(view.grab().toImage())]
    view.highlight_parameter(3)
    pictures.append(pixels(view.grab().toImage()))
    view.highlight_parameter(-1)
    assert np.array_equal(pixels(view.grab().toImage()), pictures[0])
    view.set_edge_quantity("gradients")
    pictures.append(pixels(view.grab().toImage()))
    assert not np.array_equal(pictures[0], pictures[1])
    assert not np.array_equal(pictures[0], pictures[2])


def test_the_network_may_change_while_something_is_selected_or_edited(qtbot: QtBot) -> None:
    view, frame = shown(qtbot, experiment(8, 8))
    smaller, dataset, layout, new_frame = sample_frame(experiment(1))
    click(qtbot, view, "unit", frame.layout.unit_count - 1)
    for target in (None, ("bias", frame.layout.parameter_count - 1)):
        if target:
            click(qtbot, view, *target)
            assert view.editor.isVisible()
        view.highlight_parameter(frame.layout.parameter_count - 1)
        view.show_experiment(smaller, dataset, layout)
        assert not view.grab().isNull()
        view.show_frame(new_frame)
        assert not view.grab().isNull()
        assert not view.editor.isVisible()
        assert not view.card.isVisible()
        view.show_experiment(*sample_frame(experiment(8, 8))[:3])
        view.show_frame(frame)


def test_a_frame_of_another_network_is_left_out(qtbot: QtBot) -> None:
    view, _ = shown(qtbot)
    before = pixels(view.grab().toImage())
    *_, other = sample_frame(experiment(3))
    view.show_frame(other)
    assert np.array_equal(pixels(view.grab().toImage()), before)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("hidden", [(), (1,), (8,) * 6, (32,) * 8])
@pytest.mark.parametrize("compiled", [True, False])
def test_any_network_is_drawn_at_any_size(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, theme: object, hidden: tuple[int, ...], compiled: bool
) -> None:
    if compiled:
        edge_raster.warm_up()
    monkeypatch.setattr(edge_raster, "is_compiled", lambda: compiled)
    view, _ = shown(qtbot, experiment(*hidden))
    view.set_theme(theme)
    for size in ((660, 430), (1100, 700), (90, 60)):
        view.resize(*size)
        picture = pixels(view.grab().toImage())
        assert len(np.unique(picture)) > 20


def test_broken_numbers_are_drawn_without_complaint(qtbot: QtBot) -> None:
    view, frame = shown(qtbot)
    bad = np.full_like(frame.parameters, np.nan)
    fields = np.full_like(frame.unit_fields, np.inf)
    values = {name: getattr(frame, name) for name in frame.__struct_fields__}
    view.show_frame(Frame(**{**values, "parameters": bad, "unit_fields": fields}))
    hover(view, view.arrangement.unit_x[3], view.arrangement.unit_y[3])
    assert not view.grab().isNull()
    assert "not a number" in view.card.card.formulas[1]


def test_a_closed_view_dies(qtbot: QtBot) -> None:
    view = NetworkView()
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

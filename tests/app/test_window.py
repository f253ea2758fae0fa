"""The whole window with the real engine: what a user does and sees."""

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from app.dialogs.rate_finder import RateFinder
from app.stepping.records import Phase, Position
from engine.examples import EXAMPLES
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.tiny_run import TINY, frame_of

pytestmark = IGNORE_PLATFORM


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key where the focus is, as a user does."""
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


def test_space_starts_and_pauses_training(qtbot, window):
    window.activateWindow()
    press(qtbot, window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: frame_of(window).epoch >= 2, timeout=30_000)
    assert window.transport.run.text() == "Pause"
    assert "samples/s" in window.status.speed.text() or frame_of(window).samples_per_second == 0.0
    press(qtbot, window, Qt.Key.Key_Space)
    assert window.transport.run.text() == "Run"
    assert window.status.speed.text() == ""


def test_space_means_run_whichever_button_was_clicked(qtbot, window):
    qtbot.mouseClick(window.transport.buttons["step"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: frame_of(window).step == 1, timeout=30_000)
    press(qtbot, window, Qt.Key.Key_Space)
    assert window.session.running


def test_arrows_step(qtbot, window):
    window.network.setFocus()
    press(qtbot, window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: frame_of(window).step == 1, timeout=30_000)
    press(qtbot, window, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: frame_of(window).epoch == 1, timeout=30_000)


def test_typing_in_a_field_is_typing(qtbot, window):
    window.activateWindow()
    window.choices.learning_rate.setFocus()
    qtbot.waitUntil(window.choices.learning_rate.hasFocus)
    before = window.session.experiment
    for key in (Qt.Key.Key_Right, Qt.Key.Key_R, Qt.Key.Key_N):
        press(qtbot, window, key)
    assert not window.session.running
    assert window.session.experiment == before
    assert frame_of(window).step == 0


def test_a_change_is_shown_everywhere_and_can_be_undone(qtbot, window):
    window.session.change("network.units", (0, 5))
    qtbot.waitUntil(lambda: frame_of(window).layout.layers[0].outputs == 5, timeout=30_000)
    assert window.status.text.text() == "Layer 1: 5 units."
    assert "5 units" in window.actions_by_key["undo"].text()
    window.actions_by_key["undo"].trigger()
    qtbot.waitUntil(lambda: frame_of(window).layout.layers[0].outputs == 2, timeout=30_000)


def test_painting_with_the_mouse_adds_points_to_learn(qtbot, window):
    canvas = window.output.plane.canvas
    count = len(window.session.dataset)
    place = canvas.rect().center()
    drag(canvas, place, place + QPoint(30, 0))
    qtbot.waitUntil(lambda: len(window.session.dataset) > count, timeout=30_000)
    assert window.actions_by_key["undo"].isEnabled()
    window.actions_by_key["undo"].trigger()
    assert len(window.session.dataset) == count


def drag(widget, start: QPoint, end: QPoint) -> None:
    """Drag with the left button from ``start`` to ``end``."""
    none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
    for kind, place, button, buttons in (
        (QEvent.Type.MouseButtonPress, start, left, left),
        (QEvent.Type.MouseMove, end, none, left),
        (QEvent.Type.MouseButtonRelease, end, left, none),
    ):
        position = QPointF(place)
        event = QMouseEvent(
            kind, position, QPointF(widget.mapToGlobal(place)), button, buttons, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(widget, event)


def test_a_rate_that_was_found_is_used_and_can_be_undone(qtbot, window):
    before = window.session.experiment
    window.actions_by_key["find_rate"].trigger()
    finder = window.findChild(RateFinder)
    qtbot.waitUntil(lambda: finder.verdict.text() != "Testing …", timeout=60_000)
    qtbot.mouseClick(finder.plot, Qt.MouseButton.LeftButton, pos=finder.plot.rect().center())
    rate = float(finder.use.text().removeprefix("Use "))
    finder.use.click()
    assert window.session.experiment.training.learning_rate == rate
    assert window.choices.learning_rate.value() == rate
    window.actions_by_key["undo"].trigger()
    assert window.session.experiment == before


def test_undo_is_on_the_spot_where_one_paints(qtbot, window):
    button = window.output.plane.tools.undo
    assert not button.isEnabled()
    window.session.paint(np.array([[0.0, 0.0]]), 1.0)
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.session.experiment == TINY
    assert not button.isEnabled()


def test_undo_brings_a_trained_network_back(qtbot, window):
    window.session.train_epochs(2)
    qtbot.waitUntil(lambda: frame_of(window).epoch == 2 and not frame_of(window).running, timeout=30_000)
    trained = frame_of(window).parameters
    window.session.change("network.remove_layer", 0)
    qtbot.waitUntil(lambda: len(frame_of(window).layout.layers) == 1, timeout=30_000)
    window.actions_by_key["undo"].trigger()
    qtbot.waitUntil(lambda: frame_of(window).parameters.shape == trained.shape, timeout=30_000)
    np.testing.assert_array_equal(frame_of(window).parameters, trained)
    assert frame_of(window).epoch == 2


def test_an_empty_canvas_says_why_it_cannot_run(qtbot, window):
    window.actions_by_key["clear_points"].trigger()
    window.actions_by_key["run"].trigger()
    assert "no training points" in window.status.text.text()
    assert window.status.text.property("role") == "problem"
    qtbot.waitUntil(lambda: np.isnan(frame_of(window).train_loss), timeout=30_000)


def test_a_network_without_hidden_layers_and_back(qtbot, window):
    window.session.change("network.remove_layer", 0)
    qtbot.waitUntil(lambda: len(frame_of(window).layout.layers) == 1, timeout=30_000)
    window.session.change("network.add_layer", 0)
    qtbot.waitUntil(lambda: len(frame_of(window).layout.layers) == 2, timeout=30_000)


def test_every_choice_of_every_family_can_be_drawn(qtbot, window):
    session = window.session
    for name, value in (
        ("data.task", "regression"),
        ("data.generator", "bumps"),
        ("data.generator", "spiral"),
        ("network.activation", "relu"),
        ("network.initializer", "zeros"),
        ("network.feature", ("sin(x2)", True)),
        ("training.optimizer", "adam"),
        ("training.l2", 0.01),
        ("training.batch_size", 1),
        ("data.train_share", 1.0),
    ):
        session.change(name, value)
        experiment = session.experiment
        qtbot.waitUntil(lambda wanted=experiment: frame_of(window).experiment is wanted, timeout=30_000)


def test_closed_views_cost_nothing_and_catch_up_when_opened(qtbot, window):
    window.docks["output"].close()
    qtbot.waitUntil(lambda: frame_of(window).output_field.size == 0, timeout=30_000)
    window.docks["output"].show()
    qtbot.waitUntil(lambda: frame_of(window).output_field.shape == (256, 256), timeout=30_000)


def test_hovering_a_unit_shows_its_field_large(qtbot, window):
    window.network.unit_hovered.emit(3)
    qtbot.waitUntil(lambda: frame_of(window).focus_unit == 3, timeout=30_000)
    window.network.unit_hovered.emit(-1)
    qtbot.waitUntil(lambda: frame_of(window).focus_field is None, timeout=30_000)


def test_dialogs_open_and_close(qtbot, window):
    for command in ("shortcuts", "about"):
        window.actions_by_key[command].trigger()
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        dialog.close()


def example_action(window, label):
    (menu,) = [action.menu() for action in window.menuBar().actions() if action.text() == "E&xamples"]
    (chosen,) = [action for action in menu.actions() if action.text() == label]
    return chosen


def test_the_menu_opens_an_example_and_says_what_to_watch(qtbot, window, tmp_path):
    assert window.note.isHidden()
    for example in EXAMPLES:
        action = example_action(window, example.label)
        assert action.statusTip() == example.remark
        action.trigger()
        assert window.session.experiment == example.make()
        qtbot.waitUntil(lambda: window.session.frame is not None, timeout=30_000)
        assert window.note.text.text() == example.remark
        assert window.windowTitle() == f"{example.label}[*] – Descent"
    window.session.change("training.learning_rate", 0.01)
    assert window.note.isVisible()
    window.actions_by_key["new"].trigger()
    assert window.note.isHidden()


def test_the_lecture_s_iteration_ends_at_its_new_weights(qtbot, window):
    example_action(window, "One iteration of backpropagation").trigger()
    qtbot.waitUntil(lambda: window.session.frame is not None, timeout=30_000)
    assert not window.network.arrangement.bias_index.size
    window.actions_by_key["step"].trigger()
    qtbot.waitUntil(lambda: frame_of(window).step == 1, timeout=30_000)
    expected = [0.199045, 0.198091, 0.297175, 0.294350, 0.279691, 0.878743]
    np.testing.assert_allclose(frame_of(window).parameters, expected, atol=5e-7)


def test_biases_can_be_switched_off_and_on(qtbot, window):
    window.session.change("network.layer_bias", (0, False))
    qtbot.waitUntil(lambda: frame_of(window).layout.layers[0].bias_start < 0, timeout=30_000)
    assert window.network.arrangement.bias_index.size == 1
    assert window.status.text.text() == "Biases of layer 1: off."
    window.actions_by_key["undo"].trigger()
    qtbot.waitUntil(lambda: frame_of(window).layout.layers[0].bias_start >= 0, timeout=30_000)
    assert window.network.arrangement.bias_index.size == 3


def test_the_step_key_walks_while_the_step_through_is_seen_and_trains_else(qtbot, make_window):
    window = make_window()
    qtbot.waitUntil(lambda: window.session.frame is not None, timeout=30_000)
    window.actions_by_key["walk"].trigger()
    qtbot.waitUntil(lambda: window.walk.state.trace is not None, timeout=30_000)
    calm = window.network.grab().toImage()
    window.actions_by_key["step"].trigger()
    assert window.walk.state.position.phase == 1
    assert window.network.grab().toImage() != calm
    assert window.steps.title.text() == window.walk.state.explanation.title
    window.actions_by_key["step_back"].trigger()
    assert window.walk.state.position.phase == 0
    window.actions_by_key["walk_copy"].trigger()
    assert "x₁ =" in QApplication.clipboard().text()
    window.steps.digits.setValue(6)
    assert window.walk.state.digits == 6
    window.actions_by_key["walk_all_terms"].trigger()
    assert window.walk.state.in_full
    window.actions_by_key["walk_all_terms"].trigger()
    assert not window.walk.state.in_full
    window.actions_by_key["walk_coarser"].trigger()
    window.actions_by_key["walk_play"].trigger()
    assert window.walk.state.playing
    window.docks["gradients"].raise_()
    qtbot.waitUntil(lambda: not window.walk.is_open, timeout=30_000)
    step = window.session.frame.step
    window.actions_by_key["step"].trigger()
    qtbot.waitUntil(lambda: window.session.frame.step == step + 1, timeout=30_000)
    window.actions_by_key["step_back"].trigger()
    qtbot.waitUntil(lambda: window.session.frame.step == step, timeout=30_000)


def test_whoever_walks_goes_on_walking_in_larger_text(qtbot, make_window):
    window = make_window()
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.session.frame is not None, timeout=30_000)
    window.actions_by_key["walk"].trigger()
    for _ in range(3):
        window.actions_by_key["text_larger"].trigger()
        qtbot.waitUntil(lambda: window.walk.is_open and window.steps.isVisible(), timeout=30_000)
    for _ in range(3):
        window.actions_by_key["text_smaller"].trigger()
        qtbot.waitUntil(lambda: window.walk.is_open and window.steps.isVisible(), timeout=30_000)


def test_the_step_through_opens_in_a_window_that_has_just_been_shown(make_window):
    window = make_window()
    window.actions_by_key["walk"].trigger()
    assert window.walk.is_open


def test_the_slide_s_numbers_lead_through_the_walk(qtbot, make_window):
    window = make_window()
    qtbot.waitUntil(lambda: window.session.frame is not None, timeout=30_000)
    example = EXAMPLES["lecture-backpropagation"]
    window.files.open_example(example)
    window.note.compare.click()
    slides = window.dialogs.slides
    assert slides.isVisible()
    assert not window.walk.is_open
    row = [note.symbol for note in example.notes].index("δ₄")
    slides.table.setCurrentCell(row, 0)
    qtbot.keyClick(slides.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.walk.state.trace is not None, timeout=30_000)
    qtbot.waitUntil(lambda: window.walk.state.position == Position(Phase.BACKWARD, 0, 1), timeout=30_000)
    assert slides.table.item(row, 0).font().bold()
    # What is of the next iteration has to wait for it.
    later = next(number for number, note in enumerate(example.notes) if note.iteration == 1)
    slides.table.setCurrentCell(later, 0)
    qtbot.keyClick(slides.table, Qt.Key.Key_Return)
    assert window.status.text.text() == "That number is of iteration 2: step on to it first."
    assert window.walk.state.position == Position(Phase.BACKWARD, 0, 1)
    window.files.open_example(EXAMPLES["dying-relu"])
    assert slides.isHidden()

"""The whole window with the real engine: what a user does and sees."""

import threading
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from app.dialogs.rate_finder import RateFinder
from app.files.file_dialogs import Answer, FileDialogs
from app.frame import Frame
from app.session import Session
from app.speed import FULL_SPEED
from app.training_worker import TrainingWorker
from app.window import Window
from engine.examples import EXAMPLES
from engine.experiment import Data, Experiment, Generated, Layer, Network
from engine.tasks import TASKS
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM
TINY = Experiment(data=Data(source=Generated("circle", 40)), network=Network(hidden=(Layer(units=2),)))


def nothing_to_compile(report):
    report("", 1.0)


@pytest.fixture(autouse=True)
def normal_look(qapp) -> Iterator[None]:
    """The theme belongs to the application: give it back as it was."""
    palette, sheet = qapp.palette(), qapp.styleSheet()
    yield
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


@pytest.fixture
def settings(tmp_path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def dialogs() -> Mock:
    dialogs = Mock(spec=FileDialogs)
    dialogs.ask_about_changes.return_value = Answer.DISCARD
    dialogs.path_to_open.return_value = dialogs.path_to_save.return_value = None
    return dialogs


@pytest.fixture
def make_window(qtbot, settings, dialogs):
    """Return a function that opens a window; all are closed afterwards, and their threads have ended."""
    made = []

    def make(experiment: Experiment = TINY, warm_up=nothing_to_compile) -> Window:
        window = Window(Session(experiment, TrainingWorker(warm_up=warm_up)), settings, dialogs=dialogs)
        window.session.setParent(window)
        qtbot.addWidget(window, before_close_func=lambda window: window.session.stop())
        made.append(window)
        window.show()
        window.start()
        qtbot.waitExposed(window).__enter__()
        return window

    return make


@pytest.fixture
def window(qtbot, make_window) -> Window:
    window = make_window()
    qtbot.waitUntil(lambda: window.session.frame is not None, timeout=30_000)
    return window


def frame_of(window: Window) -> Frame:
    assert window.session.frame is not None
    return window.session.frame


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


def test_a_tiny_window_and_a_large_one(qtbot, window):
    for size in ((1, 1), (320, 240), (2560, 1440), (1280, 800)):
        window.resize(*size)
        window.grab()
    window.session.set_speed(FULL_SPEED)
    window.session.run()
    window.resize(1, 1)
    step = frame_of(window).step
    qtbot.waitUntil(lambda: frame_of(window).step > step, timeout=30_000)


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


def test_theme_and_text_scale_are_kept(qtbot, make_window, settings):
    window = make_window()
    window.actions_by_key["theme_dark"].trigger()
    window.actions_by_key["text_larger"].trigger()
    assert window.appearance.theme.is_dark
    assert window.appearance.theme.text_scale == 1.25
    window.close()
    other = make_window()
    assert other.appearance.theme == window.appearance.theme
    assert other.actions_by_key["theme_dark"].isChecked()
    other.actions_by_key["text_normal"].trigger()
    other.actions_by_key["text_smaller"].trigger()
    assert other.appearance.theme.text_scale == 1.0


def test_the_layout_is_remembered_and_can_be_put_back(qtbot, make_window):
    window = make_window()
    window.docks["gradients"].close()
    window.close()
    other = make_window()
    assert not other.docks["gradients"].isVisible()
    other.actions_by_key["default_layout"].trigger()
    assert other.docks["gradients"].isVisible()


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\xff\xfe garbage ]]] [[[",
        b"[window]\ngeometry=@ByteArray(nonsense)\nstate=@ByteArray(nonsense)\n[General]\ntheme=7\ntext_scale=x\n",
        b"[window]\ngeometry=3\nstate=\n[General]\ntheme=@Invalid()\ntext_scale=nan\nrecent_files=@Variant(\\0\\0)\n",
    ],
)
def test_corrupted_settings_do_no_harm(qtbot, make_window, settings, content):
    Path(settings.fileName()).write_bytes(content)
    settings.sync()
    window = make_window()
    assert window.appearance.choice == "system"
    assert all(dock.isVisible() for dock in window.docks.values())


def test_large_text_has_a_layout_of_its_own(qtbot, make_window):
    window = make_window()
    window.resize(1280, 800)
    loss, gradients = window.docks["loss"], window.docks["gradients"]
    gradients.close()
    for _ in range(2):
        window.actions_by_key["text_larger"].trigger()
    # Too low for a loss curve below the output: they lie one behind another, the output in front.
    scores = window.docks["scores"]
    steps = window.docks["step_through"]
    assert set(window.tabifiedDockWidgets(window.docks["output"])) == {loss, gradients, scores, steps}
    window.actions_by_key["text_normal"].trigger()
    assert gradients.isHidden()
    assert window.tabifiedDockWidgets(window.docks["output"]) == []


@pytest.mark.parametrize("steps", [2, 3])
def test_the_largest_text_still_fits_on_a_small_screen(qtbot, make_window, steps):
    window = make_window()
    window.resize(1280, 800)
    for _ in range(steps):
        window.actions_by_key["text_larger"].trigger()
    qtbot.waitUntil(lambda: window.minimumSizeHint().height() <= 800)
    assert (window.width(), window.height()) == (1280, 800)
    assert window.data.gallery.height() >= window.data.gallery.thumbnails["circle"].height()


def test_the_title_names_the_file_and_marks_changes(window, dialogs, tmp_path):
    assert window.windowTitle() == "Untitled[*] – Descent"
    assert not window.isWindowModified()
    window.session.new_weights()
    assert window.isWindowModified()
    dialogs.path_to_save.return_value = tmp_path / "mine.json"
    window.actions_by_key["save"].trigger()
    assert window.windowTitle() == "mine[*] – Descent"
    assert not window.isWindowModified()


def test_closing_asks_before_painted_points_are_lost(window, dialogs):
    window.session.paint(np.array([[0.0, 0.0]]), 1.0)
    dialogs.ask_about_changes.return_value = Answer.CANCEL
    window.close()
    assert window.isVisible()
    dialogs.ask_about_changes.return_value = Answer.DISCARD
    window.close()
    assert not window.isVisible()
    assert window.thread_ended


def test_closing_while_training_ends_the_thread(window):
    window.session.set_speed(FULL_SPEED)
    window.session.run()
    window.close()
    assert window.thread_ended


def test_the_window_is_usable_while_compiling_and_can_be_closed(qtbot, make_window):
    begun, go_on = threading.Event(), threading.Event()

    def slow(report):
        report("Compiling the losses", 0.4)
        begun.set()
        go_on.wait(30.0)
        report("", 1.0)

    window = make_window(warm_up=slow)
    qtbot.waitUntil(lambda: window.status.text.text() == "Compiling the losses …", timeout=30_000)
    assert window.status.progress.isVisible()
    window.session.change("network.add_layer", 0)
    window.actions_by_key["run"].trigger()
    window.grab()
    go_on.set()
    qtbot.waitUntil(lambda: window.session.frame is not None and frame_of(window).epoch > 0, timeout=30_000)
    assert not window.status.progress.isVisible()


def test_closing_while_compiling_neither_hangs_nor_waits_for_the_kernel(qtbot, make_window, monkeypatch):
    go_on = threading.Event()

    def slow(report):
        report("Compiling the losses", 0.4)
        go_on.wait(30.0)
        report("Compiling the fields", 0.6)
        raise AssertionError("went on after being stopped")

    window = make_window(warm_up=slow)
    stop = window.session._worker.stop
    monkeypatch.setattr(window.session._worker, "stop", lambda: stop(timeout=0.05))
    window.close()
    assert not window.thread_ended
    go_on.set()
    qtbot.waitUntil(lambda: stop(timeout=1.0), timeout=30_000)


def test_dialogs_open_and_close(qtbot, window):
    for command in ("shortcuts", "about"):
        window.actions_by_key[command].trigger()
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        dialog.close()


def test_everything_can_be_found_in_a_menu(window):
    offered = set()
    menus = [action.menu() for action in window.menuBar().actions()]
    while menus:
        menu = menus.pop()
        for action in menu.actions():
            offered.add(action)
            if action.menu():
                menus.append(action.menu())
    assert set(window.actions_by_key.values()) <= offered


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


def test_no_task_moves_the_docks(window):
    window.resize(1280, 800)
    window.resizeDocks([window.docks["data"], window.docks["output"]], [219, 384], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    widths = {name: dock.width() for name, dock in window.docks.items()}
    for task in (*TASKS, *reversed(list(TASKS))):
        window.session.change("data.task", task.name)
        QApplication.processEvents()
        assert {name: dock.width() for name, dock in window.docks.items()} == widths, task.name


def test_the_step_key_walks_while_the_step_through_is_seen_and_trains_else(qtbot, make_window):
    window = make_window()
    qtbot.waitUntil(lambda: window.session.frame is not None, timeout=30_000)
    window.actions_by_key["walk"].trigger()
    qtbot.waitUntil(lambda: window.walk.state.trace is not None, timeout=30_000)
    window.actions_by_key["step"].trigger()
    assert window.walk.state.position.phase == 1
    assert window.steps.title.text() == window.walk.state.explanation.title
    window.actions_by_key["step_back"].trigger()
    assert window.walk.state.position.phase == 0
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

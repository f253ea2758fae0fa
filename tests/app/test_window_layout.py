"""How the window is laid out: any size, theme and text scale; what is remembered."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.speed import FULL_SPEED
from engine.tasks import TASKS
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.tiny_run import frame_of

pytestmark = IGNORE_PLATFORM


def test_a_tiny_window_and_a_large_one(qtbot, window):
    for size in ((1, 1), (320, 240), (2560, 1440), (1280, 800)):
        window.resize(*size)
        window.grab()
    window.session.set_speed(FULL_SPEED)
    window.session.run()
    window.resize(1, 1)
    step = frame_of(window).step
    qtbot.waitUntil(lambda: frame_of(window).step > step, timeout=30_000)


def test_docks_get_back_what_a_small_window_took_from_them(qtbot, window):
    def sizes():
        return {name: window.docks[name].size().toTuple() for name in ("data", "output", "loss", "gradients")}

    window.resize(1280, 800)
    window.resizeDocks([window.docks["output"]], [450], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: window.docks["output"].width() == 450)
    before = sizes()
    window.resize(1, 1)
    qtbot.waitUntil(lambda: window.docks["output"].width() < 300)
    # Nothing is cut, however small.
    assert window.output.current.width() <= window.docks["output"].width()
    # By way of a size that has not enough room, either.
    window.resize(1000, 720)
    qtbot.waitUntil(lambda: window.docks["output"].width() > 300)
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: sizes() == before)


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


def test_the_default_layout_brings_back_what_floats(qtbot, window):
    for name in ("output", "scores"):
        window.docks[name].setFloating(True)
    window.actions_by_key["default_layout"].trigger()
    assert not any(dock.isFloating() for dock in window.docks.values())
    assert window.rect().contains(window.docks["output"].geometry())


def test_a_dock_that_is_opened_again_comes_to_the_front(qtbot, window):
    action = window.docks["scores"].toggleViewAction()
    action.trigger()
    assert not window.docks["scores"].isVisible()
    assert "scores" not in window.showing.seen
    action.trigger()
    qtbot.waitUntil(lambda: "scores" in window.showing.seen)
    assert "gradients" not in window.showing.seen


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
    behind = {
        loss,
        gradients,
        *(window.docks[name] for name in ("scores", "points", "step_through", "activations", "losses")),
    }
    assert set(window.tabifiedDockWidgets(window.docks["output"])) == behind
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


def test_no_task_moves_the_docks(window):
    window.resize(1280, 800)
    window.resizeDocks([window.docks["data"], window.docks["output"]], [219, 384], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    widths = {name: dock.width() for name, dock in window.docks.items()}
    for task in (*TASKS, *reversed(list(TASKS))):
        window.session.change("data.task", task.name)
        QApplication.processEvents()
        assert {name: dock.width() for name, dock in window.docks.items()} == widths, task.name


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


def test_a_letter_stands_for_one_entry_of_a_menu(window):
    menus = [window.menuBar()]
    while menus:
        entries = [action for action in menus.pop().actions() if not action.isSeparator()]
        letters = [match[1].casefold() for action in entries if (match := re.search("&([^&])", action.text()))]
        assert sorted(letters) == sorted(set(letters))
        menus += [action.menu() for action in entries if action.menu()]


def test_large_text_in_a_small_window_leaves_room_for_the_views(qtbot, window):
    window.resize(1280, 800)
    window.appearance.choose_text_scale(2.0)
    assert window.size().toTuple() == (1280, 800)
    # One row each, where all of them took more than a third of the window.
    assert window.transport.height() + window.choices.height() < 200
    assert "output" in window.showing.seen
    assert "data" not in window.showing.seen
    assert window.docks["output"].width() >= 480
    assert window.output.height() >= 350


def test_settings_without_room_are_one_click_away(qtbot, window):
    window.resize(1280, 800)
    window.appearance.choose_text_scale(2.0)
    choices = window.choices
    low = choices.height()
    assert choices.learning_rate.isVisible()
    assert not choices.seed.isVisible()
    qtbot.mouseClick(choices.more, Qt.MouseButton.LeftButton)
    assert choices.seed.isVisible()
    assert choices.height() > low
    qtbot.mouseClick(choices.more, Qt.MouseButton.LeftButton)
    assert not choices.seed.isVisible()
    assert choices.height() == low


def test_normal_text_has_all_settings_and_the_docks_their_width_again(qtbot, window):
    window.resize(1280, 800)
    width = window.docks["data"].width()
    for scale in (1.25, 1.5, 2.0):
        window.appearance.choose_text_scale(scale)
        window.appearance.choose_text_scale(1.0)
        assert window.docks["data"].width() == width
        assert window.size().toTuple() == (1280, 800)
        assert window.choices.more.isHidden()
        assert window.choices.seed.isVisible()
        assert window.transport.run.text() == "Run"

"""Commands: each once, with a key of its own and a sentence that says what it does."""

import pytest
from PySide6.QtCore import QObject

from app.actions import make_actions, show_history, show_icons, show_running
from app.theme import DARK, LIGHT


@pytest.fixture
def actions(qapp):
    parent = QObject()
    yield make_actions(parent)
    del parent


def test_no_key_means_two_things(actions):
    keys = [key.toString() for action in actions.values() for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_every_command_says_what_it_does(actions):
    for key, action in actions.items():
        assert action.text(), key
        assert action.toolTip().endswith("."), key
        assert action.statusTip() == action.toolTip(), key


@pytest.mark.parametrize(
    ("key", "shortcut"),
    [
        ("run", "Space"),
        ("step", "Right"),
        ("epoch", "Shift+Right"),
        ("reset", "R"),
        ("new_weights", "N"),
        ("undo", "Ctrl+Z"),
        ("redo", "Ctrl+Shift+Z"),
        ("open", "Ctrl+O"),
        ("save", "Ctrl+S"),
        ("save_as", "Ctrl+Shift+S"),
        ("new", "Ctrl+N"),
        ("shortcuts", "F1"),
    ],
)
def test_keys(actions, key, shortcut):
    assert actions[key].shortcut().toString() == shortcut


def test_holding_space_down_does_not_flicker(actions):
    assert not actions["run"].autoRepeat()
    assert actions["step"].autoRepeat()


def test_running_turns_run_into_pause(actions):
    show_icons(actions, LIGHT, running=False)
    show_running(actions, LIGHT, running=True)
    assert actions["run"].text() == "&Pause"
    show_running(actions, DARK, running=False)
    assert actions["run"].text() == "&Run"
    assert not actions["run"].icon().isNull()


def test_undo_names_what_it_would_take_back(actions):
    show_history(actions, "Layer 1: 3 units", "")
    assert actions["undo"].text() == "&Undo: Layer 1: 3 units"
    assert actions["undo"].isEnabled()
    assert not actions["redo"].isEnabled()
    show_history(actions, "", "A & B")
    assert actions["redo"].text() == "&Redo: A && B"

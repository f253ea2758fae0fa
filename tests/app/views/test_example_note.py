"""The note above the network: what to watch."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt
from pytestqt.qtbot import QtBot

from app.style import style_sheet
from app.theme import DARK, LIGHT
from app.views.example_note import ExampleNote
from engine.examples import EXAMPLES
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM
LECTURE = EXAMPLES["lecture-backpropagation"]


@pytest.fixture
def note(qtbot: QtBot) -> ExampleNote:
    note = ExampleNote()
    qtbot.addWidget(note)
    note.set_theme(LIGHT)
    note.resize(700, 200)
    return note


def test_it_says_what_to_watch_until_it_is_closed(qtbot: QtBot, note: ExampleNote) -> None:
    assert note.isHidden()
    note.show_example(EXAMPLES["dying-relu"])
    assert note.isVisible()
    assert note.title.text() == "Dying ReLU"
    assert note.text.text() == EXAMPLES["dying-relu"].remark
    assert note.accessibleDescription() == EXAMPLES["dying-relu"].remark
    assert note.compare.isHidden()
    note.close_button.setFocus()
    qtbot.keyClick(note.close_button, Qt.Key.Key_Return)
    assert note.isHidden()
    note.show_example(LECTURE)
    assert note.isVisible()
    note.show_example(None)
    assert note.isHidden()


def test_only_where_a_slide_slips_one_can_compare(qtbot: QtBot, note: ExampleNote) -> None:
    note.show_example(LECTURE)
    with qtbot.waitSignal(note.compare_wanted):
        qtbot.mouseClick(note.compare, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(note.compare_wanted):
        qtbot.keyClick(note.compare, Qt.Key.Key_Return)
    assert note.compare.text() == note.compare.accessibleName() == "Compare with the slide"
    note.set_theme(replace(DARK, text_scale=2.0))
    assert note.compare.text() == "Compare"


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_longest_example_needs_little_room(qtbot: QtBot, note: ExampleNote, theme) -> None:
    note.setStyleSheet(style_sheet(theme))
    note.set_theme(theme)
    for example in EXAMPLES:
        note.show_example(example)
        assert note.minimumSizeHint().width() < 320
        assert note.heightForWidth(676) < 120
        assert note.grab().size() == QSize(700, 200)

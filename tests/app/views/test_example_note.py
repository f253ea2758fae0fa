"""The note above the network: what to watch, and the slide beside the exact numbers."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt
from pytestqt.qtbot import QtBot

from app.style import style_sheet
from app.theme import DARK, LIGHT
from app.views.example_note import COLUMNS, ExampleNote
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


def cells(note: ExampleNote) -> list[tuple[str, ...]]:
    return [
        tuple(note.table.item(row, column).text() for column in range(len(COLUMNS)))
        for row in range(note.table.rowCount())
    ]


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


def test_the_slide_s_numbers_stand_beside_the_exact_ones(qtbot: QtBot, note: ExampleNote) -> None:
    note.show_example(LECTURE)
    assert note.table.isHidden()
    qtbot.mouseClick(note.compare, Qt.MouseButton.LeftButton)
    assert note.table.isVisible()
    shown = cells(note)
    assert len(shown) == len(LECTURE.notes)
    assert ("new w₁₁", "0.199045", "0.200945", "a lost sign") in shown
    assert ("δ₄ (here δ₂)", "0.0080714", "−0.0819", "ten times too large (the slide counts from y − ŷ)") in shown
    note.show_example(EXAMPLES["lecture-forward"])
    assert note.table.isHidden()
    assert ("out (here ŷ)", "0.687479", "0.6872", "rounding") in cells(note)


def test_with_large_text_the_table_takes_the_place_of_the_sentences(qtbot: QtBot, note: ExampleNote) -> None:
    note.show_example(LECTURE)
    note.compare.click()
    assert note.text.isVisible()
    note.set_theme(replace(DARK, text_scale=2.0))
    assert note.text.isHidden()
    assert note.table.isVisible()
    note.compare.click()
    assert note.text.isVisible()


def test_in_a_low_window_comparing_leaves_the_walk_its_room(note: ExampleNote) -> None:
    note.show_example(LECTURE)
    note.fit(1080)
    note.compare.click()
    assert note.text.isVisible()
    high = note.sizeHint().height()
    note.fit(800)
    assert note.text.isHidden()
    assert note.table.isVisible()
    # Two lines of sentences and two rows.
    assert note.sizeHint().height() <= high - 80
    note.compare.click()
    assert note.text.isVisible()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_longest_example_needs_little_room(qtbot: QtBot, note: ExampleNote, theme) -> None:
    note.setStyleSheet(style_sheet(theme))
    note.set_theme(theme)
    for example in EXAMPLES:
        note.show_example(example)
        assert note.minimumSizeHint().width() < 320
        assert note.heightForWidth(676) < 120
        assert note.grab().size() == QSize(700, 200)

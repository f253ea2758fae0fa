"""The slide's numbers beside the exact ones: they follow the walk, and lead to where they are worked out."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.dialogs.slide_comparison import COLUMNS, SlideComparison
from app.stepping.itinerary import Itinerary
from app.stepping.records import Phase, Position
from app.stepping.slides import is_said_at, place_of
from app.theme import DARK
from engine.examples import EXAMPLES
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.views.places import state_at, trace_of

pytestmark = IGNORE_PLATFORM
LECTURE = EXAMPLES["lecture-backpropagation"]
NAMES = [note.name for note in LECTURE.notes]


@pytest.fixture
def dialog(qtbot: QtBot) -> SlideComparison:
    dialog = SlideComparison()
    qtbot.addWidget(dialog)
    dialog.show_example(LECTURE)
    dialog.show()
    return dialog


def cells(dialog: SlideComparison) -> list[tuple[str, ...]]:
    return [
        tuple(dialog.table.item(row, column).text() for column in range(len(COLUMNS)))
        for row in range(dialog.table.rowCount())
    ]


def bold(dialog: SlideComparison) -> list[str]:
    return [name for row, name in enumerate(NAMES) if dialog.table.item(row, 0).font().bold()]


def test_the_slide_s_numbers_stand_beside_the_exact_ones(dialog: SlideComparison) -> None:
    shown = cells(dialog)
    assert len(shown) == len(LECTURE.notes)
    assert ("new w₁₁", "0.199045", "0.200945", "a lost sign") in shown
    assert ("δ₄ (here δ₂)", "0.0080714", "−0.0819", "ten times too large") in shown
    assert "y − ŷ" in dialog.remark.text()
    dialog.show_example(EXAMPLES["lecture-forward"])
    assert ("out (here ŷ)", "0.687479", "0.6872", "rounding") in cells(dialog)
    assert "y − ŷ" not in dialog.remark.text()


def test_without_a_slide_it_goes(dialog: SlideComparison) -> None:
    dialog.show_example(EXAMPLES["dying-relu"])
    assert dialog.isHidden()
    dialog.show_example(None)
    assert dialog.table.rowCount() == 0


def test_what_is_worked_out_here_is_bold(dialog: SlideComparison) -> None:
    trace = trace_of(LECTURE.make())
    dialog.show_step(state_at(trace, Position(Phase.BACKWARD, 0, 1)))
    assert bold(dialog) == ["δ₄ (here δ₂)"]
    dialog.show_step(state_at(trace, Position(Phase.UPDATE, 0, 0)))
    assert [name[:7] for name in bold(dialog)] == ["new w₁₁", "new w₂₁"]
    dialog.show_step(state_at(trace, Position()))
    assert bold(dialog) == []


def test_a_click_or_enter_goes_to_where_it_is_worked_out(qtbot: QtBot, dialog: SlideComparison) -> None:
    dialog.set_theme(DARK)
    row = NAMES.index("new w₁₁")
    index = dialog.table.model().index(row, 1)
    dialog.table.scrollTo(index)
    with qtbot.waitSignal(dialog.place_chosen) as chosen:
        place = dialog.table.visualRect(index).center()
        qtbot.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [0, Position(Phase.UPDATE, 0, 0, 0)]
    with qtbot.waitSignal(dialog.place_chosen) as chosen:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert chosen.args == [0, Position(Phase.UPDATE, 0, 0, 0)]
    assert dialog.isVisible(), "Enter must not close it"


@pytest.mark.parametrize("name", ["lecture-forward", "lecture-backpropagation"])
def test_every_note_has_a_place_in_the_walk_which_says_it(name: str) -> None:
    example = EXAMPLES[name]
    itinerary = Itinerary.of(trace_of(example.make()))
    assert example.notes
    for note in example.notes:
        assert place_of(note) in itinerary
        assert is_said_at(note, place_of(note))

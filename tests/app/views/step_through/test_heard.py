"""What a screen reader finds, asked of Qt's accessible interfaces: formula, table, homework, in words."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

from app.stepping.records import Phase, Position
from app.views.step_through import StepThroughView
from engine.examples import EXAMPLES
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.views.places import state_at, trace_of

pytestmark = IGNORE_PLATFORM
LECTURE = EXAMPLES["lecture-backpropagation"].make()


@pytest.fixture
def view(qtbot) -> StepThroughView:
    view = StepThroughView()
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    view.show_step(state_at(trace_of(LECTURE), Position(Phase.FORWARD, 0, 0)))
    return view


def interfaces(widget: QWidget) -> Iterator[QAccessibleInterface]:
    """Return what a screen reader finds in ``widget``, itself first."""
    waiting = [QAccessible.queryAccessibleInterface(widget)]
    while waiting:
        found = waiting.pop(0)
        yield found
        waiting = [found.child(number) for number in range(found.childCount())] + waiting


def names(widget: QWidget, *roles: QAccessible.Role) -> list[str]:
    return [
        found.text(QAccessible.Text.Name) for found in interfaces(widget) if not roles or found.role() in roles
    ]  # fmt: skip


def test_the_formula_is_heard_in_words_not_in_latex(view) -> None:
    name = names(view.formula)[0]
    assert name.startswith("Forward, layer 1, unit 1. z equals w one one times x one plus w one two times x two")
    assert "0.2 times 0.35" in name
    assert not set(name) & set("\\{}_^·")
    described = next(interfaces(view.formula)).text(QAccessible.Text.Description)
    assert "arrow keys" in described


def test_a_cell_of_the_table_says_whose_number_it_is(view) -> None:
    view.kind.choose("table")
    cells = names(view.table.table, QAccessible.Role.Cell)
    assert "a: 0.5781; Layer 1, Unit 2" in cells
    assert "δ: 0.03677; Layer output, Unit 1" in cells
    assert names(view.table.table, QAccessible.Role.RowHeader)[0] == "Layer 1, Unit 1"
    assert "f′(z)" in names(view.table.table, QAccessible.Role.ColumnHeader)
    view.table.kind.choose("weights")
    assert any(cell.startswith("After: 0.8787; ") and "a₂" in cell for cell in names(view.table.table))


def test_a_blank_says_what_is_asked_for_and_how_the_answer_stands(view) -> None:
    view.kind.choose("homework")
    view.show_step(state_at(trace_of(LECTURE), Position(Phase.FORWARD)))
    fields = [each for each in interfaces(view.homework) if each.role() == QAccessible.Role.EditableText]
    assert [each.text(QAccessible.Text.Name) for each in fields][:2] == [
        "z of unit 1 of layer 1",
        "a of unit 1 of layer 1",
    ]
    assert "w one one times x one" in fields[0].text(QAccessible.Text.Description)
    assert "Score: 0 of 6 solved" in names(view.homework)
    view.homework._answer(0, "0,3")
    assert fields[0].text(QAccessible.Text.Description).startswith("Not yet. ")
    view.homework._answer(0, "0,21")
    assert fields[0].text(QAccessible.Text.Description).startswith("Right. ")
    assert "Score: 1 of 6 solved" in names(view.homework)


def test_whatever_can_have_the_focus_has_a_name(view) -> None:
    for kind in ("formula", "table", "homework"):
        view.kind.choose(kind)
        nameless = [
            found
            for found in interfaces(view)
            if found.state().focusable and not found.state().invisible and not found.text(QAccessible.Text.Name)
        ]  # fmt: skip
        assert not nameless, [(found.role(), type(found.object())) for found in nameless]

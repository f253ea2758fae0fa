"""What a screen reader finds, asked of Qt's accessible interfaces: formula, table, homework, in words."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QWidget

from app.stepping.records import Grain, Phase, Position
from app.views.step_through import StepThroughView
from engine.examples import EXAMPLES
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.stepping.worked_examples import places_of
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


@pytest.mark.parametrize("grain", [Grain.PHASE, Grain.LAYER, Grain.UNIT, Grain.TERM])
def test_what_is_heard_follows_every_step(view, grain: Grain) -> None:
    trace = trace_of(LECTURE)
    heard = []
    for place in places_of(trace, grain):
        view.show_step(state_at(trace, place, grain=grain))
        heard.append(names(view.formula)[0])
        # What is seen as a title is heard first.
        assert heard[-1].lower().startswith(view.title.text().partition(" ·")[0].lower())
        assert re.search("[=√∂δŷ₁²→·−\\\\]", heard[-1]) is None
    assert len(set(heard)) == len(heard)


def controls(widget: QWidget) -> list[QWidget]:
    """Return everything in ``widget`` that can be seen and used."""
    kinds = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)
    found = [each for each in widget.findChildren(QWidget) if isinstance(each, kinds) and each.isVisible()]
    # The field inside a spin box belongs to it, as does a scroll bar to what it scrolls.
    return [each for each in found if not each.objectName().startswith(("qt_", "ScrollLeft"))]


def is_reached_by_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) or widget.focusProxy() is not None


def test_every_control_has_a_name_a_remark_and_a_way_by_keyboard(view) -> None:
    seen: set[str] = set()
    for kind in ("formula", "table", "homework"):
        view.kind.choose(kind)
        for each in controls(view):
            name = each.accessibleName()
            assert name, type(each)
            assert each.toolTip(), name
            assert each.statusTip(), name
            assert is_reached_by_tab(each), name
            seen.add(name)
    assert seen >= {"Next", "Previous", "Play", "Numbers of", "Pace", "Digits", "Save as CSV …", "Show answers"}
    assert is_reached_by_tab(view.phases)
    assert view.phases.accessibleName()


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

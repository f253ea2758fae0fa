"""Homework in the step-through: typing, marks, hints, the score, and what is hidden meanwhile."""

import gc
import weakref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.stepping.homework import State
from app.stepping.records import MEAN, Phase, Position
from app.stepping.state import StepState
from app.stepping.veil import veiled
from app.theme import DARK, LIGHT
from app.views.step_through import StepThroughView
from app.views.step_through.homework_pane import HomeworkPane
from engine.compose import compose
from engine.examples import EXAMPLES
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.stepping.test_explanation import traced
from tests.app.views.places import state_at, trace_of

pytestmark = IGNORE_PLATFORM

LECTURE = traced(next(example for example in EXAMPLES if example.name == "lecture-backpropagation").make())


def state(phase: Phase = Phase.FORWARD, trace=LECTURE, focus: int = 0) -> StepState:
    place = Position(phase)
    return StepState(trace=trace, position=place, focus=focus, explanation=veiled(trace, place, focus))


@pytest.fixture
def pane(qtbot) -> HomeworkPane:
    pane = HomeworkPane()
    qtbot.addWidget(pane)
    pane.resize(900, 400)
    pane.show_step(state())
    pane.show()
    return pane


def shown(pane: HomeworkPane) -> list:
    return [row for row in pane.rows if not row.isHidden()]


def test_the_blanks_of_the_phase_are_empty_and_named(pane) -> None:
    rows = shown(pane)
    assert len(rows) == 6
    assert all(row.field.text() == "" for row in rows)
    assert rows[0].field.accessibleName() == "z of unit 1 of layer 1"
    assert rows[0].heading.text() == "Unit 1 of layer 1"
    assert rows[1].heading.isHidden()
    assert [line.text for line in rows[4].formula.lines] == ["z = w₁₁ · a₁ + w₁₂ · a₂", "= 0.3 · a₁ + 0.9 · a₂"]
    assert pane.score.text() == "0 of 6 solved"


def test_enter_marks_and_goes_on(qtbot, pane) -> None:
    pane.focus_first()
    first, second = shown(pane)[:2]
    qtbot.keyClicks(first.field, "0,21")
    qtbot.keyClick(first.field, Qt.Key.Key_Return)
    assert first.word.text() == "Right"
    assert first.message.isHidden()
    assert QApplication.focusWidget() is second.field
    qtbot.keyClicks(second.field, "0.21")
    with qtbot.waitSignal(pane.hint) as hint:
        qtbot.keyClick(second.field, Qt.Key.Key_Tab)
    assert hint.args == ["That is z: the activation, Sigmoid, is not applied yet."]
    assert second.word.text() == "Not yet"
    assert second.message.text() == hint.args[0]
    assert second.field.accessibleDescription().startswith(f"Not yet. {hint.args[0]}")
    assert pane.score.text() == "1 of 6 solved"
    qtbot.keyClick(shown(pane)[2].field, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is second.field


def test_junk_stays_to_be_corrected(qtbot, pane) -> None:
    field = shown(pane)[0].field
    qtbot.keyClicks(field, "six")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "six"
    assert "not known here" in shown(pane)[0].message.text()
    field.selectAll()
    qtbot.keyClicks(field, "0.210")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert pane.score.text() == "1 of 6 solved"
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert pane.work.entries[0].state is State.OPEN


def test_shown_answers_do_not_count(qtbot, pane) -> None:
    pane._answer(0, "0.21")
    pane.show_answers.click()
    rows = shown(pane)
    assert rows[5].field.text() == "0.665074"
    assert rows[5].field.isReadOnly()
    assert rows[5].word.text() == "Shown"
    assert pane.score.text() == "1 of 6 solved"
    assert not pane.show_answers.isEnabled()


def test_each_phase_keeps_its_sheet_until_the_next_iteration(pane) -> None:
    pane._answer(0, "0.21")
    pane.show_step(state(Phase.UPDATE))
    assert len(shown(pane)) == 6
    assert pane.score.text() == "0 of 6 solved"
    pane.show_step(state())
    assert shown(pane)[0].field.text() == "0.21"
    assert [work.score for work in pane.works] == ["1 of 6"]
    # Taken apart anew, as when the dock was closed meanwhile, it is still the same iteration.
    again = traced(LECTURE.experiment)
    pane.show_step(state(trace=again))
    assert shown(pane)[0].field.text() == "0.21"
    assert pane.works[0].sheet.trace is again
    pane._answer(2, "0.315")
    assert pane.score.text() == "2 of 6 solved"
    pane.show_step(state(trace=traced(LECTURE.experiment, 1)))
    assert shown(pane)[0].field.text() == ""
    assert pane.works == ()


def test_where_nothing_is_computed_it_says_so(pane) -> None:
    pane.show_step(state(Phase.BATCH, focus=MEAN))
    assert shown(pane) == []
    assert pane.note.text() == "In this phase nothing is computed."
    assert pane.show_answers.isHidden()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("size", [(320, 140), (676, 176), (1300, 500)])
def test_it_draws_at_any_size(pane, theme, size) -> None:
    pane.resize(*size)
    pane.set_theme(theme)
    for number, text in enumerate(("0.21", "0.3", "x")):
        pane._answer(number, text)
    assert not pane.grab().isNull()


def test_where_it_is_narrow_the_field_stands_below_the_formula(qtbot) -> None:
    dock = QWidget()
    qtbot.addWidget(dock)
    pane = HomeworkPane(dock)
    pane.resize(900, 400)
    pane.show_step(state())
    dock.show()
    row = shown(pane)[0]
    qtbot.waitUntil(lambda: row.side.x() > row.formula.geometry().right())
    pane.resize(330, 400)
    qtbot.waitUntil(lambda: row.side.y() > row.formula.geometry().bottom())
    assert row.side.geometry().right() <= row.width()


def test_the_step_through_turns_to_it_and_says_so(qtbot) -> None:
    view = StepThroughView()
    qtbot.addWidget(view)
    view.show()
    view.show_step(state())
    with qtbot.waitSignal(view.homework_chosen) as chosen:
        view.kind.choose("homework")
    assert chosen.args == [True]
    assert view.homework.isVisible()
    assert not view.digits.isVisible()
    with qtbot.waitSignal(view.homework_chosen) as chosen:
        view.kind.choose("formula")
    assert chosen.args == [False]
    assert view.formula.isVisible()


def test_where_it_is_narrow_the_count_stands_below_the_choices(qtbot) -> None:
    # In a dock it can be narrower than its parts would like.
    dock = QWidget()
    qtbot.addWidget(dock)
    view = StepThroughView(dock)
    dock.show()
    view.show_step(state())
    view.resize(900, 300)
    qtbot.waitUntil(lambda: view.counter.x() > view.kind.geometry().right())
    view.resize(360, 300)
    qtbot.waitUntil(lambda: view.counter.y() > view.kind.geometry().bottom())


def test_a_closed_pane_dies(qtbot) -> None:
    pane = HomeworkPane()
    pane.show_step(state())
    reference = weakref.ref(pane)
    pane.deleteLater()
    del pane
    QApplication.sendPostedEvents(None, 52)
    gc.collect()
    assert reference() is None


def test_page_down_scrolls_what_has_too_little_room(qtbot) -> None:
    view = StepThroughView()
    qtbot.addWidget(view)
    view.resize(700, 300)
    view.show()
    view.show_step(state_at(trace_of(compose(hidden=(8, 8), batch_size=4)), Position(Phase.FORWARD, 1, 0)))
    for kind, area in (("homework", view.homework.area), ("formula", view._area)):
        view.kind.choose(kind)
        view.resize(700, 300 if kind == "homework" else 220)
        bar = area.verticalScrollBar()
        qtbot.waitUntil(lambda bar=bar: bar.maximum() > 0)
        view.controls.forward.setFocus()
        qtbot.keyClick(view.controls.forward, Qt.Key.Key_PageDown)
        assert bar.value() > 0
        qtbot.keyClick(view.controls.forward, Qt.Key.Key_PageUp)
        assert bar.value() == 0


def test_a_wrong_value_of_one_phase_may_be_gone_on_with_in_the_next(qtbot, pane) -> None:
    def answer(number: int, text: str) -> None:
        field = shown(pane)[number].field
        field.clear()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)

    answer(5, "0.8")
    pane.show_step(state(Phase.LOSS))
    answer(0, "0.045")
    assert pane.work.entries[0].state is State.FOLLOWS
    assert "your ŷ of the output in the forward phase" in shown(pane)[0].message.text()
    assert pane.score.text() == "½ of 1 solved"
    pane.show_step(state())
    answer(5, "0.665")
    pane.show_step(state(Phase.LOSS))
    assert pane.work.entries[0].state is State.WRONG
    assert "changed an earlier value" in shown(pane)[0].message.text()


def test_whoever_chooses_homework_by_mouse_can_type_at_once(qtbot) -> None:
    view = StepThroughView()
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    view.show_step(state())
    homework = view.kind.findChildren(QAbstractButton)[2]
    qtbot.mouseClick(homework, Qt.MouseButton.LeftButton)
    first = view.homework.rows[0].field
    assert view.focusWidget() is first
    qtbot.keyClicks(first, "0.21")
    qtbot.keyClick(first, Qt.Key.Key_Return)
    # Back again, where one has not been yet.
    view.kind.choose("table")
    qtbot.mouseClick(homework, Qt.MouseButton.LeftButton)
    assert view.focusWidget() is view.homework.rows[1].field
    # By keys one goes from choice to choice.
    view.kind.choose("table")
    view.kind.findChildren(QAbstractButton)[1].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Right)
    assert view.kind.current == "homework"
    assert view.focusWidget() is homework

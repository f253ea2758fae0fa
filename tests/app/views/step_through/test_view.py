"""The step-through: what it shows of a place, and the intents that its controls give."""

import gc
import weakref

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.stepping.explanation import explain
from app.stepping.records import MEAN, Grain, Link, Phase, Position
from app.stepping.state import StepState
from app.stepping.way_back import FIRST
from app.style import style_sheet
from app.theme import DARK, LIGHT
from app.views.step_through import StepThroughView
from engine.compose import compose
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.views.networks import hover
from tests.app.views.places import state_at, trace_of
from tests.app.views.step_through.samples import delta_lines, explanation, state, trace, unit_lines

pytestmark = IGNORE_PLATFORM


@pytest.fixture
def view(qtbot) -> StepThroughView:
    view = StepThroughView()
    qtbot.addWidget(view)
    view.resize(676, 290)
    view.show()
    view.show_step(state())
    return view


def test_it_shows_where_one_stands_and_what_happens_there(view) -> None:
    assert view.phases.phase is Phase.FORWARD
    assert view.title.text() == "Forward · layer 1 · unit 1"
    assert view.sentence.text().startswith("Unit 1 of layer 1 adds up")
    assert view.counter.text() == "Iteration 1, epoch 1"
    assert [line.text for line in view.formula.lines[:3]] == [
        "z₁ = w₁₁ · x₁ + w₁₂ · x₂",
        "= 0.2 · 0.35 + 0.2 · 0.7",
        "= 0.21",
    ]
    assert view.controls.sample.text() == "Sample 1 of 10"
    assert view.formula.accessibleName() == explanation().spoken


def test_remarks_are_shown_and_go_again(view) -> None:
    view.show_step(state(explanation=explanation(remarks=("One.", "Two."))))
    assert [row.label.text() for row in view.remarks.rows if not row.isHidden()] == ["One.", "Two."]
    view.show_step(state())
    assert all(row.isHidden() for row in view.remarks.rows)


def test_without_a_trace_it_says_what_to_do_or_what_is_wrong(view) -> None:
    view.show_step(StepState())
    assert "Step" in view.sentence.text()
    assert view.formula.lines == ()
    assert not view.controls.forward.isEnabled()
    assert view.controls.sample.text().strip() == ""
    assert not view.phases.isEnabled()
    view.show_step(StepState(working=True))
    assert view.sentence.text() == "Working out the next iteration …"
    view.show_step(StepState(problem="There are no training samples."))
    assert view.sentence.text() == "There are no training samples."
    assert view.sentence.property("role") == "problem"


def test_buttons_are_intents(qtbot, view) -> None:
    for button, signal in (
        (view.controls.forward, view.next_requested),
        (view.controls.back, view.previous_requested),
        (view.controls.play, view.play_toggled),
    ):
        with qtbot.waitSignal(signal):
            button.click()


def test_the_play_button_says_what_it_does_next(view) -> None:
    assert view.controls.play.accessibleName() == "Play"
    view.show_step(state(playing=True))
    assert view.controls.play.accessibleName() == "Pause"


def test_there_is_no_way_back_from_the_beginning(view) -> None:
    back = view.controls.back
    assert back.isEnabled()
    assert "back to iteration 1;" in back.toolTip()
    view.show_step(state(position=Position(Phase.BATCH)))
    assert not back.isEnabled()
    assert back.toolTip() == back.statusTip() == FIRST


def test_a_click_on_a_phase_and_the_arrow_keys_jump(qtbot, view) -> None:
    with qtbot.waitSignal(view.jumped) as jump:
        qtbot.mouseClick(
            view.phases, Qt.MouseButton.LeftButton, pos=view.phases.box_of(Phase.BACKWARD).center().toPoint()
        )
    assert jump.args == [Position(Phase.BACKWARD)]
    with qtbot.waitSignal(view.jumped) as jump:
        qtbot.keyClick(view.phases, Qt.Key.Key_Right)
    assert jump.args == [Position(Phase.LOSS)]
    view.show_step(state(position=Position(Phase.UPDATE)))
    with qtbot.assertNotEmitted(view.jumped):
        qtbot.keyClick(view.phases, Qt.Key.Key_Right)


def test_grain_sample_and_pace_are_chosen(qtbot, view) -> None:
    with qtbot.waitSignal(view.grain_chosen) as chosen:
        view.controls.grain.choose("TERM")
    assert chosen.args == [Grain.TERM]
    with qtbot.waitSignal(view.focus_chosen) as chosen:
        view.controls.sample.setValue(3)
    assert chosen.args == [2]
    with qtbot.waitSignal(view.focus_chosen) as chosen:
        view.controls.sample.setValue(0)
    assert chosen.args == [MEAN]
    assert view.controls.sample.text() == "Mean of the batch"
    with qtbot.waitSignal(view.pace_chosen) as chosen:
        view.controls.pace.setValue(5)
    assert chosen.args == [0.25]
    assert view.controls.pace_label.text() == "0.25 s"


def test_showing_a_state_asks_for_nothing(qtbot, view) -> None:
    with (
        qtbot.assertNotEmitted(view.grain_chosen),
        qtbot.assertNotEmitted(view.focus_chosen),
        qtbot.assertNotEmitted(view.jumped),
    ):
        view.show_step(state(grain=Grain.PHASE, focus=4, position=Position(Phase.UPDATE)))
    assert view.controls.grain.current == "PHASE"
    assert view.controls.sample.text() == "Sample 5 of 10"


def test_losses_on_pairs_have_pairs_to_choose(view) -> None:
    pairs = trace(compose(task="embedding", loss="contrastive", batch_size=10))
    view.show_step(state(trace=pairs))
    assert view.controls.sample.text() == f"Pair 1 of {pairs.kept}"


def test_hovering_a_token_marks_what_comes_from_the_same_place(qtbot, view) -> None:
    with qtbot.waitSignal(view.token_hovered) as hovered:
        center = view.formula.box_of(0, 2).center()
        hover(view.formula, center.x(), center.y())
    assert hovered.args == [Link(parameter=0)]
    assert view.formula.highlighted == ("w₁₁", "0.2")
    with qtbot.waitSignal(view.token_hovered) as hovered:
        hover(view.formula, 1.0, 1.0)
    assert hovered.args == [None]


def test_a_highlight_from_elsewhere_marks_tokens(view) -> None:
    view.set_highlight(Link(unit=1))
    assert view.formula.highlighted == ("x₂", "0.7")
    view.set_highlight(None)
    assert view.formula.highlighted == ()


def test_keys_go_through_the_formula_and_say_the_full_number(qtbot, view) -> None:
    hints: list[str] = []
    view.hint.connect(hints.append)
    view.formula.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view.formula, Qt.Key.Key_Right)
    assert view.formula.highlighted == ("w₁₁", "0.2")
    qtbot.keyClick(view.formula, Qt.Key.Key_Down)
    assert hints[-1] == "0.2"
    qtbot.keyClick(view.formula, Qt.Key.Key_End)
    assert hints[-1] == "0.552, with all digits 0.552307"
    qtbot.keyClick(view.formula, Qt.Key.Key_Escape)
    assert hints[-1] == ""


def test_the_formula_is_copied_as_text_latex_and_with_all_digits(qtbot, view) -> None:
    view.show_step(state(explanation=explanation(delta_lines())))
    clipboard = QGuiApplication.clipboard()
    qtbot.keyClick(view.formula, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text().splitlines() == ["δ₁ = ∂L/∂a₁ · f′(z₁)", "= −0.011 · 0.247", "= −0.00273"]
    view.formula.copy_latex()
    assert clipboard.text().splitlines()[0] == r"\delta_1 = \frac{\partial L}{\partial a_1} \cdot f'(z_1)"
    view.formula.copy_in_full()
    assert clipboard.text().splitlines()[1:] == ["= -0.0110311 · 0.247264", "= -0.00272761"]
    number = next(n for n, each in enumerate(view.formula._setting.placed) if each.token.value == 0.247264)
    menu = view.formula.menu(number)
    menu.actions()[0].trigger()
    assert clipboard.text() == "0.247264"
    menu.deleteLater()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("size", [(320, 140), (676, 176), (1014, 250), (500, 900)])
def test_it_draws_at_any_size_in_both_themes(view, theme, size) -> None:
    view.resize(*size)
    view.set_theme(theme)
    view.show_step(state(explanation=explanation(unit_lines(active=1), remarks=("A remark.",))))
    assert not view.grab().isNull()


def test_a_closed_view_dies(qtbot) -> None:
    view = StepThroughView()
    view.show_step(state())
    reference = weakref.ref(view)
    view.deleteLater()
    del view
    QApplication.sendPostedEvents(None, 52)
    gc.collect()
    assert reference() is None


@pytest.mark.parametrize(("width", "scale"), [(1280, 1.0), (660, 1.0), (560, 2.0), (420, 1.0)])
def test_nothing_lies_over_another_part_however_narrow_it_is(qtbot, width, scale):
    view = StepThroughView()
    qtbot.addWidget(view)
    view.set_theme(replace(LIGHT, text_scale=scale))
    view.resize(width, 600)
    with qtbot.waitExposed(view):
        view.show()
    view.show_step(state())
    qtbot.waitUntil(lambda: view.title.width() >= view.title.minimumSizeHint().width())
    parts = [view.controls.buttons, view.phases, view.controls, view.title, view.digits, view.kind, view.counter]
    parts = [part for part in parts if part.isVisible()]
    boxes = [QRect(part.mapTo(view, QPoint(0, 0)), part.size()) for part in parts]
    for number, box in enumerate(boxes):
        assert box.width() >= parts[number].minimumSizeHint().width()
        assert box.right() <= view.width()
        assert not any(box.intersects(other) for other in boxes[number + 1 :])


def test_there_is_no_scrolling_into_nothing(qtbot) -> None:
    view = StepThroughView()
    qtbot.addWidget(view)
    view.resize(676, 350)
    view.show()
    trace = trace_of(compose(task="classes", hidden=(8, 8), optimizer="adam", batch_size=5))
    content = view._content
    for position in (Position(Phase.BACKWARD, 1, 3), Position(Phase.UPDATE, 0, 1), Position(Phase.BATCH)):
        view.show_step(state_at(trace, position))

        def is_laid_out() -> bool:
            needed = content.layout().heightForWidth(content.width())
            return content.height() == max(needed, view._area.viewport().height())

        qtbot.waitUntil(is_laid_out)


LONG_SUM = Position(Phase.FORWARD, 1, 0)


@pytest.fixture
def long_sum(view) -> StepThroughView:
    """The view at a sum of twelve products, of which most are left out."""
    view.show_step(state_at(trace_of(compose(hidden=(12,))), LONG_SUM))
    return view


def test_long_sums_can_be_written_out_and_only_they(qtbot, view, long_sum) -> None:
    assert view.all_terms.isVisible()
    assert not view.all_terms.isChecked()
    with qtbot.waitSignal(view.all_terms_wanted) as wanted:
        view.all_terms.click()
    assert wanted.args == [True]
    shown = state_at(trace_of(compose(hidden=(12,))), LONG_SUM)
    in_full = explain(shown.trace, LONG_SUM, 0, in_full=True)
    view.show_step(replace(shown, in_full=True, explanation=in_full))
    # It stays, to have less again.
    assert view.all_terms.isVisible()
    assert view.all_terms.isChecked()
    with qtbot.waitSignal(view.all_terms_wanted) as wanted:
        view.all_terms.click()
    assert wanted.args == [False]
    view.show_step(state())
    assert not view.all_terms.isVisible()


def test_a_click_on_the_dots_asks_for_what_they_stand_for(qtbot, view, long_sum) -> None:
    number = next(n for n, token in enumerate(view.formula.lines[0].tokens) if token.text == "…")
    center = view.formula.box_of(0, number).center().toPoint()
    with qtbot.waitSignal(view.hint) as hint:
        hover(view.formula, center.x(), center.y())
    assert "left out" in hint.args[0]
    assert view.formula.cursor().shape() is Qt.CursorShape.PointingHandCursor
    with qtbot.waitSignal(view.all_terms_wanted) as wanted:
        qtbot.mouseClick(view.formula, Qt.MouseButton.LeftButton, pos=center)
    assert wanted.args == [True]


def test_the_dots_are_reached_by_keys(qtbot, view, long_sum) -> None:
    view.formula.setFocus(Qt.FocusReason.TabFocusReason)
    hints: list[str] = []
    view.hint.connect(hints.append)
    for _ in range(30):
        qtbot.keyClick(view.formula, Qt.Key.Key_Right)
        if "left out" in hints[-1]:
            break
    with qtbot.waitSignal(view.all_terms_wanted) as wanted:
        qtbot.keyClick(view.formula, Qt.Key.Key_Return)
    assert wanted.args == [True]


def test_what_is_copied_is_whole(view, long_sum) -> None:
    for copy in (view.formula.copy_text, view.formula.copy_latex, view.formula.copy_in_full):
        copy()
        copied = QGuiApplication.clipboard().text()
        assert not any(dots in copied for dots in ("…", "dots"))
        assert copied.count("a_{" if copy == view.formula.copy_latex else "a₁") >= 3
    view.formula.copy_text()
    assert "w₁,₁₂ · a₁₂" in QGuiApplication.clipboard().text()
    # What is homework stays back.
    view.kind.choose("homework")
    view.show_step(state_at(trace_of(compose(hidden=(12,))), LONG_SUM))
    view.formula.copy_text()
    assert "…" in QGuiApplication.clipboard().text()


def test_in_little_room_with_large_text_nothing_lies_over_something_else(view) -> None:
    """As in the layout for text of twice the size, in a window of 1920×1080."""
    large = replace(LIGHT, text_scale=2.0)
    view.setStyleSheet(style_sheet(large))
    view.set_theme(large)
    view.resize(565, 530)
    QApplication.processEvents()
    rows = [view.controls.buttons, view.phases, view.controls, view.title, view.kind, view._area]
    boxes = [QRect(row.mapTo(view, QPoint(0, 0)), row.size()) for row in rows]
    for number, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[number + 1 :]), rows[number]
    assert view._area.height() > 2 * 2 * 17
    view.set_theme(LIGHT)
    assert view.controls.pace.isVisible()

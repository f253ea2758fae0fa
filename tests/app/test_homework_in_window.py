"""Homework in the real window: by keyboard alone, with nothing given away elsewhere, and put on paper."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.dialogs.worksheet_options import WorksheetOptions
from app.stepping.records import Grain, Phase, Position
from app.views.network.hit_testing import Target
from app.window import Window
from engine.examples import EXAMPLES
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.tiny_run import frame_of

pytestmark = IGNORE_PLATFORM

LECTURE = next(example for example in EXAMPLES if example.name == "lecture-backpropagation")


@pytest.fixture
def lecture(qtbot, open_window) -> Window:
    window = open_window(LECTURE.make())
    window.walking.show()
    qtbot.waitUntil(lambda: window.walk.state.trace is not None, timeout=30_000)
    window.walk.choose_grain(Grain.PHASE)
    return window


def texts_on_stage(window: Window) -> set[str]:
    window.network.grab()
    return {text for label in window.network.stage.labels for text in label.texts}


def test_letters_and_arrows_in_a_blank_are_typing(qtbot, lecture) -> None:
    lecture.steps.kind.choose("homework")
    lecture.walk.jump(Position(Phase.FORWARD))
    lecture.activateWindow()
    lecture.steps.homework.focus_first()
    field = lecture.steps.homework.rows[0].field
    qtbot.waitUntil(field.hasFocus)
    before = lecture.session.experiment
    qtbot.keyClicks(field, "0.2 1sprngtl")
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space):
        qtbot.keyClick(field, key)
    assert field.text() == "0.2 1sprngtl "
    assert not lecture.session.running
    assert lecture.session.experiment == before
    assert frame_of(lecture).step == 0
    assert lecture.walk.state.position == Position(Phase.FORWARD)


def test_the_whole_phase_is_solved_by_keyboard(qtbot, lecture) -> None:
    lecture.steps.kind.choose("homework")
    lecture.walk.jump(Position(Phase.FORWARD))
    lecture.activateWindow()
    lecture.steps.homework.focus_first()
    for text in ("0,21", "1/(1+e^-0,21)", "0.3*0.35 + 0.3*0.7", "0.578", "0.686", "0.665"):
        field = QApplication.focusWidget()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert lecture.steps.homework.score.text() == "6 of 6 solved"


def test_the_graph_does_not_give_the_numbers_away(lecture) -> None:
    lecture.walk.jump(Position(Phase.FORWARD))
    assert "ŷ = 0.6651" in texts_on_stage(lecture)
    lecture.steps.kind.choose("homework")
    assert not any("=" in text and "0.6651" in text for text in texts_on_stage(lecture))
    lecture.walk.jump(Position(Phase.BACKWARD))
    assert "ŷ = 0.6651" in texts_on_stage(lecture)
    assert not any("δ" in text for text in texts_on_stage(lecture))


def texts_of(window: Window) -> str:
    """Return all that is written in the window, and all that a screen reader says in it, but for the homework."""
    texts = [window.network.card.accessibleName(), *texts_on_stage(window)]
    for widget in window.findChildren(QWidget):
        if window.steps.isAncestorOf(widget):
            continue
        texts += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        texts += [widget.text()] if isinstance(widget, QLabel) else []
    return "\n".join(texts)


def point_everywhere(window: Window) -> list[str]:
    """Return what the status bar says of every weight, in the network and in the gradients, and of every unit."""
    said: list[str] = []
    for view in (window.network, window.gradients):
        view.hint.connect(said.append)
    for index in range(window.session.layout.parameter_count):
        window.network._select(Target("edge", index))
        card = window.network.card.card
        said += [card.title, card.about, *card.formulas, *(f"{name} {value}" for name, value in card.rows)]
        window.gradients._select(index)
        said.append(window.gradients.accessibleName())
    window.network._select(None)
    window.gradients._select(-1)
    return said


def test_no_other_view_gives_the_numbers_away(qtbot, lecture) -> None:
    for name in ("loss", "gradients", "scores", "activations", "losses"):
        lecture.showing.see(name, True)
    frame = frame_of(lecture)
    loss, gradient = f"{frame.train_loss:.4f}", f"{frame.gradient[4]:.3f}"
    # Of the slides: L = 0.0136, ∂L/∂w of the first weight of the output = 0.0203.
    assert (loss, gradient) == ("0.0136", "0.020")
    lecture.walk.jump(Position(Phase.FORWARD))
    assert "0.0136" in lecture.transport.readouts["train_loss"].figure.text()
    assert any(gradient in each for each in point_everywhere(lecture))
    lecture.steps.kind.choose("homework")
    for phase in (Phase.FORWARD, Phase.LOSS):
        lecture.walk.jump(Position(phase))
        assert lecture.transport.readouts["train_loss"].figure.text() == "?"
        # One sample has no R², nothing that could be found out.
        assert lecture.transport.readouts["metric"].figure.text() == "–"
        assert not any(gradient in each for each in point_everywhere(lecture))
        assert "0.0136" not in texts_of(lecture)
        assert "0.013" not in texts_of(lecture)
    lecture.walk.jump(Position(Phase.BACKWARD))
    # The loss was asked for before; now it is a number one goes on with.
    assert "0.0136" in lecture.transport.readouts["train_loss"].figure.text()
    assert not any(gradient in each for each in point_everywhere(lecture))
    assert any("gradient ?" in each for each in point_everywhere(lecture))
    lecture.walk.jump(Position(Phase.UPDATE))
    assert any(gradient in each for each in point_everywhere(lecture))
    lecture.walk.jump(Position(Phase.LOSS))
    lecture.steps.kind.choose("formula")
    assert "0.0136" in lecture.transport.readouts["train_loss"].figure.text()


def test_the_output_under_the_mouse_is_no_answer_either(lecture) -> None:
    lecture.showing.see("output", True)
    lecture.walk.jump(Position(Phase.FORWARD))
    plane = lecture.output.plane
    assert "puts out" in plane.describe(0.35, 0.7)[1]
    lecture.steps.kind.choose("homework")
    assert "puts out" not in plane.describe(0.35, 0.7)[1]
    lecture.walk.jump(Position(Phase.LOSS))
    assert "puts out" in plane.describe(0.35, 0.7)[1]


def test_where_there_are_no_test_samples_there_is_nothing_to_find(lecture) -> None:
    lecture.showing.see("loss", True)
    assert lecture.transport.readouts["test_loss"].figure.text() == "–"
    lecture.steps.kind.choose("homework")
    lecture.walk.jump(Position(Phase.LOSS))
    assert lecture.transport.readouts["train_loss"].figure.text() == "?"
    assert lecture.transport.readouts["test_loss"].figure.text() == "–"
    train, test = (legend.text() for legend in lecture.loss._legends)
    assert "train ?" in train
    assert "test –" in test


def test_what_lies_behind_a_tab_keeps_no_answers_for_later(lecture) -> None:
    lecture.showing.see("gradients", True)
    lecture.walk.jump(Position(Phase.BACKWARD))
    lecture.showing.see("gradients", False)
    lecture.steps.kind.choose("homework")
    assert any("gradient ?" in each for each in point_everywhere(lecture))
    assert not any("gradient 0.020" in each for each in point_everywhere(lecture))


def test_a_phase_that_is_solved_is_no_secret_any_more(lecture) -> None:
    lecture.showing.see("gradients", True)
    lecture.steps.kind.choose("homework")
    lecture.walk.jump(Position(Phase.LOSS))
    lecture.steps.homework._answer(0, "0.01")
    assert lecture.transport.readouts["train_loss"].figure.text() == "?"
    lecture.steps.homework._answer(0, "0.0136")
    assert "0.0136" in lecture.transport.readouts["train_loss"].figure.text()
    assert "0.0136" in lecture.walk.state.explanation.spoken
    # What comes later is kept back all the same.
    assert any("gradient ?" in each for each in point_everywhere(lecture))


def test_whoever_leaves_the_walk_sees_everything(lecture) -> None:
    lecture.steps.kind.choose("homework")
    lecture.walk.jump(Position(Phase.LOSS))
    lecture.walking.set_seen(False)
    assert "0.0136" in lecture.transport.readouts["train_loss"].figure.text()


def test_the_next_iteration_is_a_new_sheet(qtbot, lecture) -> None:
    lecture.steps.kind.choose("homework")
    lecture.walk.jump(Position(Phase.UPDATE))
    lecture.steps.homework._answer(0, "0.199")
    assert lecture.steps.homework.score.text() == "1 of 6 solved"
    lecture.walk.next()
    qtbot.waitUntil(lambda: lecture.walk.state.trace is not None and lecture.walk.state.trace.step == 1, timeout=30_000)
    lecture.walk.jump(Position(Phase.UPDATE))
    assert lecture.steps.homework.score.text() == "0 of 6 solved"


def test_the_worksheet_has_the_score(qtbot, lecture, tmp_path: Path) -> None:
    lecture.steps.kind.choose("homework")
    lecture.walk.jump(Position(Phase.FORWARD))
    lecture.steps.homework._answer(0, "0.21")
    lecture.worksheets._ask = lambda suggestion: tmp_path / "sheet.html"
    lecture.actions_by_key["worksheet"].trigger()
    dialog = lecture.findChild(WorksheetOptions)
    assert "1 of 6 solved" in dialog.homework.text()
    dialog.page.setChecked(True)
    dialog.save.click()
    assert "Homework: 1 of 6 solved." in (tmp_path / "sheet.html").read_text("utf-8")
    assert "sheet.html" in lecture.status.text.text()

"""After a crash: the strip in the real window, what its buttons do, and that nothing is lost before they are used."""

import os
from collections.abc import Iterator
from datetime import datetime
from unittest.mock import Mock

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.files.draft_text import contents
from app.files.drafts import DraftFolder, Heading, Weights
from app.files.experiment_files import GivenUpError
from app.files.file_dialogs import Answer, FileDialogs
from app.session import Session
from app.training_worker import TrainingWorker
from app.window import Window
from engine.experiment import Data, Experiment, Points
from engine.parameters import initial
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM
NOW = datetime(2026, 11, 24, 14, 3).timestamp()


def painted(count: int) -> Experiment:
    inputs = np.random.default_rng(count).normal(size=(count, 2))
    return Experiment(data=Data(source=Points(inputs, np.arange(count) % 2.0)))


@pytest.fixture(autouse=True)
def normal_look(qapp) -> Iterator[None]:
    """The theme belongs to the application: give it back as it was."""
    palette, sheet = qapp.palette(), qapp.styleSheet()
    yield
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


@pytest.fixture
def folder(tmp_path) -> DraftFolder:
    return DraftFolder(tmp_path / "data")


@pytest.fixture
def crash(folder):
    """Return a function that leaves a draft behind, as a window that was killed does."""

    def leave(experiment: Experiment, time: float = NOW, weights: bool = False, document: str | None = None) -> None:
        draft = folder.begin()
        draft.write(Heading(time, contents(experiment), document), experiment)
        if weights:
            draft.write_weights(Weights(time, 57, experiment.network, (initial(experiment) + 0.5).tolist()))
        draft.release()

    return leave


@pytest.fixture
def dialogs() -> Mock:
    dialogs = Mock(spec=FileDialogs)
    dialogs.ask_about_changes.return_value = Answer.DISCARD
    dialogs.path_to_open.return_value = dialogs.path_to_save.return_value = None
    return dialogs


@pytest.fixture
def open_window(qtbot, tmp_path, dialogs, folder):
    """Return a function that opens a window which keeps drafts in ``folder``."""

    def make() -> Window:
        settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        session = Session(worker=TrainingWorker(warm_up=lambda report: report("", 1.0)))
        window = Window(session, settings, dialogs=dialogs, drafts=folder)
        session.setParent(window)
        session.problems = []
        session.problem.connect(session.problems.append)
        qtbot.addWidget(window, before_close_func=lambda window: window.session.stop())
        window.show()
        window.start()
        qtbot.waitUntil(lambda: window.session.frame is not None, timeout=30_000)
        return window

    return make


def sentences(window: Window) -> list[str]:
    return [row.text.text() for row in window.recovery_strip.rows]


def click(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def drafts_on_disk(folder: DraftFolder) -> int:
    return sum(name.endswith(".draft") for name in os.listdir(folder.path))


def test_without_a_crash_there_is_no_strip(open_window):
    assert not open_window().recovery_strip.isVisible()


def test_what_was_kept_comes_back_with_its_weights(qtbot, open_window, crash, folder):
    experiment = painted(312)
    crash(experiment, weights=True)
    window = open_window()
    assert window.recovery_strip.isVisible()
    (sentence,) = sentences(window)
    assert "14:03: 312 points, two classes, hidden units 4 – 2, trained to epoch 57." in sentence
    before = window.session.experiment
    assert window.session.experiment is before, "nothing happens by itself"
    click(qtbot, window.recovery_strip.rows[0].restore)
    assert window.session.experiment == experiment
    assert window.isWindowModified()
    qtbot.waitUntil(
        lambda: (
            window.session.frame is not None
            and np.array_equal(window.session.frame.parameters, initial(experiment) + 0.5)
        ),
        timeout=30_000,
    )
    assert not window.recovery_strip.isVisible()
    assert "after epoch 57" in window.status.text.text()
    assert drafts_on_disk(folder) == 1, "the next crash must not lose it either"
    with qtbot.waitSignal(window.autosave.kept, timeout=30_000):
        window.session.paint(np.zeros((1, 2)), 1.0)
        window.autosave.keep()
    assert drafts_on_disk(folder) == 1
    window.close()
    assert os.listdir(folder.path) == []


def test_it_is_offered_until_it_is_answered(open_window, crash, folder):
    crash(painted(3))
    first = open_window()
    second = open_window()
    assert len(sentences(first)) == 1
    assert sentences(second) == [], "one of two windows has it"
    first.close()
    third = open_window()
    assert len(sentences(third)) == 1
    third.close()
    assert drafts_on_disk(folder) == 1


def test_discarded_is_gone_after_a_second_question(qtbot, open_window, crash, folder):
    crash(painted(3))
    window = open_window()
    before = window.session.experiment
    (row,) = window.recovery_strip.rows
    sentence = row.text.text()
    place = row.discard.mapTo(window, row.discard.rect().center())
    click(qtbot, row.discard)
    assert row.text.text() == f"Throw this away for good? {sentence}"
    assert drafts_on_disk(folder) == 1
    row.layout().activate()
    # A double click on Discard changes nothing.
    assert window.childAt(place) is row.keep
    click(qtbot, row.keep)
    assert row.text.text() == sentence
    assert row.restore.isVisible()
    click(qtbot, row.discard)
    click(qtbot, row.throw_away)
    assert window.session.experiment is before
    assert not window.recovery_strip.isVisible()
    assert os.listdir(folder.path) == []


def test_several_crashed_windows_are_all_offered(qtbot, open_window, crash, dialogs, folder, tmp_path):
    for count in range(1, 6):
        crash(painted(count), NOW + count)
    window = open_window()
    rows = window.recovery_strip.rows
    assert [text.split("14:03: ")[1].split(",")[0] for text in sentences(window)] == [
        "5 points", "4 points", "3 points", "2 points", "1 point",
    ]  # fmt: skip
    assert [row.isVisible() for row in rows] == [True, True, True, False, False]
    click(qtbot, rows[0].restore)
    assert window.recovery_strip.rows[2].isVisible()
    # The second would take the place of the first: that is asked about, and may be refused.
    dialogs.ask_about_changes.return_value = Answer.CANCEL
    click(qtbot, rows[1].restore)
    assert len(window.session.experiment.data.source.targets) == 5
    assert len(sentences(window)) == 4
    dialogs.ask_about_changes.return_value = Answer.SAVE
    dialogs.path_to_save.return_value = tmp_path / "five.json"
    click(qtbot, rows[1].restore)
    assert len(window.session.experiment.data.source.targets) == 4
    assert (tmp_path / "five.json").exists()
    assert drafts_on_disk(folder) == 4


def test_a_damaged_draft_leaves_the_present_work_alone(qtbot, open_window, crash, folder):
    crash(painted(3))
    (file,) = folder.path.glob("*.draft")
    file.write_bytes(file.read_bytes()[:-40])
    window = open_window()
    before = window.session.experiment
    click(qtbot, window.recovery_strip.rows[0].restore)
    assert window.session.experiment is before
    assert len(window.session.problems) == 1
    assert window.session.problems[0].startswith("What was kept could not be restored: ")
    assert window.recovery_strip.isVisible()
    assert file.exists()


def test_very_many_points_come_back_behind_a_dialog_that_can_give_up(qtbot, open_window, crash, dialogs, monkeypatch):
    monkeypatch.setattr("app.files.file_commands.LARGE_FILE", 0)
    crash(painted(300))
    window = open_window()
    present = window.session.experiment
    dialogs.wait_for.side_effect = GivenUpError("Restoring what was kept was cancelled.")
    click(qtbot, window.recovery_strip.rows[0].restore)
    assert window.session.experiment == present
    assert window.recovery_strip.isVisible()
    dialogs.wait_for.side_effect = lambda doing, remark, work: work(lambda share: None)
    click(qtbot, window.recovery_strip.rows[0].restore)
    assert window.session.experiment == painted(300)
    assert not window.recovery_strip.isVisible()
    assert window.session.problems == []


def test_the_file_it_belonged_to_is_known_again(qtbot, open_window, crash, dialogs, tmp_path):
    crash(painted(3), document=str(tmp_path / "drawing.json"))
    window = open_window()
    assert "“drawing”, 3 points" in sentences(window)[0]
    click(qtbot, window.recovery_strip.rows[0].restore)
    assert window.windowTitle() == "drawing[*] – Descent"
    assert window.files.save()
    assert (tmp_path / "drawing.json").exists()


def test_the_keyboard_reaches_the_answers(qtbot, open_window, crash):
    crash(painted(3))
    crash(painted(4), NOW - 60.0)
    window = open_window()
    window.activateWindow()
    first, second = window.recovery_strip.rows
    first.restore.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(window, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is first.discard
    for row in (first, second):
        for button in (row.restore, row.discard):
            assert button.accessibleDescription() == row.text.text()
    QTest.keyClick(first.discard, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is first.keep
    QTest.keyClick(window, Qt.Key.Key_Backtab)
    QTest.keyClick(first.throw_away, Qt.Key.Key_Space)
    assert window.recovery_strip.rows == (second,)
    assert not window.session.running, "Space pressed the button, not Run"
    assert QApplication.focusWidget() is second.restore
    QTest.keyClick(second.restore, Qt.Key.Key_Return)
    assert len(window.session.experiment.data.source.targets) == 4


def test_a_window_that_closes_in_good_order_leaves_nothing(qtbot, open_window, folder):
    window = open_window()
    window.session.paint(np.zeros((1, 2)), 1.0)
    with qtbot.waitSignal(window.autosave.kept, timeout=30_000):
        window.autosave.keep()
    assert drafts_on_disk(folder) == 1
    window.close()
    assert os.listdir(folder.path) == []
    assert sentences(open_window()) == []


def test_the_history_list_follows_and_goes_back(qtbot, open_window):
    window = open_window()
    window.session.change("network.activation", "relu")
    window.actions_by_key["history"].trigger()
    steps = window.dialogs.history.steps
    assert [steps.item(row).text() for row in range(steps.count())] == ["The beginning", "Activation: ReLU"]
    window.session.change("data.train_share", 0.5)
    assert steps.count() == 3
    steps.itemClicked.emit(steps.item(0))
    assert window.session.experiment == Experiment()
    assert steps.currentRow() == 0
    assert steps.count() == 3
    colors = set()
    for theme in ("light", "dark"):
        window.appearance.choose_theme(theme)
        colors.add(steps.item(2).foreground().color().name())
    assert len(colors) == 2, "what is undone is grey in either theme"
    window.dialogs.history.close()

"""Exporting: what is asked, what is written, and what is said when it cannot be."""

from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from app.dialogs.worksheet_options import Options, WorksheetOptions
from app.run import NO_POINTS
from app.session import Session
from app.step_through import StepThrough
from app.stepping.homework import Homework
from app.stepping.records import Phase
from app.stepping.sheet import sheet
from app.training_worker import TrainingWorker
from app.worksheet.content import worksheet
from app.worksheet.export import NOT_FINITE, WorksheetExport, write
from engine.examples import EXAMPLES
from engine.experiment import Data, Experiment, Points
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.stepping.test_explanation import traced
from tests.app.test_step_through import Walk

pytestmark = IGNORE_PLATFORM

NOTHING = Points(inputs=np.zeros((0, 2)), targets=np.zeros(0))
LECTURE = next(example for example in EXAMPLES if example.name == "lecture-backpropagation")


class Desk:
    """A walk, the export, and a user who answers its questions."""

    def __init__(self, qtbot, folder: Path, experiment: Experiment | None = None) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.walk = Walk(experiment or LECTURE.make())
        self.path: Path | None = folder / "sheet.html"
        self.works: tuple[Homework, ...] = ()
        self.suggested: list[str] = []
        self.said: list[str] = []
        self.problems: list[str] = []
        self.export = WorksheetExport(
            self.walk.session, self.walk.through, lambda: self.works, lambda: "the lecture", self.window, self.ask
        )
        self.export.message.connect(self.said.append)
        self.export.problem.connect(self.problems.append)

    def ask(self, suggestion: Path) -> Path | None:
        self.suggested.append(suggestion.name)
        return self.path

    def dialog(self) -> WorksheetOptions:
        return self.window.findChildren(WorksheetOptions)[-1]


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Desk:
    return Desk(qtbot, tmp_path)


def test_the_iteration_is_taken_apart_for_it_and_written_as_a_page(desk, tmp_path) -> None:
    desk.export.export()
    dialog = desk.dialog()
    assert not dialog.homework.isEnabled()
    dialog.page.setChecked(True)
    dialog.save.click()
    assert desk.suggested == ["iteration-1-worksheet.html"]
    assert desk.said == ["The worksheet was saved as “sheet.html”."]
    assert "One iteration of backpropagation: the lecture" in (tmp_path / "sheet.html").read_text("utf-8")
    # Nobody walks through it: from now on no iteration is taken apart.
    assert not desk.walk.wanted
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.html"]


def test_a_pdf_has_the_answers_if_wanted(desk, tmp_path) -> None:
    desk.path = tmp_path / "sheet.pdf"
    desk.walk.through.set_open(True)
    desk.export.export()
    desk.dialog().answers.setChecked(True)
    desk.dialog().save.click()
    assert desk.suggested == ["iteration-1-answers.pdf"]
    content = desk.path.read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    assert desk.walk.wanted


def test_the_homework_and_its_score_are_offered(desk, tmp_path) -> None:
    desk.walk.through.set_open(True)
    trace = desk.walk.state.trace
    desk.works = (Homework.begin(sheet(trace, 0, Phase.FORWARD)).answered(0, "0.21"),)
    desk.export.export()
    dialog = desk.dialog()
    assert "1 of 6 solved" in dialog.homework.text()
    dialog.page.setChecked(True)
    dialog.save.click()
    assert "Homework: 1 of 6 solved." in desk.path.read_text("utf-8")


def test_canceling_writes_nothing(desk, tmp_path) -> None:
    desk.export.export()
    desk.dialog().cancel.click()
    desk.path = None
    desk.export.export()
    desk.dialog().save.click()
    assert list(tmp_path.iterdir()) == []
    assert (desk.said, desk.problems) == ([], [])


def test_without_training_points_it_says_so(qtbot, tmp_path) -> None:
    desk = Desk(qtbot, tmp_path, Experiment(data=Data(source=NOTHING)))
    desk.export.export()
    assert desk.problems == [NO_POINTS]
    assert desk.window.findChildren(WorksheetOptions) == []


def test_a_diverged_run_has_no_worksheet(desk) -> None:
    desk.walk.through.set_open(True)
    broken = Mock(is_finite=False)
    desk.export._offer(broken)
    assert desk.problems == [NOT_FINITE]


@pytest.mark.parametrize("name", ["sheet.html", "sheet.pdf"])
def test_a_folder_that_is_gone_is_a_sentence_and_an_old_file_stays(desk, tmp_path, name) -> None:
    desk.path = tmp_path / "gone" / name
    desk.export.export()
    desk.dialog().save.click()
    assert desk.problems == [f"“{name}” could not be saved: there is no such file or folder."]
    made = worksheet(traced(LECTURE.make()), 0)
    old = tmp_path / name
    old.mkdir()
    with pytest.raises(OSError, match=r".*"):
        write(made, old)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_read_only_folder_is_a_sentence_and_the_old_file_stays(desk, tmp_path, monkeypatch) -> None:
    (tmp_path / "sheet.html").write_text("old", "utf-8")

    def refuse(*paths: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("engine.atomic_write.os.replace", refuse)
    desk.export.export()
    desk.dialog().page.setChecked(True)
    desk.dialog().save.click()
    assert desk.problems == ["“sheet.html” could not be saved: you are not allowed to."]
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.html"]
    assert (tmp_path / "sheet.html").read_text("utf-8") == "old"


def test_the_options_say_what_was_chosen(qtbot) -> None:
    dialog = WorksheetOptions("A summary.", "1 of 2 solved")
    qtbot.addWidget(dialog)
    dialog.homework.setChecked(False)
    dialog.answers.setChecked(True)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.save.click()
    assert chosen.args == [Options(has_answers=True, is_pdf=True, has_homework=False)]


def test_a_running_session_is_paused_first(qapp) -> None:
    session = Session(LECTURE.make(), worker=Mock(spec=TrainingWorker))
    window = QWidget()
    export = WorksheetExport(session, StepThrough(session), tuple, str, window)
    session.run()
    export.export()
    assert not session.running
    window.deleteLater()

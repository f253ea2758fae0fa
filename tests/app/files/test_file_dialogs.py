"""The questions about files, answered as a user does."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from app.files.file_dialogs import Answer, FileDialogs
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


@pytest.fixture
def dialogs(qtbot) -> FileDialogs:
    window = QWidget()
    qtbot.addWidget(window)
    return FileDialogs(window)


def press(text: str) -> list[str]:
    """Press the button ``text`` of the question that comes; return a list that will hold what it said."""
    said: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(f"{box.text()} {box.informativeText()}".strip())
        next(button for button in box.buttons() if button.text().replace("&", "") == text).click()

    QTimer.singleShot(0, answer)
    return said


@pytest.mark.parametrize(
    ("gone", "button", "answer"),
    [
        (False, "Replace it", Answer.SAVE),
        (False, "Save as…", Answer.SAVE_ELSEWHERE),
        (False, "Cancel", Answer.CANCEL),
        (True, "Put it back", Answer.SAVE),
        (True, "Cancel", Answer.CANCEL),
    ],
)
def test_the_question_about_the_changes_of_others(dialogs, gone, button, answer):
    said = press(button)
    assert dialogs.ask_about_foreign_changes("a.json", gone) is answer
    what = "is not there any more. Saving puts it back." if gone else "was changed by another program or window."
    assert said[0].startswith(f"“a.json” {what}")


def test_a_name_without_suffix_does_not_replace_a_file_without_a_question(dialogs, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a"), ""))
    path = tmp_path / "a.json"
    assert dialogs.path_to_save(path) == path
    path.write_text("{}")
    said = press("No")
    assert dialogs.path_to_save(path) is None
    assert said == ["“a.json” is there already. Replace it?"]
    press("Yes")
    assert dialogs.path_to_save(path) == path

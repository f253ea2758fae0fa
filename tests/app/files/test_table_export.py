"""Saving a table: where the user wants it, and a sentence about what became of it."""

import errno
import os
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.files.table_export import TableExport

TEXT = "layer,a\n1,0.1\n"


def test_the_table_is_where_it_was_asked_to_be(qtbot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    suggested: list[Path] = []

    def ask(suggestion: Path) -> Path:
        suggested.append(suggestion)
        return tmp_path / "mine.csv"

    export = TableExport(window, ask)
    with qtbot.waitSignal(export.message) as told:
        export.save("iteration-1-units.csv", TEXT)
    assert "mine.csv" in told.args[0]
    assert (tmp_path / "mine.csv").read_bytes() == TEXT.encode()
    export.save("iteration-2-units.csv", TEXT)
    assert [path.name for path in suggested] == ["iteration-1-units.csv", "iteration-2-units.csv"]
    assert suggested[1].parent == tmp_path


def test_nothing_is_saved_if_the_question_is_canceled(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    export = TableExport(window, lambda suggestion: None)
    with qtbot.assertNotEmitted(export.message), qtbot.assertNotEmitted(export.problem):
        export.save("iteration-1-units.csv", TEXT)


def test_a_folder_that_is_not_there_is_a_sentence(qtbot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    export = TableExport(window, lambda suggestion: tmp_path / "gone" / "a.csv")
    with qtbot.waitSignal(export.problem) as told:
        export.save("a.csv", TEXT)
    assert told.args[0].startswith("“a.csv” could not be saved: ")


def test_a_full_disk_leaves_the_table_that_was_there(qtbot, tmp_path: Path, monkeypatch) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    path = tmp_path / "a.csv"
    path.write_text("kept")

    def no_room(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_room)
    export = TableExport(window, lambda suggestion: path)
    with qtbot.waitSignal(export.problem) as told:
        export.save("a.csv", TEXT)
    assert told.args[0] == "“a.csv” could not be saved: no space left on device."
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"a.csv": "kept"}

"""Autosave on real files, with a session whose trainer is a stand-in; nothing waits for a time."""

import errno
import os
import shutil
import sys
import threading
from unittest.mock import Mock

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QSettings

from app.files.autosave import DELAY, Autosave
from app.files.document import Document
from app.files.drafts import DraftFolder, parameters_for
from app.files.file_commands import FileCommands
from app.files.file_dialogs import FileDialogs
from app.files.recent import RecentFiles
from app.session import Session
from app.training_worker import TrainingWorker
from engine import experiment_file
from tests.app.sample_frame import sample_frame


@pytest.fixture
def folder(tmp_path) -> DraftFolder:
    return DraftFolder(tmp_path / "data")


@pytest.fixture
def session(qapp) -> Session:
    return Session(worker=Mock(spec=TrainingWorker))


@pytest.fixture
def files(session, tmp_path) -> FileCommands:
    recent = RecentFiles(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    return FileCommands(session, Document(session.experiment), recent, Mock(spec=FileDialogs))


@pytest.fixture
def autosave(session, files, folder):
    autosave = Autosave(session, files, folder, clock=lambda: 1000.0)
    autosave.said = []
    autosave.failed.connect(autosave.said.append)
    yield autosave
    autosave.close()


def paint(session, x1=0.0):
    session.paint(np.array([[x1, 0.0]]), 1.0)


def keep(qtbot, autosave):
    """Let the time be up, and wait for the writing."""
    assert autosave.timer.isActive(), "nothing would ever be written"
    with qtbot.waitSignal(autosave.kept, timeout=30_000):
        autosave.timer.stop()
        autosave.keep()


def names(folder) -> list[str]:
    return sorted(os.path.splitext(name)[1] for name in os.listdir(folder.path)) if folder.path.exists() else []


def after_a_crash(autosave, folder):
    """Return the drafts that a window finds after this one is gone without a word."""
    autosave._draft._lock.release()
    autosave._draft = None
    return folder.abandoned()


def train(session, change=0.5, epoch=12):
    """Let a frame come that belongs to the session's experiment and whose weights are others than the first."""
    _, _, _, frame = sample_frame(session.experiment)
    session._take_frame(msgspec.structs.replace(frame, parameters=frame.parameters + change, epoch=epoch))


def test_play_alone_is_not_kept_and_a_change_is(qtbot, session, autosave, folder):
    autosave.keep()
    assert names(folder) == []
    assert not autosave.timer.isActive()
    session.change("training.learning_rate", 0.1)
    assert autosave.timer.interval() == 1000 * DELAY
    keep(qtbot, autosave)
    (draft,) = after_a_crash(autosave, folder)
    assert draft.read() == session.experiment
    assert (draft.heading().time, draft.heading().document) == (1000.0, None)
    draft.release()


def test_a_stroke_that_goes_on_is_kept_as_far_as_it_is(qtbot, session, autosave, folder):
    session.change("data.empty", None)
    session.begin_stroke()
    for x in (0.0, 1.0):
        with qtbot.waitSignal(session.experiment_changed):
            paint(session, x)
        keep(qtbot, autosave)
    (draft,) = after_a_crash(autosave, folder)
    np.testing.assert_array_equal(draft.read().data.source.inputs, [[0.0, 0.0], [1.0, 0.0]])
    assert draft.heading().contents.startswith("2 points, ")
    draft.release()


def test_what_is_written_already_is_not_written_again(qtbot, session, autosave, folder):
    paint(session)
    keep(qtbot, autosave)
    before = {entry.name: entry.stat().st_mtime_ns for entry in os.scandir(folder.path)}
    autosave.keep()
    assert autosave._thread is None
    assert {entry.name: entry.stat().st_mtime_ns for entry in os.scandir(folder.path)} == before


def test_what_is_in_its_file_needs_no_draft(qtbot, session, files, autosave, folder, tmp_path):
    paint(session)
    keep(qtbot, autosave)
    files._dialogs.path_to_save.return_value = tmp_path / "a.json"
    # The first frame tells that nothing was trained.
    session._take_frame(sample_frame(session.experiment)[3])
    assert files.save()
    autosave.keep()
    assert names(folder) == []


def test_a_draft_knows_the_file_it_belongs_to(qtbot, session, files, autosave, folder, tmp_path):
    path = tmp_path / "a.json"
    files._dialogs.path_to_save.return_value = path
    files.save()
    paint(session)
    keep(qtbot, autosave)
    heading = autosave._draft.heading()
    assert (heading.document, heading.state) == (str(path), files.document.state)


def test_trained_weights_are_kept_apart_from_the_experiment(qtbot, session, autosave, folder):
    train(session)
    keep(qtbot, autosave)
    assert names(folder) == [".draft", ".lock", ".weights"]
    draft_file = autosave._draft._draft
    written = draft_file.stat().st_mtime_ns, draft_file.stat().st_ino
    train(session, 0.75, epoch=13)
    keep(qtbot, autosave)
    assert (draft_file.stat().st_mtime_ns, draft_file.stat().st_ino) == written, "a million points, for new weights?"
    (draft,) = after_a_crash(autosave, folder)
    weights = draft.read_weights()
    assert weights.epoch == 13
    np.testing.assert_array_equal(parameters_for(session.experiment, weights), session.frame.parameters)
    draft.release()


def test_after_a_reset_no_weights_are_kept(qtbot, session, autosave, folder):
    session.change("training.learning_rate", 0.1)
    train(session)
    session.change("training.learning_rate", 0.2)
    keep(qtbot, autosave)
    assert names(folder) == [".draft", ".lock", ".weights"]
    session._take_frame(msgspec.structs.replace(session.frame, parameters=sample_frame()[3].parameters, epoch=0))
    assert not session.is_trained
    keep(qtbot, autosave)
    assert names(folder) == [".draft", ".lock"]


def test_the_window_paints_on_while_a_large_experiment_is_written(qtbot, session, autosave, folder, monkeypatch):
    """What is written is what was there when it began; the change made meanwhile follows by itself."""
    begun, go_on = threading.Event(), threading.Event()
    pieces = experiment_file.pieces

    def slow_pieces(experiment):
        begun.set()
        assert go_on.wait(30.0)
        yield from pieces(experiment)

    monkeypatch.setattr(experiment_file, "pieces", slow_pieces)
    paint(session)
    first = session.experiment
    with qtbot.waitSignal(autosave.kept, timeout=30_000):
        autosave.timer.stop()
        autosave.keep()
        assert begun.wait(30.0)
        paint(session, 1.0)
        # The time is up a second time, before the first writing has ended.
        autosave.timer.stop()
        autosave.keep()
        assert autosave.timer.isActive()
        go_on.set()
    assert autosave._draft.read() == first
    keep(qtbot, autosave)
    assert autosave._draft.read() == session.experiment


def test_closing_gives_up_a_writing_that_goes_on_and_leaves_nothing(session, autosave, folder, monkeypatch):
    begun = threading.Event()

    def endless_pieces(experiment):
        yield b"{"
        while True:
            begun.set()
            yield b" "

    monkeypatch.setattr(experiment_file, "pieces", endless_pieces)
    paint(session)
    autosave.keep()
    assert begun.wait(30.0)
    autosave.close()
    assert names(folder) == []
    assert not autosave.timer.isActive()
    paint(session)
    assert not autosave.timer.isActive()


def test_a_full_disk_is_said_once_and_tried_again(qtbot, session, autosave, folder, monkeypatch):
    paint(session)
    keep(qtbot, autosave)
    first = session.experiment

    def no_room(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", no_room)
        for number in range(2):
            paint(session, 1.0 + number)
            autosave.timer.stop()
            autosave.keep()
            qtbot.waitUntil(lambda: autosave._thread is None)
            assert autosave.timer.isActive(), "it must be tried again"
    assert autosave.said == ["Autosave does not work: no space left on device. Save to a file now and then."]
    assert autosave._draft.read() == first
    keep(qtbot, autosave)
    assert autosave._draft.read() == session.experiment


def test_a_fault_of_our_own_is_said_and_does_not_end_autosaving(qtbot, session, autosave, monkeypatch, caplog):
    paint(session)
    with monkeypatch.context() as patch:
        patch.setattr(experiment_file, "pieces", Mock(side_effect=KeyError("no such thing")))
        with qtbot.waitSignal(autosave.failed, timeout=30_000):
            autosave.keep()
    assert autosave.said == ["Autosave does not work: KeyError: 'no such thing'. Save to a file now and then."]
    assert "no such thing" in caplog.text
    keep(qtbot, autosave)
    assert autosave._draft.read() == session.experiment


@pytest.mark.skipif(sys.platform == "win32", reason="a folder with an open file cannot be removed on Windows")
def test_a_folder_that_somebody_removes_is_made_again(qtbot, session, autosave, folder):
    train(session)
    keep(qtbot, autosave)
    shutil.rmtree(folder.path)
    train(session, 0.75)
    autosave.timer.stop()
    with qtbot.waitSignal(autosave.failed, timeout=30_000):
        autosave.keep()
    paint(session)
    keep(qtbot, autosave)
    (draft,) = after_a_crash(autosave, folder)
    assert draft.read() == session.experiment
    draft.release()


def test_a_data_folder_that_cannot_be_made(qtbot, session, files, tmp_path):
    (tmp_path / "file").write_text("")
    autosave = Autosave(session, files, DraftFolder(tmp_path / "file"))
    paint(session)
    with qtbot.waitSignal(autosave.failed, timeout=30_000) as said:
        autosave.keep()
    assert said.args[0].startswith("Autosave does not work: ")
    autosave.close()


def test_a_slow_disk_is_written_to_less_often(qtbot, session, autosave):
    paint(session)
    keep(qtbot, autosave)
    outcome = msgspec.structs.replace(autosave._outcome, seconds=3.0)
    autosave._thread = Mock()
    autosave._take_outcome(outcome)
    assert autosave.timer.interval() == 30_000

"""The File menu: nothing is lost without a question, and errors are sentences."""

import os
from pathlib import Path
from unittest.mock import Mock

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QSettings

from app.files.document import Document
from app.files.experiment_files import open_experiment, save_experiment
from app.files.file_commands import FileCommands
from app.files.file_dialogs import Answer, FileDialogs
from app.files.recent import MAXIMUM, RecentFiles
from app.session import Session
from app.training_worker import TrainingWorker
from engine.examples import EXAMPLES
from engine.experiment import Experiment, Network
from engine.parameters import initial
from tests.app.sample_frame import sample_frame


@pytest.fixture
def dialogs() -> Mock:
    dialogs = Mock(spec=FileDialogs)
    dialogs.path_to_open.return_value = dialogs.path_to_save.return_value = None
    dialogs.ask_about_changes.return_value = Answer.CANCEL
    return dialogs


@pytest.fixture
def session(qapp) -> Session:
    session = Session(worker=Mock(spec=TrainingWorker))
    session.problems = []
    session.problem.connect(session.problems.append)
    return session


@pytest.fixture
def recent(tmp_path) -> RecentFiles:
    return RecentFiles(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def files(session, dialogs, recent) -> FileCommands:
    return FileCommands(session, Document(session.experiment), recent, dialogs)


def paint(session):
    session.paint(np.array([[0.0, 0.0]]), 1.0)


def test_saving_asks_for_a_file_once(files, session, dialogs, tmp_path):
    path = tmp_path / "mine.json"
    dialogs.path_to_save.return_value = path
    session.change("network.activation", "relu")
    assert files.is_modified
    assert files.save()
    assert not files.is_modified
    assert open_experiment(path) == session.experiment
    session.new_weights()
    assert files.save()
    assert open_experiment(path).seed == 1
    dialogs.path_to_save.assert_called_once()


def test_opening_replaces_the_experiment(files, session, dialogs, recent, tmp_path):
    path = tmp_path / "other.json"
    save_experiment(path, Experiment(seed=9))
    dialogs.path_to_open.return_value = path
    files.open()
    assert session.experiment.seed == 9
    assert (files.document.name, files.is_modified, recent.paths) == ("other", False, [path])


def test_a_broken_file_leaves_everything_as_it_was(files, session, dialogs, recent, tmp_path):
    path = tmp_path / "broken.json"
    path.write_text("{")
    dialogs.path_to_open.return_value = path
    before = session.experiment
    files.open()
    assert session.experiment is before
    assert len(session.problems) == 1
    assert recent.paths == []


def test_a_recent_file_that_is_gone_leaves_the_list(files, session, recent, tmp_path):
    recent.add(tmp_path / "gone.json")
    files.open_path(tmp_path / "gone.json")
    assert recent.paths == []
    assert "there is no such file" in session.problems[0]


def test_play_is_not_asked_about_and_work_is(files, session, dialogs):
    session.change("network.activation", "relu")
    assert files.may_go_on()
    dialogs.ask_about_changes.assert_not_called()
    paint(session)
    assert not files.may_go_on()
    dialogs.ask_about_changes.assert_called_once_with("Untitled")


def test_changes_to_a_file_are_asked_about(files, session, dialogs, tmp_path):
    dialogs.path_to_save.return_value = tmp_path / "a.json"
    files.save()
    session.new_weights()
    assert not files.may_go_on()
    session.undo()
    assert files.may_go_on()


def test_the_answer_decides(files, session, dialogs, tmp_path):
    paint(session)
    painted = session.experiment
    files.new()
    assert session.experiment is painted
    dialogs.ask_about_changes.return_value = Answer.SAVE
    files.new()
    assert session.experiment is painted, "a cancelled file dialog must not lose the work"
    dialogs.path_to_save.return_value = tmp_path / "a.json"
    files.new()
    assert session.experiment == Experiment()
    assert open_experiment(tmp_path / "a.json") == painted
    assert files.document.path is None
    paint(session)
    dialogs.ask_about_changes.return_value = Answer.DISCARD
    files.new()
    assert session.experiment == Experiment()


def test_recent_files_are_few_and_the_newest_first(recent, tmp_path):
    for number in range(MAXIMUM + 3):
        recent.add(tmp_path / f"{number}.json")
    recent.add(tmp_path / "5.json")
    assert len(recent.paths) == MAXIMUM
    assert recent.paths[0] == tmp_path / "5.json"
    assert recent.paths[1] == tmp_path / f"{MAXIMUM + 2}.json"


@pytest.mark.parametrize("value", [3, None, ["", 7, "/a.json"], b"\x00"])
def test_nonsense_in_the_settings_does_no_harm(tmp_path, value):
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    settings.setValue("recent_files", value)
    assert RecentFiles(settings).paths in ([], [Path("/a.json")])


def test_a_copy_with_weights_leaves_the_document_alone(files, session, dialogs, tmp_path):
    _, _, _, frame = sample_frame()
    session.replace(frame.experiment)
    session._take_frame(msgspec.structs.replace(frame, parameters=frame.parameters + 1.0))
    path = dialogs.path_to_save.return_value = tmp_path / "trained.json"
    assert files.save_with_weights()
    np.testing.assert_array_equal(initial(open_experiment(path)), frame.parameters + 1.0)
    assert files.document.path is None
    assert files.recent.paths == [path]
    dialogs.path_to_save.return_value = None
    assert not files.save_with_weights()


def test_saving_says_that_trained_weights_are_not_in_the_file(files, session, dialogs, tmp_path):
    said = []
    session.message.connect(said.append)
    _, _, _, frame = sample_frame()
    session.replace(frame.experiment)
    dialogs.path_to_save.return_value = tmp_path / "plain.json"
    files.save()
    assert said[-1] == "Saved as “plain.json”."
    session._take_frame(msgspec.structs.replace(frame, parameters=frame.parameters + 1.0))
    files.save()
    assert "Save with weights keeps these" in said[-1]


def test_an_example_begins_as_an_untouched_document_under_its_name(files, session):
    begun = []
    files.began.connect(begun.append)
    example = EXAMPLES["lecture-backpropagation"]
    files.open_example(example)
    assert session.experiment == example.make()
    assert begun == [example]
    assert files.document.name == example.label
    assert not files.is_modified
    files.new()
    assert begun == [example, None]
    assert files.document.name == "Untitled"


def test_an_example_asks_before_painted_points_are_lost(files, session, dialogs):
    paint(session)
    painted = session.experiment
    files.open_example(EXAMPLES["xor-two-layers"])
    dialogs.ask_about_changes.assert_called_once_with("Untitled")
    assert session.experiment == painted
    dialogs.ask_about_changes.return_value = Answer.DISCARD
    files.open_example(EXAMPLES["xor-two-layers"])
    assert session.experiment == EXAMPLES["xor-two-layers"].make()


def test_the_points_that_an_example_brings_are_nobody_s_work(files, session, dialogs):
    files.open_example(EXAMPLES["lecture-forward"])
    session.change("training.learning_rate", 0.5)
    files.new()
    dialogs.ask_about_changes.assert_not_called()
    files.open_example(EXAMPLES["lecture-forward"])
    paint(session)
    files.new()
    dialogs.ask_about_changes.assert_called_once_with("Forward pass")


@pytest.fixture
def saved(files, session, dialogs, tmp_path) -> Path:
    """A document with a change that is not in its file."""
    path = dialogs.path_to_save.return_value = tmp_path / "mine.json"
    assert files.save()
    session.new_weights()
    return path


@pytest.mark.parametrize("gone", [False, True])
def test_what_somebody_else_did_to_the_file_is_asked_about(files, session, dialogs, saved, gone):
    if gone:
        saved.unlink()
    else:
        save_experiment(saved, Experiment(seed=77, network=Network(hidden=())))
    dialogs.ask_about_foreign_changes.return_value = Answer.CANCEL
    assert not files.save()
    dialogs.ask_about_foreign_changes.assert_called_once_with("mine.json", gone=gone)
    assert files.is_modified
    assert saved.exists() != gone
    if not gone:
        assert open_experiment(saved).seed == 77
    dialogs.ask_about_foreign_changes.return_value = Answer.SAVE
    assert files.save()
    assert open_experiment(saved) == session.experiment
    session.new_weights()
    assert files.save()
    assert dialogs.ask_about_foreign_changes.call_count == 2, "nobody has touched it since"


def test_it_can_be_saved_elsewhere_instead(files, session, dialogs, saved, tmp_path):
    save_experiment(saved, Experiment(seed=77, network=Network(hidden=())))
    dialogs.ask_about_foreign_changes.return_value = Answer.SAVE_ELSEWHERE
    dialogs.path_to_save.return_value = tmp_path / "other.json"
    assert files.save()
    assert files.document.path == tmp_path / "other.json"
    assert open_experiment(tmp_path / "other.json") == session.experiment
    assert open_experiment(saved).seed == 77


def test_opening_again_knows_the_file_as_it_is_now(files, session, dialogs, saved):
    save_experiment(saved, Experiment(seed=77, network=Network(hidden=())))
    dialogs.ask_about_changes.return_value = Answer.DISCARD
    files.open_path(saved)
    session.new_weights()
    assert files.save()
    dialogs.ask_about_foreign_changes.assert_not_called()


def test_a_copy_with_weights_over_the_own_file_is_nobody_elses_change(files, session, dialogs, saved):
    assert files.save_with_weights()
    assert files.save()
    dialogs.ask_about_foreign_changes.assert_not_called()


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(28, "No space left on device")])
def test_a_failed_save_is_a_sentence_and_the_work_is_still_unsaved(files, session, saved, monkeypatch, error):
    before = saved.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", Mock(side_effect=error))
        assert not files.save()
    assert session.problems[-1].startswith("“mine.json” could not be saved: ")
    assert files.is_modified
    assert saved.read_bytes() == before
    assert files.save()


def test_a_file_of_a_newer_version_leaves_the_work_alone(files, session, dialogs, tmp_path):
    path = dialogs.path_to_open.return_value = tmp_path / "new.json"
    path.write_text('{"version": 3, "sound": true}')
    before = session.experiment
    files.open()
    assert session.experiment is before
    assert session.problems == [
        "“new.json” could not be opened: it was saved by a newer version of Descent (format 3; this one reads up to 2)."
    ]


def test_what_was_restored_is_in_no_file(files, session, dialogs, tmp_path):
    files.restore(Experiment(seed=5), None, tmp_path / "mine.json", None)
    assert (session.experiment.seed, files.document.name, files.is_modified) == (5, "mine", True)
    assert not files.may_go_on()
    files.restore(Experiment(seed=6), None, None, None)
    assert not files.may_go_on(), "no play: it was worth keeping through a crash"
    dialogs.path_to_save.return_value = tmp_path / "other.json"
    assert files.save()
    assert files.may_go_on()


def test_a_file_that_changed_after_the_crash_is_asked_about(files, session, dialogs, saved):
    state = files.document.state
    save_experiment(saved, Experiment(seed=77, network=Network(hidden=())))
    files.restore(Experiment(seed=5), None, saved, state)
    dialogs.ask_about_foreign_changes.return_value = Answer.CANCEL
    assert not files.save()
    assert open_experiment(saved).seed == 77

"""Experiments on disk: what was saved is opened again, and whatever goes wrong is one sentence."""

import os
import sys

import msgspec
import numpy as np
import pytest

from app.files import experiment_files
from app.files.experiment_files import FileError, open_experiment, save_experiment
from engine.compose import compose
from engine.datasets.dataset import MAXIMUM_SAMPLES
from engine.experiment import Data, Experiment, Points


def test_what_is_saved_is_opened_again(tmp_path):
    experiment = Experiment(data=Data(source=Points([[0.1, -2.0]], [1.0])), seed=5)
    save_experiment(tmp_path / "a.json", experiment)
    assert open_experiment(tmp_path / "a.json") == experiment
    assert os.listdir(tmp_path) == ["a.json"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "not valid JSON"),
        (b"", "not valid JSON"),
        (b"\xff\xfe\x00", "not valid JSON"),
        (b"[1, 2]", "expected an object"),
        (b'{"network": {"hidden": [{"units": 99}]}}', "units"),
        (b'{"training": {"loss": "nonsense"}}', "nonsense"),
        (b'{"training": {"learning_rate": 1e999}}', "learning_rate"),
        (b'{"training": {"learning_rate": NaN}}', "not valid JSON"),
        (b'{"nonsense": 1}', "nonsense"),
        (b'{"version": 3}', "version"),
    ],
)
def test_bad_files_are_one_sentence_that_names_the_file(tmp_path, content, sentence):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(FileError) as error:
        open_experiment(path)
    text = str(error.value)
    assert text.startswith("“bad.json” could not be opened: ")
    assert sentence.lower() in text.lower()
    assert text.endswith(".")
    assert "\n" not in text


@pytest.mark.parametrize("name", ["a.csv", "a.NPZ", "a.png"])
def test_data_are_told_from_experiments(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"a,b\n1,2\n")
    with pytest.raises(FileError, match=f"“{name}” is no experiment; take data in with File ▸ Import data."):
        open_experiment(path)


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(FileError, match="there is no such file"):
        open_experiment(tmp_path / "none.json")
    with pytest.raises(FileError, match="is a folder"):
        open_experiment(tmp_path)


def test_a_file_that_is_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(experiment_files, "MAXIMUM_BYTES", 10)
    (tmp_path / "large.json").write_text("{}" + " " * 20)
    with pytest.raises(FileError, match="larger than"):
        open_experiment(tmp_path / "large.json")


def test_a_failed_save_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.json"
    save_experiment(path, Experiment(seed=1))

    def no_room(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", no_room)
    with pytest.raises(FileError, match=r"“a\.json” could not be saved: no space left on device"):
        save_experiment(path, Experiment(seed=2))
    assert open_experiment(path).seed == 1
    assert os.listdir(tmp_path) == ["a.json"]


def test_saving_into_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(FileError, match="there is no such file or folder"):
        save_experiment(tmp_path / "none" / "a.json", Experiment())


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_saving_through_a_link_keeps_the_link(tmp_path):
    target = tmp_path / "target.json"
    save_experiment(target, Experiment())
    (tmp_path / "link.json").symlink_to(target)
    save_experiment(tmp_path / "link.json", Experiment(seed=3))
    assert (tmp_path / "link.json").is_symlink()
    assert open_experiment(target).seed == 3


def test_the_largest_experiment_that_can_be_saved_can_be_opened(tmp_path):
    # The longest way to write a number, for inputs, targets and where they were before noise moved them.
    long, count = -1.2345678901234567e-100, 2000
    points = Points(np.full((count, 2), long), np.full(count, long), np.full((count, 2), 2.0 * long))
    start = compose(task="regression")
    experiment = msgspec.structs.replace(start, data=Data(task="regression", source=points))
    state = save_experiment(tmp_path / "a.json", experiment)
    assert open_experiment(tmp_path / "a.json") == experiment
    assert state.size / count * MAXIMUM_SAMPLES < experiment_files.MAXIMUM_BYTES

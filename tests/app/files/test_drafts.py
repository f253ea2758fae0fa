"""Drafts on plain files: what was kept is found again, by one window only."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from app.files.draft_text import contents, offer
from app.files.drafts import CancelledError, DraftFolder, Heading, Weights, parameters_for
from app.files.experiment_files import FileError
from engine.atomic_write import FileState
from engine.experiment import Data, Experiment, Generated, Layer, Network, Points
from engine.parameters import initial

ROOT = Path(__file__).parents[3]
PAINTED = Experiment(data=Data(source=Points(np.arange(24.0).reshape(12, 2), np.arange(12.0) % 2)), seed=4)
HEADING = Heading(time=1000.0, contents="12 points", document="/home/a/drawing.json", state=FileState(5, 6))


@pytest.fixture
def folder(tmp_path) -> DraftFolder:
    return DraftFolder(tmp_path / "data")


def weights_of(experiment: Experiment, change: float = 0.25) -> Weights:
    return Weights(2000.0, 57, experiment.network, (initial(experiment) + change).tolist())


def test_what_was_kept_is_found_again(folder):
    draft = folder.begin()
    draft.write(HEADING, PAINTED)
    draft.write_weights(weights_of(PAINTED))
    assert folder.abandoned() == [], "a draft that is worked on belongs to its window"
    draft.release()
    (found,) = folder.abandoned()
    assert found.heading() == HEADING
    assert found.read() == PAINTED
    parameters = parameters_for(PAINTED, found.read_weights())
    np.testing.assert_array_equal(parameters, initial(PAINTED) + 0.25)
    assert folder.abandoned() == [], "two windows must not offer the same"
    found.release()
    (again,) = folder.abandoned()
    again.remove()
    assert os.listdir(folder.path) == []


def test_nothing_is_offered_where_nothing_was_kept(folder):
    assert folder.abandoned() == []
    folder.begin().release()
    assert folder.abandoned() == []


def test_several_are_offered_with_the_newest_first(folder):
    for number in (2, 3, 1):
        draft = folder.begin()
        draft.write(Heading(float(number), f"number {number}"), PAINTED)
        draft.release()
    found = folder.abandoned()
    assert [draft.heading().contents for draft in found] == ["number 3", "number 2", "number 1"]
    for draft in found:
        draft.release()


WRITE = """
import sys
from pathlib import Path
from app.files.drafts import DraftFolder, Heading
from engine.experiment import Experiment
draft = DraftFolder(Path(sys.argv[1])).begin()
draft.write(Heading(1.0, "of another process"), Experiment(seed=8))
print("written", flush=True)
sys.stdin.read()
"""


def test_another_process_keeps_its_draft_until_it_is_killed(folder):
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE, str(folder.path.parent)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        assert folder.abandoned() == []
    finally:
        process.kill()
        process.communicate()
    (draft,) = folder.abandoned()
    assert draft.read().seed == 8
    draft.release()


def test_writing_that_was_given_up_leaves_what_was_there(folder):
    draft = folder.begin()
    draft.write(HEADING, PAINTED)
    with pytest.raises(CancelledError):
        draft.write(HEADING, Experiment(seed=9), lambda: True)
    assert draft.read() == PAINTED
    draft.release()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not valid JSON"),
        (b"\x00\xff", "not valid JSON"),
        (b'{"time": 3.0, "contents": "x"}\n{"seed"', "not valid JSON"),
        (b'{"time": 3.0, "contents": "x"}\n{"version": 4, "later": {}}', "newer version of Descent (format 4"),
    ],
)
def test_a_damaged_draft_is_offered_and_says_so_in_one_sentence(folder, content, sentence):
    draft = folder.begin()
    draft.write(HEADING, PAINTED)
    draft._draft.write_bytes(content)
    draft.release()
    (found,) = folder.abandoned()
    assert found.heading().contents in ("x", "an experiment that cannot be read")
    with pytest.raises(FileError) as error:
        found.read()
    assert str(error.value).startswith("What was kept could not be restored: ")
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)
    found.release()
    assert len(os.listdir(folder.path)) == 2, "it stays until it is answered"


def test_weights_of_another_network_or_damaged_ones_are_left_out(folder):
    assert parameters_for(PAINTED, None) is None
    other = Experiment(network=Network(hidden=(Layer(units=3),)))
    assert parameters_for(PAINTED, weights_of(other)) is None
    assert parameters_for(PAINTED, weights_of(PAINTED, float("nan"))) is None
    short = Weights(1.0, 1, PAINTED.network, [1.0])
    assert parameters_for(PAINTED, short) is None
    draft = folder.begin()
    for content in (b"", b"\xff", b'{"time": 1.0}', b'{"time":1,"epoch":1,"network":{"hidden":7},"parameters":[]}'):
        draft._weights.write_bytes(content)
        assert draft.read_weights() is None
    draft.remove()
    assert os.listdir(folder.path) == []


def test_a_folder_that_cannot_be_made_is_an_error_when_writing_and_none_when_looking(tmp_path):
    (tmp_path / "file").write_text("")
    folder = DraftFolder(tmp_path / "file")
    assert folder.abandoned() == []
    with pytest.raises(OSError, match=r"[Nn]ot a directory|cannot find"):
        folder.begin()


def test_what_is_said_of_an_experiment():
    assert contents(PAINTED) == "12 points, two classes, hidden units 4 – 2"
    one = Experiment(data=Data(source=Points([[0.0, 0.0]], [1.0])), network=Network(hidden=()))
    assert contents(one) == "1 point, two classes, no hidden layer"
    spiral = Experiment(data=Data(source=Generated("spiral", 1250)))
    assert contents(spiral) == "Spiral, 1,250 samples, two classes, hidden units 4 – 2"


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        (datetime(2026, 11, 24, 15, 0), "14:03"),
        (datetime(2026, 11, 25, 9, 0), "November 24, 14:03"),
        (datetime(2027, 1, 2, 9, 0), "November 24, 2026, 14:03"),
    ],
)
def test_the_offer_says_when_and_what(now, moment):
    kept = datetime(2026, 11, 24, 14, 3).timestamp()
    start = f"Descent closed unexpectedly. Kept from {moment}: "
    assert offer(Heading(kept, "312 points"), None, now) == f"{start}312 points."
    weights = Weights(kept, 1057, Network(), [])
    text = offer(Heading(kept - 7200.0, "312 points", "/home/a/drawing.json"), weights, now)
    assert text == f"{start}“drawing”, 312 points, trained to epoch 1,057."

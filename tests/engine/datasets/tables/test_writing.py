"""What is written can be read again, to the last bit."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.datasets.tables import FORMATS, Choice, Imported, read_table, suggest, to_points, written
from engine.datasets.tables.columns import MISSING_WORDS
from engine.datasets.tables.text_format import is_number
from engine.experiment import Data, Experiment, Points

COORDINATES = st.floats(-1e100, 1e100, allow_subnormal=True)


def again(tmp_path: Path, experiment: Experiment, form: str) -> Imported:
    path = tmp_path / f"data.{form}"
    path.write_bytes(written(experiment.data, resolve(experiment.data), form))
    table = read_table(path)
    choice = suggest(table, inputs=("x",) if "x" in table.names else ("x1", "x2") if "x1" in table.names else ())
    return to_points(table, choice)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("data", "task"),
    [("circle", "two-classes"), ("blobs", "classes"), ("bumps", "regression"), ("sine", "regression-1d")],
)
def test_every_task_comes_back(tmp_path: Path, data: str, task: str, form: str) -> None:
    experiment = compose(data=data, task=task, samples=60, noise=0.3, seed=5)
    dataset = resolve(experiment.data)
    if form == "npz" and task == "regression-1d":
        # Of a curve the archive holds y twice: as a coordinate and as the target.
        with np.load(io.BytesIO(written(experiment.data, dataset, form))) as arrays_:
            assert np.array_equal(arrays_["inputs"], dataset.points)
            assert np.array_equal(arrays_["targets"], dataset.targets)
        return
    imported = again(tmp_path, experiment, form)
    assert imported.task == task
    assert imported.points.inputs.tolist() == dataset.points.tolist()
    assert imported.points.targets.tolist() == dataset.targets.tolist()


@pytest.mark.parametrize("form", FORMATS)
@given(
    inputs=arrays(np.float64, st.tuples(st.integers(2, 9), st.just(2)), elements=COORDINATES),
    value=st.floats(-1e100, 1e100),
)
def test_any_numbers_come_back_bit_for_bit(form: str, inputs: np.ndarray, value: float) -> None:
    targets = np.linspace(-1.0, 1.0, len(inputs))
    targets[0] = value
    data = Data(task="regression", source=Points(inputs=inputs, targets=targets))
    table = read_table(written(data, resolve(data), form)) if form != "npz" else None
    if table is None:
        with np.load(io.BytesIO(written(data, resolve(data), form)), allow_pickle=False) as arrays_:
            assert arrays_["inputs"].tobytes() == inputs.tobytes()
            assert arrays_["targets"].tobytes() == targets.tobytes()
        return
    points = to_points(table, Choice(("x1", "x2"), "value", "regression", normalization="none")).points
    assert points.inputs.tobytes() == inputs.tobytes()
    assert points.targets.tobytes() == targets.tobytes()


WORD = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12).map(str.strip)


@example(words=["''0", ":"])
@example(words=["''", "a 'b"])
@example(words=['"', "a,b", "c;d", 'e"f'])
@given(words=st.lists(WORD.filter(lambda word: word and not _is_special(word)), min_size=2, max_size=8, unique=True))
def test_names_of_classes_come_back(words: list[str]) -> None:
    rows = [{"a": place, "b": -place, "c": word} for place, word in enumerate([*words, words[0]])]
    first = to_points(read_table(json.dumps(rows).encode()), Choice(("a", "b"), "c", "classes", normalization="none"))
    data = Data(task="classes", source=first.points, classes=first.classes)
    source = written(data, resolve(data), "csv")
    second = to_points(read_table(source), Choice(("x1", "x2"), "class", "classes", normalization="none"))
    assert second.points.columns is not None
    assert first.points.columns is not None
    assert second.points.columns.classes == first.points.columns.classes
    assert second.points.targets.tolist() == first.points.targets.tolist()


def _is_special(word: str) -> bool:
    """Return whether ``word`` is a number or says that something is missing, which is no name."""
    return word in MISSING_WORDS or is_number(word) or word.replace("_", "").isdigit()


def test_csv_by_hand() -> None:
    inputs, targets = np.array([[0.1, -2.0], [1e-300, 3.5]]), np.array([1.0, 0.0])
    data = Data(source=Points(inputs=inputs, targets=targets))
    assert written(data, resolve(data), "csv") == b"x1,x2,class\n0.1,-2.0,1\n1e-300,3.5,0\n"
    assert written(data, resolve(data), "json") == b'{"x1": [0.1, 1e-300], "x2": [-2.0, 3.5], "class": [1, 0]}\n'


def test_no_points_are_a_header() -> None:
    data = Data(source=Points(inputs=np.zeros((0, 2)), targets=np.zeros(0)))
    assert written(data, resolve(data), "csv") == b"x1,x2,class\n"

"""What is written can be read again, to the last bit."""

import io
import json
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.datasets.tables import FORMATS, Choice, Imported, Table, numpy_file, read_table, suggest, to_points, written
from engine.datasets.tables.columns import MISSING_WORDS
from engine.datasets.tables.text_format import is_number
from engine.datasets.tables.writing import cells, pieces
from engine.experiment import Data, Experiment, Points

COORDINATES = st.floats(-1e100, 1e100, allow_subnormal=True)


def again(tmp_path: Path, experiment: Experiment, form: str) -> Imported:
    path = tmp_path / f"data.{form}"
    path.write_bytes(written(experiment.data, resolve(experiment.data), form))
    table = read_table(path)
    return to_points(table, suggest(table))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("data", "task"),
    [("circle", "two-classes"), ("blobs", "classes"), ("bumps", "regression"), ("sine", "regression-1d")],
)
def test_every_task_comes_back(tmp_path: Path, data: str, task: str, form: str) -> None:
    experiment = compose(data=data, task=task, samples=60, noise=0.3, seed=5)
    dataset = resolve(experiment.data)
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


# Names of classes as people give them: in any order, some without, with gaps in between, numbers of years, digits.
NAMES = st.sampled_from(["", "ant", "Zebra", "bee", "2020", "1999", "0", "1", "a,b", 'c"d', "'e'", "f;g", "−", "été"])


@pytest.mark.parametrize("form", FORMATS)
@example(names=["Zebra", "ant"], targets=[0, 1])
@example(names=["Zebra", ""], targets=[1, 0])
@example(names=["ant", "bee", "Zebra"], targets=[2, 0, 1])
@example(names=["", "", "", "ant"], targets=[3, 1])
@example(names=[], targets=[1, 2, 2])
@example(names=["0", "1"], targets=[1, 0])
@given(
    names=st.lists(NAMES, max_size=8).filter(lambda names: len(set(names) - {""}) == len([n for n in names if n])),
    targets=st.lists(st.integers(0, 7), min_size=2, max_size=12).filter(lambda targets: len(set(targets)) > 1),
)
def test_classes_come_back_with_their_names_and_in_their_order(form: str, names: list[str], targets: list[int]) -> None:
    inputs = np.arange(2.0 * len(targets)).reshape(-1, 2)
    data = Data(task="classes", source=Points(inputs=inputs, targets=targets), classes=8, class_names=tuple(names))
    back = reread(written(data, resolve(data), form), form)
    table = read_table(back) if isinstance(back, bytes) else back
    imported = to_points(table, suggest(table))
    assert imported.points.targets.tolist() == targets
    again = Data(task=imported.task, source=imported.points, classes=imported.classes).shown_class_names
    for number in set(targets):
        assert (*again, *[""] * 8)[number] == (*names, *[""] * 8)[number]


def reread(contents: bytes, form: str) -> bytes | Table:
    """Return ``contents`` as something that can be read: an archive is told by the name of its file."""
    if form != "npz":
        return contents
    return numpy_file.read_npz(io.BytesIO(contents))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("task", ["two-classes", "regression", "regression-1d"])
def test_the_split_comes_back_whatever_made_it(form: str, task: str) -> None:
    experiment = compose(task=task, samples=50, noise=0.5, train_share=0.6, split_seed=3, stratified=False)
    dataset = resolve(experiment.data)
    back = reread(written(experiment.data, dataset, form), form)
    table = read_table(back) if isinstance(back, bytes) else back
    imported = to_points(table, suggest(table))
    assert imported.train_share == 0.6
    column = "is_train" if form == "npz" else "split"
    assert f"“{column}” says which rows are for the test: 20." in imported.remarks
    again = resolve(Data(task=task, source=imported.points, train_share=0.6))
    assert again.is_train.tolist() == dataset.is_train.tolist()
    assert again.points.tobytes() == dataset.points.tobytes()


def test_points_of_a_table_bring_its_own_columns_along() -> None:
    rows = [(5.392, 0.98), (9.323, 1.57), (8.298, 2.04), (11.26, 2.55)]
    source = "energy,pull,kind\n" + "".join(f"{a},{b},{'xy'[a > 9]}\n" for a, b in rows)
    imported = to_points(read_table(source.encode()), Choice(("energy", "pull"), "kind", "two-classes"))
    data = Data(source=imported.points, train_share=1.0)
    text = written(data, resolve(data), "csv").decode()
    assert text.startswith("x1,x2,class,split,energy,pull\n")
    assert [tuple(map(float, line.split(",")[4:])) for line in text.splitlines()[1:]] == rows
    # They are for others: what is read again are the coordinates, to the last bit.
    table = read_table(text.encode())
    assert suggest(table) == Choice(("x1", "x2"), "class", "two-classes", normalization="none")
    assert to_points(table, suggest(table)).points.inputs.tobytes() == imported.points.inputs.tobytes()


def test_a_projection_cannot_be_taken_back_and_a_value_can() -> None:
    source = "a,b,c,price\n" + "".join(f"{n % 7},{n % 5},{n % 3},{1000 + n / 4}\n" for n in range(20))
    projected = to_points(read_table(source.encode()), Choice(("a", "b", "c"), "price", "regression")).points
    data = Data(task="regression", source=projected)
    lines = written(data, resolve(data), "csv").decode().splitlines()
    assert lines[0] == "x1,x2,value,split,price"
    assert [float(line.rsplit(",", 1)[1]) for line in lines[1:]] == [1000 + n / 4 for n in range(20)]
    curve = to_points(read_table(source.encode()), Choice(("c",), "price", "regression-1d")).points
    data = Data(task="regression-1d", source=curve)
    table = read_table(written(data, resolve(data), "json"))
    assert table.names == ("x", "y", "split", "c", "price")
    assert table.column("c").numbers.tolist() == [n % 3 for n in range(20)]
    assert to_points(table, suggest(table)).points.targets.tobytes() == curve.targets.tobytes()


def test_the_split_of_a_table_is_nothing_to_learn() -> None:
    table = read_table(b"a,b,kind,Split\n" + b"1,2,x,train\n3,5,y,Test\n" * 9)
    assert suggest(table) == Choice(("a", "b"), "kind", "two-classes", normalization="none")
    imported = to_points(table, suggest(table))
    assert imported.train_share == 0.5
    assert resolve(Data(source=imported.points)).is_train.tolist() == [True, False] * 9
    # Where a fold is the test, that is what counts.
    assert resolve(Data(source=imported.points, folds=3, fold=1)).train_count == 12
    # A split that leaves nothing for the test is no split, and one that leaves nothing to train on is not followed.
    for word, share in (("train", 1.0), ("test", None)):
        table = read_table(f"a,b,kind,split\n1,2,x,{word}\n3,5,y,{word}\n".encode())
        imported = to_points(table, suggest(table))
        assert imported.points.is_train is None
        assert imported.train_share == share
    # A column of that name that holds something else is one like any other.
    assert suggest(read_table(b"a,b,split\n" + b"1,2,x\n3,5,y\n" * 9)).target == "split"


def test_csv_by_hand() -> None:
    inputs, targets = np.array([[0.1, -2.0], [1e-300, 3.5]]), np.array([1.0, 0.0])
    data = Data(source=Points(inputs=inputs, targets=targets), train_share=1.0)
    assert written(data, resolve(data), "csv") == b"x1,x2,class,split\n0.1,-2.0,1,train\n1e-300,3.5,0,train\n"
    assert (
        written(data, resolve(data), "json")
        == b'{"x1": [0.1, 1e-300], "x2": [-2.0, 3.5], "class": [1, 0], "split": ["train", "train"]}\n'
    )
    named = msgspec.structs.replace(data, class_names=("right", "left"), train_share=0.5, stratified=False)
    part = ["train" if is_train else "test" for is_train in resolve(named).is_train]
    assert sorted(part) == ["test", "train"]
    assert (
        written(named, resolve(named), "csv").decode()
        == f"x1,x2,class,class number,split\n0.1,-2.0,left,1,{part[0]}\n1e-300,3.5,right,0,{part[1]}\n"
    )


@pytest.mark.parametrize("form", ["csv", "json"])
def test_portions_leave_no_seam_and_tell_how_far_they_are(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    experiment = compose(data="blobs", samples=1_000)
    dataset = resolve(experiment.data)
    shares: list[float] = []
    at_once = b"".join(pieces(experiment.data, dataset, form, shares.append))
    monkeypatch.setattr("engine.datasets.tables.writing.PORTION_ROWS", 7)
    assert written(experiment.data, dataset, form) == at_once
    list(pieces(experiment.data, dataset, form, shares.append))
    assert len(shares) > 140
    assert all(0.0 <= share <= 1.0 for share in shares)


def test_cells_are_quoted_as_spreadsheets_do() -> None:
    source = Points(inputs=np.zeros((2, 2)), targets=np.array([0.0, 1.0]))
    data = Data(source=source, class_names=('a "b"', "c"), train_share=1.0)
    text = cells(data, resolve(data))
    assert text == 'x1\tx2\tclass\tsplit\n0.0\t0.0\t"a ""b"""\ttrain\n0.0\t0.0\tc\ttrain\n'


def test_no_points_are_a_header() -> None:
    data = Data(source=Points(inputs=np.zeros((0, 2)), targets=np.zeros(0)))
    assert written(data, resolve(data), "csv") == b"x1,x2,class,split\n"

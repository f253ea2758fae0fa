"""Long arrays are read bit by bit, and mean exactly what the text as a whole does."""

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import experiment_file, large_arrays
from engine.experiment import Data, Experiment, Points
from engine.large_arrays import cut_out
from engine.validation import ExperimentError


@pytest.fixture(autouse=True)
def everything_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_arrays, "SHORTEST", 0)
    monkeypatch.setattr(large_arrays, "CHUNK", 10)


def experiment_of(count: int, *, moved: bool = False) -> Experiment:
    random = np.random.default_rng(count)
    inputs, targets = random.normal(size=(count, 2)), random.integers(0, 2, count).astype(float)
    return Experiment(data=Data(source=Points(inputs, targets, origins=inputs + 1.0 if moved else None)))


def text_of(inputs: str, targets: str) -> bytes:
    return f'{{"data": {{"source": {{"kind": "points", "inputs": {inputs}, "targets": {targets}}}}}}}'.encode()


@pytest.mark.parametrize("moved", [False, True])
@pytest.mark.parametrize("count", [0, 1, 2, 50])
def test_what_is_written_is_read_again(count: int, moved: bool) -> None:
    experiment = experiment_of(count, moved=moved)
    text = experiment_file.write(experiment).encode()
    cut = cut_out(text)
    assert cut is not None
    assert len(cut.arrays) == 2 + moved
    assert experiment_file.read(text) == experiment
    # Also on a single line, as others may write it.
    assert experiment_file.read(msgspec.json.format(text, indent=-1)) == experiment


def test_the_share_done_is_told_and_giving_up_works() -> None:
    text = experiment_file.write(experiment_of(200)).encode()
    shares: list[float] = []
    experiment_file.read(text, shares.append)
    assert shares == sorted(shares)
    assert len(shares) > 100
    assert shares[-1] <= 1.0

    def give_up(share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        experiment_file.read(text, give_up)


@given(st.text(alphabet="[]1.,- e0\n", max_size=40), st.sampled_from(("[0]", "[0,1]", "[0 , 1\n]", "[0,1,]", "[[0]]")))
def test_whatever_stands_there_it_means_the_same_or_the_same_is_wrong(inputs: str, targets: str) -> None:
    text = text_of(inputs, targets)

    def outcome(read_whole: bool) -> Experiment | str:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(large_arrays, "SHORTEST", 10**9 if read_whole else 0)
            patch.setattr(large_arrays, "CHUNK", 3)
            try:
                return experiment_file.read(text)
            except ExperimentError as error:
                return str(error)

    assert outcome(read_whole=False) == outcome(read_whole=True)


@pytest.mark.parametrize(
    "inputs", ["[[0,1],[2,3]]", "[[0,1] [2,3]]", "[[0,1],,[2,3]]", "[[0,1],[2,3],]", "[[0,1],[2]]", "[[0,1],[2,1e999]]",
               "[[0,1],[2,true]]", "[[0, 1], [2, 3]", "[0,1,2,3]", '[[0,1],["2",3]]']
)  # fmt: skip
def test_wrong_arrays_are_told_as_ever(inputs: str) -> None:
    text = text_of(inputs, "[0,1]")
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(large_arrays, "SHORTEST", 10**9)
            expected: Experiment | str = experiment_file.read(text)
    except ExperimentError as error:
        expected = str(error)
    if isinstance(expected, Experiment):
        assert experiment_file.read(text) == expected
    else:
        with pytest.raises(ExperimentError) as told:
            experiment_file.read(text)
        assert str(told.value) == expected


def test_a_placeholder_in_the_text_stands_for_nothing() -> None:
    text = text_of('"\\u0000cut0"', "[0,1]")
    assert cut_out(text) is None
    with pytest.raises(ExperimentError):
        experiment_file.read(text)

"""Names of classes: what may be one, where they come from, and that files keep them."""

import numpy as np
import pytest

from engine import experiment_file
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.datasets.tables import written
from engine.experiment import Columns, Data, Experiment, Points
from engine.experiment.class_names import LONGEST_NAME, one_line
from engine.validation import ExperimentError


def points(names: tuple[str, ...] = ()) -> Points:
    columns = Columns(("a", "b"), ((1.0, 0.0), (0.0, 1.0)), (0.0, 0.0), "kind", classes=names) if names else None
    return Points(np.arange(6.0).reshape(3, 2), np.array([0.0, 1.0, 2.0]), columns=columns)


def test_the_data_set_brings_the_names_of_its_classes() -> None:
    data = Data(task="classes", classes=3, source=points(), class_names=("cats", "", "dogs"))
    assert resolve(data).class_names == ("cats", "", "dogs")
    assert resolve(Data(task="classes", classes=3, source=points())).class_names == ()
    # Of classes that are not there, nothing is said.
    assert resolve(Data(task="two-classes", class_names=("a", "b", "c"))).class_names == ("a", "b")
    assert resolve(compose(task="regression").data).class_names == ()


def test_a_table_brings_its_own_names_until_others_are_given() -> None:
    table = points(("setosa", "a\nb", "x" * 99))
    shown = resolve(Data(task="classes", classes=3, source=table)).class_names
    assert shown == ("setosa", "a b", "x" * (LONGEST_NAME - 1) + "…")
    own = Data(task="classes", classes=3, source=table, class_names=("one", "two"))
    assert resolve(own).class_names == ("one", "two")


def test_a_file_keeps_them() -> None:
    experiment = Experiment(data=Data(class_names=("Äpfel", "梨")))
    assert experiment_file.read(experiment_file.write(experiment)) == experiment
    assert experiment_file.read('{"data": {}}').data.class_names == ()


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (("a",) * 2, "both be called “a”"),
        (("a", "A"), "both be called “A”"),
        (tuple("abcdefghi"), "at most 8 names"),
        (("a\nb",), "words in one line"),
        ((" a",), "words in one line"),
        (("a\u202eb",), "words in one line"),
        (("x" * (LONGEST_NAME + 1),), "at most 40 letters"),
    ],
)
def test_what_is_no_name_is_refused_in_one_sentence(names: tuple[str, ...], reason: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        Data(class_names=names)
    assert reason in str(caught.value)
    assert str(caught.value).startswith("class_names")
    assert str(caught.value).endswith(".")


def test_a_file_with_impossible_names_is_refused_in_one_sentence() -> None:
    for text, reason in (
        ('{"data": {"class_names": ["a", "a"]}}', "both be called “a”"),
        ('{"data": {"class_names": [1]}}', "text"),
        ('{"data": {"class_names": "a"}}', "list"),
    ):
        with pytest.raises(ExperimentError) as caught:
            experiment_file.read(text)
        assert reason in str(caught.value)
        assert "class_names" in str(caught.value)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "a", " a\t b\n", "\u202e\x00", "x" * 99, "a" * 38 + " bcd"])
def test_any_text_becomes_a_name_that_can_be_had(text: str) -> None:
    assert Data(class_names=(one_line(text),)).class_names == (one_line(text),)


def test_an_exported_table_has_the_names_and_numbers_where_these_tell_more() -> None:
    def columns(names: tuple[str, ...]) -> list[tuple[str, ...]]:
        data = Data(task="classes", classes=3, source=points(), class_names=names)
        lines = (line.split(",") for line in written(data, resolve(data), "csv").decode().splitlines())
        return [tuple(line[2:-1]) for line in lines]

    assert columns(()) == [("class",), ("0",), ("1",), ("2",)]
    assert columns(("ants", "Bees", "cats")) == [("class",), ("ants",), ("Bees",), ("cats",)]
    numbered = [("class", "class number"), ("cats", "0"), ("dogs", "1"), ("ants", "2")]
    assert columns(("cats", "dogs", "ants")) == numbered
    assert columns(("cats", "", "ants")) == [*numbered[:2], ("", "1"), numbered[3]]
    assert columns(("cats", "dogs")) == [*numbered[:3], ("", "2")]
    # A reader would take this one for a gap.
    assert columns(("cats", "NaN", "ants")) == [*numbered[:2], ("", "1"), numbered[3]]

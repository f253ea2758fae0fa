"""Naming classes: a change like others, with words for the history."""

import numpy as np
import pytest

from app import changes
from app.description import describe
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.datasets.tables import Imported
from engine.experiment import Columns, Experiment, Points
from engine.validation import ExperimentError

CLASSES = compose(task="classes", classes=3, samples=30)


def named(*names: str) -> Experiment:
    return changes.apply(CLASSES, "data.class_names", names)


def test_a_name_is_given_and_taken_back_in_words() -> None:
    cats = named("", "  cats \n", "")
    assert cats.data.class_names == ("", "cats")
    assert describe(CLASSES, cats) == "Name of class 2: “cats”"
    both = changes.apply(cats, "data.class_names", ("dogs", "ants"))
    assert describe(cats, both) == "Names of classes: “dogs”, “ants”"
    none = changes.apply(both, "data.class_names", ("", "", ""))
    assert none == CLASSES
    assert describe(both, none) == "Names of classes: none of your own"


def test_equal_names_and_names_of_values_are_refused() -> None:
    with pytest.raises(ExperimentError, match="comes twice"):
        named("cats", "Cats")
    with pytest.raises(ExperimentError, match="no classes to name"):
        changes.apply(compose(task="regression"), "data.class_names", ("a",))


def test_painting_and_noise_keep_the_names_and_another_data_set_has_none() -> None:
    cats = named("cats")
    painted = changes.with_painted(cats, resolve(cats.data), np.zeros((1, 2)), 0.0)
    assert painted.data.class_names == ("cats",)
    assert changes.apply(cats, "data.noise", 0.5).data.class_names == ("cats",)
    assert changes.apply(painted, "data.generator", "rings").data.class_names == ()
    other = changes.apply(cats, "data.generator", "rings")
    assert other.data.class_names == ()
    assert describe(cats, other) == "Data set: Rings"


def test_a_table_brings_its_own_names() -> None:
    columns = Columns(("a", "b"), ((1.0, 0.0), (0.0, 1.0)), (0.0, 0.0), "kind", classes=("x", "y", "z"))
    table = Points(np.zeros((3, 2)), np.arange(3.0), columns=columns)
    imported = changes.apply(named("cats"), "data.points", Imported(table, "classes", 3, ()))
    assert resolve(imported.data).class_names == ("x", "y", "z")
    assert resolve(changes.apply(imported, "data.class_names", ("x", "why", "z")).data).class_names == ("x", "why", "z")

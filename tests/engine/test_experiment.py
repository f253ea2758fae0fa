import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.experiment import (
    VERSION,
    Data,
    Experiment,
    Generated,
    Layer,
    Network,
    OptimizerChoice,
    Output,
    Points,
    Training,
)
from engine.experiment_file import ROWS, pieces, read, schema, write
from engine.validation import ExperimentError
from tests.engine.experiments import experiments


@given(experiments())
def test_reading_what_was_written_gives_an_equal_experiment(experiment: Experiment) -> None:
    assert read(write(experiment)) == experiment


@given(st.lists(st.tuples(*[st.floats(-1e6, 1e6)] * 2, st.integers(0, 1)), max_size=20))
def test_explicit_points_survive_bit_for_bit(rows: list[tuple[float, float, int]]) -> None:
    points = Points([row[:2] for row in rows], [row[2] for row in rows])
    again = read(write(Experiment(data=Data(source=points))))
    assert again.data.source == points
    assert hash(again.data.source) == hash(points)


@pytest.mark.parametrize("count", [0, 1, ROWS, ROWS + 1, 3 * ROWS])
def test_many_points_are_written_in_small_pieces(count: int) -> None:
    inputs = np.random.default_rng(0).normal(size=(count, 2))
    source = Points(inputs, np.arange(count) % 2.0, inputs + 1.0)
    parts = list(pieces(Experiment(data=Data(source=source))))
    assert read(b"".join(parts)).data.source == source
    # At most 25 characters a number, two numbers a row.
    assert max(map(len, parts)) < 55 * ROWS


def test_an_empty_object_is_the_default_experiment() -> None:
    assert read("{}") == Experiment()


def test_aliases_are_written_as_the_names_they_mean() -> None:
    assert read('{"training": {"loss": "BCE"}, "network": {"initializer": "Glorot"}}') == Experiment()


def test_experiment_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Experiment().seed = 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "not valid JSON"),
        ("{bad", "not valid JSON"),
        ("\xff", "not valid JSON"),
        ("[" * 100_000, "Expected an object"),
        ("[]", "Expected an object, got a list."),
        (
            '{"data": {"tusk": 1}}',
            "data: there is no field “tusk”; allowed are task, source, noise, train_share, seed, classes,",
        ),
        ('{"network": {"hidden": [{"unit": 1}]}}', "allowed are units, activation, bias, alpha, dropout."),
        ('{"training": {"batch_size": 0}}', "training.batch_size: must be at least 1 and at most 1,000,000."),
        ('{"training": {"batch_size": "a"}}', "training.batch_size: expected a whole number, got text."),
        ('{"training": {"learning_rate": NaN}}', "not valid JSON"),
        ('{"training": {"learning_rate": 1e999}}', "training.learning_rate: must be at least 0 and at most 1,000,000."),
        ('{"training": {"loss": "foo"}}', "There is no loss named “foo”; choose mse, binary-cross-entropy,"),
        ('{"network": {"hidden": [{"units": 33}]}}', "network.hidden[0].units: must be at least 1 and at most 32."),
        ('{"network": {"features": []}}', "features must name at least one input."),
        ('{"network": {"features": ["x1", "x1"]}}', "must not name an input twice"),
        ('{"data": {"source": {"kind": "cloud"}}}', "data.source.kind: must be generator or points, not 'cloud'."),
        ('{"data": {"source": {"kind": "points", "inputs": [[1, 2]], "targets": [2]}}}', "from 0 to 1"),
        ('{"data": {"source": {"kind": "points", "inputs": [[1]], "targets": [1]}}}', "list of pairs"),
        ('{"data": {"source": {"kind": "points", "inputs": [[1, 2]], "targets": []}}}', "list of 1 numbers"),
        ('{"data": {"source": {"kind": "points", "inputs": [[1, 2], [3]], "targets": [1, 0]}}}', "same length"),
        ('{"data": {"source": {"kind": "points", "inputs": [[1, 1e200]], "targets": [1]}}}', "at most 1e+100"),
        (
            '{"data": {"task": "regression"}}',
            "or soft-classes for the data set “circle”, not regression.",
        ),
        (
            '{"training": {"optimizer": {"name": "adam", "settings": {"beta1": 1}}}}',
            "beta1 must be at least 0 and less",
        ),
        ('{"training": {"optimizer": {"settings": {"beta1": 0.5}}}}', "sgd has no “beta1”; it has momentum."),
        ('{"network": {"output": {"activation": "tanh"}}}', "output: Binary cross-entropy"),
        ('{"network": {"output": {"activation": "tanh"}}}', "use a sigmoid output."),
        ('{"network": {"output": {"units": 2}}}', "units must be 1 for the task “two-classes”, not 2."),
        ('{"network": {"hidden": [{"activation": "softmax"}]}}', "softmax is for the output layer only"),
        ('{"network": {"hidden": [{"activation": "elu", "alpha": -1}]}}', "alpha must be"),
        ('{"network": {"hidden": [{"activation": "tanh", "alpha": 1}]}}', "tanh has no “alpha”; it has none."),
        ('{"training": {"sampling": "best"}}', "sampling"),
        ('{"training": {"schedule": {"name": "step", "settings": {"wait": 1}}}}', "step has no “wait”"),
        ('{"training": {"loss": "hinge"}}', "output: Hinge"),
        (
            '{"data": {"source": {"kind": "points", "inputs": [[1, 2]], "targets": [1], "origins": [[1]]}}}',
            "origins must be a list of 1 pairs",
        ),
        ('{"data": {"classes": 9}}', "data.classes: must be at least 2 and at most 8."),
        ('{"network": {"parameters": []}}', "parameters must hold 3 layers, not 0."),
        ('{"version": 3}', "it was saved by a newer version of Descent (format 3; this one reads up to 2)."),
        ('{"later": 1, "version": 7}', "it was saved by a newer version of Descent (format 7"),
        ('{"version": 0}', "version: must be at least 1 and at most 2."),
        ('{"seed": -1}', "seed: must be at least 0"),
        (
            '{"data": {"source": {"kind": "generator", "name": "spiral", "settings": {"radius": 1}}}}',
            "data.source: settings: spiral has no “radius”; it has turns, arms.",
        ),
        (
            '{"data": {"source": {"kind": "generator", "name": "spiral", "settings": {"arms": 2.5}}}}',
            "data.source: arms must be a whole number, not 2.5.",
        ),
        (
            '{"data": {"source": {"kind": "generator", "balance": [1, 2, 3]}}}',
            "data: balance must hold 2 numbers, one for each class, not 3.",
        ),
        ('{"data": {"source": {"kind": "generator", "balance": [0, 0]}}}', "balance must hold numbers of at least 0"),
        ('{"data": {"folds": 3, "fold": 4}}', "data: fold must be at most 3, the number of folds, not 4."),
        ('{"data": {"folds": 1}}', "data.folds: must be at least 2 and at most 20."),
        ('{"data": {"label_noise": 1.5}}', "data.label_noise: must be at least 0 and at most 1."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_that_names_the_field(text: str, sentence: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        read(text)
    message = str(caught.value)
    assert sentence in message
    assert message.endswith(".")
    assert "\n" not in message


@pytest.mark.parametrize(
    "make",
    [
        lambda: Layer(units=0),
        lambda: Layer(units=33),
        lambda: Layer(activation="nope"),
        lambda: Training(learning_rate=float("nan")),
        lambda: Training(learning_rate=float("inf")),
        lambda: Training(batch_size=0),
        lambda: Data(train_share=0.0),
        lambda: Data(noise=-1.0),
        lambda: Data(source=Generated("plane")),
        lambda: Data(source=Points([[0.0, float("nan")]], [0.0])),
        lambda: Network(hidden=(Layer(),) * 9),
        lambda: OptimizerChoice("adam", {"epsilon": 0.0}),
        lambda: Experiment(data=Data(task="regression", source=Generated("plane"))),
        lambda: Generated(samples=1_000_001),
        lambda: Generated("circle", settings={"radius": 9.0}),
        lambda: Generated(balance=(-1.0, 2.0)),
        lambda: Generated(balance=(float("nan"), 2.0)),
        lambda: Data(task="regression", source=Generated("plane", balance=(1.0, 2.0))),
        lambda: Data(task="segmentation", source=Generated("smiley", balance=(1.0, 2.0, 3.0)), classes=3),
        lambda: Data(label_noise=-0.1),
        lambda: Data(fold=6),
        lambda: Data(split_seed=-1),
    ],
)
def test_an_impossible_experiment_cannot_be_made_in_code_either(make) -> None:
    with pytest.raises(ExperimentError):
        make()


def test_an_older_file_opens_with_the_samples_it_had() -> None:
    old = read('{"version": 1, "data": {"source": {"kind": "generator", "name": "moons"}, "noise": 0.1, "seed": 4}}')
    assert old == Experiment(data=Data(source=Generated("moons"), noise=0.1, seed=4))
    assert old.version == VERSION
    assert json.loads(write(old))["version"] == VERSION


def test_generated_data_can_be_kept_in_a_set() -> None:
    plain, other = Generated("spiral"), Generated("spiral", settings={"turns": 2.0}, balance=(1.0, 2.0))
    assert {plain, other, Generated("spiral", settings={"turns": 2.0}, balance=(1.0, 2.0))} == {plain, other}


def test_schema_describes_every_part() -> None:
    parts = schema()["$defs"]
    assert {"Experiment", "Data", "Network", "Layer", "Training", "OptimizerChoice", "Points"} <= set(parts)
    assert parts["Layer"]["properties"]["units"] == {"type": "integer", "minimum": 1, "maximum": 32, "default": 4}
    json.dumps(schema())


def test_points_belong_to_nobody_else() -> None:
    mine = np.zeros((1, 2))
    points = Points(mine, [0.0])
    mine[0, 0] = 5.0
    assert points.inputs[0, 0] == 0.0
    assert points != Generated()
    assert Output("tanh") != Output("sigmoid")

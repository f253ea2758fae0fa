"""The trace in JSON and as text, against the trainer's own step and the reference."""

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compose import compose
from engine.examples import EXAMPLES
from engine.experiment import Experiment
from engine.parameters import unpack
from engine.trace import KEPT, Trace
from engine.trace.json_report import as_json, numbers
from engine.trace.text_report import as_text
from engine.trainer import Trainer
from tests.engine.experiments import experiments

PAIRS = ("gradient", "penalty_gradient", "clipped_gradient", "update")


def trace_of(experiment: Experiment, steps: int = 0) -> tuple[Trainer, Trace]:
    trainer = Trainer(experiment)
    trainer.run(math.inf, steps=steps)
    trace = trainer.trace()
    assert trace is not None
    return trainer, trace


def flat(layers: list[dict[str, Any]], key: str) -> np.ndarray:
    """Put the weights and biases of a key of every layer into one vector, in order."""
    parts = [[layer[key]["weights"], layer[key]["biases"]] for layer in layers]
    return np.concatenate([np.ravel(part).astype(np.float64) for pair in parts for part in pair])


@given(experiments(), st.integers(0, 5))
def test_the_new_parameters_are_those_of_the_step(experiment: Experiment, steps: int) -> None:
    trainer, trace = trace_of(experiment, steps)
    report = json.loads(json.dumps(as_json(trace), allow_nan=False))
    before = unpack(trainer.layout, trainer.parameters)
    trainer.step_once()
    after = unpack(trainer.layout, trainer.parameters)
    for layer, old, new in zip(report["layers"], before, after, strict=True):
        np.testing.assert_array_equal(layer["weights"], old.weights)
        np.testing.assert_allclose(layer["new_weights"], new.weights, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(layer["new_biases"], new.biases, rtol=1e-12, atol=1e-12)
        assert layer["has_bias"] == bool(layer["biases"])


@given(experiments(), st.integers(0, 5))
def test_every_key_fits_the_others(experiment: Experiment, steps: int) -> None:
    _, trace = trace_of(experiment, steps)
    report = as_json(trace)
    layers = report["layers"]
    assert [layer["layer"] for layer in layers] == list(range(1, len(layers) + 1))
    each = np.mean(
        [flat([{"g": g} for g in one], "g") for one in zip(*(x["sample_gradients"] for x in layers), strict=True)], 0
    )
    np.testing.assert_allclose(each, flat(layers, "gradient"), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(np.mean(report["losses"]), report["loss"], rtol=1e-12, atol=1e-15)
    assert len(report["losses"]) == report["batch"]["size"] == trace.size
    for number, layer in enumerate(layers):
        members = [layer] if report["members"] == 1 else [
            {key: layer[key][member] for key in ("inputs", "z", "a", "slope", "dL_da", "delta", "dropout", "outputs")}
            for member in range(report["members"])
        ]  # fmt: skip
        for member in members:
            z = np.array(layer["weights"]) @ np.array(member["inputs"])
            z += np.array(layer["biases"])[:, None] if layer["has_bias"] else 0.0
            np.testing.assert_allclose(member["z"], z, rtol=1e-12, atol=1e-12)
            factors = 1.0 if member["dropout"] is None else np.array(member["dropout"])
            np.testing.assert_array_equal(member["outputs"], np.array(member["a"]) * factors)
            if number < len(layers) - 1:
                product = np.array(member["dL_da"]) * np.array(member["slope"])
                np.testing.assert_allclose(member["delta"], product, rtol=1e-9, atol=1e-12)
        for key in PAIRS:
            assert np.shape(layer[key]["weights"]) == np.shape(layer["weights"])
        assert layer["state_before"].keys() == layer["state_after"].keys()


def test_numbers_that_are_not_finite_are_null() -> None:
    assert numbers(np.array([[1.0, math.nan], [math.inf, -2.0]])) == [[1.0, None], [None, -2.0]]
    assert numbers(math.inf) is None
    assert numbers(0.5) == 0.5


def test_a_step_that_diverges_is_told() -> None:
    trainer = Trainer(EXAMPLES["exploding-learning-rate"].make())
    trainer.run(math.inf)
    trace = trainer.trace()
    assert trace is not None
    assert trainer.divergence is not None
    report = as_json(trace)
    assert report["is_finite"] is False
    json.dumps(report, allow_nan=False)
    assert "training stops before this step" in as_text(trace)


def test_the_lecture_s_iteration_can_be_read() -> None:
    text = as_text(trace_of(EXAMPLES["lecture-backpropagation"].make())[1])
    for part in ("0.552308", "0.578105", "0.685987", "0.665074", "0.0367703", "0.199045", "0.878743", "without biases"):
        assert part in text
    assert text.index("Batch") < text.index("Forward") < text.index("Loss") < text.index("Backward")
    assert text.index("Backward") < text.index("Gradients") < text.index("Update")


@given(experiments(), st.integers(0, 3))
def test_every_experiment_has_a_text(experiment: Experiment, steps: int) -> None:
    _, trace = trace_of(experiment, steps)
    text = as_text(trace)
    assert f"Iteration {steps + 1}" in text
    assert "nan" not in text
    assert "-" not in "".join(line for line in text.splitlines() if line.lstrip()[:1] in ("w", "b") and "₁" in line)


def test_wide_tables_and_large_batches_stay_readable() -> None:
    experiment = compose(hidden=(32,), samples=4000, batch_size=2000)
    text = as_text(trace_of(experiment)[1])
    assert "… and 1,990 more" in text
    assert max(len(line) for line in text.splitlines()) < 180
    report = as_json(trace_of(experiment)[1])
    assert len(report["losses"]) == KEPT
    assert report["batch"]["size"] == 2000


@pytest.mark.parametrize(("task", "names"), [("embedding", "second of the pair"), ("two-classes", "sample")])
def test_members_of_a_pair_are_named(task: str, names: str) -> None:
    assert names in as_text(trace_of(compose(task=task))[1])

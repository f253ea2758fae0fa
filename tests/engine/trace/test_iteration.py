from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from engine import reference
from engine.compose import compose
from engine.experiment import Data, Experiment, Generated, Network, Output, Points, Training
from engine.features import compute
from engine.losses import LOSSES
from engine.settings import complete
from engine.trace import KEPT
from engine.trainer import Trainer
from tests.engine.experiments import experiments


def with_training(experiment: Experiment, **changed) -> Experiment:
    return replace(experiment, training=replace(experiment.training, **changed))


@given(
    experiments(),
    st.integers(0, 9),
    st.sampled_from([{}, {"l1": 0.01, "l2": 0.1}, {"clip_norm": 0.1}, {"clip_value": 0.05}, {"max_norm": 0.7}]),
    st.sampled_from([0.0, 0.0, 0.2]),
    st.sampled_from(["random", "hard"]),
)
def test_the_trace_makes_the_kernel_s_step(
    experiment: Experiment, before: int, changed: dict[str, float], jitter: float, sampling: str
) -> None:
    trainer = Trainer(with_training(experiment, **changed, jitter=jitter, sampling=sampling))
    trainer.run(10.0, steps=before)
    trace = trainer.trace()
    assert trace is not None
    assert trace.step == trainer.step
    np.testing.assert_array_equal(trace.update.before, trainer.parameters)
    assert trainer.step_once() == 1
    np.testing.assert_allclose(trace.update.after, trainer.parameters, rtol=1e-12, atol=1e-12)


@given(experiments(), st.integers(0, 5))
def test_looking_does_not_change_the_run(experiment: Experiment, steps: int) -> None:
    watched, alone = Trainer(experiment), Trainer(experiment)
    for _ in range(steps):
        watched.trace()
        watched.step_once()
        alone.step_once()
    np.testing.assert_array_equal(watched.parameters, alone.parameters)


@given(experiments(), st.integers(0, 3))
def test_its_gradient_is_the_slope_of_its_loss(experiment: Experiment, before: int) -> None:
    smooth = ("tanh", "sigmoid", "softplus", "gelu", "silu", "softsign", "sine")
    hidden = tuple(
        replace(layer, dropout=0.0, activation=layer.activation if layer.activation in smooth else "tanh", alpha=None)
        for layer in experiment.network.hidden
    )
    experiment = replace(experiment, network=replace(experiment.network, hidden=hidden))
    trainer = Trainer(experiment)
    trainer.run(10.0, steps=before)
    trace = trainer.trace()
    assert trace is not None
    loss = LOSSES[experiment.training.loss]
    setting = (*complete(loss.settings, experiment.training.loss_settings), 0.0)[0]
    inputs = tuple(compute(trace.layout.features, each.T) for each in trace.points)
    direction = np.random.default_rng(0).normal(size=trace.layout.parameter_count)
    direction /= np.linalg.norm(direction)

    def loss_at(distance: float) -> float:
        parameters = trace.update.before + distance * direction
        members = inputs if loss.members > 1 else inputs[0]
        return reference.mean_loss(trace.layout, parameters, members, trace.wanted, loss.name, setting)

    assert loss_at(0.0) == pytest.approx(trace.loss, rel=1e-12, abs=1e-12)
    step = 1e-6
    left, right = (loss_at(0.0) - loss_at(-step)) / step, (loss_at(step) - loss_at(0.0)) / step
    # Beside a kink of the loss the two sides differ; the slope lies between them.
    low, high = min(left, right), max(left, right)
    assert low - 1e-4 <= trace.update.gradient @ direction <= high + 1e-4


@given(experiments())
def test_the_samples_gradients_have_the_batch_s_as_their_mean(experiment: Experiment) -> None:
    trace = Trainer(experiment).trace()
    assert trace is not None
    assert trace.kept == trace.size
    each = [trace.sample_gradient(sample) for sample in range(trace.size)]
    np.testing.assert_allclose(np.mean(each, axis=0), trace.update.gradient, rtol=1e-11, atol=1e-13)
    layer = len(trace.layout.layers) - 1
    first = trace.layout.layers[layer].weights_start
    np.testing.assert_allclose(trace.weight_gradients(layer, 0, 0), [flat[first] for flat in each], atol=1e-13)


@given(experiments(), st.integers(0, 4))
def test_it_names_the_samples_of_the_data_set(experiment: Experiment, before: int) -> None:
    trainer = Trainer(with_training(experiment, jitter=0.0))
    trainer.run(10.0, steps=before)
    trace = trainer.trace()
    assert trace is not None
    assert np.all(trainer.dataset.is_train[trace.samples])
    for member, samples in enumerate(trace.samples):
        np.testing.assert_array_equal(trainer.dataset.points[samples].T, trace.points[member])


def test_the_batches_of_an_epoch_are_all_samples_once() -> None:
    trainer = Trainer(Experiment(data=Data(source=Generated("circle", 37), train_share=1.0)))
    seen = []
    for first in (0, 10, 20, 30):
        trace = trainer.trace()
        assert trace is not None
        assert (trace.epoch, trace.first) == (0, first)
        seen.extend(trace.samples[0].tolist())
        trainer.step_once()
    assert sorted(seen) == list(range(37))


def test_of_a_large_batch_the_first_samples_are_kept_and_the_gradient_is_that_of_all() -> None:
    experiment = with_training(Experiment(data=Data(source=Generated("moons", 2 * KEPT + 300), train_share=1.0)))
    trainer = Trainer(with_training(experiment, batch_size=10**6))
    trace = trainer.trace()
    assert trace is not None
    assert (trace.size, trace.kept) == (2 * KEPT + 300, KEPT)
    np.testing.assert_allclose(trace.update.gradient, trainer.gradient(), rtol=1e-10, atol=1e-12)
    assert trace.loss == pytest.approx(trainer.measure().train_loss, rel=1e-12)


@pytest.mark.parametrize(
    "setting",
    [
        {},
        {"task": "several-classes"},
        {"jitter": 0.1},
        {"task": "embedding"},
        {"task": "embedding", "loss": "triplet"},
        {"task": "ranking"},
        {"dropout": 0.3},
        {"dropout": 0.5, "task": "several-classes", "seed": 2**40 + 7},
        {"dropout": 0.5, "task": "embedding", "loss": "triplet"},
    ],
)
def test_what_the_kernels_make_of_the_others_of_a_large_batch_is_what_numpy_makes_of_them(
    setting: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = Trainer(compose(hidden=(5, 4), samples=4000, batch_size=2100, **setting))
    trace = trainer.trace()
    monkeypatch.setattr("engine.observable_run.KEPT", 10**6)
    readable = trainer.trace()
    assert trace is not None
    assert readable is not None
    assert (trace.size, trace.kept, trace.passes[0][0].z.shape[1]) == (2100, KEPT, KEPT)
    assert trace.loss == pytest.approx(readable.loss, rel=1e-12)
    np.testing.assert_allclose(trace.update.after, readable.update.after, rtol=1e-12, atol=1e-14)


def test_without_training_samples_there_is_nothing_to_take_apart() -> None:
    assert Trainer(Experiment(data=Data(source=Points([], [])))).trace() is None


def test_the_step_that_diverges_is_shown_as_it_is() -> None:
    experiment = Experiment(
        data=Data(task="regression", source=Generated("plane")),
        network=Network(output=Output("linear")),
        training=Training(loss="mse", learning_rate=1e5),
    )
    trainer = Trainer(experiment)
    trainer.run(10.0, steps=10_000)
    assert trainer.divergence is not None
    trace = trainer.trace()
    assert trace is not None
    assert not trace.is_finite
    assert np.all(np.isfinite(trace.update.before))

"""Every claim of an example's two sentences, tried by training it."""

from itertools import pairwise

import msgspec
import numpy as np
import pytest

from engine import reference
from engine.datasets.dataset import Array
from engine.examples import EXAMPLES, Example
from engine.experiment import Experiment
from engine.experiment_file import read, write
from engine.features import compute
from engine.trainer import Trainer


def trained(experiment: Experiment, epochs: int) -> Trainer:
    trainer = Trainer(experiment)
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer


def accuracy(trainer: Trainer) -> float:
    return trainer.measure().train_metric


def changed(experiment: Experiment, part: str, **fields: object) -> Experiment:
    return msgspec.structs.replace(experiment, **{part: msgspec.structs.replace(getattr(experiment, part), **fields)})


def with_activation(experiment: Experiment, name: str) -> Experiment:
    hidden = tuple(msgspec.structs.replace(layer, activation=name) for layer in experiment.network.hidden)
    return changed(experiment, "network", hidden=hidden)


def dead(trainer: Trainer) -> float:
    """Return the share of hidden units whose z is negative on every training sample."""
    points = trainer.dataset.points[trainer.dataset.is_train]
    z = reference.forward(trainer.layout, trainer.parameters, compute(trainer.layout.features, points)).z
    return float(np.mean(np.concatenate([(layer < 0.0).all(axis=1) for layer in z[:-1]])))


def gradient_norms(trainer: Trainer) -> Array:
    gradient = trainer.gradient()
    return np.array(
        [np.linalg.norm(trainer.layout.weights(gradient, layer)) for layer in range(len(trainer.layout.layers))]
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_example_is_an_experiment_with_two_sentences(example: Example) -> None:
    assert read(write(example.make())) == example.make()
    assert example.remark.endswith(".")
    assert example.remark.replace("(set it, then reset)", "").count(". ") == 1
    assert EXAMPLES[example.label] is example


def test_groups_stand_together() -> None:
    groups = [entry.group for entry in EXAMPLES]
    assert groups == sorted(groups, key=groups.index)


@pytest.mark.parametrize("seed", range(3))
def test_one_layer_fails_on_xor_and_two_learn_it(seed: int) -> None:
    one, two = (
        msgspec.structs.replace(EXAMPLES[name].make(), seed=seed) for name in ("xor-one-layer", "xor-two-layers")
    )
    trainer, seen = Trainer(one), []
    for _ in range(200):
        trainer.run_epoch()
        seen.append(accuracy(trainer))
    assert 0.4 < np.mean(seen) < 0.6
    assert max(seen) < 0.8
    learned = trained(two, 100)
    assert accuracy(learned) > 0.95
    assert learned.measure().test_metric > 0.95


def test_linear_layers_are_one_linear_layer() -> None:
    experiment = EXAMPLES["linear-collapse"].make()
    deep = trained(experiment, 200)
    assert 0.8 < accuracy(deep) < 0.9
    product, offset = np.eye(2), np.zeros(2)
    for layer in range(len(deep.layout.layers)):
        weights = deep.layout.weights(deep.parameters, layer)
        product, offset = weights @ product, weights @ offset + deep.layout.biases(deep.parameters, layer)
    points = deep.dataset.points.T
    z = reference.forward(deep.layout, deep.parameters, points).z[-1]
    np.testing.assert_allclose(product @ points + offset[:, None], z, rtol=1e-9, atol=1e-12)
    alone = trained(changed(experiment, "network", hidden=()), 200)
    assert accuracy(alone) == pytest.approx(accuracy(deep), abs=0.02)
    assert accuracy(trained(with_activation(experiment, "tanh"), 200)) == 1.0


def test_units_that_start_from_zero_stay_copies() -> None:
    experiment = EXAMPLES["zero-initialization"].make()
    trainer = trained(experiment, 300)
    weights, biases = (view(trainer.parameters, 0) for view in (trainer.layout.weights, trainer.layout.biases))
    assert np.abs(weights).max() > 0.01
    assert np.ptp(weights, axis=0) == pytest.approx([0.0, 0.0], abs=1e-12)
    assert np.ptp(biases) == pytest.approx(0.0, abs=1e-12)
    assert np.ptp(trainer.layout.weights(trainer.parameters, 1)) == pytest.approx(0.0, abs=1e-12)
    assert accuracy(trainer) < 0.8
    assert accuracy(trained(changed(experiment, "network", initializer="xavier"), 300)) > 0.95


def test_relu_units_die_and_stay_dead() -> None:
    experiment = EXAMPLES["dying-relu"].make()
    trainer = trained(experiment, 10)
    assert dead(trainer) == 1.0
    assert gradient_norms(trainer).max() == 0.0
    gentle = changed(experiment, "training", learning_rate=0.1)
    trainer.change(gentle)
    for _ in range(100):
        trainer.run_epoch()
    assert dead(trainer) == 1.0
    assert accuracy(trainer) == pytest.approx(0.5, abs=0.05)
    alive = trained(gentle, 100)
    assert dead(alive) == 0.0
    assert accuracy(alive) > 0.95


def test_the_gradient_vanishes_through_sigmoids_but_not_through_tanh() -> None:
    experiment = EXAMPLES["vanishing-gradient"].make()
    norms = gradient_norms(Trainer(experiment))
    assert norms[0] / norms[-1] < 1e-3
    assert (np.diff(norms) > 0.0).all()
    after = trained(experiment, 100)
    assert after.measure().train_loss == pytest.approx(0.693, abs=0.005)
    norms = gradient_norms(after)
    assert norms[0] / norms[-1] < 1e-3
    tanh = with_activation(experiment, "tanh")
    norms = gradient_norms(Trainer(tanh))
    assert norms.max() / norms.min() < 3.0
    assert accuracy(trained(tanh, 100)) > 0.95


def test_too_large_a_learning_rate_explodes() -> None:
    experiment = EXAMPLES["exploding-learning-rate"].make()
    trainer = Trainer(experiment)
    fitted = trained(changed(experiment, "training", learning_rate=0.03), 2000)
    assert fitted.measure().train_metric > 0.999
    losses, sides = [trainer.measure().train_loss], []
    for _ in range(12):
        trainer.step_once()
        losses.append(trainer.measure().train_loss)
        sides.append(np.sign(trainer.parameters[:2] - fitted.parameters[:2]))
    assert all(after > 2.0 * before for before, after in pairwise(losses[2:]))
    assert all((before == -after).all() for before, after in pairwise(sides[2:]))
    trainer.run(60.0)
    assert trainer.divergence is not None
    assert "learning rate 0.1" in trainer.divergence.message


def test_the_rate_is_beyond_two_over_the_curvature() -> None:
    experiment = EXAMPLES["exploding-learning-rate"].make()
    trainer = Trainer(experiment)
    points = trainer.dataset.points[trainer.dataset.is_train]
    inputs = np.column_stack((points, np.ones(len(points))))
    curvature = float(np.linalg.eigvalsh(2.0 * inputs.T @ inputs / len(points)).max())
    assert 0.03 < 2.0 / curvature < experiment.training.learning_rate

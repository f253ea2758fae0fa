"""Changes of how it learns, and what they bring along."""

import pytest

from app import changes
from app.description import batch_name, describe, headline
from engine.experiment import Experiment, OptimizerChoice, Training
from engine.validation import ExperimentError


@pytest.fixture
def experiment() -> Experiment:
    return Experiment()


def test_cross_entropy_makes_the_output_a_sigmoid_and_says_so(experiment):
    squared = changes.apply(changes.apply(experiment, "training.loss", "mse"), "network.layer_activation", (2, "tanh"))
    assert (squared.network.output.activation, squared.training.loss) == ("tanh", "mse")
    crossed = changes.apply(squared, "training.loss", "bce")
    assert crossed.network.output.activation == "sigmoid"
    assert describe(squared, crossed) == "Loss: binary cross-entropy; the output activation is now sigmoid"
    assert headline(squared, crossed) == "Loss: binary cross-entropy"


def test_squared_error_leaves_the_output_as_it_is(experiment):
    assert changes.apply(experiment, "training.loss", "mse").network.output.activation == "sigmoid"


def test_a_loss_of_another_task_is_refused(experiment):
    regression = changes.apply(experiment, "data.task", "regression")
    with pytest.raises(ExperimentError, match="does not suit the task “Regression”"):
        changes.apply(regression, "training.loss", "binary-cross-entropy")


def test_an_optimizer_brings_its_own_rate_unless_the_user_chose_one(experiment):
    adam = changes.apply(experiment, "training.optimizer", "adam")
    assert adam.training.learning_rate == 0.01
    assert describe(experiment, adam) == "Optimizer: Adam; the learning rate is now 0.01"
    chosen = changes.apply(experiment, "training.learning_rate", 0.5)
    assert changes.apply(chosen, "training.optimizer", "adam").training.learning_rate == 0.5


def test_settings_belong_to_their_optimizer(experiment):
    changed = changes.apply(experiment, "training.setting", ("momentum", 0.9))
    assert changed.training.optimizer == OptimizerChoice("sgd", {"momentum": 0.9})
    assert describe(experiment, changed) == "Momentum μ: 0.9"
    assert changes.apply(changed, "training.setting", ("momentum", 0.0)) == experiment
    assert changes.apply(changed, "training.optimizer", "adam").training.optimizer == OptimizerChoice("adam")
    with pytest.raises(ExperimentError, match="momentum must be"):
        changes.apply(experiment, "training.setting", ("momentum", 1.0))


def test_the_two_penalties_have_rates_of_their_own(experiment):
    changed = changes.apply(experiment, "training.l2", 0.02)
    both = changes.apply(changed, "training.l1", 0.001)
    assert (both.training.l1, both.training.l2) == (0.001, 0.02)
    assert describe(changed, both) == "Regularization: L1 with rate 0.001 and L2 with rate 0.02"
    none = changes.apply(changes.apply(both, "training.l1", 0.0), "training.l2", 0.0)
    assert none.training == Training()
    assert describe(changed, experiment) == "Regularization: none"


@pytest.mark.parametrize(
    ("batch_size", "name"),
    [
        (1, "1 – stochastic gradient descent, 175 updates per epoch"),
        (10, "10 – mini-batch gradient descent, 18 updates per epoch"),
        (175, "175 – the whole training set, plain gradient descent, 1 update per epoch"),
        (1000, "1000 – the whole training set, plain gradient descent, 1 update per epoch"),
    ],
)
def test_batch_sizes_have_names(experiment, batch_size, name):
    assert batch_name(batch_size, 175) == name
    if batch_size != 10:
        changed = changes.apply(experiment, "training.batch_size", batch_size)
        assert describe(experiment, changed, 175) == f"Batch size: {name}"

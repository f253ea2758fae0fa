import pytest

from engine.compose import compose
from engine.experiment import Experiment
from engine.validation import ExperimentError


def test_nothing_said_is_the_default_experiment() -> None:
    assert compose() == Experiment()


def test_a_regression_gets_its_loss_and_output() -> None:
    experiment = compose(data="bumps")
    assert (experiment.data.task, experiment.training.loss) == ("regression", "mse")
    assert experiment.network.output.activation == "linear"


def test_squared_error_on_classes_gets_a_tanh_output_and_adam_its_own_rate() -> None:
    experiment = compose(loss="mse", optimizer="adam", hidden=(8, 8), seed=4)
    assert experiment.network.output.activation == "tanh"
    assert experiment.training.learning_rate == 0.01
    assert (experiment.seed, experiment.data.seed) == (4, 4)
    assert compose(seed=4, data_seed=1).data.seed == 1


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"data": "x"}, "no data set named"),
        ({"loss": "x"}, "no loss"),
        ({"data": "plane", "loss": "bce"}, "must be mse"),
    ],
)
def test_what_does_not_fit_is_said(chosen: dict, words: str) -> None:
    with pytest.raises(ExperimentError, match=words):
        compose(**chosen)

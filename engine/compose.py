"""A whole experiment from a few choices: what is left out follows from what is said."""

from collections.abc import Mapping, Sequence

from engine.datasets.generators import GENERATORS
from engine.experiment import Data, Experiment, Generated, Layer, Network, OptimizerChoice, Output, Training
from engine.family import UnknownNameError
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.tasks import TASKS, output_for
from engine.validation import ExperimentError


def compose(
    *,
    data: str = "circle",
    samples: int = 250,
    noise: float = 0.0,
    train_share: float = 0.7,
    data_seed: int | None = None,
    features: Sequence[str] = ("x1", "x2"),
    hidden: Sequence[int] = (4, 2),
    activation: str = "tanh",
    output: str | None = None,
    initializer: str = "xavier",
    loss: str | None = None,
    optimizer: str = "sgd",
    settings: Mapping[str, float] | None = None,
    learning_rate: float | None = None,
    batch_size: int = 10,
    l1: float = 0.0,
    l2: float = 0.0,
    seed: int = 0,
) -> Experiment:
    """Return the experiment that these choices describe.

    The data set decides the task, the task the loss, the loss the output activation and the optimizer the learning
    rate, as far as they are not said. ``data_seed`` is ``seed`` unless said.

    Raises:
        ExperimentError: a name is unknown or a value impossible.
    """
    try:
        task = TASKS[GENERATORS[data].task]
        chosen_loss = LOSSES[loss or task.losses[0]].name
        rule = OPTIMIZERS[optimizer]
    except UnknownNameError as error:
        raise ExperimentError(str(error)) from None
    if chosen_loss not in task.losses:
        raise ExperimentError(f"loss must be {' or '.join(task.losses)} for the task “{task.name}”, not {chosen_loss}.")
    return Experiment(
        data=Data(
            task=task.name,
            source=Generated(data, samples),
            noise=noise,
            train_share=train_share,
            seed=seed if data_seed is None else data_seed,
        ),
        network=Network(
            features=tuple(features),
            hidden=tuple(Layer(units, activation) for units in hidden),
            output=Output(output or output_for(task.name, chosen_loss)),
            initializer=initializer,
        ),
        training=Training(
            loss=chosen_loss,
            optimizer=OptimizerChoice(rule.name, dict(settings or {})),
            learning_rate=rule.default_rate if learning_rate is None else learning_rate,
            batch_size=batch_size,
            l1=l1,
            l2=l2,
        ),
        seed=seed,
    )

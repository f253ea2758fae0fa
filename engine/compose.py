"""A whole experiment from a few choices: what is left out follows from what is said."""

from collections.abc import Mapping, Sequence
from typing import Literal

from engine.datasets.generators import GENERATORS
from engine.experiment import (
    Data,
    Experiment,
    Generated,
    Layer,
    Network,
    OptimizerChoice,
    Output,
    Points,
    ScheduleChoice,
    Stop,
    Training,
)
from engine.family import UnknownNameError
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.tasks import TASKS, Task, output_for, output_units, unfit_features
from engine.validation import ExperimentError


def compose(
    *,
    task: str | None = None,
    data: str | None = None,
    points: Points | None = None,
    samples: int | None = None,
    classes: int | None = None,
    noise: float = 0.0,
    train_share: float = 0.7,
    data_seed: int | None = None,
    soft: Literal["smoothing", "distance"] = "smoothing",
    softness: float = 0.1,
    data_settings: Mapping[str, float] | None = None,
    balance: Sequence[float] = (),
    label_noise: float = 0.0,
    stratified: bool = True,
    split_seed: int = 0,
    folds: int = 5,
    fold: int = 0,
    features: Sequence[str] | None = None,
    hidden: Sequence[int] = (4, 2),
    activation: str = "tanh",
    alpha: float | None = None,
    dropout: float = 0.0,
    output: str | None = None,
    outputs: int | None = None,
    initializer: str = "xavier",
    initializer_settings: Mapping[str, float] | None = None,
    loss: str | None = None,
    loss_settings: Mapping[str, float] | None = None,
    optimizer: str = "sgd",
    settings: Mapping[str, float] | None = None,
    learning_rate: float | None = None,
    schedule: str = "constant",
    schedule_settings: Mapping[str, float] | None = None,
    batch_size: int = 10,
    l1: float = 0.0,
    l2: float = 0.0,
    max_norm: float = 0.0,
    clip_norm: float = 0.0,
    clip_value: float = 0.0,
    jitter: float = 0.0,
    sampling: Literal["random", "hard"] = "random",
    stop: Stop | None = None,
    seed: int = 0,
) -> Experiment:
    """Return the experiment that these choices describe.

    The data set decides the task (or the task its natural data set), the task the loss, the loss the output activation
    and the optimizer the learning rate, as far as they are not said. ``data_seed`` is ``seed`` unless said. ``points``
    take the place of a data set and of what shapes it; their ``task`` and ``classes`` must be said.

    Raises:
        ExperimentError: a name is unknown or a value impossible.
    """
    try:
        name = data or natural_data(TASKS[task] if task else TASKS["two-classes"])
        chosen = TASKS[task or GENERATORS[name].tasks[0]]
        chosen_loss = LOSSES[loss or chosen.losses[0]].name
        rule = OPTIMIZERS[optimizer]
    except UnknownNameError as error:
        raise ExperimentError(str(error)) from None
    if chosen_loss not in chosen.losses:
        raise ExperimentError(
            f"loss must be {' or '.join(chosen.losses)} for the task “{chosen.name}”, not {chosen_loss}."
        )
    count = _class_count(chosen, name, balance) if classes is None else classes
    least, most = output_units(chosen.name, count)
    unfit = unfit_features(chosen.name, ("x2",))
    return Experiment(
        data=Data(
            task=chosen.name,
            source=points
            or Generated(
                name,
                natural_samples(chosen) if samples is None else samples,
                settings=dict(data_settings or {}),
                balance=tuple(balance),
            ),
            noise=noise,
            train_share=train_share,
            seed=seed if data_seed is None else data_seed,
            classes=count,
            soft=soft,
            softness=softness,
            label_noise=label_noise,
            stratified=stratified,
            split_seed=split_seed,
            folds=folds,
            fold=fold,
        ),
        network=Network(
            features=tuple(features) if features is not None else ("x1",) if unfit else ("x1", "x2"),
            hidden=tuple(Layer(units, activation, alpha=alpha, dropout=dropout) for units in hidden),
            output=Output(
                output or output_for(chosen.name, chosen_loss),
                units=min(max(2, least), most) if outputs is None else outputs,
            ),
            initializer=initializer,
            initializer_settings=dict(initializer_settings or {}),
        ),
        training=Training(
            loss=chosen_loss,
            loss_settings=dict(loss_settings or {}),
            optimizer=OptimizerChoice(rule.name, dict(settings or {})),
            learning_rate=rule.default_rate if learning_rate is None else learning_rate,
            schedule=ScheduleChoice(schedule, dict(schedule_settings or {})),
            batch_size=batch_size,
            l1=l1,
            l2=l2,
            max_norm=max_norm,
            clip_norm=clip_norm,
            clip_value=clip_value,
            jitter=jitter,
            sampling=sampling,
            stop=stop or Stop(),
        ),
        seed=seed,
    )


def _class_count(task: Task, data: str, balance: Sequence[float]) -> int:
    """Return how many classes there are if that is not said: as many as have a share."""
    return len(balance) if balance and task.classes > 2 else natural_classes(task, data)


def natural_data(task: Task) -> str:
    """Return the data set that shows ``task`` best: the first whose natural task it is, or else one that suits it."""
    suiting = [entry for entry in GENERATORS if task.name in entry.tasks]
    return min(suiting, key=lambda entry: entry.tasks.index(task.name)).name


def natural_classes(task: Task, data: str) -> int:
    """Return how many classes to begin with: three, if the data set can have as many."""
    if task.classes <= 2:
        return 2
    low, high = GENERATORS[data].classes
    return min(max(3, low), high)


def natural_samples(task: Task) -> int:
    """Return how many samples to begin with; a picture needs pixels."""
    return 32 * 32 if task.is_image else 250

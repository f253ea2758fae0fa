"""Changes of how it is learned."""

from collections.abc import Mapping

from app.changes.basis import Change, replace, with_hidden, with_setting, with_training
from engine.experiment import Experiment, OptimizerChoice, ScheduleChoice, Stop
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES
from engine.tasks import TASKS, output_for
from engine.validation import ExperimentError, canonical


def _loss(experiment: Experiment, name: str) -> Experiment:
    loss = LOSSES[canonical("loss", name, LOSSES)]
    task = TASKS[experiment.data.task]
    if loss.name not in task.losses:
        raise ExperimentError(f"{loss.label} does not suit the task “{task.label}”.")
    network = experiment.network
    if network.output.activation not in loss.outputs:
        network = replace(
            network, output=replace(network.output, activation=output_for(task.name, loss.name), alpha=None)
        )
    return replace(experiment, network=network, training=replace(experiment.training, loss=loss.name, loss_settings={}))


def _optimizer(experiment: Experiment, name: str) -> Experiment:
    old, new = OPTIMIZERS[experiment.training.optimizer.name], OPTIMIZERS[canonical("optimizer", name, OPTIMIZERS)]
    if old.name == new.name:
        return experiment
    rate = experiment.training.learning_rate
    # A rate the user chose stays; one that only came with the old optimizer is exchanged.
    if rate == old.default_rate:
        rate = new.default_rate
    return with_training(experiment, optimizer=OptimizerChoice(name=new.name), learning_rate=rate)


def _setting(experiment: Experiment, value: tuple[str, float]) -> Experiment:
    choice = experiment.training.optimizer
    settings = with_setting(choice.settings, OPTIMIZERS[choice.name].settings, value)
    return with_training(experiment, optimizer=OptimizerChoice(name=choice.name, settings=settings))


def _loss_setting(experiment: Experiment, value: tuple[str, float]) -> Experiment:
    training = experiment.training
    return with_training(
        experiment, loss_settings=with_setting(training.loss_settings, LOSSES[training.loss].settings, value)
    )


def _schedule(experiment: Experiment, name: str) -> Experiment:
    if canonical("schedule", name, SCHEDULES) == experiment.training.schedule.name:
        return experiment
    return with_training(experiment, schedule=ScheduleChoice(name=name))


def _schedule_setting(experiment: Experiment, value: tuple[str, float]) -> Experiment:
    choice = experiment.training.schedule
    settings = with_setting(choice.settings, SCHEDULES[choice.name].settings, value)
    return with_training(experiment, schedule=ScheduleChoice(name=choice.name, settings=settings))


def _default_settings(experiment: Experiment, value: None) -> Experiment:
    return with_training(experiment, optimizer=OptimizerChoice(name=experiment.training.optimizer.name))


def _default_loss_settings(experiment: Experiment, value: None) -> Experiment:
    return with_training(experiment, loss_settings={})


def _default_schedule_settings(experiment: Experiment, value: None) -> Experiment:
    return with_training(experiment, schedule=ScheduleChoice(name=experiment.training.schedule.name))


def _stop(experiment: Experiment, value: tuple[str, float]) -> Experiment:
    field, number = value
    stop = experiment.training.stop
    whole = isinstance(getattr(stop, field), int)
    return with_training(experiment, stop=replace(stop, **{field: int(number) if whole else float(number)}))


def _unregularized(experiment: Experiment, value: None) -> Experiment:
    """Switch off everything against learning the noise, and every condition that ends a run."""
    hidden = tuple(replace(layer, dropout=0.0) for layer in experiment.network.hidden)
    off = dict.fromkeys(("l1", "l2", "max_norm", "jitter", "clip_norm", "clip_value"), 0.0)
    return with_training(with_hidden(experiment, hidden), stop=Stop(), **off)


def _field(field: str) -> Change:
    return lambda experiment, value: with_training(experiment, **{field: value})


CHANGES: Mapping[str, Change] = {
    "training.loss": _loss,
    "training.optimizer": _optimizer,
    "training.setting": _setting,
    "training.learning_rate": _field("learning_rate"),
    "training.batch_size": _field("batch_size"),
    "training.l1": _field("l1"),
    "training.l2": _field("l2"),
    "training.loss_setting": _loss_setting,
    "training.schedule": _schedule,
    "training.schedule_setting": _schedule_setting,
    "training.settings_default": _default_settings,
    "training.loss_settings_default": _default_loss_settings,
    "training.schedule_settings_default": _default_schedule_settings,
    "training.clip_value": _field("clip_value"),
    "training.clip_norm": _field("clip_norm"),
    "training.max_norm": _field("max_norm"),
    "training.jitter": _field("jitter"),
    "training.sampling": _field("sampling"),
    "training.stop": _stop,
    "training.unregularized": _unregularized,
}

"""Changes of what is learned."""

from collections.abc import Mapping

import numpy as np

from app.changes.basis import Change, carried, replace, with_data
from app.changes.fitting import is_own_picture
from app.changes.points import cleared
from engine.compose import natural_classes, natural_data, natural_samples
from engine.datasets.dataset import frozen
from engine.datasets.generators import GENERATORS
from engine.datasets.tables import Imported
from engine.experiment import Data, Experiment, Generated, Network, Points
from engine.experiment.class_names import one_line
from engine.tasks import TASKS, Task, class_count, output_for, output_units, unfit_features
from engine.validation import ExperimentError, canonical


def _imported(experiment: Experiment, table: Imported) -> Experiment:
    """The points of a table, in place of all others, with the task that they are for."""
    task = TASKS[table.task]
    # The table's own names of its classes are shown.
    if task.name != experiment.data.task:
        return with_data(_asked_for(experiment, task, table.points, table.classes), noise=0.0, class_names=())
    data = replace(experiment.data, source=table.points, classes=table.classes, noise=0.0, class_names=())
    return _with_classes(experiment, task, data)


def _task(experiment: Experiment, name: str) -> Experiment:
    task = TASKS[canonical("task", name, TASKS)]
    if task.name == experiment.data.task:
        return experiment
    old = experiment.data.source
    classes = experiment.data.classes
    if isinstance(old, Points) and _fits(old, task, classes):
        return _asked_for(experiment, task, old, classes)
    suits = isinstance(old, Generated) and task.name in GENERATORS[old.name].tasks
    data = old.name if isinstance(old, Generated) and suits else natural_data(task)
    samples = old.samples if isinstance(old, Generated) and not _is_image(experiment.data.task) else Generated().samples
    samples = natural_samples(task) if task.is_image else samples
    return _asked_for(experiment, task, Generated(data, samples), _classes_for(task, data, classes))


def _is_image(task: str) -> bool:
    return TASKS[task].is_image


def _fits(points: Points, task: Task, classes: int) -> bool:
    """Return whether painted points can be kept: pixels are no points, and a curve's y is its target."""
    if task.is_image or task.name == "regression-1d":
        return False
    return not task.classes or bool(np.isin(points.targets, range(class_count(task.name, classes))).all())


def _classes_for(task: Task, data: str, classes: int) -> int:
    """Return how many classes to have: as many as now, where the data set can have them and the task them."""
    if task.classes <= 2:
        return 2
    low, high = GENERATORS[data].classes
    return classes if low <= classes <= high and classes > 2 else natural_classes(task, data)


def _asked_for(experiment: Experiment, task: Task, source: Generated | Points, classes: int) -> Experiment:
    """Return ``experiment`` with another task, its natural loss and the output layer that both want."""
    loss = task.losses[0]
    # All at once: a task with the loss or the data of another is no valid experiment in between.
    changed = replace(
        experiment,
        data=replace(experiment.data, task=task.name, source=source, classes=classes),
        network=_with_output(experiment.network, task, output_for(task.name, loss), classes),
        training=replace(experiment.training, loss=loss, loss_settings={}),
    )
    return carried(experiment, changed)


def _with_output(network: Network, task: Task, activation: str, classes: int) -> Network:
    low, high = output_units(task.name, classes)
    units = min(max(2, low), high)
    barred = unfit_features(task.name, network.features)
    features = tuple(name for name in network.features if name not in barred) or ("x1",)
    output = replace(network.output, activation=activation, units=units, alpha=None)
    return replace(network, features=features, output=output, parameters=None)


def _generator(experiment: Experiment, name: str) -> Experiment:
    entry = GENERATORS[canonical("data set", name, GENERATORS)]
    task = TASKS[experiment.data.task if experiment.data.task in entry.tasks else entry.tasks[0]]
    old = experiment.data.source
    samples = natural_samples(task)
    if isinstance(old, Generated) and task.is_image == _is_image(experiment.data.task):
        samples = old.samples
    classes = _classes_for(task, entry.name, experiment.data.classes)
    source = Generated(name=entry.name, samples=samples)
    if isinstance(old, Points) or old.name != entry.name:
        # Names were those of what was drawn before.
        experiment = with_data(experiment, class_names=())
    if task.name != experiment.data.task:
        return _asked_for(experiment, task, source, classes)
    return _with_classes(experiment, task, replace(experiment.data, source=source, classes=classes))


def _with_classes(experiment: Experiment, task: Task, data: Data) -> Experiment:
    """Return ``experiment`` with other data of the same task, and as many outputs as their classes want."""
    if data.classes == experiment.data.classes:
        return replace(experiment, data=data)
    network = _with_output(experiment.network, task, experiment.network.output.activation, data.classes)
    return carried(experiment, replace(experiment, data=data, network=network))


def _classes(experiment: Experiment, classes: int) -> Experiment:
    """Another number of classes; painted points of a class that goes away go with it."""
    data, task = experiment.data, TASKS[experiment.data.task]
    if task.classes <= 2:
        raise ExperimentError(f"The task “{task.label}” has no number of classes to choose.")
    if is_own_picture(data):
        raise ExperimentError("A picture of your own keeps its parts; import it again to choose others.")
    source = data.source
    if isinstance(source, Points) and classes < data.classes:
        stays = source.targets < classes
        origins = None if source.origins is None else frozen(source.origins[stays])
        inputs, targets = frozen(source.inputs[stays]), frozen(source.targets[stays])
        source = Points(inputs=inputs, targets=targets, origins=origins, columns=source.columns)
    return _with_classes(experiment, task, replace(data, classes=classes, source=source))


def _class_names(experiment: Experiment, names: tuple[str, ...]) -> Experiment:
    """Other names of the classes, by their numbers; an empty one gives a class the name back that it had by itself."""
    count = class_count(experiment.data.task, experiment.data.classes)
    if not count:
        raise ExperimentError("There are no classes to name: what is wanted here are values.")
    lines = [one_line(name) for name in names[:count]]
    while lines and not lines[-1]:
        lines.pop()
    return with_data(experiment, class_names=tuple(lines))


def _samples(experiment: Experiment, samples: int) -> Experiment:
    source = experiment.data.source
    if not isinstance(source, Generated):
        raise ExperimentError("Your own points have no number to choose; paint or erase some, or pick a data set.")
    return with_data(experiment, source=replace(source, samples=samples))


def _field(field: str) -> Change:
    return lambda experiment, value: with_data(experiment, **{field: value})


CHANGES: Mapping[str, Change] = {
    "data.task": _task,
    "data.generator": _generator,
    "data.classes": _classes,
    "data.samples": _samples,
    "data.noise": _field("noise"),
    "data.train_share": _field("train_share"),
    "data.seed": _field("seed"),
    "data.soft": _field("soft"),
    "data.softness": _field("softness"),
    "data.class_names": _class_names,
    "data.points": _imported,
    "data.empty": lambda experiment, _: cleared(experiment),
}

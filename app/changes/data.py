"""Changes of what is learned."""

from collections.abc import Mapping

import numpy as np

from app.changes.balance import fitted, with_share
from app.changes.basis import Change, carried, replace, with_data, with_setting
from app.changes.fitting import is_own_picture, least_classes
from app.changes.points import cleared
from engine.compose import natural_classes, natural_data, natural_samples
from engine.datasets.dataset import frozen
from engine.datasets.generators import GENERATORS
from engine.datasets.resolve import resolve
from engine.datasets.tables import Imported
from engine.experiment import Data, Experiment, Generated, Network, Points
from engine.experiment.class_names import one_line, same_name
from engine.tasks import TASKS, Task, class_count, output_for, output_units, unfit_features
from engine.validation import ExperimentError, canonical


def _imported(experiment: Experiment, table: Imported) -> Experiment:
    """The points of a table, in place of all others, with the task that they are for."""
    task = TASKS[table.task]
    # The table's own names of its classes are shown.
    changed = experiment
    if task.name != experiment.data.task:
        changed = _asked_for(experiment, task, table.points, table.classes)
    data = replace(changed.data, source=table.points, classes=table.classes, noise=0.0, label_noise=0.0, class_names=())
    return _with_classes(changed, task, _with_told_split(data, table))


def _with_told_split(data: Data, table: Imported) -> Data:
    """Return ``data`` with the split that ``table`` tells, if it does: drawn, if that comes to the very same."""
    if table.train_share is None:
        return data
    drawn = replace(data, source=replace(table.points, is_train=None))
    wanted = np.ones(len(table.points.targets)) if table.points.is_train is None else table.points.is_train
    if np.array_equal(resolve(drawn).is_train, wanted == 1.0):
        return drawn
    return replace(data, train_share=table.train_share, fold=0)


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
    classes = _classes_for(task, data, classes)
    source = Generated(data, samples)
    if isinstance(old, Generated) and suits:
        same = len(old.balance) == class_count(task.name, classes)
        source = replace(source, settings=old.settings, balance=old.balance if same else ())
    return _asked_for(experiment, task, source, classes)


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
    classes = _classes_for(task, entry.name, experiment.data.classes)
    balance: tuple[float, ...] = ()
    if isinstance(old, Generated) and task.is_image == _is_image(experiment.data.task):
        samples = old.samples
        balance = old.balance if len(old.balance) == class_count(task.name, classes) else ()
    if isinstance(old, Generated) and entry.name == old.name:
        # What is in use keeps its shape.
        return experiment
    # Names were those of what was drawn before.
    experiment = with_data(experiment, class_names=())
    source = Generated(name=entry.name, samples=samples, balance=balance)
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
    source = data.source
    if isinstance(source, Points) and is_own_picture(data):
        if classes < least_classes(source):
            raise ExperimentError(f"Pixels of class {least_classes(source)} are left: draw over them first.")
    elif isinstance(source, Points) and classes < data.classes:
        stays = source.targets < classes
        origins = None if source.origins is None else frozen(source.origins[stays])
        inputs, targets = frozen(source.inputs[stays]), frozen(source.targets[stays])
        is_train = None if source.is_train is None else source.is_train[stays]
        if is_train is not None and not is_train.any():
            is_train = None
        source = Points(inputs, targets, origins=origins, columns=source.columns, is_train=is_train)
    if isinstance(source, Generated):
        source = replace(source, balance=fitted(source.balance, classes))
    return _with_classes(experiment, task, replace(data, classes=classes, source=source))


def _class_names(experiment: Experiment, names: tuple[str, ...]) -> Experiment:
    """Other names of the classes, by their numbers; an empty one gives a class the name back that it had by itself."""
    count = class_count(experiment.data.task, experiment.data.classes)
    if not count:
        raise ExperimentError("There are no classes to name: what is wanted here are values.")
    lines = [one_line(name) for name in names[:count]]
    if twice := same_name(lines):
        raise ExperimentError(twice)
    while lines and not lines[-1]:
        lines.pop()
    return with_data(experiment, class_names=tuple(lines))


def _samples(experiment: Experiment, samples: int) -> Experiment:
    source = experiment.data.source
    if not isinstance(source, Generated):
        raise ExperimentError("Your own points have no number to choose; paint or erase some, or pick a data set.")
    return with_data(experiment, source=replace(source, samples=samples))


def _setting(experiment: Experiment, value: tuple[str, float]) -> Experiment:
    source = _generated(experiment)
    settings = with_setting(source.settings, GENERATORS[source.name].settings, value)
    return with_data(experiment, source=replace(source, settings=settings))


def _usual_settings(experiment: Experiment, _: None) -> Experiment:
    return with_data(experiment, source=replace(_generated(experiment), settings={}))


def _share(experiment: Experiment, value: tuple[int, float]) -> Experiment:
    source, task = _generated(experiment), TASKS[experiment.data.task]
    classes = class_count(task.name, experiment.data.classes)
    if not classes or task.is_image:
        raise ExperimentError(f"The data set “{GENERATORS[source.name].label}” has no classes to balance.")
    balance = source.balance or (1.0,) * classes
    return with_data(experiment, source=replace(source, balance=with_share(balance, *value)))


def _equal_shares(experiment: Experiment, _: None) -> Experiment:
    return with_data(experiment, source=replace(_generated(experiment), balance=()))


def _generated(experiment: Experiment) -> Generated:
    source = experiment.data.source
    if not isinstance(source, Generated):
        raise ExperimentError("Your own points have no shape or balance to choose; pick a data set for that.")
    return source


def _folds(experiment: Experiment, folds: int) -> Experiment:
    return with_data(experiment, folds=folds, fold=min(experiment.data.fold, folds))


def _split(field: str) -> Change:
    """Return the change of something that the split goes by: it takes the place of one that a table brought."""

    def change(experiment: Experiment, value: object) -> Experiment:
        source = experiment.data.source
        if isinstance(source, Points) and source.is_train is not None:
            return with_data(experiment, source=replace(source, is_train=None), **{field: value})
        return with_data(experiment, **{field: value})

    return change


def _field(field: str) -> Change:
    return lambda experiment, value: with_data(experiment, **{field: value})


CHANGES: Mapping[str, Change] = {
    "data.task": _task,
    "data.generator": _generator,
    "data.classes": _classes,
    "data.samples": _samples,
    "data.noise": _field("noise"),
    "data.train_share": _split("train_share"),
    "data.seed": _split("seed"),
    "data.soft": _field("soft"),
    "data.softness": _field("softness"),
    "data.class_names": _class_names,
    "data.setting": _setting,
    "data.usual_settings": _usual_settings,
    "data.share": _share,
    "data.equal_shares": _equal_shares,
    "data.label_noise": _field("label_noise"),
    "data.stratified": _split("stratified"),
    "data.split_seed": _split("split_seed"),
    "data.folds": _folds,
    "data.fold": _field("fold"),
    "data.points": _imported,
    "data.empty": lambda experiment, _: cleared(experiment),
}

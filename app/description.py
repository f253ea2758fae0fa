"""What changed between two experiments, in one short sentence: for the status bar and for “Undo …”."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from engine.activations import ACTIVATIONS
from engine.datasets.generators import GENERATORS
from engine.experiment import MAXIMUM_OUTPUTS, Data, Experiment, Generated, Layer, Output, Points
from engine.features import FEATURES
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES
from engine.settings import Setting
from engine.symbols import written
from engine.tasks import TASKS


def describe(old: Experiment, new: Experiment, train_count: int | None = None) -> str:
    """Return what changed from ``old`` to ``new`` and what came with it, without a full stop; empty if nothing did.

    ``train_count``, the number of training samples, lets a batch size be called by its name.
    """
    changes = [*_data_changes(old, new), *_network_changes(old, new), *_training_changes(old, new, train_count)]
    if new.seed != old.seed:
        changes.append(("Seed", f"{new.seed} (new initial weights)"))
    if not changes:
        return "Initial weights" if new != old else ""
    first, *others = changes
    clauses = [f"{first[0]}: {first[1]}", *(f"the {_lowered(label)} is now {value}" for label, value in others)]
    return "; ".join(clauses)


def headline(old: Experiment, new: Experiment) -> str:
    """Return only the change itself, without what came with it: for a menu entry."""
    return describe(old, new).partition(";")[0]


def batch_name(batch_size: int, train_count: int) -> str:
    """Return what training with this batch size is called, and how many updates an epoch has."""
    if not train_count:
        return str(batch_size)
    updates = -(-train_count // batch_size)
    counted = "1 update per epoch" if updates == 1 else f"{updates:,} updates per epoch"
    if batch_size >= train_count:
        return f"{batch_size} – the whole training set, plain gradient descent, {counted}"
    kind = "stochastic gradient descent" if batch_size == 1 else "mini-batch gradient descent"
    return f"{batch_size} – {kind}, {counted}"


Change = tuple[str, str]


def _data_changes(old: Experiment, new: Experiment) -> Iterator[Change]:
    before, after = old.data, new.data
    if before.task != after.task:
        yield "Task", TASKS[after.task].label.lower()
    if before.source is not after.source and before.source != after.source:
        yield from _source_changes(before.source, after.source)
    # Noise that was baked into painted points is no change of its own.
    baked = isinstance(after.source, Points) and before.source != after.source
    if before.noise != after.noise and not baked:
        yield "Noise", written(after.noise)
    if before.train_share != after.train_share:
        yield "Training share", f"{100.0 * after.train_share:.4g}%"
    if before.seed != after.seed:
        yield "Data seed", f"{after.seed}"
    if before.classes != after.classes:
        yield "Number of classes", f"{after.classes}"
    elif _balance(before.source) != _balance(after.source) and not baked:
        yield "Class balance", _balance(after.source)
    # Names go with what they were given to.
    if before.class_names != after.class_names and before.source == after.source:
        yield _naming(before, after)
    yield from _split_changes(before, after, baked)
    if before.soft != after.soft:
        yield "Soft targets", "by smoothing the labels" if after.soft == "smoothing" else "by distance to the centers"
    if before.softness != after.softness:
        yield "Softness", written(after.softness)


def _naming(before: Data, after: Data) -> Change:
    """Return which class was given which name, if it is one."""
    names, last = ((*data.class_names, *("" for _ in range(MAXIMUM_OUTPUTS))) for data in (after, before))
    changed = [number for number, (new, old) in enumerate(zip(names, last, strict=False)) if new != old]
    if len(changed) == 1 and names[changed[0]]:
        return f"Name of class {changed[0] + 1}", f"“{names[changed[0]]}”"
    given = [f"“{name}”" for name in after.class_names if name]
    return "Names of classes", ", ".join(given) if given else "none of your own"


def _split_changes(before: Data, after: Data, baked: bool) -> Iterator[Change]:
    """Yield what changed about labels and about what is the test; noise that was ``baked`` into points is no change."""
    if before.label_noise != after.label_noise and not baked:
        yield (
            "Label noise",
            f"{100.0 * after.label_noise:.4g} % of the training samples",
        )
    if before.stratified != after.stratified:
        yield "Stratified split", _switched(after.stratified)
    if before.split_seed != after.split_seed:
        yield "Split", f"drawn again, number {after.split_seed}"
    if before.fold != after.fold:
        yield "Test set", _test_set(after)
    elif before.folds != after.folds:
        yield "Folds", f"{after.folds}"


def _test_set(data: Data) -> str:
    return f"fold {data.fold} of {data.folds}" if data.fold else f"by share, {100.0 - 100.0 * data.train_share:.4g}%"


def _balance(source: Generated | Points) -> str:
    if isinstance(source, Points) or not source.balance:
        return "equal shares"
    return " · ".join(f"{100.0 * share / sum(source.balance):.3g} %" for share in source.balance)


def _same_points(before: Points, after: Points) -> bool:
    return replace(before, is_train=None) == replace(after, is_train=None)


def _source_changes(before: Generated | Points, after: Generated | Points) -> Iterator[Change]:
    if isinstance(after, Points):
        count, last = len(after.targets), len(before.targets) if isinstance(before, Points) else before.samples
        if isinstance(before, Points) and before.is_train is not None and _same_points(before, after):
            # What the split goes by now has a line of its own.
            return
        if not count:
            yield "Data", "an empty canvas; paint points into the output view"
        elif after.columns is not None and (isinstance(before, Generated) or before.columns != after.columns):
            yield "Data", f"{counted(count, 'point')} of a table"
        elif after.shape is not None:
            yield "Data", f"a picture of {after.shape[0]} × {after.shape[1]} pixels"
        elif count == last:
            yield "Data", "points changed"
        else:
            verb = "painted" if count > last else "erased"
            yield "Data", f"{counted(abs(count - last), 'point')} {verb}, {count:,} now"
    elif isinstance(before, Points) or before.name != after.name:
        yield "Data set", GENERATORS[after.name].label
    else:
        if before.samples != after.samples:
            yield "Samples", f"{after.samples:,}"
        entry = GENERATORS[after.name]
        for label, number in _settings_changes(entry.settings, before.settings, after.settings):
            yield f"{entry.label}, {_lowered(label)}", number


def _network_changes(old: Experiment, new: Experiment) -> Iterator[Change]:
    before, after = old.network, new.network
    for name in FEATURES.names:
        if (name in before.features) != (name in after.features):
            yield f"Input {FEATURES[name].label}", "added" if name in after.features else "removed"
    if before.hidden != after.hidden:
        yield _hidden_change(before.hidden, after.hidden)
    if before.initializer != after.initializer:
        yield "Initializer", f"{INITIALIZERS[after.initializer].label} (new initial weights)"
    elif before.initializer_settings != after.initializer_settings:
        entry = INITIALIZERS[after.initializer]
        for label, number in _settings_changes(entry.settings, before.initializer_settings, after.initializer_settings):
            yield f"Initializer, {_lowered(label)}", f"{number} (new initial weights)"
    if before.output.units != after.output.units and old.data.task == new.data.task == "embedding":
        yield "Embedding", f"{counted(after.output.units, 'dimension')} (new initial weights)"
    if before.output.bias != after.output.bias and old.data.task == new.data.task:
        yield "Biases of the output", _switched(after.output.bias)
    if before.output.alpha != after.output.alpha and before.output.activation == after.output.activation:
        yield "α of the output", _alpha(after.output)
    # A changed output activation that the old one would not have needed stands in front of the loss it brought along.
    if before.output.activation != after.output.activation and not _forced(old, new):
        yield "Output activation", _activation(after.output.activation)


def _forced(old: Experiment, new: Experiment) -> bool:
    """Return whether a new loss or task brought the new output activation along."""
    loss = LOSSES[new.training.loss]
    return old.data.task != new.data.task or old.network.output.activation not in loss.outputs


def _hidden_change(before: tuple[Layer, ...], after: tuple[Layer, ...]) -> Change:
    if len(before) != len(after):
        what = "added" if len(after) > len(before) else "removed"
        sizes = " – ".join(str(layer.units) for layer in after)
        return "Network", f"layer {what}, " + (f"hidden units {sizes}" if sizes else "no hidden layer")
    changed = [number for number, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    if len(changed) == 1 and before[changed[0]].units != after[changed[0]].units:
        return f"Layer {changed[0] + 1}", counted(after[changed[0]].units, "unit")
    pairs = [(before[number], after[number]) for number in changed]
    where = f" of layer {changed[0] + 1}" if len(changed) == 1 else ""
    if all(a.bias != b.bias for a, b in pairs):
        return f"Biases{where}", _switched(after[changed[0]].bias)
    if all(a.dropout != b.dropout for a, b in pairs):
        return f"Dropout{where}", written(after[changed[0]].dropout)
    if all(a.activation == b.activation and a.alpha != b.alpha for a, b in pairs):
        return f"α{where}", _alpha(after[changed[0]])
    activations = {layer.activation for layer in after}
    if len(activations) == 1:
        return "Activation", _activation(after[0].activation)
    return f"Activation of layer {changed[0] + 1}", _activation(after[changed[0]].activation)


def _training_changes(old: Experiment, new: Experiment, train_count: int | None) -> Iterator[Change]:
    before, after = old.training, new.training
    if before.loss != after.loss:
        yield "Loss", _lowered(LOSSES[after.loss].label)
    if old.network.output.activation != new.network.output.activation and _forced(old, new):
        yield "Output activation", _activation(new.network.output.activation)
    if before.optimizer.name != after.optimizer.name:
        yield "Optimizer", OPTIMIZERS[after.optimizer.name].label
    elif before.optimizer != after.optimizer:
        rule = OPTIMIZERS[after.optimizer.name]
        yield from _settings_changes(rule.settings, before.optimizer.settings, after.optimizer.settings)
    if before.loss == after.loss:
        yield from _settings_changes(LOSSES[after.loss].settings, before.loss_settings, after.loss_settings)
    if before.schedule.name != after.schedule.name:
        yield "Learning-rate schedule", _lowered(SCHEDULES[after.schedule.name].label)
    else:
        entries = SCHEDULES[after.schedule.name].settings
        for label, number in _settings_changes(entries, before.schedule.settings, after.schedule.settings):
            yield f"Schedule, {_lowered(label)}", number
    if before.learning_rate != after.learning_rate:
        yield "Learning rate", written(after.learning_rate)
    if before.batch_size != after.batch_size:
        yield "Batch size", batch_name(after.batch_size, train_count or 0)
    if (before.l1, before.l2) != (after.l1, after.l2):
        yield "Regularization", _penalties(after.l1, after.l2)
    for field, label in _LIMITS.items():
        if getattr(before, field) != getattr(after, field):
            yield label, written(getattr(after, field)) if getattr(after, field) else "off"
    if before.sampling != after.sampling:
        yield "Pairs and triplets", "the hardest of several" if after.sampling == "hard" else "drawn at random"
    for field, label in _CONDITIONS.items():
        if getattr(before.stop, field) != getattr(after.stop, field):
            yield label, _limit(field, getattr(after.stop, field), TASKS[new.data.task].metric_unit)


_LIMITS = {
    "clip_value": "Gradient clipped by value",
    "clip_norm": "Gradient clipped by norm",
    "max_norm": "Largest norm of weights",
    "jitter": "Jitter",
}
_PEOPLE = ("Huber", "Xavier", "LeCun", "Nesterov")
_CONDITIONS = {
    "patience": "Early stopping, patience",
    "epochs": "Stop after epochs",
    "loss": "Stop at a train loss of",
    "metric": "Stop at a score of",
    "plateau": "Stop after epochs on a plateau",
    "seconds": "Stop after seconds",
}


def _limit(field: str, value: float, metric_unit: str) -> str:
    """Return the number of a stop condition as people read it; a score in the unit of its task."""
    if not value:
        return "off"
    if field != "metric":
        return written(value)
    return f"{written(100.0 * value)} %" if metric_unit == "%" else f"{written(value)} {metric_unit}".strip()


def _settings_changes(
    settings: tuple[Setting, ...], before: Mapping[str, float], after: Mapping[str, float]
) -> Iterator[Change]:
    """Yield the settings that differ, by their labels."""
    for setting in settings:
        value = after.get(setting.name, setting.default)
        if value != before.get(setting.name, setting.default):
            yield setting.label, f"{written(value)}{setting.unit}"


def _alpha(layer: Layer | Output) -> str:
    settings = ACTIVATIONS[layer.activation].settings
    return written(settings[0].default if layer.alpha is None else layer.alpha) if settings else "none"


def _penalties(l1: float, l2: float) -> str:
    parts = [f"{name} with rate {written(rate)}" for name, rate in (("L1", l1), ("L2", l2)) if rate]
    return " and ".join(parts) or "none"


def _switched(on: bool) -> str:
    return "on" if on else "off"


def _activation(name: str) -> str:
    return _lowered(ACTIVATIONS[name].label)


def _lowered(label: str) -> str:
    """Return ``label`` as it stands inside a sentence; names and what is written in capitals stay."""
    is_name = label.startswith(_PEOPLE)
    return label if is_name or any(letter.isupper() for letter in label[1:]) else label[:1].lower() + label[1:]


def counted(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count:,} {noun}s"

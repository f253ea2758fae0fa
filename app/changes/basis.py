"""Replacing one part of an experiment."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec

from engine.experiment import Experiment, Layer
from engine.parameters import carried_over, initial, layout, pack, unpack
from engine.settings import Setting

S = TypeVar("S", bound=msgspec.Struct)
Change = Callable[[Experiment, Any], Experiment]


def replace(struct: S, **fields: Any) -> S:
    """Return ``struct`` with other values in ``fields``."""
    return msgspec.structs.replace(struct, **fields)


def with_data(experiment: Experiment, **fields: Any) -> Experiment:
    """Return ``experiment`` with other data."""
    return replace(experiment, data=replace(experiment.data, **fields))


def with_training(experiment: Experiment, **fields: Any) -> Experiment:
    """Return ``experiment`` with another training."""
    return replace(experiment, training=replace(experiment.training, **fields))


def with_network(experiment: Experiment, **fields: Any) -> Experiment:
    """Change the network's shape. Of explicit initial parameters those stay whose place still exists."""
    return carried(experiment, with_drawn(experiment, **fields))


def with_drawn(experiment: Experiment, **fields: Any) -> Experiment:
    """Change the network, and draw its initial parameters whether or not they were explicit."""
    return replace(experiment, network=replace(experiment.network, parameters=None, **fields))


def carried(experiment: Experiment, changed: Experiment) -> Experiment:
    """Return ``changed``, drawn anew, with those explicit parameters of ``experiment`` whose place still exists."""
    if experiment.network.parameters is None:
        return changed
    before, after = layout(experiment.network), layout(changed.network)
    flat = carried_over(before, pack(before, experiment.network.parameters), after, initial(changed))
    return replace(changed, network=replace(changed.network, parameters=unpack(after, flat)))


def with_hidden(experiment: Experiment, hidden: tuple[Layer, ...]) -> Experiment:
    """Change what leaves explicit initial parameters their place: activations, dropout."""
    return replace(experiment, network=replace(experiment.network, hidden=hidden))


def with_setting(
    chosen: Mapping[str, float], settings: tuple[Setting, ...], value: tuple[str, float]
) -> dict[str, float]:
    """Return ``chosen`` with one more setting (name, value).

    Only what differs from its default is written down, so that experiments that mean the same are equal.
    """
    defaults = {setting.name: setting.default for setting in settings}
    changed = {**chosen, value[0]: float(value[1])}
    return {name: number for name, number in changed.items() if defaults.get(name) != number}

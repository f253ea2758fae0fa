"""Replacing one part of an experiment."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from engine.experiment import Experiment, Layer

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
    """Change the network. Explicit initial parameters fit one architecture only and are dropped with it."""
    return replace(experiment, network=replace(experiment.network, parameters=None, **fields))


def with_hidden(experiment: Experiment, hidden: tuple[Layer, ...]) -> Experiment:
    """Change what leaves explicit initial parameters their place: activations, dropout."""
    return replace(experiment, network=replace(experiment.network, hidden=hidden))

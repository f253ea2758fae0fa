"""Every change a user can make to an experiment, as pure functions: experiment in, new experiment out.

Names are those of the ``changed`` signals of views and panels. A change brings along what depends on it (a loss its
output activation, a task its data set), so that the result is valid; where that cannot be, ExperimentError says why.
"""

from collections.abc import Mapping
from typing import Any

from app.changes import data, network, training
from app.changes.basis import Change, replace, with_drawn
from app.changes.numbers import NUMBERS
from app.changes.points import cleared, erasing, painting, with_edited, with_erased, with_painted
from app.painting.drawing import DrawingChange
from engine.experiment import Experiment

__all__ = [
    "CHANGES",
    "NUMBERS",
    "DrawingChange",
    "apply",
    "cleared",
    "erasing",
    "painting",
    "with_edited",
    "with_erased",
    "with_painted",
]


def apply(experiment: Experiment, name: str, value: Any) -> Experiment:
    """Return ``experiment`` with the change ``name`` made to ``value``; the same object if that changes nothing.

    Raises:
        ExperimentError: the change cannot be made; the message is one sentence.
        KeyError: there is no change of this name.
    """
    changed = CHANGES[name](experiment, value)
    return experiment if changed == experiment else changed


def _seed(experiment: Experiment, seed: int) -> Experiment:
    if seed == experiment.seed:
        return experiment
    # Another seed asks for other weights, which explicit ones would hide.
    return replace(with_drawn(experiment), seed=seed)


CHANGES: Mapping[str, Change] = {**data.CHANGES, **network.CHANGES, **training.CHANGES, "seed": _seed}

"""What is said when the numbers of a run grow beyond all bounds."""

import msgspec
import numpy as np

from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.symbols import written

# Inputs beyond this make sums of products large before the first step.
LARGE_INPUT = 1e3


class Divergence(msgspec.Struct, frozen=True):
    """A run that was stopped: ``step`` is the step whose result was not finite and was thrown away."""

    step: int
    message: str


def explain(experiment: Experiment, dataset: Dataset, step: int) -> Divergence:
    """Return the divergence at ``step`` with its likely cause, in one sentence."""
    largest = float(np.max(np.abs(dataset.points), initial=0.0))
    rate = experiment.training.learning_rate
    wanted = float(np.max(np.abs(dataset.targets), initial=0.0))
    if max(largest, wanted) > LARGE_INPUT:
        cause = f"the data reach {max(largest, wanted):.3g}, so the sums become too large; scale them down"
    elif experiment.training.l1 + experiment.training.l2 > 1.0 / max(rate, 1e-12):
        cause = "the regularization rate is too large for this learning rate; lower one of them"
    else:
        cause = f"the learning rate {written(rate)} is probably too large; try {written(rate / 10.0)}"
    return Divergence(
        step,
        f"Stopped at step {step:,}, whose numbers were no longer finite: {cause}. The last finite weights are kept.",
    )

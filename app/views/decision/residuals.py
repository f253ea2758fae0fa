"""Residuals: how far what the network puts out lies above or below what is wanted, for every sample."""

import msgspec
import numpy as np

from app.frame import Array, Frame
from app.views.decision.contours import round_step
from engine.datasets.dataset import Dataset


def errors_of(frame: Frame | None, dataset: Dataset | None) -> Array | None:
    """Return ŷ − y of every sample, shape (n,), or None where the frame does not hold the outputs of this data set."""
    outputs = None if frame is None or dataset is None else frame.outputs_of(dataset)
    if outputs is None or dataset is None:
        return None
    with np.errstate(invalid="ignore", over="ignore"):
        return np.asarray(outputs[0] - dataset.targets)


def range_of(errors: Array) -> float:
    """Return a round number that no finite error exceeds: it changes seldom while the errors shrink."""
    finite = np.abs(errors[np.isfinite(errors)])
    return round_step(float(finite.max()), 1) if finite.size else 1.0


def with_errors(dataset: Dataset, errors: Array, largest: float) -> Dataset:
    """Return ``dataset`` with its errors as targets, −1 … 1 of ``largest``."""
    return msgspec.structs.replace(dataset, targets=errors / largest)

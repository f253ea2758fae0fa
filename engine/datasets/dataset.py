"""A data set: points in the plane, what is wanted at each, and which of them are trained on."""

from typing import TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# The part of the plane that is drawn, in both directions; data may lie outside it.
DOMAIN = (-6.0, 6.0)
MAXIMUM_SAMPLES = 1_000_000


class Dataset(msgspec.Struct, frozen=True, eq=False):
    """Samples, as read-only arrays.

    Attributes:
        points: x₁ and x₂ of each sample, shape (n, 2), in plane units.
        targets: shape (n,): the class (0, 1 …) or the value that is wanted.
        is_train: shape (n,): whether a sample is trained on (else it is a test sample).
        classes: the number of classes; 0 where targets are values.
        soft: probabilities of the classes, shape (n, classes), or None where a sample has one class only.
        shape: rows and columns of the image whose pixels the samples are, row by row from the top, or None.
        origins: where the points were before noise moved them, shape (n, 2); None if it did not.
        class_names: what the classes 0, 1 … are called, empty where one has no name; it may be shorter than they are.
    """

    points: Array
    targets: Array
    is_train: NDArray[np.bool_]
    classes: int = 0
    soft: Array | None = None
    shape: tuple[int, int] | None = None
    origins: Array | None = None
    class_names: tuple[str, ...] = ()

    def __len__(self) -> int:
        return int(self.points.shape[0])

    @property
    def train_count(self) -> int:
        """The number of training samples."""
        return int(np.count_nonzero(self.is_train))

    @property
    def test_count(self) -> int:
        """The number of test samples."""
        return len(self) - self.train_count


A = TypeVar("A", bound=NDArray[np.generic])


def frozen(array: A) -> A:
    """Return ``array`` itself, made read-only."""
    array.flags.writeable = False
    return array

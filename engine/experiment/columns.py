"""What points meant in the table that they come from."""

from engine.experiment.base import Configuration, numbers
from engine.validation import ExperimentError


class Columns(Configuration, frozen=True):
    """The columns of a table, and how they came to lie in the plane: coordinates = weights · values + shifts.

    Attributes:
        names: of the k input columns.
        weights: one row of k for each coordinate; two rows, or one for a curve, whose y is the target.
        shifts: as many as there are rows.
        target: the name of the target column.
        target_weight, target_shift: the same for a target that is a value.
        classes: the names of the classes 0, 1 …; none where the target is a value.
    """

    names: tuple[str, ...]
    weights: tuple[tuple[float, ...], ...]
    shifts: tuple[float, ...]
    target: str
    target_weight: float = 1.0
    target_shift: float = 0.0
    classes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.names or len(self.weights) not in (1, 2) or len(self.shifts) != len(self.weights):
            raise ExperimentError("columns must have names, and weights and shifts for one or two coordinates.")
        if any(len(row) != len(self.names) for row in self.weights):
            raise ExperimentError(f"columns: weights must be rows of {len(self.names)} numbers, one for each name.")
        numbers("columns", [*(w for row in self.weights for w in row), *self.shifts])
        numbers("columns", [self.target_weight, self.target_shift])

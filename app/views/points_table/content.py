"""What the table of the points shows: its columns, which samples, and in which order. Plain arrays."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from app.painting.drawing import Drawing, DrawingChange, Indices
from app.views.decision.shapes import class_name
from app.widgets.number_text import NumberTextError, parse_number
from engine.datasets.dataset import Array, Dataset

# Far beyond the plane, yet so that squares and products of features stay numbers.
LARGEST_COORDINATE = 1e6
ALL_CLASSES = -1


class Part(StrEnum):
    """Which samples are shown."""

    ALL = "all"
    TRAIN = "train"
    TEST = "test"


@dataclass(frozen=True)
class Column:
    """One column: what it is called, what it says, and whether its cells can be edited."""

    name: str
    title: str
    remark: str
    editable: bool = True


@dataclass(frozen=True, eq=False)
class PointsContent:
    """The table of one data set.

    Attributes:
        dataset: what is shown.
        task: a name of ``engine.tasks``.
    """

    dataset: Dataset
    task: str

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, from left to right."""
        number = Column("number", "No.", "The number of the sample, in the order of the data.", editable=False)
        part = Column("part", "Part", "Whether the sample is trained on or kept for the test.", editable=False)
        if self.task == "regression-1d":
            return number, Column("x1", "x", "Where the point lies."), Column("x2", "y", "What is wanted there."), part
        movable = self.dataset.shape is None
        coordinates = (
            Column("x1", "x₁", "Where the point lies, from left to right, in plane units.", movable),
            Column("x2", "x₂", "Where the point lies, from bottom to top, in plane units.", movable),
        )
        wanted = "Class" if self.dataset.classes else "Score" if self.task == "ranking" else "Value"
        target = Column("target", wanted, f"The {wanted.lower()} that is wanted there.")
        return number, *coordinates, target, part

    def values(self, column: Column) -> Array:
        """Return the numbers of a column, by which it is sorted, shape (n,)."""
        dataset = self.dataset
        if column.name == "number":
            return np.arange(1.0, len(dataset) + 1.0)
        if column.name == "part":
            return np.where(dataset.is_train, 0.0, 1.0)
        if column.name == "target":
            return dataset.targets
        return dataset.points[:, 0 if column.name == "x1" else 1]

    def text(self, sample: int, column: Column) -> str:
        """Return what a cell shows."""
        dataset = self.dataset
        if column.name == "number":
            return f"{sample + 1:,}"
        if column.name == "part":
            return "train" if dataset.is_train[sample] else "test"
        if column.name == "target" and dataset.classes:
            return class_name(int(dataset.targets[sample]), dataset.classes, dataset.class_names)
        return f"{self.values(column)[sample]:.4f}".replace("-", "−")

    def full_text(self, sample: int, column: Column) -> str:
        """Return a cell with all digits, to edit and to copy."""
        if not column.editable or (column.name == "target" and self.dataset.classes):
            return self.text(sample, column).replace(",", "")
        return repr(float(self.values(column)[sample]))

    def shown(self, number: int, part: Part) -> Indices:
        """Return the samples of class ``number`` (or ALL_CLASSES) in ``part``, ascending, shape (k,)."""
        chosen: NDArray[np.bool_] = np.ones(len(self.dataset), dtype=np.bool_)
        if part is not Part.ALL:
            chosen &= self.dataset.is_train == (part is Part.TRAIN)
        if number != ALL_CLASSES:
            chosen &= self.dataset.targets == number
        return np.flatnonzero(chosen)

    def ordered(self, samples: Indices, column: Column, *, descending: bool) -> Indices:
        """Return ``samples`` in the order of a column; equal ones keep their order."""
        values = self.values(column)[samples]
        return samples[np.argsort(-values if descending else values, kind="stable")]

    def parsed(self, text: str, column: Column) -> float:
        """Return the number that ``text`` means in a column: a class by its name or number, else a number.

        Raises:
            ValueError: it means none; the message is one sentence.
        """
        if column.name == "target" and self.dataset.classes:
            return float(self._class(text.strip()))
        try:
            value = parse_number(text)
        except NumberTextError as error:
            raise ValueError(f"{column.title} {error}.") from None
        if abs(value) > LARGEST_COORDINATE:
            raise ValueError(
                f"{column.title} must lie between −{LARGEST_COORDINATE:,.0f} and {LARGEST_COORDINATE:,.0f}."
            )
        return value

    def _class(self, text: str) -> int:
        count = self.dataset.classes
        names = [class_name(number, count, self.dataset.class_names) for number in range(count)]
        # A class may be called by the number of another one.
        for called in (names, [str(number + 1) for number in range(count)]):
            for number, name in enumerate(called):
                if text.casefold() == name.casefold():
                    return number
        raise ValueError(f"There is no class “{text[:24]}”: it must be {', '.join(names[:-1])} or {names[-1]}.")


def with_cell(sample: int, column: Column, value: float, *, is_curve: bool) -> DrawingChange:
    """Return the change of one cell."""

    def change(drawing: Drawing) -> Drawing:
        place = np.array([sample])
        if column.name == "target" or (column.name == "x2" and is_curve):
            return drawing.with_targets(place, value)
        point = drawing.points[place].copy()
        point[0, 0 if column.name == "x1" else 1] = value
        return drawing.with_moved(place, point)

    return change

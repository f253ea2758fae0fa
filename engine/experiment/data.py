"""What is learned."""

from typing import Annotated, Any, Literal

import msgspec
import numpy as np
from msgspec import Meta

from engine.datasets.dataset import MAXIMUM_SAMPLES
from engine.datasets.generators import GENERATORS
from engine.experiment.base import MAXIMUM_OUTPUTS, Configuration, Seed, check_settings, numbers
from engine.experiment.class_names import check_class_names, one_line
from engine.experiment.columns import Columns
from engine.tasks import TASKS, class_count
from engine.validation import ExperimentError, check_name, check_ranges

MAXIMUM_FOLDS = 20


class Generated(Configuration, frozen=True, tag_field="kind", tag="generator"):
    """Data drawn by a generator of ``engine.datasets.generators``.

    Attributes:
        name: of the generator.
        samples: how many are drawn; an image has the largest square of pixels that they allow.
        settings: those of the generator's settings that differ from their default.
        balance: how many samples each class gets in proportion to the others; empty for equal shares.
    """

    name: str = "circle"
    samples: Annotated[int, Meta(ge=1, le=MAXIMUM_SAMPLES)] = 250
    settings: dict[str, float] = msgspec.field(default_factory=dict)
    balance: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        check_ranges(self)
        check_name(self, "name", GENERATORS)
        check_settings("settings", self.name, GENERATORS[self.name].settings, self.settings)
        if self.balance and not (all(0.0 <= share <= 1e9 for share in self.balance) and sum(self.balance) > 0.0):
            raise ExperimentError("balance must hold numbers of at least 0 and at most 1e9, one of them above 0.")

    def __hash__(self) -> int:
        return hash((self.name, self.samples, tuple(sorted(self.settings.items())), self.balance))


class Points(Configuration, frozen=True, eq=False, tag_field="kind", tag="points"):
    """Explicit points: painted, typed or loaded.

    Attributes:
        inputs: x₁ and x₂ of each, shape (n, 2), read-only. n may be 0.
        targets: the class (0, 1 …) or the wanted value of each, shape (n,), read-only.
        origins: where the points were before noise moved them, shape (n, 2), or None if none did. They decide which
            points are trained on, so that painting on noisy data leaves the split as it is.
        columns: what the numbers meant in the table that the points come from, or None if they come from none.
        shape: rows and columns of the picture whose pixels the points are, row by row from the top, or None.
        is_train: which points are trained on (1) and which are for the test (0), shape (n,), where a table says it;
            None if the split is drawn.
    """

    inputs: np.ndarray[Any, np.dtype[np.float64]]
    targets: np.ndarray[Any, np.dtype[np.float64]]
    origins: np.ndarray[Any, np.dtype[np.float64]] | None = None
    columns: Columns | None = None
    shape: tuple[int, int] | None = None
    is_train: np.ndarray[Any, np.dtype[np.float64]] | None = None

    def __post_init__(self) -> None:
        inputs, targets = numbers("inputs", self.inputs), numbers("targets", self.targets)
        if inputs.size == 0:
            inputs = inputs.reshape(0, 2)
        if inputs.ndim != 2 or inputs.shape[1] != 2:
            raise ExperimentError("inputs must be a list of pairs [x1, x2].")
        if targets.ndim != 1 or len(targets) != len(inputs):
            raise ExperimentError(f"targets must be a list of {len(inputs)} numbers, one for each of the inputs.")
        if len(inputs) > MAXIMUM_SAMPLES:
            raise ExperimentError(f"inputs must hold at most {MAXIMUM_SAMPLES} points, not {len(inputs)}.")
        if self.shape is not None and (min(self.shape) < 1 or self.shape[0] * self.shape[1] != len(inputs)):
            raise ExperimentError(f"shape must be the rows and columns of a picture of {len(inputs)} pixels.")
        msgspec.structs.force_setattr(self, "inputs", inputs)
        msgspec.structs.force_setattr(self, "targets", targets)
        if self.origins is not None:
            origins = numbers("origins", self.origins)
            if origins.size == 0:
                origins = origins.reshape(0, 2)
            if origins.shape != inputs.shape:
                raise ExperimentError(f"origins must be a list of {len(inputs)} pairs, one for each of the inputs.")
            msgspec.structs.force_setattr(self, "origins", origins)
        if self.is_train is not None:
            is_train = numbers("is_train", self.is_train)
            if is_train.shape != targets.shape or not np.isin(is_train, (0.0, 1.0)).all() or not is_train.any():
                raise ExperimentError(f"is_train must be a list of {len(targets)} numbers, each 0 or 1, not all 0.")
            msgspec.structs.force_setattr(self, "is_train", is_train)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Points):
            return NotImplemented
        return (self.columns, self.shape) == (other.columns, other.shape) and all(
            mine is theirs or (mine is not None and theirs is not None and np.array_equal(mine, theirs))
            for mine, theirs in (
                (self.inputs, other.inputs),
                (self.targets, other.targets),
                (self.origins, other.origins),
                (self.is_train, other.is_train),
            )
        )

    def __hash__(self) -> int:
        return hash((len(self.targets), self.inputs.tobytes(), self.targets.tobytes()))


class Data(Configuration, frozen=True):
    """What is learned.

    Attributes:
        task: a name of ``engine.tasks``.
        source: a generator, or explicit points.
        noise: how far points are moved at random: a standard deviation in plane units.
        train_share: the share of the samples that is trained on; the rest is for the test. Points of a table that
            says which is which (``Points.is_train``) go by that.
        seed: draws the samples, the noise and the split.
        classes: how many classes there are; 2 where the task has none or always two.
        soft: how soft targets are made: by smoothing the labels or by the distance to the centers of the classes.
        softness: how soft: the share that is smoothed, or the distance (in tenths of the plane) at which it shows.
        class_names: what the classes 0, 1 … are called, empty where one has no name; none if no class has one.
        label_noise: the share of the training samples that get another class than their own; none where targets are
            values. Test samples keep theirs, so that they go on measuring the truth.
        stratified: whether every class has the same share of training samples, as far as there are classes.
        split_seed: draws another split of the same samples; 0 is the first.
        folds: into how many parts the samples are divided where one part of them is the test.
        fold: which part is the test, from 1; with 0, the split goes by ``train_share``.
    """

    task: str = "two-classes"
    source: Generated | Points = Generated()
    noise: Annotated[float, Meta(ge=0.0, le=10.0)] = 0.0
    train_share: Annotated[float, Meta(gt=0.0, le=1.0)] = 0.7
    seed: Seed = 0
    classes: Annotated[int, Meta(ge=2, le=MAXIMUM_OUTPUTS)] = 2
    soft: Literal["smoothing", "distance"] = "smoothing"
    softness: Annotated[float, Meta(gt=0.0, le=1.0)] = 0.1
    class_names: tuple[str, ...] = ()
    label_noise: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.0
    stratified: bool = True
    split_seed: Seed = 0
    folds: Annotated[int, Meta(ge=2, le=MAXIMUM_FOLDS)] = 5
    fold: Annotated[int, Meta(ge=0, le=MAXIMUM_FOLDS)] = 0

    @property
    def shown_class_names(self) -> tuple[str, ...]:
        """The names to be shown: its own, or those that the classes had in the table that the points come from."""
        if self.class_names or not isinstance(self.source, Points) or self.source.columns is None:
            return self.class_names
        return tuple(one_line(name) for name in self.source.columns.classes)

    def __post_init__(self) -> None:
        check_ranges(self)
        check_name(self, "task", TASKS)
        check_class_names(self.class_names)
        if self.fold > self.folds:
            raise ExperimentError(f"fold must be at most {self.folds}, the number of folds, not {self.fold}.")
        if isinstance(self.source, Generated):
            self._check_generated(self.source)
        else:
            self._check_points(self.source)

    def _check_generated(self, source: Generated) -> None:
        generator = GENERATORS[source.name]
        if self.task not in generator.tasks:
            fitting = ", ".join(generator.tasks[:-1]) + " or " if len(generator.tasks) > 1 else ""
            raise ExperimentError(
                f"task must be {fitting}{generator.tasks[-1]} for the data set “{source.name}”, not {self.task}."
            )
        low, high = generator.classes
        if TASKS[self.task].classes > 2 and not low <= self.classes <= high:
            allowed = f"{low}" if low == high else f"from {low} to {high}"
            raise ExperimentError(f"classes must be {allowed} for the data set “{source.name}”, not {self.classes}.")
        count = class_count(self.task, self.classes)
        if source.balance and (not count or TASKS[self.task].is_image):
            raise ExperimentError(f"balance: the data set “{source.name}” has no classes to be balanced.")
        if source.balance and len(source.balance) != count:
            raise ExperimentError(f"balance must hold {count} numbers, one for each class, not {len(source.balance)}.")

    def _check_points(self, source: Points) -> None:
        count = class_count(self.task, self.classes)
        if count and not np.isin(source.targets, range(count)).all():
            raise ExperimentError(f"targets must be whole numbers from 0 to {count - 1} for the task “{self.task}”.")

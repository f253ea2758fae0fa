"""How it is learned."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from engine.datasets.dataset import MAXIMUM_SAMPLES
from engine.experiment.base import Configuration, check_settings
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES
from engine.validation import check_name, check_ranges

Count = Annotated[int, Meta(ge=0, le=10**9)]


class OptimizerChoice(Configuration, frozen=True):
    """An optimizer and those of its settings that differ from their default."""

    name: str = "sgd"
    settings: dict[str, float] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        check_name(self, "name", OPTIMIZERS)
        check_settings("settings", self.name, OPTIMIZERS[self.name].settings, self.settings)

    def __hash__(self) -> int:
        return hash((self.name, tuple(sorted(self.settings.items()))))


class ScheduleChoice(Configuration, frozen=True):
    """A schedule of the learning rate and those of its settings that differ from their default."""

    name: str = "constant"
    settings: dict[str, float] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        check_name(self, "name", SCHEDULES)
        check_settings("settings", self.name, SCHEDULES[self.name].settings, self.settings)

    def __hash__(self) -> int:
        return hash((self.name, tuple(sorted(self.settings.items()))))


class Stop(Configuration, frozen=True):
    """When training stops by itself; 0 means never, and whatever comes first counts.

    Attributes:
        epochs: after so many epochs.
        loss: when the train loss is at most this.
        metric: when the test metric (of the training set, if there is no other) is at least this.
        plateau: when the train loss has not become smaller by a thousandth for so many epochs.
        seconds: when training has run for so long, by the clock on the wall.
        patience: early stopping: when the test loss has not become smaller for so many epochs; the parameters of the
            best epoch are restored.
    """

    epochs: Count = 0
    loss: Annotated[float, Meta(ge=0.0, le=1e9)] = 0.0
    metric: Annotated[float, Meta(ge=0.0, le=1e3)] = 0.0
    plateau: Count = 0
    seconds: Annotated[float, Meta(ge=0.0, le=1e6)] = 0.0
    patience: Count = 0


class Training(Configuration, frozen=True):
    """How the network is trained.

    Attributes:
        loss: a name of ``engine.losses``.
        optimizer: the optimizer and its settings.
        learning_rate: η.
        batch_size: samples a step; more than there are means all of them.
        l1, l2: rates λ of the penalties on the weights.
        loss_settings: those of the loss's settings that differ from their default.
        schedule: how η changes over the epochs.
        clip_norm: the largest length of the gradient, 0 for any; clip_value: the largest size of each of its numbers.
        max_norm: the largest length of a unit's incoming weights, 0 for any.
        jitter: how far training points are moved at random every time they are seen: a standard deviation.
        sampling: which pairs and triplets are drawn: any, or of a few the worst.
        stop: when training stops by itself.
    """

    loss: str = "binary-cross-entropy"
    optimizer: OptimizerChoice = OptimizerChoice()
    learning_rate: Annotated[float, Meta(ge=0.0, le=1e6)] = 0.03
    batch_size: Annotated[int, Meta(ge=1, le=MAXIMUM_SAMPLES)] = 10
    l1: Annotated[float, Meta(ge=0.0, le=100.0)] = 0.0
    l2: Annotated[float, Meta(ge=0.0, le=100.0)] = 0.0
    loss_settings: dict[str, float] = msgspec.field(default_factory=dict)
    schedule: ScheduleChoice = ScheduleChoice()
    clip_norm: Annotated[float, Meta(ge=0.0, le=1e6)] = 0.0
    clip_value: Annotated[float, Meta(ge=0.0, le=1e6)] = 0.0
    max_norm: Annotated[float, Meta(ge=0.0, le=1e6)] = 0.0
    jitter: Annotated[float, Meta(ge=0.0, le=10.0)] = 0.0
    sampling: Literal["random", "hard"] = "random"
    stop: Stop = Stop()

    def __post_init__(self) -> None:
        check_ranges(self)
        check_name(self, "loss", LOSSES)
        check_settings("loss_settings", self.loss, LOSSES[self.loss].settings, self.loss_settings)

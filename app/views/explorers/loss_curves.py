"""The curves of losses over what each of them looks at, computed from their own entries: a new entry has one, too."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from app.frame import Array
from engine import reference
from engine.activations import ACTIVATIONS
from engine.experiment import Experiment
from engine.losses import LOSSES, Loss
from engine.settings import complete
from engine.tasks import TASKS, Task, class_targets, output_for

PREDICTION, PRE_ACTIVATION = "prediction", "z"


@dataclass(frozen=True)
class Setup:
    """What is looked at.

    Attributes:
        experiment: what is trained.
        axis: “prediction”: over what the output layer puts out, or “z”: over what it adds up before its activation.
        target: of a task of values the target, of two classes the number of the class.
        settings: δ or margin by the name of the loss, where it is not the default.
    """

    experiment: Experiment
    axis: str = PREDICTION
    target: float = 1.0
    settings: Mapping[str, float] = field(default_factory=dict, hash=False)

    @property
    def task(self) -> Task:
        """The task."""
        return TASKS[self.experiment.data.task]

    @property
    def loss(self) -> Loss:
        """The loss that is trained with."""
        return LOSSES[self.experiment.training.loss]

    @property
    def is_group(self) -> bool:
        """Whether the loss compares samples with each other."""
        return self.loss.members > 1

    @property
    def has_axes(self) -> bool:
        """Whether there is a choice of the axis: where classes are told apart."""
        return bool(self.task.classes) and not self.is_group

    @property
    def over_z(self) -> bool:
        """Whether the curves are drawn over z."""
        return self.has_axes and self.axis == PRE_ACTIVATION

    @property
    def is_shared(self) -> bool:
        """Whether the predictions of all classes lie between 0 and 1."""
        activation = ACTIVATIONS[self.experiment.network.output.activation]
        return (activation.low, activation.high) == (0.0, 1.0)

    def setting(self, loss: Loss) -> float | None:
        """Return δ or the margin of ``loss``, None where it has none."""
        if not loss.settings:
            return None
        if loss is self.loss:
            return complete(loss.settings, self.experiment.training.loss_settings)[0]
        return float(self.settings.get(loss.name, loss.settings[0].default))

    def output_of(self, loss: Loss) -> str:
        """Return the output activation of this network, or, where it does not fit ``loss``, the one that would."""
        own = self.experiment.network.output.activation
        return own if own in loss.outputs else output_for(self.task.name, loss.name)

    def target_of(self, loss: Loss) -> float:
        """Return what a single output is asked for."""
        if self.task.classes != 2 or self.task.outputs_each:
            return self.target
        return class_targets(loss.name, self.output_of(loss))[int(self.target)]

    def losses(self) -> list[Loss]:
        """Return the losses that can be drawn over this axis, the network's own first."""
        output = self.experiment.network.output.activation
        family = [LOSSES[name] for name in self.task.losses]
        others = [
            loss
            for loss in family
            if loss is not self.loss
            and loss.members == self.loss.members
            and loss.target in (self.loss.target, "value", "index")
            and (self.over_z or output in loss.outputs)
        ]
        return [self.loss, *others]


def value_and_slope(setup: Setup, loss: Loss, x: Array) -> tuple[Array, Array]:
    """Return the loss of one sample and its slope over the axis, shape (n,) each; see ``axis_name`` for what it is."""
    if loss.members > 1:
        return group_curve(setup, loss, x)[:2]
    extra = () if setup.setting(loss) is None else (setup.setting(loss),)
    p = _outputs(setup, x)
    y = _wanted(setup, loss, p)
    if setup.over_z:
        output, setting = setup.output_of(loss), setup.setting(loss)
        own = output == setup.experiment.network.output.activation
        alpha = ACTIVATIONS[output].alpha(_alpha(setup.experiment) if own else {})
        a = ACTIVATIONS[output].apply(p, alpha)
        values = reference.sample_losses(loss.name, output, y, p, a, setting)
        return values, reference.output_deltas(loss.name, output, y, [p], [a], setting, alpha)[0][0]
    # As the reference: y as one row where the loss takes one number a sample.
    wanted = y if loss.target == "value" else y[0]
    values, slope = loss.value(wanted, p, *extra), loss.slope(wanted, p, *extra)
    if loss.joint:
        return np.asarray(values), np.asarray(slope[0])
    return np.asarray(values.mean(axis=0)), np.asarray(slope[0] / len(p))


def _alpha(experiment: Experiment) -> dict[str, float]:
    alpha = experiment.network.output.alpha
    return {} if alpha is None else {"alpha": alpha}


def _outputs(setup: Setup, x: Array) -> Array:
    """Return the outputs (or z) at every place, (outputs, n): the first is the right class, the others are equal."""
    count = setup.experiment.network.output.units
    if not setup.task.outputs_each:
        return x[None, :]
    # Shares that are left over are divided evenly; scores of the others rest at 0.
    softmax = setup.experiment.network.output.activation == "softmax" and not setup.over_z
    rest = (1.0 - x) / max(count - 1, 1) if softmax else np.zeros_like(x)
    return np.concatenate((x[None, :], np.broadcast_to(rest, (count - 1, len(x)))))


def _wanted(setup: Setup, loss: Loss, p: Array) -> Array:
    if not setup.task.outputs_each:
        return np.full_like(p, setup.target_of(loss))
    if loss.target == "index":
        return np.zeros((1, p.shape[1]))
    wanted = np.zeros_like(p)
    wanted[0] = 1.0
    return wanted


def group_curve(setup: Setup, loss: Loss, x: Array, *, alike: bool = True) -> tuple[Array, Array]:
    """Return the loss of a pair or triplet and its slope over distance or lead, from points on a line.

    Over the distance of a pair (``alike`` or not); over the lead of the better score; over the lead of a triplet:
    by how much the squared distance to the stranger is larger than that to the friend.
    """
    extra = (setup.setting(loss),) if loss.settings else ()
    origin = np.zeros((1, len(x)))
    if loss.target == "triplet":
        # The friend is so far away that the stranger's squared distance is positive everywhere.
        friend = np.full((1, len(x)), np.sqrt(1.0 + max(-float(x[0]), 0.0)))
        stranger = np.sqrt(friend * friend + x)
        members: tuple[Array, ...] = (origin, friend, stranger)
        slope = loss.slope(origin[0], *members, *extra)[2][0] / (2.0 * stranger[0])
        return np.asarray(loss.value(origin[0], *members, *extra)), np.asarray(slope)
    y = np.full(len(x), 1.0 if alike else 0.0)
    members = (x[None, :], origin)
    return np.asarray(loss.value(y, *members, *extra)), np.asarray(loss.slope(y, *members, *extra)[0][0])


def axis_name(setup: Setup) -> str:
    """Return what the curves are drawn over."""
    if setup.loss.target == "pair":
        return "distance d"
    if setup.loss.target == "triplet":
        return "d² stranger − d² friend"
    if setup.loss.target == "order":
        return "lead of the better one"
    if setup.task.outputs_each:
        if setup.over_z:
            return "z: lead of the right class"
        return "ŷ of the right class" if setup.is_shared else "lead of the right class"
    return "z" if setup.over_z else "ŷ"

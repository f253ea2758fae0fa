"""What goes together: which output layers a loss and a task can use, and in one sentence why not."""

from engine.activations import ACTIVATIONS
from engine.datasets.generators import GENERATORS
from engine.experiment import MAXIMUM_OUTPUTS, Data, Generated, Points
from engine.losses import LOSSES
from engine.tasks import TASKS, output_for


def unfit_output(task: str, loss: str, activation: str) -> str | None:
    """Return why the output layer cannot have ``activation`` and what to do instead; None if it can."""
    entry = TASKS[task]
    reason = LOSSES[loss].unfit(activation)
    if activation not in entry.outputs:
        label = ACTIVATIONS[activation].label
        unsuited = f"{label} does not suit the task “{entry.label.lower()}”: use a {output_for(task, loss)} output."
        return reason or unsuited
    if reason is None:
        return None
    others = [LOSSES[name].label for name in entry.losses if activation in LOSSES[name].outputs]
    return f"{reason.rstrip('.')}, or choose the loss “{others[0]}” first." if others else reason


def unfit_losses(task: str) -> dict[str, str]:
    """Return the losses that ``task`` has no use for, each with the reason in one sentence."""
    entry = TASKS[task]
    return {
        loss.name: f"{loss.label} does not suit the task “{entry.label.lower()}”: {_wants(loss.name)}."
        for loss in LOSSES
        if loss.name not in entry.losses
    }


def _wants(loss: str) -> str:
    tasks = [f"“{task.label.lower()}”" for task in TASKS if loss in task.losses]
    if not tasks:
        return "no task here uses it"
    return f"it is for {tasks[0]}" if len(tasks) == 1 else f"it is for {', '.join(tasks[:-1])} and {tasks[-1]}"


def class_limits(data: Data) -> tuple[int, int] | None:
    """Return the least and the most classes that ``data`` may have; None where that is not to be chosen."""
    if TASKS[data.task].classes <= 2 or is_own_picture(data):
        return None
    return GENERATORS[data.source.name].classes if isinstance(data.source, Generated) else (2, MAXIMUM_OUTPUTS)


def is_own_picture(data: Data) -> bool:
    """Return whether ``data`` are the pixels of a picture of the user's own, of which none can be left out."""
    return isinstance(data.source, Points) and data.source.shape is not None and TASKS[data.task].is_image

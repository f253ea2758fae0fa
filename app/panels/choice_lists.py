"""The lists of the choice bar: every family by name, with curves, and under headings where it is long."""

from app.theme import Theme
from app.widgets.choice import Choice
from app.widgets.entry_curves import activation_curve, initializer_curve, loss_curve
from engine.activations import ACTIVATIONS, Activation
from engine.datasets.generators import GENERATORS
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES, Loss
from engine.optimizers import OPTIMIZERS
from engine.tasks import TASKS


class ChoiceLists:
    """One list for each family."""

    def __init__(self) -> None:
        self.data_set = Choice("Data set", "What is learned; one that belongs to another task brings its task along.")
        self.data_set.set_family(GENERATORS, lambda entry: TASKS[entry.tasks[0]].label)
        self.task = Choice("Task", "What the network is asked for.")
        self.task.set_family(TASKS)
        self.activation = Choice(
            "Activation",
            "What every hidden unit makes of its pre-activation z.",
            picture=lambda name: activation_curve(ACTIVATIONS[name]),
        )
        self.activation.set_family([entry for entry in ACTIVATIONS if entry.hidden], activation_heading)
        self.loss = Choice(
            "Loss",
            "How wrong a prediction is: what training makes small.",
            picture=lambda name: loss_curve(LOSSES[name]),
        )
        self.loss.set_family(LOSSES, loss_heading)
        # Their names are the longest.
        self.loss.setMinimumContentsLength(10)
        self.optimizer = Choice("Optimizer", "How a gradient becomes a step.")
        self.optimizer.set_family(OPTIMIZERS)
        self.initializer = Choice(
            "Initial weights",
            "How the weights are drawn before training.",
            picture=lambda name: initializer_curve(INITIALIZERS[name]),
        )
        self.initializer.set_family(INITIALIZERS)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        for choice in (self.activation, self.loss, self.data_set, self.task, self.optimizer, self.initializer):
            choice.set_theme(theme)


def loss_heading(loss: Loss) -> str:
    """Return what ``loss`` is for."""
    if loss.members > 1:
        return "For pairs and triplets"
    values = any(task.classes == 0 for task in TASKS if loss.name in task.losses)
    return "For values" if values else "For classes"


def activation_heading(activation: Activation) -> str:
    """Return whether ``activation`` keeps between bounds."""
    bounded = abs(activation.low) < float("inf") and abs(activation.high) < float("inf")
    return "Bounded" if bounded else "Unbounded"

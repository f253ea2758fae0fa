"""Examples of what layers are for, and of what keeps a network from learning."""

from engine.compose import compose
from engine.examples.example import Example
from engine.experiment import Experiment

LAYERS, TROUBLE = "What layers are for", "What goes wrong"
# More than there are training samples: plain gradient descent.
WHOLE_SET = 1000


def xor_one_layer() -> Experiment:
    """Return a perceptron on XOR."""
    return compose(data="xor", hidden=(), learning_rate=0.1)


def xor_two_layers() -> Experiment:
    """Return a network with four hidden units on XOR."""
    return compose(data="xor", hidden=(4,), learning_rate=0.1)


def linear_collapse() -> Experiment:
    """Return three hidden layers of linear units on the moons."""
    return compose(data="moons", hidden=(6, 6, 6), activation="linear")


def zero_initialization() -> Experiment:
    """Return sigmoid units on XOR that all start from zero."""
    return compose(data="xor", hidden=(4,), activation="sigmoid", initializer="zeros", learning_rate=0.3)


def dying_relu() -> Experiment:
    """Return ReLU units on XOR with a learning rate that throws them out of reach."""
    return compose(data="xor", hidden=(6,), activation="relu", initializer="he", learning_rate=3.0)


def vanishing_gradient() -> Experiment:
    """Return six layers of sigmoid units on the circle."""
    return compose(data="circle", hidden=(4,) * 6, activation="sigmoid", learning_rate=0.3)


def exploding_learning_rate() -> Experiment:
    """Return one linear unit on a plane with a learning rate beyond 2 / (largest curvature)."""
    return compose(data="plane", hidden=(), learning_rate=0.1, batch_size=WHOLE_SET)


NETWORKS = (
    Example(
        name="xor-one-layer",
        label="XOR with one layer",
        group=LAYERS,
        make=xor_one_layer,
        remark=(
            "Train as long as you like: one layer draws one straight border, and no straight line parts XOR. "
            "The accuracy wavers around one half; add a hidden layer, and the border can bend."
        ),
        aliases=("xor-perceptron", "perceptron"),
    ),
    Example(
        name="xor-two-layers",
        label="XOR with two layers",
        group=LAYERS,
        make=xor_two_layers,
        remark=(
            "Each of the four hidden units draws one straight border, and the output combines them into XOR. "
            "Within 100 epochs more than 95 % of the samples are right."
        ),
        aliases=("xor",),
    ),
    Example(
        name="linear-collapse",
        label="Linear layers collapse",
        group=LAYERS,
        make=linear_collapse,
        remark=(
            "Three hidden layers of linear units still draw one straight border: together they are one linear layer, "
            "and below 90 % they get stuck. "
            "Change the activation to tanh and train again: the border bends, and all samples come right."
        ),
        aliases=("linear",),
    ),
    Example(
        name="zero-initialization",
        label="All weights start at zero",
        group=TROUBLE,
        make=zero_initialization,
        remark=(
            "Equal weights get equal gradients, so the four hidden units stay copies of each other and do the work of "
            "one: the accuracy stays below 80 %. "
            "Choose the Xavier initializer and train again: the symmetry is broken, and XOR is learned."
        ),
        aliases=("zero-init", "zeros"),
    ),
    Example(
        name="dying-relu",
        label="Dying ReLU",
        group=TROUBLE,
        make=dying_relu,
        remark=(
            "The learning rate of 3 throws the units so far that their z is negative on every sample: within ten "
            "epochs all six are dead, their gradients exactly 0, and a smaller learning rate does not bring them back. "
            "With 0.1 from the start (set it, then reset) none dies, and XOR is learned."
        ),
        aliases=("dead-relu",),
    ),
    Example(
        name="vanishing-gradient",
        label="Vanishing gradient through six sigmoid layers",
        group=TROUBLE,
        make=vanishing_gradient,
        remark=(
            "Compare the gradients of the layers: a sigmoid's slope is 0.25 at most, so from the last layer to the "
            "first the norm falls to less than a thousandth, and the loss stays at 0.69 for 100 epochs. "
            "Change the activation to tanh and train again: all layers get gradients of about the same size, "
            "and the circle is learned."
        ),
        aliases=("vanishing",),
    ),
    Example(
        name="exploding-learning-rate",
        label="Exploding learning rate",
        group=TROUBLE,
        make=exploding_learning_rate,
        remark=(
            "Step by step the loss more than doubles: every step crosses the valley and lands higher up on the other "
            "side, until the numbers are no longer finite and training stops. "
            "With a learning rate of 0.03 (set it, then reset) the same network fits the plane."
        ),
        aliases=("exploding", "divergence"),
    ),
)

"""The curve of an entry of a family, computed from the entry's own function: a new entry has one by itself."""

from collections.abc import Mapping

import numpy as np

from app.widgets.curve_picture import Curve, Floats, curve_of
from engine.activations import Activation
from engine.initializers import Initializer
from engine.losses import Loss
from engine.schedules import Schedule
from engine.settings import complete

POINTS = 121
NO_SETTINGS: Mapping[str, float] = {}
# What a class of two, and the margin of the other one, are shown for.
NEAR_ZERO = 0.01


def activation_curve(entry: Activation, settings: Mapping[str, float] = NO_SETTINGS) -> Curve:
    """Return a = f(z); of a joint activation the first of two units while the other one rests at z = 0."""
    z = np.linspace(-4.0, 4.0, POINTS)
    a = entry.value(np.stack([z, np.zeros_like(z)]))[0] if entry.joint else entry.apply(z, entry.alpha(settings))
    low, high = float(np.min(a)), float(np.max(a))
    # What grows without end is shown at the same scale as its input.
    return curve_of(z, a, low=max(min(low, -1.2 if low < 0.0 else -0.2), -4.0), high=min(max(high, 1.2), 4.0),
                    across="z", up="a")  # fmt: skip


def loss_curve(entry: Loss, settings: Mapping[str, float] = NO_SETTINGS) -> Curve:
    """Return the loss of one sample over what it looks at: an error, a probability, a score or a distance."""
    values = complete(entry.settings, settings)
    if entry.members > 1:
        return _group_curve(entry, values)
    if entry.joint:
        return _joint_curve(entry, values)
    if entry.partner is not None:
        # A probability: the sample is of the second class.
        p = np.linspace(NEAR_ZERO, 1.0 - 1e-9, POINTS)
        return curve_of(p, entry.value(np.ones_like(p), p, *values), low=0.0, across="ŷ, if y = 1", up="loss")
    x = np.linspace(-2.0, 2.0, POINTS)
    if entry.class_targets is not None:
        target = np.full_like(x, entry.class_targets[1])
        name = f"ŷ, if y = {entry.class_targets[1]:g}"
    else:
        target, name = np.zeros_like(x), "ŷ − y"
    return curve_of(x, entry.value(target, x, *values), low=0.0, across=name, up="loss")


def _joint_curve(entry: Loss, values: tuple[float, ...]) -> Curve:
    """Of two classes the first is right; the prediction of the second follows, or rests at 0."""
    if entry.partner is not None:
        x = np.linspace(NEAR_ZERO, 1.0 - 1e-9, POINTS)
        p, name = np.stack([x, 1.0 - x]), "ŷ of the right class"
    else:
        x = np.linspace(-2.0, 2.0, POINTS)
        p, name = np.stack([x, np.zeros_like(x)]), "lead of the right class"
    y = np.zeros((1, POINTS)) if entry.target == "index" else np.stack([np.ones_like(x), np.zeros_like(x)])
    with np.errstate(divide="ignore", invalid="ignore"):
        loss = np.asarray(entry.value(y, p, *values)).reshape(-1)
    return curve_of(x, loss, low=0.0, across=name, up="loss")


def _group_curve(entry: Loss, values: tuple[float, ...]) -> Curve:
    """Points on a line: the second and the third member as far from the first as the axis says."""
    origin = np.zeros((1, POINTS))
    if entry.members == 3:
        x = np.linspace(0.0, 2.0, POINTS)
        # The friend sits at distance 1; the stranger moves away.
        loss = entry.value(origin[0], origin, origin + 1.0, x[None, :], *values)
        return curve_of(x, np.asarray(loss).reshape(-1), low=0.0, across="distance of the other class", up="loss")
    if entry.target == "order":
        x = np.linspace(-2.0, 2.0, POINTS)
        loss = entry.value(np.ones(POINTS), x[None, :], origin, *values)
        return curve_of(x, np.asarray(loss).reshape(-1), low=0.0, across="lead of the better one", up="loss")
    x = np.linspace(0.0, 2.0, POINTS)
    loss = entry.value(np.zeros(POINTS), x[None, :], origin, *values)
    return curve_of(x, np.asarray(loss).reshape(-1), low=0.0, across="distance of two classes", up="loss")


def schedule_curve(entry: Schedule, settings: Mapping[str, float] = NO_SETTINGS) -> Curve:
    """Return η as a share over the epochs, for as long as it changes."""
    values = complete(entry.settings, settings)
    if entry.watches_loss:
        # When it drops depends on the run: a plateau a third of the way, and one more each third.
        factor, last = values[0], 3.0
        t = np.linspace(0.0, last, POINTS)
        return curve_of(
            t, factor ** np.floor(np.minimum(t, last - 1e-9)), low=0.0, high=1.0, across="plateaus", up="share of η"
        )
    last = _duration(entry, values)
    t = np.linspace(0.0, last, 4 * POINTS)
    share = np.asarray(entry.factor(t, values), dtype=np.float64)
    return curve_of(t, share, low=0.0, high=1.0, across="epochs", up="share of η")


def _duration(entry: Schedule, values: tuple[float, ...]) -> float:
    """Return after how many epochs most of the change is over: the first of 10, 20, 50 … when little more happens."""
    for last in (float(f"{digit}e{power}") for power in range(1, 7) for digit in (1, 2, 5)):
        early, late = (float(entry.factor(np.float64(share * last), values)) for share in (1.0, 20.0))
        if abs(early - late) < 0.15:
            return last
    return 1e6


def initializer_curve(entry: Initializer, settings: Mapping[str, float] = NO_SETTINGS) -> Curve:
    """Return how often weights of a layer with eight inputs and eight units are how large."""
    generator = np.random.default_rng(0)
    values = complete(entry.settings, settings)
    drawn = np.concatenate([entry.draw(generator, 8, 8, *values).reshape(-1) for _ in range(400)])
    reach = max(1.2 * float(np.max(np.abs(drawn))), 1.0)
    counts, edges = np.histogram(drawn, bins=41, range=(-reach, reach))
    middles: Floats = (edges[:-1] + edges[1:]) / 2.0
    return curve_of(middles, counts / counts.max(), low=0.0, high=1.0, across="w", up="how often")

"""What the loss explorer shows: pure numbers and sentences from an experiment and a frame, no widgets."""

import numpy as np

from app.frame import Array, Frame
from app.views.decision.shapes import class_name
from app.views.explorers.loss_curves import Setup, axis_name, group_curve, value_and_slope
from app.views.explorers.loss_points import Placed, placed
from app.views.explorers.panels import Fact, Line, Panel, Picture, Points, calm, grid, percent, range_of
from app.views.parameter_text import number_text
from engine.activations import ACTIVATIONS
from engine.datasets.dataset import Dataset
from engine.losses import Loss
from engine.unit_statistics import UnitStatistics, reach_of

# Of all samples so many lie within the axis at least.
INSIDE = 0.98
SMALLEST_REACH, SMALLEST_Z, SMALLEST_GRAY = 2.0, 4.0, 1.0
# How many of the samples are called the worst.
WORST = 0.1
PLACE_NAMES = {"distance": "d", "d²": "lead"}
# Slopes may be infinite at the ends: these shares of the axis are left out to find their range.
ENDS = 0.08
# Of the height of the plot: what one sees.
OFF_CURVE = 0.03
NO_SAMPLES = "No training samples: paint some to see where they are on the curve."


def wanted_reach(setup: Setup, points: Placed | None, before: float) -> float:
    """Return how far the axis reaches from its middle, or from 0 for a distance."""
    least = SMALLEST_Z if setup.over_z else SMALLEST_GRAY if setup.task.is_image else SMALLEST_REACH
    setting = setup.setting(setup.loss) or 0.0
    if setup.is_group:
        least = max(least, 1.5 * setting)
    if points is None or not len(points.x):
        return max(before, least)
    middle = 0.0 if setup.task.classes or setup.is_group else setup.target
    sizes = np.abs(points.x - middle)
    sizes = sizes[np.isfinite(sizes)]
    if not sizes.size:
        return max(before, least)
    return calm(before, _round(max(float(np.quantile(sizes, INSIDE)), least)))


def _round(reach: float) -> float:
    """Return a round number that is at least ``reach``."""
    return reach if reach in (SMALLEST_REACH, SMALLEST_Z, SMALLEST_GRAY) else reach_of(reach)


def places(setup: Setup, reach: float) -> Array:
    """Return the places along the axis."""
    if setup.loss.target == "pair":
        return grid(0.0, reach)
    if setup.is_group or setup.over_z:
        return grid(-reach, reach)
    activation = ACTIVATIONS[setup.experiment.network.output.activation]
    if not setup.task.classes:
        # A sample is placed by its error, which may be of either sign whatever the output can be.
        return grid(setup.target - reach, setup.target + reach)
    if np.isfinite(activation.low) and np.isfinite(activation.high):
        return grid(activation.low, activation.high)
    return grid(-reach, reach)


def picture_of(setup: Setup, dataset: Dataset | None, frame: Frame | None, reach: float) -> tuple[Picture, float]:
    """Return the curves of the losses with the samples of ``frame``, and how far the axis reaches now."""
    statistics = frame.statistics if frame is not None else None
    points = None
    if frame is not None and dataset is not None and statistics is not None:
        points = placed(setup, dataset, statistics, frame.trace)
    reach = wanted_reach(setup, points, reach)
    x = places(setup, reach)
    lines, slopes = _pair_lines(setup, x) if setup.loss.target == "pair" else _lines(setup, x)
    own = [line.values for line in lines if line.strong]
    inner = slice(round(ENDS * len(x)), len(x) - round(ENDS * len(x)))
    slope_up = range_of([line.values[inner] for line in slopes if line.strong], low=-0.5, high=0.5)
    across = axis_name(setup)
    place = PLACE_NAMES.get(across.split(" ")[0], across.split(" ")[0].rstrip(":"))
    marks = _marks(setup)
    up = range_of(own, low=0.0, high=1e-9)
    shown = _distinct(lines)
    panels = (
        Panel(_title(setup), across, place, "L", x, up, shown, None, _points(setup, points), marks),
        Panel(f"slope by {place}", across, place, "slope", x, slope_up, _distinct(slopes), marks=marks),
    )
    facts: tuple[Fact, ...] = ()
    if frame is not None and statistics is not None and points is not None:
        facts = _facts(setup, frame, points, statistics, has_strays=_has_strays(points, panels[0]))
    elif dataset is not None and not dataset.train_count:
        facts = (Fact("", NO_SAMPLES, NO_SAMPLES),)
    return Picture(panels, facts, legend=lines if len(lines) > 1 else ()), reach


def _title(setup: Setup) -> str:
    if setup.task.classes == 2 and not setup.task.outputs_each and not setup.is_group:
        return f"loss of class {_class_name(setup)}"
    return "loss"


def _class_name(setup: Setup) -> str:
    return class_name(int(setup.target), 2, setup.experiment.data.shown_class_names)


def _distinct(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines without those that lie on another one."""
    return tuple(line for number, line in enumerate(lines) if line.ink not in [each.ink for each in lines[:number]])


def _lines(setup: Setup, x: Array) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return value and slope of every loss that can be drawn here; equal ones have the same ink."""
    lines: list[Line] = []
    slopes: list[Line] = []
    inks = 0
    for loss in setup.losses():
        value, slope = value_and_slope(setup, loss, x)
        strong = loss is setup.loss
        equal = next((line for line in lines if np.array_equal(line.values, value, equal_nan=True)), None)
        ink = "own" if strong else f"other{inks}" if equal is None else equal.ink
        inks += equal is None and not strong
        name = _name(setup, loss)
        lines.append(Line(name, value, ink, strong, loss.remark))
        slopes.append(Line(name, slope, ink, strong, loss.remark))
    return tuple(lines), tuple(slopes)


def _name(setup: Setup, loss: Loss) -> str:
    """Return the label of a loss, with δ where it has one and with its output where that is not this network's."""
    setting = setup.setting(loss)
    name = loss.label if setting is None else f"{loss.label} ({loss.settings[0].label.split()[-1]} = {setting:g})"
    output = setup.output_of(loss)
    if setup.over_z and output != setup.experiment.network.output.activation:
        return f"{name}, {ACTIVATIONS[output].label.lower()} output"
    return name


def _pair_lines(setup: Setup, x: Array) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    lines, slopes = [], []
    for name, ink, alike, remark in (
        ("alike", "positive", True, "Two samples of one class: the farther apart, the higher the loss."),
        ("unlike", "negative", False, "Two samples of different classes: costs something within the margin only."),
    ):
        value, slope = group_curve(setup, setup.loss, x, alike=alike)
        lines.append(Line(name, value, ink, True, remark))
        slopes.append(Line(name, slope, ink, True, remark))
    return tuple(lines), tuple(slopes)


def _marks(setup: Setup) -> tuple[tuple[float, str], ...]:
    """Return where the margin lies, with its sign."""
    setting = setup.setting(setup.loss)
    if setup.is_group and setting is not None:
        return ((setting, setup.loss.settings[0].label.lower()),)
    return ()


def _points(setup: Setup, points: Placed | None) -> tuple[Points, ...]:
    if points is None:
        return ()
    if setup.task.outputs_each or setup.loss.target in ("triplet", "order"):
        inks = ("problem", "positive")
    elif setup.task.classes == 2 or setup.loss.target == "pair":
        inks = ("negative", "positive")
    else:
        inks = ("positive", "positive")
    dots = tuple(
        Points(points.x[chosen], points.losses[chosen], inks[kind])
        for kind in (1, 0)
        if (chosen := points.shown & (points.kinds == kind)).any()
    )
    if points.batch is None or not (ringed := points.shown & points.batch).any():
        return dots
    return (*dots, Points(points.x[ringed], points.losses[ringed], "own", are_rings=True))


def _facts(
    setup: Setup, frame: Frame, points: Placed, statistics: UnitStatistics, *, has_strays: bool
) -> tuple[Fact, ...]:
    """Return what there is to say, the most important first."""
    thing = {"pair": "pairs", "triplet": "triplets", "order": "pairs"}.get(setup.loss.target, "samples")
    facts = [
        Fact(number_text(frame.train_loss), f"train loss: the mean over all training {thing}.", "Without the penalty.")
    ]
    losses = points.losses[np.isfinite(points.losses)]
    nothing = int(np.count_nonzero(losses == 0.0))
    if nothing:
        text = f"of the {thing} cost nothing: there is nothing left to learn from them."
        facts.append(Fact(percent(nothing / len(losses)), text, "Their loss is 0, and so is its slope."))
    if points.hidden_mistakes:
        count = points.hidden_mistakes
        text = (
            f"wrong sample{'s sit' if count > 1 else ' sits'} where the output is flat: their error hardly comes back."
        )
        facts.append(
            Fact(f"{count:,}", text, "A loss that fits the output, such as cross-entropy, has no such places.", True)
        )
    facts += _worst(losses, thing)
    facts.append(
        Fact(
            "",
            _about_points(setup, points, thing)
            + ("" if points.batch is None else " Ringed: the batch of the next step.")
            + (_about_strays(setup) if has_strays else "")
            + _taken(statistics),
            "Points beyond the plot lie at its edge.",
        )
    )
    return tuple(facts)


def _has_strays(points: Placed, panel: Panel) -> bool:
    """Return whether a point lies visibly off the curve of the network's own loss."""
    own = next((line.values for line in panel.lines if line.strong), None)
    if own is None or len([line for line in panel.lines if line.strong]) > 1:
        # Of pairs each kind has its own curve, and lies on it.
        return False
    inside = points.shown & (points.x >= panel.x[0]) & (points.x <= panel.x[-1]) & np.isfinite(points.losses)
    off = np.abs(np.interp(points.x[inside], panel.x, own) - points.losses[inside])
    return bool(np.any(off[np.isfinite(off)] > OFF_CURVE * (panel.up[1] - panel.up[0])))


def _worst(losses: Array, thing: str) -> list[Fact]:
    """Return how much of the loss the worst tenth makes."""
    total, count = float(losses.sum()), round(WORST * len(losses))
    if not (total > 0.0 and np.isfinite(total) and count):
        return []
    share = float(np.sort(losses)[-count:].sum()) / total
    text = f"of the loss comes from the worst tenth of the {thing}."
    return [Fact(percent(share), text, "Training works most on what costs most.")]


def _about_points(setup: Setup, points: Placed, thing: str) -> str:
    if setup.loss.target == "pair":
        return "Points: pairs of training samples at their distance."
    if setup.is_group:
        return f"Points: {thing} of training samples; red ones are in the wrong order."
    if setup.task.outputs_each:
        return "Points: training samples; red ones are taken for another class."
    if setup.task.classes == 2:
        return f"Points: the {int(points.shown.sum()):,} training samples of class {_class_name(setup)}."
    return "Points: training samples, each at its own error from the target."


def _about_strays(setup: Setup) -> str:
    """Return why points of several classes lie off the curve: it can vary only one of many outputs."""
    if setup.task.name == "soft-classes":
        why = "it is that of a sample wholly of its class, and these targets are soft"
    elif setup.is_shared and not setup.over_z:
        why = "it lets the wrong classes share evenly what the right one leaves, and here they do not"
    else:
        why = "it lets all wrong classes score alike, and here they do not"
    return f" Some lie off the curve: {why}."


def _taken(statistics: UnitStatistics) -> str:
    taken, count = len(statistics.samples), statistics.train_count
    return "" if taken == count else f" {taken:,} of {count:,} are shown, evenly taken."

"""What the activation explorer shows: pure numbers and sentences from an experiment and a frame, no widgets."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.frame import Array
from app.views.explorers.panels import Bars, Fact, Levels, Line, Panel, Picture, calm, grid, percent, range_of
from app.views.parameter_text import layer_name, number_text
from engine.activations import ACTIVATIONS, Activation
from engine.parameters import Layout
from engine.unit_statistics import FLAT, SMALLEST_REACH, UnitStatistics, reach_of

# Of the values z so many lie within the axis at least; single ones far out would squeeze all the others.
INSIDE = 0.98
# A smaller share of flat values than this is nothing to worry about.
FEW = 0.05
# From this mean on a layer counts as not centered on zero.
OFF_CENTER = 0.2
# With less of the slope left than this, one speaks of a vanishing gradient; with more than the other, of exploding.
VANISHING, EXPLODING = 0.01, 100.0
PRODUCT_REMARK = (
    "On the way back the error is multiplied by a slope in every layer: this is the mean product of the slopes |f′(z)| "
    "from the output back to here, over all samples and all paths. The weights, which multiply it too, are left out."
)
NO_SAMPLES = "No training samples: paint some to see where the units are."


@dataclass(frozen=True)
class Chosen:
    """An activation with its α (0 where it has none)."""

    entry: Activation
    alpha: float = 0.0


def activations_of(layout: Layout, layers: Sequence[int]) -> list[Chosen]:
    """Return the activations of ``layers``, each once, in order."""
    found: list[Chosen] = []
    for number in layers:
        shape = layout.layers[number]
        each = Chosen(ACTIVATIONS[shape.activation], shape.alpha)
        if each not in found:
            found.append(each)
    return found


def values_at(chosen: Chosen, z: Array, outputs: int) -> tuple[Array, Array]:
    """Return a and slope over z (n,); of a joint activation those of one unit while the others rest at z = 0."""
    entry = chosen.entry
    if entry.joint:
        stacked = np.concatenate((z[None, :], np.zeros((max(outputs, 2) - 1, len(z)))))
        a = entry.apply(stacked, chosen.alpha)
        return np.asarray(a[0]), np.asarray(entry.slope_at(stacked, a, chosen.alpha)[0])
    a = entry.apply(z, chosen.alpha)
    return np.asarray(a, dtype=np.float64), np.asarray(entry.slope_at(z, a, chosen.alpha), dtype=np.float64)


def wanted_reach(statistics: UnitStatistics | None, layers: Sequence[int], before: float) -> float:
    """Return how far the axis of z reaches to both sides."""
    if statistics is None or not layers:
        return before
    counts, edges = merged(statistics, layers)
    middles = 0.5 * np.abs(edges[1:] + edges[:-1])
    order = np.argsort(middles)
    inside = np.cumsum(counts[order])
    if not inside[-1]:
        return before
    place = int(np.searchsorted(inside, INSIDE * inside[-1]))
    return calm(before, reach_of(float(middles[order][place]) + 0.5 * float(edges[1] - edges[0])))


def merged(statistics: UnitStatistics, layers: Sequence[int]) -> tuple[np.ndarray, Array]:
    """Return counts and edges of the histograms of ``layers`` together; all hidden layers have the same edges."""
    shown = [statistics.layers[number] for number in layers]
    return np.sum([each.counts for each in shown], axis=0), shown[0].edges


def picture_of(
    layout: Layout,
    layers: Sequence[int],
    second: Chosen | None,
    statistics: UnitStatistics | None,
    reach: float = SMALLEST_REACH,
) -> Picture:
    """Return the curves of the activations of ``layers`` and of a ``second`` one, and where the units are."""
    outputs = layout.layers[-1].outputs
    z = grid(-reach, reach)
    own = activations_of(layout, layers)
    shown = own + ([second] if second is not None and second not in own else [])
    a_lines, slope_lines = [], []
    for number, each in enumerate(shown):
        a, slope = values_at(each, z, outputs)
        name = label_of(each)
        ink = "accent" if number == 0 else f"other{number}"
        a_lines.append(Line(name, a, ink, number < len(own), each.entry.remark))
        slope_lines.append(Line(name, slope, ink, number < len(own), each.entry.remark))
    bars = _bars(own, layout, layers, statistics, outputs)
    up = range_of([line.values for line in a_lines], low=-0.2, high=1.0)
    slope_up = range_of([line.values for line in slope_lines], low=0.0, high=1.0)
    panels = (
        Panel("a = f(z)", "z", "z", "a", z, up, tuple(a_lines), bars),
        Panel("slope f′(z)", "z", "z", "f′", z, slope_up, tuple(slope_lines), bars),
    )
    facts = () if statistics is None else _facts(layout, layers, own, statistics)
    return Picture(
        panels,
        facts,
        None if statistics is None else levels_of(layout, layers, statistics),
        legend=tuple(a_lines) if len(a_lines) > 1 else (),
    )


def label_of(chosen: Chosen) -> str:
    """Return its name, with α where it has one."""
    alpha = f" (α = {chosen.alpha:g})" if chosen.entry.settings else ""
    return f"{chosen.entry.label}{alpha}"


def _bars(
    own: list[Chosen], layout: Layout, layers: Sequence[int], statistics: UnitStatistics | None, outputs: int
) -> Bars | None:
    """Return the histogram of z; bars in whose middle the slope is flat are marked."""
    if statistics is None or not layers:
        return None
    counts, edges = merged(statistics, layers)
    if len(own) != 1:
        # Several activations are flat in several places.
        return Bars(edges, counts, np.zeros(len(counts), dtype=np.bool_))
    _, slope = values_at(own[0], 0.5 * (edges[1:] + edges[:-1]), outputs)
    return Bars(edges, counts, np.abs(slope) < FLAT)


def levels_of(layout: Layout, layers: Sequence[int], statistics: UnitStatistics) -> Levels:
    """Return the slope that is left at each layer."""
    last = len(layout.layers) - 1
    names = tuple("out" if number == last else str(number + 1) for number in range(last + 1))
    products = tuple(layer.product for layer in statistics.layers)
    return Levels("slope left at layer", PRODUCT_REMARK, names, products, layers[0] if len(layers) == 1 else -1)


def mean_of(statistics: UnitStatistics, layout: Layout, layers: Sequence[int], field: str) -> float:
    """Return the mean of a number of the layers, each counted by its units."""
    units = [layout.layers[number].outputs for number in layers]
    values = [float(getattr(statistics.layers[number], field)) for number in layers]
    return float(np.average(values, weights=units))


def _facts(layout: Layout, layers: Sequence[int], own: list[Chosen], statistics: UnitStatistics) -> tuple[Fact, ...]:
    """Return what there is to say of ``layers``, the most important first."""
    units = sum(layout.layers[number].outputs for number in layers)
    is_output = layers[0] == len(layout.layers) - 1
    dead = sum(statistics.layers[number].dead_units for number in layers)
    facts = [_flat_fact(own, mean_of(statistics, layout, layers, "saturated"))]
    if dead:
        facts.append(
            Fact(
                f"{dead} of {units}",
                f"units {'are' if dead > 1 else 'is'} dead: slope 0 on every sample, so nothing is learned there.",
                "Where the slope is 0, no error comes back: the weights of such a unit stay as they are for good.",
                alarming=True,
            )
        )
    facts.append(_product_fact(layout, layers, statistics))
    facts.append(_mean_fact(mean_of(statistics, layout, layers, "mean"), is_output=is_output))
    facts.append(sample_fact(statistics))
    return tuple(facts)


def _flat_fact(own: list[Chosen], share: float) -> Fact:
    bounded = all(np.isfinite(each.entry.low) and np.isfinite(each.entry.high) for each in own)
    remark = f"A value z counts where |f′(z)| is below {FLAT:g}. Such bars are red in the plots."
    if share < FEW:
        where = "everywhere" if share == 0.0 else "nearly everywhere"
        return Fact(percent(share), f"saturated: {where} the slope is large enough to learn.", remark)
    if bounded:
        text = f"saturated: the slope is below {FLAT:g} there, so these units hardly learn."
        return Fact(percent(share), text, remark, alarming=share >= 0.2)
    text = f"off: the slope is below {FLAT:g} there. That is fine unless a unit is always off."
    return Fact(percent(share), text, remark, alarming=share >= 0.9)


def _product_fact(layout: Layout, layers: Sequence[int], statistics: UnitStatistics) -> Fact:
    number = layers[0]
    product = statistics.layers[number].product
    last = len(layout.layers) - 1
    if number == last:
        if statistics.cancels_output:
            text = "slope counts here: this loss cancels the slope of the output."
            return Fact("Full", text, "Loss and output fit together: δ is simply ŷ − y, however flat the output is.")
        return Fact(number_text(product), "mean slope of the output layer.", PRODUCT_REMARK)
    where = layer_name(layout, number)
    if product < VANISHING:
        text = f"slope left at {where}: the gradient vanishes on its way back."
    elif product > EXPLODING:
        text = f"slope left at {where}: the gradient explodes on its way back."
    else:
        text = f"slope left at {where}, of 1 at the output."
    return Fact(number_text(product), text, PRODUCT_REMARK, alarming=not VANISHING <= product <= EXPLODING)


def _mean_fact(mean: float, *, is_output: bool) -> Fact:
    remark = "Outputs of both signs let the weights of the next layer move in either direction."
    if is_output:
        return Fact(number_text(mean), "mean output a.", "The mean of a over all samples and output units.")
    if abs(mean) < OFF_CENTER:
        return Fact(number_text(mean), "mean a: centered on zero, good for the next layer.", remark)
    text = "mean a: not centered on zero, so the next layer learns in a zigzag."
    return Fact(number_text(mean), text, remark)


def sample_fact(statistics: UnitStatistics) -> Fact:
    """Return over which samples the numbers are."""
    taken, count = len(statistics.samples), statistics.train_count
    remark = "Dropout is left out here: all units take part, as when the network is used."
    if taken == count:
        return Fact("", f"Over all {count:,} training samples.", remark)
    return Fact("", f"Over {taken:,} of {count:,} training samples, evenly taken.", remark)

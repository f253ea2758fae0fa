"""Two activations side by side: a panel each, with the same scales, and what each makes of this network's z."""

from collections.abc import Sequence

import numpy as np

from app.frame import Array
from app.views.explorers.activation_content import (
    Chosen,
    activations_of,
    label_of,
    levels_of,
    mean_of,
    merged,
    sample_fact,
    values_at,
)
from app.views.explorers.panels import Bars, Fact, Line, Panel, Picture, grid, percent, range_of
from app.views.parameter_text import number_text
from engine.parameters import Layout
from engine.unit_statistics import FLAT, UnitStatistics

TITLE = "a, dashed f′"
VALUE, SLOPE = "a = f(z)", "slope f′(z)"
# Of the height of the curves.
NOTES_ROOM = 0.4
# More would leave too little room for each.
MOST_PANELS = 3
REMARK = (
    f"Saturated is a z where |f′(z)| is below {FLAT:g}: such bars are red. Numbers with ≈ are of an activation that is "
    "only compared: what it would make of the z that this network has now, worked out bar by bar of the histogram."
)
# Of an activation that is only compared whose value depends on the z of the other units, too.
JOINT = ("depends on all units at once",)


def apart(
    layout: Layout, layers: Sequence[int], second: Chosen | None, statistics: UnitStatistics | None, reach: float
) -> Picture:
    """Return a panel for each activation of ``layers`` and for a ``second`` one, all with the same scales."""
    outputs, z = layout.layers[-1].outputs, grid(-reach, reach)
    own = activations_of(layout, layers)
    shown = (own + ([second] if second is not None and second not in own else []))[:MOST_PANELS]
    curves = [values_at(each, z, outputs) for each in shown]
    low, high = range_of([values for pair in curves for values in pair], low=-0.2, high=1.0)
    # The notes stand above the curves.
    up = (low, high + (NOTES_ROOM * (high - low) if statistics is not None else 0.0))
    panels, facts = [], []
    for each, (a, slope) in zip(shown, curves, strict=True):
        lines = (Line(VALUE, a, "accent", True, each.entry.remark), Line(SLOPE, slope, "other1", False, ""))
        chosen_layers = [number for number in layers if activations_of(layout, [number]) == [each]] or list(layers)
        bars: Bars | None = None
        told: tuple[str, ...] = ()
        if statistics is not None:
            bars = _bars(each, statistics, chosen_layers, outputs)
            told = _told(each, layout, statistics, chosen_layers, bars, outputs, is_own=each in own)
            facts.append(Fact("", f"{label_of(each)}: {', '.join(told)}.", REMARK))
        panels.append(
            Panel(TITLE, "z", "z", "a", z, up, lines, bars, symbols=("a", "f′"), notes=(label_of(each), *told))
        )
    if statistics is not None:
        facts.append(sample_fact(statistics))
    unknown = np.full(len(z), np.nan)
    legend = (Line(VALUE, unknown, "accent", True, "The value."), Line(SLOPE, unknown, "other1", False, "Its slope."))
    levels = None if statistics is None else levels_of(layout, layers, statistics)
    return Picture(tuple(panels), tuple(facts), levels, legend)


def _bars(chosen: Chosen, statistics: UnitStatistics, layers: Sequence[int], outputs: int) -> Bars:
    """Return the histogram of z of ``layers``, marked where the slope of ``chosen`` is flat."""
    counts, edges = merged(statistics, layers)
    if chosen.entry.joint:
        return Bars(edges, counts, np.zeros(len(counts), dtype=np.bool_))
    return Bars(edges, counts, np.abs(values_at(chosen, _middles(edges), outputs)[1]) < FLAT)


def _middles(edges: Array) -> Array:
    return np.asarray(0.5 * (edges[1:] + edges[:-1]))


def _told(
    chosen: Chosen,
    layout: Layout,
    statistics: UnitStatistics,
    layers: Sequence[int],
    bars: Bars,
    outputs: int,
    *,
    is_own: bool,
) -> tuple[str, ...]:
    """Return share saturated, what is dead, and the mean of a: measured, or for another activation from the bars."""
    if is_own:
        units = sum(layout.layers[number].outputs for number in layers)
        dead = sum(statistics.layers[number].dead_units for number in layers)
        flat, mean = mean_of(statistics, layout, layers, "saturated"), mean_of(statistics, layout, layers, "mean")
        return f"saturated {percent(flat)}", f"dead {dead} of {units}", f"mean a {number_text(mean)}"
    if chosen.entry.joint:
        return JOINT
    total = int(bars.counts.sum())
    if not total:
        return ()
    a, slope = values_at(chosen, _middles(bars.edges), outputs)
    flat, off = (float(bars.counts[which].sum()) / total for which in (bars.marked, slope == 0.0))
    mean = float(np.average(a, weights=bars.counts))
    # Two decimals: more would tell of the middles of the bars rather than of the z in them.
    about = f"{mean:.2f}".replace("-0.00", "0.00").replace("-", "−")
    return f"saturated {_about(flat)}", f"slope 0 at {_about(off)}", f"mean a ≈ {about}"


def _about(share: float) -> str:
    told = percent(share)
    return told if told.startswith("<") else f"≈ {told}"

"""Walking through the network with the keyboard: from unit to edge to unit. Pure, no Qt.

To the right of a unit come its outgoing edges, and to the right of an edge its unit; up and down stay in the column.
"""

import numpy as np

from app.views.network.geometry import Arrangement
from app.views.network.hit_testing import Target
from app.views.parameter_text import Place, index_of, place_of, unit_place
from engine.parameters import Layout

LEFT, RIGHT, UP, DOWN = "left", "right", "up", "down"


def moved(arrangement: Arrangement, layout: Layout, start: Target | None, direction: str) -> Target:
    """Return what is selected after one move from ``start``; without a start the first active feature."""
    if start is None:
        return _target_of(arrangement, layout, 0)
    if start.kind == "bias":
        return moved(arrangement, layout, _unit_of_bias(arrangement, start), direction)
    if direction in (UP, DOWN):
        return _along(arrangement, layout, start, 1 if direction == DOWN else -1)
    return _across(arrangement, layout, start, direction)


def layer_of(layout: Layout, target: Target | None) -> int:
    """Return the layer that ``target`` belongs to (an edge to the one it leads to); −1 for the features or nothing."""
    if target is None or target.kind == "feature":
        return -1
    if target.kind == "unit":
        return unit_place(layout, target.index).layer
    return place_of(layout, target.index).layer


def parameter_of(target: Target, layout: Layout) -> Target | None:
    """Return the weight or bias that ``target`` is, or the bias of a unit; None where it has none."""
    if target.kind != "unit":
        return target
    layer, number = unit_place(layout, target.index)
    bias = index_of(layout, Place(layer, number, -1))
    return Target("bias", bias) if bias >= 0 else None


def _unit_of_bias(arrangement: Arrangement, target: Target) -> Target:
    return Target("unit", int(arrangement.bias_unit[arrangement.bias_of(target.index)]))


def _target_of(arrangement: Arrangement, layout: Layout, unit: int) -> Target:
    """Return a unit as what is selected for it: the first ones are features."""
    if unit < len(layout.features):
        return Target("feature", int(np.flatnonzero(arrangement.slot_unit == unit)[0]))
    return Target("unit", unit)


def _along(arrangement: Arrangement, layout: Layout, start: Target, step: int) -> Target:
    if start.kind == "feature":
        return Target("feature", int(np.clip(start.index + step, 0, len(arrangement.slot_unit) - 1)))
    if start.kind == "unit":
        layer, number = unit_place(layout, start.index)
        number = int(np.clip(number + step, 0, layout.layers[layer].outputs - 1))
        return Target("unit", layout.first_unit(layer) + number)
    edge = arrangement.edge_of(start.index)
    layer = place_of(layout, start.index).layer
    same = np.flatnonzero(
        (arrangement.edge_index >= layout.layers[layer].weights.start)
        & (arrangement.edge_index < layout.layers[layer].weights.stop)
    )
    # By source, then target: the edges that leave one unit follow each other.
    ordered = same[np.lexsort((arrangement.edge_target[same], arrangement.edge_source[same]))]
    place = int(np.clip(np.flatnonzero(ordered == edge)[0] + step, 0, ordered.size - 1))
    return Target("edge", int(arrangement.edge_index[ordered[place]]))


def _across(arrangement: Arrangement, layout: Layout, start: Target, direction: str) -> Target:
    if start.kind == "edge":
        edge = arrangement.edge_of(start.index)
        ends = arrangement.edge_target if direction == RIGHT else arrangement.edge_source
        return _target_of(arrangement, layout, int(ends[edge]))
    unit = int(arrangement.slot_unit[start.index]) if start.kind == "feature" else start.index
    if unit < 0:
        # A feature that is switched off has no edges.
        return Target("unit", layout.first_unit(0)) if direction == RIGHT else start
    ends = arrangement.edge_source if direction == RIGHT else arrangement.edge_target
    edges = np.flatnonzero(ends == unit)
    return Target("edge", int(arrangement.edge_index[edges[0]])) if edges.size else start
